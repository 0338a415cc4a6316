"""A sweep in a Zarr store that may be interrupted: finished chunks stay, and the same sweep takes up where it stopped.

While chunks are missing the store lies in the folder NAME.part, beside a folder ``finished`` with one empty file for
each chunk that is complete. Then it is moved into place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import dask
import xarray as xr
import zarr

from symqb.errors import DifferentSweep
from symqb.sweeps.dataset import SweepInterrupted
from symqb.sweeps.plan import Place, Plan
from symqb.sweeps.scheduling import Scheduler

#: Bytes of a coordinate that is written as one chunk, at most: the compressor, Blosc, takes less than 2 GiB at a time.
LARGEST = 2**30


def write_zarr(plan: Plan, path: Path, scheduler: Scheduler) -> None:
    """Compute what is missing.

    Raises ``DifferentSweep`` where the path, or its part, holds another sweep, and ``SweepInterrupted``.
    """
    part = path.with_name(f"{path.name}.part")
    store, finished = part / "store", part / "finished"
    lazy = plan.dataset(lazy=True)
    if path.exists():
        refuse_different(lazy, path, path)
        return
    if part.exists():
        refuse_different(lazy, store, part)
    else:
        _begin(lazy, part)
    every = dict(plan.places())
    missing = [name for name in every if not (finished / name).exists()]
    scheduler.advance(1 - len(missing) / len(every))
    shared = dask.delayed(plan)
    tasks = [dask.delayed(write_chunk)(shared, name, every[name], store, finished) for name in missing]
    try:
        scheduler.compute(tasks, len(missing) / len(every))
    except KeyboardInterrupt as interrupt:
        raise SweepInterrupted(part, len(list(finished.iterdir())), len(every)) from interrupt
    store.replace(path)
    shutil.rmtree(part)


def write_chunk(plan: Plan, name: str, place: Place, store: Path, finished: Path) -> None:
    """Evaluate a chunk, write it, then say so. Chunks are files of their own, which tasks may write side by side."""
    arrays = zarr.open_group(store, mode="r+")
    for output, numbers in plan.at(place).items():
        arrays[output][tuple(place.values())] = numbers
    (finished / name).touch()


def refuse_different(asked: xr.Dataset, store: Path, path: Path) -> None:
    """Raise ``DifferentSweep`` unless the store has the same coordinates, outputs, chunks and origin."""
    try:
        opened = xr.open_zarr(store)
    except (OSError, ValueError, KeyError) as error:
        raise DifferentSweep(path, ["that it is no Zarr store"]) from error
    with opened as stored:
        found = list(differences(asked, stored))
    if found:
        raise DifferentSweep(path, found)


def differences(asked: xr.Dataset, stored: xr.Dataset) -> Iterator[str]:
    """Names of coordinates, outputs and attributes that differ.

    Chunks are those of outputs: coordinates may be divided otherwise, which ``Dataset.chunksizes`` refuses.
    """
    for name in {**asked.coords, **stored.coords}:
        if not (name in asked.coords and name in stored.coords and asked[name].variable.equals(stored[name].variable)):
            yield str(name)
    for name in {**asked.data_vars, **stored.data_vars}:
        if not (name in asked.data_vars and name in stored.data_vars):
            yield f"output {name}"
    pairs = [(asked[name].variable, stored[name].variable) for name in asked.data_vars if name in stored.data_vars]
    if any(new.dims != old.dims for new, old in pairs):
        yield "order of dimensions"
    if any({**new.chunksizes} != {**old.chunksizes} for new, old in pairs):
        yield "chunks"
    for name in {**asked.attrs, **stored.attrs}:
        if asked.attrs.get(name) != stored.attrs.get(name):
            yield str(name)


def _begin(lazy: xr.Dataset, part: Path) -> None:
    """The folder with all but the outputs' numbers, moved into place as a whole.

    Each coordinate is one chunk, unless it is larger than ``LARGEST``: then Zarr divides it.
    """
    arrays = {name: x for name, x in lazy.coords.items() if x.ndim and x.nbytes <= LARGEST}
    encoding = {name: {"chunks": x.shape} for name, x in arrays.items()}
    temporary = part.with_name(f".{part.name}.{os.getpid()}")
    try:
        lazy.to_zarr(temporary / "store", compute=False, zarr_format=2, encoding=encoding)
        (temporary / "finished").mkdir()
        temporary.replace(part)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)

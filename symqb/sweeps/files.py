"""A sweep as one file, NetCDF or CSV, and as a table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, prod
from pathlib import Path

import pandas as pd
import xarray as xr

from symqb.sweeps.grid import LEVEL
from symqb.sweeps.plan import Plan
from symqb.sweeps.scheduling import Scheduler

#: Points that become text at a time, at least.
ROWS = 2**20


def write_netcdf(plan: Plan, path: Path, scheduler: Scheduler) -> None:
    """Chunk by chunk; what a cluster computes is gathered first."""
    lazy = plan.dataset(lazy=True)
    with _temporary(path) as temporary:
        if scheduler.cluster is None:
            scheduler.compute(lazy.to_netcdf(temporary, engine="h5netcdf", compute=False))
        else:
            scheduler.compute(lazy).to_netcdf(temporary, engine="h5netcdf")


def write_csv(plan: Plan, path: Path, scheduler: Scheduler) -> None:
    """The rows of ``table``, in order, a few chunks at a time."""
    lazy = plan.dataset(lazy=True)
    first, *others = plan.grid.sizes
    chunk = plan.chunks[first]
    rows = chunk * prod(plan.grid.sizes[dim] for dim in others)
    step = chunk * ceil(ROWS / rows)
    starts = range(0, plan.grid.sizes[first], step)
    with _temporary(path) as temporary, temporary.open("w", newline="") as file:
        for start in starts:
            part = scheduler.compute(lazy.isel({first: slice(start, start + step)}), 1 / len(starts))
            table(part).to_csv(file, header=start == 0)


def table(sweep: xr.Dataset) -> pd.DataFrame:
    """One row a point; energies and populations have one column a level, such as populations_Phi_1.

    The dimensions are the index, fixed and derived parameters columns.
    """
    columns: dict[str, xr.DataArray] = {}
    for name, array in sweep.data_vars.items():
        if LEVEL in array.dims:
            columns |= {f"{name}_{x}": array.sel({LEVEL: x}, drop=True) for x in sweep[LEVEL].values.tolist()}
        else:
            columns[name] = array
    coords = {name: x for name, x in sweep.coords.items() if LEVEL not in x.dims}
    order = [dim for dim in sweep.dims if dim != LEVEL]
    return xr.Dataset(columns, coords).to_dataframe(dim_order=order)


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """A name beside the path; what was written there is moved into place unless something was raised."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

"""Fast back ends behind one call: broadcast points go through a kernel in chunks, doubtful ones through careful code.

A kernel is ``kernel(inputs, columns) -> status``: one float64 array of length n a parameter (T_eq last), each of stride
0 or 8 bytes; one contiguous row a wanted step, to be filled. Where the status is not 0 some points are not valid or
need care; a kernel that is asked for the step "doubt" marks the latter with 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from math import prod
from types import ModuleType
from typing import Any

import numpy as np

from symqb.codegen.dataflow import DOUBT, INVALID
from symqb.errors import MissingPackage, NotGenerated
from symqb.guards import Where, rate_names
from symqb.parameters import Array, are_sound

Kernel = Callable[[Any, Array], int]
#: (points by parameter, wanted names, place of a point in the user's arrays by its place here) -> columns.
Careful = Callable[[Mapping[str, Array], tuple[str, ...], Where], Sequence[Array]]

#: Packages that a back end needs, which are also the names of the extras.
EXTRAS = {"numba": "numba", "llvmlite": "numba", "jax": "jax", "jaxlib": "jax"}
#: Points of a chunk whose inputs have to be gathered; contiguous inputs go through in one.
CHUNK = 32768
#: Numbers between one column and the next: where columns start at equal places of their pages, stores wait.
APART = 40


@lru_cache(maxsize=64)
def load(origin: str) -> ModuleType:
    """A generated module, by its name or from its source text. Raises ``NotGenerated`` and ``MissingPackage``."""
    try:
        if "\n" not in origin:
            return import_module(origin)
        module = ModuleType("symqb_model")
        exec(compile(origin, module.__name__, "exec"), module.__dict__)
    except ModuleNotFoundError as error:
        if error.name in EXTRAS:
            raise MissingPackage(EXTRAS[error.name], EXTRAS[error.name]) from error
        if error.name is not None and origin.startswith(error.name):
            raise NotGenerated(origin) from error
        raise
    return module


def kernel(backend: str, origin: str, tables: ModuleType, names: tuple[str, ...], parallel: bool = False) -> Kernel:
    """The kernel for the wanted names, of results or of all the rates by bath, whose phi is right to 2 ulp.

    ``origin`` is as in ``load``, for C the text or the name of a generated file.
    """
    if backend == "c":
        return _of_c_file(origin if "\n" in origin else files("generated").joinpath(origin).read_text(), tables, names)
    module = load(origin)
    if backend == "numba":
        run, count = module.kernel(names, parallel), len(module.arguments(names))
        return lambda inputs, columns: int(run(inputs[:count], columns))
    if names == rate_names(tables):
        module = tables  # of JAX it is NumPy's
    run, roles = module.kernel(names), tables.PARAMETERS

    def checked(inputs: Sequence[Array], columns: Array) -> int:
        sound = are_sound(dict(zip(roles, inputs, strict=False)), roles)  # but for T_eq, which is checked where given
        return int(run(inputs, columns)) or int(not sound)

    return checked


def _of_c_file(text: str, tables: ModuleType, names: tuple[str, ...]) -> Kernel:
    from symqb.codegen import kernel_c

    columns, rates = [name for output in tables.OUTPUTS.values() for name in output], rate_names(tables)
    if names != rates:
        return kernel_c.c_kernel(text, [*columns, DOUBT], names)
    fill, guard = kernel_c.c_kernel(text, [*rates, INVALID], names, kernel_c.RATES), _of_c_file(text, tables, ())

    def guarded(inputs: Sequence[Array], filled: Array) -> int:
        fill(inputs, filled)
        return guard(inputs, filled[:0])

    return guarded


def chunks(values: Sequence[Array], shape: tuple[int, ...]) -> Iterator[Any]:
    """The broadcast points in C order, a few thousand at a time or, where nothing has to be gathered, all at once."""
    if not shape:
        yield np.array(values).reshape(-1, 1)
        return
    flags = ["external_loop", "buffered", "growinner", "zerosize_ok"]
    access = [["readonly"]] * len(values)
    for part in np.nditer(values, flags, access, order="C", buffersize=CHUNK):  # type: ignore[call-overload]
        if part[0].size:
            yield tuple(x if x.strides[0] in (0, 8) else np.ascontiguousarray(x) for x in part)


def fill(
    names: tuple[str, ...],
    kernels: Callable[[tuple[str, ...]], Kernel],
    verify: Callable[[], None],
    careful: Careful,
    values: Mapping[str, Array],
    shape: tuple[int, ...],
) -> Array:
    """The columns of the named steps, shape (names, *shape).

    ``verify`` raises if a parameter is not valid; what ``careful`` raises names the user's own indices.
    """
    rows: Array = np.empty((len(names), prod(shape) + APART))[:, : prod(shape)]
    begin, run = 0, kernels(names)
    for points in chunks(list(values.values()), shape):
        part = rows[:, begin : begin + len(points[0])]
        if run(points, part):
            verify()
            doubt = np.empty((1, part.shape[1]))
            kernels((DOUBT,))(points, doubt)
            places = np.flatnonzero(doubt[0])
            where = _place(begin, places, shape)
            doubtful = {name: x[places] + 0.0 for name, x in zip(values, points, strict=True)}
            if len(places):
                part[:, places] = careful(doubtful, names, where)
        begin += len(points[0])
    return rows.reshape(len(names), *shape)


def _place(begin: int, places: Array, shape: tuple[int, ...]) -> Where:
    """The user's index of the k-th of some points of a chunk."""

    def where(place: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(map(int, np.unravel_index(begin + places[place], shape))) if shape else ()

    return where

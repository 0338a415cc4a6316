"""The grid of a sweep: parameters that vary, each over some of the dimensions, and numbers for the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import xarray as xr

from symqb.chains.evaluator import ChainEvaluator
from symqb.codegen.dataflow import VECTORS
from symqb.errors import InvalidParameter, UnknownChoice, UnknownParameter
from symqb.evaluators import Evaluator
from symqb.parameters import DEFAULT_STRENGTH, check_one_point, check_role, complete, to_float64
from symqb.sweeps.labels import of_parameter

#: The dimension of energies and populations.
LEVEL = "level"
#: Points of a chunk times the square of the levels, which is how costs grow: megabytes, or seconds of a long chain.
WORK = 2**22


@dataclass(frozen=True)
class Grid:
    """``coords``: a Dataset of coordinates, labelled. ``varying``: names of parameters that do; ``fixed``: numbers.

    sizes: points by dimension, in order.
    """

    coords: xr.Dataset
    varying: tuple[str, ...]
    fixed: Mapping[str, float]
    sizes: Mapping[str, int]

    @classmethod
    def of(cls, values: Mapping[str, Any], fixed: Mapping[str, Any], evaluate: Evaluator | ChainEvaluator) -> Grid:
        """The grid of ``symqb.sweep``'s ``values`` and ``fixed``, checked parameter by parameter."""
        roles = {**evaluate.parameters, "T_eq": "temperature"}
        numbers = _numbers(values, fixed, roles)
        arrays = {name: _array(name, value, roles[name]) for name, value in values.items()}
        complete({k: v for k, v in {**numbers, **arrays}.items() if k != "T_eq"}, evaluate.parameters, {})
        merged = _merged(arrays)
        sizes = {str(dim): merged.sizes[dim] for array in arrays.values() for dim in array.dims}
        for dim in sizes:
            if dim in (LEVEL, *numbers, *evaluate.outputs):
                raise InvalidParameter("dimension", dim, "a name that no output, no fixed parameter and no level has")
        coords = merged.assign_coords(numbers)
        for name in (*arrays, *numbers):
            coords[name].attrs.update(of_parameter(evaluate, name))
        vector = any(output in VECTORS for output in evaluate.outputs)
        levels = {LEVEL: (LEVEL, list(evaluate.levels), {"long_name": "label of the level"})} if vector else {}
        return cls(coords.assign_coords(levels), tuple(arrays), numbers, sizes)

    def chunks(self, asked: Any, levels: int) -> dict[str, int]:
        """Points of a chunk by dimension.

        asked: as xarray takes it, an int for every dimension or one by dimension, whose others stay whole; "auto" for
        runs of points that follow each other in memory.
        """
        if asked == "auto":
            return self._runs(max(1, WORK // levels**2))
        every = isinstance(asked, Integral)
        if not every and not isinstance(asked, Mapping):
            raise InvalidParameter("chunks", repr(asked), 'points by dimension, one number for all, or "auto"')
        sizes = dict.fromkeys(self.sizes, asked) if every else asked
        for dim, size in sizes.items():
            if dim not in self.sizes:
                raise UnknownChoice("chunks", dim, self.sizes)
            if not isinstance(size, Integral) or size < 1:
                raise InvalidParameter(f"chunks of {dim}", size, "an integer, at least 1")
        return {dim: min(int(sizes.get(dim, points)), points) for dim, points in self.sizes.items()}

    def _runs(self, room: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for dim in reversed(list(self.sizes)):
            found[dim] = max(1, min(self.sizes[dim], room))
            room //= found[dim]
        return {dim: found[dim] for dim in self.sizes}


def _numbers(values: Mapping[str, Any], fixed: Mapping[str, Any], roles: Mapping[str, str]) -> dict[str, float]:
    """The fixed parameters, strengths by default among them, in the order of ``roles``."""
    given = {name: to_float64(name, value) for name, value in fixed.items() if value is not None}
    check_one_point(given)
    for name in (*values, *given):
        if name not in roles:
            raise UnknownParameter(name, roles)
        if name in given and name in values:
            raise InvalidParameter(name, given[name], "a number in fixed or an array of values, not both")
    for name, number in given.items():
        check_role(name, number, roles[name])
    strengths = {name: DEFAULT_STRENGTH for name, role in roles.items() if role == "strength" and name not in values}
    return {name: float(number) for name in roles if (number := {**strengths, **given}.get(name)) is not None}


def _array(name: str, value: Any, role: str) -> xr.DataArray:
    """The values of a parameter, over a dimension of its own unless they come with dimensions."""
    data = to_float64(name, value)
    check_role(name, data, role)
    if isinstance(value, xr.DataArray) and data.ndim and data.size:
        return value.copy(data=data)
    if data.ndim != 1 or not data.size:
        allowed = "a one-dimensional array of values, or an xarray.DataArray over the dimensions of the sweep"
        raise InvalidParameter(name, f"an array of shape {data.shape}", allowed)
    return xr.DataArray(data, {name: data}, [name])


def _merged(arrays: Mapping[str, xr.DataArray]) -> xr.Dataset:
    """The coordinates that the arrays are and have."""
    if not arrays:
        raise InvalidParameter("values", "{}", "an array of values for at least one parameter")
    try:
        parts = [xr.Dataset(coords={name: array}) for name, array in arrays.items()]
        return xr.merge(parts, join="exact", compat="equals", combine_attrs="override")
    except ValueError as error:
        found = ", ".join(f"{name} over {dict(array.sizes)}" for name, array in arrays.items())
        allowed = "arrays that agree about the coordinates that they share"
        raise InvalidParameter("values", found, allowed) from error

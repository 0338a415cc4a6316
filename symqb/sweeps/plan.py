"""What a sweep computes: a grid, its chunks, and the outputs at its points, now or by dask when they are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import xarray as xr

from symqb.codegen.dataflow import VECTORS
from symqb.sweeps.grid import LEVEL, Grid
from symqb.sweeps.labels import of_output
from symqb.sweeps.points import Points

Place = Mapping[str, slice]


@dataclass(frozen=True)
class Plan:
    """A grid, what is evaluated at its points, points of a chunk by dimension, and attributes of the whole."""

    grid: Grid
    points: Points
    chunks: Mapping[str, int]
    attributes: Mapping[str, str]

    @property
    def fits(self) -> bool:
        """Whether all points are in one chunk."""
        return self.chunks == self.grid.sizes

    def dataset(self, lazy: bool) -> xr.Dataset:
        """Outputs over the grid: in memory, or as dask arrays in the plan's chunks."""
        variables = self._variables()
        if lazy:
            variables = [x.chunk({dim: self.chunks[dim] for dim in x.dims}) for x in variables]
        data = {
            name: (x.dims, x.data, of_output(name))
            for name, x in zip(self.points.outputs, self._evaluated(variables), strict=True)
        }
        return xr.Dataset(data, self.grid.coords.coords, self.attributes)

    def at(self, place: Place) -> dict[str, Any]:
        """Outputs in a chunk as arrays of numbers, by name."""
        variables = [x.isel({dim: place[dim] for dim in x.dims}) for x in self._variables()]
        return {name: x.values for name, x in zip(self.points.outputs, self._evaluated(variables), strict=True)}

    def places(self) -> Iterator[tuple[str, Place]]:
        """Each chunk, in order: its name, and the points that it has in each dimension."""
        starts = (range(0, points, self.chunks[dim]) for dim, points in self.grid.sizes.items())
        for corner in product(*starts):
            numbers = (first // self.chunks[dim] for dim, first in zip(self.grid.sizes, corner, strict=True))
            place = {d: slice(first, first + self.chunks[d]) for d, first in zip(self.grid.sizes, corner, strict=True)}
            yield ".".join(map(str, numbers)), place

    def _variables(self) -> list[xr.Variable]:
        """The varying parameters without their coordinates; an index would refuse to be chunked."""
        return [self.grid.coords[name].variable.to_base_variable() for name in self.grid.varying]

    def _evaluated(self, variables: list[xr.Variable]) -> tuple[xr.Variable, ...]:
        outputs = self.points.outputs
        vector = any(name in VECTORS for name in outputs)
        found = xr.apply_ufunc(
            self.points if len(outputs) > 1 else self.points.first,
            *variables,
            output_core_dims=[[LEVEL] if name in VECTORS else [] for name in outputs],
            dask="parallelized",
            output_dtypes=[float] * len(outputs),
            dask_gufunc_kwargs={"output_sizes": {LEVEL: len(self.points.evaluate.levels)} if vector else {}},
        )
        return found if len(outputs) > 1 else (found,)

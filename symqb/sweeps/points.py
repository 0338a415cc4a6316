"""Evaluating a block of a grid, and what becomes of points that the evaluator refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from symqb.codegen.dataflow import VECTORS
from symqb.errors import REFUSALS, RefusedPoint, SymqbError
from symqb.parameters import Array
from symqb.results import Evaluates


@dataclass(frozen=True)
class Points:
    """Call it with arrays that broadcast, one for each of ``varying``: one array for each of ``outputs``, in a tuple.

    nan: whether outputs are NaN where the evaluator refuses, instead of ``RefusedPoint``.
    """

    evaluate: Evaluates
    outputs: tuple[str, ...]
    varying: tuple[str, ...]
    fixed: Mapping[str, float]
    nan: bool

    def __call__(self, *arrays: Array) -> tuple[Array, ...]:
        """Shapes are those of an evaluator's results."""
        axes = max(np.ndim(array) for array in arrays)
        filled = [np.reshape(array, (1,) * (axes - np.ndim(array)) + np.shape(array)) for array in arrays]
        return self._values(dict(zip(self.varying, filled, strict=True)))

    def first(self, *arrays: Array) -> Array:
        """The first output alone."""
        return self(*arrays)[0]

    def _values(self, block: dict[str, Array]) -> tuple[Array, ...]:
        try:
            found = self.evaluate(**self.fixed, **block).as_dict()
        except REFUSALS as refusal:
            shape = np.broadcast_shapes(*(array.shape for array in block.values()))
            if self.nan:
                return self._halved(block, shape)
            index = refusal.index or (0,) * len(shape)
            point = {name: float(np.broadcast_to(x, shape)[index]) for name, x in block.items()}
            raise RefusedPoint(point, self._alone(point, refusal)) from None
        return tuple(np.asarray(found[output]) for output in self.outputs)

    def _alone(self, point: Mapping[str, float], refusal: SymqbError) -> SymqbError:
        """The refusal of one point by itself, which names no index of a block."""
        try:
            self.evaluate(**self.fixed, **point)
        except REFUSALS as alone:
            return alone
        return refusal

    def _halved(self, block: dict[str, Array], shape: tuple[int, ...]) -> tuple[Array, ...]:
        """One refused point refuses its whole block: halve it across its longest side until it is alone."""
        if max(shape) == 1:
            levels = len(self.evaluate.levels)
            return tuple(np.full((*shape, levels) if name in VECTORS else shape, np.nan) for name in self.outputs)
        axis = int(np.argmax(shape))
        half, before = shape[axis] // 2, (slice(None),) * axis
        parts = [
            self._values({k: x[(*before, side)] if x.shape[axis] > 1 else x for k, x in block.items()})
            for side in (slice(half), slice(half, None))
        ]
        return tuple(np.concatenate(pair, axis) for pair in zip(*parts, strict=True))

"""How rare large errors are: float64 against the same program in long double, over millions of points.

Balls at 200 bits, as in accuracy.py, would take a thousand times longer. Long double has 11 bits more than float64: at
|omega|/T = COLDEST it is off by 0.1 ulp of float64, and colder points are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

import symqb
from symqb.codegen.arithmetic_numpy import Float64
from symqb.codegen.pairs_numpy import Pair

Array = np.ndarray
Long = np.longdouble
COLDEST = 200.0


class LongDouble(Float64):
    """The program's arithmetic up to the populations; sums of two numbers where float64 has them."""

    @staticmethod
    def root_of_squares(*coefficients_and_parts: Any) -> Pair:
        parts = (part.hi + part.lo if isinstance(part, Pair) else part for part in coefficients_and_parts[1::2])
        squares = (Long(c) * x * x for c, x in zip(coefficients_and_parts[::2], parts, strict=True))
        return Pair(np.sqrt(sum(squares)), Long(0))

    @staticmethod
    def phi_pair(omega: Pair, T: Array) -> tuple[Array, Array]:
        size = np.abs(omega.hi)
        near = np.where(size > 0, size / np.expm1(np.where(size > 0, size, 1) / T), T)
        smaller = np.where(T > 0, near, 0)
        larger = smaller + size
        return np.where(omega.hi < 0, larger, smaller), np.where(omega.hi < 0, smaller, larger)

    @staticmethod
    def balance(*rates: Array) -> tuple[Array, ...]:
        return rates

    @staticmethod
    def ratio(p: int, q: int) -> Any:
        return Long(p) / q


def in_long_double(columns: Mapping[str, Array], qubits: int) -> Array:
    """The populations, levels last; NaN at points that are not counted."""
    module = import_module(f"generated.xxz{qubits}_numpy")
    values: dict[str, Any] = {name: x.astype(Long) for name, x in columns.items()}
    with np.errstate(all="ignore"):
        module.run(LongDouble, values, module.OUTPUTS["populations"])
    sizes = [np.abs(values[name].hi) for name in module.SECTIONS["frequencies"][1]]
    warm = [np.where(values[T] > 0, values[T], np.inf) for T in module.BATHS.values()]
    counted = np.max(sizes, axis=0) <= COLDEST * np.min(warm, axis=0)
    return np.where(counted[:, None], np.stack([values[p] for p in module.OUTPUTS["populations"]], axis=-1), np.nan)


class Tail(NamedTuple):
    """Populations that were counted, how many of them were off by more than some numbers of ulp, and the largest."""

    populations: int
    above: tuple[int, ...]
    largest: float


def tails(
    qubits: int,
    draws: Iterable[Mapping[str, Array]],
    evaluators: Mapping[str, symqb.evaluators.Evaluator],
    levels: Sequence[float],
    smallest: float,
) -> dict[str, Tail]:
    """What is found of each back end over all points of all draws; populations below ``smallest`` are not counted."""
    found = {backend: Tail(0, (0,) * len(levels), 0.0) for backend in evaluators}
    for columns in draws:
        exact = in_long_double(columns, qubits)
        counted = exact > smallest
        right = exact[counted]
        for backend, evaluate in evaluators.items():
            errors = np.abs(evaluate(**columns).populations[counted] - right) / np.spacing(right.astype(float))
            old = found[backend]
            above = tuple(n + int((errors > level).sum()) for n, level in zip(old.above, levels, strict=True))
            found[backend] = Tail(old.populations + len(right), above, max(old.largest, float(errors.max(initial=0))))
    return found

"""The primitives of a program, emitted as LLVM vector code: copied into every generated Numba module.

The sections of the program run once, on Vectors: every operation emits its instruction. Nothing branches; points that
need more than this are marked as failed, one bit a lane.
"""

import math
from collections.abc import Callable
from functools import reduce
from typing import Any, NamedTuple

from llvmlite import ir

from symqb.codegen.energetics_numba import AfterPopulations
from symqb.codegen.grid import GRID, fits
from symqb.codegen.pairs_numba import (
    Pair,
    add_on_grid,
    add_pairs,
    negative,
    normalised,
    on_grid,
    power_of_two,
    powers_of_two,
    same_sign,
    square_root,
    two_product,
    two_sum,
)
from symqb.codegen.phi_rational import LARGEST, LN2, LN2_REST, LOG2E, SHIFT, TINY, C
from symqb.codegen.vectors_numba import (
    BITS,
    DOUBLES,
    LANES,
    Mask,
    Rate,
    Vector,
    divide,
    fma,
    lane_by_lane,
    maximum,
    polynomial,
    root,
    select,
    strict_sum,
)

# --- copied from here ---


class Bath(NamedTuple):
    """What phi needs of a temperature."""

    T: Vector
    half_inverse: Vector
    step: Pair  # T ln 2
    steps_per_energy: Vector
    largest: Vector


class Lanes(AfterPopulations):
    """The arithmetic of LANES points; ``failed`` collects those that need care."""

    def __init__(self, builder: ir.IRBuilder):
        self.failed: Mask = ir.Constant(BITS, [0] * LANES)
        self._builder, self._baths, self._sums = builder, dict[ir.Value, Bath](), dict[Any, Pair]()
        self._grids: dict[tuple[Pair, ...], dict[Vector, Pair]] = {}
        self._sizes: dict[Vector, tuple[Vector, ...]] = {}

    def require(self, holds: Mask) -> None:
        """Points where a comparison does not hold fail, so that NaN fails."""
        self.failed = self._builder.or_(self.failed, self._builder.not_(holds))

    def pair(self, x: Any) -> Pair:
        """x, which may be a number, as a pair."""
        if isinstance(x, Pair):
            return x
        zero = Vector(self._builder, ir.Constant(DOUBLES, [0.0] * LANES))
        return Pair(zero.lifted(x), zero)

    def exact_sum(self, *terms: Any) -> Pair:
        parts = [self.pair(term) for term in terms or [0.0]]
        parts.sort(key=lambda part: (part.hi.unit.serial, -abs(part.hi.factor)))
        sizes = dict[Vector, float]()
        for part in parts:
            sizes[part.hi.unit] = sizes.get(part.hi.unit, 0.0) + abs(part.hi.factor)
        if fits(sizes.values()):
            return normalised(self._sum(self._on_grid(parts), add_on_grid))
        total = self._sum(tuple(parts), add_pairs)
        return total if len(parts) <= 2 and all(part.lo.zero for part in parts) else normalised(total)

    def _on_grid(self, parts: list[Pair]) -> tuple[Pair, ...]:
        """The same multiples of symbols that are split on the grid of all of them."""
        units = tuple({part.hi.unit: Pair(part.hi.unit, part.lo.unit) for part in parts}.values())
        if units not in self._grids:
            grid = GRID * reduce(strict_sum, (abs(x.hi) for x in units))
            self._grids[units] = {x.hi: on_grid(x, grid) for x in units}
        return tuple(self.scaled(self._grids[units][part.hi.unit], part.hi.factor) for part in parts)

    def _sum(self, parts: tuple[Pair, ...], add: Callable[[Pair, Pair], Pair]) -> Pair:
        """Multiples of the first symbol, plus the sum of the others; equal sums but for the sign are made once."""
        if len(parts) == 1:
            return parts[0]
        flipped = parts[0].hi.factor < 0
        parts = tuple(map(negative, parts)) if flipped else parts
        key = tuple((part.hi.unit, part.hi.factor) for part in parts)
        if key not in self._sums:
            alike = sum(part.hi.unit is parts[0].hi.unit for part in parts)
            split = alike if alike < len(parts) else 1
            self._sums[key] = add(self._sum(parts[:split], add), self._sum(parts[split:], add))
        return negative(self._sums[key]) if flipped else self._sums[key]

    @staticmethod
    def scaled(x: Pair, power_of_two: float) -> Pair:
        return Pair(x.hi * power_of_two, x.lo if x.lo.zero else x.lo * power_of_two)

    def root_of_squares(self, *coefficients_and_parts: Any) -> Pair:
        coefficients, given = coefficients_and_parts[::2], coefficients_and_parts[1::2]
        parts = [self.pair(part) for part in given]
        up, down = powers_of_two(reduce(maximum, (abs(part.hi) for part in parts)))
        total = Pair(up.lifted(0.0), up.lifted(0.0))
        for c, part in zip(coefficients, parts, strict=True):
            x, low = part.hi * down, part.lo * down
            p, e = two_product(x, x)
            q = two_product(p, p.lifted(c))
            high, error = two_sum(total.hi, q.hi)
            rest = fma(2.0 * x, low, e)
            total = Pair(high, strict_sum(error, strict_sum(total.lo, fma(rest, rest.lifted(c), q.lo))))
        root = square_root(total)
        high = root.hi * up
        high.positive = True
        return Pair(high, root.lo * up)

    @staticmethod
    def shifted_root(alpha: Vector, x: Any, gap: Any) -> Vector:
        x = alpha.lifted(x)
        large = alpha + abs(x)
        small = gap / large
        small.positive = True
        return select(x < 0.0, small, large)

    @staticmethod
    def value(x: Any) -> Any:
        return x.hi if isinstance(x, Pair) else x

    @staticmethod
    def ratio(p: int, q: int) -> float:
        return p / q

    @staticmethod
    def sqrt(x: Any) -> Any:
        return root(x) if isinstance(x, Vector) else math.sqrt(x)

    @staticmethod
    def exp(x: Any) -> Any:
        if not isinstance(x, Vector):
            return math.exp(x)
        result = lane_by_lane("exp", x)
        result.positive = True
        return result

    @staticmethod
    def log(x: Any) -> Any:
        return lane_by_lane("log", x) if isinstance(x, Vector) else math.log(x)

    @staticmethod
    def power(x: Any, y: float) -> Any:
        if not isinstance(x, Vector):
            return math.pow(x, y)
        result = lane_by_lane("pow", x, x.lifted(y))
        result.positive = x.positive
        return result

    magnitude = staticmethod(abs)

    def phi_pair(self, omega: Pair, T: Vector) -> tuple[Rate, Rate]:
        """The recipe of symqb/codegen/phi_rational.py; the frequency is multiplied where rates are added."""
        bath = self._baths.setdefault(T.value, bath_at(T))
        size, rest, rising, falling = self._sizes.setdefault(omega.hi, self.size(omega))
        t = fma(-size, bath.steps_per_energy, SHIFT)
        k = t - SHIFT
        y = strict_sum(fma(k, bath.step.hi, size), fma(k, bath.step.lo, rest)) * bath.half_inverse
        q, m = power_of_two(t), fma(y * y, polynomial(y * y, C), 1.0 - y)
        n = divide(q * m, fma(1.0 - q, m, strict_sum(y, y)))
        n = select(size < bath.largest, n, 0.0)  # false also at T = 0, where t is infinite or NaN
        n.positive = True
        return Rate(n, size, falling), Rate(n, size, rising)

    @staticmethod
    def size(omega: Pair) -> tuple[Vector, ...]:
        """|omega| as two parts, and the parts of omega above and below 0."""
        size = strict_sum(abs(omega.hi), omega.hi.lifted(TINY))
        rising = maximum(omega.hi, 0.0)
        falling = rising - omega.hi
        size.positive = falling.positive = True
        return size, same_sign(omega.lo, omega.hi), rising, falling

    def balance(self, *rates: Vector) -> tuple[Vector, ...]:
        """The common factor is 1: elimination multiplies rates by ratios, never by rates."""
        return tuple(rate.like(rate.value, rate.positive) for rate in rates)

    @staticmethod
    def standard_part(x: Vector) -> Vector:
        return x


def bath_at(T: Vector) -> Bath:
    """What every phi at this temperature shares; at T = 0 ``largest`` is 0 and the rest is not read."""
    inverse, high = T.reciprocal, two_product(T, T.lifted(LN2))
    step = Pair(high.hi, fma(T, T.lifted(LN2_REST), high.lo))
    return Bath(T, inverse * 0.5, step, inverse * (0.5 * LOG2E), T * (2.0 * LARGEST))

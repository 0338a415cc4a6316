"""phi to its last digits, emitted as LLVM vector code: copied into every generated Numba module."""

from functools import reduce
from typing import NamedTuple

from llvmlite import ir

from symqb.codegen.arithmetic_numba import Lanes
from symqb.codegen.pairs_numba import Pair, power_of_two, two_product, two_sum
from symqb.codegen.phi_rational import FAR, LN2, LN2_REST, LOG2E, SHIFT, C
from symqb.codegen.vectors_numba import Vector, divide, fma, polynomial, select, strict_sum

# --- copied from here ---


class PreciseBath(NamedTuple):
    """What phi in pairs needs of a temperature."""

    half_inverse: Pair
    step: Pair  # T ln 2; its high part has so few bits that multiples of it are exact
    far: Vector


class PreciseLanes(Lanes):
    """Lanes for rates by bath: phi(omega, T) and phi(-omega, T) are right to 2 units in the last place."""

    def __init__(self, builder: ir.IRBuilder):
        super().__init__(builder)
        self._precise_baths = dict[ir.Value, PreciseBath]()

    def phi_pair(self, omega: Pair, T: Vector) -> tuple[Vector, Vector]:  # type: ignore[override]  # no sum of baths
        """The recipe of symqb/codegen/phi_rational.py in pairs, 2^k in two factors."""
        bath = self._precise_baths.setdefault(T.value, precise_bath(T))
        size, rest, *_ = self._sizes.setdefault(omega.hi, self.size(omega))
        k = fma(-size, LOG2E * bath.half_inverse.hi, SHIFT) - SHIFT
        half = fma(k, k.lifted(0.5), SHIFT)
        q = power_of_two(half), power_of_two(strict_sum(k - (half - SHIFT), k.lifted(SHIFT)))
        n = occupation_over(reduced(Pair(size, rest), k, bath), q[0] * q[1])
        high, low = two_product(size, n.hi)
        near = strict_sum(high, strict_sum(low, fma(size, n.lo, rest * n.hi))) * q[0] * q[1]
        smaller = select(size < bath.far, near, 0.0)  # false also at T = 0, where near is NaN
        larger = strict_sum(abs(omega.hi), strict_sum(smaller, rest))
        smaller.positive = larger.positive = True
        falls = omega.hi < 0.0
        return select(falls, larger, smaller), select(falls, smaller, larger)


def precise_bath(T: Vector) -> PreciseBath:
    """At T = 0 ``far`` is 0 and the rest is not read."""
    half, (high, low) = 0.5 * T.reciprocal, two_product(T, T.lifted(LN2))
    wide = high * 2049.0  # 2^11 + 1
    few_bits = wide - (wide - high)
    step = Pair(few_bits, strict_sum(high - few_bits, fma(T, T.lifted(LN2_REST), low)))
    return PreciseBath(Pair(half, fma(-half, T, 0.5) * (2.0 * half)), step, T * FAR)


def reduced(size: Pair, k: Vector, bath: PreciseBath) -> Pair:
    """y = (|omega| + k T ln 2)/(2 T)."""
    steps = k * bath.step.hi
    part = strict_sum(size.hi, steps)
    w = two_sum(part, strict_sum(size.hi - (part - steps), fma(k, bath.step.lo, size.lo)))
    y = two_product(w.hi, bath.half_inverse.hi)
    return Pair(y.hi, strict_sum(y.lo, fma(w.hi, bath.half_inverse.lo, w.lo * bath.half_inverse.hi)))


def occupation_over(y: Pair, q: Vector) -> Pair:
    """m/((1 - q) m + 2 y), which is 1/q times the occupation."""
    z = y.hi * y.hi
    h = z * polynomial(z, C)
    d = h - y.hi
    m = strict_sum(d, d.lifted(1.0))
    m_low = strict_sum(d - (m - 1.0), (h - strict_sum(d, y.hi)) - y.lo)
    r = 1.0 - q
    product = two_product(r, m)
    below = two_sum(product.hi, 2.0 * y.hi)
    rest = reduce(strict_sum, (below.lo, product.lo, fma(r, m_low, ((1.0 - r) - q) * m), 2.0 * y.lo))
    inverse = divide(m.lifted(1.0), below.hi)
    n = m * inverse
    return Pair(n, (strict_sum(fma(-n, below.hi, m), m_low) - n * rest) * inverse)

"""Logarithms and exponentials, emitted as LLVM vector code: copied into every generated Numba module."""

from typing import NamedTuple

from symqb.codegen.log_rational import ARTANH, EXP, LN2_HIGH, LN2_LOW, SCALE
from symqb.codegen.pairs_numba import bitwise, integers, power_of_two, same_sign
from symqb.codegen.phi_rational import LARGEST, LOG2E, SHIFT
from symqb.codegen.vectors_numba import Vector, divide, fma, polynomial, select, strict_sum

# --- copied from here ---


class SplitLog(NamedTuple):
    """k ln 2 + (2 s + rest), all three of one sign."""

    k: Vector
    s: Vector
    rest: Vector

    @property
    def value(self) -> Vector:
        return fma(self.k, self.k.lifted(LN2_HIGH), fma(self.k, self.k.lifted(LN2_LOW), self.s * 2.0 + self.rest))


def log_of_quotient(a: Vector, b: Vector) -> SplitLog:
    """ln(a/b), by the recipe of symqb/codegen/log_rational.py."""
    it, falls, sign, two_52 = a.builder, a < b, a - b, a.lifted(2.0**52)
    larger, smaller = select(falls, b, a) * SCALE, select(falls, a, b) * SCALE
    steps = bitwise(lambda m, n: it.lshr(it.sub(m, n), integers(52)), larger, smaller)  # k as an integer
    t = bitwise(lambda m, n: it.sub(m, it.shl(n, integers(52))), larger, steps)
    k = bitwise(it.or_, steps, two_52) - two_52
    s = same_sign(divide(t - smaller, strict_sum(t, smaller)), sign)
    z = s * s
    return SplitLog(same_sign(k, sign), s, s * z * polynomial(z, ARTANH))


def exp_of_minus(y: Vector) -> Vector:
    """e^-y for y >= 0."""
    t = fma(-y, y.lifted(0.5 * LOG2E), y.lifted(SHIFT))
    k = t - SHIFT
    f = fma(-k, k.lifted(LN2_LOW), fma(-k, k.lifted(LN2_HIGH), -y))
    e = power_of_two(t) * strict_sum(fma(f * f, polynomial(f, EXP), f), f.lifted(1.0))
    return select(y < 2.0 * LARGEST, e, 0.0)

"""Unevaluated sums of two vectors, about 32 digits, and powers of two: copied into every generated Numba module."""

from collections.abc import Callable
from typing import NamedTuple

from llvmlite import ir

from symqb.codegen.vectors_numba import DOUBLES, INTS, LANES, Vector, divide, fma, root, select, strict_sum

# --- copied from here ---


class Pair(NamedTuple):
    """The unevaluated sum hi + lo with |lo| <= ulp(hi)/2."""

    hi: Vector
    lo: Vector


def two_sum(a: Vector, b: Vector) -> Pair:
    """a + b without error (Knuth)."""
    s = strict_sum(a, b)
    t = s - a
    return Pair(s, strict_sum(a - (s - t), b - t))


def two_product(a: Vector, b: Vector) -> Pair:
    """a * b without error."""
    p = a.like(a.builder.fmul(a.value, b.value), a.positive and b.positive)
    return Pair(p, fma(a, b, -p))


def negative(x: Pair) -> Pair:
    """-x."""
    return Pair(-x.hi, x.lo if x.lo.zero else -x.lo)


def add_pairs(a: Pair, b: Pair) -> Pair:
    """a + b but for the rounding of the low parts; not normalised."""
    high, error = two_sum(a.hi, b.hi)
    return Pair(high, strict_sum(error, strict_sum(a.lo, b.lo)))


def add_on_grid(a: Pair, b: Pair) -> Pair:
    """The same where both are on one grid: the sum of the high parts is exact."""
    return Pair(strict_sum(a.hi, b.hi), strict_sum(a.lo, b.lo))


def on_grid(x: Pair, grid: Vector) -> Pair:
    """x, its high part a multiple of the last place of ``grid``."""
    high = strict_sum(x.hi, grid) - grid
    return Pair(high, strict_sum(x.hi - high, x.lo))


def normalised(x: Pair) -> Pair:
    """The same sum with |lo| <= ulp(hi)/2 (Dekker: lo is a rounding error of terms whose sum is hi)."""
    high = strict_sum(x.hi, x.lo)
    return Pair(high, strict_sum(x.hi - high, x.lo))


def square_root(a: Pair) -> Pair:
    """sqrt(a) to about twice the working precision, for a >= 0."""
    s = root(a.hi)
    rest = strict_sum(fma(-s, s, a.hi), a.lo)
    return normalised(Pair(s, select(s.exceeds(0.0), divide(rest, 2.0 * s), 0.0)))


def bitwise(emit: Callable[..., ir.Value], *vectors: Vector) -> Vector:
    """What ``emit`` makes of the vectors' bits."""
    builder = vectors[0].builder
    return vectors[0].like(builder.bitcast(emit(*(builder.bitcast(x.value, INTS) for x in vectors)), DOUBLES))


def integers(number: int) -> ir.Constant:
    """The same integer in every lane."""
    return ir.Constant(INTS, [number] * LANES)


def power_of_two(t: Vector) -> Vector:
    """2^k for t = SHIFT + k and -1023 < k <= 0."""
    return bitwise(lambda bits: t.builder.shl(bits, integers(52)), t)


def same_sign(x: Vector, y: Vector) -> Vector:
    """x for y >= 0, -x for y < 0."""
    b = x.builder
    return bitwise(lambda m, n: b.xor(m, b.and_(n, integers(-(2**63)))), x, y)


def powers_of_two(x: Vector) -> tuple[Vector, Vector]:
    """The power of two at or below x > 0, and one over it; for x = 0 the first is 0 and the second finite."""
    b, exponent = x.builder, integers(0x7FF << 52)
    up = bitwise(lambda bits: b.and_(bits, exponent), x)
    return up, bitwise(lambda bits: b.sub(integers(2046 << 52), bits), up)

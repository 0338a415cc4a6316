"""Unevaluated sums of two floats, about 32 digits: copied into every generated NumPy module."""

from typing import Any, NamedTuple

import numpy as np

# --- copied from here ---

Array = Any  # float64 arrays that broadcast against each other, or scalars

SPLIT = 134217729.0  # 2**27 + 1, Veltkamp


class Pair(NamedTuple):
    """The unevaluated sum hi + lo with |lo| <= ulp(hi)/2."""

    hi: Array
    lo: Array


def two_sum(a: Array, b: Array) -> Pair:
    """a + b without error (Knuth)."""
    s = a + b
    t = s - a
    return Pair(s, (a - (s - t)) + (b - t))


def two_product(a: Array, b: Array) -> Pair:
    """a * b without error (Dekker), for magnitudes below 1e290."""
    p = a * b
    ta, tb = SPLIT * a, SPLIT * b
    ah, bh = ta - (ta - a), tb - (tb - b)
    al, bl = a - ah, b - bh
    return Pair(p, ((ah * bh - p) + ah * bl + al * bh) + al * bl)


def add_pairs(a: Pair, b: Pair) -> Pair:
    """a + b to about twice the working precision."""
    s, e = two_sum(a.hi, b.hi)
    return two_sum(s, e + (a.lo + b.lo))


def square(a: Pair) -> Pair:
    """a * a to about twice the working precision."""
    p = two_product(a.hi, a.hi)
    return two_sum(p.hi, p.lo + 2.0 * a.hi * a.lo)


def square_root(a: Pair) -> Pair:
    """sqrt(a) to about twice the working precision, for a >= 0."""
    s = np.sqrt(a.hi)
    p = two_product(s, s)
    return two_sum(s, np.where(s == 0, 0.0, ((a.hi - p.hi) - p.lo + a.lo) / (2.0 * s)))


def quotient(omega: Pair, T: Array) -> tuple[Array, Pair]:
    """|omega| and |omega|/T, the latter as a pair; meaningless where T = 0."""
    size = np.abs(omega.hi)
    x = size / T
    p, e = two_product(x, T)
    low = np.where(omega.hi < 0, -omega.lo, omega.lo)
    return size, Pair(x, ((size - p) - e + low) / T)


def negative(x: Pair) -> Pair:
    """-x."""
    return Pair(-x.hi, -x.lo)


def exp_pair(x: Pair) -> Array:
    """e^(hi+lo) for hi <= 0; where lo is not small, hi is so large that the result is 0 anyway."""
    return np.exp(np.minimum(x.hi, 0.0)) * (1.0 + np.clip(x.lo, -0.5, 0.5))

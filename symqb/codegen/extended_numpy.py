"""Numbers beyond the range of floats, and infinitesimal ones: copied into every generated NumPy module.

No rate underflows in this arithmetic, however cold the baths, and a rate that is exactly 0 makes no denominator 0.
"""

from typing import Any

import numpy as np

from symqb.codegen.arithmetic_numpy import Float64
from symqb.codegen.pairs_numpy import Array, Pair, add_pairs, exp_pair, negative, quotient, two_product
from symqb.codegen.phi_rational import LN2, LN2_REST

# --- copied from here ---

TINY_RATIO = 1e-200  # below this omega/T, phi(omega, T) = T to the last digit


class Extended:
    """m e^exponent eta^order: numbers of any size, and infinitesimal ones (order > 0).

    m and order are float64 arrays, the exponent a Pair; eta is smaller than every e^-x.
    """

    __array_ufunc__ = None  # lets float64 * Extended reach __rmul__

    def __init__(self, m: Array, exponent: Pair, order: Array = 0.0):
        self.m, self.exponent, self.order = m, exponent, order

    def __mul__(self, other: Any) -> "Extended":
        if isinstance(other, Extended):
            exponent = add_pairs(self.exponent, other.exponent)
            return Extended(self.m * other.m, exponent, self.order + other.order)
        return Extended(self.m * other, self.exponent, self.order)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Extended":
        if not isinstance(other, Extended):
            return Extended(self.m / other, self.exponent, self.order)
        exponent = add_pairs(self.exponent, negative(other.exponent))
        return Extended(self.m / other.m, exponent, self.order - other.order)

    def __rtruediv__(self, one: float) -> "Extended":
        return Extended(one / self.m, negative(self.exponent), -self.order)

    def __add__(self, other: Any) -> "Extended":
        if not isinstance(other, Extended):
            other = Extended(np.asarray(other, dtype=float), Pair(np.zeros_like(self.m), np.zeros_like(self.m)))
        a, b = self.exponent, other.exponent
        above = (a.hi > b.hi) | ((a.hi == b.hi) & (a.lo >= b.lo))  # exp_pair takes no exponent above 0
        larger = (self.order < other.order) | ((self.order == other.order) & above)
        first = (other.m == 0) | ((self.m != 0) & larger)  # a zero must not set the common exponent
        top = Pair(np.where(first, a.hi, b.hi), np.where(first, a.lo, b.lo))
        order = np.where(first, self.order, other.order)
        return Extended(self._above(top, order) + other._above(top, order), top, order)

    __radd__ = __add__

    def __neg__(self) -> "Extended":
        return Extended(-self.m, self.exponent, self.order)

    def __sub__(self, other: Any) -> Any:
        return self + (-other)

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __pow__(self, power: float) -> "Extended":
        exponent = Pair(self.exponent.hi * power, self.exponent.lo * power)
        return Extended(self.m**power, exponent, self.order * power)

    def _above(self, top: Pair, order: Array) -> Array:
        """The factor m' with value m' e^top eta^order, for a top that is at least the exponent wherever m != 0."""
        gap = add_pairs(self.exponent, negative(top))
        return np.where((self.m == 0) | (self.order > order), 0.0, self.m * exp_pair(gap))

    def float64(self) -> Array:
        e, gone = self.exponent, (self.order > 0) | (self.m == 0)
        return np.where(gone, 0.0, self.m * np.exp(e.hi) * (1.0 + np.clip(e.lo, -0.5, 0.5)))


class ExtendedFloat64(Float64):
    """Float64 with Extended rates and populations."""

    @staticmethod
    def phi_pair(omega: Pair, T: Array) -> tuple[Any, Any]:
        size, x = quotient(omega, T)
        m = size / -np.expm1(-x.hi)  # x.lo would change this by less than half a unit in the last place
        plain = (T == 0) | (x.hi < TINY_RATIO)
        zero = np.zeros_like(x.hi)
        low = Extended(np.where(plain, T, m), Pair(np.where(plain, zero, -x.hi), np.where(plain, zero, -x.lo)))
        one = Pair(zero, zero)
        return low + Extended(np.maximum(-omega.hi, 0.0), one), low + Extended(np.maximum(omega.hi, 0.0), one)

    @staticmethod
    def sqrt(x: Any) -> Any:
        return x**0.5 if isinstance(x, Extended) else np.sqrt(x)

    @staticmethod
    def exp(x: Any) -> Extended:
        x = x.float64() if isinstance(x, Extended) else x
        return Extended(np.ones_like(x), Pair(x, np.zeros_like(x)))

    @staticmethod
    def log(x: Any) -> Array:
        return np.log(x.m) + x.exponent.hi if isinstance(x, Extended) else np.log(x)

    @staticmethod
    def power(x: Any, y: float) -> Any:
        return x**y

    @staticmethod
    def balance(*rates: Any) -> tuple[Any, ...]:
        balanced = []
        for rate in rates:  # moves the size of m into the exponent: products of m cannot overflow
            m, k = np.frexp(rate.m)
            p, e = two_product(k.astype(float), LN2)
            exponent, zero = add_pairs(rate.exponent, Pair(p, e + k * LN2_REST)), rate.m == 0
            exponent = Pair(np.where(zero, 0.0, exponent.hi), np.where(zero, 0.0, exponent.lo))
            balanced.append(Extended(np.where(zero, 1.0, m), exponent, np.where(zero, 1.0, 0.0)))
        return tuple(balanced)

    @staticmethod
    def standard_part(x: Extended) -> Array:
        return x.float64()

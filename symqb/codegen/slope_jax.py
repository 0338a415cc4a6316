"""The slopes of phi and of quotients, also of small numbers: copied into every generated JAX module.

With f(x) = x/(e^x - 1): phi(omega, T) = T f(omega/T), so that its slope in omega is f'(omega/T) and its slope in T is
f(x) - x f'(x) = f(x) f(-x).
"""

from fractions import Fraction
from math import comb, factorial
from typing import Any

import jax
import jax.numpy as jnp

# --- copied from here ---

FAR = 800.0  # e^x has overflowed, and every slope is at its limit


def bernoulli(count: int) -> list[Fraction]:
    """B_0, B_1 = -1/2, ...: f(x) is the sum of B_n x^n/n!."""
    numbers: list[Fraction] = []
    for n in range(count):
        rest = sum((comb(n + 1, k) * number for k, number in enumerate(numbers)), Fraction(0))
        numbers.append(Fraction(n == 0) - rest / (n + 1) if n else Fraction(1))
    return numbers


#: f'(x) = sum of SERIES[n] x^n, whose terms fall by (x/2 pi)^2: used for |x| < 1.
SERIES = tuple(float(b / factorial(n)) for n, b in enumerate(bernoulli(26)[1:]))


def slope(omega: Any, T: Any) -> tuple[Any, Any]:
    """The slopes of phi(omega, T) in omega and in T; those of phi(-omega, T) are 1 more, and the same."""
    cold = T == 0
    far = jnp.where(omega == 0, 0.0, FAR)
    x = jnp.where(cold, far, jnp.minimum(jnp.abs(omega) / jnp.where(cold, 1.0, T), FAR))
    near = x < 1.0
    small, large = jnp.where(near, x, 0.0), jnp.where(near, 1.0, x)
    series = jnp.zeros_like(small)
    for coefficient in reversed(SERIES):
        series = coefficient + small * series
    n = 1.0 / jnp.expm1(large)
    f = jnp.where(near, series_of_f(small), large * n)
    falling = jnp.where(near, series, n * (1.0 - (large + large * n)))
    return jnp.where(omega < 0, -1.0 - falling, falling), f * (f + x)


def series_of_f(x: Any) -> Any:
    """f itself for |x| < 1."""
    total = jnp.zeros_like(x)
    for n, coefficient in reversed(list(enumerate(SERIES, start=1))):
        total = x * (coefficient / n + total)
    return 1.0 + total


@jax.custom_jvp  # type: ignore[untyped-decorator]
def quotient(x: Any, y: Any) -> Any:
    """x/y; its slope in y is -(x/y)/y, where JAX would divide by y^2, which underflows before y does."""
    return x / y


@quotient.defjvp  # type: ignore[untyped-decorator]
def _quotient_jvp(primals: tuple[Any, Any], tangents: tuple[Any, Any]) -> tuple[Any, Any]:
    ratio = quotient(*primals)
    return ratio, (tangents[0] - ratio * tangents[1]) / primals[1]


class Rate:
    """A number in the elimination, where exits may be small."""

    def __init__(self, x: Any):
        self.x = x

    def __add__(self, other: Any) -> "Rate":
        return Rate(self.x + plain(other))

    def __mul__(self, other: Any) -> "Rate":
        return Rate(self.x * plain(other))

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other: Any) -> "Rate":
        return Rate(quotient(*jnp.broadcast_arrays(self.x, plain(other))))

    def __rtruediv__(self, one: float) -> "Rate":
        return Rate(jnp.full_like(self.x, one)) / self


def plain(x: Any) -> Any:
    """The number itself."""
    return x.x if isinstance(x, Rate) else x

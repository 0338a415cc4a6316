"""Ball arithmetic (Arb, through python-flint) for proofs: slopes, ends as floats, and an order that is certain."""

from __future__ import annotations

from itertools import pairwise
from math import inf

from flint import arb

from proofs.checker import Rejected
from symqb.codegen.arithmetic_arb import Arb

_ONE, _HALF, _ZERO = arb(1), arb(1) / 2, arb(0)
_TINY = 5e-324
#: Below this x, b'(x) = -1/2 + x/6 within 1e-8; the next term is x^3/180.
_SMALL = arb(2) ** -10


class Balls(Arb):
    """The arithmetic of the Arb evaluators, and what proofs need beyond it. The precision is that of ``flint.ctx``."""

    @staticmethod
    def between(low: arb, high: arb) -> arb:
        return low.union(high)

    @staticmethod
    def bounds(x: arb) -> tuple[float, float]:
        """Floats below and above, of the sign of the ends."""
        if not x.is_finite():
            return -inf, inf
        return _signed(x.lower()), _signed(x.upper())

    @staticmethod
    def phi_slopes(omega: arb, T: arb) -> tuple[arb, arb]:
        """b'(x) by omega and b(x) b(-x) by T, with x = omega/T; b' increases, b(x) b(-x) decreases in |x|."""
        low, high = omega.lower(), omega.upper()
        cold, hot = T.lower(), T.upper()
        first, last = _ratio(low, hot if low >= 0 else cold), _ratio(high, cold if high >= 0 else hot)
        by_omega = (_slope(first) if first is not None else -_ONE).union(_slope(last) if last is not None else _ZERO)
        if first is None or last is None:
            return by_omega, _ZERO.union(_ONE)
        both = _both(abs(first)).union(_both(abs(last)))
        return by_omega, both if first.sgn() * last.sgn() > 0 else both.union(_ONE)

    @staticmethod
    def sorted_by(*keys_and_values: arb) -> list[arb]:
        half = len(keys_and_values) // 2
        keys, values = keys_and_values[:half], keys_and_values[half:]
        order = sorted(range(half), key=lambda i: float(keys[i]))
        if any(not keys[i] <= keys[j] for i, j in pairwise(order)):
            raise Rejected("the order of the energies is not certain")
        return [keys[i] for i in order] + [values[i] for i in order]


def _signed(x: arb) -> float:
    """The nearest float, but 0 only for 0."""
    return float(x) or (_TINY if x > 0 else -_TINY if x < 0 else 0.0)


def _ratio(omega: arb, T: arb) -> arb | None:
    """omega/T; None where it is infinite."""
    if omega == 0:
        return _ZERO
    return omega / T if T > 0 else None


def _slope(x: arb) -> arb:
    """b'(x) = b(x) (1 - b(-x))/x, where b(-x) = b(x) + x."""
    if abs(x) < _SMALL:
        return x / 6 - _HALF + arb(0, 1e-8)
    b = x / x.expm1()
    return b * (1 - b - x) / x


def _both(x: arb) -> arb:
    """b(x) b(-x)."""
    b = x / x.expm1() if x > 0 else _ONE
    return b * (b + x)

"""Ball arithmetic (Arb, through python-flint): the primitives of the program on balls that contain the exact result."""

from __future__ import annotations

from fractions import Fraction
from math import inf

from flint import arb, fmpq

_ONE, _HALF, _ZERO = arb(1), arb(1) / 2, arb(0)
#: Below this x, b'(x) = -1/2 + x/6 within 1e-8; the next term is x^3/180.
_SMALL = arb(2) ** -10


class Balls:
    """See symqb.program for what each primitive means. The precision is that of ``flint.ctx``."""

    exp = staticmethod(arb.exp)
    sqrt = staticmethod(arb.sqrt)
    magnitude = staticmethod(abs)

    @staticmethod
    def constant(value: Fraction) -> arb:
        return arb(fmpq(value.numerator, value.denominator))

    @staticmethod
    def between(low: arb, high: arb) -> arb:
        return low.union(high)

    @staticmethod
    def bounds(x: arb) -> tuple[float, float]:
        """Floats below and above: an end rounds to nearest, which does not change its sign."""
        return (float(x.lower()), float(x.upper())) if x.is_finite() else (-inf, inf)

    @staticmethod
    def phi_pair(omega: arb, T: arb) -> tuple[arb, arb]:
        """phi decreases in omega and increases in T: its ends are values at corners. phi(-omega) = phi(omega) + omega."""
        last, first, hot, cold = omega.upper(), omega.lower(), T.upper(), T.lower()
        phi = (last / (last / cold).expm1()).union(first / (first / hot).expm1())
        if not phi.is_finite():  # omega = 0 or T = 0
            phi = _phi(last, cold).union(_phi(first, hot))
        return phi, phi + omega

    @staticmethod
    def phi_slopes(omega: arb, T: arb) -> tuple[arb, arb]:
        """b'(x) by omega and b(x) b(-x) by T, with x = omega/T; b' increases, b(x) b(-x) decreases in |x|."""
        low, high = omega.lower(), omega.upper()
        cold, hot = T.lower(), T.upper()
        first, last = _ratio(low, hot if low >= 0 else cold), _ratio(high, cold if high >= 0 else hot)
        by_omega = (_slope(first) if first is not None else -_ONE).union(_slope(last) if last is not None else _ZERO)
        if first is None or last is None:
            return by_omega, _ZERO.union(_ONE)
        near = _ZERO if first.sgn() * last.sgn() <= 0 else min(first, last, key=lambda x: float(abs(x)))
        far = max(first, last, key=lambda x: float(abs(x)))
        return by_omega, _both(abs(near)).union(_both(abs(far)))

    @staticmethod
    def root_of_squares(*parts: arb) -> arb:
        return sum((c * x * x for c, x in zip(parts[::2], parts[1::2], strict=True)), start=_ZERO).sqrt()

    @staticmethod
    def shifted_root(alpha: arb, x: arb, gap: arb) -> arb:
        return gap / (alpha - x) if x <= 0 else alpha + x

    @staticmethod
    def positive_part(x: arb) -> arb:
        return x.max(_ZERO)


def _phi(omega: arb, T: arb) -> arb:
    """phi at numbers; temperatures are >= 0, whatever rounding says."""
    if not T > 0:
        return _ZERO if omega >= 0 else -omega
    if omega == 0:
        return T
    return omega / (omega / T).expm1()


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

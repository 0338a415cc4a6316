"""Ball arithmetic (Arb, through python-flint): the primitives of the program on balls that contain the exact result."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import inf

from flint import arb, fmpq

from proofs.checker import Rejected

_ONE, _HALF, _ZERO = arb(1), arb(1) / 2, arb(0)
_TINY = 5e-324
#: Below this x, b'(x) = -1/2 + x/6 within 1e-8; the next term is x^3/180.
_SMALL = arb(2) ** -10


class Balls:
    """See symqb.program for what each primitive means. The precision is that of ``flint.ctx``."""

    exp = staticmethod(arb.exp)
    log = staticmethod(arb.log)
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
        """Floats below and above, of the sign of the ends."""
        if not x.is_finite():
            return -inf, inf
        return _signed(x.lower()), _signed(x.upper())

    @staticmethod
    def phi_pair(omega: arb, T: arb) -> tuple[arb, arb]:
        """phi = T b(omega/T), both factors positive; b decreases, so its ends are values at ends.

        For omega > 0 both factors increase with T, and little is lost by bounding them apart; else phi, which decreases
        in omega and increases in T, is bounded by its values at corners. phi(-omega) = phi + omega.
        """
        x = omega / T
        near, far = x.lower(), x.upper()
        phi = T * (near / near.expm1()).union(far / far.expm1())
        if not (phi.is_finite() and omega > _ZERO):
            phi = _phi(omega.upper(), T.lower()).union(_phi(omega.lower(), T.upper()))
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
        both = _both(abs(first)).union(_both(abs(last)))
        return by_omega, both if first.sgn() * last.sgn() > 0 else both.union(_ONE)

    @staticmethod
    def root_of_squares(*parts: arb) -> arb:
        return sum((c * x * x for c, x in zip(parts[::2], parts[1::2], strict=True)), start=_ZERO).sqrt()

    @staticmethod
    def shifted_root(alpha: arb, x: arb, gap: arb) -> arb:
        return gap / (alpha - x) if x <= 0 else alpha + x

    @staticmethod
    def positive_part(x: arb) -> arb:
        return x.max(_ZERO)

    @staticmethod
    def descending(*values: arb) -> list[arb]:
        """The k-th largest lies between the k-th largest lower and upper ends."""
        lows, highs = (sorted(ends, key=float, reverse=True) for ends in zip(*map(_ends, values), strict=True))
        return [low.union(high) for low, high in zip(lows, highs, strict=True)]

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


def _ends(x: arb) -> tuple[arb, arb]:
    return x.lower(), x.upper()


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

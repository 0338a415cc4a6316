"""phi(omega, T) = omega/(e^(omega/T) - 1) with one division and no branch: the recipe and its constants.

With s = |omega|, s/(2 T) = y - k (ln 2)/2, k <= 0 an integer, |y| <= (ln 2)/4, q = 2^k, h = y coth y - 1, which is
even, and m = 1 - y + h,

    e^(2y) = (m + 2 y)/m,    n = 1/(e^(s/T) - 1) = q m/((1 - q) m + 2 y),

phi(s, T) = s n and phi(-s, T) = s n + s. In float64, for omega = hi + lo, once a bath

    i = 1/(2 T),  j = LOG2E i,  c + c_lo = T ln 2 as a pair, with k c without error (fma, or few bits in c)

and then

    s = |hi| + TINY, l = lo with the sign such that s + l = |omega|
    t = SHIFT - s j,  k = t - SHIFT           k = -2 x/ln 2 to the nearest integer, for x = s/(2 T)
    y = ((s + k c) + (l + k c_lo)) i          s + k c is exact, but for k = -1 at y = -(ln 2)/4
    z = y y,  h = z (C[0] + z (C[1] + ...))   Horner
    m = (1 - y) + h
    q = 2^k                                   the float with the bits of t << 52: its last eleven are k + 1023
    n = q m/((1 - q) m + (y + y))
    n = (s < 2 T LARGEST ? n : 0)             so T = 0, where t is infinite or NaN, gives 0
    smaller = s n,  larger = |hi| + s n       phi(omega, T) and phi(-omega, T), in the order that the sign of hi says

Rates by bath take phi from the same recipe in pairs: ``phi_pair`` of primitives.c, phi_numba.py and phi_rows_numpy.py.
There y, m, the denominator and n are sums of two floats, of which h reads the larger part of y; q is a product of two
powers of two, so that phi keeps its digits down to 1e-307. Populations are within their limit without that, at half the
time; currents would gain nothing, as the rounding of the terms that cancel in them remains.

fma may be used in t, in the terms of y, in Horner's rule, in m and in the denominator, or nowhere. What is computed
for larger s may be infinite or NaN before the last selection: keep the selection last, and comparisons so that NaN
gives 0. Nothing overflows for s below; n below 2^-1021 counts as 0. TINY keeps 0/0 away: phi is T there. JAX, which may
not count on fma, reduces s i instead, as a quotient of two parts. tests/test_phi.py holds the error bounds.

The constants are float64 numbers: LOG2E (= 2/ln 2), SHIFT, LN2_HI + LN2_LO (= (ln 2)/2), LN2 + LN2_REST (= ln 2),
LARGEST, TINY and the tuple C.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Decimal, localcontext
from math import cos, pi

#: Decimal digits to derive with: float64 is rounded once, at the end.
DIGITS = 80
#: Coefficients of h: as few as bring 1 + h to 2^-57.
TERMS = 5
#: x + SHIFT is x to the nearest integer k, and k + 1023 modulo 2^11 stands in its last bits.
SHIFT = 1.5 * 2.0**52 + 1023
#: From here on, phi(omega, T) is below 2^-1021 omega, and counts as 0; 2^-k is a normal float before.
LARGEST = 354.0
#: From this omega/T on, phi(omega, T) counts as 0, as it is for omega below 1e284; k has no more than 11 bits before.
FAR = 1400.0
#: What |omega| is never less than: then omega/T is a normal number, and the occupation no larger than 1e170. A power of
#: two, so that phi(0, T) is T where 1/T is exact.
TINY = 2.0**-465
#: |y| is at most (ln 2)/4, and this fraction more by the rounding of x LOG2E.
WIDENING = 2.0**-40
#: LN2_HI has so many bits after the point that k LN2_HI is exact for k up to 1024.
BITS_HI = 43


def _quotient(z: Decimal) -> Decimal:
    """h/z at z = y^2 > 0."""
    y = z.sqrt()
    e = (2 * y).exp()
    return (y * (e + 1) / (e - 1) - 1) / z


def interpolation(function: Callable[[Decimal], Decimal], count: int, low: Decimal, high: Decimal) -> tuple[float, ...]:
    """Coefficients, lowest first, of the polynomial through ``function`` at ``count`` Chebyshev nodes."""
    middle, half = (low + high) / 2, (high - low) / 2
    nodes = [middle + half * Decimal(cos((2 * j + 1) * pi / (2 * count))) for j in range(count)]
    return tuple(map(float, _through(nodes, list(map(function, nodes)))))


def _through(nodes: Sequence[Decimal], values: list[Decimal]) -> list[Decimal]:
    """Newton's form by divided differences, multiplied out."""
    for step in range(1, len(nodes)):
        for j in range(len(nodes) - 1, step - 1, -1):
            values[j] = (values[j] - values[j - 1]) / (nodes[j] - nodes[j - step])
    found: list[Decimal] = []
    for node, value in zip(reversed(nodes), reversed(values), strict=True):
        shifted, scaled = [Decimal(0), *found], [*(-node * c for c in found), Decimal(0)]
        found = [x + y for x, y in zip(shifted, scaled, strict=True)]
        found[0] += value
    return found


def _constants() -> tuple[float, float, float, tuple[float, ...]]:
    """LOG2E, LN2_HI, LN2_LO and C, rounded to nearest."""
    with localcontext(prec=DIGITS):
        half = Decimal(2).ln() / 2
        high = (half * 2**BITS_HI).to_integral_value(ROUND_FLOOR) / 2**BITS_HI
        largest_square = (half / 2 * (1 + Decimal(WIDENING))) ** 2
        coefficients = interpolation(_quotient, TERMS, Decimal(0), largest_square)
        return float(1 / half), float(high), float(half - high), coefficients


LOG2E, LN2_HI, LN2_LO, C = _constants()
LN2 = 2.0 * (LN2_HI + LN2_LO)
LN2_REST = (2.0 * LN2_HI - LN2) + 2.0 * LN2_LO

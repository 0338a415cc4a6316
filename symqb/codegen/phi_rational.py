"""phi(omega, T) = omega/(e^(omega/T) - 1) with one division and no branch: the recipe and its constants.

With s = |omega|, s/(2 T) = k (ln 2)/2 + y, k an integer, |y| <= (ln 2)/4, q = 2^-k and h = y coth y - 1, which is even,

    e^(2y) = (1 + h + y)/(1 + h - y),    phi(s, T) = s q (1 - d)/((1 - q) + (g + q d)),    d = y - h,  g = y + h,

and phi(-s, T) = phi(s, T) + s; for k = 0 nothing is divided: phi(s, T) = T (1 - d). In float64, for omega = hi + lo:

    s = |hi|, l = lo with the sign such that s + l = |omega|
    i = 1/T                                   once a bath, and i/2
    x = s i/2,  x_lo = ((s - 2 x T) + l) i/2  s - 2 x T without error: fma, or Dekker's product (the quotient to 2^-100)
    t = x LOG2E + SHIFT,  k = t - SHIFT       k = 2 x/ln 2 to the nearest integer, also in the last bits of t
    y = (x - k LN2_HI) - (k LN2_LO - x_lo)    the first difference is exact, with or without fma
    z = y y,  h = z (C[0] + z (C[1] + ...))   Horner
    q = 2^-k                                  the float with the bits (1023 - k) << 52
    a = (k = 0 ? T : s q),  b = (k = 0 ? 1 : (1 - q) + (g + q d))
    low = (a - a d)/b
    low = (x < LARGEST ? low : 0)             so T = 0, where x is infinite or NaN, gives 0
    phi(omega, T), phi(-omega, T) = low + max(-hi, 0), low + max(hi, 0)

fma may be used in t, in both terms of y, in Horner's rule, in g + q d and in a - a d, or nowhere. What is computed for
x >= LARGEST may be infinite or NaN before the last selection: keep the selection last, and comparisons so that NaN
gives 0. Nothing overflows for x below; phi(s, T) below 2^-1021 s counts as 0. tests/test_phi.py holds the error bounds.

The constants are float64 numbers: LOG2E (= 2/ln 2), SHIFT, LN2_HI + LN2_LO (= (ln 2)/2), LARGEST and the tuple C.
"""

from __future__ import annotations

from mpmath import mp, mpf

#: Coefficients of h: as few as bring 1 + h to 2^-57.
TERMS = 5
#: 1.5 2^52: x + SHIFT is x to the nearest integer, in units of its last place.
SHIFT = 6755399441055744.0
#: From here on, phi(omega, T) is below 2^-1021 omega, and counts as 0; 2^-k is a normal float before.
LARGEST = 354.0
#: |y| is at most (ln 2)/4, and this fraction more by the rounding of x LOG2E.
WIDENING = 2.0**-40
#: LN2_HI has so many bits after the point that k LN2_HI is exact for k up to 1024.
BITS_HI = 43


def largest_square() -> mpf:
    """The largest z = y^2, at mpmath's working precision."""
    return (mp.ln2 / 4 * (1 + WIDENING)) ** 2


def _quotient(z: mpf) -> mpf:
    """h/z at z = y^2 > 0."""
    y = mp.sqrt(z)
    return (y / mp.tanh(y) - 1) / z


def _interpolation(count: int, largest: mpf) -> list[mpf]:
    """Coefficients, lowest first, of the polynomial through ``_quotient`` at ``count`` Chebyshev nodes of z."""
    nodes = [largest * (1 + mp.cos((2 * j + 1) * mp.pi / (2 * count))) / 2 for j in range(count)]
    vandermonde = mp.matrix([[z**power for power in range(count)] for z in nodes])
    return list(mp.lu_solve(vandermonde, mp.matrix([_quotient(z) for z in nodes])))


def _constants() -> tuple[float, float, float, tuple[float, ...]]:
    """LOG2E, LN2_HI, LN2_LO and C, rounded to nearest from 60 digits."""
    with mp.workdps(60):
        half = mp.ln2 / 2
        high = mp.floor(half * 2**BITS_HI) / 2**BITS_HI
        coefficients = tuple(float(c) for c in _interpolation(TERMS, largest_square()))
        return float(1 / half), float(high), float(half - high), coefficients


LOG2E, LN2_HI, LN2_LO, C = _constants()

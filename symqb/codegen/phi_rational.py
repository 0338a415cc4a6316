"""phi(omega, T) = omega/(e^(omega/T) - 1) with one division and no branch: the recipe and its constants.

With s = |omega|, x = s/T = k ln 2 + r, k an integer, |r| <= ln 2/2, and c = r coth(r/2), an even function of r,

    e^r = (c + r)/(c - r),      phi(s, T) = s (c - r)/((2^k - 1) c + (2^k + 1) r),      phi(-s, T) = phi(s, T) + s,

where for k = 0 there is nothing to divide: r = x and phi(s, T) = T (c - r)/2. In float64, for omega = hi + lo:

    s = |hi|, l = lo with the sign such that s + l = |omega|;  i = 1/T                     (once a bath)
    x = s i,  x_lo = ((s - x T) + l) i        s - x T exactly: fma, or Dekker's product    (the quotient to 2^-100)
    t = x LOG2E + SHIFT,  k = t - SHIFT       k = x/ln 2 to the nearest integer, also in the last bits of t
    r = (x - k LN2_HI) - (k LN2_LO - x_lo)    the first difference is exact, with or without fma
    z = r r,  c = 2 + z (C[0] + z (C[1] + ...))                                            Horner
    q = 2^-k                                  the float with the bits (1023 - k) << 52
    low = (k = 0 ? T/2 : s q) (c - r) / (k = 0 ? 1 : (1 - q) c + (1 + q) r)
    low = (x < LARGEST_X ? low : 0)           so T = 0, where x is infinite or NaN, gives 0
    phi(omega, T), phi(-omega, T) = low + max(-hi, 0), low + max(hi, 0)

fma may be used in t, in both terms of r, in Horner's rule and in the denominator, or nowhere. What is computed for
x >= LARGEST_X may be infinite or NaN before the last selection: keep the selection last, and comparisons so that NaN
gives 0. Nothing overflows for x below; phi(s, T) below 2^-1021 s counts as 0. tests/test_phi.py holds the error bounds.

The constants are float64 numbers: LOG2E, SHIFT, LN2_HI, LN2_LO, LARGEST_X and the tuple C.
"""

from __future__ import annotations

from mpmath import mp, mpf

#: Coefficients of c beyond the 2: as few as bring the truncated c to 2^-57 of c.
TERMS = 5
#: 1.5 2^52: x + SHIFT is x to the nearest integer, in units of its last place.
SHIFT = 6755399441055744.0
#: From here on, phi(omega, T) is below 2^-1021 omega, and counts as 0; 2^-k is a normal float before.
LARGEST_X = 708.0
#: |r| is at most ln 2/2, and this much more by the rounding of x/ln 2.
WIDENING = 2.0**-40
#: LN2_HI has so many bits that k LN2_HI is exact for k up to 1024.
BITS_HI = 42


def _coth_series(z: mpf) -> mpf:
    """(r coth(r/2) - 2)/r^2 at z = r^2 > 0."""
    r = mp.sqrt(z)
    return (r / mp.tanh(r / 2) - 2) / z


def _interpolation(count: int, largest: mpf) -> list[mpf]:
    """Coefficients, lowest first, of the polynomial through ``_coth_series`` at ``count`` Chebyshev nodes of z."""
    nodes = [largest * (1 + mp.cos((2 * j + 1) * mp.pi / (2 * count))) / 2 for j in range(count)]
    vandermonde = mp.matrix([[z**power for power in range(count)] for z in nodes])
    return list(mp.lu_solve(vandermonde, mp.matrix([_coth_series(z) for z in nodes])))


def _constants() -> tuple[float, float, float, tuple[float, ...]]:
    """LOG2E, LN2_HI, LN2_LO and C, rounded to nearest from 60 digits."""
    with mp.workdps(60):
        high = mp.floor(mp.ln2 * 2**BITS_HI) / 2**BITS_HI
        largest = (mp.ln2 / 2 * (1 + WIDENING)) ** 2
        coefficients = tuple(float(c) for c in _interpolation(TERMS, largest))
        return float(1 / mp.ln2), float(high), float(mp.ln2 - high), coefficients


LOG2E, LN2_HI, LN2_LO, C = _constants()

"""ln(a/b) and e^-y without a branch: the recipe and its constants.

Logarithm of a quotient, for a and b from 5e-324 to 2^969 in float64, so that a single number (b = 1), 1 + x and the
ratio of two flows are alike. Both are multiplied by 2^54, which makes them normal numbers. For a >= b, with A and B the
bits of a and b as integers,

    k = (A - B) >> 52                         the integer part of log2(a/b): the borrow of the mantissas sees to it
    t = the float with the bits A - (k << 52) a/2^k without error; t/b is from 1 to 2
    s = (t - b)/(t + b)                       t - b is exact; s is from 0 to 1/3
    z = s s,  r = s z (A[0] + z (A[1] + ...)) artanh: 2 s + r = ln(t/b)
    ln(a/b) = k ln 2 + (2 s + r)              nothing cancels

and ln(a/b) = -ln(b/a). Where k = 0, d = a - b is exact and

    a ln(a/b) - d = d s + a r                 without cancellation, whatever the sign of d

which is b h(d/b) with h(x) = (1 + x) ln(1 + x) - x. Exponential, for 0 <= y < 2 LARGEST; it is 0 beyond:

    t = SHIFT - y/ln 2,  k = t - SHIFT        -y/ln 2 to the nearest integer
    f = (-k LN2_HIGH - y) - k LN2_LOW         |f| <= (ln 2)/2; k LN2_HIGH is exact, and so is the difference
    e^-y = 2^k (1 + (f + f f (E[0] + f (E[1] + ...))))    2^k from the bits of t, as in phi

fma may be used in Horner's rule, where k multiplies and in f + f f (...), or nowhere. SHIFT and LARGEST are those of
phi; the constants are LN2_HIGH + LN2_LOW (= ln 2), SCALE (= 2^54), and the tuples ARTANH (A) and EXP (E).
tests/test_logarithms.py holds the error bounds.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from symqb.codegen import phi_rational

#: Coefficients of each polynomial: as few as bring the logarithm to 2^-56, and a ln(a/b) - d and e^-y to 2^-54. Even,
#: so that no node is 0.
TERMS = 10
#: Makes 5e-324 a normal number.
SCALE = 2.0**54
#: ln 2 as two parts; LN2_HIGH has so few bits that k LN2_HIGH is exact.
LN2_HIGH, LN2_LOW = 2.0 * phi_rational.LN2_HI, 2.0 * phi_rational.LN2_LO


def _artanh(z: Decimal) -> Decimal:
    """2 (artanh(s) - s)/s^3 at z = s^2 > 0."""
    s = z.sqrt()
    return (((1 + s) / (1 - s)).ln() - 2 * s) / s**3


def _exponential(f: Decimal) -> Decimal:
    """(e^f - 1 - f)/f^2 for f other than 0."""
    return (f.exp() - 1 - f) / f**2


with localcontext(prec=phi_rational.DIGITS):
    ARTANH = phi_rational.interpolation(_artanh, TERMS, Decimal(0), 1 / Decimal(9))
    _LARGEST_F = Decimal(2).ln() / 2 * (1 + Decimal(phi_rational.WIDENING))
    EXP = phi_rational.interpolation(_exponential, TERMS, -_LARGEST_F, _LARGEST_F)

"""How far logarithms and exponentials by the recipe of symqb/codegen/log_rational.py can be off: proved in balls.

As in proofs/phi_error.py an error has two parts: polynomials with float64 coefficients take the place of functions,
which is enclosed; and each operation adds a relative error of at most 2^-53, of which the sum is enclosed to first
order, the ``SLACK`` covering the second. Every product and every sum is taken to round, so that the bounds hold without
fma, too. They are for every float64 input whose result does not underflow, relative to the exact value, in units of
2^-53.

For a logarithm with k > 1 nothing is computed: where an error is at most n + k c, and the value v + k ln 2, their
quotient is at most the larger of (n + c)/(v + ln 2), which is that of k = 1, and c/ln 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from flint import arb, arb_poly

from proofs.phi_error import SLACK, UNIT
from symqb.codegen import log_rational as it
from symqb.codegen.phi_rational import LARGEST, WIDENING

PIECES = 200
#: Of the series of either function.
TERMS = 40


def ln_2() -> arb:
    """ln 2."""
    return arb(2).log()


def largest_s() -> arb:
    """The largest s, with its two roundings."""
    return arb(1) / 3 * (1 + arb(2) ** -50)


def largest_f() -> arb:
    """The largest |f|, with what the rounding of y/ln 2 adds."""
    return ln_2() / 2 * (1 + arb(WIDENING))


def pieces(largest: arb) -> Iterator[arb]:
    """Balls that cover 0 to ``largest``."""
    width = largest / (2 * PIECES)
    for n in range(PIECES):
        yield width * (2 * n + 1) + width * arb(0, 1)


def _sum(coefficients: Sequence[arb], x: arb) -> arb:
    value = arb(0)
    for c in reversed(coefficients):
        value = value * x + c
    return value


def artanh_series() -> list[arb]:
    """Of 2 (artanh(s) - s)/s^3 in z = s^2."""
    return [arb(2) / (2 * n + 3) for n in range(TERMS)]


def exponential_series() -> list[arb]:
    """Of (e^f - 1 - f)/f^2."""
    return [1 / arb(n + 3).gamma() for n in range(TERMS)]


def _largest_difference(found: Sequence[float], series: list[arb], low: arb, high: arb) -> arb:
    """Between two polynomials, from low to high; about the middle of each piece, which keeps cancellation exact."""
    given = [arb(c) for c in found] + [arb(0)] * (TERMS - len(found))
    difference = arb_poly([a - b for a, b in zip(given, series, strict=True)])
    width, worst = (high - low) / (2 * PIECES), arb(0)
    for n in range(PIECES):
        around = difference(arb_poly([low + width * (2 * n + 1), width]))
        worst = worst.max(sum((abs(c) for c in around.coeffs()), arb(0)).abs_upper())
    return worst


@cache
def artanh_truncation() -> arb:
    """The largest error of the polynomial in z; the terms that the series lacks are below a geometric one."""
    z = largest_s() ** 2
    return _largest_difference(it.ARTANH, artanh_series(), arb(0), z) + z**TERMS / (1 - z)


@cache
def exponential_truncation() -> arb:
    """The largest error of the polynomial in f; the same of its terms."""
    return _largest_difference(it.EXP, exponential_series(), -largest_f(), largest_f()) + largest_f() ** TERMS


def _horner(coefficients: Sequence[float], x: arb) -> arb:
    """What rounding adds to a polynomial, in units: a product and a sum a step."""
    value, error = arb(coefficients[-1]), arb(0)
    for c in reversed(coefficients[:-1]):
        product = abs(value * x)
        value = value * x + c
        error = error * abs(x) + product + abs(value)
    return error


def _artanh(s: arb) -> tuple[arb, arb]:
    """P = (ln(t/b) - 2 s)/s^3, and the error of r/s^3 for a given s: z, s z, their product with P, and P itself."""
    z = s * s
    P = _sum(artanh_series(), z) + z**TERMS / (1 - z) * arb(0, 1)
    growth = 1 / (1 - z)  # no less than the derivative of z P(z), whose coefficients are (2 n + 2)/(2 n + 3)
    return P, growth + 2 * P + _horner(it.ARTANH, z) + artanh_truncation() / UNIT


def logarithm_bound(k: int) -> arb:
    """The largest relative error of ln(a/b) for k = 0, or for all k from 1 on."""
    worst = arb(0)
    for s in pieces(largest_s()):
        P, error = _artanh(s)
        z = s * s
        # over s: s itself has two roundings, and ln(t/b) the derivative 2/(1 - z); r; the sum
        value = 2 + z * P
        total = 2 * 2 / (1 - z) + z * error + value
        if k:  # k LN2_LOW, its sum, and what LN2_HIGH + LN2_LOW lacks; then the last sum
            rest = abs(arb(it.LN2_HIGH) + arb(it.LN2_LOW) - ln_2()) / UNIT
            each = 2 * abs(arb(it.LN2_LOW)) + rest
            total = (total * s + value * s + each) / (value * s + ln_2())
            worst = worst.max((total + 1).abs_upper()).max((each / ln_2() + 1).abs_upper())
        else:
            worst = worst.max((total / value).abs_upper())
    return SLACK * worst


def difference_bound() -> arb:
    """That of a ln(a/b) - (a - b) = d s + a r where k = 0, for b = 1 and over s^2: d = 2 s/(1 - s) is exact."""
    worst = arb(0)
    for ball in pieces(largest_s()):
        for s in (ball, -ball):
            P, error = _artanh(s)
            z, a = s * s, (1 + s) / (1 - s)
            first, second = 2 / (1 - s), a * s * P
            # s twice rounded, in both; then r, either product, the sum
            total = 2 * (first + a * abs(s) * 2 / (1 - z)) + a * abs(s) * error + first + abs(second)
            worst = worst.max((total / (first + second) + 1).abs_upper())
    return SLACK * worst


def exponential_bound() -> arb:
    """That of e^-y for a given y below 2 LARGEST."""
    worst = arb(0)
    most = 2 * arb(LARGEST) / ln_2() + 1
    beside = most * (abs(arb(it.LN2_LOW)) + abs(arb(it.LN2_HIGH) + arb(it.LN2_LOW) - ln_2()) / UNIT)
    for ball in pieces(largest_f()):
        for f in (ball, -ball):
            Q, z = _sum(exponential_series(), f) + largest_f() ** TERMS * arb(0, 1), f * f
            # f f, its product with Q, Q itself; the inner sum
            total = z * (2 * Q + _horner(it.EXP, f) + exponential_truncation() / UNIT) + abs(f + z * Q)
            # f has the error of its sum, and that of k LN2_LOW; the outer sum
            worst = worst.max((total / f.exp() + abs(f) + beside + 1).abs_upper())
    return SLACK * worst

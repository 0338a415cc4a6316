"""How far phi by the recipe of symqb/codegen/phi_rational.py can be from phi: proved in balls, for every float64 input.

The error has two parts, both relative to the occupation n. Where it is computed in single floats, phi(|omega|, T) =
|omega| n adds the rounding of the product and that of |omega| to one float, one unit of 2^-53 each; in pairs only what
is rounded once remains.

- truncation: h = y coth y - 1 is replaced by a polynomial with float64 coefficients; enclosed over all |y|.
- rounding: each operation adds at most half a unit in the last place. To first order the parts add, with factors that
  are enclosed over all (k, y); what is of second order is covered by the ``SLACK``.

k c is exact, and so is s + k c by Sterbenz's lemma, c/2 <= s/|k| <= 2 c, but for k = -1 where s is below c/2: c has 42
bits, so that this happens for y within 2^-40 of -(ln 2)/4, relative.

Underflow is left out: phi below 2^-1022 has an absolute error of a few 2^-1074 instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import frexp, inf

from flint import arb, ctx

from symqb.codegen import phi_rational as it

UNIT = arb(2) ** -53
#: Covers products of two rounding errors.
SLACK = arb(1) + arb(2) ** -40
PIECES = 400
#: Of the series of h.
TERMS = 16
#: Of the balls in which the bounds are taken.
BITS = 240


def largest_y() -> arb:
    """The largest |y|, with what the rounding of x LOG2E adds."""
    return arb(2).log() / 4 * (1 + arb(it.WIDENING))


def pieces() -> Iterator[arb]:
    """Balls that cover 0 <= y <= largest_y()."""
    width = largest_y() / (2 * PIECES)
    for n in range(PIECES):
        yield width * (2 * n + 1) + width * arb(0, 1)


def balls(q: arb) -> Iterator[arb]:
    """Balls that cover every y of the recipe for this q: none below 0 for q = 1."""
    for ball in pieces():
        yield ball
        if q != 1:
            yield -ball


def coefficient(n: int) -> arb:
    """That of z^(n-1) in h/z: 2^(2n) B_2n/(2n)!."""
    return arb(4) ** n * arb.bernoulli(2 * n) / arb(2 * n + 1).gamma()


def tail(z: arb) -> arb:
    """What the terms from z^TERMS on can add to h/z: |B_2n|/(2n)! < 4/(2 pi)^(2n)."""
    ratio = z / arb.pi() ** 2
    return 4 * ratio**TERMS / arb.pi() ** 2 / (1 - ratio) * arb(0, 1)


def series(z: arb) -> arb:
    """h/z; no division by a ball around 0."""
    return _sum([coefficient(n) for n in range(1, TERMS + 1)], z) + tail(z)


def _sum(coefficients: list[arb], z: arb) -> arb:
    value = arb(0)
    for c in reversed(coefficients):
        value = value * z + c
    return value


@cache
@ctx.workprec(BITS)  # type: ignore[untyped-decorator]  # python-flint has no types
def truncation() -> arb:
    """The largest |h - its polynomial|; coefficients are subtracted first, which keeps the balls small."""
    given = [arb(c) for c in it.C] + [arb(0)] * (TERMS - len(it.C))
    differences = [c - coefficient(n) for n, c in enumerate(given, start=1)]
    worst = arb(0)
    for y in pieces():
        z = y * y
        worst = worst.max((z * (_sum(differences, z) + tail(z))).abs_upper())
    return worst


def powers() -> dict[str, arb]:
    """q = 2^k for every k <= 0 of the recipe: one by one to -53, and all others in one ball."""
    return {**{str(-k): arb(2) ** -k for k in range(54)}, "-54 and less": arb(2) ** -55 * (1 + arb(0, 1))}


def rounding(x: arb, most: float = inf) -> arb:
    """How far an operation can be off, in units of 2^-53, whose exact result is in x and at most ``most`` in magnitude.

    Results from 2^(e-1) to 2^e, both included, are off by 2^(e-54) at most.
    """
    fraction, exponent = frexp(min(float(x.abs_upper()), most))
    return arb(2) ** (exponent - (2 if fraction == 0.5 else 1))


@ctx.workprec(BITS)  # type: ignore[untyped-decorator]  # python-flint has no types
def bound(q: arb) -> arb:
    """The largest relative error of the occupation for this q, in units of 2^-53."""
    worst = arb(0)
    for y in balls(q):
        worst = worst.max(_bound_at(q, y).abs_upper())
    return worst


def _bound_at(q: arb, y: arb) -> arb:
    """Rounding and truncation at one ball of y."""
    h = y * y * series(y * y)
    m = 1 - y + h
    # z, the last two steps of Horner's rule, the product (earlier ones are smaller); then 1 - y, and the sum m, which
    # h < y leaves below 1 for y > 0
    most = 1.0 if q == 1 else inf
    error_m = 5 * h + truncation() / UNIT + rounding(1 - y, most) + rounding(m, most)
    given = 2 + arb(2) ** -20  # 1/T and the sum, relative to y; the roundings of k c_lo and l are below 2^-20
    if 2 * q == 1 and not -y < largest_y() * (1 - arb(2) ** -39):
        given += 1  # s + k c
    if q == 1:  # n = m/(2 y), and d ln n/d ln y = -(m + 2 y)
        product = arb(1) if y.contains(0) else (rounding(y) / abs(y)).min(1)
        return SLACK * ((m + 2 * y) * (given + product) + error_m / m + 1)
    below = (1 - q) * m + 2 * y
    error_y = given * abs(y) + rounding(y)
    one_less_q = q / UNIT if q < UNIT else arb(0)  # exact up to k = -53
    common = 2 * (1 + q * m / below) * error_y + abs(2 * y) / (m * below) * error_m
    return SLACK * (common + one_less_q * m / below + rounding(below) / below + 1)  # the denominator and the division


@ctx.workprec(BITS)  # type: ignore[untyped-decorator]  # python-flint has no types
def bound_of_pairs(q: arb, normalised: bool) -> arb:
    """The largest error of phi(|omega|, T) in pairs for this q, in units in the last place of normal numbers.

    All but h is carried in pairs, whose roundings are of second order: the ``SLACK`` and 2^-20 cover them. h is that of
    the larger part of y. normalised: y is (``smaller_phi`` in symqb/codegen/phi_numpy.py), and the smaller part one
    rounding; else (``phi_pair`` in primitives.c, phi_numba.py and phi_rows_numpy.py) it is the sum of three, of
    |omega| + k T ln 2, of 1/(2 T) and of their product.
    """
    worst = arb(0)
    for y in balls(q):
        h = y * y * series(y * y)
        m = 1 - y + h
        low = rounding(y) if normalised else 3 * abs(y)
        error_h = 5 * h + truncation() / UNIT + 2 * abs(y) / 3 * low  # |h'(y)| < 2 |y|/3
        sensitivity = 1 / m if q == 1 else abs(2 * y) / (m * ((1 - q) * m + 2 * y))
        worst = worst.max((SLACK * error_h * sensitivity + arb(2) ** -20 + arb(0.5)).abs_upper())
    return worst

"""Rational functions as products of irreducible polynomials.

FLINT factors in milliseconds what takes SymPy's ``factor`` a minute: the populations at finite temperature are
polynomials in up to nine variables. Whatever is not a rational number (a root, phi) counts as a variable of its own,
so an identity between factors holds; only that some factor vanishes can go unnoticed here.
"""

from __future__ import annotations

from math import prod
from typing import Any

import sympy as sp
from flint import fmpz_mpoly_ctx
from sympy.polys.fields import sfield

#: (polynomial, power); the power is negative for a factor of the denominator.
Factor = tuple[sp.Expr, int]


def factor_list(expr: sp.Expr) -> tuple[sp.Rational, list[Factor]]:
    """``expr`` = number * product of polynomial**power, polynomials irreducible over the rationals and primitive."""
    if expr.is_Rational:
        return expr, []
    _, fraction = sfield(expr)
    above, factors = _factors(fraction.numer)
    below, divisors = _factors(fraction.denom)
    return sp.Rational(above, below), [*factors, *((factor, -power) for factor, power in divisors)]


def factored(expr: sp.Expr) -> sp.Expr:
    """``expr`` written as that product."""
    number, factors = factor_list(expr)
    return sp.Mul(number, *(factor**power for factor, power in factors))


def _factors(polynomial: Any) -> tuple[int, list[Factor]]:
    """Content and irreducible factors of an element of SymPy's sparse polynomial ring over the integers."""
    ring = polynomial.ring
    context = fmpz_mpoly_ctx.get([f"x_{place}" for place in range(ring.ngens)], "lex")
    content, factors = context.from_dict({monomial: int(c) for monomial, c in polynomial.items()}).factor()
    return int(content), [(_expression(factor, ring.symbols), power) for factor, power in factors]


def _expression(polynomial: Any, symbols: tuple[sp.Expr, ...]) -> sp.Expr:
    terms = polynomial.to_dict().items()
    return sp.Add(*(int(c) * prod(x**n for x, n in zip(symbols, powers, strict=True)) for powers, c in terms))

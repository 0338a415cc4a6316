"""Regimes: all points at which certain expressions have the signs that they have at one reference point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from math import prod
from typing import Any

import sympy as sp

from symqb.errors import InvalidParameter, MissingParameter, UnknownParameter
from symqb.limits.factors import factor_list
from symqb.roots import Roots

#: Digits to which a number must differ from 0 for its sign to count as known.
DIGITS = 30


@dataclass(frozen=True)
class Regime:
    """The regime of a reference ``point``: signs are taken there, exactly, and hold wherever ``conditions`` do."""

    point: Mapping[sp.Symbol, sp.Expr]

    def sign(self, expr: sp.Expr) -> int:
        """+1, -1, or 0 for an expression that vanishes identically.

        Raises ``MissingParameter`` where the point lacks a symbol of ``expr``, and ``InvalidParameter`` where it lies
        on the boundary between two regimes.
        """
        number, factors = factor_list(expr)
        return prod([int(sp.sign(number)), *(self._sign(factor) ** abs(power) for factor, power in factors)])

    def _sign(self, factor: sp.Expr) -> int:
        if sp.expand(factor) == 0:
            return 0
        for symbol in sorted(factor.free_symbols - set(self.point), key=str):
            raise MissingParameter(f"at: {symbol}")
        sign = sign_of_number(factor.subs(self.point))
        if sign == 0:
            raise InvalidParameter("at", shown(self.point), f"a point inside a regime, where {factor} is not 0")
        return sign

    def conditions(self, exprs: Iterable[sp.Expr]) -> tuple[sp.Rel, ...]:
        """Inequalities that fix the sign of every expression: each irreducible factor keeps its sign."""
        factors = (factor for expr in exprs for factor, _ in factor_list(expr)[1])
        open_signs = (factor for factor in factors if not (factor.is_positive or factor.is_negative))
        return tuple(dict.fromkeys(sp.Gt(self._sign(factor) * factor, 0) for factor in open_signs))

    def oriented(self, expr: sp.Expr) -> sp.Expr:
        """``expr`` as a product of factors that are positive at the point, so that its sign is the one in front.

        Where the point lacks a symbol the factors are as they come.
        """
        number, factors = factor_list(expr)
        if expr.free_symbols <= set(self.point):
            signs = [self._sign(factor) for factor, _ in factors]
            number *= prod(sign ** abs(power) for sign, (_, power) in zip(signs, factors, strict=True))
            factors = [(sign * factor, power) for sign, (factor, power) in zip(signs, factors, strict=True)]
        return sp.Mul(number, *(factor**power for factor, power in factors))

    def ascending(self, exprs: Sequence[sp.Expr], start: Iterable[int]) -> tuple[int, ...]:
        """The places in ``start`` by ascending expression; those of equal expressions keep their order."""

        def compare(i: int, j: int) -> int:
            return self.sign(exprs[i] - exprs[j])

        return tuple(sorted(start, key=cmp_to_key(compare)))


def sign_of_number(number: sp.Expr) -> int:
    """+1 or -1; 0 for 0, and for what cannot be told from 0."""
    if number.is_Rational:
        return int(sp.sign(number))
    value = number.evalf(DIGITS)
    # SymPy raises the working precision until DIGITS are right; a precision of 1 bit means that it never got there.
    return int(sp.sign(value)) if value.is_Float and value._prec > 1 else 0


def exact(name: str, value: Any, symbol: sp.Symbol) -> sp.Expr:
    """``value`` as an exact expression that obeys what is assumed of ``symbol``; a float counts as the decimal
    shown, a string ("1/2") as the number it says.

    Raises ``InvalidParameter``.
    """
    try:
        expr = sp.sympify(Fraction(value) if isinstance(value, str) else value, strict=True)
    except (sp.SympifyError, ValueError, ZeroDivisionError):
        expr = sp.nan
    expr = expr.xreplace({number: sp.Rational(str(number)) for number in expr.atoms(sp.Float)})
    kind = next(kind for kind in ("positive", "nonnegative", "real") if getattr(symbol, f"is_{kind}"))
    if not getattr(expr, f"is_{kind}", False):
        raise InvalidParameter(name, repr(value), f"an exact {kind} number or expression")
    return expr


def regime(at: Mapping[str, Any], symbols: Iterable[sp.Symbol], roots: Roots) -> Regime:
    """The regime of a point given by name, from which ``roots`` follow.

    Raises ``UnknownParameter`` and ``InvalidParameter``.
    """
    known = {symbol.name: symbol for symbol in sorted(symbols, key=str)}
    for name in at:
        if name not in known:
            raise UnknownParameter(name, known)
    point = {known[name]: exact(name, value, known[name]) for name, value in at.items()}
    named = {root.symbol: root.value.subs(point) for root in roots if root.radicand.free_symbols <= set(point)}
    return Regime({**point, **named})


def shown(point: Mapping[sp.Symbol, sp.Expr]) -> str:
    """A point as one line."""
    return ", ".join(f"{symbol} = {value}" for symbol, value in point.items())

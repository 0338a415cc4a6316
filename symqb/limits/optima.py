"""The exact maximum of a rational closed form over an interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from symqb.errors import InvalidParameter, UnknownParameter
from symqb.formulas import Formula
from symqb.limits.regimes import sign_of_number
from symqb.shown import Shown
from symqb.symbols import positive, real


@dataclass(frozen=True, repr=False)
class Maximum(Shown):
    """``value`` = max of a function of ``variable``, attained at ``place``; a ``scale`` in it counts as positive."""

    variable: sp.Symbol
    place: sp.Expr
    value: sp.Expr
    scale: sp.Symbol | None

    def formulas(self) -> Iterator[Formula]:
        """Place and value, then the condition on the scale."""
        yield Formula(self.variable, self.place)
        yield Formula(real("maximum"), self.value)
        if self.scale is not None:
            yield Formula(self.scale, sp.S.Zero, relation=">")


def maximum(expr: sp.Expr, variable: sp.Symbol, interval: tuple[Any, Any]) -> Maximum:
    """The maximum of a rational function over a closed interval, at a critical point or an end: exact.

    ``expr`` may contain one further symbol b > 0 if it only sets the scale: expr(b x, b) = b^k expr(x, 1), and the ends
    of the interval are multiples of b. Of several equal maxima the leftmost counts.

    Raises ``UnknownParameter`` for a variable that ``expr`` lacks, ``InvalidParameter`` for an expression that is not
    such a function and for an interval that is empty, unbounded or contains a pole.
    """
    low, high = map(sp.sympify, interval)
    if variable not in expr.free_symbols:
        raise UnknownParameter(str(variable), sorted(map(str, expr.free_symbols)))
    others = (expr.free_symbols | low.free_symbols | high.free_symbols) - {variable}
    if len(others) > 1:
        raise InvalidParameter("expr", expr, f"a function of {variable} and at most one scale, not of {others}")
    scale = next(iter(others), None)
    unit = sp.S.One if scale is None else scale
    f, power = _dimensionless(expr, variable, scale)
    ends = [sp.cancel(end / unit) for end in (low, high)]
    _check_interval(f, variable, ends)
    best = ends[0]
    for place in [*_critical(f, variable, ends), ends[1]]:
        if sign_of_number(f.subs(variable, place) - f.subs(variable, best)) > 0:
            best = place
    value = f.subs(variable, best)
    if not best.has(sp.CRootOf):  # a root that radicals express: so they do the value
        value = sp.expand(sp.radsimp(value))
    return Maximum(variable, best * unit, value * unit**power, scale)


def _dimensionless(expr: sp.Expr, variable: sp.Symbol, scale: sp.Symbol | None) -> tuple[sp.Expr, sp.Expr]:
    """(f, k) with expr = b^k f(variable/b)."""
    f = sp.cancel(expr) if scale is None else sp.cancel(expr.subs(scale, 1))
    if not f.is_rational_function(variable):
        raise InvalidParameter("expr", expr, f"a rational function of {variable}")
    if scale is None:
        return f, sp.S.Zero
    b = positive("b")
    ratio = sp.cancel(expr.subs({variable: b * variable, scale: b}, simultaneous=True) / f)
    power = sp.cancel(b * sp.diff(ratio, b) / ratio)
    if variable in ratio.free_symbols or not power.is_Integer:
        raise InvalidParameter("expr", expr, f"a function in which {scale} is a scale only")
    return f, power


def _check_interval(f: sp.Expr, variable: sp.Symbol, ends: list[sp.Expr]) -> None:
    shown = f"[{ends[0]}, {ends[1]}]"
    if not all(end.is_number and end.is_finite for end in ends) or sign_of_number(ends[1] - ends[0]) <= 0:
        raise InvalidParameter("interval", shown, "two finite ends in ascending order, in units of the scale if any")
    poles = [pole for pole in _roots(sp.fraction(f)[1], variable) if _within(pole, ends)]
    if poles:
        raise InvalidParameter("interval", shown, f"an interval without a pole, but {poles[0]} is one")


def _critical(f: sp.Expr, variable: sp.Symbol, ends: list[sp.Expr]) -> list[sp.Expr]:
    """Where the derivative vanishes, in ascending order."""
    slope = sp.fraction(sp.cancel(sp.diff(f, variable)))[0]
    return [root for root in _roots(slope, variable) if _within(root, ends)]


def _roots(polynomial: sp.Expr, variable: sp.Symbol) -> list[sp.Expr]:
    """The distinct real roots, exact, in ascending order."""
    poly = sp.Poly(polynomial, variable, extension=True)
    return [] if poly.degree() < 1 else list(dict.fromkeys(poly.real_roots()))


def _within(place: sp.Expr, ends: list[sp.Expr]) -> bool:
    return sign_of_number(place - ends[0]) >= 0 and sign_of_number(ends[1] - place) >= 0

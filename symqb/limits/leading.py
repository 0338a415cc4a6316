"""Leading terms c T^n of subtraction-free expressions, T -> infinity.

In an expression over +, *, / whose inputs are positive, leading terms add, multiply and divide on their own: where two
terms have the same power their coefficients add up to something positive, so no leading term ever cancels and no
further order is needed. This makes the limit exact, however small the difference of the populations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add, mul
from typing import Any

import sympy as sp

#: An element of a field of fractions: rational functions of the parameters in normal form.
Element = Any


@dataclass(frozen=True)
class Leading:
    """``coefficient`` * T^``power`` with a coefficient that is positive, or 0 for something that vanishes for all T."""

    coefficient: Element
    power: int = 0

    def __add__(self, other: Leading) -> Leading:
        if not (self.coefficient and other.coefficient):
            return self if self.coefficient else other
        if self.power != other.power:
            return max(self, other, key=lambda term: term.power)
        return Leading(self.coefficient + other.coefficient, self.power)

    def __mul__(self, other: Leading) -> Leading:
        return Leading(self.coefficient * other.coefficient, self.power + other.power)

    def __pow__(self, exponent: int) -> Leading:
        return Leading(self.coefficient**exponent, self.power * exponent)


def leading(expr: sp.Expr, known: Mapping[sp.Expr, Leading], one: Element) -> Leading:
    """The leading term of ``expr`` over +, *, integer powers and the ``known`` symbols; ``one`` is the field's 1."""
    found: dict[sp.Expr, Leading] = dict(known)

    def term(node: sp.Expr) -> Leading:
        if node not in found:
            found[node] = _combined(node)
        return found[node]

    def _combined(node: sp.Expr) -> Leading:
        if node.is_Rational:
            return Leading(one * node.p / node.q)
        if node.is_Pow:
            return term(node.base) ** int(node.exp)
        return reduce(add if node.is_Add else mul, map(term, node.args))

    return term(expr)

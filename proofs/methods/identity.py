"""Identity: two rational expressions are equal if and only if their difference has normal form 0."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp


@dataclass(frozen=True)
class IdentityEvidence:
    """``left - right`` in the field of fractions over the rationals; the claim holds where it is 0."""

    left: str
    right: str
    difference: str

    @property
    def holds(self) -> bool:
        """Whether the normal form is 0: exact, both ways."""
        return self.difference == "0"


def identity(left: sp.Expr, right: sp.Expr) -> IdentityEvidence:
    """Decide ``left = right`` for rational expressions in symbols, with rational coefficients.

    Raises SymPy's ``CoercionFailed`` where an expression is not rational in its symbols.
    """
    left, right = sp.sympify(left), sp.sympify(right)
    symbols = sorted(left.free_symbols | right.free_symbols, key=str)
    field = sp.QQ.frac_field(*symbols) if symbols else sp.QQ
    difference = field.from_sympy(left) - field.from_sympy(right)
    return IdentityEvidence(str(left), str(right), str(field.to_sympy(difference)))

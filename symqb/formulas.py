"""A formula, as data and as plain text."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp


@dataclass(frozen=True)
class Formula:
    """``left = right``. ``about`` names the statement, so that a model can give it the number of a paper's equation.

    ``terms`` lists the summands of ``right`` where their order is to be kept. ``relation`` is "=" unless the formula
    is a condition (">", "!=") or a limit ("->").
    """

    left: sp.Basic
    right: sp.Basic
    about: str = ""
    terms: tuple[sp.Expr, ...] = ()
    relation: str = "="


def text(formula: Formula) -> str:
    """``left = right`` (or another relation) in SymPy's notation."""
    if isinstance(formula.right, sp.MatrixBase):
        return f"{formula.left} =\n{sp.pretty(formula.right, use_unicode=False)}"
    if formula.terms:
        return f"{formula.left} = {' + '.join(map(str, formula.terms))}".replace("+ -", "- ")
    return f"{formula.left} {formula.relation} {formula.right}"


class Ket(sp.Function):  # type: ignore[misc]
    """|label>: stands for a vector in a printed formula."""

    def _latex(self, printer: object, exp: str | None = None) -> str:
        label = str(self.args[0])
        greek, _, index = label.partition("_")
        if index:
            label = rf"\{greek}_{{{index}}}" if greek in ("Phi", "Psi", "psi") else rf"\mathrm{{{greek}}}_{{{index}}}"
        return rf"|{label}\rangle"

    def _sympystr(self, printer: object) -> str:
        return f"|{self.args[0]}>"


def ket(label: str) -> Ket:
    """The ket of a basis state or a level, for printing."""
    return Ket(sp.Symbol(label))

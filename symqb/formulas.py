"""A formula, and what every stage of the derivation has in common: it can be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp


@dataclass(frozen=True)
class Formula:
    """``left = right``. ``equation`` is the number that the paper gives to this quantity, if it has one.

    ``terms`` lists the summands of ``right`` where their order is to be kept.
    """

    left: sp.Basic
    right: sp.Basic
    equation: str = ""
    terms: tuple[sp.Expr, ...] = ()


class Shown:
    """A stage of the derivation: printing it, or showing it in a notebook, prints its formulas."""

    def formulas(self) -> Iterable[Formula]:
        """What this stage says, in reading order."""
        raise NotImplementedError

    def latex(self) -> str:
        """An ``align*`` environment, long lines broken."""
        from symqb.latex import align

        return align(self.formulas())

    def _repr_latex_(self) -> str:
        return self.latex()

    def __str__(self) -> str:
        from symqb.formats import text

        return "\n".join(text(formula) for formula in self.formulas())


class Ket(sp.Function):  # type: ignore[misc]
    """|label>: stands for a vector in a printed formula."""

    def _latex(self, printer: object, exp: str | None = None) -> str:
        label = str(self.args[0])
        greek, _, index = label.partition("_")
        if index:
            label = rf"\{greek}_{{{index}}}" if greek in ("Phi", "Psi") else rf"\mathrm{{{greek}}}_{{{index}}}"
        return rf"|{label}\rangle"

    def _sympystr(self, printer: object) -> str:
        return f"|{self.args[0]}>"


def ket(label: str) -> Ket:
    """The ket of a basis state or a level, for printing."""
    return Ket(sp.Symbol(label))

"""What every stage of the derivation has in common: it can be shown."""

from __future__ import annotations

from collections.abc import Iterable

from symqb.formulas import Formula, text
from symqb.latex import align


class Shown:
    """A stage of the derivation: printing it, or showing it in a notebook, prints its formulas."""

    def formulas(self) -> Iterable[Formula]:
        """What this stage says, in reading order."""
        raise NotImplementedError

    def latex(self) -> str:
        """An ``align*`` environment, long lines broken."""
        return align(self.formulas())

    def _repr_latex_(self) -> str:
        return self.latex()

    def __str__(self) -> str:
        return "\n".join(text(formula) for formula in self.formulas())

    def __repr__(self) -> str:
        return str(self)

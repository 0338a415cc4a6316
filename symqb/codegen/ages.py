"""In which order terms are added: what is known last comes last, so that nothing else has to wait for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import sympy as sp

from symqb.program import Program


class Ages:
    """When a program defines its symbols, and the order of sums and products that follows from it."""

    def __init__(self, program: Program):
        self.program = program
        self.places = {target: place for place, target in enumerate(t for s in program.steps() for t in s.targets)}

    def of(self, symbol: sp.Symbol) -> tuple[int, str]:
        """The place of a step in the program; parameters come before all steps, by name."""
        return self.places.get(symbol, -1), symbol.name

    def newest(self, term: sp.Expr) -> tuple[int, str]:
        """The age of the symbol of a term that is known last."""
        return max(map(self.of, term.free_symbols), default=(-1, ""))

    def ordered(self, total: sp.Add) -> list[sp.Expr]:
        """Terms as they are added: the newest last, but first where other sums share what sums of symbols then have."""
        symbols = all(term.is_Symbol for term in total.args)
        return sorted(total.args, key=self.newest, reverse=symbols and self._shares(frozenset(total.args)))

    def _shares(self, symbols: frozenset[sp.Expr]) -> bool:
        """Whether a sum of two or more of these symbols, or of these and more, is made as well."""
        return any(1 < len(symbols & other) == min(len(symbols), len(other)) for other in self._sums - {symbols})

    @cached_property
    def _sums(self) -> frozenset[frozenset[sp.Expr]]:
        """The sums of symbols in the program."""
        arguments = (step.value if isinstance(step.value, sp.Expr) else sp.Tuple(*step.value.arguments)
                     for step in self.program.steps())  # fmt: skip
        sums = (total.args for argument in arguments for total in argument.atoms(sp.Add))
        return frozenset(frozenset(terms) for terms in sums if all(term.is_Symbol for term in terms))


def added(terms: Sequence[sp.Expr], printed: Callable[[sp.Expr], str]) -> str:
    """The text of a sum of terms without a minus sign.

    Four or more that are positive and no products are added in pairs: that rounds less often than one after the other.
    """
    if len(terms) < 4 or not all(term.is_positive and not term.is_Mul for term in terms):
        return " + ".join(map(printed, terms))
    half = (len(terms) + 1) // 2
    return " + ".join(f"({added(part, printed)})" for part in (terms[:half], terms[half:]))

"""Sorting of levels as C statements, without the comparisons whose outcome is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from symqb.codegen.c_leaves import Leaves, multiples, name_of
from symqb.codegen.known_order import exchanges, mirrored, never_above
from symqb.program import Call, Program
from symqb.symbols import real

Sums = list[dict[sp.Expr, sp.Rational]]


class Sorting:
    """What is known of the signs of a program's symbols, and statements that sort by it."""

    def __init__(self, program: Program):
        called = {step.targets[0]: step.value for step in program.steps() if isinstance(step.value, Call)}
        #: What roots are no smaller than.
        self.parts: dict[sp.Expr, set[sp.Expr]] = {}
        for root, call in called.items():
            if call.primitive == "root_of_squares":
                self.parts[root] = set()
                for c, x in zip(call.arguments[::2], call.arguments[1::2], strict=True):
                    terms = multiples(called[x].arguments if x in called else (x,))
                    self.parts[root] |= {y for y, number in terms.items() if len(terms) == 1 and c * number**2 >= 1}
        self.nonnegative = {name for name, role in program.parameters.items() if role != "real"}
        self.nonnegative |= {root.name for root in self.parts}

    def lines(self, targets: Sequence[str], given: Sequence[sp.Expr], leaves: Leaves) -> Iterator[str]:
        """Statements after which ``targets`` are the keys in ascending order, then the values; given: both."""
        half = len(targets) // 2
        sums: Sums = [multiples(sp.Add.make_args(key)) for key in given[:half]]
        flips = list(mirrored(sums))
        sizes = {symbol: real(f"size_{symbol}") for *_, symbol in flips}
        yield from (f"const double {name_of(size)} = fabs({leaves(symbol)});" for symbol, size in sizes.items())
        for low, high, symbol in flips:
            for k in (low, high):
                sums[k] = {sizes[symbol] if x == symbol else x: c for x, c in sums[k].items()}
        place_of, pairs = self._network(sums, sizes)
        keys, values = ([names[place] for place in place_of] for names in (targets[:half], targets[half:]))
        first = {key: sp.Add(*(c * x for x, c in total.items())) for key, total in zip(keys, sums, strict=True)}
        first |= dict(zip(values, given[half:], strict=True))
        yield f"double {', '.join(f'{target} = {leaves(first[target])}' for target in targets)};"
        yield from (f"mirror({leaves(symbol)}, &{values[i]}, &{values[j]});" for i, j, symbol in flips)
        yield from (f"ascend(&{keys[i]}, &{values[i]}, &{keys[j]}, &{values[j]});" for i, j in pairs)

    def _network(self, sums: Sums, sizes: dict[sp.Expr, sp.Symbol]) -> tuple[list[int], list[tuple[int, int]]]:
        """The place where each sum begins, and the places to compare; exchanges that are certain are made by naming."""
        nonnegative = self.nonnegative | {size.name for size in sizes.values()}
        parts = {root: found | {sizes[x] for x in found & sizes.keys()} for root, found in self.parts.items()}

        def known(i: int, j: int) -> bool:
            return never_above(sums[i], sums[j], lambda x: x.is_Number or str(x) in nonnegative, parts)

        at, pairs = list(range(len(sums))), []
        for i, j, certain in exchanges(len(sums), known):
            if certain:
                at[i], at[j] = at[j], at[i]
            else:
                pairs.append((at[i], at[j]))
        return [at.index(k) for k in range(len(sums))], pairs

"""Steps of a program as C statements, for one point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import fill

import sympy as sp

from symqb.codegen.ages import Ages
from symqb.codegen.c_leaves import Leaves, denominators, multiples, name_of
from symqb.codegen.c_sorting import Sorting
from symqb.codegen.grid import GRID, fits
from symqb.codegen.sorting import sorting_network
from symqb.program import Call, Program, Step

WIDTH = 100
#: So many sums of the same symbols take less time each by itself than on one grid.
FEW_SUMS = 4
#: So many divisions by one number take hardly longer than products with its reciprocal.
FEW_QUOTIENTS = 2


def filled(statement: str, indent: int = 8) -> str:
    """A statement over as many lines as it needs, before it is indented."""
    width = WIDTH - indent
    return fill(statement, width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def primitive(step: Step) -> str | None:
    """The primitive that a step calls, if it calls one."""
    return step.value.primitive if isinstance(step.value, Call) else None


def arguments(step: Step) -> tuple[sp.Expr, ...]:
    """The expressions of a step."""
    return step.value.arguments if isinstance(step.value, Call) else (step.value,)


def reads(step: Step) -> set[sp.Symbol]:
    """The names that a step reads."""
    return set().union(*(argument.free_symbols for argument in arguments(step)))


class Statements:
    """Prints steps. ``given``: pairs of which only the value is at hand."""

    def __init__(self, program: Program, given: frozenset[sp.Symbol] = frozenset()):
        self.parameters = tuple(program.parameters)
        late = [target for step in program.steps() for target in step.targets if primitive(step) == "occupation"]
        self.leaves = Leaves(program.pairs() - given, frozenset(late), Ages(program))
        self.levels = Sorting(program)
        self.baths: set[sp.Expr] = set()
        self.shared: set[sp.Symbol] = set()
        self.grids: dict[frozenset[sp.Expr], str] = {}
        self.split: set[str] = set()

    def lines(self, steps: Sequence[Step]) -> Iterator[str]:
        """Statements; the reciprocal of a shared divisor is named where it is first needed."""
        for step in steps:
            for divisor in sorted(self._divisors(step) & self.shared - self.leaves.reciprocals, key=str):
                self.leaves.reciprocals |= {divisor}
                yield self._reciprocal(divisor)
            yield from self._statement(step)

    def share(self, steps: Iterable[Step]) -> None:
        """Let the symbols by which many of these steps divide have named reciprocals, which round once more."""
        count = Counter(divisor for step in steps for divisor in self._divisors(step))
        self.shared = {divisor for divisor, number in count.items() if number > FEW_QUOTIENTS}

    def split_alike(self, steps: Iterable[Step]) -> None:
        """Let sums of the same symbols be made on one grid, where there are enough of them to gain from it."""
        sums = [multiples(arguments(step)) for step in steps if primitive(step) == "exact_sum"]
        count = Counter(frozenset(found) for found in sums if fits(map(float, found.values())))
        alike = [symbols for symbols, number in count.items() if number > FEW_SUMS]
        self.grids = {symbols: f"grid_{place}" for place, symbols in enumerate(alike, start=1)}

    @staticmethod
    def _divisors(step: Step) -> set[sp.Symbol]:
        return set().union(*map(denominators, arguments(step)))

    def _reciprocal(self, symbol: sp.Symbol) -> str:
        return f"const double per_{name_of(symbol)} = 1.0/{self.leaves(symbol)};"

    def _statement(self, step: Step) -> Iterator[str]:
        if isinstance(step.value, Call):
            targets = [name_of(target) for target in step.targets]
            yield from getattr(self, f"_{step.value.primitive}")(targets, step.value.arguments)
            return
        yield filled(f"const double {name_of(step.targets[0])} = {self.leaves(step.value)};")

    def _exact_sum(self, targets: list[str], terms: Sequence[sp.Expr]) -> Iterator[str]:
        ordered = sorted(terms, key=lambda term: self._place(term.as_coeff_Mul()[1]))  # shares prefixes
        number_of = multiples(ordered)
        grid = self.grids.get(frozenset(number_of))
        if grid:
            yield from self._grid(grid, tuple(number_of))
            yield f"const pair {targets[0]} = normalised({self._grid_sum(number_of, grid)});"
            return
        text = ""
        for term in ordered:
            number, rest = term.as_coeff_Mul()
            if rest not in self.leaves.pairs:
                text = f"plus({text}, {self.leaves(term)})" if text else f"pair_of({self.leaves(term)})"
                continue
            x = name_of(rest) if number == 1 else f"scaled({name_of(rest)}, {float(number)!r})"
            text = f"plus_pair({text}, {x})" if text else x
        if len(terms) > (1 if self.leaves.pairs & number_of.keys() else 2):  # of two numbers it is so already
            text = f"normalised({text})"
        yield f"const pair {targets[0]} = {text or 'pair_of(0.0)'};"

    def _place(self, symbol: sp.Expr) -> int:
        """Parameters in their order, then all else."""
        return self.parameters.index(str(symbol)) if str(symbol) in self.parameters else len(self.parameters)

    def _grid(self, grid: str, symbols: Sequence[sp.Expr]) -> Iterator[str]:
        """The grid of some symbols, and these split on it, once."""
        if grid in self.split:
            return
        self.split.add(grid)
        sizes = " + ".join(f"fabs({self.leaves(x)})" for x in symbols)
        yield filled(f"const double {grid} = {GRID!r}*({sizes});")
        for x in symbols:
            split = "pair_on_grid" if x in self.leaves.pairs else "on_grid"
            yield f"const pair {name_of(x)}_{grid} = {split}({name_of(x)}, {grid});"

    @staticmethod
    def _grid_sum(number_of: Mapping[sp.Expr, sp.Rational], grid: str) -> str:
        text = ""
        for x, number in number_of.items():
            size = abs(number) if text else number
            part = f"{name_of(x)}_{grid}" if size == 1 else f"scaled({name_of(x)}_{grid}, {float(size)!r})"
            text = f"grid_{'sum' if number > 0 else 'difference'}({text}, {part})" if text else part
        return text

    def _root_of_squares(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        text = "pair_of(0.0)"
        for c, x in zip(given[::2], given[1::2], strict=True):
            part = name_of(x) if x in self.leaves.pairs else f"pair_of({self.leaves(x)})"
            text = f"plus_square({text}, {self.leaves(c)}, {part})"
        yield f"const pair {targets[0]} = square_root({text});"

    def _shifted_root(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        yield f"const double {targets[0]} = shifted_root({', '.join(map(self.leaves, given))});"

    def _magnitude(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        yield f"const double {targets[0]} = magnitude({self.leaves(given[0])});"

    def _positive_part(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        yield f"const double {targets[0]} = positive_part({self.leaves(given[0])});"

    def _standard_part(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        yield f"const double {targets[0]} = {self.leaves(given[0])};"

    def _balance(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        yield "/* balance: by 1, as the guards know the size of every exit that needs no scaling */"
        equal = ", ".join(f"{t} = {self.leaves(a)}" for t, a in zip(targets, given, strict=True))
        yield filled(f"const double {equal};")

    def _occupation(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        omega, T = given
        yield from self._bath(T)
        yield f"const double {targets[0]} = occupation({name_of(omega)}, at_{name_of(T)});"

    def _phi_pair(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        omega, T = given
        yield from self._bath(T)
        yield from self._both(targets, targets[0].replace("_up", ""), f"phi_pair({name_of(omega)}, at_{name_of(T)})")

    def _bath(self, T: sp.Expr) -> Iterator[str]:
        """What a temperature's phis have in common, where it is first needed."""
        if T not in self.baths:
            self.baths.add(T)
            yield f"const bath at_{name_of(T)} = bath_at({self.leaves(T)});"

    def _both_ways(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        omega, weighted, weight = given
        both = targets[0].replace("_up", "") if "_up" in targets[0] else f"rates{targets[0].lstrip('A')}"
        call = f"both_ways({name_of(omega)}, {self.leaves(weighted)}, {self.leaves(weight)})"
        yield from self._both(targets, both, call)

    @staticmethod
    def _both(targets: list[str], name: str, call: str) -> Iterator[str]:
        yield filled(f"const both {name} = {call};")
        yield f"const double {targets[0]} = {name}.up, {targets[1]} = {name}.down;"

    def _sorted_by(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        yield from map(filled, self.levels.lines(targets, given, self.leaves))

    def _plus_product(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        total, *factors = map(self.leaves, given)
        yield filled(f"const double {targets[0]} = madd({', '.join(factors)}, {total});")

    def _descending(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        yield filled(f"double {', '.join(f'{t} = {self.leaves(a)}' for t, a in zip(targets, given, strict=True))};")
        yield from (f"descend(&{targets[i]}, &{targets[j]});" for i, j in sorting_network(len(targets)))

    def _free_energy_above_gibbs(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        T, *rest = map(self.leaves, given)
        half = len(rest) // 2
        e, r = (f"(const double[]){{{', '.join(part)}}}" for part in (rest[:half], rest[half:]))
        yield filled(f"const double {targets[0]} = free_energy_above_gibbs({T}, {half}, {e}, {r});")

    def _entropy_flow(self, targets: list[str], given: Sequence[sp.Expr]) -> Iterator[str]:
        yield filled(f"const double {targets[0]} = entropy_flow({', '.join(map(self.leaves, given))});")

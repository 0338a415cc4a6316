"""Where plain float64 may not do, and more careful arithmetic must decide: tests for every point, without a branch.

Enough rates are tested when the exits are: every exit is positive only where every level leads to the one that the
elimination ends with, and then the steady state is unique. Tests are written so that NaN fails them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

import sympy as sp

from symqb.codegen.c_leaves import Leaves, name_of
from symqb.codegen.c_statements import filled, primitive
from symqb.codegen.dataflow import LARGEST_SUM, LEAST_EXIT, LEAST_SHARE
from symqb.parameters import LARGEST, SMALLEST
from symqb.program import Program

#: A root whose square is above this is computed without underflow.
SMALLEST_SQUARE = 1e-240
EPS = 2.0**-52


def _all_hold(name: str, tests: Iterable[str]) -> str:
    """The statement that sets a name to whether all tests hold."""
    return f"const int {name} = {chr(10).join(f'    & ({test})' for test in dict.fromkeys(tests))[6:]};"


def _allowed(x: str, role: str) -> tuple[str, ...]:
    """What the role of a parameter allows: tests that NaN fails."""
    if role == "real":
        return (f"fabs({x}) <= {LARGEST!r}",)
    zero = f" | ({x} == 0.0)" if role == "temperature" else ""
    return f"({x} >= {SMALLEST!r}){zero}" if zero else f"{x} >= {SMALLEST!r}", f"{x} <= {LARGEST!r}"


class Guards:
    """Where plain float64 may not do: such points are marked, and computed once more with care."""

    def __init__(self, program: Program):
        self.program = program
        self.shaped = any(section.name == "densities" for section in program.sections)
        self.roots = [step for step in program.steps() if primitive(step) == "root_of_squares"]
        self.norm = next(d for step in program.steps() for d in step.targets if d.name == "norm")
        self.steps = {t: step.value for step in program.steps() for t in step.targets}
        #: What the guards before the elimination read, and those after it.
        self.reads = {c.omega for c in program.crossings} | (
            {r.symbol for r in program.rates} if self.shaped else set()
        )
        for gap in (*(d.gap for d in program.degeneracies), *program.outputs["energies"]):
            self.reads |= set().union(*(a.free_symbols for a in self.steps[gap].arguments))
        self.reads |= set().union(*(step.targets for step in self.roots))
        self.reads_after = {*program.exits, self.norm}

    def before(self, leaves: Leaves) -> Iterator[str]:
        """The statements that set ``sure`` by what is known without the populations."""
        if self.program.degeneracies or self.program.crossings:
            yield filled(f"const double scale = {self._scale(leaves)};")
        tests = [f"{leaves(rate.symbol)} >= 0.0" for rate in self.program.rates if self.shaped]
        tests += [f"fabs({leaves(c.omega)}) > {EPS!r}*scale" for c in self.program.crossings]
        tests += self._large_roots(leaves, self.steps)
        for d in self.program.degeneracies:
            terms = self.steps[d.gap].arguments
            bound = (len(terms) + 2) * EPS
            tests.append(f"fabs({leaves(sp.Add(*terms))}) > {bound!r}*scale")
        yield _all_hold("sure", tests or ["1"])

    def after(self, leaves: Leaves) -> Iterator[str]:
        """The statements that set ``sure`` by the elimination."""
        exits = [leaves(exit) for exit in self.program.exits]
        yield filled(f"const double exits = {' + '.join(exits)};")
        yield f"const double least_exit = most({LEAST_EXIT!r}, {LEAST_SHARE!r}*exits);"
        tests = [f"{exit} > least_exit" for exit in exits]
        yield _all_hold("sure", [*tests, f"exits < {LARGEST_SUM!r}", f"{leaves(self.norm)} < {LARGEST_SUM!r}"])

    def valid(self) -> Iterator[str]:
        """What the roles of the parameters allow, one bath at least above T = 0: the statements that set ``valid``."""
        tests = [test for name, role in self.program.parameters.items() for test in _allowed(name_of(name), role)]
        warmth = " + ".join(map(name_of, dict.fromkeys(self.program.baths.values())))
        yield _all_hold("valid", [*tests, f"{warmth} > 0.0"])

    def rates(self, leaves: Leaves, known: Container[sp.Symbol]) -> Iterator[str]:
        """The statements that set ``sure`` by the rates and the roots among the ``known`` steps."""
        rates = [leaves(rate.symbol) for rate in self.program.rates]
        tests = [test for rate in rates for test in (f"{rate} >= 0.0", f"{rate} < HUGE_VAL")]
        yield _all_hold("sure", [*tests, *self._large_roots(leaves, known)])

    def _large_roots(self, leaves: Leaves, known: Container[sp.Symbol]) -> list[str]:
        roots = [root.targets[0] for root in self.roots]
        return [f"{leaves(root)} > {SMALLEST_SQUARE**0.5!r}" for root in roots if root in known]

    def _scale(self, leaves: Leaves) -> str:
        """Not less than any |energy|, nor than the sum of the magnitudes of any gap's terms."""
        largest: dict[sp.Expr, sp.Expr] = {}
        for gap in (*(d.gap for d in self.program.degeneracies), *self.program.outputs["energies"]):
            sizes: dict[sp.Expr, sp.Expr] = {}
            for term in self.steps[gap].arguments:
                number, rest = term.as_coeff_Mul()
                sizes[rest] = sizes.get(rest, 0) + abs(number)
            largest |= {rest: sp.Max(size, largest.get(rest, 0)) for rest, size in sizes.items()}
        return " + ".join(f"{float(size)!r}*fabs({leaves(rest)})" for rest, size in largest.items())

"""The part of the C file that computes one doubtful point with care: in numbers with separate exponents.

Up to the weights the steps are those of the program. From rates to populations careful.c eliminates, without a
subtraction too, but only the levels that every level leads to: then no denominator is 0, and where there are none the
steady state is not unique. What is refused is what ``symqb.guards`` refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path
from textwrap import indent

import sympy as sp

from symqb.codegen.c_guards import EPS, SMALLEST_SQUARE
from symqb.codegen.c_leaves import Leaves, name_of
from symqb.codegen.c_loops import KEPT, Loops
from symqb.codegen.c_order import needed
from symqb.codegen.c_statements import Statements, arguments, filled, primitive, reads
from symqb.program import Program, Step

RECONSIDER = f"""/* Computes the doubtful points of a block with care; returns how many have no result. */
RARE ptrdiff_t reconsider(const double *const in[], double *const out[], ptrdiff_t count, {KEPT})
{{
    ptrdiff_t without = 0;
    for (ptrdiff_t i = 0; i < count; i++)
        if (out[out_doubt][i] != 0.0) {{
            const int valid = out[out_doubt][i] == 1.0;
            out[out_doubt][i] = valid && careful(in, out, i, kept) ? 0.0 : 1.0;
            without += out[out_doubt][i] != 0.0;
        }}
    return without;
}}"""


def careful_texts(program: Program, loops: Loops) -> Iterator[str]:
    """The functions; ``reconsider`` is what the public one calls."""
    yield f"enum {{ LEVELS = {len(program.levels)} }};"
    yield (Path(__file__).parent / "careful.c").read_text()
    body = indent("\n".join(Careful(program, loops).lines()), "    ")
    yield (
        "/* Populations and rates by bath at one point. False: levels are degenerate, the steady state is not unique,\n"
        "   a density is negative, or a root is too small for its square. */\n"
        f"RARE int careful(const double *const in[], double *const out[], ptrdiff_t i, {KEPT})\n{{\n{body}\n}}"
    )
    yield RECONSIDER


class Careful:
    """The statements for one point."""

    def __init__(self, program: Program, loops: Loops):
        self.program, self.loops = program, loops
        sections = {section.name: section.steps for section in program.sections}
        #: The densities' shapes, by which some rates are multiplied: numbers of any size.
        self.shapes = [step for step in sections.get("densities", ()) if primitive(step) != "magnitude"]
        self.phis = {step.targets[0]: step for step in sections["bose"]}
        #: Absorption and emission of a transition due to one bath.
        self.rates = list(zip(sections["rates"][::2], sections["rates"][1::2], strict=True))
        self.statements = Statements(program)
        self.leaves = self.statements.leaves
        self.number = Numbers(self.leaves, frozenset(step.targets[0] for step in self.shapes))
        self.floats = self._floats()
        #: The steps from the parameters to what is held by floats, and what they read.
        self.sections = needed(program, self.floats, self.number.known)
        self.read = set().union(*(reads(step) for _, steps in self.sections for step in steps))

    def lines(self) -> Iterator[str]:
        """From the parameters to ``return``."""
        refused, rates = list(self._refused()), list(self._rates())
        names = {symbol.name for symbol in self.read | self.floats}
        for name in self.loops.inputs:
            if name in names:
                yield f"const double {name_of(name)} = in[in_{name_of(name)}][i];"
        self.statements.share(step for _, steps in self.sections for step in steps)
        for title, steps in self.sections:
            yield from ("", f"/* {title} */", *self.statements.lines(steps))
        yield from ("", *refused)
        yield from (f"const number {name_of(s.targets[0])} = {self.number(s.value)};" for s in self.shapes)
        yield "number rate[LEVELS][LEVELS] = {{{0.0, {0.0, 0.0}}}};\nint positive = 1;"
        yield from rates
        first = Loops.column(self.program.outputs["populations"][0])
        yield f"return positive && stationary(rate, out + {first}, i);"

    def _floats(self) -> set[sp.Symbol]:
        """What is held by floats and pairs of them."""
        it = self.program
        wanted = {*(c.omega for c in it.crossings), *(s for d in it.degeneracies for s in (d.gap, d.overlap))}
        wanted |= {*it.outputs["energies"]} if wanted else set()
        wanted |= set().union(*(reads(step) for step in self.shapes))
        for up, _ in self.rates:
            phi = self._phi(up)
            wanted |= reads(phi) | (arguments(up)[0] / phi.targets[0]).free_symbols
        return wanted - self.number.known

    def _phi(self, rate: Step) -> Step:
        """The step that defines phi of a rate."""
        return next(self.phis[symbol] for symbol in reads(rate) if symbol in self.phis)

    def _refused(self) -> Iterator[str]:
        """Statements that return where ``refuse_degenerate`` raises, and where a root's square may underflow."""
        it, leaves = self.program, self.leaves
        roots = [step.targets[0] for step in it.steps() if primitive(step) == "root_of_squares"]
        tests = [f"(!({leaves(root)} > {SMALLEST_SQUARE**0.5!r}))" for root in roots if root in self.read]
        tests += [f"(!(fabs({leaves(d.gap)}) > unit) & ({leaves(d.overlap)} != 0.0))" for d in it.degeneracies]
        tests += [f"(!(fabs({leaves(omega)}) > unit))" for omega in dict.fromkeys(c.omega for c in it.crossings)]
        if it.degeneracies or it.crossings:
            sizes = dict.fromkeys(f"fabs({leaves(energy)})" for energy in it.outputs["energies"])
            yield filled(f"const double unit = {EPS!r}*{nested('most', sizes)};", 4)
        if tests:
            listed = "\n    | ".join(tests)
            yield f"const int refused = {listed};\nif (refused)\n    return 0;"

    def _rates(self) -> Iterator[str]:
        """Both rates of each transition and bath."""
        places = {rate.symbol: rate for rate in self.program.rates}
        for up, down in self.rates:
            phi, place = self._phi(up), places[up.targets[0]]
            strength = self.number(arguments(up)[0] / phi.targets[0])
            omega, T = arguments(phi)
            kept = ", ".join(f"kept->{name_of(step.targets[0])} + i" for step in (up, down))
            given = f"{place.source - 1}, {place.target - 1}, {strength}, {name_of(omega)}, {self.leaves(T)}, {kept}"
            yield f"positive &= add_rates(rate, {given});"


def nested(function: str, values: Iterable[str]) -> str:
    """A function of two values, of all of them."""
    return reduce(lambda text, other: f"{function}({text}, {other})", values)


class Numbers:
    """Prints expressions as numbers of any size, wherever they hold an exponential; ``known`` are such numbers."""

    def __init__(self, leaves: Leaves, known: frozenset[sp.Symbol]):
        self.leaves, self.known = leaves, known

    def __call__(self, expr: sp.Expr) -> str:
        """C text of type number."""
        if self._is_float(expr):
            return f"number_of({self.leaves(expr)})"
        if isinstance(expr, sp.exp):
            return f"exponential({self._float(expr.args[0])})"
        if isinstance(expr, sp.log):
            return f"number_of({self._float(expr)})"
        if isinstance(expr, sp.Pow):
            return f"to_power({self(expr.base)}, {self.leaves(expr.exp)})"
        if isinstance(expr, (sp.Add, sp.Mul)):
            return self._joined(expr.func, sp.Add.make_args(expr) if expr.is_Add else sp.Mul.make_args(expr))
        return name_of(expr)

    def _joined(self, operation: type[sp.Expr], parts: Sequence[sp.Expr]) -> str:
        """A sum or product: floats first, by themselves."""
        floats = [part for part in parts if self._is_float(part)]
        texts = [self(operation(*floats))] if floats else []
        texts += [self(part) for part in sorted(set(parts) - set(floats), key=sp.default_sort_key)]
        function = "sum_of" if operation is sp.Add else "times"
        return nested(function, texts)

    def _is_float(self, expr: sp.Expr) -> bool:
        return not (expr.has(sp.exp) or expr.free_symbols & self.known)

    def _float(self, expr: sp.Expr) -> str:
        """C text of type double."""
        if self._is_float(expr):
            return self.leaves(expr)
        inner = isinstance(expr, sp.log)
        return f"logarithm({self(expr.args[0])})" if inner else f"double_of({self(expr)})"

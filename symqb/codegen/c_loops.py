"""Which steps of a program the C file computes in which loop.

    solve                  from the parameters to the populations, and on request what the other figures of merit share
    energies               from the parameters
    reference_state        from the parameters and the populations: the exergy
    exchange_with_baths    from populations, rates by bath and frequencies, which solve keeps on request
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import indent

import sympy as sp

from symqb.codegen.c_guards import Guards
from symqb.codegen.c_leaves import name_of
from symqb.codegen.c_statements import Statements, reads
from symqb.program import Program, Step

#: The outputs beyond the populations that ``solve`` computes where ``energetics`` is asked for.
ENERGETICS = ("stored_energy", "stored_energy_fraction", "ergotropy")
Sections = list[tuple[str, list[Step]]]


def needed(program: Program, wanted: Iterable[sp.Symbol], given: Iterable[sp.Symbol] = ()) -> Sections:
    """(section, the steps of it that the wanted symbols need, where the given ones are known), in order."""
    missing, known, found = set(wanted), set(given), []
    for section in reversed(program.sections):
        steps = []
        for step in reversed(section.steps):
            if missing.intersection(step.targets) and not known.issuperset(step.targets):
                missing |= reads(step)
                steps.append(step)
        if steps:
            found.append((section.name, steps[::-1]))
    return found[::-1]


def function(kind: str, name: str, extra: Sequence[str], body: Iterable[str]) -> str:
    """A function of the file: ``body`` for every point of a block."""
    arguments = ["const double *const in[]", "double *const out[]", "ptrdiff_t lanes", *extra]
    return (
        f"{kind} void {name}({', '.join(arguments)})\n"
        "{\n    INDEPENDENT_POINTS\n    for (ptrdiff_t i = 0; i < LANES*lanes; i++) {\n"
        + indent("\n".join(body), " " * 8)
        + "\n    }\n}"
    )


class Loops:
    """The loops of a program's C file as text, and what they keep for each other."""

    def __init__(self, program: Program):
        self.program = program
        self.inputs = (*program.parameters, "T_eq")
        self.populations = program.outputs["populations"]
        self.energetics = [s for key in ENERGETICS for s in program.outputs[key]]
        currents = [key for key in program.outputs if key.startswith("heat_current_")]
        self.exchange = [s for key in (*currents, "entropy_production") for s in program.outputs[key]]
        omegas = {target for section in program.sections if section.name == "frequencies" for target in section.targets}
        rates = {rate.symbol for rate in program.rates}
        read = set().union(*(reads(step) for _, steps in self._exchange_steps(omegas | rates) for step in steps))
        #: What ``solve`` keeps for ``exchange_with_baths``.
        self.kept = sorted(read & (omegas | rates), key=str)

    def _exchange_steps(self, given: Iterable[sp.Symbol]) -> Sections:
        return needed(self.program, self.exchange, {*given, *self.populations})

    def texts(self) -> Iterator[str]:
        """The functions."""
        kept = "struct kept *kept"
        yield function("INLINE", "solve", (kept, "int energetics", "int by_bath"), self._solve())
        yield function("static", "energies", (), self._plain(self.program.outputs["energies"], ()))
        yield function("static", "reference_state", (), self._plain(self.program.outputs["exergy"], self.populations))
        yield function("static", "exchange_with_baths", (kept,), self._exchange())

    def _solve(self) -> Iterator[str]:
        guards, statements = Guards(self.program), Statements(self.program)
        always = needed(self.program, {*self.populations, *guards.reads})
        done = {target for _, steps in always for step in steps for target in step.targets}
        later = needed(self.program, self.energetics, done)
        yield from self._loads(always + later)
        yield from self._sections(statements, always)
        yield from ("", "/* guards */", *guards.lines(statements.leaves), "")
        yield from self._stores(statements, self.populations)
        yield "out[out_doubt][i] = doubt;"
        yield from self._on_request("energetics", [*self._sections(statements, later), "", *self._stores(statements, self.energetics)])
        keeping = [f"kept->{name_of(s)}[i] = {statements.leaves(s)};" for s in self.kept]
        yield from self._on_request("by_bath", keeping)

    def _on_request(self, flag: str, body: Iterable[str]) -> Iterator[str]:
        yield from ("", f"if ({flag}) {{", indent("\n".join(body).strip("\n"), "    "), "}")

    def _plain(self, outputs: Sequence[sp.Symbol], given: Sequence[sp.Symbol]) -> Iterator[str]:
        statements, sections = Statements(self.program), needed(self.program, outputs, given)
        yield from self._loads(sections, given)
        yield from (*self._sections(statements, sections), "", *self._stores(statements, outputs))

    def _exchange(self) -> Iterator[str]:
        statements, sections = Statements(self.program, frozenset(self.kept)), self._exchange_steps(self.kept)
        yield from self._loads(sections, self.populations)
        yield from (f"const double {name_of(s)} = kept->{name_of(s)}[i];" for s in self.kept)
        yield from (*self._sections(statements, sections), "", *self._stores(statements, self.exchange))

    def _loads(self, sections: Sections, populations: Sequence[sp.Symbol] = ()) -> Iterator[str]:
        read = {symbol.name for _, steps in sections for step in steps for symbol in reads(step)}
        for name in self.inputs:
            if name in read:
                yield f"const double {name_of(name)} = in[in_{name_of(name)}][i];"
        for symbol in populations:
            if symbol.name in read:
                yield f"const double {name_of(symbol)} = out[{self.column(symbol)}][i];"

    def _sections(self, statements: Statements, sections: Sections) -> Iterator[str]:
        for title, steps in sections:
            yield from ("", f"/* {title} */", *statements.section(steps))

    def _stores(self, statements: Statements, outputs: Sequence[sp.Symbol]) -> Iterator[str]:
        for symbol in outputs:
            yield f"out[{self.column(symbol)}][i] = {statements.leaves(symbol)};"

    @staticmethod
    def column(symbol: sp.Symbol) -> str:
        """The name of an output's place."""
        return f"out_{name_of(symbol)}"

"""Which steps of a program the C file computes in which loop.

rates                  from the parameters, which it checks, to the total rates, which are kept, and by bath on request
eliminate              from the total rates to the populations
energetics             from parameters and populations: stored energy and ergotropy, and the fraction on request
energies               from the parameters
reference_state        from the parameters and the populations: the exergy
currents, entropy      from populations, rates by bath and frequencies, which rates keeps on request
rates_by_bath          from the parameters, with phi to its last digits; currents take rates that fit the populations
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import indent

import sympy as sp

from symqb.codegen.c_gains import gains
from symqb.codegen.c_guards import Guards
from symqb.codegen.c_leaves import name_of
from symqb.codegen.c_order import Sections, by_need, for_energetics, fused, needed
from symqb.codegen.c_rates import with_occupations
from symqb.codegen.c_statements import Statements, primitive, reads
from symqb.program import Program

#: The outputs of the loop of that name.
ENERGETICS = ("stored_energy", "ergotropy")
#: That which needs a division, by which time is lost where it is not wanted.
FRACTION = "stored_energy_fraction"
#: The argument of the loops that keep values for others, or read them.
KEPT = "struct kept *kept"
#: Adds to the doubt of a point.
DOUBT = "out[out_doubt][i] = most(out[out_doubt][i], sure ? 0.0 : 1.0);"


def function(kind: str, name: str, extra: Sequence[str], body: Iterable[str]) -> str:
    """A function of the file: ``body`` for every point of a block."""
    arguments = ["const double *const in[]", "double *const out[]", "ptrdiff_t lanes", *extra]
    text = indent("\n".join(body), " " * 8)
    names = ("in", *(("kept",) if KEPT in extra else ()))
    unused = "".join(f"    (void){name};\n" for name in names if not re.search(rf"\b{name}(\[|->)", text))
    return (
        f"{kind} void {name}({', '.join(arguments)})\n{{\n{unused}    INDEPENDENT_POINTS\n"
        f"    for (ptrdiff_t i = 0; i < LANES*lanes; i++) {{\n{text}\n    }}\n}}"
    )


def _read(sections: Sections) -> set[sp.Symbol]:
    return set().union(*(reads(step) for _, steps in sections for step in steps))


class Loops:
    """The loops of a program's C file as text, and what they keep for each other."""

    def __init__(self, program: Program):
        #: The program that has phi by itself.
        self.plain = fused(program)
        self.program = program = with_occupations(self.plain)
        self.inputs = (*program.parameters, "T_eq")
        self.temperatures = {"T_eq", *program.baths.values()}
        self.populations = program.outputs["populations"]
        self.energetics = [s for key in ENERGETICS for s in program.outputs[key]]
        self.fraction = list(program.outputs[FRACTION])
        currents = [key for key in program.outputs if key.startswith("heat_current_")]
        self.currents = [s for key in currents for s in program.outputs[key]]
        self.entropy = list(program.outputs["entropy_production"])
        omegas = {target for section in program.sections if section.name == "frequencies" for target in section.targets}
        rates = {rate.symbol for rate in program.rates}
        read = _read(needed(program, [*self.currents, *self.entropy], {*omegas, *rates, *self.populations}))
        roots = (section for section in program.sections if section.name == "roots")
        found = [target for section in roots for target in section.targets if target in program.pairs()]
        #: Gains in energy that come from frequencies, which ``rates`` keeps for ``energetics``.
        self.gains = gains(program)
        steps = needed(
            for_energetics(program), [*self.energetics, *self.fraction], {*found, *self.populations, *self.gains}
        )
        #: Total rates, which ``rates`` keeps for ``eliminate``.
        self.totals = [s for section in program.sections if section.name == "totals" for s in section.targets]
        #: The roots that are pairs, which ``rates`` keeps for ``energetics``.
        self.roots = [root for root in found if root in _read(steps)]
        #: What ``rates`` keeps for ``currents`` and ``entropy``, the gains among it.
        self.kept = sorted(read & (omegas | rates) | {gain.omega for gain in self.gains.values()}, key=str)
        sums = _read([("", [step for _, listed in steps for step in listed if primitive(step) == "exact_sum"])])
        raised = {gain.omega for gain in self.gains.values() if gain.more}
        #: The pairs among all these of which not only the value is read.
        self.lows = sorted((raised & program.pairs()) | (sums & set(self.roots)), key=str)

    def texts(self) -> Iterator[str]:
        """The functions."""
        yield function("INLINE", "rates", (KEPT, "int by_bath"), self._rates())
        yield function("static", "eliminate", (KEPT,), self._eliminate())
        yield function("INLINE", "energetics", (KEPT, "int with_fraction"), self._energetics())
        yield function("static", "energies", (), self._plain(self.program.outputs["energies"], ()))
        yield function("static", "reference_state", (), self._plain(self.program.outputs["exergy"], self.populations))
        yield function("static", "currents", (KEPT,), self._exchange(self.currents))
        yield function("static", "entropy", (KEPT,), self._exchange(self.entropy))
        yield function("INLINE", "rates_by_bath", (), self._by_bath())

    def _rates(self) -> Iterator[str]:
        guards, statements = Guards(self.program), Statements(self.program)
        always = needed(self.program, {*self.totals, *guards.reads})
        done = {target for _, steps in always for step in steps for target in step.targets}
        yield from self._loads(always, more=self.program.parameters)
        yield from ("", "/* what is allowed */", *guards.valid())
        yield "out[out_doubt][i] = valid ? 0.0 : 2.0; /* 2: no care helps */"
        early = {gain.omega for gain in self.gains.values()}
        yield from self._sections(statements, by_need(always), {*self.totals, *early, *self.roots})
        yield from ("", "/* guards */", *guards.before(statements.leaves), DOUBT)
        rates = needed(self.program, self.kept, done)
        keeping = [self._keep(statements, s) for s in self.kept if s in done and s not in early]
        body = [*self._sections(statements, rates, self.kept), "", *keeping]
        yield from ("", "if (by_bath) {", indent("\n".join(body).strip("\n"), "    "), "}")

    def _eliminate(self) -> Iterator[str]:
        guards, statements = Guards(self.program), Statements(self.program)
        sections = needed(self.program, {*self.populations, *guards.reads_after}, self.totals)
        yield from self._loads(sections)
        yield from (f"const double {name_of(s)} = kept->{name_of(s)}[i];" for s in self.totals)
        yield from self._sections(statements, sections)
        yield from ("", "/* guards */", *guards.after(statements.leaves), DOUBT, "")
        yield from self._stores(statements, self.populations)

    def _keep(self, statements: Statements, symbol: sp.Symbol) -> str:
        low = f", kept->{name_of(symbol)}_lo[i] = {name_of(symbol)}.lo" if symbol in self.lows else ""
        return f"kept->{name_of(symbol)}[i] = {statements.leaves(symbol)}{low};"

    def _energetics(self) -> Iterator[str]:
        program, known = for_energetics(self.program), {*self.populations, *self.roots, *self.gains}
        statements = Statements(program, frozenset({*self.gains, *self.roots} - set(self.lows)))
        sections = needed(program, self.energetics, known)
        done = {target for _, steps in sections for step in steps for target in step.targets}
        fraction = needed(program, self.fraction, known | done)
        more = {symbol.name for gain in self.gains.values() for symbol in gain.more.free_symbols}
        yield from self._loads([*sections, *fraction], self.populations, more)
        for s in self.roots:
            name = f"kept->{name_of(s)}"
            kind, value = ("pair", f"{{{name}[i], {name}_lo[i]}}") if s in self.lows else ("double", f"{name}[i]")
            yield f"const {kind} {name_of(s)} = {value};"
        yield from (self._gain(statements, s) for s in self.gains)
        yield from (*self._sections(statements, sections), "", *self._stores(statements, self.energetics))
        body = [*self._sections(statements, fraction), "", *self._stores(statements, self.fraction)]
        yield from ("if (with_fraction) {", indent("\n".join(body).strip("\n"), "    "), "}")

    def _gain(self, statements: Statements, symbol: sp.Symbol) -> str:
        """A kept frequency and more, without TwoSum: a sum that cancels has no error, and another is large enough."""
        gain = self.gains[symbol]
        name = f"kept->{name_of(gain.omega)}"
        low = f" + {name}_lo[i]" if gain.omega in self.lows else ""
        value = f"({name}[i] + {statements.leaves(gain.more)}){low}" if gain.more else f"{name}[i]"
        return f"const double {name_of(symbol)} = {value};"

    def _plain(self, outputs: Sequence[sp.Symbol], given: Sequence[sp.Symbol]) -> Iterator[str]:
        statements, sections = Statements(self.program), needed(self.program, outputs, given)
        yield from self._loads(sections, given)
        yield from (*self._sections(statements, sections), "", *self._stores(statements, outputs))

    def _exchange(self, outputs: Sequence[sp.Symbol]) -> Iterator[str]:
        statements = Statements(self.program, frozenset(self.kept))
        sections = needed(self.program, outputs, {*self.kept, *self.populations})
        yield from self._loads(sections, self.populations)
        read = _read(sections)
        yield from (f"const double {name_of(s)} = kept->{name_of(s)}[i];" for s in self.kept if s in read)
        yield from (*self._sections(statements, sections), "", *self._stores(statements, outputs))

    def _by_bath(self) -> Iterator[str]:
        statements, wanted = Statements(self.plain), [rate.symbol for rate in self.plain.rates]
        guards, sections = Guards(self.plain), needed(self.plain, wanted)
        known = {target for _, steps in sections for step in steps for target in step.targets}
        yield from self._loads(sections, more=self.program.parameters)
        yield from ("", "/* what is allowed */", *guards.valid())
        yield from self._sections(statements, by_need(sections, "rates"), wanted, self._store_rate)
        yield from ("", "/* guards */", *guards.rates(statements.leaves, known))
        yield "out[rate_invalid][i] = valid & sure ? 0.0 : 1.0;"

    def _loads(
        self, sections: Sections, populations: Sequence[sp.Symbol] = (), more: Iterable[str] = ()
    ) -> Iterator[str]:
        read = {symbol.name for symbol in _read(sections)} | {*more}
        for name in self.inputs:
            if name in read:
                cold = " + 0.0" if name in self.temperatures else ""  # a bath at T = -0.0 is a bath at T = 0
                yield f"const double {name_of(name)} = in[in_{name_of(name)}][i]{cold};"
        for symbol in populations:
            if symbol.name in read:
                yield f"const double {name_of(symbol)} = out[{self.column(symbol)}][i];"

    def _sections(
        self,
        statements: Statements,
        sections: Sections,
        kept: Iterable[sp.Symbol] = (),
        keep: Callable[[Statements, sp.Symbol], str] | None = None,
    ) -> Iterator[str]:
        """The steps, and each value to be kept as soon as it is known: few wait in registers then."""
        every = [step for _, steps in sections for step in steps]
        statements.share(every)
        statements.split_alike(every)
        for title, steps in sections:
            yield from ("", f"/* {title} */")
            for step in steps:
                yield from statements.lines([step])
                yield from ((keep or self._keep)(statements, s) for s in step.targets if s in kept)

    def _stores(self, statements: Statements, outputs: Sequence[sp.Symbol]) -> Iterator[str]:
        for symbol in outputs:
            yield f"out[{self.column(symbol)}][i] = {statements.leaves(symbol)};"

    def _store_rate(self, statements: Statements, symbol: sp.Symbol) -> str:
        return f"out[{self.rate(symbol)}][i] = {statements.leaves(symbol)};"

    @staticmethod
    def rate(symbol: sp.Symbol) -> str:
        """The name of a rate's place among the rates."""
        return f"rate_{name_of(symbol)}"

    @staticmethod
    def column(symbol: sp.Symbol) -> str:
        """The name of an output's place."""
        return f"out_{name_of(symbol)}"

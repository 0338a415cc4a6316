"""Prints energies, rates and populations of a program as Coq definitions, for proofs about the code that users run.

The primitives are defined in proofs/coq/Primitives.v, for real numbers; parameters are fields of its record
``battery``. Beside the program's steps stands what the proof of the elimination reads: the rates at each stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import sympy as sp
from sympy.printing.str import StrPrinter

from symqb.codegen.python_printer import plain
from symqb.elimination import branching, unnormalised
from symqb.lowering.rates import balanced
from symqb.model import Model
from symqb.program import Call, Program, Section, Step

#: What Coq knows of a program.
OUTPUTS = ("energies", "populations")
#: The functions that have an entry for every level.
TOTAL = ("energy", "population_at", "weight")


class CoqPrinter(StrPrinter):  # type: ignore[misc]
    """SymPy's printer for the arithmetic inside one step. ``fields``: which names are read from which record."""

    def __init__(self, fields: Mapping[str, str]):
        super().__init__()
        self.fields = fields

    def _print_Symbol(self, symbol: sp.Symbol) -> str:
        record = self.fields.get(symbol.name)
        return f"{symbol.name} {record}" if record else str(symbol.name)

    def _print_Pow(self, power: sp.Pow, rational: bool = False) -> str:
        base, exponent = power.as_base_exp()
        if exponent == -1:
            return f"1/{self.argument(base)}"
        if not (exponent.is_Integer and exponent.is_positive):
            raise NotImplementedError(f"{power}: Coq's program has natural powers and quotients only")
        return f"{self.argument(base)}^{exponent}"

    def argument(self, expr: sp.Expr) -> str:
        """The expression as one argument of a function."""
        text = str(self.doprint(expr))
        return text if expr.is_Symbol and " " not in text else f"({text})"


def coq_file(model: Model) -> str:
    """The text of a file for ``coqc -Q proofs/coq Symqb -Q generated/coq Symqb``."""
    program = model.program
    totals = [symbol for t in model.transitions for symbol in (t.A, t.E)]
    printer = CoqPrinter(dict.fromkeys(program.parameters, "b") | {rate.name: "r" for rate in totals})
    to_rates, to_populations = _halves(program, totals)
    parts = [
        _header(program),
        "From Symqb Require Import Primitives.",
        _levels(program),
        _rates([(t.A.name, t.E.name) for t in model.transitions]),
        "(** * From total rates to populations *)\nSection Elimination.\nVariable r : rates.",
        *_texts(to_populations, printer),
        *_elimination(model, printer),
        "End Elimination.",
        "(** * From parameters to total rates *)\nSection Program.\nVariable b : battery.",
        *_texts(to_rates, printer),
        *_tables(program, printer),
        "End Program.",
    ]
    return "\n\n".join(parts) + "\n"


def _header(program: Program) -> str:
    """No version of symqb or SymPy: what Coq has checked does not depend on them."""
    return (
        f"(** {plain(program.title)}: energies, rates, populations.\n\n"
        f"    Printed from symqb's program by [symqb generate]; do not edit.\n"
        f"    Expressions (SHA-256): {program.digest()} *)"
    )


def _levels(program: Program) -> str:
    names = list(map(_level, range(1, len(program.levels) + 1)))
    return "\n".join(
        (
            f"(** {', '.join(map(plain, program.levels))}. *)",
            f"Inductive level : Set := {' | '.join(names)}.",
            _list("levels", names),
        )
    )


def _rates(up_and_down: Sequence[tuple[str, str]]) -> str:
    """The record of total rates, and what is assumed of them where all baths are warm, or where some are at T = 0."""
    fields = "; ".join(f"{name} : R" for pair in up_and_down for name in pair)
    warm, cold = (" /\\ ".join(f"0 {sign} {A} r /\\ 0 < {E} r" for A, E in up_and_down) for sign in ("<", "<="))
    return (
        f"(** Total rates, up (A) and down (E). *)\nRecord rates := Rates\n  {{ {fields} }}.\n"
        f"Definition positive_rates (r : rates) : Prop :=\n  {warm}.\n"
        f"(** A bath at T = 0 absorbs nothing. *)\nDefinition downward_rates (r : rates) : Prop :=\n  {cold}."
    )


def _halves(program: Program, totals: Sequence[sp.Symbol]) -> tuple[list[Section], list[Section]]:
    """The sections up to the total rates and those after them, without the steps that Coq's outputs do not need."""
    wanted = {symbol for output in OUTPUTS for symbol in program.outputs[output]}
    halves: tuple[list[Section], list[Section]] = [], []
    before = 1
    for section in reversed(program.sections):
        before = 0 if set(totals) & set(section.targets) else before
        steps: list[Step] = []
        for step in reversed(section.steps):
            if wanted.intersection(step.targets):
                steps.insert(0, step)
                wanted.update(Section("", (step,)).inputs)
        if steps:
            halves[before].insert(0, Section(section.name, tuple(steps)))
    return halves


def _texts(sections: Sequence[Section], printer: CoqPrinter) -> Iterator[str]:
    """The total rates as one record, each other step as a definition."""
    for section in sections:
        if {printer.fields.get(target.name) for target in section.targets} == {"r"}:
            fields = (f"{step.targets[0].name} := {printer.doprint(step.value)}" for step in section.steps)
            yield (
                f"(** ** {section.name} *)\nDefinition {section.name} : rates :=\n  {{| "
                + ";\n     ".join(fields)
                + " |}."
            )
        else:
            lines = (line for step in section.steps for line in _definitions(step, printer))
            yield "\n".join([f"(** ** {section.name} *)", *lines])


def _definitions(step: Step, printer: CoqPrinter) -> Iterator[str]:
    if isinstance(step.value, Call):
        values = CALLS[step.value.primitive](step.value.arguments, printer)
    else:
        values = [printer.doprint(step.value)]
    for target, value in zip(step.targets, values, strict=True):
        yield f"Definition {target.name} : R := {value}."


def _sum(terms: Sequence[sp.Expr], printer: CoqPrinter) -> list[str]:
    return [f"exact_sum [{'; '.join(map(printer.doprint, terms))}]"]


def _root(arguments: Sequence[sp.Expr], printer: CoqPrinter) -> list[str]:
    pairs = zip(map(printer.doprint, arguments[::2]), map(printer.doprint, arguments[1::2]), strict=True)
    return [f"root_of_squares [{'; '.join(f'({c}, {x})' for c, x in pairs)}]"]


def _phi_pair(arguments: Sequence[sp.Expr], printer: CoqPrinter) -> list[str]:
    omega, T = arguments
    return [f"phi {printer.argument(w)} {printer.argument(T)}" for w in (omega, -omega)]


def _shifted(arguments: Sequence[sp.Expr], printer: CoqPrinter) -> list[str]:
    return [f"shifted_root {' '.join(map(printer.argument, arguments))}"]


def _each(primitive: str) -> Callable[[Sequence[sp.Expr], CoqPrinter], list[str]]:
    """A primitive that acts on each of its arguments alone."""
    return lambda arguments, printer: [f"{primitive} {printer.argument(x)}" for x in arguments]


#: How a primitive's results are written, one text for each target of its step.
CALLS: Mapping[str, Callable[[Sequence[sp.Expr], CoqPrinter], list[str]]] = {
    "exact_sum": _sum,
    "root_of_squares": _root,
    "shifted_root": _shifted,
    "phi_pair": _phi_pair,
    "balance": _each("balance"),
    "standard_part": _each("standard_part"),
}


def _tables(program: Program, printer: CoqPrinter) -> Iterator[str]:
    """Energies and populations by level, rates by pair of levels."""
    energies = {(i,): symbol for i, symbol in enumerate(program.outputs["energies"], start=1)}
    yield "(** ** by level *)\n" + _function("energy", ("i",), energies, printer)
    yield "Definition population (i : level) : R := population_at totals i."
    rates: dict[tuple[int, int], sp.Expr] = {}
    for rate in program.rates:
        pair = rate.source, rate.target
        rates[pair] = rates.get(pair, sp.S.Zero) + rate.symbol
    yield "(** From level i to level j, the sum over the baths. *)\n" + _function("rate", ("i", "j"), rates, printer)


def _elimination(model: Model, printer: CoqPrinter) -> Iterator[str]:
    """Populations by level, and what the proof that the elimination is right reads."""
    steps, known = model.steady_state.elimination, balanced(model)
    root, eliminated = steps.order[-1], steps.order[:-1]
    populations = {(i,): symbol for i, symbol in enumerate(model.program.outputs["populations"], start=1)}
    yield "(** ** by level *)\n" + _function("population_at", ("i",), populations, printer)
    yield "(** From level i to level j. *)\n" + _function("rate_at", ("i", "j"), model.steady_state.rates, printer)
    yield "(** ** how levels are eliminated: the last of [order] stays, [stage m] holds after m eliminations *)"
    yield _list("order", list(map(_level, steps.order)))
    for m, stage in enumerate(steps.stages):
        entries = {pair: rate.xreplace(known) for pair, rate in stage.items()}
        yield _function(f"stage_{m}", ("i", "j"), entries, printer)
    *cases, last = (f"stage_{m}" for m in range(len(steps.stages)))
    match = " ".join(f"| {m}%nat => {case}" for m, case in enumerate(cases))
    yield f"Definition stage (m : nat) : level -> level -> R :=\n  match m with {match} | _ => {last} end."
    exits = {(k,): exit.xreplace(known) for k, exit in zip(eliminated, steps.exits, strict=True)}
    yield _function("exit_rate", ("k",), exits, printer)
    shares = {(i, k): branching(i, k) for m, k in enumerate(eliminated) for i, j in steps.stages[m] if j == k}
    yield _function("branch", ("i", "k"), shares, printer)
    weights = {(i,): unnormalised(i, root) for i in steps.order}
    yield _function("weight", ("i",), weights, printer)


def _function(
    name: str,
    variables: Sequence[str],
    entries: Mapping[tuple[int], sp.Expr] | Mapping[tuple[int, int], sp.Expr],
    printer: CoqPrinter,
) -> str:
    """A function of levels by cases, 0 elsewhere."""
    ordered = sorted(entries.items(), key=lambda entry: entry[0])
    cases = [f"  | {', '.join(map(_level, key))} => {printer.doprint(value)}" for key, value in ordered]
    elsewhere = f"  | {', '.join('_' * len(variables))} => 0"
    start = f"Definition {name} ({' '.join(variables)} : level) : R :=\n  match {', '.join(variables)} with"
    total = name in TOTAL
    return "\n".join([start, *cases, *([] if total else [elsewhere]), "  end."])


def _list(name: str, names: Sequence[str]) -> str:
    return f"Definition {name} : list level := [{'; '.join(names)}]."


def _level(index: int) -> str:
    return f"level_{index}"

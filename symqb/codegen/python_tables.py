"""The parts of a generated Python module that are data: tables, the registry of sections, ``evaluate``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill

from symqb.parameters import DEFAULT_STRENGTH, LARGEST, SMALLEST
from symqb.program import Program

WIDTH = 100


def tables(program: Program) -> str:
    """What the front door reads."""
    defaults = {name: DEFAULT_STRENGTH for name, role in program.parameters.items() if role == "strength"}
    rates = [(rate.symbol.name, rate.bath, rate.source - 1, rate.target - 1) for rate in program.rates]
    crossings = [(*c.levels, c.bath, c.omega.name) for c in program.crossings]
    degeneracies = [(*d.levels, d.neighbour, d.bath, d.gap.name, d.overlap.name) for d in program.degeneracies]
    return "\n".join(
        [
            "#: Role of each parameter, and what is assumed where it is not given.",
            f"PARAMETERS = {_dict(program.parameters)}",
            f"DEFAULTS = {defaults!r}",
            "#: Between which sizes they are valid; temperatures may also be 0, and real numbers smaller.",
            f"SIZES = {(SMALLEST, LARGEST)!r}",
            "#: The baths' names, and the temperature of each.",
            f"BATHS = {dict(program.baths)!r}",
            "#: Labels of the levels, in the order of energies and populations.",
            bracketed("LEVELS = (", [repr(label) for label in program.levels], ")", 0, last_comma=True),
            "#: Which of them is the uncharged battery.",
            f"EMPTY = {program.empty - 1}",
            "#: (level, level, common neighbour, bath, gap, overlap): harmful where gap = 0 and overlap != 0.",
            f"DEGENERACIES = {_sequence(degeneracies)}",
            "#: (rate, bath, from, to): the bath in the order of BATHS, the levels in that of LEVELS, from 0.",
            f"RATES = {_sequence(rates)}",
            "#: (level, level, bath, frequency) where the frequency must not be 0.",
            f"CROSSINGS = {_sequence(crossings)}",
        ]
    )


def registry(program: Program) -> str:
    """The sections in order, what each defines, and where outputs stand."""
    lines = [
        bracketed("EXITS = (", [repr(symbol.name) for symbol in program.exits], ")", 0, last_comma=True),
        "# In the order of evaluation: the function and the names that it defines.",
    ]
    for section in program.sections:
        names = [repr(symbol.name) for symbol in section.targets]
        lines.append(bracketed(f"SECTIONS[{section.name!r}] = {section.name}, (", names, ")", 0, last_comma=True))
    for output, symbols in program.outputs.items():
        names = [repr(symbol.name) for symbol in symbols]
        lines.append(bracketed(f"OUTPUTS[{output!r}] = (", names, ")", 0, last_comma=True))
    return "\n".join(lines)


def evaluate(program: Program) -> str:
    """A function for those who have the module alone."""
    arguments = [
        name if role != "strength" else f"{name}={DEFAULT_STRENGTH}" for name, role in program.parameters.items()
    ]
    reference = [name for name, role in program.parameters.items() if role == "temperature"][-1]
    return "\n".join(
        [
            bracketed("def evaluate(", ["*", *arguments, "T_eq=None", "outputs=None"], "):", 0),
            f'    """Outputs by name; T_eq, the exergy\'s reference temperature, is {reference} unless given.',
            "",
            "    Nothing is checked here: symqb.evaluator refuses invalid and degenerate parameters.",
            '    """',
            bracketed("parameters = dict(", [f"{name}={name}" for name in program.parameters], ")", 4),
            f"    parameters['T_eq'] = {reference} if T_eq is None else T_eq",
            "    return compute(parameters, tuple(OUTPUTS) if outputs is None else tuple(outputs))",
        ]
    )


def bracketed(opening: str, items: Sequence[str], closing: str, indent: int, last_comma: bool = False) -> str:
    """``opening items closing`` on one line, or with the items filling lines of their own."""
    margin = " " * indent
    short = margin + opening + ", ".join(items) + ("," if last_comma and len(items) == 1 else "") + closing
    if len(short) <= WIDTH:
        return short
    inner = margin + "    "
    body = fill(", ".join(items) + ",", WIDTH, initial_indent=inner, subsequent_indent=inner,
                break_long_words=False, break_on_hyphens=False)  # fmt: skip
    return f"{margin}{opening}\n{body}\n{margin}{closing}"


def _dict(items: Mapping[str, str]) -> str:
    return "{\n" + "".join(f"    {key!r}: {value!r},\n" for key, value in items.items()) + "}"


def _sequence(items: Sequence[object]) -> str:
    return "(\n" + "".join(f"    {item!r},\n" for item in items) + ")" if items else "()"

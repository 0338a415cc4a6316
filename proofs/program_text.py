"""The derived program as lines of a statement: what is proved of these lines is proved of the code that users run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from proofs.checker import definition, parse
from symqb.xxz import xxz_chain

#: A word that is not part of another one.
WORD = r"\b{}\b"


@cache
def steps(qubits: int, collective: bool = True) -> tuple[str, ...]:
    """All steps of a chain's program up to the ergotropy, as ``NAME, .. = EXPR``."""
    program = xxz_chain(qubits, collective=collective).program
    names = [section.name for section in program.sections]
    wanted = program.sections[: len(names)]
    return tuple(str(step) for section in wanted for step in section.steps)


def needed(lines: Sequence[str], wanted: Iterable[str], free: Iterable[str] = ()) -> list[str]:
    """The steps that the wanted names need, in order; ``free`` names need none."""
    names, kept, given = set(wanted), [], set(free)
    for line in reversed(lines):
        targets, expr = definition(line)
        if names.intersection(targets) and not given.intersection(targets):
            kept.append(line)
            names |= {node.id for node in ast.walk(parse(expr)) if isinstance(node, ast.Name)}
    return kept[::-1]


def chain(
    wanted: Iterable[str],
    put: Mapping[str, str] | None = None,
    *,
    qubits: int = 2,
    collective: bool = True,
    suffix: str = "",
    free: Iterable[str] = (),
) -> tuple[str, ...]:
    """``let`` lines that define the wanted names of a chain's program, for a statement.

    put: values of the program's parameters as expressions; the others are variables of the statement. suffix: added to
    every name that the program defines, and to the parameters in ``put``, where a statement holds two chains. free:
    steps that are variables of the statement instead.
    """
    chosen = dict(put or {})
    lines = needed(steps(qubits, collective), wanted, free)
    own = {name for line in lines for name in definition(line)[0]} | set(chosen) | set(free)
    if suffix:
        pattern = re.compile(WORD.format(f"({'|'.join(sorted(own, key=len, reverse=True))})"))
        lines = [pattern.sub(rf"\1{suffix}", line) for line in lines]
    read = {node.id for line in lines for node in ast.walk(parse(definition(line)[1])) if isinstance(node, ast.Name)}
    values = [f"{name}{suffix} = {value}" for name, value in chosen.items() if f"{name}{suffix}" in read]
    return tuple(f"let {line}" for line in (*values, *lines))

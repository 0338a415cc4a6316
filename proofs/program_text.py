"""The derived program as lines of a statement: what is proved of these lines is proved of the code that users run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import sympy as sp

from proofs.checker import definition, names_in
from symqb.model import Model
from symqb.program import Call, Step
from symqb.xxz import xxz_chain

#: A word that is not part of another one.
WORD = r"\b{}\b"


@cache
def battery(qubits: int, *, collective: bool = True, cubic: str = "") -> Model:
    """The paper's battery. cubic: the baths with density kappa omega^3 in place of the Ohmic one."""
    return xxz_chain(qubits, collective=collective, densities=dict.fromkeys(cubic, _cube))


def _cube(omega: sp.Expr) -> sp.Expr:
    return omega**3


@cache
def steps(model: Model) -> tuple[str, ...]:
    """All steps of a model's program as ``NAME, .. = EXPR``."""
    return tuple(map(in_words, model.program.steps()))


def in_words(step: Step) -> str:
    """A step in the checker's words, which have logarithms for free energies."""
    if not isinstance(step.value, Call) or step.value.primitive != "free_energy_above_gibbs":
        return str(step)
    T, *given = step.value.arguments
    energies, populations = given[: len(given) // 2], given[len(given) // 2 :]
    partition = " + ".join(f"exp(-{e}/{T})" for e in energies)
    terms = (f"{r}*({e} + {T}*(log({r}) + log({partition})))" for e, r in zip(energies, populations, strict=True))
    return f"{step.targets[0]} = {' + '.join(terms)}"


def needed(lines: Sequence[str], wanted: Iterable[str], free: Iterable[str] = ()) -> list[str]:
    """The steps that the wanted names need, in order; ``free`` names need none."""
    names, kept, given = set(wanted), [], set(free)
    for line in reversed(lines):
        targets, expr = definition(line)
        if names.intersection(targets) and not given.intersection(targets):
            kept.append(line)
            names |= names_in(expr)
    return kept[::-1]


def chain(
    wanted: Iterable[str],
    put: Mapping[str, str] | None = None,
    *,
    model: Model | None = None,
    suffix: str = "",
    free: Iterable[str] = (),
) -> tuple[str, ...]:
    """``let`` lines that define the wanted names of a model's program, two qubits by default, for a statement.

    put: values of the program's parameters as expressions; the others are variables of the statement. suffix: added to
    every name that the program defines, and to the parameters in ``put``, where a statement holds two chains. free:
    steps that are variables of the statement instead.
    """
    chosen = dict(put or {})
    lines = needed(steps(model or battery(2)), wanted, free)
    own = {name for line in lines for name in definition(line)[0]} | set(chosen) | set(free)
    if suffix:
        pattern = re.compile(WORD.format(f"({'|'.join(sorted(own, key=len, reverse=True))})"))
        lines = [pattern.sub(rf"\1{suffix}", line) for line in lines]
    read = {name for line in lines for name in names_in(definition(line)[1])}
    values = [f"{name}{suffix} = {value}" for name, value in chosen.items() if f"{name}{suffix}" in read]
    return tuple(f"let {line}" for line in (*values, *lines))

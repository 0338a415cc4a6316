"""Rates of both directions from one occupation a bath, as the C file computes them.

phi(-omega, T) = phi(omega, T) + omega, so that for strengths c_v of the baths the two total rates of a transition are
|omega| sum_v c_v n_v and the same plus |omega| sum_v c_v, where n_v = 1/(e^(|omega|/T_v) - 1); the sign of omega says
which is which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from symqb.codegen.c_statements import arguments, primitive
from symqb.program import Call, Program, Section, Step
from symqb.symbols import positive


def with_occupations(program: Program) -> Program:
    """The program with an occupation a transition and bath, and the two totals of a transition in one step.

    Total rates are sums of products of rates and strengths.
    """
    phis = {step.targets: arguments(step)[0] for step in program.steps() if primitive(step) == "phi_pair"}

    def rewritten(section: Section) -> Iterator[Step]:
        if section.name == "totals":
            yield from _totals(section.steps, phis)
            return
        for step in section.steps:
            if primitive(step) == "phi_pair":
                yield Step((_occupation(step.targets),), Call("occupation", arguments(step)))
                yield Step(step.targets, Call("both_ways", (phis[step.targets], _occupation(step.targets), sp.S.One)))
            else:
                yield step

    return replace(program, sections=tuple(replace(s, steps=tuple(rewritten(s))) for s in program.sections))


def _occupation(phis: tuple[sp.Symbol, ...]) -> sp.Symbol:
    """The symbol of n for the phi of both signs."""
    return positive(f"n_{phis[0].name.removeprefix('phi_up_')}")


def _totals(steps: tuple[Step, ...], phis: dict[tuple[sp.Symbol, ...], sp.Symbol]) -> Iterator[Step]:
    """Absorption and emission follow each other in the program."""
    for absorption, emission in zip(steps[::2], steps[1::2], strict=True):
        (total,) = arguments(absorption)
        used = [pair for pair in phis if pair[0] in total.free_symbols]
        strengths = [total.coeff(pair[0]) for pair in used]
        weighted = sp.Add(*(c * _occupation(pair) for c, pair in zip(strengths, used, strict=True)))
        targets = (*absorption.targets, *emission.targets)
        yield Step(targets, Call("both_ways", (phis[used[0]], weighted, sp.Add(*strengths))))

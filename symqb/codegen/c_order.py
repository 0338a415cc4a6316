"""Which steps of a program a loop of the C file needs, in which form, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import sympy as sp

from symqb.codegen.c_statements import arguments, primitive, reads
from symqb.program import Program, Section, Step

Sections = list[tuple[str, list[Step]]]


def needed(program: Program, wanted: Iterable[sp.Symbol], given: Iterable[sp.Symbol] = ()) -> Sections:
    """(section, the steps of it that the wanted symbols need, where the given ones are known), in order."""
    missing, known = set(wanted), set(given)
    found: Sections = []
    for section in reversed(program.sections):
        steps = []
        for step in reversed(section.steps):
            if missing.intersection(step.targets) and not known.issuperset(step.targets):
                missing |= reads(step)
                steps.append(step)
        if steps:
            found.append((section.name, steps[::-1]))
    return found[::-1]


def fused(program: Program) -> Program:
    """The program with total rates as sums of products, which fused multiply-adds round once a product.

    Balanced rates are the rates: here the guards compare with the sum of all.
    """
    products = {step.targets[0]: step.value for s in program.sections if s.name == "rates" for step in s.steps}

    def rewritten(section: Section) -> Iterator[Step]:
        for step in section.steps:
            if section.name == "totals":
                yield replace(step, value=arguments(step)[0].xreplace(products))
            elif primitive(step) == "balance":
                yield from (Step((t,), rate) for t, rate in zip(step.targets, arguments(step), strict=True))
            else:
                yield step

    return replace(program, sections=tuple(replace(s, steps=tuple(rewritten(s))) for s in program.sections))


def with_plain_energies(program: Program) -> Program:
    """The program with energies as plain sums: enough for their order and their differences."""
    plain = {
        s.name: tuple(Step(step.targets, sp.Add(*arguments(step))) for step in s.steps)
        for s in program.sections
        if s.name == "energies"
    }
    return replace(program, sections=tuple(replace(s, steps=plain.get(s.name, s.steps)) for s in program.sections))


#: Sections whose steps wait until a later one reads them.
WAITING = ("frequencies", "shifted_roots", "weights", "bose", "densities", "rates", "totals")


def by_need(sections: Sections) -> Sections:
    """The same steps, each before the first that reads it, so that few values wait; totals of one transition together.

    The steps before total rates come under a heading of their own.
    """
    section_of = {step: name for name, steps in sections for step in steps}
    step_of = {target: step for step in section_of for target in step.targets}
    partners = _by_frequency([step for step, name in section_of.items() if name == "totals"])
    ordered: dict[Step, str] = {}

    def place(step: Step, title: str) -> None:
        if step in ordered:
            return
        if section_of[step] == "totals":
            title = f"rates {step.targets[0].name.partition('_')[2]}"
        for symbol in sorted(reads(step) & step_of.keys(), key=str):
            place(step_of[symbol], title)
        ordered[step] = title
        for other in partners.get(step, ()):
            place(other, title)

    def late(item: tuple[Step, str]) -> int:
        """Total rates before what they need, which comes with them; steps that only rename come where they are read."""
        step, name = item
        return 1 if name == "totals" else 2 if name in WAITING or isinstance(step.value, sp.Symbol) else 0

    for step, name in sorted(section_of.items(), key=late):
        place(step, name)
    ordered = _ahead(ordered, [step for step in ordered if section_of[step] == "frequencies"])
    return [(title, list(steps)) for title, steps in groupby(ordered, key=ordered.__getitem__)]


def _ahead(ordered: dict[Step, str], frequencies: list[Step]) -> dict[Step, str]:
    """Each frequency with the one before it, where it can be: it is ready then when its occupations are computed."""
    followers = dict(pairwise(frequencies))
    waiting = {target for step in ordered for target in step.targets}
    placed: dict[Step, str] = {}
    for step, title in ordered.items():
        placed.setdefault(step, title)
        waiting -= set(step.targets)
        follower = followers.get(step)
        if follower and not reads(follower) & waiting:
            placed.setdefault(follower, title)
            waiting -= set(follower.targets)
    return placed


def _by_frequency(totals: Sequence[Step]) -> dict[Step, list[Step]]:
    """For each total rate the others that read phi of the same transition: names that end alike."""
    ends = {step: step.targets[0].name.partition("_")[2] for step in totals}
    return {step: [other for other in totals if ends[other] == ends[step]] for step in totals}

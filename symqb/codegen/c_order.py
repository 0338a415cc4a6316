"""Which steps of a program a loop of the C file needs, in which form, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import sympy as sp

from symqb.codegen.c_leaves import multiples
from symqb.codegen.c_statements import arguments, primitive, reads
from symqb.codegen.known_order import determined
from symqb.program import Call, Program, Section, Step

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


def for_energetics(program: Program) -> Program:
    """The program with fewer operations for what is read as one float.

    Energies that are sorted are plain sums where no symbol is larger than their differences by much. So are gains that
    round once. The ergotropy is a sum of products of which not each but the whole is kept from falling below 0 by
    rounding.
    """
    energies = {
        step.targets[0]: sp.Add(*arguments(step)) for s in program.sections if s.name == "energies" for step in s.steps
    }
    sums = [multiples(sp.Add.make_args(energy)) for energy in energies.values()]
    plain = energies if determined(sums) else {}

    def rewritten(section: Section) -> Iterator[Step]:
        if section.name == "ergotropy":
            yield from _one_positive_part(section.steps)
            return
        for step in section.steps:
            if primitive(step) == "sorted_by":
                yield replace(step, value=Call("sorted_by", tuple(plain.get(x, x) for x in arguments(step))))
            elif section.name == "stored_energy" and rounds_once(multiples(arguments(step)), program.pairs()):
                yield replace(step, value=sp.Add(*arguments(step)))
            else:
                yield step

    return replace(program, sections=tuple(replace(s, steps=tuple(rewritten(s))) for s in program.sections))


def _one_positive_part(steps: Sequence[Step]) -> Iterator[Step]:
    """The positive part of a sum of products in place of the sum of their positive parts."""
    total: sp.Symbol | None = None
    for step in steps:
        (value,) = arguments(step)
        if primitive(step) == "positive_part":
            yield replace(step, value=Call("plus_product", (total, *sp.Mul.make_args(value))) if total else value)
            (total,) = step.targets
        elif total:
            yield replace(step, value=Call("positive_part", (total,)))
        else:
            yield step


def rounds_once(numbers: Mapping[sp.Expr, sp.Rational], pairs: frozenset[sp.Symbol]) -> bool:
    """Whether a sum as it stands rounds once: a multiple of one number, or powers of two times two of them."""
    plain = all(x.is_Symbol and number.q & (number.q - 1) == 0 for x, number in numbers.items())
    exact = len(numbers) == 1 or (len(numbers) == 2 and all(map(is_power_of_two, numbers.values())))
    return plain and exact and not pairs & numbers.keys()


def is_power_of_two(number: sp.Rational) -> bool:
    """Whether a product with this number, of either sign, is exact."""
    return (abs(int(number.p)) * int(number.q)).bit_count() == 1


#: Sections whose steps wait until a later one reads them.
WAITING = ("frequencies", "shifted_roots", "weights", "bose", "densities", "rates", "totals")


def by_need(sections: Sections, wanted: str = "totals") -> Sections:
    """The same steps, each before the first that reads it, so that few values wait.

    Wanted rates of the same phi stay together, and the steps before them come under a heading of their own. ``wanted``
    is the section of these rates.
    """
    section_of = {step: name for name, steps in sections for step in steps}
    step_of = {target: step for step in section_of for target in step.targets}
    partners = _alike([step for step, name in section_of.items() if name == wanted])
    ordered: dict[Step, str] = {}

    def place(step: Step, title: str) -> None:
        if step in ordered:
            return
        if section_of[step] == wanted:
            title = f"rates {step.targets[0].name.partition('_')[2]}"
        for symbol in sorted(reads(step) & step_of.keys(), key=str):
            place(step_of[symbol], title)
        ordered[step] = title
        for other in partners.get(step, ()):
            place(other, title)

    def late(item: tuple[Step, str]) -> int:
        """Wanted rates before what they need, which comes with them; steps that only rename where they are read."""
        step, name = item
        return 1 if name == wanted else 2 if name in WAITING or isinstance(step.value, sp.Symbol) else 0

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


def _alike(rates: Sequence[Step]) -> dict[Step, list[Step]]:
    """For each of these rates the others that read the same phi: names that end alike."""
    ends = {step: step.targets[0].name.partition("_")[2] for step in rates}
    return {step: [other for other in rates if ends[other] == ends[step]] for step in rates}

"""Figures with what is known of them: caption files, with the claims that bear on a figure and their verdicts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from proofs import phases
from proofs.checker import Rationals, compiled, definition, names_in
from proofs.claim import Claim, Claims
from proofs.drawn import drawings
from proofs.paper import appendix_b, appendix_c, section_5
from proofs.program_text import needed
from proofs.prove import catalogue, verdicts_in
from proofs.theorems import limits
from symqb.errors import UnknownChoice
from symqb.figures import FIGURES, Drawing
from symqb.output import write

FOLDER = "figures"
#: The figures that a section shows or comes back to; the summary speaks of all.
SECTIONS = {"III": (3, 4, 5, 6, 7), "IV": (5, 6, 8, 9, 10), "V": (12,), "VI": range(3, 13)}
#: Parameters whose values a claim and a figure may fix.
FIXED = ("B0", "J", "epsilon")
VALUE = re.compile(rf"let ({'|'.join(FIXED)})(\w*) = (-?\d+(?:/\d+)?)")


def figures(folder: Path) -> dict[str, Drawing]:
    """Every figure by name; those that take proofs are drawn from the evidence in ``folder``."""
    return {**FIGURES, **drawings(folder)}


def publish(
    names: Iterable[str], folder: Path, told: Callable[[str], None] = lambda name: None
) -> dict[str, dict[str, Any]]:
    """Draw the named figures, all by default, into ``folder``/figures: NAME as SVG, PDF and caption file.

    Gives the captions by name; ``told`` hears each name when its files are written. Raises ``UnknownChoice``.
    """
    known, wanted, captions = figures(folder), tuple(names), {}
    for name in wanted:
        if name not in known:
            raise UnknownChoice("figure", name, tuple(known))
    for name in wanted or known:
        stem = folder / FOLDER / f"figure_{name}"
        for form, content in known[name].render().items():
            write(stem.with_suffix(f".{form}"), content)
        captions[name] = caption(known[name], folder)
        write(stem.with_suffix(".json"), json.dumps(captions[name], indent=1, ensure_ascii=False) + "\n")
        told(name)
    return captions


def caption(drawing: Drawing, folder: Path) -> dict[str, Any]:
    """What stands in a caption file."""
    verdicts = verdicts_in(folder)
    return {
        "name": drawing.name,
        "title": drawing.title,
        "caption": drawing.caption,
        "alt": drawing.alt,
        "parameters": dict(drawing.parameters),
        "choices": list(drawing.choices),
        "claims": [
            {"claim": name, "status": verdicts[name]["status"], "words": verdicts[name]["words"]}
            for name in about(drawing, verdicts)
        ],
        "data": drawing.digest,
    }


def about(drawing: Drawing, verdicts: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The claims about a figure: what is drawn of them, what the paper says of it, what it says where it shows it."""
    known = catalogue(phases.__name__)  # the printed equations come later, and take seconds
    prose = [
        name for name, claim in known.items() if re.match("Sec|Fig", claim.source) and bears(claim, drawing, known)
    ]
    return [*dict.fromkeys([*_drawn(drawing, known, verdicts), *prose])]


def _drawn(drawing: Drawing, known: Claims, verdicts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Claims that a figure is drawn from."""
    if drawing.name in ("phases", "pocket"):
        yield from (name for name in drawing.numbers if name in known)
    elif drawing.name == "limit":
        yield from (claim.name for claim in limits.claims())
    elif drawing.name == "12_printed":
        printed = (*section_5.EQUATIONS, *appendix_b.EQUATIONS, *appendix_c.EQUATIONS)
        yield from (p.number for p in printed if verdicts.get(p.number, {}).get("status") == "corrected")


def bears(claim: Claim, drawing: Drawing, known: Mapping[str, Claim]) -> bool:
    """Whether a claim of the text or of a caption is about a figure.

    It is if its source names the figure, and then only about those that it names. Otherwise the source names a section
    that shows the figure, and the claim is about what the figure shows, at its parameters.
    """
    if named := figures_in(claim.source):
        return drawing.name.partition("_")[0] in {str(k) for k in named}
    if drawing.name.isdecimal():
        numerals = set(re.findall(r"\b[IV]+\b", claim.source))
        if not any(int(drawing.name) in SECTIONS[n] for n in numerals & set(SECTIONS)):
            return False
    parts = [known[name] for name in leaves_of(claim, known)] if claim.method == "cases" else [claim]
    return any(_shows(part, drawing) and _fits(part, drawing) for part in parts)


def figures_in(source: str) -> set[int]:
    """The figures that a source names: ``Figs. 3-5, 7`` names 3, 4, 5 and 7."""
    numbers = set[int]()
    for text in re.findall(r"Figs?\. (\d+(?:[-, ]+\d+)*)", source):
        for part in text.split(","):
            first, _, last = part.partition("-")
            numbers.update(range(int(first), int(last or first) + 1))
    return numbers


def leaves_of(claim: Claim, known: Mapping[str, Claim]) -> list[str]:
    """The claims that a claim by cases comes down to."""
    if claim.method != "cases":
        return [claim.name]
    return [name for other in claim.rests_on for name in leaves_of(known[other], known)]


def _shows(claim: Claim, drawing: Drawing) -> bool:
    """Whether the claim is about what the figure shows: populations decide ergotropy, equal ones decide everything."""
    words = {word for show in claim.show for word in re.findall(r"[A-Za-z_]\w*", show)}
    if any(re.match(r"p_\d", word) for word in words):
        if all(show.endswith(" = 0") for show in claim.show):
            return bool(drawing.quantities)
        return bool({"populations", "ergotropy"} & set(drawing.quantities))
    # An energy stands for the share that a figure plots: at one field both are of the same span.
    return any(word.startswith(quantity.removesuffix("_fraction")) for word in words for quantity in drawing.quantities)


def _fits(claim: Claim, drawing: Drawing) -> bool:
    """Whether what the claim fixes, and what it demands, agrees with what the figure fixes."""
    targets = {name for let in claim.statement.lets for name in definition(let)[0]}
    qubits = 3 if any(name.startswith("p_8") for name in targets) else 2
    fixed: dict[str, dict[str, Fraction]] = {}
    for found in filter(None, map(VALUE.fullmatch, claim.lets)):
        fixed.setdefault(found[2], {})[found[1]] = Fraction(found[3])
    allowed = {name: _values(drawing.parameters[name]) for name in FIXED if name in drawing.parameters}
    agrees = any(
        all(value in allowed.get(name, [value]) for name, value in group.items())
        for group in (fixed or {"": {}}).values()
    )
    return qubits == drawing.parameters["qubits"] and agrees and _possible(claim, allowed)


def _values(value: Any) -> list[Fraction]:
    return [Fraction(v) for v in (value if isinstance(value, list) else [value])]


def _possible(claim: Claim, allowed: Mapping[str, list[Fraction]]) -> bool:
    """Whether the claim's conditions on a J that it does not fix hold for the figure's, halfway in Delta."""
    if "J" not in claim.domain.names or "J" not in allowed:
        return True
    points = (
        {"J": J, "Delta": J / 2, **{name: values[0] for name, values in allowed.items() if name != "J"}}
        for J in allowed["J"]
    )
    return any(_satisfies(claim, point) for point in points)


def _satisfies(claim: Claim, point: Mapping[str, Fraction]) -> bool:
    """Whether the conditions that the point decides hold there."""
    for condition, sign in claim.statement.conditions:
        lines = needed(claim.statement.lets, names_in(condition), point)
        defined = {name for line in lines for name in definition(line)[0]}
        read = {*names_in(condition), *(name for line in lines for name in names_in(definition(line)[1]))}
        if read - defined <= set(point):
            (value,) = compiled(lines, [condition])(Rationals)(point)
            if not (value > 0 or (value == 0 and sign != ">")):
                return False
    return True

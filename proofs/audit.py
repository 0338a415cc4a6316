"""Every equation of the paper with its verdict: the printed form, what was found, and what holds instead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofs.claim import Claim
from proofs.consequences import FIGURE_12, comparisons
from proofs.notation import NUMBERED, SHOWN, derived, label, sides
from proofs.paper import appendix_a, appendix_b, appendix_c, energy, model, rates, section_5
from proofs.paper.printed import Printed
from proofs.program_text import battery
from proofs.prove import catalogue, stored
from proofs.replaced import changes
from proofs.symbols import as_data as symbols
from proofs.verdict import Status, Verdict
from symqb.latex import latex
from symqb.output import write

AUDIT = "audit.json"
#: Equations that are a level of two or of three qubits: a vector and its energy.
LEVEL = re.compile("(2|21)([a-h])")
PAPER = (model, rates, energy, section_5, appendix_a, appendix_b, appendix_c)


@dataclass(frozen=True)
class Entry:
    """One equation, or a statement in words (without ``latex``, under the claim's name).

    number and latex: as printed; words: what was tried; note: what else there is to say, of the machine reading above
    all; instead and holds: what is proved where the print fails, in words and in relations; derived: the derived form
    in LaTeX, at most ``SHOWN`` relations of it, none for words or where nothing is proved instead; consequence: what
    the steady state becomes with the printed form, where it enters that.
    """

    number: str
    latex: str
    status: Status
    words: str
    reason: str
    note: str
    evidence: str
    instead: str
    holds: tuple[str, ...]
    derived: tuple[str, ...]
    consequence: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {**vars(self), "status": str(self.status), "holds": list(self.holds), "derived": list(self.derived)}


def printed() -> list[Printed]:
    """The equations in the paper's order: (1), (2a), .., (27), (A1), .., (C8), then what has no number."""
    found = [p for module in PAPER for p in module.EQUATIONS]
    return sorted(found, key=lambda p: _place(p.number))


def _place(number: str) -> tuple[int, str, int, str]:
    parts = NUMBERED.fullmatch(number)
    return (0, parts[1], int(parts[2]), parts[3]) if parts else (1, "", 0, number)


def claims() -> list[str]:
    """The names of the claims that decide equations and statements."""
    known = catalogue()
    return [*(p.number for p in printed() if p.number in known), *(claim.name for claim in prose())]


def prose() -> list[Claim]:
    """The claims about what the text and the captions say."""
    return [claim for claim in catalogue().values() if claim.source.startswith(("Sec", "Fig", "App", "Indices"))]


def entries(verdicts: Mapping[str, Verdict]) -> Iterator[Entry]:
    """An entry for each equation, undecided where no claim is about it, then for each statement in words."""
    known, equations = catalogue(), printed()
    for p in equations:
        if p.number in verdicts:
            claim = known[p.number]
            yield _entry(claim, verdicts[p.number], p.latex, claim.words)
        else:
            yield Entry(p.number, p.latex, Status.UNDECIDED, "", "nothing was tried yet", p.reading, "", "", (), (), "")
    written = {p.number for p in equations}
    for claim in prose():
        if claim.name not in written and claim.name in verdicts:
            yield _entry(claim, verdicts[claim.name], "", f"{claim.source}: {claim.words}")


def _entry(claim: Claim, found: Verdict, latex: str, words: str) -> Entry:
    """A claim by cases shows what the first claim that it rests on shows."""
    instead = catalogue()[claim.correction] if found.status is Status.CORRECTED else None
    right = instead or claim
    while right.method == "cases":
        right = catalogue()[right.rests_on[0]]
    shows = _about(right, claim) if instead else right.show
    holds = tuple(" = ".join(filter(None, sides(show))) for show in shows) if instead else ()
    formulas = (
        (_level(right.name) or tuple(derived(right, shows)))[:SHOWN]
        if latex and found.status is not Status.REFUTED
        else ()
    )
    said = instead.words if instead else ""
    return Entry(
        claim.name, latex, found.status, words, found.reason, claim.note, found.evidence, said, holds, formulas,
        str(changes().get(claim.name, "")) if instead else "",
    )  # fmt: skip


def _level(number: str) -> tuple[str, ...]:
    """The derived vector and energy beside a printed pair, empty for other equations.

    The claim itself shows that H v is E v, row by row.
    """
    found = LEVEL.fullmatch(number)
    if not found:
        return ()
    model, k = battery({"2": 2, "21": 3}[found[1]]), "abcdefgh".index(found[2])
    vector, energy = [*model.levels.vectors(model.basis)][k], model.levels[k].energy
    return f"{latex(vector.left)} = {latex(vector.right)}", rf"E_{{{k + 1}}} = {latex(energy)}"


def _about(instead: Claim, wrong: Claim) -> tuple[str, ...]:
    """What a claim shows of the left sides of what is wrong, or all if it has none of them."""
    lefts = {sides(show)[0] for show in wrong.show}
    return tuple(show for show in instead.show if sides(show)[0] in lefts) or instead.show


def misreadable(found: Iterable[Entry]) -> list[str]:
    """The equations that do not hold as read, where the machine reading may err: their ``Printed.reading`` says so."""
    doubtful = {p.number for p in printed() if p.reading}
    return [e.number for e in found if e.status in (Status.CORRECTED, Status.REFUTED) and e.number in doubtful]


def said_of_reading(found: Iterable[Entry]) -> str:
    """What everybody who uses the corrections should know of where the printed forms are from."""
    labels = [*map(label, misreadable(found))]
    first = "What is printed was taken from a machine reading of the paper's pages."
    if not labels:
        return first
    return (
        f"{first} What is wrong in {', '.join(labels)} concerns, at least in part, characters or terms that it may "
        "have misread, as the notes on them say: look at the paper's page before you rely on these corrections."
    )


def as_data(found: Sequence[Entry]) -> dict[str, Any]:
    """What audit.json holds: the entries, what the printed three-qubit system gives beside the derived one, symbols."""
    rounded = [{k: v if isinstance(v, str) else round(v, 6) for k, v in vars(c).items()} for c in comparisons()]
    return {
        "equations": [entry.as_dict() for entry in found], "reading": said_of_reading(found), "at": FIGURE_12,
        "consequences": rounded, **symbols(),
    }  # fmt: skip


def store(found: Sequence[Entry], folder: Path) -> None:
    """Put all of it into ``folder``/audit.json."""
    write(folder / AUDIT, json.dumps(as_data(found), indent=1, ensure_ascii=False) + "\n")


def different(found: Iterable[Entry], folder: Path) -> list[str]:
    """The equations whose status differs from the one in ``folder``/audit.json."""
    path = stored(folder, AUDIT)
    before = json.loads(path.read_text())["equations"] if path.is_file() else []
    statuses = {entry["number"]: entry["status"] for entry in before}
    return [entry.number for entry in found if statuses.get(entry.number, entry.status) != entry.status]

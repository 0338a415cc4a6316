"""Points at which a statement fails, with the numbers there."""

from __future__ import annotations

from proofs.checker import Evidence, check_witness
from proofs.notation import math
from proofs.report.formulas import badge, link, mathml, prose
from proofs.report.markup import Markup, joined, table, tag
from proofs.report.stored import Stored
from proofs.verdict import READABLE

HEADS = ("statement that fails", "what it says", "fails at", "by")


def section(stored: Stored) -> Markup:
    """A row a witness."""
    found = [(name, stored.evidence(name)) for name in stored.verdicts if stored.file(name)]
    rows = [_row(name, known, stored) for name, known in found if known is not None and known.kind == "witness"]
    return tag(
        "section",
        tag("h2", "Counterexamples", id="counterexamples"),
        tag("p", "Exact rational points. The last column is how far the relation is from holding there: what is to be "
            "positive is that much below zero, the two sides of an equation are that much apart."),
        table(f"{len(rows)} statements with a point at which each fails", HEADS, rows),
        aria_labelledby="counterexamples",
    )  # fmt: skip


def _row(name: str, evidence: Evidence, stored: Stored) -> list[Markup]:
    claim, point = stored.claims[name], evidence.content["point"]
    at = joined((mathml(f"{_symbol(key)} = {math(value)}") for key, value in point.items()), ", ")
    far = f"{len(point)} numbers, in {stored.file(name)}"
    return [
        joined([link(name), " ", badge(stored.status(name))]),
        prose(claim.words, stored.names),
        at if 0 < len(point) <= READABLE else tag("span", far if point else "any point"),
        tag("span", _distance(evidence)),
    ]


def _symbol(name: str) -> str:
    """A variable in LaTeX; one that is a word stays a word."""
    return rf"\text{{{name}}}" if (symbol := math(name)) == name and len(name) > 1 else symbol


def _distance(evidence: Evidence) -> str:
    """The witness is checked once more for its number."""
    low, high = check_witness(evidence)
    return f"{min(abs(low), abs(high)):.3g}"

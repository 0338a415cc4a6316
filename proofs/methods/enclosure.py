"""Enclosure: halve boxes of a compact region until ball arithmetic decides the claim on each, and store the tree."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from proofs.checker import Boxes, Evidence
from proofs.claim import Claim
from proofs.methods.balls import Balls

#: Boxes that are tried at most.
BUDGET = 40_000
Box = tuple[list[Fraction], list[Fraction]]


def enclose(claim: Claim, budget: int = BUDGET) -> Evidence:
    """The cover, breadth first, until the claim's ``goal`` of the volume is decided or the budget is spent."""
    boxes = Boxes(claim.statement, Balls)
    n = len(boxes.names)
    marks: dict[str, str] = {}  # by the path from the root, "0" for the lower half
    waiting: list[tuple[str, Box]] = [("", ([Fraction(0)] * n, [Fraction(1)] * n))]
    undecided = Fraction(1)
    for tried, (path, (corner, width)) in enumerate(waiting):  # grows while it is read
        found = boxes.decide(corner, width) if tried < budget and 1 - undecided < claim.goal else None
        if found is not None:
            marks[path] = "h" if found else "f"
            undecided -= prod(width, start=Fraction(1))
        elif tried >= budget or 1 - undecided >= claim.goal:
            marks[path] = "u"
        else:
            marks[path] = "s"
            axis = len(path) % n
            halved = [w / 2 if i == axis else w for i, w in enumerate(width)]
            upper = [a + halved[i] if i == axis else a for i, a in enumerate(corner)]
            waiting += [(path + "0", (corner, halved)), (path + "1", (upper, halved))]
    shares = {
        name: str(sum((Fraction(1, 2 ** len(path)) for path, m in marks.items() if m == mark), start=Fraction(0)))
        for name, mark in (("holds", "h"), ("fails", "f"), ("undecided", "u"))
    }
    content = {
        "claim": claim.name, "kind": "cover", "lines": list(claim.lines), "tree": _packed(marks), "shares": shares,
    }  # fmt: skip
    return Evidence.of(content)


def _packed(marks: dict[str, str]) -> str:
    """Two bits a node in preorder, a leading 1, in hexadecimal: what ``checker.leaves`` reads."""
    order = sorted(marks)  # a path comes right before those that continue it, and 0 before 1: preorder
    return f"{int('1' + ''.join(format('shfu'.index(marks[path]), '02b') for path in order), 2):x}"

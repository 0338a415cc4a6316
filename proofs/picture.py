"""A cover of a rectangle as a map in characters, for the terminal."""

from __future__ import annotations

from typing import TypeGuard

from proofs.checker import Evidence, Statement, leaves

COLUMNS, ROWS = 64, 20
MARKS = {"h": "·", "f": "#", "u": "?"}
LEGEND = "· the claim holds   # it fails   ? undecided"


def is_rectangle(evidence: Evidence | None) -> TypeGuard[Evidence]:
    """Whether the evidence is a cover in two variables."""
    return evidence is not None and evidence.kind == "cover" and len(Statement(evidence.lines).ranges) == 2


def picture(evidence: Evidence) -> str:
    """The cover of a rectangle: the first variable to the right, the second upwards, the mark at each cell's centre."""
    grid = [[" "] * COLUMNS for _ in range(ROWS)]
    for (x, y), (w, h), mark in leaves(evidence.content["tree"], 2):
        for row in _centres(float(y), float(h), ROWS):
            for column in _centres(float(x), float(w), COLUMNS):
                grid[row][column] = MARKS[mark]
    (right, left, last), (upward, low, high) = Statement(evidence.lines).ranges
    top = f"{upward}: {low} to {high}, upwards; {right}: {left} to {last}, to the right"
    return "\n".join([top, *("".join(row) for row in reversed(grid)), LEGEND])


def _centres(start: float, width: float, cells: int) -> range:
    """The cells of an axis whose centres lie in [start, start + width)."""
    first, last = (max(0, -int(-(end * cells - 0.5) // 1)) for end in (start, start + width))
    return range(first, min(last, cells))

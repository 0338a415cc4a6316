"""What a theorem rests on, drawn: layers below each other, each claim above all that it needs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from proofs.report.formulas import MARKS, anchor
from proofs.report.markup import Markup, tag

Needs = Mapping[str, Sequence[str]]

WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 150, 66, 18, 46, 8
LINE, LETTERS = 15, 19
#: How much is cut off the corners, right above and left below, then right below and left above.
CORNERS = {"proved": (0, 0), "corrected": (0, 16), "refuted": (16, 16), "supported": (16, 0), "undecided": (33, 33)}
#: Sweeps that put claims near what they need; more change nothing.
SWEEPS = 8


def layers(needs: Needs) -> list[list[str]]:
    """Claims by the longest way down to them, ordered so that lines cross little."""
    depth = dict.fromkeys(needs, 0)
    for name in _from_top(needs):
        for other in needs[name]:
            depth[other] = max(depth[other], depth[name] + 1)
    rows: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in needs:
        rows[depth[name]].append(name)
    both = {name: [*needs[name], *(other for other in needs if name in needs[other])] for name in needs}
    for _ in range(SWEEPS):
        place = {name: (k + 0.5) / len(row) for row in rows for k, name in enumerate(row)}
        for row in rows:
            row.sort(key=lambda name: math.fsum(place[other] for other in both[name]) / max(len(both[name]), 1))
    return rows


def _from_top(needs: Needs) -> list[str]:
    """Each claim before those that it needs."""
    done: dict[str, None] = {}

    def visit(name: str) -> None:
        for other in needs[name]:
            if other not in done:
                visit(other)
        done[name] = None

    for name in needs:
        if name not in done:
            visit(name)
    return list(reversed(done))


def drawing(needs: Needs, statuses: Mapping[str, str], checked: Set[str], title: str) -> Markup:
    """The graph as SVG; each claim leads to its entry and says its verdict by colour, shape and word.

    checked: the claims that a kernel checked, which say that too.
    """
    rows = layers(needs)
    wide = max(map(len, rows)) * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN
    high = len(rows) * (HEIGHT + DOWN) - DOWN + 2 * MARGIN
    at = {
        name: (wide / 2 + (k - (len(row) - 1) / 2) * (WIDTH + ACROSS), MARGIN + HEIGHT / 2 + level * (HEIGHT + DOWN))
        for level, row in enumerate(rows)
        for k, name in enumerate(row)
    }
    edges = [tag("path", d=_edge(at[name], at[other]), class_="edge") for name in needs for other in needs[name]]
    said = {name: f"{status}, kernel" if name in checked else status for name, status in statuses.items()}
    nodes = [_node(name, statuses[name], said[name], *at[name]) for row in rows for name in row]
    return tag("svg", tag("title", title, id="graph-title"), *edges, *nodes, viewBox=f"0 0 {wide:g} {high:g}",
               width=f"{wide:g}", height=f"{high:g}", role="group", aria_labelledby="graph-title")  # fmt: skip


def _edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x, y), (u, v) = (start[0], start[1] + HEIGHT / 2), (end[0], end[1] - HEIGHT / 2)
    return f"M{x:g} {y:g}C{x:g} {y + DOWN / 2:g} {u:g} {v - DOWN / 2:g} {u:g} {v:g}"


def _node(name: str, status: str, said: str, x: float, y: float) -> Markup:
    lines = [*_lines(name), f"{MARKS[status]} {said}"]
    top = y - (len(lines) - 1) * LINE / 2 + 4
    texts = [
        tag("text", line, x=f"{x:g}", y=f"{top + k * LINE:g}", class_="said" if k == len(lines) - 1 else "name")
        for k, line in enumerate(lines)
    ]
    shape = tag("path", d=outline(status, x, y), class_="shape")
    return tag("a", shape, *texts, href=f"#{anchor(name)}", class_=f"node {status}", aria_label=f"{name}: {said}")


def _lines(name: str) -> list[str]:
    """A name broken at its underscores."""
    lines = [""]
    for part in name.split("_"):
        word = f"{lines[-1]}_{part}" if lines[-1] else part
        if len(word) > LETTERS and lines[-1]:
            lines[-1] += "_"
            word = part
            lines.append("")
        lines[-1] = word
    return lines


def outline(status: str, x: float, y: float) -> str:
    """The shape of a verdict: a box where it is proved, with corners cut off where it is not."""
    a, b = WIDTH / 2, HEIGHT / 2
    first, second = CORNERS[status]
    half = [(a - second, -b), (a, second - b), (a, b - first), (a - first, b)]
    points = (f"{x + sign * u:g} {y + sign * v:g}" for sign in (1, -1) for u, v in half)
    return f"M{'L'.join(points)}Z"


def legend(statuses: Mapping[str, str], checked: Set[str]) -> str:
    """How many of each verdict the drawing shows, and how many a kernel checked."""
    counts = Counter(statuses.values())
    words = [f"{counts[status]} {MARKS[status]} {status}" for status in MARKS if counts[status]]
    words += [f"{len(checked)} checked by Coq"] if checked else []
    return ", ".join(words)

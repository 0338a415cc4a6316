"""Where a rate equation ends up: the closed communicating classes of its graph."""

from __future__ import annotations

import numpy as np

from symqb.parameters import Array


def closed_classes(edges: Array) -> list[Array]:
    """The closed communicating classes of the graph i -> j where ``edges[i, j]``, each a boolean array (levels,).

    One class means a unique steady state, whatever transient levels there are.
    """
    found: list[Array] = []
    undecided = np.ones(len(edges), dtype=bool)
    while undecided.any():
        found.append(_closed_class(edges, int(np.argmax(undecided))))
        undecided &= ~_reached(edges.T, found[-1])
    return found


def _closed_class(edges: Array, level: int) -> Array:
    """A closed class that can be reached from a level: forward until everything reached leads back."""
    while True:
        start = np.arange(len(edges)) == level
        ahead = _reached(edges, start)
        lost = ahead & ~_reached(edges.T, start)
        if not lost.any():
            return ahead
        level = int(np.argmax(lost))


def _reached(edges: Array, start: Array) -> Array:
    """The levels that can be reached from the levels of ``start``, and these."""
    reached, front = start.copy(), start
    while front.any():
        front = edges[front].any(axis=0) & ~reached
        reached |= front
    return reached

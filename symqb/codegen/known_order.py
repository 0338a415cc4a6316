"""What is known of the order of sums before any of them is computed: copied into every generated NumPy module.

A sum is its numbers by what they multiply. Two levels that differ by the sign of one symbol, as E - B0 and E + B0 do,
are exchanged by its sign, which others share, and are E - |B0| and E + |B0| then. Where the difference of two sums has
a known sign, a comparison is left out, and so where it follows from those that are made.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from symqb.codegen.sorting import sorting_network

# --- copied from here ---

Terms = Mapping[Any, Any]
SMALL = 1e-9  # coefficients are small numbers, and this is 0


class Order:
    """Which of the ``size`` places of a network are known to hold no more than which: ``above[i]`` those than i."""

    def __init__(self, pairs: set[tuple[int, int]], size: int):
        self.above = [{j for j in range(size) if i == j or (i, j) in pairs} for i in range(size)]

    def exchanged(self, i: int, j: int) -> None:
        """After the smaller of both is at i, the larger at j."""
        smaller, larger = self.above[i] | self.above[j], self.above[i] & self.above[j]
        for k, those in enumerate(self.above):
            below = those & {i, j}  # the larger is above what one was above, the smaller above what both were
            self.above[k] = those - {i, j} | ({j} if below else set()) | ({i} if len(below) == 2 else set())
        self.above[i], self.above[j] = smaller | {i, j}, larger - {i} | {j}


def exchanges(size: int, never_above: Callable[[int, int], bool]) -> Iterator[tuple[int, int, bool]]:
    """What is left of a network: places i, j, and whether it is known that their contents are exchanged."""
    places = range(size)
    order = Order({(i, j) for i, j in product(places, places) if never_above(i, j)}, size)
    for i, j in sorting_network(size):
        if j not in order.above[i]:
            yield i, j, i in order.above[j]
            order.exchanged(i, j)


def mirrored(sums: Sequence[Terms]) -> Iterator[tuple[int, int, Any]]:
    """Neighbours that differ by the sign of one symbol: that with its negative multiple, the other, the symbol."""
    for i in range(0, len(sums) - 1, 2):
        x, y = sums[i], sums[i + 1]
        changed = [key for key in x.keys() | y.keys() if x.get(key) != y.get(key)]
        if len(changed) == 1 and x.get(changed[0], 0) == -y.get(changed[0], 0):
            yield (i, i + 1, changed[0]) if x[changed[0]] < 0 else (i + 1, i, changed[0])


def never_above(x: Terms, y: Terms, nonnegative: Callable[[Any], bool], parts: Mapping[Any, set[Any]]) -> bool:
    """Whether x <= y by what is known of signs, and of roots, which are no smaller than their ``parts``."""
    difference = {key: y.get(key, 0) - x.get(key, 0) for key in x.keys() | y.keys()}
    positive = {key: c for key, c in difference.items() if c > 0 and nonnegative(key)}
    for key, c in difference.items():
        if key in positive or c == 0:
            continue
        root = next((k for k, spare in positive.items() if key in parts.get(k, ()) and spare >= abs(c)), None)
        if root is None:
            return False
        positive[root] -= abs(c)
    return True


def determined(sums: Sequence[Terms]) -> bool:
    """Whether the differences of the sums say what each symbol is: then no symbol is larger than these by much."""
    rows = [{key: float(x.get(key, 0) - sums[0].get(key, 0)) for key in {**x, **sums[0]}} for x in sums[1:]]
    for key in {key: 0 for x in sums for key in x}:
        pivot = max(rows, key=lambda row: abs(row.get(key, 0.0)), default={})
        if abs(pivot.get(key, 0.0)) < SMALL:
            return False
        rows.remove(pivot)
        for row in rows:
            share = row.get(key, 0.0) / pivot[key]
            row.update({k: row.get(k, 0.0) - share * c for k, c in pivot.items()})
    return True

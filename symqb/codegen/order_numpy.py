"""Sorting of sums of which some are known to be in order: copied into every generated NumPy module.

Two levels that differ by the sign of one row, as E - B0 and E + B0 do, are exchanged by its sign, which others share,
and are E - |B0| and E + |B0| then. Where the difference of two sums has a known sign, a comparison is left out, and so
where it follows from those that are made.
"""

from itertools import product
from typing import Any

import numpy as np

from symqb.codegen.sorting import sorting_network
from symqb.codegen.sums_numpy import Sum, Sums
from symqb.codegen.tape_numpy import Row

# --- copied from here ---


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


class Sorted(Sums):
    """Sums in order."""

    def sorted_by(self, *keys_and_values: Any) -> tuple[Row, ...]:
        rows = [self.tape.row(x) for x in keys_and_values]
        keys, values = rows[: len(rows) // 2], rows[len(rows) // 2 :]
        sums = [self.sums.get((key.place, key.minus)) for key in keys]
        for i in range(0, len(keys) - 1, 2):
            self.mirror(i, keys, values, sums)
        places = range(len(keys))
        order = Order({(i, j) for i, j in product(places, places) if self.never_above(sums[i], sums[j])}, len(keys))
        for i, j in sorting_network(len(keys)):
            if j in order.above[i]:
                continue
            if i in order.above[j]:
                keys[i], keys[j], values[i], values[j] = keys[j], keys[i], values[j], values[i]
            else:
                swap = self.below(keys[j], keys[i])
                keys[i], keys[j] = self.minimum(keys[i], keys[j]), self.maximum(keys[i], keys[j])
                values[i], values[j] = self.exchange(values[i], values[j], swap)
            order.exchanged(i, j)
        return (*keys, *values)

    def mirror(self, i: int, keys: list[Row], values: list[Row], sums: list[Sum | None]) -> None:
        """Sort the sums at i and i + 1 if they differ by the sign of one row."""
        x, y = sums[i], sums[i + 1]
        if x is None or y is None:
            return
        changed = [place for place in x.terms.keys() | y.terms.keys() if x.terms.get(place) != y.terms.get(place)]
        if len(changed) != 1 or x.terms.get(changed[0], 0.0) != -y.terms.get(changed[0], 0.0):
            return
        (place,) = changed
        first, second = (values[i], values[i + 1])[:: -1 if x.terms[place] > 0 else 1]
        negative = self.bitwise(np.right_shift, self.row(place), 63)
        values[i], values[i + 1] = self.exchange(first, second, negative)
        c, size = abs(x.terms[place]), self.magnitude(self.row(place)).place
        for k, number in ((i, -c), (i + 1, c)):
            sums[k] = total = Sum({**x.terms, place: 0.0, size: number})
            keys[k] = self.rough(total)

    def never_above(self, x: Sum | None, y: Sum | None) -> bool:
        """Whether x <= y by what is known of signs, and of roots, which are no smaller than their parts."""
        if x is None or y is None:
            return False
        difference = {k: y.terms.get(k, 0.0) - x.terms.get(k, 0.0) for k in x.terms.keys() | y.terms.keys()}
        positive = {k: c for k, c in difference.items() if c > 0 and self.row(k).nonnegative}
        for place, c in difference.items():
            if place in positive or c == 0:
                continue
            root = next(
                (k for k, spare in positive.items() if place in self.parts.get(k, ()) and spare >= abs(c)), None
            )
            if root is None:
                return False
            positive[root] -= abs(c)
        return True

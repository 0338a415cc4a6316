"""Sorting of sums of which some are known to be in order: copied into every generated NumPy module."""

from typing import Any

import numpy as np

from symqb.codegen.known_order import determined, exchanges, mirrored, never_above
from symqb.codegen.sums_numpy import Sum, Sums
from symqb.codegen.tape_numpy import Row

# --- copied from here ---


class Sorted(Sums):
    """Sums in order."""

    def sorted_by(self, *keys_and_values: Any) -> tuple[Row, ...]:
        rows = [self.tape.row(x) for x in keys_and_values]
        keys, values = rows[: len(rows) // 2], rows[len(rows) // 2 :]
        sums = [self.sums.get((key.place, key.minus)) for key in keys]
        terms = [x.terms if x else {} for x in sums]
        summed = self.rough if all(terms) and determined(terms) else self.value
        for low, high, place in list(mirrored(terms)):
            negative = self.bitwise(np.right_shift, self.row(place), 63)
            values[low], values[high] = self.exchange(values[low], values[high], negative)
            size = self.magnitude(self.row(place)).place
            for k in (low, high):
                sums[k] = total = Sum({**terms[k], place: 0.0, size: terms[k][place]})
                keys[k] = summed(total)
        for i, j, certain in exchanges(len(keys), lambda i, j: self.never_above(sums[i], sums[j])):
            if certain:
                keys[i], keys[j], values[i], values[j] = keys[j], keys[i], values[j], values[i]
            else:
                swap = self.below(keys[j], keys[i])
                keys[i], keys[j] = self.minimum(keys[i], keys[j]), self.maximum(keys[i], keys[j])
                values[i], values[j] = self.exchange(values[i], values[j], swap)
        return (*keys, *values)

    def never_above(self, x: Sum | None, y: Sum | None) -> bool:
        """Whether x <= y by what is known of signs and of roots."""
        if x is None or y is None:
            return False
        return never_above(x.terms, y.terms, lambda place: self.row(place).nonnegative, self.parts)

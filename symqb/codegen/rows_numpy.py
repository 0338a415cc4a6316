"""Arithmetic on rows of a tape: copied into every generated NumPy module.

Without a branch: comparisons are sign bits, and what they select is selected by bits.
"""

from typing import Any

import numpy as np

from symqb.codegen.tape_numpy import Row, Tape, is_number

# --- copied from here ---

TOP_26 = -(2**27)  # a mask that leaves that many bits of a significand


class Rows:
    """Arithmetic on rows: ``tape`` takes the operations, ``limits`` are rows and the numbers between which to stay."""

    def __init__(self, tape: Tape):
        self.tape = tape
        self.limits: list[tuple[Row, float, float]] = []

    def row(self, place: int) -> Row:
        return Row(self.tape, place)

    def times(self, c: float, row: Row) -> Row:
        product: Row = row * abs(c)
        return product.signed(c < 0)

    def bitwise(self, ufunc: Any, x: Row, y: Any) -> Row:
        rows = (x.plain(), self.tape.bits(y) if isinstance(y, int) else y.plain())
        symmetric = ufunc not in (np.left_shift, np.right_shift)
        return self.tape.apply(ufunc, *(sorted(rows, key=lambda row: row.place) if symmetric else rows), integer=True)

    def exchange(self, x: Row, y: Row, mask: Row) -> tuple[Row, Row]:
        """x and y, exchanged where the mask is set."""
        change = self.bitwise(np.bitwise_and, self.bitwise(np.bitwise_xor, x, y), mask)
        swapped = [self.bitwise(np.bitwise_xor, row, change) for row in (x, y)]
        if x.nonnegative and y.nonnegative:
            swapped = [self.claim(row) for row in swapped]
        return swapped[0], swapped[1]

    def below(self, x: Any, y: Any) -> Row:
        """All bits set where x < y, none elsewhere."""
        return self.bitwise(np.right_shift, self.tape.apply(np.subtract, x, y), 63)

    def select(self, mask: Row, x: Any, y: Any) -> Row:
        """x where the mask is set, y elsewhere."""
        return self.exchange(self.tape.row(x), self.tape.row(y), mask)[1]

    def claim(self, x: Row) -> Row:
        """The same row, known to be >= 0."""
        if not x.minus:
            self.tape.nonnegative[x.place] = True
        return x

    def magnitude(self, x: Row) -> Row:
        row = x.signed(x.minus)
        return row if row.nonnegative else self.tape.apply(np.absolute, row, nonnegative=True)

    def maximum(self, x: Row, y: Any) -> Row:
        if x.minus and is_number(y, 0):
            return -self.minimum(-x, 0.0)
        positive = any(self.tape.row(row).nonnegative for row in (x, y))
        return self.tape.apply(np.maximum, x, y, nonnegative=positive)

    def minimum(self, x: Row, y: Any) -> Row:
        positive = all(self.tape.row(row).nonnegative for row in (x, y))
        return self.tape.apply(np.minimum, x, y, nonnegative=positive)

    def split(self, x: Row) -> tuple[Row, Row]:
        top = self.bitwise(np.bitwise_and, x, TOP_26)
        return top, x - top

    def ratio(self, p: int, q: int) -> float:
        return p / q

    def sqrt(self, x: Any) -> Row:
        return self.tape.apply(np.sqrt, x, nonnegative=True)

    def exp(self, x: Any) -> Row:
        return self.tape.apply(np.exp, x, nonnegative=True)

    def log(self, x: Any) -> Row:
        return self.tape.apply(np.log, x)

    def power(self, x: Any, y: float) -> Row:
        return self.tape.apply(np.power, x, y, nonnegative=self.tape.row(x).nonnegative)

"""Recording the sections once, so that blocks of points can replay them: copied into every generated NumPy module.

A section that is run on ``Row`` objects computes nothing: it writes operations on a tape, each only once. What the
tape holds is the program's steps as NumPy's ufuncs, ready for buffers that stay in the cache.
"""

from collections.abc import Sequence
from functools import reduce
from operator import add, mul
from typing import Any, NamedTuple

import numpy as np

# --- copied from here ---


class Operation(NamedTuple):
    """``ufunc`` of earlier rows, on their bits where ``integer``; without ``ufunc``: the input or number ``source``."""

    ufunc: Any
    operands: tuple[int, ...] = ()
    integer: bool = False
    source: Any = None


class Tape:
    """Operations in order; equal ones are one."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.places: dict[Operation, int] = {}
        self.nonnegative: list[bool] = []  # what is seen to be >= 0 by how it is made

    def record(self, operation: Operation, nonnegative: bool) -> "Row":
        place = self.places.setdefault(operation, len(self.operations))
        if place == len(self.operations):
            self.operations.append(operation)
            self.nonnegative.append(nonnegative)
        return Row(self, place)

    def input(self, name: str, nonnegative: bool) -> "Row":
        return self.record(Operation(None, source=name), nonnegative)

    def row(self, x: Any) -> "Row":
        """What is or becomes a row as that, a number as a row that is the same at all points."""
        if hasattr(x, "row"):
            row: Row = x.row()
            return row
        return self.record(Operation(None, source=abs(float(x))), True).signed(x < 0)

    def bits(self, x: int) -> "Row":
        """64 bits, the same at all points."""
        return self.record(Operation(None, integer=True, source=x), False)

    def factors(self, place: int) -> list[Any]:
        """The number and the rows of a product with a number, from the inside out; else 1 alone."""
        operation = self.operations[place]
        if isinstance(operation.source, float):
            return [operation.source]
        for first, second in (operation.operands, operation.operands[::-1]) if operation.ufunc is np.multiply else ():
            inner = self.factors(first)
            if len(inner) > 1 or inner != [1.0]:
                return [*inner, Row(self, second)]
        return [1.0]

    def apply(self, ufunc: Any, *operands: Any, integer: bool = False, nonnegative: bool = False) -> "Row":
        places = tuple(self.row(x).plain().place for x in operands)
        return self.record(Operation(ufunc, places, integer), nonnegative)


class Row:
    """The value of one step at all points, or its negative: signs are free until something must see them."""

    __array_ufunc__ = None  # lets NumPy's numbers leave the arithmetic to us
    __slots__ = ("minus", "place", "tape")

    def __init__(self, tape: Tape, place: int, minus: bool = False):
        self.tape, self.place, self.minus = tape, place, minus

    @property
    def nonnegative(self) -> bool:
        return not self.minus and self.tape.nonnegative[self.place]

    def row(self) -> "Row":
        return self

    def signed(self, minus: bool) -> "Row":
        return Row(self.tape, self.place, self.minus != minus)

    def same(self, other: "Row") -> bool:
        """Whether both are one row with one sign."""
        return (self.place, self.minus) == (other.place, other.minus)

    def plain(self) -> "Row":
        """The same row without a pending sign."""
        if not self.minus:
            return self
        operation = self.tape.operations[self.place]
        if operation.ufunc is np.subtract:
            return self.tape.record(operation._replace(operands=operation.operands[::-1]), False)
        return self.tape.apply(np.subtract, 0.0, self.signed(True))  # of 0 it is 0, not -0

    def __neg__(self) -> "Row":
        return self.signed(True)

    def __add__(self, other: Any) -> "Row":
        if is_number(other, 0):
            return self
        # The older row first and without sign, so that a - b, b - a, -a - b ... share their work.
        a, b = sorted((self, self.tape.row(other)), key=lambda row: row.place)
        same, positive = a.minus == b.minus, a.nonnegative and b.nonnegative
        ufunc = np.add if same else np.subtract
        total = self.tape.apply(ufunc, a.signed(a.minus), b.signed(b.minus), nonnegative=positive)
        return total.signed(a.minus)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if is_number(other, 1):
            return self
        if isinstance(other, Shifted):
            return other * self
        a, b = sorted((self, self.tape.row(other)), key=lambda row: row.place)
        minus = a.minus != b.minus
        a, b = a.signed(a.minus), b.signed(b.minus)
        positive = a.place == b.place or (a.nonnegative and b.nonnegative)
        return self.tape.apply(np.multiply, a, b, nonnegative=positive).signed(minus)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        b = self.tape.row(other)
        a, b, minus = self.signed(self.minus), b.signed(b.minus), self.minus != b.minus
        number, *others = self.tape.factors(a.place)
        if others:  # (2 p)/b = (2/b) p: products with one divisor share their division
            return reduce(mul, others, self.tape.row(number) / b).signed(minus)
        return self.tape.apply(np.divide, a, b, nonnegative=a.nonnegative and b.nonnegative).signed(minus)

    def __rtruediv__(self, other: Any) -> Any:
        return self.tape.row(other) / self

    def __pow__(self, exponent: int) -> Any:
        if exponent < 0:
            return 1.0 / self**-exponent
        half = self ** (exponent // 2) if exponent > 1 else self
        square = half * half if exponent > 1 else half
        return square * self if exponent > 1 and exponent % 2 else square


class Shifted:
    """size * occupied + the positive part of shift * scale, to be added: baths have size and shift in common.

    ``occupied`` is the sum of scales over divisors: ``parts`` of a scale and a divisor, one a bath.
    """

    __array_ufunc__ = None

    def __init__(self, size: Row, shift: Row, parts: Sequence[tuple[Any, Row]]):
        self.size, self.shift, self.parts = size, shift, parts

    def row(self) -> Any:
        scales = reduce(add, (scale for scale, _ in self.parts))
        tape = self.size.tape
        occupied = reduce(add, (tape.apply(np.divide, scale, divisor) for scale, divisor in self.parts))
        low = self.size * occupied
        if tape.row(scales).nonnegative:
            tape.nonnegative[low.place] = True
            return tape.apply(np.maximum, low, low + self.shift * scales, nonnegative=True)
        return low + tape.apply(np.maximum, self.shift, 0.0) * scales

    def __mul__(self, other: Any) -> "Shifted":
        return Shifted(self.size, self.shift, [(scale * other, divisor) for scale, divisor in self.parts])

    __rmul__ = __mul__

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Shifted) and other.shift.same(self.shift):
            return Shifted(self.size, self.shift, [*self.parts, *other.parts])
        return self.row() + other

    def __neg__(self) -> Any:
        return -self.row()

    def __sub__(self, other: Any) -> Any:
        return self.row() - other

    def __truediv__(self, other: Any) -> Any:
        return self.row() / other


def is_number(x: Any, value: float) -> bool:
    """Whether x is this number and no row."""
    return not hasattr(x, "row") and bool(x == value)


def schedule(operations: list[Operation], roots: list[int]) -> list[int]:
    """What the roots need, each operation as late as its first reader allows: few rows are alive at a time."""
    order: list[int] = []
    done: set[int] = set()
    waiting = [(root, False) for root in reversed(roots)]
    while waiting:
        place, ready = waiting.pop()
        if ready:
            order.append(place)
        elif place not in done:
            done.add(place)
            waiting.append((place, True))
            waiting += [(operand, False) for operand in reversed(operations[place].operands) if operand not in done]
    return order


def assign_buffers(operations: list[Operation], order: list[int]) -> dict[int, int]:
    """The number of a buffer for each row in ``order``; a buffer is free again after the last reader of its row."""
    last = {operand: place for place in order for operand in operations[place].operands}
    buffers: dict[int, int] = {}
    free: list[int] = []
    used = 0
    for place in order:
        for operand in dict.fromkeys(operations[place].operands):
            if last[operand] == place and operand in buffers:
                free.append(buffers[operand])  # before the result is placed: ufuncs may work in place
        if not free:
            free.append(used)
            used += 1
        buffers[place] = free.pop()
        if place not in last:  # it is stored or checked at once
            free.append(buffers[place])
    return buffers

"""Arithmetic on rows of a tape, exact sums among it: copied into every generated NumPy module.

Straight arithmetic without a branch: comparisons are sign bits, and what they select is selected by bits.
"""

from collections.abc import Iterable
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from symqb.codegen.tape_numpy import Row, Tape, is_number

# --- copied from here ---

SIGN = -(2**63)  # the bits of -0.0
TOP_26 = -(2**27)  # a mask that leaves that many bits of a significand
EXPONENT = 0x7FF << 52
TWO_EXPONENTS = 0x7FE << 52  # 2^-e has this minus the exponent bits of 2^e


class Sum(NamedTuple):
    """The unevaluated sum hi + lo of two rows; lo may be the number 0. ``rough`` is right to a few roundings."""

    hi: Any
    lo: Any
    rough: Any = None


class Sums:
    """The primitives of Float64 up to the weights, on rows; ``tape`` takes the operations."""

    def __init__(self, tape: Tape):
        self.tape = tape
        self.limits: list[tuple[Row, float]] = []
        self.extremes: tuple[Row, ...] = ()  # the lowest and the highest level, once they are sorted
        self.scale: Any = None  # the sum of all rates

    def bitwise(self, ufunc: Any, x: Row, y: Any) -> Row:
        return self.tape.apply(ufunc, x, self.tape.bits(y) if isinstance(y, int) else y, integer=True)

    def below(self, x: Any, y: Any) -> Row:
        """All bits set where x < y, none elsewhere."""
        return self.bitwise(np.right_shift, self.tape.apply(np.subtract, x, y), 63)

    def select(self, mask: Row, x: Any, y: Any) -> Row:
        """x where the mask is set, y elsewhere."""
        x, y = self.tape.row(x), self.tape.row(y)
        difference = self.bitwise(np.bitwise_and, self.bitwise(np.bitwise_xor, x, y), mask)
        chosen = self.bitwise(np.bitwise_xor, y, difference)
        return self.claim(chosen) if x.nonnegative and y.nonnegative else chosen

    def claim(self, x: Row) -> Row:
        """The same row, known to be >= 0."""
        if not x.minus:
            self.tape.nonnegative[x.place] = True
        return x

    def magnitude(self, x: Row) -> Row:
        return self.tape.apply(np.absolute, x.signed(x.minus), nonnegative=True)

    def maximum(self, x: Row, y: Any) -> Row:
        if x.minus and is_number(y, 0):
            return -self.minimum(-x, 0.0)
        positive = any(self.tape.row(row).nonnegative for row in (x, y))
        return self.tape.apply(np.maximum, x, y, nonnegative=positive)

    def minimum(self, x: Row, y: Any) -> Row:
        positive = all(self.tape.row(row).nonnegative for row in (x, y))
        return self.tape.apply(np.minimum, x, y, nonnegative=positive)

    def largest(self, rows: Iterable[Row]) -> Row:
        return reduce(self.maximum, rows)

    def value(self, x: Any) -> Any:
        return x.hi if isinstance(x, Sum) else x

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

    def exact_sum(self, *terms: Any) -> Sum:
        """The newest row first: what sums have in common is then a sum that they share."""
        pairs = [term if isinstance(term, Sum) else Sum(self.tape.row(term), 0.0) for term in terms or (0.0,)]
        pairs.sort(key=lambda pair: self.age(pair.hi), reverse=True)
        high, low, _ = pairs[0]
        for term in pairs[1:]:
            high, error, _ = self.two_sum(high, term.hi)
            low = error + low + term.lo
        plain = len(pairs) == 1 or (len(pairs) == 2 and all(is_number(pair.lo, 0) for pair in pairs))
        return Sum(*((high, low) if plain else self.fast_two_sum(high, low)[:2]), rough=high)

    def age(self, row: Row) -> tuple[int, int]:
        """Multiples are as old as what they are multiples of."""
        operation = self.tape.operations[row.place]
        if operation.ufunc is not np.multiply:
            return row.place, row.place
        return min(i for i in operation.operands if not isinstance(self.tape.operations[i].source, float)), row.place

    def two_sum(self, a: Row, b: Row) -> Sum:
        if b.place < a.place:
            a, b = b, a
        if a.minus:  # so that the errors of a - b and b - a are one row too
            s, e, _ = self.two_sum(-a, -b)
            return Sum(-s, -e)
        s = a + b
        t = s - a
        return Sum(s, (a - (s - t)) + (b - t))

    def fast_two_sum(self, a: Row, b: Row) -> Sum:
        """a + b without error for |a| >= |b| or a = 0."""
        s = a + b
        return Sum(s, b - (s - a))

    def two_product(self, a: Row, b: Row) -> Sum:
        p = a * b
        (ah, al), (bh, bl) = self.split(a), self.split(b)
        return Sum(p, ((ah * bh - p) + ah * bl + al * bh) + al * bl)

    def split(self, x: Row) -> tuple[Row, Row]:
        top = self.bitwise(np.bitwise_and, x, TOP_26)
        return top, x - top

    def scaled(self, x: Sum, power_of_two: float) -> Sum:
        return Sum(x.hi * power_of_two, x.lo * power_of_two)

    def power_of_two(self, x: Row) -> tuple[Row, Row]:
        """2^e and 2^-e for the exponent e of x."""
        up = self.bitwise(np.bitwise_and, x, EXPONENT)
        return up, self.tape.apply(np.subtract, self.tape.bits(TWO_EXPONENTS), up, integer=True, nonnegative=True)

    def root_of_squares(self, *coefficients_and_parts: Any) -> Sum:
        coefficients, given = coefficients_and_parts[::2], coefficients_and_parts[1::2]
        parts = [part if isinstance(part, Sum) else Sum(self.tape.row(part), 0.0) for part in given]
        up, down = self.power_of_two(self.largest([self.magnitude(part.hi) for part in parts]))
        total = self.exact_sum(*(self.weighted_square(c, x, down) for c, x in zip(coefficients, parts, strict=True)))
        s = self.sqrt(total.hi)
        p = self.two_product(s, s)
        root = self.fast_two_sum(s, ((total.hi - p.hi) - p.lo + total.lo) / (s + s))
        return Sum(self.claim(root.hi * up), root.lo * up)

    def weighted_square(self, c: Any, x: Sum, scale: Row) -> Sum:
        """c (scale x)^2."""
        high, low = x.hi * scale, x.lo * scale
        square = self.two_product(high, high)
        error = square.lo + (high + high) * low
        if float(np.frexp(float(c))[0]) == 0.5:  # a power of two scales without rounding
            return Sum(square.hi * float(c), error * float(c))
        p = self.two_product(square.hi, self.tape.row(c))
        return Sum(p.hi, p.lo + error * float(c))

    def shifted_root(self, alpha: Row, x: Row, gap: Row) -> Row:
        large = self.claim(alpha + self.magnitude(x))
        return self.select(self.below(x, 0.0), gap / large, large)

"""Exact sums and roots of squares on rows of a tape: copied into every generated NumPy module."""

from collections.abc import Iterable
from functools import reduce
from math import frexp
from typing import Any

import numpy as np

from symqb.codegen.pairs_numpy import Pair, two_sum
from symqb.codegen.rows_numpy import Rows
from symqb.codegen.tape_numpy import Row, Tape

# --- copied from here ---

SIGN = -(2**63)  # the bits of -0.0
LEAST_SQUARE = 1e-280  # below this, rounding errors of squares may underflow


class Sum:
    """A sum of rows times small numbers, not computed yet: ``terms`` are those numbers by the rows' places."""

    def __init__(self, terms: dict[int, float]):
        self.terms = {place: c for place, c in sorted(terms.items(), reverse=True) if c}


class Sums(Rows):
    """The primitives of Float64 up to the weights, on rows."""

    def __init__(self, tape: Tape):
        super().__init__(tape)
        self.lows: dict[int, Row] = {}  # what roots are more than their row, by its place
        self.parts: dict[int, set[int]] = {}  # what a root is no smaller than
        self.sums: dict[tuple[int, bool], Sum] = {}  # the sum of which a row, with its sign, is the value

    def exact_sum(self, *terms: Any) -> Sum:
        total: dict[int, float] = {}
        for term in terms:
            for place, c in self.linear(term).items():
                total[place] = total.get(place, 0.0) + c
        return Sum(total)

    def linear(self, x: Any) -> dict[int, float]:
        """A term as numbers by places; powers of two are taken out of products."""
        if isinstance(x, Sum):
            return x.terms
        row = self.tape.row(x)
        sign, place = -1.0 if row.minus else 1.0, row.place
        operation = self.tape.operations[place]
        if operation.ufunc is np.multiply:
            for factor, other in (operation.operands, operation.operands[::-1]):
                number = self.tape.operations[factor].source
                if is_power_of_two(number):
                    return {other: sign * number}
        return {place: sign}

    def scaled(self, x: Sum, power_of_two: float) -> Sum:
        return Sum({place: c * power_of_two for place, c in x.terms.items()})

    def exact(self, x: Sum) -> bool:
        """Whether the terms are floats, without rounding."""
        return not self.lows.keys() & x.terms.keys() and all(is_power_of_two(abs(c)) for c in x.terms.values())

    def value(self, x: Any) -> Any:
        """The sum in one float."""
        if not isinstance(x, Sum):
            return x
        once = len(x.terms) < 2 or (len(x.terms) == 2 and self.exact(x))  # rounded once
        row = self.rough(x) if once else self.normal(x).hi
        self.sums[row.place, row.minus] = x
        return row

    def multiples(self, x: Sum) -> list[Row]:
        """The terms; the newest row first, so that sums share what they have in common."""
        return [self.times(c, self.row(place)) for place, c in x.terms.items()] or [self.tape.row(0.0)]

    def rough(self, x: Sum) -> Row:
        """The sum, right to a few roundings."""
        return reduce(Row.__add__, self.multiples(x))

    def normal(self, x: Sum) -> Pair:
        """The sum as its float and the error of that, to about 2^-94 of the largest term; so are sums of two floats."""
        if len(x.terms) < 2 and all(is_power_of_two(abs(c)) for c in x.terms.values()):
            lows = [self.times(c, self.lows[place]).plain() for place, c in x.terms.items() if place in self.lows]
            return Pair(self.rough(x).plain(), lows[0] if lows else 0.0)
        if len(x.terms) == 2 and self.exact(x):
            return two_sum(*self.multiples(x))
        high, low = self.cut(x)
        total = high + low
        return Pair(total, low - (total - high))  # no error, as high is a multiple of the last place of low

    def cut(self, x: Sum) -> tuple[Row, Row]:
        """The sum as that of high and of low parts of all terms.

        The parts, high = (x + c) - c and low = x - high, have no error: Sterbenz, and low is what x + c is rounded by.
        With n the numbers, 2^-k their last binary digit, M the largest row and c >= 4 M 2^k (|n_1| + |n_2| + ...),
        2^e being the power of two at or below c, the highs are multiples of 2^(e-53); all sums of n high are multiples
        of 2^(e-53-k) below 2^(e-k), so they have no error either. The lows are below 2^-44 M, and their sum is right
        to the relative error of floats, without error where all terms are above 2^-40 M.
        """
        c = self.above(x)
        highs, lows = [], []
        for place, number in x.terms.items():
            row = self.row(place)
            high = self.tape.apply(np.subtract, row + c, c)  # with the sign of the row, as low has it
            low = row - high
            highs.append(self.times(number, high))
            lows.append(self.times(number, low + self.lows[place] if place in self.lows else low))
        return reduce(Row.__add__, highs), reduce(Row.__add__, lows)

    def above(self, x: Sum) -> Row:
        """c of ``cut``."""
        size = sum(map(abs, x.terms.values())) * max(c.as_integer_ratio()[1] for c in x.terms.values())
        return self.times(max(128.0, 4.0 * 2.0 ** frexp(size)[1]), self.largest_term([x]))

    def largest_term(self, sums: Iterable[Sum]) -> Row:
        """The largest magnitude of the rows in sums; roots are no smaller than their parts, which need no look then."""
        places = {place for x in sums for place in x.terms}
        places = places.difference(*(self.parts.get(place, ()) for place in places))
        rows = (self.magnitude(self.row(place)) for place in places)
        return reduce(self.maximum, sorted(rows, key=lambda row: row.place))

    def smallest(self, sums: Iterable[Sum]) -> Row:
        """Roughly the smallest magnitude of sums, multiples of a row counting as the row."""
        signs: dict[tuple[Any, ...], set[float]] = {}
        for x in sums:
            *others, (place, c) = x.terms.items()
            sign = -1.0 if others and others[0][1] < 0 else 1.0
            signs.setdefault((place, abs(c), *((i, sign * n) for i, n in others)), set()).add(sign * c)
        found: list[Row] = []
        for (place, c, *others), numbers in signs.items():
            last = self.magnitude(self.row(place)) * (c if others else min(c, 1.0))
            if len(numbers) == 2:  # min(|x + y|, |x - y|) = ||x| - |y||
                last = self.magnitude(self.magnitude(self.rough(Sum(dict(others)))) - last)
            elif others:
                last = self.magnitude(self.rough(Sum({**dict(others), place: numbers.pop()})))
            found.append(last)
        return reduce(self.minimum, found[1:], found[0])

    def root_of_squares(self, *coefficients_and_parts: Any) -> Sum:
        coefficients, given = coefficients_and_parts[::2], coefficients_and_parts[1::2]
        parts = [part if isinstance(part, Sum) else self.exact_sum(part) for part in given]
        squares = [self.weighted_square(float(c), self.normal(x)) for c, x in zip(coefficients, parts, strict=True)]
        total, low = squares[0]
        for square in squares[1:]:
            total, error = two_sum(total, square.hi)
            low = low + square.lo + error
        rounded = self.claim(total + low)
        self.limits.append((rounded, LEAST_SQUARE, np.inf))
        root = self.sqrt(rounded)
        top, rest = self.split(root)
        self.lows[root.place] = ((total - top * top) - rest * (root + top) + low) / (root + root)
        self.parts[root.place] = {
            place
            for c, x in zip(coefficients, parts, strict=True)
            for place, number in x.terms.items()
            if len(x.terms) == 1 and c * number**2 >= 1
        }
        return Sum({root.place: 1.0})

    def weighted_square(self, c: float, x: Pair) -> Pair:
        """c x^2 to 2^-78."""
        top, rest = self.split(x.hi)
        high, low = top * top, (rest + x.lo) * (x.hi + top)
        if is_power_of_two(c):
            return Pair(high * c, low * c)
        top, rest = self.split(high)
        return Pair(top * c, (low + rest) * c)

    def shifted_root(self, alpha: Row, x: Row, gap: Row) -> Row:
        """By its sign bit: at x = -0.0 both forms are the same."""
        large = self.claim(alpha + self.magnitude(x))
        pair = self.exchange(large, gap / large, self.bitwise(np.right_shift, x.signed(x.minus), 63))
        return pair[x.minus]


def is_power_of_two(x: Any) -> bool:
    """Whether x is such a number, positive."""
    return isinstance(x, float) and frexp(x)[0] == 0.5

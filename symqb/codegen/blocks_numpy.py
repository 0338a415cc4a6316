"""The program's primitives on rows of a tape: copied into every generated NumPy module.

Every primitive is straight arithmetic: no branch, and comparisons are sign bits that select by bits. What Float64
refuses or rescues is not mended here but noted: ``limits`` are rows that must stay above a number.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from symqb.codegen.arithmetic_numpy import SMALLEST, SMALLEST_RATE
from symqb.codegen.evaluate_numpy import SAFE_EXIT
from symqb.codegen.tape_numpy import Row, Shifted, Tape, is_number

# --- copied from here ---

SIGN = -(2**63)  # the bits of -0.0
TOP_13, TOP_40 = -(2**40), -(2**13)  # masks that leave that many bits of a significand
EXPONENT = 0x7FF << 52
TWO_EXPONENTS = 0x7FE << 52  # 2^-e has this minus the exponent bits of 2^e
LEAST_FREQUENCY = 1e-250  # phi(omega, T) at this omega is T, as at 0
LEAST_TEMPERATURE = 1e-270  # phi(omega, T) at this T is 0, as at 0


class Sum(NamedTuple):
    """The unevaluated sum hi + lo of two rows; lo may be the number 0. ``rough`` is right to a few roundings."""

    hi: Any
    lo: Any
    rough: Any = None


class Blocks:
    """Float64 for rows; ``tape`` takes the operations."""

    def __init__(self, tape: Tape):
        self.tape = tape
        self.limits: list[tuple[Row, float]] = []

    def exact_sum(self, *terms: Any) -> Sum:
        """The newest row first: what sums have in common is then a sum that they share."""
        pairs = [term if isinstance(term, Sum) else Sum(self.tape.row(term), 0.0) for term in terms]
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
        top = self.bitwise(np.bitwise_and, x, -(2**27))
        return top, x - top

    def bitwise(self, ufunc: Any, x: Row, y: Any) -> Row:
        return self.tape.apply(ufunc, x, self.tape.bits(y) if isinstance(y, int) else y, integer=True)

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

    def claim(self, x: Row) -> Row:
        """The same row, known to be >= 0."""
        self.tape.nonnegative[x.place] = not x.minus
        return x

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

    def largest(self, rows: Any) -> Row:
        first, *rest = rows
        for row in rest:
            first = self.maximum(first, row)
        return first

    def below(self, x: Row, y: Any) -> Row:
        """All bits set where x < y, none elsewhere."""
        return self.bitwise(np.right_shift, self.tape.apply(np.subtract, x, y), 63)

    def select(self, mask: Row, x: Any, y: Any) -> Row:
        """x where the mask is set, y elsewhere."""
        x, y = self.tape.row(x), self.tape.row(y)
        difference = self.bitwise(np.bitwise_and, self.bitwise(np.bitwise_xor, x, y), mask)
        chosen = self.bitwise(np.bitwise_xor, y, difference)
        return self.claim(chosen) if x.nonnegative and y.nonnegative else chosen

    def phi_pair(self, omega: Sum, T: Row) -> tuple[Shifted, Shifted]:
        if omega.hi.minus:
            return self.phi_pair(Sum(-omega.hi, -omega.lo), T)[::-1]
        size, low = self.size(omega)
        size = self.maximum(size, LEAST_FREQUENCY)
        x, x_low = self.quotient(size, low, self.maximum(T, LEAST_TEMPERATURE))
        e = self.tape.apply(np.expm1, x, nonnegative=True)
        smaller = size / self.claim(e + (e + 1.0) * x_low)  # x_low < 1e-11 x: its square changes no digit
        up = self.maximum(omega.hi, 0.0)
        down = self.tape.apply(np.subtract, up, omega.hi, nonnegative=True)
        return Shifted(smaller, down), Shifted(smaller, up)

    def size(self, omega: Sum) -> tuple[Row, Any]:
        """|omega| as hi and lo."""
        if is_number(omega.lo, 0):
            return self.magnitude(omega.hi), 0.0
        sign = self.bitwise(np.bitwise_and, omega.hi, SIGN)
        return self.magnitude(omega.hi), self.bitwise(np.bitwise_xor, omega.lo, sign)

    def quotient(self, size: Row, low: Any, T: Row) -> tuple[Row, Row]:
        """(size + low)/T as 40 bits and a positive rest: where e^x overflows, so does all that is added to it."""
        T_high = self.bitwise(np.bitwise_and, T, TOP_13)
        inverse = 1.0 / T
        x = self.claim(self.bitwise(np.bitwise_and, size * (inverse * (1.0 - 2.0**-38)), TOP_40))
        rest = (size - x * T_high) - x * (T - T_high) + low
        return x, rest * inverse

    def balance(self, *totals: Any) -> tuple[Row, ...]:
        rates = [self.tape.row(total) for total in totals]
        largest = self.largest(rates)
        self.limits.append((largest, SMALLEST_RATE))
        down = self.power_of_two(largest)[1]
        return tuple(rate * down for rate in rates)

    def standard_part(self, x: Any) -> Any:
        return x

    def sorted_by(self, *keys_and_values: Any) -> tuple[Row, ...]:
        rows = [self.tape.row(x) for x in keys_and_values]
        keys, values = rows[: len(rows) // 2], rows[len(rows) // 2 :]
        for i, j in sorting_network(len(keys)):
            swap = self.below(keys[j], keys[i])
            keys[i], keys[j] = self.minimum(keys[i], keys[j]), self.maximum(keys[i], keys[j])
            change = self.bitwise(np.bitwise_and, self.bitwise(np.bitwise_xor, values[i], values[j]), swap)
            values[i], values[j] = (self.bitwise(np.bitwise_xor, values[k], change) for k in (i, j))
        return (*keys, *values)

    def descending(self, *values: Any) -> tuple[Row, ...]:
        rows = [self.tape.row(x) for x in values]
        for i, j in sorting_network(len(rows)):
            rows[i], rows[j] = self.maximum(rows[i], rows[j]), self.minimum(rows[i], rows[j])
        return tuple(rows)

    def positive_part(self, x: Row) -> Row:
        return self.maximum(x, 0.0)

    def free_energy_above_gibbs(self, T: Row, *energies_and_populations: Any) -> Row:
        rows = [self.tape.row(x) for x in energies_and_populations]
        r = rows[len(rows) // 2 :]
        d = [e - rows[0] for e in rows[: len(r)]]
        inverse = 1.0 / self.maximum(T, LEAST_TEMPERATURE)
        y = [x * inverse for x in d]
        weights = [self.exp(-x) for x in y]
        z = sum(weights[1:], weights[0])
        terms = [self.above_gibbs(p, w / z, x, self.log(z)) for p, w, x in zip(r, weights, y, strict=True)]
        cold = [p * x for p, x in zip(r, d, strict=True)]
        total = T * sum(terms[1:], terms[0])
        return self.select(self.below(T, LEAST_TEMPERATURE), sum(cold[1:], cold[0]), total)

    def above_gibbs(self, r: Row, g: Row, y: Row, log_z: Row) -> Row:
        near = g * self.relative_entropy(r / g - 1.0)
        far = r * (self.log(self.maximum(r, SMALLEST)) + y + log_z) - (r - g)
        return self.select(self.below(self.magnitude(r - g), 0.5 * g), near, far)

    def relative_entropy(self, x: Row) -> Row:
        """(1+x) ln(1+x) - x, by its series where |x| < 0.03."""
        series: Any = 1.0 / (12 * 11)
        for n in range(11, 1, -1):
            series = 1.0 / (n * (n - 1)) - x * series
        plain = (1.0 + x) * self.tape.apply(np.log1p, x) - x
        return self.select(self.below(self.magnitude(x), 0.03), x * x * series, plain)

    def entropy_flow(self, up: Any, down: Any, p_lower: Row, p_upper: Row, omega: Row, T: Row) -> Row:
        up, down = self.tape.row(up), self.tape.row(down)
        net = up - down
        falling = -net * self.tape.apply(np.log1p, -net / up)
        direct = self.select(self.below(0.0, net), net * self.tape.apply(np.log1p, net / down), falling)
        ratio = self.log(self.maximum(p_lower, SMALLEST)) - self.log(self.maximum(p_upper, SMALLEST)) - omega / T
        comparable = self.below(1e-290 * self.maximum(up, down), self.minimum(up, down))
        flow = self.select(comparable, direct, self.maximum(net * ratio, 0.0))
        return self.select(self.below(self.magnitude(net), SMALLEST), 0.0, flow)


def sorting_network(size: int) -> Iterator[tuple[int, int]]:
    """Batcher's odd-even merges (Knuth, 5.2.2, algorithm M): pairs to compare and exchange, in order."""
    p = 1
    while p < size:
        k = p
        while k:
            for first in range(k % p, size - k, 2 * k):
                for i in range(first, min(first + k, size - k)):
                    if i // (2 * p) == (i + k) // (2 * p):
                        yield i, i + k
            k //= 2
        p *= 2

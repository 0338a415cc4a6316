"""The program's other primitives on rows of a tape: copied into every generated NumPy module.

What Float64 refuses or rescues is not mended here but noted: ``limits`` are rows that must stay between numbers.
"""

from typing import Any

import numpy as np

from symqb.codegen.arithmetic_numpy import SMALLEST
from symqb.codegen.order_numpy import Sorted
from symqb.codegen.sorting import sorting_network
from symqb.codegen.sums_numpy import SIGN, Sum
from symqb.codegen.tape_numpy import Row, Shifted, is_number

# --- copied from here ---

TOP_13, TOP_40 = -(2**40), -(2**13)  # masks that leave that many bits of a significand
# Both are added where 0 would not do, and change no other frequency or temperature.
LEAST_FREQUENCY = 2.0**-465  # phi(omega, T) at this omega is T, as at 0
LEAST_TEMPERATURE = 1e-270  # phi(omega, T) at this T is 0, as at 0


class Blocks(Sorted):
    """Float64 for rows."""

    def phi_pair(self, omega: Sum, T: Row) -> tuple[Shifted, Shifted]:
        high, low = self.normal(omega)
        size, size_low = self.magnitudes(high, low)
        x, x_low = self.quotient(size, size_low, T + LEAST_TEMPERATURE)
        e = self.tape.apply(np.expm1, x, nonnegative=True)
        divisor = self.claim(e + (e + 1.0) * x_low)  # x_low < 1e-11 x: its square changes no digit
        return Shifted(size, -high, [(1.0, divisor)]), Shifted(size, high, [(1.0, divisor)])

    def magnitudes(self, high: Row, low: Any) -> tuple[Row, Any]:
        """|high + low| as two rows, and not 0."""
        if high.minus:
            return self.magnitudes(-high, -low)
        size = self.magnitude(high) + LEAST_FREQUENCY
        if is_number(low, 0):
            return size, low
        return size, self.bitwise(np.bitwise_xor, low, self.bitwise(np.bitwise_and, high, SIGN))

    def quotient(self, size: Row, low: Any, T: Row) -> tuple[Row, Row]:
        """(size + low)/T as 40 bits and a positive rest: where e^x overflows, so does all that is added to it."""
        T_high = self.bitwise(np.bitwise_and, T, TOP_13)
        inverse = (1.0 - 2.0**-38) / T
        x = self.claim(self.bitwise(np.bitwise_and, size * inverse, TOP_40))
        rest = (size - x * T_high) - x * (T - T_high) + low
        return x, rest * inverse  # of some 2^-37 x, right to 2^-38 of itself

    def balance(self, *totals: Any) -> tuple[Row, ...]:
        """The common factor is 1: elimination multiplies rates by ratios, never by rates."""
        return tuple(self.tape.row(total) for total in totals)

    def standard_part(self, x: Any) -> Any:
        return x

    def descending(self, *values: Any) -> tuple[Row, ...]:
        rows = [self.tape.row(x) for x in values]
        for i, j in sorting_network(len(rows)):
            rows[i], rows[j] = self.maximum(rows[i], rows[j]), self.minimum(rows[i], rows[j])
        return tuple(rows)

    def positive_part(self, x: Row) -> "Positive":
        return Positive(self, x)

    def free_energy_above_gibbs(self, T: Row, *energies_and_populations: Any) -> Row:
        rows = [self.tape.row(x) for x in energies_and_populations]
        r = rows[len(rows) // 2 :]
        d = [e - rows[0] for e in rows[: len(r)]]
        inverse = 1.0 / T + LEAST_TEMPERATURE
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


class Positive:
    """The positive part of a row that is below 0 by rounding alone: the sum of such parts is that of their sum."""

    def __init__(self, blocks: Blocks, x: Row):
        self.blocks, self.x = blocks, x

    def row(self) -> Row:
        return self.blocks.maximum(self.x, 0.0)

    def __add__(self, other: Any) -> Any:
        return Positive(self.blocks, self.x + other.x) if isinstance(other, Positive) else self.row() + other

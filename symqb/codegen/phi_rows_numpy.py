"""phi to its last digits on rows of a tape: copied into every generated NumPy module."""

from functools import reduce
from operator import add
from typing import Any

import numpy as np

from symqb.codegen.blocks_numpy import TOP_40, Blocks
from symqb.codegen.pairs_numpy import Pair, two_sum
from symqb.codegen.phi_rational import FAR, LN2, LN2_REST, LOG2E, SHIFT, C
from symqb.codegen.sums_numpy import Sum
from symqb.codegen.tape_numpy import Row

# --- copied from here ---


class PreciseBlocks(Blocks):
    """Blocks for rates by bath: phi(omega, T) and phi(-omega, T) are right to 2 units in the last place."""

    def __init__(self, blocks: Blocks):
        super().__init__(blocks.tape)
        self.lows = blocks.lows

    def phi_pair(self, omega: Sum, T: Row) -> Any:
        """The recipe of symqb/codegen/phi_rational.py in pairs, 2^k in two factors."""
        high, low = self.normal(omega)
        size, low = self.magnitudes(high, low)
        inverse, inverse_low = self.inverse(T)
        k = (SHIFT - size * (LOG2E * inverse)) - SHIFT
        half = k * 0.5 + SHIFT
        q = self.power_of_two(half), self.power_of_two((k - (half - SHIFT)) + SHIFT)
        w = self.reduced(Pair(size, low), k, T)
        y, y_low = self.product(w.hi, inverse)
        n = self.occupation_over(Pair(y, y_low + (w.hi * inverse_low + w.lo * inverse)), q[0] * q[1])
        product = self.product(size, n.hi)
        near = (product.hi + (product.lo + (size * n.lo + n.hi * low))) * q[0] * q[1]
        smaller = self.claim(self.select(self.below(size, T * FAR), near, 0.0))
        larger = self.claim(self.magnitude(high) + (smaller + low))
        falls = self.bitwise(np.right_shift, high.signed(high.minus), 63)
        both = self.exchange(smaller, larger, falls)
        return both[::-1] if high.minus else both

    def inverse(self, T: Row) -> Pair:
        """1/(2 T)."""
        half = 0.5 * (1.0 / T)
        product = self.product(half, T)
        return Pair(half, ((0.5 - product.hi) - product.lo) * (half + half))

    def reduced(self, size: Pair, k: Row, T: Row) -> Pair:
        """|omega| + k T ln 2: multiples of the step's high part, which has few bits, are exact."""
        step, error = self.product(T, self.tape.row(LN2))
        few_bits = self.bitwise(np.bitwise_and, step, TOP_40)
        steps = k * few_bits
        part = size.hi + steps
        rest = k * ((step - few_bits) + (T * LN2_REST + error)) + size.lo
        return two_sum(part, (size.hi - (part - steps)) + rest)

    def occupation_over(self, y: Pair, q: Row) -> Pair:
        """m/((1 - q) m + 2 y), which is 1/q times the occupation."""
        z = y.hi * y.hi
        h = z * reduce(lambda value, c: value * z + c, reversed(C[:-1]), C[-1])
        d = h - y.hi
        m = d + 1.0
        m_low = (d - (m - 1.0)) + ((h - (d + y.hi)) - y.lo)
        r = 1.0 - q
        product = self.product(r, m)
        below = two_sum(product.hi, y.hi + y.hi)
        rest = reduce(add, (below.lo, product.lo, r * m_low, ((1.0 - r) - q) * m, y.lo + y.lo))
        inverse = 1.0 / below.hi
        n = m * inverse
        product = self.product(n, below.hi)
        return Pair(n, (((m - product.hi) - product.lo) + m_low - n * rest) * inverse)

    def product(self, x: Row, y: Row) -> Pair:
        """x y to 2^-104 of itself."""
        p, (x_top, x_rest), (y_top, y_rest) = x * y, self.split(x), self.split(y)
        return Pair(p, ((x_top * y_top - p) + x_top * y_rest + x_rest * y_top) + x_rest * y_rest)

    def power_of_two(self, t: Row) -> Row:
        """2^k for t = SHIFT + k and -1023 < k <= 0."""
        return self.claim(self.bitwise(np.left_shift, t, 52))

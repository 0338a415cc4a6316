"""exp(M t) of a rate equation, componentwise accurate: nothing but sums and products of positive numbers.

With q the largest exit rate, P = 1 + M/q is a matrix of probabilities, and exp(M t) = exp(q t (P - 1)) is a positive
multiple of exp(q t P), whose Taylor terms are all >= 0. That multiple makes the columns sum to 1. The one subtraction,
on the diagonal of P, does no harm: there the series begins with 1.
"""

from __future__ import annotations

import numpy as np

from symqb.parameters import Array


class Propagator:
    """p(t) = exp(M t) p(0) for dp/dt = M p.

    ``rates``: shape (levels, levels), entry [j, i] the rate i -> j, diagonal 0. Populations keep their relative
    accuracy however small they are, but for what a relative error of 1e-16 in t or in a rate does to them.
    """

    def __init__(self, rates: Array):
        self._rates, self._exits = rates, rates.sum(axis=0)
        self.clock = float(self._exits.max()) or 1.0
        jumps = (rates + np.diag(self.clock - self._exits)) / self.clock
        self._jumps = jumps
        self._powers = [_exponential(jumps, 1.0, np.eye(len(jumps)))]  # exp(M 2^k / q) for k = 0, 1, ...

    def __call__(self, times: Array, start: Array) -> Array:
        """Populations at ``times`` (any shape, >= 0) from ``start`` (levels,), shape (*times.shape, levels)."""
        ticks = self.clock * np.ravel(times)
        whole = np.floor(ticks)
        found = _exponential(self._jumps, ticks - whole, np.repeat(start[:, None], ticks.size, axis=1))
        for k in range(int(np.frexp(whole.max(initial=0.0))[1])):
            odd = np.floor(np.ldexp(whole, -k)) % 2 == 1
            found[:, odd] = _normalised(self._power(k) @ found[:, odd])
        return found.T.reshape(*np.shape(times), len(start))

    def derivative(self, populations: Array) -> Array:
        """dp/dt for populations (levels,)."""
        return self._rates @ populations - self._exits * populations

    def _power(self, k: int) -> Array:
        while len(self._powers) <= k:
            self._powers.append(_normalised(self._powers[-1] @ self._powers[-1]))
        return self._powers[k]


def _exponential(jumps: Array, ticks: Array, start: Array) -> Array:
    """exp(ticks (P - 1)) on each column of ``start``, by the Taylor series of exp(ticks P); one ticks a column."""
    total = term = start
    k = 0
    while True:
        k += 1
        term = jumps @ term * (ticks / k)
        larger = total + term
        # A level at distance d enters with term d, so while some are missing each term adds one: none is overlooked.
        if np.array_equal(larger, total):
            return _normalised(total)
        total = larger


def _normalised(columns: Array) -> Array:
    """Columns that sum to 1.

    Safe: exact probabilities sum to 1, and a sum of positive numbers is right to rounding, so this changes every entry
    by rounding only. Needed: an unchecked error of 1e-16 in that sum doubles with each squaring.
    """
    return columns / columns.sum(axis=0)

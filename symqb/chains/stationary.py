"""Stationary populations by elimination, sector after sector, without a subtraction.

Grassmann, Taksar and Heyman (1985); entrywise accurate by O'Cinneide (1993). Rates connect adjacent sectors only, so
eliminating the levels of the topmost sector left changes rates in the sector below it and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from symqb.chains.transitions import Transitions, by_sector, starts
from symqb.parameters import Array

#: Rates are scaled to 1 at most. With pivots above this, what underflow loses is below 1e-250 in any population.
SAFE_PIVOT = 1e-50


class Arithmetic(NamedTuple):
    """What elimination needs of numbers >= 0."""

    zero: float
    one: float
    plus: np.ufunc
    times: np.ufunc
    over: np.ufunc


PLAIN = Arithmetic(0.0, 1.0, np.add, np.multiply, np.divide)
LOGARITHMS = Arithmetic(-np.inf, 0.0, np.logaddexp, np.add, np.subtract)


def populations(transitions: Transitions, members: Array) -> Array:
    """Populations (P, levels) at points whose closed communicating class is ``members`` (levels,), 0 outside it.

    Points at which a pivot is tiny or a sum overflows are solved again in logarithms.
    """
    up, down = (rates.sum(axis=0) for rates in transitions.rates())
    largest = np.maximum(up.max(axis=-1), down.max(axis=-1))[:, None]
    found, pivots = _solve(transitions.qubits, up / largest, down / largest, members, PLAIN)
    total = found.sum(axis=-1, keepdims=True)
    weak = ~((pivots > SAFE_PIVOT) & np.isfinite(total[:, 0]))
    found /= total
    if weak.any():
        up, down = (np.logaddexp.reduce(rates, axis=0) for rates in transitions.at(weak).log_rates())
        found[weak] = _from_logarithms(_solve(transitions.qubits, up, down, members, LOGARITHMS)[0])
    whole = np.zeros((len(found), len(members)))
    whole[:, members] = found
    return whole


def _from_logarithms(found: Array) -> Array:
    scaled = np.exp(found - found.max(axis=-1, keepdims=True))
    normalised: Array = scaled / scaled.sum(axis=-1, keepdims=True)
    return normalised


def _solve(qubits: int, up: Array, down: Array, members: Array, ar: Arithmetic) -> tuple[Array, Array]:
    """Unnormalised populations of the members, and the smallest pivot at each point."""
    inside = [np.flatnonzero(members[a:b]) for a, b in pairwise(starts(qubits))]
    pairs = list(pairwise(inside))
    rise, fall = (
        [block[:, low[:, None], high] for block, (low, high) in zip(by_sector(qubits, rates), pairs, strict=True)]
        for rates in (up, down)
    )
    occupied = [s for s, places in enumerate(inside) if len(places)]  # one run of sectors: the members communicate
    bottom, top = occupied[0], occupied[-1]
    fill = np.full((len(up), len(inside[top]), len(inside[top])), ar.zero)
    columns, pivots = [], []
    for s in range(top, bottom, -1):
        kept = len(inside[s - 1])
        rates = _two_sectors(rise[s - 1], fall[s - 1].swapaxes(-1, -2), fill, ar.zero)
        pivots.append(eliminate(rates, kept, ar))
        columns.append(rates[:, :, kept:])
        fill = rates[:, :kept, :kept]
    pivots.append(eliminate(fill, 1, ar))
    columns.append(fill[:, :, 1:])
    return _substitute(columns, int(members.sum()), ar), np.min(pivots, axis=0)


def _two_sectors(rise: Array, fall: Array, fill: Array, zero: float) -> Array:
    """Rates [point, from, to] in the sectors s-1 and s, when those above are eliminated."""
    kept = rise.shape[-2]
    rates = np.full((len(fill), kept + len(fill[0]), kept + len(fill[0])), zero)
    rates[:, :kept, kept:], rates[:, kept:, :kept], rates[:, kept:, kept:] = rise, fall, fill
    return rates


def eliminate(rates: Array, kept: int, ar: Arithmetic) -> Array:
    """Eliminate all but the first ``kept`` levels, last first, in ``rates`` [point, from, to] itself.

    w_ij += w_ik w_kj / sum_l w_kl. The column of each eliminated level keeps its inflows over its outflow, from which
    its population follows. The diagonal is not used. Returns the smallest outflow at each point.
    """
    smallest = np.full(len(rates), np.inf)
    for k in range(rates.shape[-1] - 1, kept - 1, -1):
        outflow = ar.plus.reduce(rates[:, k, :k], axis=-1)
        rates[:, :k, k] = ar.over(rates[:, :k, k], outflow[:, None])
        rest = rates[:, :k, :k]
        ar.plus(rest, ar.times(rates[:, :k, k, None], rates[:, k, None, :k]), out=rest)
        np.minimum(smallest, outflow, out=smallest)
    return smallest


def _substitute(columns: Sequence[Array], levels: int, ar: Arithmetic) -> Array:
    """Populations from the lowest level, which is 1, upward; ``columns`` by sector from the top."""
    found = np.full((len(columns[0]), levels), ar.one)
    place = 1
    for inflow in reversed(columns):
        below = inflow.shape[-2] - inflow.shape[-1]
        for k in range(inflow.shape[-1]):
            sources = found[:, place - below - k : place]
            found[:, place] = ar.plus.reduce(ar.times(sources, inflow[:, : below + k, k]), axis=-1)
            place += 1
    return found

"""Degenerate levels whose coherence would drive the populations."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from symqb.chains.spectrum import Spectrum
from symqb.chains.transitions import pair_levels, starts
from symqb.parameters import Array


def harmful_pair(qubits: int, spectrum: Spectrum, B0: Array) -> tuple[int, int, int, int] | None:
    """(point, level, level, common neighbour) of the first point with a harmful degeneracy; None where there is none.

    Through bath R: its coupling has every element that is not 0, so whatever bath L couples, bath R couples too.
    """
    start = starts(qubits)
    found = []
    for below, above, shared in _candidates(spectrum, B0):
        if shared.any():
            point, a, b = np.argwhere(shared)[0]
            found.append((int(point), start[below] + int(a), start[above] + int(b)))
    if not found:
        return None
    point, first, second = min(found)
    return point, first, second, _neighbour(qubits, spectrum, point, first, second)


def _candidates(spectrum: Spectrum, B0: Array) -> Iterator[tuple[int, int, Array]]:
    """(sector, sector, which pairs of their levels are degenerate and have a common neighbour (P, levels, levels))."""
    linked = [weights != 0 for weights in spectrum.weights]
    cuts = np.cumsum([1, *(w.shape[-1] for w in linked)])[:-1]
    energies = np.split(spectrum.energies, cuts, axis=-1)
    for s, e in enumerate(energies):
        equal = np.triu(e[:, :, None] == e[:, None, :], 1)
        if equal.any():
            sides = ([linked[s - 1].swapaxes(-1, -2)] if s > 0 else []) + ([linked[s]] if s < len(linked) else [])
            yield s, s, equal & np.logical_or.reduce([side @ side.swapaxes(-1, -2) for side in sides])
    for s, (low, high) in enumerate(zip(energies[:-2], energies[2:], strict=True)):
        gap = (high[:, None, :] - low[:, :, None]) + 2.0 * B0[:, None, None]
        equal = np.abs(gap) <= spectrum.rounding[:, None, None]
        if equal.any():
            yield s, s + 2, equal & (linked[s] @ linked[s + 1])


def _neighbour(qubits: int, spectrum: Spectrum, point: int, first: int, second: int) -> int:
    lower, upper = pair_levels(qubits)
    linked = np.zeros((starts(qubits)[-1],) * 2, dtype=bool)
    linked[lower, upper] = np.concatenate([weights[point].ravel() != 0 for weights in spectrum.weights])
    linked |= linked.T
    return int(np.argmax(linked[first] & linked[second]))

"""Levels of the chain at many points: energies without the field, parities, and weights of the transitions.

sigma_x of qubit N is sigma_x of qubit 1 reflected, so <l|sx_N|u> = P_l P_u <l|sx_1|u> with the parities P: one matrix
element a transition gives both couplings, and their structural zeros are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from symqb.chains import fermions
from symqb.chains.sectors import Sector, dimensions, sectors
from symqb.parameters import Array

EPS = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Spectrum:
    """Levels at P points, magnetisation ascending, then energy ascending.

    energies, parities: (P, levels); energies are those of J and Delta alone, equal where their difference is below
    ``rounding`` (P,), twice the bound on the eigensolver's error. weights: for each pair of adjacent sectors
    |<l|sx_1|u>|^2, shape (P, lower levels, upper levels).

    Near-degenerate levels mix by about rounding/gap, which bounds the accuracy of the weights; elements below
    EPS times the number of levels are 0.
    """

    energies: Array
    parities: Array
    weights: tuple[Array, ...]
    rounding: Array


def labels(qubits: int) -> tuple[str, ...]:
    """M<total sigma_z>_<rank by energy in the sector, from 1>: M-4_1, M-2_1, ..."""
    return tuple(
        f"M{2 * up - qubits}_{rank}" for up, size in enumerate(dimensions(qubits)) for rank in range(1, size + 1)
    )


def find_spectrum(qubits: int, J: Array, Delta: Array) -> Spectrum:
    """The spectrum at the points (J[i], Delta[i]); J and Delta have shape (P,)."""
    free = Delta == 0
    if free.all():
        return _ordered(qubits, fermions.sector_levels(qubits, J), fermions.sector_weights(qubits))
    if not free.any():
        return _ordered(qubits, *_diagonalised(qubits, J, Delta))
    found = find_spectrum(qubits, J[free], Delta[free]), find_spectrum(qubits, J[~free], Delta[~free])
    place = np.argsort(np.argsort(~free, kind="stable"))  # undoes the sorting of the points into free and not free

    def joined(*parts: Array) -> Array:
        return np.concatenate(parts)[place]

    first, second = found
    return Spectrum(
        joined(first.energies, second.energies),
        joined(first.parities, second.parities),
        tuple(map(joined, first.weights, second.weights)),
        joined(first.rounding, second.rounding),
    )


def _diagonalised(qubits: int, J: Array, Delta: Array) -> tuple[list[tuple[Array, Array]], list[Array]]:
    """Energies and parities by sector, then weights, as the eigensolver orders the levels."""
    levels, vectors = [], []
    for sector in sectors(qubits):
        parts = [np.linalg.eigh(J[:, None, None] * b.hopping + Delta[:, None, None] * b.zz) for b in sector.blocks]
        energies = np.concatenate([part.eigenvalues for part in parts], axis=-1)
        levels.append((energies, np.repeat([b.parity for b in sector.blocks], [len(b.zz) for b in sector.blocks])))
        pairs = zip(sector.blocks, parts, strict=True)
        vectors.append(np.concatenate([b.basis @ part.eigenvectors for b, part in pairs], axis=-1))
    steps = zip(sectors(qubits)[:-1], vectors[:-1], vectors[1:], strict=True)
    return levels, [_weights(*step, noise=EPS * 2**qubits) for step in steps]


def _weights(sector: Sector, lower: Array, upper: Array, noise: float) -> Array:
    elements = lower[:, sector.raised].swapaxes(-1, -2) @ upper[:, sector.raised_to]
    # Rounding of a true zero: kept, it would connect levels that the bath does not, and the steady state of a chain
    # with a dark level would hang on noise.
    return np.where(np.abs(elements) <= noise, 0.0, elements) ** 2


def _ordered(qubits: int, levels: list[tuple[Array, Array]], weights: list[Array] | tuple[Array, ...]) -> Spectrum:
    """The sectors joined, each sorted by energy, with energies that rounding alone tells apart made equal."""
    largest = np.max([np.abs(energies).max(axis=-1) for energies, _ in levels], axis=0)
    rounding = 2.0 * EPS * max(dimensions(qubits)) * largest
    order = [np.argsort(energies, axis=-1, kind="stable") for energies, _ in levels]
    every = np.arange(len(largest))[:, None, None]
    return Spectrum(
        np.concatenate(
            [
                merged(np.take_along_axis(energies, o, axis=-1), rounding)
                for (energies, _), o in zip(levels, order, strict=True)
            ],
            axis=-1,
        ),
        np.concatenate([parities[o] for (_, parities), o in zip(levels, order, strict=True)], axis=-1),
        tuple(
            np.broadcast_to(w, (len(largest), *w.shape[-2:]))[every, below[:, :, None], above[:, None, :]]
            for w, below, above in zip(weights, order[:-1], order[1:], strict=True)
        ),
        rounding,
    )


def merged(energies: Array, rounding: Array) -> Array:
    """Ascending energies (P, levels), each made equal to the one before where rounding (P,) alone tells them apart."""
    apart = np.diff(energies, axis=-1, prepend=-np.inf) > rounding[:, None]
    first = np.maximum.accumulate(np.where(apart, np.arange(energies.shape[-1]), 0), axis=-1)
    return np.take_along_axis(energies, first, axis=-1)

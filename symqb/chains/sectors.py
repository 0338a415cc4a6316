"""The chain's Hamiltonian in blocks of one magnetisation and one parity, without the field.

H = J hopping + Delta zz + B0 M/2: M, the sum of the sigma_z, is a number in each sector, so the
field only shifts energies and is added where they are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import comb

import numpy as np

from symqb.parameters import Array


@dataclass(frozen=True)
class Block:
    """The states of one sector with one parity under reflection of the chain.

    basis: (states, size) orthonormal columns over the sector's bare states; hopping, zz: (size, size) real symmetric.
    """

    parity: int
    basis: Array
    hopping: Array
    zz: Array


@dataclass(frozen=True)
class Sector:
    """The bare states with one number of spins up, and what sigma_x of qubit 1 does to them.

    raised: places of the states with qubit 1 down; raised_to: the places, in the next sector, of the states that
    sigma_x of qubit 1 makes of them.
    """

    magnetisation: int
    blocks: tuple[Block, ...]
    raised: Array
    raised_to: Array


def dimensions(qubits: int) -> tuple[int, ...]:
    """Number of levels in each sector, magnetisation ascending."""
    return tuple(comb(qubits, up) for up in range(qubits + 1))


@cache
def sectors(qubits: int) -> tuple[Sector, ...]:
    """Every sector of the chain, magnetisation ascending from -qubits in steps of 2."""
    spins = 2 * (np.arange(2**qubits)[:, None] >> np.arange(qubits)[::-1] & 1) - 1  # qubit 1 is the leading bit
    members = [np.flatnonzero(spins.sum(axis=1) == M) for M in range(-qubits, qubits + 1, 2)]
    return tuple(_sector(spins, states, above) for states, above in zip(members, (*members[1:], []), strict=True))


def _sector(spins: Array, states: Array, above: Array) -> Sector:
    qubits = spins.shape[1]
    place = np.zeros(2**qubits, dtype=int)
    place[above] = np.arange(len(above))
    raised = np.flatnonzero(spins[states, 0] < 0)
    return Sector(
        magnetisation=int(spins[states[0]].sum()),
        blocks=tuple(_blocks(spins[states], states)),
        raised=raised,
        raised_to=place[states[raised] + 2 ** (qubits - 1)],
    )


def _blocks(spins: Array, states: Array) -> list[Block]:
    qubits = spins.shape[1]
    zz = np.diag((spins[:, :-1] * spins[:, 1:]).sum(axis=1) / 2.0)
    hopping = np.zeros_like(zz)
    for bond in range(qubits - 1):
        rows = np.flatnonzero(spins[:, bond] != spins[:, bond + 1])
        hopping[rows, np.searchsorted(states, states[rows] ^ (3 << (qubits - 2 - bond)))] = 1.0
    mirrored = np.searchsorted(states, ((spins > 0) << np.arange(qubits)).sum(axis=1))
    bases = ((parity, _parity_basis(mirrored, parity)) for parity in (1, -1))
    return [Block(p, basis, basis.T @ hopping @ basis, basis.T @ zz @ basis) for p, basis in bases if basis.size]


def _parity_basis(mirrored: Array, parity: int) -> Array:
    """Columns |s> + parity |mirrored s>, normalised; ``mirrored`` maps each place to that of its mirror image."""
    one = np.eye(len(mirrored))
    places = np.arange(len(mirrored))
    pairs = places[places < mirrored]
    columns = (one[:, pairs] + parity * one[:, mirrored[pairs]]) * np.sqrt(0.5)
    return np.hstack([columns, one[:, places == mirrored]]) if parity > 0 else columns

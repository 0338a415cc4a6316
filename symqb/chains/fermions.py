"""Delta = 0: the chain is free fermions, and the occupations of its modes resolve every degeneracy.

By Jordan and Wigner (Lieb, Schultz, Mattis 1961) H = sum_k (B0 + e_k) n_k + const with e_k = 2 J cos(pi k/(N+1)), and
sigma_x of qubit 1 is c_1 + c_1^dagger = sum_k phi_k(1) (c_k + c_k^dagger): it changes one occupation. An eigensolver
mixes degenerate levels at will; the occupations commute with H and do not, so that no two levels of equal energy and
magnetisation have a common neighbour (they would differ by a move between modes of different e_k).
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np

from symqb.parameters import Array


def sector_levels(qubits: int, J: Array) -> list[tuple[Array, Array]]:
    """(energies (points, levels), parities (levels,)) of each sector, in the order of ``occupations``."""
    mode = np.arange(1, qubits + 1)
    e = 2.0 * np.cos(np.pi * mode / (qubits + 1))
    found = []
    for particles, occupied in enumerate(occupations(qubits)):
        # Reflection takes c_j to c_{N+1-j}: mode k gains (-1)^(k+1), and reversing the order of m operators a sign.
        moved = (occupied * (mode - 1)).sum(axis=1) + particles * (particles - 1) // 2
        found.append((J[:, None] * (occupied @ e), 1 - 2 * (moved % 2)))
    return found


@cache
def sector_weights(qubits: int) -> tuple[Array, ...]:
    """|<l|sigma_x of qubit 1|u>|^2 between each sector and the next, (levels below, levels above)."""
    end = np.sin(np.pi * np.arange(1, qubits + 1) / (qubits + 1)) ** 2 * 2.0 / (qubits + 1)  # phi_k(1)^2
    found = []
    for below, above in zip(occupations(qubits)[:-1], occupations(qubits)[1:], strict=True):
        added = above[None] - below[:, None]
        found.append(np.where((added >= 0).all(axis=-1), added @ end, 0.0))
    return tuple(found)


@cache
def occupations(qubits: int) -> tuple[Array, ...]:
    """By number of particles: (levels, modes) of zeros and ones."""
    one = np.eye(qubits, dtype=int)
    return tuple(
        np.array([one[list(chosen)].sum(axis=0) for chosen in combinations(range(qubits), particles)])
        for particles in range(qubits + 1)
    )

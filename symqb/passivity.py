"""The ergotropy of populations as numbers, Eqs. (16), (17)."""

from __future__ import annotations

import numpy as np

from symqb.parameters import Array


def ergotropy(energies: Array, populations: Array) -> Array:
    """W = sum_k (e_{k+1} - e_k) sum_{j>k} (q_j - r_j), each term >= 0, in the unit of the energies.

    energies: ascending, shape (..., levels); populations: q in that order, shape (..., levels); r is q in descending
    order. Exactly 0 where q descends.
    """
    excess = populations + np.sort(-populations, axis=-1)
    above = np.cumsum(excess[..., ::-1], axis=-1)[..., ::-1]  # sum over j >= k
    work: Array = np.maximum(np.diff(energies, axis=-1) * above[..., 1:], 0.0).sum(axis=-1)
    return work

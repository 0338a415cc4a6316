"""Which Bohr frequencies are equal in floating point."""

from __future__ import annotations

import numpy as np

from symqb.parameters import Array


def rounding_bound(energies: Array) -> float:
    """How far apart two equal frequencies can come out: energies are right to levels/2 units of the largest one."""
    return float(2 * len(energies) * np.finfo(float).eps * np.abs(energies).max())


def groups(frequencies: Array, bound: float) -> Array:
    """A number for each frequency, ascending from 0; neighbours within ``bound`` share one."""
    order = np.argsort(frequencies, kind="stable")
    numbers = np.zeros(len(frequencies), dtype=int)
    numbers[order[1:]] = np.cumsum(np.diff(frequencies[order]) > bound)
    return numbers

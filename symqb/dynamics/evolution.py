"""Density matrices in time under the full secular GKSL generator, and how fast coherences decay.

For models of a few levels; ``evolve`` needs no closed forms. Populations alone are faster and more accurate through
``charge``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symqb.dynamics.bohr import groups, rounding_bound
from symqb.dynamics.gksl import labelled_levels, lindblad, numerical_levels, point
from symqb.errors import InvalidParameter
from symqb.evaluators import evaluator
from symqb.model import Model
from symqb.parameters import Array, check_role, first_index, to_float64
from symqb.xxz import as_model

#: How far a given density matrix may be from Hermitian, positive and trace 1.
ROUNDING = 1e-10
#: Largest product of rate and time.
LONGEST = 1e15


def evolve(battery: int | Model, rho0: Any, times: Any, **parameters: Any) -> Array:
    """rho(t) from ``rho0``, both in the model's bare basis (``model.basis``; not the order of Kronecker products).

    battery: number of qubits, or a model. rho0: shape (d, d) or a ``qutip.Qobj``, Hermitian, positive, of trace 1.
    times: >= 0, any shape, in units of 1/energy. Returns shape (*times.shape, d, d), complex. Degenerate levels are
    allowed: their coherence is part of the state. Absolute error about 1e-15 times the largest rate times t, until the
    state is stationary. Raises ``InvalidParameter`` for rho0 and times, and what a parameter raises otherwise.
    """
    from scipy.linalg import expm

    times = to_float64("times", times)
    check_role("times", times, "time")
    model = as_model(battery)
    values = point(model, parameters)
    generator = lindblad(model, values, numerical_levels(model, values))
    start = generator.to_energy(_density_matrix(rho0, len(generator.energies)))
    # Eigenoperators make dissipation commute with the motion under H: fast phases need no small steps.
    dissipator = generator.dissipator()
    _check_length(times, float(np.abs(dissipator).max()))
    propagators = expm(dissipator * times[..., None, None])
    decayed = (propagators @ start.ravel()).reshape(*times.shape, *start.shape)
    decayed /= np.trace(decayed, axis1=-2, axis2=-1)[..., None, None]  # exactly 1 but for rounding, which grows with t
    frequencies = generator.energies[:, None] - generator.energies
    return generator.to_bare(np.exp(-1j * frequencies * times[..., None, None]) * decayed)


def _check_length(times: Array, largest: float) -> None:
    """Refuse times after which the rounding of the fast rates outweighs everything."""
    beyond = times * largest > LONGEST
    if beyond.any():
        index = first_index(beyond)
        allowed = f"a number from 0 to {LONGEST / largest:.3g}, {LONGEST:.0e} over the largest rate"
        raise InvalidParameter("times", times[index], allowed, index)


def _density_matrix(rho: Any, size: int) -> Array:
    given = np.asarray(rho.full() if hasattr(rho, "full") else rho, dtype=complex)
    found = f"a matrix of shape {given.shape}"
    if given.shape == (size, size):
        found += f" and trace {np.trace(given):.6g}"
        hermitian = bool(np.all(np.abs(given - given.conj().T) <= ROUNDING))
        lowest = np.linalg.eigvalsh(given)[0] if hermitian else np.nan
        found += f", lowest eigenvalue {lowest:.3g}" if hermitian else ", not Hermitian"
        if abs(np.trace(given) - 1) <= ROUNDING and lowest >= -ROUNDING:
            return given
    raise InvalidParameter("rho0", found, f"a Hermitian {size}x{size} matrix of trace 1, eigenvalues >= 0")


@dataclass(frozen=True)
class CoherenceBlock:
    """Coherences |i><j| of one Bohr frequency E_i - E_j, which the generator mixes among themselves.

    coherences: pairs of labels (i, j). rates: the decay rates of the block's modes, ascending; for a single coherence
    half the sum of the exit rates of i and j.
    """

    frequency: float
    coherences: tuple[tuple[str, str], ...]
    rates: tuple[float, ...]


def coherence_rates(battery: int | Model, **parameters: Any) -> tuple[CoherenceBlock, ...]:
    """The decay rates of all coherences, by ascending frequency >= 0; those of -omega are the same.

    Coherences of frequency 0 (of levels that cross without harm) are listed in both directions. Raises what the
    evaluator raises: at a harmful degeneracy coherences do not evolve apart from populations.
    """
    model = as_model(battery)
    evaluator(model, outputs=("energies",))(**parameters)
    values = point(model, parameters)
    generator = lindblad(model, values, labelled_levels(model, values))
    return tuple(_blocks(generator.dissipator(), generator.energies, [level.label for level in model.levels]))


def _blocks(dissipator: Array, energies: Array, labels: Sequence[str]) -> Iterator[CoherenceBlock]:
    bound = rounding_bound(energies)
    first, second = np.nonzero(~np.eye(len(energies), dtype=bool))
    frequencies = energies[first] - energies[second]
    numbers = groups(frequencies, bound)
    for number in range(numbers.max() + 1):
        members = np.flatnonzero(numbers == number)
        if (frequency := float(frequencies[members].mean())) >= -bound:
            places = first[members] * len(energies) + second[members]
            rates = np.sort(-np.linalg.eigvals(dissipator[np.ix_(places, places)]).real)
            coherences = tuple((labels[first[k]], labels[second[k]]) for k in members)
            yield CoherenceBlock(max(frequency, 0.0), coherences, tuple(rates.tolist()))

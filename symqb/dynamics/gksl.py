"""The secular GKSL generator in numbers, at one parameter point.

Built from the matrices of the model alone: eigenoperators group every transition whose frequency is equal at this
point, identically or not, so that degenerate levels are treated as they must be, where the rate equation fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import sympy as sp

from symqb.baths import Bath
from symqb.codegen.arithmetic_numpy import Float64
from symqb.codegen.pairs_numpy import Pair
from symqb.dynamics.bohr import groups, rounding_bound
from symqb.errors import InvalidModel
from symqb.model import Model
from symqb.parameters import DEFAULT_STRENGTH, Array, check_one_point, prepare, to_float64


class Jump(NamedTuple):
    """``rate`` D[A]: A = A(omega) of one bath takes the energy ``frequency`` = omega out of the battery."""

    bath: str
    frequency: float
    rate: float
    A: Array


@dataclass(frozen=True, eq=False)
class Lindblad:
    """H and the jumps of one point, in the energy basis. ``vectors`` has that basis as its columns."""

    energies: Array
    vectors: Array
    jumps: tuple[Jump, ...]

    def to_bare(self, operators: Array) -> Array:
        """Matrices (..., d, d) from the energy basis to the model's bare basis."""
        return self.vectors @ operators @ self.vectors.conj().T

    def to_energy(self, operators: Array) -> Array:
        """Matrices (..., d, d) from the bare basis to the energy basis."""
        return self.vectors.conj().T @ operators @ self.vectors

    def dissipator(self) -> Array:
        """The (d^2, d^2) matrix of sum rate D[A] on row-stacked density matrices, vec(A rho B) = (A x B^T) vec(rho)."""
        one = np.eye(len(self.energies))
        total = np.zeros((one.size, one.size), dtype=complex)
        for _, _, rate, A in self.jumps:
            n = A.conj().T @ A
            total += rate * (np.kron(A, A.conj()) - (np.kron(n, one) + np.kron(one, n.T)) / 2)
        return total


def point(model: Model, parameters: Mapping[str, Any]) -> Mapping[str, Array]:
    """The parameters as float64, complete.

    Raises ``InvalidParameter``, ``AllBathsAtZero``, ``UnknownParameter`` and ``MissingParameter``.
    """
    check_one_point(parameters)
    defaults = {name: DEFAULT_STRENGTH for name, role in model.roles.items() if role == "strength"}
    return prepare(parameters, None, model.roles, defaults, to_float64)[0]


def numerical_levels(model: Model, values: Mapping[str, Array]) -> tuple[Array, Array]:
    """Energies ascending and eigenvectors as columns, whatever is degenerate."""
    energies, vectors = np.linalg.eigh(numeric(model.hamiltonian, values))
    return energies, vectors


def labelled_levels(model: Model, values: Mapping[str, Array]) -> tuple[Array, Array]:
    """Energies and eigenvectors from the closed forms, in label order.

    Through the projectors d d^dagger/norm2, which are regular where a direction d itself vanishes.
    """
    roots = model.roots.explicit()
    energies = numeric(sp.Matrix([level.energy for level in model.levels]).subs(roots), values).real.ravel()
    vectors = []
    for level in model.levels:
        projector = numeric(level.projector(model.roots).subs(roots), values)
        column = projector[:, np.argmax(projector.diagonal().real)]
        vectors.append(column / np.linalg.norm(column))
    return energies, np.stack(vectors, axis=-1)


def lindblad(model: Model, values: Mapping[str, Array], levels: tuple[Array, Array]) -> Lindblad:
    """The generator at one ``point``, over ``levels`` (energies, vectors)."""
    energies, vectors = levels
    jumps = []
    for bath in model.baths:
        for coupling in bath.couplings:
            S = vectors.conj().T @ numeric(coupling, values) @ vectors
            for omega, A in _eigenoperators(S, energies):
                rate = _emission(bath, omega, values)
                if rate > 0:
                    jumps.append(Jump(bath.name, omega, rate, A))
    return Lindblad(energies, vectors, tuple(jumps))


def numeric(matrix: sp.MatrixBase, values: Mapping[str, Array]) -> Array:
    """A symbolic matrix as complex numbers."""
    symbols = sorted(matrix.free_symbols, key=str)
    at = {symbol: sp.Float(float(values[symbol.name])) for symbol in symbols}
    return np.array(matrix.evalf(subs=at).tolist(), dtype=complex)


def _emission(bath: Bath, omega: float, values: Mapping[str, Array]) -> float:
    """J(omega) (n(omega) + 1) for either sign of omega."""
    if omega == 0 and not bath.finite_at_zero:
        raise InvalidModel(f"bath {bath.name}: its spectral density has no finite, positive rate at omega = 0")
    with np.errstate(all="ignore"):  # phi_pair divides first and selects what is valid afterwards
        _, phi = Float64.phi_pair(Pair(omega, 0.0), values[bath.temperature.name])
    shape = numeric(sp.Matrix([bath.shape(sp.Float(abs(omega)))]), values).item().real
    return float(values[bath.strength.name] * shape * phi)


def _eigenoperators(S: Array, energies: Array) -> Iterator[tuple[float, Array]]:
    """(omega, A(omega)) for each distinct frequency of either sign, A = sum |l><l|S|u><u|."""
    # What eigenvectors that are right to rounding leave of a vanishing element would pass for a transition.
    lower, upper = np.nonzero(np.abs(S) > len(S) * np.finfo(float).eps * np.abs(S).max())
    frequencies = energies[upper] - energies[lower]
    numbers = groups(frequencies, rounding_bound(energies))
    for number in range(numbers.max(initial=-1) + 1):
        members = numbers == number
        A = np.zeros_like(S)
        A[lower[members], upper[members]] = S[lower[members], upper[members]]
        mean = float(frequencies[members].mean())
        yield (mean if abs(mean) > rounding_bound(energies) else 0.0), A

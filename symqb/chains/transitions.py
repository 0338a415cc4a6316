"""Transitions of the chain at many points: frequencies, weights and rates, bath L first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

import numpy as np

from symqb.chains.sectors import dimensions
from symqb.chains.spectrum import Spectrum
from symqb.classes import closed_classes
from symqb.codegen.arithmetic_numpy import Float64
from symqb.codegen.extended_numpy import ExtendedFloat64
from symqb.codegen.pairs_numpy import Pair
from symqb.parameters import Array


@dataclass(frozen=True)
class Transitions:
    """Every pair of levels one flip apart, at P points.

    omega: E_upper - E_lower as a pair, (P, pairs), of either sign. weights: sum |<lower|S|upper>|^2 over a bath's
    couplings, (2, P, pairs). temperatures, strengths: (2, P, 1).
    """

    qubits: int
    omega: Pair
    weights: Array
    temperatures: Array
    strengths: Array

    def rates(self) -> tuple[Array, Array]:
        """Absorption lower -> upper and emission upper -> lower, each (2, P, pairs), Eq. (12)."""
        up, down = Float64.phi_pair(self.omega, self.temperatures)
        scale = self.strengths * self.weights
        return scale * up, scale * down

    def log_rates(self) -> tuple[Array, Array]:
        """Logarithms of the rates, right where the rates underflow; -inf where a rate is exactly 0."""
        scale = np.log(self.strengths) + np.log(self.weights)
        up, down = (
            scale + np.log(phi.m) + phi.exponent.hi + phi.exponent.lo
            for phi in ExtendedFloat64.phi_pair(self.omega, self.temperatures)
        )
        return up, down

    def open(self) -> tuple[Array, Array]:
        """Where some bath drives the pair upward, and downward, however slowly: two boolean arrays (P, pairs)."""
        coupled, warm = self.weights != 0, self.temperatures > 0
        up, down = coupled & (warm | (self.omega.hi < 0)), coupled & (warm | (self.omega.hi > 0))
        return up.any(axis=0), down.any(axis=0)

    def at(self, points: Array) -> Transitions:
        """The transitions at some of the points."""
        omega = Pair(self.omega.hi[points], self.omega.lo[points])
        chosen = (array[:, points] for array in (self.weights, self.temperatures, self.strengths))
        return Transitions(self.qubits, omega, *chosen)


def find_transitions(
    qubits: int, spectrum: Spectrum, values: Mapping[str, Array], collective: bool = True
) -> Transitions:
    """The transitions of a spectrum at parameters of shape (P,); without ``collective`` no cross terms in bath L."""
    lower, upper = pair_levels(qubits)
    points = len(spectrum.energies)
    square = np.concatenate([w.reshape(points, -1) for w in spectrum.weights], axis=-1)
    epsilon = values["epsilon"][:, None]
    sign = spectrum.parities[:, lower] * spectrum.parities[:, upper]
    left = (1.0 + epsilon * sign) ** 2 if collective else 1.0 + epsilon**2
    return Transitions(
        qubits,
        # The field apart from the chain's own energies: a large field takes no digits from their difference.
        Float64.exact_sum(values["B0"][:, None], spectrum.energies[:, upper], -spectrum.energies[:, lower]),
        np.stack([left * square, square]),
        np.stack([values["T_L"], values["T_R"]])[..., None],
        np.stack([values["kappa_L"], values["kappa_R"]])[..., None],
    )


@cache
def pair_levels(qubits: int) -> tuple[Array, Array]:
    """(lower, upper) level of each pair, in the order of the pairs: by sector, lower level, upper level."""
    grids = [
        np.meshgrid(np.arange(a, b), np.arange(b, c), indexing="ij")
        for (a, b), (_, c) in pairwise(pairwise(starts(qubits)))
    ]
    lower, upper = (np.concatenate([grid[side].ravel() for grid in grids]) for side in (0, 1))
    return lower, upper


@cache
def starts(qubits: int) -> tuple[int, ...]:
    """Place of each sector's first level, and after the last sector the number of levels."""
    return tuple(accumulate(dimensions(qubits), initial=0))


def by_sector(qubits: int, pairs: Array) -> Iterator[Array]:
    """An array (..., pairs) cut into one (..., lower levels, upper levels) for each pair of adjacent sectors."""
    sizes = dimensions(qubits)
    ends = list(accumulate(a * b for a, b in pairwise(sizes)))
    for part, a, b in zip(np.split(pairs, ends[:-1], axis=-1), sizes[:-1], sizes[1:], strict=True):
        yield part.reshape(*pairs.shape[:-1], a, b)


def by_graph(transitions: Transitions) -> Iterator[tuple[Array, list[Array]]]:
    """(points, closed classes): the points that share one graph, graphs in the order of their first points."""
    up, down = transitions.open()
    patterns: dict[bytes, list[int]] = {}
    for point, (rise, fall) in enumerate(zip(up, down, strict=True)):
        patterns.setdefault(rise.tobytes() + fall.tobytes(), []).append(point)
    lower, upper = pair_levels(transitions.qubits)
    for points in patterns.values():
        edges = np.zeros((starts(transitions.qubits)[-1],) * 2, dtype=bool)
        edges[lower, upper], edges[upper, lower] = up[points[0]], down[points[0]]
        yield np.array(points), closed_classes(edges)

"""Outputs of the evaluator from energies, populations and rates at many points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from symqb.chains.sectors import dimensions
from symqb.chains.spectrum import EPS, Spectrum, merged
from symqb.chains.transitions import Transitions, pair_levels
from symqb.codegen.arithmetic_numpy import Float64
from symqb.parameters import Array
from symqb.passivity import ergotropy


@dataclass(frozen=True)
class SteadyState:
    """Steady states at P points; ``populations`` (P, levels), ``B0`` and ``T_eq`` (P,)."""

    spectrum: Spectrum
    transitions: Transitions
    populations: Array
    B0: Array
    T_eq: Array

    @cached_property
    def spins_up(self) -> Array:
        """Number of spins up in each level."""
        sizes = dimensions(self.transitions.qubits)
        return np.repeat(np.arange(len(sizes)), sizes)

    @cached_property
    def energies(self) -> Array:
        """Energies with the field, (P, levels)."""
        magnetisation = 2 * self.spins_up - self.transitions.qubits
        return self.spectrum.energies + self.B0[:, None] * (magnetisation / 2)

    @cached_property
    def sorted(self) -> tuple[Array, Array]:
        """Energies ascending, equal where rounding alone tells them apart; populations in that order, (levels, P)."""
        rounding = self.spectrum.rounding + EPS * np.abs(self.energies).max(axis=-1)
        rank = np.argsort(self.energies, axis=-1)
        energies = np.empty_like(self.energies)
        np.put_along_axis(energies, rank, merged(np.take_along_axis(self.energies, rank, -1), rounding), -1)
        # The larger population first among levels of one energy: their order is free, and this one is passive.
        order = np.argsort(-self.populations, axis=-1, kind="stable")
        levels = (np.take_along_axis(a, order, axis=-1).T for a in (energies, self.populations))
        both = np.array(Float64.sorted_by(*(row for array in levels for row in array)))
        return both[: len(both) // 2], both[len(both) // 2 :]

    @cached_property
    def stored_energy(self) -> Array:
        """Tr rho H - E of |0...0>, Eq. (15)."""
        own = self.spectrum.energies
        gain = Float64.value(Float64.exact_sum(self.B0[:, None] * self.spins_up, own, -own[:, :1]))
        return (gain * self.populations).sum(axis=-1)

    @cached_property
    def stored_energy_fraction(self) -> Array:
        """Stored energy over the width of the spectrum."""
        e, _ = self.sorted
        return self.stored_energy / (e[-1] - e[0])

    @cached_property
    def passive(self) -> Array:
        """Populations in descending order, (levels, P)."""
        return np.array(Float64.descending(*self.populations.T))

    @cached_property
    def ergotropy(self) -> Array:
        """W of the populations in the order of the energies, Eqs. (16), (17)."""
        e, q = self.sorted
        return ergotropy(e.T, q.T)

    @cached_property
    def exergy(self) -> Array:
        """Free energy of the passive state above that of the Gibbs state at T_eq, Eq. (19)."""
        e, _ = self.sorted
        return Float64.free_energy_above_gibbs(self.T_eq, *e, *self.passive)

    @cached_property
    def flows(self) -> tuple[Array, Array]:
        """Upward and downward one-way flows of each bath, (2, P, pairs)."""
        lower, upper = pair_levels(self.transitions.qubits)
        up, down = self.transitions.rates()
        return up * self.populations[:, lower], down * self.populations[:, upper]

    @cached_property
    def heat_currents(self) -> Array:
        """Energy per time from each bath into the battery, (2, P)."""
        up, down = self.flows
        currents: Array = (Float64.value(self.transitions.omega) * (up - down)).sum(axis=-1)
        return currents

    @cached_property
    def entropy_production(self) -> Array:
        """Sum over baths and pairs of (up - down) ln(up/down)."""
        lower, upper = (self.populations[:, levels] for levels in pair_levels(self.transitions.qubits))
        omega = Float64.value(self.transitions.omega)
        flow = Float64.entropy_flow(*self.flows, lower, upper, omega, self.transitions.temperatures)
        total: Array = flow.sum(axis=(0, -1))
        return total


#: Outputs by name, in the order of the results.
OUTPUTS: Mapping[str, Callable[[SteadyState], Array]] = {
    "energies": lambda state: state.energies,
    "populations": lambda state: state.populations,
    "stored_energy": lambda state: state.stored_energy,
    "stored_energy_fraction": lambda state: state.stored_energy_fraction,
    "ergotropy": lambda state: state.ergotropy,
    "exergy": lambda state: state.exergy,
    "heat_current_L": lambda state: state.heat_currents[0],
    "heat_current_R": lambda state: state.heat_currents[1],
    "entropy_production": lambda state: state.entropy_production,
}

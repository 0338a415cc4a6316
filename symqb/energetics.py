"""What the battery stores and yields, as formulas over level energies, populations and rates.

Sorted quantities carry their own names: e_k the energies in ascending order, q_k the populations in that order of the
levels, r_k the populations in descending order, x_k = q_k - r_k. A state is passive where every x_k is 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sympy as sp

from symqb.baths import Bath
from symqb.dissipation import Transition, Transitions
from symqb.elimination import population
from symqb.formulas import Formula
from symqb.shown import Shown
from symqb.spectrum import Level, Levels
from symqb.symbols import positive, real, temperature


class SortedBy(sp.Function):  # type: ignore[misc]
    """SortedBy((k_1, ..), (x_1, ..)): the x in ascending order of the keys k."""


class Descending(sp.Function):  # type: ignore[misc]
    """Descending(x_1, ..): the x in descending order."""


@dataclass(frozen=True, repr=False)
class Energetics(Shown):
    """Figures of merit of a state diagonal in the energy basis, and the heat flows that keep it stationary."""

    levels: Levels
    transitions: Transitions
    baths: Sequence[Bath]
    empty: Level

    def energy(self, level: Level) -> sp.Symbol:
        """E_i as a symbol."""
        return real(f"E_{level.index}")

    def sorted_symbols(self, letter: str) -> tuple[sp.Symbol, ...]:
        """e_k, q_k, r_k or x_k for k = 1..d."""
        make = real if letter in "ex" else positive
        return tuple(make(f"{letter}_{k}") for k in range(1, len(self.levels) + 1))

    @property
    def sorted_energies(self) -> sp.Expr:
        """E_1..E_d in ascending order."""
        energies = sp.Tuple(*(self.energy(level) for level in self.levels))
        return SortedBy(energies, energies)

    @property
    def sorted_populations(self) -> sp.Expr:
        """p_1..p_d in ascending order of the energies."""
        return SortedBy(sp.Tuple(*(self.energy(level) for level in self.levels)), sp.Tuple(*self.populations))

    @property
    def populations(self) -> tuple[sp.Symbol, ...]:
        """p_1..p_d."""
        return tuple(population(level.index) for level in self.levels)

    @property
    def stored_energy(self) -> sp.Expr:
        """Tr(rho H) - E_gs = sum p_i (E_i - E_empty), Eq. (15)."""
        return sp.Add(
            *(
                population(level.index) * (self.energy(level) - self.energy(self.empty))
                for level in self.levels
                if level is not self.empty
            )
        )

    @property
    def stored_energy_fraction(self) -> sp.Expr:
        """The stored energy over E_max - E_min."""
        e = self.sorted_symbols("e")
        return real("stored_energy") / (e[-1] - e[0])

    def excesses(self) -> Iterator[tuple[sp.Symbol, sp.Expr]]:
        """x_k and q_k - r_k for k > 1: exactly 0 for a passive state, also in floating point."""
        q, r = self.sorted_symbols("q"), self.sorted_symbols("r")
        yield from zip(self.sorted_symbols("x")[1:], (a - b for a, b in zip(q[1:], r[1:], strict=True)), strict=True)

    def ergotropy_terms(self) -> Iterator[sp.Expr]:
        """(e_{k+1} - e_k) sum_{j>k} x_j: each is >= 0, and their sum is W, Eqs. (16), (17)."""
        e, x = self.sorted_symbols("e"), self.sorted_symbols("x")
        for k in range(1, len(e)):
            yield (e[k] - e[k - 1]) * sp.Add(*x[k:])

    def ergotropy(self, by_energy: Sequence[int], by_population: Sequence[int]) -> sp.Expr:
        """W in closed form where the level indices ascend in energy and descend in population as listed.

        Example: ``ergotropy((1, 3, 4, 2), (3, 1, 4, 2))`` where level 3 has overtaken level 1.
        """
        return sp.Add(
            *(
                (population(i) - population(j)) * self.energy(self.levels[i - 1])
                for i, j in zip(by_energy, by_population, strict=True)
                if i != j
            )
        )

    @property
    def partition_sum(self) -> sp.Expr:
        """Z at T_eq, energies counted from the lowest."""
        e, T = self.sorted_symbols("e"), temperature("T_eq")
        return sp.Add(*(sp.exp(-(ek - e[0]) / T) for ek in e))

    @property
    def exergy(self) -> sp.Expr:
        """F(rho_p) - F(Gibbs) at T_eq = sum r_k (e_k - e_1) + T_eq (ln Z - S), Eq. (19)."""
        e, r = self.sorted_symbols("e"), self.sorted_symbols("r")
        gains = sp.Add(*(rk * (ek - e[0]) for ek, rk in zip(e, r, strict=True)))
        return gains + temperature("T_eq") * (sp.log(positive("Z")) - real("entropy"))

    @property
    def entropy(self) -> sp.Expr:
        """S = -sum r_k ln r_k."""
        return -sp.Add(*(rk * sp.log(rk) for rk in self.sorted_symbols("r")))

    def flows(self, transition: Transition, bath: Bath) -> tuple[sp.Expr, sp.Expr]:
        """Probability flow (up, down) of one transition due to one bath, per unit time."""
        up = population(transition.lower.index) * transition.absorption(bath)
        return up, population(transition.upper.index) * transition.emission(bath)

    def heat_current(self, bath: Bath) -> sp.Expr:
        """Q_v, heat per unit time from ``bath`` into the battery: sum omega (up - down)."""
        terms = []
        for t in self.transitions:
            if bath in t.active:
                up, down = self.flows(t, bath)
                terms.append(t.omega * (up - down))
        return sp.Add(*terms)

    @property
    def entropy_production(self) -> sp.Expr:
        """sum (up - down) ln(up/down) over baths and transitions = -sum Q_v/T_v, each term >= 0.

        Written with ln(up/down) = ln(p_lower/p_upper) - omega/T, which also holds where a matrix element vanishes.
        """
        terms = []
        for t in self.transitions:
            ratio = sp.log(population(t.lower.index) / population(t.upper.index))
            for bath in t.active:
                up, down = self.flows(t, bath)
                terms.append((up - down) * (ratio - t.omega / bath.temperature))
        return sp.Add(*terms)

    def formulas(self) -> Iterator[Formula]:
        """Figures of merit, then currents."""
        yield from self.figures_of_merit()
        yield from self.currents()

    def figures_of_merit(self) -> Iterator[Formula]:
        """Stored energy, ergotropy and exergy, with the sorted quantities that they need."""
        e, q, r = (sp.Tuple(*self.sorted_symbols(letter)) for letter in "eqr")
        yield Formula(real("stored_energy"), self.stored_energy, "stored energy")
        yield Formula(e, self.sorted_energies)
        yield Formula(q, self.sorted_populations)
        yield Formula(r, Descending(*self.populations))
        yield Formula(real("stored_energy_fraction"), self.stored_energy_fraction)
        for symbol, excess in self.excesses():
            yield Formula(symbol, excess)
        terms = tuple(self.ergotropy_terms())
        yield Formula(real("ergotropy"), sp.Add(*terms), "ergotropy", terms)
        yield Formula(positive("Z"), self.partition_sum)
        yield Formula(real("entropy"), self.entropy)
        yield Formula(real("exergy"), self.exergy, "exergy")

    def currents(self) -> Iterator[Formula]:
        """Heat currents and entropy production."""
        for bath in self.baths:
            yield Formula(real(f"heat_current_{bath.name}"), self.heat_current(bath))
        yield Formula(real("entropy_production"), self.entropy_production)

"""From levels and baths to transitions and their rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import sympy as sp

from symqb.baths import Bath
from symqb.bose import phi
from symqb.errors import InvalidModel
from symqb.formulas import Formula
from symqb.shown import Shown
from symqb.spectrum import Level, Levels
from symqb.symbols import positive, real


@dataclass(frozen=True)
class Transition:
    """A pair of levels that some bath connects.

    ``upper`` has the larger quantum numbers, hence the larger energy in a strong field; ``frequency`` =
    E_upper - E_lower may have either sign. ``elements`` maps a bath's name to <lower|S|upper> for each coupling.
    """

    upper: Level
    lower: Level
    frequency: sp.Expr
    baths: Sequence[Bath]
    elements: Mapping[str, tuple[sp.Expr, ...]]

    @property
    def name(self) -> str:
        """Indices upper, lower as the paper writes them: 31."""
        i, j = self.upper.index, self.lower.index
        return f"{i}{j}" if max(i, j) < 10 else f"{i}_{j}"

    @property
    def omega(self) -> sp.Symbol:
        """The symbol omega_ij of the frequency."""
        return real(f"omega_{self.name}")

    @property
    def A(self) -> sp.Symbol:
        """Total absorption rate lower -> upper, Eq. (14)."""
        return positive(f"A_{self.name}")

    @property
    def E(self) -> sp.Symbol:
        """Total emission rate upper -> lower, Eq. (14)."""
        return positive(f"E_{self.name}")

    @property
    def weights(self) -> dict[str, sp.Expr]:
        """sum |<lower|S|upper>|^2 over a bath's couplings, by the bath's name; 0 where it does not act."""
        return {name: sp.Add(*map(squared_modulus, elements)) for name, elements in self.elements.items()}

    def weight_symbol(self, bath: Bath) -> sp.Symbol:
        """w_ij_v, naming the weight of one bath."""
        return real(f"w_{self.name}_{bath.name}")

    def absorption(self, bath: Bath) -> sp.Symbol:
        """Symbol of the absorption rate due to one bath, Eq. (12b)."""
        return positive(f"a_{self.name}_{bath.name}")

    def emission(self, bath: Bath) -> sp.Symbol:
        """Symbol of the emission rate due to one bath, Eq. (12a)."""
        return positive(f"e_{self.name}_{bath.name}")

    def _repr_latex_(self) -> str:
        return Transitions((self,))._repr_latex_()

    def __str__(self) -> str:
        return str(Transitions((self,)))

    @property
    def active(self) -> tuple[Bath, ...]:
        """The baths with a matrix element that does not vanish identically."""
        return tuple(bath for bath in self.baths if any(self.elements[bath.name]))


def squared_modulus(element: sp.Expr) -> sp.Expr:
    """|element|^2, expanded only where that is what makes it real to the eye."""
    square = element * sp.conjugate(element)
    return sp.expand(square) if square.has(sp.I) else square


class Transitions(Shown, tuple[Transition, ...]):
    """All transitions, ordered by lower, then upper level."""

    def formulas(self) -> Iterator[Formula]:
        """Frequencies, then squared matrix elements."""
        for t in self:
            yield Formula(t.omega, t.frequency)
        for t in self:
            for bath in t.active:
                yield Formula(t.weight_symbol(bath), t.weights[bath.name])


@dataclass(frozen=True)
class Rates(Shown):
    """Absorption and emission rates through phi, for any sign of the frequency, Eqs. (7), (12), (14)."""

    transitions: Transitions

    def by_bath(self) -> Iterator[Formula]:
        """Emission, then absorption rates of each transition and bath, Eq. (12)."""
        active = [(t, bath, bath.strength * t.weights[bath.name]) for t in self.transitions for bath in t.active]
        for t, bath, scale in active:
            yield Formula(t.emission(bath), scale * phi(-t.omega, bath.temperature), "12a")
        for t, bath, scale in active:
            yield Formula(t.absorption(bath), scale * phi(t.omega, bath.temperature), "12b")

    def totals(self) -> Iterator[Formula]:
        """A_ij and E_ij, summed over the baths, Eq. (14)."""
        for t in self.transitions:
            yield Formula(t.A, sp.Add(*(t.absorption(bath) for bath in t.active)), "14")
            yield Formula(t.E, sp.Add(*(t.emission(bath) for bath in t.active)), "14")

    def formulas(self) -> Iterator[Formula]:
        """Rates by bath, then totals."""
        yield from self.by_bath()
        yield from self.totals()

    def explicit(self) -> dict[sp.Symbol, sp.Expr]:
        """Every rate symbol over the model's own parameters: ``expr.subs(model.rates.explicit())``."""
        frequencies = {t.omega: t.frequency for t in self.transitions}
        found = {formula.left: formula.right.subs(frequencies) for formula in self.by_bath()}
        return {**found, **{formula.left: formula.right.subs(found) for formula in self.totals()}}


def find_transitions(levels: Levels, baths: Sequence[Bath]) -> Transitions:
    """Every pair of levels with a matrix element that is not identically zero.

    Raises ``InvalidModel`` for a coupling with a diagonal element in the energy basis.
    """
    found = []
    for bath, level in product(baths, levels):
        if any(sp.expand((level.vector.H * s * level.vector)[0]) != 0 for s in bath.couplings):
            raise InvalidModel(
                f"bath {bath.name}: a coupling has a diagonal element in level {level.label} (pure dephasing), "
                "but allowed are couplings that only connect different levels"
            )
    for first, second in combinations(levels, 2):
        lower, upper = sorted((first, second), key=lambda level: (level.quantum_numbers, level.index))
        elements = {
            bath.name: tuple(sp.factor((lower.vector.H * s * upper.vector)[0]) for s in bath.couplings)
            for bath in baths
        }
        if any(element for couplings in elements.values() for element in couplings):
            frequency = sp.expand(upper.energy - lower.energy)
            found.append(Transition(upper, lower, frequency, tuple(baths), elements))
    return Transitions(sorted(found, key=lambda t: (t.lower.index, t.upper.index)))

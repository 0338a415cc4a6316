"""From levels and baths to transitions and their rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import sympy as sp

from symqb.baths import Bath
from symqb.errors import InvalidModel
from symqb.formulas import Formula
from symqb.roots import Roots
from symqb.shown import Shown
from symqb.spectrum import Level, Levels
from symqb.symbols import positive, real


@dataclass(frozen=True)
class Element:
    """A matrix element <l|S|u> = overlap / sqrt(norm2), and ``weight`` = |<l|S|u>|^2."""

    overlap: sp.Expr
    norm2: sp.Expr
    weight: sp.Expr

    @classmethod
    def between(cls, lower: Level, coupling: sp.MatrixBase, upper: Level, roots: Roots) -> Element:
        """From the unnormalised eigenvectors: ``overlap`` vanishes identically if and only if the element does."""
        overlap = roots.roots_first(sp.factor(roots.reduced((lower.direction.H * coupling * upper.direction)[0])))
        square = overlap * sp.conjugate(overlap)
        norm2 = lower.norm2 * upper.norm2
        return cls(overlap, norm2, roots.quotient(sp.expand(square) if square.has(sp.I) else square, norm2))

    def value(self, roots: Roots) -> sp.Expr:
        """The element itself, factors of the norm that are squares taken out of the root."""
        number, factors = self.norm2.as_coeff_mul()
        powers = [factor.as_base_exp() for factor in factors]
        outside = sp.Mul(*(base ** (power // 2) for base, power in powers))
        odd = [base for base, power in powers if power % 2]
        for base in odd:  # x/sqrt(x) = sqrt(x)
            rest = sp.cancel(self.overlap / base)
            if base.is_Add and not rest.has(*(root.symbol for root in roots)):
                others = sp.Mul(number, *(x for x in odd if x != base))
                return rest * sp.sqrt(base) / (outside * sp.sqrt(others))
        inside = roots.reduced(sp.expand(sp.Mul(*odd)))  # (alpha - Delta)(alpha + Delta) is free of alpha
        if inside.has(*(root.symbol for root in roots)):
            return self.overlap / (outside * sp.sqrt(number) * sp.Mul(*map(sp.sqrt, odd)))
        return self.overlap / (outside * sp.sqrt(number * inside))

    def adjoint(self) -> Element:
        """<u|S|l>."""
        return Element(sp.conjugate(self.overlap), self.norm2, self.weight)

    def __bool__(self) -> bool:
        return bool(self.overlap != 0)


#: <i|S|i> for each coupling of a bath (by name) and each level: they move no population, but dephase.
Diagonals = Mapping[str, tuple[tuple[Element, ...], ...]]


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
    elements: Mapping[str, tuple[Element, ...]]

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
        return {name: sp.Add(*(e.weight for e in elements)) for name, elements in self.elements.items()}

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


class Transitions(Shown, tuple[Transition, ...]):
    """All transitions, ordered by lower, then upper level."""

    def formulas(self) -> Iterator[Formula]:
        """Frequencies, then squared matrix elements."""
        yield from self.frequencies()
        yield from self.squares()

    def frequencies(self) -> Iterator[Formula]:
        """omega_ij = E_i - E_j."""
        for t in self:
            yield Formula(t.omega, t.frequency)

    def squares(self) -> Iterator[Formula]:
        """The squared matrix elements of each bath."""
        for t in self:
            for bath in t.active:
                yield Formula(t.weight_symbol(bath), t.weights[bath.name])


@dataclass(frozen=True, repr=False)
class Rates(Shown):
    """Absorption and emission rates through phi, for any sign of the frequency, Eqs. (7), (12), (14)."""

    transitions: Transitions

    def by_bath(self) -> Iterator[Formula]:
        """Emission, then absorption rates of each transition and bath, Eq. (12)."""
        active = [(t, bath, t.weights[bath.name]) for t in self.transitions for bath in t.active]
        for t, bath, weight in active:
            yield Formula(t.emission(bath), weight * bath.rate(-t.omega), "emission")
        for t, bath, weight in active:
            yield Formula(t.absorption(bath), weight * bath.rate(t.omega), "absorption")

    def totals(self) -> Iterator[Formula]:
        """A_ij and E_ij, summed over the baths, Eq. (14)."""
        for t in self.transitions:
            yield Formula(t.A, sp.Add(*(t.absorption(bath) for bath in t.active)), "totals")
            yield Formula(t.E, sp.Add(*(t.emission(bath) for bath in t.active)), "totals")

    def formulas(self) -> Iterator[Formula]:
        """Rates by bath, then totals."""
        yield from self.by_bath()
        yield from self.totals()

    def explicit(self) -> dict[sp.Symbol, sp.Expr]:
        """Every rate symbol over the model's own parameters: ``expr.subs(model.rates.explicit())``."""
        frequencies = {t.omega: t.frequency for t in self.transitions}
        found = {formula.left: formula.right.subs(frequencies) for formula in self.by_bath()}
        return {**found, **{formula.left: formula.right.subs(found) for formula in self.totals()}}


def find_diagonals(levels: Levels, baths: Sequence[Bath]) -> Diagonals:
    """The diagonal elements of every coupling in the energy basis."""
    return {
        bath.name: tuple(tuple(Element.between(x, s, x, levels.roots) for x in levels) for s in bath.couplings)
        for bath in baths
    }


def _dephases(levels: Levels, bath: Bath) -> bool:
    """Whether some coupling has different diagonal elements in different levels."""
    for coupling in bath.couplings:
        first, *rest = (Element.between(x, coupling, x, levels.roots) for x in levels)
        if any(not levels.roots.is_zero([e.overlap * first.norm2 - first.overlap * e.norm2]) for e in rest):
            return True
    return False


def find_transitions(levels: Levels, baths: Sequence[Bath]) -> Transitions:
    """Every pair of levels with a matrix element that is not identically zero.

    Raises ``InvalidModel`` for a bath that neither drives a transition nor dephases, and for levels that are connected
    but never split.
    """
    found = []
    for first, second in combinations(levels, 2):
        lower, upper = sorted((first, second), key=lambda level: (level.quantum_numbers, level.index))
        elements = {
            bath.name: tuple(Element.between(lower, s, upper, levels.roots) for s in bath.couplings) for bath in baths
        }
        if any(any(couplings) for couplings in elements.values()):
            frequency = sp.expand(upper.energy - lower.energy)
            if frequency == 0:
                raise InvalidModel(
                    f"levels {lower.label} and {upper.label} are degenerate for all parameters and a bath connects "
                    "them: their coherence is part of the steady state"
                )
            found.append(Transition(upper, lower, frequency, tuple(baths), elements))
    for bath in baths:
        if not any(bath in t.active for t in found) and not _dephases(levels, bath):
            raise InvalidModel(f"bath {bath.name}: it couples to nothing, all its couplings are multiples of 1")
    return Transitions(sorted(found, key=lambda t: (t.lower.index, t.upper.index)))

"""From levels and baths to transitions, rates, eigenoperators and the full GKSL generator.

The generator is also the independent check of the rate equation: it is built from operators, not from the rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import sympy as sp
from sympy.physics.quantum import Commutator, Dagger

from symqb.baths import Bath
from symqb.bose import phi
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
        return {
            name: sp.Add(*(element * sp.conjugate(element) for element in elements))
            for name, elements in self.elements.items()
        }

    def weight_symbol(self, bath: Bath) -> sp.Symbol:
        """w_ij_v, naming the weight of one bath."""
        return real(f"w_{self.name}_{bath.name}")

    def absorption(self, bath: Bath) -> sp.Symbol:
        """Symbol of the absorption rate due to one bath, Eq. (12b)."""
        return positive(f"a_{self.name}_{bath.name}")

    def emission(self, bath: Bath) -> sp.Symbol:
        """Symbol of the emission rate due to one bath, Eq. (12a)."""
        return positive(f"e_{self.name}_{bath.name}")

    @property
    def active(self) -> tuple[Bath, ...]:
        """The baths with a matrix element that does not vanish identically."""
        return tuple(bath for bath in self.baths if any(self.elements[bath.name]))


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
    """Every pair of levels with a matrix element that is not identically zero."""
    found = []
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


@dataclass(frozen=True)
class Eigenoperator:
    """A(omega) = sum |l><l|S|u><u| over the transitions of one frequency: [H, A] = -omega A.

    ``matrix`` is in the bare basis; ``expansion`` the same over |l><u| for printing.
    """

    bath: Bath
    frequency: sp.Expr
    omega: sp.Symbol
    symbol: sp.Symbol
    matrix: sp.ImmutableDenseMatrix
    expansion: sp.Expr


class Eigenoperators(Shown, tuple[Eigenoperator, ...]):
    """The eigenoperators of every bath: one per coupling and distinct Bohr frequency."""

    @classmethod
    def collect(cls, levels: Levels, transitions: Transitions, baths: Sequence[Bath]) -> Eigenoperators:
        """Group the transitions of each coupling by frequency; frequencies are equal when they are so identically."""
        found = []
        for bath in baths:
            for place, _ in enumerate(bath.couplings):
                groups: dict[sp.Expr, list[Transition]] = {}
                for t in transitions:
                    if t.elements[bath.name][place] != 0:
                        groups.setdefault(t.frequency, []).append(t)
                for group in groups.values():
                    found.append(_eigenoperator(bath, place, group))
        return cls(found)

    def formulas(self) -> Iterator[Formula]:
        """Each operator over |l><u|."""
        for operator in self:
            yield Formula(operator.symbol, operator.expansion)


def _eigenoperator(bath: Bath, place: int, group: Sequence[Transition]) -> Eigenoperator:
    mark = bath.name if len(bath.couplings) == 1 else f"{bath.name}{place + 1}"
    elements = [t.elements[bath.name][place] for t in group]
    terms = [(c, t.lower, t.upper) for c, t in zip(elements, group, strict=True)]
    matrix = sum((c * lower.vector * upper.vector.H for c, lower, upper in terms), sp.zeros(len(group[0].upper.vector)))
    expansion = sp.Add(*(c * jump(lower, upper) for c, lower, upper in terms))
    symbol = sp.Symbol(f"S_{group[0].name}_{mark}", commutative=False)
    exact = sp.ImmutableDenseMatrix(matrix.applyfunc(sp.expand))
    return Eigenoperator(bath, group[0].frequency, group[0].omega, symbol, exact, expansion)


def jump(lower: Level, upper: Level) -> sp.Symbol:
    """The symbol tau_ij = |i><j|."""
    return sp.Symbol(f"tau_{lower.index}{upper.index}", commutative=False)


class Dissipator(sp.Function):  # type: ignore[misc]
    """Dissipator(X, rho) = D[X](rho) = X rho X^dagger - {X^dagger X, rho}/2, the paper's L_X, unevaluated."""

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        X, rho = (printer._print(argument) for argument in self.args)
        return rf"\mathcal{{D}}[{X}]({rho})"


@dataclass(frozen=True)
class Generator(Shown):
    """d rho/dt = -i[H, rho] + sum kappa (phi(-omega, T) D[A(omega)] + phi(omega, T) D[A(omega)^dagger]) rho."""

    hamiltonian: sp.ImmutableDenseMatrix
    eigenoperators: Eigenoperators

    def jumps(self) -> Iterator[tuple[sp.Expr, sp.MatrixBase]]:
        """(rate, operator) of each dissipator, operators in the bare basis."""
        for a in self.eigenoperators:
            yield a.bath.strength * phi(-a.frequency, a.bath.temperature), a.matrix
            yield a.bath.strength * phi(a.frequency, a.bath.temperature), a.matrix.H

    def apply(self, rho: sp.MatrixBase) -> sp.MatrixBase:
        """d rho/dt for a density matrix in the bare basis, shape (d, d)."""
        H = self.hamiltonian
        change = -sp.I * (H * rho - rho * H)
        for rate, X in self.jumps():
            n = X.H * X
            change += rate * (X * rho * X.H - (n * rho + rho * n) / 2)
        return change

    def liouvillian(self) -> sp.ImmutableDenseMatrix:
        """The (d^2, d^2) matrix of ``apply`` on column-stacked density matrices, vec(A rho B) = (B^T x A) vec(rho)."""
        kron = sp.kronecker_product
        H, one = self.hamiltonian, sp.eye(self.hamiltonian.rows)
        total = -sp.I * (kron(one, H) - kron(H.T, one))
        for rate, X in self.jumps():
            n = X.H * X
            total += rate * (kron(X.conjugate(), X) - (kron(one, n) + kron(n.T, one)) / 2)
        return sp.ImmutableDenseMatrix(total)

    def formulas(self) -> Iterator[Formula]:
        """The master equation, Eq. (9)."""
        H, rho = sp.Symbol("H_B", commutative=False), sp.Symbol("rho", commutative=False)
        terms = [-sp.I * Commutator(H, rho)]
        for a in self.eigenoperators:
            for sign, operator in ((-1, a.symbol), (1, Dagger(a.symbol))):
                terms.append(a.bath.strength * phi(sign * a.omega, a.bath.temperature) * Dissipator(operator, rho))
        yield Formula(sp.Symbol("rho_dot", commutative=False), sp.Add(*terms), "9", tuple(terms))

"""Eigenoperators and the full GKSL generator.

The generator is also the independent check of the rate equation: it is built from operators, not from the rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.physics.quantum import Commutator, Dagger

from symqb.baths import Bath
from symqb.bose import phi
from symqb.dissipation import Transition, Transitions
from symqb.formulas import Formula
from symqb.shown import Shown
from symqb.spectrum import Level


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

    def _repr_latex_(self) -> str:
        return Eigenoperators((self,))._repr_latex_()

    def __str__(self) -> str:
        return str(Eigenoperators((self,)))


class Eigenoperators(Shown, tuple[Eigenoperator, ...]):
    """The eigenoperators of every bath: one per coupling and distinct Bohr frequency."""

    @classmethod
    def collect(cls, transitions: Transitions, baths: Sequence[Bath]) -> Eigenoperators:
        """Group the transitions of each coupling by frequency; frequencies are equal when they are so identically."""
        found = []
        for bath in baths:
            for place, _ in enumerate(bath.couplings):
                groups: dict[sp.Expr, list[Term]] = {}
                for t in transitions:
                    element = t.elements[bath.name][place]
                    if element != 0:
                        _join(groups, t, element)
                found += [_eigenoperator(bath, place, omega, terms) for omega, terms in groups.items()]
        return cls(found)

    def formulas(self) -> Iterator[Formula]:
        """Each operator over |l><u|."""
        for operator in self:
            yield Formula(operator.symbol, operator.expansion)


#: element, lower level, upper level, transition
Term = tuple[sp.Expr, Level, Level, Transition]


def _join(groups: dict[sp.Expr, list[Term]], t: Transition, element: sp.Expr) -> None:
    """Add a transition to the group of its frequency, turned round if the group of the negative frequency is there."""
    if -t.frequency in groups:
        groups[-t.frequency].append((sp.conjugate(element), t.upper, t.lower, t))
    else:
        groups.setdefault(t.frequency, []).append((element, t.lower, t.upper, t))


def _eigenoperator(bath: Bath, place: int, frequency: sp.Expr, terms: Sequence[Term]) -> Eigenoperator:
    mark = bath.name if len(bath.couplings) == 1 else f"{bath.name}{place + 1}"
    size = len(terms[0][1].vector)
    matrix = sum((c * lower.vector * upper.vector.H for c, lower, upper, _ in terms), sp.zeros(size))
    expansion = sp.Add(*(c * jump(lower, upper) for c, lower, upper, _ in terms))
    first = terms[0][3]
    symbol = sp.Symbol(f"S_{first.name}_{mark}", commutative=False)
    exact = sp.ImmutableDenseMatrix(matrix.applyfunc(sp.expand))
    return Eigenoperator(bath, frequency, first.omega, symbol, exact, expansion)


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

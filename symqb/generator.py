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
from symqb.dissipation import Diagonals, Element, Transition, Transitions
from symqb.errors import InvalidModel
from symqb.formulas import Formula
from symqb.roots import Roots
from symqb.shown import Shown
from symqb.spectrum import Level, Levels


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
    def collect(
        cls, levels: Levels, transitions: Transitions, diagonals: Diagonals, baths: Sequence[Bath]
    ) -> Eigenoperators:
        """Group the terms of each coupling by frequency; frequencies are equal when they are so identically."""
        found = []
        for bath in baths:
            for place, _ in enumerate(bath.couplings):
                groups: dict[sp.Expr, list[Term]] = {}
                for t in transitions:
                    if t.elements[bath.name][place]:
                        _join(groups, t, t.elements[bath.name][place])
                still: list[Term] = [
                    (e, x, x, None) for e, x in zip(diagonals[bath.name][place], levels, strict=True) if e
                ]
                if still:
                    groups[sp.S.Zero] = still
                found += [_eigenoperator(bath, place, omega, terms, levels.roots) for omega, terms in groups.items()]
        return cls(found)

    def formulas(self) -> Iterator[Formula]:
        """Each operator over |l><u|."""
        for operator in self:
            yield Formula(operator.symbol, operator.expansion)


#: matrix element <lower|S|upper>, lower level, upper level, transition (none for a diagonal element)
Term = tuple[Element, Level, Level, Transition | None]


def _join(groups: dict[sp.Expr, list[Term]], t: Transition, element: Element) -> None:
    """Add a transition to the group of its frequency, turned round if the group of the negative frequency is there."""
    if -t.frequency in groups:
        groups[-t.frequency].append((element.adjoint(), t.upper, t.lower, t))
    else:
        groups.setdefault(t.frequency, []).append((element, t.lower, t.upper, t))


def _eigenoperator(bath: Bath, place: int, frequency: sp.Expr, terms: Sequence[Term], roots: Roots) -> Eigenoperator:
    mark = bath.name if len(bath.couplings) == 1 else f"{bath.name}{place + 1}"
    first = terms[0][3]
    name, omega = (first.name, first.omega) if first else ("0", sp.S.Zero)
    symbol = sp.Symbol(f"S_{name}_{mark}", commutative=False)
    expansion = sp.Add(*(e.value(roots) * jump(lower, upper) for e, lower, upper, _ in terms))
    size = len(terms[0][1].direction)
    matrix = sum((projection(e, lower, upper, roots) for e, lower, upper, _ in terms), sp.zeros(size))
    return Eigenoperator(bath, frequency, omega, symbol, sp.ImmutableDenseMatrix(matrix), expansion)


def projection(element: Element, lower: Level, upper: Level, roots: Roots) -> sp.Matrix:
    """|l><l|S|u><u|, rational in parameters and roots."""
    entries = element.overlap * lower.direction * upper.direction.H
    return entries.applyfunc(lambda entry: roots.quotient(entry, element.norm2) if entry != 0 else entry)


def jump(lower: Level, upper: Level) -> sp.Symbol:
    """The symbol tau_ij = |i><j|."""
    return sp.Symbol(f"tau_{lower.index}{upper.index}", commutative=False)


class Dissipator(sp.Function):  # type: ignore[misc]
    """Dissipator(X, rho) = D[X](rho) = X rho X^dagger - {X^dagger X, rho}/2, the paper's L_X, unevaluated."""

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        X, rho = (printer._print(argument) for argument in self.args)
        return rf"\mathcal{{D}}[{X}]({rho})"


@dataclass(frozen=True, repr=False)
class Generator(Shown):
    """d rho/dt = -i[H, rho] + sum kappa (phi(-omega, T) D[A(omega)] + phi(omega, T) D[A(omega)^dagger]) rho."""

    hamiltonian: sp.ImmutableDenseMatrix
    eigenoperators: Eigenoperators

    def jumps(self) -> Iterator[tuple[sp.Expr, sp.MatrixBase]]:
        """(rate, operator) of each dissipator, operators in the bare basis."""
        for a, sign in self._signs():
            yield a.bath.rate(sign * a.frequency), a.matrix if sign < 0 else a.matrix.H

    def _signs(self) -> Iterator[tuple[Eigenoperator, int]]:
        """Emission (-1), then absorption (+1) of each eigenoperator; A(0) is its own adjoint and stands once."""
        for a in self.eigenoperators:
            if a.frequency != 0:
                yield a, -1
                yield a, 1
            elif a.bath.finite_at_zero:
                yield a, -1
            else:
                raise InvalidModel(
                    f"bath {a.bath.name}: it couples to the energy itself, but its density has no finite, positive "
                    "rate at omega = 0: the dephasing rate is not defined"
                )

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
        for a, sign in self._signs():
            terms.append(a.bath.rate(sign * a.omega) * Dissipator(a.symbol if sign < 0 else Dagger(a.symbol), rho))
        yield Formula(sp.Symbol("rho_dot", commutative=False), sp.Add(*terms), "master equation", tuple(terms))

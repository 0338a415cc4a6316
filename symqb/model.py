"""Model: a Hamiltonian and its baths. Every stage of the derivation hangs off it, computed once on first use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sympy as sp

from symqb.baths import Bath
from symqb.dissipation import Diagonals, Rates, Transitions, find_diagonals, find_transitions
from symqb.energetics import Energetics
from symqb.errors import InvalidModel
from symqb.formulas import Formula
from symqb.generator import Eigenoperators, Generator
from symqb.lowering import write_program
from symqb.program import Program
from symqb.roots import Roots
from symqb.shown import Shown
from symqb.spectrum import Key, Levels, find_levels, given_levels
from symqb.steady_state import SteadyState


@dataclass(frozen=True, eq=False)
class Model(Shown):
    """A few-level battery between thermal baths.

    hamiltonian: Hermitian matrix over real symbols, in the order of ``basis``.
    symmetries: commuting matrices that split it into blocks of at most 2x2.
    basis: labels of the bare states; names: label and order of the levels (see ``find_levels``).
    parameters: the symbols of Hamiltonian, couplings and densities in the order to list them; others follow by name.
    empty: label of the level that counts as the uncharged battery; the first level by default.
    name: stem of the generated modules; title: heading of documents.
    numbers: equation numbers of a paper, by what a formula is about (``Formula.about``).
    eigenpairs: (energy, eigenvector) pairs, checked exactly, where a block of the Hamiltonian is larger than 2x2.
    """

    hamiltonian: sp.MatrixBase
    baths: Sequence[Bath]
    symmetries: Sequence[sp.MatrixBase] = ()
    basis: Sequence[str] = ()
    names: Mapping[Key, str] | None = None
    parameters: Sequence[sp.Symbol] = ()
    empty: str = ""
    name: str = "model"
    title: str = "Model of the user"
    numbers: Mapping[str, str] = field(default_factory=dict)
    eigenpairs: Sequence[tuple[sp.Expr, sp.MatrixBase]] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "hamiltonian", sp.ImmutableDenseMatrix(self.hamiltonian))
        size = self.hamiltonian.rows
        if not self.hamiltonian.is_square:
            raise InvalidModel(f"hamiltonian: its shape is {self.hamiltonian.shape}, but allowed is a square matrix")
        if not self.basis:
            object.__setattr__(self, "basis", tuple(str(i) for i in range(1, size + 1)))
        matrices = [self.hamiltonian, *(coupling for bath in self.baths for coupling in bath.couplings)]
        symbols = {symbol for matrix in matrices for symbol in matrix.free_symbols}
        found = sorted(symbols.union(*(bath.parameters for bath in self.baths)), key=str)
        if not set(self.parameters) <= set(found):
            raise InvalidModel(f"parameters: given are {self.parameters}, but the matrices and densities have {found}")
        rest = (symbol for symbol in found if symbol not in self.parameters)
        object.__setattr__(self, "parameters", (*self.parameters, *rest))
        names = [bath.name for bath in self.baths]
        if not names or len(set(names)) < len(names):
            raise InvalidModel(f"baths: their names are {names}, but allowed is one or more, all different")
        for bath in self.baths:
            for coupling in bath.couplings:
                if coupling.shape != (size, size):
                    raise InvalidModel(
                        f"bath {bath.name}: a coupling is {coupling.shape}, the Hamiltonian {size}x{size}"
                    )

    def formulas(self) -> Iterator[Formula]:
        """The Hamiltonian, Eq. (3), and the couplings, Eq. (5)."""
        yield Formula(sp.Symbol("H_B"), self.hamiltonian, "hamiltonian")
        for bath in self.baths:
            for place, coupling in enumerate(bath.couplings, start=1):
                mark = bath.name if len(bath.couplings) == 1 else f"{bath.name}{place}"
                yield Formula(sp.Symbol(f"S_{mark}"), coupling)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Role of each parameter by name: the model's own parameters, then temperatures, then strengths."""
        roles = {symbol.name: "positive" if symbol.is_positive else "real" for symbol in self.parameters}
        roles.update({bath.temperature.name: "temperature" for bath in self.baths})
        roles.update({bath.strength.name: "strength" for bath in self.baths})
        return roles

    @cached_property
    def levels(self) -> Levels:
        """Energies and eigenvectors in label order, Eq. (2)."""
        if self.eigenpairs:
            return given_levels(self.hamiltonian, self.eigenpairs)
        return find_levels(self.hamiltonian, self.symmetries, self.names)

    @property
    def roots(self) -> Roots:
        """The named square roots in the levels, such as alpha = sqrt(Delta^2 + 8 J^2)."""
        return self.levels.roots

    @cached_property
    def transitions(self) -> Transitions:
        """The pairs of levels that some bath connects, with frequency and matrix elements, Eq. (8)."""
        return find_transitions(self.levels, self.baths)

    @cached_property
    def diagonals(self) -> Diagonals:
        """The diagonal elements of the couplings in the energy basis: pure dephasing."""
        return find_diagonals(self.levels, self.baths)

    @cached_property
    def rates(self) -> Rates:
        """Absorption and emission rates of every transition, Eqs. (7), (12), (14)."""
        return Rates(self.transitions)

    @cached_property
    def eigenoperators(self) -> Eigenoperators:
        """A_v(omega) for each bath and each distinct Bohr frequency, Eqs. (8) and (10c)."""
        return Eigenoperators.collect(self.levels, self.transitions, self.diagonals, self.baths)

    @cached_property
    def generator(self) -> Generator:
        """The secular GKSL generator on the full density matrix, Eqs. (6), (7), (9) to (11)."""
        return Generator(self.hamiltonian, self.eigenoperators)

    @cached_property
    def steady_state(self) -> SteadyState:
        """Stationary populations as functions of the total rates, Eqs. (13), (14)."""
        return SteadyState(self.levels, self.transitions, self.energetics.empty)

    @cached_property
    def rate_matrix(self) -> sp.ImmutableDenseMatrix:
        """M of dp/dt = M p over the total rates A_ij, E_ij; columns sum to 0."""
        return self.steady_state.rate_matrix

    @cached_property
    def energetics(self) -> Energetics:
        """Stored energy (15), ergotropy (16), (17), exergy (19), heat currents, entropy production."""
        labels = [level.label for level in self.levels]
        if self.empty and self.empty not in labels:
            raise InvalidModel(f"empty = {self.empty}: allowed are {', '.join(labels)}")
        empty = self.levels[labels.index(self.empty)] if self.empty else self.levels[0]
        return Energetics(self.levels, self.transitions, self.baths, empty)

    @cached_property
    def program(self) -> Program:
        """The straight-line program that every back end prints."""
        return write_program(self)

    def to_qutip(self, **parameters: Any) -> tuple[Any, list[Any]]:
        """(H, collapse operators) at one parameter point: see ``symqb.dynamics.qutip_export.to_qutip``."""
        from symqb.dynamics.qutip_export import to_qutip

        return to_qutip(self, **parameters)

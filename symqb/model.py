"""Model: a Hamiltonian and its baths. Every stage of the derivation hangs off it, computed once on first use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy as sp

from symqb.baths import Bath, matrix
from symqb.dissipation import Diagonals, Rates, Transitions, find_diagonals, find_transitions
from symqb.eigenpairs import given_levels
from symqb.energetics import Energetics
from symqb.errors import InvalidModel
from symqb.formulas import Formula
from symqb.generator import Eigenoperators, Generator
from symqb.lowering import write_program
from symqb.program import Program
from symqb.roots import Roots
from symqb.shown import Shown
from symqb.spectrum import Key, Level, Levels, find_levels
from symqb.steady_state import SteadyState

if TYPE_CHECKING:
    from symqb.dynamics.qutip_export import QutipModel


@dataclass(frozen=True, eq=False, repr=False)
class Model(Shown):
    """A few-level battery between thermal baths.

    hamiltonian: Hermitian matrix over real symbols, in the order of ``basis``.
    symmetries: commuting matrices that split it into blocks of at most 2x2.
    basis: labels of the bare states; names: label and order of the levels (see ``find_levels``).
    parameters: the symbols of Hamiltonian, couplings and densities in the order to list them; others follow by name.
    empty: the level that counts as the uncharged battery, by its label or as a state of the basis; else the first.
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
        object.__setattr__(self, "hamiltonian", matrix("hamiltonian", self.hamiltonian))
        object.__setattr__(self, "baths", (self.baths,) if isinstance(self.baths, Bath) else tuple(self.baths))
        given = [self.symmetries] if isinstance(self.symmetries, sp.MatrixBase) else self.symmetries
        symmetries = tuple(matrix(f"symmetries[{i}]", symmetry) for i, symmetry in enumerate(given))
        object.__setattr__(self, "symmetries", symmetries)
        size = self.hamiltonian.rows
        basis = tuple(map(str, self.basis or range(1, size + 1)))
        if len(basis) != size:
            raise InvalidModel(f"basis: it has {len(basis)} labels, but allowed are {size}")
        object.__setattr__(self, "basis", basis)
        self._check_baths()
        object.__setattr__(self, "parameters", self._all_parameters())
        if self.eigenpairs and (self.symmetries or self.names):
            raise InvalidModel("eigenpairs: they come without symmetries and names, and are labelled psi_1, psi_2, ...")

    def _check_baths(self) -> None:
        names = [bath.name for bath in self.baths]
        if not names or len(set(names)) < len(names):
            raise InvalidModel(f"baths: their names are {names}, but allowed is one or more, all different")
        size = self.hamiltonian.rows
        for bath in self.baths:
            for coupling in bath.couplings:
                if coupling.rows != size:
                    raise InvalidModel(
                        f"bath {bath.name}: a coupling is {coupling.shape}, the Hamiltonian {size}x{size}"
                    )

    def _all_parameters(self) -> tuple[sp.Symbol, ...]:
        """The given parameters, then all others that occur, by name."""
        matrices = [self.hamiltonian, *(coupling for bath in self.baths for coupling in bath.couplings)]
        symbols = {symbol for matrix in matrices for symbol in matrix.free_symbols}
        found = sorted(symbols.union(*(bath.parameters for bath in self.baths)), key=str)
        if not set(self.parameters) <= set(found):
            raise InvalidModel(f"parameters: given are {self.parameters}, but the matrices and densities have {found}")
        own = {symbol for bath in self.baths for symbol in (bath.temperature, bath.strength)}
        names = [symbol.name for symbol in (*found, *own)]
        for name in names:
            if names.count(name) > 1:
                raise InvalidModel(f"parameter {name}: two symbols have this name, but allowed is one")
        return (*self.parameters, *(symbol for symbol in found if symbol not in self.parameters))

    def formulas(self) -> Iterator[Formula]:
        """The Hamiltonian, Eq. (3), and the couplings, Eq. (5)."""
        yield Formula(sp.Symbol("H_B"), self.hamiltonian, "hamiltonian")
        for bath in self.baths:
            yield from bath.formulas()

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
            return given_levels(self.hamiltonian, self.eigenpairs, self.parameters)
        return find_levels(self.hamiltonian, self.symmetries, self.names, self.parameters)

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
        return Energetics(self.levels, self.transitions, self.baths, self._empty_level())

    def _empty_level(self) -> Level:
        if not self.empty:
            return self.levels[0]
        for level in self.levels:
            states = [state for state, entry in zip(self.basis, level.direction, strict=True) if entry != 0]
            if self.empty == level.label or states == [self.empty]:
                return level
        labels = ", ".join(level.label for level in self.levels)
        raise InvalidModel(f"empty = {self.empty}: allowed are {labels}, and states of the basis that are levels")

    def render(self, form: str = "text", show: Sequence[str] = ()) -> str:
        """The derivation, or its parts named in ``show``: "text", "latex", "fragment", "python", "wolfram", "json".

        See ``symqb.document.PARTS`` for the parts; "levels" writes out the eigenvectors.
        """
        from symqb.formats import render

        return render(self, form, show)

    @cached_property
    def program(self) -> Program:
        """The straight-line program that every back end prints."""
        return write_program(self)

    def to_qutip(self, **parameters: Any) -> QutipModel:
        """(H, collapse operators, rates) at one parameter point, as operators on one space in the order of ``basis``.

        That is not the order of Kronecker products; see ``symqb.dynamics.qutip_export.to_qutip``.
        """
        from symqb.dynamics.qutip_export import to_qutip

        return to_qutip(self, **parameters)

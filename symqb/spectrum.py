"""Levels in closed form: symmetry blocks first, then blocks of one or two states.

A generic eigensolver on the symbolic matrix is slow and returns unusable forms; once the commuting symmetries are
used, no block of the two- and three-qubit chains is larger than 2x2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from symqb.errors import InvalidModel
from symqb.formulas import Formula, ket
from symqb.shown import Shown
from symqb.symbols import real

#: Quantum numbers (eigenvalues of the symmetries) and the rank by energy among the levels that share them.
Key = tuple[sp.Expr, ...]


@dataclass(frozen=True)
class Level:
    """One energy eigenstate. ``vector`` is a normalised column in the bare basis; ``index`` counts from 1."""

    index: int
    label: str
    energy: sp.Expr
    vector: sp.ImmutableDenseMatrix
    quantum_numbers: tuple[sp.Expr, ...]

    def _repr_latex_(self) -> str:
        return Levels((self,))._repr_latex_()

    def __str__(self) -> str:
        return f"{self.label}: {Levels((self,))}"


class Levels(Shown, tuple[Level, ...]):
    """The levels in label order, Eqs. (2) and (21)."""

    def formulas(self) -> Iterator[Formula]:
        """The energies."""
        for level in self:
            yield Formula(real(f"E_{level.index}"), level.energy, "2")

    def vectors(self, basis: Sequence[str]) -> Iterator[Formula]:
        """Each eigenvector written out over the kets of ``basis``."""
        for level in self:
            expansion = sp.Add(*(sp.factor_terms(c) * ket(b) for c, b in zip(level.vector, basis, strict=True)))
            yield Formula(ket(level.label), sp.factor_terms(expansion), "2")


def find_levels(
    hamiltonian: sp.MatrixBase, symmetries: Sequence[sp.MatrixBase], names: Mapping[Key, str] | None = None
) -> Levels:
    """Energies and eigenvectors of ``hamiltonian``, with the eigenvalues of ``symmetries`` as quantum numbers.

    ``names`` maps each key (quantum numbers, then rank by energy) to a label and fixes the order; without it levels
    are labelled psi_1, psi_2, ... by ascending quantum numbers. Raises ``InvalidModel`` for a Hamiltonian that is not
    Hermitian, a symmetry that does not commute with it, or a block larger than 2x2.
    """
    _check(hamiltonian, symmetries)
    found: dict[Key, tuple[sp.Expr, sp.Matrix]] = {}
    for numbers, block in _blocks(hamiltonian.rows, symmetries):
        for rank, (energy, coordinates) in enumerate(_solve_connected(block.H * hamiltonian * block, numbers)):
            found[(*numbers, sp.Integer(rank))] = energy, _fix_sign(block * coordinates)
    if names is None:
        names = {key: f"psi_{i}" for i, key in enumerate(sorted(found, key=sp.default_sort_key), start=1)}
    if set(names) != set(found):
        raise InvalidModel(f"names: keys are {list(names)}, but the levels found have {list(found)}")
    return Levels(
        Level(i, label, found[key][0], sp.ImmutableDenseMatrix(found[key][1]), key[:-1])
        for i, (key, label) in enumerate(names.items(), start=1)
    )


def _check(hamiltonian: sp.MatrixBase, symmetries: Sequence[sp.MatrixBase]) -> None:
    if not is_zero(hamiltonian - hamiltonian.H):
        raise InvalidModel("hamiltonian is not Hermitian: allowed is H = H^dagger with its symbols declared real")
    for i, symmetry in enumerate(symmetries):
        if symmetry.shape != hamiltonian.shape or not is_zero(hamiltonian * symmetry - symmetry * hamiltonian):
            raise InvalidModel(f"symmetries[{i}] does not commute with the Hamiltonian")


def is_zero(matrix: sp.MatrixBase) -> bool:
    """Whether every entry expands to 0."""
    return all(sp.expand(entry) == 0 for entry in matrix)


def _blocks(size: int, symmetries: Sequence[sp.MatrixBase]) -> Iterator[tuple[tuple[sp.Expr, ...], sp.Matrix]]:
    """Joint eigenspaces of the symmetries: (quantum numbers, orthonormal columns)."""
    blocks: list[tuple[tuple[sp.Expr, ...], sp.Matrix]] = [((), sp.eye(size))]
    for symmetry in symmetries:
        blocks = [
            ((*numbers, value), block * sp.Matrix.hstack(*sp.GramSchmidt(vectors, orthonormal=True)))
            for numbers, block in blocks
            for value, _, vectors in sorted((block.H * symmetry * block).eigenvects(), key=lambda v: v[0])
        ]
    yield from blocks


def _solve_connected(matrix: sp.MatrixBase, numbers: tuple[sp.Expr, ...]) -> Iterator[tuple[sp.Expr, sp.Matrix]]:
    """Eigenpairs of a Hermitian matrix, one set of states that it connects after the other."""
    for component in matrix.applyfunc(sp.expand).connected_components():
        for energy, coordinates in _solve(matrix.extract(component, component), numbers):
            whole = sp.zeros(matrix.rows, 1)
            for place, coordinate in zip(component, coordinates, strict=True):
                whole[place] = coordinate
            yield energy, whole


def _solve(block: sp.MatrixBase, numbers: tuple[sp.Expr, ...]) -> Iterator[tuple[sp.Expr, sp.Matrix]]:
    """Eigenpairs of a 1x1 or 2x2 Hermitian matrix, the lower root first."""
    if block.rows == 1:
        yield sp.expand(block[0, 0]), sp.eye(1)
        return
    if block.rows > 2:
        raise InvalidModel(
            f"the block with quantum numbers {numbers} is {block.rows}x{block.rows}: "
            "allowed is at most 2x2; give further commuting symmetries"
        )
    a, b, d = (sp.expand(entry) for entry in (block[0, 0], block[0, 1], block[1, 1]))
    root = sp.sqrt(sp.expand(a - d) ** 2 + 4 * b * sp.conjugate(b))  # a sum of squares, visibly real
    for sign in (-1, 1):
        ratio = (d - a + sign * root) / (2 * b)
        yield (a + d) / 2 + sign * root / 2, sp.Matrix([1, ratio]) / sp.sqrt(1 + ratio * sp.conjugate(ratio))


def _fix_sign(vector: sp.MatrixBase) -> sp.MatrixBase:
    """The paper's choice of sign: the last component in the bare basis is positive (left alone when undecided)."""
    last = next(entry for entry in reversed(list(vector)) if entry != 0)
    return -vector if last.is_negative else vector

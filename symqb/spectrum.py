"""Levels in closed form: symmetry blocks first, then blocks of one or two states.

A generic eigensolver on the symbolic matrix is slow and returns unusable forms; once the commuting symmetries are
used, no block of the two- and three-qubit chains is larger than 2x2. Eigenvectors are kept as a direction and its
squared length, both polynomials in the parameters and in the named root of the block.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from symqb.errors import InvalidModel
from symqb.formulas import Formula, ket
from symqb.roots import Roots, Squares
from symqb.shown import Shown
from symqb.symbols import real

#: Quantum numbers (eigenvalues of the symmetries) and the rank by energy among the levels that share them.
Key = tuple[sp.Expr, ...]


@dataclass(frozen=True)
class Level:
    """One energy eigenstate: direction / sqrt(norm2), a column in the bare basis; ``index`` counts from 1."""

    index: int
    label: str
    energy: sp.Expr
    direction: sp.ImmutableDenseMatrix
    norm2: sp.Expr
    quantum_numbers: tuple[sp.Expr, ...]

    @property
    def vector(self) -> sp.ImmutableDenseMatrix:
        """The normalised eigenvector."""
        return self.direction / sp.sqrt(self.norm2)

    def projector(self, roots: Roots) -> sp.Matrix:
        """|v><v|, rational in parameters and roots."""
        entries = self.direction * self.direction.H
        return entries.applyfunc(lambda entry: roots.quotient(entry, self.norm2) if entry != 0 else entry)

    def _repr_latex_(self) -> str:
        return Levels((self,))._repr_latex_()

    def __str__(self) -> str:
        return f"{self.label}: {Levels((self,))}"


class Levels(Shown, tuple[Level, ...]):
    """The levels in label order, Eqs. (2) and (21), over the named ``roots``."""

    roots: Roots = Roots()

    def formulas(self) -> Iterator[Formula]:
        """The energies."""
        yield from self.roots.formulas()
        for level in self:
            yield Formula(real(f"E_{level.index}"), level.energy, "levels")

    def vectors(self, basis: Sequence[str]) -> Iterator[Formula]:
        """Each eigenvector written out over the kets of ``basis``."""
        for level in self:
            terms = (sp.factor(c) * ket(b) for c, b in zip(level.direction, basis, strict=True))
            expansion = sp.factor_terms(sp.Add(*terms)) / sp.sqrt(level.norm2)
            yield Formula(ket(level.label), expansion, "levels")


@dataclass(frozen=True)
class Block:
    """One or two orthogonal states that H maps into each other: columns in the bare basis, of any length."""

    quantum_numbers: tuple[sp.Expr, ...]
    columns: tuple[sp.Matrix, ...]
    hamiltonian: sp.MatrixBase

    def norm2(self, i: int) -> sp.Expr:
        """<c_i|c_i>."""
        return (self.columns[i].H * self.columns[i])[0]

    def element(self, i: int, j: int) -> sp.Expr:
        """<c_i|H|c_j>."""
        return sp.expand((self.columns[i].H * self.hamiltonian * self.columns[j])[0])

    def mean(self, i: int) -> sp.Expr:
        """The diagonal element of H in the normalised state."""
        return sp.expand(self.element(i, i) / self.norm2(i))

    @property
    def detuning(self) -> sp.Expr:
        """delta = a - d of the normalised block [[a, b], [b*, d]]."""
        return sp.expand(self.mean(0) - self.mean(1))

    @property
    def squares(self) -> Squares:
        """delta^2 + 4|b|^2 as a sum of c x^2; empty where the eigenvalues need no root."""
        b = self.element(0, 1) if len(self.columns) == 2 else sp.S.Zero
        if b == 0 or (self.detuning == 0 and b.is_real):
            return ()
        scale = sp.Integer(4) / (self.norm2(0) * self.norm2(1))
        terms = [(sp.S.One, self.detuning), *((scale, part) for part in b.as_real_imag())]
        contents = [(c, *x.as_content_primitive()) for c, x in terms if x != 0]
        return tuple((c * number**2, x) for c, number, x in contents)

    @property
    def radicand(self) -> sp.Expr:
        """delta^2 + 4|b|^2, 0 where the eigenvalues need no root."""
        return sp.expand(sp.Add(*(c * x**2 for c, x in self.squares)))

    def solve(self, roots: Roots) -> Iterator[tuple[sp.Expr, sp.Matrix, sp.Expr]]:
        """(energy, direction, norm2), the lower root first."""
        if len(self.columns) == 1:
            yield self.mean(0), self.columns[0], self.norm2(0)
            return
        first, second = self.columns
        n1, n2 = self.norm2(0), self.norm2(1)
        if self.radicand == 0:  # [[a, b], [b, a]]: the eigenvectors are known whatever b is
            for sign in (-1, 1):
                energy = self.mean(0) + sign * self.element(0, 1) / sp.sqrt(n1 * n2)
                yield sp.expand(energy), first + sign * sp.sqrt(n1 / n2) * second, 2 * n1
            return
        alpha, delta = roots.sqrt(self.radicand), self.detuning
        for sign in (-1, 1):  # (2b, -delta + sign alpha) in the normalised block
            direction = 2 * self.element(0, 1) / n1 * first + (sign * alpha - delta) * second
            yield (self.mean(0) + self.mean(1) + sign * alpha) / 2, direction, 2 * n2 * alpha * (alpha - sign * delta)


def find_levels(
    hamiltonian: sp.MatrixBase,
    symmetries: Sequence[sp.MatrixBase],
    names: Mapping[Key, str] | None = None,
    taken: Collection[sp.Symbol] = (),
) -> Levels:
    """Energies and eigenvectors of ``hamiltonian``, with the eigenvalues of ``symmetries`` as quantum numbers.

    ``names`` maps each key (quantum numbers, then rank by energy) to a label and fixes the order; without it levels
    are labelled psi_1, psi_2, ... by ascending quantum numbers. Roots avoid the names of ``taken`` symbols. Raises
    ``InvalidModel`` for a Hamiltonian that is not Hermitian, a symmetry that is not or does not commute with it, or a
    block larger than 2x2.
    """
    check(hamiltonian, symmetries)
    blocks = list(_blocks(hamiltonian, symmetries))
    roots = Roots.name({b.radicand: b.squares for b in blocks if b.squares}, {*hamiltonian.free_symbols, *taken})
    found: dict[Key, tuple[sp.Expr, sp.Matrix, sp.Expr]] = {}
    for block in blocks:
        for solution in block.solve(roots):
            rank = sum(1 for key in found if key[:-1] == block.quantum_numbers)
            found[(*block.quantum_numbers, sp.Integer(rank))] = solution
    if names is None:
        names = {key: f"psi_{i}" for i, key in enumerate(sorted(found, key=sp.default_sort_key), start=1)}
    if set(names) != set(found):
        raise InvalidModel(f"names: keys are {list(names)}, but the levels found have {list(found)}")
    levels = []
    for i, (key, label) in enumerate(names.items(), start=1):
        energy, direction, norm2 = found[key]
        levels.append(Level(i, label, energy, _fix_sign(direction), norm2, key[:-1]))
    return with_roots(levels, roots)


def with_roots(levels: Sequence[Level], roots: Roots) -> Levels:
    """The levels and the names of their roots."""
    whole = Levels(levels)
    whole.roots = roots
    return whole


def check(hamiltonian: sp.MatrixBase, symmetries: Sequence[sp.MatrixBase]) -> None:
    """Raise ``InvalidModel`` for what is not Hermitian or does not commute."""
    if not is_zero(hamiltonian - hamiltonian.H):
        raise InvalidModel("hamiltonian is not Hermitian: allowed is H = H^dagger with its symbols declared real")
    for i, symmetry in enumerate(symmetries):
        if symmetry.shape != hamiltonian.shape or not is_zero(hamiltonian * symmetry - symmetry * hamiltonian):
            raise InvalidModel(f"symmetries[{i}] does not commute with the Hamiltonian")
        if not is_zero(symmetry - symmetry.H):
            raise InvalidModel(f"symmetries[{i}] is not Hermitian")


def is_zero(matrix: sp.MatrixBase) -> bool:
    """Whether every entry expands to 0."""
    return all(sp.expand(entry) == 0 for entry in matrix)


def _blocks(hamiltonian: sp.MatrixBase, symmetries: Sequence[sp.MatrixBase]) -> Iterator[Block]:
    """The joint eigenspaces of the symmetries, cut further into sets of states that H connects."""
    for numbers, columns in _eigenspaces(hamiltonian.rows, symmetries):
        joined = sp.Matrix.hstack(*columns)
        for component in (joined.H * hamiltonian * joined).applyfunc(sp.expand).connected_components():
            if len(component) > 2:
                raise InvalidModel(
                    f"the block with quantum numbers {numbers} is {len(component)}x{len(component)}: allowed is at "
                    "most 2x2; give further commuting symmetries, or the eigenpairs"
                )
            yield Block(numbers, tuple(columns[i] for i in component), hamiltonian)


def _eigenspaces(size: int, symmetries: Sequence[sp.MatrixBase]) -> list[tuple[tuple[sp.Expr, ...], list[sp.Matrix]]]:
    """(quantum numbers, orthogonal columns that span the joint eigenspace)."""
    spaces: list[tuple[tuple[sp.Expr, ...], list[sp.Matrix]]] = [((), [sp.eye(size).col(i) for i in range(size)])]
    for symmetry in symmetries:
        refined = []
        for numbers, columns in spaces:
            joined = sp.Matrix.hstack(*columns)
            norms = sp.diag(*((c.H * c)[0] for c in columns))
            reduced = norms.inv() * joined.H * symmetry * joined
            for value, _, vectors in sorted(reduced.eigenvects(), key=lambda found: sp.default_sort_key(found[0])):
                independent = sorted((joined * v for v in vectors), key=_first_place)
                refined.append(((*numbers, value), sp.GramSchmidt(independent)))
        spaces = refined
    return spaces


def _first_place(column: sp.MatrixBase) -> int:
    """Where the column starts: blocks list their states in the order of the bare basis."""
    return next(i for i, entry in enumerate(column) if entry != 0)


def _fix_sign(direction: sp.MatrixBase) -> sp.ImmutableDenseMatrix:
    """The paper's choice of sign: the last component in the bare basis is positive (left alone when undecided)."""
    last = next(entry for entry in reversed(list(direction)) if entry != 0)
    return sp.ImmutableDenseMatrix(-direction if last.is_negative else direction)

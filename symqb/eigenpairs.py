"""Levels that the user supplies, where a block of the Hamiltonian is too large to be solved here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import sympy as sp

from symqb.errors import InvalidModel
from symqb.roots import Roots
from symqb.spectrum import Level, Levels, check, with_roots


def given_levels(
    hamiltonian: sp.MatrixBase, pairs: Sequence[tuple[sp.Expr, sp.MatrixBase]], taken: Collection[sp.Symbol] = ()
) -> Levels:
    """Levels from (energy, eigenvector) pairs of the user's, checked exactly; square roots become named roots.

    Vectors need not be normalised; roots avoid the names of ``taken`` symbols. Raises ``InvalidModel`` where a pair is
    no eigenpair or two are not orthogonal.
    """
    check(hamiltonian, ())
    columns = _columns(hamiltonian.rows, pairs)
    powers = [power for energy, vector in columns for power in _square_roots(sp.Tuple(energy, *vector))]
    roots = Roots.name({power.base: () for power in powers}, {*hamiltonian.free_symbols, *taken})
    named = {power: roots.sqrt(power.base) ** (2 * power.exp) for power in powers}
    levels: list[Level] = []
    for i, (energy, vector) in enumerate(columns):
        E, direction = energy.xreplace(named), _without_denominators(vector.xreplace(named))
        norm2 = sp.factor(roots.reduced((direction.H * direction)[0]))
        if norm2 == 0 or not roots.is_zero(hamiltonian * direction - E * direction):
            raise InvalidModel(f"eigenpairs[{i}]: {vector.T.tolist()[0]} is no eigenvector with energy {energy}")
        for j, other in enumerate(levels):
            if not roots.is_zero(other.direction.H * direction):
                raise InvalidModel(f"eigenpairs[{j}] and eigenpairs[{i}] are not orthogonal")
        levels.append(Level(i + 1, f"psi_{i + 1}", E, sp.ImmutableDenseMatrix(direction), norm2, ()))
    return with_roots(levels, roots)


def _columns(size: int, pairs: Sequence[tuple[sp.Expr, sp.MatrixBase]]) -> list[tuple[sp.Expr, sp.Matrix]]:
    try:
        columns = [(sp.sympify(energy), sp.Matrix(vector)) for energy, vector in pairs]
    except (TypeError, ValueError):
        columns = []
    if len(columns) != size or not all(isinstance(E, sp.Expr) and v.shape == (size, 1) for E, v in columns):
        raise InvalidModel(f"eigenpairs: allowed are {size} pairs (energy, column of {size} entries)")
    return columns


def _square_roots(expr: sp.Basic) -> Iterator[sp.Pow]:
    """sqrt(x) and its odd powers, for every x that contains a symbol."""
    for power in sorted(expr.atoms(sp.Pow), key=sp.default_sort_key):
        if power.exp.is_Rational and power.exp.q == 2 and power.base.free_symbols:
            if list(_square_roots(power.base)):
                raise InvalidModel(f"eigenpairs: {power} is a root within a root, but allowed are roots of polynomials")
            yield power


def _without_denominators(vector: sp.MatrixBase) -> sp.Matrix:
    """The same direction: what follows is polynomial in the roots, and vectors may come normalised."""
    common = sp.lcm_list([sp.fraction(sp.together(entry))[1] for entry in vector])
    return (vector * common).applyfunc(sp.cancel)

"""Levels in closed form."""

from dataclasses import replace

import pytest
import sympy as sp

import symqb
from symqb.checks import eigenvectors
from symqb.eigenpairs import given_levels
from symqb.errors import InvalidModel, UnknownChoice
from symqb.spectrum import find_levels
from symqb.symbols import real
from symqb.xxz import SIGMA_X, SIGMA_Z

B0, J, Delta = map(real, ("B0", "J", "Delta"))
a, c = map(real, "ac")
b = sp.Symbol("b", real=True, nonzero=True)


def test_two_qubit_levels_solve_the_eigenvalue_equation_exactly():
    """H|Phi> = E|Phi> as polynomials in B0, J, Delta, and the vectors are orthonormal."""
    model = symqb.xxz_chain(2)
    assert eigenvectors(model)
    assert [level.label for level in model.levels] == ["Phi_1", "Phi_2", "Phi_3", "Phi_4"]


def test_the_sign_of_each_vector_is_the_papers():
    """The last component in the bare basis is positive: (|01> - |10>)/sqrt(2), not its negative."""
    for level in symqb.xxz_chain(2).levels:
        assert next(entry for entry in reversed(list(level.vector)) if entry != 0) > 0
    assert [level.vector[1] > 0 for level in find_levels(SIGMA_X, [])] == [True, True]


def test_the_check_notices_vectors_that_are_not_normalised():
    """Doubling a vector keeps H|v> = E|v> and loses <v|v> = 1."""
    model = symqb.xxz_chain(2)
    first, *rest = model.levels
    model.__dict__["levels"] = type(model.levels)([replace(first, direction=2 * first.direction), *rest])
    assert not eigenvectors(model)


def numeric(level, roots, values):
    """(energy, vector) with numbers put in, at 30 digits."""
    vector = level.vector.subs(roots.explicit()).subs(values).evalf(30)
    return level.energy.subs(roots.explicit()).subs(values).evalf(30), vector


@pytest.mark.parametrize(
    "H", [sp.Matrix([[a, -sp.I * b], [sp.I * b, c]]), sp.Matrix([[a, b], [b, c]])], ids=["sy", "sx"]
)
def test_a_block_of_two_states_is_solved_with_a_named_root(H):
    """Exactly, modulo alpha^2 = (a - c)^2 + 4 b^2; and in numbers, the lower root first."""
    levels = find_levels(H, ())
    (root,) = levels.roots
    assert str(root.symbol) == "alpha"
    assert sp.expand(root.radicand - (a - c) ** 2 - 4 * b**2) == 0
    for level in levels:
        assert levels.roots.is_zero(H * level.direction - level.energy * level.direction)
        assert levels.roots.is_zero(level.direction.H * level.direction - sp.Matrix([level.norm2]))
    for values in ({a: 1, b: 2, c: -3}, {a: -1, b: sp.Rational(-1, 7), c: 3}):
        (low, v), (high, w) = (numeric(level, levels.roots, values) for level in levels)
        assert low < high
        M = H.subs(values)
        for energy, vector in ((low, v), (high, w)):
            assert (M * vector - energy * vector).norm() < 1e-27
            assert abs(vector.norm() - 1) < 1e-27


def test_three_qubit_levels_are_those_of_equation_21():
    """Labels, energies and quantum numbers of Psi_1 to Psi_8 in the paper's order, the root named alpha."""
    levels = symqb.xxz_chain(3).levels
    alpha = levels.roots[0].symbol
    half = sp.Rational(1, 2)
    expected = [-B0 / 2, B0 / 2, Delta - 3 * B0 / 2, Delta + 3 * B0 / 2, -half * (B0 + Delta + alpha)]
    expected += [half * (B0 - Delta - alpha), -half * (B0 + Delta - alpha), half * (B0 - Delta + alpha)]
    assert [level.label for level in levels] == [f"Psi_{i}" for i in range(1, 9)]
    assert [sp.expand(level.energy - E) for level, E in zip(levels, expected, strict=True)] == [0] * 8
    assert levels.roots.explicit() == {alpha: sp.sqrt(Delta**2 + 8 * J**2)}
    assert [level.quantum_numbers[1] for level in levels] == [-1, -1, 1, 1, 1, 1, 1, 1]


def test_equal_roots_share_a_name_and_different_ones_do_not():
    """Blocks with one radicand, or twice the root: alpha; with two: alpha_1, alpha_2; a parameter keeps its name."""
    block = sp.Matrix([[a, b], [b, 0]])
    assert [str(r.symbol) for r in find_levels(sp.diag(block, block + sp.eye(2)), ()).roots] == ["alpha"]
    assert [str(r.symbol) for r in find_levels(sp.diag(block, 2 * block), ()).roots] == ["alpha"]
    other = sp.Matrix([[c, b], [b, 0]])
    assert [str(r.symbol) for r in find_levels(sp.diag(block, other), ()).roots] == ["alpha_1", "alpha_2"]
    taken = block.subs(a, real("alpha"))
    assert [str(r.symbol) for r in find_levels(taken, ()).roots] == ["alpha_1"]


def test_levels_of_larger_blocks_can_be_given_and_are_checked():
    """A 3x3 block with the user's eigenpairs, square roots and all; a wrong pair is refused by its place."""
    H = sp.Matrix([[0, a, 0], [a, 0, b], [0, b, 0]])
    r = sp.sqrt(a**2 + b**2)
    pairs = [(0, sp.Matrix([b, 0, -a])), (r, sp.Matrix([a, r, b])), (-r, sp.Matrix([a, -r, b]))]
    levels = given_levels(H, pairs)
    assert [str(level.energy) for level in levels] == ["0", "alpha", "-alpha"]
    with pytest.raises(InvalidModel, match=r"eigenpairs\[1\]: .* is no eigenvector with energy a"):
        given_levels(H, [pairs[0], (a, pairs[1][1]), pairs[2]])
    with pytest.raises(InvalidModel, match=r"eigenpairs\[0\] and eigenpairs\[1\] are not orthogonal"):
        given_levels(sp.zeros(3), [(0, sp.Matrix([1, 0, 0])), (0, sp.Matrix([1, 1, 0])), (0, sp.Matrix([0, 0, 1]))])
    with pytest.raises(InvalidModel, match="allowed are 3 pairs"):
        given_levels(H, pairs[:2])


def test_the_check_notices_a_wrong_hamiltonian():
    """The eigenvalue check is not vacuous: another Hamiltonian's levels fail it."""
    model = symqb.xxz_chain(2)
    wrong = symqb.Model(model.hamiltonian.subs(J, 2 * J), model.baths, model.symmetries, names=model.names)
    wrong.__dict__["levels"] = model.levels
    assert not eigenvectors(wrong)


def test_bare_basis_and_hamiltonian_are_built_from_the_operators():
    """<11|H|11> is the fully polarised energy, <10|H|01> the flip-flop, in the order 11, 10, 01, 00."""
    model = symqb.xxz_chain(2)
    assert model.basis == ("11", "10", "01", "00")
    assert model.hamiltonian.trace() == 0
    assert model.hamiltonian[0, 0] - model.hamiltonian[3, 3] == 2 * B0
    assert model.hamiltonian[1, 2] == J


@pytest.mark.parametrize(
    ("hamiltonian", "symmetries", "message"),
    [
        (sp.Matrix([[0, sp.I], [sp.I, 0]]), [], "not Hermitian"),
        (SIGMA_X, [SIGMA_Z], "does not commute"),
        (sp.Matrix([[a, b, 0], [b, a, b], [0, b, c]]), [], "3x3"),
    ],
)
def test_bad_models_are_refused(hamiltonian, symmetries, message):
    """Each refusal names the reason."""
    with pytest.raises(InvalidModel, match=message):
        find_levels(hamiltonian, symmetries)


def test_their_neighbours_succeed():
    """A Hermitian matrix, a commuting symmetry, and a 3x3 block that a symmetry splits."""
    assert len(find_levels(SIGMA_X, [])) == 2
    assert len(find_levels(SIGMA_Z, [SIGMA_Z])) == 2
    reflection = sp.Matrix([[0, 0, 1], [0, 1, 0], [1, 0, 0]])
    levels = find_levels(sp.Matrix([[a, b, 0], [b, a, b], [0, b, a]]), [reflection])
    assert [level.quantum_numbers for level in levels] == [(-1,), (1,), (1,)]


@pytest.mark.parametrize("qubits", [1, 0, -2])
def test_chains_that_do_not_exist_are_refused(qubits):
    """N < 2 is refused by the model and by the evaluator, with the lengths that are allowed."""
    for make in (symqb.xxz_chain, symqb.evaluator):
        with pytest.raises(UnknownChoice, match=f"qubits = {qubits}: allowed are 2"):
            make(qubits)
    assert symqb.evaluator(2).levels == tuple(level.label for level in symqb.xxz_chain(2).levels)

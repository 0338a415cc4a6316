"""Levels in closed form."""

from dataclasses import replace

import pytest
import sympy as sp

import symqb
from symqb.checks import eigenvectors
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
    model.__dict__["levels"] = type(model.levels)([replace(first, vector=2 * first.vector), *rest])
    assert not eigenvectors(model)


def test_a_complex_block_is_solved_too():
    """sigma_y in place of sigma_x: complex vectors, normalised, with the same energies."""
    H = sp.Matrix([[a, -sp.I * b], [sp.I * b, c]])
    for level, real_level in zip(find_levels(H, ()), find_levels(sp.Matrix([[a, b], [b, c]]), ()), strict=True):
        assert all(sp.cancel(entry) == 0 for entry in H * level.vector - level.energy * level.vector)
        assert sp.cancel((level.vector.H * level.vector)[0]) == 1
        assert level.energy == real_level.energy


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


def test_a_block_of_two_states_is_solved_with_a_square_root():
    """Without symmetries a 2x2 Hamiltonian gives the two roots, the lower first, with normalised vectors."""
    H = sp.Matrix([[a, b], [b, c]])
    low, high = find_levels(H, ())
    for level in (low, high):
        assert all(sp.cancel(entry) == 0 for entry in H * level.vector - level.energy * level.vector)
        assert sp.cancel((level.vector.H * level.vector)[0]) == 1
    assert sp.expand((high.energy - low.energy) ** 2) == sp.expand((a - c) ** 2 + 4 * b**2)
    assert (high.energy - low.energy).subs({a: 1, b: 1, c: 0}) > 0


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

"""Transitions, eigenoperators and the generator."""

import pytest
import sympy as sp

import symqb
from symqb.checks import CHECKS, eigenoperators, rate_equation
from symqb.errors import InvalidModel
from symqb.generator import Dissipator
from symqb.symbols import real
from symqb.xxz import SIGMA_X, SIGMA_Y, SIGMA_Z

epsilon = real("epsilon")


@pytest.fixture(scope="module", params=[True, False], ids=["collective", "independent"])
def model(request):
    return symqb.xxz_chain(2, collective=request.param)


def test_transitions_are_those_that_flip_one_spin(model):
    """The pairs found from matrix elements change the magnetisation by one flip; there are four."""
    assert {t.name for t in model.transitions} == {"31", "41", "23", "24"}
    for t in model.transitions:
        assert t.upper.quantum_numbers[0] - t.lower.quantum_numbers[0] == 2
        assert t.frequency == sp.expand(t.upper.energy - t.lower.energy)


def test_collective_weights_interfere_and_independent_ones_add():
    """Bath L couples to singlet and triplet with (epsilon -+ 1)^2/2, or without interference (epsilon^2 + 1)/2."""
    for collective in (True, False):
        model = symqb.xxz_chain(2, collective=collective)
        for t in model.transitions:
            parity = t.upper.quantum_numbers[1] * t.lower.quantum_numbers[1]
            expected = (1 + parity * epsilon) ** 2 / 2 if collective else (1 + epsilon**2) / 2
            assert sp.expand(t.weights["L"] - expected) == 0
            assert t.weights["R"] == sp.Rational(1, 2)


@pytest.mark.parametrize("name", CHECKS)
def test_exact_checks_hold(model, name):
    """Every exact identity of the derivation holds, with and without collective dissipation."""
    assert CHECKS[name](model)


def test_the_exact_checks_notice_a_wrong_derivation():
    """With a transition dropped, eigenoperators are incomplete and the rate equation differs from the generator."""
    model = symqb.xxz_chain(2)
    kept = type(model.transitions)(model.transitions[:3])
    wrong = symqb.Model(model.hamiltonian, model.baths, model.symmetries, names=model.names)
    wrong.__dict__["transitions"] = kept
    assert not eigenoperators(wrong)
    wrong.__dict__["generator"] = model.generator
    assert not rate_equation(wrong)


def test_equal_frequencies_share_one_eigenoperator():
    """At Delta = 0 identically, each bath has two Bohr frequencies in place of four; all checks hold."""
    chain = symqb.xxz_chain(2)
    model = symqb.Model(chain.hamiltonian.subs(real("Delta"), 0), chain.baths, chain.symmetries, names=chain.names)
    assert len(model.eigenoperators) == 4
    for check in CHECKS.values():
        assert check(model)


def test_frequencies_that_are_equal_up_to_sign_share_one_eigenoperator():
    """H = diag(a, 0, 2a): 1-2 and 1-3 have frequency a in one direction each, whatever the labels' order."""
    a = real("a")
    coupling = sp.Matrix([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    for diagonal in ((0, 1, 2), (1, 0, 2), (2, 1, 0)):
        model = symqb.Model(sp.diag(a, 0, 2 * a), [symqb.Bath("h", coupling)], [sp.diag(*diagonal)])
        assert len(model.eigenoperators) == 1
        assert eigenoperators(model)


def test_the_printed_master_equation_pairs_emission_with_the_operator_and_absorption_with_its_adjoint():
    """phi(-omega) goes with A(omega), phi(omega) with A(omega)^dagger, as in the jumps."""
    generator = symqb.xxz_chain(2).generator
    (formula,) = generator.formulas()
    terms = formula.terms[1:]
    assert len(terms) == 2 * len(generator.eigenoperators)
    for term in terms:
        (rate,), (dissipator,) = term.atoms(symqb.phi), term.atoms(Dissipator)
        assert rate.args[0].could_extract_minus_sign() == dissipator.args[0].is_Symbol


@pytest.mark.parametrize(("axis", "coupling"), [(SIGMA_Z, SIGMA_X), (SIGMA_Z, SIGMA_Y), (SIGMA_Y, SIGMA_X)])
def test_complex_vectors_and_couplings_have_positive_weights(axis, coupling):
    """A qubit along y, or coupled through sigma_y, is as good as one along z coupled through sigma_x: weight 1."""
    model = symqb.Model(real("omega_0") * axis, [symqb.Bath("h", [coupling])], [axis])
    (t,) = model.transitions
    assert t.weights == {"h": 1}
    assert t.frequency == 2 * real("omega_0")
    assert rate_equation(model)


def test_liouvillian_is_the_generator_written_out():
    """The 16x16 matrix on a column-stacked matrix is the generator's value, and every column preserves the trace."""
    model = symqb.xxz_chain(2)
    rho = sp.Matrix(4, 4, lambda i, j: sp.Symbol(f"rho_{i}{j}"))
    L = model.generator.liouvillian()
    assert L.shape == (16, 16)
    stacked = model.generator.apply(rho).T.reshape(16, 1)
    assert all(sp.expand(entry) == 0 for entry in L * rho.T.reshape(16, 1) - stacked)
    assert all(sp.expand(sum(L[i, j] for i in (0, 5, 10, 15))) == 0 for j in range(16))


def test_bad_couplings_are_refused_and_good_ones_accepted():
    """A coupling must be Hermitian and of the Hamiltonian's size."""
    omega = real("omega_0")
    with pytest.raises(InvalidModel, match="bath h: a coupling is not Hermitian"):
        symqb.Bath("h", [sp.Matrix([[0, 1], [0, 0]])])
    with pytest.raises(InvalidModel, match="the Hamiltonian 2x2"):
        symqb.Model(omega * SIGMA_Z, [symqb.Bath("h", [sp.eye(3)])])
    assert len(symqb.Model(omega * SIGMA_Z, [symqb.Bath("h", [SIGMA_X])]).transitions) == 1

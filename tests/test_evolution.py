"""Density matrices in time and the decay of coherences, against the GKSL superoperator in mpmath."""

import numpy as np
import pytest
import sympy as sp
from mpmath import mp
from oracle import liouvillian, xxz, xxz_evolved

import symqb
from symqb.errors import DegenerateLevels, InvalidParameter, MissingParameter
from symqb.symbols import real
from symqb.xxz import SIGMA_X, SIGMA_Y

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "T_L": 3.0, "T_R": 1.0, "epsilon": 0.25, "kappa_L": 0.5, "kappa_R": 0.25}
EQUAL_FREQUENCIES = POINT | {"B0": 0.7, "J": 0.3, "Delta": 0.0}  # equal but for rounding
CROSSING = POINT | {"B0": 1.5}
DEGENERATE = POINT | {"J": 0.0}
POINTS = {"generic": POINT, "equal frequencies": EQUAL_FREQUENCIES, "crossing": CROSSING, "cold": POINT | {"T_R": 0.0}}


def random_state(size, seed=1):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(size, size)) + 1j * rng.normal(size=(size, size))
    rho = root @ root.conj().T
    return rho / np.trace(rho).real


def as_array(matrix):
    return np.array(matrix.tolist(), dtype=complex)


@pytest.mark.parametrize("collective", [True, False], ids=["collective", "independent"])
@pytest.mark.parametrize("point", [*POINTS.values(), DEGENERATE], ids=[*POINTS, "degenerate"])
def test_every_matrix_element_follows_the_master_equation(point, collective):
    """rho(t) from a random state is exp(L t) rho to 1e-13, also where degenerate levels make the rate equation fail."""
    rho0, times = random_state(4), [0.0, 0.3, 7.0]
    found = symqb.evolve(symqb.xxz_chain(2, collective=collective), rho0, times, **point)
    assert found.shape == (3, 4, 4)
    np.testing.assert_allclose(found[0], rho0, atol=1e-14)
    with mp.workdps(30):
        for rho, time in zip(found, times, strict=True):
            exact = xxz_evolved(2, point, mp.matrix(rho0.tolist()), time, collective)
            np.testing.assert_allclose(rho, as_array(exact), atol=1e-13)


def test_populations_of_a_diagonal_state_are_those_of_the_charging_curve():
    """From |00> the diagonal in the energy basis is p(t), until the state is stationary."""
    times, empty = np.array([0.0, 0.1, 1.0, 1e3, 1e9]), np.diag([0, 0, 0, 1])
    model = symqb.xxz_chain(2)
    vectors = np.array([[complex(entry) for entry in level.vector] for level in model.levels])
    rho = symqb.evolve(model, empty, times, **POINT)
    diagonal = np.einsum("ia,tab,ib->ti", vectors.conj(), rho, vectors)
    np.testing.assert_allclose(diagonal, symqb.charge(2, times, **POINT).populations, atol=1e-14)


def cascade():
    """Three equidistant levels that decay one into the next through two couplings, at equal rates."""
    w = real("w")
    steps = [sp.Matrix(3, 3, lambda i, j, k=k: int({i, j} == {k, k + 1})) for k in (0, 1)]
    return symqb.Model(sp.diag(0, w, 2 * w), [symqb.Bath("h", steps[0]), symqb.Bath("c", steps)], [sp.diag(0, 1, 2)])


def test_a_generator_that_has_no_basis_of_eigenvectors_is_evolved_as_well():
    """At T = 0 two equal decay rates G in a row: p_3 = e^(-Gt), p_2 = G t e^(-Gt), a Jordan block."""
    times = np.array([0.0, 0.5, 2.0, 20.0])
    G = 0.75 * 2.0
    rho = symqb.evolve(cascade(), np.diag([0, 0, 1]), times, w=2.0, T_c=0.0, T_h=1.0, kappa_c=0.75, kappa_h=1e-30)
    np.testing.assert_allclose(rho[:, 2, 2], np.exp(-G * times), rtol=1e-12)
    np.testing.assert_allclose(rho[:, 1, 1], G * times * np.exp(-G * times), rtol=1e-12)


def test_complex_eigenvectors_are_no_different():
    """A qubit along y precesses about y and relaxes to its Gibbs state."""
    model = symqb.Model(real("w") / 2 * SIGMA_Y, [symqb.Bath("h", SIGMA_X)], [SIGMA_Y])
    point = {"w": 1.0, "T_h": 0.5, "kappa_h": 1e-3}
    turned = symqb.evolve(model, np.diag([1.0, 0.0]), np.pi / 2, **point)
    assert turned[0, 1] == pytest.approx(0.5, abs=0.01)  # along +x after a quarter turn
    end = symqb.evolve(model, np.diag([1.0, 0.0]), 1e6, **point)
    gibbs = (np.eye(2) - np.tanh(1.0) * np.array([[0, -1j], [1j, 0]])) / 2
    np.testing.assert_allclose(end, gibbs, atol=1e-14)


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
def test_coherence_rates_are_eigenvalues_of_the_liouvillian(point):
    """All modes but those of the populations: decay rates and frequencies of the 16x16 matrix in mpmath."""
    blocks = symqb.coherence_rates(symqb.xxz_chain(2), **point)
    with mp.workdps(30):
        eigenvalues = [complex(x) for x in mp.eig(liouvillian(*xxz(2, point)), left=False, right=False)]
    for block in blocks:
        assert len(block.rates) == len(block.coherences)
        exact = sorted(-x.real for x in eigenvalues if abs(x.imag - block.frequency) < 1e-9)
        assert block.frequency == 0 or block.rates == pytest.approx(exact, rel=1e-12)
        assert all(min(abs(rate - e) for e in exact) < 1e-12 for rate in block.rates)
    assert sum(len(block.coherences) * (1 if block.frequency == 0 else 2) for block in blocks) == 12


def test_coherences_of_one_frequency_are_one_block():
    """At Delta = 0 the frequencies of 2-4 and 3-1 coincide and mix; a coherence alone decays at half the exit rates."""
    blocks = symqb.coherence_rates(symqb.xxz_chain(2), **EQUAL_FREQUENCIES)
    assert [block.frequency for block in blocks] == pytest.approx([0.4, 0.6, 1.0, 1.4])
    assert {("Phi_2", "Phi_4"), ("Phi_3", "Phi_1")} == set(blocks[0].coherences)
    (pair,) = blocks[3].coherences
    exits = symqb.evaluator(2).rates(**EQUAL_FREQUENCIES).sum(axis=(0, 1))
    assert pair == ("Phi_2", "Phi_1")
    assert blocks[3].rates == pytest.approx([(exits[1] + exits[0]) / 2], rel=1e-13)


def test_coherence_rates_refuse_degenerate_levels_which_evolve_takes():
    """At J = 0 the coherence of Phi_3 and Phi_4 does not evolve apart from the populations."""
    model = symqb.xxz_chain(2)
    with pytest.raises(DegenerateLevels):
        symqb.coherence_rates(model, **DEGENERATE)
    assert np.trace(symqb.evolve(model, np.eye(4) / 4, 1.0, **DEGENERATE)) == pytest.approx(1)


REFUSED = [
    ({"rho0": np.eye(3) / 3}, r"rho0 = a matrix of shape \(3, 3\): allowed is a Hermitian 4x4 matrix of trace 1"),
    ({"rho0": np.eye(4)}, "rho0 = "),
    ({"rho0": np.diag([1.5, -0.5, 0, 0])}, "rho0 = .* eigenvalues >= 0"),
    ({"rho0": np.eye(4) / 4 + np.eye(4, k=1)}, "rho0 = "),
    ({"times": [1.0, -1.0]}, r"times\[1\] = -1.0: allowed is a number from 0"),
    ({"times": [1.0, 1e20]}, r"times\[1\] = 1e\+20: allowed is a number from 0 to .*, 1e\+15 over the largest rate"),
    ({"T_L": [1.0, 2.0]}, "T_L = .* a single number"),
]


@pytest.mark.parametrize(("change", "message"), REFUSED, ids=[str(change) for change, _ in REFUSED])
def test_bad_states_and_times_are_refused(change, message):
    """The message says what is allowed; the unchanged call succeeds."""
    given = {"rho0": np.eye(4) / 4, "times": [1.0, 1e12]} | POINT
    model = symqb.xxz_chain(2)
    assert symqb.evolve(model, **given).shape == (2, 4, 4)
    with pytest.raises(InvalidParameter, match=message):
        symqb.evolve(model, **given | change)
    with pytest.raises(MissingParameter, match="B0 is missing"):
        symqb.evolve(model, **given | {"B0": None})

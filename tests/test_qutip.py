"""The export to QuTiP: what its solvers find from it, and where they lose digits that symqb keeps."""

import sys

import numpy as np
import pytest
from mpmath import mp, mpf
from oracle import xxz, xxz_steady_state
from quiet_qutip import qutip
from user_models import CASES

import symqb
from symqb.errors import MissingPackage
from symqb.symbols import real

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "T_L": 3.0, "T_R": 1.0, "epsilon": 0.25, "kappa_L": 0.5, "kappa_R": 0.25}
COLD = POINT | {"B0": 3.0, "T_L": 0.125, "T_R": 0.0625}
VALUES = {real(name): POINT[name] for name in ("J", "Delta")}
COLLECTIVE = pytest.mark.parametrize("collective", [True, False], ids=["collective", "independent"])


def populations(model, rho):
    """<v|rho|v> in label order."""
    explicit = (level.vector.subs(model.roots.explicit()).subs(VALUES) for level in model.levels)
    vectors = np.array([[complex(entry) for entry in vector] for vector in explicit])
    return np.einsum("ia,ab,ib->i", vectors.conj(), rho.full(), vectors).real


def steady(model, point):
    """QuTiP's stationary density matrix."""
    H, jumps, _ = model.to_qutip(**point)
    return qutip.steadystate(H, jumps)


@COLLECTIVE
@pytest.mark.parametrize("qubits", [2, 3])
def test_qutip_finds_the_same_steady_state(qubits, collective):
    """qutip.steadystate of the exported operators has symqb's populations, to 1e-10 of each."""
    model = symqb.xxz_chain(qubits, collective=collective)
    H, jumps, _ = model.to_qutip(**POINT)
    found = populations(model, qutip.steadystate(H, jumps))
    np.testing.assert_allclose(found, symqb.evaluator(model)(**POINT).populations, rtol=1e-10)


@COLLECTIVE
@pytest.mark.parametrize("qubits", [2, 3])
def test_rates_say_which_bath_moves_how_much_energy(qubits, collective):
    """Each collapse operator carries omega at its rate: QuTiP's expectation values give both heat currents."""
    model = symqb.xxz_chain(qubits, collective=collective)
    H, jumps, rates = model.to_qutip(**POINT)
    rho = qutip.steadystate(H, jumps)
    result = symqb.evaluator(model)(**POINT)
    for bath, current in (("L", result.heat_current_L), ("R", result.heat_current_R)):
        mine = [(c, rate) for c, rate in zip(jumps, rates, strict=True) if rate.bath == bath]
        assert -sum(rate.frequency * qutip.expect(c.dag() * c, rho) for c, rate in mine) == pytest.approx(current)
    for c, (_, omega, value) in zip(jumps, rates, strict=True):
        A = c / np.sqrt(value)
        np.testing.assert_allclose((H * A - A * H).full(), -omega * A.full(), atol=1e-13)


@COLLECTIVE
def test_qutip_finds_the_same_charging_curve(collective):
    """qutip.mesolve from |00> agrees with charge in the populations and with evolve in every matrix element."""
    model, times = symqb.xxz_chain(2, collective=collective), np.linspace(0, 2, 5)
    H, jumps, _ = model.to_qutip(**POINT)
    options = {"atol": 1e-12, "rtol": 1e-10}
    mixed = (qutip.basis(4, 1) + qutip.basis(4, 3)).unit()
    states = qutip.mesolve(H, mixed, times, jumps, options=options).states
    evolved = symqb.evolve(model, mixed.proj().full(), times, **POINT)
    np.testing.assert_allclose([state.full() for state in states], evolved, atol=1e-8)
    states = qutip.mesolve(H, qutip.basis(4, 3), times, jumps, options=options).states
    curve = symqb.charge(model, times, **POINT)
    np.testing.assert_allclose([populations(model, state) for state in states], curve.populations, atol=1e-8)


def test_operators_stand_in_the_bare_basis_on_one_space():
    """H is the model's matrix; each jump is an eigenoperator; at T = 0 what only absorbs is left out."""
    model = symqb.xxz_chain(2)
    H, jumps, _ = model.to_qutip(**POINT)
    assert H.dims == [[4], [4]]
    np.testing.assert_allclose(H.full(), np.array(xxz(2, POINT)[0].tolist(), dtype=complex), atol=1e-15)
    assert len(jumps) == 2 * len(model.eigenoperators) == 16
    for A in jumps:
        commutator = H * A - A * H
        place = np.unravel_index(np.abs(A.full()).argmax(), (4, 4))
        np.testing.assert_allclose(
            commutator.full(), commutator.full()[place] / A.full()[place] * A.full(), atol=1e-14 * A.norm()
        )
    assert len(model.to_qutip(**POINT | {"T_R": 0.0}).collapse) == 12


@pytest.mark.parametrize("qubits", [2, 3])
def test_small_populations_that_a_linear_solve_loses_are_kept(qubits):
    """Cold baths, populations below 1e-20: lost to QuTiP by more than 1e-3 or in sign, kept by symqb to 1e-13."""
    model = symqb.xxz_chain(qubits)
    with mp.workdps(80):
        H, _ = xxz(qubits, COLD)
        _, vectors = mp.eigsy(H)
        rho = xxz_steady_state(qubits, COLD)
        exact = [(vectors[:, i].T * rho * vectors[:, i])[0].real for i in range(2**qubits)]
    result = symqb.evaluator(qubits)(**COLD)
    order = np.argsort(result.energies)
    ours = [float(abs(mpf(p) / e - 1)) for p, e in zip(result.populations[order], exact, strict=True)]
    found = populations(model, steady(model, COLD))[order]
    theirs = [float(abs(mpf(p) / e - 1)) for p, e in zip(found, exact, strict=True)]
    smallest = int(np.argmin(result.populations[order]))
    assert 1e-40 < exact[smallest] < 1e-20
    assert max(ours) < 1e-13
    assert theirs[smallest] > 1e-3
    assert theirs[0] < 1e-10


@pytest.mark.parametrize("name", ["Dzyaloshinskii-Moriya", "maser, coherent", "several couplings", "ladder"])
def test_models_of_a_users_own_end_where_qutip_says(name):
    """The stationary density matrix in the bare basis, every element, against evolve at a late time."""
    case = CASES[name]
    (point,) = case.points(1)
    size = case.model.hamiltonian.rows
    rho = symqb.evolve(case.model, np.eye(size) / size, 1e4, **point)
    np.testing.assert_allclose(steady(case.model, point).full(), rho, atol=1e-9)


def test_a_qobj_is_a_state_too():
    """evolve takes QuTiP's density matrices, and a number of qubits in place of a model."""
    rho = qutip.basis(4, 3).proj()
    np.testing.assert_array_equal(symqb.evolve(2, rho, 0.3, **POINT), symqb.evolve(2, rho.full(), 0.3, **POINT))


def test_without_qutip_the_error_says_how_to_get_it(monkeypatch):
    """MissingPackage is an ImportError with the command to run."""
    monkeypatch.setitem(sys.modules, "qutip", None)
    with pytest.raises(MissingPackage, match=r"qutip is not installed: run `pip install 'symqb\[qutip\]'`") as caught:
        symqb.xxz_chain(2).to_qutip(**POINT)
    assert isinstance(caught.value, ImportError)

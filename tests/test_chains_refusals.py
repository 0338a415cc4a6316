"""Numeric chains at the front door: shapes, choices, and what is refused with its reason."""

import pickle
import subprocess
import sys

import dense
import numpy as np
import pytest

import symqb
from symqb.chains import evaluator as chain_evaluator
from symqb.chains.spectrum import find_spectrum, labels
from symqb.classes import closed_classes
from symqb.errors import DegenerateLevels, InvalidParameter, NotUnique, UnknownChoice, UnknownParameter

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.3, "T_L": 3.0, "T_R": 1.0, "epsilon": 0.6}


def test_parameters_broadcast_and_each_place_is_the_scalar_result():
    """Shapes (3, 1) and (2,) give (3, 2, 16); hot, cold and free-fermion points do not influence each other."""
    evaluate = symqb.evaluator(4)
    change = {"T_L": np.array([[1.0], [1e-3], [0.0]]), "Delta": np.array([0.3, 0.0])}
    together = evaluate(**POINT | change).as_dict()
    assert together["populations"].shape == (3, 2, 16)
    for index in np.ndindex(3, 2):
        alone = evaluate(**POINT | {name: np.broadcast_to(v, (3, 2))[index] for name, v in change.items()}).as_dict()
        for name, value in alone.items():
            assert np.allclose(together[name][index], value, rtol=1e-13, atol=1e-25), name


def test_points_are_batched_without_a_seam(monkeypatch):
    """Three points at a time or all at once, and no points at all."""
    evaluate = symqb.evaluator(4, outputs="populations")
    temperatures = np.linspace(0.5, 3, 7)
    whole = evaluate(**POINT | {"T_L": temperatures}).populations
    monkeypatch.setattr(chain_evaluator, "BATCH", 3 * 16**2)
    assert np.array_equal(evaluate(**POINT | {"T_L": temperatures}).populations, whole)
    assert evaluate(**POINT | {"T_L": np.empty((0, 2))}).populations.shape == (0, 2, 16)
    with pytest.raises(DegenerateLevels) as caught:
        evaluate(**POINT | {"T_L": temperatures, "J": [1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0]})
    assert caught.value.index == (4,)


def test_levels_are_ordered_by_magnetisation_then_energy():
    """Labels carry the total sigma_z; |0...0> comes first."""
    evaluate = symqb.evaluator(4)
    assert evaluate.levels[:3] == ("M-4_1", "M-2_1", "M-2_2")
    assert evaluate.levels[-1] == "M4_1"
    r = evaluate(**POINT)
    assert r.levels == evaluate.levels
    assert r.energies[0] == pytest.approx(3 * 0.15 - 4.0)
    assert all(np.diff(r.energies[1:5]) > 0)


def test_outputs_are_chosen_and_evaluators_travel():
    """One name or several; pickling keeps them; an unknown name is refused."""
    evaluate = symqb.evaluator(5, outputs="ergotropy", collective=False)
    copy = pickle.loads(pickle.dumps(evaluate))
    assert copy(**POINT).as_dict() == evaluate(**POINT).as_dict()
    assert repr(copy) == repr(evaluate) == (
        "<evaluator of ergotropy over B0, J, Delta, epsilon, T_L, T_R, kappa_L, kappa_R, numpy>"
    )  # fmt: skip
    assert evaluate(**POINT).ergotropy != symqb.evaluator(5)(**POINT).ergotropy
    with pytest.raises(UnknownChoice, match="outputs = ergotrophy"):
        symqb.evaluator(5, outputs=["ergotrophy"])


def test_only_float64_is_offered_and_the_reason_is_given():
    """Another back end is refused for longer chains, in words; so are lengths out of reach."""
    with pytest.raises(UnknownChoice, match="backend = mpmath: allowed are numpy, because chains of 4 qubits and more"):
        symqb.evaluator(4, "mpmath")
    for qubits in (11, 64):
        with pytest.raises(UnknownChoice, match=f"qubits = {qubits}: allowed are 2, .*4, 5, 6, 7, 8, 9, 10"):
            symqb.evaluator(qubits)


def test_numpy_is_all_that_longer_chains_need():
    """Neither SymPy nor mpmath is loaded to evaluate four qubits."""
    code = f"""import sys, symqb
symqb.evaluator(4)(**{POINT!r})
assert not {{"sympy", "mpmath", "scipy"}} & set(sys.modules)"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_rates_by_bath_leave_the_populations_stationary():
    """Gains equal losses; each rate obeys detailed balance with its own bath."""
    evaluate = symqb.evaluator(4)
    point = POINT | {"T_L": np.array([3.0, 30.0])}
    rates, r = evaluate.rates(**point), evaluate(**point)
    assert rates.shape == (2, 2, 16, 16)
    total = rates.sum(axis=-3)
    gain, loss = (total * r.populations[:, None, :]).sum(axis=-1), total.sum(axis=-2) * r.populations
    assert np.all(abs(gain - loss) <= 1e-14 * loss)
    gap = r.energies[0][:, None] - r.energies[0][None, :]
    assert np.allclose(rates[0, 1], rates[0, 1].T * np.exp(-gap / point["T_R"]), rtol=1e-12)
    assert np.count_nonzero(rates[0, 0]) == np.count_nonzero(rates[0, 1]) == 2 * 56


def test_parameters_are_checked_as_everywhere():
    """The same errors, with the same fields, as for two qubits."""
    evaluate = symqb.evaluator(4)
    with pytest.raises(InvalidParameter, match=r"T_L\[1\] = -1.0"):
        evaluate(**POINT | {"T_L": [1.0, -1.0]})
    with pytest.raises(UnknownParameter, match="did you mean Delta"):
        evaluate(**POINT, Dleta=1.0)


@pytest.mark.parametrize("change", [{"J": 0.0}, {"B0": 0.0}, {"J": 1e-17}, {"B0": 1e-17}])
def test_harmful_degeneracies_are_refused(change):
    """No exchange, no field: levels, neighbour and bath are named; a nearby point evaluates."""
    with pytest.raises(DegenerateLevels, match="bath R couples both to M") as caught:
        symqb.evaluator(4)(**POINT | change)
    assert {*caught.value.levels, caught.value.neighbour} <= set(labels(4))
    nearby = dict.fromkeys(change, 0.1)
    assert symqb.evaluator(4)(**POINT | nearby).populations.sum() == pytest.approx(1)


def test_at_a_refused_point_the_true_state_has_coherences():
    """Levels two flips apart brought together by the field: the full generator's null vector is not diagonal.

    Just outside the rounding of the energies the rate equation closes again, so refusing more would be wrong.
    """
    own = find_spectrum(4, np.array([1.0]), np.array([0.3])).energies[0]
    point = POINT | {"B0": (own[0] - own[5]) / 2, "kappa_L": 1.0, "kappa_R": 1.0}  # M-4_1 meets M0_1
    with pytest.raises(DegenerateLevels) as caught:
        symqb.evaluator(4)(**point)
    assert caught.value.levels == ("M-4_1", "M0_1")
    rho = dense.steady_state(4, point)
    energies, vectors = np.linalg.eigh(dense.chain(4, point["B0"], point["J"], point["Delta"]))
    pair = next(group for group in dense.groups(energies) if len(group) == 2)
    a, b = (vectors[:, pair].T @ np.diag(sz) @ vectors[:, pair] for sz in (magnetisation(4), magnetisation(4) ** 2))
    assert np.linalg.eigvalsh(a) == pytest.approx([-4, 0], abs=1e-9)
    _, basis = np.linalg.eigh(b)
    within = basis.T @ vectors[:, pair].T @ rho @ vectors[:, pair] @ basis
    assert abs(within[0, 1]) > 1e-3
    assert symqb.evaluator(4)(**point | {"B0": point["B0"] + 1e-12}).populations.sum() == pytest.approx(1)


def magnetisation(qubits):
    return np.diag(sum(dense.site("z", i, qubits) for i in range(qubits)))


@pytest.mark.parametrize(("qubits", "Delta"), [(6, 0.5), (6, -0.5), (8, np.cos(np.pi / 4))])
def test_degeneracies_at_roots_of_unity_are_harmful_in_every_basis(qubits, Delta):
    """Delta = J cos(pi/3) from six qubits on, J cos(pi/4) from eight: two levels of one magnetisation and parity meet.

    Were some basis of the pair harmless, every neighbour would couple to one of the two alone: the vectors
    (<a|sx_1|l>, <b|sx_1|l>) of nondegenerate neighbours l would all be parallel or orthogonal to each other.
    """
    with pytest.raises(DegenerateLevels) as caught:
        symqb.evaluator(qubits)(**POINT | {"Delta": Delta})
    assert symqb.evaluator(qubits)(**POINT | {"Delta": Delta + 1e-3}).populations.sum() == pytest.approx(1)
    M, (first, second) = 0, (int(label.split("_")[1]) - 1 for label in caught.value.levels)
    own = dense.chain(qubits, 0.0, 1.0, Delta)
    sz = magnetisation(qubits)
    (e, V), (f, W) = (np.linalg.eigh(own[np.ix_(sz == m, sz == m)]) for m in (M, M + 2))
    assert caught.value.levels[0].startswith("M0_")
    assert e[second] == pytest.approx(e[first], abs=1e-12)
    alone = [group[0] for group in dense.groups(f) if len(group) == 1]
    sx = dense.site("x", 0, qubits)[np.ix_(sz == M, sz == M + 2)]
    couples = (V[:, [first, second]].T @ sx @ W[:, alone]).T
    couples /= np.linalg.norm(couples, axis=1, keepdims=True)
    overlaps = abs(couples @ couples.T)
    assert np.max(np.minimum(overlaps, abs(1 - overlaps))) > 0.1


def test_free_fermions_are_resolved_and_their_neighbourhood_is_not_confused_with_them():
    """Delta = 0 evaluates for every length, with degenerate levels; Delta below the rounding of energies is refused."""
    for qubits in (4, 5, 6, 7, 8):
        r = symqb.evaluator(qubits, outputs=["energies", "populations"])(**POINT | {"Delta": 0.0})
        assert np.any(np.diff(r.energies) == 0)
        assert r.populations.sum() == pytest.approx(1)
    with pytest.raises(DegenerateLevels):
        symqb.evaluator(4)(**POINT | {"Delta": 1e-17})


def test_modes_of_opposite_energy_are_refused():
    """Delta = 0 and B0 such that two modes have opposite energies: emptying both costs nothing, so coherence builds."""
    modes = 2 * np.cos(np.pi * np.arange(1, 5) / 5)
    with pytest.raises(DegenerateLevels):
        symqb.evaluator(4)(**POINT | {"Delta": 0.0, "B0": -(modes[2] + modes[3]) / 2})


def test_closed_classes_of_a_graph():
    """A chain into a sink; two sinks; a cycle with a way out; no edges at all."""

    def classes(size, *edges):
        matrix = np.zeros((size, size), dtype=bool)
        for i, j in edges:
            matrix[i, j] = True
        return sorted(np.flatnonzero(members).tolist() for members in closed_classes(matrix))

    assert classes(3, (0, 1), (1, 2)) == [[2]]
    assert classes(3, (1, 0), (1, 2)) == [[0], [2]]
    assert classes(4, (0, 1), (1, 0), (1, 2), (2, 3), (3, 2)) == [[2, 3]]
    assert classes(2) == [[0], [1]]
    assert classes(3, (0, 1), (1, 2), (2, 0)) == [[0, 1, 2]]


def test_a_dark_level_takes_everything():
    """Two qubits, epsilon = 1, T_R = 0, weak field: the singlet is the one closed class; all else is exactly 0."""
    r = chain_evaluator.ChainEvaluator(2)(B0=0.1, J=1.0, Delta=0.5, T_L=1.0, T_R=0.0, epsilon=1.0)
    assert r.populations.tolist() == [0, 1, 0, 0]
    assert (r.heat_current_L, r.heat_current_R, r.entropy_production) == (0, 0, 0)


def test_two_closed_classes_are_refused(monkeypatch):
    """With bath R cut off, epsilon = 1 keeps the parity: both classes are named, at the first such point."""

    def without_R(*arguments):
        found = chain_evaluator_find(*arguments)
        found.weights[1, 1] = 0.0
        return found

    chain_evaluator_find = chain_evaluator.find_transitions
    monkeypatch.setattr(chain_evaluator, "find_transitions", without_R)
    with pytest.raises(NotUnique, match=r"not unique at index \(1,\).*M-4_1, .*; M-2_") as caught:
        symqb.evaluator(4)(**POINT | {"epsilon": [0.5, 1.0, 0.7]})
    even, odd = caught.value.classes
    assert caught.value.index == (1,)
    assert (len(even), len(odd)) == (10, 6)


@pytest.mark.parametrize(
    "change",
    [
        {"T_L": 1e-3, "T_R": 0.0},
        {"T_L": 2e-30, "T_R": 1e-30},
        {"B0": -0.7, "T_L": 1e-4, "T_R": 3e-4},
        {"B0": 0.123, "Delta": -1.0, "J": 0.2, "T_L": 2e-5, "T_R": 0.0, "epsilon": 1.0},
        {"B0": 1e30, "J": 1e30, "Delta": 3e29, "epsilon": 1e30, "T_L": 1e30, "T_R": 1e-30},
        {"B0": 2e-12, "J": 1e-12, "Delta": 3e-13, "T_L": 1e-12, "T_R": 2e-12, "kappa_L": 1e30, "kappa_R": 1e-30},
    ],
)
def test_nothing_is_ever_nan(change):
    """However cold, large or lopsided: populations sum to 1, and only entropy production may be infinite."""
    r = symqb.evaluator(5)(**POINT | change)
    assert all(np.all(np.isfinite(value)) for name, value in r.as_dict().items() if name != "entropy_production")
    assert r.entropy_production >= 0
    assert np.all(r.populations >= 0)
    assert r.populations.sum() == pytest.approx(1, abs=1e-14)

"""Numeric chains: right populations, currents and energies, by routes that share no code with them."""

import dense
import numpy as np
import pytest
from hypothesis import given, settings
from mpmath import mpf
from oracle import phi
from strategies import cold_weak_points, points, random_points

import symqb
from symqb.chains.evaluator import ChainEvaluator
from symqb.reference import rows

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.3, "T_L": 3.0, "T_R": 1.0, "epsilon": 0.6, "kappa_L": 1.0, "kappa_R": 0.7}
SMALLEST = 1e-250


def ascending(result):
    """Energies and populations by ascending energy."""
    order = np.argsort(result.energies, kind="stable")
    return result.energies[order], result.populations[order]


def worst(found, expected):
    """Largest relative error of the populations above SMALLEST; smaller ones must be small and not negative."""
    assert all(0 <= p < 2 * SMALLEST for p, e in zip(found, expected, strict=True) if e <= SMALLEST)
    return max(float(abs(mpf(float(p)) / e - 1)) for p, e in zip(found, expected, strict=True) if e > SMALLEST)


@pytest.mark.parametrize("qubits", [2, 3, 4])
def test_reference_rows(qubits):
    """Every population within 1e-12 relative, every other quantity within 1e-13 absolute.

    Populations below 1e-100 are left to the next test: the reference rows hold them to 1e-111 absolute.
    """
    evaluate = ChainEvaluator(qubits)
    for row in rows(qubits):
        r = evaluate(**{name: row[name] for name in evaluate.parameters})
        energies, p = ascending(r)
        expected = [mpf(e) for e in row["populations_by_ascending_energy"]]
        assert (
            max(float(abs(mpf(float(a)) - e) / max(e, mpf("1e-97"))) for a, e in zip(p, expected, strict=True)) < 1e-12
        )
        assert np.allclose(energies, np.array(row["energies_ascending"], dtype=float), rtol=1e-14, atol=1e-14)
        for ours, theirs in (
            (r.ergotropy, "ergotropy"),
            (r.stored_energy_fraction, "stored_energy_fraction"),
            (r.heat_current_L, "heat_into_battery_L"),
            (r.heat_current_R, "heat_into_battery_R"),
        ):
            assert abs(ours - float(row[theirs])) < 1e-13


@pytest.mark.parametrize(("qubits", "count"), [(3, 25), (4, 12)])
def test_small_populations_are_right_digit_for_digit(qubits, count):
    """At T = 0.001 too, and with a bath at T = 0: relative error of each population at most 1e-15 (1 + 30 |E|/T)."""
    evaluate = ChainEvaluator(qubits)
    for point in random_points(count, 1) + cold_weak_points(count, 2):
        r = evaluate(**point)
        coldest = min(T for T in (point["T_L"], point["T_R"]) if T > 0)
        allowed = 1e-15 * (1 + 30 * np.abs(r.energies).max() / coldest)
        assert worst(ascending(r)[1], dense.populations(qubits, point)[1]) < allowed, point


def test_two_minima_share_the_population_by_boltzmann():
    """p(|1111>)/p(|0000>) = e^(-4 B0/T), though every path between them has rates far below 1e-308."""
    point = {"B0": 1e-4, "J": 0.2, "Delta": -1.0, "epsilon": 0.3, "T_L": 1e-3, "T_R": 1e-3}
    p = symqb.evaluator(4)(**point).populations
    assert p[-1] / p[0] == pytest.approx(np.exp(-0.4), rel=1e-11)
    assert p.sum() == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize("change", [{}, {"T_R": 0.0}, {"T_L": 0.0, "B0": 0.4}, {"epsilon": 1.0}, {"Delta": 0.0}])
@pytest.mark.parametrize("collective", [True, False])
def test_four_qubits_against_the_full_generator(change, collective):
    """The null vector on all 4^N matrix elements has these populations and no coherences between levels."""
    point = POINT | change
    r = symqb.evaluator(4, collective=collective)(**point)
    rho = dense.steady_state(4, point, collective)
    energies, vectors = np.linalg.eigh(dense.chain(4, point["B0"], point["J"], point["Delta"]))
    assert np.allclose(ascending(r)[0], energies, rtol=0, atol=1e-13)
    for group in dense.groups(energies):
        within = vectors[:, group].T @ rho @ vectors[:, group]
        ours = np.sort(ascending(r)[1][group])
        assert np.allclose(np.linalg.eigvalsh(within), ours, rtol=1e-9, atol=1e-12)
    between = vectors.T @ rho @ vectors
    between[np.abs(energies[:, None] - energies) < dense.SAME] = 0
    assert np.abs(between).max() < 1e-12


@pytest.mark.parametrize("qubits", [4, 7, 9])
def test_free_fermions_fill_their_modes_independently(qubits):
    """Delta = 0, epsilon = 0: mode k of energy w = B0 + 2 J cos(pi k/(N+1)) is filled with odds sum phi(w)/sum phi(-w).

    The bath at one end drives all modes at rates that do not depend on each other, so the state is a product.
    """
    point = POINT | {"Delta": 0.0, "epsilon": 0.0}
    r = symqb.evaluator(qubits)(**point)
    energies, p = np.array([-qubits * point["B0"] / 2]), np.ones(1)
    for k in range(1, qubits + 1):
        w = point["B0"] + 2 * point["J"] * np.cos(np.pi * k / (qubits + 1))
        filling, emptying = (
            sum(point[f"kappa_{bath}"] * float(phi(mpf(x), mpf(point[f"T_{bath}"]))) for bath in "LR") for x in (w, -w)
        )
        energies = np.concatenate([energies, energies + w])
        p = np.concatenate([p * emptying, p * filling]) / (filling + emptying)
    assert np.allclose(np.sort(r.energies), np.sort(energies), rtol=0, atol=1e-12)
    assert np.allclose(np.sort(r.populations), np.sort(p), rtol=1e-12)
    assert r.stored_energy == pytest.approx((p * (energies - energies[0])).sum(), rel=1e-13)


def test_degenerate_fermions_at_one_temperature_are_in_the_gibbs_state():
    """Delta = 0, epsilon = 0.6: all of 64 populations follow Boltzmann, in every degenerate pair."""
    r = symqb.evaluator(6)(**POINT | {"Delta": 0.0, "T_L": 1.3, "T_R": 1.3})
    expected = np.exp(-(r.energies - r.energies.min()) / 1.3)
    assert np.allclose(r.populations, expected / expected.sum(), rtol=1e-12)


@given(points())
@settings(deadline=None, max_examples=60)
def test_the_chain_code_at_two_qubits_is_the_closed_form(point):
    """Every output agrees with the generated evaluator, whatever the signs, strengths and temperatures."""
    point = {name: float(value) for name, value in point.items()}
    ours, theirs = ChainEvaluator(2)(**point), symqb.evaluator(2)(**point)
    scale = 1e-12 * (abs(theirs.energies).max() + 1)
    assert np.allclose(ascending(ours)[0], ascending(theirs)[0], atol=scale)
    assert np.allclose(np.sort(ours.populations), np.sort(theirs.populations), rtol=1e-12)
    for name in ("stored_energy", "stored_energy_fraction", "ergotropy", "exergy"):
        assert getattr(ours, name) == pytest.approx(getattr(theirs, name), rel=1e-11, abs=10 * scale), name
    flow = 1e-12 * np.abs(ChainEvaluator(2).rates(**point)).max() * (1 + abs(theirs.energies).max())
    for name in ("heat_current_L", "heat_current_R"):
        assert getattr(ours, name) == pytest.approx(getattr(theirs, name), abs=flow), name
    assert ours.entropy_production == pytest.approx(theirs.entropy_production, rel=1e-9, abs=flow)


@given(points())
@settings(deadline=None, max_examples=40)
def test_both_laws_of_thermodynamics_at_five_qubits(point):
    """Q_L + Q_R = 0 within rounding of the flows, entropy production >= 0, ergotropy and exergy >= 0, sum 1."""
    evaluate = symqb.evaluator(5)
    point = {name: float(value) for name, value in point.items()} | {"Delta": float(point["Delta"]) + np.pi / 100}
    r = evaluate(**point)
    flow = np.abs(evaluate.rates(**point)).max() * np.ptp(r.energies)
    assert abs(r.heat_current_L + r.heat_current_R) <= 1e-13 * flow
    assert r.entropy_production >= 0
    assert r.ergotropy >= 0
    assert r.exergy >= 0
    assert r.populations.sum() == pytest.approx(1, abs=1e-14)


@pytest.mark.parametrize("qubits", [4, 5, 6, 8])
@pytest.mark.parametrize("Delta", [0.0, 0.4])
def test_equal_temperatures_give_a_passive_state_with_ergotropy_exactly_zero(qubits, Delta):
    """Degenerate levels in either order, and levels that cross, leave no noise."""
    r = symqb.evaluator(qubits)(**POINT | {"Delta": Delta, "T_R": POINT["T_L"]})
    assert r.ergotropy == 0.0
    assert r.exergy == pytest.approx(0, abs=1e-12)
    assert abs(r.heat_current_L) < 1e-13


def test_a_large_field_takes_no_digits_from_the_frequencies():
    """B0 = 1e9 with T = 1e9: the chain's own energies, of order 1, still split the populations."""
    point = POINT | {"B0": 1e9, "T_L": 1e9, "T_R": 1e9}
    r = symqb.evaluator(4)(**point)
    expected = dense.populations(4, point)[1]
    assert worst(ascending(r)[1], expected) < 1e-14

"""Energies, ergotropy, exergy, currents: against definitions that share no formula with the program."""

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from strategies import points, temperatures

import symqb

DIGITS = 50
EPS = mpf(10) ** -40


def at(point, **options):
    with mp.workdps(DIGITS):
        return symqb.evaluator(2, "mpmath")(**point, **options)


def scale(point):
    """Size of the one-way flows, which bounds the rounding of the currents."""
    return sum(abs(mpf(x.numerator) / x.denominator) + 1 for x in point.values()) ** 5


@given(points())
def test_stored_energy_is_the_internal_energy_above_the_empty_battery(point):
    """Eq. (15): Tr rho H - E_1, and its fraction of the width of the spectrum."""
    r = at(point)
    with mp.workdps(DIGITS):
        internal = mp.fdot(r.populations, r.energies)
        assert abs(r.stored_energy - (internal - r.energies[0])) < EPS * scale(point)
        width = max(r.energies) - min(r.energies)
        assert abs(r.stored_energy_fraction - r.stored_energy / width) < EPS


@given(points())
def test_ergotropy_is_the_largest_gain_over_all_permutations(point):
    """Eq. (16): the minimum over unitaries of a diagonal state is attained at a permutation of its populations."""
    r = at(point)
    with mp.workdps(DIGITS):
        energies = list(r.energies)
        lowest = min(mp.fdot(order, energies) for order in permutations(r.populations))
        assert abs(r.ergotropy - (mp.fdot(r.populations, energies) - lowest)) < EPS * scale(point)
        assert r.ergotropy >= 0


@given(points(zero_temperature=False), temperatures)
def test_exergy_is_a_difference_of_free_energies(point, T_eq):
    """Eq. (19): F of the passive state minus F of the Gibbs state at T_eq, with F = Tr rho H - T S."""
    r = at(point, T_eq=T_eq)
    with mp.workdps(DIGITS):
        T = mpf(T_eq.numerator) / T_eq.denominator
        energies = sorted(r.energies)
        passive = sorted(r.populations, reverse=True)
        Z = mp.fsum(mp.exp(-E / T) for E in energies)
        gibbs = [mp.exp(-E / T) / Z for E in energies]

        def free_energy(state):
            return mp.fdot(state, energies) + T * mp.fsum(p * mp.log(p) for p in state)

        assert abs(r.exergy - (free_energy(passive) - free_energy(gibbs))) < EPS * scale(point)


@given(points())
def test_first_and_second_law(point):
    """Q_L + Q_R = 0; entropy production is -(Q_L/T_L + Q_R/T_R) >= 0, and infinite where heat reaches T = 0."""
    r = at(point)
    with mp.workdps(DIGITS):
        assert abs(r.heat_current_L + r.heat_current_R) < EPS * scale(point)
        assert r.entropy_production >= 0
        T_L, T_R = point["T_L"], point["T_R"]
        if T_L and T_R:
            T_L, T_R = mpf(T_L.numerator) / T_L.denominator, mpf(T_R.numerator) / T_R.denominator
            expected = -(r.heat_current_L / T_L + r.heat_current_R / T_R)
            assert abs(r.entropy_production - expected) < EPS * scale(point)
            assert (T_L - T_R) * r.heat_current_L >= -EPS * scale(point)
        else:
            cold = r.heat_current_R if T_L else r.heat_current_L
            assert r.entropy_production == (mp.inf if cold < 0 else 0)


CROSSING = {"B0": Fraction(-43, 24), "J": Fraction(15, 8), "Delta": Fraction(1, 12), "epsilon": Fraction(0)}
CROSSING |= {"T_L": Fraction(1, 4), "T_R": Fraction(1, 4), "kappa_L": Fraction(1, 24), "kappa_R": Fraction(1, 24)}


@given(points(zero_temperature=False), st.booleans())
@example(CROSSING, False)
def test_equal_temperatures_give_the_gibbs_state(point, collective):
    """Detailed balance: T_L = T_R leaves e^(-E/T)/Z, whatever the couplings; nothing can be extracted.

    The ergotropy is exactly 0 unless two levels cross, where equal populations are ordered by their rounding alone:
    then it is a rounding error times a rounding error.
    """
    point = point | {"T_R": point["T_L"]}
    with mp.workdps(DIGITS):
        r = symqb.evaluator(2, "mpmath", collective=collective)(**point)
        T = mpf(point["T_L"].numerator) / point["T_L"].denominator
        weights = [mp.exp(-(E - min(r.energies)) / T) for E in r.energies]
        for p, w in zip(r.populations, weights, strict=True):
            assert abs(p - w / mp.fsum(weights)) < EPS
        gaps = [abs(a - b) for a, b in combinations(r.energies, 2)]
        assert r.ergotropy == 0 if min(gaps) > EPS else r.ergotropy < EPS**2
        assert abs(r.exergy) < EPS * scale(point)


@given(points())
def test_symmetric_coupling_does_not_distinguish_left_from_right(point):
    """At epsilon = 0, exchanging the baths exchanges the currents and leaves the state alone."""
    point = point | {"epsilon": Fraction(0)}
    swapped = point | {
        "T_L": point["T_R"],
        "T_R": point["T_L"],
        "kappa_L": point["kappa_R"],
        "kappa_R": point["kappa_L"],
    }
    a, b = at(point), at(swapped)
    with mp.workdps(DIGITS):
        assert max(abs(x - y) for x, y in zip(a.populations, b.populations, strict=True)) < EPS
        assert abs(a.heat_current_L - b.heat_current_R) < EPS * scale(point)


@given(points())
def test_populations_depend_on_the_ratio_of_strengths_only(point):
    """Doubling both kappas doubles the currents and nothing else."""
    doubled = point | {"kappa_L": 2 * point["kappa_L"], "kappa_R": 2 * point["kappa_R"]}
    a, b = at(point), at(doubled)
    with mp.workdps(DIGITS):
        assert max(abs(x - y) for x, y in zip(a.populations, b.populations, strict=True)) < EPS
        assert abs(2 * a.heat_current_L - b.heat_current_L) < EPS * scale(point)


PASSIVE = {"B0": 3.0, "J": 1.0, "Delta": 0.5, "epsilon": 0.0}


@given(st.floats(0.05, 50), st.floats(0.05, 50))
@example(23.448345368687136, 49.180991071344906)
def test_ergotropy_of_a_passive_state_is_exactly_zero_in_float64(T_L, T_R):
    """Symmetric coupling in a strong field: no rounding noise, just 0.0."""
    assert symqb.evaluator(2)(**PASSIVE, T_L=T_L, T_R=T_R).ergotropy == 0.0


def test_ergotropy_with_collective_dissipation_and_without():
    """At epsilon = 1 and positive bias work can be extracted, and not once the cross terms are dropped."""
    point = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "epsilon": 1.0, "T_L": 30.0, "T_R": 10.0}
    assert symqb.evaluator(2)(**point).ergotropy > 0.007
    assert symqb.evaluator(2, collective=False)(**point).ergotropy == 0.0


def test_closed_form_of_the_ergotropy_for_a_given_order():
    """Energetics.ergotropy with the orders read off a point gives that point's ergotropy."""
    point = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "epsilon": 1.0, "T_L": 30.0, "T_R": 10.0}
    r = symqb.evaluator(2)(**point)
    model = symqb.xxz_chain(2)
    orders = [tuple(np.argsort(values) + 1) for values in (r.energies, -r.populations)]
    W = model.energetics.ergotropy(*orders)
    values = {f"E_{i}": E for i, E in enumerate(r.energies, 1)} | {f"p_{i}": p for i, p in enumerate(r.populations, 1)}
    assert float(W.subs({s: values[s.name] for s in W.free_symbols})) == pytest.approx(r.ergotropy, abs=1e-15)
    assert model.energetics.ergotropy((1, 2), (1, 2)) == 0

"""Swaps of two populations: the equation against elimination, the temperature against the ergotropy."""

import pytest
import sympy as sp
from fraction_field import equal
from mpmath import mp, mpf

import symqb
from symqb import limits
from symqb.errors import InvalidParameter, UnknownChoice
from symqb.symbols import positive, real, temperature

BATTERY = {"B0": 2, "J": 1, "Delta": "0.5", "epsilon": 1}


@pytest.fixture(scope="module")
def model():
    return symqb.xxz_chain(2)


def test_the_equation_compares_what_elimination_calls_p_i_and_p_j(model):
    """left/right = p_3/p_1, from elimination, which shares no formula with the spanning trees."""
    ratios = model.steady_state.elimination.ratios()
    equation = limits.swap(model, "Phi_3", "Phi_1")
    assert equal(equation.lhs / equation.rhs, ratios[3] / ratios[1])
    assert equation.free_symbols <= set(model.steady_state.rates.values())


@pytest.mark.parametrize("T_R", [0, 1])
def test_ergotropy_switches_on_where_the_singlet_overtakes_the_empty_state(model, T_R):
    """epsilon = 1, J > 0: W = 0 just below the temperature, W > 0 just above; there the populations are equal."""
    with mp.workdps(40):
        T = limits.swap_temperature(2, "Phi_3", "Phi_1", ("0.01", 1000), T_R=T_R, **BATTERY)
        evaluate = symqb.evaluator(2, "mpmath")
        p = evaluate(**BATTERY, T_R=T_R, T_L=T).populations
        assert abs(p[2] / p[0] - 1) < mpf(10) ** -38
        below, above = (evaluate(**BATTERY, T_R=T_R, T_L=T * (1 + sign * mpf(10) ** -30)) for sign in (-1, 1))
        assert below.ergotropy == 0
        assert above.ergotropy > 0


def test_the_explicit_equation_holds_at_the_temperature(model):
    """T_R -> 0 over the parameters: both sides are equal where the populations swap, and nowhere near."""
    equation = limits.swap(model, "Phi_3", "Phi_1", {"epsilon": 1, "T_R": 0})
    with mp.workdps(40):
        T = sp.Float(mp.nstr(limits.swap_temperature(2, "Phi_3", "Phi_1", (1, 10), T_R=0, **BATTERY), 40), 40)
    values = {real("B0"): 2, real("J"): 1, real("Delta"): sp.Rational(1, 2), positive("kappa_L"): 1}
    contrast = (equation.lhs / equation.rhs - 1).subs({**values, positive("kappa_R"): 1})
    assert contrast.free_symbols == {temperature("T_L")}
    assert abs(contrast.subs(temperature("T_L"), T).evalf(40)) < 1e-36
    assert contrast.subs(temperature("T_L"), T * sp.Rational(99, 100)).evalf(20) < -1e-3


def test_swaps_of_other_levels_and_of_the_other_temperature():
    """J < 0: the singlet falls below the fully charged state. T_R as the unknown: heating the right bath undoes it."""
    with mp.workdps(20):
        ferro = {**BATTERY, "J": -1, "Delta": "-0.5", "T_R": 1}
        T = limits.swap_temperature(2, "Phi_3", "Phi_2", ("0.1", 10**4), **ferro)
        evaluate = symqb.evaluator(2, "mpmath", outputs="populations")
        p = evaluate(**ferro, T_L=T).populations
        assert abs(p[2] / p[1] - 1) < mpf(10) ** -18
        T_R = limits.swap_temperature(2, "Phi_3", "Phi_1", (1, 29), "T_R", T_L=30, **BATTERY)
        p = evaluate(**BATTERY, T_L=30, T_R=T_R).populations
        assert abs(p[2] / p[0] - 1) < mpf(10) ** -18


def test_at_a_right_bath_at_zero_the_singlet_never_swaps_with_the_charged_state(model):
    """epsilon = 1, T_R = 0: p_3/p_2 = (B0+s)/(B0-s) at every T_L, so for s < 0 there is ergotropy at every T_L > 0."""
    equation = limits.swap(model, "Phi_3", "Phi_2", {"epsilon": 1, "T_R": 0})
    s = real("J") + real("Delta")
    assert sp.cancel(equation.lhs / equation.rhs - (real("B0") + s) / (real("B0") - s)) == 0
    ferro = {**BATTERY, "J": -1, "Delta": "-0.5", "T_R": 0}
    assert all(symqb.evaluator(2, "mpmath")(**ferro, T_L=T).ergotropy > 0 for T in ("0.01", "0.3", 10, 10**6))


def test_the_precision_is_that_of_mpmath():
    """Digits asked for are digits found: 15 and 120 agree to 15."""
    results = []
    for digits in (15, 120):
        with mp.workdps(digits):
            results.append(limits.swap_temperature(2, "Phi_3", "Phi_1", (1, 10), T_R=1, **BATTERY))
    with mp.workdps(120):
        assert abs(results[0] / results[1] - 1) < mpf(10) ** -15
        p = symqb.evaluator(2, "mpmath")(**BATTERY, T_R=1, T_L=results[1]).populations
        assert abs(p[2] / p[0] - 1) < mpf(10) ** -118


def test_refusals(model):
    """No swap in the bracket, an unknown level, an infinite temperature: each is named."""
    with pytest.raises(InvalidParameter, match="between which the populations of Phi_3 and Phi_1 swap"):
        limits.swap_temperature(2, "Phi_3", "Phi_1", (10, 100), T_R=1, **BATTERY)
    for bracket in ((0, 10), ("cold", 10), (1, -10), (1, "inf"), (1, 2j)):
        with pytest.raises(InvalidParameter, match="bracket = "):
            limits.swap_temperature(2, "Phi_3", "Phi_1", bracket, T_R=1, **BATTERY)
    with pytest.raises(UnknownChoice, match="level = Phi_5: allowed are Phi_1, Phi_2, Phi_3, Phi_4"):
        limits.swap_temperature(2, "Phi_5", "Phi_1", (1, 10), T_R=1, **BATTERY)
    with pytest.raises(UnknownChoice, match="level = phi_1"):
        limits.swap(model, "phi_1", "Phi_3")
    with pytest.raises(InvalidParameter, match="finite temperatures"):
        limits.swap(model, "Phi_1", "Phi_3", {"T_L": sp.oo})

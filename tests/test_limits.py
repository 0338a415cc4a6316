"""Limits of the steady state: against evaluators at extreme temperatures, and against what is known of the battery."""

from fractions import Fraction
from itertools import product

import pytest
import sympy as sp
from fraction_field import equal
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from strategies import rationals

import symqb
from symqb import limits
from symqb.errors import (
    AllBathsAtZero,
    DegenerateLevels,
    InvalidParameter,
    MissingParameter,
    NotUnique,
    UnknownParameter,
    ZeroFrequency,
)
from symqb.symbols import positive, real, temperature

B0, J, Delta, s = map(real, ("B0", "J", "Delta", "s"))
AFM = {"B0": 3, "J": 1, "Delta": Fraction(1, 2)}
WEAK = {"B0": Fraction(1, 10), "J": 1, "Delta": Fraction(1, 2)}
HOT_AND_COLD = {"epsilon": 1, "T_R": 0, "T_L": sp.oo}
LARGE = mpf(10) ** 30


@pytest.fixture(scope="module")
def model():
    return symqb.xxz_chain(2)


def at_point(expr, point):
    """The exact value; every symbol that is left must be in the point."""
    return sp.sympify(expr).subs({symbol: sp.Rational(point[symbol.name]) for symbol in expr.free_symbols})


def symbols(point):
    return {real(name): sp.Rational(value) for name, value in point.items()}


def float_of(number):
    """An mpf as a SymPy float with all its digits."""
    with mp.workdps(80):
        return sp.Float(mp.nstr(number, 60), 60)


def evaluated(point, **changes):
    with mp.workdps(80):
        return symqb.evaluator(2, "mpmath")(**point | changes)


def distance(exact, numbers, point):
    """Largest deviation of evaluated numbers from exact expressions."""
    with mp.workdps(80):
        return max(
            abs(mpf(value.p) / value.q - number)
            for value, number in zip((at_point(expr, point) for expr in exact), numbers, strict=True)
        )


def test_the_hot_and_cold_battery(model):
    """epsilon = 1, T_R -> 0, T_L -> infinity: p1 = p2 = p4 and p3/p2 = (B0+s)/(B0-s), without kappa."""
    p = limits.steady_state(model, HOT_AND_COLD).populations
    assert p[0] == p[1] == p[3]
    assert equal(p[2] / p[1], (B0 + J + Delta) / (B0 - J - Delta))
    assert equal(sum(p), 1)


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ({"B0": 3, "J": 1, "s": Fraction(3, 2)}, s * (B0 - s) / (2 * B0 - s)),
        ({"B0": 3, "J": -1, "s": Fraction(1, 2)}, s * (B0 - s) / (2 * B0 - s)),
        ({"B0": 3, "J": -1, "s": Fraction(-3, 2)}, -s * (B0 + s) / (2 * B0 - s)),
        ({"B0": 3, "J": 1, "s": Fraction(-1, 2)}, -s * (B0 + s) / (2 * B0 - s)),
    ],
)
def test_its_ergotropy_for_each_sign_of_s_and_of_J(model, point, expected):
    """W = |s|(B0 - |s|) / (2 B0 - s) with s = J + Delta, in each of the four cells, without kappa."""
    W = limits.steady_state(model, {**HOT_AND_COLD, "Delta": s - J}, point).ergotropy
    assert equal(W.value, expected)
    assert W.value.free_symbols == {B0, s}


def test_the_largest_ergotropy_of_each_sign_of_s(model):
    """From the model to the optimum: (3 - 2 sqrt 2) B0 at s = (2 - sqrt 2) B0, (5 - 2 sqrt 6) B0 at (2 - sqrt 6) B0."""
    for J_sign, interval, place, value in (
        (1, (0, B0), 2 - sp.sqrt(2), 3 - 2 * sp.sqrt(2)),
        (-1, (-B0, 0), 2 - sp.sqrt(6), 5 - 2 * sp.sqrt(6)),
    ):
        point = {"B0": 3, "J": J_sign, "s": Fraction(3, 2) * J_sign}
        W = limits.steady_state(model, {**HOT_AND_COLD, "Delta": s - J}, point).ergotropy
        best = limits.maximum(W.value, s, interval)
        assert (best.place / B0, best.value / B0) == (place, value)


def test_at_a_hot_left_bath_work_can_be_extracted_whatever_the_temperature_on_the_right(model):
    """T_L -> infinity at epsilon = 1 and finite T_R: W = s(B0-s) / (2B0 - s + 2 phi(B0-s) + 2 phi(B0+s))."""
    W = limits.steady_state(model, {"epsilon": 1, "T_L": sp.oo}, {**AFM, "T_R": 1}).ergotropy.value
    phis = [symqb.phi(B0 + sign * (J + Delta), temperature("T_R")) for sign in (-1, 1)]
    assert sp.cancel(W * (2 * B0 - J - Delta + 2 * sum(phis)) - (J + Delta) * (B0 - J - Delta)) == 0
    value = W.subs({**symbols(AFM), temperature("T_R"): 1})
    assert value.evalf(30) == pytest.approx(float_of(evaluated(AFM, epsilon=1, T_R=1, T_L=LARGE).ergotropy), abs=1e-28)


def test_the_limit_is_approached_as_1_over_T(model):
    """A hundred times hotter, a hundred times closer."""
    point = {**AFM, "epsilon": 1, "T_R": 0}
    p = limits.steady_state(model, HOT_AND_COLD).populations
    near, far = (distance(p, evaluated(point, T_L=10**power).populations, point) for power in (12, 10))
    assert abs(far / near - 100) < mpf(10) ** -6


def test_conditions_are_sufficient(model):
    """Wherever the stated inequalities hold, not just at the reference point, the formulas do."""
    W = limits.steady_state(model, HOT_AND_COLD, AFM).ergotropy
    inside = 0
    for b, j, d in product((Fraction(1, 3), 2, 5), (-1, Fraction(2, 3), 3), (Fraction(-7, 5), Fraction(1, 7), 1)):
        point = {"B0": b, "J": j, "Delta": d}
        if all(at_point(condition, point) for condition in W.conditions):
            inside += 1
            r = evaluated({**point, "epsilon": 1, "T_R": 0, "kappa_R": 3}, T_L=LARGE)
            assert distance([W.value], [r.ergotropy], point) < mpf(10) ** -27
    assert inside >= 3


def test_beyond_the_strong_field_the_ergotropy_is_not_bounded_by_the_field(model):
    """Where Phi_4 is the lowest level: W = 2 |J| s/(2 B0 - s), which J makes as large as one likes at fixed s < B0."""
    point = {"B0": 1, "J": -2, "s": Fraction(3, 4)}
    W = limits.steady_state(model, {**HOT_AND_COLD, "Delta": s - J}, point).ergotropy
    assert equal(W.value, -2 * J * s / (2 * B0 - s))
    chain = {"B0": 1, "J": -2, "Delta": Fraction(11, 4)}
    assert distance([W.value], [evaluated(chain, epsilon=1, T_R=0, T_L=LARGE).ergotropy], point) < mpf(10) ** -28


def test_a_super_ohmic_cold_bath_weighs_the_two_decays_by_its_density():
    """J ~ omega^3 for bath R: p3/p2 = (B0+s)^3/(B0-s)^3; at omega = 0 such a bath gives no rate, which is refused."""
    model = symqb.xxz_chain(2, densities={"R": lambda omega: omega**3 / positive("omega_c") ** 2})
    p = limits.steady_state(model, {**HOT_AND_COLD, "Delta": s - J}, {"B0": 3, "J": 1, "s": Fraction(3, 2)}).populations
    assert equal(p[2] / p[1], ((B0 + s) / (B0 - s)) ** 3)
    with pytest.raises(ZeroFrequency, match="Phi_3 and Phi_1"):
        limits.steady_state(model, {**HOT_AND_COLD, "Delta": B0 - J}, {"B0": 3, "J": 1})


@pytest.mark.parametrize("epsilon", [1, -1])
def test_a_hot_left_bath_mixes_three_qubits_whatever_the_right_bath(epsilon):
    """Three qubits, T_L -> infinity: p = 1/8 and W = 0 for every T_R, although bath L cannot reach every level.

    Unlike for two qubits: the traces of the last bond over the odd sector vanish for longer chains.
    """
    model = symqb.xxz_chain(3)
    for T_R, point in product(({}, {"T_R": 0}), ({"B0": 5}, {"B0": Fraction(1, 10)})):
        at = {**AFM, **point}
        found = limits.steady_state(model, {"epsilon": epsilon, "T_L": sp.oo, **T_R}, at)
        assert found.populations == (sp.Rational(1, 8),) * 8
        assert found.ergotropy.value == 0
    with mp.workdps(80):
        r = symqb.evaluator(3, "mpmath")(**AFM, epsilon=epsilon, T_R=0, T_L=LARGE)
        assert max(abs(p - mpf(1) / 8) for p in r.populations) < mpf(10) ** -28


def test_named_roots_give_way_where_a_value_changes_them():
    """Three qubits at Delta = 0 and at given numbers: alpha is put in; otherwise it is listed with the result."""
    model = symqb.xxz_chain(3)
    where = {"epsilon": 1, "T_L": sp.oo, "T_R": 0}
    assert "alpha = sqrt(Delta**2 + 8*J**2)" in str(limits.steady_state(model, where))
    for values in ({"Delta": 0}, {"J": 1, "Delta": Fraction(1, 2)}):
        found = limits.steady_state(model, {**where, **values}, {"B0": 5, "J": 1} if len(values) == 1 else {"B0": 5})
        assert "alpha" not in str(found)
        assert found.populations == (sp.Rational(1, 8),) * 8


# The offsets keep every point off the boundaries between regimes.
chains = st.fixed_dictionaries(
    {
        "B0": rationals(-5, 5).map(lambda x: x + Fraction(1, 97)),
        "J": rationals(-2, 2).map(lambda x: x + Fraction(1, 89)),
        "Delta": rationals(-2, 2),
    }
)


@settings(max_examples=25)
@given(chains, st.sampled_from([-1, 0, 1, Fraction(1, 3)]), st.sampled_from(["L", "R"]))
def test_one_bath_at_zero_and_one_at_infinity(model, point, epsilon, cold):
    """Strong or weak field, any signs: exact populations and ergotropy are the evaluator's at T = 0 and T = 10^30."""
    hot = "R" if cold == "L" else "L"
    found = limits.steady_state(model, {"epsilon": epsilon, f"T_{cold}": 0, f"T_{hot}": sp.oo}, point)
    r = evaluated(point, epsilon=epsilon, **{f"T_{cold}": 0, f"T_{hot}": LARGE})
    assert distance(found.populations, r.populations, point) < mpf(10) ** -25
    assert distance([found.ergotropy.value], [r.ergotropy], point) < mpf(10) ** -25
    assert all(at_point(condition, point) for condition in found.ergotropy.conditions)


@pytest.mark.parametrize("point", [AFM, WEAK, {**WEAK, "J": -1}], ids=["strong", "weak", "weak, J < 0"])
@pytest.mark.parametrize("epsilon", [0, 1, Fraction(-1, 2)])
def test_one_bath_at_zero_and_one_at_finite_temperature(model, point, epsilon):
    """T_R -> 0 alone: the formula over phi(omega, T_L) has the evaluator's value."""
    found = limits.steady_state(model, {"epsilon": epsilon, "T_R": 0, "T_L": 2, "kappa_L": 3, "kappa_R": 1}, point)
    r = evaluated(point, epsilon=epsilon, T_R=0, T_L=2, kappa_L=3)
    for exact, number in zip(found.populations, r.populations, strict=True):
        assert exact.subs(symbols(point)).evalf(40) == pytest.approx(float_of(number), abs=1e-35)


@pytest.mark.parametrize("cold", ["T_L", "T_R"])
def test_a_cold_bath_alone_leaves_all_other_parameters_free(model, cold):
    """Eight symbols but one, in a second: the numbers of the evaluator at any point of the strong field."""
    limit = limits.steady_state(model, {cold: 0})
    point = {"B0": Fraction(3), "J": Fraction(-1), "Delta": Fraction(1, 2), "epsilon": Fraction(1, 3)}
    point |= {"kappa_L": Fraction(2), "kappa_R": Fraction(1, 5), "T_L": Fraction(4), "T_R": Fraction(3)} | {
        cold: Fraction(0)
    }
    with mp.workdps(60):
        expected = symqb.evaluator(2, "mpmath", outputs="populations")(**point).populations
        for p, e in zip(limit.populations, expected, strict=True):
            values = {symbol: sp.Rational(point[symbol.name]) for symbol in p.free_symbols}
            assert abs(mpf(str(p.subs(values).evalf(50))) - e) < mpf(10) ** -45


def test_the_dark_singlet_takes_everything_in_a_weak_field(model):
    """epsilon = 1, T_R -> 0, B0 < J + Delta: p3 = 1 at any T_L."""
    found = limits.steady_state(model, {"epsilon": 1, "T_R": 0}, WEAK)
    assert found.populations == (0, 0, 1, 0)
    assert limits.steady_state(model, HOT_AND_COLD, WEAK).populations == (0, 0, 1, 0)
    assert sp.Gt(J + Delta - B0, 0) in found.conditions


def test_a_hot_bath_that_reaches_every_level_mixes_them(model):
    """T_L -> infinity at a generic epsilon: p = 1/4, stated for epsilon not 1 and not -1; also both baths at once."""
    epsilon = real("epsilon")
    for where in ({"T_L": sp.oo}, {"T_L": sp.oo, "T_R": sp.oo}, {"T_L": sp.oo, "T_R": 0}):
        found = limits.steady_state(model, where)
        assert found.populations == (sp.Rational(1, 4),) * 4
        assert {sp.Ne(epsilon - 1, 0), sp.Ne(epsilon + 1, 0)} <= set(found.conditions)
    one = limits.steady_state(model, {"epsilon": 1, "T_L": sp.oo, "T_R": sp.oo})
    assert one.populations == (sp.Rational(1, 4),) * 4


def ladder():
    """Five levels: bath h drives 1-2-3 and 4-5, bath c connects 3-4 and 2-5."""
    w = [0, *(positive(f"w_{i}") for i in range(2, 6))]

    def between(*pairs):
        matrix = sp.zeros(5)
        for i, j in pairs:
            matrix[i - 1, j - 1] = matrix[j - 1, i - 1] = 1
        return matrix

    baths = [symqb.Bath("h", between((1, 2), (2, 3), (4, 5))), symqb.Bath("c", between((3, 4), (2, 5)))]
    return symqb.Model(sp.diag(*w), baths)


def test_levels_that_the_hot_bath_mixes_share_their_weight_and_the_cold_bath_balances_the_groups():
    """Any number of levels: {1,2,3} and {4,5} are uniform; the flows 4 -> 3 and 5 -> 2 at T_c = 0 empty the upper.

    With level 5 below level 2 the flow 2 -> 5 feeds the upper group: p_4/p_3 = (w_2 - w_5)/(w_4 - w_3).
    """
    model = ladder()
    w = [None, None, *(positive(f"w_{i}") for i in range(2, 6))]
    down = limits.steady_state(model, {"T_c": 0, "T_h": sp.oo}, {"w_2": 1, "w_3": 2, "w_4": 4, "w_5": 5})
    assert down.populations == (sp.Rational(1, 3),) * 3 + (0, 0)
    p = limits.steady_state(model, {"T_c": 0, "T_h": sp.oo}, {"w_2": 9, "w_3": 2, "w_4": 4, "w_5": 5}).populations
    assert p[0] == p[1] == p[2]
    assert p[3] == p[4]
    assert equal(p[3] / p[2], (w[2] - w[5]) / (w[4] - w[3]))


def test_what_is_shown(model):
    """Values, limits, populations and the regime, as text and as LaTeX; factors are positive as they stand."""
    found = limits.steady_state(model, {**HOT_AND_COLD, "Delta": s - J}, {"B0": 3, "J": 1, "s": Fraction(3, 2)})
    lines = str(found).splitlines()
    assert lines[:4] == ["epsilon = 1", "T_R -> 0", "T_L -> oo", "Delta = -J + s"]
    assert "p_3 = (B0 + s)/(2*(2*B0 - s))" in lines
    assert "B0 - s > 0" in lines
    assert r"T_{L} &\to \infty" in found.latex()
    assert str(found.ergotropy).splitlines()[0] == "ergotropy = s*(B0 - s)/(2*B0 - s)"
    assert r"\epsilon - 1 &\neq 0" in limits.steady_state(model, {"T_L": sp.oo}).latex()


@pytest.mark.parametrize(
    ("where", "at", "error", "message"),
    [
        ({"T_X": 0}, None, UnknownParameter, "T_X is not a parameter"),
        ({"T_R": 0}, {"b": 1}, UnknownParameter, "b is not a parameter"),
        ({"T_R": 0}, {"B0": 3}, MissingParameter, "at: Delta is missing"),
        ({"T_L": 0, "T_R": 0}, AFM, AllBathsAtZero, "T_L = T_R = 0"),
        ({"T_L": -1}, AFM, InvalidParameter, "T_L = -1: allowed is an exact nonnegative"),
        ({"kappa_L": 0}, AFM, InvalidParameter, "kappa_L = 0: allowed is an exact positive"),
        ({"B0": sp.oo}, None, InvalidParameter, "B0 = oo: allowed is an exact real"),
        ({"B0": "three"}, None, InvalidParameter, "B0 = 'three'"),
        ({"T_R": 0}, {"B0": 2, "J": 1, "Delta": 1}, InvalidParameter, "inside a regime, where B0 - Delta - J is not 0"),
        ({"epsilon": 1, "T_R": 0, "J": 0}, None, DegenerateLevels, "Phi_3 and Phi_4 are degenerate"),
    ],
)
def test_refusals(model, where, at, error, message):
    """Each refusal names the parameter and what is allowed."""
    with pytest.raises(error, match=message):
        limits.steady_state(model, where, at)


def test_strong_field_is_refused_where_a_frequency_cannot_be_positive():
    """Without a reference point every frequency is positive; a level that lies below by assumption needs one."""
    flip = sp.Matrix([[0, 1], [1, 0]])
    model = symqb.Model(sp.diag(0, -positive("w")), [symqb.Bath("h", flip), symqb.Bath("c", flip)])
    with pytest.raises(InvalidParameter, match="-w > 0 \\(strong field\\) does not hold"):
        limits.steady_state(model, {"T_c": 0, "T_h": 1})
    p = limits.steady_state(model, {"T_c": 0, "T_h": sp.oo}, {"w": 1}).populations
    assert p == (sp.Rational(1, 2),) * 2
    with_numbers = symqb.Model(sp.diag(0, -1), [symqb.Bath("h", flip), symqb.Bath("c", flip)])
    assert limits.steady_state(with_numbers, {"T_c": 0, "T_h": sp.oo}).populations == p


def test_two_closed_sets_of_levels_are_refused():
    """Two dark levels at T_c = 0: no unique limit; with the cold bath at finite temperature there is one."""
    w = [positive(f"w_{i}") for i in (2, 3, 4)]
    hot = sp.Matrix(4, 4, lambda i, j: int({i, j} == {2, 3}))
    cold = sp.Matrix(4, 4, lambda i, j: int({i, j} in ({0, 2}, {1, 3})))
    model = symqb.Model(sp.diag(0, *w), [symqb.Bath("h", hot), symqb.Bath("c", cold)])
    point = {"w_2": 1, "w_3": 3, "w_4": 5}
    with pytest.raises(NotUnique) as raised:
        limits.steady_state(model, {"T_c": 0, "T_h": sp.oo}, point)
    assert raised.value.classes == (("psi_1",), ("psi_2",))
    assert limits.steady_state(model, {"T_h": sp.oo}, point).populations[2] != 0


def test_the_ergotropy_needs_a_reference_point_off_the_boundary(model):
    """Without J or at s = 0 the order of the levels is open; a float counts as the decimal that it shows."""
    with pytest.raises(MissingParameter, match="at: B0"):
        _ = limits.steady_state(model, HOT_AND_COLD).ergotropy
    with pytest.raises(InvalidParameter, match="Delta \\+ J is not 0"):
        _ = limits.steady_state(model, HOT_AND_COLD, {"B0": 3, "J": 1, "Delta": -1}).ergotropy
    assert limits.steady_state(model, HOT_AND_COLD, {"B0": 3, "J": 0.1, "Delta": 0.5}).ergotropy.value != 0
    assert limits.steady_state(model, {**HOT_AND_COLD, "B0": 0.1, "J": 1}, {"Delta": 1}).setting.put(B0) == sp.Rational(
        1, 10
    )

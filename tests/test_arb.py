"""Balls of the Arb back end contain the exact value, and are small."""

import json
import subprocess
import sys
from fractions import Fraction
from random import Random

import numpy as np
import pytest
import sympy as sp
from commands import run
from flint import arb, ctx
from mpmath import inf, mp, mpf
from strategies import cold_weak_points, random_points
from test_evaluators import POINT, REFUSED
from test_guards import POINT as LEVELS
from test_guards import v_system

import symqb
from symqb.baths import power_law
from symqb.codegen.arithmetic_arb import Arb
from symqb.errors import DegenerateLevels, NotUnique, SymqbError
from symqb.symbols import positive, real
from symqb.xxz import SIGMA_X, SIGMA_Z

BITS = 150
DIGITS = 60
#: Differences, which are known to 60 digits of the terms that cancel; all else is, relative to itself.
DIFFERENCES = ("stored_energy", "stored_energy_fraction", "ergotropy", "exergy", "heat_current_L", "heat_current_R",
               "entropy_production")  # fmt: skip
BOTH = pytest.mark.parametrize("qubits", [2, 3])


@pytest.fixture(autouse=True)
def precision():
    """150 bits, and the 53 that flint starts with afterwards."""
    with ctx.workprec(BITS):
        yield


def near_crossings(count, seed):
    """Points of two and three qubits where a frequency B0 - J - Delta is 0 or almost."""
    source = Random(seed)
    for point in random_points(count, seed):
        distance = source.choice([0.0, 10 ** source.uniform(-17, -2)])
        yield point | {"B0": (point["J"] + point["Delta"]) * (1 + distance), "T_L": point["T_L"] or 0.5}


def all_regimes(count, seed):
    """Hot, cold, one bath at T = 0, weak field, all rates tiny, a frequency near 0."""
    return [*random_points(count, seed), *cold_weak_points(count, seed), *near_crossings(count, seed)]


def entries(result):
    """(output, number) for every number of a result at one point."""
    return [(name, number) for name, value in result.as_dict().items() for number in np.atleast_1d(value)]


def contains(ball, value, slack):
    """Whether a ball contains a value that is known up to the slack."""
    if value == inf:
        return ball == arb.pos_inf() or ball.is_nan()
    with ctx.workprec(1000):
        return ball.overlaps(arb(value) + arb(0, 1) * arb(slack))


@BOTH
def test_every_output_contains_its_value_at_60_digits(qubits):
    """All outputs at hundreds of points in every regime, against mpmath, which rounds differently at each step."""
    balls, numbers = symqb.evaluator(qubits, "arb"), symqb.evaluator(qubits, "mpmath")
    for point in all_regimes(100, 11):
        with mp.workdps(2 * DIGITS):
            expected = entries(numbers(**point))
        for (name, ball), (_, value) in zip(entries(balls(**point)), expected, strict=True):
            slack = mpf(10) ** -DIGITS * (1 if name in DIFFERENCES else abs(value))
            assert contains(ball, value, slack), (name, point)


@BOTH
@pytest.mark.parametrize("bits", [53, 200])
def test_balls_of_exact_parameters_are_small(qubits, bits):
    """Populations to 2^(10 - precision) of themselves, or exactly 0, down to the smallest; their sum contains 1."""
    evaluate = symqb.evaluator(qubits, "arb", outputs="populations")
    with ctx.workprec(bits):
        for point in all_regimes(60, 12):
            populations = evaluate(**point).populations
            assert all(p == 0 or (p > 0 and p.rad() <= p * arb(2) ** (10 - bits)) for p in populations), point
            assert sum(populations).contains(1)


@BOTH
def test_a_ball_of_parameters_gives_a_ball_of_results(qubits):
    """Results at points of a small box, its corners too, lie in the result for the box, which is finite."""
    evaluate, source = symqb.evaluator(qubits, "arb"), Random(5)
    for point in random_points(60, 13):
        width = 10 ** source.uniform(-14, -7)
        fixed = {"epsilon"} | {name for name, value in point.items() if value == 0}
        box = {n: v if n in fixed else arb(v, width * abs(v)) for n, v in point.items()}
        whole = entries(evaluate(**box))
        assert all(ball.is_finite() for name, ball in whole if name in ("energies", "populations")), (point, width)
        for _ in range(4):
            shifts = {n: Fraction(source.choice([-1, 1, source.uniform(-1, 1)]) * width) for n in point}
            inside = {n: Fraction(v) * (1 if n in fixed else 1 + shifts[n]) for n, v in point.items()}
            for (name, ball), (_, number) in zip(whole, entries(evaluate(**inside)), strict=True):
                assert ball.contains(number) or not ball.is_finite(), (name, point, width)


@pytest.mark.parametrize(
    ("number", "exact"),
    [
        ("1/3", "1/3"),
        (Fraction(1, 3), "1/3"),
        ("0.1", "1/10"),
        (0.1, Fraction(0.1)),
        (np.float32(0.1), Fraction(float(np.float32(0.1)))),
        (2, 2),
        (np.int64(2), 2),
        (mpf(2), 2),
    ],
)
def test_parameters_are_taken_as_they_are(number, exact):
    """A float is the dyadic number that it is, a string the decimal or fraction that it says: E_1 = Delta/2 - B0."""
    (energy, *_) = symqb.evaluator(2, "arb", outputs="energies")(**POINT | {"Delta": number}).energies
    assert energy.overlaps(arb(str(Fraction(exact) / 2 - 2)))
    assert energy.rad() < arb(2) ** (2 - BITS)


def test_levels_that_cross_cost_nothing_where_the_order_is_known():
    """B0 = J + Delta in floats: E_1 = E_3 exactly, and the ergotropy is as sharp as elsewhere."""
    r = symqb.evaluator(2, "arb")(**POINT | {"B0": 1.5, "T_R": 0.5})
    assert r.energies[0] == r.energies[2]
    assert r.ergotropy.rad() < arb(2) ** (10 - BITS)


def test_levels_of_uncertain_order_are_enclosed_either_way():
    """B0 = J + Delta in fractions: E_1 and E_3 are balls that overlap; what mpmath finds is contained."""
    point = POINT | {"B0": "3/10", "J": "1/5", "Delta": "1/10", "T_R": 0.5}
    found = entries(symqb.evaluator(2, "arb")(**point))
    with mp.workdps(2 * DIGITS):
        expected = entries(symqb.evaluator(2, "mpmath")(**point))
    for (name, ball), (_, value) in zip(found, expected, strict=True):
        assert contains(ball, value, mpf(10) ** -DIGITS), name


def test_the_dark_singlet_takes_everything_in_balls_too():
    """epsilon = 1, T_R = 0, weak field: three populations are exactly 0, and no heat flows."""
    r = symqb.evaluator(2, "arb")(B0=0.1, J=1.0, Delta=0.5, T_L=1.0, T_R=0.0, epsilon=1.0)
    assert [p == 0 for p in r.populations] == [True, True, False, True]
    assert r.populations[2].contains(1)
    assert (r.heat_current_L, r.heat_current_R, r.entropy_production) == (0, 0, 0)


def test_heat_into_a_bath_at_zero_temperature_produces_infinite_entropy():
    """As with the other back ends."""
    assert symqb.evaluator(2, "arb")(**POINT | {"T_R": 0.0}).entropy_production == arb.pos_inf()


@pytest.mark.parametrize(("error", "change", "message", "nearby"), REFUSED, ids=[str(r[1]) for r in REFUSED])
def test_refusals_are_those_of_the_other_back_ends(error, change, message, nearby):
    """The same error with the same words, and its neighbour evaluates."""
    with ctx.workprec(53):
        evaluate = symqb.evaluator(2, "arb")
        with pytest.raises(error, match=message) as caught:
            evaluate(**POINT | change)
        assert isinstance(caught.value, SymqbError)
        totals = np.atleast_1d(evaluate(**POINT | nearby).populations.sum(axis=-1))
        assert all(total.contains(1) for total in totals.ravel())


@pytest.mark.parametrize(("name", "width"), [("J", 2), ("B0", 3), ("T_L", 31)])
def test_a_ball_that_holds_a_refused_value_is_refused(name, width):
    """J or B0 around 0 may be degenerate, T_L around 0 negative; balls that leave these out evaluate."""
    with pytest.raises(SymqbError):
        symqb.evaluator(2, "arb")(**POINT | {name: arb(POINT[name], width)})
    assert symqb.evaluator(2, "arb")(**POINT | {name: arb(POINT[name], 1e-3)}).populations[0].is_finite()


def test_arrays_keep_their_shape_and_show_their_range():
    """Object arrays of balls with the levels last; a scalar output is a ball."""
    r = symqb.evaluator(2, "arb")(**POINT | {"T_L": ["1", "1/3", arb(2)]})
    assert (r.populations.shape, r.ergotropy.shape, r.populations.dtype) == ((3, 4), (3,), object)
    assert "<shape (3, 4), " in repr(r)
    assert isinstance(symqb.evaluator(2, "arb")(**POINT).ergotropy, arb)


def test_rates_by_bath_leave_the_populations_stationary():
    """Gains minus losses contain 0, from rates and populations that are small balls."""
    evaluate = symqb.evaluator(3, "arb", outputs=["populations"])
    total, p = evaluate.rates(**POINT).sum(axis=0), evaluate(**POINT).populations
    for level in range(8):
        net = sum(total[level, j] * p[j] - total[j, level] * p[level] for j in range(8))
        assert net.contains(0)
        assert net.rad() < arb(2) ** (10 - BITS)


@pytest.mark.parametrize("exponent", [3, 1, sp.Rational(1, 2)])
def test_spectral_densities_of_a_users_model(exponent):
    """Powers and exponentials in balls: a qubit between an Ohmic bath and another one, against mpmath."""
    baths = [symqb.Bath("h", SIGMA_X), symqb.Bath("c", SIGMA_X, density=power_law(exponent, positive("omega_c")))]
    model = symqb.Model(real("w") / 2 * SIGMA_Z, baths)
    for w in (1.3, -1.3):
        point = {"w": w, "T_h": 2.0, "T_c": 0.5, "omega_c": 3.0}
        with mp.workdps(DIGITS + 20):
            expected = symqb.evaluator(model, "mpmath", outputs="populations")(**point).populations
        found = symqb.evaluator(model, "arb", outputs="populations")(**point).populations
        assert all(contains(p, q, mpf(10) ** -DIGITS) for p, q in zip(found, expected, strict=True))
        assert all(p.rad() < arb(2) ** (10 - BITS) for p in found)


def test_what_cannot_be_certain_is_refused():
    """g = 0 unlinks a level, and so may a ball around 0; a ball beside it does not."""
    evaluate = symqb.evaluator(v_system(), "arb", outputs="populations")
    for g in (0.0, arb(0, 1e-3)):
        with pytest.raises(NotUnique, match="psi_1, psi_2; psi_3"):
            evaluate(**LEVELS, g=g)
    assert evaluate(**LEVELS, g=arb(1, 1e-3)).populations[2] > 0


def test_more_bits_tell_levels_apart():
    """J = 1e-17 is degenerate at 53 bits and evaluates at 150, as with mpmath."""
    assert symqb.evaluator(2, "arb")(**POINT | {"J": 1e-17}).populations[0] > 0
    with ctx.workprec(53), pytest.raises(DegenerateLevels):
        symqb.evaluator(2, "arb")(**POINT | {"J": 1e-17})


def test_the_order_of_numbers_that_no_float_tells_apart():
    """2^-1200, 2^-1300 and two numbers that differ in the 80th bit are put in order; NaN leaves all places unknown."""
    small, smaller, first, second = arb((1, -1200)), arb((1, -1300)), arb(1) + arb((1, -80)), arb(1)
    given = (smaller, second, small, first)
    assert all(a.overlaps(b) for a, b in zip(Arb.descending(*given), (first, second, small, smaller), strict=True))
    *keys, a, b, c, d = Arb.sorted_by(*given, *map(arb, range(4)))
    assert (keys, [a, b, c, d]) == ([smaller, small, second, first], [arb(0), arb(2), arb(1), arb(3)])
    assert all(x.is_nan() for x in Arb.descending(arb(1), arb.nan()))


def test_keys_that_overlap_leave_their_values_open_and_no_others():
    """Keys 1 +- 0.1, 1.1 +- 0.1 and 3: the first two places hold either value, the third its own."""
    *keys, a, b, c = Arb.sorted_by(arb(3), arb(1, 0.1), arb(1.1, 0.1), arb(30), arb(10), arb(11))
    assert [x.contains(10) and x.contains(11) and not x.contains(30) for x in (a, b)] == [True, True]
    assert (keys[2], c) == (3, 30)


def test_the_command_line_prints_balls():
    """symqb evaluate --backend arb --digits 20: numbers with their radius; an infinite one is inf."""
    point = ["--B0", "2", "--J", "1", "--Delta", "1/3", "--T_L", "30", "--T_R", "0", "--epsilon", "1"]
    found = json.loads(run("evaluate", *point, "--backend", "arb", "--digits", "20", "--json").stdout)
    assert found["populations"][0] == "[0.14898228173485049783 +/- 2.41e-21]"
    assert found["entropy_production"] == "inf"


def test_evaluating_in_balls_imports_no_sympy():
    """python-flint and NumPy are enough."""
    body = f"import sys, symqb; print(symqb.evaluator(2, 'arb')(**{POINT!r}).ergotropy.str(9), 'sympy' in sys.modules)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", body], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[0.00791494686", "+/-", "3.70e-12]", "False"]

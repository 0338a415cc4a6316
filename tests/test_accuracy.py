"""float64 against 60 digits, componentwise, in units in the last place."""

import numpy as np
import pytest
from backends import ARRAYS
from benchmarks.accuracy import LARGEST_PHI, REGIMES, Draw, available, compare, compare_phi, measure, reference
from benchmarks.tails import in_long_double, tails
from mpmath import mp, mpf
from strategies import cold_weak_points, random_points

import symqb
from symqb.reference import rows

PARAMETERS = tuple(symqb.evaluator(2).parameters)
LIMIT = 16  # ulp
BOTH = pytest.mark.parametrize("qubits", [2, 3])
SMALLEST = mpf("1e-250")


def exact(point, qubits=2):
    """The populations at the float64 parameters, at 60 digits."""
    with mp.workdps(60):
        return symqb.evaluator(qubits, "mpmath", outputs=["populations"])(**point).populations


def worst_ulp(points, qubits):
    """Largest error in ulp over populations above SMALLEST; smaller ones must be small and not negative."""
    columns = {name: np.array([point[name] for point in points]) for name in PARAMETERS}
    found = symqb.evaluator(qubits, outputs=["populations"])(**columns).populations
    worst = 0.0
    for point, row in zip(points, found, strict=True):
        for p, expected in zip(row, exact(point, qubits), strict=True):
            assert p >= 0
            if expected > SMALLEST:
                worst = max(worst, float(abs(mpf(float(p)) - expected)) / float(np.spacing(float(expected))))
            else:
                assert p < 2e-250
    return worst


@BOTH
def test_reference_rows(qubits):
    """At most 16 ulp on every population of the reference rows, parameters rounded to float64."""
    points = [{name: float(row[name]) for name in PARAMETERS} for row in rows(qubits)]
    assert worst_ulp(points, qubits) <= LIMIT


@BOTH
def test_random_points(qubits):
    """At most 16 ulp over 500 points with T down to 0.01 and exactly 0, any signs, strong and weak field."""
    assert worst_ulp(random_points(500, qubits), qubits) <= LIMIT


@BOTH
def test_cold_points_in_a_weak_field(qubits):
    """At most 16 ulp also where every exit rate is tiny, on both sides of the change of arithmetic."""
    assert worst_ulp(cold_weak_points(300, 4), qubits) <= LIMIT


@BOTH
@pytest.mark.parametrize("backend", ["numpy"])
def test_every_regime_of_the_benchmark(qubits, backend):
    """At most 8 (N = 2) and 16 (N = 3) ulp, sums to 4 units of 2^-52, at 300 points a regime; never negative or NaN."""
    for regime, _, measured in compare(qubits, 300, [backend], seed=1):
        assert not measured.broken, regime


# ruff: noqa: E501
#: Two qubits: the worst points that were found, among some fifty million.
WORST = [
    {"B0": -1.4085563227808593, "J": 0.720702012429656, "Delta": 0.011100616027976544, "epsilon": -0.936041587466127, "T_L": 0.14019029313866183, "T_R": 0.14019029316114384, "kappa_L": 1.0, "kappa_R": 2.1620310939468044},
    {"B0": -3.2555380447912827, "J": 0.11346604300603882, "Delta": -0.3573150675142724, "epsilon": -0.5015813104052306, "T_L": 4.526251406689744, "T_R": 0.0, "kappa_L": 1.0, "kappa_R": 211.41189454204473},
    {"B0": 0.4449975607535692, "J": -0.08365550414032003, "Delta": 0.19866513235459315, "epsilon": 1.0, "T_L": 0.028660866584005015, "T_R": 0.00900195668269091, "kappa_L": 4.43462185269635, "kappa_R": 0.112371457104033},
    {"B0": 1.4799431229475701, "J": 0.10326052562092983, "Delta": -0.911861853051184, "epsilon": 1.0, "T_L": 0.08046972503261939, "T_R": 0.052347169632653054, "kappa_L": 0.7506340954099244, "kappa_R": 0.11166060192570085},
    {"B0": 0.20856453810366016, "J": 0.20428703709411536, "Delta": -1.4671932420665592, "epsilon": 1.0, "T_L": 0.09908837443807875, "T_R": 0.027829186278245065, "kappa_L": 0.2280439732125446, "kappa_R": 2.0340672739566457},
]  # fmt: skip
#: No more than this, in ulp.
FOUND = (9.25, 9.25, 9.4, 9.8, 10.5)


@pytest.mark.parametrize("backend", ARRAYS)
@pytest.mark.parametrize(("point", "limit"), list(zip(WORST, FOUND, strict=True)))
def test_the_worst_points_are_no_worse_than_is_said(backend, point, limit):
    """docs/accuracy.md: 10.5 ulp, which is above the 8 of the regimes."""
    columns = {name: np.array([value]) for name, value in point.items()}
    p = symqb.evaluator(2, backend, outputs=["populations"])(**columns).populations
    assert measure(columns, reference(columns, 2), p, 2).worst < limit


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="long double has no more digits here than float64")
@BOTH
@pytest.mark.parametrize("regime", REGIMES)
def test_long_double_sees_errors_of_float64(regime, qubits):
    """What rare errors are counted against is right to a fifth of an ulp, against balls at 200 bits."""
    columns = REGIMES[regime](Draw(np.random.default_rng(7), 100, qubits))
    exact = in_long_double(columns, qubits)
    high, low = reference(columns, qubits)
    counted = exact > 1e-250
    assert counted.any()
    assert np.max(np.abs(exact - high - low)[counted] / np.spacing(high[counted])) < 0.2


def test_rare_errors_are_counted():
    """Of populations that are wrong by 3 ulp all are above 1 and 2, none above 4; what is too small is not counted."""

    class Wrong:
        def __call__(self, **columns):
            exact = in_long_double(columns, 2).astype(float)
            self.populations = exact + 3 * np.spacing(exact)
            return self

    columns = REGIMES["moderate"](Draw(np.random.default_rng(1), 20, 2))
    (found,) = tails(2, [columns], {"wrong": Wrong()}, (1, 2, 4), 1e-250).values()
    assert (found.populations, found.above) == (80, (80, 80, 0))
    assert found.largest == pytest.approx(3, abs=0.6)
    (found,) = tails(2, [columns], {"wrong": Wrong()}, (1,), 2.0).values()
    assert found == (0, (0,), 0.0)


@pytest.mark.parametrize("backend", ARRAYS)
def test_phi_in_the_rates_by_bath(backend):
    """At most 2 ulp in every regime of the benchmark, of either sign of the frequency."""
    assert LARGEST_PHI == 2
    assert compare_phi(100, [backend], seed=2)[backend] <= LARGEST_PHI


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ((0.0, 0.0), ""),
        ((0.0, np.nan), "a population is negative or NaN at 1 of 2 points"),
        ((0.0, -1.0), "a population is negative or NaN at 1 of 2 points"),
        ((0.0, 40 * 2.0**-53), "an error is above 8 ulp at 1 of 2 points"),
        ((6 * 2.0**-53, 6 * 2.0**-53), "the sum is off by more than 4 units of 2^-52 at 1 of 2 points"),
        ((1e-200, 0.0), "a population below 1e-250 is not small at 1 of 2 points"),
    ],
)
def test_the_benchmark_sees_what_is_wrong(change, fault):
    """Two levels and one of two points changed: each kind of fault is named, with its point, and nothing else is."""
    high = np.array([[0.0, 1.0], [0.5, 0.5]])
    p, k = high.copy(), 0 if change[0] == 1e-200 else 1
    p[k] += change
    measured = measure({"B0": np.array([1.0, 2.0])}, (high, np.zeros_like(high)), p, 2)
    assert measured.broken.startswith(fault)
    assert bool(measured.broken) == bool(fault)
    assert not fault or measured.broken.endswith(repr({"B0": [1.0, 2.0][k]}))


def test_a_back_end_that_is_not_there_is_left_out_with_a_reason():
    """The others are measured."""
    (_, numpy), (_, reason) = available(["numpy", "abacus"], 2)
    assert callable(numpy)
    assert reason.startswith("backend = abacus: allowed are")


CLOSE = [
    (2, {"B0": -0.3956957672137512, "J": -0.10127205743326825, "Delta": 0.7845717196637021, "epsilon": -0.8101047401422403, "T_L": 0.0029087970711154636, "T_R": 0.002908797071115464, "kappa_L": 3.5547138499216415, "kappa_R": 1.9597303088299052}),
    (2, {"B0": -1.7615274949744266, "J": 0.12457346138178059, "Delta": 1.6369540335926462, "epsilon": 1.0, "T_L": 0.01752930044140168, "T_R": 0.030654726676570647, "kappa_L": 0.20524193356442597, "kappa_R": 2.3758741189526433}),
    (3, {"B0": -5.989425129809964, "J": -0.06467141795848678, "Delta": -1.023939263877287, "epsilon": 1.8987278697879653, "T_L": 0.042809418708284905, "T_R": 0.04280941870828491, "kappa_L": 1.6070677973306118, "kappa_R": 2.3511089000939465}),
    (3, {"B0": -3.1100108199905225, "J": -0.13364658023725506, "Delta": 1.5436026297237468, "epsilon": 0.0, "T_L": 0.013725012500858438, "T_R": 0.012370129748694805, "kappa_L": 0.1478840506810103, "kappa_R": 1.7666669717691932}),
]  # fmt: skip


@pytest.mark.parametrize(("qubits", "point"), CLOSE)
def test_exponents_that_differ_in_the_low_part_alone(qubits, point):
    """Extended range, and two rates whose omega/T agree to 53 bits but no further: 200 ulp were lost here."""
    assert worst_ulp([point], qubits) <= 8


@BOTH
def test_weights_that_vanish_keep_their_digits(qubits):
    """alpha -+ Delta where J is far below Delta: no cancellation, whatever the sign of Delta."""
    base = {"B0": 3.0, "epsilon": 0.5, "T_L": 2.0, "T_R": 1.0, "kappa_L": 1.0, "kappa_R": 2.0}
    points = [base | {"J": J, "Delta": Delta} for J in (1e-3, -1e-6, 1e-7) for Delta in (1.7, -1.7, 1e-12)]
    assert worst_ulp(points, qubits) <= LIMIT


@BOTH
def test_mpmath_results_are_right_to_the_working_precision(qubits):
    """Correct to one unit of the last place asked for, also where omega/T is large: guard bits make up for it."""
    for point in random_points(40, 5) + cold_weak_points(40, 6):
        with mp.workdps(80):
            expected = exact(point, qubits)
        with mp.workdps(20):
            unit = +mp.eps
            found = symqb.evaluator(qubits, "mpmath", outputs=["populations"])(**point).populations
        with mp.workdps(80):
            assert all(abs(p - e) <= unit * e for p, e in zip(found, expected, strict=True)), point


STRONG = {"B0": 3.0, "J": 1.0, "Delta": 0.5, "epsilon": 1.0}
TWO_MINIMA = {"B0": 1e-4, "J": 0.2, "Delta": -1.0, "epsilon": 0.3}


@pytest.mark.parametrize(
    "point",
    [
        STRONG | {"T_L": 1e-3, "T_R": 0.0},
        STRONG | {"T_L": 2e-3, "T_R": 1e-3},
        STRONG | {"epsilon": 0.0, "T_L": 1e-3, "T_R": 0.0},
        TWO_MINIMA | {"T_L": 1e-3, "T_R": 1e-3},
        TWO_MINIMA | {"T_L": 1e-3, "T_R": 0.0},
        TWO_MINIMA | {"T_L": 2e-5, "T_R": 3e-5},
        TWO_MINIMA | {"T_L": 1e-30, "T_R": 0.0},
        TWO_MINIMA | {"B0": 1e-12, "T_L": 1e-12, "T_R": 2e-12, "kappa_L": 1e30, "kappa_R": 1e-30},
        STRONG | {"B0": 1e30, "J": 1e30, "epsilon": 1e30, "T_L": 1e30, "T_R": 1e-30},
    ],
)
@BOTH
def test_where_rates_underflow_populations_are_right_and_finite(point, qubits):
    """Every rate out of a level may underflow: 1e-14 absolute or better, never NaN, sum 1."""
    point = {"kappa_L": 1.0, "kappa_R": 1.0} | point
    found = symqb.evaluator(qubits)(**point)
    assert all(np.all(np.isfinite(value)) for name, value in found.as_dict().items() if name != "entropy_production")
    assert not np.isnan(found.entropy_production)
    assert np.sum(found.populations) == pytest.approx(1, abs=1e-15)
    assert np.all(found.populations >= 0)
    assert max(abs(mpf(float(p)) - e) for p, e in zip(found.populations, exact(point, qubits), strict=True)) < 1e-14


def test_two_minima_at_one_low_temperature_share_the_population_by_boltzmann():
    """p_2/p_1 = e^(-2 B0/T) = e^(-0.2), though every rate between them is below 1e-340."""
    p = symqb.evaluator(2)(**TWO_MINIMA, T_L=1e-3, T_R=1e-3).populations
    assert p[1] / p[0] == pytest.approx(np.exp(-0.2), rel=1e-12)


def test_the_dark_singlet_takes_everything():
    """epsilon = 1, T_R = 0, weak field: bath L does not see the singlet, bath R only feeds it."""
    r = symqb.evaluator(2)(B0=0.1, J=1.0, Delta=0.5, T_L=1.0, T_R=0.0, epsilon=1.0)
    assert r.populations.tolist() == [0, 0, 1, 0]
    assert (r.heat_current_L, r.heat_current_R, r.entropy_production) == (0, 0, 0)


@BOTH
@pytest.mark.parametrize("cold", ["T_L", "T_R"])
def test_a_rate_of_exactly_0_is_no_underflow(qubits, cold):
    """With one bath at T = 0 both back ends agree with the other bath's populations at T = 1e-3, where they exist."""
    for drawn in random_points(60, 8):
        point = drawn | {"T_L": 1.0, "T_R": 1.0, "epsilon": 1.0} | {cold: 0.0}
        p = symqb.evaluator(qubits, outputs=["populations"])(**point).populations
        nearby = exact(point | {cold: 1e-9}, qubits)
        assert max(abs(float(x) - float(y)) for x, y in zip(p, nearby, strict=True)) < 1e-13, point


def test_zero_frequency_is_an_ordinary_point():
    """At B0 = J + Delta the levels Phi_1 and Phi_3 cross: populations pass through smoothly."""
    base = {"J": 1.0, "Delta": 0.5, "T_L": 1.0, "T_R": 2.0, "epsilon": 0.3}
    p = symqb.evaluator(2)(B0=np.array([1.5 - 1e-9, 1.5, 1.5 + 1e-9]), **base).populations
    assert np.max(np.abs(p[0] + p[2] - 2 * p[1])) < 1e-15
    assert np.max(np.abs(p[2] - p[0])) < 1e-8


@pytest.mark.parametrize("T_eq", [0.0, 1e-30, 1e-3, 1.0, 1e6])
def test_exergy_is_finite_and_not_negative_at_any_reference_temperature(T_eq):
    """At T_eq = 0 it is Tr(tau H) - E_min; at high T_eq it grows like T_eq ln 4 - T_eq S."""
    point = STRONG | {"T_L": 2.0, "T_R": 0.5}
    r = symqb.evaluator(2)(**point, T_eq=T_eq)
    with mp.workdps(40):
        expected = symqb.evaluator(2, "mpmath")(**point, T_eq=T_eq).exergy
    assert r.exergy == pytest.approx(float(expected), rel=1e-12)
    if T_eq == 0:
        assert r.exergy == pytest.approx(np.dot(np.sort(r.populations)[::-1], np.sort(r.energies) - r.energies.min()))


def test_observables_at_random_points():
    """Energies, ergotropy, exergy and currents to 1e-11 of the scale of their terms, against 60 digits."""
    points = random_points(150, 3)
    columns = {name: np.array([point[name] for point in points]) for name in PARAMETERS}
    found = symqb.evaluator(2)(**columns).as_dict()
    for i, point in enumerate(points):
        with mp.workdps(60):
            expected = symqb.evaluator(2, "mpmath")(**point).as_dict()
        energy = abs(point["B0"]) + abs(point["J"]) + abs(point["Delta"])
        rate = (point["kappa_L"] + point["kappa_R"]) * 9 * (energy + point["T_L"] + point["T_R"])
        for name, unit in [
            ("stored_energy", energy),
            ("stored_energy_fraction", 1),
            ("ergotropy", energy),
            ("exergy", energy + point["T_R"]),
            ("heat_current_L", energy * rate),
            ("heat_current_R", energy * rate),
        ]:
            assert abs(found[name][i] - float(expected[name])) < 1e-14 * unit, (name, point)
        sigma = float(expected["entropy_production"])
        if np.isinf(sigma) and abs(float(expected["heat_current_L"])) < 1e-300:
            sigma = 0.0  # the heat that flows into the bath at T = 0 is itself too small for float64
        assert found["entropy_production"][i] == pytest.approx(sigma, rel=1e-9, abs=1e-12 * rate), point

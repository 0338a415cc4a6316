"""The charging curve against the full GKSL superoperator, solvable batteries and its own limits."""

import pickle
from fractions import Fraction

import dense
import numpy as np
import pytest
from fakes import FakeEvaluator
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from oracle import xxz, xxz_evolved
from scipy.linalg import expm
from strategies import points
from test_evaluators import in_fresh_process

import symqb
from symqb.dynamics.propagator import Propagator
from symqb.errors import AllBathsAtZero, InvalidParameter, NotReached, UnknownChoice
from symqb.symbols import real
from symqb.xxz import SIGMA_X, SIGMA_Z

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "T_L": 30.0, "T_R": 10.0, "epsilon": 1.0}
STRENGTHS = {"kappa_L": 1.0, "kappa_R": 1.0}
COLD = POINT | {"B0": 3.0, "T_L": 0.25, "T_R": 0.125, "epsilon": 0.5}
DARK = POINT | {"B0": 0.125, "T_L": 1.0, "T_R": 0.0}


def exact_populations(point, time, collective):
    """Populations of |00>, |11>, singlet, triplet from the GKSL superoperator on all 16 matrix elements."""
    rho = mp.zeros(4)
    rho[3, 3] = 1
    rho = xxz_evolved(2, point, rho, time, collective)
    middle, exchange = (rho[1, 1] + rho[2, 2]) / 2, (rho[1, 2] + rho[2, 1]) / 2
    return [p.real for p in (rho[3, 3], rho[0, 0], middle - exchange, middle + exchange)]


@pytest.mark.parametrize("collective", [True, False], ids=["collective", "independent"])
@pytest.mark.parametrize(
    "point", [POINT, COLD, DARK, POINT | {"J": -1.0, "T_L": 0.0}], ids=["hot", "cold", "dark", "T=0"]
)
@pytest.mark.parametrize("time", [2.0**-20, 0.125, 4.0])
def test_populations_are_those_of_the_full_master_equation(point, time, collective):
    """From |00>, every population is right to 1e-13 of itself, also at 1e-40."""
    found = symqb.charge(symqb.evaluator(2, collective=collective), time, **point)
    with mp.workdps(80):
        exact = exact_populations(point | STRENGTHS, time, collective)
        assert all(abs(mpf(p) - e) <= 1e-13 * e + mpf(10) ** -60 for p, e in zip(found.populations, exact, strict=True))


@given(point=points(), time=st.sampled_from([0.01, 0.5, 20.0]), collective=st.booleans())
@settings(max_examples=20)
def test_populations_at_any_point_are_those_of_the_full_master_equation(point, time, collective):
    """Weak and strong field, all signs, one bath at T = 0: 1e-13 of each population."""
    point = {name: float(value) for name, value in point.items()}
    found = symqb.charge(symqb.evaluator(2, collective=collective), time, **point)
    with mp.workdps(80):
        exact = exact_populations(point, time, collective)
        assert all(abs(mpf(p) - e) <= 1e-13 * e + mpf(10) ** -50 for p, e in zip(found.populations, exact, strict=True))


def test_stored_energy_is_what_the_state_holds_above_the_empty_level():
    """Delta E_B(t) = Tr rho(t) H - E_00, Eq. (15), from the 4x4 matrices."""
    times = [0.0, 0.01, 0.1, 1.0]
    curve = symqb.charge(2, times, **POINT)
    with mp.workdps(40):
        H, _ = xxz(2, POINT | STRENGTHS)
        empty = mp.zeros(4)
        empty[3, 3] = 1
        for time, energy in zip(times, curve.stored_energy, strict=True):
            rho = xxz_evolved(2, POINT | STRENGTHS, empty, time)
            held = sum((rho * H)[i, i].real for i in range(4)) - H[3, 3]
            assert energy == pytest.approx(float(held), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("seed", range(4))
def test_stiff_rate_equations_keep_every_population_to_rounding(seed):
    """Rates over 15 decades, times over 24: 5e-14 of each population, against 60 digits."""
    rng = np.random.default_rng(seed)
    rates = 10.0 ** rng.uniform(-12, 3, (5, 5))
    np.fill_diagonal(rates, 0)
    times = 10.0 ** np.arange(-12, 13, 4)
    found = Propagator(rates)(times, np.eye(5)[0])
    with mp.workdps(60):
        M = mp.matrix(rates.tolist())
        for i in range(5):
            M[i, i] = -mp.fsum(M[j, i] for j in range(5) if j != i)
        for time, populations in zip(times, found, strict=True):
            exact = mp.expm(M * mpf(time), method="taylor")[:, 0]
            assert all(abs(mpf(p) / e - 1) < 5e-14 for p, e in zip(populations, exact, strict=True))


def spins(count, up, down):
    """Independent spins, spin s with its own bath: rates, and p(t) from all spins down as a product."""
    rates = np.zeros((count, 2**count, 2**count))
    for state in range(2**count):
        for s in range(count):
            rates[s, state ^ (1 << s), state] = down if state >> s & 1 else up
    return rates


def test_eight_qubits_are_charged_to_rounding():
    """256 levels of eight independent spins, 200 times: each population is a product of single-spin ones."""
    up, down, times = 0.25, 1.5, np.linspace(0, 10, 200)
    flipped = np.array([bin(state).count("1") for state in range(256)])
    steady = (up / (up + down)) ** flipped * (down / (up + down)) ** (8 - flipped)
    curve = symqb.charge(FakeEvaluator(flipped, spins(8, up, down), steady), times)
    one = -up / (up + down) * np.expm1(-(up + down) * times)[:, None]
    np.testing.assert_allclose(curve.populations, one**flipped * (1 - one) ** (8 - flipped), rtol=1e-13)
    np.testing.assert_allclose(curve.stored_energy, 8 * one[:, 0], rtol=1e-13)
    assert curve.time_to(0.5) == pytest.approx(np.log(2) / (up + down), rel=1e-13)


@pytest.mark.parametrize("point", [POINT, COLD, POINT | {"T_L": 0.05, "T_R": 0.05}])
def test_the_curve_ends_in_the_steady_state(point):
    """p(infinity) is the evaluator's steady state in every digit but a few, down to 1e-45."""
    curve = symqb.charge(2, 1e30, **point)
    np.testing.assert_allclose(curve.populations, symqb.evaluator(2)(**point).populations, rtol=1e-13)
    assert curve.steady == symqb.evaluator(2)(**point).stored_energy == pytest.approx(curve.stored_energy, rel=1e-13)


def test_the_power_begins_with_the_absorption_from_the_empty_level():
    """At t = 0 the power is sum_i rate(empty -> i) (E_i - E_empty), and mean power times time is the energy."""
    curve = symqb.charge(2, [0.0, 1e-12, 0.5], **POINT)
    rates = symqb.evaluator(2).rates(**POINT).sum(axis=0)[:, 0]
    assert curve.power[0] == pytest.approx(rates @ curve.energies, rel=1e-14)
    assert curve.power[1] == pytest.approx(curve.power[0], rel=1e-9)
    assert curve.power[2] * 0.5 == pytest.approx(curve.stored_energy[2], rel=1e-14)


def test_going_on_from_a_state_is_going_on():
    """p(t + s) = exp(M s) p(t), from a level's label and from a distribution."""
    later = symqb.charge(2, 0.03, start="Phi_3", **POINT).populations
    np.testing.assert_allclose(
        symqb.charge(2, 0.05, start=later, **POINT).populations,
        symqb.charge(2, 0.08, start="Phi_3", **POINT).populations,
        rtol=1e-13,
    )


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3)])
def test_times_of_any_shape(shape):
    """Populations gain an axis of levels, energies and power have the shape of the times."""
    curve = symqb.charge(2, np.full(shape, 0.1), **POINT)
    assert curve.times.shape == np.shape(curve.stored_energy) == np.shape(curve.power) == shape
    assert curve.populations.shape == (*shape, 4)
    alone = np.broadcast_to(symqb.charge(2, 0.1, **POINT).populations, (*shape, 4))
    np.testing.assert_allclose(curve.populations, alone, rtol=1e-14)


def qubit(**options):
    return symqb.Model(real("w") / 2 * SIGMA_Z, [symqb.Bath("h", SIGMA_X)], [SIGMA_Z], **options)


@pytest.mark.parametrize("fraction", [1e-200, 0.1, 0.5, 0.99, 1 - 1e-9])
def test_the_time_to_a_fraction_of_a_qubit_is_a_logarithm(fraction):
    """Delta E_B(t) = Delta E_B(infinity) (1 - e^(-G t)) with G = kappa w coth(w/2T): t = -ln(1 - fraction)/G."""
    w, T = 1.5, 0.75
    curve = symqb.charge(qubit(), w=w, T_h=T)
    assert curve.time_to(fraction) == pytest.approx(-np.log1p(-fraction) / (w / np.tanh(w / 2 / T)), rel=1e-6, abs=0)
    if fraction < 0.99:
        assert curve.time_to(fraction) == pytest.approx(
            -np.log1p(-fraction) / (w / np.tanh(w / 2 / T)), rel=1e-13, abs=0
        )


def test_charging_begins_in_the_level_that_the_model_calls_empty():
    """With the upper level of a qubit called empty, the battery starts there and its stored energy is negative."""
    model = qubit(empty="psi_2")
    curve = symqb.charge(model, [0.0, 1.0], w=1.5, T_h=0.75)
    assert curve.populations[0].tolist() == [0, 1]
    assert curve.steady < 0
    assert curve.time_to(0.5) == pytest.approx(np.log(2) / (1.5 / np.tanh(1)), rel=1e-13)
    copy = pickle.loads(pickle.dumps(symqb.evaluator(model)))
    assert copy.empty == 1


def test_a_curve_that_overshoots_reaches_more_than_its_steady_value():
    """Hot baths and epsilon = 1: the triplet fills before the singlet; the first crossing counts."""
    curve = symqb.charge(2, np.linspace(0, 1, 400), **POINT)
    peak = curve.stored_energy.max() / curve.steady
    assert peak > 1.1
    times = [curve.time_to(fraction) for fraction in (0.5, 0.999, 1.0, 1.1)]
    assert times == sorted(times)
    for fraction, time in zip((0.5, 0.999, 1.0, 1.1), times, strict=True):
        assert symqb.charge(2, time, **POINT).stored_energy == pytest.approx(fraction * curve.steady, rel=1e-11)
        assert np.all(curve.stored_energy[curve.times < time] < fraction * curve.steady)
    with pytest.raises(NotReached, match="does not reach") as caught:
        curve.time_to(1.2)
    assert (caught.value.initial, caught.value.steady) == (0, curve.steady)


def test_what_is_never_reached_is_an_error_and_what_is_there_already_takes_no_time():
    """From Phi_2 the energy falls to its steady value and never to half of it; a qubit never reaches all of it."""
    with pytest.raises(NotReached):
        symqb.charge(2, start="Phi_2", **POINT).time_to(0.5)
    with pytest.raises(NotReached):
        symqb.charge(qubit(), w=1.5, T_h=0.75).time_to(1.0)
    assert symqb.charge(2, start="Phi_2", **POINT).time_to(1.5) > 0
    level = FakeEvaluator([1.0, 1.0], [[[0.0, 1.0], [1.0, 0.0]]], np.array([0.5, 0.5]))
    assert symqb.charge(level).time_to(0.5) == 0  # nothing is ever stored
    assert symqb.charge(2, **POINT).time_to(5e-324) == 0  # sooner than the smallest float


REFUSED = [
    ({"times": -1.0}, InvalidParameter, r"times = -1.0: allowed is a number from 0 to 1e\+30", {"times": 0.0}),
    ({"times": [1.0, float("nan")]}, InvalidParameter, r"times\[1\] = nan", {"times": [1.0, 1e30]}),
    ({"times": "soon"}, InvalidParameter, "times = 'soon'", {"times": "1/3"}),
    ({"start": "Phi_5"}, UnknownChoice, "start = Phi_5: allowed are Phi_1", {"start": "Phi_4"}),
    ({"start": [1, 0, 0]}, InvalidParameter, "start = .* 4 populations >= 0 that sum to 1", {"start": [1, 0, 0, 0]}),
    ({"start": [2, -1, 0, 0]}, InvalidParameter, "start = ", {"start": [0.5, 0.5, 0, 0]}),
    ({"start": [0.5, 0.4, 0, 0]}, InvalidParameter, "start = ", {"start": [0.25] * 4}),
    ({"T_L": [1.0, 2.0]}, InvalidParameter, "T_L = .* a single number", {"T_L": "1/2"}),
    ({"T_L": 0.0, "T_R": 0.0}, AllBathsAtZero, "T_L = T_R = 0", {"T_L": 0.0}),
]


@pytest.mark.parametrize(("change", "error", "message", "nearby"), REFUSED, ids=[str(r[0]) for r in REFUSED])
def test_refusals_name_what_is_wrong_and_a_neighbour_succeeds(change, error, message, nearby):
    """Times, start and parameters outside their domain."""
    with pytest.raises(error, match=message):
        symqb.charge(2, **POINT | change)
    assert np.allclose(symqb.charge(2, **POINT | nearby).populations.sum(axis=-1), 1)


@pytest.mark.parametrize("fraction", [0, -0.5, float("nan"), float("inf")])
def test_fractions_are_positive_numbers(fraction):
    """0, negative and infinite fractions are refused by name."""
    with pytest.raises(InvalidParameter, match="a finite number above 0"):
        symqb.charge(2, **POINT).time_to(fraction)


def test_an_evaluator_of_any_back_end_will_do():
    """With mpmath the energies and rates are rounded to float64: the same curve to rounding."""
    point = {name: Fraction(value) for name, value in POINT.items()}
    exact = symqb.charge(symqb.evaluator(2, "mpmath"), 0.25, **point)
    np.testing.assert_allclose(exact.populations, symqb.charge(2, 0.25, **POINT).populations, rtol=1e-13)
    assert exact.populations.dtype == float


def test_charging_does_not_import_sympy():
    """The charging curve works where SymPy is absent."""
    body = f"import symqb; print(symqb.charge(2, 0.01, **{POINT!r}).stored_energy)"
    assert float(in_fresh_process(body, ("sympy", "scipy", "qutip", "typer", "rich"))) > 0


LONG = {"B0": 1.7, "J": 0.8, "Delta": -0.45, "epsilon": 0.6, "T_L": 2.0, "T_R": 0.7, "kappa_L": 0.3, "kappa_R": 0.5}


@pytest.mark.parametrize("qubits", [3, 4])
@pytest.mark.parametrize("collective", [True, False], ids=["collective", "independent"])
def test_longer_chains_charge_as_the_full_master_equation_says(qubits, collective):
    """Energy over time from |0...0>, against the exponential of the 4^N x 4^N generator built from matrices alone."""
    times = [0.3, 2.0]
    evaluate = symqb.evaluator(qubits, collective=collective)
    curve = symqb.charge(evaluate, times, **LONG)
    H = dense.chain(qubits, LONG["B0"], LONG["J"], LONG["Delta"])
    empty = np.zeros((2**qubits, 2**qubits))
    empty[-1, -1] = 1
    generator = dense.liouvillian(qubits, LONG, collective)
    for time, stored in zip(times, curve.stored_energy, strict=True):
        rho = (expm(generator * time) @ empty.ravel()).reshape(empty.shape)
        assert stored == pytest.approx(np.trace(rho @ H).real - H[-1, -1], abs=1e-10)
    assert curve.levels[evaluate.empty] in ("Psi_3", "M-4_1")
    assert symqb.charge(evaluate, 1e6, **LONG).stored_energy == pytest.approx(evaluate(**LONG).stored_energy, rel=1e-12)


def test_ergotropy_over_time_is_that_of_the_populations():
    """W(t) = sum E_k (p_k - r_k) over ascending E with r descending; 0 at t = 0, the evaluator's at late times."""
    point = {"B0": 4.0, "J": 1.0, "Delta": 0.5, "epsilon": 1.0, "T_L": 30.0, "T_R": 0.0}
    for qubits in (2, 3, 4):
        curve = symqb.charge(qubits, [0.0, 0.1, 100.0], **point)
        for p, W in zip(curve.populations, curve.ergotropy, strict=True):
            passive = np.dot(np.sort(curve.energies), np.sort(p)[::-1])
            assert pytest.approx(np.dot(curve.energies, p) - passive, abs=1e-13) == W
        assert curve.ergotropy[1] > curve.ergotropy[0] == 0
        assert curve.ergotropy[2] == pytest.approx(symqb.evaluator(qubits)(**point).ergotropy, abs=1e-13)


def test_a_curve_is_shown_by_what_it_says():
    """Ranges of long curves and the numbers of short ones, as of a result; no matrices, no propagator."""
    curve = symqb.charge(2, np.linspace(0, 5, 100), **POINT)
    long, most = repr(curve), f"{curve.stored_energy.max():.6g}"
    assert long.startswith(f"Charging(times=<shape (100,), 0 to 5>, stored_energy=<shape (100,), 0 to {most}>, ")
    assert "\n" not in long
    assert "array" not in long
    once = symqb.charge(2, 1.0, **POINT)
    assert repr(once).startswith(f"Charging(times=1.0, stored_energy={float(once.stored_energy)}, ergotropy=")
    assert repr(once).endswith(f"steady={once.steady})")

"""Rates by bath: fast in every back end, right to their last digits, refused where populations are."""

import numpy as np
import pytest
import sympy as sp
from backends import ARRAYS, MISSING
from mpmath import mp
from strategies import random_points
from user_models import CASES

import symqb
from symqb.codegen.c_printer import c_file, rate_columns
from symqb.codegen.dataflow import INVALID
from symqb.codegen.kernel_c import RATES, c_kernel
from symqb.errors import DegenerateLevels, InvalidParameter, NotUnique

BACKENDS = pytest.mark.parametrize("backend", ARRAYS)
POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "epsilon": 0.25, "T_L": 3.0, "T_R": 0.7}
#: Users' models whose matrix elements cancel, or whose parameters are multiplied, before they are rounded.
ROUNDED = {"rational and irrational", "products of parameters", "positive symbols", "eigenpairs"}


def columns(points):
    return {name: np.array([point[name] for point in points]) for name in points[0]}


def worst(found, points, exact):
    """The largest error of a rate, relative, against 50 digits; a rate is 0 where it is 0 there."""
    largest = 0.0
    with mp.workdps(50):
        for rates, point in zip(found, points, strict=True):
            for value, expected in zip(rates.ravel(), exact.rates(**point).ravel(), strict=True):
                if expected > 1e-290:
                    largest = max(largest, float(abs(value - expected) / expected))
                else:
                    assert 0 <= value < 2e-290
    return largest


@BACKENDS
@pytest.mark.parametrize("collective", [True, False])
@pytest.mark.parametrize("qubits", [2, 3])
def test_rates_are_right_to_their_last_digits(qubits, collective, backend):
    """Of the chains to 1e-15 of each, at hot and cold points, any signs, one bath at T = 0."""
    points = random_points(40, 3)
    found = symqb.evaluator(qubits, backend, collective=collective).rates(**columns(points))
    assert worst(found, points, symqb.evaluator(qubits, "mpmath", collective=collective)) < 1e-15


@BACKENDS
@pytest.mark.parametrize("name", CASES)
def test_rates_of_models_of_the_users(name, backend):
    """To 1e-15 with densities of their own, several baths and couplings of any kind."""
    case = CASES[name]
    points = case.points(4, cold=True)
    found = symqb.evaluator(case.model, backend).rates(**columns(points))
    assert worst(found, points, symqb.evaluator(case.model, "mpmath")) < (1e-13 if name in ROUNDED else 1e-15)


@BACKENDS
def test_a_point_costs_no_more_digits_in_company(backend):
    """Scalars, broadcast axes, a few points and thousands: the same rates to rounding, in the same shape rules."""
    evaluate = symqb.evaluator(3, backend)
    field = np.linspace(0.1, 3, 9001)
    many, one = evaluate.rates(**POINT | {"B0": field}), evaluate.rates(**POINT | {"B0": field[17]})
    square = evaluate.rates(**POINT | {"B0": field[:12, None], "T_L": np.array([3.0, 0.0])})
    assert (many.shape, one.shape, square.shape) == ((9001, 2, 8, 8), (2, 8, 8), (12, 2, 2, 8, 8))
    np.testing.assert_allclose(many[17], one, rtol=1e-15, atol=0)
    np.testing.assert_allclose(many[:12], square[:, 0], rtol=1e-15, atol=0)
    assert evaluate.rates(**POINT | {"B0": field[:0]}).shape == (0, 2, 8, 8)


@BACKENDS
def test_rates_are_refused_where_populations_are(backend):
    """Parameters that are not allowed, coupled levels that are degenerate, a level that nothing leads to or from."""
    evaluate = symqb.evaluator(2, backend)
    for wrong, error, index in [
        ({"T_L": [1.0, -1.0]}, InvalidParameter, (1,)),
        ({"J": [1.0, 1.0, 0.0]}, DegenerateLevels, (2,)),
        ({"epsilon": [0.0, 1.0], "T_R": 0.7, "kappa_R": [1.0, 0.0]}, InvalidParameter, (1,)),
    ]:
        with pytest.raises(error) as caught:
            evaluate.rates(**POINT | wrong)
        assert caught.value.index == index


def test_a_steady_state_that_is_not_unique_is_refused_by_its_rates_too():
    """Two of three levels are coupled, and the third is only where g is not 0."""
    w, g = sp.symbols("w g", real=True)
    link = sp.Matrix([[0, 1, g], [1, 0, 0], [g, 0, 0]])
    evaluate = symqb.evaluator(symqb.Model(sp.diag(0, w, 3 * w), [symqb.Bath("h", link)]))
    with pytest.raises(NotUnique) as caught:
        evaluate.rates(w=1.0, T_h=1.0, g=[1.0, 0.0])
    assert caught.value.index == (1,)


@pytest.mark.skipif(bool(MISSING["c"]), reason=MISSING["c"])
@pytest.mark.parametrize("count", [1, 7, 8, 128, 129, 1000])
def test_the_function_of_the_rates_in_c(count):
    """Any number of points, rows that are not wanted, strides of 0; points that are not allowed are counted."""
    program = symqb.xxz_chain(2).program
    names, source = rate_columns(program), np.random.default_rng(count)
    inputs = [np.broadcast_to(POINT.get(name, 1.0), count) for name in program.parameters]
    inputs[0] = source.uniform(-3, 3, count)
    inputs[5] = T_R = source.uniform(0.1, 2, count)
    T_R[::5] = -1.0
    few = {name: np.full(count, np.nan) for name in (names[3], INVALID)}
    assert c_kernel(c_file(program), names, tuple(few), RATES)(inputs, list(few.values())) == len(T_R[::5])
    np.testing.assert_array_equal(few[INVALID], T_R < 0)
    every = np.empty((len(names), count))
    c_kernel(c_file(program), names, names, RATES)(inputs, every)
    np.testing.assert_array_equal(every[3][T_R > 0], few[names[3]][T_R > 0])


@pytest.mark.skipif(bool(MISSING["c"]), reason=MISSING["c"])
def test_points_without_rates_are_marked_in_c():
    """A root of squares that underflows; a density that is negative, and one without a limit where levels cross."""
    w = sp.Symbol("w", real=True)
    baths = [symqb.Bath("h", sp.Matrix([[0, 1], [1, 0]]), density=J) for J in (lambda x: x - x**3, sp.sqrt)]
    two_levels = [symqb.Model(sp.diag(0, w), [bath]).program for bath in baths]
    for program, point, count in [
        (symqb.xxz_chain(3).program, POINT | {"J": 0.0, "Delta": 0.0}, 1),
        (symqb.xxz_chain(3).program, POINT | {"J": 1e-170, "Delta": 1e-170}, 1),
        (symqb.xxz_chain(3).program, POINT | {"J": 0.0}, 0),
        (two_levels[0], {"w": 2.0}, 1),
        (two_levels[0], {"w": 0.5}, 0),
        (two_levels[1], {"w": 0.0}, 1),
        (two_levels[1], {"w": -1e-9}, 0),
    ]:
        names = rate_columns(program)
        inputs, found = [np.array([point.get(name, 1.0)]) for name in program.parameters], np.empty((len(names), 1))
        assert c_kernel(c_file(program), names, names, RATES)(inputs, found) == found[-1, 0] == count
        assert count or np.isfinite(found).all()


@pytest.mark.skipif(bool(MISSING["numba"]), reason=MISSING["numba"])
def test_rates_on_two_threads_have_the_same_bits():
    """parallel=True is a matter of time."""
    field = np.linspace(0.1, 3, 20000)
    one, two = (symqb.evaluator(2, "numba", parallel=parallel) for parallel in (False, True))
    np.testing.assert_array_equal(one.rates(**POINT | {"B0": field}), two.rates(**POINT | {"B0": field}))

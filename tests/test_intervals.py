"""Interval and ball arithmetic: what is computed contains the exact result, here from mpmath."""

from fractions import Fraction
from math import inf

import pytest
from flint import arb, ctx
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from strategies import points, rationals

from proofs.checker import Floats, Interval, bernoulli, compiled, exp_bounds, holds, phi_point, slope
from proofs.methods.balls import Balls
from proofs.program_text import chain
from symqb import evaluator

DIGITS = 60
POPULATIONS = ("p_1", "p_2", "p_3", "p_4")
EXTREMES = [5e-324, 1e-310, 2.2250738585072014e-308, 1e-300, 1e-17, 2.0**-20, 2.0**-10, 1.0, 700.0, 745.0, 1e17, 1e300]
magnitudes = st.sampled_from(EXTREMES) | st.floats(5e-324, 1e300) | st.floats(1e-6, 1e3)
numbers = st.just(0.0) | magnitudes | magnitudes.map(lambda x: -x)
hot = st.just(0.0) | magnitudes
#: What an interval is made of: an end, and how far it goes. Shares of it are the points inside.
widths = st.sampled_from([0.0, 5e-324, 1e-300, 1e-16, 1.0]) | st.floats(0, 10)
shares = st.fractions(0, 1, max_denominator=1000) | st.sampled_from([Fraction(0), Fraction(1)])


@st.composite
def intervals(draw, ends=numbers):
    """(an interval, a number in it as a Fraction)."""
    low = draw(ends)
    high = low + draw(widths)
    return Interval(low, high), Fraction(low) + draw(shares) * (Fraction(high) - Fraction(low))


def exact(x):
    """A Fraction or float as an mpf; the precision must be set."""
    x = Fraction(x)
    return mpf(x.numerator) / x.denominator


def inside(bounds, value):
    """Whether bounds contain a value, up to the 60 digits that it is known to."""
    lo, hi = bounds
    slack = abs(value) * mpf(10) ** (5 - DIGITS)
    return lo <= value + slack and value - slack <= hi


def ends(x):
    return x.lo, x.hi


def phi(omega, T):
    """omega/(e^(omega/T) - 1), with its limits."""
    if T == 0:
        return max(-omega, mpf(0))
    return T if omega == 0 else omega / mp.expm1(omega / T)


def slopes(omega, T):
    """The derivatives of phi by omega and by T."""
    if T == 0:
        return mpf(-(omega < 0)), mpf(0)
    x = omega / T
    if abs(x) < mpf(10) ** -30:
        return x / 6 - mpf(1) / 2, 1 - x * x / 12
    b, c = x / mp.expm1(x), -x / mp.expm1(-x)
    with mp.extradps(80):  # 1 - c cancels for small x
        c_exact = -x / mp.expm1(-x)
        return b * (1 - c_exact) / x, b * c


@pytest.fixture(autouse=True)
def precisions():
    """60 digits of mpmath; the 53 bits of flint that it starts with."""
    before = ctx.prec
    ctx.prec = 53
    with mp.workdps(DIGITS):
        yield
    ctx.prec = before


OPERATIONS = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@given(intervals(), intervals())
def test_arithmetic_contains_the_exact_result(operation, first, second):
    """x op y lies in X op Y, from subnormal to 1e300, whatever the signs; division by 0 gives everything."""
    (X, x), (Y, y) = first, second
    found = operation(X, Y)
    assert found.lo <= found.hi
    if operation is OPERATIONS["/"] and y == 0:
        assert ends(found) == (-inf, inf)
    else:
        value = operation(x, y)
        assert found.lo <= value <= found.hi


@given(intervals(), st.integers(1, 6))
def test_powers_and_signs_contain_the_exact_result(pair, n):
    """x^n, -x, |x| and max(x, 0) lie in those of X."""
    X, x = pair
    for found, value in ((X**n, x**n), (-X, -x), (abs(X), abs(x)), (Floats.positive_part(X), max(x, 0))):
        assert found.lo <= value <= found.hi


@given(st.fractions(Fraction(1, 10**320), 10**300) | st.fractions(-5, 5))
def test_constants_contain_the_rational(value):
    """A rational lies in its interval, at most two floats wide; a float is its own."""
    found = Floats.constant(value)
    assert found.lo <= value <= found.hi
    assert ends(Floats.constant(Fraction(found.lo))) == (found.lo, found.lo)


@given(st.tuples(intervals(hot), intervals(), intervals()))
def test_roots_contain_the_exact_result(pairs):
    """sqrt(x), sqrt(c x^2 + ..) and the root alpha + x with its gap lie in theirs."""
    (C, c), (X, x), (Y, y) = pairs
    assert inside(ends(Floats.sqrt(C)), mp.sqrt(exact(c)))
    with mp.extradps(700):  # squares of subnormal and of huge numbers
        value = mp.sqrt(exact(c) * exact(x) ** 2 + exact(y) ** 2)
    assert inside(ends(Floats.root_of_squares(C, X, Interval(1.0, 1.0), Y)), value)


@given(intervals(), intervals())
def test_both_forms_of_a_shifted_root_contain_it(alpha, x):
    """alpha + x is contained, also where it is computed as gap/(alpha - x) with gap = alpha^2 - x^2."""
    (A, a), (X, x) = alpha, x
    found = Floats.shifted_root(
        A, X, Floats.constant(a * a - x * x) if abs(a) + abs(x) < 1e150 else Interval(-inf, inf)
    )
    assert found.lo <= a + x <= found.hi


@given(st.lists(intervals(), min_size=1, max_size=5))
def test_descending_contains_the_sorted_values(pairs):
    """The k-th largest lies in the k-th interval."""
    found = Floats.descending(*(X for X, _ in pairs))
    for X, x in zip(found, sorted((x for _, x in pairs), reverse=True), strict=True):
        assert X.lo <= x <= X.hi


@given(numbers)
@example(-700.0)
@example(709.9)
def test_exponentials_contain_the_exact_result(x):
    """exp(x) lies between its bounds, which are tight wherever doubles reach."""
    lo, hi = exp_bounds(x)
    value = mp.exp(exact(x)) if abs(x) < 1e6 else mpf(10) ** (1000 if x > 0 else -1000)
    assert inside((lo, hi), value)
    if abs(x) <= 700:
        assert hi - lo <= 8e-16 * hi


@given(hot)
def test_bernoulli_and_its_slope_contain_the_exact_result(x):
    """b(x) and b'(x) lie between their bounds at x >= 0."""
    value = phi(exact(x), mpf(1)) if x < 1e6 else mpf(0)
    assert inside(bernoulli(x), value)
    assert inside(slope(x), slopes(exact(x), mpf(1))[0] if x < 1e6 else mpf(0))


def far(omega, T):
    """Whether phi is max(-omega, 0) to more digits than doubles have, and mpmath cannot take the exponential."""
    return T == 0 or abs(omega / T) > 10**6


def true_phi(omega, T):
    return phi(exact(omega), mpf(0) if far(omega, T) else exact(T))


def true_slopes(omega, T):
    return slopes(exact(omega), mpf(0) if far(omega, T) else exact(T))


@given(numbers, hot)
@example(0.0, 0.0)
@example(-1e300, 5e-324)
@example(5e-324, 1e300)
def test_phi_at_a_point_contains_the_exact_result(omega, T):
    """phi lies between its bounds at every frequency and temperature, 0 included."""
    assert inside(phi_point(omega, T), true_phi(Fraction(omega), Fraction(T)))


@given(intervals(), intervals(hot))
@example((Interval(-1.0, 1.0), Fraction(0)), (Interval(0.0, 0.0), Fraction(0)))
def test_phi_on_intervals_contains_the_exact_result(first, second):
    """phi(omega) and phi(-omega) lie in the pair, also across omega = 0 and at T = 0."""
    (Omega, omega), (Temperature, T) = first, second
    up, down = Floats.phi_pair(Omega, Temperature)
    assert inside(ends(up), true_phi(omega, T))
    assert inside(ends(down), true_phi(-omega, T))


@st.composite
def away_from_the_kink(draw):
    """Frequencies and temperatures that are not both 0, where phi has slopes."""
    omega, T = draw(intervals()), draw(intervals(hot))
    return (omega, T) if omega[1] or T[1] else ((Interval(0.0, 1.0), Fraction(1, 2)), T)


@given(away_from_the_kink())
@example(((Interval(-1.0, 1.0), Fraction(1, 7)), (Interval(0.0, 1.0), Fraction(1, 3))))
def test_slopes_on_intervals_contain_the_exact_result(pairs):
    """The derivatives by omega and T lie in theirs, also across omega = 0 and at T = 0."""
    (Omega, omega), (Temperature, T) = pairs
    for found, value in zip(Floats.phi_slopes(Omega, Temperature), true_slopes(omega, T), strict=True):
        assert inside(ends(found), value)


def test_unbounded_intervals_stay_unbounded():
    """Where nothing is known of omega and T, nothing is said of phi: no error, nothing finite left out."""
    up, down = Floats.phi_pair(Interval(-inf, inf), Interval(-inf, inf))
    assert (up.hi, down.hi) == (inf, inf)
    for found in Floats.phi_slopes(Interval(-inf, inf), Interval(-inf, inf)):
        assert found.lo <= found.hi


# ------------------------------------------------------------------------------------------------- balls
def ball(low, high):
    return Balls.constant(low).union(Balls.constant(high))


def in_ball(x, value):
    """Whether a ball overlaps a value that is known to 60 digits; what is not finite contains everything."""
    if not x.is_finite():
        return True
    before, ctx.prec = ctx.prec, 250
    try:
        number = arb(mp.nstr(value, DIGITS))
        return x.overlaps(number + arb(0, 1) * abs(number) * arb(10) ** (5 - DIGITS))
    finally:
        ctx.prec = before


@st.composite
def boxes(draw):
    """(omega's ball, omega, T's ball, T), from boxes of any size down to 2^-90, on either side of omega = 0."""
    size = Fraction(1, 2 ** draw(st.integers(0, 90)))
    low = draw(rationals(-8, 8) | st.just(Fraction(0)))
    cold = draw(rationals(0, 30) | st.just(Fraction(0)))
    high, warm = low + size * draw(st.integers(0, 3)), cold + size * draw(st.integers(0, 3))
    omega, T = low + draw(shares) * (high - low), cold + draw(shares) * (warm - cold)
    return (low, high, omega), (cold, warm, T)


@pytest.mark.parametrize("precision", [53, 200])
@given(boxes())
@example(((Fraction(0), Fraction(0), Fraction(0)), (Fraction(0), Fraction(0), Fraction(0))))
def test_balls_of_phi_contain_the_exact_result(precision, box):
    """phi(omega) and phi(-omega) lie in the balls of every box around (omega, T)."""
    ctx.prec = precision
    (low, high, omega), (cold, warm, T) = box
    up, down = Balls.phi_pair(ball(low, high), ball(cold, warm))
    assert in_ball(up, true_phi(omega, T))
    assert in_ball(down, true_phi(-omega, T))


@pytest.mark.parametrize("precision", [53, 200])
@given(boxes())
@example(((Fraction(1), 1 + Fraction(1, 2**80), 1 + Fraction(1, 2**80)), (Fraction(1), Fraction(1), Fraction(1))))
def test_balls_of_slopes_contain_the_exact_result(precision, box):
    """The derivatives of phi lie in the balls of every box around (omega, T)."""
    ctx.prec = precision
    (low, high, omega), (cold, warm, T) = box
    by_omega, by_T = Balls.phi_slopes(ball(low, high), ball(cold, warm))
    if omega or T:
        value_omega, value_T = true_slopes(omega, T)
        assert in_ball(by_omega, value_omega)
        assert in_ball(by_T, value_T)


@given(st.integers(-2000, 2000), st.integers(1, 5))
@example(-1080, 1)
def test_bounds_of_balls_keep_their_sign(exponent, ratio):
    """What is too small for a float is never judged to be 0 or to have the other sign."""
    x = (arb(2) ** exponent).union(ratio * arb(2) ** exponent)
    (lo, hi), (low, high) = Balls.bounds(x), Balls.bounds(-x)
    assert holds(lo, hi, ">") is not False
    assert holds(lo, hi, "=") is not True
    assert holds(low, high, ">=") is not True
    assert holds(low, high, "=") is not True


# ----------------------------------------------------------------------------------------- whole program
BIND = compiled([line.removeprefix("let ") for line in chain(POPULATIONS)], POPULATIONS)
VALUES = evaluator(2, backend="mpmath", outputs="populations")
ARITHMETICS = {"floats": (Floats, ends), "balls": (Balls, Balls.bounds)}


def contains_the_populations(name, box, point):
    """Each population at 60 of 100 digits lies in what the program that proofs speak of gives on a box around it."""
    arithmetic, bounds = ARITHMETICS[name]
    found = BIND(arithmetic)(box)
    with mp.workdps(100):
        values = VALUES(**{key: exact(value) for key, value in point.items()}).populations
        return all(inside(bounds(x), value) for x, value in zip(found, values, strict=True))


@settings(max_examples=10_000)
@given(points())
def test_balls_contain_the_populations(point):
    """At ten thousand drawn points the ball of each population of two qubits contains its value at 100 digits."""
    assert contains_the_populations("balls", {key: Balls.constant(value) for key, value in point.items()}, point)


@settings(max_examples=300)
@given(points())
def test_intervals_contain_the_populations(point):
    """So do the checker's intervals of floats."""
    assert contains_the_populations("floats", {key: Floats.constant(value) for key, value in point.items()}, point)


@pytest.mark.parametrize("name", ARITHMETICS)
@settings(max_examples=100)
@given(points(), st.sampled_from([Fraction(1, 10**12), Fraction(1, 10**4), Fraction(1, 50), Fraction(1, 2)]))
def test_the_program_on_boxes_contains_the_populations(name, point, share):
    """The same on boxes around the point, small and large."""
    arithmetic, _ = ARITHMETICS[name]
    box = {
        key: arithmetic.between(*(arithmetic.constant(value + sign * share * abs(value)) for sign in (-1, 1)))
        for key, value in point.items()
    }
    assert contains_the_populations(name, box, point)


@pytest.mark.parametrize("name", ARITHMETICS)
def test_the_program_is_enclosed_tightly(name):
    """At a point without cancellation the bounds are close, so that containing the value says something."""
    arithmetic, bounds = ARITHMETICS[name]
    point = {"B0": 3, "J": 1, "Delta": 1, "epsilon": 0, "T_L": 1, "T_R": 2, "kappa_L": 1, "kappa_R": 1}
    for x in BIND(arithmetic)({key: arithmetic.constant(Fraction(value)) for key, value in point.items()}):
        lo, hi = bounds(x)
        assert 0 <= hi - lo < 1e-13 * hi

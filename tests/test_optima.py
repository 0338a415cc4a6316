"""Exact maxima: against calculus done by hand and against dense sampling."""

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import rationals

from symqb import limits
from symqb.errors import InvalidParameter, UnknownParameter
from symqb.symbols import positive, real

x, b, c = real("x"), real("b"), real("c")


def test_a_maximum_inside_in_units_of_the_scale():
    """x (b - x)/b^3 on [0, b]: 1/(4 b) at b/2; the scale counts as positive, and that is shown."""
    best = limits.maximum(x * (b - x) / b**3, x, (0, b))
    assert (best.place, best.value) == (b / 2, 1 / (4 * b))
    assert str(best).splitlines() == ["x = b/2", "maximum = 1/(4*b)", "b > 0"]
    assert "&> 0" in best.latex()


def test_a_maximum_at_an_end():
    """A function that grows is largest at the right end, one that falls at the left end, also with flat spots."""
    assert limits.maximum(x**3, x, (-1, 2)).place == 2
    assert limits.maximum(-x / (x + 3), x, (-1, 2)).place == -1
    assert limits.maximum((x - 1) ** 2, x, (0, 3)).value == 4
    assert limits.maximum((x - 1) ** 2 * x / x, x, (0, 1)).place == 0


def test_of_equal_maxima_the_leftmost_counts():
    """x^2 (2 - x^2): 1 at -1 and at 1."""
    assert limits.maximum(x**2 * (2 - x**2), x, (-3, 3)).place == -1


def test_roots_without_radicals_are_exact_too():
    """The slope 1 - x^4 - x^5 has a root that no radicals express; place and value are algebraic numbers."""
    best = limits.maximum(x - x**5 / 5 - x**6 / 6, x, (0, 2))
    assert sp.expand(1 - x**4 - x**5).subs(x, best.place).evalf(50, chop=True) == 0
    assert best.value.is_algebraic
    assert best.place.evalf(20) == pytest.approx(0.8566748838545, abs=1e-13)


@settings(max_examples=25)
@given(st.lists(rationals(-3, 3, 5), min_size=3, max_size=5), rationals(-2, 0, 7), rationals(1, 3, 7))
def test_no_sample_lies_above_the_maximum(coefficients, low, high):
    """Polynomials over 1 + x^2: attained in the interval, and no smaller than any of 51 samples."""
    f = (sp.Poly([sp.Rational(a) for a in coefficients] + [1], x).as_expr() + x) / (1 + x**2)
    if x not in f.free_symbols:
        return
    low, high, tiny = sp.Rational(low), sp.Rational(high), sp.Rational(1, 10**25)
    best = limits.maximum(f, x, (low, high))
    place, value = best.place.evalf(40), best.value.evalf(40)
    assert low - tiny <= place <= high + tiny
    assert abs(f.subs(x, place) - value) < tiny
    assert max(f.subs(x, low + (high - low) * k / 50) for k in range(51)) <= value + tiny


@pytest.mark.parametrize(
    ("expr", "variable", "interval", "error", "message"),
    [
        (x + b, c, (0, 1), UnknownParameter, "c is not a parameter: allowed are b, x"),
        (x * b * c, x, (0, 1), InvalidParameter, "at most one scale"),
        (x * (b + 1), x, (0, b), InvalidParameter, "b is a scale only"),
        (x * b**2, x, (0, 1), InvalidParameter, "interval"),
        (sp.sqrt(1 + x**2), x, (0, 1), InvalidParameter, "rational function of x"),
        (sp.sqrt(x * b), x, (0, b), InvalidParameter, "rational function of x"),
        (1 / x, x, (0, 1), InvalidParameter, "without a pole, but 0 is one"),
        (1 / (2 - x**2), x, (0, 3), InvalidParameter, r"without a pole, but sqrt\(2\) is one"),
        (x, x, (1, 1), InvalidParameter, "ascending order"),
        (x, x, (2, 1), InvalidParameter, "ascending order"),
        (x, x, (0, sp.oo), InvalidParameter, "two finite ends"),
    ],
)
def test_refusals(expr, variable, interval, error, message):
    """What is not a rational function of one variable on a finite interval is refused, with the reason."""
    with pytest.raises(error, match=message):
        limits.maximum(expr, variable, interval)


def test_an_interval_that_ends_before_the_pole_is_fine():
    """The refused 1/(2 - x^2) up to 1."""
    assert limits.maximum(1 / (2 - x**2), x, (0, 1)).value == 1
    assert limits.maximum(x * positive("b"), x, (0, 2 * positive("b"))).value == 2 * positive("b") ** 2

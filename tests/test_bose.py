"""phi, the one rate function."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from mpmath import mp, mpf
from strategies import either_sign, positive, temperatures

from symqb import phi
from symqb.errors import InvalidParameter
from symqb.symbols import positive as positive_symbol
from symqb.symbols import real, temperature

omega, T = real("omega"), temperature("T")


def test_values_at_zero_frequency_and_zero_temperature():
    """phi(0, T) = T, also at T = 0; phi(w, 0) is 0 above and -w below zero frequency."""
    w = positive_symbol("w")
    assert phi(0, T) == T
    assert phi(0, 0) == 0
    assert phi(w, 0) == 0
    assert phi(-w, 0) == w
    assert phi(omega, T).args == (omega, T)


@given(either_sign(positive), temperatures)
def test_detailed_balance_and_commutator(w, t):
    """phi(-w)/phi(w) = e^(w/T) and phi(-w) - phi(w) = w, for either sign of w."""
    w, t = sp.Rational(w), sp.Rational(t)
    up, down = phi(w, t).evalf(40), phi(-w, t).evalf(40)
    assert up.is_positive
    assert abs(down - up - w) < 1e-35 * (abs(w) + down)
    assert abs(down / up / sp.exp(w / t) - 1).evalf(30) < 1e-30


@pytest.mark.parametrize("argument", [1, 2])
def test_derivatives(argument):
    """fdiff is the derivative of the explicit form."""
    explicit = phi(omega, T).rewrite(sp.exp)
    difference = phi(omega, T).fdiff(argument).rewrite(sp.exp) - explicit.diff((omega, T)[argument - 1])
    assert abs(difference.subs({omega: sp.Rational(7, 3), T: sp.Rational(5, 4)}).evalf(40)) < 1e-35


def test_the_removable_singularity_is_removed():
    """The explicit form tends to T as omega -> 0."""
    assert sp.limit(phi(omega, T).rewrite(sp.exp).subs(T, 3), omega, 0) == 3


def lambdified(modules=None):
    """phi as SymPy makes a function of it."""
    return sp.lambdify((omega, T), phi(omega, T), modules)


def test_lambdify_takes_arrays_and_every_edge():
    """Arrays broadcast; omega = 0, T = 0, what overflows and NaN are no special cases; nothing warns."""
    f = lambdified()
    x = np.array([[1.0], [-1.0], [0.0], [1e308], [-1e308], [np.inf], [-np.inf], [np.nan]])
    found = f(x, np.array([0.5, 0.0, 1e300]))
    e = np.expm1(2.0)
    nan, inf = np.nan, np.inf
    expected = [[1 / e, 0, 1e300], [1 + 1 / e, 1, 1e300], [0.5, 0, 1e300], [0, 0, 0], [1e308, 1e308, 1e308]]
    np.testing.assert_allclose(found, [*expected, [0, 0, 0], [inf, inf, inf], [nan, nan, nan]], rtol=1e-15, atol=0)
    assert f(1.0, 0.5) == found[0, 0]
    assert f(1.7e308, 1.7e308) == pytest.approx(1.7e308 / np.expm1(1.0), rel=1e-15)  # nothing else overflows
    assert isinstance(f(1, 2), float)


def test_lambdify_keeps_the_precision_of_mpmath():
    """To all of 40 digits, where mpmath's own phi is the golden ratio."""
    with mp.workdps(40):
        found = lambdified("mpmath")(mpf(7) / 3, mpf(5) / 4)
        assert abs(found - mpf(7) / 3 / mp.expm1(mpf(28) / 15)) < mpf(10) ** -39
        assert lambdified("mpmath")(3, 2) == mpf(3) / mp.expm1(mpf(3) / 2)  # plain numbers too
        assert [lambdified("mpmath")(mpf(w), mpf(0)) for w in (-2, 0, 2)] == [2, 0, 0]
        assert [lambdified("mpmath")(w, 1) for w in (mp.inf, -mp.inf)] == [0, mp.inf]


def test_lambdify_of_expressions_is_symbolic():
    """A symbol in place of a number gives phi of it."""
    assert lambdified("sympy")(omega, 2) == phi(omega, 2)


@pytest.mark.parametrize("T", [-1.0, np.inf])
def test_no_temperature_below_0_or_infinite(T):
    """The error names the parameter, the place and what is allowed."""
    with pytest.raises(InvalidParameter, match=r"T\[1\] = .*: allowed is a finite number from 0 on"):
        lambdified()(1.0, [1.0, T])
    with pytest.raises(InvalidParameter, match=r"T = .*: allowed is a finite number from 0 on"):
        lambdified("mpmath")(1.0, mpf(T))

"""phi, the one rate function."""

import pytest
import sympy as sp
from hypothesis import given
from strategies import either_sign, positive, temperatures

from symqb import phi
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

"""Factorisation of rational functions, and that limits load lazily."""

import subprocess
import sys

import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symqb.bose import phi
from symqb.limits.factors import factor_list, factored
from symqb.symbols import real, temperature

x, y = real("x"), real("y")
linear = st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.integers(1, 4)).map(lambda c: c[0] * x + c[1] * y + c[2])


@given(st.lists(linear, min_size=1, max_size=4), st.lists(linear, max_size=3))
def test_the_product_of_the_factors_is_the_expression(above, below):
    """Multiplied out and cancelled, a product of linear forms comes back; every factor is linear."""
    expr = sp.cancel(sp.expand(sp.Mul(*above)) / sp.expand(sp.Mul(*below)))
    assert sp.cancel(factored(expr) - expr) == 0
    assert all(sp.Poly(factor, x, y).total_degree() == 1 for factor, _ in factor_list(expr)[1])


def test_numbers_roots_and_functions():
    """0 and numbers have no factors; what is neither number nor symbol counts as a variable."""
    assert factor_list(sp.S.Zero) == (0, [])
    assert factor_list(sp.Rational(-2, 3)) == (sp.Rational(-2, 3), [])
    assert factored(sp.sqrt(2) * x**2 + sp.sqrt(2) * x) == sp.sqrt(2) * x * (x + 1)
    n = phi(x, temperature("T"))
    assert {abs(factor) for factor, _ in factor_list(n**2 - y**2)[1]} == {abs(n - y), abs(n + y)}
    assert factor_list(-(x**2 - 1) / (2 * x + 2))[0] in (sp.Rational(1, 2), sp.Rational(-1, 2))


def test_limits_are_there_without_importing_sympy_first():
    """`import symqb` loads neither SymPy nor NumPy; symqb.limits does, on first use."""
    code = "import sys, symqb; assert not {'sympy', 'numpy'} & set(sys.modules); assert symqb.limits.maximum"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], check=False).returncode == 0

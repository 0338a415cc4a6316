"""Spectral densities with exp, log, differences and roots keep their digits where rates underflow."""

import pytest
import sympy as sp
from mpmath import mp, mpf

import symqb
from symqb.symbols import positive, real

c = positive("c")
HOT = sp.Matrix([[0, 0, 1], [0, 0, 0], [1, 0, 0]])
COLD = sp.Matrix([[0, 0, 1], [0, 0, 2], [1, 2, 0]])
POINT = {"y": 5e-4, "x": 2.0, "c": 0.9}

#: J(omega)/kappa twice: for SymPy, for mpmath.
DENSITIES = {
    "growing": (lambda w: w * sp.exp(w / c), lambda w, c: w * mp.exp(w / c)),
    "Gaussian": (lambda w: w * sp.exp(-(w**2) / c**2), lambda w, c: w * mp.exp(-(w**2) / c**2)),
    "Lorentzian": (lambda w: w / ((w - 2) ** 2 + c**2), lambda w, c: w / ((w - 2) ** 2 + c**2)),
    "tanh": (
        lambda w: c * (1 - sp.exp(-w / c)) / (1 + sp.exp(-w / c)),
        lambda w, c: c * (1 - mp.exp(-w / c)) / (1 + mp.exp(-w / c)),
    ),
    "complement": (lambda w: c * (1 - sp.exp(-(w**2) / c**2)), lambda w, c: c * (1 - mp.exp(-(w**2) / c**2))),
    "Bose": (lambda w: w**3 / c**2 / (sp.exp(w / c) - 1) ** 2, lambda w, c: w**3 / c**2 / mp.expm1(w / c) ** 2),
    "log": (lambda w: w * sp.log(1 + sp.exp(w / c)), lambda w, c: w * mp.log(1 + mp.exp(w / c))),
    "log of a power": (lambda w: c * sp.log(1 + w**2), lambda w, c: c * mp.log(1 + w**2)),
    "exp of exp": (lambda w: w * sp.exp(-sp.exp(-w / c)), lambda w, c: w * mp.exp(-mp.exp(-w / c))),
    "exp of a growing exp": (lambda w: w * sp.exp(-sp.exp(w / c)), lambda w, c: w * mp.exp(-mp.exp(w / c))),
    "root of a sum": (lambda w: w * sp.sqrt(1 + sp.exp(-w / c)), lambda w, c: w * mp.sqrt(1 + mp.exp(-w / c))),
    "1/root": (lambda w: w / sp.sqrt(1 + sp.exp(-w / c)), lambda w, c: w / mp.sqrt(1 + mp.exp(-w / c))),
    "cube root": (
        lambda w: w * (1 + sp.exp(-w / c)) ** sp.Rational(1, 3),
        lambda w, c: w * mp.cbrt(1 + mp.exp(-w / c)),
    ),
}


def expected(J, T_h, T_k):
    """p_2/p_1 of two levels that meet in a third: the graph is a tree, so each link is balanced by itself."""
    y, x, c = (mpf(POINT[name]) for name in ("y", "x", "c"))

    def up_over_down(omega, links):
        n = [1 / mp.expm1(omega / T) for _, _, T in links]
        rates = [weight * density(omega, c) for weight, density, _ in links]
        up = mp.fsum(rate * k for rate, k in zip(rates, n, strict=True))
        return up / mp.fsum(rate * (k + 1) for rate, k in zip(rates, n, strict=True))

    cold = (lambda omega, c: omega), mpf(T_k)
    return up_over_down(x, [(1, J, mpf(T_h)), (1, *cold)]) / up_over_down(x - y, [(4, *cold)])


@pytest.mark.parametrize("name", DENSITIES)
def test_a_density_counts_where_every_rate_upward_underflows(name):
    """At T = 1 and at T = 1e-3, where e^-2000 leads out of both low levels: p_2/p_1 against 40 digits."""
    density, J = DENSITIES[name]
    model = symqb.Model(
        sp.diag(0, real("y"), real("x")), [symqb.Bath("h", HOT, density=density), symqb.Bath("k", COLD)]
    )
    evaluate = symqb.evaluator(model, outputs="populations")
    for T_h, T_k in ((1.0, 0.7), (1e-3, 1.0007e-3), (1.0007e-3, 1e-3)):
        p = evaluate(**POINT, T_h=T_h, T_k=T_k).populations
        with mp.workdps(40):
            assert p[1] / p[0] == pytest.approx(float(expected(J, T_h, T_k)), rel=3e-13)

"""Where formulas degenerate: frequencies of exactly 0, near equilibrium, flows below 1e-300, tiny energies."""

import numpy as np
import pytest
from backends import ARRAYS
from flint import arb, ctx
from mpmath import mp, mpf
from user_models import Case, reference

import symqb


@pytest.mark.parametrize(("qubits", "B0"), [(2, 1.5), (3, 3.0)])
def test_currents_at_frequency_0(qubits, B0):
    """Two levels cross at B0 = J + Delta (two qubits) and B0 = alpha (three): currents against the full generator."""
    model = symqb.xxz_chain(qubits)
    point = {"B0": B0, "J": 1.0, "Delta": 0.5 if qubits == 2 else 1.0, "epsilon": 0.3, "T_L": 3.0, "T_R": 0.7}
    point |= {"kappa_L": 1.0, "kappa_R": 2.0}
    result = symqb.evaluator(qubits)(**point)
    assert min(np.abs(np.subtract.outer(result.energies, result.energies))[~np.eye(2**qubits, dtype=bool)]) < 1e-15
    if qubits == 2:
        with mp.workdps(30):
            expected = reference(Case(model), point)
            assert result.heat_current_L == pytest.approx(float(expected.heat_current("L")), rel=1e-13)
    clausius = -(result.heat_current_L / 3.0 + result.heat_current_R / 0.7)
    assert result.entropy_production == pytest.approx(clausius, rel=1e-12)
    assert np.isfinite(symqb.evaluator(qubits).rates(**point)).all()


@pytest.mark.parametrize("d", [1e-3, 1e-5, 1e-7])
def test_exergy_near_equilibrium_keeps_its_digits(d):
    """A Gibbs state at T against T_eq = (1 + d) T: sum of g h(r/g - 1) ~ d^2, against 60 digits."""
    T = 2.0
    result = symqb.evaluator(2)(B0=3.0, J=1.0, Delta=0.5, epsilon=0.0, T_L=T, T_R=T, T_eq=T * (1 + d))
    with mp.workdps(60):
        E, T_eq = [mpf(float(e)) for e in result.energies], mpf(T * (1 + d))
        r, g = ([mp.exp(-e / t) / mp.fsum(mp.exp(-f / t) for f in E) for e in E] for t in (mpf(T), T_eq))
        expected = T_eq * mp.fsum(p * mp.log(p / q) for p, q in zip(r, g, strict=True))
        assert result.exergy == pytest.approx(float(expected), rel=1e-14 / d + 1e-12, abs=0)


@pytest.mark.parametrize("ratio", [600.0, 715.0, 730.0, 742.0, 800.0])
def test_entropy_production_where_a_rate_is_subnormal(ratio):
    """Into a bath at omega/T_R = 715 to 745 the way up is below 1e-308: still -(Q_L/T_L + Q_R/T_R)."""
    T_R = 2.0 / ratio
    result = symqb.evaluator(2)(B0=2.5, J=0.3, Delta=0.2, epsilon=0.0, T_L=1.0, T_R=T_R)
    clausius = -(result.heat_current_L + result.heat_current_R / T_R)
    assert result.entropy_production == pytest.approx(clausius, rel=1e-12)


@pytest.mark.parametrize("exponent", [-500, -300, 90])
def test_energies_scale_exactly(exponent):
    """All energies times a power of two, down to where rounding errors of squares underflow."""
    point, size = {"B0": 3.0, "J": 1.1, "Delta": -0.7}, 2.0**exponent
    rest = {"epsilon": 0.3, "T_L": 2.0, "T_R": 1.0}
    evaluate = symqb.evaluator(3, outputs="energies")
    small = evaluate(**{name: value * size for name, value in point.items()}, **rest).energies
    np.testing.assert_array_equal(small, evaluate(**point, **rest).energies * size)


#: Two minima, from one of which every way out leads over levels some 700 T above: occupations near 1e-308 decide.
TWO_MINIMA = [
    {"J": 11.05240844637142, "Delta": -428.97160282479075, "B0": 279.7640887987766, "epsilon": 1.0, "T_L": 1.0,
     "T_R": 1.0, "kappa_L": 1e10, "kappa_R": 1e10},
    {"J": 1e26, "Delta": -5.45e29, "B0": 1.75e29, "epsilon": 1e30, "T_L": 1e27, "T_R": 1e27, "kappa_L": 1e30,
     "kappa_R": 1e30},
    {"J": 9.809417801528425e19, "Delta": -7.564983646741239e21, "B0": 4.875112443958691e21, "epsilon": 1.0,
     "T_L": 1.7211501174917718e19, "T_R": 1.7211501174917718e19, "kappa_L": 7.699203455247261,
     "kappa_R": 8.63709618610143},
]  # fmt: skip


@pytest.mark.parametrize("backend", ARRAYS)
@pytest.mark.parametrize("point", TWO_MINIMA)
def test_a_population_that_hangs_on_an_occupation_of_1e_308_is_right(backend, point):
    """Small populations, but above 1e-250, to 8 ulp: strong couplings carry what underflows into them."""
    with ctx.workprec(300):
        exact = symqb.evaluator(2, "arb", outputs="populations")(**{k: arb(v) for k, v in point.items()}).populations
    found = symqb.evaluator(2, backend, outputs="populations")(**point).populations
    for p, right in zip(found, exact, strict=True):
        assert abs(p - float(right.mid())) <= 8 * np.spacing(float(right.mid())) or float(right.mid()) < 1e-250

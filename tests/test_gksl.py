"""The rate equation against the full secular GKSL generator, which shares nothing with it."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from oracle import xxz_steady_state
from strategies import points

import symqb
from symqb.errors import DegenerateLevels

DIGITS = 70
TOLERANCE = mpf(10) ** -30


def density_matrix(populations):
    """sum p_i |v_i><v_i| in the bare basis, from symqb's levels."""
    rho = mp.zeros(4)
    for level, p in zip(symqb.xxz_chain(2).levels, populations, strict=True):
        v = mp.matrix([mp.mpmathify(str(entry.evalf(DIGITS + 5))) for entry in level.vector])
        rho += p * v * v.T
    return rho


CROSSING = {"B0": Fraction(3, 2), "J": Fraction(1), "Delta": Fraction(1, 2), "epsilon": Fraction(1, 3)}
CROSSING |= {"kappa_L": Fraction(1), "kappa_R": Fraction(1), "T_L": Fraction(1)}


@given(point=points(), collective=st.booleans())
@example(point=CROSSING | {"T_R": Fraction(2)}, collective=True)
@example(point=CROSSING | {"T_R": Fraction(0)}, collective=True)
def test_populations_agree_and_coherences_vanish(point, collective):
    """The null vector on all 16 matrix elements is diagonal in the energy basis, with our populations."""
    with mp.workdps(DIGITS):
        populations = symqb.evaluator(2, "mpmath", outputs=["populations"], collective=collective)(**point).populations
        difference = density_matrix(populations) - xxz_steady_state(2, point, collective)
        assert mp.mnorm(difference, 1) < TOLERANCE


@pytest.mark.parametrize("epsilon", [Fraction(0), Fraction(1)])
def test_degenerate_levels_are_refused_because_the_rate_equation_fails_there(epsilon):
    """At J = 0, T_L != T_R the true state has a coherence of Phi_3 and Phi_4; next to it the closed form stands."""
    point = {name: Fraction(1) for name in ("T_R", "kappa_L", "kappa_R")}
    point |= {"B0": Fraction(2), "J": Fraction(0), "Delta": Fraction(1, 2), "epsilon": epsilon, "T_L": Fraction(3)}
    evaluate = symqb.evaluator(2, "mpmath", outputs=["populations"])
    with pytest.raises(DegenerateLevels) as caught:
        evaluate(**point)
    assert (caught.value.levels, caught.value.neighbour, caught.value.bath) == (("Phi_3", "Phi_4"), "Phi_1", "R")
    with mp.workdps(DIGITS):
        rho = xxz_steady_state(2, point)
        assert abs(rho[1, 1] - rho[2, 2]) / 2 > 0.01  # <Phi_3|rho|Phi_4>
        nearby = point | {"J": Fraction(1, 10**12)}
        difference = density_matrix(evaluate(**nearby).populations) - xxz_steady_state(2, nearby)
        assert mp.mnorm(difference, 1) < TOLERANCE

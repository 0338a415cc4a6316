"""The rate equation against the full secular GKSL generator, which shares nothing with it."""

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import example, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from oracle import xxz_steady_state
from strategies import points

import symqb
from symqb.errors import DegenerateLevels

DIGITS = 70
TOLERANCE = mpf(10) ** -30


def density_matrix(populations, qubits=2, **point):
    """sum p_i |v_i><v_i| from symqb's levels, in the oracle's order of Kronecker products."""
    model = symqb.xxz_chain(qubits)
    values = {symbol: sp.Rational(point[symbol.name]) for symbol in model.parameters if symbol.name in point}
    place = [2**qubits - 1 - int(state, 2) for state in model.basis]
    rho = mp.zeros(2**qubits)
    for level, p in zip(model.levels, populations, strict=True):
        entries = level.vector.subs(model.roots.explicit()).subs(values)
        v = mp.matrix(2**qubits, 1)
        for i, entry in zip(place, entries, strict=True):
            v[i] = mp.mpmathify(str(entry.evalf(DIGITS + 5)))
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


THREE = CROSSING | {"B0": Fraction(1, 3), "Delta": Fraction(-3, 4), "T_R": Fraction(5, 2)}


@pytest.mark.parametrize(
    ("change", "collective"),
    [
        ({}, True),
        ({"B0": Fraction(9, 2), "epsilon": Fraction(1)}, True),
        ({"B0": Fraction(9, 2), "epsilon": Fraction(1)}, False),
        ({"B0": Fraction(3), "J": Fraction(-1), "Delta": Fraction(1), "T_R": Fraction(0)}, True),  # omega_67 = 0
        ({"Delta": Fraction(0), "epsilon": Fraction(1), "T_R": Fraction(0)}, True),
    ],
)
def test_three_qubits_agree_with_the_generator_on_all_64_elements(change, collective):
    """Strong and weak field, a crossing, Delta = 0, one bath at T = 0."""
    point = THREE | change
    with mp.workdps(DIGITS):
        found = symqb.evaluator(3, "mpmath", outputs=["populations"], collective=collective)(**point).populations
        difference = density_matrix(found, 3, **point) - xxz_steady_state(3, point, collective)
        assert mp.mnorm(difference, 1) < TOLERANCE


def test_levels_two_flips_apart_are_refused_where_they_meet_because_the_rate_equation_fails_there():
    """At J = 1, Delta = 1, B0 = 3/2 the levels Psi_3 and Psi_6 meet, and bath L couples both to Psi_5."""
    point = THREE | {"B0": Fraction(3, 2), "Delta": Fraction(1), "epsilon": Fraction(1, 2)}
    evaluate = symqb.evaluator(3, "mpmath", outputs=["populations"])
    with pytest.raises(DegenerateLevels) as caught:
        evaluate(**point)
    assert caught.value.levels == ("Psi_3", "Psi_6")
    with mp.workdps(DIGITS):
        rho = xxz_steady_state(3, point)
        assert max(abs(rho[7, k]) for k in (1, 2, 4)) > 1e-4  # <000|rho|011>, ...
        nearby = point | {"B0": point["B0"] + Fraction(1, 10**12)}
        difference = density_matrix(evaluate(**nearby).populations, 3, **nearby) - xxz_steady_state(3, nearby)
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

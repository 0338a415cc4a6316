"""Which degeneracies are harmful: told apart on a three-level model whose baths can be chosen."""

import pytest
import sympy as sp

import symqb
from symqb.checks import rate_equation
from symqb.errors import DegenerateLevels, InvalidModel
from symqb.symbols import real

w_2, w_3, g = map(real, ("w_2", "w_3", "g"))
POINT = {"w_2": 1.0, "w_3": 1.0, "T_h": 2.0, "T_c": 1.0}
TO_2 = sp.Matrix([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
TO_3 = sp.Matrix([[0, 0, 1], [0, 0, 0], [1, 0, 0]])


def v_system(hot, energies=(0, w_2, w_3)):
    """Ground level 1 below levels 2 and 3; bath h as given, bath c reaches level 3 only."""
    return symqb.Model(sp.diag(*energies), [symqb.Bath("h", hot), symqb.Bath("c", [TO_3])], name="v")


def test_one_coupling_to_both_levels_is_harmful_when_they_are_degenerate():
    """Collective decay couples the coherence of 2 and 3 to the populations; split levels evaluate."""
    evaluate = symqb.evaluator(v_system([TO_2 + TO_3]))
    with pytest.raises(DegenerateLevels, match="psi_2 and psi_3 are degenerate and bath h couples both to psi_1"):
        evaluate(**POINT)
    assert evaluate(**POINT | {"w_3": 1.001}).populations.sum() == pytest.approx(1)


def test_independent_couplings_to_each_level_are_harmless():
    """Two couplings without cross terms: the rate equation closes, so nothing is refused."""
    model = v_system([TO_2, TO_3])
    assert model.program.degeneracies == ()
    p = symqb.evaluator(model)(**POINT).populations
    assert p[1] / p[0] == pytest.approx(float(sp.exp(-sp.Rational(1, 2))), rel=1e-14)


def test_a_coupling_that_vanishes_at_the_point_is_harmless():
    """With strength g to level 3: refused at g = 1, evaluated at g = 0, where the overlap is 0."""
    evaluate = symqb.evaluator(v_system([TO_2 + g * TO_3]))
    with pytest.raises(DegenerateLevels):
        evaluate(**POINT, g=1.0)
    p = evaluate(**POINT, g=0.0).populations
    assert p[2] / p[0] == pytest.approx(float(sp.exp(-1)), rel=1e-14)


def test_levels_that_are_degenerate_for_all_parameters_are_refused_when_the_program_is_written():
    """The closed form would be wrong everywhere; with two energies it is right almost everywhere."""
    with pytest.raises(InvalidModel, match="levels psi_2 and psi_3 are degenerate for all parameters"):
        _ = v_system([TO_2 + TO_3], (0, w_2, w_2)).program
    assert v_system([TO_2 + TO_3]).program.degeneracies


def test_every_common_neighbour_counts():
    """Levels 2 and 3 meet in 1 with strength g and in 4 with strength f: harmless only where both vanish."""
    w_4, f = real("w_4"), real("f")
    hot = sp.Matrix([[0, g, 1, 0], [g, 0, 0, f], [1, 0, 0, 1], [0, f, 1, 0]])
    cold = sp.zeros(4)
    cold[0, 1] = cold[1, 0] = 1
    evaluate = symqb.evaluator(symqb.Model(sp.diag(0, w_2, w_3, w_4), [symqb.Bath("h", hot), symqb.Bath("c", cold)]))
    point = POINT | {"w_4": 3.0}
    for strengths in ({"g": 1.0, "f": 0.0}, {"g": 0.0, "f": 1.0}):
        with pytest.raises(DegenerateLevels, match="psi_2 and psi_3"):
            evaluate(**point, **strengths)
    p = evaluate(**point, g=0.0, f=0.0).populations
    assert p[1] / p[0] == pytest.approx(float(sp.exp(-1)), rel=1e-14)


def test_each_coupling_counts_by_itself():
    """One bath, two couplings: harmful where either reaches both levels, harmless where each reaches one of them."""
    f = real("f")
    evaluate = symqb.evaluator(v_system([TO_2 + g * TO_3, TO_2 + f * TO_3]))
    for strengths in ({"g": 1.0, "f": 0.0}, {"g": 0.0, "f": 1.0}):
        with pytest.raises(DegenerateLevels):
            evaluate(**POINT, **strengths)
    assert evaluate(**POINT, g=0.0, f=0.0).populations.sum() == pytest.approx(1)
    p = symqb.evaluator(v_system([TO_2 + g * TO_3, f * TO_3]))(**POINT, g=0.0, f=1.0).populations
    assert p[1] / p[0] == pytest.approx(float(sp.exp(-sp.Rational(1, 2))), rel=1e-14)


def test_the_check_of_the_rate_equation_notices_coherence_alone():
    """Levels that always coincide: populations obey M, but collective decay makes coherence, independent decay none."""
    energies = (0, w_2, w_2)
    assert not rate_equation(v_system([TO_2 + TO_3], energies))
    assert rate_equation(v_system([TO_2, TO_3], energies))

"""Points without a unique steady state, or a rate at zero frequency, are refused by name; their neighbours not."""

import numpy as np
import pytest
import sympy as sp

import symqb
from symqb.baths import power_law
from symqb.classes import closed_classes
from symqb.errors import NotUnique, ZeroFrequency
from symqb.symbols import positive, real
from symqb.xxz import SIGMA_X, SIGMA_Z

w_2, w_3, g = map(real, ("w_2", "w_3", "g"))
TO_2 = sp.Matrix([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
TO_3 = sp.Matrix([[0, 0, 1], [0, 0, 0], [1, 0, 0]])
POINT = {"w_2": 1.0, "w_3": 2.5, "T_h": 2.0, "T_c": 1.0}


def v_system():
    """Level 1 below 2 and 3; both baths drive 1-2, bath h drives 1-3 with strength g."""
    return symqb.Model(sp.diag(0, w_2, w_3), [symqb.Bath("h", TO_2 + g * TO_3), symqb.Bath("c", TO_2)], name="v")


@pytest.mark.parametrize("backend", ["numpy", "mpmath"])
def test_levels_that_nothing_connects_at_a_point_are_named(backend):
    """At g = 0 level 3 keeps what it has: NotUnique with both sets of levels and the place; at g = 1e-6 it does not."""
    evaluate = symqb.evaluator(v_system(), backend, outputs=["populations"])
    with pytest.raises(NotUnique, match=r"not unique at index \(1,\): .*: psi_1, psi_2; psi_3; allowed") as caught:
        evaluate(**POINT, g=[1e-6, 0.0, 1.0])
    assert caught.value.classes == (("psi_1", "psi_2"), ("psi_3",))
    p = evaluate(**POINT, g=1e-6).populations
    assert float(p[2] / p[0]) == pytest.approx(np.exp(-2.5 / 2.0), rel=1e-14)


def test_a_rate_that_underflows_connects():
    """At T = 1e-4 the way up has probability e^-25000, and the steady state is unique all the same."""
    r = symqb.evaluator(v_system())(**POINT | {"T_h": 1e-4, "T_c": 1e-4}, g=0.5)
    assert r.populations.tolist() == [1.0, 0.0, 0.0]


def test_levels_that_no_bath_ever_connects_are_refused_when_the_steady_state_is_asked_for():
    """A model in two parts has no unique steady state for any parameters."""
    model = symqb.Model(sp.diag(0, w_2, w_3), [symqb.Bath("h", TO_2)])
    assert len(model.transitions) == 1
    with pytest.raises(NotUnique, match="psi_1, psi_2; psi_3"):
        _ = model.steady_state


def test_a_transient_level_does_not_matter():
    """A bath at T = 0 only empties level 3: one closed class, population exactly 0."""
    model = symqb.Model(sp.diag(0, w_2, w_3), [symqb.Bath("h", TO_2), symqb.Bath("c", TO_3)])
    p = symqb.evaluator(model)(**POINT | {"T_c": 0.0}).populations
    assert p[2] == 0
    assert p[1] / p[0] == pytest.approx(np.exp(-0.5), rel=1e-15)


@pytest.mark.parametrize("exponent", [3, 2, sp.Rational(1, 2)])
def test_zero_frequency_is_refused_where_the_density_leaves_no_finite_rate(exponent):
    """Super- and sub-Ohmic baths at a crossing: ZeroFrequency; Ohmic with a cut-off, and just beside it, evaluates."""

    def qubit(s):
        cold = symqb.Bath("c", SIGMA_X, density=power_law(s, positive("omega_c")))
        return symqb.Model(real("w") / 2 * SIGMA_Z, [symqb.Bath("h", SIGMA_X), cold])

    point = {"T_h": 2.0, "T_c": 1.0, "omega_c": 3.0}
    evaluate = symqb.evaluator(qubit(exponent))
    with pytest.raises(ZeroFrequency, match=r"have equal energies at index \(1,\)") as caught:
        evaluate(**point, w=[1.0, 0.0])
    assert (caught.value.levels, caught.value.bath, caught.value.index) == (("psi_2", "psi_1"), "c", (1,))
    assert evaluate(**point, w=1e-9).populations.sum() == pytest.approx(1)
    assert symqb.evaluator(qubit(1))(**point, w=0.0).populations.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("size", [1.0, 3e-7, 1e9])
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0)], ids=["last is high", "last is 0"])
def test_levels_that_rounding_alone_tells_apart_cross(size, order):
    """Energies one unit in the last place apart, of any size: ZeroFrequency at that index; eight units apart: not."""
    energies, places = [(0, w_2, w_3)[k] for k in order], np.ix_(order, order)
    hot, link = (np.array(m.tolist())[places] for m in (TO_2, sp.Matrix([[0, 0, 0], [0, 0, 1], [0, 1, 0]])))
    cubic = symqb.Bath("c", link, density=power_law(3, positive("omega_c")))
    evaluate = symqb.evaluator(symqb.Model(sp.diag(*energies), [symqb.Bath("h", hot), cubic]))
    point = {"T_h": 2.0 * size, "T_c": size, "omega_c": size, "w_2": size}
    with pytest.raises(ZeroFrequency) as caught:
        evaluate(**point, w_3=[2 * size, np.nextafter(size, np.inf)])
    assert (caught.value.bath, caught.value.index) == ("c", (1,))
    p = evaluate(**point, w_3=size + 8 * np.spacing(size)).populations
    assert p[order.index(2)] / p[order.index(1)] == pytest.approx(1, abs=1e-14)


f, f_2 = real("f"), real("f_2")


def test_the_index_is_that_of_the_refused_point_among_several_graphs():
    """Index 0 only empties level 3 and is fine, index 1 links all, index 2 leaves level 3 alone."""
    model = symqb.Model(sp.diag(0, w_2, w_3), [symqb.Bath("h", TO_2 + g * TO_3), symqb.Bath("c", f * TO_3)])
    evaluate = symqb.evaluator(model)
    points = {**POINT, "g": np.array([0.0, 1.0, 0.0]), "f": np.array([1.0, 1.0, 0.0]), "T_c": np.array([0.0, 1.0, 1.0])}
    with pytest.raises(NotUnique) as caught:
        evaluate(**points)
    assert caught.value.index == (2,)
    fine = {name: value[:2] if np.ndim(value) else value for name, value in points.items()}
    assert evaluate(**fine).populations[0, 2] == 0


def test_the_first_of_several_refused_points_is_named():
    """Level 3 alone at index 0, level 2 alone at index 1: index 0."""
    evaluate = symqb.evaluator(symqb.Model(sp.diag(0, w_2, w_3), [symqb.Bath("h", f * TO_2 + f_2 * TO_3)]))
    with pytest.raises(NotUnique) as caught:
        evaluate(w_2=1.0, w_3=2.5, T_h=1.0, f=[1.0, 0.0], f_2=[0.0, 1.0])
    assert caught.value.index == (0,)


@pytest.mark.parametrize("exponent", [3, sp.Rational(1, 2), 1])
def test_rates_follow_the_spectral_density_for_either_sign_of_the_frequency(exponent):
    """One bath: Gibbs populations whatever its density; two: the ratio of J n summed over them."""
    s, cutoff, T_h, T_c = float(exponent), 3.0, 2.0, 0.5
    baths = [symqb.Bath("h", SIGMA_X), symqb.Bath("c", SIGMA_X, density=power_law(exponent, positive("omega_c")))]
    evaluate = symqb.evaluator(symqb.Model(real("w") / 2 * SIGMA_Z, baths, basis=["1", "0"]))
    for w in (1.3, -1.3):
        p = evaluate(w=w, T_h=T_h, T_c=T_c, omega_c=cutoff).populations
        size = abs(w)
        J = (size, cutoff * (size / cutoff) ** s * np.exp(-size / cutoff))
        n = [1 / np.expm1(size / T) for T in (T_h, T_c)]
        up, down = sum(j * k for j, k in zip(J, n, strict=True)), sum(j * (k + 1) for j, k in zip(J, n, strict=True))
        upper, lower = (p[0], p[1]) if w > 0 else (p[1], p[0])
        assert upper / lower == pytest.approx(up / down, rel=1e-14)
    alone = symqb.Model(real("w") / 2 * SIGMA_Z, baths[1:])
    p = symqb.evaluator(alone)(w=1.3, T_c=T_c, omega_c=cutoff).populations
    assert p[0] / p[1] == pytest.approx(np.exp(-1.3 / T_c), rel=1e-14)


def test_two_baths_of_different_densities_make_an_active_state():
    """Ohmic left, cubic right, epsilon = 0, strong field: ergotropy > 0; with one density for both it is exactly 0."""
    point = {"B0": 6.25, "J": -3.85, "Delta": -2.31, "T_L": 143.0, "T_R": 2.94, "epsilon": 0.0, "kappa_R": 0.8}

    def cubic(omega):
        return omega**3

    assert symqb.evaluator(symqb.xxz_chain(2, densities={"R": cubic}))(**point).ergotropy > 1e-3
    for densities in ({}, {"L": cubic, "R": cubic}):
        assert symqb.evaluator(symqb.xxz_chain(2, densities=densities))(**point).ergotropy == 0


def test_closed_classes_of_small_graphs():
    """A cycle is one class; two sinks are two; a chain ends in its last vertex."""
    cycle = np.roll(np.eye(3, dtype=bool), 1, axis=1)
    sinks = np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]], dtype=bool)
    chain = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)
    found = [[np.flatnonzero(c).tolist() for c in closed_classes(edges)] for edges in (cycle, sinks, chain)]
    assert found == [[[0, 1, 2]], [[1], [2]], [[2]]]

"""Validity of the secular approximation and uniqueness of the steady state, at points where both are known."""

import json
from itertools import pairwise

import numpy as np
import pytest
from fakes import FakeEvaluator
from test_evaluators import in_fresh_process

import symqb
from symqb.errors import DegenerateLevels, InvalidParameter

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "T_L": 3.0, "T_R": 1.0, "epsilon": 0.5}


def test_the_secular_ratio_is_the_largest_rate_over_the_smallest_gap():
    """At epsilon = 1 bath L drives 1-4 and 2-4 alone: frequencies +-2.5, +-1.5, smallest gap 1, ratio its top rate."""
    point = POINT | {"epsilon": 1.0, "T_R": 0.01, "kappa_L": 100.0}
    d = symqb.diagnose(2, **point)
    rates = symqb.evaluator(2).rates(**point)
    assert (d.secular.bath, d.secular.largest_rate) == ("L", rates[0].max())
    assert d.secular.gap == pytest.approx(1.0, rel=1e-14)
    assert d.secular_ratio == rates[0].max() / d.secular.gap
    E = dict(zip(symqb.evaluator(2).levels, symqb.evaluator(2)(**point).energies, strict=True))
    (a, b), (c, e) = d.secular.transitions
    assert abs((E[b] - E[a]) - (E[e] - E[c])) == pytest.approx(d.secular.gap, rel=1e-14)


def test_the_ratio_is_proportional_to_the_strengths():
    """Weaker coupling makes the approximation good; the gap and its transitions stay."""
    strong = symqb.diagnose(2, **POINT)
    weak = symqb.diagnose(2, **POINT, kappa_L=1e-6, kappa_R=1e-6)
    assert weak.secular_ratio == pytest.approx(strong.secular_ratio * 1e-6, rel=1e-12)
    assert weak.secular_ratio < 1e-4 < strong.secular_ratio
    assert weak.secular.transitions == strong.secular.transitions


def test_nearly_degenerate_levels_are_named_with_their_neighbour():
    """J = 1e-6: Phi_3 and Phi_4 are 2e-6 apart and share Phi_1; their transitions to it are the ones too close."""
    d = symqb.diagnose(2, **POINT | {"J": 1e-6})
    assert d.secular_ratio > 1e5
    assert d.secular.gap == pytest.approx(2e-6, rel=1e-9)
    ends = [set(transition) for transition in d.secular.transitions]
    assert ends[0] ^ ends[1] == {"Phi_3", "Phi_4"}
    near = d.nearest_degeneracy
    assert near.levels == ("Phi_3", "Phi_4")
    assert near.gap == pytest.approx(2e-6, rel=1e-9)
    assert (near.neighbour, near.bath) == ("Phi_1", "L")


def test_harmless_crossings_are_no_danger_and_equal_frequencies_no_gap():
    """At B0 = J + Delta Phi_1 and Phi_3 cross without a common neighbour; at Delta = 0 equal frequencies are one."""
    near = symqb.diagnose(2, **POINT | {"B0": 1.5}).nearest_degeneracy
    assert near.levels == ("Phi_1", "Phi_3")
    assert near.gap < 1e-15
    assert near.neighbour is near.bath is None
    assert symqb.diagnose(2, **POINT | {"Delta": 0.0}).secular.gap > 0.5


def test_frequencies_that_differ_by_rounding_are_one():
    """Steps of 0.1, 0.1 and 0.10000000000000003 are one frequency: the gap is that between 0.1 and -0.1."""
    evaluate = line(4)
    evaluate.energies = np.arange(4) * 0.1
    assert symqb.diagnose(evaluate, T_0=1.0).secular.gap == pytest.approx(0.2)


def test_harmful_degeneracies_are_refused_by_the_evaluator():
    """At J = 0 there is no rate equation to diagnose."""
    with pytest.raises(DegenerateLevels):
        symqb.diagnose(2, **POINT | {"J": 0.0})


def test_the_dark_singlet_is_the_only_closed_class():
    """epsilon = 1, T_R = 0, weak field: unique, on Phi_3 alone; everything else is transient."""
    d = symqb.diagnose(2, **POINT | {"B0": 0.1, "epsilon": 1.0, "T_R": 0.0})
    assert d.unique
    assert d.closed_classes == (("Phi_3",),)
    assert d.transient == ("Phi_1", "Phi_2", "Phi_4")


def test_rates_that_underflow_do_not_cut_the_graph():
    """Two minima at T = 1e-3, rates of 1e-340 between them: above T = 0 all levels communicate."""
    d = symqb.diagnose(2, B0=1e-4, J=0.2, Delta=-1.0, epsilon=0.3, T_L=1e-3, T_R=0.0)
    assert d.closed_classes == (("Phi_1", "Phi_2", "Phi_3", "Phi_4"),)
    assert d.transient == ()


def line(size, cut=()):
    """Levels in a row, each connected to the next, but for the links in ``cut``."""
    rates = np.zeros((1, size, size))
    for i in range(size - 1):
        if i not in cut:
            rates[0, i, i + 1], rates[0, i + 1, i] = 2.0, 1.0
    return FakeEvaluator(np.arange(size) ** 2, rates)


def test_closed_classes_that_nothing_connects_are_named():
    """Two pieces of a row at T > 0, and two minima with a hill between them at T = 0."""
    d = symqb.diagnose(line(5, cut=[1]), T_0=1.0)
    assert not d.unique
    assert d.closed_classes == (("level_0", "level_1"), ("level_2", "level_3", "level_4"))
    assert "not unique, on {level_0, level_1} or {level_2, level_3, level_4}" in str(d)
    downhill = np.zeros((1, 3, 3))
    downhill[0, 0, 1] = downhill[0, 2, 1] = 1.0
    d = symqb.diagnose(FakeEvaluator([0.0, 1.0, 0.25], downhill), T_0=0.0)
    assert (d.closed_classes, d.transient) == ((("level_0",), ("level_2",)), ("level_1",))


def test_noise_in_matrix_elements_makes_no_transitions():
    """A link of 1e-32 of the largest is what rounding leaves of a vanishing matrix element."""
    evaluate = line(5, cut=[1])
    evaluate.given[0, 1, 2] = evaluate.given[0, 2, 1] = 1e-32
    assert len(symqb.diagnose(evaluate, T_0=1.0).closed_classes) == 2


def test_a_thousand_levels():
    """1024 levels in a row: one class, whose listing is cut; gaps of frequencies 2, between neighbours."""
    d = symqb.diagnose(line(1024), T_0=1.0)
    assert d.unique
    assert len(d.closed_classes[0]) == 1024
    assert d.secular_ratio == 1.0
    assert "level_7, ... (1024 levels)" in str(d)


def test_one_frequency_alone_has_no_gap():
    """Two levels at one energy are driven at frequency 0 only: nothing to separate, ratio 0."""
    d = symqb.diagnose(FakeEvaluator([0.0, 0.0], [[[0.0, 1.0], [1.0, 0.0]]]), T_0=1.0)
    assert (d.secular.gap, d.secular_ratio, d.secular.transitions) == (None, 0.0, ())
    assert "secular ratio           0.00e+00" in str(d)


def test_diagnosis_as_text_and_as_json():
    """Three lines for a terminal; the dictionary survives JSON."""
    d = symqb.diagnose(2, **POINT | {"J": 1e-6})
    secular, closest, steady = str(d).splitlines()
    assert repr(d) == str(d)  # as a notebook shows it
    assert "between Phi_" in secular
    assert closest.endswith("Phi_3 and Phi_4, 2e-06 apart (bath L connects both to Phi_1)")
    assert steady.endswith("unique, on {Phi_1, Phi_2, Phi_3, Phi_4}")
    read = json.loads(json.dumps(d.as_dict()))
    assert read["secular_ratio"] == d.secular_ratio
    assert read["nearest_degeneracy"]["levels"] == ["Phi_3", "Phi_4"]
    assert read["unique"] is True


def test_arrays_are_refused_and_strings_are_numbers():
    """One parameter point at a time."""
    with pytest.raises(InvalidParameter, match="a single number"):
        symqb.diagnose(2, **POINT | {"T_L": [1.0, 2.0]})
    assert symqb.diagnose(2, **POINT | {"T_L": "1/2"}) == symqb.diagnose(2, **POINT | {"T_L": 0.5})


def test_diagnosis_does_not_import_sympy():
    """Diagnosis works where SymPy is absent."""
    in_fresh_process(f"import symqb; print(symqb.diagnose(2, **{POINT!r}))", ("sympy", "scipy", "typer", "rich"))


@pytest.mark.parametrize("qubits", [2, 3, 4])
def test_a_result_carries_the_diagnosis_on_request(qubits):
    """evaluate(..., diagnose=True) is the result and symqb.diagnose of the point; without, it is None."""
    evaluate = symqb.evaluator(qubits, outputs="ergotropy")
    point = {"B0": 2.0, "J": 1.0, "Delta": 0.3, "T_L": 3.0, "T_R": 1.0, "epsilon": 1.0}
    found = evaluate(**point, diagnose=True)
    assert found.diagnosis == symqb.diagnose(qubits, **point)
    assert found.diagnosis.unique
    assert (found.ergotropy, evaluate(**point).diagnosis) == (evaluate(**point).ergotropy, None)


def test_three_qubits_have_two_transitions_of_one_frequency_which_are_no_gap():
    """omega_65 = omega_87 = B0 identically: the smallest gap is another one, and scales with the parameters."""
    point = {"B0": 4.0, "J": 1.0, "Delta": 0.5}
    model = symqb.xxz_chain(3)
    values = {symbol: point[symbol.name] for symbol in model.parameters if symbol.name in point}
    upward = [float(t.frequency.subs(model.roots.explicit()).subs(values)) for t in model.transitions]
    distinct = sorted({round(sign * omega, 12) for omega in upward for sign in (-1, 1)})
    assert len(distinct) == 2 * 14 - 2
    d = symqb.diagnose(3, **point, T_L=3.0, T_R=1.0, epsilon=0.3)
    assert d.secular.gap == pytest.approx(min(b - a for a, b in pairwise(distinct)))

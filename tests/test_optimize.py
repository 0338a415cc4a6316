"""The search for optima: against exact limits, against grids, on batteries of every kind, and what it refuses."""

import json
import math
import re
import sys
from itertools import product

import numpy as np
import pytest
from commands import run
from user_models import CASES

import symqb
from symqb.errors import (
    AllBathsAtZero,
    DegenerateLevels,
    InvalidParameter,
    MissingPackage,
    MissingParameter,
    UnknownChoice,
    UnknownParameter,
)
from symqb.optional import installed
from symqb.search.box import Box

HOT_COLD = {"B0": 5.0, "epsilon": 1.0, "T_L": 1e9, "T_R": 0.0}
WARM = {"B0": 5.0, "epsilon": 1.0, "T_L": 10.0, "T_R": 1.0}
SCALARS = ("ergotropy", "stored_energy", "stored_energy_fraction", "exergy", "heat_current_L", "heat_current_R")
with_jax = pytest.mark.skipif(not installed("jax"), reason="JAX is an optional package")


@pytest.mark.parametrize("gradients", [False, pytest.param(True, marks=with_jax)])
@pytest.mark.parametrize(
    ("bounds", "share", "s", "pair"),
    [
        ({"J": (0.1, 3), "Delta": (-1, 3)}, 3 - 2 * math.sqrt(2), 2 - math.sqrt(2), ("Phi_3", "Phi_1")),
        ({"J": (-3, -0.1), "Delta": (-2.5, 1)}, 5 - 2 * math.sqrt(6), 2 - math.sqrt(6), ("Phi_2", "Phi_3")),
    ],
)
def test_the_two_limits_of_the_hot_and_cold_battery_are_found(bounds, share, s, pair, gradients):
    """W = (3 - 2 sqrt 2) B0 at J + Delta = (2 - sqrt 2) B0, and (5 - 2 sqrt 6) B0 at (2 - sqrt 6) B0."""
    best = symqb.optimize("ergotropy", bounds, fixed=HOT_COLD, gradients=gradients)
    assert best.value == pytest.approx(share * 5, rel=1e-6)
    assert best.parameters["J"] + best.parameters["Delta"] == pytest.approx(s * 5, rel=1e-3)
    assert best.gradients == gradients
    assert not best.passive
    assert pair in best.inversions
    assert best.permutation[pair[0]] == pair[1]


def test_temperatures_over_many_decades_end_at_their_bounds():
    """The left bath as hot as allowed, which is named and met exactly; the right one so cold that nothing is lost."""
    bounds = {"J": (0.1, 3), "Delta": (-1, 3), "T_L": (1, 1e9), "T_R": (0, 10)}
    best = symqb.optimize("ergotropy", bounds, fixed={"B0": 5, "epsilon": 1})
    assert best.value == pytest.approx((3 - 2 * math.sqrt(2)) * 5, rel=1e-6)
    assert best.on_bounds["T_L"] == "upper"
    assert best.parameters["T_L"] == 1e9
    assert best.parameters["T_R"] < 0.2
    assert "(on its upper bound)" in str(best)


@pytest.mark.parametrize(("qubits", "target"), [*product((2, 3), SCALARS), (4, "ergotropy"), (4, "exergy")])
def test_no_point_of_a_grid_is_better(qubits, target):
    """Two parameters through weak and strong field, smooth or on kinks: no worse than a grid, and close."""
    sides, fixed = {"J": (0.1, 6.0), "Delta": (-6.0, 6.0)}, WARM
    count = 60 if qubits > 3 else 200
    J, Delta = np.meshgrid(*(np.linspace(*side, count) for side in sides.values()))
    grid = symqb.evaluator(qubits, outputs=target)(**fixed, J=J, Delta=Delta).as_dict()[target]
    best = symqb.optimize(target, sides, fixed=fixed, qubits=qubits)
    assert grid.max() <= best.value + 1e-12 <= grid.max() + 5e-3 * np.ptp(grid)
    assert all(low <= best.parameters[name] <= high for name, (low, high) in sides.items())
    assert best.result.as_dict()[target] == pytest.approx(best.value, rel=1e-13)


def test_a_narrow_pocket_is_found():
    """Three qubits at epsilon = 0, J = 1, Delta = 1/2, T_R = 0: the pocket that phases_three_qubits certifies."""
    best = symqb.optimize(
        "ergotropy", {"B0": (2.25, 3), "T_L": (1, 5)}, qubits=3, fixed={"J": 1, "Delta": "1/2", "epsilon": 0, "T_R": 0}
    )
    assert best.value > 0
    assert best.inversions


def test_where_the_battery_is_passive_nothing_is_found_and_that_is_said():
    """Two qubits at epsilon = 0 in a strong field: 0, no inverted pair, no move, and no claim of a proof."""
    bounds = {"J": (-2, 2), "Delta": (-2, 2), "T_L": (1, 100), "T_R": (1, 100)}
    best = symqb.optimize("ergotropy", bounds, fixed={"B0": 5, "epsilon": 0})
    assert best.value == 0
    assert best.passive
    assert not best.inversions
    assert all(source == goal for source, goal in best.permutation.items())
    assert "does not prove that there is none" in str(best)


def test_levels_and_permutation_are_those_of_the_populations():
    """Moving populations as told leaves them in passive order, and the energy released is the ergotropy."""
    best = symqb.optimize("ergotropy", {"J": (0.1, 6), "Delta": (-6, 6)}, fixed=WARM, qubits=3)
    energies = dict(zip(best.result.levels, best.result.energies, strict=True))
    p = dict(zip(best.result.levels, best.result.populations, strict=True))
    released = sum(p[source] * (energies[source] - energies[goal]) for source, goal in best.permutation.items())
    assert released == pytest.approx(best.value, rel=1e-12)
    pairs = {(a, b) for a in p for b in p if energies[a] > energies[b] and p[a] > p[b]}
    assert set(best.inversions) == pairs != set()


def test_a_users_model():
    """A three-level maser: the inversion of its two upper levels is largest with the hottest and the coldest bath."""
    fixed = {"e1": 0, "T_work": 0.5, "kappa_work": 1e-6}
    bounds = {"e2": (0.5, 2), "e3": (2.5, 6), "T_hot": (1, 10), "T_cold": (0.1, 1)}
    best = symqb.optimize("ergotropy", bounds, qubits=CASES["maser"].model, fixed=fixed)
    assert best.on_bounds.items() >= {"T_hot": "upper", "T_cold": "lower"}.items()
    (pair,) = best.inversions
    assert best.permutation[pair[0]] == pair[1]
    assert best.value > 0.1


@with_jax
def test_slopes_of_a_users_model_and_of_the_exergy():
    """Gradients serve models too, and the reference temperature where it is a bath's own: never worse than without."""
    model, cases = CASES["qubit, s=1 and s=3"].model, []
    fixed = {"wc": 1.0, "T_cold": 0.5}
    for target in ("exergy", "heat_current_hot"):
        with_them, without = (
            symqb.optimize(target, {"w": (0.2, 3), "T_hot": (0.5, 4)}, qubits=model, fixed=fixed, gradients=gradients)
            for gradients in (True, False)
        )
        cases.append(with_them.gradients)
        assert with_them.value == pytest.approx(without.value, rel=1e-9)
    assert all(cases)


def test_without_jax_gradients_are_refused_by_name(monkeypatch):
    """The error says what to install; longer chains have no slopes at all."""
    monkeypatch.setitem(sys.modules, "jax", None)
    bounds = {"J": (0.1, 3), "Delta": (-1, 1)}
    model = CASES["qubit, dephasing"].model
    with pytest.raises(MissingPackage, match=re.escape("pip install 'symqb[jax]'")):
        symqb.optimize(
            "ergotropy", {"w": (1, 2)}, qubits=model, fixed={"g": 1, "T_hot": 1, "T_cold": 1}, gradients=True
        )
    with pytest.raises(UnknownChoice, match="gradients = True: allowed are False, because chains of 4 qubits"):
        symqb.optimize("ergotropy", bounds, fixed=WARM, qubits=4, gradients=True)


def test_single_points_that_are_refused_are_left_out():
    """J = 0 is degenerate and lies on the bound, both baths at T = 0 are a corner: counted, not fatal."""
    best = symqb.optimize("stored_energy", {"J": (0, 3), "Delta": (-1, 1)}, fixed=WARM)
    assert best.refused > 0
    assert best.parameters["J"] > 0
    corner = {"T_L": (0, 1), "T_R": (0, 1)}
    cold = symqb.optimize("exergy", corner, fixed={"B0": 5, "epsilon": 0, "J": 1, "Delta": 0})
    assert np.isfinite(cold.value)


def test_a_box_that_is_refused_everywhere_raises_the_reason():
    """J = 0 throughout, or both baths at T = 0: the evaluator's own error."""
    with pytest.raises(DegenerateLevels):
        symqb.optimize("ergotropy", {"Delta": (-1, 1)}, fixed=WARM | {"J": 0}, starts=16)
    with pytest.raises(AllBathsAtZero):
        symqb.optimize("ergotropy", {"Delta": (-1, 1)}, fixed=WARM | {"J": 1, "T_L": 0, "T_R": 0}, starts=16)


def test_an_infinite_value_is_a_value():
    """The entropy production is infinite where heat flows into a bath at T = 0: found on the bound."""
    best = symqb.optimize("entropy_production", {"T_R": (0, 1)}, fixed={**WARM, "T_R": None, "J": 1, "Delta": 0.5})
    assert best.value == np.inf
    assert best.on_bounds == {"T_R": "lower"}
    assert best.parameters["T_R"] == 0


def test_the_same_seed_gives_the_same_optimum():
    """To the last bit, and the report counts what was done; another seed starts elsewhere and agrees."""
    bounds = {"J": (0.1, 3), "Delta": (-1, 1), "T_L": (1, 100)}
    fixed = {"B0": 5, "epsilon": 1, "T_R": 0}
    first, again, other = (symqb.optimize("ergotropy", bounds, fixed=fixed, seed=seed) for seed in (3, 3, 4))
    assert first.as_dict() == again.as_dict()
    assert other.value == pytest.approx(first.value, rel=1e-9)
    assert first.starts == 2048 < first.evaluations
    assert (first.seed, first.refused, first.gradients) == (3, 0, False)
    assert repr(first).startswith("ergotropy               0.78")  # as a notebook shows it


def test_the_reference_temperature_of_the_exergy_can_be_fixed():
    """T_eq among the fixed numbers reaches the evaluator; by default it is T_R."""
    bounds = {"J": (0.1, 3)}
    own, cold = (symqb.optimize("exergy", bounds, fixed=WARM | {"Delta": 0.5} | T_eq) for T_eq in ({}, {"T_eq": 0.5}))
    assert cold.parameters["T_eq"] == 0.5
    assert cold.value == symqb.evaluator(2)(**cold.parameters).exergy != own.value


def test_a_box_meets_its_bounds_and_wide_ones_are_logarithmic():
    """Coordinates 0 and 1 are the bounds to the last bit; the middle of 1e-3 to 1e3 is 1; no tiny temperature."""
    roles = {"J": "real", "T": "temperature", "S": "temperature"}
    box = Box.of({"J": (-0.1, 0.3), "T": (1e-3, 1e3), "S": (0, 1)}, {}, roles)
    assert box.at(np.zeros(3)).tolist() == [-0.1, 1e-3, 0.0]
    assert box.at(np.ones(3)).tolist() == [0.3, 1e3, 1.0]
    assert box.at(np.array([0.5, 0.5, 1e-40])) == pytest.approx([0.1, 1.0, 0.0])
    h, middle = 1e-6, np.array([0.3, 0.7, 0.5])
    assert box.slopes(box.at(middle)) == pytest.approx((box.at(middle + h) - box.at(middle - h)) / (2 * h), rel=1e-8)


GOOD = {"target": "ergotropy", "bounds": {"J": (0.1, 3)}, "fixed": WARM | {"Delta": 0.5}, "starts": 16}


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"target": "ergotrophy"}, UnknownChoice, "target = ergotrophy: .*; did you mean ergotropy?"),
        ({"target": "populations"}, UnknownChoice, "target = populations: allowed are stored_energy"),
        ({"bounds": {"Dleta": (0, 1)}}, UnknownParameter, "Dleta is not a parameter: .*; did you mean Delta?"),
        ({"bounds": {}}, InvalidParameter, "bounds = {}: allowed is a range"),
        ({"bounds": {"J": (3, 0.1)}}, InvalidParameter, r"J = 3.0 to 0.1: .*, the lower one first"),
        ({"bounds": {"J": (1, 1)}}, InvalidParameter, r"J = 1.0 to 1.0: .*, the lower one first"),
        ({"bounds": {"J": 1}}, InvalidParameter, "J = 1: allowed is a range of two numbers"),
        ({"bounds": {"J": ("0.1", "x")}}, InvalidParameter, "J = 'x': allowed is a real number"),
        ({"bounds": {"J": (0, float("inf"))}}, InvalidParameter, "J = inf: allowed is a finite real number"),
        ({"bounds": {"J": (0.1, 3), "kappa_L": (0, 1)}}, InvalidParameter, "kappa_L = 0.0: allowed is a positive"),
        ({"bounds": {"J": (0.1, 3), "Delta": (0, 1)}}, InvalidParameter, r"Delta = 0.5 and \(0, 1\): .*, not both"),
        ({"fixed": WARM}, MissingParameter, "Delta is missing"),
        ({"fixed": WARM | {"Delta": 0.5, "T_M": 3}}, UnknownParameter, "T_M is not a parameter"),
        ({"fixed": WARM | {"Delta": 0.5, "T_R": -1}}, InvalidParameter, "T_R = -1.0: allowed is exactly 0"),
        ({"fixed": WARM | {"Delta": [0.5, 1]}}, InvalidParameter, "Delta = .*: allowed is a single number"),
        ({"starts": 15}, InvalidParameter, "starts = 15: allowed is an integer, at least 16"),
        ({"seed": -1}, InvalidParameter, "seed = -1: allowed is an integer, at least 0"),
        ({"qubits": 1}, UnknownChoice, "qubits = 1: allowed are 2"),
    ],
)
def test_refusals(change, error, message):
    """Each names what is wrong and what is allowed; the unchanged question has an answer."""
    question = GOOD | change
    with pytest.raises(error, match=message):
        symqb.optimize(question.pop("target"), question.pop("bounds"), **question)


def test_the_nearby_question_has_an_answer():
    """What the refusals above change."""
    question = dict(GOOD)
    assert symqb.optimize(question.pop("target"), question.pop("bounds"), **question).value > 0


COMMAND = ["optimize", "ergotropy", "--J", "0.1:3", "--Delta", "-1:1", "--B0", "5", "--epsilon", "1", "--T_L", "1e6"]


def test_the_command_names_levels_and_permutation():
    """Ranges LOW:HIGH, negative ones too; a line a finding."""
    done = run(*COMMAND, "--T_R", "0")
    assert done.returncode == 0, done.stderr
    lines = {line[:24].strip(): line[24:] for line in done.stdout.splitlines()}
    assert float(lines["ergotropy"]) == pytest.approx((3 - 2 * math.sqrt(2)) * 5, rel=1e-5)
    assert "Phi_3 above Phi_1" in lines["inverted levels"]
    assert "Phi_3 -> Phi_1" in lines["work by moving"]
    assert re.fullmatch(r"\d+ points from 2048 starts.*, without gradients", lines["search"])


def test_the_command_as_json_and_with_options():
    """JSON has the findings of the function; options reach it; infinity is a string."""
    options = ["--T_R", "0", "--qubits", "3", "--no-collective", "--starts", "64", "--seed", "2", "--json"]
    found = json.loads(run(*COMMAND, *options).stdout)
    expected = symqb.optimize(
        "ergotropy",
        {"J": (0.1, 3), "Delta": (-1, 1)},
        fixed={"B0": 5, "epsilon": 1, "T_L": 1e6, "T_R": 0, "kappa_L": 1, "kappa_R": 1},
        qubits=3,
        collective=False,
        starts=64,
        seed=2,
    ).as_dict()
    for name in ("value", "parameters", "on_bounds", "permutation", "passive", "evaluations", "populations", "seed"):
        assert found[name] == expected[name], name
    assert found["entropy_production"] == "inf"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--T_R", "0", "--J", "3:0.1"], "symqb: J = 3.0 to 0.1: allowed is a range"),
        (["--T_R", "0", "--J", "1:2:3"], "symqb: J = ['1', '2', '3']: allowed is a range"),
        (["--T_R", "0:-1"], "symqb: T_R = -1.0: allowed is exactly 0"),
        (["--T_R", "0", "--J", "1", "--Delta", "1"], "symqb: bounds = {}: allowed is a range"),
        ([], "Missing option"),
    ],
)
def test_unusable_input_is_one_sentence_and_status_2(options, message):
    """No traceback, nothing on standard output."""
    done = run(*COMMAND, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in re.sub(r"\s+", " ", done.stderr)

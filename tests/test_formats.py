"""Text, Python, Wolfram and JSON say the same as the derivation."""

import json

import pytest
import sympy as sp

import symqb
from symqb.document import PARTS
from symqb.formats import FORMATS, render

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "epsilon": 1.0, "T_L": 30.0, "T_R": 10.0, "kappa_L": 1.0, "kappa_R": 2.0}


@pytest.fixture(scope="module", params=[True, False], ids=["collective", "independent"])
def collective(request):
    return request.param


def test_the_python_text_runs_and_gives_the_evaluators_numbers(collective):
    """Exported Python, executed with nothing but math, agrees with the NumPy evaluator."""
    names = {**POINT, "T_eq": 10.0}
    exec(compile(render(symqb.xxz_chain(2, collective=collective), "python"), "exported", "exec"), names)
    expected = symqb.evaluator(2, collective=collective)(**POINT)
    assert [names[f"p_{i}"] for i in range(1, 5)] == pytest.approx(expected.populations.tolist(), rel=1e-13)
    assert [names[f"E_{i}"] for i in range(1, 5)] == expected.energies.tolist()
    for name in expected.as_dict().keys() - {"energies", "populations"}:
        assert names[name] == pytest.approx(expected.as_dict()[name], rel=1e-12, abs=1e-15), name


def test_json_can_be_read_back_into_sympy(collective):
    """Every right-hand side of the populations and energetics parses to the derived expression."""
    model = symqb.xxz_chain(2, collective=collective)
    content = json.loads(render(model, "json", numbers=True))
    assert [part["name"] for part in content["parts"]] == list(PARTS)
    found = {entry["left"]: entry["right"] for part in content["parts"] for entry in part["formulas"]}
    names = {str(s): s for s in model.steady_state.rates.values()} | {str(t): t for t in model.steady_state.weights}
    for symbol, tree in zip(model.steady_state.weights, model.steady_state.trees, strict=True):
        assert sp.sympify(found[str(symbol)], locals=names) == tree


def test_wolfram_text_is_balanced_and_has_no_underscore_outside_patterns():
    """Underscores mean patterns there; every bracket closes; every assignment ends."""
    text = render(symqb.xxz_chain(2), "wolfram")
    code = "\n".join(line for line in text.splitlines() if line and not line.startswith("(*"))
    assert all(code.count(a) == code.count(b) for a, b in ("[]", "()", "{}"))
    assert all(line.endswith(";") for line in code.splitlines())
    assert "_" not in code.replace("phi[w_, T_]", "")
    assert "heatCurrentL = " in code


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", PARTS)
def test_one_part_can_be_shown_alone(form, name):
    """--show works in every format and shows less than the whole."""
    model = symqb.xxz_chain(2)
    assert 0 < len(render(model, form, [name])) < len(render(model, form))

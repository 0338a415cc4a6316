"""Text, Python, Wolfram and JSON say the same as the derivation."""

import json

import pytest
import sympy as sp
from sympy.parsing.mathematica import parse_mathematica

import symqb
from symqb.baths import power_law
from symqb.document import PARTS
from symqb.formats import FORMATS, render
from symqb.symbols import positive

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "epsilon": 1.0, "T_L": 30.0, "T_R": 10.0, "kappa_L": 1.0, "kappa_R": 2.0}


@pytest.fixture(scope="module", params=[True, False], ids=["collective", "independent"])
def collective(request):
    return request.param


@pytest.mark.parametrize("qubits", [2, 3])
def test_the_python_text_runs_and_gives_the_evaluators_numbers(qubits, collective):
    """Exported Python, executed with nothing but math, agrees with the NumPy evaluator."""
    names = {**POINT, "T_eq": 10.0}
    exec(compile(render(symqb.xxz_chain(qubits, collective=collective), "python"), "exported", "exec"), names)
    expected = symqb.evaluator(qubits, collective=collective)(**POINT)
    indices = range(1, 2**qubits + 1)
    assert [names[f"p_{i}"] for i in indices] == pytest.approx(expected.populations.tolist(), rel=1e-13)
    assert [names[f"E_{i}"] for i in indices] == pytest.approx(expected.energies.tolist(), rel=1e-15)
    for name in expected.as_dict().keys() - {"energies", "populations"}:
        assert names[name] == pytest.approx(expected.as_dict()[name], rel=1e-12, abs=1e-15), name


@pytest.mark.parametrize("temperatures", [(1.0, 0.0), (1e-3, 2e-3), (3e-3, 1.0)])
def test_exported_python_has_populations_at_zero_and_low_temperature(temperatures):
    """Up to the populations nothing divides by T or overflows."""
    names = {**POINT, "T_L": temperatures[0], "T_R": temperatures[1], "T_eq": 1.0}
    text = render(symqb.xxz_chain(2), "python", ["levels", "transitions", "rates", "populations"])
    exec(compile(text, "exported", "exec"), names)
    expected = symqb.evaluator(2)(**{name: names[name] for name in POINT})
    assert [names[f"p_{i}"] for i in range(1, 5)] == pytest.approx(expected.populations.tolist(), rel=1e-10)
    assert [names["phi"](w, 0) for w in (-2, 0, 3)] == [2, 0, 0]


def test_spectral_densities_are_exported_too():
    """Python with J = omega^3 e^(-omega/omega_c) for the right bath gives the populations of that model's evaluator."""
    model = symqb.xxz_chain(2, densities={"R": power_law(3, positive("omega_c"))})
    names = {**POINT, "T_eq": 10.0, "omega_c": 1.5}
    exec(compile(render(model, "python"), "exported", "exec"), names)
    expected = symqb.evaluator(model)(**POINT, omega_c=1.5).populations
    assert [names[f"p_{i}"] for i in range(1, 5)] == pytest.approx(expected.tolist(), rel=1e-13)


def test_json_can_be_read_back_into_sympy(collective):
    """Every right-hand side of the populations and energetics parses to the derived expression."""
    model = symqb.xxz_chain(2, collective=collective)
    content = json.loads(render(model, "json"))
    assert [part["name"] for part in content["parts"]] == [name for name in PARTS if name != "trees"]
    found = {entry["left"]: entry["right"] for part in content["parts"] for entry in part["formulas"]}
    names = {str(s): s for s in model.steady_state.rates.values()} | {str(t): t for t in model.steady_state.weights}
    for symbol, tree in zip(model.steady_state.weights, model.steady_state.trees, strict=True):
        assert sp.sympify(found[str(symbol)], locals=names) == tree


def test_wolfram_text_is_balanced_and_has_no_underscore_outside_patterns():
    """Underscores mean patterns there; every bracket closes; every assignment ends."""
    text = render(symqb.xxz_chain(3), "wolfram")
    code = "\n".join(line for line in text.splitlines() if line and not line.startswith("(*"))
    assert all(code.count(a) == code.count(b) for a, b in ("[]", "()", "{}"))
    assert all(line.endswith(";") for line in code.splitlines())
    assert "_" not in code.replace("phi[w_, T_]", "")
    assert "heatCurrentL = " in code


def wolfram_assignments():
    """Name -> parsed right-hand side, and the right-hand side as text."""
    text = render(symqb.xxz_chain(2), "wolfram")
    code = [line.rstrip(";") for line in text.splitlines() if " = " in line and not line.startswith("(*")]
    return dict(line.split(" = ", 1) for line in code)


def test_wolfram_text_means_the_same():
    """Read by SymPy's Mathematica parser, each rate and population is the derived one under its Wolfram name."""
    found = wolfram_assignments()
    model = symqb.xxz_chain(2)
    derived = [*model.transitions.formulas(), *model.rates.formulas(), *model.steady_state.formulas()]
    derived += model.energetics.currents()
    plain = sp.Function("phi")
    for formula in derived:
        symbols = {s: sp.Symbol(wolfram_name(s.name)) for s in formula.right.free_symbols}
        expected = formula.right.replace(symqb.phi, plain).subs(symbols)
        assert sp.expand(parse_mathematica(found[wolfram_name(formula.left.name)]) - expected) == 0, formula.left


def wolfram_name(name):
    first, *rest = name.split("_")
    return first + "".join(word[0].upper() + word[1:] for word in rest)


def test_wolfram_definitions_of_phi_and_of_the_orders():
    """phi has its three branches; q takes the populations (second row) in the order of the energies; r descends."""
    w, T = sp.symbols("w T")
    text = render(symqb.xxz_chain(2), "wolfram", ["rates"])
    definition = next(line for line in text.splitlines() if line.startswith("phi[w_, T_] := "))
    branches = parse_mathematica(definition.partition(" := ")[2].rstrip(";")).args
    assert branches[1::2] == (sp.Max(-w, 0), T, w / (sp.exp(w / T) - 1))
    assert wolfram_assignments()["{q1, q2, q3, q4}"].endswith("{p1, p2, p3, p4}}], N[First[#]] &][[All, 2]]")
    assert wolfram_assignments()["{r1, r2, r3, r4}"] == "Reverse[SortBy[{p1, p2, p3, p4}, N]]"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", PARTS)
def test_one_part_can_be_shown_alone(form, name):
    """--show works in every format and shows less than the whole."""
    model = symqb.xxz_chain(2)
    assert 0 < len(render(model, form, [name])) < len(render(model, form))

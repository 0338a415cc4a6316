"""Generated modules: current, reproducible, free-standing, counted."""

import ast
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

import symqb
from symqb import artifacts
from symqb.errors import InvalidModel
from symqb.evaluators import QUBITS
from symqb.symbols import real
from symqb.xxz import PAPER_LABELS, SIGMA_X, SIGMA_Z

GENERATED = Path(__file__).parents[1] / "generated"
MODULES = sorted(GENERATED.glob("xxz*_*.py"))
#: Those with ``evaluate``; the others hold kernels, and tests of their own.
COMPLETE = [path for path in MODULES if path.stem.endswith(("_numpy", "_mpmath", "_arb"))]


def test_committed_files_are_what_the_generator_writes():
    """Byte for byte; `symqb generate` mends it."""
    models = artifacts.models()
    files = {**artifacts.evaluators(models), **artifacts.formulas(models), **artifacts.definitions(models)}
    assert dict(artifacts.differences(files, GENERATED)) == {}
    modules = {name for name in artifacts.evaluators(models) if name.startswith("xxz") and name.endswith(".py")}
    assert {path.name for path in MODULES} == modules


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_output_does_not_depend_on_the_hash_seed(seed, tmp_path):
    """Same text in every process, whatever the order of sets."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "symqb", "generate", "--out", str(tmp_path)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    written = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(written) > len(MODULES)
    for path in written:
        assert (GENERATED / path.relative_to(tmp_path)).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
def test_a_module_alone_in_a_folder_needs_its_arithmetic_and_nothing_else(path, tmp_path):
    """It imports the standard library and its arithmetic, and evaluates in a process that sees only itself."""
    arithmetic = path.stem.rpartition("_")[2]
    package = {"arb": "flint"}.get(arithmetic, arithmetic)
    pytest.importorskip(package, reason=f"{package} is an optional package that is not installed")
    tree = ast.parse(path.read_text())
    roots = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    roots |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    third_party = {name.partition(".")[0] for name in roots} - set(sys.stdlib_module_names)
    assert third_party == {package} | ({"numpy"} if package == "jax" else set())
    (tmp_path / path.name).write_text(path.read_text())
    point = "B0=2, J=1, Delta=0.5, epsilon=1, T_L=30, T_R=10"
    code = f"import {path.stem} as m; print(float(m.evaluate({point})['ergotropy']))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    expected = symqb.evaluator(int(path.stem[3]), collective="independent" not in path.stem)(
        B0=2, J=1, Delta=0.5, epsilon=1, T_L=30, T_R=10
    )
    assert float(done.stdout) == pytest.approx(expected.ergotropy, abs=1e-15)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_header_says_where_the_module_comes_from(path):
    """Generator, SymPy version, hash of the expressions, operation counts."""
    model = symqb.xxz_chain(int(path.stem[3]), collective="independent" not in path.stem)
    head = ast.get_docstring(ast.parse(path.read_text()))
    for text in (f"symqb {symqb.__version__}", f"SymPy {sp.__version__}", model.program.digest(), "elimination: "):
        assert text in head


def test_operation_counts_do_not_grow():
    """From total rates to populations, normalisation included: 24 operations for two qubits, 151 for three."""
    for qubits, pairs, operations in ((2, 8, 24), (3, 28, 151)):
        counts = symqb.xxz_chain(qubits).program.operations()
        assert counts["bose"] == {"phi_pair": pairs}
        arithmetic = counts["elimination"] | {"div": counts["elimination"]["div"] + counts["populations"]["div"]}
        assert arithmetic.pop("balance") == 1
        assert sum(arithmetic.values()) == operations


def test_from_rates_to_populations_nothing_is_subtracted():
    """The sections between weights and populations contain no minus sign and no negative number."""
    sections = [section for qubits in QUBITS for section in symqb.xxz_chain(qubits).program.sections]
    for section in sections:
        if section.name in ("rates", "totals", "elimination", "populations"):
            for step in section.steps:
                expr = step.value if isinstance(step.value, sp.Expr) else sp.Tuple(*step.value.arguments)
                powers = {power.exp for power in expr.atoms(sp.Pow)}
                assert powers <= {sp.S.NegativeOne}
                assert not any(number.is_negative for number in expr.atoms(sp.Number) - {sp.S.NegativeOne})
                assert not any(term.could_extract_minus_sign() for term in expr.atoms(sp.Mul))


def test_the_default_reference_temperature_of_a_module_alone_is_T_R():
    """As at the front door."""
    module = import_module("generated.xxz2_numpy")
    point = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "epsilon": 1.0, "T_L": 30.0, "T_R": 10.0}
    assert module.evaluate(**point)["exergy"] == module.evaluate(**point, T_eq=10.0)["exergy"]


def test_the_lengths_with_evaluators_are_those_with_labels():
    """One list for the front door, which must not import SymPy, and one for the labels; they agree."""
    assert tuple(PAPER_LABELS) == QUBITS


def single_qubit():
    omega = real("omega_0")
    baths = [symqb.Bath("h", SIGMA_X), symqb.Bath("c", [SIGMA_X])]
    return symqb.Model(omega * SIGMA_Z / 2, baths, symmetries=[SIGMA_Z], basis=("1", "0"), name="qubit")


BAD_MODELS = {
    "two baths of one name": (lambda: symqb.Model(SIGMA_Z, [symqb.Bath("h", SIGMA_X)] * 2), "all different"),
    "no bath": (lambda: symqb.Model(SIGMA_Z, []), "one or more"),
    "a name with a space": (lambda: symqb.Bath("hot bath", SIGMA_X), "can stand in an identifier"),
    "no coupling": (lambda: symqb.Bath("h", sp.zeros(2)), "couples to nothing"),
    "a number as temperature": (lambda: symqb.Bath("h", SIGMA_X, temperature=2), "SymPy symbols"),
    "not square": (lambda: symqb.Model(sp.ones(2, 3), [symqb.Bath("h", SIGMA_X)]), "square matrix"),
    "coupling to 1": (lambda: symqb.Model(SIGMA_Z, [symqb.Bath("h", sp.eye(2))]).transitions, "couples to nothing"),
    "another function": (
        lambda: symqb.Model(sp.cos(real("w")) * SIGMA_Z, [symqb.Bath("h", SIGMA_X)]).program,
        "not allowed",
    ),
}


@pytest.mark.parametrize("name", BAD_MODELS)
def test_bad_models_are_refused_by_name(name):
    """What a user may get wrong about a model is said in words; the qubit below is a good one."""
    make, message = BAD_MODELS[name]
    with pytest.raises(InvalidModel, match=message):
        make()
    assert single_qubit().program


@pytest.mark.parametrize("name", ["p_1", "norm", "lambda", "2g", "T_eq", "ar"])
def test_parameters_that_clash_with_generated_names_are_refused(name):
    """A user's symbol called like a step would silently shadow it; omega_0 in its place works."""
    model = symqb.Model(real(name) * SIGMA_Z / 2, [symqb.Bath("h", [SIGMA_X])])
    with pytest.raises(InvalidModel, match=f"parameter {name}: allowed is a Python identifier"):
        _ = model.program
    assert single_qubit().program


def test_the_pipeline_serves_another_model():
    """A qubit between two baths: p_2/p_1 is the ratio of total rates, through the same calls, in both back ends."""
    model = single_qubit()
    (t,) = model.transitions
    assert model.steady_state.trees == (t.E, t.A)
    point = {"omega_0": 1.5, "T_h": 2.0, "T_c": 0.5, "kappa_h": 1.0, "kappa_c": 3.0}

    def n(T):
        return 1 / np.expm1(1.5 / T)

    ratio = (n(2.0) + 3 * n(0.5)) / (n(2.0) + 1 + 3 * (n(0.5) + 1))
    for backend in ("numpy", "mpmath"):
        p = symqb.evaluator(model, backend)(**point).populations
        assert float(p[1] / p[0]) == pytest.approx(ratio, rel=1e-14)
    r = symqb.evaluator(model)(**point)
    assert r.heat_current_h == pytest.approx(-r.heat_current_c, rel=1e-13)
    assert r.heat_current_h > 0
    assert r"\omega_{21}" in model.steady_state.latex() or r"E_{21}" in model.steady_state.latex()

"""Models of the user's: closed form, evaluators and LaTeX against the full GKSL superoperator of the same matrices."""

import re
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from backends import EVERY
from mpmath import mp, mpf
from user_models import CASES, DM, Case, X, Y, Z, bath, half, hop, on, reference, wc

import symqb
from symqb.baths import power_law
from symqb.checks import CHECKS
from symqb.document import parts
from symqb.errors import AllBathsAtZero, DegenerateLevels, InvalidModel, NotUnique, ZeroFrequency
from symqb.formats import FORMATS, document, render
from symqb.symbols import positive, real

EVALUATORS = {name: symqb.evaluator(case.model) for name, case in CASES.items()}
EXACT = {name: symqb.evaluator(case.model, "mpmath") for name, case in CASES.items()}


@pytest.mark.parametrize("name", CASES)
def test_populations_and_currents_are_those_of_the_full_generator(name):
    """At hot points, signs of frequencies mixed: float64 to 1e-13 of each population, mpmath to 25 digits of 30."""
    case = CASES[name]
    for point in case.points(2):
        with mp.workdps(30):
            expected = reference(case, point)
            assert expected.coherence < mpf(10) ** -20
            exact = EXACT[name](**point)
            places = sorted(range(len(expected.energies)), key=exact.energies.__getitem__)
            for place, E, p in zip(places, expected.energies, expected.populations, strict=True):
                assert abs(exact.energies[place] - E) < mpf(10) ** -25
                assert abs(exact.populations[place] / p - 1) < mpf(10) ** -25
            result = EVALUATORS[name](**point)
            found = result.populations[places]
            np.testing.assert_allclose(found, np.array(expected.populations, dtype=float), rtol=1e-13)
            for b in case.model.baths:
                flow = expected.heat_current(b.name)
                assert abs(exact.as_dict()[f"heat_current_{b.name}"] - flow) < mpf(10) ** -22
                assert result.as_dict()[f"heat_current_{b.name}"] == pytest.approx(float(flow), abs=1e-13)


@pytest.mark.parametrize("name", CASES)
def test_float64_keeps_small_populations(name):
    """Cold points, one bath in three at T = 0: float64 agrees with 60 digits at the same floats, above 1e-200.

    What is rounded before it is divided by T (products of parameters, sqrt(2), 1/3) costs its share of omega/T.
    """
    rounded = {"rational and irrational", "products of parameters", "positive symbols", "eigenpairs"}
    for point in CASES[name].points(6, cold=True):
        result = EVALUATORS[name](**point)
        with mp.workdps(60):
            exact = EXACT[name](**point).populations
        for p, e in zip(result.populations, exact, strict=True):
            if e > 1e-200:
                assert abs(float(mpf(p) / e - 1)) < (1e-12 if name in rounded else 5e-14), point
            else:
                assert p < 1e-190


def long_density(omega, a, b):
    """A product of a sum of so many terms that no line of 100 characters holds it."""
    terms = [1 / (a + k * b + omega**2) for k in range(1, 9)]
    return omega * sum(terms, start=a + b) / 7


@pytest.mark.parametrize("backend", EVERY)
def test_what_is_too_long_for_a_line_has_the_same_value(backend):
    """A weight that is a quotient of a long sum, and a density that is a product with one: not their parts' sum."""
    a, b, c, d, v = map(positive, "abcdv")
    case = Case(
        symqb.Model(v * Z / 2, [
            symqb.Bath("hot", X, density=lambda omega: long_density(omega, a, b)),
            symqb.Bath("cold", (a + b + sp.sqrt(c) + 1 / d + sp.Rational(2, 7)) * X),
        ]),
        {"hot": lambda omega, point: long_density(omega, mpf(point["a"]), mpf(point["b"]))},
    )  # fmt: skip
    (point,) = case.points(1)
    with mp.workdps(30):
        expected = sorted(map(float, reference(case, point).populations))
    found = symqb.evaluator(case.model, backend)(**point).populations
    assert sorted(map(float, found)) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("temperature", [0.05, 0.7, 30.0])
@pytest.mark.parametrize("exponent", [half, 1, 5 * half])
def test_one_bath_gives_gibbs_whatever_its_density(exponent, temperature):
    """p_i/p_j = e^-(E_i - E_j)/T for every density and a coupling with complex entries."""
    model = symqb.Model(DM, [bath("h", on(0, X) + on(1, Y), on(1, X), density=power_law(exponent, wc))])
    point = {"h1": 0.9, "h2": -0.4, "D": 0.3, "J": -0.7, "wc": 1.3, "T_h": temperature}
    result = symqb.evaluator(model)(**point)
    with mp.workdps(40):
        factors = [mp.exp(-mpf(float(E - result.energies.min())) / temperature) for E in result.energies]
    expected = np.array([float(f / sum(factors)) for f in factors])
    np.testing.assert_allclose(result.populations, expected, rtol=1e-13 + 1e-15 / temperature)
    assert result.heat_current_h == pytest.approx(0, abs=1e-14)


@pytest.mark.parametrize("size", [1e-8, 1e8])
def test_populations_depend_on_ratios_of_energies_only(size):
    """With Ohmic baths, all energies and temperatures times one factor change nothing; strengths do not either."""
    name = "Dzyaloshinskii-Moriya"
    (point,) = CASES[name].points(1)
    scaled = {key: value * size for key, value in point.items()}
    expected = EVALUATORS[name](**point).populations
    np.testing.assert_allclose(EVALUATORS[name](**scaled).populations, expected, rtol=1e-14)
    stronger = point | {key: point[key] * size for key in ("kappa_hot", "kappa_cold")}
    np.testing.assert_allclose(EVALUATORS[name](**stronger).populations, expected, rtol=1e-14)


def test_a_vanishing_coupling_in_a_block_is_a_limit():
    """g -> 0 in the 2x2 block: the same populations at g = 0, 1e-12 and 1e-5 up to g^2."""
    (point,) = CASES["two fields"].points(1)
    with mp.workdps(30):
        expected = reference(CASES["two fields"], point | {"g": 0.0})
    for g, tolerance in ((0.0, 1e-15), (1e-12, 1e-15), (1e-5, 1e-8)):
        result = EVALUATORS["two fields"](**point | {"g": g})
        found = result.populations[np.argsort(result.energies)]
        np.testing.assert_allclose(found, np.array(expected.populations, dtype=float), atol=tolerance)


def test_an_ohmic_bath_crosses_zero_frequency_smoothly():
    """Levels of a maser that cross: omega = 0 is evaluated, and lies between its neighbours."""
    (point,) = CASES["maser"].points(1)
    p = EVALUATORS["maser"](**point | {"e2": point["e1"] + np.array([-1e-9, 0.0, 1e-9])}).populations
    np.testing.assert_allclose(p[1], (p[0] + p[2]) / 2, rtol=1e-13)
    with mp.workdps(30):
        expected = reference(CASES["maser"], point | {"e2": point["e1"]})
    assert sorted(p[1]) == pytest.approx(sorted(map(float, expected.populations)), abs=1e-14)


#: What takes seconds and has its ingredients in other cases.
SLOW = {"several couplings", "one temperature", "two qubits, dephasing", "products of parameters", "positive symbols"}


@pytest.mark.parametrize("name", sorted(CASES.keys() - SLOW))
def test_every_check_holds(name):
    """The identities of symqb.checks, exactly."""
    assert {claim: check(CASES[name].model) for claim, check in CHECKS.items()} == dict.fromkeys(CHECKS, True)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written(case, form):
    """Not empty, no repr of an unprinted object."""
    text = render(case.model, form)
    assert len(text) > 500
    assert not re.search(r"<\w+ object|Not supported", text)


@pytest.mark.parametrize("name", CASES)
def test_exported_python_gives_the_evaluators_populations(name):
    """Executed with nothing but math."""
    (point,) = CASES[name].points(1)
    names = {**point, "T_eq": 1.0}
    exec(compile(render(CASES[name].model, "python"), "exported", "exec"), names)
    expected = EVALUATORS[name](**point)
    found = [names[f"p_{i}"] for i in range(1, len(expected.populations) + 1)]
    np.testing.assert_allclose(found, expected.populations, rtol=1e-11)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_the_documents_of_all_models_compile(tmp_path):
    """All in one document: no warning, no overfull box."""
    (tmp_path / "x.tex").write_text(document("All", [part for case in CASES.values() for part in parts(case.model)]))
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "x.tex"]
    for _ in range(2):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:]
    log = (tmp_path / "x.log").read_text()
    found = re.search(r"Warning|Overfull|Underfull|^!|Missing|Undefined", log, re.MULTILINE)
    assert found is None, found
    assert all(case.model.steady_state.latex().startswith(r"\begin{align*}") for case in CASES.values())


@pytest.mark.parametrize("name", ["Dzyaloshinskii-Moriya", "maser, coherent", "several couplings", "ladder"])
def test_dynamics_end_in_the_steady_state(name):
    """charge and evolve agree with the evaluator; the diagnosis says unique."""
    case = CASES[name]
    (point,) = case.points(1)
    result = EVALUATORS[name](**point)
    size = len(result.populations)
    assert symqb.diagnose(case.model, **point).unique
    curve = symqb.charge(case.model, [0.0, 1e4], **point)
    np.testing.assert_allclose(curve.populations[-1], result.populations, atol=1e-12)
    rho = symqb.evolve(case.model, np.eye(size) / size, 1e4, **point)
    H = np.array(sp.N(case.model.hamiltonian.subs({s: point[s.name] for s in case.model.parameters})), dtype=complex)
    _, vectors = np.linalg.eigh(H)
    expected = result.populations[np.argsort(result.energies)]
    np.testing.assert_allclose(np.einsum("ia,ij,ja->a", vectors.conj(), rho, vectors).real, expected, atol=1e-11)


w = real("w")
QUBIT = symqb.Model(w * Z / 2, [bath("h", X, density=power_law(half, wc))])
REFUSED = {
    "harmful degeneracy": (lambda: EVALUATORS["V"](e1=1, e2=1, c=1, T_hot=1, T_cold=2), DegenerateLevels),
    "a conserved parity": (lambda: EVALUATORS["XYZ"](Jx=1, Jy=0.5, Jz=0.2, h=0, T_hot=1, T_cold=2), NotUnique),
    "a coupling switched off": (
        lambda: EVALUATORS["products of parameters"](h1=1, h2=1, g=0, T_hot=1, T_cold=2), NotUnique),
    "sub-Ohmic at omega = 0": (lambda: symqb.evaluator(QUBIT)(w=0, wc=1, T_h=1), ZeroFrequency),
    "one temperature symbol at 0": (
        lambda: symqb.evaluator(symqb.Model(w * Z / 2, [bath("h", X)]))(w=1, T_h=0), AllBathsAtZero),
    "one qubit without a bath": (
        lambda: symqb.Model(sp.diag(0, 1, 3, 4), [bath("h", on(0, X))]).steady_state, NotUnique),
    "a 3x3 block": (lambda: symqb.Model(w * hop(3, (0, 1), (1, 2)), [bath("h", hop(3, (0, 1)))]).levels, InvalidModel),
    "complex symbols": (lambda: symqb.Model(sp.Symbol("a") * Z, [bath("h", X)]).levels, InvalidModel),
    "pure dephasing": (lambda: symqb.Model(w * Z, [bath("h", Z)]).steady_state, NotUnique),
    "a number that no arithmetic has": (lambda: symqb.Model(sp.pi * w * Z, [bath("h", X)]).program, InvalidModel),
    "a bath called 1": (lambda: bath("1", X), InvalidModel),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_bad_models_and_points_are_refused_by_name(name):
    """Each with its own exception; the neighbours are the cases above."""
    make, error = REFUSED[name]
    with pytest.raises(error):
        make()


@pytest.mark.parametrize("name", ["E", "I", "S", "N", "Q", "O", "pi", "alpha", "w_2_1", "beta", "omega", "np", "x"])
def test_any_other_name_will_do_for_a_parameter(name):
    """Names that mean something to SymPy, to Python or to the printer give the same populations."""
    s, g = real(name), real("g")
    case = Case(symqb.Model(s * Z / 2 + g * X, [bath("norm", X)]))
    point = {name: 0.8, "g": 0.3, "T_norm": 0.9, "kappa_norm": 1.0}
    p = symqb.evaluator(case.model)(**point).populations
    assert p[1] / p[0] == pytest.approx(np.exp(-np.hypot(0.8, 0.6) / 0.9), rel=1e-14)
    names = {**point, "T_eq": 1.0}
    exec(compile(render(case.model, "python"), "exported", "exec"), names)
    assert names["p_2"] == pytest.approx(p[1], rel=1e-14)
    assert all(render(case.model, form) for form in FORMATS)


def test_the_eta_form_of_any_model_is_closed():
    """Every symbol in it is a rate, an eta, or a ratio that stands on the left; ratios are those of the elimination."""
    for case in CASES.values():
        form = case.model.steady_state.eta_form
        formulas = list(form.formulas())
        known = set(case.model.steady_state.rates.values())
        for formula in formulas:
            if len(form.order) <= 4:
                left = {formula.left} | {f.left for f in formulas}
                assert formula.right.subs({x: 1 for x in left if not x.is_Symbol}).free_symbols <= known, formula
            known |= formula.left.free_symbols


def test_bare_states_name_the_empty_level_and_strings_of_qubits_do_not():
    """|00> of a chain with a conserved magnetisation is a level; of the XYZ chain it is none."""
    case = CASES["Dzyaloshinskii-Moriya"]
    model = replace(case.model, basis=["11", "10", "01", "00"], empty="00")
    (place,) = (i for i, x in enumerate(model.levels) if x.direction[3] != 0 and not any(x.direction[:3]))
    assert model.energetics.empty is model.levels[place]
    with pytest.raises(InvalidModel, match=r"empty = 00: allowed are psi_1, .*, and states of the basis"):
        _ = replace(CASES["XYZ"].model, basis=["11", "10", "01", "00"], empty="00").energetics
    assert "|00>" in model.render("text", ["levels"])


def test_a_bath_that_only_dephases_changes_no_population():
    """sz on a qubit: Gibbs populations of the other bath, no heat, but coherences decay faster by kappa T."""
    baths = [bath("L", X), symqb.Bath("D", Z)]
    with_it, without = symqb.Model(w * Z / 2, baths), symqb.Model(w * Z / 2, baths[:1])
    point = {"w": 1.0, "T_L": 0.7}
    r = symqb.evaluator(with_it)(**point, T_D=2.0)
    assert r.populations.tolist() == symqb.evaluator(without)(**point).populations.tolist()
    assert r.heat_current_D == 0
    fast, slow = symqb.coherence_rates(with_it, **point, T_D=2.0), symqb.coherence_rates(without, **point)
    assert fast[0].rates[0] - slow[0].rates[0] == pytest.approx(2 * 2.0)
    with pytest.raises(InvalidModel, match="multiples of 1"):
        _ = symqb.Model(w * Z / 2, [bath("L", X), symqb.Bath("D", sp.eye(2))]).transitions


def test_floats_in_a_model_are_the_decimals_shown():
    """0.3 becomes 3/10, exactly."""
    assert symqb.Model(0.3 * w * Z, [bath("L", 0.5 * X)]).levels[0].energy in (3 * w / 10, -3 * w / 10)

"""The C files: as exact as promised, doubtful where they must be, and what a C compiler accepts without a word."""

import os
import random
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from strategies import cold_weak_points, random_points
from user_models import CASES

import symqb
from symqb.codegen import kernel_c
from symqb.codegen.c_printer import c_file, columns
from symqb.codegen.kernel_c import c_kernel
from symqb.errors import NoCompiler

pytestmark = pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")

GENERATED = Path(__file__).parents[1] / "generated"
FILES = sorted(GENERATED.glob("xxz*.c"))
STRICT = ("-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O3", "-ffp-contract=off")
LIMIT = {2: 8, 3: 16}  # ulp
BOTH = pytest.mark.parametrize("qubits", [2, 3])
SMALLEST = mpf("1e-250")


@cache
def model(qubits):
    return symqb.xxz_chain(qubits)


TEXTS = {}


def text(program):
    digest = program.digest()
    if digest not in TEXTS:
        TEXTS[digest] = c_file(program)
    return TEXTS[digest]


def run(program, given, wanted=None):
    """Columns by name at points (a list of dicts) or at arrays (a dict), "doubt" among them; T_eq is the last T."""
    values = given
    if isinstance(given, list):
        values = {name: np.array([p[name] for p in given]) for name in program.parameters}
    reference = [name for name, role in program.parameters.items() if role == "temperature"][-1]
    arrays = np.broadcast_arrays(*(np.asarray(values[name], dtype=float) for name in program.parameters))
    inputs = [*arrays, arrays[list(program.parameters).index(reference)]]
    names = columns(program) if wanted is None else wanted
    found = {name: np.full(len(inputs[0]), np.nan) for name in names}
    kernel = c_kernel(text(program), columns(program), names)
    status = kernel(inputs, list(found.values()))
    assert status == np.count_nonzero(found["doubt"]) if "doubt" in found else True
    return found


def regimes(seed):
    """Points by regime: hot and cold, one bath at T = 0, temperatures and levels that nearly meet, weak field."""
    rng = random.Random(seed)
    base = random_points(120, seed)
    warm = [point for point in base if point["T_L"]]
    return {
        "any": base,
        "cold": [p | {"T_L": 10 ** rng.uniform(-3, -1), "T_R": 10 ** rng.uniform(-3, 1)} for p in base],
        "T_R = 0": [p | {"T_R": 0.0} for p in warm],
        "near equilibrium": [p | {"T_R": p["T_L"] * (1 + 1e-9 * rng.random())} for p in warm],
        "omega near 0": [p | {"B0": p["J"] + p["Delta"] + 1e-9 * rng.random()} for p in base],
        "weak field": [p | {"B0": rng.uniform(1e-4, 0.3) * (abs(p["J"]) + abs(p["Delta"]))} for p in base],
        "cold, weak field": cold_weak_points(120, seed),
    }


def exact(qubits, point):
    with mp.workdps(60):
        return symqb.evaluator(qubits, "mpmath", outputs=["populations", "stored_energy", "ergotropy"])(**point)


def worst_ulp(qubits, chosen):
    """Largest error in ulp of populations above SMALLEST, after the other promises have been checked."""
    found, worst = run(model(qubits).program, chosen), 0.0
    assert not found["doubt"].any()
    for i, point in enumerate(chosen):
        p, expected = [found[f"p_{k}"][i] for k in range(1, 2**qubits + 1)], exact(qubits, point)
        assert min(p) >= 0
        assert abs(sum(p) - 1) <= 4 * np.spacing(0.5)
        energy = sum(abs(point[name]) for name in ("B0", "J", "Delta"))
        assert abs(found["stored_energy"][i] - float(expected.stored_energy)) < 2e-15 * energy
        assert abs(found["ergotropy"][i] - float(expected.ergotropy)) < 1e-15 * energy
        assert found["ergotropy"][i] == 0 or expected.ergotropy > 0
        for a, b in zip(p, expected.populations, strict=True):
            if b > SMALLEST:
                worst = max(worst, float(abs(mpf(float(a)) - b)) / float(np.spacing(float(b))))
            else:
                assert a < 2e-250
    return worst


@BOTH
@pytest.mark.parametrize("regime", regimes(0))
def test_populations_are_right_to_a_few_ulp(qubits, regime):
    """At most 8 ulp for two qubits and 16 for three, never negative, sum 1; ergotropy 0 at passive states."""
    assert worst_ulp(qubits, regimes(5)[regime]) <= LIMIT[qubits]


@BOTH
def test_without_fma_and_wide_vectors_it_is_as_exact(qubits, monkeypatch, tmp_path):
    """Dekker's products take the place of fma in a build for any processor of the kind."""
    monkeypatch.setattr(kernel_c, "FLAGS", tuple(flag for flag in kernel_c.FLAGS if flag != "-march=native"))
    monkeypatch.setattr(kernel_c, "WIDEST", ())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kernel_c.library.cache_clear()
    try:
        assert worst_ulp(qubits, regimes(6)["any"]) <= LIMIT[qubits]
    finally:
        kernel_c.library.cache_clear()


@BOTH
def test_most_points_need_no_second_look(qubits):
    """Care is for a few: where both baths are warm none needs it."""
    program, warm = model(qubits).program, [p for p in random_points(600, 7) if min(p["T_L"], p["T_R"]) > 0.3]
    assert len(warm) > 100
    careless = text(program).replace("reconsider(x, y, count, &kept)", "doubts")  # returns how many are doubtful
    cold = [p | {"T_L": 3.0, "T_R": 0.0, "epsilon": 0.5} for p in warm]
    for chosen, share in ((warm, 0.0), (cold, 0.01)):
        inputs = [np.array([p[name] for p in chosen]) for name in (*program.parameters, "T_R")]
        doubtful = c_kernel(careless, columns(program), [])(inputs, [])
        assert doubtful <= share * len(chosen)


@BOTH
def test_a_nan_that_slips_in_is_doubtful(qubits):
    """Every comparison is written so that NaN fails it."""
    good = random_points(1, 1)[0] | {"T_L": 3.0, "T_R": 1.0}
    assert run(model(qubits).program, [good])["doubt"][0] == 0
    for name in model(qubits).program.parameters:
        assert run(model(qubits).program, [good | {name: float("nan")}])["doubt"][0] == 1, name


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 300])
def test_a_point_does_not_depend_on_its_neighbours(count):
    """Any length, arrays and broadcast scalars: bit for bit what single points give."""
    program, chosen = model(2).program, random_points(count, 2)
    found = run(program, {name: np.array([p[name] for p in chosen]) for name in program.parameters})
    for i in {0, count // 2, count - 1} if count else ():
        alone = run(program, chosen[i : i + 1])
        assert all(np.array_equal(found[name][i], alone[name][0], equal_nan=True) for name in found)
    scalars = {"T_L": 3.0, "T_R": 1.0, "kappa_L": 2.0}
    mixed = {name: np.array([p[name] for p in chosen]) for name in program.parameters} | scalars
    whole = {name: np.full(count, value) for name, value in scalars.items()}
    one, other = run(program, mixed), run(program, mixed | whole)
    assert all(np.array_equal(one[name], other[name], equal_nan=True) for name in one)


@settings(deadline=None, max_examples=20)
@drawn(st.data())
def test_any_subset_of_results_is_the_same_numbers(data):
    """What else is wanted changes nothing, and what is not wanted is not written."""
    program = model(2).program
    wanted = tuple(data.draw(st.lists(st.sampled_from(columns(program)), unique=True)))
    chosen = random_points(20, 3)
    whole, some = run(program, chosen), run(program, chosen, wanted)
    assert all(np.array_equal(whole[name], some[name], equal_nan=True) for name in wanted)


@pytest.mark.parametrize("name", CASES)
def test_models_of_the_users_agree_with_numpy(name):
    """Every output at every point, with power laws, several couplings, roots and parameters in them."""
    program = CASES[name].model.program
    given = CASES[name].points(40) + CASES[name].points(20, cold=True)
    found, evaluate = run(program, given), symqb.evaluator(CASES[name].model)
    assert not found["doubt"].any()
    for i in range(len(given)):
        expected = evaluate(**given[i]).as_dict()
        scale = max(1.0, *map(abs, expected["energies"]))
        for output, symbols in program.outputs.items():
            values = [found[symbol.name][i] for symbol in symbols]
            unit = 1.0 if output in ("populations", "entropy_production") else scale
            np.testing.assert_allclose(values, np.ravel(expected[output]), rtol=1e-9, atol=1e-12 * unit, err_msg=output)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("native", [(), ("-march=native",)], ids=["portable", "native"])
def test_generated_files_compile_without_a_warning(path, native, tmp_path):
    """As C99, strictly."""
    subprocess.run(["cc", *STRICT, *native, "-c", str(path), "-o", str(tmp_path / "made.o")], check=True)


@pytest.mark.parametrize("name", CASES)
def test_files_of_user_models_compile_without_a_warning(name, tmp_path):
    """The printer knows no model."""
    source = tmp_path / "model.c"
    source.write_text(text(CASES[name].model.program))
    subprocess.run(["cc", *STRICT, "-O1", "-c", str(source), "-o", str(tmp_path / "made.o")], check=True)


@pytest.mark.parametrize(
    ("name", "frequency"),
    [("model", "w"), ("add", "w"), *(("model", x) for x in ("rate_invalid", "out_doubt", "at_T_h"))],
)
def test_a_model_with_one_bath_compiles_without_a_warning(name, frequency, tmp_path):
    """One current only, whatever names the user has: add_rates is a static function, the last ones are places."""
    coupling, source = sp.Matrix([[0, 1], [1, 0]]), tmp_path / "model.c"
    model = symqb.Model(sp.diag(0, sp.Symbol(frequency, real=True)), [symqb.Bath("h", coupling)], name=name)
    source.write_text(c_file(model.program))
    subprocess.run(["cc", *STRICT, "-O1", "-c", str(source), "-o", str(tmp_path / "made.o")], check=True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_example_in_the_header_prints_what_python_gives(path, tmp_path):
    """Copied out of the comment, compiled as it says, run."""
    header = path.read_text().partition("*/")[0]
    example = re.search(r"^    #include.*?^    }$", header, re.S | re.M)[0]
    point = [float(x) for x in re.search(r"point\[\] = {(.*?)}", example)[1].split(",")]
    (tmp_path / "main.c").write_text(re.sub("^    ", "", example, flags=re.M) + "\n")
    command = ["cc", *STRICT, str(tmp_path / "main.c"), str(path), "-o", str(tmp_path / "example"), "-lm"]
    subprocess.run(command, check=True)
    printed = subprocess.run([tmp_path / "example"], check=True, capture_output=True, text=True).stdout.split()
    evaluate = symqb.evaluator(int(path.stem[3]), collective="independent" not in path.stem)
    expected = evaluate(**dict(zip(evaluate.parameters, point, strict=False)))
    np.testing.assert_allclose([float(x) for x in printed], [*expected.populations, expected.ergotropy], rtol=1e-14)


def test_a_compiler_that_is_missing_or_fails_is_an_error_by_name(monkeypatch, tmp_path):
    """The message says what was tried; nothing half-made is left in the cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kernel_c.library.cache_clear()
    for command, reason in (("no-such-compiler", "no-such-compiler"), ("false", "no message")):
        monkeypatch.setenv("CC", command)
        with pytest.raises(NoCompiler, match=reason):
            c_kernel(text(model(2).program), columns(model(2).program), ("p_1",))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_library_is_compiled_once(monkeypatch, tmp_path):
    """Second time from the cache, in which it appears whole, for its user alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kernel_c.library.cache_clear()
    path = kernel_c.library(text(model(2).program))
    made = path.stat().st_mtime_ns
    kernel_c.library.cache_clear()
    assert kernel_c.library(text(model(2).program)) == path
    assert path.stat().st_mtime_ns == made
    assert os.listdir(path.parent) == [path.name]
    assert path.parent.stat().st_mode & 0o077 == 0

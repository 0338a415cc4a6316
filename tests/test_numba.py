"""Kernels of the Numba back end: right to the last digits, the same on every path, and honest about what they miss."""

import ctypes
import os
import random
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from mpmath import mp, mpf
from strategies import cold_weak_points, points, random_points
from user_models import CASES

import symqb
from symqb.codegen.python_printer import python_module
from symqb.errors import MissingPackage
from symqb.kernels import load
from symqb.xxz import xxz_chain

pytest.importorskip("numba", reason="the back end under test is compiled by Numba, which is not installed")

BOTH = pytest.mark.parametrize("qubits", [2, 3])
ULP = {2: 8, 3: 16}
SMALLEST = mpf("1e-250")
MERIT = ("stored_energy", "ergotropy")
MANY = 20000  # enough for two threads


def module(qubits, kind=""):
    return import_module(f"generated.xxz{qubits}{kind}_numba")


def steps(made, *outputs):
    """The names of the steps that hold these outputs, all by default."""
    return tuple(name for output in outputs or made.OUTPUTS for name in made.OUTPUTS[output])


def call(made, names, columns, parallel=False):
    """(status, one row a name) at arrays of one length by name."""
    inputs = [columns[name] for name in made.arguments(names)]
    found = np.full((len(names), len(inputs[0])), np.nan)
    return made.kernel(names, parallel)(inputs, list(found)), found


def at(made, names, point):
    """The same at one point."""
    status, found = call(made, names, {"T_eq": np.array([point["T_R"]])} | {k: np.array([v]) for k, v in point.items()})
    return status, found[:, 0]


def table(made, size, seed=1):
    """Columns of ordinary points: every total rate is positive."""
    rng = np.random.default_rng(seed)
    ranges = {"real": (0.1, 1.5), "positive": (0.4, 2), "strength": (0.1, 3), "temperature": (0.3, 5)}
    columns = {name: rng.uniform(*ranges[role], size) for name, role in made.PARAMETERS.items()}
    return columns | {"T_eq": rng.uniform(0.3, 5, size)}


@BOTH
def test_one_bath_at_zero_is_an_ordinary_point_at_full_asymmetry(qubits):
    """Transitions that a cold bath alone drives, so that none goes up, are no reason for another, slower path."""
    made = module(qubits)
    names = steps(made, "populations", "ergotropy")
    columns = table(made, MANY) | {"epsilon": np.ones(MANY), "B0": np.full(MANY, 6.0)}
    for cold in ("T_L", "T_R"):
        assert call(made, names, columns | {cold: np.zeros(MANY)})[0] == 0


def changed(seed, **changes):
    """Random points, each with some parameters drawn anew: a number, or (lowest, highest) exponent of ten."""
    rng = random.Random(seed)
    return [
        point | {name: 10 ** rng.uniform(*new) if isinstance(new, tuple) else new for name, new in changes.items()}
        for point in random_points(60, seed)
    ]


def near_zero_frequency():
    """B0 at J + Delta, and a few units in the last place beside."""
    return [
        point | {"B0": abs(point["J"] + point["Delta"]) * (1 + (k % 5 - 2) * 2.0**-52)}
        for k, point in enumerate(changed(3, T_L=(-3, 2), T_R=(-3, 2)))
    ]


REGIMES = {
    "spread": random_points(150, 1),
    "hot": changed(2, T_L=(2, 8), T_R=(2, 8)),
    "one bath at T = 0": changed(4, T_R=0.0, T_L=(-2, 2), epsilon=0.3),
    "cold": changed(5, T_L=(-3, -1), T_R=(-3, -1)),
    "near-equal temperatures": [point | {"T_L": 1.3, "T_R": 1.3 * (1 + 2.0**-52)} for point in random_points(60, 6)],
    "near-zero frequency": near_zero_frequency(),
    "cold, in a weak field": cold_weak_points(80, 4),
}


@BOTH
@pytest.mark.parametrize("regime", REGIMES)
def test_populations_are_right_to_the_last_digits(regime, qubits):
    """8 ulp for two qubits and 16 for three, down to 1e-250, sum 1 within 4 ulp: unless the status says otherwise."""
    made, names = module(qubits), steps(module(qubits), "populations")
    exact, good = symqb.evaluator(qubits, "mpmath", outputs=["populations"]), 0
    for point in REGIMES[regime]:
        status, found = at(made, names, point)
        good += status == 0
        if status == 0:
            with mp.workdps(50):
                expected = exact(**point).populations
            assert np.all(found >= 0)
            assert abs(found.sum() - 1) <= 4 * 2.0**-52
            for p, e in zip(found, expected, strict=True):
                limit = ULP[qubits] * mpf(float(np.spacing(float(e)))) if e > SMALLEST else SMALLEST
                assert abs(mpf(float(p)) - e) <= limit, point
    assert good > len(REGIMES[regime]) / 3


@BOTH
@settings(max_examples=60, deadline=None)
@given(point=points())
def test_whatever_the_point_the_status_is_raised_or_everything_agrees(qubits, point):
    """All outputs against the NumPy evaluator: to 1e-11 of the scale of their terms, no NaN, no negative population."""
    made = module(qubits)
    values = {name: float(value) for name, value in point.items()}
    status, found = at(made, steps(made), values)
    if status:
        return
    expected = symqb.evaluator(qubits)(**values).as_dict()
    energy = sum(abs(values[name]) for name in ("B0", "J", "Delta", "T_L", "T_R"))
    rate = (values["kappa_L"] + values["kappa_R"]) * 9 * energy
    place = 0
    for output, names in made.OUTPUTS.items():
        row, place = found[place : place + len(names)], place + len(names)
        np.testing.assert_allclose(row, np.ravel(expected[output]), rtol=1e-9, atol=1e-12 * (1 + energy) * (1 + rate))
    assert np.all(found[len(made.LEVELS) : 2 * len(made.LEVELS)] >= 0)


REFUSED = {
    "degenerate levels": {"J": 0.0, "epsilon": 1.0},
    "degenerate to rounding": {"B0": 1.0, "J": 1e-17, "Delta": 0.0},
    "rates that underflow": {"B0": 1e-4, "J": 0.2, "Delta": -1.0, "T_L": 1e-3, "T_R": 1e-3},
    "no number": {"B0": float("nan")},
}
GOOD = {"B0": 3.0, "J": 1.0, "Delta": 0.5, "epsilon": 0.5, "T_L": 2.0, "T_R": 0.5, "kappa_L": 1.0, "kappa_R": 2.0}


@BOTH
@pytest.mark.parametrize("reason", REFUSED)
def test_the_status_says_when_a_point_needs_care(reason, qubits):
    """One such point among many, at any place, raises it; the good ones around it do not."""
    made = module(qubits)
    names = steps(made, "populations")
    for size, place in ((1, 0), (65, 64), (2000, 1001)):
        columns = {name: np.full(size, value) for name, value in GOOD.items()}
        assert call(made, names, columns)[0] == 0
        for name, value in REFUSED[reason].items():
            columns[name][place] = value
        assert call(made, names, columns)[0] != 0


@BOTH
def test_a_bath_at_zero_temperature_stays_on_the_fast_path(qubits):
    """T_R = 0 beside T_L > 0, every total rate positive: status 0, as in the paper's figures."""
    made = module(qubits)
    status, found = at(made, steps(made, "populations", *MERIT), GOOD | {"T_R": 0.0})
    assert status == 0
    expected = symqb.evaluator(qubits)(**GOOD | {"T_R": 0.0})
    np.testing.assert_allclose(found[-1], expected.ergotropy, rtol=1e-13)


def test_a_passive_state_has_no_ergotropy_at_all():
    """epsilon = 0 in a strong field: exactly 0, not rounding noise."""
    made = module(2)
    columns = table(made, 300) | {"B0": np.full(300, 4.0), "epsilon": np.zeros(300)}
    status, found = call(made, ("ergotropy",), columns)
    assert status == 0
    assert not found.any()


@BOTH
@pytest.mark.parametrize("size", [0, 1, 2, 7, 8, 9, 63, 64, 65, 511, 512, 513, 1001])
def test_every_length_and_every_stride_gives_the_same_bits(size, qubits):
    """A point's numbers do not depend on its neighbours, on the length, or on whether a parameter is one number."""
    made = module(qubits)
    names = steps(made, "populations", *MERIT)
    columns = table(made, 1001)
    whole = call(made, names, columns)[1][:, :size]
    assert np.array_equal(call(made, names, {name: column[:size] for name, column in columns.items()})[1], whole)
    one = {name: np.broadcast_to(column[:1], size) for name, column in columns.items()} | {"B0": columns["B0"][:size]}
    full = {name: np.array(column) for name, column in one.items()}
    assert np.array_equal(call(made, names, one)[1], call(made, names, full)[1])


@BOTH
def test_threads_change_nothing(qubits):
    """Bit for bit, the status included."""
    made = module(qubits)
    names = steps(made, "populations", *MERIT)
    columns = table(made, MANY + 3)
    serial, parallel = (call(made, names, columns, threads) for threads in (False, True))
    assert serial[0] == parallel[0] == 0
    assert np.array_equal(serial[1], parallel[1])
    columns["B0"][-1] = np.nan
    assert call(made, names, columns, parallel=True)[0] != 0


@BOTH
@pytest.mark.parametrize("outputs", [("energies",), ("ergotropy",), ("exergy",), ("heat_current_R", "populations")])
def test_a_part_of_the_outputs_is_the_same_as_in_all(outputs, qubits):
    """Only what is asked for is computed; T_eq is an input where it is read, and only there."""
    made = module(qubits)
    names, everything, columns = steps(made, *outputs), steps(made), table(made, 100)
    assert ("T_eq" in made.arguments(names)) == ("exergy" in outputs)
    whole = dict(zip(everything, call(made, everything, columns)[1], strict=True))
    for name, row in zip(names, call(made, names, columns)[1], strict=True):
        np.testing.assert_allclose(row, whole[name], rtol=1e-13, atol=1e-15)


def loaded(text):
    """A module from its source text alone, as for a user's model."""
    made = ModuleType("symqb_model")
    exec(compile(text, made.__name__, "exec"), made.__dict__)
    return made


@pytest.mark.parametrize("name", CASES)
def test_user_models_from_memory(name):
    """Power laws, dephasing, several couplings, one temperature: every output as the NumPy evaluator has it."""
    case = CASES[name]
    made, evaluate = loaded(python_module(case.model.program, "numba")), symqb.evaluator(case.model)
    given = case.points(9)
    columns = {name: np.array([point[name] for point in given]) for name in made.PARAMETERS}
    reference = list(evaluate.baths.values())[-1]
    status, found = call(made, steps(made), columns | {"T_eq": columns[reference]})
    assert status == 0
    expected = evaluate(**columns).as_dict()
    rows = iter(found)
    for output, names in made.OUTPUTS.items():
        wanted = expected[output].T if output in made.VECTORS else [expected[output]]
        for row, column in zip([next(rows) for _ in names], wanted, strict=True):
            np.testing.assert_allclose(row, column, rtol=1e-11, atol=1e-12)


def test_a_density_that_becomes_negative_raises_the_status():
    """omega (omega_c - omega) beyond the cut-off; below it all is well."""
    import sympy as sp

    omega_0, cut = symqb.symbols.real("omega_0"), symqb.symbols.positive("cut")
    sigma_x, sigma_z = sp.Matrix([[0, 1], [1, 0]]), sp.diag(1, -1)
    bath = symqb.Bath("h", sigma_x, density=lambda omega: omega * (cut - omega))
    made = loaded(python_module(symqb.Model(omega_0 * sigma_z / 2, [bath, symqb.Bath("c", sigma_x)]).program, "numba"))
    point = {"omega_0": 1.0, "cut": 2.0, "T_h": 1.0, "T_c": 2.0, "kappa_h": 1.0, "kappa_c": 9.0, "T_R": 1.0}
    assert at(made, steps(made, "populations"), point)[0] == 0
    assert at(made, steps(made, "populations"), point | {"cut": 0.9})[0] != 0


@pytest.mark.parametrize("size", range(1, 10))
def test_the_sorting_network_sorts(size):
    """Every sequence of zeros and ones, hence every sequence (Knuth's zero-one principle)."""
    comparators = list(module(2).sorting_network(size))
    for bits in range(2**size):
        values = [bits >> i & 1 for i in range(size)]
        for i, j in comparators:
            values[i], values[j] = min(values[i], values[j]), max(values[i], values[j])
        assert values == sorted(values)


@BOTH
def test_vectors_are_as_wide_as_the_machine_s(qubits):
    """No call of a scalar exponential between parameters and populations, and the widest registers in use."""
    made = module(qubits)
    names = steps(made, "populations", *MERIT)
    span = loaded(Path(made.__file__).read_text()).loop(" ".join(names))
    span(np.zeros((len(made.PARAMETERS) + len(names), 2), dtype=np.int64), 0, 0, 0)
    (assembly,) = span.inspect_asm().values()
    assert not any(f"{function}@" in assembly or f"${function}" in assembly for function in ("exp", "expm1", "log1p"))
    if made.LANES == 8:
        assert assembly.count("zmm") > 300 * qubits


def test_a_module_alone_in_a_folder_needs_numba_and_nothing_of_symqb(tmp_path):
    """It imports neither SymPy nor symqb, and computes in a process that sees only itself."""
    path = Path(module(2).__file__)
    (tmp_path / path.name).write_text(path.read_text())
    code = (
        "import sys, numpy as np, xxz2_numba as m\n"
        f"point = {list(GOOD.values())!r}\n"
        "column = np.empty(1)\n"
        "status = m.kernel(('ergotropy',))([np.array([x]) for x in point], [column])\n"
        "assert not {'sympy', 'symqb', 'mpmath'} & set(sys.modules)\n"
        "print(status, column[0])"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    status, ergotropy = done.stdout.split()
    assert status == "0"
    assert float(ergotropy) == pytest.approx(symqb.evaluator(2)(**GOOD).ergotropy, rel=1e-13)


def test_without_numba_the_error_says_what_to_install(monkeypatch):
    """A named error with the extra, not a bare ModuleNotFoundError."""
    monkeypatch.delitem(sys.modules, "generated.xxz2_numba", raising=False)
    load.cache_clear()
    for package in ("numba", "llvmlite"):
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackage, match=r"numba is not installed: run `pip install 'symqb\[numba\]'`"):
        load("generated.xxz2_numba")


def test_the_generated_text_has_the_program_s_names():
    """The same lines as in the NumPy module."""
    text = python_module(xxz_chain(2).program, "numba")
    for expected in (
        "def bose(",
        "omega_31 = ar.exact_sum(",
        "phi_up_31_L, phi_down_31_L = ar.phi_pair(omega_31, T_L)",
    ):
        assert expected in text


@BOTH
def test_numbers_beside_arrays_live_as_long_as_their_addresses(qubits):
    """A parameter of stride 0 is spread over a vector; that memory is not used again meanwhile."""
    made = module(qubits)
    inputs = [np.broadcast_to(float(place), made.FEW) for place in range(1, 9)]
    columns = list(np.empty((2, made.FEW)))
    table, base, alive = made.table_of(inputs, columns)
    again = [np.full(made.LANES, -1.0) for _ in range(64)]
    lanes = [np.ctypeslib.as_array((ctypes.c_double * made.LANES).from_address(base + int(a))) for a, _ in table[:8]]
    assert [lane.tolist() for lane in lanes] == [[float(place)] * made.LANES for place in range(1, 9)]
    del alive, again

"""Logarithms and exponentials without a branch: their errors proved in balls, and measured against 240 bits."""

import ctypes
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from flint import arb, ctx

import symqb.codegen
from proofs import log_error
from symqb.codegen import kernel_c, log_rational
from symqb.codegen.c_printer import constants
from symqb.codegen.kernel_c import library

FOLDER, GENERATED = Path(symqb.codegen.__file__).parent, Path(__file__).parents[1] / "generated"
PRIMITIVES = "".join((FOLDER / name).read_text() for name in ("primitives.c", "logarithms.c"))
HEAD = "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <string.h>\n"
LOOP = """
void apply(ptrdiff_t n, const double *a, const double *b, double *log_ab, double *exp_a, double *relative, double *flow)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        log_ab[i] = log_value(log_of_quotient(a[i], b[i]));
        exp_a[i] = exp_of_minus(a[i]);
        relative[i] = relative_entropy(a[i], b[i], 0.0, 1.0);
        flow[i] = entropy_flow(a[i], b[i], 0.5, 0.5, 1.0, 1.0);
    }
}
double flow_of(const double *x) { return entropy_flow(x[0], x[1], x[2], x[3], x[4], x[5]); }
double energy_of(double T, const double *e, const double *r) { return free_energy_above_gibbs(T, 2, e, r); }
"""
needs_cc = pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
UNIT = arb(2) ** -53


def primitives():
    return ctypes.CDLL(str(library(HEAD + constants() + "\n" + PRIMITIVES + LOOP)))


def applied(a, b):
    """ln(a/b), e^-a, a ln(a/b) - (a - b) and (a - b) ln(a/b) by the C primitives."""
    arrays = [np.array(x, dtype=float) for x in (a, b, a, a, a, a)]
    primitives().apply(ctypes.c_ssize_t(len(a)), *(ctypes.c_void_p(array.ctypes.data) for array in arrays))
    return arrays[2:]


def number(name, *arguments):
    """A primitive that returns a double; lists become arrays."""
    function = getattr(primitives(), name)
    function.restype = ctypes.c_double
    given = [(ctypes.c_double * len(x))(*x) if isinstance(x, list) else ctypes.c_double(x) for x in arguments]
    return function(*given)


@pytest.fixture(autouse=True)
def _bits():
    """Balls of 240 bits."""
    old, ctx.prec = ctx.prec, 240
    yield
    ctx.prec = old


def test_few_coefficients_reach_the_last_digit():
    """Truncation is below 2^-56 of the logarithm, 2^-54 of a ln(a/b) - (a - b), 2^-55 of the exponential."""
    s, f = log_error.largest_s(), log_error.largest_f()
    assert log_error.artanh_truncation() * s**2 / 2 < arb(2) ** -56
    assert log_error.artanh_truncation() * s * (1 + s) / 2 < arb(2) ** -54
    assert log_error.exponential_truncation() * f**2 * f.exp() < arb(2) ** -55
    assert len(log_rational.ARTANH) == len(log_rational.EXP) == log_rational.TERMS == 10


def test_the_parts_of_ln_2_leave_room_for_k():
    """k LN2_HIGH is exact for |k| up to 2^11, and the two parts are right to 2^-89."""
    scaled = log_rational.LN2_HIGH * 2.0**42
    assert scaled.is_integer()
    assert scaled < 2**42
    assert abs(arb(log_rational.LN2_HIGH) + arb(log_rational.LN2_LOW) - arb(2).log()) < arb(2) ** -89


def test_the_errors_are_bounded_for_every_input():
    """In units of 2^-53: 3.5 for a logarithm, 2.2 for an exponential, 5.5 for a ln(a/b) - (a - b) near 0."""
    assert log_error.logarithm_bound(0) < 3.5
    assert log_error.logarithm_bound(1) < 3.5
    assert log_error.exponential_bound() < 2.2
    assert log_error.difference_bound() < 5.5


def regimes():
    """a and b: near each other, of any ratio and size, around powers of two, subnormal, and up to the largest."""
    rng, n = np.random.default_rng(5), 2000
    b = 10 ** rng.uniform(-300, 280, n)
    return {
        "near": (b * (1 + rng.choice([-1, 1], n) * 10 ** rng.uniform(-16, -0.5, n)), b),
        "any ratio": (10 ** rng.uniform(-300, 280, n), b),
        "powers of two": (b * 2.0 ** rng.integers(-4, 5, n) * (1 + 1e-15 * rng.normal(size=n)), b),
        "subnormal": (10 ** rng.uniform(-323, -300, n), 10 ** rng.uniform(-323, -300, n)),
        "of size 1": (rng.uniform(0, 2, n), rng.uniform(0, 2, n)),
    }


def check_logarithms(a, b):
    """ln(a/b) to 3.5 units, ln(b/a) its negative, a ln(a/b) - (a - b) to 5.5 units of itself or its largest term."""
    found, _, relative, _ = applied(a, b)
    assert np.array_equal(applied(b, a)[0], -found)
    for x, y, log, h in zip(a.tolist(), b.tolist(), found.tolist(), relative.tolist(), strict=True):
        exact = (arb(x) / arb(y)).log() if x != y else arb(0)
        assert abs(arb(log) - exact) <= 3.5 * UNIT * abs(exact), (x, y)
        assert h >= 0
        if x > 1e-290 * y and y > 1e-290 * x and min(x, y) > 1e-290:
            difference = arb(x) * exact - (arb(x) - arb(y))
            near = abs(x - y) < 0.5 * y
            size = difference if near else abs(arb(x) * exact) + abs(arb(x) - arb(y))
            assert abs(arb(h) - difference) <= 5.5 * UNIT * size + 5e-324, (x, y)


def check_exponentials():
    """e^-y to 2.2 units where it is a normal number; 1 at 0, and 0 from 708 on."""
    rng = np.random.default_rng(6)
    ties = (np.arange(1, 1000) + 0.5) * np.log(2)
    y = np.concatenate([rng.uniform(0, 708, 2000), 10 ** rng.uniform(-320, 0, 1000), ties, np.nextafter(ties, 0)])
    for x, e in zip(y.tolist(), applied(y, y)[1].tolist(), strict=True):
        if x < 708:
            exact = (-arb(x)).exp()
            assert abs(arb(e) - exact) <= 2.2 * UNIT * exact, x
    edges = np.array([0.0, 708.0, 1e30, np.inf])
    assert applied(edges, edges)[1].tolist() == [1.0, 0.0, 0.0, 0.0]


@needs_cc
@pytest.mark.parametrize("regime", regimes())
def test_logarithms_are_within_the_bound(regime):
    """Whatever the sizes of a and b, a near b included."""
    check_logarithms(*regimes()[regime])


@needs_cc
def test_without_fma_the_bounds_hold(monkeypatch, tmp_path):
    """In a build for any processor of the kind."""
    monkeypatch.setattr(kernel_c, "FLAGS", tuple(flag for flag in kernel_c.FLAGS if flag != "-march=native"))
    monkeypatch.setattr(kernel_c, "WIDEST", ())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kernel_c.library.cache_clear()
    try:
        for a, b in regimes().values():
            check_logarithms(a, b)
        check_exponentials()
    finally:
        kernel_c.library.cache_clear()


@needs_cc
def test_exponentials_are_within_the_bound():
    """For all sizes of y, between multiples of ln 2 included."""
    check_exponentials()


@needs_cc
def test_the_entropy_of_a_flow_is_never_negative_and_0_in_balance():
    """Exactly 0 where up = down, whatever the sizes; positive where they differ in the last place."""
    sizes = np.array([0.0, 5e-324, 1e-310, 1e-30, 1.0, 3.0, 1e200])
    assert applied(sizes, sizes)[3].tolist() == [0.0] * len(sizes)
    sizes = np.array([1e-30, 1.0, 3.0, 1e200])
    assert (applied(np.nextafter(sizes, np.inf), sizes)[3] > 0).all()
    for name in regimes():
        assert (applied(*regimes()[name])[3] >= 0).all()


@needs_cc
def test_flows_where_one_way_underflows():
    """Up is 0: by populations and omega/T; infinite at T = 0, and 0 where nothing flows there."""
    expected = 1e-3 * float(arb(800) - (arb("0.75") / arb("0.25")).log())
    assert number("flow_of", [0.0, 1e-3, 0.75, 0.25, 2.0, 2.0 / 800]) == pytest.approx(expected, rel=1e-15)
    assert number("flow_of", [0.0, 1e-3, 0.75, 0.25, 2.0, 0.0]) == np.inf
    assert number("flow_of", [0.0, 1e-3, 0.0, 1.0, 2.0, 0.0]) == np.inf
    for omega in (2.0, 0.0, -2.0):
        assert number("flow_of", [0.0, 0.0, 0.75, 0.25, omega, 0.0]) == 0.0


@needs_cc
@pytest.mark.parametrize("T", [0.0, 1e-30, 1e-3, 0.0014, 0.3, 2.0, 1e30])
@pytest.mark.parametrize("r", [0.0, 5e-324, 1e-310, 1e-12, 0.4])
def test_free_energy_at_any_temperature(T, r):
    """Two levels a gap of 1 apart: F of (1 - r, r) above the Gibbs state, down to T = 0 and r = 0."""
    found = number("energy_of", T, [-0.5, 0.5], [1.0 - r, r])
    expected = arb(r)
    if T:
        shares = [(arb(1 - r), arb(0)), (arb(r), 1 / arb(T))]
        z = 1 + (-1 / arb(T)).exp()
        expected = arb(T) * sum((p * (p.log() + y + z.log()) for p, y in shares if p != 0), arb(0))
    assert found >= 0
    assert abs(arb(found) - expected) <= 8 * UNIT * (T + r)


@needs_cc
def test_nothing_but_arithmetic():
    """No call of the C library and no branch in the text; vectors need both."""
    text = re.sub(r"/\*.*?\*/", "", (FOLDER / "logarithms.c").read_text(), flags=re.DOTALL)
    assert not re.search(r"\b(exp|expm1|log|log1p|pow|frexp|ldexp)\(|\bif\b|\bwhile\b", text.replace("#if", ""))


def is_gcc():
    done = (
        subprocess.run(["cc", "--version"], capture_output=True, text=True, check=False) if shutil.which("cc") else None
    )
    return done is not None and "Free Software Foundation" in done.stdout


@pytest.mark.skipif(not is_gcc(), reason="gcc says which loops it vectorises; there is none")
@pytest.mark.parametrize("path", sorted(GENERATED.glob("xxz*.c")), ids=lambda path: path.stem)
def test_gcc_vectorises_exergy_entropy_production_and_rates(path):
    """The loops over points of these functions are among those that gcc reports."""
    command = ["cc", *kernel_c.FLAGS, "-fopt-info-vec-optimized", "-S", "-o", "/dev/null", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    vectorised = {int(line) for line in re.findall(r":(\d+):\d+: optimized: loop vectorized", done.stderr)}
    lines = path.read_text().splitlines()
    for name in ("reference_state", "entropy", "rates_by_bath"):
        begin = next(i for i, line in enumerate(lines, 1) if re.match(rf"(static|INLINE) void {name}\(", line))
        loop = next(i for i, line in enumerate(lines, 1) if i > begin and line.lstrip().startswith("for ("))
        assert loop in vectorised, name


@pytest.mark.parametrize("qubits", [2, 3])
def test_numba_calls_no_library(qubits):
    """Neither for exergy nor for entropy production."""
    pytest.importorskip("numba", reason="the back end under test is compiled by Numba, which is not installed")
    path = Path(import_module(f"generated.xxz{qubits}_numba").__file__)
    made = ModuleType("symqb_model")
    exec(compile(path.read_text(), made.__name__, "exec"), made.__dict__)
    names = ("exergy", "entropy_production")
    span = made.loop(" ".join(names))
    span(np.zeros((len(made.PARAMETERS) + 1 + len(names), 2), dtype=np.int64), 0, 0, 0)
    (assembly,) = span.inspect_asm().values()
    assert not any(f"{function}@" in assembly or f"${function}" in assembly for function in ("exp", "log", "log1p"))


@pytest.mark.parametrize("backend", ["numba", "c"])
@pytest.mark.parametrize("qubits", [2, 3])
def test_exergy_and_entropy_production_against_balls(qubits, backend):
    """To 2e-15 of energies and T_eq, to 1e-15 of the one-way flows, at temperatures of all sizes."""
    if backend == "numba":
        pytest.importorskip("numba", reason="the back end under test is compiled by Numba, which is not installed")
    elif not shutil.which("cc"):
        pytest.skip("needs a C compiler")
    rng, n = np.random.default_rng(8), 200
    columns = {name: rng.uniform(-2, 2, n) for name in ("B0", "J", "Delta", "epsilon")}
    columns |= {name: 10 ** rng.uniform(-2, 2, n) for name in ("T_L", "T_R", "T_eq")}
    columns |= {name: rng.uniform(0.1, 3, n) for name in ("kappa_L", "kappa_R")}
    outputs = ("exergy", "entropy_production")
    found = symqb.evaluator(qubits, backend, outputs=outputs)(**columns)
    exact = import_module(f"generated.xxz{qubits}_arb")
    for i, row in enumerate(zip(*columns.values(), strict=True)):
        point = dict(zip(columns, map(float, row), strict=True))
        exergy, entropy = exact.lookup(point, outputs).values()
        energy = abs(point["B0"]) + abs(point["J"]) + abs(point["Delta"])
        rate = 9 * (point["kappa_L"] + point["kappa_R"]) * (energy + max(point["T_L"], point["T_R"]))
        assert abs(arb(float(found.exergy[i])) - exergy) < 2e-15 * (energy + point["T_eq"]), point
        assert abs(arb(float(found.entropy_production[i])) - entropy) < 1e-15 * rate, point

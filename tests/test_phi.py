"""phi by a rational function: its error proved in balls, and measured against 240 bits."""

import ctypes
from functools import partial
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from backends import MISSING
from flint import arb, ctx
from hypothesis import example, given
from hypothesis import strategies as st

import symqb.codegen
from proofs import phi_error
from symqb.codegen import phi_rational
from symqb.codegen.arithmetic_numpy import Float64
from symqb.codegen.c_printer import constants
from symqb.codegen.kernel_c import library
from symqb.codegen.pairs_numpy import Pair

HEAD = "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <string.h>\n"
LOOP = """
void phis(ptrdiff_t n, const double *hi, const double *lo, const double *T, double *up, double *down)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        const pair omega = {hi[i], lo[i]};
        const bath at = bath_at(T[i]);
        const both phi = PHI;
        up[i] = phi.up, down[i] = phi.down;
    }
}
"""
#: phi as it enters total rates, and by itself.
FAST, PRECISE = "both_ways(omega, occupation(omega, at), 1.0)", "phi_pair(omega, at)"
needs_c = pytest.mark.skipif(bool(MISSING["c"]), reason=MISSING["c"])
needs_numba = pytest.mark.skipif(bool(MISSING["numba"]), reason=MISSING["numba"])


def phis_c(hi, lo, T, phi=PRECISE, fma=True):
    """(phi(omega, T), phi(-omega, T)) by the C primitives."""
    primitives = (Path(symqb.codegen.__file__).parent / "primitives.c").read_text()
    text = "\n".join([HEAD, constants(), primitives, LOOP.replace("PHI", phi)])
    if not fma:
        text = text.replace("#define HARDWARE_FMA 1", "#define HARDWARE_FMA 0")
    run = ctypes.CDLL(str(library(text))).phis
    arrays = [np.array(part, dtype=float) for part in (hi, lo, T, hi, hi)]
    run(ctypes.c_ssize_t(len(arrays[0])), *(ctypes.c_void_p(array.ctypes.data) for array in arrays))
    return arrays[3:]


def phis_kernel(backend, hi, lo, T):
    """The same by a kernel of rates: omega_31 = B0 - J - Delta, and the strength times the weight is 1."""
    zero, two, columns = np.zeros(len(T)), np.full(len(T), 2.0), np.empty((2, len(T)))
    inputs = [np.array(x, dtype=float) for x in (hi, np.negative(lo), zero, zero, T, T, two, two)]
    import_module(f"generated.xxz2_{backend}").kernel(("a_31_L", "e_31_L"))(inputs, columns)
    return columns


def phis_numpy(hi, lo, T):
    """The same by the arithmetic of the NumPy modules."""
    return Float64.phi_pair(Pair(np.array(hi, dtype=float), np.array(lo, dtype=float)), np.array(T, dtype=float))


IN_PAIRS = pytest.mark.parametrize(
    "phis",
    [
        phis_numpy,
        partial(phis_kernel, "numpy"),
        pytest.param(partial(phis_kernel, "numba"), marks=needs_numba),
        pytest.param(phis_c, marks=needs_c),
        pytest.param(partial(phis_c, fma=False), marks=needs_c),
    ],
    ids=["numpy", "numpy kernel", "numba kernel", "c", "c without fma"],
)


@pytest.fixture(autouse=True)
def _bits():
    """Balls of 240 bits."""
    old, ctx.prec = ctx.prec, 240
    yield
    ctx.prec = old


def test_few_coefficients_reach_the_last_digit():
    """1 + h is truncated by less than 2^-54, for every y; with one coefficient less it would show."""
    assert phi_error.truncation() < arb(2) ** -54
    assert len(phi_rational.C) == phi_rational.TERMS == 5


def test_the_reduction_is_exact():
    """LN2_HI has room for k, and the two parts of ln 2/2 are right to 2^-90."""
    assert (phi_rational.LN2_HI * 2.0**phi_rational.BITS_HI).is_integer()
    assert phi_rational.LN2_HI * 2.0**phi_rational.BITS_HI < 2**42
    half = arb(2).log() / 2
    assert abs(arb(phi_rational.LN2_HI) + arb(phi_rational.LN2_LO) - half) < arb(2) ** -90
    assert int(phi_rational.LARGEST * phi_rational.LOG2E) == 1021


def test_the_error_of_the_occupation_is_bounded_for_every_input():
    """At most 9 units of 2^-53, relative, for every y; 6 but for k = -1, where 1/2 and 2 y may cancel a little."""
    for k, q in phi_error.powers().items():
        assert phi_error.bound(q) < (9 if k == "-1" else 6), k


def test_where_the_reduction_rounds_once_more_the_bound_has_room_for_it():
    """T ln 2 a little below 1/4, which c is, and s a little below c/2: s - c needs 54 bits."""
    T, s, c = float.fromhex("0x1.71547652b8142p-2"), float.fromhex("0x1.fffffffffff75p-4"), 0.25
    assert s * (phi_rational.LOG2E * (0.5 / T)) > 0.5  # k = -1
    assert arb(s) - arb(c) != arb(s - c)
    edge = -list(phi_error.pieces())[-1]
    y = (arb(s) / arb(T) - arb(2).log()) / 2
    assert edge.contains(y)
    exact = -y < phi_error.largest_y() * (1 - arb(2) ** -39)
    assert not exact


def test_every_rounding_of_the_bound_keeps_its_place():
    """No ball of the proof ends just below a power of two, which rounding errors of its operands would cross."""
    for q in list(phi_error.powers().values())[1:4]:
        for ball in phi_error.pieces():
            for y in (ball, -ball):
                m = 1 - y + y * y * phi_error.series(y * y)
                for x in (1 - y, m, y, (1 - q) * m + 2 * y):
                    end = x.abs_upper()
                    assert end == 1 or phi_error.rounding(end) == phi_error.rounding(end * (1 + arb(2) ** -45)), (q, y)


def test_phi_in_pairs_is_within_two_ulp_for_every_input():
    """Of |omega| less than 0.8 ulp, by phi_numpy 0.75; of -|omega| half an ulp more for each of the two sums."""
    assert all(phi_error.bound_of_pairs(q, normalised=True) < 0.75 for q in phi_error.powers().values())
    assert all(phi_error.bound_of_pairs(q, normalised=False) < 0.8 for q in phi_error.powers().values())


#: The regime with the largest errors of the occupation.
CANCELLING = "where 1/2 and 2 y cancel"


def regimes():
    """x = omega/T and T: small and large x, around multiples of ln 2/2, where k changes, up to where phi becomes 0."""
    rng, n = np.random.default_rng(4), 2000
    x = {
        "any size": 10 ** rng.uniform(-320, np.log10(700), n),
        "around ln 2/2": rng.uniform(0.3, 0.4, n),
        "multiples of ln 2/2": np.log(2) / 2 * rng.integers(1, 2000, n) * (1 + 1e-14 * rng.normal(size=n)),
        "all k": rng.uniform(0, 707, n),
    }
    found = {name: (values, 10 ** rng.uniform(-3, 3, n)) for name, values in x.items()}
    cancelling = np.log(2) / 2 * (1 + 10 ** rng.uniform(-17, -1, n))
    return found | {CANCELLING: (cancelling, 10 ** rng.uniform(-3, 3, n))}


def pairs(x, T):
    """Frequencies of both signs as pairs, omega/T near x."""
    rng = np.random.default_rng(5)
    hi = x * T * rng.choice([-1, 1], len(x))
    return hi, np.spacing(hi) * rng.uniform(-0.5, 0.5, len(x)) * (np.abs(hi) > 1e-290)


def errors(hi, lo, T, up, down):
    """In ulp of the exact values, of both signs."""
    for a, b, warm, *found in zip(hi, lo, T, up, down, strict=True):
        signed, warmth = arb(float(a)) + arb(float(b)), arb(float(warm))
        for value, omega in zip(found, (signed, -signed), strict=True):
            expected = omega / (omega / warmth).expm1() if omega != 0 else warmth
            yield float(abs(arb(float(value)) - expected).mid()) / np.spacing(float(expected.mid()))


@needs_c
@pytest.mark.parametrize("regime", regimes())
def test_phi_from_the_occupation_is_right_to_a_few_ulp(regime):
    """Within 3.5 ulp of phi of the pair at these points, for both signs; 5 where 1/2 and 2 y cancel."""
    x, T = regimes()[regime]
    hi, lo = pairs(x, T)
    assert max(errors(hi, lo, T, *phis_c(hi, lo, T, FAST))) < (5 if regime == CANCELLING else 3.5)


@IN_PAIRS
@pytest.mark.parametrize("regime", regimes())
def test_phi_in_pairs_is_within_two_ulp(phis, regime):
    """Of phi of the pair, for both signs: 1.8 are proved."""
    x, T = regimes()[regime]
    hi, lo = pairs(x, T)
    assert max(errors(hi, lo, T, *phis(hi, lo, T))) < 1.5


@given(
    x=st.floats(0, 800),
    T=st.one_of(st.floats(5e-324, 2e305), st.floats(-323, 305).map(lambda e: 10.0**e)),
    sign=st.sampled_from([-1.0, 1.0]),
)
@example(x=0.3466, T=5e-324, sign=1.0)
@example(x=740.0, T=1e300, sign=1.0)
def test_phi_in_pairs_is_right_at_every_scale(x, T, sign):
    """Within 2 ulp from the smallest subnormal numbers to the largest, without a warning."""
    omega = sign * x * T
    up, down = Float64.phi_pair(Pair(np.float64(omega), np.float64(0.0)), np.float64(T))
    assert max(errors([omega], [0.0], [T], [up], [down])) < 2


@IN_PAIRS
def test_phi_in_pairs_at_the_edges_of_the_parameters(phis):
    """Of temperatures from 1e-30 to 1e30 and frequencies from 1e-40 to 1e31; up to where phi is a subnormal number."""
    rng = np.random.default_rng(6)
    T, x = 10 ** rng.uniform(-30, 30, 4000), 10 ** rng.uniform(-10, np.log10(750), 4000)
    hi, lo = pairs(np.minimum(x, 1e31 / T), T)
    ordinary = x * np.log10(np.e) - np.log10(x * T) < 300
    assert max(errors(*(part[ordinary] for part in (hi, lo, T, *phis(hi, lo, T))))) < 1.5


@needs_c
@pytest.mark.parametrize("phi", [FAST, PRECISE])
def test_the_edges_of_the_domain(phi):
    """phi(0, T) = T, phi(w, 0) = 0, phi(-w, 0) = w, phi(0, 0) = 0; nothing overflows; far out it is 0, not garbage."""
    w = [0.0, 1.5, -1.5, 0.0, 5e-324, 1e30, 1e30, -1e30, 1.0, 1e-320]
    T = [2.0, 0.0, 0.0, 0.0, 1.0, 1e-30, 1e30, 1e-30, 1.0 / 709, 0.0]
    up, down = phis_c(w, np.zeros(len(w)), T, phi)
    assert up[:5].tolist() == [2.0, 0.0, 1.5, 0.0, 1.0]
    assert down[:5].tolist() == [2.0, 1.5, 0.0, 0.0, 1.0]
    assert (up[5], down[5], up[7], down[7]) == (0.0, 1e30, 1e30, 0.0)
    assert up[6] == pytest.approx(1e30 / np.expm1(1.0), rel=1e-15)
    assert up[8] == (0.0 if phi is FAST else pytest.approx(np.exp(-709.0), rel=1e-12))
    assert (down[8], up[9], down[9]) == (1.0, 0.0, 1e-320)

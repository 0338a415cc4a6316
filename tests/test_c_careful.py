"""Where rates underflow the C files have every result all the same; what has none is marked, and nothing else."""

import random
import shutil
from functools import cache

import numpy as np
import pytest
import sympy as sp
from flint import arb, ctx
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from mpmath import mp
from strategies import cold_weak_points, points, random_points
from test_c import BOTH, LIMIT, model, regimes, run, text
from test_cold_densities import COLD, DENSITIES, HOT, POINT, expected
from user_models import CASES

import symqb
from symqb.codegen import kernel_c
from symqb.codegen.c_printer import columns
from symqb.codegen.kernel_c import c_kernel
from symqb.errors import DegenerateLevels, SymqbError
from symqb.evaluators import Evaluator
from symqb.kernels import load
from symqb.symbols import real

pytestmark = pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")

SURE = "most(out[out_doubt][i], sure ? 0.0 : 1.0);"


def cold(count, seed):
    """Cold points by regime, at epsilon = 0 and 1 among others; every third or so needs care, in the last all do."""
    rng = random.Random(seed)
    base = [p | {"epsilon": float(rng.choice([0, 1, p["epsilon"]]))} for p in random_points(count, seed)]
    return {
        "low temperature": [p | {"T_L": 10 ** rng.uniform(-3, -1), "T_R": 10 ** rng.uniform(-3, -1)} for p in base],
        "T_R = 0": [p | {"T_L": 10 ** rng.uniform(-3, 2), "T_R": 0.0} for p in base],
        "T_L = 0": [p | {"T_L": 0.0, "T_R": 10 ** rng.uniform(-3, 2)} for p in base],
        "weak field": cold_weak_points(count, seed),
        "extremely cold": [p | {"T_L": 10 ** rng.uniform(-15, -5), "T_R": 10 ** rng.uniform(-15, -5)} for p in base],
    }


REGIMES = tuple(cold(1, 0))


@cache
def plain(qubits):
    """The C text."""
    return text(model(qubits).program)


@cache
def with_care(qubits):
    """The C text that computes every point with care."""
    assert plain(qubits).count(SURE) == 2
    return plain(qubits).replace(SURE, SURE.replace("0.0", "1.0"))


@cache
def front_door(qubits):
    """Populations by NumPy."""
    return symqb.evaluator(qubits, "numpy", outputs="populations")


def populations(source, qubits, chosen):
    """Populations and doubt by the C text ``source``: shapes (points, levels) and (points,)."""
    program = model(qubits).program
    inputs = [np.array([p[name] for p in chosen]) for name in (*program.parameters, "T_R")]
    names = [symbol.name for symbol in program.outputs["populations"]]
    found = np.empty((len(names) + 1, len(chosen)))
    c_kernel(source, columns(program), [*names, "doubt"])(inputs, found)
    return found[:-1].T, found[-1]


def exact(qubits, point):
    """Populations as balls of 200 bits."""
    module = load(f"generated.xxz{qubits}_arb")
    with ctx.workprec(200):
        return list(module.lookup(point, module.OUTPUTS["populations"]).values())


def worst_ulp(qubits, chosen, p):
    """The largest error of any population that a float can hold."""
    worst = 0.0
    for point, row in zip(chosen, p.tolist(), strict=True):
        assert min(row) >= 0
        assert abs(sum(row) - 1) <= 4 * np.spacing(0.5)
        for found, ball in zip(row, exact(qubits, point), strict=True):
            with ctx.workprec(200):
                worst = max(worst, float(abs(arb(found) - ball) / arb(float(np.spacing(float(ball))))))
    return worst


@BOTH
@pytest.mark.parametrize("regime", REGIMES)
def test_with_care_every_population_is_right_to_the_last_digits(qubits, regime):
    """8 ulp for two qubits and 16 for three, down to 5e-324, against balls."""
    chosen = cold(120, 1)[regime]
    p, doubt = populations(with_care(qubits), qubits, chosen)
    assert not doubt.any()
    assert worst_ulp(qubits, chosen, p) <= LIMIT[qubits]


@BOTH
@pytest.mark.parametrize("regime", regimes(0))
def test_with_care_ordinary_points_are_as_exact(qubits, regime):
    """Nothing depends on which points are taken to be doubtful."""
    chosen = regimes(2)[regime]
    p, doubt = populations(with_care(qubits), qubits, chosen)
    assert not doubt.any()
    assert worst_ulp(qubits, chosen, p) <= LIMIT[qubits]


@BOTH
def test_points_at_which_all_rates_out_of_a_level_underflow(qubits):
    """Both baths cold in a strong and in a weak field, one at T = 0, and energies and strengths of 1e-30."""
    strong = {"B0": 3.0, "J": 1.0, "Delta": 0.5, "epsilon": 0.0, "kappa_L": 1.0, "kappa_R": 1.0}
    weak = {"B0": 1e-4, "J": 0.2, "Delta": -1.0, "epsilon": 0.3, "kappa_L": 1.0, "kappa_R": 1.0}
    tiny = {name: value * (1e-30 if name != "epsilon" else 1.0) for name, value in weak.items()}
    chosen = [strong | {"T_L": a, "T_R": b} for a, b in ((1e-3, 0.0), (2e-3, 1e-3))]
    chosen += [weak | {"T_L": a, "T_R": b} for a, b in ((1e-3, 1e-3), (1e-3, 0.0), (2e-5, 3e-5), (1e-30, 0.0))]
    chosen += [tiny | {"T_L": 1e-30, "T_R": 2e-30}]
    p, doubt = populations(plain(qubits), qubits, chosen)
    assert not doubt.any()
    assert worst_ulp(qubits, chosen, p) <= LIMIT[qubits]


@BOTH
def test_without_fma_it_is_as_exact(qubits, monkeypatch, tmp_path):
    """A build for any processor of the kind."""
    monkeypatch.setattr(kernel_c, "FLAGS", tuple(flag for flag in kernel_c.FLAGS if flag != "-march=native"))
    monkeypatch.setattr(kernel_c, "WIDEST", ())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kernel_c.library.cache_clear()
    try:
        for chosen in cold(40, 3).values():
            assert worst_ulp(qubits, chosen, populations(with_care(qubits), qubits, chosen)[0]) <= LIMIT[qubits]
    finally:
        kernel_c.library.cache_clear()


@BOTH
@pytest.mark.parametrize("regime", REGIMES)
def test_the_file_as_it_is_has_every_result_that_python_has(qubits, regime):
    """Energies, work, exergy, currents, entropy: from the C file alone, against the front door with NumPy."""
    chosen, program = cold(150, 4)[regime], model(qubits).program
    found = run(program, chosen)
    assert not found["doubt"].any()
    assert (populations(plain(qubits).replace("reconsider(x, y, count, &kept)", "doubts"), qubits, chosen)[1] > 0).any()
    given = {name: np.array([p[name] for p in chosen]) for name in program.parameters}
    wanted = symqb.evaluator(qubits, "numpy")(**given).as_dict()
    energy = sum(abs(given[name]) for name in ("B0", "J", "Delta"))
    rate = (given["kappa_L"] * (1 + abs(given["epsilon"])) ** 2 + given["kappa_R"]) * (
        energy + given["T_L"] + given["T_R"]
    )
    units = {"populations": 1.0, "stored_energy_fraction": 1.0, "entropy_production": rate}
    for output, symbols in program.outputs.items():
        unit = units.get(output, rate * energy if output.startswith("heat") else energy)
        for k, symbol in enumerate(symbols):
            other = wanted[output][..., k] if output in ("energies", "populations") else wanted[output]
            with np.errstate(invalid="ignore"):
                close = abs(found[symbol.name] - other) <= 1e-13 * unit + 1e-12 * abs(other)
            close |= found[symbol.name] == other  # inf, where heat flows into a bath at T = 0
            assert close.all(), (symbol, chosen[int(np.argmin(close))])


@BOTH
def test_the_front_door_computes_nothing_twice(qubits, monkeypatch):
    """The results of cold points come from the C file alone."""

    def careful(*given):
        raise AssertionError("a second path was taken")

    monkeypatch.setattr(Evaluator, "_careful", careful)
    evaluate = symqb.evaluator(qubits, "c")
    for chosen in cold(30, 5).values():
        result = evaluate(**{name: np.array([p[name] for p in chosen]) for name in model(qubits).program.parameters})
        assert np.isfinite(result.populations).all()


@settings(deadline=None, max_examples=300)
@drawn(st.data())
@BOTH
def test_doubt_is_where_the_front_door_refuses_and_nowhere_else(qubits, data):
    """Degenerate levels or no unique state, at any temperature: marked; their neighbours: not."""
    point = {name: float(value) for name, value in data.draw(points()).items()}
    special = [{}, {"B0": 0.0}, {"J": 0.0}, {"J": 0.0, "Delta": 0.0}, {"epsilon": 1.0, "B0": 0.0}, {"epsilon": 1.0}]
    scale = data.draw(st.sampled_from([1.0, 1e-3, 1e-8]))
    point |= data.draw(st.sampled_from(special)) | {name: point[name] * scale for name in ("T_L", "T_R")}
    try:
        front_door(qubits)(**point)
        refused = False
    except SymqbError:
        refused = True
    assert populations(plain(qubits), qubits, [point])[1][0] == refused


@pytest.mark.parametrize("share", [0.5, 1.0, 1.0 + 1e-6, 2.0])
def test_levels_are_degenerate_up_to_the_rounding_unit_of_the_largest_energy(share):
    """2 B0 = share eps |E_3|: refused up to 1, computed beyond, as by the front door; also at T = -0.0."""
    point = {"J": -1.0, "Delta": -0.5, "epsilon": 0.3, "T_L": -0.0, "T_R": 1e-3, "kappa_L": 1.0, "kappa_R": 1.0}
    point["B0"] = share * 2.0**-53 * 1.25
    p, doubt = populations(plain(2), 2, [point])
    assert doubt[0] == (share <= 1)
    if share <= 1:
        with pytest.raises(DegenerateLevels):
            front_door(2)(**point)
    else:
        np.testing.assert_allclose(p[0], front_door(2)(**point).populations, rtol=1e-14)


@pytest.mark.parametrize("name", CASES)
def test_models_of_the_users_too(name):
    """Symmetric and cold points of any model: doubt where the front door refuses, else the same populations."""
    program, rng, given = CASES[name].model.program, random.Random(6), CASES[name].points(60, cold=True)
    real_ones = [parameter for parameter, role in program.parameters.items() if role == "real"]
    for point in given[::2]:
        point |= {parameter: rng.choice([0.0, 1.0, point[parameter]]) for parameter in real_ones}
    found, evaluate = run(program, given), symqb.evaluator(CASES[name].model, "numpy", outputs="populations")
    for i, point in enumerate(given):
        try:
            p = evaluate(**point).populations
        except SymqbError:
            assert found["doubt"][i] == 1
            continue
        assert found["doubt"][i] == 0
        ours = [found[symbol.name][i] for symbol in program.outputs["populations"]]
        np.testing.assert_allclose(ours, p, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("name", DENSITIES)
def test_a_density_counts_where_every_rate_upward_underflows(name):
    """exp, log, differences and roots of numbers beyond the floats: p_2/p_1 against 40 digits."""
    density, J = DENSITIES[name]
    baths = [symqb.Bath("h", HOT, density=density), symqb.Bath("k", COLD)]
    program = symqb.Model(sp.diag(0, real("y"), real("x")), baths).program
    temperatures = [(1.0, 0.7), (1e-3, 1.0007e-3), (1.0007e-3, 1e-3)]
    found = run(program, [POINT | {"T_h": a, "T_k": b, "kappa_h": 1.0, "kappa_k": 1.0} for a, b in temperatures])
    assert not found["doubt"].any()
    for i, pair in enumerate(temperatures):
        with mp.workdps(40):
            assert found["p_2"][i] / found["p_1"][i] == pytest.approx(float(expected(J, *pair)), rel=3e-13)


def test_a_negative_density_is_marked():
    """At the frequency of one transition J(omega) < 0: doubt; below the point where it changes its sign: none."""
    width = sp.Symbol("c", positive=True)
    baths = [symqb.Bath("h", HOT, density=lambda w: w * (1 - w**2 / width**2)), symqb.Bath("k", COLD)]
    program = symqb.Model(sp.diag(0, real("y"), real("x")), baths).program
    rest = {"T_h": 1e-3, "T_k": 2e-3, "kappa_h": 1.0, "kappa_k": 1.0, "y": 5e-4, "x": 2.0}
    assert run(program, [rest | {"c": 1.9}, rest | {"c": 2.1}])["doubt"].tolist() == [1.0, 0.0]


def test_levels_that_are_not_reached_have_population_0():
    """At epsilon = 1 and T_R = 0 in a weak field the singlet is dark: exactly 1 and 0, as a limit has it."""
    point = {"B0": 0.5, "J": 1.0, "Delta": 0.7, "epsilon": 1.0, "T_L": 3.0, "T_R": 0.0}
    p, doubt = populations(with_care(2), 2, [point | {"kappa_L": 1.0, "kappa_R": 1.0}])
    assert doubt[0] == 0
    assert p[0].tolist() == [0.0, 0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    "change",
    [
        {"T_L": -1e-3},
        {"kappa_R": 0.0},
        {"B0": float("nan")},
        {"Delta": float("inf")},
        {"T_R": 0.0},
        {"kappa_L": 2e30},
        {"T_R": 1e-31},
    ],
    ids=str,
)
def test_no_care_helps_a_parameter_that_is_not_allowed(change):
    """doubt is 1, also beside rates that underflow; the point without the change has a result."""
    good = {
        "B0": 1e-4,
        "J": 0.2,
        "Delta": -1.0,
        "epsilon": 0.3,
        "kappa_L": 1.0,
        "kappa_R": 1.0,
        "T_L": 0.0,
        "T_R": 1e-3,
    }
    for count in (1, 8):
        assert run(model(2).program, [good] * count)["doubt"].tolist() == [0.0] * count
        assert run(model(2).program, [good | change] * count)["doubt"].tolist() == [1.0] * count


def test_a_root_too_small_for_its_square_is_doubtful_in_c_only():
    """Below 1e-120 the file's energies may be wrong, and it says so; the front door has another way."""
    point = {"epsilon": 0.3, "T_L": 1e-3, "T_R": 1e-3, "kappa_L": 1.0, "kappa_R": 1.0}
    for size, doubt in ((1e-119, 0), (1e-121, 1)):
        energies = {"B0": size, "J": 2 * size, "Delta": -size / 3}
        assert run(model(3).program, [point | energies])["doubt"][0] == doubt
        p = symqb.evaluator(3, "c", outputs="populations")(**point, **energies).populations
        np.testing.assert_allclose(p, 1 / 8, rtol=1e-15)

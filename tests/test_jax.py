"""The JAX back end: right under jit and vmap, differentiable through every regime, 64 bits only where it computes."""

from importlib import import_module

import numpy as np
import pytest
from mpmath import mp, mpf
from strategies import cold_weak_points, random_points
from test_accuracy import SMALLEST, exact

import symqb
from symqb.codegen.python_printer import python_module
from symqb.evaluators import QUBITS
from symqb.kernels import load

jax = pytest.importorskip("jax", reason="JAX is an optional package: pip install 'symqb[jax]'")

MODULES = {qubits: import_module(f"generated.xxz{qubits}_jax") for qubits in QUBITS}
BOTH = pytest.mark.parametrize("qubits", QUBITS)
POINT = {"B0": 3.0, "J": 1.0, "Delta": 0.5, "epsilon": 0.25, "T_L": 2.0, "T_R": 0.5, "kappa_L": 1.0, "kappa_R": 2.0}
LIMIT = 16  # ulp


def run(module, wanted, points):
    """(status, a column for each wanted name) of the kernel."""
    names = tuple(module.PARAMETERS)
    inputs = [np.array([point[name] for point in points]) for name in names]
    inputs.append(inputs[names.index("T_R" if "T_R" in names else list(module.BATHS.values())[-1])])
    columns = [np.full(len(points), np.nan) for _ in wanted]
    return module.kernel(tuple(wanted))(inputs, columns), columns


@BOTH
def test_populations_are_right_to_the_last_digits(qubits):
    """16 ulp wherever no care is needed, whatever XLA contracts; none negative."""
    module = MODULES[qubits]
    drawn = random_points(60, 3) + cold_weak_points(30, 4)
    cold = [p | {"T_L": 0.7, "T_R": 0.0} for p in drawn[:20]] + [p | {"T_L": 2e-3, "T_R": 5e-3} for p in drawn[:40]]
    points = [p for p in drawn + cold if run(module, ("p_1",), [p])[0] == 0]
    assert len(points) > 60
    status, columns = run(module, module.OUTPUTS["populations"], points)
    assert status == 0
    for point, row in zip(points, np.transpose(columns), strict=True):
        for p, expected in zip(row, exact(point, qubits), strict=True):
            assert p >= 0
            allowed = LIMIT * np.spacing(float(expected)) if expected > SMALLEST else 2e-250
            assert abs(mpf(float(p)) - expected) <= allowed, point


@BOTH
def test_every_output_agrees_with_numpy(qubits):
    """All outputs at once, through compute and through the kernel."""
    module, points = MODULES[qubits], random_points(40, 9)
    columns = {name: np.array([p[name] for p in points]) for name in module.PARAMETERS}
    expected = symqb.evaluator(qubits)(**columns).as_dict()
    found = module.compute({**columns, "T_eq": columns["T_R"]}, tuple(module.OUTPUTS))
    safe = np.array([run(module, ("p_1",), [p])[0] == 0 for p in points])
    assert safe.sum() > 30
    for name in module.OUTPUTS:
        x = np.asarray(found[name])
        assert x.dtype == np.float64
        scale = 1e-12 * (1 + np.max(np.abs(expected[name][np.isfinite(expected[name])])))
        assert x[safe] == pytest.approx(expected[name][safe], rel=1e-10, abs=scale), name


def test_any_number_of_points_is_served():
    """None, one, a block, one more than a block."""
    module = MODULES[2]
    for size in (0, 1, module.BLOCK, module.BLOCK + 1):
        status, (column,) = run(module, ("p_2",), [POINT] * size)
        assert status == 0
        assert np.unique(column).size == min(size, 1)


@pytest.mark.parametrize(
    "point",
    [
        POINT | {"J": 0.0},
        POINT | {"B0": 0.1, "epsilon": 1.0, "T_R": 0.0},
        POINT | {"B0": 0.01, "T_L": 1e-3, "T_R": 1e-3},
    ],
)
def test_points_that_need_care_are_seen(point):
    """A degeneracy, a dark state, rates that underflow: one such point among others is enough."""
    assert run(MODULES[2], ("ergotropy",), [POINT, POINT])[0] == 0
    assert run(MODULES[2], ("ergotropy",), [POINT, point, POINT])[0] != 0


def test_jit_vmap_and_the_users_setting():
    """Transformed or not, the same numbers; the 64 bits end with the call."""
    module = MODULES[2]

    def ergotropy(B0):
        return module.compute({**POINT, "B0": B0}, ("ergotropy",))["ergotropy"]

    fields = np.linspace(0.5, 4, 7)
    assert not jax.config.jax_enable_x64
    expected = symqb.evaluator(2, outputs=["ergotropy"])(**POINT | {"B0": fields}).ergotropy
    assert np.asarray(ergotropy(fields)) == pytest.approx(expected, abs=1e-15)
    assert not jax.config.jax_enable_x64
    with jax.enable_x64(True):
        for transformed in (jax.jit(ergotropy), jax.vmap(ergotropy), jax.jit(jax.vmap(ergotropy))):
            assert np.asarray(transformed(fields)) == pytest.approx(expected, abs=1e-15)


SLOPES = {
    "an ordinary point": POINT,
    "a frequency of 0": POINT | {"B0": 1.5},
    "a frequency near 0": POINT | {"B0": 1.5 + 1e-9},
    "one bath at 0": POINT | {"T_R": 0.0},
    "cold baths": POINT | {"T_L": 0.05, "T_R": 0.02},
    "baths that leave populations of 1e-160": POINT | {"T_L": 0.02, "T_R": 0.0078},
    "a weak field": POINT | {"B0": 0.7, "Delta": -0.5},
    "exits of 1e-160, whose squares underflow": POINT | {"B0": 0.01, "T_L": 0.003, "T_R": 0.004},
}


#: Where the exergy has no kink, as at a crossing of levels, and the entropy production is finite.
SMOOTH = ("an ordinary point", "baths that leave populations of 1e-160")


@pytest.mark.parametrize(("qubits", "case"), [*((2, case) for case in SLOPES), (3, "an ordinary point")])
def test_slopes_are_those_of_the_exact_functions(qubits, case):
    """Every figure of merit in every parameter, against differences at 60 digits."""
    module, point = MODULES[qubits], SLOPES[case]
    outputs = ("populations", "energies", "stored_energy", "ergotropy", "heat_current_L")
    if qubits == 2 and case in SMOOTH:
        outputs += ("exergy", "entropy_production")
    names = [name for name in point if point[name] != 0]

    def function(x):
        return module.compute({**point, **x, "T_eq": 1.0}, outputs)

    slope = jax.jacrev(function)
    compiled = qubits == 2 and case not in SMOOTH  # what XLA compiles for half a minute or more is used as it is
    with jax.enable_x64(True):
        slopes = (jax.jit(slope) if compiled else slope)({name: point[name] for name in names})
    evaluate = symqb.evaluator(qubits, "mpmath", outputs=outputs)
    for name in names:
        with mp.workdps(60):
            step = mpf(10) ** -20
            up, down = (evaluate(**point | {name: mpf(point[name]) + d}, T_eq=1).as_dict() for d in (step, -step))
            expected = {output: np.asarray((up[output] - down[output]) / (2 * step), dtype=float) for output in outputs}
        for output in outputs:
            found = np.asarray(slopes[output][name])
            assert found == pytest.approx(expected[output], rel=1e-9, abs=1e-10), (output, name)


def test_the_slopes_of_phi_hold_for_every_frequency_and_temperature():
    """Through 0, to huge omega/T, at T = 0: never NaN."""
    module = MODULES[2]
    with jax.enable_x64(True):
        for x in (-1e3, -30.0, -1.0, -0.99, -1e-8, 0.0, 1e-300, 1e-8, 0.5, 0.99, 1.0, 30.0, 700.0, 1e3):
            rising, warming = (float(slope) for slope in module.slope(2.0 * x, 2.0))
            with mp.workdps(60):
                f = mp.taylor(lambda z: z / mp.expm1(z) if z else mpf(1), mpf(x) if x else mpf("1e-25"), 1)
                assert rising == pytest.approx(float(f[1]), rel=1e-14, abs=1e-300)
                expected = (mpf(x) / 2 / mp.sinh(mpf(x) / 2)) ** 2 if x else 1
                assert warming == pytest.approx(float(expected), rel=1e-13, abs=1e-300)
        for omega, expected in ((1.0, 0.0), (-1.0, -1.0), (0.0, -0.5)):
            assert float(module.slope(omega, 0.0)[0]) == expected


def test_a_users_model_has_slopes():
    """Power laws and any other program: generated in memory."""
    from user_models import CASES

    case = CASES["qubit, s=1 and s=3"]
    module = load(python_module(case.model.program, "jax"))
    for point in case.points(3):
        status, (p,) = run(module, ("p_1",), [point])
        assert status == 0
        assert p[0] == pytest.approx(symqb.evaluator(case.model)(**point).populations[0], rel=1e-13)
        with jax.enable_x64(True):
            slope = jax.grad(lambda w, at=point: module.compute({**at, "w": w}, ("stored_energy",))["stored_energy"])
            assert np.isfinite(slope(point["w"]))

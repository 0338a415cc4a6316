"""The NumPy kernel: blocks of points replay the recorded program, as right as the careful path or flagged."""

import threading
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cold_weak_points, points, random_points
from test_accuracy import SMALLEST, exact, mpf
from user_models import CASES

import symqb
from symqb.codegen.python_printer import python_module
from symqb.codegen.sorting import sorting_network
from symqb.evaluators import QUBITS
from symqb.kernels import load
from symqb.symbols import real
from symqb.xxz import SIGMA_X, SIGMA_Z

MODULES = {qubits: import_module(f"generated.xxz{qubits}_numpy") for qubits in QUBITS}
BOTH = pytest.mark.parametrize("qubits", QUBITS)
LIMIT = {2: 8, 3: 16}  # ulp
POINT = {"B0": 3.0, "J": 1.0, "Delta": 0.5, "epsilon": 0.25, "T_L": 2.0, "T_R": 0.5, "kappa_L": 1.0, "kappa_R": 2.0}


def run(module, wanted, columns, size):
    """(status, one array for each wanted name); columns that are numbers have stride 0."""
    given = {"T_eq": columns[list(module.BATHS.values())[-1]], **columns}
    arrays = [np.asarray(given[name], dtype=float) for name in (*module.PARAMETERS, "T_eq")]
    inputs = [np.broadcast_to(x, size) if x.ndim == 0 else np.ascontiguousarray(x) for x in arrays]
    results = [np.full(size, np.nan) for _ in wanted]
    return module.kernel(tuple(wanted))(inputs, results), results


def spread(size, seed=1):
    rng = np.random.default_rng(seed)
    low = {"B0": 2, "J": -1, "Delta": -1, "epsilon": -1, "T_L": 0.3, "T_R": 0.3, "kappa_L": 0.5, "kappa_R": 0.5}
    return {name: rng.uniform(x, x + 2, size) for name, x in low.items()}


def regimes(qubits):
    drawn = random_points(60, 20 + qubits)
    cold = [p | {"T_L": max(1e-3, p["T_L"] / 100), "T_R": max(1e-3, p["T_R"] / 300)} for p in drawn]
    return {
        "random": drawn,
        "cold": cold,
        "one bath at 0": [p | {"T_L": 0.7, "T_R": 0.0} for p in drawn] + [p | {"T_L": 0.0, "T_R": 0.2} for p in drawn],
        "equal temperatures": [p | {"T_L": 0.05, "T_R": 0.05 * (1 + 1e-15)} for p in drawn],
        "frequency near 0": [p | {"B0": p["J"] + p["Delta"] + d} for p in drawn for d in (0.0, 1e-16, 1e-9)],
        "cold in a weak field": cold_weak_points(60, qubits),
    }


@BOTH
def test_populations_are_right_to_the_last_digits(qubits):
    """8 ulp for two qubits, 16 for three, wherever the kernel does not ask for care; sum 1, none negative."""
    module = MODULES[qubits]
    for name, drawn in regimes(qubits).items():
        served = 0
        for point in drawn:
            status, columns = run(module, module.OUTPUTS["populations"], point, 1)
            if status:
                continue
            served += 1
            found = [float(column[0]) for column in columns]
            assert sum(found) == pytest.approx(1, abs=4 * np.finfo(float).eps)
            for p, expected in zip(found, exact(point, qubits), strict=True):
                assert p >= 0, (name, point)
                allowed = LIMIT[qubits] * np.spacing(float(expected)) if expected > SMALLEST else 2e-250
                assert abs(mpf(p) - expected) <= allowed, (name, point)
        assert served > len(drawn) / 4, name


@BOTH
@given(point=points())
def test_every_output_agrees_with_the_careful_path(qubits, point):
    """At drawn points: to rounding, or flagged."""
    module = MODULES[qubits]
    point = {name: float(value) for name, value in point.items()}
    wanted = [name for names in module.OUTPUTS.values() for name in names]
    status, columns = run(module, wanted, point, 1)
    if status:
        return
    careful = module.lookup({**point, "T_eq": point["T_R"]}, tuple(wanted))
    scale = 1e-13 * (1 + max(map(abs, point.values()))) ** 4
    for name, column in zip(wanted, columns, strict=True):
        assert column[0] == pytest.approx(float(careful[name]), rel=1e-11, abs=scale), name


@BOTH
@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 8191, 8192, 8193, 16385])
def test_any_number_of_points_is_served(qubits, size):
    """Each point as if it were alone, whatever the block in which it stands."""
    module, columns = MODULES[qubits], spread(size)
    wanted = ("p_1", "p_3", "ergotropy")
    status, found = run(module, wanted, columns, size)
    assert status == 0
    careful = module.lookup(columns, wanted)
    for name, column in zip(wanted, found, strict=True):
        assert column == pytest.approx(careful[name], rel=1e-13, abs=1e-14)


@BOTH
@pytest.mark.parametrize("varying", [(), ("B0",), ("T_R",), ("epsilon", "kappa_L"), ("J", "Delta", "T_L")])
def test_numbers_among_arrays_give_the_same(qubits, varying):
    """What does not vary is computed once; the results do not tell."""
    module, size = MODULES[qubits], 100
    columns = {name: x if name in varying else x[0] for name, x in spread(size).items()}
    repeated = {name: np.broadcast_to(x, size).copy() for name, x in columns.items()}
    wanted = [name for output in ("energies", "populations", "ergotropy") for name in module.OUTPUTS[output]]
    status, found = run(module, wanted, columns, size)
    assert (status, run(module, wanted, repeated, size)[0]) == (0, 0)
    assert np.array_equal(found, run(module, wanted, repeated, size)[1])


@BOTH
def test_each_output_alone_is_what_it_is_among_all(qubits):
    """A subset computes less, not something else."""
    module, columns = MODULES[qubits], spread(50)
    wanted = [name for names in module.OUTPUTS.values() for name in names]
    together = dict(zip(wanted, run(module, wanted, columns, 50)[1], strict=True))
    for names in module.OUTPUTS.values():
        status, alone = run(module, names, columns, 50)
        assert status == 0
        for name, column in zip(names, alone, strict=True):
            assert column == pytest.approx(together[name], rel=1e-12, abs=1e-14), name


@BOTH
def test_a_passive_state_has_ergotropy_0_exactly(qubits):
    """Equal temperatures give the Gibbs state; epsilon = 0 in a strong field is passive for two qubits."""
    equal = {**spread(500), "T_L": 1.0, "T_R": 1.0}
    status, (found,) = run(MODULES[qubits], ("ergotropy",), equal, 500)
    assert status == 0
    assert np.max(found) < 1e-15  # populations that should be equal in order may differ in their last digit
    strong = {**spread(500), "B0": 9.0, "epsilon": 0.0}
    status, (found,) = run(MODULES[2], ("ergotropy",), strong, 500)
    assert (status, np.max(np.abs(found))) == (0, 0)


FLAGGED = {
    "rates that underflow": POINT | {"B0": 1e-4, "J": 0.2, "Delta": -1.0, "T_L": 1e-3, "T_R": 1e-3},
    "every rate below what floats hold": POINT | dict.fromkeys(("B0", "J", "Delta", "T_L", "T_R"), 1e-300),
    "a harmful degeneracy": POINT | {"J": 0.0},
    "both baths cold in a weak field": POINT | {"B0": 0.1, "Delta": -2.0, "T_L": 1e-3, "T_R": 1e-3},
}


@BOTH
@pytest.mark.parametrize("case", FLAGGED)
@pytest.mark.parametrize("output", ["energies", "populations", "ergotropy"])
def test_one_point_that_needs_care_is_seen_among_many(qubits, case, output):
    """The status tells, at whichever place the point stands; the same call without it is served."""
    module, columns = MODULES[qubits], spread(200)
    assert run(module, module.OUTPUTS[output], columns, 200)[0] == 0
    for place in (0, 137, 199):
        marred = {name: x.copy() for name, x in columns.items()}
        for name, value in FLAGGED[case].items():
            marred[name][place] = value
        assert run(module, module.OUTPUTS[output], marred, 200)[0] != 0
    assert run(module, module.OUTPUTS[output], FLAGGED[case], 3)[0] != 0


def test_a_dark_state_is_flagged():
    """epsilon = 1, T_R = 0, weak field: nothing leaves the singlet, and its exit is 0."""
    point = POINT | {"B0": 0.1, "epsilon": 1.0, "T_L": 1.0, "T_R": 0.0}
    assert run(MODULES[2], ("p_1",), point, 1)[0] != 0


def test_a_bath_at_zero_stays_fast_where_every_level_has_its_exit():
    """T_R = 0 and T_L > 0 as in the paper's figures: served, with rates that are exactly 0."""
    columns = {**spread(300), "T_R": 0.0, "epsilon": 0.5}
    for qubits, module in MODULES.items():
        status, found = run(module, module.OUTPUTS["populations"], columns, 300)
        assert status == 0
        careful = module.lookup(columns, module.OUTPUTS["populations"])
        assert found == pytest.approx(np.array(list(careful.values())), rel=1e-13), qubits


@pytest.mark.parametrize("name", CASES)
def test_user_models_are_served_as_well(name):
    """Any program becomes a kernel: power laws, users' densities, dephasing, several couplings."""
    case = CASES[name]
    module = load(python_module(case.model.program, "numpy"))
    wanted = [name for names in module.OUTPUTS.values() for name in names]
    for point in case.points(5):
        status, columns = run(module, wanted, point, 1)
        assert status == 0
        reference = list(module.BATHS.values())[-1]
        careful = module.lookup({**point, "T_eq": point[reference]}, tuple(wanted))
        for step, column in zip(wanted, columns, strict=True):
            assert column[0] == pytest.approx(float(careful[step]), rel=1e-11, abs=1e-12), (step, point)


def test_a_negative_density_is_flagged():
    """J(omega) = omega (1 - omega) is negative above omega = 1."""
    w = real("w")
    baths = [symqb.Bath("h", SIGMA_X, density=lambda x: x * (1 - x)), symqb.Bath("c", SIGMA_X)]
    module = load(python_module(symqb.Model(w * SIGMA_Z / 2, baths).program, "numpy"))
    point = {"T_h": 1.0, "T_c": 2.0, "kappa_h": 1e-3, "kappa_c": 1.0}
    assert run(module, ("p_1",), point | {"w": 0.5}, 1)[0] == 0
    assert run(module, ("p_1",), point | {"w": 1.5}, 1)[0] != 0


@pytest.mark.parametrize("size", range(1, 10))
@given(data=st.data())
def test_the_network_sorts(size, data):
    """Zeros and ones in any order come out sorted, hence everything does."""
    values = data.draw(st.lists(st.integers(0, 1), min_size=size, max_size=size))
    for i, j in sorting_network(size):
        values[i], values[j] = min(values[i], values[j]), max(values[i], values[j])
    assert values == sorted(values)


def test_threads_do_not_share_buffers():
    """Calls at the same time give what they give one after the other."""
    module, size = MODULES[2], 20000
    columns = [spread(size, seed) for seed in range(4)]
    expected = [run(module, ("p_2", "ergotropy"), c, size)[1] for c in columns]
    found = [None] * 4

    def work(k):
        for _ in range(5):
            found[k] = run(module, ("p_2", "ergotropy"), columns[k], size)[1]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.array_equal(found, expected)

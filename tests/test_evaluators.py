"""The front door: shapes, outputs, refusals, and what it does not import."""

import pickle
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from backends import ARRAYS, EVERY
from flint import ctx
from mpmath import mp, mpf

import symqb
from symqb.errors import (
    AllBathsAtZero,
    DegenerateLevels,
    InvalidParameter,
    MissingParameter,
    SymqbError,
    UnknownChoice,
    UnknownParameter,
)

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "T_L": 30.0, "T_R": 10.0, "epsilon": 1.0}


def test_parameters_broadcast_and_levels_are_last():
    """Shapes (3, 1) and (2,) give results of shape (3, 2), energies and populations (3, 2, 4)."""
    r = symqb.evaluator(2)(**POINT | {"T_L": [[1.0], [2.0], [3.0]], "Delta": [0.1, 0.2]})
    assert r.energies.shape == r.populations.shape == (3, 2, 4)
    assert r.ergotropy.shape == r.exergy.shape == r.heat_current_L.shape == (3, 2)
    assert r.levels == ("Phi_1", "Phi_2", "Phi_3", "Phi_4")


def test_each_place_of_an_array_is_the_scalar_result():
    """No point influences another, also where some need extended range."""
    temperatures = np.array([30.0, 1e-3, 0.0, 2.0])
    point = POINT | {"B0": 1e-4, "J": 0.2, "Delta": -1.0, "T_R": 1e-3}
    together = symqb.evaluator(2)(**point | {"T_L": temperatures})
    for i, T_L in enumerate(temperatures):
        alone = symqb.evaluator(2)(**point | {"T_L": T_L})
        for name, value in alone.as_dict().items():
            assert np.array_equal(together.as_dict()[name][i], value), name


@pytest.mark.parametrize("backend", EVERY)
@pytest.mark.parametrize("shape", [(), (0,), (2, 0)])
def test_scalars_and_empty_arrays(backend, shape):
    """A scalar gives numbers, an empty array empty results of the right shape."""
    r = symqb.evaluator(2, backend)(**POINT | {"T_L": np.full(shape, 30.0)})
    assert np.shape(r.populations) == (*shape, 4)
    assert np.shape(r.ergotropy) == shape


@pytest.mark.parametrize(
    ("T_eq", "T_L"), [([1.0, 2.0, 3.0, 4.0], 30.0), ([1.0, 0.0, 2.0], 30.0), ([[1.0], [2.0]], [5.0, 6.0, 7.0])]
)
def test_the_reference_temperature_broadcasts_too(T_eq, T_L):
    """An array of T_eq gives the exergy at each, whatever its length."""
    point = POINT | {"T_L": T_L}
    together = symqb.evaluator(2)(**point, T_eq=T_eq).exergy
    assert together.shape == np.broadcast_shapes(np.shape(T_eq), np.shape(T_L))
    for index in np.ndindex(together.shape):
        alone = {
            "T_eq": np.broadcast_to(T_eq, together.shape)[index],
            "T_L": np.broadcast_to(T_L, together.shape)[index],
        }
        assert together[index] == symqb.evaluator(2)(**POINT | alone).exergy


def test_minus_zero_is_zero_and_an_explicit_none_is_the_default():
    """T_R = -0.0 is a bath at T = 0; kappa_L = None is kappa_L = 1."""
    evaluate = symqb.evaluator(2)
    assert evaluate(**POINT | {"T_R": -0.0}).entropy_production == np.inf
    assert evaluate(**POINT, kappa_L=None).heat_current_L == evaluate(**POINT).heat_current_L


def test_evaluators_can_be_sent_to_other_processes():
    """Pickling keeps back end and outputs, of generated evaluators and of those of a user's model."""
    model = symqb.xxz_chain(2)
    for evaluate in (symqb.evaluator(2, outputs="ergotropy"), symqb.evaluator(model, outputs="ergotropy")):
        copy = pickle.loads(pickle.dumps(evaluate))
        assert copy(**POINT).as_dict() == evaluate(**POINT).as_dict()
        assert repr(copy) == repr(evaluate)
        assert list(copy(**POINT).as_dict()) == ["ergotropy"]


def test_only_the_outputs_asked_for_are_computed():
    """Another attribute says what was computed."""
    r = symqb.evaluator(2, outputs=("ergotropy",))(**POINT)
    assert list(r.as_dict()) == ["ergotropy"]
    with pytest.raises(AttributeError, match="populations was not computed: this result has ergotropy"):
        _ = r.populations


def test_back_ends_agree_and_mpmath_takes_exact_numbers():
    """Strings and fractions are exact; results carry the working precision."""
    expected = symqb.evaluator(2)(**POINT)
    with mp.workdps(50):
        exact = {"B0": 2, "J": "1", "Delta": Fraction(1, 2), "T_L": mpf(30), "T_R": 10.0, "epsilon": 1}
        r = symqb.evaluator(2, "mpmath")(**exact)
        third = symqb.evaluator(2, "mpmath")(**POINT | {"Delta": "1/3"})
        assert abs(third.energies[0] - (mpf(1) / 6 - 2)) < mpf(10) ** -49
    for name, value in expected.as_dict().items():
        assert np.asarray(getattr(r, name), dtype=float) == pytest.approx(np.asarray(value), rel=1e-13, abs=1e-15)
    arrays = symqb.evaluator(2, "mpmath")(**POINT | {"T_L": ["1", "2"]})
    assert arrays.populations.shape == (2, 4)


def test_kappas_are_one_by_default_and_T_eq_is_T_R():
    """The defaults are those of the documentation."""
    evaluate = symqb.evaluator(2)
    assert evaluate(**POINT).as_dict().keys() == evaluate(**POINT, kappa_L=1.0, kappa_R=1.0).as_dict().keys()
    assert evaluate(**POINT).heat_current_L == evaluate(**POINT, kappa_L=1.0, kappa_R=1.0).heat_current_L
    assert evaluate(**POINT).exergy == evaluate(**POINT, T_eq=10.0).exergy


# Each refusal beside a nearby case that must succeed, one a line.
# ruff: noqa: E501
REFUSED = [
    (InvalidParameter, {"T_L": -1.0}, "T_L = -1.0: allowed is exactly 0, or a number from 1e-30 to", {"T_L": 0.0}),
    (InvalidParameter, {"T_L": 2e30}, r"T_L = 2(\.0)?e\+30: allowed is exactly 0", {"T_L": 1e30}),
    (InvalidParameter, {"kappa_L": 2e30}, r"kappa_L = 2(\.0)?e\+30: allowed is a positive number", {"kappa_L": 1e30}),
    (InvalidParameter, {"T_R": 1e-31}, r"T_R = 1(\.0)?e-31: allowed is exactly 0, or a number", {"T_R": 1e-30}),
    (InvalidParameter, {"kappa_L": 0.0}, "kappa_L = 0.0: allowed is a positive number from 1e-30", {"kappa_L": 1e-30}),
    (InvalidParameter, {"kappa_R": -2.0}, "kappa_R = -2.0: allowed is a positive number", {"kappa_R": 2.0}),
    (InvalidParameter, {"B0": float("nan")}, "B0 = nan: allowed is a finite real number", {"B0": -2.0}),
    (InvalidParameter, {"Delta": float("inf")}, r"Delta = \+?inf: allowed is a finite real number", {"Delta": 0.0}),
    (InvalidParameter, {"epsilon": 1e31}, r"epsilon = 1(\.0)?e\+31: allowed is a finite real number, at most 1e\+30", {"epsilon": -1}),
    (InvalidParameter, {"J": "strong"}, "J = 'strong': allowed is a real number", {"J": 0.7}),
    (InvalidParameter, {"J": 1j}, "J = 1j: allowed is a real number", {"J": -1}),
    (InvalidParameter, {"T_eq": -1.0}, "T_eq = -1.0: allowed is exactly 0, or a number", {"T_eq": 0.0}),
    (InvalidParameter, {"T_L": [[1.0, 2.0], [3.0, -4.0]]}, r"T_L\[1, 1\] = -4.0: allowed", {"T_L": [[1.0, 2.0], [3.0, 0.0]]}),
    (InvalidParameter, {"T_L": [1.0, float("nan"), -1.0]}, r"T_L\[1\] = nan: allowed", {"T_L": [1.0, 2.0, 0.0]}),
    (InvalidParameter, {"B0": [1.0, 2.0], "J": [1.0, 2.0, 3.0]}, r"shapes = B0 \(2,\), J \(3,\)", {"B0": [1.0, 2.0], "J": [1.0, 2.0]}),
    (InvalidParameter, {"J": [1.0, 2.0], "T_R": [1.0, 2.0, 3.0]}, r"shapes = J \(2,\), T_R \(3,\): allowed", {"J": [1.0, 2.0], "T_R": [3.0, 4.0]}),
    (InvalidParameter, {"J": [1.0, 2.0], "T_eq": [1.0, 2.0, 3.0]}, r"shapes = J \(2,\), T_eq \(3,\): allowed", {"J": [1.0, 2.0], "T_eq": [3.0, 4.0]}),
    (AllBathsAtZero, {"T_L": 0.0, "T_R": 0.0}, "T_L = T_R = 0: at least one bath", {"T_L": 1e-30, "T_R": 0.0}),
    (AllBathsAtZero, {"T_L": [1.0, 0.0], "T_R": 0.0}, r"T_L\[1\] = T_R\[1\] = 0", {"T_L": [1.0, 0.0], "T_R": 1.0}),
    (DegenerateLevels, {"J": 0.0}, "levels Phi_3 and Phi_4 are degenerate and bath R couples both to Phi_1", {"J": 1e-9}),
    (DegenerateLevels, {"B0": 0.0}, "levels Phi_1 and Phi_2 are degenerate and bath R couples both to Phi_3", {"B0": 1e-9}),
    (DegenerateLevels, {"J": [1.0, 1e-17]}, r"degenerate at index \(1,\)", {"J": [1.0, 1e-15]}),
    (InvalidParameter, {"J": [1.0, [2.0]]}, "J = .*: allowed is a real number", {"J": "1/2"}),
    (InvalidParameter, {"J": "1/0"}, "J = '1/0': allowed is a real number", {"J": "1/2"}),
    (UnknownParameter, {"Dleta": 0.5}, "Dleta is not a parameter: allowed are B0, J, .*; did you mean Delta?", {}),
    (MissingParameter, {"B0": None}, "B0 is missing: it has no default", {"B0": 1.0}),
]  # fmt: skip


@pytest.mark.parametrize("backend", EVERY)
@pytest.mark.parametrize(("error", "change", "message", "nearby"), REFUSED, ids=[str(r[1]) for r in REFUSED])
def test_refusals_name_parameter_value_and_what_is_allowed(backend, error, change, message, nearby):
    """The error is of its own class, a SymqbError, and its neighbour evaluates."""
    with mp.workdps(15):
        evaluate = symqb.evaluator(2, backend)
        with pytest.raises(error, match=message) as caught:
            evaluate(**POINT | change)
        assert isinstance(caught.value, SymqbError)
        p = np.asarray(evaluate(**POINT | nearby).populations, dtype=float)
        assert np.allclose(p.sum(axis=-1), 1)


def test_errors_carry_fields_for_programs():
    """Parameter, value, index and levels can be read without parsing the message."""
    with pytest.raises(InvalidParameter) as caught:
        symqb.evaluator(2)(**POINT | {"T_L": [1.0, -1.0]})
    assert (caught.value.parameter, caught.value.value, caught.value.index) == ("T_L", -1.0, (1,))
    with pytest.raises(DegenerateLevels) as degenerate:
        symqb.evaluator(2)(**POINT | {"J": 0.0})
    assert degenerate.value.levels == ("Phi_3", "Phi_4")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"backend": "numpi"}, "backend = numpi: allowed are numpy, numba, c, jax, mpmath, arb; did you mean numpy?"),
        ({"backend": "numpy", "parallel": True}, "backend with parallel=True = numpy: allowed are numba"),
        ({"outputs": ["ergotrophy"]}, "outputs = ergotrophy: .*; did you mean ergotropy?"),
        ({"outputs": ()}, r"outputs = \(\): allowed are energies, populations"),
        ({"outputs": [], "qubits": 4}, r"outputs = \(\): allowed are energies, populations"),
        ({"qubits": 1}, "qubits = 1: allowed are 2"),
        ({"qubits": "two"}, "qubits = 'two': allowed are 2, 3, 4, 5, 6, 7, 8, 9, 10, a Model"),
    ],
)
def test_unknown_choices_list_the_known_ones(arguments, message):
    """Back ends, outputs and chain lengths outside the list."""
    with pytest.raises(UnknownChoice, match=message):
        symqb.evaluator(**arguments)


FRESH = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked!r}:
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Block())
{body}
"""


def in_fresh_process(body, blocked):
    done = subprocess.run([sys.executable, "-W", "error", "-c", FRESH.format(blocked=blocked, body=body)],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_symqb_imports_neither_sympy_nor_numpy():
    """import symqb is cheap: heavy packages load on first use."""
    in_fresh_process(
        "import symqb; print(symqb.__version__, dir(symqb))", ("sympy", "numpy", "mpmath", "typer", "rich")
    )


@pytest.mark.parametrize("backend", EVERY)
def test_evaluating_through_generated_code_does_not_import_sympy(backend):
    """The front door and the generated evaluators work where SymPy is absent."""
    body = f"import symqb; print(float(symqb.evaluator(2, {backend!r})(**{POINT!r}).ergotropy))"
    assert float(in_fresh_process(body, ("sympy", "typer", "rich", "hypothesis"))) == pytest.approx(0.00791494685630826)


@pytest.mark.parametrize("backend", EVERY)
def test_rates_by_bath_leave_the_populations_stationary(backend):
    """The sum over the baths is the rate matrix: gains equal losses in the steady state, at each point of an array."""
    evaluate = symqb.evaluator(2, backend, outputs=["populations"])
    point = POINT | {"T_L": [3.0, 30.0]}
    with ctx.workprec(80):  # balls as wide as the last place of a float would not be certainly below the bound
        rates, p = evaluate.rates(**point), evaluate(**point).populations
        assert rates.shape == (2, 2, 4, 4)
        total = rates.sum(axis=-3)
        gain, loss = (total * p[:, None, :]).sum(axis=-1), total.sum(axis=-2) * p
        assert np.all(abs(gain - loss) <= 1e-15 * loss)
    assert np.all(rates[:, 1, 2, 3] == 0)  # Phi_3 and Phi_4 have equal magnetisation


GRID = {"T_L": np.linspace(0.0, 3.0, 40)[:, None, None], "B0": np.linspace(1.7, 3.0, 30)[:, None], "epsilon": [0, 1, 2]}


@pytest.mark.parametrize("backend", ARRAYS)
def test_back_ends_agree_on_a_grid_whatever_way_its_parameters_broadcast(backend):
    """Scalars, axes of their own and full arrays, in any memory order, give the same numbers to rounding."""
    evaluate, reference = symqb.evaluator(2, backend), symqb.evaluator(2, "numpy")
    point = POINT | {"T_R": 1.0} | GRID
    expected, found = reference(**point).as_dict(), evaluate(**point).as_dict()
    full = {name: np.asfortranarray(np.broadcast_to(value, (40, 30, 3))) for name, value in point.items()}
    again = evaluate(**full).as_dict()
    for name, value in expected.items():
        assert found[name].shape == value.shape
        scale = np.abs(value[np.isfinite(value)]).max()
        assert np.allclose(found[name], value, rtol=1e-11, atol=1e-14 * scale), name
        assert np.array_equal(found[name], again[name]), name


@pytest.mark.parametrize("backend", ARRAYS)
def test_a_point_far_into_a_large_grid_is_named_by_its_own_index(backend):
    """Chunks are an affair of the evaluator: errors speak of the user's arrays."""
    J = np.full((300, 200), 1.0)
    J[250, 17] = 0.0
    with pytest.raises(DegenerateLevels, match=r"degenerate at index \(250, 17\)"):
        symqb.evaluator(2, backend)(**POINT | {"J": J})
    J[250, 17] = np.nan
    with pytest.raises(InvalidParameter, match=r"J\[250, 17\] = nan"):
        symqb.evaluator(2, backend)(**POINT | {"J": J})


@pytest.mark.parametrize("backend", ARRAYS)
def test_a_bath_at_minus_0_is_a_bath_at_0(backend):
    """The sign of a zero temperature means nothing, to no output, of numbers and of arrays."""
    evaluate = symqb.evaluator(2, backend)
    for T_R in (0.0, np.zeros(70)):
        right, left = (evaluate(**POINT | {"T_L": 5.0, "T_R": T}).as_dict() for T in (T_R, -T_R))
        for name, value in right.items():
            assert np.array_equal(left[name], value), name


@pytest.mark.parametrize("backend", ARRAYS)
def test_a_restored_evaluator_is_the_same(backend):
    """Through pickle, as for worker processes."""
    evaluate = symqb.evaluator(2, backend, outputs="ergotropy")
    again = pickle.loads(pickle.dumps(evaluate))
    assert (again.backend, again.outputs, again(**POINT).ergotropy) == (
        backend, ("ergotropy",), evaluate(**POINT).ergotropy
    )  # fmt: skip


@pytest.mark.parametrize("qubits", [2, 3])
@pytest.mark.parametrize("backend", ARRAYS)
def test_the_ergotropy_of_a_passive_state_is_0_without_a_sign(backend, qubits):
    """Exactly 0.0 where the populations are in order: -0.0 would print as a loss."""
    r = symqb.evaluator(qubits, backend)(B0=np.linspace(4, 5, 20), J=1.0, Delta=0.5, T_L=3.0, T_R=2.0, epsilon=0.0)
    assert np.all(r.ergotropy == 0)
    assert not np.signbit(r.ergotropy).any()

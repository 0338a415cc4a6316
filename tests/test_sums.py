"""Sums, roots and orders on rows of a tape: as exact as they say, for terms of any size that cancel to anything."""

from fractions import Fraction
from importlib import import_module

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from symqb.codegen.known_order import exchanges
from symqb.codegen.sums_numpy import Sums
from symqb.codegen.tape_numpy import Tape, schedule
from symqb.evaluators import QUBITS

NAMES = ("x", "y", "z")
numbers = st.floats(-8, 8).filter(lambda x: abs(x) > 1e-6)
sizes = st.integers(-90, 90).map(lambda k: 2.0**k)
small = st.sampled_from([0, 10, 20, 40, 60])
coefficients = st.sampled_from([-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0])
powers_of_two = st.sampled_from([-2.0, -1.0, -0.5, 0.5, 1.0, 2.0])


def values(tape, rows, points):
    """The rows as floats, at the numbers ``points`` of the inputs."""
    found = {}
    for place, operation in enumerate(tape.operations):
        if operation.ufunc is None:
            source = (
                points.get(operation.source, operation.source)
                if isinstance(operation.source, str)
                else operation.source
            )
            found[place] = np.array([source], dtype=np.int64 if operation.integer else float)
        else:
            arrays = [found[i].view(np.int64) if operation.integer else found[i] for i in operation.operands]
            found[place] = operation.ufunc(*arrays).view(float)
    return [float(found[tape.row(row).plain().place][0]) for row in rows]


def summed(points, terms):
    """hi, lo and the value of the sum of numbers times inputs; 3/2 x enters as x + x/2, as in programs."""
    tape = Tape()
    sums = Sums(tape)
    rows = {name: tape.input(name, False) for name in points}
    parts = [(n, name) for name, c in terms for n in ((c,) if abs(c) != 1.5 else (c / 1.5, c / 3))]
    total = sums.exact_sum(*(n * rows[name] for n, name in parts))
    high, low = sums.normal(total)
    made = [tape.row(row).plain() for row in (high, low, sums.value(total))]
    return values(tape, made, points)


@given(x=numbers, y=numbers, z=numbers, size=sizes, c=st.tuples(coefficients, coefficients, coefficients), k=small)
@example(x=1.0, y=1.0 + 2.0**-52, z=2.0**-60, size=1.0, c=(1.0, -1.0, 0.5), k=0)
@example(x=0.1 + 0.2, y=0.1, z=0.2, size=2.0**-30, c=(1.0, -1.0, -1.0), k=0)
@example(x=1.1, y=-1.1 + 2.0**-51, z=1 / 3, size=1.0, c=(1.0, 1.0, 1.0), k=40)
def test_a_sum_is_right_to_twice_the_digits(x, y, z, size, c, k):
    """hi + lo to 2^-94 of the largest term, lo no more than half a unit of hi, and hi is what is taken as the value."""
    points = dict(zip(NAMES, (x * size, y * size, z * size * 2.0**-k), strict=True))
    high, low, value = summed(points, list(zip(NAMES, c, strict=True)))
    exact = sum(Fraction(n) * Fraction(points[name]) for name, n in zip(NAMES, c, strict=True))
    largest = max(abs(Fraction(n) * Fraction(points[name])) for name, n in zip(NAMES, c, strict=True))
    assert abs(Fraction(high) + Fraction(low) - exact) <= largest * Fraction(2) ** -94
    assert abs(low) <= np.spacing(abs(high)) / 2
    assert value == high


@given(x=numbers, y=numbers, size=sizes, k=small, c=st.tuples(powers_of_two, powers_of_two))
@example(x=1.0, y=1.0 + 2.0**-52, size=1.0, k=0, c=(-1.0, 1.0))
def test_a_sum_of_two_floats_is_right_to_the_last_digit(x, y, size, k, c):
    """hi + lo is the sum of powers of two times two floats, and hi what it rounds to."""
    points = {"x": x * size, "y": y * size * 2.0**-k}
    high, low, value = summed(points, list(zip(points, c, strict=True)))
    exact = sum(Fraction(n) * Fraction(points[name]) for name, n in zip(points, c, strict=True))
    assert (Fraction(high) + Fraction(low), value) == (exact, float(exact))


@given(x=numbers, d=st.integers(-3, 3), size=sizes)
def test_what_cancels_leaves_what_is_left(x, d, size):
    """fl(x + y) - x - y is the rounding error of the sum, exactly: 0 where there is none."""
    y = x / 3 + d * np.spacing(x)
    points = {"x": x * size, "y": y * size, "z": (x + y) * size}
    high, low, value = summed(points, [("z", 1.0), ("x", -1.0), ("y", -1.0)])
    error = Fraction(points["z"]) - Fraction(points["x"]) - Fraction(points["y"])
    assert (Fraction(high), low, value) == (error, 0.0, high)


@given(x=numbers, y=numbers, size=sizes, c=st.sampled_from([1, 3, 8, 0.75]))
def test_a_root_is_right_to_twice_the_digits(x, y, size, c):
    """sqrt(x^2 + c y^2) as hi + lo to 2^-74 of itself, the row alone to 2 units in the last place."""
    tape = Tape()
    sums = Sums(tape)
    rows = [tape.input(name, False) for name in ("x", "y")]
    root = sums.root_of_squares(1, rows[0], c, rows[1])
    high, low = values(tape, sums.normal(root), {"x": x * size, "y": y * size})
    square = Fraction(x * size) ** 2 + Fraction(c) * Fraction(y * size) ** 2
    assert abs((Fraction(high) + Fraction(low)) ** 2 - square) <= square * Fraction(2) ** -73
    assert abs(low) <= 2 * np.spacing(high)


@given(data=st.data(), found=st.lists(st.integers(0, 4), min_size=2, max_size=9))
def test_what_is_known_to_be_in_order_needs_no_comparison(data, found):
    """Any true relations given beforehand: the network without the comparisons that they settle still sorts."""
    size = len(found)
    true = [(i, j) for i in range(size) for j in range(size) if i != j and found[i] <= found[j]]
    known = set(data.draw(st.lists(st.sampled_from(true), max_size=12))) if true else set()
    expected = sorted(found)
    for i, j, certain in exchanges(size, lambda i, j: (i, j) in known):
        if certain or found[j] < found[i]:
            found[i], found[j] = found[j], found[i]
    assert found == expected


@pytest.mark.parametrize(("qubits", "most"), [(2, 307), (3, 1054)])
def test_what_a_point_costs(qubits, most):
    """Operations on a block for populations, stored energy and ergotropy: no more than these."""
    module = import_module(f"generated.xxz{qubits}_numpy")
    assert qubits in QUBITS
    wanted = (*module.OUTPUTS["populations"], "stored_energy", "ergotropy")
    kernel = module.kernel(wanted)
    order = schedule(kernel.tape.operations, [*(place for place, *_ in kernel.limits), *kernel.wanted])
    assert sum(kernel.tape.operations[place].ufunc is not None for place in order) <= most

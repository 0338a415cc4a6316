"""Levels in order, in the C file: by few comparisons, right at every sign of the parameters and where levels meet."""

import random
import re
from itertools import product

import numpy as np
import pytest
import sympy as sp
from mpmath import mp, mpf
from test_c import BOTH, model, text

from symqb.codegen.c_order import for_energetics
from symqb.codegen.c_statements import Statements, primitive
from symqb.symbols import real


def statements(qubits):
    """The statements that sort the levels by energy, where a root is one number."""
    program = for_energetics(model(qubits).program)
    (step,) = (step for step in program.steps() if primitive(step) == "sorted_by")
    printed = Statements(program, program.pairs()).lines([step])
    return [" ".join(line.split()).rstrip(";") for line in printed]


def after(lines, values):
    """The numbers of the variables once the statements have run: declarations, and calls on pairs of variables."""
    known = dict(values)
    for line in lines:
        call = re.fullmatch(r"(ascend|mirror)\((.*)\)", line)
        if not call:
            for name, text in re.findall(r"(\w+) = ([^,]+)", line):
                known[name] = eval(text, {"fabs": abs}, known)
            continue
        first, *places = call[2].replace("&", "").split(", ")
        changes = known[first] < 0 if call[1] == "mirror" else known[places[1]] < known[first]
        if call[1] == "ascend":
            places = [places[0], places[2], first, places[1]]
        if changes:
            for a, b in zip(places[::2], places[1::2], strict=True):
                known[a], known[b] = known[b], known[a]
    return known


def points(qubits):
    """Small integers of every sign, 0 among them: levels meet at many of these, and no sum rounds."""
    for B0, Delta, last in product(range(-4, 5), repeat=3):
        if qubits == 2:
            yield {"B0": B0, "Delta": Delta, "J": last}
        elif last >= 0:
            yield {"B0": B0, "Delta": Delta, "alpha": abs(Delta) + last}  # alpha^2 = Delta^2 + 8 J^2


def named(point, expr):
    """The numbers by symbol."""
    return {symbol: sp.Integer(point[symbol.name]) for symbol in expr.free_symbols}


@BOTH
def test_levels_are_in_order_at_every_sign_and_where_they_meet(qubits):
    """Energies ascend, and every population is beside the energy of its level."""
    lines = statements(qubits)
    levels = range(2**qubits)
    for point in points(qubits):
        energies = [float(level.energy.xreplace(named(point, level.energy))) for level in model(qubits).levels]
        known = after(lines, point | {f"p_{k + 1}": k for k in levels})
        assert [known[f"e_{k + 1}"] for k in levels] == sorted(energies), point
        places = [known[f"q_{k + 1}"] for k in levels]
        assert sorted(places) == list(levels)
        assert [energies[k] for k in places] == sorted(energies), point


@pytest.mark.parametrize(("qubits", "most"), [(2, 3), (3, 11)])
def test_what_is_known_is_not_compared(qubits, most):
    """Of the 5 and 19 comparisons of a network for as many numbers."""
    assert sum(line.startswith("ascend") for line in statements(qubits)) <= most


@BOTH
def test_gains_are_right_to_an_ulp_where_they_cancel_too(qubits):
    """Each with B0 that all but cancels it, from frequencies in two floats each; against 60 digits."""
    chain = model(qubits)
    loop = text(chain.program).partition("void energetics(")[2].partition("void ")[0]
    lines = dict(re.findall(r"const double gain_(\d) = (.*);", loop))
    assert len(lines) == 2**qubits - 1
    frequency = {t.omega.name: function(t.frequency) for t in chain.transitions}
    rng = random.Random(11)
    for level, line in lines.items():
        gain = function(chain.levels[int(level) - 1].energy - chain.energetics.empty.energy)
        for nearness in (1e-15, 1e-9, 1.0) * 50:
            J, Delta = (mpf(rng.choice((-1, 1)) * 10 ** rng.uniform(-2, 2)) for _ in range(2))
            with mp.workdps(60):
                root = gain(mpf(0), J, Delta) / (gain(mpf(0), J, Delta) - gain(mpf(1), J, Delta))  # linear in B0
                B0 = mpf(float(root * (1 + nearness * rng.uniform(-1, 1)))) or mpf(1)
                known = {"B0": float(B0), "J": float(J), "Delta": float(Delta)}
                for name, omega in frequency.items():
                    value = omega(B0, J, Delta)
                    known |= {name: float(value), f"{name}_lo": float(value - float(value))}
                found = eval(re.sub(r"kept->(\w+)\[i\]", r"\1", line), known)
                assert abs(found - gain(B0, J, Delta)) <= np.spacing(abs(found)), (level, B0, J, Delta)


def function(expr):
    """Of B0, J and Delta, in mpmath."""
    roots = {root.symbol: sp.sqrt(root.radicand) for root in model(3).roots}
    return sp.lambdify([real(name) for name in ("B0", "J", "Delta")], expr.xreplace(roots), "mpmath")

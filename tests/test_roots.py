"""Arithmetic with named roots, and blocks of two states of unequal length: exactly, and against numbers put in."""

import numpy as np
import pytest
import sympy as sp

import symqb
from symqb.checks import eigenvectors
from symqb.eigenpairs import given_levels
from symqb.errors import InvalidModel
from symqb.roots import Roots
from symqb.spectrum import find_levels
from symqb.symbols import real

a, b, c, x, y = map(real, "abcxy")
ROOTS = Roots.name({x**2 + 8 * y**2: ((sp.S.One, x), (sp.Integer(8), y))}, ())
(alpha,) = (root.symbol for root in ROOTS)
REFLECTION = sp.Matrix([[0, 0, 1], [0, 1, 0], [1, 0, 0]])


def value(expr):
    return sp.N(expr.subs(ROOTS.explicit()).subs({x: sp.Rational(-7, 3), y: sp.Rational(2, 5)}), 30)


@pytest.mark.parametrize("power", [1, 2, 3])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_quotient_has_its_value_and_no_sum_with_a_root_below(power, sign):
    """y^2/(alpha +- x)^n for n = 1, 2, 3: the same number, and a denominator free of sums that contain alpha."""
    numerator, denominator = y**2 * (alpha + 3), (alpha + sign * x) ** power * alpha
    found = ROOTS.quotient(numerator, denominator)
    assert abs(value(found) / value(numerator / denominator) - 1) < sp.Float("1e-25", 30)
    below = sp.fraction(sp.together(found))[1]
    assert not any(total.has(alpha) for total in below.atoms(sp.Add))


@pytest.mark.parametrize("power", [1, 2, 3])
def test_turning_factors_keeps_the_value(power):
    """(x - alpha)^n y becomes (alpha - x)^n y with the sign of (-1)^n."""
    given = (x - alpha) ** power * y
    found = ROOTS.roots_first(given)
    assert sp.expand(found - given) == 0
    assert (alpha - x) in found.atoms(sp.Add)


def test_no_root_is_left_without_a_name():
    """Two roots beside parameters alpha_1 and alpha_2: alpha_3 and alpha_4."""
    first, second = map(real, ("alpha_1", "alpha_2"))
    blocks = sp.diag(sp.Matrix([[first, b], [b, 0]]), sp.Matrix([[second, b], [b, 0]]))
    assert [str(root.symbol) for root in find_levels(blocks, ()).roots] == ["alpha_3", "alpha_4"]


@pytest.mark.parametrize(
    "H",
    [
        sp.Matrix([[a, b, 0], [b, a, b], [0, b, a]]),
        sp.Matrix([[a, b, 0], [b, c, b], [0, b, a]]),
        sp.Matrix([[a, sp.I * b, 0], [-sp.I * b, c, -sp.I * b], [0, sp.I * b, a]]),
        sp.Matrix([[a, sp.I * b, c], [-sp.I * b, a + c, -sp.I * b], [c, sp.I * b, a]]),
    ],
    ids=["equal", "split", "complex", "equal and complex"],
)
def test_a_symmetric_pair_beside_a_single_state_is_solved_exactly(H):
    """Reflection makes a block of (|1> + |3>) and |2>, of lengths 2 and 1: eigenpairs, norms, energies in numbers."""
    transitions = symqb.Bath("h", sp.Matrix([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    model = symqb.Model(H, [transitions], [REFLECTION])
    assert eigenvectors(model)
    at = {a: sp.Rational(1, 3), b: sp.Rational(-5, 4), c: sp.Rational(2, 7)}
    found = sorted(float(level.energy.subs(model.roots.explicit()).subs(at)) for level in model.levels)
    expected = np.linalg.eigvalsh(np.array(H.subs(at).evalf().tolist(), dtype=complex))
    assert found == pytest.approx(expected, abs=1e-14)


def test_the_order_of_the_symmetries_does_not_matter():
    """Reflection first makes columns of lengths 1 and 2; energies and quantum numbers stay what they are."""
    for qubits in (2, 3):
        chain = symqb.xxz_chain(qubits)
        turned = symqb.Model(chain.hamiltonian, chain.baths, chain.symmetries[::-1])
        assert eigenvectors(turned)
        found = {(*level.quantum_numbers[::-1], str(level.energy)) for level in turned.levels}
        assert found == {(*level.quantum_numbers, str(level.energy)) for level in chain.levels}


def test_a_symmetry_with_a_degenerate_eigenvalue_gives_orthogonal_columns():
    """All permutations of three states: the null space of the matrix of ones, of which SymPy's basis is oblique."""
    ones = sp.ones(3)
    levels = find_levels(a * sp.eye(3) + b * ones, [ones])
    directions = sp.Matrix.hstack(*(level.direction for level in levels))
    assert sp.expand(directions.H * directions - sp.diag(*(level.norm2 for level in levels))).is_zero_matrix
    assert [sp.expand(level.energy) for level in levels] == [a, a, a + 3 * b]


H3 = sp.Matrix([[0, a, 0], [a, 0, b], [0, b, 0]])
r = sp.sqrt(a**2 + b**2)
PAIRS = [(0, [b, 0, -a]), (r, [a, r, b]), (-r, [a, -r, b])]


@pytest.mark.parametrize(
    "power",
    [3, -1],
)
def test_given_eigenvectors_may_have_any_length(power):
    """Times (a^2 + b^2)^(3/2), or normalised: the same energies and projectors."""
    first, second = (
        given_levels(H3, [(E, [entry * r**n for entry in vector]) for E, vector in PAIRS]) for n in (0, power)
    )
    for x, y in zip(first, second, strict=True):
        assert x.energy == y.energy
        assert first.roots.is_zero(x.projector(first.roots) - y.projector(second.roots))


def test_a_vector_of_zeros_is_no_eigenvector():
    """It solves H v = E v for every E."""
    with pytest.raises(InvalidModel, match=r"eigenpairs\[0\]: \[0, 0, 0\] is no eigenvector"):
        given_levels(H3, [(0, [0, 0, 0]), *PAIRS[1:]])

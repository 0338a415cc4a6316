"""Eigenoperators as they are printed and as they act, also complex, turned round, and at frequency 0."""

import pytest
import sympy as sp
from user_models import CASES

import symqb
from symqb.baths import power_law
from symqb.bose import phi
from symqb.checks import eigenoperators
from symqb.errors import InvalidModel
from symqb.symbols import positive, real, temperature
from symqb.xxz import SIGMA_X, SIGMA_Z

MODELS = {name: case.model for name, case in CASES.items()} | {
    "two qubits": symqb.xxz_chain(2),
    "three qubits": symqb.xxz_chain(3),
}


def at_a_point(model, matrix):
    values = {s: sp.Rational(k + 3, 7) for k, s in enumerate(model.parameters)}
    return matrix.subs(model.roots.explicit()).subs(values).evalf(30)


@pytest.mark.parametrize("name", MODELS)
def test_what_is_printed_over_kets_is_the_matrix(name):
    """Each expansion sum c_ij |i><j|, with the normalised vectors put in, is the operator's matrix, at 25 digits."""
    model = MODELS[name]
    assert len({operator.symbol for operator in model.eigenoperators}) == len(model.eigenoperators)
    jumps = {
        sp.Symbol(f"tau_{i.index}{j.index}", commutative=False): at_a_point(model, i.vector)
        * at_a_point(model, j.vector).H
        for i in model.levels
        for j in model.levels
    }
    for operator in model.eigenoperators:
        total = sp.zeros(len(model.levels))
        for term in sp.Add.make_args(sp.expand(operator.expansion)):
            number, (jump,) = term.args_cnc()
            total += at_a_point(model, sp.Matrix([sp.Mul(*number)]))[0] * jumps[jump]
        difference = total - at_a_point(model, operator.matrix)
        assert max(abs(sp.N(entry)) for entry in difference) < 1e-25


@pytest.mark.parametrize("diagonal", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_complex_elements_turned_round_are_conjugated(diagonal):
    """H = diag(a, 0, 2a) with i in the coupling: one frequency, one operator, whichever level counts as the lower."""
    a = real("a")
    coupling = sp.Matrix([[0, sp.I, 1 + sp.I], [-sp.I, 0, 0], [1 - sp.I, 0, 0]])
    model = symqb.Model(sp.diag(a, 0, 2 * a), [symqb.Bath("h", coupling)], [sp.diag(*diagonal)])
    (operator,) = model.eigenoperators
    assert eigenoperators(model)
    assert operator.matrix in (
        sp.Matrix([[0, 0, 1 + sp.I], [-sp.I, 0, 0], [0, 0, 0]]),
        sp.Matrix([[0, sp.I, 0], [0, 0, 0], [1 - sp.I, 0, 0]]),
    )


def test_dephasing_stands_once_in_the_generator():
    """H = w sigma_z/2, S = sigma_x + s sigma_z: rho_12 decays with kappa (phi(w) + phi(-w))/2 + 2 s^2 kappa T."""
    w, s, T, kappa = real("w"), real("s"), temperature("T_h"), positive("kappa_h")
    model = symqb.Model(w / 2 * SIGMA_Z, [symqb.Bath("h", SIGMA_X + s * SIGMA_Z)])
    rho = sp.Matrix([[0, 1], [0, 0]])
    expected = -sp.I * w - kappa * (phi(w, T) + phi(-w, T)) / 2 - 2 * s**2 * kappa * phi(0, T)
    change = model.generator.apply(rho)
    assert sp.expand(change[0, 1] - expected) == 0
    assert change[0, 0] == change[1, 1] == 0


def test_dephasing_without_a_rate_is_refused():
    """A super-Ohmic bath that couples to sigma_z: no generator, with the bath's name; an Ohmic one has one."""
    w, cutoff = real("w"), positive("w_c")
    for s in (3, 1):
        bath = symqb.Bath("h", SIGMA_X + SIGMA_Z, density=power_law(s, cutoff))
        generator = symqb.Model(w / 2 * SIGMA_Z, [bath]).generator
        if s == 3:
            with pytest.raises(InvalidModel, match="bath h: it couples to the energy itself"):
                list(generator.jumps())
        else:
            assert len(list(generator.jumps())) == 3

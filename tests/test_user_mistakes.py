"""What broke in the hands of a careful user, pinned: wrong numbers first, then refusals that now have names."""

import numpy as np
import pytest
import sympy as sp
from backends import ARRAYS
from mpmath import mp
from sympy.physics.quantum import TensorProduct

import symqb
from symqb.baths import power_law
from symqb.codegen.python_printer import python_module
from symqb.errors import DegenerateLevels, InvalidModel, NegativeDensity
from symqb.formats import render
from symqb.symbols import positive, real
from symqb.xxz import SIGMA_X as X
from symqb.xxz import SIGMA_Y as Y
from symqb.xxz import SIGMA_Z as Z

w, g, h1, h2 = map(real, ("w", "g", "h1", "h2"))
FIRST, SECOND = TensorProduct(X, sp.eye(2)), TensorProduct(sp.eye(2), X)
Z1, Z2 = TensorProduct(Z, sp.eye(2)), TensorProduct(sp.eye(2), Z)
FLIP = TensorProduct(X, X) + TensorProduct(Y, Y)


def two_fields(*baths):
    return symqb.Model(h1 * Z1 / 2 + h2 * Z2 / 2 + g * FLIP / 2, baths)


def deviation(model, **point):
    """Largest relative difference of the populations of both back ends, float64 against 40 digits."""
    found = symqb.evaluator(model, outputs="populations")(**point).populations
    with mp.workdps(40):
        expected = symqb.evaluator(model, "mpmath", outputs="populations")(**point).populations
    return max(abs(float(p) / float(e) - 1) for p, e in zip(found, expected, strict=True))


@pytest.mark.parametrize("H", [w * Z + X, w * Z + X / 3, sp.Matrix([[1, 2], [2, -1]])])
def test_constants_under_a_root_are_no_half_floats(H):
    """A number in the off-diagonal place: populations to rounding (ldexp of an integer is float16)."""
    point = {"T_h": 1.0} | ({"w": 1.0} if w in H.free_symbols else {})
    assert deviation(symqb.Model(H, [symqb.Bath("h", X)]), **point) < 1e-15


@pytest.mark.parametrize("J", [1.0, 1e-5, 1e-9])
def test_weights_keep_their_digits_whatever_the_coefficients(J):
    """Fields h/3 and 2h/7, coupling sqrt(2) J/5: 21 alpha + 2 h1 does not cancel."""
    H = h1 * Z1 / 3 + 2 * h1 * Z2 / 7 + sp.sqrt(2) * g * FLIP / 5
    model = symqb.Model(H, [symqb.Bath("L", FIRST), symqb.Bath("R", SECOND)])
    assert deviation(model, h1=1.0, g=J, T_L=1.0, T_R=0.5) < 1e-14


@pytest.mark.parametrize("split", [1e-2, 1e-6, 1e-8])
def test_a_nearly_dark_level_is_neither_lost_nor_wrong(split):
    """Both qubits in one bath, fields that differ by little: alpha - 2g = (h1 - h2)^2/(alpha + 2g)."""
    together = symqb.Bath("c", FIRST + SECOND)
    weak = symqb.Bath("w", FIRST)
    point = {"h1": 1.0, "h2": 1.0 + split, "g": 0.7, "T_c": 0.5}
    assert deviation(two_fields(together), **point) < 1e-14
    assert deviation(two_fields(together, weak), **point, T_w=0.02, kappa_w=1e-12) < 1e-12


def test_coherence_rates_where_a_block_is_diagonal():
    """At g = 0 the closed-form direction vanishes, its projector does not: the rates are the limit of small g."""
    model = two_fields(symqb.Bath("L", FIRST), symqb.Bath("R", SECOND))
    point = {"h1": 1.0, "h2": 1.5, "T_L": 1.0, "T_R": 0.5}
    for at, near in zip(*(symqb.coherence_rates(model, **point, g=x) for x in (0.0, 1e-9)), strict=True):
        assert at.coherences == near.coherences
        assert at.rates == pytest.approx(near.rates, rel=1e-8)


@pytest.mark.parametrize("backend", ["numpy", "mpmath"])
def test_a_block_that_is_itself_degenerate_is_refused_by_either_back_end(backend):
    """alpha = 0 with a coupling that has diagonal elements: DegenerateLevels, not a division by zero."""
    model = symqb.Model(w * Z / 2 + g * X, [symqb.Bath("h", X + Z)])
    with pytest.raises(DegenerateLevels):
        symqb.evaluator(model, backend)(w=0.0, g=0.0, T_h=1.0)
    assert sum(symqb.evaluator(model, backend)(w=0.0, g=1e-3, T_h=1.0).populations) == pytest.approx(1)


@pytest.mark.parametrize("ratio", [700.0, 743.0, 746.0, 5000.0])
def test_a_cut_off_far_below_the_frequency_underflows_in_no_population(ratio):
    """One bath is Gibbs at any omega/omega_c, e^-5000 included."""
    model = symqb.Model(w * Z / 2, [symqb.Bath("h", X, density=power_law(1, positive("omega_c")))])
    p = symqb.evaluator(model)(w=ratio, omega_c=1.0, T_h=ratio).populations
    assert p[0] / p[1] == pytest.approx(np.exp(-1), rel=1e-14)


def test_a_negative_density_is_refused_where_it_is_negative():
    """J = omega (1 - omega): fine below 1, named above."""
    hot = symqb.Bath("h", X, density=lambda omega: omega * (1 - omega))
    evaluate = symqb.evaluator(symqb.Model(w * Z / 2, [hot, symqb.Bath("c", X)]))
    assert evaluate(w=0.5, T_h=3.0, T_c=1.0).populations.sum() == pytest.approx(1)
    with pytest.raises(NegativeDensity, match=r"of bath h is negative .* at index \(1,\)"):
        evaluate(w=[0.5, 1.5], T_h=3.0, T_c=1.0)


def test_two_baths_may_share_a_temperature():
    """One symbol for both: equilibrium, and a diagnosis that tells the baths apart."""
    T = sp.Symbol("T", nonnegative=True)
    baths = [symqb.Bath("h", X, temperature=T), symqb.Bath("c", X, temperature=T)]
    model = symqb.Model(w * Z / 2, baths)
    r = symqb.evaluator(model)(w=1.0, T=2.0, diagnose=True)
    assert r.populations[0] / r.populations[1] == pytest.approx(np.exp(-0.5), rel=1e-15)
    assert r.diagnosis.secular.bath in ("h", "c")


def test_names_that_meet():
    """A strength called alpha beside a root; a cut-off called omega; two symbols of one name are refused."""
    model = symqb.Model(w * Z + g * X, [symqb.Bath("h", positive("alpha") * X)])
    assert [str(root.symbol) for root in model.roots] == ["alpha_1"]
    assert deviation(model, w=1.0, g=1.0, alpha=2.0, T_h=1.0) < 1e-15
    bath = symqb.Bath("h", X, density=power_law(3, positive("omega")))
    assert {s.name for s in symqb.Model(w * Z, [bath]).parameters} == {"w", "omega"}
    with pytest.raises(InvalidModel, match="parameter omega: two symbols have this name"):
        symqb.Model(real("omega") * Z, [bath])
    with pytest.raises(InvalidModel, match="parameter T_h: two symbols have this name"):
        symqb.Model(real("T_h") * Z, [symqb.Bath("h", X)])


def test_lists_arrays_and_single_objects_will_do():
    """Couplings as lists or arrays, one bath, one symmetry: the same model as with SymPy matrices in lists."""
    plain = symqb.Model([[w, 0], [0, -w]], symqb.Bath("h", [[0, 1], [1, 0]]), symmetries=Z, basis=[1, 0])
    array = symqb.Model(w * Z, [symqb.Bath("h", np.array([[0, 1], [1, 0]]))], [Z], basis=["1", "0"])
    assert [str(x) for x in plain.levels] == [str(x) for x in array.levels]
    assert plain.basis == array.basis


def test_a_title_is_text():
    """Quotes, backslashes and signs that mean something to LaTeX break neither the module nor the document."""
    model = symqb.Model(w * Z, [symqb.Bath("h", X)], title='a """ \\N & 50% x_y')
    compile(python_module(model.program, "numpy"), "module", "exec")
    compile(render(model, "python"), "exported", "exec")
    assert r"\& 50\% x\_y" in render(model, "latex")


a, b = map(real, "ab")
NESTED = sp.sqrt(a + sp.sqrt(b))
REFUSED = {
    "a coupling that is not square": (lambda: symqb.Bath("h", sp.ones(2, 3)), "a coupling: its shape is"),
    "a coupling that is no matrix": (lambda: symqb.Bath("h", "X"), "allowed is a square matrix"),
    "a name that is a number": (lambda: symqb.Bath(1, X), "can stand in an identifier"),
    "a density that is a number": (lambda: symqb.Bath("h", X, density=5), "function of a SymPy omega"),
    "a density of floats": (lambda: symqb.Bath("h", X, density=np.exp), "function of a SymPy omega"),
    "levels that never split": (lambda: symqb.Model(w * sp.eye(2), [symqb.Bath("h", X)]).program, "for all parameters"),
    "a basis too short": (lambda: symqb.Model(w * Z, [symqb.Bath("h", X)], basis=["1"]), "it has 1 labels"),
    "a ladder operator as symmetry": (
        lambda: symqb.Model(w * sp.eye(2), [symqb.Bath("h", X)], [sp.Matrix([[0, 1], [0, 0]])]).levels,
        r"symmetries\[0\] is not Hermitian",
    ),
    "eigenpairs of no Hermitian matrix": (
        lambda: symqb.Model(
            sp.I * w * Z, [symqb.Bath("h", X)], eigenpairs=[(sp.I * w, [1, 0]), (-sp.I * w, [0, 1])]
        ).levels,
        "hamiltonian is not Hermitian",
    ),
    "eigenpairs the wrong way round": (
        lambda: symqb.Model(w * Z, [symqb.Bath("h", X)], eigenpairs=[([1, 0], w), ([0, 1], -w)]).levels,
        "allowed are 2 pairs",
    ),
    "a root within a root": (
        lambda: symqb.Model(
            sp.Matrix([[0, a], [a, 0]]), [symqb.Bath("h", Z)], eigenpairs=[(NESTED, [1, 1]), (-a, [1, -1])]
        ).levels,
        "a root within a root",
    ),
    "a parameter that is an option": (lambda: symqb.Model(real("times") * Z, [symqb.Bath("h", X)]).program, "times"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_mistakes_are_named(name):
    """InvalidModel in words, never an error from inside SymPy."""
    make, message = REFUSED[name]
    with pytest.raises(InvalidModel, match=message):
        make()


def linked(size, *pairs):
    """What couples the pairs of levels, counted from 1."""
    found = sp.zeros(size)
    for i, j in pairs:
        found[i - 1, j - 1] = found[j - 1, i - 1] = 1
    return found


@pytest.mark.parametrize("backend", ARRAYS)
@pytest.mark.parametrize("large", [1e9, 1e12, 1e17])
def test_the_ergotropy_of_levels_in_which_large_parameters_cancel(backend, large):
    """Levels d1 + d2 + d3, and that with +-x, for d1 = -d3: order and work are those at d1 = 0."""
    d1, d2, d3, d4, x = map(real, ("d1", "d2", "d3", "d4", "x"))
    hot, cold = symqb.Bath("h", linked(4, (1, 2), (1, 3))), symqb.Bath("c", linked(4, (2, 4), (3, 4)))
    c = d1 + d2 + d3
    for levels in ((0, d4, x, c), (c + x, c - x, d4, 0)):
        evaluate = symqb.evaluator(symqb.Model(sp.diag(*levels), [hot, cold]), backend, outputs="ergotropy")
        point = {"d2": 3e-4, "d4": 5.0, "x": 0.5, "T_h": 1.0, "T_c": 0.2}
        found, plain = (evaluate(**point, d1=size, d3=-size).ergotropy for size in (large, 0.0))
        assert plain > 1e-5
        assert found == pytest.approx(plain, rel=1e-12)


@pytest.mark.parametrize("backend", ARRAYS)
def test_a_density_beyond_float64_is_refused(backend):
    """w^9/cutoff^8 overflows where each parameter is fine: no NaN, but the bath and the levels by name."""
    d1, d2, cutoff = real("d1"), real("d2"), positive("cutoff")
    baths = [
        symqb.Bath(name, linked(3, *pairs), density=lambda w: w**9 / cutoff**8)
        for name, pairs in (("h", [(1, 2), (1, 3)]), ("c", [(1, 2), (2, 3)]))
    ]
    evaluate = symqb.evaluator(symqb.Model(sp.diag(0, d1, d2), baths), backend, outputs="populations")
    message = "of bath h is no number that float64 can hold at the frequency of psi_1 and psi_2"
    with pytest.raises(NegativeDensity, match=message):
        evaluate(d1=3e13, d2=-2e13, cutoff=1e-28, T_h=4e13, T_c=1e13)

"""Stationary populations in both forms, and against the printed one."""

from dataclasses import replace
from itertools import permutations

import pytest
import sympy as sp
from fraction_field import equal

import symqb
from proofs.paper.rates import A23, A24, A31, E31, EQUATIONS, ETA_1, ETA_2, eta_1, eta_2, p_3
from symqb.checks import elimination, stationarity
from symqb.elimination import best_order, eliminate, population
from symqb.steady_state import spanning_trees
from symqb.symbols import positive


@pytest.fixture(scope="module")
def steady():
    return symqb.xxz_chain(2).steady_state


def test_populations_are_positive_as_they_stand(steady):
    """Each t_i is a sum of products of distinct rates with coefficient 1: nothing is subtracted, nothing cancels."""
    rates = set(steady.rates.values())
    for tree in steady.trees:
        for term in tree.as_ordered_terms():
            assert set(term.args) <= rates
            assert len(term.args) == 3
    for eta in steady.eta_form.eta:
        assert not eta.has(-1 * sp.S.One) or all(not arg.could_extract_minus_sign() for arg in eta.args)


def printed_population(level):
    """rho_ii of Eq. (13) with (14) put in, over the total rates alone."""
    values = {str(r.lhs): r.rhs for p in EQUATIONS if p.number.startswith("13") for r in p.relations}
    return values[f"p_{level}"].subs(p_3, values["p_3"]).subs({eta_1: ETA_1, eta_2: ETA_2})


def test_the_printed_populations_are_the_derived_ones(steady):
    """Eqs. (13a) to (13d) with (14) put in equal the tree form, exactly."""
    for i, derived in enumerate(steady.populations, start=1):
        assert equal(printed_population(i), derived)


@pytest.mark.parametrize("change", [{A31: E31}, {A24: 2 * A24}])
def test_a_wrong_formula_is_another_one(steady, change):
    """A swapped or doubled rate is noticed."""
    assert not equal(printed_population(1).subs(change), steady.populations[0])


def test_printed_etas_are_the_derived_ones_up_to_a_factor(steady):
    """Eq. (14) is the subtraction-free pair divided by A_23 + E_31."""
    for printed, derived in zip((ETA_1, ETA_2), steady.eta_form.eta, strict=True):
        assert equal(printed * (A23 + E31), derived)


def test_printed_rate_equations_are_the_rate_matrix(steady):
    """The gains and losses that are shown add up to M p."""
    p = sp.Matrix([population(i) for i in range(1, 5)])
    for formula, change in zip(steady.rate_equations(), steady.rate_matrix * p, strict=True):
        assert sp.expand(formula.right - change) == 0
        assert sp.expand(sum(formula.terms) - change) == 0


def test_printed_ratios_are_those_of_the_elimination(steady):
    """The eta form as it is shown, with the etas put in, equals the tree form; and the populations add up to 1."""
    formulas = {formula.left: formula.right for formula in steady.eta_form.formulas()}
    etas = {symbol: formulas.pop(symbol) for symbol in map(positive, ("eta_1", "eta_2"))}
    kept = population(steady.eta_form.order[-1])
    whole = formulas.pop(kept)
    trees = {population(i): tree for i, tree in enumerate(steady.trees, start=1)}
    for ratio, value in formulas.items():
        assert equal(value.subs(etas), ratio.subs(trees))
    assert equal(whole.subs(trees), trees[kept] / sum(steady.trees))


def test_stationarity_and_equality_of_forms_would_be_noticed(steady):
    """Both checks hold for the derived state and fail when one rate is swapped in one place only."""
    for qubits in (2, 3):
        model = symqb.xxz_chain(qubits)
        assert stationarity(model)
        assert elimination(model)
        first, *others = model.steady_state.trees
        wrong = first.xreplace({rate: 2 * rate for rate in [model.transitions[0].E, model.transitions[0].A]})
        model.steady_state.__dict__["trees"] = (wrong, *others)
        assert not stationarity(model)


def test_every_step_of_an_elimination_matters(steady):
    """The step-by-step proof fails whichever step is changed: a rate left out, a fraction inverted, a sum short."""
    for qubits in (2, 3):
        model = symqb.xxz_chain(qubits)
        form = model.steady_state.elimination
        for field in ("steps", "back"):
            for place, step in enumerate(getattr(form, field)):
                changed = list(getattr(form, field))
                changed[place] = replace(step, right=2 * step.right)
                model.steady_state.__dict__["elimination"] = replace(form, **{field: tuple(changed)})
                assert not elimination(model), step


def test_three_qubits_in_named_steps_solve_the_rate_equation_at_a_rational_point():
    """Exact arithmetic, no symbol left: M p = 0 and sum p = 1 for 28 arbitrary rates; ratios are those of the trees."""
    steady = symqb.xxz_chain(3).steady_state
    values = {
        rate: sp.Rational(3 + 7 * i % 29, 2 + 5 * i % 23)
        for i, rate in enumerate(sorted(steady.rates.values(), key=str))
    }
    known = dict(values)
    form = steady.elimination
    for step in (*form.steps, *form.back, *form.populations):
        known[step.left] = step.right.xreplace(known)
    p = sp.Matrix([known[population(i)] for i in range(1, 9)])
    assert steady.rate_matrix.xreplace(values) * p == sp.zeros(8, 1)
    assert sum(p) == 1
    assert [len(tree.args) for tree in steady.trees] == [1280] * 8
    trees = [tree.xreplace(values) for tree in steady.trees]
    assert [t * p[0] for t in trees] == [trees[0] * x for x in p]


def test_the_order_of_elimination_is_the_best_of_all():
    """On a random graph of six levels no order that ends in the root has fewer operations."""
    links = {frozenset(pair) for pair in [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (1, 4), (2, 6), (3, 6)]}
    rates = {
        pair: positive(f"r_{i}") for i, link in enumerate(sorted(map(sorted, links))) for pair in permutations(link)
    }

    def cost(order):
        form = eliminate(rates, order)
        return sum(sp.count_ops(step.right) for step in (*form.steps, *form.back))

    best = cost(best_order(range(1, 7), links, 3))
    assert best == min(cost([*order, 3]) for order in permutations([1, 2, 4, 5, 6]))


def test_populations_can_be_written_over_the_parameters_alone(steady):
    """Substituting the explicit rates leaves the eight parameters, and the right number."""
    model = symqb.xxz_chain(2)
    p = steady.populations[2].subs(model.rates.explicit())
    assert {s.name for s in p.free_symbols} == set(model.program.parameters)
    point = {
        "B0": 2,
        "J": 1,
        "Delta": sp.Rational(1, 2),
        "epsilon": 1,
        "T_L": 30,
        "T_R": 10,
        "kappa_L": 1,
        "kappa_R": 1,
    }
    value = p.subs({s: point[s.name] for s in p.free_symbols}).evalf(20)
    assert float(value) == pytest.approx(symqb.evaluator(2)(**{k: float(v) for k, v in point.items()}).populations[2])


def test_spanning_trees_are_counted_by_cayley():
    """The complete graph on n vertices has n^(n-2) spanning trees, a path one."""
    for n in (2, 3, 4, 5):
        complete = {(i, j) for i in range(1, n + 1) for j in range(i + 1, n + 1)}
        assert len(list(spanning_trees(n, complete))) == n ** (n - 2)
    assert list(spanning_trees(3, {(1, 2), (2, 3)})) == [((1, 2), (2, 3))]


def test_elimination_is_exact_for_any_order_of_a_complete_graph():
    """GTH on four connected levels annihilates the rate matrix, whichever two levels are kept."""
    rates = {(i, j): positive(f"k_{i}{j}") for i in range(1, 5) for j in range(1, 5) if i != j}
    for order in ([1, 2, 3, 4], [4, 2, 1, 3]):
        ratios = eliminate(rates, order).ratios()
        for j in range(1, 5):
            gain = sum(ratios[i] * rates[i, j] for i in range(1, 5) if i != j)
            loss = ratios[j] * sum(rates[j, k] for k in range(1, 5) if k != j)
            assert equal(gain, loss)

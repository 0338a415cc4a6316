"""Exact checks of a derivation, each an identity between polynomials in the parameters, matrix elements or rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp
from flint import Ordering, fmpz_mpoly, fmpz_mpoly_ctx

from symqb.elimination import Elimination, Rates, branching, population, unnormalised
from symqb.model import Model


def eigenvectors(model: Model) -> bool:
    """H|v> = E|v> and <v|w> = delta_vw."""
    H, roots = model.hamiltonian, model.roots
    directions = sp.Matrix.hstack(*(level.direction for level in model.levels))
    norms = sp.diag(*(level.norm2 for level in model.levels))
    return roots.is_zero(directions.H * directions - norms) and all(
        roots.is_zero(H * level.direction - level.energy * level.direction) for level in model.levels
    )


def eigenoperators(model: Model) -> bool:
    """[H, A(omega)] = -omega A(omega), and the A(omega) and their adjoints add up to the coupling."""
    H, roots = model.hamiltonian, model.roots
    for bath in model.baths:
        own = [a for a in model.eigenoperators if a.bath is bath]
        if not all(roots.is_zero(H * a.matrix - a.matrix * H + a.frequency * a.matrix) for a in own):
            return False
        both = (a.matrix + (a.matrix.H if a.frequency != 0 else sp.zeros(H.rows)) for a in own)
        if not roots.is_zero(sum(both, sp.zeros(H.rows)) - sum(bath.couplings, sp.zeros(H.rows))):
            return False
    return True


def rate_equation(model: Model) -> bool:
    """On states diagonal in the energy basis the GKSL generator acts as the rate matrix, and makes no coherence.

    With D the matrix of unnormalised eigenvectors and N their squared lengths: rho = D p/N D^dagger, and
    D^dagger (d rho/dt) D = N M p, where everything is rational in the parameters and the roots.
    """
    D = sp.Matrix.hstack(*(level.direction for level in model.levels))
    norms = [level.norm2 for level in model.levels]
    populations = [population(level.index) for level in model.levels]
    dual = sp.diag(*(p / n for p, n in zip(populations, norms, strict=True)))
    change = model.rate_matrix.subs(model.rates.explicit()) * sp.Matrix(populations)
    total = -sp.diag(*(n * c for n, c in zip(norms, change, strict=True)))
    for rate, X in model.generator.jumps():
        Y = (D.H * X * D).applyfunc(lambda entry: model.roots.quotient(entry, sp.S.One))
        loss = sp.diag(*(1 / n for n in norms)) * Y
        n = Y.H * loss
        total += rate * (Y * dual * Y.H - (n * dual * sp.diag(*norms) + sp.diag(*norms) * dual * n) / 2)
    opaque = {function: sp.Dummy() for function in total.atoms(sp.Function)}  # phi of frequencies that contain roots
    return model.roots.is_zero(total.xreplace(opaque))


def stationarity(model: Model) -> bool:
    """M t = 0 for the tree form, as polynomials in the rates."""
    rates = sorted(set(model.steady_state.rates.values()), key=str)
    ring = fmpz_mpoly_ctx.get([rate.name for rate in rates], Ordering.lex)

    def polynomial(expr: sp.Expr) -> fmpz_mpoly:
        terms = (term.as_coeff_mul() for term in sp.Add.make_args(expr))
        return ring.from_dict({tuple(int(rate in factors) for rate in rates): int(number) for number, factors in terms})

    trees = [polynomial(tree) for tree in model.steady_state.trees]  # products of distinct rates
    return all(
        sum(polynomial(entry) * tree for entry, tree in zip(row, trees, strict=True) if entry != 0) == 0
        for row in model.rate_matrix.tolist()
    )


def elimination(model: Model) -> bool:
    """M u = 0 for the eliminations, step by step: what flows into a level minus what flows out stays the same.

    One elimination changes sum_i u_i k_ij - u_j sum_l k_jl by 0, given what Gamma, f, k and u are defined to be; with a
    single level left it is 0. No step needs the ones before it unfolded.
    """
    return all(_is_stationary(form) for form in (model.steady_state.elimination, model.steady_state.eta_form))


def _is_stationary(form: Elimination) -> bool:
    given = {step.left: step.right for step in (*form.steps, *form.back)}
    for place, (k, before, after) in enumerate(zip(form.order, form.stages, form.stages[1:], strict=False)):
        u = {i: unnormalised(i, form.order[-1]) for i in form.order[place:]}
        new = {*after.values(), u[k], form.exits[place], *(branching(i, k) for i in u)} - {*before.values()}
        own = {name: given[name] for name in new if name in given}  # what this step defines, over what was there
        for j in u:
            net = _net(u, before, j) - (_net(u, after, j) if j != k else 0)
            unfolded = net.xreplace(own).xreplace(own).xreplace(own)  # u and k contain f, f contains Gamma
            if sp.expand(sp.fraction(sp.together(unfolded))[0]) != 0:
                return False
    return True


def _net(u: Mapping[int, sp.Expr], rates: Rates, j: int) -> sp.Expr:
    """Inflow minus outflow of level j."""
    gain = sp.Add(*(u[i] * rate for (i, to), rate in rates.items() if to == j))
    return gain - u[j] * sp.Add(*(rate for (i, _), rate in rates.items() if i == j))


#: What is checked, in words.
CHECKS: Mapping[str, Callable[[Model], bool]] = {
    "levels: H|v> = E|v>, orthonormal": eigenvectors,
    "eigenoperators: [H, A] = -omega A, complete": eigenoperators,
    "rate equation = GKSL generator on populations": rate_equation,
    "stationarity: M t = 0": stationarity,
    "elimination: M u = 0, step by step": elimination,
}

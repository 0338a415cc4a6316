"""Exact checks of a derivation, each an identity between polynomials in the parameters, matrix elements or rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp

from symqb.model import Model
from symqb.spectrum import is_zero
from symqb.steady_state import population


def eigenvectors(model: Model) -> bool:
    """H|v> = E|v> and <v|w> = delta_vw."""
    H = model.hamiltonian
    vectors = sp.Matrix.hstack(*(level.vector for level in model.levels))
    return is_zero(vectors.H * vectors - sp.eye(H.rows)) and all(
        is_zero(H * level.vector - level.energy * level.vector) for level in model.levels
    )


def eigenoperators(model: Model) -> bool:
    """[H, A(omega)] = -omega A(omega), and the A(omega) and their adjoints add up to the coupling."""
    H = model.hamiltonian
    for bath in model.baths:
        own = [a for a in model.eigenoperators if a.bath is bath]
        if not all(is_zero(H * a.matrix - a.matrix * H + a.frequency * a.matrix) for a in own):
            return False
        total = sum((a.matrix + a.matrix.H for a in own), sp.zeros(H.rows))
        if not is_zero(total - sum(bath.couplings, sp.zeros(H.rows))):
            return False
    return True


def rate_equation(model: Model) -> bool:
    """On states diagonal in the energy basis the GKSL generator acts as the rate matrix, and makes no coherence."""
    vectors = sp.Matrix.hstack(*(level.vector for level in model.levels))
    p = sp.Matrix([population(level.index) for level in model.levels])
    change = vectors.H * model.generator.apply(vectors * sp.diag(*p) * vectors.H) * vectors
    expected = sp.diag(*(model.rate_matrix * p)).subs(model.rates.explicit())
    return is_zero(change - expected)


def stationarity(model: Model) -> bool:
    """M t = 0 for the tree form."""
    return is_zero(model.rate_matrix * sp.Matrix(model.steady_state.trees))


def two_forms(model: Model) -> bool:
    """The elimination (eta) form and the tree form have equal ratios of populations."""
    steady = model.steady_state
    kept = steady.trees[steady.elimination.kept[0] - 1]
    return all(
        sp.expand(sp.fraction(sp.together(ratio * kept - steady.trees[i - 1]))[0]) == 0
        for i, ratio in steady.elimination.ratios().items()
    )


#: What is checked, in words.
CHECKS: Mapping[str, Callable[[Model], bool]] = {
    "levels: H|v> = E|v>, orthonormal": eigenvectors,
    "eigenoperators: [H, A] = -omega A, complete": eigenoperators,
    "rate equation = GKSL generator on populations": rate_equation,
    "stationarity: M t = 0": stationarity,
    "eta form = tree form": two_forms,
}

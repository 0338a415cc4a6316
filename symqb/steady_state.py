"""Stationary populations as sums of positive terms.

The Markov chain tree theorem (Kirchhoff) gives the stationary weight of a level as the sum over spanning trees of the
product of the rates towards it. ``symqb.elimination`` computes the same with named intermediates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import sympy as sp

from symqb.classes import closed_classes
from symqb.dissipation import Transitions
from symqb.elimination import FEW, NORM, Elimination, Rates, best_order, eliminate, population
from symqb.errors import NotUnique
from symqb.formulas import Formula
from symqb.shown import Shown
from symqb.spectrum import Level, Levels
from symqb.symbols import positive


@dataclass(frozen=True, repr=False)
class SteadyState(Shown):
    """The stationary solution of dp/dt = M p; ``empty`` is the level at which elimination ends."""

    levels: Levels
    transitions: Transitions
    empty: Level

    def __post_init__(self) -> None:
        edges = np.zeros((len(self.levels), len(self.levels)), dtype=bool)
        for i, j in self.rates:
            edges[i - 1, j - 1] = True
        classes = closed_classes(edges)
        if len(classes) > 1:
            raise NotUnique([self.levels[i].label for i in np.flatnonzero(group)] for group in classes)

    @cached_property
    def links(self) -> set[frozenset[int]]:
        """The pairs of levels that some bath connects."""
        return {frozenset((t.lower.index, t.upper.index)) for t in self.transitions}

    @cached_property
    def rates(self) -> dict[tuple[int, int], sp.Symbol]:
        """The total rate A_ij or E_ij for each ordered pair (from, to) of connected levels."""
        up = {(t.lower.index, t.upper.index): t.A for t in self.transitions}
        down = {(t.upper.index, t.lower.index): t.E for t in self.transitions}
        return {**up, **down}

    @cached_property
    def rate_matrix(self) -> sp.ImmutableDenseMatrix:
        """M of dp/dt = M p: M_ji is the rate from i to j, columns sum to 0."""
        matrix = sp.zeros(len(self.levels))
        for (i, j), rate in self.rates.items():
            matrix[j - 1, i - 1] += rate
            matrix[i - 1, i - 1] -= rate
        return sp.ImmutableDenseMatrix(matrix)

    def rate_equations(self) -> Iterator[Formula]:
        """dp_i/dt as gains and losses."""
        for level in self.levels:
            i, p = level.index, population(level.index)
            gains = tuple(population(k) * rate for (k, j), rate in self.rates.items() if j == i)
            losses = sp.Add(*(rate for (k, _), rate in self.rates.items() if k == i))
            terms = (*gains, -(losses * p))
            yield Formula(positive(f"pdot_{i}"), sp.Add(*terms), f"rate equation {i}", terms)

    @cached_property
    def trees(self) -> tuple[sp.Expr, ...]:
        """Unnormalised stationary weights t_i, each a sum of products of rates with coefficient 1."""
        size = len(self.levels)
        skeletons = list(spanning_trees(size, {tuple(sorted(link)) for link in self.links}))
        return tuple(
            sp.Add(*(tree_term(skeleton, root, self.rates) for skeleton in skeletons)) for root in range(1, size + 1)
        )

    @cached_property
    def weights(self) -> tuple[sp.Symbol, ...]:
        """The symbols t_i that name ``trees``."""
        return tuple(positive(f"t_{level.index}") for level in self.levels)

    @cached_property
    def populations(self) -> tuple[sp.Expr, ...]:
        """rho_ii = t_i / (t_1 + t_2 + ...), over the total rates, Eq. (13)."""
        norm = sp.Add(*self.trees)
        return tuple(tree / norm for tree in self.trees)

    @cached_property
    def elimination(self) -> Elimination:
        """Populations by named steps, with the fewest operations; ends at the empty level.

        In a strong field, where that is the coldest level, no exit rate is then small at low temperature.
        """
        return eliminate(self.rates, best_order([level.index for level in self.levels], self.links, self.empty.index))

    @cached_property
    def eta_form(self) -> Elimination:
        """All levels but the last two eliminated in label order, as the paper does for two qubits."""
        *eliminated, u, v = (level.index for level in self.levels)
        return eliminate(self.rates, [*eliminated, v, u])

    def formulas(self) -> Iterator[Formula]:
        """Tree form for a few levels: weights, their sum, populations; named elimination steps for more."""
        if len(self.levels) > FEW:
            yield from self.elimination.formulas()
            return
        yield from self.tree_form()

    def tree_form(self) -> Iterator[Formula]:
        """The expanded spanning-tree polynomials t_i and p_i = t_i / (t_1 + t_2 + ...)."""
        for symbol, tree in zip(self.weights, self.trees, strict=True):
            yield Formula(symbol, tree)
        yield Formula(NORM, sp.Add(*self.weights))
        for level, symbol in zip(self.levels, self.weights, strict=True):
            yield Formula(population(level.index), symbol / NORM, "populations")


def spanning_trees(size: int, edges: set[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """The spanning trees of the graph on 1..size, each as a tuple of undirected edges."""
    for candidate in combinations(sorted(edges), size - 1):
        component = list(range(size + 1))
        for i, j in candidate:
            if component[i] == component[j]:
                break
            component = [component[j] if c == component[i] else c for c in component]
        else:
            yield candidate


def tree_term(skeleton: Sequence[tuple[int, ...]], root: int, rates: Rates) -> sp.Expr:
    """The product of the rates along the tree's edges, each directed towards ``root``."""
    reached, remaining, factors = {root}, list(skeleton), []
    while remaining:
        edge = next(e for e in remaining if (e[0] in reached) != (e[1] in reached))
        source, target = edge if edge[1] in reached else edge[::-1]
        factors.append(rates.get((source, target), sp.S.Zero))
        reached.add(source)
        remaining.remove(edge)
    return sp.Mul(*factors)

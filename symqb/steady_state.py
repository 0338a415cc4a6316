"""Stationary populations as sums of positive terms: spanning trees, and elimination without a subtraction.

The Markov chain tree theorem (Kirchhoff) gives the stationary weight of a level as the sum over spanning trees of the
product of the rates towards it. Grassmann-Taksar-Heyman elimination computes the same with named intermediates; for
two qubits, eliminating Phi_1 and Phi_2 yields the paper's eta_1 and eta_2, Eq. (14), up to a common factor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import sympy as sp

from symqb.dissipation import Transitions
from symqb.errors import InvalidModel
from symqb.formulas import Formula
from symqb.shown import Shown
from symqb.spectrum import Levels
from symqb.symbols import positive

#: rates[i, j] is the total rate from level i to level j (indices from 1).
Rates = Mapping[tuple[int, int], sp.Expr]

#: The sum of all t_i.
NORM = positive("norm")


@dataclass(frozen=True)
class SteadyState(Shown):
    """The stationary solution of dp/dt = M p."""

    levels: Levels
    transitions: Transitions

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
            yield Formula(positive(f"pdot_{i}"), sp.Add(*terms), terms=terms)

    @cached_property
    def trees(self) -> tuple[sp.Expr, ...]:
        """Unnormalised stationary weights t_i, each a sum of products of rates with coefficient 1."""
        size = len(self.levels)
        skeletons = list(spanning_trees(size, {tuple(sorted(pair)) for pair in self.rates}))
        if not skeletons:
            raise InvalidModel("the baths do not connect all levels: the steady state is not unique")
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
        """All levels but the last two eliminated, in label order."""
        return eliminate(self.rates, [level.index for level in self.levels])

    def formulas(self) -> Iterator[Formula]:
        """Tree form: weights, their sum, populations."""
        for symbol, tree in zip(self.weights, self.trees, strict=True):
            yield Formula(symbol, tree)
        yield Formula(NORM, sp.Add(*self.weights))
        for level, symbol in zip(self.levels, self.weights, strict=True):
            yield Formula(population(level.index), symbol / NORM, "13")


def population(index: int) -> sp.Symbol:
    """The symbol p_i of rho_ii in the energy basis."""
    return positive(f"p_{index}")


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


@dataclass(frozen=True)
class Elimination(Shown):
    """Effective two-level rates, and how the eliminated populations follow from the kept ones.

    ``kept`` = (u, v); ``eta`` = (rate v -> u, rate u -> v), so that p_v / p_u = eta[1] / eta[0].
    ``back`` lists (i, inflow over populations kept so far, outflow): p_i = inflow / outflow.
    """

    kept: tuple[int, int]
    eta: tuple[sp.Expr, sp.Expr]
    back: tuple[tuple[int, sp.Expr, sp.Expr], ...]

    def formulas(self) -> Iterator[Formula]:
        """Eta form: effective rates, then ratios of populations."""
        u, v = (population(i) for i in self.kept)
        eta_1, eta_2 = positive("eta_1"), positive("eta_2")
        yield Formula(eta_1, self.eta[0], "14")
        yield Formula(eta_2, self.eta[1], "14")
        ratios = [Formula(v / u, eta_2 / eta_1, "13")]
        for i, inflow, outflow in self.back:
            others = {p: p * eta_1 / u for p in inflow.free_symbols & {population(k) for k, *_ in self.back}}
            scaled = inflow.subs({**others, u: eta_1, v: eta_2}, simultaneous=True)
            ratios.append(Formula(population(i) / u, scaled / (eta_1 * outflow), "13"))
        yield from ratios
        yield Formula(u, 1 / sp.Add(1, *(ratio.left for ratio in ratios)), "13")

    def ratios(self) -> dict[int, sp.Expr]:
        """p_i / p_u for every level, over the total rates alone."""
        u, v = self.kept
        found = {u: sp.S.One, v: self.eta[1] / self.eta[0]}
        for i, inflow, outflow in self.back:
            found[i] = inflow.subs({population(k): ratio for k, ratio in found.items()}) / outflow
        return found


def eliminate(rates: Rates, order: Sequence[int]) -> Elimination:
    """Eliminate the levels of ``order`` but the last two: w_ij += w_ik w_kj / sum_l w_kl, which never subtracts."""
    w, back = dict(rates), []
    for place, k in enumerate(order[:-2]):
        rest = order[place + 1 :]
        outflow = sp.Add(*(w[k, j] for j in rest if (k, j) in w))
        inflow = sp.Add(*(population(i) * w[i, k] for i in rest if (i, k) in w))
        back.append((k, inflow, outflow))
        for i in rest:
            for j in rest:
                if i != j and (i, k) in w and (k, j) in w:
                    w[i, j] = w.get((i, j), sp.S.Zero) + w[i, k] * w[k, j] / outflow
    u, v = order[-2:]
    return Elimination((u, v), (w[v, u], w[u, v]), tuple(reversed(back)))

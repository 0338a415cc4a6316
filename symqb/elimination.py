"""Stationary populations by elimination without a subtraction (Grassmann, Taksar, Heyman 1985).

Eliminating level k leaves the others with k_ij + f_ik k_kj in place of k_ij, where f_ik = k_ik/Gamma_k and Gamma_k is
the exit rate of k to the levels that remain; then u_k = sum_i u_i f_ik. Every result is right in each component
(O'Cinneide 1993). For two qubits, eliminating Phi_1 and Phi_2 yields the paper's eta_1 and eta_2, Eq. (14), up to a
common factor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

import sympy as sp

from symqb.formulas import Formula
from symqb.shown import Shown
from symqb.symbols import positive

#: rates[i, j] is the total rate from level i to level j (indices from 1).
Rates = Mapping[tuple[int, int], sp.Expr]

#: The sum of the unnormalised populations.
NORM = positive("norm")
#: Up to this many levels, elimination is shown unfolded, in the paper's eta form.
FEW = 4
#: Up to this many levels, the order of elimination is the best of all.
EXHAUSTIVE = 10


def population(index: int) -> sp.Symbol:
    """The symbol p_i of rho_ii in the energy basis."""
    return positive(f"p_{index}")


@dataclass(frozen=True, repr=False)
class Elimination(Shown):
    """Named steps: ``steps`` down to the root, the last of ``order``; ``back`` up again; u_root = 1.

    ``exits`` are the exit rates Gamma_k, the only denominators but for the norm. ``stages`` are the rates among the
    levels that remain, before the first elimination and after each.
    """

    order: tuple[int, ...]
    steps: tuple[Formula, ...]
    exits: tuple[sp.Expr, ...]
    back: tuple[Formula, ...]
    stages: tuple[Rates, ...]

    @property
    def populations(self) -> tuple[Formula, ...]:
        """The norm, then p_i = u_i/norm in label order."""
        x = {i: unnormalised(i, self.order[-1]) for i in sorted(self.order)}
        norm = Formula(NORM, sp.Add(*x.values()))
        return norm, *(Formula(population(i), xi / NORM, "populations") for i, xi in x.items())

    def ratios(self) -> dict[int, sp.Expr]:
        """p_i / p_root for every level, over the total rates alone (large for more than a few levels)."""
        values = _unfolded((*self.steps, *self.back))
        root = self.order[-1]
        return {i: values.get(unnormalised(i, root), sp.S.One) for i in self.order}

    @property
    def eta(self) -> tuple[sp.Expr, sp.Expr]:
        """Effective rates (v -> u, u -> v) of the last two levels u (the root) and v: p_v/p_u = eta[1]/eta[0]."""
        (u, v), rates, values = (self.order[-1], self.order[-2]), self.stages[-2], _unfolded(self.steps)
        return rates[v, u].xreplace(values), rates[u, v].xreplace(values)

    @property
    def has_eta_form(self) -> bool:
        """Whether the eliminated levels but for the last two have no link among themselves, as for two qubits."""
        eliminated = self.order[:-2]
        return 0 < len(eliminated) <= FEW - 2 and not any(
            pair in self.stages[0] for pair in permutations(eliminated, 2)
        )

    def formulas(self) -> Iterator[Formula]:
        """The eta form where it is short: effective rates, then ratios of populations; else named steps."""
        if not self.has_eta_form:
            yield from (*self.steps, *self.back, *self.populations)
            return
        *_, v, u = self.order
        eta = positive("eta_1"), positive("eta_2")
        for symbol, value in zip(eta, self.eta, strict=True):
            yield Formula(symbol, value, "eta")
        fractions = _unfolded(self.steps)
        known = {unnormalised(v, u): eta[1] / eta[0]}
        ratios = [Formula(population(v) / population(u), eta[1] / eta[0], "ratios")]
        for k, step in list(zip(reversed(self.order[:-1]), self.back, strict=True))[1:]:
            known[step.left] = sp.factor(step.right.xreplace(fractions).xreplace(known))
            ratios.append(Formula(population(k) / population(u), known[step.left], "ratios"))
        yield from ratios
        yield Formula(population(u), 1 / sp.Add(1, *(ratio.left for ratio in ratios)), "ratios")


def _unfolded(steps: Iterable[Formula]) -> dict[sp.Basic, sp.Expr]:
    """Each named quantity over the rates alone."""
    values: dict[sp.Basic, sp.Expr] = {}
    for step in steps:
        values[step.left] = step.right.xreplace(values)
    return values


def unnormalised(index: int, root: int) -> sp.Expr:
    """u_i = p_i/p_root as a symbol; 1 for the root."""
    return sp.S.One if index == root else positive(f"u_{index}")


def branching(i: int, k: int) -> sp.Symbol:
    """The symbol f_ik = k_ik / Gamma_k."""
    return positive(f"f_{i}_{k}")


def eliminate(rates: Rates, order: Sequence[int]) -> Elimination:
    """Eliminate all levels of ``order`` but the last, naming each intermediate."""
    k_rate: dict[tuple[int, int], sp.Expr] = dict(rates)
    steps, exits, back, stages = [], [], [], [dict(rates)]
    root = order[-1]
    for place, k in enumerate(order[:-1]):
        rest = order[place + 1 :]
        linked = [i for i in rest if (i, k) in k_rate]
        Gamma: sp.Expr = positive(f"Gamma_{k}")
        if len(linked) == 1:
            Gamma = k_rate[k, linked[0]]
        else:
            steps.append(Formula(Gamma, sp.Add(*(k_rate[k, j] for j in linked))))
        exits.append(Gamma)
        steps += [Formula(branching(i, k), k_rate[i, k] / Gamma) for i in linked]
        for i, j in permutations(linked, 2):
            effective = positive(f"k_{i}_{j}_{k}")
            steps.append(Formula(effective, k_rate.get((i, j), sp.S.Zero) + branching(i, k) * k_rate[k, j]))
            k_rate[i, j] = effective
        inflow = sp.Add(*(unnormalised(i, root) * branching(i, k) for i in linked))
        back.append(Formula(unnormalised(k, root), inflow))
        stages.append({link: rate for link, rate in k_rate.items() if set(link) <= set(rest)})
    return Elimination(tuple(order), tuple(steps), tuple(exits), tuple(reversed(back)), tuple(stages))


def best_order(levels: Sequence[int], links: set[frozenset[int]], root: int) -> tuple[int, ...]:
    """The order with the fewest operations that ends in ``root``; greedy beyond ``EXHAUSTIVE`` levels."""

    def neighbours(k: int, gone: frozenset[int]) -> frozenset[int]:
        """The levels that k reaches through eliminated ones: its links after the fill-in."""
        reached, stack = {k}, [k]
        while stack:
            i = stack.pop()
            for j in levels:
                if j not in reached and frozenset((i, j)) in links:
                    reached.add(j)
                    if j in gone:
                        stack.append(j)
        return frozenset(reached) - gone - {k}

    def cost(k: int, gone: frozenset[int]) -> int:
        near = neighbours(k, gone)
        d = len(near)
        joined = sum(1 for i, j in permutations(near, 2) if j in neighbours(i, gone))
        return (d - 1) + d + d * (d - 1) + joined + (d - (root in near)) + (d - 1)

    @cache
    def best(gone: frozenset[int]) -> tuple[int, tuple[int, ...]]:
        left = [k for k in levels if k != root and k not in gone]
        if not left:
            return 0, (root,)
        if len(levels) > EXHAUSTIVE:
            left = [min(left, key=lambda k: cost(k, gone))]
        options = []
        for k in left:
            later, order = best(gone | {k})
            options.append((cost(k, gone) + later, (k, *order)))
        return min(options)

    return best(frozenset())[1]

"""Exact limits of the steady state as baths go to T = 0 or to infinite temperature, and the ergotropy there.

Baths at T = 0 come first: their rates kappa m max(-omega, 0) need the sign of each frequency, hence a regime. Then the
others go to infinity, where leading terms decide; ``symqb.leading`` says why that is exact. Beside the limits stand
their optima, and the temperature at which two levels swap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import sympy as sp
from sympy.polys.fields import sfield

from symqb.errors import InvalidParameter
from symqb.formulas import Formula
from symqb.leading import Element, Leading, leading
from symqb.model import Model
from symqb.optima import Maximum, maximum
from symqb.setting import Setting, setting
from symqb.shown import Shown
from symqb.steady_state import eliminate, population
from symqb.swaps import swap, swap_temperature
from symqb.symbols import real

__all__ = ["Limit", "Maximum", "Work", "maximum", "steady_state", "swap", "swap_temperature"]


def steady_state(model: Model, where: Mapping[str, Any], at: Mapping[str, Any] | None = None) -> Limit:
    """The populations in a limit, as rational functions of what remains of the parameters (and of phi at finite T).

    where: values by name. A temperature may be 0 or ``sympy.oo`` (all baths at infinity share one T); any parameter may
    be an exact number or expression: ``{"epsilon": 1, "T_R": 0, "T_L": oo, "Delta": s - J}``.
    at: a reference point by name, ``{"B0": 3, "J": 1, "s": Rational(3, 2)}``. The signs of the frequencies and the
    orders of the levels at this point define the regime; without it every frequency is positive (strong field).

    Raises ``UnknownParameter``, ``InvalidParameter`` (also where the limit is not unique), ``MissingParameter`` (a
    symbol that the reference point lacks), ``AllBathsAtZero`` and ``DegenerateLevels``.
    """
    chosen = setting(model, where, at)
    weights = stationary(chosen)
    norm = sum(weights)
    return Limit(chosen, tuple(chosen.regime.oriented((weight / norm).as_expr()) for weight in weights))


def stationary(chosen: Setting) -> list[Element]:
    """Unnormalised populations in a field of fractions, 0 where a level's share vanishes in the limit."""
    rates = chosen.model.steady_state.rates
    terms = [term for parts in chosen.rates.values() for term in parts]
    field, elements = sfield([term.coefficient for term in terms])
    coefficients = dict(zip(terms, elements, strict=True))
    known = {
        symbol: sum((Leading(coefficients[term], term.power) for term in parts), Leading(field.zero))
        for symbol, parts in chosen.rates.items()
    }
    root = attractor(len(chosen.model.levels), {pair for pair, symbol in rates.items() if chosen.rates[symbol]})
    others = [level.index for level in chosen.model.levels if level.index != root]
    ratios = eliminate(rates, [*others[:-1], root, others[-1]]).ratios()
    shares = [leading(ratios[level.index], known, field.one) for level in chosen.model.levels]
    top = max(share.power for share in shares if share.coefficient)
    return [share.coefficient if share.power == top else field.zero for share in shares]


def attractor(size: int, edges: Iterable[tuple[int, int]]) -> int:
    """A level that every level reaches along ``edges``; without one there are two closed classes or more."""
    reach = {i: {i} for i in range(1, size + 1)}
    for _ in range(size):
        for i, j in edges:
            reach[i] = reach[i] | reach[j]
    common = set.intersection(*reach.values())
    if not common:
        closed = [sorted(seen) for i, seen in reach.items() if all(i in reach[j] for j in seen)]
        raise InvalidParameter("where", f"closed sets of levels {closed}", "a limit with one closed set of levels")
    return min(common)


@dataclass(frozen=True)
class Limit(Shown):
    """The steady state in a limit: ``populations`` in label order, valid where all ``conditions`` hold."""

    setting: Setting
    populations: tuple[sp.Expr, ...]

    @property
    def conditions(self) -> tuple[sp.Rel, ...]:
        """The regime, as inequalities; no more than the populations need."""
        return self.setting.conditions

    @cached_property
    def energies(self) -> tuple[sp.Expr, ...]:
        """E_i in label order, with the given values put in."""
        return tuple(self.setting.put(level.energy) for level in self.setting.model.levels)

    @cached_property
    def ergotropy(self) -> Work:
        """W in closed form, for the orders of energies and populations at the reference point.

        Raises ``MissingParameter`` for a symbol that the reference point lacks, ``InvalidParameter`` where it lies on
        the boundary between two orders.
        """
        energetics, regime = self.setting.model.energetics, self.setting.regime
        by_energy = regime.ascending(self.energies, range(len(self.energies)))
        by_population = regime.ascending([-share for share in self._shares], by_energy)
        differences = (*steps(self.energies, by_energy), *steps(self._shares, by_population))
        symbols = (*map(energetics.energy, self.setting.model.levels), *energetics.populations)
        values = dict(zip(symbols, (*self.energies, *self.populations), strict=True))
        energies, populations = (tuple(place + 1 for place in order) for order in (by_energy, by_population))
        value = regime.oriented(energetics.ergotropy(energies, populations).xreplace(values))
        conditions = tuple(dict.fromkeys((*self.conditions, *regime.conditions(differences))))
        return Work(value, energies, populations, conditions)

    @cached_property
    def _shares(self) -> list[sp.Expr]:
        """Populations over one that is not 0: their order without the norm, which would add conditions."""
        unit = next(p for p in self.populations if p != 0)
        return [p / unit for p in self.populations]

    def formulas(self) -> Iterator[Formula]:
        """What was put in, the populations, then the conditions."""
        temperatures = {bath.temperature for bath in self.setting.model.baths}
        for symbol, value in self.setting.where.items():
            yield Formula(symbol, value, relation="->" if symbol in temperatures and value in (0, sp.oo) else "=")
        for level, p in zip(self.setting.model.levels, self.populations, strict=True):
            yield Formula(population(level.index), p)
        yield from written(self.conditions)


@dataclass(frozen=True)
class Work(Shown):
    """The ergotropy for one order of energies (ascending) and populations (descending), both as level indices."""

    value: sp.Expr
    by_energy: tuple[int, ...]
    by_population: tuple[int, ...]
    conditions: tuple[sp.Rel, ...]

    def formulas(self) -> Iterator[Formula]:
        """W, then the conditions."""
        yield Formula(real("ergotropy"), self.value)
        yield from written(self.conditions)


def steps(values: Sequence[sp.Expr], order: Sequence[int]) -> Iterator[sp.Expr]:
    """Differences of neighbours in ``order``."""
    return (values[j] - values[i] for i, j in pairwise(order))


def written(conditions: Iterable[sp.Rel]) -> Iterator[Formula]:
    """Conditions as formulas."""
    return (Formula(condition.lhs, condition.rhs, relation=condition.rel_op) for condition in conditions)

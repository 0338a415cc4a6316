"""Exact limits of the steady state as baths go to T = 0 or to infinite temperature, and the ergotropy there.

Baths at T = 0 come first: their rates kappa m max(-omega, 0) need the sign of each frequency, hence a regime. Then the
others go to infinity, where leading terms decide; ``symqb.limits.leading`` says why that is exact. Beside the limits
stand their optima, and the temperature at which two levels swap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import sympy as sp
from sympy.polys.fields import sfield

from symqb.classes import closed_classes
from symqb.elimination import FEW, eliminate, population, unnormalised
from symqb.errors import NotUnique
from symqb.formulas import Formula
from symqb.limits.leading import Element, Leading, leading
from symqb.limits.optima import Maximum, maximum
from symqb.limits.setting import Setting, setting, without_relations
from symqb.limits.swaps import swap, swap_temperature
from symqb.model import Model
from symqb.shown import Shown
from symqb.symbols import real
from symqb.xxz import as_model

__all__ = ["Limit", "Maximum", "Work", "maximum", "steady_state", "swap", "swap_temperature"]


def steady_state(battery: int | Model, where: Mapping[str, Any], at: Mapping[str, Any] | None = None) -> Limit:
    """The populations in a limit, as rational functions of what remains of the parameters (and of phi at finite T).

    battery: number of qubits, or a model. where: values by name. A temperature may be 0 or ``sympy.oo`` (all baths at
    infinity share one T); any parameter may be an exact number or expression: ``{"epsilon": 1, "T_R": 0, "T_L": oo,
    "Delta": s - J}``.
    at: a reference point by name, ``{"B0": 3, "J": 1, "s": Rational(3, 2)}``. The signs of the frequencies and the
    orders of the levels at this point define the regime; without it every frequency is positive (strong field).
    With a temperature that stays finite and none at infinity, the populations of a few levels are sums of trees over
    the rates, not multiplied out; of three qubits they take minutes.

    Raises ``UnknownParameter``, ``InvalidParameter``, ``MissingParameter`` (a symbol that the reference point lacks),
    ``AllBathsAtZero``, ``NotUnique``, ``DegenerateLevels`` and ``ZeroFrequency``.
    """
    chosen = setting(as_model(battery), where, at)
    if chosen.is_finite and len(chosen.model.levels) <= FEW:
        return Limit(chosen, over_rates(chosen))
    weights = stationary(chosen)
    norm = sum(weights)
    return Limit(chosen, tuple(chosen.regime.oriented((weight / norm).as_expr()) for weight in weights))


def over_rates(chosen: Setting) -> tuple[sp.Expr, ...]:
    """Populations as sums of trees over the rates as they stand: multiplied out they would fill pages."""
    attractor(chosen)  # refuses what is not unique
    weights = [tree.xreplace(chosen.finite_rates) for tree in chosen.model.steady_state.trees]
    norm = sp.Add(*weights)
    return tuple(weight / norm for weight in weights)


def stationary(chosen: Setting) -> list[Element]:
    """Unnormalised populations in a field of fractions, 0 where a level's share vanishes in the limit."""
    terms = [term for parts in chosen.rates.values() for term in parts]
    field, elements = sfield(without_relations([term.coefficient for term in terms], chosen.roots))
    coefficients = dict(zip(terms, elements, strict=True))
    known: dict[sp.Expr, Leading] = {
        symbol: sum((Leading(coefficients[term], term.power) for term in parts), Leading(field.zero))
        for symbol, parts in chosen.rates.items()
    }
    indices = [level.index for level in chosen.model.levels]
    root = attractor(chosen)
    elimination = eliminate(chosen.model.steady_state.rates, [*(i for i in indices if i != root), root])
    for step in (*elimination.steps, *elimination.back):
        known[step.left] = leading(step.right, known, field.one)
    shares = [leading(unnormalised(i, root), known, field.one) for i in indices]
    top = max(share.power for share in shares if share.coefficient)
    return [share.coefficient if share.power == top else field.zero for share in shares]


def attractor(chosen: Setting) -> int:
    """A level that every level reaches: rooted there, elimination divides by no rate that vanishes."""
    levels = chosen.model.levels
    edges = np.zeros((len(levels), len(levels)), dtype=bool)
    for (i, j), symbol in chosen.model.steady_state.rates.items():
        edges[i - 1, j - 1] = bool(chosen.rates[symbol])
    classes = closed_classes(edges)
    if len(classes) > 1:
        raise NotUnique([levels[i].label for i in np.flatnonzero(members)] for members in classes)
    return int(np.argmax(classes[0])) + 1


@dataclass(frozen=True, repr=False)
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
        yield from self.setting.roots.formulas()
        for level, p in zip(self.setting.model.levels, self.populations, strict=True):
            yield Formula(population(level.index), p)
        yield from written(self.conditions)


@dataclass(frozen=True, repr=False)
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

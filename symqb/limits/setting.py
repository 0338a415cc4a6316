"""A model at chosen values, T = 0 and T = infinity among them: what is put in, and the rates that this leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy as sp

from symqb.baths import Bath
from symqb.bose import phi
from symqb.dissipation import Transition
from symqb.errors import AllBathsAtZero, DegenerateLevels, InvalidParameter, UnknownParameter, ZeroFrequency
from symqb.limits.factors import factor_list, factored
from symqb.limits.regimes import Regime, exact, regime, sign_of_number
from symqb.model import Model
from symqb.roots import Roots


@dataclass(frozen=True)
class Term:
    """One bath's part of a rate: ``coefficient`` * T^``power``, exact for power 0 and to leading order for power 1."""

    coefficient: sp.Expr
    power: int


@dataclass(frozen=True)
class Setting:
    """``model`` with the symbols of ``where`` replaced; ``strong_field`` makes every frequency positive."""

    model: Model
    where: Mapping[sp.Symbol, sp.Expr]
    regime: Regime
    strong_field: bool

    @cached_property
    def roots(self) -> Roots:
        """The model's named roots that keep their names: no value changes what they stand for."""
        return Roots(root for root in self.model.roots if not root.radicand.free_symbols & set(self.where))

    @cached_property
    def _replacements(self) -> dict[sp.Symbol, sp.Expr]:
        gone = (root for root in self.model.roots if root not in self.roots)
        return {**self.where, **{root.symbol: root.value.xreplace(self.where) for root in gone}}

    def put(self, expr: sp.Expr) -> sp.Expr:
        """``expr`` with the values put in, all at once."""
        return sp.expand(expr.xreplace(self._replacements))

    def is_cold(self, bath: Bath) -> bool:
        """Whether a bath is at T = 0."""
        return bool(self.where.get(bath.temperature) == 0)

    def is_infinite(self, bath: Bath) -> bool:
        """Whether a bath is at infinite temperature."""
        return bool(self.where.get(bath.temperature) == sp.oo)

    @property
    def is_finite(self) -> bool:
        """Whether some temperature stays a symbol and none is infinite."""
        baths = self.model.baths
        return any(bath.temperature not in self.where for bath in baths) and not any(map(self.is_infinite, baths))

    @cached_property
    def active(self) -> tuple[tuple[Transition, Bath, sp.Expr], ...]:
        """(transition, bath, strength times weight) wherever the weight does not vanish."""
        every = (
            (t, bath, factored(self.put(bath.strength * t.weights[bath.name])))
            for t in self.model.transitions
            for bath in t.active
        )
        return tuple(entry for entry in every if entry[-1] != 0)

    @cached_property
    def rates(self) -> dict[sp.Symbol, tuple[Term, ...]]:
        """The parts of every A_ij and E_ij, those that vanish left out."""
        found: dict[sp.Symbol, tuple[Term, ...]] = dict.fromkeys(self.model.steady_state.rates.values(), ())
        for t, bath, scale in self.active:
            omega = self.put(t.frequency)
            if omega == 0 and not bath.finite_at_zero:
                raise ZeroFrequency((t.upper.label, t.lower.label), bath.name)
            size = self.sign(omega) * omega if self.is_cold(bath) else sp.Abs(omega)
            shape = bath.shape(size).xreplace(self.where)
            for symbol, direction in ((t.A, 1), (t.E, -1)):
                found[symbol] += self._terms(bath, scale * shape, omega, direction)
        return found

    @property
    def finite_rates(self) -> dict[sp.Symbol, sp.Expr]:
        """Every A_ij and E_ij as an expression; for a setting without an infinite temperature."""
        return {symbol: sp.Add(*(term.coefficient for term in terms)) for symbol, terms in self.rates.items()}

    def _terms(self, bath: Bath, scale: sp.Expr, omega: sp.Expr, direction: int) -> tuple[Term, ...]:
        if self.is_infinite(bath):  # phi(omega, T) = T - omega/2 + O(1/T)
            return (Term(scale, 1),)
        if not self.is_cold(bath):
            # phi(-omega) = phi(omega) + omega: one phi a transition, so that differences of rates come out rational.
            quanta = phi(omega, bath.temperature.xreplace(self.where))
            return (Term(scale * (quanta if direction > 0 else quanta + omega), 0),)
        if direction * self.sign(omega) < 0:  # phi(omega, 0) = max(-omega, 0)
            return (Term(-direction * scale * omega, 0),)
        return ()

    def sign(self, omega: sp.Expr) -> int:
        """The sign of a frequency in the regime."""
        if omega.is_number:
            return sign_of_number(omega)
        if not self.strong_field:
            return self.regime.sign(omega)
        if omega.is_nonpositive:
            raise InvalidParameter("at", None, f"a reference point, as {omega} > 0 (strong field) does not hold")
        return 1

    @cached_property
    def conditions(self) -> tuple[sp.Rel, ...]:
        """Each frequency of a bath at T = 0 keeps its sign; no weight of a bath at T = infinity vanishes."""
        frequencies = (self.put(t.frequency) for t, bath, _ in self.active if self.is_cold(bath))
        cold = [omega for omega in frequencies if not omega.is_number]
        signs = (sp.Gt(omega, 0) for omega in cold) if self.strong_field else self.regime.conditions(cold)
        hot = [scale for _, bath, scale in self.active if self.is_infinite(bath)]
        weights = (sp.Ne(factor, 0) for scale in hot for factor, _ in factor_list(scale)[1])
        return tuple(dict.fromkeys(condition for condition in (*signs, *weights) if condition != sp.true))

    def refuse_degenerate(self) -> None:
        """Raise ``DegenerateLevels`` where the values make two levels with a common neighbour coincide."""
        energies = {level.label: self.put(level.energy) for level in self.model.levels}
        steps = {step.targets[0]: step.value for step in self.model.program.steps()}
        for pair in self.model.program.degeneracies:
            first, second = pair.levels
            if sp.expand(energies[first] - energies[second]) == 0 and self.put(steps[pair.overlap]) != 0:
                raise DegenerateLevels(pair.levels, pair.neighbour, pair.bath)


def setting(model: Model, where: Mapping[str, Any], at: Mapping[str, Any] | None) -> Setting:
    """``where`` and the reference point ``at``, by name, checked; see ``symqb.limits.steady_state``."""
    temperatures = [bath.temperature for bath in model.baths]
    symbols = {s.name: s for s in (*model.parameters, *temperatures, *(bath.strength for bath in model.baths))}
    values = {}
    for name, value in where.items():
        if name not in symbols:
            raise UnknownParameter(name, symbols)
        infinite = symbols[name] in temperatures and value == sp.oo
        values[symbols[name]] = sp.oo if infinite else exact(name, value, symbols[name])
    if all(values.get(T) == 0 for T in temperatures):
        raise AllBathsAtZero(T.name for T in temperatures)
    remaining = {s for s in symbols.values() if s not in values}.union(*(v.free_symbols for v in values.values()))
    kept = Setting(model, values, Regime({}), at is None).roots
    found = Setting(model, values, regime(at or {}, remaining, kept), at is None)
    found.refuse_degenerate()
    return found


def without_relations(exprs: Sequence[sp.Expr], roots: Roots) -> list[sp.Expr]:
    """The same with x^2 = (alpha^2 - ..)/c put in, where alpha's radicand is c x^2 + .. and all are even in x.

    Parameters and roots are then independent, so that equal rational functions have equal normal forms.
    """
    exprs = list(exprs)
    for root in roots:
        for x in sorted(root.radicand.free_symbols, key=str):
            rest, linear, *higher = reversed(sp.Poly(root.radicand, x).all_coeffs())
            if linear == 0 and len(higher) == 1 and all(e == e.xreplace({x: -x}) for e in exprs):
                exprs = [e.subs(x**2, (root.symbol**2 - rest) / higher[0]) for e in exprs]
                break
    return exprs

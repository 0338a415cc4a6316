"""Program sections from frequencies and weights to populations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from symqb.baths import Bath
from symqb.dissipation import Transition
from symqb.program import Call, Crossing, RateStep, Section, Step
from symqb.symbols import positive

if TYPE_CHECKING:  # the model holds its program
    from symqb.model import Model


def rate_sections(model: Model) -> Iterator[Section]:
    """phi of both signs, shapes of the spectral densities that are not Ohmic, rates by bath, totals."""
    active = [(t, bath) for t in model.transitions for bath in t.active]
    yield Section(
        "bose", tuple(Step(_phis(t, bath), Call("phi_pair", (t.omega, bath.temperature))) for t, bath in active)
    )
    shaped = [(t, bath) for t, bath in active if bath.shape(_size(t)) != 1]
    if shaped:
        frequencies = {_size(t): t.omega for t, _ in shaped}
        yield Section(
            "densities",
            (
                *(Step((size,), Call("magnitude", (omega,))) for size, omega in frequencies.items()),
                *(Step((_shape(t, bath),), bath.shape(_size(t))) for t, bath in shaped),
            ),
        )
    steps = []
    for t, bath in active:
        shape = _shape(t, bath) if bath.shape(_size(t)) != 1 else 1
        scale = bath.strength * t.weight_symbol(bath) * shape
        up, down = _phis(t, bath)
        steps += [Step((t.absorption(bath),), scale * up), Step((t.emission(bath),), scale * down)]
    yield Section("rates", tuple(steps))
    yield Section("totals", tuple(Step((total.left,), total.right) for total in model.rates.totals()))


def population_sections(model: Model) -> Iterator[Section]:
    """Elimination over balanced rates, then the normalised populations."""
    rates = tuple(rate for t in model.transitions for rate in (t.A, t.E))
    known = balanced(model)
    steps = model.steady_state.elimination
    named = (*steps.steps, *steps.back, steps.populations[0])
    yield Section(
        "elimination",
        (
            Step(tuple(known[rate] for rate in rates), Call("balance", rates)),
            *(Step((formula.left,), formula.right.xreplace(known)) for formula in named),
        ),
    )
    yield Section(
        "populations", tuple(Step((p.left,), Call("standard_part", (p.right,))) for p in steps.populations[1:])
    )


def exits(model: Model) -> tuple[sp.Symbol, ...]:
    """The denominators of the elimination: where one is small, plain floats may have lost a rate to underflow."""
    known = balanced(model)
    return tuple(exit.xreplace(known) for exit in model.steady_state.elimination.exits)


def rate_steps(model: Model) -> Iterator[RateStep]:
    """Where the rates by bath stand."""
    for place, bath in enumerate(model.baths):
        for t in model.transitions:
            if bath in t.active:
                yield RateStep(t.absorption(bath), place, t.lower.index, t.upper.index)
                yield RateStep(t.emission(bath), place, t.upper.index, t.lower.index)


def crossings(model: Model) -> Iterator[Crossing]:
    """The transitions that must not have frequency 0, by their bath's spectral density."""
    for t in model.transitions:
        for bath in t.active:
            if not bath.finite_at_zero:
                yield Crossing((t.upper.label, t.lower.label), bath.name, t.omega)


def balanced(model: Model) -> dict[sp.Symbol, sp.Symbol]:
    """The symbols of the total rates after they were balanced."""
    return {r: positive(f"{r.name[0]}b{r.name[1:]}") for t in model.transitions for r in (t.A, t.E)}


def _phis(t: Transition, bath: Bath) -> tuple[sp.Symbol, sp.Symbol]:
    """The symbols of phi(omega, T) and phi(-omega, T) for one transition and bath."""
    return positive(f"phi_up_{t.name}_{bath.name}"), positive(f"phi_down_{t.name}_{bath.name}")


def _size(t: Transition) -> sp.Symbol:
    return positive(f"size_{t.name}")


def _shape(t: Transition, bath: Bath) -> sp.Symbol:
    return positive(f"shape_{t.name}_{bath.name}")

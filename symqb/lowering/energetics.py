"""Program sections from populations to figures of merit and currents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import sympy as sp

from symqb.elimination import population
from symqb.lowering.levels import exact_sum
from symqb.program import Call, Section, Step
from symqb.symbols import real, temperature

if TYPE_CHECKING:  # the model holds its program
    from symqb.model import Model


def energetics_sections(model: Model) -> Iterator[Section]:
    """Stored energy, ergotropy, exergy, heat currents, entropy production."""
    it = model.energetics
    e, q, r = (it.sorted_symbols(letter) for letter in "eqr")
    energies = tuple(it.energy(level) for level in model.levels)
    others = [level for level in model.levels if level is not it.empty]
    gain = {level.index: real(f"gain_{level.index}") for level in others}
    yield Section(
        "stored_energy",
        (
            *(exact_sum(gain[level.index], level.energy - it.empty.energy) for level in others),
            Step((real("stored_energy"),), sp.Add(*(population(i) * g for i, g in gain.items()))),
        ),
    )
    yield Section(
        "order",
        (
            Step((*e, *q), Call("sorted_by", (*energies, *it.populations))),
            Step(r, Call("descending", it.populations)),
        ),
    )
    yield Section("stored_energy_fraction", (Step((real("stored_energy_fraction"),), it.stored_energy_fraction),))
    terms = [(real(f"W_{k}"), term) for k, term in enumerate(it.ergotropy_terms(), start=1)]
    yield Section(
        "ergotropy",
        (
            *(Step((x,), excess) for x, excess in it.excesses()),
            *(Step((W,), Call("positive_part", (term,))) for W, term in terms),
            Step((real("ergotropy"),), sp.Add(*(W for W, _ in terms))),
        ),
    )
    exergy = Call("free_energy_above_gibbs", (temperature("T_eq"), *e, *r))
    yield Section("exergy", (Step((real("exergy"),), exergy),))
    yield Section(
        "heat_currents",
        tuple(Step((real(f"heat_current_{bath.name}"),), it.heat_current(bath)) for bath in model.baths),
    )
    yield Section("entropy_production", tuple(_entropy_steps(model)))


def _entropy_steps(model: Model) -> Sequence[Step]:
    steps, terms = [], []
    for t in model.transitions:
        for bath in t.active:
            term = real(f"sigma_{t.name}_{bath.name}")
            up, down = model.energetics.flows(t, bath)
            levels = population(t.lower.index), population(t.upper.index)
            steps.append(Step((term,), Call("entropy_flow", (up, down, *levels, t.omega, bath.temperature))))
            terms.append(term)
    return [*steps, Step((real("entropy_production"),), sp.Add(*terms))]

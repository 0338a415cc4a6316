"""From a model to its straight-line program, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from keyword import iskeyword
from typing import TYPE_CHECKING

import sympy as sp

from symqb.baths import Bath
from symqb.dissipation import Transition, squared_modulus
from symqb.errors import InvalidModel
from symqb.program import Call, Degeneracy, Program, RateStep, Section, Step
from symqb.spectrum import Level
from symqb.steady_state import NORM, population
from symqb.symbols import positive, real, temperature

if TYPE_CHECKING:  # the model holds its program
    from symqb.model import Model


def write_program(model: Model) -> Program:
    """The program of a model: from its parameters to every output."""
    degeneracies, gaps = _degeneracies(model)
    energies = tuple(model.energetics.energy(level) for level in model.levels)
    populations = model.energetics.populations
    sections = (
        Section(
            "energies", tuple(_exact_sum(E, level.energy) for E, level in zip(energies, model.levels, strict=True))
        ),
        Section("degeneracies", gaps),
        *_rates(model),
        *_populations(model),
        *_energetics(model),
    )
    outputs = {"energies": energies, "populations": populations}
    for name in ("stored_energy", "stored_energy_fraction", "ergotropy", "exergy"):
        outputs[name] = (real(name),)
    for bath in model.baths:
        outputs[f"heat_current_{bath.name}"] = (real(f"heat_current_{bath.name}"),)
    outputs["entropy_production"] = (real("entropy_production"),)
    parameters = _parameters(model)
    _refuse_clashes(parameters, sections)
    _refuse_other_functions(sections)
    return Program(
        model.name, model.title, parameters, tuple(bath.temperature.name for bath in model.baths),
        tuple(level.label for level in model.levels), sections, outputs, degeneracies, tuple(_rate_steps(model)),
    )  # fmt: skip


def _parameters(model: Model) -> dict[str, str]:
    """Roles by name: the model's own parameters, then temperatures, then strengths."""
    roles = dict.fromkeys((symbol.name for symbol in model.parameters), "real")
    roles.update({bath.temperature.name: "temperature" for bath in model.baths})
    roles.update({bath.strength.name: "strength" for bath in model.baths})
    return roles


def _refuse_clashes(parameters: Mapping[str, str], sections: Sequence[Section]) -> None:
    """Parameters become arguments of generated functions, beside the names of the steps."""
    taken = {target.name for section in sections for target in section.targets}
    taken |= {section.name for section in sections} | {"ar", "T_eq", "outputs", "parameters"}
    for name in parameters:
        if name in taken or not name.isidentifier() or iskeyword(name):
            raise InvalidModel(f"parameter {name}: allowed is a Python identifier that no step of the program uses")


def _refuse_other_functions(sections: Sequence[Section]) -> None:
    """Every arithmetic knows rational numbers, +, *, powers with integer exponent and square roots, and no more."""
    for section in sections:
        for step in section.steps:
            arguments = step.value.arguments if isinstance(step.value, Call) else (step.value,)
            for node in (node for argument in arguments for node in sp.preorder_traversal(argument)):
                power = isinstance(node, sp.Pow) and (2 * node.exp).is_Integer
                if not (power or isinstance(node, (sp.Add, sp.Mul, sp.Symbol, sp.Rational))):
                    raise InvalidModel(f"{step}: {node} is not allowed, only rational numbers, +, -, *, / and sqrt")


def _exact_sum(target: sp.Symbol, value: sp.Expr) -> Step:
    return Step((target,), Call("exact_sum", sp.Add.make_args(sp.expand(value))))


def _degeneracies(model: Model) -> tuple[tuple[Degeneracy, ...], tuple[Step, ...]]:
    """For each pair of levels that share a neighbour through a bath: its gap, and the overlap that makes it harmful."""
    found: list[Degeneracy] = []
    steps: list[Step] = []
    for a, b in combinations(model.levels, 2):
        shared = _shared_neighbours(model, a, b)
        if not shared:
            continue
        # Where one overlap is a number, the pair is harmful whatever the other overlaps are.
        certain = [key for key, overlap in shared.items() if overlap.is_positive]
        bath, neighbour = (certain or list(shared))[0]
        overlap = shared[bath, neighbour] if certain else sp.Add(*shared.values())
        if sp.expand(b.energy - a.energy) == 0:
            raise InvalidModel(
                f"levels {a.label} and {b.label} are degenerate for all parameters and share the neighbour {neighbour} "
                f"through bath {bath}"
            )
        name = f"{a.index}_{b.index}"
        found.append(Degeneracy((a.label, b.label), neighbour, bath, real(f"gap_{name}"), real(f"overlap_{name}")))
        steps += [_exact_sum(found[-1].gap, b.energy - a.energy), Step((found[-1].overlap,), overlap)]
    return tuple(found), tuple(steps)


def _shared_neighbours(model: Model, a: Level, b: Level) -> dict[tuple[str, str], sp.Expr]:
    """|<n|S|a>|^2 |<n|S|b>|^2 by bath and common neighbour n, summed over the bath's couplings."""
    elements: dict[tuple[str, int, str], dict[str, sp.Expr]] = {}
    for t in model.transitions:
        for level, neighbour in ((t.upper, t.lower), (t.lower, t.upper)):
            if level in (a, b):
                for bath in t.active:
                    for place, element in enumerate(t.elements[bath.name]):
                        key = bath.name, place, neighbour.label
                        elements.setdefault(key, {})[level.label] = squared_modulus(element)
    shared: dict[tuple[str, str], sp.Expr] = {}
    for (bath_name, _, neighbour_label), squares in elements.items():
        overlap = sp.Mul(*squares.values()) if len(squares) == 2 else sp.S.Zero
        if overlap != 0:
            place_free = bath_name, neighbour_label
            shared[place_free] = shared.get(place_free, sp.S.Zero) + overlap
    return shared


def _rates(model: Model) -> Iterator[Section]:
    yield Section("frequencies", tuple(_exact_sum(t.omega, t.frequency) for t in model.transitions))
    active = [(t, bath) for t in model.transitions for bath in t.active]
    yield Section("weights", tuple(Step((t.weight_symbol(bath),), t.weights[bath.name]) for t, bath in active))
    yield Section(
        "bose",
        tuple(Step(_phis(t, bath), Call("phi_pair", (t.omega, bath.temperature))) for t, bath in active),
    )
    steps = []
    for t, bath in active:
        up, down = _phis(t, bath)
        steps.append(Step((t.absorption(bath),), bath.strength * t.weight_symbol(bath) * up))
        steps.append(Step((t.emission(bath),), bath.strength * t.weight_symbol(bath) * down))
    yield Section("rates", tuple(steps))
    yield Section("totals", tuple(Step((total.left,), total.right) for total in model.rates.totals()))


def _rate_steps(model: Model) -> Iterator[RateStep]:
    for place, bath in enumerate(model.baths):
        for t in model.transitions:
            if bath in t.active:
                yield RateStep(t.absorption(bath), place, t.lower.index, t.upper.index)
                yield RateStep(t.emission(bath), place, t.upper.index, t.lower.index)


def _phis(t: Transition, bath: Bath) -> tuple[sp.Symbol, sp.Symbol]:
    """The symbols of phi(omega, T) and phi(-omega, T) for one transition and bath."""
    return positive(f"phi_up_{t.name}_{bath.name}"), positive(f"phi_down_{t.name}_{bath.name}")


def _populations(model: Model) -> Iterator[Section]:
    rates = tuple(rate for t in model.transitions for rate in (t.A, t.E))
    balanced = {rate: positive(f"{rate.name[0]}b{rate.name[1:]}") for rate in rates}
    weights = model.steady_state.weights
    trees = zip(weights, model.steady_state.trees, strict=True)
    yield Section(
        "trees",
        (
            Step(tuple(balanced.values()), Call("balance", rates)),
            *(Step((t,), tree.xreplace(balanced)) for t, tree in trees),
            Step((NORM,), sp.Add(*weights)),
        ),
    )
    yield Section(
        "populations",
        tuple(Step((population(level.index),), t / NORM) for level, t in zip(model.levels, weights, strict=True)),
    )


def _energetics(model: Model) -> Iterator[Section]:
    it = model.energetics
    e, q, r = (it.sorted_symbols(letter) for letter in "eqr")
    energies = tuple(it.energy(level) for level in model.levels)
    others = [level for level in model.levels if level is not it.empty]
    gain = {level.index: real(f"gain_{level.index}") for level in others}
    yield Section(
        "stored_energy",
        (
            *(_exact_sum(gain[level.index], level.energy - it.empty.energy) for level in others),
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

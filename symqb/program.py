"""The straight-line program: the closed forms once, as named steps, with one meaning for every back end.

A step's value is an expression in +, -, *, / over earlier names, or a call of one primitive:

    exact_sum(x, ...)                sum of the arguments (a pair where one float cannot hold it)
    phi_pair(omega, T)               phi(omega, T), phi(-omega, T)
    balance(x, ...)                  the arguments times one common positive factor, which populations do not see
    sorted_by(E_1.., p_1..)          the energies in ascending order, then the populations in that order of levels
    descending(p_1, ..)              the arguments in descending order
    positive_part(x)                 max(x, 0), for terms that are >= 0 up to rounding
    free_energy_above_gibbs(T, e_1.., r_1..)   F of populations r at energies e, minus F of the Gibbs state, at T
    entropy_flow(up, down, p_lower, p_upper, omega, T)   (up - down) ln(up/down) for up/down = p_lower/p_upper e^(-omega/T)

Steps between rates and populations use +, *, / alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy as sp

from symqb.errors import InvalidModel
from symqb.formulas import Formula, Shown
from symqb.steady_state import NORM, population
from symqb.symbols import positive, real, temperature

if TYPE_CHECKING:
    from symqb.dissipation import Transition
    from symqb.model import Bath, Model


@dataclass(frozen=True)
class Call:
    """A primitive applied to expressions."""

    primitive: str
    arguments: tuple[sp.Expr, ...]

    def __str__(self) -> str:
        return f"{self.primitive}({', '.join(map(str, self.arguments))})"


@dataclass(frozen=True)
class Step:
    """``targets = value``; more than one target only for a primitive with several results."""

    targets: tuple[sp.Symbol, ...]
    value: sp.Expr | Call

    def __str__(self) -> str:
        return f"{', '.join(map(str, self.targets))} = {self.value}"


@dataclass(frozen=True)
class Section:
    """Steps under one heading; printed as one function of what it reads."""

    name: str
    steps: tuple[Step, ...]

    @property
    def targets(self) -> tuple[sp.Symbol, ...]:
        """Everything that the section names, in order."""
        return tuple(target for step in self.steps for target in step.targets)

    @property
    def inputs(self) -> tuple[sp.Symbol, ...]:
        """What the section reads from parameters and earlier sections, by name."""
        read: set[sp.Symbol] = set()
        for step in self.steps:
            arguments = step.value.arguments if isinstance(step.value, Call) else (step.value,)
            read.update(*(argument.free_symbols for argument in arguments))
        return tuple(sorted(read - set(self.targets), key=lambda symbol: symbol.name))


@dataclass(frozen=True)
class Degeneracy:
    """Two levels, a common neighbour and the bath that couples both to it; harmful where gap = 0 and overlap != 0."""

    levels: tuple[str, str]
    neighbour: str
    bath: str
    gap: sp.Symbol
    overlap: sp.Symbol


@dataclass(frozen=True)
class Program(Shown):
    """Sections in order. ``parameters`` maps names to roles, ``outputs`` an output to the symbols that hold it."""

    name: str
    title: str
    parameters: Mapping[str, str]
    temperatures: tuple[str, ...]
    levels: tuple[str, ...]
    sections: tuple[Section, ...]
    outputs: Mapping[str, tuple[sp.Symbol, ...]]
    degeneracies: tuple[Degeneracy, ...]

    def steps(self) -> Iterator[Step]:
        """All steps in order."""
        for section in self.sections:
            yield from section.steps

    def pairs(self) -> frozenset[sp.Symbol]:
        """The symbols that ``exact_sum`` defines."""
        return frozenset(
            step.targets[0] for step in self.steps() if isinstance(step.value, Call) and step.value.primitive == "exact_sum"
        )

    def digest(self) -> str:
        """SHA-256 of the program's text: equal programs, equal digest, in every process."""
        text = "\n".join([repr(dict(self.parameters)), *map(str, self.steps()), repr(dict(self.outputs))])
        return hashlib.sha256(text.encode()).hexdigest()

    def operations(self) -> dict[str, dict[str, int]]:
        """Operation counts by section: SymPy's names for arithmetic, the primitives' own names."""
        counts = {}
        for section in self.sections:
            count: Counter[str] = Counter()
            for step in section.steps:
                arguments = (step.value,) if isinstance(step.value, sp.Expr) else step.value.arguments
                visual = sp.count_ops(arguments, visual=True)
                for term in sp.Add.make_args(visual):
                    number, name = term.as_coeff_Mul()
                    if name != 1:
                        count[str(name).lower()] += int(number)
                if isinstance(step.value, Call):
                    count[step.value.primitive] += 1
            counts[section.name] = dict(sorted(count.items()))
        return counts

    def formulas(self) -> Iterator[Formula]:
        for step in self.steps():
            left = step.targets[0] if len(step.targets) == 1 else sp.Tuple(*step.targets)
            value = step.value
            yield Formula(left, sp.Function(value.primitive)(*value.arguments) if isinstance(value, Call) else value)


def write_program(model: Model) -> Program:
    """The program of a model: from its parameters to every output."""
    degeneracies, gaps = _degeneracies(model)
    energies = tuple(model.energetics.energy(level) for level in model.levels)
    populations = model.energetics.populations
    sections = (
        Section("energies", tuple(_exact_sum(E, level.energy) for E, level in zip(energies, model.levels, strict=True))),
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
    return Program(
        model.name, model.title, _parameters(model), tuple(bath.temperature.name for bath in model.baths),
        tuple(level.label for level in model.levels), sections, outputs, degeneracies,
    )  # fmt: skip


def _parameters(model: Model) -> dict[str, str]:
    """Roles by name: the model's own parameters, then temperatures, then strengths."""
    roles = dict.fromkeys((symbol.name for symbol in model.parameters), "real")
    roles.update({bath.temperature.name: "temperature" for bath in model.baths})
    roles.update({bath.strength.name: "strength" for bath in model.baths})
    return roles


def _exact_sum(target: sp.Symbol, value: sp.Expr) -> Step:
    return Step((target,), Call("exact_sum", sp.Add.make_args(sp.expand(value))))


def _degeneracies(model: Model) -> tuple[tuple[Degeneracy, ...], tuple[Step, ...]]:
    """For each pair of levels that share a neighbour through a bath: its gap, and the overlap that makes it harmful."""
    found: list[Degeneracy] = []
    steps: list[Step] = []
    element = {
        (bath.name, place, *pair): c
        for t in model.transitions
        for bath in model.baths
        for place, c in enumerate(t.elements[bath.name])
        for pair in ((t.upper, t.lower), (t.lower, t.upper))
        if c != 0
    }
    labels = {(a.index, b.index): (a, b) for a in model.levels for b in model.levels if a.index < b.index}
    for (i, j), (a, b) in labels.items():
        shared: dict[tuple[str, str], sp.Expr] = {}
        for (bath, place, level, neighbour), c in element.items():
            other = element.get((bath, place, b, neighbour)) if level is a else None
            if other is not None:
                key = bath, neighbour.label
                shared[key] = shared.get(key, sp.S.Zero) + (c * sp.conjugate(c) * other * sp.conjugate(other))
        if not shared:
            continue
        # Where one overlap is a number, the pair is harmful whatever the other overlaps are.
        certain = [key for key, overlap in shared.items() if overlap.is_positive]
        (bath, neighbour), *_ = certain or shared
        overlap = shared[bath, neighbour] if certain else sp.Add(*shared.values())
        if model.levels[i - 1].energy == model.levels[j - 1].energy:
            raise InvalidModel(f"levels {a.label} and {b.label} are degenerate for all parameters "
                               f"and share the neighbour {neighbour} through bath {bath}")
        degeneracy = Degeneracy((a.label, b.label), neighbour, bath, real(f"gap_{i}_{j}"), real(f"overlap_{i}_{j}"))
        found.append(degeneracy)
        steps += [_exact_sum(degeneracy.gap, b.energy - a.energy), Step((degeneracy.overlap,), overlap)]
    return tuple(found), tuple(steps)


def _rates(model: Model) -> Iterator[Section]:
    yield Section("frequencies", tuple(_exact_sum(t.omega, t.frequency) for t in model.transitions))
    active = [(t, bath) for t in model.transitions for bath in t.active]
    yield Section("weights", tuple(Step((t.weight_symbol(bath),), t.weight(bath)) for t, bath in active))
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
    totals = []
    for t in model.transitions:
        totals.append(Step((t.A,), sp.Add(*(t.absorption(bath) for bath in t.active))))
        totals.append(Step((t.E,), sp.Add(*(t.emission(bath) for bath in t.active))))
    yield Section("totals", tuple(totals))


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
        "heat_currents", tuple(Step((real(f"heat_current_{bath.name}"),), it.heat_current(bath)) for bath in model.baths)
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

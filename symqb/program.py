"""The straight-line program: the closed forms once, as named steps, with one meaning for every back end.

A step's value is an expression in +, -, *, / over earlier names, or a call of one primitive::

    exact_sum(x, ...)                sum of the arguments (a pair where one float cannot hold it)
    root_of_squares(c_1, x_1, ..)    sqrt(c_1 x_1^2 + ...) for c > 0 (a pair too)
    shifted_root(alpha, x, gap)      alpha + x without cancellation, given gap = alpha^2 - x^2 >= 0
    magnitude(x)                     |x|
    phi_pair(omega, T)               phi(omega, T), phi(-omega, T)
    balance(x, ...)                  the arguments times one common positive factor, which populations do not see;
                                     an argument that is 0 may become infinitesimal, so that nothing is divided by 0
    standard_part(x)                 x but for what is infinitesimal
    sorted_by(E_1.., p_1..)          the energies in ascending order, then the populations in that order of levels
    descending(p_1, ..)              the arguments in descending order
    positive_part(x)                 max(x, 0), for terms that are >= 0 up to rounding
    free_energy_above_gibbs(T, e_1.., r_1..)   F of populations r at energies e, minus F of the Gibbs state, at T
    entropy_flow(up, down, p_lower, p_upper, omega, T)   (up - down) ln(up/down),
                                     where up/down = p_lower/p_upper e^(-omega/T)

Steps between rates and populations use +, *, / alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from symqb.formulas import Formula
from symqb.shown import Shown

#: The primitives whose result may need two floats.
PAIRS = ("exact_sum", "root_of_squares")


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
class Crossing:
    """Two levels (upper, lower) that must not meet: at ``omega`` = 0 the bath's spectral density gives no rate."""

    levels: tuple[str, str]
    bath: str
    omega: sp.Symbol


@dataclass(frozen=True)
class RateStep:
    """Where the program names one rate: ``source`` -> ``target`` (level indices from 1) due to bath number ``bath``."""

    symbol: sp.Symbol
    bath: int
    source: int
    target: int


@dataclass(frozen=True, repr=False)
class Program(Shown):
    """Sections in order. ``parameters`` maps names to roles, ``outputs`` an output to the symbols that hold it.

    ``baths`` maps a bath's name to that of its temperature; two baths may share one.

    ``empty`` is the index of the uncharged level, from 1; ``exits`` are the denominators of the elimination.
    """

    name: str
    title: str
    parameters: Mapping[str, str]
    baths: Mapping[str, str]
    levels: tuple[str, ...]
    empty: int
    sections: tuple[Section, ...]
    outputs: Mapping[str, tuple[sp.Symbol, ...]]
    degeneracies: tuple[Degeneracy, ...]
    crossings: tuple[Crossing, ...]
    rates: tuple[RateStep, ...]
    exits: tuple[sp.Symbol, ...]

    def steps(self) -> Iterator[Step]:
        """All steps in order."""
        for section in self.sections:
            yield from section.steps

    def pairs(self) -> frozenset[sp.Symbol]:
        """The symbols that ``exact_sum`` and ``root_of_squares`` define."""
        return frozenset(
            step.targets[0] for step in self.steps() if isinstance(step.value, Call) and step.value.primitive in PAIRS
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
        """Every step, primitives as functions."""
        for step in self.steps():
            left = step.targets[0] if len(step.targets) == 1 else sp.Tuple(*step.targets)
            value = step.value
            yield Formula(left, sp.Function(value.primitive)(*value.arguments) if isinstance(value, Call) else value)

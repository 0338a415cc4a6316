"""Is the secular rate equation to be trusted at a point, and is its steady state unique?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb.classes import closed_classes
from symqb.dynamics.bohr import rounding_bound
from symqb.evaluators import evaluator
from symqb.parameters import Array, check_one_point, to_float64
from symqb.results import Evaluates

if TYPE_CHECKING:
    from symqb.model import Model

#: Longer lists of levels are cut when printed.
SHOWN = 8


@dataclass(frozen=True)
class Secular:
    """The bath for which rates come closest to differences of Bohr frequencies.

    bath: its name. largest_rate: of one transition. gap: the smallest difference between distinct
    frequencies, of either sign, that it drives; None if there is only one. transitions: the two (from, to) that differ
    by the gap; their frequency is E_to - E_from.
    """

    bath: str
    largest_rate: float
    gap: float | None
    transitions: tuple[tuple[str, str], ...]

    @property
    def ratio(self) -> float:
        """largest_rate / gap, which the secular approximation takes to be small; 0 without a gap."""
        return self.largest_rate / self.gap if self.gap else 0.0


@dataclass(frozen=True)
class Nearest:
    """The two levels that are closest in energy.

    ``neighbour`` is a level that one bath (``bath``, by its name) connects to both: then their
    coherence drives the populations when the gap is not large against the rates. Both are None where there is none.
    """

    levels: tuple[str, str]
    gap: float
    neighbour: str | None
    bath: str | None


@dataclass(frozen=True)
class Diagnosis:
    """Validity and uniqueness at one parameter point.

    closed_classes: sets of levels that lead to one another and nowhere else; the steady populations are unique if there
    is one (coherences between levels that cross, as those of an odd chain at B0 = 0, may be conserved beside them).
    transient: the levels outside, empty in the steady state.
    """

    secular: Secular
    nearest_degeneracy: Nearest
    closed_classes: tuple[tuple[str, ...], ...]
    transient: tuple[str, ...]

    @property
    def secular_ratio(self) -> float:
        """Largest rate over smallest gap; the rate equation holds for values far below 1.

        It is proportional to the strengths, while the steady state depends on their ratio only: a large value says by
        how much the strengths must be scaled down.
        """
        return self.secular.ratio

    @property
    def unique(self) -> bool:
        """Whether the steady populations are unique."""
        return len(self.closed_classes) == 1

    def as_dict(self) -> dict[str, Any]:
        """Numbers, strings, None and sequences of them, for JSON."""
        return {"secular_ratio": self.secular_ratio, "unique": self.unique, **asdict(self)}

    def lines(self) -> Iterator[str]:
        """One sentence a finding."""
        it = self.secular
        where = f"largest rate {it.largest_rate:.3g}, bath {it.bath}"
        if it.gap is not None:
            pair = " and ".join(f"{source} -> {target}" for source, target in it.transitions)
            where += f"; smallest gap {it.gap:.3g}, between {pair}"
        yield f"secular ratio           {it.ratio:.2e}, should be far below 1 ({where})"
        near = self.nearest_degeneracy
        shared = f"bath {near.bath} connects both to {near.neighbour}" if near.bath else "no common neighbour"
        yield f"closest levels          {near.levels[0]} and {near.levels[1]}, {near.gap:.3g} apart ({shared})"
        closed = " or ".join(f"{{{_listed(levels)}}}" for levels in self.closed_classes)
        transient = f"; transient: {_listed(self.transient)}" if self.transient else ""
        yield f"steady populations      {'unique' if self.unique else 'not unique'}, on {closed}{transient}"

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return str(self)


def _listed(levels: tuple[str, ...]) -> str:
    more = f", ... ({len(levels)} levels)" if len(levels) > SHOWN else ""
    return ", ".join(levels[:SHOWN]) + more


def diagnose(battery: int | Model | Evaluates = 2, **parameters: Any) -> Diagnosis:
    """Diagnose one parameter point of a battery: number of qubits, model, or evaluator.

    Raises what the evaluator raises, ``DegenerateLevels`` among it, and ``InvalidParameter`` for arrays.
    """
    check_one_point(parameters)
    evaluate: Evaluates = battery if callable(battery) else evaluator(battery)
    evaluate = evaluate.only("energies")
    energies = np.asarray(evaluate(**parameters).energies, dtype=float)
    rates = np.asarray(evaluate.rates(**parameters), dtype=float)
    names = list(evaluate.baths)
    driven = _driven(rates)
    cold = [bool(to_float64(T, parameters[T]) == 0) for T in evaluate.baths.values()]
    closed = closed_classes(_arrows(rates, driven, cold))
    transient = ~np.logical_or.reduce(closed)
    labels = evaluate.levels
    return Diagnosis(
        max((_secular(*bath, energies, labels) for bath in zip(names, rates, driven, strict=True)), key=_ratio),
        _nearest(energies, driven, labels, names),
        tuple(tuple(labels[i] for i in np.flatnonzero(members)) for members in closed),
        tuple(labels[i] for i in np.flatnonzero(transient)),
    )


def _ratio(secular: Secular) -> float:
    return secular.ratio


def _driven(rates: Array) -> Array:
    """Which pairs of levels each bath connects: symmetric, shape (baths, levels, levels).

    Up and down rates are added: at a low temperature only their sum tells a weak link from none. What is below
    the square of the rounding of a matrix element is no link.
    """
    both = rates + np.swapaxes(rates, -1, -2)
    smallest = (rates.shape[-1] * np.finfo(float).eps) ** 2
    return both > smallest * both.max(axis=(-1, -2), keepdims=True)


def _arrows(rates: Array, driven: Array, cold: list[bool]) -> Array:
    """[i, j]: whether some bath leads from i to j. Above T = 0 every link leads both ways, though a rate underflows."""
    one_way = np.asarray(cold)[:, None, None]
    return (driven & ((rates > 0) | ~one_way)).any(axis=0).T


def _secular(name: str, rates: Array, driven: Array, energies: Array, labels: tuple[str, ...]) -> Secular:
    target, source = np.nonzero(driven)
    frequencies = energies[target] - energies[source]
    order = np.argsort(frequencies, kind="stable")
    gaps = np.diff(frequencies[order])
    distinct = np.flatnonzero(gaps > rounding_bound(energies))
    if not len(distinct):
        return Secular(name, float(rates.max()), None, ())
    place = distinct[np.argmin(gaps[distinct])]
    pair = order[place : place + 2]
    transitions = tuple((labels[source[k]], labels[target[k]]) for k in pair)
    return Secular(name, float(rates.max()), float(gaps[place]), transitions)


def _nearest(energies: Array, driven: Array, labels: tuple[str, ...], names: list[str]) -> Nearest:
    order = np.argsort(energies, kind="stable")
    gaps = np.diff(energies[order])
    place = int(np.argmin(gaps))
    a, b = sorted(order[place : place + 2])
    shared = np.argwhere(driven[:, a] & driven[:, b])
    bath, neighbour = (names[shared[0][0]], labels[shared[0][1]]) if len(shared) else (None, None)
    return Nearest((labels[a], labels[b]), float(gaps[place]), neighbour, bath)

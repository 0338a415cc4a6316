"""Points at which a steady state cannot be had from populations alone, or not at all: found and refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from symqb.classes import closed_classes
from symqb.errors import DegenerateLevels, NegativeDensity, NotUnique, ZeroFrequency
from symqb.parameters import Array, first_index

Values = Mapping[str, Array]
#: From the place of a point in the arrays at hand to its index in the user's.
Where = Callable[[tuple[int, ...]], tuple[int, ...]]


def here(place: tuple[int, ...]) -> tuple[int, ...]:
    """Where the arrays at hand are the user's."""
    return place


def refuse_degenerate(module: ModuleType, values: Values, eps: Any, where: Where = here) -> None:
    """Raise ``DegenerateLevels`` or ``ZeroFrequency`` before anything is divided by a gap.

    Pair by pair: the error names the first point at which that pair is degenerate.

    ``eps`` is the rounding unit.
    """
    gaps = [gap for *_, gap, _ in module.DEGENERACIES] + [omega for *_, omega in module.CROSSINGS]
    steps = module.lookup(values, (*module.OUTPUTS["energies"], *gaps))
    largest = 0.0
    for name in module.OUTPUTS["energies"]:
        largest = np.maximum(largest, abs(steps[name]))
    for first, second, neighbour, bath, gap, overlap in module.DEGENERACIES:
        close = ~np.asarray(abs(steps[gap]) > eps * largest, dtype=bool)  # perhaps closer than rounding
        harmful = close & _nonzero(module, values, overlap) if close.any() else close
        if harmful.any():
            raise DegenerateLevels((first, second), neighbour, bath, where(first_index(harmful)))
    for first, second, bath, omega in module.CROSSINGS:
        crossed = ~np.asarray(abs(steps[omega]) > eps * largest, dtype=bool)
        if crossed.any():
            raise ZeroFrequency((first, second), bath, where(first_index(crossed)))


def _nonzero(module: ModuleType, values: Values, overlap: str) -> Array:
    """Where an overlap does not vanish; 0/0, where a block of the Hamiltonian is itself degenerate, does not either."""
    try:
        return ~np.asarray(module.lookup(values, (overlap,))[overlap] == 0, dtype=bool)
    except ZeroDivisionError:  # mpmath; NumPy gives NaN
        return np.asarray(True)


def rate_names(module: ModuleType) -> tuple[str, ...]:
    """The rates by bath, which ``refuse_rates`` reads."""
    return tuple(rate for rate, *_ in module.RATES)


def refuse_rates(module: ModuleType, values: Values, steps: Values, exact: bool = False, where: Where = here) -> None:
    """Raise ``NegativeDensity`` for the first such point of a rate, or ``NotUnique`` for the first of all.

    ``steps`` holds the ``rate_names`` at the parameters ``values``; ``exact``: no rate can underflow or overflow.
    """
    for rate, bath, source, target in module.RATES:
        faults = {"negative": steps[rate] < 0}
        if not exact:
            faults["no number that float64 can hold"] = ~np.isfinite(steps[rate])
        for fault, found in faults.items():
            places = np.asarray(found, dtype=bool)
            if places.any():
                levels = module.LEVELS[source], module.LEVELS[target]
                raise NegativeDensity(list(module.BATHS)[bath], levels, where(first_index(places)), fault)
    positive = {rate: np.asarray(steps[rate] > 0, dtype=bool) for rate in rate_names(module)}
    edges = _edges(module, positive)
    suspicious = ~_all_linked(module, edges)
    if not suspicious.any():
        return
    if not exact:
        chosen = {name: np.broadcast_to(value, suspicious.shape)[suspicious] for name, value in values.items()}
        edges[suspicious] = _edges(module, module.positive_rates(chosen, rate_names(module)))
    for place, classes in _classes(suspicious, edges):
        if len(classes) > 1:
            labels = np.array(module.LEVELS)
            raise NotUnique([labels[group].tolist() for group in classes], where(place))


def _edges(module: ModuleType, positive: Values) -> Array:
    """Which rates are positive: [..., i, j] for i -> j."""
    size = len(module.LEVELS)
    edges = np.zeros((*np.broadcast_shapes(*(x.shape for x in positive.values())), size, size), dtype=bool)
    for rate, _, source, target in module.RATES:
        edges[..., source, target] |= positive[rate]
    return edges


def _all_linked(module: ModuleType, edges: Array) -> Array:
    """Whether every transition of the model goes both ways, so that the steady state is unique."""
    sources, targets = zip(*sorted({(source, target) for _, _, source, target in module.RATES}), strict=True)
    return np.asarray(edges[..., list(sources), list(targets)].all(axis=-1))


def _classes(chosen: Array, edges: Array) -> Iterator[tuple[tuple[int, ...], list[Array]]]:
    """(first place, closed classes) of each distinct graph among the ``chosen`` points."""
    places, patterns = np.argwhere(chosen), edges[chosen]
    distinct, first = np.unique(patterns.reshape(len(places), -1), axis=0, return_index=True)
    for k in np.argsort(first):
        yield tuple(int(i) for i in places[first[k]]), closed_classes(distinct[k].reshape(patterns.shape[1:]))

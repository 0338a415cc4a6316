"""Points at which a steady state cannot be had from populations alone, or not at all: found and refused by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from symqb.classes import closed_classes
from symqb.errors import DegenerateLevels, NotUnique, ZeroFrequency
from symqb.parameters import LARGEST, Array, first_index

Steps = Mapping[str, Array]
Lookup = Callable[[Steps, tuple[str, ...]], Steps] | None


def guard_names(module: ModuleType) -> tuple[str, ...]:
    """The steps of a generated module that ``refuse`` reads."""
    names = {name for *_, gap, overlap in module.DEGENERACIES for name in (gap, overlap)}
    names |= {omega for *_, omega in module.CROSSINGS} | {rate for rate, *_ in module.RATES}
    return (*module.OUTPUTS["energies"], *sorted(names))


def refuse(
    module: ModuleType, values: Steps, steps: Steps, lookup: Lookup,
    eps: Any, index: tuple[int, ...] = (),
) -> None:  # fmt: skip
    """Raise ``DegenerateLevels``, ``ZeroFrequency`` or ``NotUnique`` for the first such point.

    ``values`` are the parameters, ``steps`` the ``guard_names`` there; ``lookup`` evaluates further points, and is None
    where rates cannot underflow; ``eps`` is the rounding unit; ``index`` the place of a single point in the user's
    arrays.
    """
    largest = 0.0
    for name in module.OUTPUTS["energies"]:
        largest = np.maximum(largest, abs(steps[name]))
    for first, second, neighbour, bath, gap, overlap in module.DEGENERACIES:
        harmful = np.asarray((abs(steps[gap]) <= eps * largest) & (steps[overlap] != 0), dtype=bool)
        if harmful.any():  # closer than the rounding of the energies
            raise DegenerateLevels((first, second), neighbour, bath, index or first_index(harmful))
    for first, second, bath, omega in module.CROSSINGS:
        crossed = np.asarray(abs(steps[omega]) <= eps * largest, dtype=bool)
        if crossed.any():
            raise ZeroFrequency((first, second), bath, index or first_index(crossed))
    _refuse_several_classes(module, values, steps, lookup, index)


def _refuse_several_classes(
    module: ModuleType, values: Steps, steps: Steps, lookup: Lookup,
    index: tuple[int, ...],
) -> None:  # fmt: skip
    links = _links(module, steps)
    suspicious = ~_all_linked(module, links)
    if not suspicious.any():
        return
    if lookup is not None:
        # Rates that underflow are not 0: with hot baths in place of cold ones, only true zeros are left.
        hot = {name: np.where(value > 0, LARGEST, 0.0) for name, value in values.items() if name in module.TEMPERATURES}
        chosen = {name: np.broadcast_to(x, suspicious.shape)[suspicious] for name, x in {**values, **hot}.items()}
        links[suspicious] = _links(module, lookup(chosen, tuple(rate for rate, *_ in module.RATES)))
    places, patterns = np.argwhere(suspicious), links[suspicious]
    distinct, first = np.unique(patterns.reshape(len(places), -1), axis=0, return_index=True)
    for pattern, place in zip(distinct, first, strict=True):
        classes = closed_classes(pattern.reshape(patterns.shape[1:]))
        if len(classes) > 1:
            labels = [
                [label for label, member in zip(module.LEVELS, group, strict=True) if member] for group in classes
            ]
            raise NotUnique(labels, index or tuple(int(i) for i in places[place]))


def _links(module: ModuleType, steps: Steps) -> Array:
    """Which rates are positive: [..., i, j] for i -> j."""
    shape = np.broadcast_shapes(*(np.shape(steps[rate]) for rate, *_ in module.RATES))
    size = len(module.LEVELS)
    links = np.zeros((*shape, size, size), dtype=bool)
    for rate, _, source, target in module.RATES:
        links[..., source, target] |= np.asarray(steps[rate] > 0, dtype=bool)
    return links


def _all_linked(module: ModuleType, links: Array) -> Array:
    """Whether every transition of the model goes both ways, so that the steady state is unique."""
    pairs = {(source, target) for _, _, source, target in module.RATES}
    sources, targets = zip(*sorted(pairs), strict=True)
    return np.asarray(links[..., list(sources), list(targets)].all(axis=-1))

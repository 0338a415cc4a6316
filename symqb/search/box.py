"""The box that is searched: ranges of parameters, seen as the unit cube."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from symqb.errors import InvalidParameter, UnknownParameter
from symqb.parameters import SMALLEST, Array, check_role, to_float64

#: Positive ranges whose ends differ by more than this factor are searched on a logarithmic scale.
WIDE = 100.0


@dataclass(frozen=True)
class Box:
    """Parameters ``names`` between ``lower`` and ``upper``, shape (parameters,); coordinates run from 0 to 1."""

    names: tuple[str, ...]
    lower: Array
    upper: Array

    @classmethod
    def of(cls, bounds: Mapping[str, Any], fixed: Mapping[str, Any], roles: Mapping[str, str]) -> Box:
        """The box of ``bounds``, name to (lower, upper).

        Raises ``UnknownParameter``, and ``InvalidParameter`` for no bounds at all, for a parameter that is fixed too
        and for ends that do not ascend or lie outside the parameter's role.
        """
        if not bounds:
            raise InvalidParameter("bounds", dict(bounds), "a range (lower, upper) for at least one parameter")
        for name in bounds:
            if name not in roles:
                raise UnknownParameter(name, roles)
            if fixed.get(name) is not None:
                value = f"{fixed[name]} and {bounds[name]}"
                raise InvalidParameter(name, value, "a number in fixed or a range in bounds, not both")
        lower, upper = np.array([ends(name, pair, roles[name]) for name, pair in bounds.items()]).T
        return cls(tuple(bounds), lower, upper)

    def at(self, coordinates: Array) -> Array:
        """Parameters at coordinates in [0, 1], both of shape (..., parameters)."""
        straight = self.lower + (self.upper - self.lower) * coordinates
        inside = np.where(self._logarithmic, self.lower * self._ratio**coordinates, straight)
        found = np.where(coordinates >= 1, self.upper, np.clip(inside, self.lower, self.upper))
        return np.where(abs(found) < SMALLEST, 0.0, found)  # no temperature lies between the two

    def slopes(self, parameters: Array) -> Array:
        """d(parameter)/d(coordinate), shape (..., parameters)."""
        return np.where(self._logarithmic, parameters * np.log(self._ratio), self.upper - self.lower)

    @property
    def _logarithmic(self) -> Array:
        return (self.lower > 0) & (self.upper > WIDE * self.lower)

    @property
    def _ratio(self) -> Array:
        return np.divide(self.upper, self.lower, out=np.ones_like(self.upper), where=self._logarithmic)


def spaced(name: str, text: str) -> Array:
    """Evenly spaced values from "LOW:HIGH:POINTS"; raises ``InvalidParameter`` for what is none."""
    *pair, points = text.split(":")
    if len(pair) != 2 or not points.isdecimal() or int(points) < 2:
        raise InvalidParameter(name, text, "a number, or LOW:HIGH:POINTS with an integer of at least 2 points")
    lower, upper = ends(name, pair, "real")
    return np.linspace(lower, upper, int(points))


def ends(name: str, pair: Any, role: str) -> list[float]:
    """The range (lower, upper) of a parameter as numbers; raises ``InvalidParameter`` as ``Box.of`` does."""
    allowed = "a range of two numbers, the lower one first"
    if np.shape(pair) != (2,):
        raise InvalidParameter(name, pair, allowed)
    lower, upper = (to_float64(name, end) for end in pair)
    for end in (lower, upper):
        check_role(name, end, role)
    if not lower < upper:
        raise InvalidParameter(name, f"{lower} to {upper}", allowed)
    return [float(lower), float(upper)]

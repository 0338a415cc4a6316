"""How a box is searched: starts spread over it, evolution, an ascent along the slopes on request, the bounds.

Starts and generations are evaluated as arrays: thousands of points cost what a few cost one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import differential_evolution, minimize

from symqb.errors import REFUSALS, SymqbError
from symqb.parameters import Array
from symqb.results import Evaluates
from symqb.search.box import Box
from symqb.search.slopes import Slopes

#: Members of a generation for each parameter, and generations at most.
MEMBERS, GENERATIONS = 12, 400
#: A generation whose values differ by less than this, relatively, has arrived.
ARRIVED = 1e-11
#: A gain or loss below this, relatively, is none; a coordinate this near to a bound may be meant to lie on it.
ROUNDING, NEAR = 1e-13, 1e-4


@dataclass
class Objective:
    """The target over the unit cube, and a count of what it took.

    others: the parameters that are not searched, as an evaluator takes them. climbs: ascents along slopes.
    """

    evaluate: Evaluates
    target: str
    box: Box
    others: Mapping[str, Any]
    evaluations: int = 0
    climbs: int = 0
    refused: int = 0
    refusal: SymqbError | None = None

    def __call__(self, coordinates: Array) -> Array:
        """Values at coordinates of shape (points, parameters); -infinity where the evaluator refuses."""
        self.evaluations += len(coordinates)
        return self._values(self.box.at(coordinates))

    def _values(self, parameters: Array) -> Array:
        try:
            named = dict(zip(self.box.names, parameters.T, strict=True))
            found: Array = getattr(self.evaluate(**self.others, **named), self.target)
        except REFUSALS as error:
            if len(parameters) > 1:  # one refused point refuses its whole array: halve it until it is alone
                half = len(parameters) // 2
                return np.concatenate([self._values(parameters[:half]), self._values(parameters[half:])])
            self.refused, self.refusal = self.refused + 1, error
            return np.array([-np.inf])
        return found


def best_apart(points: Array, values: Array, count: int, apart: float = 0.1) -> Array:
    """Up to ``count`` of the best points, no two of them within ``apart`` of each other in every coordinate."""
    chosen: list[Array] = []
    for k in np.argsort(-values, kind="stable"):
        if len(chosen) == count or values[k] == -np.inf:
            break
        if all(abs(points[k] - other).max() > apart for other in chosen):
            chosen.append(points[k])
    return np.array(chosen)


def evolution(objective: Objective, points: Array, seed: int) -> Array:
    """The place that differential evolution (Storn, Price 1997) of the first points ends at, shape (parameters,).

    It needs no slope: maxima may sit on kinks, where two levels or two populations cross.
    """
    dimension = points.shape[1]
    found = differential_evolution(
        lambda members: -objective(members.T),
        [(0.0, 1.0)] * dimension,
        init=points[: MEMBERS * dimension],
        maxiter=GENERATIONS,
        tol=ARRIVED,
        polish=False,
        updating="deferred",
        vectorized=True,
        seed=seed,
    )
    return np.asarray(found.x)


def ascent(slopes: Slopes, objective: Objective, start: Array, scale: float) -> Array:
    """The place that a climb along the slopes (L-BFGS-B) ends at, shape (parameters,).

    scale: a magnitude of the target. Values by JAX are not the last word: where they are NaN the climb turns back.
    """
    objective.climbs += 1
    box, others = objective.box, {name: float(value) for name, value in objective.others.items()}

    def downhill(coordinates: Array) -> tuple[float, Array]:
        objective.evaluations += 1
        parameters = box.at(coordinates)
        value, by_name = slopes({**others, **dict(zip(box.names, map(float, parameters), strict=True))})
        gradient = np.array([by_name[name] for name in box.names], dtype=float) * box.slopes(parameters)
        if not (np.isfinite(value) and np.isfinite(gradient).all()):
            return 1e3, np.zeros_like(gradient)
        return -float(value) / scale, -gradient / scale

    bounds = [(0.0, 1.0)] * len(start)
    options = {"ftol": 1e-15, "gtol": 1e-12}
    return np.asarray(minimize(downhill, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x)


def onto_bounds(objective: Objective, place: Array, value: float) -> tuple[Array, float]:
    """Parameters put on bounds, one after the other: where that gains something, or is near and loses nothing."""
    ends = np.tile([0.0, 1.0], len(place))
    column = np.arange(len(ends)) // 2
    while np.isfinite(value):
        moved = np.tile(place, (len(ends), 1))
        moved[np.arange(len(ends)), column] = ends
        distance = abs(ends - place[column])
        least = ROUNDING * abs(value) * np.where((distance > 0) & (distance < NEAR), -1, 1)
        values = objective(moved)
        best = int(np.argmax(values - least))
        if not values[best] > value + least[best]:
            break
        place, value = moved[best], float(values[best])
    return place, value

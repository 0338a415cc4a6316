"""The largest value of a figure of merit over a box of parameters, and what the levels do there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats.qmc import Halton

from symqb.codegen.dataflow import VECTORS
from symqb.errors import InvalidParameter, UnknownChoice
from symqb.evaluators import Evaluator, evaluator
from symqb.parameters import Array, check_one_point, to_float64
from symqb.results import Evaluates, Result
from symqb.search.box import Box
from symqb.search.methods import Objective, ascent, best_apart, evolution, onto_bounds
from symqb.search.slopes import Slopes, find_slopes

if TYPE_CHECKING:
    from symqb.chains.evaluator import ChainEvaluator
    from symqb.model import Model

#: Climbs along the slopes, each from another part of the box.
CLIMBS = 6
#: Starts that an evolution needs.
FEWEST = 16
#: Pairs of levels and moves that a line of text shows.
SHOWN = 8


def optimize(
    target: str,
    bounds: Mapping[str, Any],
    *,
    qubits: int | Model = 2,
    fixed: Mapping[str, Any] | None = None,
    collective: bool = True,
    starts: int = 2048,
    seed: int = 0,
    gradients: bool = False,
) -> Optimum:
    """Maximise an output of an evaluator over a box of parameters, by numbers.

    target: a scalar output, such as "ergotropy", "exergy" or "heat_current_L". bounds: (lower, upper) of each parameter
    that varies; fixed: numbers for the others, and for T_eq if it is not the last bath's temperature. qubits,
    collective: as in ``symqb.evaluator``. starts: points at first, evaluated at once; the best evolve. ``gradients``:
    then climb along the slopes by JAX, for digits beyond the ninth where many parameters vary. The same ``seed`` gives
    the same optimum. Points that the evaluator refuses are left out.

    A search proves nothing: a higher peak may be narrower than the starts lie apart; another seed tries again. Raises
    ``UnknownChoice``, ``UnknownParameter``, ``MissingParameter`` and ``InvalidParameter``, ``MissingPackage`` for
    gradients without JAX, and what the evaluator raises where it refuses every start.
    """
    _check_counts(starts=(starts, FEWEST), seed=(seed, 0))
    evaluate = evaluator(qubits, collective=collective)
    given = {name: to_float64(name, value) for name, value in (fixed or {}).items() if value is not None}
    check_one_point(given)
    box = Box.of(bounds, given, evaluate.parameters)
    objective = Objective(_only(evaluate, target), target, box, given)
    slopes = find_slopes(qubits, target, collective) if gradients else None
    place, value = _search(objective, slopes, starts, seed)
    numbers: dict[str, Any] = {
        name: float(x) for name, x in (*given.items(), *zip(box.names, box.at(place), strict=True))
    }
    return Optimum(
        target,
        value,
        {name: numbers[name] for name in (*evaluate.parameters, "T_eq") if name in numbers},
        {name: ("lower", "upper")[int(x)] for name, x in zip(box.names, place, strict=True) if x in (0, 1)},
        evaluate(**numbers),
        starts,
        objective.evaluations,
        objective.refused,
        objective.climbs > 0,
        seed,
    )


def _check_counts(**counts: tuple[Any, int]) -> None:
    for name, (count, least) in counts.items():
        if not isinstance(count, Integral) or count < least:
            raise InvalidParameter(name, count, f"an integer, at least {least}")


def _only(evaluate: Evaluator | ChainEvaluator, target: str) -> Evaluates:
    scalars = [name for name in evaluate.outputs if name not in VECTORS]
    if target not in scalars:
        raise UnknownChoice("target", target, scalars)
    return evaluate.only(target)


def _search(objective: Objective, slopes: Slopes | None, starts: int, seed: int) -> tuple[Array, float]:
    """Coordinates and value of the best point found."""
    points = Halton(len(objective.box.names), seed=seed).random(starts)  # even for any count, unlike Sobol's
    values = objective(points)
    if objective.refusal and values.max() == -np.inf:
        raise objective.refusal
    ends = best_apart(points, values, CLIMBS)
    if np.isfinite(values.max()) and values.max() > values[values > -np.inf].min():  # else there is no way up
        best_first = points[np.argsort(-values, kind="stable")]
        ends = np.array([*ends, *(evolution(objective, first, seed) for first in (best_first, points))])
        if slopes:
            ends = np.array([*ends, *(ascent(slopes, objective, end, abs(values.max()) or 1.0) for end in ends)])
    values = objective(ends)
    best = int(np.argmax(values))
    return onto_bounds(objective, ends[best], float(values[best]))


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best point that a search found; energies in the unit of the parameters.

    value: of the ``target``, infinite where the entropy production is. parameters: those given and those found, by
    name. on_bounds: which of the latter lie on a bound of the box, "lower" or "upper". result: all outputs there.
    starts, evaluations: points at first, and in all; refused: of these the evaluator refused so many. gradients:
    whether slopes were used.
    """

    target: str
    value: float
    parameters: Mapping[str, float]
    on_bounds: Mapping[str, str]
    result: Result
    starts: int
    evaluations: int
    refused: int
    gradients: bool
    seed: int

    @property
    def passive(self) -> bool:
        """Whether no population is larger than that of a lower level: no work can be extracted."""
        return not self.inversions

    @property
    def inversions(self) -> tuple[tuple[str, str], ...]:
        """Pairs (upper, lower) of levels whose populations are in the wrong order, by label."""
        order, p, labels = self._ascending(), self.result.populations, self.result.levels
        pairs = ((j, i) for place, j in enumerate(order) for i in order[:place])
        return tuple((labels[j], labels[i]) for j, i in pairs if p[j] > p[i])

    @property
    def permutation(self) -> dict[str, str]:
        """The permutation of Eq. (16) that extracts the work: where the population of each level goes, by label."""
        order, labels = self._ascending(), self.result.levels
        largest_first = order[np.argsort(-self.result.populations[order], kind="stable")]
        return {labels[source]: labels[goal] for source, goal in zip(largest_first, order, strict=True)}

    def _ascending(self) -> Array:
        """Places of the levels by energy; of equal energies the larger population counts as the lower level."""
        return np.lexsort((-self.result.populations, self.result.energies))

    def as_dict(self) -> dict[str, Any]:
        """Numbers, strings and sequences of them, for JSON."""
        own = {name: value for name, value in vars(self).items() if name != "result"}
        outputs = {name: np.asarray(value).tolist() for name, value in self.result.as_dict().items()}
        findings = {"passive": self.passive, "inversions": self.inversions, "permutation": self.permutation}
        return {**own, **findings, "levels": self.result.levels, **outputs}

    def lines(self) -> Iterator[str]:
        """One line a finding."""
        yield f"{self.target:<24}{self.value}"
        for name, number in self.parameters.items():
            yield f"{name:<24}{number}{self._bound(name)}"
        if self.passive:
            yield f"{'levels':<24}no population is larger than that of a lower level: passive"
        else:
            moves = [f"{source} -> {goal}" for source, goal in self.permutation.items() if source != goal]
            yield f"{'inverted levels':<24}{_listed([' above '.join(pair) for pair in self.inversions])}"
            yield f"{'work by moving':<24}{_listed(moves)}"
        slopes = "with" if self.gradients else "without"
        refused = f", {self.refused} of them refused" if self.refused else ""
        yield f"{'search':<24}{self.evaluations} points from {self.starts} starts{refused}, {slopes} gradients"
        if self.target == "ergotropy" and self.value == 0:
            yield f"{'note':<24}no point with ergotropy was found, which does not prove that there is none"

    def _bound(self, name: str) -> str:
        return f"  (on its {self.on_bounds[name]} bound)" if name in self.on_bounds else ""

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return str(self)


def _listed(words: list[str]) -> str:
    more = f", ... ({len(words)} in all)" if len(words) > SHOWN else ""
    return ", ".join(words[:SHOWN]) + more

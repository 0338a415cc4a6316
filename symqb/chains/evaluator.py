"""The evaluator of chains that are solved numerically: same parameters, same outputs as the generated ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symqb.chains.degeneracy import harmful_pair
from symqb.chains.energetics import OUTPUTS, SteadyState
from symqb.chains.spectrum import Spectrum, find_spectrum, labels
from symqb.chains.stationary import populations
from symqb.chains.transitions import Transitions, by_graph, find_transitions, pair_levels
from symqb.codegen.dataflow import VECTORS
from symqb.errors import DegenerateLevels, NotUnique
from symqb.parameters import DEFAULT_STRENGTH, Array, prepare, to_float64
from symqb.results import Result, chosen_outputs, diagnosed

#: Roles of the parameters, and what is assumed where one is not given.
PARAMETERS = {
    **dict.fromkeys(("B0", "J", "Delta", "epsilon"), "real"),
    **dict.fromkeys(("T_L", "T_R"), "temperature"),
    **dict.fromkeys(("kappa_L", "kappa_R"), "strength"),
}
DEFAULTS = dict.fromkeys(("kappa_L", "kappa_R"), DEFAULT_STRENGTH)
#: As many points at once as keep an array over all pairs of levels below this many numbers.
BATCH = 2**20


@dataclass(frozen=True)
class Points:
    """A run of P points of the broadcast parameters: ``values`` by name, (P,); the run's first place; the shape."""

    values: Mapping[str, Array]
    first: int
    shape: tuple[int, ...]

    @property
    def places(self) -> slice:
        """Where the points are among all points, in C order."""
        return slice(self.first, self.first + len(self.values["B0"]))

    def index(self, point: int) -> tuple[int, ...]:
        """The index of one of the points in the broadcast arrays; () for scalars."""
        return tuple(int(i) for i in np.unravel_index(self.first + point, self.shape))


class ChainEvaluator:
    """Call it with the parameters by name; see ``symqb.evaluator``.

    Levels are ordered by magnetisation, then by energy: of four qubits M-4_1 is |0000>, M-2_1 the lowest level with
    one spin up. Relative accuracy of a population: about 1e-15 (largest energy)/T, as the rounding of the energies
    allows, and about 1e-15 (largest energy)/gap where two levels of one magnetisation and parity come close.
    Transitions whose matrix element is below 2.2e-16 * 2^qubits count as absent. Delta = 0 is exact (free fermions),
    not the limit of small Delta: where levels are degenerate the secular equation is not continuous.
    """

    backend = "numpy"

    def __init__(self, qubits: int, outputs: Sequence[str] | str | None = None, *, collective: bool = True):
        self.qubits, self.collective = int(qubits), bool(collective)
        #: Role of each parameter: "real", "temperature" or "strength".
        self.parameters: Mapping[str, str] = PARAMETERS
        #: The name of each bath's temperature, by the bath's name.
        self.baths: Mapping[str, str] = {"L": "T_L", "R": "T_R"}
        self.levels = labels(self.qubits)
        #: Index of the uncharged battery, |0...0>, in ``levels``.
        self.empty = 0
        self.outputs = chosen_outputs(outputs, OUTPUTS)

    def __repr__(self) -> str:
        return f"<evaluator of {', '.join(self.outputs)} over {', '.join(self.parameters)}, {self.backend}>"

    def only(self, *outputs: str) -> ChainEvaluator:
        """The same evaluator for these outputs."""
        return ChainEvaluator(self.qubits, outputs, collective=self.collective)

    def __call__(self, *, T_eq: Any = None, diagnose: bool = False, **parameters: Any) -> Result:
        """Evaluate at scalars or arrays that broadcast.

        Parameters and options as those of a generated evaluator; T_eq is T_R by default. Raises ``InvalidParameter``,
        ``AllBathsAtZero``, ``UnknownParameter``, ``MissingParameter``, ``DegenerateLevels`` and ``NotUnique``.
        """
        values, shape = prepare(parameters, T_eq, PARAMETERS, DEFAULTS, to_float64)
        size = int(np.prod(shape))
        results = {name: np.empty((size, len(self.levels)) if name in VECTORS else size) for name in self.outputs}
        with np.errstate(all="ignore"):
            for points in self._points(values, shape):
                state = self._steady_state(points)
                for name, array in results.items():
                    array[points.places] = OUTPUTS[name](state)
        found = {name: array.reshape((*shape, *array.shape[1:]))[()] for name, array in results.items()}
        return Result(self.levels, found, diagnosed(self, parameters) if diagnose else None)

    def rates(self, **parameters: Any) -> Array:
        """Rates by bath at scalars or arrays that broadcast, shape (..., baths, levels, levels).

        Entry [..., v, j, i] is the rate i -> j due to bath v (L, then R), in units of strength times energy; the
        diagonal is 0. The sum over v is the off-diagonal part of M in dp/dt = M p. Parameters and errors as in a call,
        but that the steady state need not be unique.
        """
        values, shape = prepare(parameters, None, PARAMETERS, DEFAULTS, to_float64)
        lower, upper = pair_levels(self.qubits)
        found = np.zeros((int(np.prod(shape)), 2, len(self.levels), len(self.levels)))
        with np.errstate(all="ignore"):
            for points in self._points(values, shape):
                up, down = (rates.swapaxes(0, 1) for rates in self._network(points)[1].rates())
                here = found[points.places]  # a view
                here[..., upper, lower], here[..., lower, upper] = up, down
        return found.reshape((*shape, *found.shape[1:]))

    def _points(self, values: Mapping[str, Array], shape: tuple[int, ...]) -> Iterator[Points]:
        """All points in C order, as many at once as BATCH allows."""
        flat = {name: np.broadcast_to(value, shape).ravel() for name, value in values.items()}
        step = max(1, BATCH // len(self.levels) ** 2)
        for first in range(0, int(np.prod(shape)), step):
            yield Points({name: value[first : first + step] for name, value in flat.items()}, first, shape)

    def _network(self, points: Points) -> tuple[Spectrum, Transitions]:
        """Levels and transitions; raises ``DegenerateLevels``."""
        values = points.values
        spectrum = find_spectrum(self.qubits, values["J"], values["Delta"])
        harmful = harmful_pair(self.qubits, spectrum, values["B0"])
        if harmful:
            point, *levels = harmful
            first, second, neighbour = (self.levels[level] for level in levels)
            raise DegenerateLevels((first, second), neighbour, "R", points.index(point))
        return spectrum, find_transitions(self.qubits, spectrum, values, self.collective)

    def _steady_state(self, points: Points) -> SteadyState:
        """The unique steady state at each point; raises ``NotUnique`` where there are more."""
        spectrum, transitions = self._network(points)
        found = np.empty(spectrum.energies.shape)
        for group, classes in by_graph(transitions):
            if len(classes) > 1:
                named = (tuple(self.levels[level] for level in np.flatnonzero(members)) for members in classes)
                raise NotUnique(named, points.index(int(group[0])))
            found[group] = populations(transitions.at(group), classes[0])
        return SteadyState(spectrum, transitions, found, points.values["B0"], points.values["T_eq"])

"""The charging curve: p(t) of the rate equation from the empty battery, and the stored energy of Eq. (15) over time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb.dynamics.propagator import Propagator
from symqb.errors import InvalidParameter, NotReached, UnknownChoice
from symqb.evaluators import evaluator
from symqb.parameters import LARGEST, Array, check_one_point, check_role, to_float64
from symqb.passivity import ergotropy
from symqb.results import Evaluates, short

if TYPE_CHECKING:
    from symqb.model import Model

#: Steps between t and 2t where ``time_to`` looks for the first crossing.
STEPS = 8
#: Deviations from 1 in a sum of populations, and from the steady state, that are put down to rounding.
ROUNDING = 1e-12


def charge(battery: int | Model | Evaluates = 2, times: Any = 0.0, *, start: Any = None, **parameters: Any) -> Charging:
    """Charge a battery from its empty level at one parameter point.

    battery: number of qubits, a model, or an evaluator with energies and populations.
    times: >= 0, of any shape, in units of 1/energy (hbar = 1); 0 will do for the steady value and ``time_to``.
    start: a level's label or a distribution over the levels; the empty level by default.
    parameters: those of the evaluator, as numbers. Raises what the evaluator raises, ``InvalidParameter`` for times,
    start or arrays of parameters, and ``UnknownChoice`` for the label of no level.
    """
    check_one_point(parameters)
    evaluate: Evaluates = battery if callable(battery) else evaluator(battery)
    evaluate = evaluate.only("energies", "populations")
    times = to_float64("times", times)
    check_role("times", times, "time")
    initial = _distribution(evaluate, start)
    result = evaluate(**parameters)
    energies = np.asarray(result.energies - result.energies[evaluate.empty], dtype=float)
    steady = np.asarray(result.populations, dtype=float)
    propagator = Propagator(np.asarray(evaluate.rates(**parameters), dtype=float).sum(axis=0))
    return Charging(evaluate.levels, times, energies, initial, steady, propagator)


def _distribution(evaluate: Evaluates, start: Any) -> Array:
    size = len(evaluate.levels)
    if start is None:
        return np.eye(size)[evaluate.empty]
    if isinstance(start, str):
        if start not in evaluate.levels:
            raise UnknownChoice("start", start, evaluate.levels)
        return np.eye(size)[evaluate.levels.index(start)]
    chosen = to_float64("start", start)
    if chosen.shape != (size,) or not (np.all(chosen >= 0) and abs(chosen.sum() - 1) <= ROUNDING):
        raise InvalidParameter("start", start, f"a level's label or {size} populations >= 0 that sum to 1")
    return chosen / chosen.sum()


@dataclass(frozen=True, eq=False)
class Charging:
    """A charging curve; energies in the unit of the parameters, times in its inverse.

    levels: labels; times: as given, shape (...). energies: E_i - E_empty, shape (levels,). start, steady_populations:
    p(0) and p(infinity), shape (levels,). The curve itself, over ``times``, is computed once.
    """

    levels: tuple[str, ...]
    times: Array
    energies: Array
    start: Array
    steady_populations: Array
    propagator: Propagator
    populations: Array = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "populations", self.propagator(self.times, self.start))

    @property
    def stored_energy(self) -> Array:
        """Delta E_B(t) = sum p_i(t) (E_i - E_empty), Eq. (15), shape (...). It may be negative in a weak field."""
        return self.populations @ self.energies

    @property
    def ergotropy(self) -> Array:
        """W(t) of the populations, Eqs. (16), (17), shape (...): 0 where they descend with the energy."""
        ascending = np.argsort(self.energies, kind="stable")
        return ergotropy(self.energies[ascending], self.populations[..., ascending])

    @property
    def steady(self) -> float:
        """Delta E_B for t to infinity."""
        return float(self.steady_populations @ self.energies)

    @property
    def power(self) -> Array:
        """Mean charging power (Delta E_B(t) - Delta E_B(0))/t, shape (...), and its limit at t = 0.

        From the empty level, where Delta E_B(0) = 0, this is Delta E_B(t)/t.
        """
        at_once = self.propagator.derivative(self.start) @ self.energies
        gained = self.stored_energy - self.start @ self.energies
        mean = np.divide(gained, self.times, out=np.full(np.shape(self.times), at_once), where=self.times > 0)
        return mean[()]

    def time_to(self, fraction: float) -> float:
        """The first time at which the stored energy is ``fraction`` > 0 of its steady value.

        Where the steady value is negative, the stored energy falls to that fraction of it. 1 and more is reached only
        by a curve that overshoots. The exact p(t) is bracketed in steps of 2^(1/8), then bisected to the last digit.
        Raises ``InvalidParameter`` for other fractions and ``NotReached`` where the curve does not take the value
        before t = 1e30.
        """
        if not 0 < fraction < np.inf:
            raise InvalidParameter("fraction", fraction, "a finite number above 0")

        def stored(times: Array) -> Array:
            return self.propagator(times, self.start) @ self.energies

        target, initial = fraction * self.steady, float(stored(0.0))
        side = np.sign(target - initial)
        if side == 0:
            return 0.0
        if side * (target - self.steady) >= 0:  # rounding on the way to the steady value is no overshoot
            target += side * ROUNDING * np.ptp(self.energies)

        def reached(times: Array) -> Array:
            return side * (stored(times) - target) >= 0

        before, after = self._bracket(reached, target, initial)
        while before < (middle := (before + after) / 2) < after:
            before, after = (before, middle) if reached(middle) else (middle, after)
        return after

    def __repr__(self) -> str:
        curves = {name: getattr(self, name) for name in ("times", "stored_energy", "ergotropy", "power", "steady")}
        return "Charging(" + ", ".join(f"{name}={short(value)}" for name, value in curves.items()) + ")"

    def _bracket(self, reached: Callable[[Array], Array], target: float, initial: float) -> tuple[float, float]:
        """Neighbouring times of a grid between which the curve first reaches the target."""
        steps = 2.0 ** (np.arange(STEPS + 1) / STEPS)
        low = 1e-3 / self.propagator.clock  # well before the first jump the curve is a straight line
        while reached(low):
            low /= 2
        if low == 0:  # sooner than the smallest float
            return low, low
        while low < LARGEST:
            found = reached(low * steps)
            if found.any():
                first = int(np.argmax(found))
                return low * float(steps[max(first - 1, 0)]), low * float(steps[first])
            low *= 2
            if self._stays_beyond(target, low):
                break
        raise NotReached(target, initial, self.steady)

    def _stays_beyond(self, target: float, time: float) -> bool:
        """Whether the curve cannot come back to the target after ``time``: |p(t) - p(infinity)|_1 never increases."""
        distance = np.abs(self.propagator(time, self.start) - self.steady_populations).sum()
        return bool(distance * np.ptp(self.energies) / 2 < abs(target - self.steady))

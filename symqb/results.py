"""What an evaluator returns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from symqb.errors import UnknownChoice
from symqb.parameters import Array

if TYPE_CHECKING:  # a diagnosis evaluates
    from symqb.diagnostics import Diagnosis


class Result:
    """Arrays by name, as attributes; leading axes are those of the broadcast parameters.

    energies, populations: shape (..., levels), in the order of ``levels``. The others have shape (...): stored_energy,
    ergotropy and exergy in units of energy; stored_energy_fraction dimensionless; heat currents (into the battery) in
    energy per time, right to rounding of the one-way flows; entropy_production in 1/time, infinite where heat flows
    into a bath at T = 0 (0 where that heat is too small for a float). With mpmath, arrays hold mpf; scalars are plain
    numbers.
    """

    levels: tuple[str, ...]
    energies: Array
    populations: Array
    stored_energy: Array
    stored_energy_fraction: Array
    ergotropy: Array
    exergy: Array
    heat_current_L: Array
    heat_current_R: Array
    entropy_production: Array

    #: Validity of the point, where it was asked for.
    diagnosis: Diagnosis | None

    def __init__(self, levels: tuple[str, ...], values: Mapping[str, Array], diagnosis: Diagnosis | None = None):
        self.levels, self.diagnosis = levels, diagnosis
        self._names = tuple(values)
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Array:
        raise AttributeError(f"{name} was not computed: this result has {', '.join(self.__dict__.get('_names', ()))}")

    def as_dict(self) -> dict[str, Array]:
        """The computed outputs by name."""
        return {name: self.__dict__[name] for name in self._names}

    def __repr__(self) -> str:
        return "Result(" + ", ".join(f"{name}={short(value)}" for name, value in self.as_dict().items()) + ")"


def short(value: Array) -> str:
    """A scalar or a short list as it is; of a longer array its shape and range."""
    array = np.asarray(value)
    if array.ndim == 0:
        return str(array.item())
    if array.ndim == 1 and array.size <= 8:
        return "[" + ", ".join(map(str, array.tolist())) + "]"
    return f"<shape {array.shape}, {float(array.min()):.6g} to {float(array.max()):.6g}>" if array.size else "[]"


class Evaluates(Protocol):
    """What every evaluator has in common, whatever the battery: see ``symqb.evaluators.Evaluator``."""

    #: Role of each parameter by name.
    parameters: Mapping[str, str]
    #: The name of each bath's temperature, by the bath's name.
    baths: Mapping[str, str]
    levels: tuple[str, ...]
    backend: str
    #: Index of the level of the uncharged battery.
    empty: int

    def __call__(self, **parameters: Any) -> Result:
        """Energies, populations and more at the parameters."""

    def only(self, *outputs: str) -> Evaluates:
        """The same evaluator for these outputs."""

    def rates(self, **parameters: Any) -> Array:
        """Shape (..., baths, levels, levels): entry [..., v, j, i] is the rate i -> j due to bath v."""


def diagnosed(evaluate: Evaluates, parameters: Mapping[str, Any]) -> Diagnosis:
    """What a call adds to its result when it is asked to."""
    from symqb.diagnostics import diagnose

    return diagnose(evaluate, **parameters)


def chosen_outputs(outputs: Iterable[str] | str | None, known: Collection[str]) -> tuple[str, ...]:
    """The names of the wanted outputs, all for None. Raises ``UnknownChoice`` for none and for others."""
    if outputs is None:
        return tuple(known)
    wanted = (outputs,) if isinstance(outputs, str) else tuple(outputs)
    for output in wanted or ("()",):
        if output not in known:
            raise UnknownChoice("outputs", output, known)
    return wanted

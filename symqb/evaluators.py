"""The front door to fast numbers: picks an evaluator, checks the parameters, broadcasts, labels the results.

The evaluators of the chain come from ``generated`` and need no SymPy; those of a user's model are generated in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from numbers import Integral
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb.errors import DegenerateLevels, InvalidParameter, NotGenerated, UnknownChoice
from symqb.parameters import Array, check, complete, first_index, to_float64

if TYPE_CHECKING:
    from symqb.model import Model

BACKENDS = ("numpy", "mpmath")
#: Chain lengths with generated evaluators.
QUBITS = (2,)


def evaluator(
    qubits: int | Model = 2,
    backend: str = "numpy",
    *,
    outputs: Sequence[str] | str | None = None,
    collective: bool = True,
) -> Evaluator:
    """An evaluator for the XXZ chain of ``qubits`` spins, or for a model of the user's.

    backend: "numpy" (float64 arrays) or "mpmath" (mpmath's working precision).
    outputs: names (or one name) of what to compute; all by default.
    collective: False drops the cross terms of bath L's two couplings (chain only).
    Raises ``UnknownChoice`` for anything else.
    """
    if backend not in BACKENDS:
        raise UnknownChoice("backend", backend, BACKENDS)
    if not isinstance(qubits, Integral):
        return Evaluator(_source(qubits, backend), backend, outputs)
    if qubits not in QUBITS:
        raise UnknownChoice("qubits", qubits, map(str, QUBITS))
    return Evaluator(f"generated.xxz{qubits}{'' if collective else '_independent'}_{backend}", backend, outputs)


def _source(model: object, backend: str) -> str:
    from symqb.codegen.python_printer import python_module
    from symqb.model import Model

    if not isinstance(model, Model):
        raise UnknownChoice("qubits", repr(model), (*map(str, QUBITS), "a Model"))
    return python_module(model.program, backend)


def _load(origin: str) -> ModuleType:
    """A generated module, by its name or from its source text."""
    if "\n" in origin:
        module = ModuleType("symqb_model")
        exec(compile(origin, module.__name__, "exec"), module.__dict__)
        return module
    try:
        return import_module(origin)
    except ModuleNotFoundError as error:
        if error.name is not None and origin.startswith(error.name):
            raise NotGenerated(origin) from error
        raise


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

    def __init__(self, levels: tuple[str, ...], values: Mapping[str, Array]):
        self.levels = levels
        self._names = tuple(values)
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Array:
        raise AttributeError(f"{name} was not computed: this result has {', '.join(self.__dict__.get('_names', ()))}")

    def as_dict(self) -> dict[str, Array]:
        """The computed outputs by name."""
        return {name: self.__dict__[name] for name in self._names}

    def __repr__(self) -> str:
        return "Result(" + ", ".join(f"{name}={value!r}" for name, value in self.as_dict().items()) + ")"


class Evaluator:
    """Call it with the parameters by name; see ``evaluator``. ``origin``: a generated module's name or source text."""

    def __init__(self, origin: str, backend: str, outputs: Sequence[str] | str | None = None):
        module = _load(origin)
        self._origin, self._module, self.backend = origin, module, backend
        #: Role of each parameter: "real", "temperature" or "strength".
        self.parameters: Mapping[str, str] = module.PARAMETERS
        self.levels: tuple[str, ...] = module.LEVELS
        chosen = (outputs,) if isinstance(outputs, str) else outputs
        self.outputs: tuple[str, ...] = tuple(module.OUTPUTS if chosen is None else chosen)
        for output in self.outputs:
            if output not in module.OUTPUTS:
                raise UnknownChoice("outputs", output, module.OUTPUTS)

    def __reduce__(self) -> tuple[Any, ...]:
        return Evaluator, (self._origin, self.backend, self.outputs)

    def __repr__(self) -> str:
        return f"<evaluator of {', '.join(self.outputs)} over {', '.join(self.parameters)}, {self.backend}>"

    def __call__(self, *, T_eq: Any = None, **parameters: Any) -> Result:
        """Evaluate at scalars or arrays that broadcast.

        The parameters are those of ``self.parameters``, in one unit of energy (strengths are dimensionless and 1 by
        default). T_eq is the reference temperature of the exergy, the last bath's by default. Raises
        ``InvalidParameter``, ``AllBathsAtZero``, ``UnknownParameter``, ``MissingParameter`` and ``DegenerateLevels``.
        """
        module = self._module
        given = complete(parameters, self.parameters, module.DEFAULTS)
        given["T_eq"] = given[module.TEMPERATURES[-1]] if T_eq is None else T_eq
        convert = to_float64 if self.backend == "numpy" else _to_mpf
        values = {name: convert(name, value) for name, value in given.items()}
        try:
            shape = np.broadcast_shapes(*(value.shape for value in values.values()))
        except ValueError as error:
            shown = {*parameters, *(["T_eq"] if T_eq is not None else [])}
            shapes = ", ".join(
                f"{name} {value.shape}" for name, value in values.items() if value.shape and name in shown
            )
            raise InvalidParameter("shapes", shapes, "arrays that broadcast against each other") from error
        check(values, {**self.parameters, "T_eq": "temperature"}, module.TEMPERATURES)
        if self.backend == "numpy":
            self._refuse_degenerate(module.lookup(values, self._degeneracy_names()), np.finfo(float).eps)
            result = module.compute(values, self.outputs)
            return Result(self.levels, {name: value if value.ndim else value[()] for name, value in result.items()})
        return self._pointwise(values, shape)

    def _pointwise(self, values: Mapping[str, Array], shape: tuple[int, ...]) -> Result:
        from mpmath import mp

        results = {name: np.empty(self._shape(name, shape), dtype=object) for name in self.outputs}
        for index in np.ndindex(shape):
            point = {name: np.broadcast_to(value, shape)[index] for name, value in values.items()}
            self._refuse_degenerate(self._module.lookup(point, self._degeneracy_names()), mp.eps, index)
            for name, value in self._module.compute(point, self.outputs).items():
                results[name][index] = value
        return Result(self.levels, {name: array if array.ndim else array[()] for name, array in results.items()})

    def _shape(self, output: str, shape: tuple[int, ...]) -> tuple[int, ...]:
        return (*shape, len(self.levels)) if output in self._module.VECTORS else shape

    def _degeneracy_names(self) -> tuple[str, ...]:
        names = {name for *_, gap, overlap in self._module.DEGENERACIES for name in (gap, overlap)}
        return (*self._module.OUTPUTS["energies"], *sorted(names))

    def _refuse_degenerate(self, steps: Mapping[str, Array], eps: Any, index: tuple[int, ...] = ()) -> None:
        """Raise where two levels are closer than the rounding of the energies and share a neighbour."""
        largest = 0.0
        for name in self._module.OUTPUTS["energies"]:
            largest = np.maximum(largest, abs(steps[name]))
        for first, second, neighbour, bath, gap, overlap in self._module.DEGENERACIES:
            harmful = np.asarray((abs(steps[gap]) <= eps * largest) & (steps[overlap] != 0), dtype=bool)
            if harmful.any():
                raise DegenerateLevels((first, second), neighbour, bath, index or first_index(harmful))


def _to_mpf(name: str, value: Any) -> Array:
    """Object array of mpf, with guard bits: numbers, fractions, strings such as "0.1" or "1/3"."""
    from mpmath import mp

    entries = np.asarray(value, dtype=object)
    with mp.workprec(2 * mp.prec + 200):
        try:
            converted = [mp.mpmathify(entry) for entry in entries.ravel()]
        except (TypeError, ValueError, ZeroDivisionError) as error:
            raise InvalidParameter(name, repr(value), "a real number or an array of them") from error
    if any(isinstance(entry, mp.mpc) for entry in converted):
        raise InvalidParameter(name, repr(value), "a real number or an array of them")
    array = np.empty(entries.shape, dtype=object)
    array.ravel()[:] = converted
    return array

"""The front door to fast numbers: picks an evaluator, checks the parameters, broadcasts, labels the results.

The evaluators of the chain come from ``generated`` and need no SymPy; those of a user's model are generated in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from numbers import Integral
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb.errors import InvalidParameter, MissingPackage, NotGenerated, UnknownChoice
from symqb.guards import rate_names, refuse_degenerate, refuse_rates
from symqb.parameters import Array, prepare, to_float64
from symqb.results import Result, diagnosed

if TYPE_CHECKING:
    from symqb.chains.evaluator import ChainEvaluator
    from symqb.model import Model

BACKENDS = ("numpy", "mpmath")
#: Chain lengths with generated evaluators.
QUBITS = (2, 3)
#: Chain lengths that are solved numerically, by symqb.chains.
LONGER = range(4, 11)


def evaluator(
    qubits: int | Model = 2,
    backend: str = "numpy",
    *,
    outputs: Sequence[str] | str | None = None,
    collective: bool = True,
) -> Evaluator | ChainEvaluator:
    """An evaluator for the XXZ chain of ``qubits`` spins, or for a model of the user's.

    Chains of ``QUBITS`` and models have closed forms; chains of ``LONGER`` are solved numerically.
    backend: "numpy" (float64 arrays) or, for closed forms, "mpmath" (mpmath's working precision).
    outputs: names (or one name) of what to compute; all by default.
    collective: False drops the cross terms of bath L's two couplings (chain only).
    Raises ``UnknownChoice`` for anything else.
    """
    if backend not in BACKENDS:
        raise UnknownChoice("backend", backend, BACKENDS)
    if not isinstance(qubits, Integral):
        return Evaluator(_source(qubits, backend), backend, outputs)
    if qubits in LONGER:
        return _longer(int(qubits), backend, outputs, collective)
    if qubits not in QUBITS:
        raise UnknownChoice("qubits", qubits, map(str, (*QUBITS, *LONGER)))
    return Evaluator(generated_module(int(qubits), backend, collective), backend, outputs)


def generated_module(qubits: int, backend: str, collective: bool = True) -> str:
    """The name of a chain's generated evaluator."""
    return f"generated.xxz{qubits}{'' if collective else '_independent'}_{backend}"


def _longer(qubits: int, backend: str, outputs: Sequence[str] | str | None, collective: bool) -> ChainEvaluator:
    from symqb.chains.evaluator import ChainEvaluator

    if backend != "numpy":
        reason = f"chains of {LONGER[0]} qubits and more have no closed form and are diagonalised in float64"
        raise UnknownChoice("backend", backend, ("numpy",), reason)
    return ChainEvaluator(qubits, outputs, collective=collective)


def _source(model: object, backend: str) -> str:
    from symqb.codegen.python_printer import python_module
    from symqb.model import Model

    if not isinstance(model, Model):
        raise UnknownChoice("qubits", repr(model), (*map(str, (*QUBITS, *LONGER)), "a Model"))
    return python_module(model.program, backend)


def _load(origin: str) -> ModuleType:
    """A generated module, by its name or from its source text."""
    try:
        if "\n" not in origin:
            return import_module(origin)
        module = ModuleType("symqb_model")
        exec(compile(origin, module.__name__, "exec"), module.__dict__)
        return module
    except ModuleNotFoundError as error:
        if error.name == "jax":
            raise MissingPackage("jax", "jax") from error
        if error.name is not None and origin.startswith(error.name):
            raise NotGenerated(origin) from error
        if error.name in ("numba", "llvmlite"):
            raise MissingPackage("numba", "numba") from error
        raise


class Evaluator:
    """Call it with the parameters by name; see ``evaluator``. ``origin``: a generated module's name or source text."""

    def __init__(self, origin: str, backend: str, outputs: Sequence[str] | str | None = None):
        module = _load(origin)
        self._origin, self._module, self.backend = origin, module, backend
        #: Role of each parameter: "real", "positive", "temperature" or "strength".
        self.parameters: Mapping[str, str] = module.PARAMETERS
        self.levels: tuple[str, ...] = module.LEVELS
        #: The name of each bath's temperature, by the bath's name.
        self.baths: Mapping[str, str] = module.BATHS
        #: Index of the uncharged battery in ``levels``.
        self.empty: int = module.EMPTY
        chosen = (outputs,) if isinstance(outputs, str) else outputs
        self.outputs: tuple[str, ...] = tuple(module.OUTPUTS if chosen is None else chosen)
        for output in self.outputs:
            if output not in module.OUTPUTS:
                raise UnknownChoice("outputs", output, module.OUTPUTS)

    def __reduce__(self) -> tuple[Any, ...]:
        return Evaluator, (self._origin, self.backend, self.outputs)

    def __repr__(self) -> str:
        return f"<evaluator of {', '.join(self.outputs)} over {', '.join(self.parameters)}, {self.backend}>"

    def only(self, *outputs: str) -> Evaluator:
        """The same evaluator for these outputs."""
        return Evaluator(self._origin, self.backend, outputs)

    def __call__(self, *, T_eq: Any = None, diagnose: bool = False, **parameters: Any) -> Result:
        """Evaluate at scalars or arrays that broadcast.

        The parameters are those of ``self.parameters``, in one unit of energy (strengths are dimensionless and 1 by
        default). T_eq is the reference temperature of the exergy, the last bath's by default; ``diagnose``
        adds ``symqb.diagnose`` of the point, which must be a single one. Raises
        ``InvalidParameter``, ``AllBathsAtZero``, ``UnknownParameter``, ``MissingParameter``, ``DegenerateLevels``,
        ``ZeroFrequency``, ``NegativeDensity`` and ``NotUnique``.
        """
        module = self._module
        values, shape = self._prepare(parameters, T_eq)
        results: dict[str, Array] = {
            name: np.empty((*shape, len(self.levels)) if name in module.VECTORS else shape, dtype=self._dtype)
            for name in self.outputs
        }
        names = tuple(name for output in self.outputs for name in module.OUTPUTS[output])
        for steps, index in self._lookup(values, shape, names):
            for output in self.outputs:
                columns = [steps[name] for name in module.OUTPUTS[output]]
                if output in module.VECTORS:
                    for place, column in enumerate(columns):
                        results[output][(*index, ..., place)] = column
                else:
                    results[output][index or ...] = columns[0]
        found = {name: array if array.ndim else array[()] for name, array in results.items()}
        return Result(self.levels, found, diagnosed(self, parameters) if diagnose else None)

    def rates(self, **parameters: Any) -> Array:
        """Rates by bath at scalars or arrays that broadcast, shape (..., baths, levels, levels).

        Entry [..., v, j, i] is the rate i -> j due to bath v (in the order of ``baths``), in
        units of strength times energy; the diagonal is 0. The sum over v is the off-diagonal part of M in
        dp/dt = M p. Parameters and errors as in a call.
        """
        module = self._module
        values, shape = self._prepare(parameters)
        found: Array = np.zeros((*shape, len(module.BATHS), len(self.levels), len(self.levels)), dtype=self._dtype)
        for steps, index in self._lookup(values, shape, ()):
            for name, bath, source, target in module.RATES:
                found[(*index, ..., bath, target, source)] = steps[name]
        return found

    def _prepare(self, parameters: Mapping[str, Any], T_eq: Any = None) -> tuple[dict[str, Array], tuple[int, ...]]:
        convert = to_float64 if self.backend == "numpy" else _to_mpf
        return prepare(parameters, T_eq, self.parameters, self._module.DEFAULTS, convert)

    @property
    def _dtype(self) -> type:
        return float if self.backend == "numpy" else object

    def _lookup(
        self, values: Mapping[str, Array], shape: tuple[int, ...], names: tuple[str, ...]
    ) -> Iterator[tuple[Mapping[str, Array], tuple[int, ...]]]:
        """(steps by name, index): everything at once, or one point after the other; refused points raise."""
        module = self._module
        wanted = (*names, *rate_names(module))
        if self.backend == "numpy":
            refuse_degenerate(module, values, np.finfo(float).eps)
            steps = module.lookup(values, wanted)
            refuse_rates(module, values, steps)
            yield steps, ()
            return
        from mpmath import mp

        for index in np.ndindex(shape):
            point = {name: np.broadcast_to(value, shape)[index] for name, value in values.items()}
            refuse_degenerate(module, point, mp.eps, index)
            steps = module.lookup(point, wanted)
            refuse_rates(module, point, steps, True, index)
            yield steps, index


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

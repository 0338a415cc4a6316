"""The front door to fast numbers: picks an evaluator, checks the parameters, broadcasts, labels the results.

The evaluators of the chain come from ``generated`` and need no SymPy; those of a user's model are generated in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb import kernels
from symqb.errors import UnknownChoice
from symqb.exact import POINT_BY_POINT
from symqb.guards import Where, rate_names, refuse_degenerate, refuse_rates
from symqb.optional import installed, require
from symqb.parameters import Array, arrange, check, check_role, to_float64
from symqb.results import Result, chosen_outputs, diagnosed

if TYPE_CHECKING:
    from symqb.chains.evaluator import ChainEvaluator
    from symqb.model import Model

#: Arrays of float64, by a kernel.
FLOAT64 = ("numpy", "numba", "c", "jax")
BACKENDS = (*FLOAT64, *POINT_BY_POINT)
#: Chain lengths with generated evaluators.
QUBITS = (2, 3)
#: Chain lengths that are solved numerically, by symqb.chains.
LONGER = range(4, 11)


def evaluator(
    qubits: int | Model = 2,
    backend: str | None = None,
    *,
    outputs: Sequence[str] | str | None = None,
    collective: bool = True,
    parallel: bool = False,
) -> Evaluator | ChainEvaluator:
    """An evaluator for the XXZ chain of ``qubits`` spins, or for a model of the user's.

    Chains of ``QUBITS`` and models have closed forms; chains of ``LONGER`` are solved numerically, with NumPy.
    backend: "numpy", "numba", "c" (compiled by the system's compiler) and "jax" for arrays of float64; "numba" where it
    is installed, else "numpy", if none is named. "mpmath" (mpmath's working precision) and "arb" (balls at flint's
    working precision that contain the exact value; parameters may be balls too) for object arrays, point by point.
    outputs: names (or one name) of what to compute; all by default.
    collective: False drops the cross terms of bath L's two couplings (chain only).
    parallel: on ``numba.get_num_threads()`` threads ("numba" only).
    Raises ``UnknownChoice`` for anything else, ``MissingPackage`` and ``NoCompiler`` for a back end that is not there.
    """
    longer = isinstance(qubits, Integral) and qubits in LONGER
    chosen = backend or ("numba" if installed("numba") and not longer else "numpy")
    if chosen not in BACKENDS:
        raise UnknownChoice("backend", chosen, BACKENDS)
    if parallel and chosen != "numba":
        raise UnknownChoice("backend with parallel=True", chosen, ("numba",))
    if longer:
        return _longer(int(qubits), chosen, outputs, collective)  # type: ignore[arg-type]
    if chosen in kernels.EXTRAS:
        require(kernels.EXTRAS[chosen], chosen)
    if not isinstance(qubits, Integral):
        return Evaluator(*printed_texts(qubits, chosen), chosen, outputs, parallel)
    if qubits not in QUBITS:
        raise UnknownChoice("qubits", qubits, map(str, (*QUBITS, *LONGER)))
    source = partial(generated_name, int(qubits), collective=collective)
    return Evaluator(source("numpy" if chosen in FLOAT64 else chosen), source(chosen), chosen, outputs, parallel)


def generated_name(qubits: int, backend: str, collective: bool = True) -> str:
    """The module, or the C file, of a chain's generated evaluator."""
    stem = f"xxz{qubits}{'' if collective else '_independent'}"
    return f"{stem}.c" if backend == "c" else f"generated.{stem}_{backend}"


def _longer(qubits: int, backend: str, outputs: Sequence[str] | str | None, collective: bool) -> ChainEvaluator:
    from symqb.chains.evaluator import ChainEvaluator

    if backend != "numpy":
        reason = f"chains of {LONGER[0]} qubits and more have no closed form and are diagonalised in float64"
        raise UnknownChoice("backend", backend, ("numpy",), reason)
    return ChainEvaluator(qubits, outputs, collective=collective)


def printed_texts(model: object, backend: str) -> tuple[str, str]:
    """The texts of the module with the tables, and of the kernel."""
    from symqb.codegen.c_printer import c_file
    from symqb.codegen.python_printer import python_module
    from symqb.model import Model

    if not isinstance(model, Model):
        raise UnknownChoice("qubits", repr(model), (*map(str, (*QUBITS, *LONGER)), "a Model"))
    tables = python_module(model.program, "numpy" if backend in FLOAT64 else backend)
    if backend == "c":
        return tables, c_file(model.program)
    return tables, tables if backend in ("numpy", *POINT_BY_POINT) else python_module(model.program, backend)


class Evaluator:
    """Call it with the parameters by name; see ``evaluator``.

    tables and origin: names or source texts of the generated module that has tables and careful arithmetic, and of what
    computes: another module, or a C file.
    """

    def __init__(
        self, tables: str, origin: str, backend: str, outputs: Sequence[str] | str | None = None, parallel: bool = False
    ):
        module = kernels.load(tables)
        self._made_of, self._module, self.backend = (tables, origin, backend), module, backend
        self._parallel = parallel
        #: Name or text of the generated module with the tables.
        self.tables = tables
        #: Role of each parameter: "real", "positive", "temperature" or "strength".
        self.parameters: Mapping[str, str] = module.PARAMETERS
        self.levels: tuple[str, ...] = module.LEVELS
        #: The name of each bath's temperature, by the bath's name.
        self.baths: Mapping[str, str] = module.BATHS
        #: Index of the uncharged battery in ``levels``.
        self.empty: int = module.EMPTY
        self.outputs = chosen_outputs(outputs, module.OUTPUTS)
        self._names = tuple(name for output in self.outputs for name in module.OUTPUTS[output])
        if backend in FLOAT64:
            self._kernels = cache(partial(kernels.kernel, backend, origin, module, parallel=parallel))
            self._kernels(self._names)  # a package or compiler that is not there is missed now

    def __reduce__(self) -> tuple[Any, ...]:
        return Evaluator, (*self._made_of, self.outputs, self._parallel)

    def __repr__(self) -> str:
        return f"<evaluator of {', '.join(self.outputs)} over {', '.join(self.parameters)}, {self.backend}>"

    def only(self, *outputs: str) -> Evaluator:
        """The same evaluator for these outputs."""
        return Evaluator(*self._made_of, outputs, self._parallel)

    def __call__(self, *, T_eq: Any = None, diagnose: bool = False, **parameters: Any) -> Result:
        """Evaluate at scalars or arrays that broadcast.

        The parameters are those of ``self.parameters``, in one unit of energy (strengths are dimensionless and 1 by
        default). T_eq is the reference temperature of the exergy, the last bath's by default; ``diagnose``
        adds ``symqb.diagnose`` of the point, which must be a single one. Raises
        ``InvalidParameter``, ``AllBathsAtZero``, ``UnknownParameter``, ``MissingParameter``, ``DegenerateLevels``,
        ``ZeroFrequency``, ``NegativeDensity`` and ``NotUnique``.
        """
        values, shape = self._prepare(parameters, T_eq)
        if T_eq is not None:  # no kernel reads it where no exergy is wanted
            check_role("T_eq", np.asarray(values["T_eq"]), "temperature")
        columns, found, first = self._columns(self._names, values, shape), dict[str, Array](), 0
        for output in self.outputs:
            last = first + len(self._module.OUTPUTS[output])
            vector = output in self._module.VECTORS
            found[output] = columns[first:last].transpose(*range(1, columns.ndim), 0) if vector else columns[first]
            first = last
        return Result(self.levels, found, diagnosed(self, parameters) if diagnose else None)

    def rates(self, **parameters: Any) -> Array:
        """Rates by bath at scalars or arrays that broadcast, shape (..., baths, levels, levels).

        Entry [..., v, j, i] is the rate i -> j due to bath v (in the order of ``baths``), in
        units of strength times energy; the diagonal is 0. The sum over v is the off-diagonal part of M in
        dp/dt = M p. In float64 phi is right to 2 units in the last place. Parameters and errors as in a call.
        """
        module, size = self._module, len(self.levels)
        values, shape = self._prepare(parameters)
        columns = self._columns(rate_names(module), values, shape)
        found = np.zeros((len(module.BATHS), size, size, *shape), dtype=columns.dtype)
        for (_, bath, source, target), column in zip(module.RATES, columns, strict=True):
            found[bath, target, source] = column
        return np.moveaxis(found, (0, 1, 2), (-3, -2, -1))

    def _prepare(self, parameters: Mapping[str, Any], T_eq: Any = None) -> tuple[dict[str, Array], tuple[int, ...]]:
        convert = to_float64 if self.backend in FLOAT64 else POINT_BY_POINT[self.backend].convert
        return arrange(parameters, T_eq, self.parameters, self._module.DEFAULTS, convert)

    def _columns(self, names: tuple[str, ...], values: Mapping[str, Array], shape: tuple[int, ...]) -> Array:
        """The named steps, shape (steps, *shape); refused points raise."""
        if self.backend in FLOAT64:
            verify = partial(self._verify, values)
            return kernels.fill(names, self._kernels, verify, self._carefully, values, shape)
        self._verify(values)
        columns, unit = np.empty((len(names), *shape), dtype=object), POINT_BY_POINT[self.backend].unit()
        for index in np.ndindex(shape):
            point = {name: np.broadcast_to(value, shape)[index] for name, value in values.items()}
            steps = self._careful(point, names, partial(_always, index), unit)
            for row, name in enumerate(names):
                columns[(row, *index)] = steps[name]
        return columns

    def _verify(self, values: Mapping[str, Array]) -> None:
        """Raise for the first parameter that is not what its role allows."""
        check(values, {**self.parameters, "T_eq": "temperature"}, self.baths.values())

    def _carefully(self, values: Mapping[str, Array], names: tuple[str, ...], where: Where) -> list[Array]:
        """Columns of the names."""
        steps = self._careful(values, names, where)
        return [steps[name] for name in names]

    def _careful(
        self, values: Mapping[str, Array], names: tuple[str, ...], where: Where, eps: Any = None
    ) -> Mapping[str, Array]:
        """Steps by name; refused points raise. ``eps`` is the rounding unit of exact arithmetic, without underflow."""
        module = self._module
        refuse_degenerate(module, values, eps or np.finfo(float).eps, where)
        steps: Mapping[str, Array] = module.lookup(values, (*names, *rate_names(module)))
        refuse_rates(module, values, steps, eps is not None, where)
        return steps


def _always(index: tuple[int, ...], place: tuple[int, ...]) -> tuple[int, ...]:
    """One point after the other: each has its index, wherever it stands."""
    return index

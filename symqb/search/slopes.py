"""Derivatives of a scalar output in every parameter, through the JAX back end."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from numbers import Integral
from typing import TYPE_CHECKING, Any

from symqb.errors import UnknownChoice
from symqb.evaluators import LONGER, generated_name, printed_texts
from symqb.kernels import load
from symqb.optional import require

if TYPE_CHECKING:
    from symqb.model import Model

#: (value, derivative by parameter) at parameters by name; NaN where float64 does not reach.
Slopes = Callable[[dict[str, float]], tuple[Any, dict[str, Any]]]


def find_slopes(qubits: int | Model, target: str, collective: bool) -> Slopes:
    """The derivatives of ``target``; compiling them takes seconds, for three qubits up to a minute.

    Raises ``MissingPackage`` without JAX, and ``UnknownChoice`` for a chain without closed forms.
    """
    if qubits in LONGER:
        reason = f"chains of {LONGER[0]} qubits and more are diagonalised numerically"
        raise UnknownChoice("gradients", True, ("False",), reason)
    if isinstance(qubits, Integral):
        return _compiled(generated_name(int(qubits), "jax", collective), target)
    return _compiled(printed_texts(qubits, "jax")[1], target)


@cache
def _compiled(origin: str, target: str) -> Slopes:
    """Once for an output, whichever parameters are searched; T_eq is the last temperature unless given."""
    require("jax", "jax")
    module = load(origin)
    import jax

    *_, reference = (name for name, role in module.PARAMETERS.items() if role == "temperature")

    def value(parameters: dict[str, Any]) -> Any:
        return module.compute({"T_eq": parameters[reference], **parameters}, (target,))[target]

    slopes = jax.jit(jax.value_and_grad(value))

    def in_64_bits(parameters: dict[str, float]) -> tuple[Any, dict[str, Any]]:
        with jax.enable_x64(True):
            found: tuple[Any, dict[str, Any]] = slopes({**module.DEFAULTS, **parameters})
        return found

    return in_64_bits

"""A model at one parameter point as QuTiP operators."""

from __future__ import annotations

from importlib import import_module
from math import sqrt
from typing import TYPE_CHECKING, Any

from symqb.dynamics.gksl import lindblad, numeric, numerical_levels, point
from symqb.errors import MissingPackage

if TYPE_CHECKING:
    from symqb.model import Model


def to_qutip(model: Model, **parameters: Any) -> tuple[Any, list[Any]]:
    """(H, collapse operators) of the secular master equation as ``qutip.Qobj``, for ``qutip.mesolve`` and the like.

    Both in the model's bare basis, as operators on one space of d dimensions: the paper's order of the bare states is
    not that of a Kronecker product. The collapse operators are sqrt(rate) A(omega), absorption and emission each; those
    of rate 0 are left out. Raises ``MissingPackage`` without QuTiP, and what a parameter raises that is not allowed.
    """
    try:
        Qobj = import_module("qutip").Qobj
    except ModuleNotFoundError as error:
        raise MissingPackage("qutip", "qutip") from error
    values = point(model, parameters)
    generator = lindblad(model, values, numerical_levels(model, values))
    jumps = [Qobj(sqrt(rate) * generator.to_bare(A)) for rate, A in generator.jumps]
    return Qobj(numeric(model.hamiltonian, values)), jumps

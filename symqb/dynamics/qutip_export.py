"""A model at one parameter point as QuTiP operators."""

from __future__ import annotations

from importlib import import_module
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from symqb.dynamics.gksl import lindblad, numeric, numerical_levels, point
from symqb.optional import require

if TYPE_CHECKING:
    from symqb.model import Model


class Rate(NamedTuple):
    """One collapse operator's rate, in units of strength times energy.

    bath: the name of its bath. frequency: the energy omega that the jump takes out of the battery; below 0 it puts
    -omega in. value: J(omega) (n(omega) + 1).
    """

    bath: str
    frequency: float
    value: float


class QutipModel(NamedTuple):
    """``H``, the ``collapse`` operators sqrt(rate) A(omega) as ``qutip.Qobj``, and the ``rates`` of the latter."""

    H: Any
    collapse: list[Any]
    rates: list[Rate]


def to_qutip(model: Model, **parameters: Any) -> QutipModel:
    """H, collapse operators and their rates of the secular master equation, for ``qutip.mesolve`` and the like.

    Operators are in the model's bare basis, on one space of d dimensions: the paper's order of the bare states is
    not that of a Kronecker product. The collapse operators are sqrt(rate) A(omega), absorption and emission each; those
    of rate 0 are left out. Raises ``MissingPackage`` without QuTiP, and what a parameter raises that is not allowed.
    """
    require("qutip", "qutip")
    Qobj = import_module("qutip").Qobj
    values = point(model, parameters)
    generator = lindblad(model, values, numerical_levels(model, values))
    collapse = [Qobj(sqrt(jump.rate) * generator.to_bare(jump.A)) for jump in generator.jumps]
    rates = [Rate(jump.bath, jump.frequency, jump.rate) for jump in generator.jumps]
    return QutipModel(Qobj(numeric(model.hamiltonian, values)), collapse, rates)

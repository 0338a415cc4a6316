"""Thermal baths: how they couple, at which temperature and strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp

from symqb.errors import InvalidModel
from symqb.spectrum import is_zero
from symqb.symbols import positive, temperature


@dataclass(frozen=True, eq=False)
class Bath:
    """A thermal bath with Ohmic spectral density ``strength * omega``.

    ``couplings`` are Hermitian matrices in the model's basis. One matrix is one collective coupling operator; several
    act as independent baths at one temperature, without cross terms. ``temperature`` and ``strength`` default to the
    symbols ``T_<name>`` and ``kappa_<name>``.
    """

    name: str
    couplings: Sequence[sp.MatrixBase] | sp.MatrixBase
    temperature: sp.Symbol = None
    strength: sp.Symbol = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "temperature", self.temperature or temperature(f"T_{self.name}"))
        object.__setattr__(self, "strength", self.strength or positive(f"kappa_{self.name}"))
        if not (isinstance(self.temperature, sp.Symbol) and isinstance(self.strength, sp.Symbol)):
            raise InvalidModel(f"bath {self.name}: temperature and strength are SymPy symbols, values come later")
        if isinstance(self.couplings, sp.MatrixBase):
            object.__setattr__(self, "couplings", [self.couplings])
        object.__setattr__(self, "couplings", tuple(sp.ImmutableDenseMatrix(c) for c in self.couplings))
        if not self.name.isidentifier():
            raise InvalidModel(f"bath {self.name!r}: allowed is a name that can stand in an identifier")
        if not self.couplings or any(coupling.is_zero_matrix for coupling in self.couplings):
            raise InvalidModel(f"bath {self.name}: it couples to nothing")
        for coupling in self.couplings:
            if not is_zero(coupling - coupling.H):
                raise InvalidModel(f"bath {self.name}: a coupling is not Hermitian")

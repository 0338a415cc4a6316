"""Thermal baths: how they couple, at which temperature, strength and spectral density."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy as sp

from symqb.bose import phi
from symqb.errors import InvalidModel
from symqb.formulas import Formula
from symqb.shown import Shown
from symqb.spectrum import is_zero
from symqb.symbols import positive, temperature

#: J(omega)/kappa at a positive frequency.
Density = Callable[[sp.Expr], sp.Expr]
OMEGA = sp.Dummy("omega", positive=True)  # a Dummy: the user may call a cut-off omega


def matrix(what: str, given: Any) -> sp.ImmutableDenseMatrix:
    """A square SymPy matrix from whatever SymPy makes one of, floats as the decimals shown.

    Raises ``InvalidModel`` that names ``what``.
    """
    try:
        found = sp.ImmutableDenseMatrix(given)
    except (TypeError, ValueError) as error:
        raise InvalidModel(f"{what} is {given!r}, but allowed is a square matrix") from error
    if not found.is_square:
        raise InvalidModel(f"{what}: its shape is {found.shape}, but allowed is a square matrix")
    decimals = {number: sp.Rational(str(number)) for number in found.atoms(sp.Float)}
    return found.xreplace(decimals) if decimals else found


def ohmic(omega: sp.Expr) -> sp.Expr:
    """J = kappa omega, the paper's spectral density."""
    return omega


def power_law(exponent: sp.Expr | int, cutoff: sp.Expr) -> Density:
    """J = kappa omega_c (omega/omega_c)^s e^(-omega/omega_c): sub-Ohmic for s < 1, super-Ohmic for s > 1.

    ``exponent`` s is a rational number, ``cutoff`` omega_c a positive symbol or number, in units of energy.
    """
    return lambda omega: cutoff * (omega / cutoff) ** sp.sympify(exponent) * sp.exp(-omega / cutoff)


@dataclass(frozen=True, eq=False, repr=False)
class Bath(Shown):
    """A thermal bath.

    ``couplings`` are Hermitian matrices in the model's basis. One matrix is one collective coupling operator; several
    act as independent baths at one temperature, without cross terms. ``temperature`` and ``strength`` default to the
    symbols ``T_<name>`` and ``kappa_<name>``. ``density`` maps a positive frequency to J(omega)/strength, an
    expression in units of energy that is positive for omega > 0: ``ohmic``, a ``power_law``, or the user's.
    """

    name: str
    couplings: Sequence[sp.MatrixBase] | sp.MatrixBase
    temperature: sp.Symbol = None
    strength: sp.Symbol = None
    density: Density = ohmic

    def __post_init__(self) -> None:
        object.__setattr__(self, "temperature", self.temperature or temperature(f"T_{self.name}"))
        object.__setattr__(self, "strength", self.strength or positive(f"kappa_{self.name}"))
        if not (isinstance(self.temperature, sp.Symbol) and isinstance(self.strength, sp.Symbol)):
            raise InvalidModel(f"bath {self.name}: temperature and strength are SymPy symbols, values come later")
        if not isinstance(self.name, str) or not self.name.isidentifier():
            raise InvalidModel(f"bath {self.name!r}: allowed is a name that can stand in an identifier")
        several = isinstance(self.couplings, (list, tuple)) and all(
            isinstance(c, sp.MatrixBase) for c in self.couplings
        )
        given = self.couplings if several else [self.couplings]
        object.__setattr__(self, "couplings", tuple(matrix(f"bath {self.name}: a coupling", c) for c in given))
        if not self.couplings or any(coupling.is_zero_matrix for coupling in self.couplings):
            raise InvalidModel(f"bath {self.name}: it couples to nothing")
        for coupling in self.couplings:
            if not is_zero(coupling - coupling.H):
                raise InvalidModel(f"bath {self.name}: a coupling is not Hermitian")
        if not self._has_real_density():
            raise InvalidModel(
                f"bath {self.name}: its density is {self.density}, but allowed is a real function of a SymPy omega"
            )

    def _has_real_density(self) -> bool:
        try:
            return callable(self.density) and not self._shape.has(sp.I)
        except TypeError:  # math.exp and the like
            return False

    def formulas(self) -> Iterator[Formula]:
        """The coupling operators, Eq. (5)."""
        for place, coupling in enumerate(self.couplings, start=1):
            mark = self.name if len(self.couplings) == 1 else f"{self.name}{place}"
            yield Formula(sp.Symbol(f"S_{mark}"), coupling)

    @cached_property
    def _shape(self) -> sp.Expr:
        """J(omega)/(kappa omega) over one positive symbol: 1 for an Ohmic bath."""
        return sp.cancel(sp.powsimp(sp.expand_power_base(sp.sympify(self.density(OMEGA)) / OMEGA)))

    def shape(self, size: sp.Expr) -> sp.Expr:
        """J(omega)/(kappa omega) at |omega| = ``size``; even in omega, because J is continued as an odd function."""
        return self._shape.xreplace({OMEGA: size})

    @property
    def parameters(self) -> set[sp.Symbol]:
        """The symbols of the spectral density."""
        return set(self._shape.free_symbols - {OMEGA})

    @property
    def finite_at_zero(self) -> bool:
        """Whether the rate at omega = 0 is finite and positive, as it is for an Ohmic bath, and seen to be so.

        0/0 does not count: (1 - e^(-omega/omega_c))/omega has a limit, but not a value that can be computed there.
        """
        return bool(self._shape.subs(OMEGA, 0).is_positive)

    def rate(self, omega: sp.Expr) -> sp.Expr:
        """J(omega) n(omega) for either sign of omega: strength * shape * phi(omega, T), per unit of |<l|S|u>|^2."""
        return self.strength * self.shape(sp.Abs(omega)) * phi(omega, self.temperature)

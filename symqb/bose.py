"""The one rate function: phi(omega, T) = omega / (exp(omega/T) - 1), for every sign of omega and every T >= 0."""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp

from symqb.errors import InvalidParameter

#: What T may be.
TEMPERATURE = "a finite number from 0 on"


class phi(sp.Function):  # type: ignore[misc]  # SymPy is untyped; lower case: it is a function of the field
    r"""phi(omega, T) = omega/(e^{omega/T} - 1) = omega n(omega), continued to every real omega and T >= 0.

    phi(0, T) = T, phi(omega, 0) = max(-omega, 0), and phi(-omega, T) = phi(omega, T) + omega. Absorption at
    frequency omega goes with phi(omega, T), emission with phi(-omega, T): Eqs. (7) and (12) without n(omega), which
    has a pole at 0. Both arguments and the value share the unit of energy.

    ``sympy.lambdify`` makes a function of numbers and of arrays that broadcast, in float64 within 2 ulp, or of mpmath's
    numbers at its working precision.
    """

    nargs = 2

    @classmethod
    def eval(cls, omega: sp.Expr, T: sp.Expr) -> sp.Expr | None:
        """The values at omega = 0 and at T = 0."""
        if omega.is_zero:
            return T
        if T.is_zero:
            if omega.is_nonnegative:
                return sp.S.Zero
            if omega.is_nonpositive:
                return -omega
        return None

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """The derivative by omega (1) or T (2)."""
        omega, T = self.args
        if argindex == 1 and omega.is_zero:
            return -sp.S.Half
        if argindex == 1:
            return (self - self * phi(-omega, T) / T) / omega
        return self * phi(-omega, T) / T**2

    @staticmethod
    def _imp_(omega: Any, T: Any) -> Any:
        """What SymPy's lambdify calls: expressions and mpmath's numbers as such, all else in float64 within 2 ulp."""
        if isinstance(omega, sp.Basic) or isinstance(T, sp.Basic):
            return phi(omega, T)
        if isinstance(omega, mpmath.mpf) or isinstance(T, mpmath.mpf):
            return _of_mpf(mpmath.mpmathify(omega), mpmath.mpmathify(T))
        return _of_floats(omega, T)

    def _mpmathcode(self, printer: Any) -> str:
        """Numbers given to a function for mpmath, which may be plain, are mpmath's from here on."""
        omega, T = map(printer._print, self.args)
        return f"phi({printer._module_format('mpmath.mpmathify')}({omega}), {T})"

    def _eval_is_nonnegative(self) -> bool | None:
        return True if self.args[1].is_nonnegative and self.args[0].is_extended_real else None

    def _eval_is_positive(self) -> bool | None:
        return True if self.args[1].is_positive and self.args[0].is_extended_real else None

    def _eval_rewrite_as_exp(self, omega: sp.Expr, T: sp.Expr, **_: Any) -> sp.Expr:
        return omega / (sp.exp(omega / T) - 1)

    def _eval_evalf(self, prec: int) -> sp.Expr | None:
        omega, T = (argument.evalf(sp.core.evalf.prec_to_dps(prec) + 10) for argument in self.args)
        if not (omega.is_Float or omega.is_Rational) or not T.is_Float:
            return None
        with mpmath.workprec(prec + 20):
            value = _of_mpf(omega._to_mpmath(prec + 20), T._to_mpmath(prec + 20))
        return sp.Float(value, precision=prec)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        body = rf"\varphi({', '.join(printer._print(argument) for argument in self.args)})"
        return body if exp is None else rf"{body}^{{{exp}}}"


def _of_mpf(omega: mpmath.mpf, T: mpmath.mpf) -> mpmath.mpf:
    """phi at the working precision. Raises InvalidParameter where T is below 0 or infinite."""
    if not 0 <= T < mpmath.inf:
        raise InvalidParameter("T", T, TEMPERATURE)
    if omega == 0:
        return T
    if T == 0 or mpmath.isinf(omega):
        return max(-omega, mpmath.mpf(0))
    return omega / mpmath.expm1(omega / T)


def _of_floats(omega: Any, T: Any) -> Any:
    """phi of numbers or of arrays that broadcast, in float64; NaN where one is NaN.

    Raises InvalidParameter where T is below 0 or infinite.
    """
    import numpy as np

    from symqb.codegen.pairs_numpy import Pair
    from symqb.codegen.phi_numpy import smaller_phi
    from symqb.parameters import first_index, to_float64

    omega, T = to_float64("omega", omega), to_float64("T", T)
    outside = (T < 0) | np.isinf(T)
    if np.any(outside):
        index = first_index(outside)
        raise InvalidParameter("T", float(T[index]), TEMPERATURE, index)
    missing = np.isnan(omega) | np.isnan(T)
    omega, T = np.where(missing, 0.0, omega), np.where(missing, 0.0, T)
    value = np.maximum(-omega, 0.0) + smaller_phi(Pair(np.abs(omega), np.zeros_like(omega)), T)
    return np.where(missing, np.nan, value)[()]

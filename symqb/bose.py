"""The one rate function: phi(omega, T) = omega / (exp(omega/T) - 1), for every sign of omega and every T >= 0."""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp


class phi(sp.Function):  # type: ignore[misc]  # SymPy is untyped; lower case: it is a function of the field
    r"""phi(omega, T) = omega/(e^{omega/T} - 1) = omega n(omega), continued to every real omega and T >= 0.

    phi(0, T) = T, phi(omega, 0) = max(-omega, 0), and phi(-omega, T) = phi(omega, T) + omega. Absorption at
    frequency omega goes with phi(omega, T), emission with phi(-omega, T): Eqs. (7) and (12) without n(omega), which
    has a pole at 0. Both arguments and the value share the unit of energy.
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
            x = omega._to_mpmath(prec + 20)
            value = x / mpmath.expm1(x / T._to_mpmath(prec + 20))
        return sp.Float(value, precision=prec)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        body = rf"\varphi({', '.join(printer._print(argument) for argument in self.args)})"
        return body if exp is None else rf"{body}^{{{exp}}}"

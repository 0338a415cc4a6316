"""SymPy symbols and their assumptions: a name stands for one symbol everywhere."""

from __future__ import annotations

import sympy as sp


def real(name: str) -> sp.Symbol:
    """A real parameter such as B0, J, Delta, epsilon, or an energy."""
    return sp.Symbol(name, real=True)


def temperature(name: str) -> sp.Symbol:
    """A temperature, >= 0."""
    return sp.Symbol(name, nonnegative=True)


def positive(name: str) -> sp.Symbol:
    """A strength, a rate, a population: subtraction-free formulas in these are positive as they stand."""
    return sp.Symbol(name, positive=True)

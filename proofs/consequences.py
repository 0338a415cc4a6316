"""What changes if one uses the printed three-qubit system: (26) with (27) and Appendix B as they stand.

The printed system is built from the transcriptions alone and solved as it is; the derived one is symqb's evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import expm1, inf, sqrt
from typing import Any, cast

import numpy as np
import sympy as sp

from proofs.paper import appendix_b, appendix_c, section_5
from symqb.evaluators import evaluator
from symqb.passivity import ergotropy
from symqb.symbols import positive

#: Fig. 12: B0 = 5, J = 1; temperatures where the paper leaves them open: T_M = 10, Delta T = 2 T_M.
FIGURE_12 = {"B0": 5.0, "J": 1.0, "Delta": 0.5, "T_L": 20.0, "T_R": 0.0}
LEVELS = range(1, 9)


@dataclass(frozen=True)
class Comparison:
    """Stored energy and ergotropy at one point, derived and as printed."""

    system: str
    epsilon: int
    stored_energy: float
    stored_energy_printed: float
    ergotropy: float
    ergotropy_printed: float


@cache
def comparisons() -> tuple[Comparison, ...]:
    """(26) and (C1)-(C8) with the printed rates, symmetric and asymmetric, at Fig. 12's parameters."""
    found, evaluate = [], cast(Callable[..., Any], evaluator(3))
    for name, flows in (("(26)", flows_26()), ("(C1)-(C8)", flows_c())):
        for epsilon in (0, 1):
            point = {**FIGURE_12, "epsilon": float(epsilon)}
            derived: Any = evaluate(**point)
            energies, populations = printed_state(point, flows)
            stored, work = figures_of_merit(energies, populations, 2)
            found.append(
                Comparison(name, epsilon, float(derived.stored_energy), stored, float(derived.ergotropy), work)
            )
    return tuple(found)


def figures_of_merit(energies: np.ndarray, populations: np.ndarray, empty: int) -> tuple[float, float]:
    """Stored energy above the level ``empty``, and ergotropy."""
    order = np.argsort(energies)
    stored = populations @ (energies - energies[empty])
    return float(stored), float(ergotropy(energies[order], populations[order]))


def printed_state(point: Mapping[str, float], flows: Callable[..., Any]) -> tuple[np.ndarray, np.ndarray]:
    """Energies of (21) and the state that annihilates the printed rate matrix, by level."""
    values = printed_values(point)
    energies = np.array([values[f"E_{k}"] for k in LEVELS])
    M = np.array(flows(*(values[name] for name in rate_names())), dtype=float)
    M[-1] = 1.0  # the sum of the populations in place of an equation that depends on the others
    return energies, np.linalg.solve(M, np.eye(8)[-1])


def printed_values(point: Mapping[str, float]) -> dict[str, float]:
    """Every printed symbol at a point, kappa = 1; a rate that no printed equation gives is 0."""
    values: dict[str, float] = {**point, "kappa": 1.0, "alpha": sqrt(point["Delta"] ** 2 + 8 * point["J"] ** 2)}
    for p in (*appendix_b.EQUATIONS, *section_5.EQUATIONS):
        if p.number in ("x", "y"):
            values[p.number] = at(p.relations[0].rhs, values)
        values |= {str(r.lhs): at(r.rhs, values) for r in p.relations if str(r.lhs).startswith("E_")}
    for p in (*appendix_b.EQUATIONS, *section_5.EQUATIONS):
        for r in p.relations:
            values |= of_frequencies(r.rhs, [values[f"E_{k}"] for k in LEVELS], point)
            if str(r.lhs)[:2] in ("a_", "e_"):
                values[str(r.lhs)] = at(r.rhs, values)
    return {**dict.fromkeys(rate_names(), 0.0), **values}


def of_frequencies(expr: sp.Expr, energies: Sequence[float], point: Mapping[str, float]) -> dict[str, float]:
    """omega_ij and n_v(omega_ij) where an expression reads them."""
    values = {}
    for name in (str(s) for s in expr.free_symbols if str(s).startswith(("omega_", "n_"))):
        omega = energies[int(name[-2]) - 1] - energies[int(name[-1]) - 1]
        values[name] = omega if name.startswith("omega") else _occupation(omega, point[f"T_{name[2]}"])
    return values


def _occupation(omega: float, T: float) -> float:
    return 1 / expm1(omega / T) if T else (0.0 if omega > 0 else -inf)


def at(expr: sp.Expr, values: Mapping[str, float]) -> float:
    """The value of a printed expression."""
    return float(expr.subs({symbol: values[str(symbol)] for symbol in expr.free_symbols}))


@cache
def rate_names() -> tuple[str, ...]:
    """The rates by bath that (C1)-(C8) speak of."""
    rates = {str(s) for p in appendix_c.EQUATIONS for r in p.relations for s in r.rhs.free_symbols}
    return tuple(sorted(name for name in rates if name[0] in "ae"))


def flows_c() -> Callable[..., Any]:
    """The rate matrix of (C1)-(C8)."""
    return _matrix([p.relations[0].rhs for p in appendix_c.EQUATIONS])


def flows_26() -> Callable[..., Any]:
    """The rate matrix of (26) on states diagonal in the levels."""
    vectors = [sp.eye(8)[:, k] for k in range(8)]
    rho = sp.diag(*(positive(f"p_{k}") for k in LEVELS))
    rates = {name: positive(name) for name in rate_names()}
    change = section_5.master_equation_26(rho, lambda i, j: vectors[i - 1] * vectors[j - 1].T, rates, sp.zeros(8))
    return _matrix([change[k, k] for k in range(8)])


def _matrix(flows: list[sp.Expr]) -> Callable[..., Any]:
    """The rate matrix M of dp/dt = M p, as a function of the rates."""
    M = sp.Matrix(flows).jacobian([positive(f"p_{k}") for k in LEVELS])
    flow: Callable[..., Any] = sp.lambdify([positive(name) for name in rate_names()], M, "numpy")
    return flow

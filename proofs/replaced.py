"""What one printed equation changes: the derived system with that equation in place of its own, at a figure's point.

Only equations that enter the steady state have such a consequence; the others are steps of a proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np

from proofs.consequences import (
    FIGURE_12,
    at,
    figures_of_merit,
    flows_26,
    flows_c,
    of_frequencies,
    printed_values,
    rate_names,
)
from proofs.paper import appendix_b, rates, section_5
from symqb.evaluators import Evaluator, evaluator
from symqb.kernels import load

#: Fig. 9: B0 = 2, J = 1; T_M = 20, Delta T = 2 T_M.
FIGURE_9 = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "T_L": 40.0, "T_R": 0.0}
Rates = Mapping[str, float]


@dataclass(frozen=True)
class Change:
    """Stored energy and ergotropy, derived and with the printed equation, at ``where``."""

    where: Mapping[str, float]
    stored_energy: float
    stored_energy_printed: float
    ergotropy: float
    ergotropy_printed: float

    def __str__(self) -> str:
        point = ", ".join(f"{name} = {value:g}" for name, value in self.where.items())
        energies = f"stored energy {self.stored_energy_printed:z.4f} in place of {self.stored_energy:z.4f}"
        work = f"ergotropy {self.ergotropy_printed:z.4f} in place of {self.ergotropy:z.4f}"
        return f"With this equation alone as printed: {energies}, {work}, at {point}."


@cache
def changes() -> dict[str, Change]:
    """By equation, at epsilon = 1, where the figures find work."""
    found = {number: _two_qubits(number) for number in ("12a", "12b", "18")}
    return found | {number: _three_qubits(number) for number in ("26", "27", "B3", "B9", "C3", "C5", "C7")}


def _two_qubits(number: str) -> Change:
    """(12) at the pair 41 as printed; (18) for the left bath's rates of the model without collective dissipation."""
    where: dict[str, Any] = {**FIGURE_9, "epsilon": 1.0}
    evaluate = cast(Evaluator, evaluator(2, "numpy", collective=number != "18"))
    relations = {
        "12a": rates.emission_12a(4, 1),
        "12b": rates.absorption_12b(4, 1),
        "18": [r for pair in rates.PAIRS_13 for r in rates.without_collective_18(*pair)],
    }[number]
    levels = evaluate.only("energies")(**where).energies
    wrong = {str(r.lhs): at(r.rhs, {**where, "kappa": 1.0, **of_frequencies(r.rhs, levels, where)}) for r in relations}
    return _compared(evaluate, where, {**_derived(evaluate, where), **wrong})


def _three_qubits(number: str) -> Change:
    where: dict[str, Any] = {**FIGURE_12, "epsilon": 1.0}
    evaluate = cast(Evaluator, evaluator(3, "numpy"))
    derived = _derived(evaluate, where)
    if number[0] in "C2" and number != "27":
        printed = np.array((flows_26() if number == "26" else flows_c())(*(derived[name] for name in rate_names())))
        rows = range(8) if number == "26" else [int(number[1]) - 1]
        return _compared(evaluate, where, derived, {row: printed[row] for row in rows})
    values = printed_values(where)
    equations = (p for p in (*appendix_b.EQUATIONS, *section_5.EQUATIONS) if p.number == number)
    wrong = {str(r.lhs): values[str(r.lhs)] for p in equations for r in p.relations}
    return _compared(evaluate, where, {**derived, **wrong})


def _derived(evaluate: Evaluator, where: Mapping[str, Any]) -> dict[str, float]:
    """The derived rates by bath at a point, by name."""
    tables, found = load(evaluate.tables), evaluate.rates(**where)
    return {name: float(found[bath, target, source]) for name, bath, source, target in tables.RATES}


def _compared(
    evaluate: Evaluator, where: Mapping[str, Any], rates_: Rates, rows: Mapping[int, np.ndarray] | None = None
) -> Change:
    """The steady state of changed rates, or of a rate matrix with other ``rows``, beside the derived one."""
    right = evaluate(**where)
    M = np.zeros((len(right.levels),) * 2)
    for name, _, source, target in load(evaluate.tables).RATES:
        M[target, source] += rates_[name]
        M[source, source] -= rates_[name]
    for row, values in (rows or {}).items():
        M[row] = values
    stored, work = figures_of_merit(right.energies, _kernel(M), evaluate.empty)
    return Change(where, float(right.stored_energy), stored, float(right.ergotropy), work)


def _kernel(M: np.ndarray) -> np.ndarray:
    """The normalised vector that M comes closest to annihilating: a printed row may not fit the others."""
    p = np.linalg.svd(M)[2][-1]
    return np.asarray(p / p.sum())

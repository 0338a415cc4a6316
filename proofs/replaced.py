"""What one printed equation changes: the derived system with that equation in place of its own, at a figure's point.

Only equations that enter the steady state have such a consequence; the others are steps of a proof. What does not
change in the digits that are given is not mentioned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
TWO_QUBITS, THREE_QUBITS = ("12a", "12b", "18"), ("26", "27", "B3", "B9", "C3", "C5", "C7")
#: The figures find work at epsilon = 1; where the printed equation changes nothing there, 0 shows what it does.
EPSILONS = (1.0, 0.0)
Rates = Mapping[str, float]


@dataclass(frozen=True)
class Change:
    """Stored energy and ergotropy, derived and with the printed equation, at ``where``."""

    where: Mapping[str, float]
    stored_energy: float
    stored_energy_printed: float
    ergotropy: float
    ergotropy_printed: float

    def differences(self) -> Iterator[str]:
        """The quantities that the printed equation changes in the digits given, with both values."""
        for name in ("stored_energy", "ergotropy"):
            right, printed = (f"{getattr(self, field):z.4f}" for field in (name, f"{name}_printed"))
            if right != printed:
                yield f"{name.replace('_', ' ')} {printed} in place of {right}"

    def __str__(self) -> str:
        point = ", ".join(f"{name} = {value:g}" for name, value in self.where.items())
        return f"With this equation alone as printed: {', '.join(self.differences())}, at {point}."


@cache
def changes() -> dict[str, Change]:
    """By equation, at the first of ``EPSILONS`` where a difference shows; (18) speaks of 1 alone."""
    found: dict[str, Change] = {}
    for number in (*TWO_QUBITS, *THREE_QUBITS):
        put_in = _two_qubits if number in TWO_QUBITS else _three_qubits
        tried = (put_in(number, epsilon) for epsilon in (EPSILONS[:1] if number == "18" else EPSILONS))
        seen = next((change for change in tried if any(change.differences())), None)
        found |= {number: seen} if seen else {}
    return found


def _two_qubits(number: str, epsilon: float) -> Change:
    """(12) at the pair 41 as printed; (18) for the left bath's rates of the model without collective dissipation."""
    where: dict[str, Any] = {**FIGURE_9, "epsilon": epsilon}
    evaluate = cast(Evaluator, evaluator(2, "numpy", collective=number != "18"))
    relations = {
        "12a": rates.emission_12a(4, 1),
        "12b": rates.absorption_12b(4, 1),
        "18": [r for pair in rates.PAIRS_13 for r in rates.without_collective_18(*pair)],
    }[number]
    levels = evaluate.only("energies")(**where).energies
    wrong = {str(r.lhs): at(r.rhs, {**where, "kappa": 1.0, **of_frequencies(r.rhs, levels, where)}) for r in relations}
    return _compared(evaluate, where, {**_derived(evaluate, where), **wrong})


def _three_qubits(number: str, epsilon: float) -> Change:
    where: dict[str, Any] = {**FIGURE_12, "epsilon": epsilon}
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

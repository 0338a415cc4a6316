"""Comparison with steady states at 40 digits that were computed from the matrices alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flint import ctx
from mpmath import mp, mpf

from symqb.results import Evaluates

#: Working precision of the comparison; the values have 40 digits.
DIGITS = 60
#: Absolute error of the listed populations: null vectors at finite precision. It hides the smallest ones of the coldest
#: three-qubit row, which the tests compute again.
NOISE = mpf(10) ** -108


@dataclass(frozen=True)
class Deviation:
    """Largest relative deviation of the populations, and absolute one of everything else, over ``rows`` rows."""

    qubits: int
    backend: str
    rows: int
    populations: float
    others: float


def rows(qubits: int) -> list[dict[str, Any]]:
    """The reference rows of one chain length; numbers are decimal strings."""
    installed = Path(__file__).parent / "reference" / "ness.json"
    in_checkout = Path(__file__).parents[1] / "tests" / "reference" / "ness.json"
    content = json.loads((installed if installed.is_file() else in_checkout).read_text())
    return [row for row in content if row["qubits"] == qubits]


def observed(row: dict[str, Any], evaluate: Evaluates) -> dict[str, Any]:
    """The quantities of a reference row, under its names, from an evaluator."""
    result = evaluate(**{name: row[name] for name in evaluate.parameters})
    order = sorted(range(len(result.energies)), key=lambda i: result.energies[i])
    energies, populations = [result.energies[i] for i in order], [result.populations[i] for i in order]
    return {
        "energies_ascending": energies,
        "populations_by_ascending_energy": populations,
        "stored_energy_fraction": result.stored_energy_fraction,
        "internal_energy": mp.fsum(p * E for p, E in zip(populations, energies, strict=True)),
        "ergotropy": result.ergotropy,
        "heat_into_battery_L": result.heat_current_L,
        "heat_into_battery_R": result.heat_current_R,
    }


def pairs(row: dict[str, Any], evaluate: Evaluates) -> Iterator[tuple[str, mpf, mpf]]:
    """(name, observed, expected) for every number of a row."""
    for name, value in observed(row, evaluate).items():
        if isinstance(value, list):
            yield from ((name, mpf(v), mpf(e)) for v, e in zip(value, row[name], strict=True))
        else:
            yield name, mpf(value), mpf(row[name])


def deviation(qubits: int, evaluate: Evaluates) -> Deviation:
    """Compare an evaluator with all rows of one chain length."""
    chosen = rows(qubits)
    populations, others = mpf(0), mpf(0)
    with mp.workdps(DIGITS), ctx.workdps(DIGITS):
        for row in chosen:
            for name, value, expected in pairs(row, evaluate):
                if name.startswith("populations"):
                    populations = max(populations, relative(value, expected))
                else:
                    others = max(others, _size(value - expected))
        return Deviation(qubits, evaluate.backend, len(chosen), float(populations), float(others))


def relative(value: mpf, expected: mpf) -> mpf:
    """|value/expected - 1|, beyond the noise of the reference; of NaN, infinity."""
    return _size(max(_size(value - expected) - NOISE, mpf(0)) / expected)


def _size(difference: mpf) -> mpf:
    """|difference|; of NaN, infinity, so that no comparison can overlook it."""
    return mp.inf if mp.isnan(difference) else abs(difference)

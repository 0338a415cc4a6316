"""Populations in float64 against balls of 200 bits: `python tests/benchmarks/accuracy.py [--points N] [--backends B]`.

Every error is in units in the last place of the exact value at the float64 parameters, component by component. Exits 1
with the offending point if a limit is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import fsum
from time import perf_counter

import numpy as np
from flint import ctx

import symqb
from symqb.errors import MissingPackage, NotGenerated, UnknownChoice

POINTS = 100_000
BACKENDS = ("numpy", "numba", "c", "jax")
BITS = 200
#: The largest error of a population in ulp, by qubits, and of their sum in units of 2^-52.
LARGEST_ERROR = {2: 8, 3: 16}
LARGEST_SUM = 4
#: That of phi in the rates by bath, in ulp.
LARGEST_PHI = 2
#: Smaller populations must be small and not negative, no more.
SMALLEST = 1e-250

Array = np.ndarray
Columns = dict[str, Array]


# ------------------------------------------------------------------------------------------------- points
@dataclass(frozen=True)
class Draw:
    """``count`` valid points at a time, one column a parameter; nothing is filtered."""

    source: np.random.Generator
    count: int
    qubits: int

    def powers(self, low: float, high: float) -> Array:
        """Powers of ten with exponents from low to high."""
        return 10 ** self.source.uniform(low, high, self.count)

    def signs(self) -> Array:
        return self.source.choice([-1.0, 1.0], self.count)

    def base(self, T_L: Array, T_R: Array) -> Columns:
        """Any signs, strong and weak field, epsilon of the paper or any."""
        return {
            "B0": self.signs() * self.powers(-2, 1),
            "J": self.signs() * self.powers(-2, 0.3),
            "Delta": self.source.uniform(-2, 2, self.count),
            "epsilon": np.choose(
                self.source.integers(3, size=self.count), [0.0, 1.0, self.source.uniform(-2, 2, self.count)]
            ),
            "T_L": T_L,
            "T_R": T_R,
            "kappa_L": self.powers(-1, 1),
            "kappa_R": self.powers(-1, 1),
        }

    def weak(self, columns: Columns) -> Columns:
        """The field below |J| + |Delta|."""
        return columns | {
            "B0": self.signs() * self.powers(-6, 0) * (abs(columns["J"]) + abs(columns["Delta"])),
        }


def moderate(draw: Draw) -> Columns:
    return draw.base(draw.powers(-0.5, 2), draw.powers(-0.5, 2))


def low_temperature(draw: Draw) -> Columns:
    return draw.base(draw.powers(-3, -1), draw.powers(-3, -1))


def one_bath_at_zero(draw: Draw) -> Columns:
    warm, left = draw.powers(-3, 2), draw.source.random(draw.count) < 0.5
    return draw.base(np.where(left, warm, 0.0), np.where(left, 0.0, warm))


def near_equal_temperatures(draw: Draw) -> Columns:
    T = draw.powers(-3, 2)
    return draw.base(T, T * (1 + draw.signs() * draw.powers(-17, -3)))


def near_zero_frequency(draw: Draw) -> Columns:
    """Frequencies are B0 + c: the field is close to one of the -c, to the last digit or less."""
    columns = draw.base(draw.powers(-2, 2), draw.powers(-2, 2))
    module = import_module(f"generated.xxz{draw.qubits}_numpy")
    names = module.SECTIONS["frequencies"][1]
    at_zero = module.lookup(columns | {"B0": np.zeros(draw.count)}, names)
    chosen = np.choose(draw.source.integers(len(names), size=draw.count), [at_zero[name] for name in names])
    return columns | {"B0": -chosen * (1 + draw.signs() * draw.powers(-18, -1))}


def weak_field(draw: Draw) -> Columns:
    return draw.weak(draw.base(draw.powers(-1, 2), draw.powers(-1, 2)))


def weak_field_at_low_temperature(draw: Draw) -> Columns:
    """Strengths of any size: all rates out of a level may be below 1e-100."""
    columns = draw.weak(draw.base(draw.powers(-3, -1), draw.powers(-3, -1)))
    return columns | {"kappa_L": draw.powers(-30, 30), "kappa_R": draw.powers(-30, 30)}


REGIMES: Mapping[str, Callable[[Draw], Columns]] = {
    regime.__name__.replace("_", " "): regime
    for regime in (
        moderate,
        low_temperature,
        one_bath_at_zero,
        near_equal_temperatures,
        near_zero_frequency,
        weak_field,
        weak_field_at_low_temperature,
    )
}


# ---------------------------------------------------------------------------------------------- reference
def reference(columns: Columns, qubits: int, names: tuple[str, ...] = ()) -> tuple[Array, Array]:
    """(high, low): exact populations, or these steps, are high + low to 100 bits; shape (points, levels or steps)."""
    module = import_module(f"generated.xxz{qubits}_arb")
    names = names or module.OUTPUTS["populations"]
    found = np.empty((2, len(columns["B0"]), len(names)))
    with ctx.workprec(BITS):
        for k, row in enumerate(zip(*(column.tolist() for column in columns.values()), strict=True)):
            balls = module.lookup(dict(zip(columns, row, strict=True)), names).values()
            high = [float(ball) for ball in balls]
            found[0, k] = high
            found[1, k] = [float(ball - h) for ball, h in zip(balls, high, strict=True)]
    return found[0], found[1]


# -------------------------------------------------------------------------------------------- measurement
@dataclass(frozen=True)
class Measured:
    """One regime and back end. ``broken``: what is wrong, with the point, or nothing.

    worst, mean: errors in ulp of the populations above SMALLEST; small: the share of points with one below; off: the
    largest |sum - 1| in units of 2^-52.
    """

    worst: float
    mean: float
    small: float
    off: float
    broken: str


def measure(columns: Columns, exact: tuple[Array, Array], p: Array, qubits: int) -> Measured:
    """Errors of the populations ``p``, shape (points, levels)."""
    high, low = exact
    counted = high > SMALLEST
    ulp = np.where(counted, abs((p - high) - low) / np.spacing(high), 0.0)
    off = np.array([abs(fsum([*row, -1.0])) for row in p.tolist()]) / np.finfo(float).eps
    faults = {
        "a population is negative or NaN": ~(p >= 0).all(axis=1),
        f"an error is above {LARGEST_ERROR[qubits]} ulp": ~(ulp <= LARGEST_ERROR[qubits]).all(axis=1),
        f"a population below {SMALLEST} is not small": ~(counted | (p < 2 * SMALLEST)).all(axis=1),
        f"the sum is off by more than {LARGEST_SUM} units of 2^-52": ~(off <= LARGEST_SUM),
    }
    severity = ulp.max(axis=1) + off
    broken = [
        f"{fault} at {bad.sum()} of {len(bad)} points, such as\n{point(columns, np.where(bad, severity, -1).argmax())}"
        for fault, bad in faults.items()
        if bad.any()
    ]
    mean = ulp.sum() / counted.sum()
    return Measured(ulp.max(), mean, float((~counted).any(axis=1).mean()), off.max(), "\n".join(broken))


def point(columns: Columns, k: int) -> dict[str, float]:
    """The k-th point, to paste."""
    return {name: float(column[k]) for name, column in columns.items()}


def available(backends: Sequence[str], qubits: int) -> Iterator[tuple[str, symqb.evaluators.Evaluator | str]]:
    """(back end, its evaluator, or the reason why there is none)."""
    for backend in backends:
        try:
            yield backend, symqb.evaluator(qubits, backend, outputs=["populations"])
        except (UnknownChoice, MissingPackage, NotGenerated) as error:
            yield backend, str(error)


def those_available(backends: Sequence[str], qubits: int) -> dict[str, symqb.evaluators.Evaluator]:
    """The evaluators that are there."""
    return {backend: found for backend, found in available(backends, qubits) if not isinstance(found, str)}


def compare(qubits: int, count: int, backends: Sequence[str], seed: int = 0) -> Iterator[tuple[str, str, Measured]]:
    """(regime, back end, what was measured), ``count`` points a regime."""
    evaluators = those_available(backends, qubits)
    for number, (name, regime) in enumerate(REGIMES.items()):
        columns = regime(Draw(np.random.default_rng([seed, qubits, number]), count, qubits))
        exact = reference(columns, qubits)
        for backend, evaluate in evaluators.items():
            yield name, backend, measure(columns, exact, evaluate(**columns).populations, qubits)


def compare_phi(count: int, backends: Sequence[str], seed: int = 0) -> dict[str, float]:
    """The largest error in ulp of phi in the rates by bath of two qubits, by back end; ``count`` points a regime.

    With epsilon = 0 and strengths of 2 a rate is phi itself.
    """
    table = import_module("generated.xxz2_numpy").RATES
    evaluators = those_available(backends, 2)
    worst = dict.fromkeys(evaluators, 0.0)
    for number, regime in enumerate(REGIMES.values()):
        columns = regime(Draw(np.random.default_rng([seed, number]), count, 2))
        columns |= {"epsilon": np.zeros(count), "kappa_L": np.full(count, 2.0), "kappa_R": np.full(count, 2.0)}
        high, low = reference(columns, 2, tuple(name for name, *_ in table))
        for backend, evaluate in evaluators.items():
            rates = evaluate.rates(**columns)
            found = np.stack([rates[:, bath, target, source] for _, bath, source, target in table], axis=-1)
            ulp = np.where(high > SMALLEST, abs((found - high) - low) / np.spacing(high), 0.0)
            worst[backend] = max(worst[backend], float(ulp.max()))
    return worst


def main() -> int:
    """The table; 1 if a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=POINTS, help="over all regimes, for either number of qubits")
    parser.add_argument("--backends", nargs="+", default=BACKENDS)
    arguments = parser.parse_args()
    count, broken = max(1, arguments.points // len(REGIMES)), 0
    print(f"{'qubits':8}{'regime':32}{'back end':10}{'worst ulp':>10}{'mean':>8}{'< 1e-250':>10}{'|sum-1|/eps':>13}")
    for qubits in LARGEST_ERROR:
        for backend, reason in available(arguments.backends, qubits):
            if isinstance(reason, str):
                print(f"{qubits:<8}{backend} is left out: {reason}")
        begin = perf_counter()
        for name, backend, m in compare(qubits, count, arguments.backends):
            print(f"{qubits:<8}{name:32}{backend:10}{m.worst:10.2f}{m.mean:8.3f}{m.small:10.1%}{m.off:13.2f}")
            if m.broken:
                broken += 1
                print(m.broken)
        print(f"{qubits:<8}{count * len(REGIMES)} points in {perf_counter() - begin:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

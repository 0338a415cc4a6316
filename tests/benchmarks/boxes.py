"""Boxes a second of ball arithmetic on one core: `python tests/benchmarks/boxes.py`.

The populations of the derived program on boxes of parameters, beside the exponentials that no evaluation can avoid:
one expm1 at either end of each frequency over each temperature.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from time import perf_counter

from flint import arb

from proofs.checker import compiled
from proofs.methods.balls import Balls
from proofs.program_text import battery, chain
from proofs.theorems.elimination import populations

BOXES = 400
REPEATS = 25
PARAMETERS = {"B0": (4, 6), "J": (1, 2), "Delta": (0, 1), "epsilon": (0, 1), "kappa_L": (1, 2), "kappa_R": (1, 2),
              "T_L": (1, 20), "T_R": (1, 20)}  # fmt: skip
#: What the paper's figures fix.
UNIT = {"kappa_L": "1", "kappa_R": "1"}
#: What is asked for, in boxes a second.
TARGETS = {2: 50_000, 3: 10_000}


def box(source: random.Random) -> dict[str, arb]:
    """One parameter box, a thousandth of the range wide in each direction."""

    def side(low: int, high: int) -> arb:
        start, width = Fraction(source.random()), Fraction(high - low, 1000)
        return Balls.between(
            Balls.constant(low + start * (high - low)), Balls.constant(low + start * (high - low) + width)
        )

    return {name: side(*ends) for name, ends in PARAMETERS.items()}


def best(action: Callable[[], object]) -> float:
    """Seconds a box, the fastest of several runs over all boxes."""
    times = []
    for _ in range(REPEATS):
        begin = perf_counter()
        action()
        times.append(perf_counter() - begin)
    return min(times) / BOXES


def measure(qubits: int, put: dict[str, str]) -> tuple[float, float]:
    """Seconds a box of all populations, and of the exponentials alone."""
    source = random.Random(0)
    boxes = [box(source) for _ in range(BOXES)]
    lines = [line.removeprefix("let ") for line in chain(populations(qubits), put, model=battery(qubits))]
    evaluate = compiled(lines, populations(qubits))(Balls)
    omegas = [t.omega.name for t in battery(qubits).transitions]
    frequencies = compiled(lines, omegas)(Balls)
    ends = [[(w.upper() / b["T_L"]).upper() for w in frequencies(b)] * 4 for b in boxes]
    return best(lambda: [evaluate(b) for b in boxes]), best(lambda: [[x.expm1() for x in each] for each in ends])


def main() -> None:
    """The table."""
    print("qubits  fixed            boxes/s  wanted  us a box  times its exponentials alone")
    for (qubits, wanted), put in product(TARGETS.items(), ({}, UNIT)):
        whole, alone = measure(qubits, put)
        fixed = "kappa_v = 1" if put else "nothing"
        print(f"{qubits:6}  {fixed:15}  {1 / whole:7.0f}  {wanted:6}  {1e6 * whole:8.1f}  {whole / alone:.1f}")


if __name__ == "__main__":
    main()

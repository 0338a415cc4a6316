"""Speed and accuracy of the back ends as a page: `symqb bench`, or `python tests/benchmarks/report.py POINTS`."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import accuracy
import numpy as np
import speed
import tails

#: Points at a time where errors are counted.
BLOCK = 20_000
PACKAGES = ("numpy", "numba", "jax", "sympy", "python-flint", "qutip")
#: What is asked of a kernel, in units of the reference, by back end and qubits.
ASKED = {"numpy": (10, 10), "numba": (1.7, 1.3), "c": (1.5, 1.2), "jax": (12, 12)}


WHAT = """Populations, stored energy and ergotropy, all eight parameters varying, one thread unless said. The unit (a)
is the time of NumPy (without AVX-512: of the C compiler's vector library) for all distinct expm1 of a point on blocks
that stay in the cache, taken in the same run.
*kernel*: on such blocks; the other columns go through `symqb.evaluator`, with its checks. *memory*: most memory at one
time over the size of the outputs, at 1e7 points. JAX uses all cores. *price of compensation*: the kernel as it is, its
frequencies sums of two floats, and with the rounded sums; errors are at 2000 points of low temperature. lambdify takes
minutes for three qubits, and is left out there.
"""
ERRORS = """Largest error in units in the last place against 200-bit balls at the same float64 parameters, {} points a
regime; each component above 1e-250. The last column is the largest |sum - 1| in units of 2^-52.
"""
RARE = """How many of a million populations are off by more than so many ulp, and the largest error: random points of
the same regimes, {} for two qubits and a quarter for three, against long double (|omega|/T <= {:.0f}).
"""
RATES = """`evaluator.rates`, 100,000 points at a time, and the largest error of phi in them, in units in the last place
over the seven regimes, {} points each (asked: {}).
"""


def page(points: int) -> str:
    """The whole page in Markdown; ``points`` a regime for the accuracy."""
    tables = [
        *(line for qubits in (2, 3) for line in speeds(qubits)),
        *rates(max(points // 10, 1)),
        *accuracies(points),
        *rare_errors(200 * points),
    ]
    return "\n".join([*head(), *tables, ""])


def head() -> Iterator[str]:
    """Where and when."""
    yield "# Speed and accuracy of the evaluators\n"
    yield f"{date.today()}, {processor()}, {', '.join(filter(None, map(installed, PACKAGES)))}; `symqb bench`.\n"
    yield WHAT


def processor() -> str:
    """Its name, cores and flags."""
    text = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(": ")[2] for line in text.splitlines() if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {len(names)} cores, {' '.join(speed.cpu_flags())}"


def installed(package: str) -> str:
    """The name with its version, empty where it is not there."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def speeds(qubits: int) -> Iterator[str]:
    """The table of one chain, then other ways to the same numbers."""
    unit = speed.reference(qubits, speed.parameters(speed.BLOCK))
    threads = speed.two_threads(qubits) if speed.installed("numba") else None
    yield f"## {qubits} qubits: (a) = {unit:.1f} ns\n"
    yield "| back end | kernel / (a) | asked | 1 point, us | 1e3, ns a point | 1e6, ns a point | memory |"
    yield "|---|---|---|---|---|---|---|"
    best = float("inf")
    for row in speed.rows(qubits):
        asked = ASKED.get(row.name, ("", ""))[qubits - 2]
        best = min(best, row.million)
        yield (
            f"| {row.name} | {row.ratio:.2f} | {asked} | {row.one / 1e3:.1f} | {row.thousand:.1f} | {row.million:.1f} "
            f"| {row.peak:.2f} |"
        )
    if threads:
        yield f"\nNumba on two threads, timed in turn with one at 1e6 points: {threads:.2f} times as fast (asked: 1.7)."
    yield "\n| other ways | ns a point | / (a) | / numpy, timed in turn | / best of the above |"
    yield "|---|---|---|---|---|"
    for name, ns, numpy in speed.others(qubits):
        yield f"| {name} | {ns:.3g} | {ns / unit:.3g} | {f'{ns / numpy:.3g}' if numpy else ''} | {ns / best:.3g} |"
    yield "\n| price of compensation | kernel / (a) | frequencies rounded | largest error, ulp | frequencies rounded |"
    yield "|---|---|---|---|---|"
    for name, ratios, errors in speed.compensations(qubits):
        yield f"| {name} kernel | {ratios[0]:.2f} | {ratios[1]:.2f} | {errors[0]:.1f} | {errors[1]:.0f} |"
    yield ""


def rates(points: int) -> Iterator[str]:
    """What rates by bath cost, and how far phi is off in them."""
    yield "## Rates by bath\n"
    yield RATES.format(points, accuracy.LARGEST_PHI)
    yield "| back end | 2 qubits, ns a point | 3 qubits, ns a point | phi, ulp |"
    yield "|---|---|---|---|"
    for backend, worst in accuracy.compare_phi(points, accuracy.BACKENDS).items():
        if not worst <= accuracy.LARGEST_PHI:
            raise SystemExit(f"{backend}: an error of phi is {worst:.1f} ulp")
        two, three = (speed.rates_by_bath(qubits, backend) for qubits in (2, 3))
        yield f"| {backend} | {two:.0f} | {three:.0f} | {worst:.2f} |"
    yield ""


def accuracies(points: int) -> Iterator[str]:
    """Largest errors by regime."""
    yield "## Accuracy of the populations\n"
    yield ERRORS.format(points)
    yield "| qubits | regime | back end | largest | mean | sum |"
    yield "|---|---|---|---|---|---|"
    for qubits in (2, 3):
        for regime, backend, found in accuracy.compare(qubits, points, accuracy.BACKENDS):
            if found.broken:
                raise SystemExit(f"{qubits} qubits, {backend}, {regime}: {found.broken}")
            yield f"| {qubits} | {regime} | {backend} | {found.worst:.1f} | {found.mean:.2f} | {found.off:.1f} |"
    yield ""


def rare_errors(points: int) -> Iterator[str]:
    """How far the errors go beyond what a hundred thousand points show."""
    yield "## Rare errors\n"
    if np.finfo(np.longdouble).nmant < 63:
        yield "Not counted here: long double has no more digits than float64.\n"
        return
    yield RARE.format(f"{points:,}", tails.COLDEST)
    yield "| | limit / 2 | 3 limit / 4 | limit: 8, 16 | largest | populations |"
    yield "|---|---|---|---|---|---|"
    for qubits, limit in accuracy.LARGEST_ERROR.items():
        found = tails.tails(
            qubits,
            draws(qubits, points if qubits == 2 else points // 4),
            accuracy.those_available(accuracy.BACKENDS, qubits),
            (limit / 2, 3 * limit / 4, limit),
            accuracy.SMALLEST,
        )
        for backend, tail in found.items():
            shares = " | ".join(f"{1e6 * n / tail.populations:.3g}" for n in tail.above)
            yield f"| {backend}, {qubits} qubits | {shares} | {tail.largest:.1f} | {tail.populations:,} |"


def draws(qubits: int, points: int) -> Iterator[accuracy.Columns]:
    """Points of all regimes in turn; other ones than those of the table of errors."""
    for number, first in enumerate(range(0, points, BLOCK)):
        regime = list(accuracy.REGIMES.values())[number % len(accuracy.REGIMES)]
        source = np.random.default_rng([qubits, number, first])
        yield regime(accuracy.Draw(source, min(BLOCK, points - first), qubits))


if __name__ == "__main__":
    print(page(int(sys.argv[1]) if len(sys.argv) > 1 else accuracy.POINTS // len(accuracy.REGIMES)), end="")

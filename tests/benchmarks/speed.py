"""What a point costs, as ratios within one run: `python tests/benchmarks/speed.py`.

The unit is the time that NumPy takes for all distinct expm1 of a point on the same arrays; beside it stand other ways
to the same numbers. Populations, stored energy and ergotropy; all eight parameters vary; one thread unless said.
"""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from time import perf_counter

import accuracy
import numpy as np
import sympy as sp

import symqb
from symqb import kernels
from symqb.codegen.c_printer import c_file
from symqb.codegen.kernel_c import FLAGS
from symqb.codegen.python_printer import python_module
from symqb.errors import MissingPackage, NoCompiler
from symqb.optional import installed
from symqb.program import Call, Program, Step

OUTPUTS = ("populations", "stored_energy", "ergotropy")
BACKENDS = (("numpy", False), ("numba", False), ("numba", True), ("c", False), ("jax", False))
#: Points of a block that stays in the cache, and how often a time is taken.
BLOCK, REPEATS = 8192, 9

Array = np.ndarray
Columns = dict[str, Array]


@dataclass(frozen=True)
class Row:
    """Nanoseconds a point; ``ratio`` in units of the reference, ``peak`` bytes over those of the outputs."""

    name: str
    one: float
    thousand: float
    million: float
    block: float
    ratio: float
    peak: float


def parameters(count: int, seed: int = 0) -> Columns:
    """Moderate points in a strong field."""
    source = np.random.default_rng(seed)
    ranges = {"B0": (2.5, 5), "J": (0.1, 1), "Delta": (0.1, 1), "epsilon": (0, 1), "T_L": (1, 20), "T_R": (1, 20),
              "kappa_L": (0.5, 2), "kappa_R": (0.5, 2)}  # fmt: skip
    return {name: source.uniform(*ends, count) for name, ends in ranges.items()}


def best(run: Callable[[], object], count: int = 1) -> float:
    """The shortest of some times, in ns a point."""
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return min(times) * 1e9 / count


def in_turn(*runs: Callable[[], object], count: int = 1) -> list[float]:
    """The same for several, one after the other each time: what disturbs one disturbs all."""
    times = [[best(run, count) for run in runs] for _ in range(3)]
    return [min(found) for found in zip(*times, strict=True)]


def exponents(qubits: int, points: Columns) -> Array:
    """All distinct |omega|/T of the points, shape (exponents, points)."""
    module = import_module(f"generated.xxz{qubits}_numpy")
    names = module.SECTIONS["frequencies"][1]
    omegas = module.lookup(points, names)
    found = {tuple(x): x for name in names for T in ("T_L", "T_R") for x in [abs(omegas[name]) / points[T]]}
    return np.array(list(found.values()))


def cpu_flags() -> list[str]:
    """Which of the flags that matter here this processor has."""
    text = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    return [flag for flag in ("fma", "avx2", "avx512f", "avx512dq") if f" {flag} " in text]


def reference(qubits: int, points: Columns) -> float:
    """(a): all of them by NumPy's expm1, in ns a point; without AVX-512 NumPy has no vector code for it, but C has."""
    if "avx512f" not in cpu_flags():
        return vector_library(qubits, points)
    x = exponents(qubits, points)
    out = np.empty(x.shape[1])
    return best(lambda: [np.expm1(row, out=out) for row in x], x.shape[1])


def vector_library(qubits: int, points: Columns) -> float:
    """(b): the same by the C compiler's vectorised expm1."""
    run, x = vector_expm1(), np.ascontiguousarray(exponents(qubits, points))
    out = np.empty(x.shape[1])
    places = [(ctypes.c_long(row.size), ctypes.c_void_p(row.ctypes.data), ctypes.c_void_p(out.ctypes.data))
              for row in x]  # fmt: skip
    return best(lambda: [run(*place) for place in places], x.shape[1])


@cache
def vector_expm1() -> Callable[..., None]:
    """expm1 of an array: its length, where it is, where the result goes."""
    text = """#include <math.h>
void all(long n, const double *x, double *y) { for (long i = 0; i < n; i++) y[i] = expm1(x[i]); }
"""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "e.c", Path(folder) / "e.so"
        source.write_text(text)
        fast = ["-ffast-math", "-mprefer-vector-width=512", "-lmvec", "-lm"]
        subprocess.run(["cc", *FLAGS, str(source), "-o", str(made), *fast], check=True, capture_output=True)
        return ctypes.CDLL(str(made)).all


def lambdified(qubits: int, *outputs: str) -> Callable[..., list[Array]]:
    """(c): sympy.lambdify with cse on outputs in closed form, not compensated; minutes for three qubits."""
    program, values = symqb.xxz_chain(qubits).program, dict[sp.Symbol, sp.Expr]()
    for step in program.steps():
        if isinstance(step.value, sp.Expr):
            found = [step.value.xreplace(values)]
        else:
            arguments = [sp.sympify(argument).xreplace(values) for argument in step.value.arguments]
            found = expanded(step.value.primitive, arguments)
        values.update(zip(step.targets, found, strict=True))
        if step.targets[-1] == program.outputs["populations"][-1]:
            break
    closed = [values[symbol] for name in outputs for symbol in program.outputs[name]]
    symbols = {symbol.name: symbol for symbol in set().union(*(p.free_symbols for p in closed))}
    return sp.lambdify([symbols[name] for name in program.parameters], closed, "numpy", cse=True)


def expanded(primitive: str, arguments: list) -> list:  # type: ignore[type-arg]
    """What a primitive means to numbers without rounding."""
    if primitive == "phi_pair":
        omega, T = arguments
        low = omega / (sp.exp(omega / T) - 1)
        return [low, low + omega]
    if primitive == "exact_sum":
        return [sp.Add(*arguments)]
    return arguments


def lambdified_observables(qubits: int) -> Callable[..., tuple[Array, ...]]:
    """What the back ends compute here, by lambdify and NumPy: populations, stored energy and ergotropy."""
    empty = symqb.xxz_chain(qubits).program.empty - 1
    function = lambdified(qubits, "energies", "populations")

    def observables(*given: Array) -> tuple[Array, ...]:
        E, p = np.split(np.array(function(*given)), 2)
        passive = np.sum(np.sort(E, axis=0) * np.sort(p, axis=0)[::-1], axis=0)
        return p, np.sum((E - E[empty]) * p, axis=0), np.sum(E * p, axis=0) - passive

    return observables


def linear_solves(qubits: int, points: Columns) -> float:
    """(d): numpy.linalg.solve on the rate matrices, which are given."""
    rates = np.ascontiguousarray(symqb.evaluator(qubits, "numpy").rates(**points).sum(axis=-3))
    size = rates.shape[-1]
    M = rates - np.eye(size) * rates.sum(axis=-2)[:, None, :]
    M[:, 0, :] = 1.0
    right = np.zeros((len(M), size, 1))
    right[:, 0] = 1.0
    return best(lambda: np.linalg.solve(M, right), len(M))


def master_equation(qubits: int, points: Columns) -> float:
    """(e): QuTiP's steady state and the ergotropy from it, at a few points."""
    import qutip

    model, few = symqb.xxz_chain(qubits), 3
    made = [model.to_qutip(**{name: float(x[k]) for name, x in points.items()}) for k in range(few)]
    return best(lambda: [qutip.steadystate(H, jumps) for H, jumps, _ in made], few)


def rows(qubits: int) -> Iterator[Row]:
    """A row a back end that is there."""
    for backend, parallel in BACKENDS:
        try:
            evaluate = symqb.evaluator(qubits, backend, outputs=OUTPUTS, parallel=parallel)
        except (MissingPackage, NoCompiler) as error:
            print(f"{backend}: {error}")
            continue
        yield row(qubits, backend + " on two threads" * parallel, evaluate)


def row(qubits: int, name: str, evaluate: Callable[..., symqb.Result]) -> Row:
    """One back end."""
    block, million = parameters(BLOCK), parameters(10**6)
    scalar = {key: float(x[0]) for key, x in block.items()}
    thousand = {key: x[:1000] for key, x in block.items()}
    compute = kernel_call(evaluate, block)
    for run in (lambda: evaluate(**scalar), lambda: evaluate(**thousand), lambda: evaluate(**million), compute):
        run()  # whatever is compiled is compiled now
    pairs = [(reference(qubits, block), best(compute, BLOCK)) for _ in range(15)]
    return Row(
        name,
        best(lambda: [evaluate(**scalar) for _ in range(100)], 100),
        best(lambda: evaluate(**thousand), 1000),
        best(lambda: evaluate(**million), 10**6),
        min(ns for _, ns in pairs),
        min(ns for _, ns in pairs) / min(unit for unit, _ in pairs),
        peak(evaluate),
    )


def rates_by_bath(qubits: int, backend: str) -> float:
    """All rates by bath at 100,000 points, in ns a point."""
    points = parameters(10**5)
    return best(partial(symqb.evaluator(qubits, backend).rates, **points), 10**5)


def kernel_call(evaluate: symqb.evaluators.Evaluator, points: Columns) -> Callable[[], int]:
    """The kernel alone on arrays, laid out as the front door does, without checks of names and shapes."""
    run = evaluate._kernels(evaluate._names)
    inputs, columns = (np.empty((rows, BLOCK + kernels.APART))[:, :BLOCK] for rows in (9, len(evaluate._names)))
    inputs[:] = [*points.values(), points["T_R"]]
    return lambda: run(inputs, columns)


def two_threads(qubits: int) -> float:
    """How much faster Numba is on two threads than on one, at a million points, timed in turn."""
    points = parameters(10**6)
    calls = [
        partial(symqb.evaluator(qubits, "numba", outputs=OUTPUTS, parallel=parallel), **points)
        for parallel in (False, True)
    ]
    for call in calls:
        call()
    one, two = in_turn(*calls)
    return one / two


def rounded_frequencies(program: Program) -> Program:
    """The program with each frequency as one float, the rounded sum: nothing is compensated there."""

    def rounded(step: Step) -> Step:
        return replace(step, value=Call("exact_sum", (sp.Add(*step.value.arguments),)))

    return replace(program, sections=tuple(
        replace(s, steps=tuple(map(rounded, s.steps))) if s.name == "frequencies" else s for s in program.sections
    ))  # fmt: skip


def compensations(qubits: int) -> Iterator[tuple[str, list[float], list[float]]]:
    """For each back end the kernel's time in units of the reference, and its largest error in ulp at low temperatures.

    Each of them with frequencies as sums of two floats and with rounded ones, in turn.
    """
    exact = symqb.xxz_chain(qubits).program
    programs = (exact, rounded_frequencies(exact))
    names = tuple(s.name for key in OUTPUTS for s in exact.outputs[key])
    block = parameters(BLOCK)
    cold = accuracy.low_temperature(accuracy.Draw(np.random.default_rng(0), 2000, qubits))
    right = accuracy.reference(cold, qubits)
    for backend in ("numpy", "numba", "c"):
        runs = []
        for program in programs:
            tables = kernels.load(python_module(program, "numpy"))
            text = c_file(program) if backend == "c" else python_module(program, backend)
            runs.append([kernels.kernel(backend, text, tables, wanted) for wanted in (names, (*names, "doubt"))])
        turns = [on_points(run, block, len(names))[0] for _ in range(15) for run, _ in runs]
        unit = min(reference(qubits, block) for _ in range(15))
        yield (
            backend,
            [min(turns[k::2]) / unit for k in range(2)],
            [largest_error(on_points(watched, cold, len(names) + 1)[1], *right) for _, watched in runs],
        )


def on_points(run: kernels.Kernel, points: Columns, count: int) -> tuple[float, Array]:
    """ns a point, and what the kernel fills in."""
    size = len(points["B0"])
    inputs, columns = (np.empty((rows, size + kernels.APART))[:, :size] for rows in (9, count))
    inputs[:] = [*points.values(), points["T_R"]]
    return best(lambda: run(inputs, columns), size), columns


def largest_error(columns: Array, high: Array, low: Array) -> float:
    """In ulp, over the populations above 1e-250 at the points without doubt."""
    found = columns[: high.shape[1]].T
    counts = (high > accuracy.SMALLEST) & (columns[-1][:, None] == 0)
    return float(np.max((np.abs((found - high) - low) / np.spacing(high))[counts]))


def peak(evaluate: Callable[..., symqb.Result], count: int = 10**7) -> float:
    """The most memory at one time over the size of the outputs, all parameters but one being scalars."""
    points = {name: float(x[0]) for name, x in parameters(1).items()} | {"T_L": np.linspace(1, 20, count)}
    tracemalloc.start()
    result = evaluate(**points)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / sum(value.nbytes for value in result.as_dict().values())


def others(qubits: int) -> Iterator[tuple[str, float, float | None]]:
    """Other ways: name, ns a point, and where both were timed in turn what the NumPy back end took."""
    block = parameters(BLOCK)
    if kernels_compile():
        yield "expm1 by the C compiler's vector library, all exponents", vector_library(qubits, block), None
    if qubits == 2:
        evaluate = symqb.evaluator(qubits, "numpy", outputs=OUTPUTS)
        for outputs, function in (
            ("populations alone", lambdified(qubits, "populations")),
            ("the same outputs with NumPy's sort", lambdified_observables(qubits)),
        ):
            for points, words in ((block, f"{BLOCK} points"), (parameters(10**6), "a million points")):
                turns = partial(function, *points.values()), partial(evaluate, **points)
                name = f"sympy.lambdify with cse, {outputs}, not compensated, {words}"
                yield name, *in_turn(*turns, count=len(points["B0"]))
    yield "numpy.linalg.solve on given rate matrices", linear_solves(qubits, block), None
    if installed("qutip"):
        yield "QuTiP steadystate", master_equation(qubits, block), None


def kernels_compile() -> bool:
    """Whether there is a C compiler."""
    try:
        kernels.kernel("c", "xxz2.c", kernels.load("generated.xxz2_numpy"), ("p_1",))
    except NoCompiler:
        return False
    return True

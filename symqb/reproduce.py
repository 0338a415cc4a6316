"""All steps in order: derive, check, generate, export, compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from symqb import artifacts
from symqb.checks import CHECKS
from symqb.errors import CheckFailed
from symqb.evaluators import QUBITS, Evaluator, evaluator
from symqb.model import Model
from symqb.output import write
from symqb.reference import Deviation, deviation

#: What rounding the 40-digit reference parameters, to float64 or not at all, may cost at the coldest row.
TOLERANCES = {"numpy": 1e-13, "mpmath": 1e-36, "arb": 1e-36}


@dataclass
class Report:
    """What was done; filled step by step.

    verdicts and equations: how many claims, and printed equations, were decided in which way; changed: the claims that
    were decided otherwise before.
    """

    folder: Path
    derived: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    equations: dict[str, int] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {**asdict(self), "folder": str(self.folder)}


def steps(report: Report) -> Iterator[tuple[str, Callable[[], None]]]:
    """(what, action) in order; each action adds to the report."""
    models = artifacts.models()
    for model in models:
        yield f"derive: {model.title}", partial(_derive, model, report)
    for model in models:
        for claim, holds in CHECKS.items():
            yield f"check: {model.name}: {claim}", partial(_check, model, claim, holds, report)
    yield "generate: evaluators", lambda: _write(artifacts.evaluators(models), report)
    yield "export: formulas", lambda: _write(artifacts.formulas(models), report)
    yield "export: definitions for Coq", lambda: _write(artifacts.definitions(models), report)
    for qubits in QUBITS:
        for backend in TOLERANCES:
            yield (
                f"compare: {qubits} qubits, {backend}, with reference values",
                partial(_compare, qubits, backend, report),
            )
    yield "compare: 4 qubits, numpy, with reference values", partial(_compare, 4, "numpy", report)


def run(report: Report, started: Callable[[str], None], finished: Callable[[str, float], None]) -> None:
    """Run every step, telling when each starts and how long it took."""
    for what, action in steps(report):
        started(what)
        begin = perf_counter()
        action()
        report.seconds[what] = round(perf_counter() - begin, 3)
        finished(what, report.seconds[what])


def _derive(model: Model, report: Report) -> None:
    levels, transitions, program = len(model.levels), len(model.transitions), model.program
    report.derived.append(
        f"{model.title}: {levels} levels, {transitions} transitions, {len(program.sections)} sections of program, "
        f"expressions {program.digest()[:12]}"
    )


def _check(model: Model, claim: str, holds: Callable[[Model], bool], report: Report) -> None:
    if not holds(model):
        raise CheckFailed(model.title, claim)
    report.checks.append(f"{model.name}: {claim}")


def _compare(qubits: int, backend: str, report: Report) -> None:
    """Compare the module just written, or the numeric chain; a deviation beyond rounding is a failed check."""
    written = report.folder / f"xxz{qubits}_{backend}.py"
    text = written.read_text() if qubits in QUBITS else ""
    evaluate = Evaluator(text, text, backend) if text else evaluator(qubits, backend)
    found = deviation(qubits, evaluate)
    report.deviations.append(found)
    if not max(found.populations, found.others) <= TOLERANCES[backend]:
        raise CheckFailed(f"{qubits} qubits, {backend}", f"agreement with the reference values ({found})")


def _write(files: dict[str, str], report: Report) -> None:
    for name, text in files.items():
        write(report.folder / name, text)
        report.files.append(name)

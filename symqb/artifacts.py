"""Everything that symqb generates: file name -> text, the same in every process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from symqb.codegen.python_printer import python_module
from symqb.evaluators import BACKENDS, QUBITS
from symqb.formats import render
from symqb.model import Model
from symqb.xxz import xxz_chain

PACKAGE = '"""What symqb writes: evaluators and formulas. Do not edit; run `symqb generate`."""\n'

#: Formats of the formula files and their endings.
FORMULAS = {
    "text": ".txt",
    "latex": ".tex",
    "fragment": "_fragment.tex",
    "python": ".py",
    "wolfram": ".wl",
    "json": ".json",
}


def models() -> list[Model]:
    """The chains with generated files: each length, with and without collective dissipation."""
    return [xxz_chain(qubits, collective=collective) for qubits in QUBITS for collective in (True, False)]


def evaluators(chosen: list[Model]) -> dict[str, str]:
    """The evaluator modules."""
    files = {"__init__.py": PACKAGE}
    for model in chosen:
        for backend in BACKENDS:
            files[f"{model.name}_{backend}.py"] = python_module(model.program, backend)
    return files


def formulas(chosen: list[Model]) -> dict[str, str]:
    """The derivations, in every format; equation numbers where the model is the paper's own."""
    return {
        f"formulas/{model.name}{ending}": render(model, form, numbers=not model.name.endswith("_independent"))
        for model in chosen
        for form, ending in FORMULAS.items()
    }


def differences(files: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str]]:
    """(name, unified diff) of each file in ``folder`` that is missing or not as it should be."""
    for name, text in files.items():
        path = folder / name
        found = path.read_text() if path.is_file() else ""
        if found != text:
            diff = unified_diff(found.splitlines(True), text.splitlines(True), f"{path} (found)", f"{path} (expected)")
            yield name, "".join(diff)

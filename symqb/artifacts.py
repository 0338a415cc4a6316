"""Everything that symqb generates: file name -> text, the same in every process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from functools import partial
from pathlib import Path

from symqb.codegen.c_printer import c_file
from symqb.codegen.coq_printer import coq_file
from symqb.codegen.python_printer import SOURCES, python_module
from symqb.evaluators import QUBITS
from symqb.formats import render
from symqb.model import Model
from symqb.program import Program
from symqb.xxz import xxz_chain

PACKAGE = '"""What symqb writes: evaluators and formulas. Do not edit; run `symqb generate`."""\n'

#: What prints each back end's file, by the ending of its name.
PRINTERS: Mapping[str, Callable[[Program], str]] = {
    **{f"_{arithmetic}.py": partial(python_module, arithmetic=arithmetic) for arithmetic in SOURCES},
    ".c": c_file,
}
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
    """The evaluators."""
    files = {"__init__.py": PACKAGE}
    for model in chosen:
        for ending, printed in PRINTERS.items():
            files[f"{model.name}{ending}"] = printed(model.program)
    return files


def formulas(chosen: list[Model]) -> dict[str, str]:
    """The derivations, in every format."""
    return {
        f"formulas/{model.name}{ending}": render(model, form) for model in chosen for form, ending in FORMULAS.items()
    }


def definitions(chosen: list[Model]) -> dict[str, str]:
    """The programs as Coq definitions, which the theorems under proofs/coq are about."""
    return {f"coq/{model.name}.v": coq_file(model) for model in chosen}


def orphans(files: Mapping[str, str], folder: Path) -> list[str]:
    """Files in ``folder`` that look generated but that nothing generates any more."""
    found = [
        *folder.glob("xxz*.py"),
        *folder.glob("xxz*.c"),
        *(folder / "formulas").glob("*.*"),
        *(folder / "coq").glob("*.v"),
    ]
    return sorted(name for path in found if (name := path.relative_to(folder).as_posix()) not in files)


def differences(files: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str]]:
    """(name, unified diff) of each file in ``folder`` that is missing, not as it should be, or not generated."""
    for name, text in files.items():
        path = folder / name
        found = path.read_bytes().decode(errors="replace") if path.is_file() else ""
        if found != text:
            diff = unified_diff(found.splitlines(True), text.splitlines(True), f"{path} (found)", f"{path} (expected)")
            yield name, "".join(diff)
    for name in orphans(files, folder):
        yield name, f"{folder / name}: nothing generates this file; delete it\n"

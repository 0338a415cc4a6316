"""Kernels from the generated C files: compiled once for this machine, then loaded from a cache.

A kernel is ``kernel(inputs, columns) -> status`` for float64 arrays of one length n: ``inputs`` one for each parameter
(T_eq last), each contiguous or a scalar broadcast (stride 0); ``columns`` one contiguous row for each wanted name, to
be filled. The status is the number of points at which the file has no result.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import shlex
import subprocess
import tempfile
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from symqb.errors import NoCompiler

#: C99 without contraction: compensated sums are exact only where each operation rounds by itself.
FLAGS = ("-std=c99", "-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math",
         "-shared", "-fPIC")  # fmt: skip
#: What only some compilers and machines know: the widest vectors.
WIDEST = ("-mprefer-vector-width=512",)

#: The functions that are not static; the last two are those of the rates and of the results.
PUBLIC = re.compile(r"^ptrdiff_t (\w+)\(", re.MULTILINE)
RATES, RESULTS = -2, -1

Array = np.ndarray[Any, np.dtype[np.float64]]
Kernel = Callable[[Sequence[Array] | Array, Array], int]


def c_kernel(text: str, columns: Sequence[str], wanted: Sequence[str], function: int = RESULTS) -> Kernel:
    """The kernel of a generated C file for the wanted columns; ``columns`` is all that it can write, in its order.

    ``function``: ``RESULTS`` or ``RATES``. Raises ``NoCompiler`` where there is none.
    """
    other = "WITHOUT_RATES" if function == RESULTS else "WITHOUT_RESULTS"
    run = getattr(ctypes.CDLL(str(library(text, other))), PUBLIC.findall(text)[function])
    run.restype, run.argtypes = ctypes.c_ssize_t, (ctypes.c_ssize_t, *[ctypes.c_void_p] * 3)
    places, unwanted = [columns.index(name) for name in wanted], array("q", [0]) * len(columns)

    def kernel(inputs: Sequence[Array] | Array, filled: Array) -> int:
        results = unwanted[:]
        for place, row in zip(places, addresses(filled), strict=True):
            results[place] = row
        table = array("q", [*addresses(inputs), *steps(inputs)]) + results  # one: each costs as much as some points
        start, size = table.buffer_info()[0], table.itemsize * len(inputs)
        return int(run(len(inputs[0]), start, start + size, start + 2 * size))

    return kernel


def addresses(rows: Sequence[Array] | Array) -> Iterable[int]:
    """Where each row begins: of one array by arithmetic, because asking each costs more than a point."""
    if isinstance(rows, np.ndarray) and len(rows):
        first, step = ctypes.addressof(ctypes.c_char.from_buffer(rows[0])), rows.strides[0]  # ctypes.data takes a us
        return range(first, first + len(rows) * step, step)
    return [row.ctypes.data for row in rows]


def steps(rows: Sequence[Array] | Array) -> list[int]:
    """How many numbers each row is apart from itself: 1, or 0 for one number."""
    if isinstance(rows, np.ndarray):
        return [1] * len(rows)
    return [row.strides[0] // row.itemsize for row in rows]


@cache
def library(text: str, *macros: str) -> Path:
    """The shared library of a C text with these macros defined, compiled unless the cache has it."""
    key = hashlib.sha256("\0".join((text, *macros, *FLAGS, *WIDEST, _machine())).encode()).hexdigest()
    path = cache_folder() / f"{key[:32]}.so"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            source, made = Path(folder) / "program.c", Path(folder) / "program.so"
            source.write_text(text)
            _compile(source, made, [f"-D{macro}" for macro in macros])
            made.replace(path)  # whole or not at all, whoever else compiles the same
    return path


def cache_folder() -> Path:
    """Where this user's libraries are kept."""
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "symqb"


def _compile(source: Path, made: Path, macros: Sequence[str]) -> None:
    attempt = _run(*FLAGS, *WIDEST, *macros, str(source), "-o", str(made), "-lm")
    if attempt.returncode:
        attempt = _run(*FLAGS, *macros, str(source), "-o", str(made), "-lm")
    if attempt.returncode:
        raise NoCompiler(shlex.join(_compiler()), attempt.stderr.strip())


def _machine() -> str:
    """What distinguishes compilers and processors: the macros that the compiler defines for this one."""
    return _run("-march=native", "-dM", "-E", "-x", "c", os.devnull).stdout


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run([*_compiler(), *arguments], capture_output=True, text=True, check=False)
    except OSError as error:
        raise NoCompiler(shlex.join(_compiler()), str(error)) from error


def _compiler() -> list[str]:
    """The user's choice, as for make, or the system's compiler."""
    return shlex.split(os.environ.get("CC", "")) or ["cc"]

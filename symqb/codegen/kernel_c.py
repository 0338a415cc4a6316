"""Kernels from the generated C files: compiled once for this machine, then loaded from a cache.

A kernel is ``kernel(inputs, columns) -> status`` for float64 arrays of one length n: ``inputs`` one for each parameter
(T_eq last), each contiguous or a scalar broadcast (stride 0); ``columns`` contiguous, one for each wanted name, to be
filled. The status is the number of points that need more careful arithmetic.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from symqb.errors import NoCompiler

#: C99 without contraction: compensated sums are exact only where each operation rounds by itself.
FLAGS = ("-std=c99", "-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math",
         "-shared", "-fPIC")  # fmt: skip
#: What only some compilers and machines know: the widest vectors, and scheduling before registers are given out.
WIDEST = ("-mprefer-vector-width=512", "-fschedule-insns", "-fsched-pressure")

Array = np.ndarray[Any, np.dtype[np.float64]]
Kernel = Callable[[Sequence[Array], Sequence[Array]], int]


def c_kernel(text: str, function: str, columns: Sequence[str], wanted: Sequence[str]) -> Kernel:
    """The kernel of a generated C file for the wanted columns.

    ``function`` is the file's public function and ``columns`` all that it can write, in its order. Raises
    ``NoCompiler`` where there is none.
    """
    run = getattr(ctypes.CDLL(str(library(text))), function)
    run.restype = ctypes.c_ssize_t
    places = [columns.index(name) for name in wanted]
    pointers = ctypes.c_void_p * len(columns)

    def kernel(inputs: Sequence[Array], filled: Sequence[Array]) -> int:
        given = (ctypes.c_void_p * len(inputs))(*(array.ctypes.data for array in inputs))
        strides = (ctypes.c_ssize_t * len(inputs))(*(array.strides[0] // array.itemsize for array in inputs))
        results = pointers()
        for place, array in zip(places, filled, strict=True):
            results[place] = array.ctypes.data
        return int(run(ctypes.c_ssize_t(len(inputs[0])), given, strides, results))

    return kernel


@cache
def library(text: str) -> Path:
    """The shared library of a C text, compiled unless the cache has it."""
    key = hashlib.sha256("\0".join((text, *FLAGS, *WIDEST, _machine())).encode()).hexdigest()
    path = cache_folder() / f"{key[:32]}.so"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            source, made = Path(folder) / "program.c", Path(folder) / "program.so"
            source.write_text(text)
            _compile(source, made)
            made.replace(path)  # whole or not at all, whoever else compiles the same
    return path


def cache_folder() -> Path:
    """Where this user's libraries are kept."""
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "symqb"


def _compile(source: Path, made: Path) -> None:
    attempt = _run(*FLAGS, *WIDEST, str(source), "-o", str(made), "-lm")
    if attempt.returncode:
        attempt = _run(*FLAGS, str(source), "-o", str(made), "-lm")
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

"""Prints a program as a module that compiles vector code for this machine through Numba."""

from __future__ import annotations

from symqb.codegen import phi_rational
from symqb.codegen.python_printer import module_text
from symqb.program import Program

SOURCES = (
    "dataflow.py",
    "vectors_numba.py",
    "pairs_numba.py",
    "energetics_numba.py",
    "arithmetic_numba.py",
    "kernel_numba.py",
)
#: The constants of phi that the arithmetic reads.
CONSTANTS = ("LOG2E", "SHIFT", "LN2_HI", "LN2_LO", "LARGEST", "C")


def numba_module(program: Program) -> str:
    """The text of a module with ``kernel`` and the tables that the front door reads; it needs Numba and NumPy."""
    constants = [f"{name} = {getattr(phi_rational, name)!r}" for name in CONSTANTS]
    table = "\n".join(["#: phi(omega, T): see symqb/codegen/phi_rational.py.", *constants])
    return module_text(program, "numba", SOURCES, [table])

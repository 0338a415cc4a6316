"""Gains in energy that the C file takes from frequencies, which it has computed with care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from symqb.codegen.c_leaves import multiples
from symqb.codegen.c_order import is_power_of_two, rounds_once
from symqb.codegen.c_statements import arguments, primitive
from symqb.program import Program

Sums = dict[sp.Symbol, dict[sp.Expr, sp.Rational]]


@dataclass(frozen=True)
class Gain:
    """``omega`` plus ``more``: 0, or a parameter times a power of two."""

    omega: sp.Symbol
    more: sp.Expr


def gains(program: Program) -> dict[sp.Symbol, Gain]:
    """Those gains that are frequencies, and those of longer sums that are such a one and a parameter."""
    wanted, omegas = _sums(program, "stored_energy"), _sums(program, "frequencies")
    equal = {
        gain: Gain(omega, sp.S.Zero) for gain, total in wanted.items() for omega in omegas if omegas[omega] == total
    }
    kept = {gain.omega for gain in equal.values()}
    long = {
        gain: sorted(_near(program, total, omegas), key=lambda near: near.omega not in kept)
        for gain, total in wanted.items()
        if gain not in equal and not rounds_once(total, program.pairs())
    }
    return equal | {gain: near[0] for gain, near in long.items() if near}


def _sums(program: Program, name: str) -> Sums:
    steps = (step for section in program.sections if section.name == name for step in section.steps)
    return {step.targets[0]: multiples(arguments(step)) for step in steps if primitive(step) == "exact_sum"}


def _near(program: Program, total: dict[sp.Expr, sp.Rational], omegas: Sums) -> Iterator[Gain]:
    for omega, part in omegas.items():
        rest = {x: total.get(x, 0) - part.get(x, 0) for x in total.keys() | part.keys()}
        terms = [(x, c) for x, c in rest.items() if c]
        if len(terms) == 1 and str(terms[0][0]) in program.parameters and is_power_of_two(terms[0][1]):
            yield Gain(omega, sp.Mul(*terms[0]))

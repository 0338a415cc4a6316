"""From a model to its straight-line program, section by section."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from keyword import iskeyword
from typing import TYPE_CHECKING

import sympy as sp

from symqb.errors import InvalidModel
from symqb.lowering.energetics import energetics_sections
from symqb.lowering.levels import energy_sections, weight_sections
from symqb.lowering.rates import crossings, exits, population_sections, rate_sections, rate_steps
from symqb.program import Call, Program, Section
from symqb.symbols import real

if TYPE_CHECKING:  # the model holds its program
    from symqb.model import Model


#: Names with a meaning in generated modules, in exported Python, or in the calls that take parameters by name.
RESERVED = frozenset(
    (*dir(builtins), "ar", "T_eq", "outputs", "parameters", "compute", "lookup", "OUTPUTS", "diagnose", "self",
     "battery", "model", "times", "start", "rho0", "phi", "math")
)  # fmt: skip


def write_program(model: Model) -> Program:
    """The program of a model: from its parameters to every output."""
    weights, degeneracies = weight_sections(model)
    sections = (
        *energy_sections(model),
        *weights,
        *rate_sections(model),
        *population_sections(model),
        *energetics_sections(model),
    )
    it = model.energetics
    outputs = {"energies": tuple(it.energy(level) for level in model.levels), "populations": it.populations}
    scalars = ["stored_energy", "stored_energy_fraction", "ergotropy", "exergy"]
    scalars += [f"heat_current_{bath.name}" for bath in model.baths]
    outputs |= {name: (real(name),) for name in (*scalars, "entropy_production")}
    _refuse_clashes(model.roles, sections)
    _refuse_other_functions(sections)
    return Program(
        name=model.name,
        title=model.title,
        parameters=model.roles,
        baths={bath.name: bath.temperature.name for bath in model.baths},
        levels=tuple(level.label for level in model.levels),
        empty=it.empty.index,
        sections=sections,
        outputs=outputs,
        degeneracies=degeneracies,
        crossings=tuple(crossings(model)),
        rates=tuple(rate_steps(model)),
        exits=exits(model),
    )


def _refuse_clashes(parameters: Mapping[str, str], sections: Sequence[Section]) -> None:
    """Parameters become arguments of generated functions, beside the names of the steps."""
    taken = {target.name for section in sections for target in section.targets}
    taken |= {section.name for section in sections} | RESERVED
    for name in parameters:
        if name in taken or not name.isidentifier() or iskeyword(name):
            raise InvalidModel(f"parameter {name}: allowed is a Python identifier that symqb does not use itself")


def _refuse_other_functions(sections: Sequence[Section]) -> None:
    """Every arithmetic knows rational numbers, +, *, rational powers, exp and log, and no more."""
    for section in sections:
        for step in section.steps:
            arguments = step.value.arguments if isinstance(step.value, Call) else (step.value,)
            for node in (node for argument in arguments for node in sp.preorder_traversal(argument)):
                known = (sp.Add, sp.Mul, sp.Symbol, sp.Rational, sp.exp, sp.log)
                if not (isinstance(node, known) or (isinstance(node, sp.Pow) and node.exp.is_Rational)):
                    allowed = "rational numbers, +, -, *, /, rational powers, exp and log"
                    raise InvalidModel(f"{step}: {node} is not allowed; allowed are {allowed}")

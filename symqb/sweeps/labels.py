"""What the numbers of a sweep are called: long names and units, and where the numbers come from."""

from __future__ import annotations

import re

import symqb
from symqb.chains.evaluator import PARAMETERS, ChainEvaluator
from symqb.evaluators import Evaluator
from symqb.kernels import load

#: (long name, units) of the chain's own parameters; the others are known by their role.
CHAIN = {
    "B0": ("magnetic field", "energy"),
    "J": ("exchange coupling", "energy"),
    "Delta": ("anisotropy", "energy"),
    "epsilon": ("coupling of bath L to the last qubit", "1"),
}
#: The same of outputs, heat currents aside.
OUTPUTS = {
    "energies": ("energy of the level", "energy"),
    "populations": ("population of the level", "1"),
    "stored_energy": ("stored energy", "energy"),
    "stored_energy_fraction": ("stored energy over the largest one", "1"),
    "ergotropy": ("ergotropy", "energy"),
    "exergy": ("exergy", "energy"),
    "entropy_production": ("entropy production", "1/time"),
}
CURRENT = "heat_current_"
CONVENTIONS = "hbar = k_B = 1: energies, frequencies and temperatures share one unit, times are in its inverse"


def of_parameter(evaluate: Evaluator | ChainEvaluator, name: str) -> dict[str, str]:
    """The attributes of a parameter; a user's own parameter has a name, but no known unit."""
    if name == "T_eq":
        return _attributes("reference temperature of the exergy", "energy")
    baths = {temperature: bath for bath, temperature in evaluate.baths.items()}
    if name in baths:
        return _attributes(f"temperature of bath {baths[name]}", "energy")
    if evaluate.parameters[name] == "strength":
        return _attributes(f"strength of bath {name.removeprefix('kappa_')}", "1")
    if set(evaluate.parameters) == set(PARAMETERS):
        return _attributes(*CHAIN[name])
    return {"long_name": name}


def of_output(name: str) -> dict[str, str]:
    """The attributes of an output."""
    if name.startswith(CURRENT):
        return _attributes(f"heat current from bath {name.removeprefix(CURRENT)} into the battery", "energy/time")
    return _attributes(*OUTPUTS[name])


def of_sweep(evaluate: Evaluator | ChainEvaluator, battery: str) -> dict[str, str]:
    """The attributes of the whole: battery, program, version. No date: equal sweeps are equal."""
    origin = {"battery": battery, "backend": evaluate.backend, "conventions": CONVENTIONS}
    if isinstance(evaluate, Evaluator):
        found = re.search(r"Expressions \(SHA-256\): (\w+)", load(evaluate.tables).__doc__ or "")
        origin |= {"program_sha256": found[1]} if found else {}
    return {**origin, "symqb_version": symqb.__version__}


def _attributes(long_name: str, units: str) -> dict[str, str]:
    return {"long_name": long_name, "units": units}

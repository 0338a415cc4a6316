"""Running the sections on float64 arrays: copied into every generated NumPy module.

Where a denominator of the elimination is small, rates may have underflowed: those points are run once more with
Extended numbers.
"""

from typing import Any

import numpy as np

from symqb.codegen.arithmetic_numpy import Float64
from symqb.codegen.dataflow import EXITS, OUTPUTS, SAFE_EXIT, VECTORS, plan, run
from symqb.codegen.extended_numpy import ExtendedFloat64
from symqb.codegen.pairs_numpy import Array

# --- copied from here ---


def lookup(parameters: dict[str, Array], names: tuple[str, ...]) -> dict[str, Array]:
    """Any named steps of the program at the parameters (floats or arrays), broadcast to one shape."""
    values: dict[str, Any] = {name: np.asarray(value, dtype=float) for name, value in parameters.items()}
    shape = np.broadcast_shapes(*(value.shape for value in values.values()))
    with np.errstate(all="ignore"):
        if "populations" in plan(names):
            run(Float64, values, OUTPUTS["populations"])
            smallest = np.minimum.reduce([np.broadcast_to(values[name], shape) for name in EXITS])
            weak = ~(smallest > SAFE_EXIT)  # NaN, from 0/0 further down, is weak too
            if weak.any():
                rescue(values, tuple(parameters), weak, shape)
        run(Float64, values, names)
    return {name: np.broadcast_to(Float64.value(values[name]), shape) for name in names}


def rescue(values: dict[str, Any], parameters: tuple[str, ...], weak: Array, shape: tuple[int, ...]) -> None:
    """Replace the populations at the ``weak`` points by those of Extended arithmetic."""
    cold: dict[str, Any] = {name: np.broadcast_to(values[name], shape)[weak] for name in parameters}
    run(ExtendedFloat64, cold, OUTPUTS["populations"])
    for name in OUTPUTS["populations"]:
        column = np.broadcast_to(values[name], shape).copy()
        column[weak] = cold[name]
        values[name] = column


def compute(parameters: dict[str, Array], outputs: tuple[str, ...]) -> dict[str, Array]:
    """The outputs at the parameters; energies and populations have the levels along the last axis."""
    values = lookup(parameters, tuple(name for output in outputs for name in OUTPUTS[output]))
    return {
        output: np.stack([values[name] for name in OUTPUTS[output]], axis=-1)
        if output in VECTORS
        else values[OUTPUTS[output][0]].copy()
        for output in outputs
    }


def positive_rates(parameters: dict[str, Array], names: tuple[str, ...]) -> dict[str, Array]:
    """Whether each of these rates is positive, also where it underflows."""
    values: dict[str, Any] = {name: np.asarray(value, dtype=float) for name, value in parameters.items()}
    shape = np.broadcast_shapes(*(value.shape for value in values.values()))
    with np.errstate(all="ignore"):
        run(ExtendedFloat64, values, names)
    return {name: np.broadcast_to(values[name].m > 0, shape) for name in names}

"""Running the sections on JAX arrays: copied into every generated JAX module.

Only within a call is JAX switched to 64 bits; the user's setting stays as it is.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache, partial, reduce
from itertools import pairwise
from operator import add
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from symqb.codegen.arithmetic_jax import Array, Float64
from symqb.codegen.dataflow import (
    DOUBT,
    EXITS,
    LARGEST_SUM,
    LEAST_EXIT,
    LEAST_SHARE,
    OUTPUTS,
    SECTIONS,
    VECTORS,
    inputs,
    plan,
    run,
)
from symqb.codegen.slope_jax import plain
from symqb.codegen.watched import RATES, gap_names, watched

PARAMETERS: dict[str, str] = {}

# --- copied from here ---

BLOCK = 8192  # points; compiled once for this many, so that any number of points needs one compilation
STAGES = ("totals", "populations")  # the last sections of stages


def compute(parameters: dict[str, Array], outputs: tuple[str, ...]) -> dict[str, Array]:
    """The outputs at the parameters, for jit, vmap and grad; energies and populations have the levels last.

    Parameters are valid floats or arrays that broadcast, T_eq among them where the exergy is wanted. NaN where levels
    meet that must not. Where all rates out of a level are too small for float64, NaN too, or populations that are small
    are lost: symqb.evaluator says which, and takes more care.
    """
    names = tuple(name for output in outputs for name in OUTPUTS[output])
    with jax.enable_x64(True):
        values: dict[str, Any] = {name: jnp.asarray(x, dtype=jnp.float64) for name, x in parameters.items()}
        shape = jnp.broadcast_shapes(*(x.shape for x in values.values()))
        run(Float64, values, names)
        found = {name: jnp.broadcast_to(Float64.value(values[name]), shape) for name in names}
        return {
            output: jnp.stack([found[name] for name in OUTPUTS[output]], axis=-1)
            if output in VECTORS
            else found[OUTPUTS[output][0]]
            for output in outputs
        }


@cache
def kernel(wanted: tuple[str, ...]) -> "Kernel":
    """The named steps of the program for many points: see ``Kernel``."""
    return Kernel(wanted)


class Kernel:
    """Call it with inputs and columns: it fills the columns and returns 0, or not 0 where care is needed.

    inputs: a float64 array of length n for each of PARAMETERS, then T_eq where it is read, valid and finite; those with
    stride 0 hold one number. columns: a contiguous float64 array of length n for each wanted name. Not 0: at some point
    rates may have underflowed or be negative, levels be degenerate, a frequency be 0 that must not be, or the
    steady state not be unique.

    The sections are compiled in stages: XLA would compute the rates once more for every population that reads them.
    """

    def __init__(self, wanted: tuple[str, ...]):
        self.wanted = wanted
        sections = plan((*(name for name in wanted if name != DOUBT), *watched()))
        cuts = [0, *(sections.index(name) + 1 for name in STAGES if name in sections), len(sections)]
        stages = [sections[first:last] for first, last in pairwise(cuts) if first < last]
        needed = set(wanted)
        self.stages: list[Callable[..., tuple[dict[str, Any], Array]]] = []
        for stage in reversed(stages):
            self.stages.insert(0, jax.jit(partial(run_sections, stage, frozenset(needed))))
            needed.update(name for section in stage for name in inputs(SECTIONS[section][0]))

    def __call__(self, arrays: Sequence[Array], columns: Sequence[Array]) -> int:
        size, status = len(arrays[0]), 0
        with jax.enable_x64(True):
            for begin in range(0, size, BLOCK):
                end = min(begin + BLOCK, size)
                values: dict[str, Any] = {
                    name: part(x, begin, end) for name, x in zip((*PARAMETERS, "T_eq"), arrays, strict=False)
                }
                doubt: Array = np.asarray(False)
                for stage in self.stages:
                    found, fine = stage(values)
                    values.update(found)
                    doubt = doubt | ~np.asarray(fine)
                status |= int(doubt.any())
                values[DOUBT] = doubt
                for column, name in zip(columns, self.wanted, strict=True):
                    x = np.asarray(Float64.value(values[name]))
                    column[begin:end] = x[: end - begin] if x.ndim else x
        return status


def part(x: Array, begin: int, end: int) -> Array:
    """One number, or a full block of them, the last block filled up with copies of its last point.

    -0.0 becomes 0.0: a bath at T = -0.0 is a bath at T = 0, which XLA does not see.
    """
    if not x.strides[0]:
        return x[0] + 0.0
    missing = BLOCK - (end - begin)
    return (np.pad(x[begin:end], (0, missing), mode="edge") if missing else x[begin:end]) + 0.0


def run_sections(
    stage: tuple[str, ...], needed: frozenset[str], values: dict[str, Any]
) -> tuple[dict[str, Any], Array]:
    """The needed names of some sections, and where no point needs care by what they define."""
    known = dict(values)
    for name in stage:
        section, targets = SECTIONS[name]
        known.update(zip(targets, section(Float64, *(known[i] for i in inputs(section))), strict=True))
    fine = reduce(jnp.logical_and, conditions(known, known.keys() - values.keys()), jnp.asarray(True))
    found = {name: plain(x) for name, x in known.items() if name in needed and name not in values}
    return found, fine


def conditions(known: dict[str, Any], new: Set[str]) -> Iterator[Array]:
    """What must hold of exits, gaps and rates among the new names; NaN does not."""
    for name in (name for name in gap_names() if name in new):
        largest = reduce(jnp.maximum, (jnp.abs(known[energy].hi) for energy in OUTPUTS["energies"]))
        yield jnp.abs(known[name].hi) > jnp.finfo(jnp.float64).eps * largest
    if "norm" in new:
        exits, norm = [plain(known[name]) for name in EXITS], plain(known["norm"])
        smallest, total = reduce(jnp.minimum, exits), reduce(add, exits)
        yield smallest > jnp.maximum(LEAST_EXIT, LEAST_SHARE * total)
        yield jnp.maximum(total, norm) < LARGEST_SUM
    yield from (known[rate] >= 0 for rate, *_ in RATES if rate in new)

"""Prints a program as one self-contained C99 file: every output, for arrays of points, in loops that vectorise."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import indent

import sympy as sp

import symqb
from symqb.codegen import phi_rational
from symqb.codegen.c_leaves import name_of
from symqb.codegen.c_loops import Loops
from symqb.codegen.c_statements import filled
from symqb.program import Program

#: Points are computed LANES at a time, the widest vector; a call works through blocks of BLOCK points.
LANES, BLOCK = 8, 128


def columns(program: Program) -> tuple[str, ...]:
    """The names of the steps that the public function can write, in its order; "doubt" comes last."""
    return (*(symbol.name for symbols in program.outputs.values() for symbol in symbols), "doubt")


def c_file(program: Program) -> str:
    """The text of the file."""
    loops = Loops(program)
    parts = [
        _header(program),
        "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <string.h>",
        _constants(),
        (Path(__file__).parent / "primitives.c").read_text(),
        _places(program, loops),
        *loops.texts(),
        _public(program, loops),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _header(program: Program) -> str:
    return f"/* {program.title}. {symqb.__version__} */"


def _constants() -> str:
    it = phi_rational
    horner = repr(it.C[-1])
    for c in reversed(it.C[:-1]):
        horner = f"madd(z, {horner}, {c!r})"
    return "\n".join(
        [
            "/* The constants of phi_pair, derived by symqb/codegen/phi_rational.py. */",
            *(f"#define {name} {getattr(it, name)!r}" for name in ("LOG2E", "SHIFT", "LN2_HI", "LN2_LO", "LARGEST")),
            f"#define HORNER(z) \\\n    {horner}",
        ]
    )


def _places(program: Program, loops: Loops) -> str:
    inputs = [f"in_{name_of(name)}" for name in loops.inputs]
    outputs = [*(Loops.column(s) for symbols in program.outputs.values() for s in symbols), "out_doubt"]
    names = [f"{name_of(root)}_{end}" for root in loops.roots for end in ("hi", "lo")]
    kept = ", ".join(f"{name}[BLOCK]" for name in (*names, *map(name_of, loops.kept)))
    return "\n".join(
        [
            "/* The places of parameters and results in the arguments of the public function. */",
            filled(f"enum {{ {', '.join(inputs)}, INPUTS }};", 0),
            filled(f"enum {{ {', '.join(outputs)}, OUTPUTS }};", 0),
            "",
            "/* Points are computed LANES at a time, the widest vector, and kept BLOCK at a time. */",
            f"enum {{ LANES = {LANES}, BLOCK = {BLOCK} }};",
            "",
            "struct kept {",
            indent(filled(f"double {kept};", 4), "    "),
            "};",
        ]
    )


def _any(symbols: Iterable[sp.Symbol]) -> str:
    return " || ".join(f"out[{Loops.column(symbol)}]" for symbol in symbols)


def _public(program: Program, loops: Loops) -> str:
    energetics, exchange = (filled(f"const int {name} = {_any(symbols)};", 4) for name, symbols in
                            (("wants_energetics", loops.energetics), ("wants_exchange", loops.exchange)))  # fmt: skip
    energies = filled(f"const int wants_energies = {_any(program.outputs['energies'])};", 4)
    return f"""/* One row of BLOCK points: of the caller's array where that is contiguous and no lane is idle, else a copy. */
static const double *row(const double *from, ptrdiff_t stride, ptrdiff_t count, double *copy)
{{
    if (stride == 1 && count % LANES == 0)
        return from;
    for (ptrdiff_t i = 0; i < count; i++)
        copy[i] = from[i*stride];
    for (ptrdiff_t i = count; i % LANES; i++)
        copy[i] = from[(count - 1)*stride];
    return copy;
}}

ptrdiff_t {name_of(program.name)}(ptrdiff_t n, const double *const in[], const ptrdiff_t stride[], double *const out[])
{{
{indent(energies, "    ")}
{indent(energetics, "    ")}
{indent(exchange, "    ")}
    double copies[INPUTS][BLOCK] ALIGNED, rows[OUTPUTS][BLOCK] ALIGNED;
    struct kept kept ALIGNED;
    const double *x[INPUTS];
    double *y[OUTPUTS];
    ptrdiff_t doubtful = 0;
    for (ptrdiff_t start = 0; start < n; start += BLOCK) {{
        const ptrdiff_t count = n - start < BLOCK ? n - start : BLOCK, lanes = (count + LANES - 1)/LANES;
        const int direct = count % LANES == 0;
        for (int k = 0; k < INPUTS; k++)
            if (!start || stride[k])
                x[k] = row(in[k] + start*stride[k], stride[k], count, copies[k]);
        for (int k = 0; k < OUTPUTS; k++)
            y[k] = direct && out[k] ? out[k] + start : rows[k];
        if (wants_exchange)
            solve(x, y, lanes, &kept, 1);
        else
            solve(x, y, lanes, &kept, 0);
        if (wants_energetics)
            energetics(x, y, lanes, &kept);
        if (wants_energies)
            energies(x, y, lanes);
        if (out[out_exergy])
            reference_state(x, y, lanes);
        if (wants_exchange)
            exchange_with_baths(x, y, lanes, &kept);
        for (int k = 0; k < OUTPUTS; k++)
            if (out[k] && !direct)
                memcpy(out[k] + start, rows[k], (size_t)count*sizeof(double));
        for (ptrdiff_t i = 0; i < count; i++)
            doubtful += y[out_doubt][i] != 0.0;
    }}
    return doubtful;
}}"""

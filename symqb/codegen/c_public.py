"""The two functions of a C file that others call."""

from __future__ import annotations

from textwrap import indent

from symqb.codegen.c_leaves import name_of
from symqb.codegen.c_loops import Loops
from symqb.codegen.c_statements import filled
from symqb.program import Program

ROW = """/* A row of points: the caller's array where that is contiguous and no lane is idle, else a copy. */
static const double *row(const double *from, ptrdiff_t stride, ptrdiff_t count, double *copy)
{
    if (stride == 1 && count % LANES == 0)
        return from;
    for (ptrdiff_t i = 0; i < count; i++)
        copy[i] = from[i*stride];
    for (ptrdiff_t i = count; i % LANES; i++)
        copy[i] = from[(count - 1)*stride];
    return copy;
}"""


def public_functions(program: Program, loops: Loops) -> str:
    """Their text: that of the rates by bath first. Either can be left out, and the file compiles sooner."""
    rates, results = _rates(name_of_rates(program)), _results(name_of(program.name), program, loops)
    guarded = (f"#ifndef WITHOUT_{what}\n{text}\n#endif" for what, text in (("RATES", rates), ("RESULTS", results)))
    return "\n\n".join((ROW, *guarded))


def name_of_rates(program: Program) -> str:
    """That of the function of the rates."""
    return name_of(f"{program.name}_rates")


def _by_blocks(name: str, inputs: str, outputs: str, before: str, body: str) -> str:
    """A function that goes through the points block by block; ``body`` adds those without a result to ``without``."""
    return f"""ptrdiff_t {name}(ptrdiff_t n, const double *const in[], const ptrdiff_t stride[], double *const out[])
{{
    double copies[{inputs}][BLOCK] ALIGNED, rows[{outputs}][BLOCK] ALIGNED;
    const double *x[{inputs}];
    double *y[{outputs}];
    ptrdiff_t without = 0;
{indent(before, "    ")}
    for (ptrdiff_t start = 0; start < n; start += BLOCK) {{
        const ptrdiff_t count = n - start < BLOCK ? n - start : BLOCK, lanes = (count + LANES - 1)/LANES;
        const int direct = count % LANES == 0;
        for (int k = 0; k < {inputs}; k++)
            if (!start || stride[k])
                x[k] = row(in[k] + start*stride[k], stride[k], count, copies[k]);
        for (int k = 0; k < {outputs}; k++)
            y[k] = direct && out[k] ? out[k] + start : rows[k];
{indent(body, "        ")}
        for (int k = 0; k < {outputs}; k++)
            if (out[k] && !direct)
                memcpy(out[k] + start, rows[k], (size_t)count*sizeof(double));
    }}
    return without;
}}"""


def _rates(name: str) -> str:
    body = """rates_by_bath(x, y, lanes);
for (ptrdiff_t i = 0; i < count; i++)
    without += y[rate_invalid][i] != 0.0;"""
    return _by_blocks(name, "INPUTS - 1", "RATES", "", body)


def _results(name: str, program: Program, loops: Loops) -> str:
    wants = (
        ("energies", program.outputs["energies"]),
        ("energetics", loops.energetics),
        ("currents", loops.currents),
        ("exchange", [*loops.currents, *loops.entropy]),
    )
    conditions = [
        filled(f"const int wants_{what} = {' || '.join(f'out[{Loops.column(s)}] != NULL' for s in symbols)};", 4)
        for what, symbols in wants  # of one bath there is one current: a pointer alone would not be an int
    ]
    body = f"""if (wants_exchange)
    rates(x, y, lanes, &kept, 1);
else
    rates(x, y, lanes, &kept, 0);
eliminate(x, y, lanes, &kept);
ptrdiff_t doubts = 0;
for (ptrdiff_t i = 0; i < count; i++)
    doubts += y[out_doubt][i] != 0.0;
if (doubts)
    without += reconsider(x, y, count, &kept);
if (out[{Loops.column(*loops.fraction)}])
    energetics(x, y, lanes, &kept, 1);
else if (wants_energetics)
    energetics(x, y, lanes, &kept, 0);
if (wants_energies)
    energies(x, y, lanes);
if (out[out_exergy])
    reference_state(x, y, lanes);
if (wants_currents)
    currents(x, y, lanes, &kept);
if (out[{Loops.column(*loops.entropy)}])
    entropy(x, y, lanes, &kept);"""
    return _by_blocks(name, "INPUTS", "OUTPUTS", "\n".join([*conditions, "struct kept kept ALIGNED;"]), body)

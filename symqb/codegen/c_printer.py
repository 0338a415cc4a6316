"""Prints a program as one self-contained C99 file: every output, for arrays of points, fast enough to be vectorised.

The file holds the primitives (primitives.c), one function for each of GROUPS whose loop computes the group's outputs
from the parameters (and from the populations), and one public function that runs them block by block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill, indent

import sympy as sp

import symqb
from symqb.codegen import phi_rational
from symqb.codegen.c_leaves import Leaves, denominators, name_of
from symqb.codegen.c_sorting import exchanges
from symqb.program import Call, Program, Section, Step

WIDTH = 100
#: Functions of the file: the outputs of each are computed together.
GROUPS = {
    "steady_state": ("populations",),
    "energetics": ("energies", "stored_energy", "stored_energy_fraction", "ergotropy"),
    "reference_state": ("exergy",),
    "exchange_with_baths": ("heat_current_", "entropy_production"),
}
#: Populations are safe where every exit is this much of all rates together.
SAFE_EXIT = 1e-20
#: and these are at least so large that no rate that matters underflows.
SMALLEST_RATES = 1e-50
#: A sum of squares above this is computed without underflow.
SMALLEST_SQUARE = 1e-240
EPS = 2.0**-52


def columns(program: Program) -> tuple[str, ...]:
    """The names of the steps that the public function can write, in its order."""
    return tuple(symbol.name for symbols in program.outputs.values() for symbol in symbols)


def c_file(program: Program) -> str:
    """The text of the file."""
    groups = [Group(program, name) for name in GROUPS]
    parts = [
        _header(program),
        "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <string.h>",
        _constants(),
        (Path(__file__).parent / "primitives.c").read_text(),
        _block(program),
        *(group.function() for group in groups),
        _public(program, groups),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


class Group:
    """One function of the file: the steps that some outputs need, in one loop over the points of a block."""

    def __init__(self, program: Program, name: str):
        self.program, self.name = program, name
        wanted = [key for key in program.outputs if key.startswith(GROUPS[name])]
        self.outputs = [symbol for key in wanted for symbol in program.outputs[key]]
        self.given = () if name == "steady_state" else program.outputs["populations"]
        self.guards = _Guards(program) if name == "steady_state" else None
        phis = [target for step in program.steps() for target in step.targets if _primitive(step) == "phi_pair"]
        self.leaves = Leaves(program.pairs(), frozenset(phis))
        self.sections = list(self._needed())

    def _needed(self) -> Iterator[tuple[Section, list[Step]]]:
        """(section, the steps of it that are needed), in order."""
        needed = set(self.outputs) | (self.guards.reads if self.guards else set())
        found = []
        for section in reversed(self.program.sections):
            steps = []
            for step in reversed(section.steps):
                if needed.intersection(step.targets) and not set(step.targets) <= set(self.given):
                    needed |= _reads(step)
                    steps.append(step)
            if steps:
                found.append((section, steps[::-1]))
        self.needed = needed
        return reversed(found)

    def function(self) -> str:
        """The text of the function."""
        inputs = [name for name in (*self.program.parameters, "T_eq") if sp.Symbol(name).name in self._names()]
        inputs += [symbol.name for symbol in self.given if symbol in self.needed]
        body = [f"const double {name_of(name)} = b->{name_of(name)}[i];" for name in inputs]
        for section, steps in self.sections:
            body += ["", f"/* {section.name} */", *self._section(steps)]
        if self.guards:
            body += ["", *self.guards.lines(self.leaves)]
        body += ["", *(f"b->{name_of(s)}[i] = {self.leaves(s)};" for s in self.outputs)]
        loop = indent("\n".join(body), " " * 8)
        return (
            f"static void {self.name}(struct block *b, ptrdiff_t lanes)\n{{\n"
            f"    for (ptrdiff_t i = 0; i < LANES*lanes; i++) {{\n{loop}\n    }}\n}}"
        )

    def _names(self) -> set[str]:
        return {symbol.name for symbol in self.needed}

    def _section(self, steps: Sequence[Step]) -> Iterator[str]:
        """Statements; a symbol by which several steps divide gets a named reciprocal."""
        divided = [d for step in steps if not isinstance(step.value, Call) for d in denominators(step.value)]
        divided += [d for step in steps if isinstance(step.value, Call) for a in step.value.arguments for d in denominators(a)]
        shared = {d for d in divided if divided.count(d) > 1}
        named = {target for step in steps for target in step.targets}
        self.leaves.reciprocals = frozenset(shared)
        for d in sorted(shared - named, key=str):
            yield self._reciprocal(d)
        for step in steps:
            yield from self._statement(step)
            for target in step.targets:
                if target in shared:
                    yield self._reciprocal(target)

    def _reciprocal(self, symbol: sp.Symbol) -> str:
        return f"const double per_{name_of(symbol)} = 1.0/{self.leaves(symbol)};"

    def _statement(self, step: Step) -> Iterator[str]:
        if isinstance(step.value, Call):
            yield from getattr(self, f"_{step.value.primitive}")([name_of(t) for t in step.targets], step.value.arguments)
            return
        yield _filled(f"const double {name_of(step.targets[0])} = {self.leaves(step.value)};")

    def _exact_sum(self, targets: list[str], terms: Sequence[sp.Expr]) -> Iterator[str]:
        order = {name: place for place, name in enumerate(self.program.parameters)}
        ordered = sorted(terms, key=lambda term: order.get(str(term.as_coeff_Mul()[1]), len(order)))  # shares prefixes
        text = ""
        for term in ordered:
            number, rest = term.as_coeff_Mul()
            if rest not in self.leaves.pairs:
                text = f"plus({text}, {self.leaves(term)})" if text else f"pair_of({self.leaves(term)})"
                continue
            x = name_of(rest) if number == 1 else f"scaled({name_of(rest)}, {float(number)!r})"
            text = f"plus_pair({text}, {x})" if text else x
        yield f"const pair {targets[0]} = {text if len(terms) == 1 else f'normalised({text})'};"

    def _root_of_squares(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        text = "pair_of(0.0)"
        for c, x in zip(arguments[::2], arguments[1::2], strict=True):
            part = name_of(x) if x in self.leaves.pairs else f"pair_of({self.leaves(x)})"
            text = f"plus_square({text}, {self.leaves(c)}, {part})"
        yield f"const pair {targets[0]} = square_root({text});"

    def _shifted_root(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        yield f"const double {targets[0]} = shifted_root({', '.join(map(self.leaves, arguments))});"

    def _magnitude(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        yield f"const double {targets[0]} = magnitude({self.leaves(arguments[0])});"

    def _positive_part(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        yield f"const double {targets[0]} = positive_part({self.leaves(arguments[0])});"

    def _standard_part(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        yield f"const double {targets[0]} = {self.leaves(arguments[0])};"

    def _balance(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        yield "/* balance: by 1, and the guards compare with the sum of all rates */"
        equal = ", ".join(f"{t} = {self.leaves(a)}" for t, a in zip(targets, arguments, strict=True))
        yield _filled(f"const double {equal};")

    def _phi_pair(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        omega, T = arguments
        both = f"phi_{targets[0].removeprefix('phi_up_')}"
        yield f"const both {both} = phi_pair({name_of(omega)}, {self.leaves(T)});"
        yield f"const double {targets[0]} = {both}.up, {targets[1]} = {both}.down;"

    def _sorted_by(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        yield _filled(f"double {', '.join(f'{t} = {self.leaves(a)}' for t, a in zip(targets, arguments, strict=True))};")
        half = len(targets) // 2
        for i, j in exchanges(half):
            yield f"ascend(&{targets[i]}, &{targets[half + i]}, &{targets[j]}, &{targets[half + j]});"

    def _descending(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        yield _filled(f"double {', '.join(f'{t} = {self.leaves(a)}' for t, a in zip(targets, arguments, strict=True))};")
        yield from (f"descend(&{targets[i]}, &{targets[j]});" for i, j in exchanges(len(targets)))

    def _free_energy_above_gibbs(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        T, *rest = map(self.leaves, arguments)
        half = len(rest) // 2
        e, r = (f"(const double[]){{{', '.join(part)}}}" for part in (rest[:half], rest[half:]))
        yield _filled(f"const double {targets[0]} = free_energy_above_gibbs({T}, {half}, {e}, {r});")

    def _entropy_flow(self, targets: list[str], arguments: Sequence[sp.Expr]) -> Iterator[str]:
        yield _filled(f"const double {targets[0]} = entropy_flow({', '.join(map(self.leaves, arguments))});")


class _Guards:
    """Where plain float64 may not do: such points are marked in b->doubt."""

    def __init__(self, program: Program):
        self.program = program
        self.totals = [s for section in program.sections if section.name == "totals" for s in section.targets]
        self.shaped = any(section.name == "densities" for section in program.sections)
        self.roots = [step for step in program.steps() if _primitive(step) == "root_of_squares"]
        self.norm = next(d for p in program.outputs["populations"] for step in program.steps() if p in step.targets
                         for d in step.value.arguments[0].free_symbols if d.name == "norm")  # fmt: skip
        self.steps = {t: step.value for step in program.steps() for t in step.targets}
        self.reads = {*self.totals, *program.exits, self.norm, *(c.omega for c in program.crossings)}
        self.reads |= {rate.symbol for rate in program.rates} if self.shaped else set()
        for gap in (*(d.gap for d in program.degeneracies), *program.outputs["energies"]):
            self.reads |= set().union(*(a.free_symbols for a in self.steps[gap].arguments))
        self.reads |= set().union(*(step.targets for step in self.roots))

    def lines(self, leaves: Leaves) -> Iterator[str]:
        yield "/* guards: written so that NaN fails them */"
        total = " + ".join(map(leaves, self.totals))
        yield _filled(f"const double all_rates = {total}, scale = {self._scale(leaves)};")
        tests = [f"all_rates > {SMALLEST_RATES!r}", f"{leaves(self.norm)} < HUGE_VAL"]
        tests += [f"{leaves(exit)} > {SAFE_EXIT!r}*all_rates" for exit in self.program.exits]
        if self.shaped:
            tests += [f"{leaves(rate.symbol)} >= 0.0" for rate in self.program.rates]
        tests += [f"fabs({leaves(c.omega)}) > {EPS!r}*scale" for c in self.program.crossings]
        tests += [f"{leaves(root.targets[0])} > {SMALLEST_SQUARE**0.5!r}" for root in self.roots]
        for d in self.program.degeneracies:
            terms = self.steps[d.gap].arguments
            bound = (len(terms) + 2) * EPS
            tests.append(f"fabs({leaves(sp.Add(*terms))}) > {bound!r}*scale")
        yield _filled(f"b->doubt[i] = {' & '.join(f'({test})' for test in dict.fromkeys(tests))} ? 0.0 : 1.0;")

    def _scale(self, leaves: Leaves) -> str:
        """Not less than any |energy|, nor than the sum of the magnitudes of any gap's terms."""
        largest: dict[sp.Expr, sp.Expr] = {}
        for gap in (*(d.gap for d in self.program.degeneracies), *self.program.outputs["energies"]):
            sizes: dict[sp.Expr, sp.Expr] = {}
            for term in self.steps[gap].arguments:
                number, rest = term.as_coeff_Mul()
                sizes[rest] = sizes.get(rest, 0) + abs(number)
            largest |= {rest: sp.Max(size, largest.get(rest, 0)) for rest, size in sizes.items()}
        return " + ".join(f"{float(size)!r}*fabs({leaves(rest)})" for rest, size in largest.items())


def _primitive(step: Step) -> str | None:
    return step.value.primitive if isinstance(step.value, Call) else None


def _reads(step: Step) -> set[sp.Symbol]:
    arguments = step.value.arguments if isinstance(step.value, Call) else (step.value,)
    return set().union(*(argument.free_symbols for argument in arguments))


def _filled(statement: str) -> str:
    return fill(statement, WIDTH - 8, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


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


def _header(program: Program) -> str:
    return f"/* {program.title} */"


def _inputs(program: Program) -> list[str]:
    return [name_of(name) for name in (*program.parameters, "T_eq")]


def _block(program: Program) -> str:
    arrays = [f"{name}[BLOCK]" for name in (*_inputs(program), *map(name_of, columns(program)), "doubt")]
    return "\n".join(
        [
            "/* Points are computed LANES at a time, the widest vector, and read and written BLOCK at a time. */",
            "enum { LANES = 8, BLOCK = 64 };",
            "",
            "struct block {",
            indent(_filled(f"double {', '.join(arrays)};"), "    "),
            "};",
        ]
    )


def _public(program: Program, groups: Sequence[Group]) -> str:
    inputs, outputs = _inputs(program), [*map(name_of, columns(program)), "doubt"]
    places = {name: place for place, name in enumerate(outputs)}
    runs = []
    for group in groups:
        runs.append((group.name, " || ".join(f"out[{places[name_of(s)]}]" for s in group.outputs)))
    calls = "\n".join(_filled(f"if ({wanted})") + f"\n    {name}(&b, lanes);" for name, wanted in runs[1:])
    return f"""static void load(double *to, const double *from, ptrdiff_t stride, ptrdiff_t count)
{{
    if (stride == 1)
        memcpy(to, from, (size_t)count*sizeof(double));
    else
        for (ptrdiff_t i = 0; i < count; i++)
            to[i] = from[i*stride];
    for (ptrdiff_t i = count; i % LANES; i++)
        to[i] = to[count - 1];
}}

ptrdiff_t {name_of(program.name)}(ptrdiff_t n, const double *const in[], const ptrdiff_t stride[], double *const out[])
{{
    struct block b ALIGNED;
    double *const inputs[] = {{{", ".join(f"b.{name}" for name in inputs)}}};
    const double *const outputs[] = {{{", ".join(f"b.{name}" for name in outputs)}}};
    enum {{ INPUTS = sizeof inputs/sizeof *inputs, OUTPUTS = sizeof outputs/sizeof *outputs }};
    ptrdiff_t doubtful = 0;
    for (ptrdiff_t start = 0; start < n; start += BLOCK) {{
        const ptrdiff_t count = n - start < BLOCK ? n - start : BLOCK, lanes = (count + LANES - 1)/LANES;
        for (int k = 0; k < INPUTS; k++)
            if (stride[k] || !start)
                load(inputs[k], in[k] + start*stride[k], stride[k], count);
        steady_state(&b, lanes);
{indent(calls, "        ")}
        for (int k = 0; k < OUTPUTS; k++)
            if (out[k])
                memcpy(out[k] + start, outputs[k], (size_t)count*sizeof(double));
        for (ptrdiff_t i = 0; i < count; i++)
            doubtful += b.doubt[i] != 0.0;
    }}
    return doubtful;
}}"""

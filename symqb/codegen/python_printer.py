"""Prints a program as a Python module. The sections are the same text for every arithmetic; the arithmetic differs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import fill, indent
from types import ModuleType

import sympy as sp
from sympy.printing.pycode import PythonCodePrinter

import symqb
from symqb.codegen import log_rational, phi_rational
from symqb.codegen.ages import Ages, added
from symqb.codegen.python_tables import WIDTH, bracketed, evaluate, registry, tables
from symqb.program import Call, Program, Section, Step

#: The primitives that take pairs as they are; all else takes their value.
TAKES_PAIRS = ("exact_sum", "root_of_squares", "phi_pair")
MARK = "# --- copied from here ---\n"
#: What generated modules may import beside the standard library.
THIRD_PARTY = ("numpy", "mpmath", "flint", "numba", "llvmlite", "jax")
#: The modules that become part of what is generated, in order.
SOURCES = {
    "numpy": (
        *("dataflow.py", "pairs_numpy.py", "phi_numpy.py", "arithmetic_numpy.py", "extended_numpy.py"),
        *("evaluate_numpy.py", "watched.py", "tape_numpy.py", "sorting.py", "known_order.py", "rows_numpy.py"),
        *("sums_numpy.py", "order_numpy.py", "blocks_numpy.py", "phi_rows_numpy.py", "kernel_numpy.py"),
    ),
    "mpmath": ("dataflow.py", "arithmetic_mpmath.py"),
    "arb": ("dataflow.py", "arithmetic_arb.py"),
    "numba": (
        *("dataflow.py", "sorting.py", "grid.py", "vectors_numba.py", "pairs_numba.py", "logs_numba.py"),
        *("energetics_numba.py", "arithmetic_numba.py", "phi_numba.py", "calls_numba.py", "kernel_numba.py"),
    ),
    "jax": ("dataflow.py", "watched.py", "sorting.py", "slope_jax.py", "arithmetic_jax.py", "evaluate_jax.py"),
}
#: Constants that an arithmetic reads, by the module that derives them.
CONSTANTS: dict[str, dict[ModuleType, tuple[str, ...]]] = {
    "numpy": {phi_rational: ("LOG2E", "SHIFT", "LN2_HI", "LN2_LO", "LN2", "LN2_REST", "FAR", "C")},
    "numba": {
        phi_rational: ("LOG2E", "SHIFT", "LN2", "LN2_REST", "LARGEST", "FAR", "TINY", "C"),
        log_rational: ("LN2_HIGH", "LN2_LOW", "SCALE", "ARTANH", "EXP"),
    },
    "jax": {phi_rational: ("LOG2E", "LN2_HI", "LN2_LO", "LARGEST", "C")},
}


class LeafPrinter(PythonCodePrinter):  # type: ignore[misc]
    """SymPy's printer for the arithmetic inside one step, with constants that stay exact in any arithmetic."""

    def __init__(self, program: Program):
        super().__init__({"fully_qualified_modules": False})
        self.pairs = program.pairs()
        self.ages = Ages(program)

    def _print_Symbol(self, symbol: sp.Symbol) -> str:
        return f"ar.value({symbol.name})" if symbol in self.pairs else str(symbol.name)

    def _print_Rational(self, number: sp.Rational) -> str:
        dyadic = number.q & (number.q - 1) == 0
        return repr(float(number)) if dyadic else f"ar.ratio({number.p}, {number.q})"

    def _print_exp(self, expr: sp.exp) -> str:
        return f"ar.exp({self._print(expr.args[0])})"

    def _print_log(self, expr: sp.log) -> str:
        return f"ar.log({self._print(expr.args[0])})"

    def _print_Mul(self, product: sp.Mul) -> str:
        """Symbols in the order of their definition: what several products have in common comes first."""
        if not all(factor.is_Symbol for factor in product.args):
            return str(super()._print_Mul(product))
        return "*".join(map(self._print, sorted(product.args, key=self.ages.of)))

    def _print_Add(self, total: sp.Add) -> str:
        return added(self.ages.ordered(total), self._print) if _of_products(total) else str(super()._print_Add(total))

    def terms(self, total: sp.Add) -> list[str]:
        """The terms as they are added."""
        ordered = self.ages.ordered(total) if _of_products(total) else total.as_ordered_terms()
        return [self._print(term) for term in ordered]

    def _print_Pow(self, power: sp.Pow, rational: bool = False) -> str:
        if power.exp == sp.S.Half:
            return f"ar.sqrt({self._print(power.base)})"
        if not power.exp.is_Integer:
            return f"ar.power({self._print(power.base)}, {self._print(power.exp)})"
        return str(super()._print_Pow(power, rational=rational))


def _of_products(total: sp.Add) -> bool:
    """Whether all terms are symbols, products of symbols, or positive numbers."""
    return all(x.is_Symbol or (x is term and x.is_positive) for term in total.args for x in sp.Mul.make_args(term))


def python_module(program: Program, arithmetic: str) -> str:
    """The text of a module with the tables that the front door reads and, but for Numba, ``evaluate``.

    ``arithmetic`` is one of SOURCES; the module needs that package, NumPy and nothing else.
    """
    sources = [_source(name) for name in SOURCES[arithmetic]]
    imports = _merged(line for lines, _ in sources for line in lines)
    printer = LeafPrinter(program)
    parts = [
        _header(program, arithmetic),
        imports,
        tables(program),
        *_constants(arithmetic),
        *(body for _, body in sources),
        *(_function(section, printer) for section in program.sections),
        registry(program),
        *([] if arithmetic == "numba" else [evaluate(program)]),
    ]
    return "\n\n\n".join(part.strip("\n") for part in parts) + "\n"


def _source(name: str) -> tuple[list[str], str]:
    """Import lines and body of a template module; imports of symqb itself are dropped."""
    head, body = (Path(__file__).parent / name).read_text().split(MARK)
    imports = [line for line in head.splitlines() if line.startswith(("from ", "import ")) and " symqb" not in line]
    return imports, body


def _merged(lines: Iterable[str]) -> str:
    """One import line a module, the standard library first."""
    names: dict[str, set[str]] = {}
    for line in lines:
        start, _, imported = line.partition(" import ")
        names.setdefault(start, set()).update(imported.split(", ") if imported else ())
    third_party = {start for start in names if start.split()[1].partition(".")[0] in THIRD_PARTY}
    groups = [sorted(set(names) - third_party), sorted(third_party)]
    return "\n\n".join(
        "\n".join(start + (f" import {', '.join(sorted(names[start]))}" if names[start] else "") for start in group)
        for group in groups
    )


def plain(title: str) -> str:
    """A title that can stand in a docstring."""
    return title.replace("\\", "/").replace('"', "'")


def _header(program: Program, arithmetic: str) -> str:
    lines = [
        f'"""{plain(program.title)}: evaluator in {arithmetic} arithmetic.',
        "",
        f"Generated by symqb {symqb.__version__} with SymPy {sp.__version__}; do not edit, run `symqb generate`.",
        f"Expressions (SHA-256): {program.digest()}",
        "",
        "Operations at one point, by section:",
    ]
    for section, counts in program.operations().items():
        listed = ", ".join(f"{number} {name}" for name, number in counts.items()) or "none"
        lines.append(fill(f"{section}: {listed}", WIDTH, initial_indent="    ", subsequent_indent="        "))
    return "\n".join([*lines, '"""'])


def _constants(arithmetic: str) -> list[str]:
    """What phi_rational and log_rational derive, as numbers."""
    what = {phi_rational: "phi(omega, T)", log_rational: "ln(a/b) and e^-y"}
    return [
        "\n".join(
            [
                f"#: {what[module]}: see {module.__name__.replace('.', '/')}.py.",
                *(f"{name} = {getattr(module, name)!r}" for name in names),
            ]
        )
        for module, names in CONSTANTS.get(arithmetic, {}).items()
    ]


def _function(section: Section, printer: LeafPrinter) -> str:
    lines = [
        bracketed(f"def {section.name}(", ["ar", *(symbol.name for symbol in section.inputs)], "):", 0),
        *(_statement(step, printer) for step in section.steps),
        bracketed("return (", [symbol.name for symbol in section.targets], ")", 4, last_comma=True),
    ]
    return "\n".join(lines)


def _statement(step: Step, printer: LeafPrinter) -> str:
    names = [target.name for target in step.targets]
    if isinstance(step.value, Call):
        arguments = list(_arguments(step.value, printer))
        call = f" = ar.{step.value.primitive}("
        if len(", ".join(names)) < WIDTH // 2:
            return bracketed(", ".join(names) + call, arguments, ")", 4)
        return bracketed("(", names, ")" + call, 4) + "\n" + bracketed("", arguments, ")", 8)
    whole = f"    {names[0]} = {printer.doprint(step.value)}"
    if len(whole) <= WIDTH:
        return whole
    if not isinstance(step.value, sp.Add):
        text = fill(printer.doprint(step.value), WIDTH - 8, break_long_words=False, break_on_hyphens=False)
        return f"    {names[0]} = (\n{indent(text, ' ' * 8)}\n    )"
    first, *rest = printer.terms(step.value)
    terms = "".join(f"\n        {term if term.startswith('-') else '+ ' + term}" for term in rest)
    return f"    {names[0]} = (\n        {first}{terms}\n    )"


def _arguments(call: Call, printer: LeafPrinter) -> Iterable[str]:
    for argument in call.arguments:
        number, rest = argument.as_coeff_Mul()
        if call.primitive not in TAKES_PAIRS or rest not in printer.pairs:
            yield printer.doprint(argument)
        elif number == 1:
            yield rest.name
        else:  # a power of two, which scales a pair without rounding
            yield f"ar.scaled({rest.name}, {printer.doprint(number)})"

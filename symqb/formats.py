"""The derivation as plain text, as runnable Python, as Wolfram Language, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sympy as sp
from sympy.printing.mathematica import MCodePrinter
from sympy.printing.pycode import PythonCodePrinter

import symqb
from symqb.codegen.python_printer import plain
from symqb.document import Part, parts
from symqb.errors import UnknownChoice
from symqb.formulas import Formula, text
from symqb.latex import align, latex
from symqb.model import Model

#: Where the equation numbers come from.
PAPER = "Phys.\\ Rev.\\ A \\textbf{109}, 042619 (2024)"


def render(model: Model, form: str, show: Sequence[str] = ()) -> str:
    """The derivation of ``model``, or its parts named in ``show``, in one of ``FORMATS``. Raises ``UnknownChoice``."""
    if form not in FORMATS:
        raise UnknownChoice("format", form, FORMATS)
    return FORMATS[form](model, list(parts(model, show)))


def _text(model: Model, chosen: Iterable[Part]) -> str:
    blocks = [f"{model.title}\n"]
    for part in chosen:
        blocks.append(f"{part.title}\n{'-' * len(part.title)}")
        blocks += ["\n".join(map(text, group)) + "\n" for group in part.groups]
    return "\n".join(blocks)


class _Python(PythonCodePrinter):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__({"allow_unknown_functions": True, "fully_qualified_modules": True})

    def _print_SortedBy(self, expr: sp.Expr) -> str:
        keys, values = map(self._print, expr.args)
        return f"[x for _, x in sorted(zip({keys}, {values}))]"

    def _print_Descending(self, expr: sp.Expr) -> str:
        return f"sorted({self._print(sp.Tuple(*expr.args))}, reverse=True)"

    def _print_MatrixBase(self, matrix: sp.MatrixBase) -> str:
        return "[" + ", ".join(self._print(sp.Tuple(*row)) for row in matrix.tolist()) + "]"

    _print_ImmutableDenseMatrix = _print_MatrixBase


PYTHON_HEAD = '''"""{title}, derived by symqb {version}.

Set {parameters} and T_eq, then run the lines below. They are formulas, not evaluators: the exergy needs T_eq > 0, the
entropy production both temperatures > 0, and neither a population that underflows; all else holds at T = 0 too.
"""

import math


def phi(omega, T):
    """omega/(exp(omega/T) - 1) for every sign of omega and T >= 0."""
    if T == 0 or omega > 700*T:
        return max(-omega, 0) if T == 0 else omega*math.exp(-omega/T)
    return T if omega == 0 else omega/math.expm1(omega/T)

'''


def _python(model: Model, chosen: Iterable[Part]) -> str:
    parameters = ", ".join(model.program.parameters)
    lines = [PYTHON_HEAD.format(title=plain(model.title), version=symqb.__version__, parameters=parameters)]
    return "".join(lines) + _assignments(chosen, _Python(), "# {}", "# {}")


class _Wolfram(MCodePrinter):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__({"user_functions": {"phi": "phi"}, "allow_unknown_functions": True})

    def _print_Symbol(self, symbol: sp.Symbol) -> str:
        """Underscores are patterns in the Wolfram Language: kappa_L becomes kappaL, k_6_8_1 becomes k6$8$1."""
        name: str = symbol.name
        name = re.sub(r"(?<=\d)_(?=\d)", "$", name)
        return re.sub(r"_(.)", lambda match: match.group(1).upper(), name)

    def _print_SortedBy(self, expr: sp.Expr) -> str:
        keys, values = map(self._print, expr.args)
        return f"SortBy[Transpose[{{{keys}, {values}}}], N[First[#]] &][[All, 2]]"

    def _print_Descending(self, expr: sp.Expr) -> str:
        return f"Reverse[SortBy[{self._print(sp.Tuple(*expr.args))}, N]]"

    def _print_Tuple(self, expr: sp.Tuple) -> str:
        return "{" + ", ".join(map(self._print, expr)) + "}"


WOLFRAM_HEAD = """(* {title}, derived by symqb {version}; set {parameters} first. *)

phi[w_, T_] := Which[T == 0, Max[-w, 0], w == 0, T, True, w/(Exp[w/T] - 1)];

"""


def _wolfram(model: Model, chosen: Iterable[Part]) -> str:
    printer = _Wolfram()
    names = [*model.program.parameters, "T_eq"]
    parameters = ", ".join(printer.doprint(sp.Symbol(name)) for name in names)
    head = WOLFRAM_HEAD.format(title=model.title.replace("*)", "* )"), version=symqb.__version__, parameters=parameters)
    return head + _assignments(chosen, printer, "(* {} *)", "(* {} *)", ";")


def _assignments(chosen: Iterable[Part], printer: Any, heading: str, remark: str, end: str = "") -> str:
    """One assignment a formula; what defines no number (operators, ratios) becomes a remark."""
    blocks = []
    known: set[sp.Basic] = set()
    for part in chosen:
        lines = [heading.format(part.title)]
        for formula in part.formulas():
            if _defines(formula, known):
                known.update(formula.left if isinstance(formula.left, sp.Tuple) else [formula.left])
                lines.append(f"{printer.doprint(formula.left)} = {printer.doprint(formula.right)}{end}")
            else:
                lines += [remark.format(line) for line in text(formula).splitlines()]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _defines(formula: Formula, known: set[sp.Basic]) -> bool:
    """Whether the formula assigns numbers to names that have none yet."""
    names = formula.left if isinstance(formula.left, sp.Tuple) else (formula.left,)
    if not all(isinstance(name, sp.Symbol) and name.is_commutative and name not in known for name in names):
        return False
    symbols = formula.right.free_symbols
    return all(symbol.is_commutative for symbol in symbols) and not re.match(r"(pdot|rho_dot)", str(formula.left))


def _json(model: Model, chosen: Iterable[Part]) -> str:
    content: Mapping[str, Any] = {
        "model": model.name,
        "title": model.title,
        "symqb": symqb.__version__,
        "parameters": dict(model.program.parameters),
        "parts": [
            {"name": part.name, "title": part.title, "formulas": [_entry(f, model.numbers) for f in part.formulas()]}
            for part in chosen
        ],
    }
    return json.dumps(content, indent=1) + "\n"


def _entry(formula: Formula, numbers: Mapping[str, str]) -> dict[str, str]:
    right = formula.right.tolist() if isinstance(formula.right, sp.MatrixBase) else formula.right
    entry = {"left": str(formula.left), "right": str(right), "latex": f"{latex(formula.left)} = {latex(formula.right)}"}
    return {**entry, "equation": numbers[formula.about]} if formula.about in numbers else entry


def fragment(parts: Iterable[Part], numbers: Mapping[str, str] | None = None) -> str:
    r"""Sections without a preamble, for \input; needs amsmath. ``numbers`` as in ``align``."""
    blocks = ["% Needs amsmath."]
    for part in parts:
        blocks.append(rf"\section*{{{part.title}}}" + "\n" + part.text)
        blocks.extend(align(group, numbers) for group in part.groups)
    return "\n\n".join(blocks) + "\n"


def document(title: str, parts: Iterable[Part], numbers: Mapping[str, str] | None = None) -> str:
    """A document that pdflatex compiles with amsmath and geometry alone."""
    escaped = re.sub(r"([&%$#_{}])", r"\\\1", plain(title)).replace("^", r"\^{}").replace("~", r"\~{}")
    return "\n".join(
        [
            r"\documentclass[11pt,a4paper]{article}",
            r"\usepackage{amsmath}",
            r"\usepackage[margin=2.5cm]{geometry}",
            r"\allowdisplaybreaks",
            rf"\title{{{escaped}}}",
            rf"\author{{Derived by symqb {symqb.__version__}}}",
            r"\date{}",
            r"\begin{document}",
            r"\maketitle",
            *([f"Numbers at the right margin name the corresponding equations of {PAPER}.\n"] if numbers else []),
            fragment(parts, numbers) + r"\end{document}",
            "",
        ]
    )


def _latex(model: Model, chosen: Iterable[Part]) -> str:
    return document(model.title, chosen, model.numbers)


def _fragment(model: Model, chosen: Iterable[Part]) -> str:
    return fragment(chosen)


#: Formats by name.
FORMATS: Mapping[str, Callable[[Model, Iterable[Part]], str]] = {
    "text": _text,
    "latex": _latex,
    "fragment": _fragment,
    "python": _python,
    "wolfram": _wolfram,
    "json": _json,
}

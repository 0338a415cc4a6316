"""LaTeX in the paper's notation: named intermediates, aligned, long lines broken at their summands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.printing.latex import LatexPrinter

from symqb.bose import phi
from symqb.formulas import Formula

#: Widest line, in typeset characters, that fits the text block of LaTeX's plain article class at 10 pt.
WIDTH = 50

#: More formulas than this, if they are short, stand in columns.
MANY = 12

#: Program names that the paper writes in its own way; the first pattern that matches the whole name decides.
NOTATION: Sequence[tuple[str, str]] = (
    (r"([ae])_(\w+)_([A-Za-z]+)", r"\\gamma_{\2}^{(\3,\1)}"),
    (r"([AE])b_(\w+)", r"\\tilde \1_{\2}"),
    (r"phi_up_(\w+)_([A-Za-z]+)", r"\\varphi_{\1}^{(\2,a)}"),
    (r"phi_down_(\w+)_([A-Za-z]+)", r"\\varphi_{\1}^{(\2,e)}"),
    (r"(gap|overlap)_(\d+)_(\d+)", r"\\mathrm{\1}_{\2,\3}"),
    (r"gain_(\d+)", r"\\mathrm{gain}_{\1}"),
    (r"w_(\w+)_([A-Za-z]+)", r"w_{\1}^{(\2)}"),
    (r"p_(\d)", r"\\rho_{\1\1}"),
    (r"p_(\d+)", r"\\rho_{\1,\1}"),
    (r"pdot_(\d)", r"\\dot\\rho_{\1\1}"),
    (r"pdot_(\d+)", r"\\dot\\rho_{\1,\1}"),
    (r"S_0_(\w+)", r"A_{\1}(0)"),
    (r"S_(\w+)_([A-Za-z]+)", r"A_{\2}(\\omega_{\1})"),
    (r"S_(\w+)_([A-Za-z]+)(\d+)", r"A_{\2,\3}(\\omega_{\1})"),
    (r"f_(\d+)_(\d+)", r"f_{\1,\2}"),
    (r"k_(\d+)_(\d+)_(\d+)", r"k_{\1,\2}^{(\3)}"),
    (r"norm", r"\\mathcal{N}"),
    (r"rho_dot", r"\\dot\\rho"),
    (r"e_(\d+)", r"\\varepsilon_{\1}"),
    (r"T_eq", r"T_{\\mathrm{eq}}"),
    (r"stored_energy", r"\\Delta E_B(\\infty)"),
    (r"stored_energy_fraction", r"\\Delta E_B(\\infty)/\\Delta E_B^{\\max}"),
    (r"ergotropy", r"W"),
    (r"maximum", r"\\max"),
    (r"entropy", r"S(\\rho_p)"),
    (r"exergy", r"\\Sigma_{\\mathrm{ex}}"),
    (r"heat_current_(\w+)", r"Q_{\1}"),
    (r"entropy_production", r"\\dot S_{\\mathrm{i}}"),
)

#: How a formula's relation is typeset, where not as it stands.
RELATIONS = {"!=": r"\neq", "->": r"\to"}


class Printer(LatexPrinter):  # type: ignore[misc]
    """SymPy's printer with the names of ``NOTATION``."""

    def __init__(self) -> None:
        super().__init__({"mat_delim": "", "mat_str": "pmatrix", "ln_notation": True})

    def _print_Add(self, expr: sp.Add, order: str | None = None) -> str:
        return joined(map(self._print, summands(expr)))

    def _print_log(self, expr: sp.log, exp: str | None = None) -> str:
        if expr.args[0].is_Symbol and exp is None:
            return rf"\ln {self._print(expr.args[0])}"
        return str(super()._print_log(expr, exp))

    def _print_Symbol(self, symbol: sp.Symbol, style: str = "plain") -> str:
        for pattern, replacement in NOTATION:
            match = re.fullmatch(pattern, symbol.name)
            if match:
                return match.expand(replacement)
        return str(super()._print_Symbol(symbol))

    def _print_SortedBy(self, expr: sp.Expr) -> str:
        keys, values = expr.args
        if keys == values:
            return rf"\mathrm{{sort}}{self._print(keys)}"
        return rf"{self._print(values)}\ \text{{by ascending energy}}"

    def _print_Descending(self, expr: sp.Expr) -> str:
        return rf"\mathrm{{sort}}^{{\downarrow}}{self._print(sp.Tuple(*expr.args))}"

    def _print_Function(self, expr: sp.Expr, exp: str | None = None) -> str:
        """The primitives of ``symqb.program`` as what they stand for, or by name."""
        if not isinstance(expr, AppliedUndef):
            return str(super()._print_Function(expr, exp))
        match expr.func.__name__, expr.args:
            case "exact_sum", terms:
                return joined(map(self._print, terms))
            case "root_of_squares", (*pairs,):
                squares = (c * x**2 for c, x in zip(pairs[::2], pairs[1::2], strict=True))
                return str(self._print(sp.sqrt(sp.Add(*squares))))
            case "phi_pair", (omega, T):
                return str(self._print(sp.Tuple(phi(omega, T), phi(-omega, T))))
            case name, arguments:
                shown = name.replace("_", r"\_")
                return rf"\mathrm{{{shown}}}{self._print(sp.Tuple(*arguments))}"

    def _print_Tuple(self, expr: sp.Tuple) -> str:
        return rf"({', '.join(self._print(item) for item in expr)})"


PRINTER = Printer()


def latex(expr: sp.Basic) -> str:
    """One expression."""
    return str(PRINTER.doprint(expr))


def summands(expr: sp.Add) -> list[sp.Expr]:
    """The terms as people write them: positive ones first, numbers last: E_2 - E_1, epsilon + 1."""
    return sorted(expr.as_ordered_terms(), key=lambda term: (term.could_extract_minus_sign(), term.is_Number))


def joined(terms: Iterable[str]) -> str:
    """A sum of printed terms."""
    first, *rest = terms
    return first + "".join(map(_signed, rest))


def _signed(term: str) -> str:
    return f" - {term[1:].lstrip()}" if term.startswith("-") else f" + {term}"


def align(formulas: Iterable[Formula], numbers: Mapping[str, str] | None = None) -> str:
    """An ``align*`` environment.

    ``numbers`` maps what a formula is about to its equation number in the paper; it becomes a tag, once per run of
    formulas that share one.
    """
    formulas = list(formulas)
    room = WIDTH - max((width(latex(formula.left)) for formula in formulas), default=0)
    lines: list[str] = []
    tag = ""
    for formula in formulas:
        lines += _lines(formula, room)
        number = (numbers or {}).get(formula.about, "")
        if number not in ("", tag):
            lines[-1] += rf" \tag{{{number}}}"
        tag = number
    if (
        len(lines) == len(formulas) > MANY
        and max(map(width, lines)) < 2 * WIDTH // 3
        and not any(r"\tag" in line for line in lines)
    ):
        lines = _columns(lines)
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"


def _columns(lines: list[str]) -> list[str]:
    """Short formulas side by side, to be read row by row."""
    fitting = min(3, WIDTH // max(map(width, lines)) + 1)  # subscripts, of which these are full, take less room
    count = next((c for c in range(fitting, 1, -1) if len(lines) % c == 0), fitting)
    return [" & ".join(lines[i : i + count]) for i in range(0, len(lines), count)]


def _lines(formula: Formula, room: int) -> list[str]:
    """``left &= right``, continued on further lines before the summand that would leave the ``room``."""
    relation = RELATIONS.get(formula.relation, formula.relation)
    if not isinstance(formula.right, sp.Add):
        return [f"{latex(formula.left)} &{relation} {latex(formula.right)}"]
    first, *rest = map(latex, formula.terms or summands(formula.right))
    lines = [first]
    for term in map(_signed, rest):
        if width(lines[-1] + term) > room:
            lines.append(r"\quad")
        lines[-1] += term
    return [f"{latex(formula.left)} &{relation} {lines[0]}", *(f"&{line}" for line in lines[1:])]


def width(text: str) -> int:
    """About how many characters ``text`` takes when typeset; of a fraction, the wider part."""
    fraction = re.compile(r"\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}")
    while match := fraction.search(text):
        text = text.replace(match.group(0), max(match.groups(), key=width))
    text = re.sub(r"\\(left|right|mathrm|mathcal|text|quad|dot)\b", "", text)
    return len(re.sub(r"[{}_^&\s]", "", re.sub(r"\\[A-Za-z]+", "x", text)))

"""The audit as a LaTeX document: what is wrong in print, then the verdict on every equation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import sympy as sp

from proofs.audit import Entry, store
from proofs.checker import parse, relation
from proofs.consequences import FIGURE_12, comparisons
from proofs.methods.identity import read
from proofs.verdict import Status
from symqb.output import write

PREAMBLE = r"""\documentclass[10pt]{article}
\usepackage[a4paper,margin=22mm]{geometry}
\usepackage{amsmath,amssymb,longtable}
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\begin{document}
\section*{Phys. Rev. A \textbf{109}, 042619: every printed equation, checked}
"""
#: Relations of a correction that are shown; a longer list is that of the derived formulas.
SHOWN = 8
#: Characters of LaTeX after which a line may be broken.
WIDE = 150
#: Names in words that are symbols.
NAME = re.compile(r"(omega|T|E|A|n|e|a|p)_\w+|kappa|epsilon|omega|alpha|Delta|J|B0")
SIGNS = {">": ">", ">=": r"\geq", "=": "="}
ERRATA = "audit.tex"


def publish(entries: Sequence[Entry], folder: Path) -> None:
    """Write the audit as data and as a document."""
    store(entries, folder)
    write(folder / ERRATA, document(entries))


def document(entries: Sequence[Entry]) -> str:
    """The whole text; compiles with pdflatex."""
    wrong = [entry for entry in entries if entry.status in (Status.CORRECTED, Status.REFUTED)]
    parts = [PREAMBLE, r"\subsection*{What does not hold as printed}", *map(_erratum, wrong)]
    parts += [r"\subsection*{What follows for three qubits}", *_consequences()]
    parts += [r"\subsection*{All equations}", r"\begin{longtable}{llp{110mm}}"]
    numbered = (e for e in entries if e.latex)
    parts += [rf"{_text(_label(e))} & {e.status} & {_text(e.words or e.reason)} \\" for e in numbered]
    return "\n".join([*parts, r"\end{longtable}", r"\end{document}", ""])


def _consequences() -> list[str]:
    at = ", ".join(f"{name} = {value:g}" for name, value in FIGURE_12.items())
    words = "Stored energy and ergotropy, derived and from the printed equations with (27) and Appendix B, at"
    rows = [
        rf"{c.system} & {c.epsilon} & {c.stored_energy:.4f} & {c.stored_energy_printed:.4f} & {c.ergotropy:.4f} & "
        rf"{c.ergotropy_printed:.4f} \\"
        for c in comparisons()
    ]
    head = r"printed & $\epsilon$ & $\Delta E_B$ & as printed & $W$ & as printed \\ \hline"
    return [
        _text(f"{words} {at}:"),
        r"\begin{center}\begin{tabular}{llrrrr}",
        head,
        *rows,
        r"\end{tabular}\end{center}",
    ]


def _label(entry: Entry) -> str:
    return f"({entry.number})" if entry.number[-1].isdigit() or entry.number[0].isdigit() else entry.number


def _erratum(entry: Entry) -> str:
    lines = [rf"\paragraph{{{_text(_label(entry))}, {entry.status}.}} {_text(entry.words)}"]
    lines += ["Printed:", r"\begin{gather*}", _broken(entry.latex), r"\end{gather*}"] if entry.latex else []
    lines.append(_text(entry.note))
    lines.append(_text(f"As printed it is {entry.reason}."))
    if entry.holds:
        lines += [_text(f"Instead: {entry.instead}"), r"\begin{gather*}"]
        lines += [_broken(r", \quad ".join(map(_relation, entry.holds[:SHOWN]))), r"\end{gather*}"]
        lines += [_text(f"and {len(entry.holds) - SHOWN} more.")] if len(entry.holds) > SHOWN else []
    return "\n".join(line for line in lines if line)


def _broken(latex: str) -> str:
    """A printed formula with its parts below each other, and a long one broken after some of its terms."""
    return r" \\ ".join(line for part in latex.split(r", \quad ") for line in _lines(part))


def _lines(part: str) -> list[str]:
    lines, depth = [""], 0
    for word in part.split(" "):
        if word in ("+", "-") and depth == 0 and len(lines[-1]) > WIDE:
            lines.append("")
        depth += word.count("{") - word.count("}") + word.count(r"\left") - word.count(r"\right")
        lines[-1] += f"{word} "
    return lines


def _relation(text: str) -> str:
    """A relation in the checker's words as LaTeX."""
    left, equal, right = text.partition(" = ")
    if equal and right != "0":
        return f"{_math(left)} = {_math(right)}"
    expr, sign = relation(text)
    return f"{_math(expr)} {SIGNS[sign]} 0"


def _math(expr: str) -> str:
    return str(sp.latex(read(parse(expr), {})))


def _text(words: str) -> str:
    """Plain words in LaTeX; words with a command in them are mathematics."""
    return " ".join(_word(word) for word in words.split())


def _word(word: str) -> str:
    bare = word.rstrip(".,;:")
    end = word[len(bare) :]
    if "\\" in word:
        return f"${bare}${end}"
    if NAME.fullmatch(bare):
        return f"${_math(bare)}${end}"
    return re.sub(r"([_%#&])", r"\\\1", word).replace("^", r"\^{}")

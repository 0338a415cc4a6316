"""The audit as a LaTeX document: what is wrong in print, then the verdict on every equation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from proofs.audit import Entry, said_of_reading, store
from proofs.consequences import FIGURE_12, comparisons
from proofs.notation import SHOWN, broken, label, relation_math, text
from proofs.symbols import contradictions
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
ERRATA = "audit.tex"


def publish(entries: Sequence[Entry], folder: Path) -> None:
    """Write the audit as data and as a document."""
    store(entries, folder)
    write(folder / ERRATA, document(entries))


def document(entries: Sequence[Entry]) -> str:
    """The whole text; compiles with pdflatex."""
    wrong = [entry for entry in entries if entry.status in (Status.CORRECTED, Status.REFUTED)]
    parts = [
        PREAMBLE,
        text(said_of_reading(entries)),
        r"\subsection*{What does not hold as printed}",
        *map(_erratum, wrong),
    ]
    parts += [r"\subsection*{What follows for three qubits}", *_consequences()]
    parts += [r"\subsection*{Symbols}", *_symbols()]
    parts += [r"\subsection*{All equations}", r"\begin{longtable}{llp{110mm}}"]
    numbered = (e for e in entries if e.latex)
    parts += [rf"{text(label(e.number))} & {e.status} & {text(e.words or e.reason)} \\" for e in numbered]
    return "\n".join([*parts, r"\end{longtable}", r"\end{document}", ""])


def _symbols() -> list[str]:
    """Where the transcriptions define and use what they should not, or do not where they should."""
    lines = [r"\begin{itemize}"]
    for what, found in contradictions().items():
        lines += [rf"\item {text(what.capitalize())}: {text('; '.join(found))}."] if found else []
    return [*lines, r"\end{itemize}"]


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
        text(f"{words} {at}:"),
        r"\begin{center}\begin{tabular}{llrrrr}",
        head,
        *rows,
        r"\end{tabular}\end{center}",
    ]


def _erratum(entry: Entry) -> str:
    lines = [rf"\paragraph{{{text(label(entry.number))}, {entry.status}.}} {text(entry.words)}"]
    lines += ["Printed:", r"\begin{gather*}", broken(entry.latex), r"\end{gather*}"] if entry.latex else []
    lines.append(text(entry.note))
    lines.append(text(f"As printed it is {entry.reason}."))
    if entry.holds:
        shown = entry.derived or tuple(map(relation_math, entry.holds[:SHOWN]))
        lines += [text(f"Instead: {entry.instead}"), r"\begin{gather*}", broken(r", \quad ".join(shown))]
        rest = len(entry.holds) - len(shown)
        lines += [r"\end{gather*}", text(f"and {rest} more.") if rest > 0 else ""]
    lines.append(text(entry.consequence))
    return "\n".join(line for line in lines if line)

"""What was derived: the formulas of two qubits that people use, and a sample of three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from proofs.report.equations import BESIDE, equation
from proofs.report.formulas import formula, prose, room
from proofs.report.markup import Markup, joined, tag, unfold
from proofs.report.stored import Stored


class Group(NamedTuple):
    """Formulas of one part of a derivation whose sides match ``left`` and ``right``; long ones unfold on demand."""

    title: str
    words: str
    part: str
    left: str
    long: bool = False
    right: str = ".*"


#: A population has a formula from elimination and one, over norm, from spanning trees.
ELIMINATED, TREES = r"((?!norm).)*", r"((?!p_).)*"
POPULATIONS = (
    r"Elimination of levels 2 and 1 leaves the effective rates \eta_{1} from 4 to 3 and \eta_{2} from 3 to 4. "
    "Nothing is subtracted: every population keeps its last digits however small it is."
)
TWO = (
    Group("Levels", r"In the bare basis |11\rangle, |10\rangle, |01\rangle, |00\rangle.", "levels", ".*"),
    Group("Bohr frequencies", "The four transitions that change the magnetisation by one.", "transitions", r"omega_.*"),
    Group("Squared matrix elements", r"w_{ij}^{(\nu)} = |\langle j|S_\nu|i\rangle|^2 for each bath.",
          "transitions", r"w_.*", True),
    Group("Rates", r"One function for every sign of the frequency: absorption goes with \varphi(\omega,T), emission "
          r"with \varphi(-\omega,T); \varphi(0,T)=T.", "rates", r"phi.*"),
    Group("Total rates", "Absorption and emission of each transition, both baths together.", "rates", r"[AE]_.*"),
    Group("Rates by bath", "", "rates", r"[ae]_.*", True),
    Group("Populations of the steady state", POPULATIONS, "populations", r"eta_.*|p_./p_.|p_3",
          right=ELIMINATED),
    Group("Populations as sums over spanning trees", "", "populations", r"t_.|norm|p_.", True, TREES),
    Group("Energetics", "", "energetics", r"stored_energy|ergotropy|exergy|heat.*", True),
)  # fmt: skip
THREE = (
    Group("Levels", "", "levels", ".*"),
    Group("Bohr frequencies", "Fourteen transitions; two of them coincide.", "transitions", r"omega_.*", True),
    Group("Populations: the first of the eliminated levels",
          r"\Gamma_{k} is the rate out of level k, f_{i,k} the rate from i to k over it, k_{i,j}^{(k)} the rate from i "
          "to j once k is eliminated; the other levels follow in the same way.",
          "populations", r"Gamma_1|f_._1|k_._._1"),
)  # fmt: skip


def section(stored: Stored) -> Markup:
    """Two qubits, then three."""
    return tag(
        "section",
        tag("h2", "What was derived", id="derived"),
        tag("p", "From the Hamiltonian and the baths alone; no formula is taken from the paper. A number at the right "
            "is that of the paper's equation, and leads to its audit. All formulas are in generated/formulas: LaTeX, "
            "Python, Wolfram Language, JSON and text."),
        *_battery("Two qubits", TWO, "xxz2", stored),
        *_battery("Three qubits", THREE, "xxz3", stored),
        aria_labelledby="derived",
    )  # fmt: skip


def _battery(title: str, groups: tuple[Group, ...], model: str, stored: Stored) -> Iterator[Markup]:
    yield tag("h3", title)
    parts = {part["name"]: part["formulas"] for part in stored.data(f"formulas/{model}.json")["parts"]}
    for group in groups:
        chosen = [
            _row(entry, stored)
            for entry in parts[group.part]
            if re.fullmatch(group.left, entry["left"]) and re.fullmatch(group.right, entry["right"], re.S)
        ]
        content = joined([tag("p", prose(group.words)) if group.words else "", tag("div", *chosen, class_="formulas")])
        yield unfold(f"{group.title} ({len(chosen)})", content) if group.long else tag("h4", group.title)
        yield Markup("") if group.long else content


def _row(entry: Mapping[str, str], stored: Stored) -> Markup:
    source = equation(entry["equation"], stored.audit) if "equation" in entry else ""
    return tag("div", formula(entry["latex"]), source, class_="row wide" if room([entry["latex"]]) > BESIDE else "row")

"""What the paper concludes from (A7), (A8), (A11), (A18) in terms of eta_1 and eta_2, for any rates."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.paper.rates import ETA_1, ETA_2
from proofs.program_text import chain
from proofs.theorems.names import POPULATIONS, TOTALS, TREES, by
from proofs.theorems.two_qubits import RATIO_BOUNDS

#: The paper's eta_1 and eta_2 as printed, Eq. (14).
ETAS = (f"let eta_1 = {ETA_1}", f"let eta_2 = {ETA_2}")
#: What holds of the etas and the populations of levels 4 and 2: eta_2 > 0 and the four steps in words of the paper.
ETA_SHOWS = (
    "eta_2 > 0",
    "eta_1 - eta_2 > 0",
    "eta_2*(E_23 + E_24) - (eta_1*A_23 + eta_2*A_24) > 0",
    "eta_2*E_41 + eta_1*E_31 - eta_1*(A_31 + A_41) > 0",
    "p_4*(eta_1*A_23 + eta_2*A_24) - p_2*eta_2*(E_23 + E_24) = 0",
)
#: The four inequalities as bounds of one rate by others, and the facts that show them.
BOUNDS = {
    "E_41 - (A_41*E_31/A_31)": "A8/A_31",
    "E_23 - (A_23*E_24/A_24)": "A7/A_24",
    "E_23 - (A_31*E_41*A_23/(A_41*E_31))": "A11/(A_41*E_31)",
    "(E_41*E_24*A_23/(A_41*A_24)) - E_23": "A18/(A_41*A_24)",
    "E_31 - A_31": "E31",
    "E_24 - A_24": "E24",
}
#: Lines that conclude all this from facts A7, A8, A11, A18, E31, E24.
ETA_STEPS = (
    *(f"have bound_{k}: {bound} > 0 by {why}" for k, (bound, why) in enumerate(BOUNDS.items())),
    f"apply step: etas_from_ratios({', '.join(f'{rate}={rate}' for rate in TOTALS)})",
    *(f"have step_is_{k}: {relation} by step_{k}" for k, relation in enumerate(ETA_SHOWS, start=1)),
)


def claims() -> Iterator[Claim]:
    """One lemma; t_i is eta without its denominator."""
    reasons = (
        "t_4",
        "A_31*E_41_1*out_2 + A_24*E_23_1*out_1",
        "E_24_1*t_4 + A_41*E_31*E_23_2*out_2 + E_23*A_23*E_24_1*out_1",
        "E_31_1*t_3 + E_41*A_41*E_31_1*out_2 + A_41*A_24*E_23_3*out_1",
    )
    below = "((A_23 + E_31)*out_1*out_2)"
    steps = (by(x, f"({why})/{below}", f"r_{k}") for k, (x, why) in enumerate(zip(ETA_SHOWS, reasons, strict=False)))
    words = (
        "If the rates of two qubits satisfy (A7), (A8), (A11), (A18), E_31 > A_31 and E_24 > A_24, then "
        "eta_1 > eta_2 > 0, eta_2 E_41 + eta_1 E_31 > eta_1 (A_31 + A_41), and p_4/p_2 is "
        "eta_2 (E_23 + E_24)/(eta_1 A_23 + eta_2 A_24) and exceeds 1."
    )
    yield Claim("etas_from_ratios", words, Domain.of(*RATIO_BOUNDS), ETA_SHOWS,
                 (*chain(POPULATIONS, free=TOTALS), *ETAS), (*TREES[:4], *steps))  # fmt: skip

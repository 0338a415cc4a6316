"""Section II, Eqs. (13) and (14): the steady state in terms of total rates, as printed."""

from __future__ import annotations

import sympy as sp

from symqb.symbols import positive

A31, A41, A23, A24 = map(positive, ("A_31", "A_41", "A_23", "A_24"))
E31, E41, E23, E24 = map(positive, ("E_31", "E_41", "E_23", "E_24"))
eta_1, eta_2, rho_33 = map(positive, ("eta_1", "eta_2", "rho_33"))

#: Eq. (14).
ETA_1 = A31 * E41 / ((A23 + E31) * (A31 + A41)) + E23 * A24 / ((A23 + E31) * (E23 + E24))
ETA_2 = 1 - A31 * E31 / ((A23 + E31) * (A31 + A41)) - E23 * A23 / ((A23 + E31) * (E23 + E24))

#: Eqs. (13a), (13b), (13d), over rho_33, and (13c), by level.
POPULATIONS: dict[int, sp.Expr] = {
    1: (E31 * eta_1 + E41 * eta_2) / (eta_1 * (A31 + A41)) * rho_33,
    2: (A23 * eta_1 + A24 * eta_2) / (eta_1 * (E23 + E24)) * rho_33,
    3: 1
    / (
        (E31 * eta_1 + E41 * eta_2) / (eta_1 * (A31 + A41))
        + (A23 * eta_1 + A24 * eta_2) / (eta_1 * (E23 + E24))
        + eta_2 / eta_1
        + 1
    ),
    4: eta_2 / eta_1 * rho_33,
}


def population(level: int) -> sp.Expr:
    """rho_ii of Eq. (13) with Eq. (14) put in, over the total rates alone."""
    etas = {eta_1: ETA_1, eta_2: ETA_2}
    return POPULATIONS[level].subs(rho_33, POPULATIONS[3]).subs(etas)

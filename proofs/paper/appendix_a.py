"""Appendix A, Eqs. (A1)-(A18) and what the text concludes from them, as printed."""

from __future__ import annotations

from itertools import pairwise

import sympy as sp

from proofs.paper.printed import Printed
from proofs.paper.rates import A23, A24, A31, A41, E23, E24, E31, E41, eta_1, eta_2
from symqb.symbols import positive, real

LEVELS = (1, 2, 3, 4)
PAIRS = ("31", "41", "23", "24")

E_1, E_2, E_3, E_4 = (real(f"E_{i}") for i in LEVELS)
#: rho_ii.
p_1, p_2, p_3, p_4 = (positive(f"p_{i}") for i in LEVELS)
omega_31, omega_41, omega_23, omega_24 = (positive(f"omega_{pair}") for pair in PAIRS)
#: E_1 - E_4 in the paper's convention omega_ij = E_i - E_j.
omega_14 = real("omega_14")
T, T_L, T_R, T_M, kappa = map(positive, ("T", "T_L", "T_R", "T_M", "kappa"))


def n(bath: str, pair: str) -> sp.Symbol:
    """The occupation n_v(omega_ij)."""
    return positive(f"n_{bath}_{pair}")


def absorbed(pair: str) -> sp.Expr:
    """gamma_ij^(L,a) + gamma_ij^(R,a)."""
    return positive(f"a_{pair}_L") + positive(f"a_{pair}_R")


def both(pair: str) -> sp.Expr:
    """n_L(omega_ij) + n_R(omega_ij)."""
    return n("L", pair) + n("R", pair)


def less(x: sp.Expr) -> sp.Expr:
    """e^x - 1."""
    return sp.exp(x) - 1


def above(left: sp.Expr, right: sp.Expr | int) -> sp.Rel:
    """left > right, kept as it is."""
    return sp.Gt(left, right, evaluate=False)


def falling(*values: sp.Expr) -> tuple[sp.Rel, ...]:
    """a > b > .. as relations between neighbours."""
    return tuple(above(left, right) for left, right in pairwise(values))


ONE_IN_EXPONENT = r"The reading gives e^{\omega/T - 1}, with the -1 inside the exponent."


def inside(pair: str) -> sp.Expr:
    """A side of (A3) and (A4) as read: 1/e^(omega/T_L - 1) + 1/e^(omega/T_R - 1)."""
    omega = positive(f"omega_{pair}")
    return 1 / sp.exp(omega / T_L - 1) + 1 / sp.exp(omega / T_R - 1)


def inside_latex(pair: str) -> str:
    """The same in LaTeX."""
    return " + ".join(rf"\frac{{1}}{{e^{{\frac{{\omega_{{{pair}}}}}{{T_{v}}} - 1}}}}" for v in "LR")


EQUATIONS = (
    Printed(
        "A1",
        r"\omega_{23} > \omega_{24} > \omega_{41} > \omega_{31}, \quad J < \Delta",
        falling(omega_23, omega_24, omega_41, omega_31),
    ),
    Printed(
        "A2",
        r"\omega_{23} > \omega_{41} > \omega_{24} > \omega_{31}, \quad J > \Delta",
        falling(omega_23, omega_41, omega_24, omega_31),
    ),
    Printed(
        "A3", f"{inside_latex('24')} > {inside_latex('23')}", (above(inside("24"), inside("23")),), ONE_IN_EXPONENT
    ),
    Printed(
        "A4", f"{inside_latex('31')} > {inside_latex('41')}", (above(inside("31"), inside("41")),), ONE_IN_EXPONENT
    ),
    Printed(
        "A5",
        r"2\omega_{23}(\gamma_{24}^{(L,a)} + \gamma_{24}^{(R,a)})"
        r" > 2\omega_{24}(\gamma_{23}^{(L,a)} + \gamma_{23}^{(R,a)})",
        (above(2 * omega_23 * absorbed("24"), 2 * omega_24 * absorbed("23")),),
    ),
    Printed(
        "A6",
        r"2\omega_{41}(\gamma_{31}^{(L,a)} + \gamma_{31}^{(R,a)})"
        r" > 2\omega_{31}(\gamma_{41}^{(L,a)} + \gamma_{41}^{(R,a)})",
        (above(2 * omega_41 * absorbed("31"), 2 * omega_31 * absorbed("41")),),
    ),
    Printed("A7", r"A_{24}E_{23} > A_{23}E_{24}", (above(A24 * E23, A23 * E24),)),
    Printed("A8", r"A_{31}E_{41} > A_{41}E_{31}", (above(A31 * E41, A41 * E31),)),
    Printed(
        "A9",
        r"n_L(\omega_{41}) + n_R(\omega_{41}) > n_L(\omega_{23}) + n_R(\omega_{23})",
        (above(both("41"), both("23")),),
    ),
    Printed(
        "A10", r"\frac{\omega_{23}}{A_{23}} > \frac{\omega_{41}}{A_{41}}", (above(omega_23 / A23, omega_41 / A41),)
    ),
    Printed("A11", r"E_{23}A_{41}E_{31} > A_{31}E_{41}A_{23}", (above(E23 * A41 * E31, A31 * E41 * A23),)),
    Printed(
        "A12",
        r"\frac{\rho_{44}}{\rho_{22}} = \frac{\eta_2(E_{23} + E_{24})}{\eta_1A_{23} + \eta_2A_{24}} > 1",
        (
            sp.Eq(p_4 / p_2, eta_2 * (E23 + E24) / (eta_1 * A23 + eta_2 * A24), evaluate=False),
            above(eta_2 * (E23 + E24) / (eta_1 * A23 + eta_2 * A24), 1),
        ),
    ),
    Printed(
        "A13",
        r"\frac{e^{\frac{\omega_{24} + \omega_{14}}{T}} - 1}{e^{\frac{\omega_{23}}{T}} - 1} > 1",
        (above(less((omega_24 + omega_14) / T) / less(omega_23 / T), 1),),
    ),
    Printed(
        "A14",
        r"(e^{\frac{\omega_{24}}{T_M}} - 1)(e^{\frac{\omega_{41}}{T_M}} - 1) + (e^{\frac{\omega_{24}}{2T_M}} - 1)"
        r" + (e^{\frac{\omega_{41}}{2T_M}} - 1) > e^{\frac{\omega_{23}}{T_M}} - 1",
        (
            above(
                less(omega_24 / T_M) * less(omega_41 / T_M) + less(omega_24 / (2 * T_M)) + less(omega_41 / (2 * T_M)),
                less(omega_23 / T_M),
            ),
        ),
    ),
    Printed(
        "A15",
        r"(e^{\frac{\omega_{24}}{2T_M}} - 1)(e^{\frac{\omega_{41}}{2T_M}} - 1) + (e^{\frac{\omega_{24}}{T_M}} - 1)"
        r" + (e^{\frac{\omega_{41}}{T_M}} - 1) > e^{\frac{\omega_{23}}{2T_M}} - 1",
        (
            above(
                less(omega_24 / (2 * T_M)) * less(omega_41 / (2 * T_M)) + less(omega_24 / T_M) + less(omega_41 / T_M),
                less(omega_23 / (2 * T_M)),
            ),
        ),
    ),
    Printed(
        "A16",
        r"\frac{2}{[n_L(\omega_{41}) + n_R(\omega_{41})][n_L(\omega_{24}) + n_R(\omega_{24})]}"
        r" + \frac{1}{n_L(\omega_{41}) + n_R(\omega_{41})} + \frac{1}{n_L(\omega_{24}) + n_R(\omega_{24})}"
        r" > \frac{1}{n_L(\omega_{23}) + n_R(\omega_{23})}",
        (above(2 / (both("41") * both("24")) + 1 / both("41") + 1 / both("24"), 1 / both("23")),),
    ),
    Printed(
        "A17",
        r"\frac{2\omega_{41}\omega_{24}}{A_{41}A_{24}} + \frac{\omega_{41}}{A_{24}} + \frac{\omega_{24}}{A_{24}}"
        r" > \frac{\omega_{23}}{A_{23}}",
        (above(2 * omega_41 * omega_24 / (A41 * A24) + omega_41 / A24 + omega_24 / A24, omega_23 / A23),),
    ),
    Printed(
        "A18",
        r"\frac{E_{41} E_{24}}{A_{41} A_{24}} > \frac{E_{23}}{A_{23}}",
        (above(E41 * E24 / (A41 * A24), E23 / A23),),
    ),
)


def _excess(pair: str) -> sp.Rel:
    """E_ij = A_ij + omega_ij."""
    E, A, omega = (positive(f"{letter}_{pair}") for letter in ("E", "A", "omega"))
    return sp.Eq(E, A + omega, evaluate=False)


def _excess_left(pair: str) -> sp.Rel:
    """gamma_ij^(L,e) = gamma_ij^(L,a) + kappa omega_ij/2."""
    emitted, taken, omega = map(positive, (f"e_{pair}_L", f"a_{pair}_L", f"omega_{pair}"))
    return sp.Eq(emitted, taken + kappa * omega / 2, evaluate=False)


#: Without a number in the paper. A_passive_FM: the implication "E_i > E_j, then rho_ii <= rho_jj" as products.
STATEMENTS = (
    Printed("A_levels", r"E_2 > E_4 > E_3 > E_1", falling(E_2, E_4, E_3, E_1)),
    Printed(
        "A_excess_left",
        r"\gamma_{ij}^{(L,e)} = \gamma_{ij}^{(L,a)} + \kappa\omega_{ij}/2",
        tuple(map(_excess_left, PAIRS)),
        r"The reading gives \gamma_{ij}^{(L,\varepsilon)} for \gamma_{ij}^{(L,e)}.",
    ),
    Printed("A_excess", r"E_{ij} = A_{ij} + \omega_{ij}", tuple(map(_excess, PAIRS))),
    Printed("A_eta_34", r"\eta_1 > \eta_2", (above(eta_1, eta_2),)),
    Printed(
        "A_eta_42",
        r"\eta_2(E_{23} + E_{24}) > \eta_1A_{23} + \eta_2A_{24}",
        (above(eta_2 * (E23 + E24), eta_1 * A23 + eta_2 * A24),),
    ),
    Printed(
        "A_eta_13",
        r"\eta_2 E_{41} + \eta_1 E_{31} > \eta_1 (A_{31} + A_{41})",
        (above(eta_2 * E41 + eta_1 * E31, eta_1 * (A31 + A41)),),
    ),
    Printed("A_passive_AFM", r"\rho_{11} > \rho_{33} > \rho_{44} > \rho_{22}", falling(p_1, p_3, p_4, p_2)),
    Printed(
        "A_passive_FM",
        r"E_i > E_j \implies \rho_{ii} \leq \rho_{jj} \; \forall i, j",
        tuple(
            sp.Ge((E_i - E_j) * (p_j - p_i), 0, evaluate=False)
            for (E_i, p_i), (E_j, p_j) in (
                ((E_2, p_2), (E_1, p_1)), ((E_3, p_3), (E_1, p_1)), ((E_4, p_4), (E_1, p_1)),
                ((E_2, p_2), (E_3, p_3)), ((E_2, p_2), (E_4, p_4)), ((E_3, p_3), (E_4, p_4)),
            )
        ),
    ),
)  # fmt: skip

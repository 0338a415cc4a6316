"""Sections II and IV, Eqs. (11)-(14) and (18): the rates and the steady state, as printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp

from proofs.paper.model import PHI, Pair, epsilon, equal, sandwich, unitary
from proofs.paper.printed import Printed
from symqb.symbols import positive, real

#: The (i, j) of gamma_ij in Eq. (11).
PAIRS_11: tuple[Pair, ...] = ((3, 1), (1, 4), (2, 3), (2, 4))
#: The (i, j) of A_ij and E_ij in Eqs. (13) and (14).
PAIRS_13: tuple[Pair, ...] = ((3, 1), (4, 1), (2, 3), (2, 4))
#: Each once.
PAIRS: tuple[Pair, ...] = (*PAIRS_11, (4, 1))

kappa = positive("kappa")
A31, A41, A23, A24 = map(positive, ("A_31", "A_41", "A_23", "A_24"))
E31, E41, E23, E24 = map(positive, ("E_31", "E_41", "E_23", "E_24"))
eta_1, eta_2 = map(positive, ("eta_1", "eta_2"))
#: rho_ii.
p_1, p_2, p_3, p_4 = (positive(f"p_{i}") for i in (1, 2, 3, 4))

#: Eq. (11): gamma_ij by kind and indices, and the indices of the tau that it multiplies.
TERMS_11: tuple[tuple[str, Pair], ...] = (
    ("e_31", (1, 3)),
    ("a_31", (3, 1)),
    ("e_14", (1, 4)),
    ("a_14", (4, 1)),
    ("e_23", (3, 2)),
    ("a_23", (2, 3)),
    ("e_24", (4, 2)),
    ("a_24", (2, 4)),
)


def omega(i: int, j: int) -> sp.Symbol:
    """omega_ij."""
    return real(f"omega_{i}{j}")


def n(bath: str, i: int, j: int) -> sp.Symbol:
    """n_bath(omega_ij)."""
    return positive(f"n_{bath}_{i}{j}")


def gamma(kind: str, bath: str, i: int, j: int) -> sp.Symbol:
    """gamma_ij^(bath,kind); kind "e" is emission, "a" absorption."""
    return positive(f"{kind}_{i}{j}_{bath}")


def tau(i: int, j: int) -> sp.Matrix:
    """|Phi_i><Phi_j| with the vectors of Eq. (2)."""
    return PHI[i] * PHI[j].H


def lindblad(X: sp.Matrix, rho: sp.Matrix) -> sp.Matrix:
    """L_X = X rho X^dagger - {rho, X^dagger X}/2."""
    return sandwich(X, rho, X.H)


def master_equation_11(rho: sp.Matrix, rates: Mapping[str, sp.Expr]) -> sp.Matrix:
    """The right side of Eq. (11), in the basis |11>, |10>, |01>, |00>.

    rates are keyed by kind, printed indices and bath: "e_31_L", "a_31_L", "e_14_L", .., "a_24_R", sixteen in all.
    """
    terms = (rates[f"{name}_{bath}"] * lindblad(tau(*pair), rho) for bath in "LR" for name, pair in TERMS_11)
    return unitary(rho) + sum(terms, sp.zeros(4))


def emission_12a(i: int, j: int) -> tuple[sp.Rel, sp.Rel]:
    """Eq. (12a) at (i, j), left and right."""
    strength = kappa * omega(i, j) * (epsilon + sp.Integer(-1) ** j) ** 2 / 2
    return (
        equal(gamma("e", "L", i, j), strength * (1 + n("L", i, j))),
        equal(gamma("e", "R", i, j), kappa * omega(i, j) / 2 * (1 + n("R", i, j))),
    )


def absorption_12b(i: int, j: int) -> tuple[sp.Rel, sp.Rel]:
    """Eq. (12b) at (i, j), left and right."""
    strength = kappa * omega(i, j) * (epsilon + sp.Integer(-1) ** j) ** 2 / 2
    return (
        equal(gamma("a", "L", i, j), strength * n("L", i, j)),
        equal(gamma("a", "R", i, j), kappa * omega(i, j) / 2 * n("R", i, j)),
    )


def totals_14(i: int, j: int) -> tuple[sp.Rel, sp.Rel]:
    """A_ij and E_ij of Eq. (14)."""
    return (
        equal(positive(f"A_{i}{j}"), gamma("a", "L", i, j) + gamma("a", "R", i, j)),
        equal(positive(f"E_{i}{j}"), gamma("e", "L", i, j) + gamma("e", "R", i, j)),
    )


def without_collective_18(i: int, j: int) -> tuple[sp.Rel, sp.Rel]:
    """Eq. (18) at (i, j), emission and absorption."""
    return (
        equal(gamma("e", "L", i, j), 2 * kappa * omega(i, j) * (1 + n("L", i, j))),
        equal(gamma("a", "L", i, j), 2 * kappa * omega(i, j) * n("L", i, j)),
    )


def _at(formula: Callable[[int, int], tuple[sp.Rel, sp.Rel]], pairs: tuple[Pair, ...]) -> tuple[sp.Rel, ...]:
    """The relations of the formula at all pairs."""
    return tuple(relation for pair in pairs for relation in formula(*pair))


#: Eq. (14).
ETA_1 = A31 * E41 / ((A23 + E31) * (A31 + A41)) + E23 * A24 / ((A23 + E31) * (E23 + E24))
ETA_2 = 1 - A31 * E31 / ((A23 + E31) * (A31 + A41)) - E23 * A23 / ((A23 + E31) * (E23 + E24))
#: Eqs. (13a) and (13b) over rho_33.
_ONE = (E31 * eta_1 + E41 * eta_2) / (eta_1 * (A31 + A41))
_TWO = (A23 * eta_1 + A24 * eta_2) / (eta_1 * (E23 + E24))
_ONE_LATEX = r"\frac{E_{31}\eta_1 + E_{41}\eta_2}{\eta_1(A_{31} + A_{41})}"
_TWO_LATEX = r"\frac{A_{23}\eta_1 + A_{24}\eta_2}{\eta_1(E_{23} + E_{24})}"

SUPEROPERATORS: Mapping[str, Callable[..., sp.Matrix]] = {"11": master_equation_11}

_NU = r"The reading has v for the index \nu of the bath."
_MINUS_ONE = r"The exponent of (-1)^j may be i misread as j; (12a) and (12b) read the same."

EQUATIONS: tuple[Printed, ...] = (
    Printed(
        "11",
        r"\dot{\rho}(t) = -i[H_B, \rho(t)] + \sum_{\nu=L,R} [\gamma_{31}^{(\nu,e)} L_{\tau_{13}}"
        r" + \gamma_{31}^{(\nu,a)} L_{\tau_{31}} + \gamma_{14}^{(\nu,e)} L_{\tau_{14}}"
        r" + \gamma_{14}^{(\nu,a)} L_{\tau_{41}} + \gamma_{23}^{(\nu,e)} L_{\tau_{32}}"
        r" + \gamma_{23}^{(\nu,a)} L_{\tau_{23}} + \gamma_{24}^{(\nu,e)} L_{\tau_{42}}"
        r" + \gamma_{24}^{(\nu,a)} L_{\tau_{24}}]",
        (),
        _NU,
    ),
    Printed(
        "12a",
        r"\gamma_{ij}^{(L,e)} = \frac{\kappa\omega_{ij}(\varepsilon + (-1)^j)^2}{2} [1 + n_L(\omega_{ij})],"
        r" \quad \gamma_{ij}^{(R,e)} = \frac{\kappa\omega_{ij}}{2} [1 + n_R(\omega_{ij})]",
        _at(emission_12a, PAIRS_11),
        _MINUS_ONE,
    ),
    Printed(
        "12b",
        r"\gamma_{ij}^{(L,a)} = \frac{\kappa\omega_{ij}(\varepsilon + (-1)^j)^2}{2} n_L(\omega_{ij}),"
        r" \quad \gamma_{ij}^{(R,a)} = \frac{\kappa\omega_{ij}}{2} n_R(\omega_{ij})",
        _at(absorption_12b, PAIRS_11),
        _MINUS_ONE,
    ),
    Printed("13a", rf"\rho_{{11}} = {_ONE_LATEX} \rho_{{33}}", (equal(p_1, _ONE * p_3),)),
    Printed("13b", rf"\rho_{{22}} = {_TWO_LATEX} \rho_{{33}}", (equal(p_2, _TWO * p_3),)),
    Printed(
        "13c",
        rf"\rho_{{33}} = \left[ {_ONE_LATEX} + {_TWO_LATEX} + \frac{{\eta_2}}{{\eta_1}} + 1 \right]^{{-1}}",
        (equal(p_3, 1 / (_ONE + _TWO + eta_2 / eta_1 + 1)),),
    ),
    Printed("13d", r"\rho_{44} = \frac{\eta_2}{\eta_1} \rho_{33}", (equal(p_4, eta_2 / eta_1 * p_3),)),
    Printed(
        "14",
        r"\eta_1 = \frac{A_{31}E_{41}}{(A_{23} + E_{31})(A_{31} + A_{41})}"
        r" + \frac{E_{23}A_{24}}{(A_{23} + E_{31})(E_{23} + E_{24})},"
        r" \quad \eta_2 = 1 - \frac{A_{31}E_{31}}{(A_{23} + E_{31})(A_{31} + A_{41})}"
        r" - \frac{E_{23}A_{23}}{(A_{23} + E_{31})(E_{23} + E_{24})},"
        r" \quad A_{ij} = \gamma_{ij}^{(L,a)} + \gamma_{ij}^{(R,a)},"
        r" \quad E_{ij} = \gamma_{ij}^{(L,e)} + \gamma_{ij}^{(R,e)}",
        (
            equal(eta_1, ETA_1),
            equal(eta_2, ETA_2),
            *_at(totals_14, PAIRS),
        ),
    ),
    Printed(
        "18",
        r"\gamma_{ij}^{(L,e)} = 2\kappa\omega_{ij}[1 + n_L(\omega_{ij})],"
        r" \quad \gamma_{ij}^{(L,a)} = 2\kappa\omega_{ij}n_L(\omega_{ij})",
        _at(without_collective_18, PAIRS_11),
    ),
)

"""Appendix C, Eqs. (C1)-(C8): the populations of the three-spin battery, as printed."""

from __future__ import annotations

import sympy as sp

from proofs.paper.printed import Printed
from symqb.symbols import positive, real

p_1, p_2, p_3, p_4, p_5, p_6, p_7, p_8 = (positive(f"p_{i}") for i in range(1, 9))


def e(pair: str) -> sp.Expr:
    """gamma_ij^(L,e) + gamma_ij^(R,e)."""
    return positive(f"e_{pair}_L") + positive(f"e_{pair}_R")


def a(pair: str) -> sp.Expr:
    """gamma_ij^(L,a) + gamma_ij^(R,a)."""
    return positive(f"a_{pair}_L") + positive(f"a_{pair}_R")


def flow(level: int, right: sp.Expr) -> tuple[sp.Rel, ...]:
    """d rho_ii/dt = right."""
    return (sp.Eq(real(f"pdot_{level}"), right, evaluate=False),)


EQUATIONS: tuple[Printed, ...] = (
    Printed(
        "C1",
        r"\dot{\rho}_{11} = \sum_{v=L,R} [\gamma_{13}^{(v,a)} \rho_{33} + \gamma_{61}^{(v,e)} \rho_{66}"
        r" + \gamma_{81}^{(v,e)} \rho_{88}"
        r" - (\gamma_{13}^{(v,e)} + \gamma_{61}^{(v,a)} + \gamma_{81}^{(v,a)}) \rho_{11}]",
        flow(1, a("13") * p_3 + e("61") * p_6 + e("81") * p_8 - (e("13") + a("61") + a("81")) * p_1),
    ),
    Printed(
        "C2",
        r"\dot{\rho}_{22} = \sum_{v=L,R} [\gamma_{42}^{(v,e)} \rho_{44} + \gamma_{25}^{(v,a)} \rho_{55}"
        r" + \gamma_{27}^{(v,a)} \rho_{77}"
        r" - (\gamma_{42}^{(v,a)} + \gamma_{25}^{(v,e)} + \gamma_{27}^{(v,e)}) \rho_{22}]",
        flow(2, e("42") * p_4 + a("25") * p_5 + a("27") * p_7 - (a("42") + e("25") + e("27")) * p_2),
    ),
    Printed(
        "C3",
        r"\dot{\rho}_{33} = \sum_{v=L,R} [\gamma_{13}^{(v,e)} \rho_{11} - \gamma_{13}^{(v,a)} \rho_{33}]",
        flow(3, e("13") * p_1 - a("13") * p_3),
    ),
    Printed(
        "C4",
        r"\dot{\rho}_{44} = \sum_{v=L,R} [\gamma_{42}^{(v,a)} \rho_{22} + \gamma_{46}^{(v,a)} \rho_{66}"
        r" + \gamma_{48}^{(v,a)} \rho_{88}"
        r" - (\gamma_{42}^{(v,e)} + \gamma_{46}^{(v,e)} + \gamma_{48}^{(v,e)}) \rho_{44}]",
        flow(4, a("42") * p_2 + a("46") * p_6 + a("48") * p_8 - (e("42") + e("46") + e("48")) * p_4),
    ),
    Printed(
        "C5",
        r"\dot{\rho}_{55} = \sum_{v=L,R} [\gamma_{25}^{(v,e)} \rho_{22} + \gamma_{65}^{(v,e)} \rho_{66}"
        r" + \gamma_{85}^{(v,e)} \rho_{88}"
        r" - (\gamma_{25}^{(v,a)} + \gamma_{65}^{(v,a)} + \gamma_{85}^{(v,a)}) \rho_{55}]",
        flow(5, e("25") * p_2 + e("65") * p_6 + e("85") * p_8 - (a("25") + a("65") + a("85")) * p_5),
    ),
    Printed(
        "C6",
        r"\dot{\rho}_{66} = \sum_{v=L,R} [\gamma_{61}^{(v,a)} \rho_{11} + \gamma_{46}^{(v,e)} \rho_{44}"
        r" + \gamma_{65}^{(v,a)} \rho_{55} + \gamma_{67}^{(v,a)} \rho_{77}"
        r" - (\gamma_{61}^{(v,e)} + \gamma_{46}^{(v,a)} + \gamma_{65}^{(v,e)} + \gamma_{67}^{(v,e)}) \rho_{66}]",
        flow(
            6,
            a("61") * p_1
            + e("46") * p_4
            + a("65") * p_5
            + a("67") * p_7
            - (e("61") + a("46") + e("65") + e("67")) * p_6,
        ),
    ),
    Printed(
        "C7",
        r"\dot{\rho}_{77} = \sum_{v=L,R} [\gamma_{27}^{(v,e)} \rho_{22} + \gamma_{67}^{(v,e)} \rho_{66}"
        r" + \gamma_{87}^{(v,e)} \rho_{88}"
        r" - (\gamma_{27}^{(v,a)} + \gamma_{67}^{(v,a)} + \gamma_{87}^{(v,a)}) \rho_{77}]",
        flow(7, e("27") * p_2 + e("67") * p_6 + e("87") * p_8 - (a("27") + a("67") + a("87")) * p_7),
    ),
    Printed(
        "C8",
        r"\dot{\rho}_{88} = \sum_{v=L,R} [\gamma_{81}^{(v,a)} \rho_{11} + \gamma_{48}^{(v,e)} \rho_{44}"
        r" + \gamma_{85}^{(v,a)} \rho_{55} + \gamma_{87}^{(v,a)} \rho_{77}"
        r" - (\gamma_{81}^{(v,e)} + \gamma_{48}^{(v,a)} + \gamma_{85}^{(v,e)} + \gamma_{87}^{(v,e)}) \rho_{88}]",
        flow(
            8,
            a("81") * p_1
            + e("48") * p_4
            + a("85") * p_5
            + a("87") * p_7
            - (e("81") + a("48") + e("85") + e("87")) * p_8,
        ),
    ),
)

"""Appendix B, Eqs. (B1)-(B12): the rates of the left reservoir in the three-spin battery, as printed."""

from __future__ import annotations

import sympy as sp

from proofs.paper.printed import Printed
from symqb.symbols import positive, real

J, Delta, epsilon = map(real, ("J", "Delta", "epsilon"))
alpha, kappa, x, y = map(positive, ("alpha", "kappa", "x", "y"))
plus, minus = (Delta + alpha) / J, (Delta - alpha) / J


def omega(pair: str) -> sp.Symbol:
    """omega_ij."""
    return real(f"omega_{pair}")


def n(pair: str) -> sp.Symbol:
    """The occupation n_L(omega_ij)."""
    return positive(f"n_L_{pair}")


def emission(pair: str, rate: sp.Expr) -> sp.Rel:
    """gamma_ij^(L,e) = rate."""
    return sp.Eq(positive(f"e_{pair}_L"), rate, evaluate=False)


def absorption(pair: str, rate: sp.Expr) -> sp.Rel:
    """gamma_ij^(L,a) = rate."""
    return sp.Eq(positive(f"a_{pair}_L"), rate, evaluate=False)


EQUATIONS: tuple[Printed, ...] = (
    Printed(
        "B1",
        r"\gamma_{13}^{(L,e)} = \frac{1}{2}\kappa\omega_{13}(\varepsilon - 1)^2[1 + n_L(\omega_{13})],"
        r" \quad \gamma_{13}^{(L,a)} = \frac{1}{2}\kappa\omega_{13}(\varepsilon - 1)^2 n_L(\omega_{13})",
        (
            emission("13", kappa * omega("13") * (epsilon - 1) ** 2 * (1 + n("13")) / 2),
            absorption("13", kappa * omega("13") * (epsilon - 1) ** 2 * n("13") / 2),
        ),
    ),
    Printed(
        "B2",
        r"\gamma_{61}^{(L,e)} = \frac{1}{2}\kappa\omega_{61}(\varepsilon - 1)^2"
        r" \left(\frac{\Delta + \alpha}{J}\right)^2 x^2 [1 + n_L(\omega_{61})],"
        r" \quad \gamma_{61}^{(L,a)} = \frac{1}{2}\kappa\omega_{61}(\varepsilon - 1)^2"
        r" \left(\frac{\Delta + \alpha}{J}\right)^2 x^2 n_L(\omega_{61})",
        (
            emission("61", kappa * omega("61") * (epsilon - 1) ** 2 * plus**2 * x**2 * (1 + n("61")) / 2),
            absorption("61", kappa * omega("61") * (epsilon - 1) ** 2 * plus**2 * x**2 * n("61") / 2),
        ),
    ),
    Printed(
        "B3",
        r"\gamma_{81}^{(L,e)} = \frac{1}{2}\kappa\omega_{81}(\varepsilon - 1)^2"
        r" \left(\frac{\Delta - \alpha}{J}\right)^2 y^2 [1 + n_L(\omega_{61})],"
        r" \quad \gamma_{81}^{(L,a)} = \frac{1}{2}\kappa\omega_{81}(\varepsilon - 1)^2"
        r" \left(\frac{\Delta - \alpha}{J}\right)^2 y^2 n_L(\omega_{81})",
        (
            emission("81", kappa * omega("81") * (epsilon - 1) ** 2 * minus**2 * y**2 * (1 + n("61")) / 2),
            absorption("81", kappa * omega("81") * (epsilon - 1) ** 2 * minus**2 * y**2 * n("81") / 2),
        ),
        r"The 6 in n_L(\omega_{61}) of the emission rate may be a misread 8.",
    ),
    Printed(
        "B4",
        r"\gamma_{42}^{(L,e)} = \frac{1}{2}\kappa\omega_{42}(\varepsilon - 1)^2 [1 + n_L(\omega_{42})],"
        r" \quad \gamma_{42}^{(L,a)} = \frac{1}{2}\kappa\omega_{42}(\varepsilon - 1)^2 n_L(\omega_{42})",
        (
            emission("42", kappa * omega("42") * (epsilon - 1) ** 2 * (1 + n("42")) / 2),
            absorption("42", kappa * omega("42") * (epsilon - 1) ** 2 * n("42") / 2),
        ),
    ),
    Printed(
        "B5",
        r"\gamma_{25}^{(L,e)} = \frac{1}{2}\kappa\omega_{25}(\varepsilon - 1)^2"
        r" \left(\frac{\Delta + \alpha}{J}\right)^2 x^2 [1 + n_L(\omega_{25})],"
        r" \quad \gamma_{25}^{(L,a)} = \frac{1}{2}\kappa\omega_{25}(\varepsilon - 1)^2"
        r" \left(\frac{\Delta + \alpha}{J}\right)^2 x^2 n_L(\omega_{25})",
        (
            emission("25", kappa * omega("25") * (epsilon - 1) ** 2 * plus**2 * x**2 * (1 + n("25")) / 2),
            absorption("25", kappa * omega("25") * (epsilon - 1) ** 2 * plus**2 * x**2 * n("25") / 2),
        ),
    ),
    Printed(
        "B6",
        r"\gamma_{27}^{(L,e)} = \frac{1}{2}\kappa\omega_{27}(\varepsilon - 1)^2"
        r" \left(\frac{\Delta - \alpha}{J}\right)^2 y^2 [1 + n_L(\omega_{27})],"
        r" \quad \gamma_{27}^{(L,a)} = \frac{1}{2}\kappa\omega_{27}(\varepsilon - 1)^2"
        r" \left(\frac{\Delta - \alpha}{J}\right)^2 y^2 n_L(\omega_{27})",
        (
            emission("27", kappa * omega("27") * (epsilon - 1) ** 2 * minus**2 * y**2 * (1 + n("27")) / 2),
            absorption("27", kappa * omega("27") * (epsilon - 1) ** 2 * minus**2 * y**2 * n("27") / 2),
        ),
    ),
    Printed(
        "B7",
        r"\gamma_{46}^{(L,e)} = 4\kappa\omega_{46}(\varepsilon + 1)^2 x^2 [1 + n_L(\omega_{46})],"
        r" \quad \gamma_{46}^{(L,a)} = 4\kappa\omega_{46}(\varepsilon + 1)^2 x^2 n_L(\omega_{46})",
        (
            emission("46", 4 * kappa * omega("46") * (epsilon + 1) ** 2 * x**2 * (1 + n("46"))),
            absorption("46", 4 * kappa * omega("46") * (epsilon + 1) ** 2 * x**2 * n("46")),
        ),
    ),
    Printed(
        "B8",
        r"\gamma_{48}^{(L,e)} = 4\kappa\omega_{48}(\varepsilon + 1)^2 y^2 [1 + n_L(\omega_{48})],"
        r" \quad \gamma_{48}^{(L,a)} = 4\kappa\omega_{48}(\varepsilon + 1)^2 y^2 n_L(\omega_{48})",
        (
            emission("48", 4 * kappa * omega("48") * (epsilon + 1) ** 2 * y**2 * (1 + n("48"))),
            absorption("48", 4 * kappa * omega("48") * (epsilon + 1) ** 2 * y**2 * n("48")),
        ),
    ),
    Printed(
        "B9",
        r"\gamma_{65}^{(L,e)} = 16\kappa\omega_{65}(\varepsilon + 1)^2 \left(\frac{\Delta + \alpha}{J}\right)^2"
        r" x^2 [1 + n_L(\omega_{65})], \quad \gamma_{65}^{(L,a)} = 16\kappa\omega_{65}(\varepsilon + 1)^2"
        r" \left(\frac{\Delta + \alpha}{J}\right)^2 x^2 n_L(\omega_{65})",
        (
            emission("65", 16 * kappa * omega("65") * (epsilon + 1) ** 2 * plus**2 * x**2 * (1 + n("65"))),
            absorption("65", 16 * kappa * omega("65") * (epsilon + 1) ** 2 * plus**2 * x**2 * n("65")),
        ),
        r"The exponent of x reads 2 in both rates, beside y^4 in (B12); it may be misread.",
    ),
    Printed(
        "B10",
        r"\gamma_{67}^{(L,e)} = 16\kappa\omega_{67}(\varepsilon + 1)^2 \left(\frac{\Delta}{J}\right)^2"
        r" x^2 y^2 [1 + n_L(\omega_{67})], \quad \gamma_{67}^{(L,a)} = 16\kappa\omega_{67}(\varepsilon + 1)^2"
        r" \left(\frac{\Delta}{J}\right)^2 x^2 y^2 n_L(\omega_{67})",
        (
            emission(
                "67", 16 * kappa * omega("67") * (epsilon + 1) ** 2 * (Delta / J) ** 2 * x**2 * y**2 * (1 + n("67"))
            ),
            absorption("67", 16 * kappa * omega("67") * (epsilon + 1) ** 2 * (Delta / J) ** 2 * x**2 * y**2 * n("67")),
        ),
    ),
    Printed(
        "B11",
        r"\gamma_{85}^{(L,e)} = 16\kappa\omega_{85}(\varepsilon + 1)^2 \left(\frac{\Delta}{J}\right)^2"
        r" x^2 y^2 [1 + n_L(\omega_{85})], \quad \gamma_{85}^{(L,a)} = 16\kappa\omega_{85}(\varepsilon + 1)^2"
        r" \left(\frac{\Delta}{J}\right)^2 x^2 y^2 n_L(\omega_{85})",
        (
            emission(
                "85", 16 * kappa * omega("85") * (epsilon + 1) ** 2 * (Delta / J) ** 2 * x**2 * y**2 * (1 + n("85"))
            ),
            absorption("85", 16 * kappa * omega("85") * (epsilon + 1) ** 2 * (Delta / J) ** 2 * x**2 * y**2 * n("85")),
        ),
    ),
    Printed(
        "B12",
        r"\gamma_{87}^{(L,e)} = 16\kappa\omega_{87}(\varepsilon + 1)^2 \left(\frac{\Delta - \alpha}{J}\right)^2"
        r" y^4 [1 + n_L(\omega_{87})], \quad \gamma_{87}^{(L,a)} = 16\kappa\omega_{87}(\varepsilon + 1)^2"
        r" \left(\frac{\Delta - \alpha}{J}\right)^2 y^4 n_L(\omega_{87})",
        (
            emission("87", 16 * kappa * omega("87") * (epsilon + 1) ** 2 * minus**2 * y**4 * (1 + n("87"))),
            absorption("87", 16 * kappa * omega("87") * (epsilon + 1) ** 2 * minus**2 * y**4 * n("87")),
        ),
    ),
    Printed(
        "x",
        r"x = [(\frac{\Delta+\alpha}{J})^2 + 8]^{-\frac{1}{2}}",
        (sp.Eq(x, (plus**2 + 8) ** -sp.S.Half, evaluate=False),),
    ),
    Printed(
        "y",
        r"y = [(\frac{\Delta-\alpha}{J})^2 + 8]^{-\frac{1}{2}}",
        (sp.Eq(y, (minus**2 + 8) ** -sp.S.Half, evaluate=False),),
    ),
)

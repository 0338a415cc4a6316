"""The limits of symqb.limits at epsilon = 1, T_R = 0 and T_L -> infinity, as inequalities at every finite T_L.

The formulas are those that symqb.limits derives; here they are proved without taking a limit: levels 1, 4 and 2 become
equally populated at least as fast as 1/T_L, p_3/p_2 is the same at every T_L, and the work that an inverted pair holds
stays below the limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import sympy as sp

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import chain
from proofs.regions import STRENGTHS, STRONG_FIELD
from proofs.theorems.elimination import flows
from proofs.theorems.names import POPULATIONS, TOTALS, by
from symqb import limits
from symqb.symbols import real

B0, J, S = map(real, ("B0", "J", "s"))
COLD_RIGHT = {"epsilon": "1", "T_R": "0"}
REGION = Domain.of("J", "Delta") + STRONG_FIELD + STRENGTHS + Domain.of("0 < T_L")
LETS = ("let s = J + Delta", *chain(("omega_31", "omega_23", *POPULATIONS), COLD_RIGHT))
#: What the formulas divide by.
SIGNS = (
    "have B0_positive: B0 > 0 by (B0_1 + B0_4)/2",
    "have below: B0 - s > 0 by B0_1",
    "have above: B0 + s > 0 by B0_4",
    "have twice: 2*B0 - s > 0 by B0_positive + below",
)


@cache
def limit(J_value: int) -> limits.Limit:
    """The limit in a strong field, with s = J + Delta of the sign of J."""
    where = {"epsilon": 1, "T_R": 0, "T_L": sp.oo, "Delta": S - J}
    return limits.steady_state(2, where, {"B0": 3, "J": J_value, "s": sp.Rational(3, 2) * J_value})


def claims() -> Iterator[Claim]:
    """Ratios of populations, the work, and its maximum over s."""
    yield _ratio()
    yield _hot("4", "1", "E_41 - A_41 + E_31")
    yield _hot("2", "4", "E_24 - A_24 + E_23")
    for J_value, name in ((1, "antiferromagnet"), (-1, "ferromagnet")):
        yield _work(J_value, name)
        yield _maximum(J_value, name)


def _stationary() -> list[str]:
    """The facts still_j: dp_j/dt = 0."""
    given = ", ".join(f"{rate}={rate}" for rate in TOTALS)
    return [
        f"apply flow: stationary_2_qubits({given})",
        *(f"have still_{j}: {text} = 0 by flow_{j + 1}" for j, text in flows(2).items()),
        by(f"{' + '.join(POPULATIONS)} - 1 = 0", "flow_1", "one"),
    ]


def _ordered() -> list[str]:
    """The facts p_14, p_42 > 0: order at epsilon = 1, T_R = 0."""
    given = ", ".join(f"{name}={name}" for name in REGION.names)
    return [
        f"apply order: order_142_at_full_asymmetry_cold({given})",
        by("p_1 - p_4 > 0", "order_1", "p_14"),
        by("p_4 - p_2 > 0", "order_2", "p_42"),
    ]


def _ratio() -> Claim:
    p = limit(1).populations
    ratio = limit(1).setting.regime.oriented(sp.cancel(p[2] / p[1]))
    goal = f"p_3 - ({ratio})*p_2 = 0"
    return Claim(
        "limit_singlet",
        "At epsilon = 1 and T_R = 0 the singlet of two qubits in a strong field exchanges with the right bath alone: "
        "p_3/p_2 = (B0 + s)/(B0 - s) at every T_L, with s = J + Delta.",
        REGION,
        (goal,),
        lets=(*LETS, *SIGNS),
        proof=(
            *_stationary(),
            "have d_31: E_31 - kappa_R*(B0 - s)/2 = 0",
            "have d_23: E_23 - kappa_R*(B0 + s)/2 = 0",
            by(goal, "(d_23*p_2 - d_31*p_3 - still_3)/(kappa_R*below/2)"),
        ),
    )  # fmt: skip


def _hot(low: str, high: str, excess: str) -> Claim:
    """From the rate equation of the lower level: (p_high - p_low) A = what emission exceeds absorption by, or less."""
    pair = {"4": "41", "2": "24"}[low]
    still = {"4": "+ still_1", "2": "- still_2"}[low]
    left, x = f"2*kappa_L*(T_L - omega_{pair})", f"exp(omega_{pair}/T_L)"
    surplus = f"omega_{pair}*(kappa_L*w_{pair}_L + kappa_R*w_{pair}_R)"
    others = " + ".join(p for p in POPULATIONS if p != f"p_{low}")
    dark = {"4": ("p_1 + p_2 + p_4", "E_31"), "2": ("p_1 + p_3 + p_4", "E_23")}[low]
    goal = f"{excess} - (p_{high} - p_{low})*{left} > 0"
    return Claim(
        f"limit_hot_{high}{low}",
        f"At epsilon = 1 and T_R = 0, p_{high} - p_{low} of two qubits in a strong field vanishes at least as fast "
        f"as 1/T_L: times 2 kappa_L (T_L - omega_{pair}) it stays below {excess}, which does not depend on T_L.",
        REGION,
        (goal,),
        lets=LETS,
        proof=(
            *_stationary(),
            *_ordered(),
            f"have more: E_{pair} - A_{pair} - {surplus} = 0",
            f"exp slow: -omega_{pair}/T_L",
            by(f"A_{pair} - {left} >= 0", f"2*kappa_L*T_L*{x}*slow/({x} - 1)", "fast"),
            by(goal, f"({others})*(more + {surplus}) + ({dark[0]})*{dark[1]}"
                     f" + p_{high}{low}*fast {still} - one*({excess})"),
        ),
    )  # fmt: skip


def _work(J_value: int, name: str) -> Claim:
    """p_2 is below its limit because p_1 and p_4 exceed it, and p_3 - p_2 = 2 s p_2/(B0 - s)."""
    value = limit(J_value).ergotropy.value
    held, sign, pair, omega, size, rest = {
        1: ("(p_3 - p_1)*omega_31", "s", "1 and 3", "31", "below", "(p_14 + p_42 - ratio)*below - w*(p_3 - p_1)"),
        -1: ("(p_2 - p_3)*omega_23", "-s", "2 and 3", "23", "above", "ratio*above - w*(p_2 - p_3)"),
    }[J_value]
    goal = f"{value} - {held} > 0"
    given = ", ".join(f"{name}={name}" for name in REGION.names)
    return Claim(
        f"limit_work_{name}",
        f"At epsilon = 1, T_R = 0 and s = J + Delta {'>' if J_value > 0 else '<'} 0 the work that levels {pair} of two "
        f"qubits in a strong field hold stays below its limit at T_L -> infinity, {_plain(value)}.",
        REGION,
        (goal,),
        lets=(*LETS, f"assume sign: {sign} > 0", *SIGNS),
        proof=(
            *_stationary(),
            *_ordered(),
            f"apply ratio: limit_singlet({given})",
            f"have w: omega_{omega} - {size} = 0",
            by(goal, f"sign*{size}/twice*(p_14 + 2*p_42 + ratio - one) + {rest}"),
        ),
    )


def _maximum(J_value: int, name: str) -> Claim:
    """The difference is a square over something positive, by root^2 = 2 or 6."""
    value = limit(J_value).ergotropy.value.xreplace({S: J_value * S})
    found = limits.maximum(value, S, (0, B0))
    (square,) = found.value.atoms(sp.Pow)
    place, top = (sp.expand(x.xreplace({square: real("root")})) for x in (found.place, found.value))
    below = sp.denom(value)
    at_best = value.xreplace({S: real("best")})
    goals = (f"{top} - {value} >= 0", f"{top} - {at_best} = 0")
    return Claim(
        f"limit_maximum_{name}",
        f"The limit {_plain(value)} of two qubits' work at epsilon = 1, T_R = 0, T_L -> infinity, with s = |J + "
        f"Delta| below B0 and J + Delta {'>' if J_value > 0 else '<'} 0, is at most {_plain(found.value)}, its value "
        f"at s = {_plain(found.place)}.",
        Domain.of("0 < B0", "0 < s < B0", "0 < root"),
        goals,
        lets=(
            f"assume root_squared: root**2 - {square.base} = 0",
            f"let best = {place}",
            f"have below: {below} > 0 by {'B0 + s_high' if J_value > 0 else '2*B0 + s_low'}",
            f"have there: {sp.denom(at_best)} > 0 by root*B0",
        ),
        proof=(
            by(goals[0], f"((s - best)**2 - B0**2*root_squared)/({below})", "most"),
            by(goals[1], "-B0**2*root_squared/(root*B0)", "there_it_is"),
        ),
    )


def _plain(expr: sp.Expr) -> str:
    """A formula in words."""
    return str(expr).replace("*", " ")

"""Where two qubits become active at epsilon = 1: one level leaves its place, and a polynomial in the rates says when.

At epsilon = 1 the left bath does not see the singlet (level 3): its transitions 31 and 23 belong to the right bath
alone. With the left bath the hotter one, levels 1, 4, 2 stay in order and level 3 may leave its place; with the colder
left bath, levels 1, 3, 2 stay in order and level 4 may.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import chain
from proofs.regions import STRENGTHS, STRONG_FIELD
from proofs.theorems.names import POPULATIONS, TOTALS, TREES, by, roles, shown

#: What the order p_1 > p_4 > p_2 needs of the rates; p_1 > p_3 > p_2 with levels 3 and 4 exchanged.
BOUNDS = (
    "0 <= A_31",
    "0 <= A_23",
    "0 < A_41",
    "0 < A_24",
    "0 < E_31",
    "0, A_41 < E_41",
    "0, A_24 < E_24",
    "0, A_31*A_23*E_24/(E_31*A_24), A_31*A_23*E_41/(E_31*A_41) < E_23",
)
BOUNDS_IN_WORDS = "E_41 > A_41, E_24 > A_24, E_31 E_23 > A_31 A_23 E_24/A_24 and E_31 E_23 > A_31 A_23 E_41/A_41"
#: Differences of populations of level 3 and each other level, times the sum of all trees.
DIFFERENCES = {
    "13": "(E_31 - A_31)*(E_41*(E_23 + E_24) + E_23*A_24) - (A_41*A_24*E_23 - E_41*E_24*A_23)",
    "34": "(E_23 + E_24)*(A_31*E_41 - E_31*A_41) + (A_31 + A_41)*(E_23*A_24 - A_23*E_24)",
    "32": "(E_23 - A_23)*(A_31*E_41 + A_24*(A_31 + A_41)) - (E_31*A_41*A_24 - A_31*E_41*E_24)",
}


def claims() -> Iterator[Claim]:
    """The condition in terms of rates, for any epsilon; then which levels stay in order at epsilon = 1."""
    yield _boundary()
    for stays in "43":
        yield _order(stays)
    for cold in (False, True):
        yield _hot_left(cold)
        yield _cold_left(cold)


def _boundary() -> Claim:
    goals = {pair: f"(p_{pair[0]} - p_{pair[1]})*sum - ({text}) = 0" for pair, text in DIFFERENCES.items()}
    return Claim(
        "activation_boundary",
        "At any epsilon two qubits have p_1 > p_3 exactly where (E_31 - A_31) (E_41 (E_23 + E_24) + E_23 A_24) exceeds "
        "A_41 A_24 E_23 - E_41 E_24 A_23; two other polynomials in the rates have the signs of p_3 - p_4 and p_3 - "
        "p_2.",
        Domain.of(*(f"0 < {rate}" for rate in TOTALS)),
        ("sum > 0", *goals.values()),
        lets=(*chain(POPULATIONS, free=TOTALS), *(tree.replace("set ", "let ") for tree in TREES)),
    )


def _order(stays: str) -> Claim:
    proof = (
        *TREES,
        "have r14: p_1 - p_4 > 0 by (E_41_1*(t_4 + E_31*A_31*out_2) + out_1*E_31*A_24*E_23_1)/(out_1*sum)",
        "have r42: p_4 - p_2 > 0 by (E_24_1*(t_4 + A_23*E_23*out_1) + out_2*E_31*A_41*E_23_2)/(out_2*sum)",
    )
    sector = {"4": "positive_J", "3": "negative_J"}[stays]  # where J < 0, levels 3 and 4 change their roles
    return Claim(
        f"order_1{stays}2",
        f"If the rates of two qubits satisfy {roles(BOUNDS_IN_WORDS, sector)}, then p_1 > p_{stays} > p_2.",
        Domain.of(*(roles(bound, sector) for bound in BOUNDS)),
        in_order(stays),
        lets=chain(POPULATIONS, free=TOTALS),
        proof=tuple(roles(line, sector) for line in proof),
    )


def in_order(stays: str) -> tuple[str, str]:
    """p_1 > p_stays > p_2."""
    return f"p_1 - p_{stays} > 0", f"p_{stays} - p_2 > 0"


def _hot_left(cold: bool) -> Claim:
    """E_31 E_23/(A_31 A_23) = e^(2 B0/T_R) exceeds E_ij/A_ij at 24 and 41, which are below 2 B0."""
    pairs = {"24": "41", "41": "24"}
    if cold:
        return _at_full_asymmetry("4", "T_R", [], [by(f"E_23 - (A_31*A_23*E_{p}/(E_31*A_{p})) > 0", "E_23", f"o_{p}")
                                              for p in pairs])  # fmt: skip
    lines = [f"have d_{pair}: E_{pair} - A_{pair}*exp(omega_{pair}/T_R) = 0" for pair in ("31", "23")]
    for pair, other in pairs.items():
        more = {"L": f"omega_{pair}*T_L_1/(T_L*T_R) + omega_{other}/T_R", "R": f"omega_{other}/T_R"}
        lines += _by_baths(pair, "LR")
        lines += [
            by(
                f"exp(2*B0/T_R) - exp(omega_{pair}/T_{v}) > 0",
                f"exp(omega_{pair}/T_{v})*(exp({x}) - 1)",
                f"up_{v}{pair}",
            )
            for v, x in more.items()
        ]
        why = (
            f"A_31*A_23*(a_{pair}_L*up_L{pair} + a_{pair}_R*up_R{pair}) + A_31*A_23*(exp(2*B0/T_R)*s_{pair} - d_{pair})"
            f" + d_31*E_23*A_{pair} + A_31*exp(omega_31/T_R)*d_23*A_{pair}"
        )
        lines += [
            by(f"E_31*E_23*A_{pair} - A_31*A_23*E_{pair} > 0", why, f"c_{pair}"),
            by(f"E_23 - (A_31*A_23*E_{pair}/(E_31*A_{pair})) > 0", f"c_{pair}/(E_31*A_{pair})", f"o_{pair}"),
        ]
    return _at_full_asymmetry("4", "T_R", ["T_L"], lines)


def _cold_left(cold: bool) -> Claim:
    """E_41 E_24/(A_41 A_24) is at least e^(2 B0/T_R) and exceeds E_ij/A_ij at 31 and 23, which are e^(omega_ij/T_R)."""
    warm = "R" if cold else "LR"
    lines = [*_by_baths("41", warm), *_by_baths("24", warm)]
    emitted = {pair: _emitted(pair, warm) for pair in ("41", "24")}
    rest = f"e_41_L*({emitted['24']}) + a_41_R*exp(omega_41/T_R)*e_24_L" if cold else "0"
    for pair, other in {"23": "31", "31": "23"}.items():
        terms = []
        for v, w in product(warm, repeat=2):
            gains = [f"omega_{x}*T_R_1/(T_L*T_R)" for x, bath in (("41", v), ("24", w)) if bath == "L"]
            more = " + ".join([*gains, f"omega_{other}/T_R"])
            lines.append(by(f"exp(omega_41/T_{v} + omega_24/T_{w}) - exp(omega_{pair}/T_R) > 0",
                            f"exp(omega_{pair}/T_R)*(exp({more}) - 1)", f"up_{pair}_{v}{w}"))  # fmt: skip
            terms.append(f"a_41_{v}*a_24_{w}*up_{pair}_{v}{w}")
        absorbed = " + ".join(f"a_41_{v}" for v in warm)
        why = (
            f"A_{pair}*({' + '.join(terms)} + {rest}) + A_{pair}*(d_41*E_24 + ({emitted['41']})*d_24)"
            f" - A_41*A_24*d_{pair} - A_{pair}*exp(omega_{pair}/T_R)*(s_41*A_24 + ({absorbed})*s_24)"
        )
        lines += [
            f"have d_{pair}: E_{pair} - A_{pair}*exp(omega_{pair}/T_R) = 0",
            by(f"E_41*E_24*A_{pair} - A_41*A_24*E_{pair} > 0", why, f"c_{pair}"),
            by(f"E_24 - (A_41*A_24*E_{pair}/(E_41*A_{pair})) > 0", f"c_{pair}/(E_41*A_{pair})", f"o_{pair}"),
        ]
    return _at_full_asymmetry("3", "T_L", [] if cold else ["T_R"], lines)


def _emitted(pair: str, warm: str) -> str:
    """E_ij in terms of absorption: a e^(omega/T) for a warm bath, e itself for one at T = 0."""
    parts = {"L": f"e_{pair}_L", "R": f"e_{pair}_R"} | {v: f"a_{pair}_{v}*exp(omega_{pair}/T_{v})" for v in warm}
    return " + ".join(parts.values())


def _by_baths(pair: str, warm: str) -> list[str]:
    """The facts s_ij and d_ij: A_ij and E_ij as sums over the baths."""
    absorbed = " + ".join(f"a_{pair}_{v}" for v in warm)
    return [
        f"have s_{pair}: A_{pair} - ({absorbed}) = 0",
        f"have d_{pair}: E_{pair} - ({_emitted(pair, warm)}) = 0",
    ]


def _at_full_asymmetry(stays: str, colder: str, hotter: Sequence[str], inequalities: Sequence[str]) -> Claim:
    """p_1 > p_stays > p_2 at epsilon = 1; ``hotter`` is empty where the colder bath is at T = 0."""
    other = {"T_R": "T_L", "T_L": "T_R"}[colder]
    cold = not hotter
    moves = {"4": "3", "3": "4"}[stays]
    excess = [
        line
        for pair in (f"{stays}1", f"2{stays}")
        for rate in [f"omega_{pair}*(kappa_L*w_{pair}_L + kappa_R*w_{pair}_R)"]
        for line in (
            f"have m_{pair}: E_{pair} - A_{pair} - {rate} = 0",
            by(f"E_{pair} - A_{pair} > 0", f"{rate} + m_{pair}", f"e_{pair}"),
        )
    ]
    put = {"epsilon": "1"} | ({colder: "0"} if cold else {})
    goals = in_order(stays)
    return Claim(
        f"order_1{stays}2_at_full_asymmetry{'_cold' if cold else ''}",
        f"At epsilon = 1 two qubits in a strong field with {other} {'> ' if cold else '>= '}{colder}"
        f"{' = 0' if cold else ' > 0'} have p_1 > p_{stays} > p_2: level {moves} alone may leave its place.",
        Domain.of("J", "Delta") + STRONG_FIELD + STRENGTHS
        + (Domain.of(f"0 < {other}") if cold else Domain.of(f"0 < {colder}", f"{colder} <= {other}")),
        goals,
        lets=(*(() if cold else [f"have {other}_warm: {other} > 0 by {colder} + {other}_1"]),
              *chain(POPULATIONS, put)),
        proof=(*excess, *inequalities, f"apply r: order_1{stays}2({', '.join(f'{x}={x}' for x in TOTALS)})",
               *shown(goals)),
    )  # fmt: skip

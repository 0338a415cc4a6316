"""Appendix A step by step: each printed statement as a claim, and what holds where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from proofs.appendix_words import SAID
from proofs.claim import Claim
from proofs.domain import Domain
from proofs.paper.appendix_a import EQUATIONS, PAIRS, STATEMENTS
from proofs.paper.printed import Printed
from proofs.program_text import chain
from proofs.regions import ANTIFERROMAGNET, FERROMAGNET, ONE_STRENGTH, STRONG_FIELD, WARM
from proofs.theorems.etas import ETA_STEPS, ETAS
from proofs.theorems.four_inequalities import four_inequalities
from proofs.theorems.names import POPULATIONS, TOTALS, by, descending

#: Where the search for counterexamples starts: e^(omega/T) is of moderate size there.
MODERATE = Domain.of("1/2 <= J <= 2", "1/4 <= Delta <= 2", "J + Delta < B0 <= J + Delta + 1")
NEAR = {
    "A13": MODERATE + Domain.of("1 <= T <= 10"),
    "A14": MODERATE + Domain.of("1 <= T_M <= 10"),
    "A17": MODERATE + Domain.of("1 <= kappa <= 3", "1/4 <= T_L <= 4", "1/4 <= T_R <= 4"),
    "A_excess": MODERATE + Domain.of("1/100 <= kappa <= 1/2", "1 <= T_L <= 4", "1 <= T_R <= 4"),
}
PUT = {"epsilon": "0", "kappa_L": "kappa", "kappa_R": "kappa"}
SIGNS = {sp.Gt: ">", sp.Ge: ">=", sp.Eq: "="}
REGION = ANTIFERROMAGNET + ONE_STRENGTH + WARM
FREQUENCIES = tuple(f"omega_{pair}" for pair in PAIRS)
ENERGIES = ("E_1", "E_2", "E_3", "E_4")

OMEGAS = chain(FREQUENCIES, PUT)
RATES = chain((*FREQUENCIES, *TOTALS), PUT)
OCCUPATIONS = (*OMEGAS, *(f"let n_{v}_{pair} = 1/(exp(omega_{pair}/T_{v}) - 1)" for pair in PAIRS for v in "LR"))
WITH_ETAS = (*RATES, *chain(POPULATIONS, free=TOTALS), *ETAS)
#: (A7), (A8), (A11), (A18) under these names, N_ij = kappa (n_L + n_R), and is_R: the rate R is its expression in N_ij.
FOUR = tuple(four_inequalities({pair: pair for pair in PAIRS}, "2*J", {"L": "kappa", "R": "kappa"}, "LR"))
STEPS = (*FOUR, *ETA_STEPS)
#: E_ij - A_ij - kappa omega_ij = 0 as more_ij.
EXCESS = tuple(
    f"have more_{pair}: E_{pair} - A_{pair} - kappa*omega_{pair} = 0 by is_E_{pair} - is_A_{pair}" for pair in PAIRS
)


def shows(printed: Printed) -> tuple[str, ...]:
    """The printed relations as relations to 0."""
    return tuple(f"{r.lhs - r.rhs} {SIGNS[type(r)]} 0" for r in printed.relations)


def occupied(low: str, high: str, step: str) -> tuple[str, ...]:
    """Lines that show less_v: n_v at omega_low - n_v at omega_high > 0, the latter being higher by ``step``."""
    return tuple(
        line
        for v in "LR"
        for line in (
            f"apply fewer_{v}: bose_decreasing(a=omega_{low}, d={step}, T=T_{v})",
            by(f"n_{v}_{low} - n_{v}_{high} > 0", f"fewer_{v}", f"less_{v}"),
        )
    )


def shifted(low: str, high: str) -> str:
    """Why e^(1 - omega/T) summed over both baths is larger at omega_low than at omega_high = omega_low + 2 J."""
    return " + ".join(f"exp(1 - omega_{high}/T_{v})*(exp(2*J/T_{v}) - 1)" for v in "LR")


def passive(sector: str, order: str) -> tuple[str, ...]:
    """Lines that show how populations are ordered: r_1, r_2, r_3, by the theorem."""
    names = ("J", "Delta", "B0", "T_L", "T_R")
    values = ", ".join([*(f"{name}={name}" for name in names), "kappa_L=kappa", "kappa_R=kappa"])
    sign = "have J_sign: J > 0 by J" if sector == "positive_J" else "have J_sign: -J > 0 by J_1"
    return (
        sign,
        f"apply r: passive_{sector}_warm_ohmic({values})",
        *(by(x, f"r_{k}", f"r_is_{k}") for k, x in enumerate(descending(order), start=1)),
    )


def claims() -> Iterator[Claim]:
    """The printed statements in order, then what replaces those that fail or that the reading has spoilt."""
    plan = {**_frequencies(), **_rates(), **_temperatures(), **_conclusions()}
    for printed in (*EQUATIONS, *STATEMENTS):
        domain, lets, proof, fields = plan[printed.number]
        source = f"({printed.number})" if printed in EQUATIONS else "App. A"
        note = fields.get("note", printed.reading)
        correction = fields.get("correction", "")
        method = "refutation" if correction else "certificate"
        yield Claim(printed.number, SAID[printed.number], domain, shows(printed), lets, tuple(proof), source, method,
                    correction=correction, note=note, near=NEAR.get(printed.number))  # fmt: skip
    yield from _meant()
    yield _inference()


Plan = dict[str, tuple[Domain, tuple[str, ...], Sequence[str], dict[str, str]]]


def _frequencies() -> Plan:
    meant = "The reading has the -1 inside the exponent; with occupations it is {}_occupations."
    flat = ANTIFERROMAGNET + WARM
    return {
        "A1": (Domain.of("0 < J", "J < Delta") + STRONG_FIELD, OMEGAS,
               (by("omega_24 - omega_41 > 0", "2*Delta_1"),), {}),
        "A2": (Domain.of("0 < Delta", "Delta < J") + STRONG_FIELD, OMEGAS,
               (by("J > 0", "Delta + J_1", "J_positive"), by("omega_41 - omega_24 > 0", "2*J_1")), {}),
        "A3": (flat, OMEGAS, (by(shows(EQUATIONS[2])[0], shifted("24", "23")),), {"note": meant.format("A3")}),
        "A4": (flat, OMEGAS, (by(shows(EQUATIONS[3])[0], shifted("31", "41")),), {"note": meant.format("A4")}),
        "A_levels": (ANTIFERROMAGNET, chain(ENERGIES, PUT), (), {}), }  # fmt: skip


def _rates() -> Plan:
    a5, a6, a7, a8, a9, a10, a11 = (shows(printed)[0] for printed in EQUATIONS[4:11])
    fraction = "E_24*E_41/(A_24*A_41) - E_23/A_23 > 0"
    sums = tuple(f"have sum_{pair}: A_{pair} - (a_{pair}_L + a_{pair}_R) = 0" for pair in PAIRS)

    def absorbed(low: str, high: str, fewer: str) -> str:
        parts = (f"2*omega_{high}*(is_A_{low} - sum_{low})", f"2*omega_{low}*(is_A_{high} - sum_{high})")
        return f"omega_{low}*omega_{high}*{fewer} + {parts[0]} - {parts[1]}"

    return {
        "A5": (REGION, RATES, (*FOUR, *sums, by(a5, absorbed("24", "23", "n24"))), {}),
        "A6": (REGION, RATES, (*FOUR, *sums, by(a6, absorbed("31", "41", "n31"))), {}),
        "A7": (REGION, RATES, (*FOUR, by(a7, "A7")), {}),
        "A8": (REGION, RATES, (*FOUR, by(a8, "A8")), {}),
        "A9": (ANTIFERROMAGNET + WARM, OCCUPATIONS, (*occupied("41", "23", "2*Delta"), by(a9, "less_L + less_R")), {}),
        "A10": (REGION, RATES, (*FOUR, *(f"apply m_{v}: bose_decreasing(a=omega_41, d=2*Delta, T=T_{v})" for v in "LR"),
                 by("N_41 - N_23 > 0", "kappa*m_L + kappa*m_R", "m"),
                 by(a10, "(omega_23*omega_41*m/2 + omega_23*is_A_41 - omega_41*is_A_23)/(A_23*A_41)")), {}),
        "A11": (REGION, RATES, (*FOUR, by(a11, "A11")), {}),
        "A17": (REGION, RATES, (), {"correction": "A17_corrected",
                 "note": "A_24 stands where A_41 should; the 2 should be kappa. The witness has kappa above 2."}),
        "A18": (REGION, RATES, (*FOUR, by(fraction, "A18/(A_41*A_24*A_23)")), {}),
        "A_excess_left": (REGION, RATES, (), {}),
        "A_excess": (REGION, RATES, (), {"correction": "A_excess_corrected", "note": "kappa is missing."}),
    }  # fmt: skip


def _temperatures() -> Plan:
    a15, a16 = (shows(printed)[0] for printed in EQUATIONS[14:16])
    middle = ANTIFERROMAGNET + Domain.of("0 < T_M")
    growth = "exp(omega_23/(2*T_M))*(exp(omega_31/(2*T_M)) - 1)"
    rising = " + ".join(f"exp({w}/(2*T_M))*(exp({w}/(2*T_M)) - 1)" for w in ("omega_24", "omega_41"))
    means = tuple(f"set N_{pair} = n_L_{pair} + n_R_{pair}" for pair in PAIRS)
    at_sum = " + ".join(f"1/(exp((omega_23 + omega_31)/T_{v}) - 1)" for v in "LR")
    triple = "(N_41 + 2)*(N_24 + 2)*{0} - N_41*N_24*({0} + 2)"
    sixteen = (
        *means,
        f"set N_sum = {at_sum}",
        *(f"apply m_{v}: bose_decreasing(a=omega_23, d=omega_31, T=T_{v})" for v in "LR"),
        by("N_23 - N_sum > 0", "m_L + m_R", "m"),
        "apply s: ratio_submultiplicative(a=omega_41, b=omega_24, T_L=T_L, T_R=T_R, k_L=1, k_R=1)",
        by(f"{triple.format('N_sum')} >= 0", "s", "at_sum"),
        by(f"{triple.format('N_23')} > 0", "at_sum + m*2*(N_41 + N_24 + 2)", "here"),
        by(a16, "here/(2*N_41*N_24*N_23)"),
    )
    return {
        "A13": (ANTIFERROMAGNET + Domain.of("0 < T"), (*OMEGAS, "let omega_14 = -omega_41"), (),
                {"correction": "A13_corrected",
                 "note": "omega_14 = E_1 - E_4 by the paper's convention, which is -omega_41."}),
        "A14": (middle, OMEGAS, (), {"correction": "A14_corrected",
                 "note": "T_M and 2 T_M are mixed: the last two terms on the left of (A14) and (A15) are exchanged."}),
        "A15": (middle, OMEGAS, (by(a15, f"{growth} + {rising}"),),
                {"note": "T_M and 2 T_M are mixed as in (A14), without harm."}),
        "A16": (ANTIFERROMAGNET + WARM, OCCUPATIONS,
                sixteen, {"note": "The printed argument for it does not hold: A16_inference."}),
    }  # fmt: skip


def _conclusions() -> Plan:
    ratio, above = shows(EQUATIONS[11])
    products = shows(STATEMENTS[-1])
    turned = ("r_1 + r_2 + r_3", "r_1 + r_2", "r_1", "r_3", "r_2 + r_3", "r_2")
    gaps = {"E_2 - E_1": "B0_1 + B0_4", "E_3 - E_1": "B0_1", "E_4 - E_1": "B0_3", "E_2 - E_3": "B0_4",
            "E_2 - E_4": "B0_2", "E_3 - E_4": "2*J_1"}  # fmt: skip
    return {
        "A12": (REGION, WITH_ETAS, (*STEPS, by(ratio, "step_5/(p_2*(eta_1*A_23 + eta_2*A_24))", "r_1"),
                 by(above, "step_3/(eta_1*A_23 + eta_2*A_24)", "r_2")), {}),
        "A_eta_34": (REGION, WITH_ETAS, STEPS, {}),
        "A_eta_42": (REGION, WITH_ETAS, STEPS, {}),
        "A_eta_13": (REGION, WITH_ETAS, STEPS, {}),
        "A_passive_AFM": (REGION, chain(POPULATIONS, PUT), passive("positive_J", "1342"), {}),
        "A_passive_FM": (FERROMAGNET + ONE_STRENGTH + WARM, chain((*ENERGIES, *POPULATIONS), PUT),
                         (*(by(f"{gap} > 0", why, f"gap_{k}") for k, (gap, why) in enumerate(gaps.items())),
                          *passive("negative_J", "1432"),
                          *(by(x, f"gap_{k}*({why})", f"s_{k}")
                            for k, (x, why) in enumerate(zip(products, turned, strict=True)))), {}),
    }  # fmt: skip


def _meant() -> Iterator[Claim]:
    """What is meant, or true, where a printed statement is spoilt or false."""
    for name, low, high in (("A3", "24", "23"), ("A4", "31", "41")):
        goal = f"n_L_{low} + n_R_{low} - n_L_{high} - n_R_{high} > 0"
        yield Claim(f"{name}_occupations", SAID[f"{name}_occupations"], ANTIFERROMAGNET + WARM, (goal,), OCCUPATIONS,
                    (*occupied(low, high, "2*J"), by(goal, "less_L + less_R")), f"({name})")  # fmt: skip
    growth = "exp((omega_24 + omega_41)/T) - exp(omega_23/T) > 0"
    ratio = "(exp((omega_24 + omega_41)/T) - 1)/(exp(omega_23/T) - 1) - 1 > 0"
    steps = (by(growth, "exp(omega_23/T)*(exp(omega_31/T) - 1)", "g"), by(ratio, "g/(exp(omega_23/T) - 1)"))
    yield Claim("A13_corrected", SAID["A13_corrected"], ANTIFERROMAGNET + Domain.of("0 < T"),
                (ratio,), OMEGAS, steps, "(A13)")  # fmt: skip
    x, y, z = (f"(exp(omega_{pair}/T_M) - 1)" for pair in ("24", "41", "23"))
    goal = f"{x}*{y} + {x} + {y} - {z} > 0"
    yield Claim("A14_corrected", SAID["A14_corrected"], ANTIFERROMAGNET + Domain.of("0 < T_M"), (goal,), OMEGAS,
                (by(goal, "exp(omega_23/T_M)*(exp(omega_31/T_M) - 1)"),), "(A14)")  # fmt: skip
    goal = "kappa*omega_41*omega_24/(A_41*A_24) + omega_41/A_41 + omega_24/A_24 - omega_23/A_23 > 0"
    rest = "more_41*E_24*A_23 - (A_41 + kappa*omega_41)*more_24*A_23 + A_41*A_24*more_23"
    yield Claim("A17_corrected", SAID["A17_corrected"], REGION, (goal,), RATES,
                (*FOUR, *EXCESS, by(goal, f"(A18 - {rest})/(kappa*A_41*A_24*A_23)")), "(A17)")  # fmt: skip
    yield Claim("A_excess_corrected", SAID["A_excess_corrected"], REGION,
                tuple(f"E_{pair} - A_{pair} - kappa*omega_{pair} = 0" for pair in PAIRS), RATES,
                source="App. A")  # fmt: skip


def _inference() -> Claim:
    """After (A16): f > g at both ends and both monotonic, hence f > g between; already quadratic f and g differ."""
    return Claim(
        "A16_inference",
        SAID["A16_inference"],
        Domain.of("0 < f_1", "0 <= f_2", "0 < g_1", "0 <= g_2", "g_0", "g_0, g_0 + g_1 + g_2 - f_1 - f_2 < f_0",
                  "0 <= x <= 1"),
        ("f_0 + f_1*x + f_2*x**2 - (g_0 + g_1*x + g_2*x**2) > 0",),
        source="App. A",
        method="refutation",
        near=Domain.of("1/10 <= f_1 <= 1", "1 <= f_2 <= 8", "1 <= g_1 <= 8", "0 <= g_2 <= 1", "-1 <= g_0 <= 1",
                       "g_0, g_0 + g_1 + g_2 - f_1 - f_2 < f_0", "1/4 <= x <= 3/4"),
        note="The paper infers (A16) for all temperatures in this way. It holds nevertheless: A16.",
    )  # fmt: skip

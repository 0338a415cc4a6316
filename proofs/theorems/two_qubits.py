"""Passivity of two qubits in a strong field, for both signs of J, every Delta, all strengths and common densities.

Everything reduces to four inequalities between the total rates, named as in the paper: (A7), (A8), (A11), (A18).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import battery, chain
from proofs.regions import SECTORS, STRENGTHS, STRONG_FIELD

PAIRS = ("31", "41", "23", "24")
TOTALS = tuple(f"{kind}_{pair}" for pair in PAIRS for kind in "AE")
POPULATIONS = ("p_1", "p_2", "p_3", "p_4")
#: The four inequalities and E > A, as bounds of rates by others.
RATIO_BOUNDS = (
    *(f"0 < A_{pair}" for pair in PAIRS),
    "0, A_31 < E_31",
    "0, A_41*E_31/A_31 < E_41",
    "0, A_24 < E_24",
    "0, A_23*E_24/A_24, A_31*E_41*A_23/(A_41*E_31) < E_23 < E_41*E_24*A_23/(A_41*A_24)",
)
#: The spectral density at each frequency, over that of an Ohmic bath.
DENSITIES = Domain.of(*(f"0 < c_{pair}" for pair in PAIRS))
#: Where J < 0 the levels 3 and 4 change places.
TURNED = {"31": "41", "41": "31", "23": "24", "24": "23"}
#: Which of (31, 41, 23, 24) plays which part: (lower of the first step, ...) for either sign of J.
ROLES = {"positive_J": {pair: pair for pair in PAIRS}, "negative_J": TURNED}
ABOVE = {"positive_J": "2*J", "negative_J": "2*J_1"}  # J_1 is -J > 0
ORDERS = {"positive_J": "1342", "negative_J": "1432"}


def descending(order: str, suffix: str = "") -> tuple[str, ...]:
    """Populations strictly decrease in this order of levels."""
    return tuple(f"p_{i}{suffix} - p_{j}{suffix} > 0" for i, j in pairwise(order))


def shown(relations: Sequence[str], fact: str = "r") -> list[str]:
    """``have`` lines that each relation is what an applied claim concludes, in its order."""
    return [f"have {fact}_is_{k}: {relation} by {fact}_{k}" for k, relation in enumerate(relations, start=1)]


@dataclass(frozen=True)
class Temperatures:
    """Which baths are warm: the domain, the values to put in, and how occupations enter the lemmas."""

    words: str
    domain: Domain
    put: Mapping[str, str]
    warm: Sequence[str]


TEMPERATURES = {
    "warm": Temperatures("both baths warm", Domain.of("0 < T_L", "0 < T_R"), {}, "LR"),
    "cold_R": Temperatures("the right bath at T = 0", Domain.of("0 < T_L"), {"T_R": "0"}, "L"),
    "cold_L": Temperatures("the left bath at T = 0", Domain.of("0 < T_R"), {"T_L": "0"}, "R"),
}


def occupations(pair: str, weights: Mapping[str, str], warm: Sequence[str]) -> str:
    """N_ij = sum over warm baths of k_v n_v(omega_ij)."""
    return " + ".join(f"({weights[v]})/(exp(omega_{pair}/T_{v}) - 1)" for v in warm)


def four_inequalities(turn: Mapping[str, str], gap: str, weights: Mapping[str, str], warm: Sequence[str]) -> list[str]:
    """Lines that derive (A7), (A8), (A11), (A18) and E > A for A_ij = omega_ij N_ij/2, E_ij = omega_ij (N_ij + K)/2.

    turn: which transition plays the part of which; gap: omega_41 - omega_31 = omega_23 - omega_24 in these parts.
    weights: k_v by bath, as expressions; warm: the baths that are not at T = 0.
    """
    w = {pair: f"omega_{turn[pair]}" for pair in PAIRS}
    A, E, N = ({pair: f"{letter}_{turn[pair]}" for pair in PAIRS} for letter in "AEN")
    lines = [f"set K = {weights['L']} + {weights['R']}"]
    lines += [f"set N_{pair} = {occupations(pair, weights, warm)}" for pair in PAIRS]
    lines += [f"set N_sum = {' + '.join(f'({weights[v]})/(exp((omega_31 + omega_23)/T_{v}) - 1)' for v in warm)}"]

    def decreasing(name: str, low: str, step: str, high: str) -> list[str]:
        """``name``: N at ``low`` minus N at ``low`` + ``step``, which is ``high``."""
        applied = [f"apply {name}_{v}: bose_decreasing(a={low}, d={step}, T=T_{v})" for v in warm]
        total = " + ".join(f"({weights[v]})*{name}_{v}" for v in warm)
        return [*applied, f"have {name}: {high} > 0 by {total}"]

    def submultiplicative(name: str, first: str, second: str) -> str:
        if len(warm) == 2:
            rest = f"T_L=T_L, T_R=T_R, k_L={weights['L']}, k_R={weights['R']}"
            return f"apply {name}: ratio_submultiplicative(a={w[first]}, b={w[second]}, {rest})"
        (v,), (cold,) = warm, set("LR") - set(warm)
        rest = f"T=T_{v}, k={weights[v]}, c={weights[cold]}"
        return f"apply {name}: ratio_submultiplicative_cold(a={w[first]}, b={w[second]}, {rest})"

    def triple(name: str, a: str, b: str, c: str) -> list[str]:
        """(N_a + K)(N_b + K) N_c - N_a N_b (N_c + K) > 0, from its value at a + b, where it is >= 0."""
        at_sum, here = (f"({N[a]} + K)*({N[b]} + K)*{x} - {N[a]}*{N[b]}*({x} + K)" for x in ("N_sum", N[c]))
        positive = f"{w[a]}*{w[b]}*{w[c]}/8*{name}_N"
        return [
            f"have {name}_0: {at_sum} >= 0 by {name}_sum",
            f"have {name}_N: {here} > 0 by {name}_0 + {name}_rest*K*({N[a]} + {N[b]} + K)",
            difference(name, (E[a], E[b], A[c]), (A[a], A[b], E[c]), positive),
        ]

    equal = {
        name: f"{w[pair]}*({N[pair]}{more})/2" for pair in PAIRS for name, more in ((A[pair], ""), (E[pair], " + K"))
    }

    def telescope(names: Sequence[str]) -> str:
        """The product of the rates minus that of their expressions in N: a sum of terms that are 0."""
        terms = []
        for k, name in enumerate(names):
            terms.append("*".join([*(f"{equal[n]}" for n in names[:k]), f"is_{name}", *names[k + 1 :]]))
        return " + ".join(terms)

    def difference(name: str, first: Sequence[str], second: Sequence[str], positive: str) -> str:
        """The product of some rates exceeds that of others."""
        why = f"{positive} + ({telescope(first)}) - ({telescope(second)})"
        return f"have {name}: {'*'.join(first)} - {'*'.join(second)} > 0 by {why}"

    return [
        *lines,
        *(f"have is_{name}: {name} - {value} = 0" for name, value in equal.items()),
        *decreasing("n31", w["31"], gap, f"{N['31']} - {N['41']}"),
        *decreasing("n24", w["24"], gap, f"{N['24']} - {N['23']}"),
        difference("A7", (A["24"], E["23"]), (A["23"], E["24"]), f"{w['23']}*{w['24']}*K/4*n24"),
        difference("A8", (A["31"], E["41"]), (A["41"], E["31"]), f"{w['31']}*{w['41']}*K/4*n31"),
        *decreasing("A18_rest", w["23"], w["31"], f"{N['23']} - N_sum"),
        submultiplicative("A18_sum", "41", "24"),
        *triple("A18", "41", "24", "23"),
        *decreasing("A11_rest", w["41"], w["24"], f"{N['41']} - N_sum"),
        submultiplicative("A11_sum", "23", "31"),
        *triple("A11", "23", "31", "41"),
        f"have E31: {E['31']} - {A['31']} > 0 by K*{w['31']}/2 + is_{E['31']} - is_{A['31']}",
        f"have E24: {E['24']} - {A['24']} > 0 by K*{w['24']}/2 + is_{E['24']} - is_{A['24']}",
    ]


def claims() -> Iterator[Claim]:
    """The theorem: from inequalities between rates to populations, then the inequalities, case by case."""
    for sector in SECTORS:
        yield _order_from_ratios(sector)
    for coupling in COUPLINGS.values():
        cases = []
        for sector, (cold, temperatures) in product(SECTORS, TEMPERATURES.items()):
            name = f"{coupling.name}_{sector}_{cold}"
            yield _passive(name, sector, temperatures, coupling)
            cases.append(name)
            if coupling.name == "passive":
                yield _ohmic(name, sector, temperatures)
        yield _whole(f"{coupling.name}_any_density", coupling.words, coupling.domain, cases)
    ohmic = [f"passive_{sector}_{cold}_ohmic" for sector, cold in product(SECTORS, TEMPERATURES)]
    yield _whole("passive_two_qubits", COUPLINGS["symmetric"].words, Domain(()), ohmic, "A")


@dataclass(frozen=True)
class Coupling:
    """How the baths couple: the parameters put into the program, the weights k_v, and whether cross terms are kept."""

    name: str
    words: str
    domain: Domain
    put: Mapping[str, str]
    weights: Mapping[str, str]
    collective: bool


COUPLINGS = {
    "symmetric": Coupling(
        "passive", "at epsilon = 0", Domain(()), {"epsilon": "0"}, {"L": "kappa_L", "R": "kappa_R"}, True
    ),
    "independent": Coupling(
        "passive_independent",
        "without collective dissipation, at any epsilon",
        Domain.of("epsilon"),
        {},
        {"L": "kappa_L*(1 + epsilon**2)", "R": "kappa_R"},
        False,
    ),
}


def roles(relation: str, sector: str) -> str:
    """A relation between rates and populations with the names of transitions and levels in the parts they play."""
    if sector == "positive_J":
        return relation
    turned = re.sub(r"(?<=_)(31|41|23|24)(?=\b|_)", lambda found: TURNED[found[0]], relation)
    return re.sub(r"(?<=\b[pt]_)[34]\b", lambda found: {"3": "4", "4": "3"}[found[0]], turned)


def _order_from_ratios(sector: str) -> Claim:
    proof = (
        "set out_1 = A_31 + A_41",
        "set out_2 = E_23 + E_24",
        "set t_3 = A_31*E_41*out_2 + E_23*A_24*out_1",
        "set t_4 = E_31*A_41*out_2 + A_23*E_24*out_1",
        "set t_1 = (E_31*t_3 + E_41*t_4)/out_1",
        "set t_2 = (A_23*t_3 + A_24*t_4)/out_2",
        "set sum = t_1 + t_2 + t_3 + t_4",
        "have r13: p_1 - p_3 > 0 by (E_31_1*t_3 + E_41*A_41*E_31_1*out_2 + A_41*A_24*E_23_3*out_1)/(out_1*sum)",
        "have r34: p_3 - p_4 > 0 by (A_31*E_41_1*out_2 + A_24*E_23_1*out_1)/sum",
        "have r42: p_4 - p_2 > 0 by (E_24_1*t_4 + A_41*E_31*E_23_2*out_2 + E_23*A_23*E_24_1*out_1)/(out_2*sum)",
    )
    order = ORDERS[sector]
    return Claim(
        f"order_from_ratios_{sector}",
        f"Four inequalities between rates, and E > A, order the populations: {' > '.join(f'p_{i}' for i in order)}.",
        Domain.of(*(roles(bound, sector) for bound in RATIO_BOUNDS)),
        descending(order),
        lets=chain(POPULATIONS, free=TOTALS),
        proof=tuple(roles(line, sector) for line in proof),
    )


def _passive(name: str, sector: str, temperatures: Temperatures, coupling: Coupling) -> Claim:
    """For any common density: J(omega) = c(omega) times the Ohmic one scales A_ij and E_ij alike."""
    turn = ROLES[sector]
    lets = (
        *chain(TOTALS, {**coupling.put, **temperatures.put}, model=battery(2, collective=coupling.collective)),
        *(f"let {total}_c = c_{total[2:]}*{total}" for total in TOTALS),
        *chain(POPULATIONS, free=TOTALS, suffix="_c"),
    )
    scaled = {total: f"c_{total[2:]}*{total}" for total in TOTALS}
    conditions = (
        ("{E_41} - ({A_41}*{E_31}/({A_31}))", "c_41*A8/A_31"),
        ("{E_23} - ({A_23}*{E_24}/({A_24}))", "c_23*A7/A_24"),
        ("{E_23} - ({A_31}*{E_41}*{A_23}/({A_41}*({E_31})))", "c_23*A11/(A_41*E_31)"),
        ("({E_41}*{E_24}*{A_23}/({A_41}*({A_24}))) - {E_23}", "c_23*A18/(A_41*A_24)"),
        ("{E_31} - {A_31}", "c_31*E31"),
        ("{E_24} - {A_24}", "c_24*E24"),
    )
    ordered = [f"have o{k}: {expr.format(**scaled)} > 0 by {why}" for k, (expr, why) in enumerate(conditions, start=1)]
    relations = descending(ORDERS[sector], "_c")
    return Claim(
        name,
        f"Populations decrease with energy {coupling.words}, for {_sign(sector)} and any spectral density common to "
        f"both baths, {temperatures.words}.",
        SECTORS[sector] + STRENGTHS + coupling.domain + temperatures.domain + DENSITIES,
        relations,
        lets=lets,
        proof=(
            *four_inequalities(turn, ABOVE[sector], coupling.weights, temperatures.warm),
            *(roles(line, sector) for line in ordered),
            f"apply r: order_from_ratios_{sector}({', '.join(f'{total}={value}' for total, value in scaled.items())})",
            *shown(relations),
        ),
    )


def _ohmic(general: str, sector: str, temperatures: Temperatures) -> Claim:
    """The paper's bath: density 1 times the Ohmic one."""
    domain = SECTORS[sector] + STRENGTHS + temperatures.domain
    same = [f"{name}={name}" for name in domain.names] + [f"c_{pair}=1" for pair in PAIRS]
    relations = descending(ORDERS[sector])
    return Claim(
        f"{general}_ohmic",
        f"Populations decrease with energy at epsilon = 0, for {_sign(sector)} and Ohmic baths, {temperatures.words}.",
        domain,
        relations,
        lets=chain(POPULATIONS, {"epsilon": "0", **temperatures.put}),
        proof=(f"apply r: {general}({', '.join(same)})", *shown(relations)),
    )


def _sign(sector: str) -> str:
    return "J > 0" if sector == "positive_J" else "J < 0"


def _whole(name: str, words: str, extra: Domain, cases: Sequence[str], source: str = "") -> Claim:
    """The theorem as the union of its cases: either sign of J, each bath warm or at T = 0, but not both at 0."""
    return Claim(
        name,
        f"The steady state of two qubits in a strong field is passive {words}, whatever the signs of J and Delta, the "
        "strengths and temperatures.",
        Domain.of("J", "Delta") + STRONG_FIELD + STRENGTHS + extra + Domain.of("0 <= T_L", "0 <= T_R"),
        (),
        method="cases",
        rests_on=tuple(cases),
        source=source,
    )

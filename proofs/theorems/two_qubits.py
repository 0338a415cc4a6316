"""Passivity of two qubits in a strong field, for both signs of J, every Delta, all strengths and common densities.

Only the ratios of emission to absorption enter, through four inequalities between the total rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import battery, chain
from proofs.regions import SECTORS, STRENGTHS, STRONG_FIELD
from proofs.theorems.four_inequalities import four_inequalities
from proofs.theorems.names import PAIRS, POPULATIONS, TOTALS, TREES, TURNED, descending, roles, shown

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
#: Which of (31, 41, 23, 24) plays which part: (lower of the first step, ...) for either sign of J.
ROLES = {"positive_J": {pair: pair for pair in PAIRS}, "negative_J": TURNED}
ABOVE = {"positive_J": "2*J", "negative_J": "2*J_1"}  # J_1 is -J > 0
ORDERS = {"positive_J": "1342", "negative_J": "1432"}


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
        words = f"{coupling.words}, with any spectral density common to both baths"
        yield _whole(f"{coupling.name}_any_density", words, coupling.domain + DENSITIES, cases)
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


def _order_from_ratios(sector: str) -> Claim:
    proof = (
        *TREES,
        "have r13: p_1 - p_3 > 0 by (E_31_1*t_3 + E_41*A_41*E_31_1*out_2 + A_41*A_24*E_23_3*out_1)/(out_1*sum)",
        "have r34: p_3 - p_4 > 0 by (A_31*E_41_1*out_2 + A_24*E_23_1*out_1)/sum",
        "have r42: p_4 - p_2 > 0 by (E_24_1*t_4 + A_41*E_31*E_23_2*out_2 + E_23*A_23*E_24_1*out_1)/(out_2*sum)",
    )
    order, turned = ORDERS[sector], "" if sector == "positive_J" else " with levels 3 and 4 exchanged"
    return Claim(
        f"order_from_ratios_{sector}",
        f"If the rates of two qubits satisfy (A7), (A8), (A11), (A18){turned}, "
        f"{roles('E_31 > A_31 and E_24 > A_24', sector)}, then {' > '.join(f'p_{i}' for i in order)}.",
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
        f"The populations of two qubits in a strong field decrease with energy {coupling.words}, for {_sign(sector)} "
        f"and any spectral density common to both baths, {temperatures.words}.",
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
        f"The populations of two qubits in a strong field decrease with energy at epsilon = 0, for {_sign(sector)} and "
        f"Ohmic baths, {temperatures.words}.",
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
        f"The steady state of two qubits in a strong field is passive {words}, for J of either sign (not 0), any Delta "
        "and strengths, and temperatures that are not both 0.",
        Domain.of("J", "Delta") + STRONG_FIELD + STRENGTHS + extra + Domain.of("0 <= T_L", "0 <= T_R"),
        (),
        method="cases",
        rests_on=tuple(cases),
        source=source,
    )

"""The paper's general statements as claims over the regions that it states, not only at the plotted points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import battery, chain
from proofs.regions import ANTIFERROMAGNET, ONE_STRENGTH, SECTORS, WARM
from proofs.theorems.names import POPULATIONS

EQUAL = {"kappa_L": "1", "kappa_R": "1"}


def passive(levels: int) -> tuple[str, ...]:
    """A state is passive where no pair of levels has (E_j - E_i)(p_i - p_j) < 0."""
    pairs = combinations(range(1, levels + 1), 2)
    return tuple(f"(E_{j} - E_{i})*(p_{i} - p_{j}) >= 0" for i, j in pairs)


def state(levels: int) -> tuple[str, ...]:
    """The names of energies and populations."""
    return tuple(f"{letter}_{i}" for letter in "Ep" for i in range(1, levels + 1))


def claims() -> Iterator[Claim]:
    """Bias, length of the chain, mean temperature, sign of J, symmetry of the stored energy."""
    yield Claim(
        "ergotropy_needs_positive_bias",
        "At epsilon = 1 two qubits in a strong field are passive unless the left bath is the hotter one.",
        ANTIFERROMAGNET + Domain.of("0 < T_R", "0 < T_L <= T_R"),
        passive(4),
        lets=chain(state(4), {"epsilon": "1", **EQUAL}),
        source="Sec. IV",
        method="refutation",
        near=Domain.of("0 < J <= 4", "0 < Delta <= 1/10", "J + Delta < B0 <= J + Delta + 1", "1/10 <= T_R <= 20",
                       "0 < T_L <= T_R"),
    )  # fmt: skip
    yield Claim(
        "three_qubits_passive",
        "At epsilon = 0 three antiferromagnetic qubits are passive wherever 2 B0 > |3 Delta + alpha|.",
        Domain.of("0 < J", "0 < Delta", "0 < excess", "0 <= T_R", "0 < T_L"),
        passive(8),
        lets=(
            "let root = root_of_squares(1, Delta, 8, J)",
            "let B0 = (3*Delta + root)/2 + excess",
            *chain(state(8), {"epsilon": "0", **EQUAL}, model=battery(3)),
        ),
        source="Secs. V, VI",
        method="refutation",
        near=Domain.of(
            "1 <= J <= 1", "1/10 <= Delta <= 9/10", "1/10 <= excess <= 12/10", "0 <= T_R <= 0", "1/2 <= T_L <= 5"
        ),
        note="It fails where a level of higher magnetisation dips below: omega_67 = B0 - alpha < 0.",
    )
    yield from _symmetry()
    yield from _comparisons()


def _symmetry() -> Iterator[Claim]:
    swapped = {"T_L": "T_R", "T_R": "T_L"}
    for sector, domain in SECTORS.items():
        once = chain(POPULATIONS, {"epsilon": "0", "kappa_L": "kappa", "kappa_R": "kappa"})
        again = chain(
            POPULATIONS, {"epsilon": "0", "kappa_L": "kappa", "kappa_R": "kappa", **swapped}, suffix="_swapped"
        )
        yield Claim(
            f"populations_symmetric_{sector}",
            "At epsilon = 0 and equal strengths, swapping the two temperatures changes no population of two qubits "
            f"in a strong field with J {'<>'[sector == 'positive_J']} 0, hence no energy.",
            domain + ONE_STRENGTH + WARM,
            tuple(f"{p} - {p}_swapped = 0" for p in POPULATIONS),
            lets=(*once, *again),
            source="Sec. III",
        )
    put = {"epsilon": "0", "kappa_R": "1"}
    yield Claim(
        "populations_symmetric_any_strengths",
        "At epsilon = 0, swapping the two temperatures does not change p_1 of two antiferromagnetic qubits in a strong "
        "field, whatever the strengths.",
        ANTIFERROMAGNET + WARM + Domain.of("0 < kappa_L"),
        ("p_1 - p_1_swapped = 0",),
        lets=(
            *chain(("p_1",), put),
            *chain(("p_1",), {**put, **swapped}, suffix="_swapped"),
        ),
        method="refutation",
    )


def _comparisons() -> Iterator[Claim]:
    region = Domain.of(
        "0 < J", "0 < Delta <= J", "J + Delta < B0", "0 < T_M", "0 < bias <= 1"
    )  # the paper's anisotropies
    base = {"epsilon": "1", **EQUAL}
    yield Claim(
        "ergotropy_grows_with_mean_temperature",
        "At epsilon = 1 and a fixed positive Delta T/T_M, the ergotropy of two antiferromagnetic qubits in a strong "
        "field with Delta <= J does not decrease with T_M.",
        region + Domain.of("0 < more"),
        ("ergotropy_hot - ergotropy_mild >= 0",),
        lets=(
            *chain(("ergotropy",), {**base, "T_L": "T_M*(1 + bias)", "T_R": "T_M*(1 - bias)"}, suffix="_mild"),
            *chain(
                ("ergotropy",),
                {**base, "T_L": "(T_M + more)*(1 + bias)", "T_R": "(T_M + more)*(1 - bias)"},
                suffix="_hot",
            ),
        ),
        source="Sec. IV",
        method="refutation",
        near=Domain.of("1 <= J <= 4", "0 < Delta <= 1", "J + Delta < B0 <= J + Delta + 2", "1/2 <= T_M <= 10",
                       "1/5 <= bias <= 4/5", "5 <= more <= 100"),
    )  # fmt: skip
    yield Claim(
        "antiferromagnet_yields_more",
        "At epsilon = 1 and positive bias two antiferromagnetic qubits in a strong field with Delta <= J yield at "
        "least the ergotropy of the ferromagnet with -J, -Delta.",
        region,
        ("ergotropy_AFM - ergotropy_FM >= 0",),
        lets=(
            "let T_L = T_M*(1 + bias)",
            "let T_R = T_M*(1 - bias)",
            *chain(("ergotropy",), {**base, "J": "J", "Delta": "Delta"}, suffix="_AFM"),
            *chain(("ergotropy",), {**base, "J": "-J", "Delta": "-Delta"}, suffix="_FM"),
        ),
        source="Sec. IV",
        method="refutation",
        near=Domain.of("1/5 <= J <= 4", "0 < Delta <= J", "J + Delta < B0 <= J + Delta + 4", "1/5 <= T_M <= 10",
                       "1/5 <= bias <= 1"),
    )  # fmt: skip

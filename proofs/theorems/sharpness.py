"""Where the hypotheses of the passivity theorem end: outside the strong field, and with baths of unlike densities."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.general import passive, state
from proofs.program_text import battery, chain
from proofs.regions import STRENGTHS, STRONG_FIELD, WARM

#: Outside the strong field, by delta at most: B0 = |J| + |Delta| - delta.
OUTSIDE = Domain.of("0 <= delta <= 1/100")
#: By the signs of J and Delta: the transition whose frequency is B0 - |J| - |Delta|, as upper and lower level.
LOWEST = {(1, 1): (3, 1), (1, -1): (2, 4), (-1, 1): (4, 1), (-1, -1): (2, 3)}


def claims() -> Iterator[Claim]:
    """Sharpness in each sector, as a cover that contains the boundary; then the witness against unlike densities."""
    parts = [claim for signs in product((1, -1), repeat=2) for claim in _outside(*signs)]
    yield from parts
    yield Claim(
        "strong_field_is_sharp",
        "For each choice of the signs of J and Delta two qubits at epsilon = 0 are active at every distance up to "
        "1/100 outside the strong field, at some J, Delta and temperatures.",
        OUTSIDE,
        (),
        method="cases",
        rests_on=tuple(claim.name for claim in parts),
    )
    yield Claim(
        "passive_unlike_densities",
        "Two qubits in a strong field are passive at epsilon = 0 even where the left bath is Ohmic and the right one "
        "has density kappa omega^3.",
        Domain.of("J", "Delta") + STRONG_FIELD + STRENGTHS + WARM,
        passive(4),
        lets=chain(state(4), {"epsilon": "0"}, model=battery(2, cubic="R")),
        method="refutation",
        near=Domain.of("-5 <= J <= -3", "-3 <= Delta <= -2", "-J - Delta < B0 <= 1/2 - J - Delta", "1 <= kappa_L <= 1",
                       "1/2 <= kappa_R <= 1", "100 <= T_L <= 200", "1 <= T_R <= 5"),
    )  # fmt: skip


def _outside(J: int, Delta: int) -> Iterator[Claim]:
    """The upper level of the slow transition lies below the lower one by delta, and is less populated."""
    upper, lower = LOWEST[J, Delta]
    sector = f"{'positive' if J > 0 else 'negative'}_J_{'positive' if Delta > 0 else 'negative'}_Delta"
    B0 = "J_size + Delta_size - delta"
    gap = f"E_{lower} - E_{upper} - delta = 0"
    yield Claim(
        f"outside_{sector}",
        f"Where J {'<>'[J > 0]} 0 and Delta {'<>'[Delta > 0]} 0, two qubits at B0 = |J| + |Delta| - delta have level "
        f"{upper} below level {lower} by delta.",
        Domain.of("0 < J_size", "0 < Delta_size", "delta"),
        (gap,),
        lets=chain((f"E_{lower}", f"E_{upper}"), {"J": f"{J}*J_size", "Delta": f"{Delta}*Delta_size", "B0": B0}),
    )
    numbers = {"J": f"{J}", "Delta": f"{Delta}/2", "B0": "3/2 - delta", "epsilon": "0"}
    heat = {"T_L": "4", "T_R": "1", "kappa_L": "1", "kappa_R": "1"}
    yield Claim(
        f"inverted_{sector}",
        f"At J = {J}, Delta = {Delta}/2, T_L = 4, T_R = 1, epsilon = 0 and equal strengths level {lower} of two qubits "
        f"is more populated than level {upper}, on the boundary of the strong field and up to 1/100 outside.",
        OUTSIDE,
        (f"p_{lower} - p_{upper} > 0",),
        lets=chain((f"p_{lower}", f"p_{upper}"), {**numbers, **heat}),
        method="enclosure",
    )

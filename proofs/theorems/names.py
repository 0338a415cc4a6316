"""Names of two qubits' rates and populations in derivations, and lines that recur in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

PAIRS = ("31", "41", "23", "24")
TOTALS = tuple(f"{kind}_{pair}" for pair in PAIRS for kind in "AE")
POPULATIONS = ("p_1", "p_2", "p_3", "p_4")
#: Where J < 0 the levels 3 and 4 change places.
TURNED = {"31": "41", "41": "31", "23": "24", "24": "23"}

#: Unnormalised populations as sums of trees.
TREES = (
    "set out_1 = A_31 + A_41",
    "set out_2 = E_23 + E_24",
    "set t_3 = A_31*E_41*out_2 + E_23*A_24*out_1",
    "set t_4 = E_31*A_41*out_2 + A_23*E_24*out_1",
    "set t_1 = (E_31*t_3 + E_41*t_4)/out_1",
    "set t_2 = (A_23*t_3 + A_24*t_4)/out_2",
    "set sum = t_1 + t_2 + t_3 + t_4",
)


def descending(order: str, suffix: str = "") -> tuple[str, ...]:
    """Populations strictly decrease in this order of levels."""
    return tuple(f"p_{i}{suffix} - p_{j}{suffix} > 0" for i, j in pairwise(order))


def shown(relations: Sequence[str], fact: str = "r") -> list[str]:
    """``have`` lines that each relation is what an applied claim concludes, in its order."""
    return [f"have {fact}_is_{k}: {relation} by {fact}_{k}" for k, relation in enumerate(relations, start=1)]


def by(relation: str, reason: str, name: str = "r") -> str:
    """A ``have`` line with its reason."""
    return f"have {name}: {relation} by {reason}"


def roles(relation: str, sector: str) -> str:
    """A relation between rates and populations with the names of transitions and levels in the parts they play."""
    if sector == "positive_J":
        return relation
    turned = re.sub(r"(?<=_)(31|41|23|24)(?=\b|_)", lambda found: TURNED[found[0]], relation)
    return re.sub(r"(?<=\b[pt]_)[34]\b", lambda found: {"3": "4", "4": "3"}[found[0]], turned)

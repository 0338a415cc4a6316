"""Printed equations against each other: uses of a symbol that contradict its printed definition."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.main_text import FOURTEEN, NEAR, OCCUPATIONS, OMEGAS, REGION
from proofs.methods.identity import Context, equation
from proofs.paper import rates
from proofs.paper.appendix_b import EQUATIONS as LEFT
from proofs.paper.section_5 import EQUATIONS as RIGHT
from proofs.program_text import battery, chain
from proofs.three_qubits import NUMBERS
from symqb.symbols import positive, real


def claims() -> Iterator[Claim]:
    """The order of indices in (12), the size of (18), the weights of (27)."""
    yield _order_of_indices()
    yield from _reduced()
    yield _weights()


def _order_of_indices() -> Claim:
    """(12) at 14 and at 41."""
    pairs = [pair for f in (rates.emission_12a, rates.absorption_12b) for pair in zip(f(1, 4), f(4, 1), strict=True)]
    relations = [sp.Eq(one.rhs, other.rhs, evaluate=False) for one, other in pairs]
    context = Context(REGION, (*chain(OMEGAS), FOURTEEN[-1], *OCCUPATIONS), near=NEAR)
    words = "By (12) the rates at 14, which (11) uses, are equal to those at 41, which (14) uses."
    return equation("index_14", words, relations, context, "Indices")


def _reduced() -> Iterator[Claim]:
    """(18) against (12a) at epsilon = 1, levels 2 and 4, both over kappa omega (1 + n)."""
    (full, _), (alone, _) = rates.emission_12a(2, 4), rates.without_collective_18(2, 4)
    scale = rates.kappa * rates.omega(2, 4) * (1 + rates.n("L", 2, 4))
    both, single = (sp.cancel(r.rhs.xreplace({real("epsilon"): 1}) / scale) for r in (full, alone))
    words = (
        "Without collective dissipation, by (18), the left bath's rates at 24 are below those of (12) at epsilon = 1."
    )
    yield Claim("reduced_18", words, Domain(()), (f"{both} - ({single}) > 0",), source="Indices", method="refutation",
                correction="reduced_18_corrected")  # fmt: skip
    put = {"epsilon": "1"}
    weights = (*chain(("w_24_L",), put), *chain(("w_24_L",), put, model=battery(2, collective=False), suffix="_alone"))
    words = "At epsilon = 1 the left bath's derived weight at 24 is 1 without collective dissipation, below 2 with it."
    yield Claim("reduced_18_corrected", words, Domain(()), ("w_24_L - w_24_L_alone > 0",), weights)


def _weights() -> Claim:
    """At epsilon = 0 the chain is its own mirror image: both baths have the same weights, by (B1)-(B12) and (27)."""
    left = {r.lhs.name: r.rhs for p in LEFT for r in p.relations if r.lhs.name.startswith("e_")}
    right = {r.lhs.name: r.rhs for p in RIGHT if p.number == "27" for r in p.relations if r.lhs.name[0] == "e"}
    relations = []
    for name, rate in right.items():
        pair = name[2:4]
        mirrored = left[f"e_{pair}_L"].xreplace({real("epsilon"): 0, positive(f"n_L_{pair}"): positive(f"n_R_{pair}")})
        scale = positive("kappa") * real(f"omega_{pair}") * (1 + positive(f"n_R_{pair}"))
        one, other = sp.cancel(mirrored / scale), sp.cancel(rate / scale)
        if "n_" not in str(one):  # (B3) has another n
            relations.append(sp.Eq(sp.factor(one), other, evaluate=False))
    near = Domain.of("1 <= J <= 1", "1/4 <= Delta <= 1")
    context = Context(Domain.of("J", "Delta"), NUMBERS, near=near)
    words = "At epsilon = 0 the weights of the right bath in (27) are those of the left bath in (B1)-(B12)."
    return equation("weights_27", words, relations, context, "Indices")

"""Certified phase diagrams: passive or active, box by box."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.general import EQUAL, passive, state
from proofs.program_text import battery, chain


def claims() -> Iterator[Claim]:
    """The rectangles of Figs. 8, 9, 12 at two mean temperatures each, and a section of three qubits at epsilon = 0."""
    for J, name, ends in ((1, "AFM", ("0", "1")), (-1, "FM", ("-1", "0"))):
        for T_M in (20, 2):
            figure = "Fig. 9" if name == "AFM" else "Fig. 8"
            put = {"B0": "2", "J": str(J), "epsilon": "1", **EQUAL}
            put |= {"T_L": f"{T_M} + DeltaT/2", "T_R": f"{T_M} - DeltaT/2"}
            yield Claim(
                f"phases_{name}_T{T_M}",
                f"At epsilon = 1, B0 = 2, J = {J}, T_M = {T_M} two qubits are passive everywhere in {figure}: at "
                f"every Delta from {ends[0]} to {ends[1]} and every bias.",
                Domain.of(f"{ends[0]} <= Delta <= {ends[1]}", f"{-2 * T_M} <= DeltaT <= {2 * T_M}"),
                passive(4),
                lets=chain(state(4), put),
                method="enclosure",
                goal=0.985,
            )
    put = {"J": "1", "Delta": "1/2", "epsilon": "0", **EQUAL, "T_L": "T", "T_R": "0"}
    yield Claim(
        "phases_three_qubits",
        "At epsilon = 0, J = 1, Delta = 1/2, one bath at T and the other at 0, three qubits are passive at every B0 "
        "from 9/4 to 3 and every T from 1 to 5.",
        Domain.of("9/4 <= B0 <= 3", "1 <= T <= 5"),
        passive(8),
        lets=chain(state(8), put, model=battery(3)),
        method="enclosure",
        goal=0.92,
    )
    for T_M in (10, 2):
        put = {"B0": "5", "J": "1", "epsilon": "0", **EQUAL}
        put |= {"T_L": f"{T_M} + DeltaT/2", "T_R": f"{T_M} - DeltaT/2"}
        yield Claim(
            f"three_qubits_passive_T{T_M}",
            f"At epsilon = 0, B0 = 5, J = 1, T_M = {T_M} three qubits are passive at every Delta from 0 to 1 and "
            "every bias.",
            Domain.of("0 <= Delta <= 1", f"{-2 * T_M} <= DeltaT <= {2 * T_M}"),
            passive(8),
            lets=chain(state(8), put, model=battery(3)),
            source="Fig. 12",
            method="enclosure",
        )

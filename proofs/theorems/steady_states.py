"""The steady state itself: positive, normalised, stationary; energy is conserved."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import chain
from proofs.theorems.two_qubits import POPULATIONS, TOTALS
from symqb.xxz import xxz_chain

ENERGIES = ("E_1", "E_2", "E_3", "E_4")


def totals(qubits: int) -> tuple[str, ...]:
    """The names of the total rates A_ij, E_ij of a chain."""
    return tuple(rate.name for t in xxz_chain(qubits).transitions for rate in (t.A, t.E))


def net_flows() -> tuple[str, ...]:
    """dp_i/dt of two qubits, as derived."""
    return tuple(str(formula.right) for formula in xxz_chain(2).steady_state.rate_equations())


def claims() -> Iterator[Claim]:
    """Positivity for two and three qubits; normalisation, stationarity and conservation of energy for two."""
    for qubits in (2, 3):
        rates, levels = totals(qubits), range(1, 2**qubits + 1)
        populations = tuple(f"p_{i}" for i in levels)
        yield Claim(
            f"positive_{qubits}_qubits",
            f"All populations of {qubits} qubits are positive where all total rates are.",
            Domain.of(*(f"0 < {rate}" for rate in rates)),
            tuple(f"{p} > 0" for p in populations),
            lets=chain(populations, free=rates, qubits=qubits),
        )
    rates_domain = Domain.of(*(f"0 < {rate}" for rate in TOTALS))
    flows = net_flows()
    stationary = tuple(f"{flow} = 0" for flow in flows)
    yield Claim(
        "stationary_2_qubits",
        "The populations of two qubits sum to 1 and are annihilated by the rate matrix.",
        rates_domain,
        (f"{' + '.join(POPULATIONS)} - 1 = 0", *stationary),
        lets=chain(POPULATIONS, free=TOTALS),
    )
    transitions = [(t.omega.name, t.A.name, t.E.name, t.lower.index, t.upper.index) for t in xxz_chain(2).transitions]
    heat = " + ".join(f"{omega}*({A}*p_{i} - {E}*p_{j})" for omega, A, E, i, j in transitions)
    lets = chain((*POPULATIONS, *ENERGIES, *(omega for omega, *_ in transitions)), free=TOTALS)
    yield Claim(
        "energy_conserved_2_qubits",
        "The heat currents of two qubits sum to 0: Q_L + Q_R = 0.",
        Domain.of("B0", "J", "Delta") + rates_domain,
        (f"{heat} = 0",),
        lets=lets,
        proof=(
            f"apply flow: stationary_2_qubits({', '.join(f'{rate}={rate}' for rate in TOTALS)})",
            *(f"have flow_is_{k}: {flow} = 0 by flow_{k + 1}" for k, flow in enumerate(flows, start=1)),
            f"have r: {heat} = 0 by {' + '.join(f'{E}*flow_is_{k}' for k, E in enumerate(ENERGIES, start=1))}",
        ),
    )

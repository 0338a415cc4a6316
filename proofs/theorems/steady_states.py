"""What every steady state obeys: positivity, the first law, local detailed balance, the second law."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import battery, chain
from proofs.theorems.elimination import flows, populations, rates_of, total

CURRENTS = ("heat_current_L", "heat_current_R")


def claims() -> Iterator[Claim]:
    """For two and three qubits, over the rates that the baths cause."""
    yield Claim(
        "increasing",
        "z (e^z - 1) >= 0 for every real z.",
        Domain.of("z"),
        ("z*(exp(z) - 1) >= 0",),
        proof=("exp up: z", "exp down: -z", "have r: z*(exp(z) - 1) >= 0 by up + exp(z)*down"),
    )
    yield Claim(
        "detailed_balance",
        "At a frequency omega > 0 the emission of a bath at T > 0 is exp(omega/T) times its absorption.",
        Domain.of("0 < omega", "0 < T"),
        ("down - up*exp(omega/T) = 0",),
        lets=("let up, down = phi_pair(omega, T)",),
        source="(11)",
    )
    for qubits in (2, 3):
        yield Claim(
            f"positive_{qubits}_qubits",
            f"All populations of {qubits} qubits are positive where all total rates are.",
            Domain.of(*(f"0 < {rate}" for rate in rates_of(qubits))),
            tuple(f"{p} > 0" for p in populations(qubits)),
            lets=chain(populations(qubits), free=rates_of(qubits), model=battery(qubits)),
        )
        yield _first_law(qubits)
        yield _second_law(qubits)


def _per_bath(qubits: int, letter: str) -> dict[str, tuple[str, str]]:
    """The rates a_ij_v or e_ij_v that each bath causes, by transition."""
    return {t.name: (f"{letter}_{t.name}_L", f"{letter}_{t.name}_R") for t in battery(qubits).transitions}


def _first_law(qubits: int) -> Claim:
    """The sum of the program's own heat currents is sum_i E_i dp_i/dt."""
    model, levels = battery(qubits), range(1, 2**qubits + 1)
    apart = [rate for letter in "ae" for both in _per_bath(qubits, letter).values() for rate in both]
    roots = [root.symbol.name for root in model.roots]
    ends = [(t, t.lower.index, t.upper.index) for t in model.transitions]
    gaps = (f"have gap_{t.name}: {t.omega} - (E_{j} - E_{i}) = 0" for t, i, j in ends)
    moved = (
        f"{t.omega}*(is_{t.E}*p_{j} - is_{t.A}*p_{i}) + gap_{t.name}*({t.A}*p_{i} - {t.E}*p_{j})" for t, i, j in ends
    )
    goal = "heat_current_L + heat_current_R = 0"
    return Claim(
        f"first_law_{qubits}_qubits",
        f"In the steady state of {qubits} qubits the heat currents sum to 0, Q_L + Q_R = 0, even where the left bath "
        "drives only some transitions.",
        Domain.of(
            "B0",
            "J",
            "Delta",
            *(f"0 < {root}" for root in roots),
            *(f"0 {'<=' if rate.endswith('L') else '<'} {rate}" for rate in apart),
        ),
        (goal,),
        lets=chain((*CURRENTS, *(f"E_{i}" for i in levels)), free=(*apart, *roots), model=battery(qubits)),
        proof=(
            f"apply flow: stationary_{qubits}_qubits({', '.join(f'{rate}={rate}' for rate in rates_of(qubits))})",
            *(f"have still_{j}: {text} = 0 by flow_{j + 1}" for j, text in flows(qubits).items()),
            *(f"unfold is_{name}: {name}" for name in (*rates_of(qubits), *CURRENTS)),
            *gaps,
            f"have r: {goal} by {total(f'is_{current}' for current in CURRENTS)} + {total(moved)}"
            f" + {total(f'E_{j}*still_{j}' for j in levels)}",
        ),
    )


def _second_law(qubits: int) -> Claim:
    """sigma is the sum of e_ij_v p_j z (e^z - 1) >= 0 with z = ln(a_ij_v p_i/(e_ij_v p_j)), where p_i = e^(s_i)."""
    model, levels = battery(qubits), range(1, 2**qubits + 1)
    up, down, p = _per_bath(qubits, "a"), _per_bath(qubits, "e"), populations(qubits)
    goal = "-heat_current_L/T_L - heat_current_R/T_R >= 0"
    lets, facts, terms = [f"let p_{i} = exp(s_{i})" for i in levels], [], []
    for t, v in product(model.transitions, "LR"):
        name, i, j = f"{t.name}_{v}", t.lower.index, t.upper.index
        lets.append(f"let e_{name} = a_{name}*exp({t.omega}/T_{v})")
        facts.append(f"apply z_{name}: increasing(z=s_{i} - s_{j} - {t.omega}/T_{v})")
        terms.append(f"e_{name}*p_{j}*z_{name}")
    omegas = [t.omega.name for t in model.transitions]
    free = [rate for both in (*up.values(), *down.values()) for rate in both] + [*p, *omegas]
    return Claim(
        f"second_law_{qubits}_qubits",
        f"At any rates with detailed balance in each of two warm baths, the entropy production of {qubits} qubits is "
        "not negative in a steady state without empty levels.",
        Domain.of(*(f"s_{i}" for i in levels), *omegas, "0 < T_L", "0 < T_R",
                  *(f"0 <= {a}" for both in up.values() for a in both)),
        (goal,),
        lets=(*lets, *chain((*CURRENTS, *rates_of(qubits)), free=free, model=battery(qubits)),
              *(f"assume still_{j}: {text} = 0" for j, text in flows(qubits).items())),
        proof=(*facts, f"have r: {goal} by {total((*terms, *(f's_{j}*still_{j}' for j in levels)))}"),
    )  # fmt: skip

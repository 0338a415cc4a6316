"""Stationarity and uniqueness of the steady state, step by step along the elimination that the program performs.

Eliminating level k replaces the rates K_ij of what remains by K'_ij = K_ij + f_ik K_kj, with f_ik = K_ik/Gamma_k. If
x_k = sum_i x_i f_ik, the net flow into every other level is the same before and after. Upwards this shows that the
program's populations are stationary; downwards, that nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import battery, chain
from symqb.elimination import Elimination, branching

#: Name of the rate by (from, to).
Rates = Mapping[tuple[int, int], str]


def total(terms: Iterable[str]) -> str:
    """A sum as text; 0 if there is nothing to add."""
    return " + ".join(terms) or "0"


def flow(rates: Rates, j: int, x: Mapping[int, str]) -> str:
    """The net flow into level j: what comes in minus what goes out."""
    gains = total(f"{x[i]}*{rate}" for (i, to), rate in rates.items() if to == j)
    losses = total(rate for (i, _), rate in rates.items() if i == j)
    return f"{gains} - {x[j]}*({losses})"


@dataclass(frozen=True)
class Stage:
    """The elimination of level k: rates among the remaining levels before and after, and the facts about its names."""

    place: int
    k: int
    before: Rates
    after: Rates
    exit: str

    @property
    def linked(self) -> list[int]:
        """The remaining levels that level k exchanges with."""
        return sorted(i for i, to in self.before if to == self.k)

    @property
    def rest(self) -> list[int]:
        """All remaining levels."""
        return sorted({i for i, _ in self.before if i != self.k})

    def fraction(self, i: int) -> str:
        """f_ik."""
        return str(branching(i, self.k))

    def definitions(self) -> Iterator[str]:
        """The facts is_NAME: NAME - (its expression) = 0."""
        if self.is_named:
            yield f"unfold is_{self.exit}: {self.exit}"
        for i in self.linked:
            yield f"unfold is_{self.fraction(i)}: {self.fraction(i)}"
            yield from (f"unfold is_{self.after[i, j]}: {self.after[i, j]}" for j in self.linked if j != i)

    @property
    def is_named(self) -> bool:
        """Whether the exit rate has a name of its own; with one link it is that rate."""
        return len(self.linked) > 1

    def own(self, x: Mapping[int, str], inflow: str) -> str:
        """The flow into k, where ``inflow`` is the fact x_k - sum_i x_i f_ik = 0."""
        parts = [f"-{self.exit}*{inflow}", *(f"- {x[i]}*{self.exit}*is_{self.fraction(i)}" for i in self.linked)]
        return " ".join(parts) + (f" + {x[self.k]}*is_{self.exit}" if self.is_named else "")

    def change(self, j: int, x: Mapping[int, str], inflow: str) -> str:
        """The flow into j before minus that after the elimination, as a sum of terms that are 0."""
        if j not in self.linked:
            return "0"
        others = [i for i in self.linked if i != j]
        parts = [f"{self.before[self.k, j]}*{inflow}", f"{x[j]}*{self.exit}*is_{self.fraction(j)}"]
        parts += [f"{x[j]}*is_{self.after[j, i]} - {x[i]}*is_{self.after[i, j]}" for i in others]
        parts += [f"-{x[j]}*{self.fraction(j)}*is_{self.exit}"] if self.is_named else []
        return total(parts)


def stages(elimination: Elimination) -> list[Stage]:
    """Each elimination in order."""
    names = [{link: str(rate) for link, rate in rates.items()} for rates in elimination.stages]
    steps = zip(elimination.order, names, names[1:], elimination.exits, strict=False)
    return [Stage(n, k, before, after, str(Gamma)) for n, (k, before, after, Gamma) in enumerate(steps)]


def claims() -> Iterator[Claim]:
    """Two and three qubits."""
    for qubits in (2, 3):
        yield _stationary(qubits)
        yield _unique(qubits)


def populations(qubits: int) -> tuple[str, ...]:
    """p_1, p_2, ..."""
    return tuple(f"p_{i}" for i in range(1, 2**qubits + 1))


def rates_of(qubits: int) -> tuple[str, ...]:
    """The names of the total rates A_ij, E_ij of a chain."""
    return tuple(rate.name for t in battery(qubits).transitions for rate in (t.A, t.E))


def by_bath(qubits: int) -> tuple[str, ...]:
    """The names of the rates a_ij_v, e_ij_v that each bath causes."""
    return tuple(f"{kind}_{t.name}_{v}" for t in battery(qubits).transitions for kind in "ae" for v in "LR")


#: Emission everywhere; absorption may be 0, as at T = 0.
RATES = {n: Domain.of(*(f"0 {'<' if name[0] == 'E' else '<='} {name}" for name in rates_of(n))) for n in (2, 3)}


def flows(qubits: int, letter: str = "p") -> dict[int, str]:
    """dp_i/dt by level, over the total rates."""
    rates = {link: str(rate) for link, rate in battery(qubits).steady_state.rates.items()}
    levels = range(1, 2**qubits + 1)
    return {j: flow(rates, j, {i: f"{letter}_{i}" for i in levels}) for j in levels}


def _weights(elimination: Elimination) -> dict[int, str]:
    """u_i as text; 1 for the root."""
    return {i: "1" if i == elimination.order[-1] else f"u_{i}" for i in elimination.order}


def _shared(qubits: int) -> tuple[Elimination, list[str]]:
    """The elimination, and the definitions that both proofs unfold."""
    elimination = battery(qubits).steady_state.elimination
    names = [*(u for u in _weights(elimination).values() if u != "1"), "norm", *populations(qubits)]
    lines = [line for stage in stages(elimination) for line in stage.definitions()]
    return elimination, [*lines, *(f"unfold is_{name}: {name}" for name in names)]


def _stationary(qubits: int) -> Claim:
    elimination, proof = _shared(qubits)
    u = _weights(elimination)
    later: dict[int, str] = {elimination.order[-1]: "0"}  # the facts that flows after the stage are 0
    for stage in reversed(stages(elimination)):
        inflow, now = f"is_u_{stage.k}", {}
        for j in (stage.k, *stage.rest):
            why = stage.own(u, inflow) if j == stage.k else f"{later[j]} + {stage.change(j, u, inflow)}"
            now[j] = f"flow_{stage.place}_{j}"
            proof.append(f"have {now[j]}: {flow(stage.before, j, u)} = 0 by {why}")
        later = now
    goals = flows(qubits)
    first = stages(elimination)[0].before
    for j, goal in goals.items():
        gains = total(f"is_p_{i}*{rate}" for (i, to), rate in first.items() if to == j)
        losses = total(rate for (i, _), rate in first.items() if i == j)
        proof.append(f"have stationary_{j}: {goal} = 0 by {later[j]}/norm + {gains} - is_p_{j}*({losses})")
    one = f"{total(populations(qubits))} - 1 = 0"
    proof.append(f"have one: {one} by {total(f'is_{p}' for p in populations(qubits))} - is_norm/norm")
    return Claim(
        f"stationary_{qubits}_qubits",
        f"At any rates, those of emission above 0, the derived populations of {qubits} qubits sum to 1 and are "
        "annihilated by the rate matrix.",
        RATES[qubits],
        (one, *(f"{goal} = 0" for goal in goals.values())),
        lets=chain(populations(qubits), free=rates_of(qubits), model=battery(qubits)),
        proof=tuple(proof),
        source="(10), (13)" if qubits == 2 else "",
    )


def _unique(qubits: int) -> Claim:
    elimination, proof = _shared(qubits)
    *_, root = order = elimination.order
    u, q = _weights(elimination), {i: f"q_{i}" for i in order}
    known = {j: f"still_{j}" for j in order}
    for stage in stages(elimination):
        inflow = f"inflow_{stage.k}"
        sources = total(f"{q[i]}*{stage.fraction(i)}" for i in stage.linked)
        rest = stage.own(q, "0")
        proof.append(f"have {inflow}: {q[stage.k]} - ({sources}) = 0 by ({rest} - {known[stage.k]})/{stage.exit}")
        for j in stage.rest:
            fact = f"flow_{stage.place}_{j}"
            why = f"{known[j]} - ({stage.change(j, q, inflow)})"
            proof.append(f"have {fact}: {flow(stage.after, j, q)} = 0 by {why}")
            known[j] = fact
    ratios = {root: "0"}
    for stage in reversed(stages(elimination)):
        k = stage.k
        lower = total(f"{stage.fraction(i)}*{ratios[i]}" for i in stage.linked)
        ratios[k] = f"ratio_{k}"
        why = f"inflow_{k} + {lower} - {q[root]}*is_u_{k}"
        proof.append(f"have ratio_{k}: {q[k]} - {u[k]}*{q[root]} = 0 by {why}")
    why = f"one - ({total(ratios.values())}) + {q[root]}*is_norm"
    proof.append(f"have whole: {q[root]}*norm - 1 = 0 by {why}")
    goals = {i: f"q_{i} - p_{i} = 0" for i in sorted(order)}
    proof += [f"have same_{i}: {goal} by {ratios[i]} + {u[i]}*whole/norm - is_p_{i}" for i, goal in goals.items()]
    levels = sorted(order)
    return Claim(
        f"unique_{qubits}_qubits",
        "At any rates, those of emission above 0, whatever sums to 1 and is annihilated by the rate matrix of "
        f"{qubits} qubits is their derived steady state.",
        RATES[qubits] + Domain.of(*(q[i] for i in levels)),
        tuple(goals.values()),
        lets=(
            *chain(populations(qubits), free=rates_of(qubits), model=battery(qubits)),
            f"assume one: {total(q[i] for i in levels)} - 1 = 0",
            *(f"assume still_{j}: {text} = 0" for j, text in flows(qubits, "q").items()),
        ),
        proof=tuple(proof),
    )

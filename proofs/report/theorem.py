"""The theorem: what it says, and the graph of what it rests on."""

from __future__ import annotations

from proofs.claim import Claim
from proofs.notation import math
from proofs.report.formulas import badge, link, mathml, prose
from proofs.report.graph import drawing, legend
from proofs.report.markup import Markup, box, joined, table, tag
from proofs.report.stored import Stored

THEOREM = "passive_two_qubits"


def section(stored: Stored) -> Markup:
    """Statement, cases, graph."""
    claim, found = stored.claims[THEOREM], stored.verdicts[THEOREM]
    needs = rests_on(stored, THEOREM)
    statuses = {name: stored.status(name) for name in needs}
    cases = [_case(stored.claims[name], stored.status(name)) for name in claim.needs]
    return tag(
        "section",
        tag("h2", "The theorem", id="theorem"),
        tag("p", tag("strong", "Theorem. "), prose(found["words"]), " ", badge(found["status"])),
        tag("p", "Region: ", joined(map(mathml, conditions(claim)), ", "), "."),
        tag("p", "Passive means that no unitary extracts work: populations fall as energies rise, and the ergotropy is "
            "zero. There is a case for each sign of the exchange and for each bath that may be at zero."),
        table(f"{len(cases)} cases", ("case", "what it says", "populations"), cases),
        tag("h3", "What it rests on"),
        tag("p", f"{len(needs)} claims ({legend(statuses)}), each above those that it needs; each leads to its entry "
            "with statement, evidence and proof."),
        box(drawing(needs, statuses, f"Proof graph of {THEOREM}"), "Proof graph"),
        tag("p", "See ", link(THEOREM), " for the statement's lines, and ", link("passive_any_density"),
            " for any spectral density that both baths share."),
        aria_labelledby="theorem",
    )  # fmt: skip


def rests_on(stored: Stored, top: str) -> dict[str, tuple[str, ...]]:
    """By claim, what it needs: the top claim and everything below it."""
    found: dict[str, tuple[str, ...]] = {}
    waiting = [top]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = stored.claims[name].needs
            waiting += found[name]
    return found


def conditions(claim: Claim) -> list[str]:
    """The region of a claim in LaTeX, a condition a bounded variable."""
    found = []
    for variable in claim.domain.variables:
        left, right = ("<" if strict else r"\leq" for strict in (variable.open_low, variable.open_high))
        low, high = (", ".join(map(math, bounds)) for bounds in (variable.lows, variable.highs))
        low = rf"\max({low})" if len(variable.lows) > 1 else low
        high = rf"\min({high})" if len(variable.highs) > 1 else high
        if low or high:
            found.append(f"{low} {left if low else ''} {math(variable.name)} {right if high else ''} {high}")
    return found


def _case(claim: Claim, status: str) -> list[Markup]:
    """Name, words, and the relations in one chain."""
    pairs = [relation.removesuffix(" > 0").split(" - ") for relation in claim.show]
    chain = [pairs[0][0], *(second for _, second in pairs)]
    if [first for first, _ in pairs] != chain[:-1]:
        raise ValueError(f"{claim.name} shows no chain of populations: {claim.show}")
    shown = mathml(" > ".join(map(math, chain)))
    return [joined([link(claim.name), " ", badge(status)]), prose(claim.words), shown]

"""What was found out about a claim, computed from evidence and never declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from proofs.checker import Evidence, Rejected, applied, check_certificate, check_cover, check_witness
from proofs.claim import Claim
from proofs.kernel import Kernel
from proofs.methods.balls import Balls
from proofs.methods.sampling import Sample, digest
from symqb.errors import SymqbError

#: A point of more coordinates is not written out.
READABLE = 12


class Status(StrEnum):
    """The five verdicts."""

    PROVED = "proved"
    CORRECTED = "corrected"
    REFUTED = "refuted"
    SUPPORTED = "supported"
    UNDECIDED = "undecided"


def counts(statuses: Iterable[str]) -> dict[str, int]:
    """How many of which, in the order in which they occur."""
    return dict(Counter(map(str, statuses)))


def in_words(numbers: Mapping[str, int]) -> str:
    """Counts as text: 3 proved, 1 refuted."""
    return ", ".join(f"{number} {status}" for status, number in numbers.items())


@dataclass(frozen=True)
class Verdict:
    """A status, the method and the id of the evidence behind it, and why; ``words`` and ``source`` are the claim's.

    kernel: when Coq checked a theorem that decides the claim, and its statement; empty where there is none.
    """

    claim: str
    words: str
    source: str
    status: Status
    method: str
    evidence: str
    reason: str
    kernel: str = ""

    def __bool__(self) -> NoReturn:
        raise TypeError(f"a verdict is not true or false: {self.claim} is {self.status}")


class Disagreement(SymqbError):
    """Coq's kernel has checked the opposite of what other evidence shows. Fields: ``claim``, ``statement``."""

    exit_status = 1

    def __init__(self, claim: str, status: Status, statement: str):
        self.claim, self.statement = claim, statement
        super().__init__(f"{claim} is {status}, but Coq has checked {statement}: report this, one of both is an error")


def verdict(
    claim: Claim,
    evidence: Evidence | Sample | None,
    library: Mapping[str, Evidence],
    known: Mapping[str, Verdict],
    kernel: Kernel | None = None,
) -> Verdict:
    """The verdict on a claim; ``library`` holds certificates that hold, ``known`` the verdicts on what it needs.

    Evidence for other lines than the claim's decides nothing, and a claim is no stronger than what it rests on, unless
    Coq's kernel has checked it: that is the strongest evidence. Raises ``Disagreement`` where both differ.
    """
    status, reason = _own(claim, evidence, library)
    weak = [other for other in claim.needs if known[other].status is not Status.PROVED]
    if status is Status.PROVED and weak:
        status, reason = Status.UNDECIDED, f"it rests on {', '.join(weak)}, not proved"
    theorem = kernel.decides(claim) if kernel else None
    if kernel and theorem:
        decided = Status.REFUTED if theorem.refutes else Status.PROVED
        if status in (Status.PROVED, Status.REFUTED) and status is not decided:
            raise Disagreement(claim.name, status, theorem.statement)
        status, reason = decided, reason if status is decided else kernel.words
    if status is Status.REFUTED and claim.correction and known[claim.correction].status is Status.PROVED:
        status, reason = Status.CORRECTED, f"{reason}; {claim.correction} is proved instead"
    found = evidence.id if evidence else ""
    formal = f"{kernel.words}: {theorem.statement}" if kernel and theorem else ""
    return Verdict(claim.name, claim.words, claim.source, status, claim.method, found, reason, formal)


def _own(  # noqa: PLR0911  # one return a kind of evidence
    claim: Claim, evidence: Evidence | Sample | None, library: Mapping[str, Evidence]
) -> tuple[Status, str]:
    if claim.method == "cases":
        return Status.PROVED, f"what it rests on is: {', '.join(claim.rests_on)}"
    if evidence is None:
        return Status.UNDECIDED, "no evidence was found, which proves nothing"
    if isinstance(evidence, Sample):
        return _sampled(claim, evidence)
    if evidence.lines != claim.lines:
        return Status.UNDECIDED, "the evidence is about another statement"
    try:
        if evidence.kind == "certificate":
            if not applied(evidence.lines) <= set(library):
                return Status.UNDECIDED, "it applies what has no certificate"
            check_certificate(evidence, library)
            return Status.PROVED, f"certificate of {len(evidence.lines)} lines"
        if evidence.kind == "witness":
            lo, hi = check_witness(evidence)
            point = evidence.content["point"]
            at = ", ".join(f"{name} = {value}" for name, value in point.items())
            at = at if len(point) <= READABLE else f"{len(point)} numbers, which its evidence holds"
            return Status.REFUTED, f"violated by {min(abs(lo), abs(hi)):.2g}" + (f" at {at}" if at else "")
        shares = check_cover(evidence, Balls)
    except Rejected as error:
        return Status.UNDECIDED, f"the evidence does not hold: {error}"
    words = ", ".join(f"{name} on {float(share):.2%}" for name, share in shares.items())
    if shares["holds"] == 1:
        return Status.PROVED, words
    return (Status.REFUTED if shares["fails"] else Status.UNDECIDED), words


def _sampled(claim: Claim, sample: Sample) -> tuple[Status, str]:
    if sample.statement != digest(claim.lines) or not sample.points:
        return Status.UNDECIDED, "no point of this statement was tried"
    if sample.counterexample:
        return Status.UNDECIDED, f"it fails at a drawn point, {dict(sample.counterexample)}: search for a witness"
    return Status.SUPPORTED, f"{sample.points} points hold, smallest margin {sample.smallest}"

"""From claims to stored evidence and verdicts, in the order in which they rest on each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from proofs import appendix, general, phases
from proofs.checker import Evidence
from proofs.claim import Claim, Claims
from proofs.methods.enclosure import enclose
from proofs.methods.refutation import refute
from proofs.methods.sampling import Sample, sample
from proofs.theorems import activation, bose, elimination, etas, steady_states, two_qubits
from proofs.verdict import Status, Verdict, verdict
from symqb.errors import UnknownChoice
from symqb.output import write

CERTIFICATES = "certificates"
VERDICTS = "verdicts.json"


@cache
def catalogue() -> Claims:
    """Every claim."""
    modules = (bose, two_qubits, elimination, steady_states, activation, etas, appendix, general, phases)
    return Claims(chain.from_iterable(module.claims() for module in modules))


def chosen(names: Iterable[str]) -> list[Claim]:
    """The named claims and what they need, in order; all where none is named. Raises ``UnknownChoice``."""
    claims, wanted = catalogue(), set(names) or set(catalogue())
    for name in wanted:
        if name not in claims:
            raise UnknownChoice("claim", name, tuple(claims))
    for name in reversed(list(claims)):
        if name in wanted:
            wanted.update(claims[name].needs, filter(None, [claims[name].correction]))
    return [claim for name, claim in claims.items() if name in wanted]


def find_evidence(claim: Claim, stored: Evidence | None = None) -> Evidence | Sample | None:
    """Evidence by the claim's method; stored evidence about the same lines saves the search, not the check."""
    if claim.method == "certificate":
        return Evidence.of({"claim": claim.name, "kind": "certificate", "lines": list(claim.lines)})
    if stored is not None and stored.lines == claim.lines and claim.method in ("refutation", "enclosure"):
        return stored
    if claim.method == "refutation":
        return refute(claim)
    if claim.method == "enclosure":
        return enclose(claim)
    return sample(claim) if claim.method == "sampling" else None


def prove(
    claims: Iterable[Claim], folder: Path, finished: Callable[[Verdict], None] = lambda verdict: None
) -> dict[str, Verdict]:
    """Verdicts by claim. Evidence is read from and written to ``folder``/certificates; each piece is checked anew."""
    known: dict[str, Verdict] = {}
    library: dict[str, Evidence] = {}
    for claim in claims:
        path = folder / CERTIFICATES / f"{claim.name}.json"
        evidence = find_evidence(claim, load(path))
        known[claim.name] = verdict(claim, evidence, library, known)
        if isinstance(evidence, Evidence):
            if evidence.kind == "certificate" and known[claim.name].status is Status.PROVED:
                library[claim.name] = evidence
            write(path, json.dumps(dict(evidence.content), indent=1) + "\n")
        finished(known[claim.name])
    return known


def load(path: Path) -> Evidence | None:
    """Stored evidence, None where there is none."""
    return Evidence.of(json.loads(path.read_text())) if path.is_file() else None


def table(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """What verdicts.json holds: by claim, what is said and what was found."""
    claims = catalogue()
    return {
        v.claim: {"words": claims[v.claim].words, "source": claims[v.claim].source, **_without_name(v)}
        for v in verdicts
    }


def _without_name(found: Verdict) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(found).items() if key != "claim"}


def store(verdicts: Iterable[Verdict], folder: Path) -> None:
    """Put the verdicts into ``folder``/verdicts.json, beside those that it has of other claims."""
    path = folder / VERDICTS
    before = json.loads(path.read_text()) if path.is_file() else {}
    both = {**before, **table(verdicts)}
    kept = {name: both[name] for name in catalogue() if name in both}
    write(path, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def changed(verdicts: Iterable[Verdict], folder: Path) -> list[str]:
    """The claims whose status differs from the one in ``folder``/verdicts.json."""
    path = folder / VERDICTS
    before = json.loads(path.read_text()) if path.is_file() else {}
    return [v.claim for v in verdicts if before.get(v.claim, {}).get("status", v.status) != v.status]

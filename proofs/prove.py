"""From claims to stored evidence and verdicts, in the order in which they rest on each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import generated
from proofs import (
    appendix,
    consistency,
    definitions,
    energetics,
    figures,
    general,
    main_text,
    phases,
    statements,
    storage,
    three_qubits,
)
from proofs.checker import Evidence
from proofs.claim import Claim, Claims
from proofs.kernel import EVIDENCE, Kernel, checked, read, sources
from proofs.methods.enclosure import enclose
from proofs.methods.refutation import refute
from proofs.methods.sampling import Sample, digest, profile, sample
from proofs.theorems import activation, bose, elimination, etas, limits, sharpness, steady_states, two_qubits
from proofs.verdict import Status, Verdict, verdict
from symqb.errors import SymqbError, UnknownChoice
from symqb.output import write

CERTIFICATES = "certificates"
SAMPLES = "samples.json"
VERDICTS = "verdicts.json"
#: Where claims are made: theorems, the paper's equations, its general statements, phase diagrams.
MODULES: tuple[ModuleType, ...] = (
    bose, two_qubits, elimination, steady_states, activation, limits, sharpness, etas, appendix, general, figures,
    storage, statements, phases, energetics, main_text, three_qubits, definitions, consistency,
)  # fmt: skip
#: The evidence that comes with this installation, used where a folder has none of its own.
SHIPPED = Path(generated.__file__).parent


class Contradiction(SymqbError):
    """A proved claim fails at a point: an error of the proof's checker or of the sampling. Field: ``claim``."""

    exit_status = 1

    def __init__(self, claim: str, point: Mapping[str, str]):
        self.claim = claim
        super().__init__(f"{claim} is proved and fails at {dict(point)}: report this, one of both is an error of symqb")


@cache
def catalogue(last: str = MODULES[-1].__name__) -> Claims:
    """Every claim, or those of the modules up to one."""
    names = [module.__name__ for module in MODULES]
    return Claims(chain.from_iterable(map(_made, MODULES[: names.index(last) + 1])))


@cache
def _made(module: ModuleType) -> tuple[Claim, ...]:
    return tuple(module.claims())


def chosen(names: Iterable[str]) -> list[Claim]:
    """The named claims and what they need, in order; all where none is named. Raises ``UnknownChoice``."""
    wanted = set(names)
    # No more modules than it takes: the last ones need seconds.
    parts = (catalogue(module.__name__) for module in MODULES if wanted)
    claims = next((part for part in parts if wanted <= set(part)), None) or catalogue()
    for name in sorted(wanted - set(claims)):
        raise UnknownChoice("claim", name, tuple(claims))
    wanted = wanted or set(claims)
    for name in reversed(list(claims)):
        if name in wanted:
            wanted.update(claims[name].needs, filter(None, [claims[name].correction]))
    return [claim for name, claim in claims.items() if name in wanted]


def find_evidence(claim: Claim, known: Evidence | None = None) -> Evidence | None:
    """Evidence by the claim's method; known evidence about the same lines saves the search, not the check."""
    if claim.method == "certificate":
        return Evidence.of({"claim": claim.name, "kind": "certificate", "lines": list(claim.lines)})
    if known is not None and known.lines == claim.lines and claim.method in ("refutation", "enclosure"):
        return known
    if claim.method == "refutation":
        return refute(claim)
    if claim.method == "enclosure":
        return enclose(claim)
    return None


def prove(
    claims: Iterable[Claim], folder: Path, finished: Callable[[Verdict], None] = lambda verdict: None
) -> dict[str, Verdict]:
    """Verdicts by claim. Evidence is read from and written to ``folder``/certificates; each piece is checked anew.

    Beside each certificate stands what Hypothesis saw, in ``folder``/samples.json. Raises ``Contradiction`` where a
    proved claim fails at a drawn point.
    """
    kernel = checked_by_kernel(folder)
    known: dict[str, Verdict] = {}
    library: dict[str, Evidence] = {}
    evidence: Evidence | Sample | None
    samples = {name: Sample(**content) for name, content in _read(stored(folder, SAMPLES)).items()}
    for claim in claims:
        name = f"{CERTIFICATES}/{claim.name}.json"
        if claim.method == "sampling":
            evidence = samples[claim.name] = beside(claim, samples.get(claim.name))
        else:
            evidence = find_evidence(claim, load(stored(folder, name)))
        found = known[claim.name] = verdict(claim, evidence, library, known, kernel)
        if isinstance(evidence, Evidence):
            if evidence.kind == "certificate":
                samples[claim.name] = beside(claim, samples.get(claim.name))
            if evidence.kind == "certificate" and found.status is Status.PROVED:
                library[claim.name] = evidence
                if point := samples[claim.name].counterexample:
                    raise Contradiction(claim.name, point)
            write(folder / name, json.dumps(dict(evidence.content), indent=1) + "\n")
        finished(found)
    if kernel:
        write(folder / EVIDENCE, kernel.text())
    write(folder / SAMPLES, json.dumps({name: asdict(samples[name]) for name in sorted(samples)}, indent=1) + "\n")
    return known


def checked_by_kernel(folder: Path) -> Kernel | None:
    """The theorems that Coq has checked, None where a source has changed since."""
    return read(stored(folder, EVIDENCE))


def run_kernel(folder: Path) -> Kernel:
    """Let Coq check all theorems anew, and store what it says. Raises ``NoCoq``."""
    with TemporaryDirectory() as place:
        kernel = checked(sources(), catalogue().values(), Path(place))
    write(folder / EVIDENCE, kernel.text())
    return kernel


def beside(claim: Claim, known: Sample | None) -> Sample:
    """A sample of the claim: the known one if it is about the same lines and no smaller than the profile asks."""
    if known and known.statement == digest(claim.lines) and known.drawn >= profile():
        return known
    return sample(claim)


def stored(folder: Path, name: str) -> Path:
    """A file in the folder, or the one that comes with this installation."""
    return folder / name if (folder / name).is_file() else SHIPPED / name


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text())) if path.is_file() else {}


def load(path: Path) -> Evidence | None:
    """Stored evidence, None where there is none."""
    return Evidence.of(json.loads(path.read_text())) if path.is_file() else None


def table(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """What verdicts.json holds: by claim, what is said and what was found."""
    return {v.claim: {key: str(x) for key, x in asdict(v).items() if key != "claim" and (x or key != "kernel")}
            for v in verdicts}  # fmt: skip


def verdicts_in(folder: Path) -> dict[str, dict[str, str]]:
    """What ``table`` gave, by claim: the verdicts in the folder, which may be few, over those of this installation."""
    return {**_read(SHIPPED / VERDICTS), **_read(stored(folder, VERDICTS))}


def store(verdicts: Iterable[Verdict], folder: Path, whole: bool) -> None:
    """Put the verdicts into ``folder``/verdicts.json, in place of all that it has (``whole``) or beside it."""
    path = folder / VERDICTS
    kept = table(verdicts) if whole else {**_read(path), **table(verdicts)}
    write(path, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def changed(verdicts: Iterable[Verdict], folder: Path) -> list[str]:
    """The claims whose status differs from the one in ``folder``/verdicts.json."""
    before = _read(stored(folder, VERDICTS))
    return [v.claim for v in verdicts if before.get(v.claim, {}).get("status", v.status) != v.status]

"""Theorems that Coq's kernel has checked: the strongest evidence, because nobody here wrote that kernel.

The theorems stand in proofs/coq, about definitions that symqb prints from its program. A theorem of Claims.v bears the
name of the claim that it decides; whether it says as much is for readers to judge. proofs/coq/compared.json is what a
reader has compared: by claim, the SHA-256 of what both say; and of the definitions that the theorems use. No command
writes it: a changed claim, theorem or definition has no mark until someone has compared them again and entered the new
digest, which tests/test_coq.py names where it is missing.

``symqb prove --kernel`` runs Coq; it is no part of plain ``symqb prove``, whose result should not depend on what is
installed. What Coq said is stored with the SHA-256 of every source and of every claim's statement, and counts only as
long as these are what they were.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from proofs.claim import Claim
from symqb import artifacts
from symqb.errors import NoCoq

EVIDENCE = "coq/evidence.json"
#: Hand-written theorems; the last file asks for each statement and for the axioms beneath it.
HAND_WRITTEN = Path(__file__).parent / "coq"
LAST = "Assumptions.v"
COMPARED = HAND_WRITTEN / "compared.json"
#: ``Check`` prints a name and, on the next line, its statement; ``Print Assumptions`` follows.
ANSWER = re.compile(
    r"^([\w']+)\n     : (.*?)\n(Closed under the global context|Axioms:\n.*?)(?=\n[\w']+\n     : |\Z)", re.M | re.S
)
#: The axioms of Coq's own real numbers.
REALS = (
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "Classical_Prop.classic",
    "FunctionalExtensionality.functional_extensionality_dep",
)
#: An axiom's name, its type on the same line or indented on the next. Coq says in other words what it has not checked.
AXIOM = re.compile(r"([^\s:]+)(?: : .*)?")
#: The entry of compared.json that is no claim's.
DEFINITIONS = "definitions"
DEFINITION = re.compile(r"^ *(?:Definition|Fixpoint|Inductive|Record|Notation)\b.*?\.$", re.M | re.S)


@dataclass(frozen=True)
class Theorem:
    """What Coq printed of one theorem: its statement, and the axioms that it rests on."""

    statement: str
    axioms: tuple[str, ...]

    @property
    def refutes(self) -> bool:
        """Whether it is the negation of the claim of its name."""
        return self.statement.startswith("~")


@dataclass(frozen=True)
class Kernel:
    """One run of Coq: its version and date (UTC), SHA-256 by source file and by claim, what it printed by theorem."""

    coq: str
    date: str
    sources: Mapping[str, str]
    claims: Mapping[str, str]
    theorems: Mapping[str, Theorem]

    def decides(self, claim: Claim) -> Theorem | None:
        """The theorem about the claim as it is now; None where there is none, or where it rests on other axioms.

        Nor does a theorem count that no reader has compared with the claim.
        """
        theorem = self.theorems.get(claim.name)
        if not theorem or self.claims.get(claim.name) != stated(claim) or not {*theorem.axioms} <= {*REALS}:
            return None
        table = compared()
        same = table.get(claim.name) == pair(claim, theorem) and table[DEFINITIONS] == definitions()
        return theorem if same else None

    @property
    def words(self) -> str:
        """When and by what the theorems were checked."""
        return f"checked on {self.date} with Coq {self.coq}"

    def text(self) -> str:
        """What is stored."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"


def stated(claim: Claim) -> str:
    """SHA-256 of what a claim says, its proof left out."""
    return _sha((*claim.domain.lines(), *claim.lets, *claim.show))


def pair(claim: Claim, theorem: Theorem) -> str:
    """SHA-256 of what a claim and a theorem say: what a reader enters in compared.json."""
    return _sha((stated(claim), theorem.statement))


@cache
def compared() -> Mapping[str, str]:
    """The table that readers keep."""
    return dict(json.loads(COMPARED.read_text()))


def definitions() -> str:
    """SHA-256 of all definitions written by hand, which give the words of the theorems their meaning."""
    written = [text for name, text in sources().items() if (HAND_WRITTEN / name).is_file()]
    return _sha(found for text in written for found in DEFINITION.findall(text))


@cache
def sources() -> Mapping[str, str]:
    """The text of every Coq file by name; definitions are printed from the program as it is now.

    Files of generated/coq are not read: that they are what is printed here, tests/test_codegen.py tests.
    """
    written = {path.name: path.read_text() for path in sorted(HAND_WRITTEN.glob("*.v"))}
    printed = artifacts.definitions(artifacts.models())
    return written | {Path(name).name: text for name, text in printed.items()}


def read(path: Path) -> Kernel | None:
    """Stored evidence; None where there is none, or where a source is not what Coq has checked."""
    if not path.is_file():
        return None
    content: dict[str, Any] = json.loads(path.read_text())
    theorems = {name: Theorem(t["statement"], tuple(t["axioms"])) for name, t in content.pop("theorems").items()}
    kernel = Kernel(**content, theorems=theorems)
    return kernel if kernel.sources == _digests(sources()) else None


def checked(texts: Mapping[str, str], claims: Iterable[Claim], folder: Path) -> Kernel:
    """Compile the files in an empty folder, each after those that it needs, and read what Coq says of the theorems.

    Raises ``NoCoq`` where Coq is missing or refuses a file.
    """
    version = _run(["coqc", "--print-version"], folder).split()[0]
    for name, text in texts.items():
        (folder / name).write_text(text)
    answers = ""
    for name in in_order(texts, folder):
        answers = compiled(name, folder)
    theorems = {found[1]: _theorem(found[2], found[3]) for found in ANSWER.finditer(answers)}
    about = {claim.name: stated(claim) for claim in claims if claim.name in theorems}
    return Kernel(version, f"{datetime.now(UTC):%Y-%m-%d}", _digests(texts), about, theorems)


def in_order(names: Iterable[str], folder: Path) -> list[str]:
    """The files of a folder, each after those that it needs."""
    return _run(["coqdep", "-sort", "-Q", ".", "Symqb", *names], folder).split()


def compiled(name: str, folder: Path) -> str:
    """What coqc prints while it compiles one file whose requirements are compiled."""
    return _run(["coqc", "-q", "-Q", ".", "Symqb", name], folder)


def _run(command: list[str], folder: Path) -> str:
    if not shutil.which(command[0]):
        raise NoCoq("", f"{command[0]} is not on the PATH")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoCoq(command[-1], " ".join(done.stderr.split()))
    return done.stdout


def _theorem(statement: str, assumptions: str) -> Theorem:
    """Statement on one line, axioms by name; any other line verbatim, so that it is no axiom of the real numbers."""
    lines = [line for line in assumptions.splitlines()[1:] if not line.startswith(" ")]
    axioms = (found[1] if (found := AXIOM.fullmatch(line)) else line for line in lines)
    return Theorem(" ".join(statement.split()), tuple(sorted(axioms)))


def _digests(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: _sha([text]) for name, text in sorted(texts.items())}


def _sha(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()

"""What earlier steps wrote, read once for the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from proofs.audit import AUDIT
from proofs.checker import Evidence
from proofs.claim import Claim
from proofs.prove import CERTIFICATES, SHIPPED, catalogue, load, stored, verdicts_in
from proofs.report.formulas import badge
from proofs.report.markup import Markup, joined, tag

#: What is said beside the verdict of a claim that a proof assistant's kernel checked.
KERNEL = "kernel"


@dataclass(frozen=True)
class Stored:
    """The files of ``folder``, and those that come with the installation where it has none."""

    folder: Path

    def text(self, name: str) -> str:
        """A file's text, empty where there is none."""
        path = stored(self.folder, name)
        return path.read_text() if path.is_file() else ""

    def files(self, folder: str, ending: str) -> list[Path]:
        """The files of a folder with an ending, or those that come with the installation where it has none."""
        here, there = (sorted((place / folder).glob(f"*{ending}")) for place in (self.folder, SHIPPED))
        return here or there

    def data(self, name: str) -> Any:
        """The content of a JSON file that every run writes."""
        return json.loads(self.text(name))

    @cached_property
    def verdicts(self) -> Mapping[str, Mapping[str, str]]:
        """Verdicts by claim, those of the catalogue alone."""
        return {name: found for name, found in verdicts_in(self.folder).items() if name in self.claims}

    @cached_property
    def audit(self) -> Mapping[str, Any]:
        """The audit."""
        found: Mapping[str, Any] = self.data(AUDIT)
        return found

    @property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim."""
        return catalogue()

    @cached_property
    def names(self) -> frozenset[str]:
        """The claims with a verdict."""
        return frozenset(self.verdicts)

    @cached_property
    def dependents(self) -> Mapping[str, tuple[str, ...]]:
        """By claim, the claims that need it."""
        found: dict[str, list[str]] = {name: [] for name in self.names}
        for name in self.verdicts:
            for other in self.claims[name].needs:
                found[other].append(name)
        return {name: tuple(others) for name, others in found.items()}

    def status(self, name: str) -> str:
        """The verdict on a claim."""
        return self.verdicts[name]["status"]

    def kernel(self, name: str) -> str:
        """What a proof assistant's kernel says of a claim, empty where it was not asked."""
        return self.verdicts[name].get("kernel", "")

    def badge(self, name: str) -> Markup:
        """A claim's verdict, and whether a kernel checked it."""
        found = badge(self.status(name))
        return joined([found, tag("span", KERNEL, class_="verdict kernel")], " ") if self.kernel(name) else found

    def file(self, name: str) -> str:
        """The file of a claim's evidence, empty where it has none."""
        path = f"{CERTIFICATES}/{name}.json"
        return path if self.verdicts[name]["evidence"] and stored(self.folder, path).is_file() else ""

    def evidence(self, name: str) -> Evidence | None:
        """A claim's evidence, None where it has none."""
        return load(stored(self.folder, f"{CERTIFICATES}/{name}.json"))

"""The page as a whole: head, contents, sections."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from proofs.report import counterexamples, derived, entries, equations, figures, numbers, theorem
from proofs.report.equations import KINDS, kind
from proofs.report.formulas import link, prose
from proofs.report.markup import Markup, joined, tag
from proofs.report.stored import Stored
from proofs.verdict import in_words

TITLE = "A spin-chain quantum battery, derived, proved and audited"
STYLE = Path(__file__).with_name("style.css")
HEADING = re.compile(r'<h2 id="(\w+)">([^<]*)</h2>')


def page(folder: Path) -> str:
    """The report on what is in ``folder``: one HTML document that needs nothing else."""
    stored = Stored(folder)
    sections = [
        derived.section(stored), equations.section(stored), theorem.section(stored), counterexamples.section(stored),
        figures.section(stored), numbers.benchmarks(stored), entries.section(stored), numbers.versions(stored),
    ]  # fmt: skip
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("title", TITLE),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"), tag("style", Markup(STYLE.read_text())),
    )  # fmt: skip
    skip = tag("a", "Skip to the content", href="#main", class_="skip")
    body = tag("body", skip, _header(stored), _contents(sections), tag("main", *sections, id="main"), _footer())
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang="en") + "\n"


def _header(stored: Stored) -> Markup:
    audited = stored.audit["equations"]
    found = {what.lower(): [e["status"] for e in audited if kind(e) == name] for name, what in KINDS.items()}
    found["claims in all"] = [verdict["status"] for verdict in stored.verdicts.values()]
    rows = [(f"{len(statuses)} {what}", in_words(dict(Counter(statuses).most_common()))) for what, statuses in
            found.items()]  # fmt: skip
    return tag(
        "header",
        tag("h1", TITLE),
        tag("p", "Two and three spins between two thermal baths: energies, rates and steady states in closed form, "
            "and every equation of the paper (Phys. Rev. A 109, 042619) held against them."),
        tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in rows), class_="summary"),
        tag("p", "The main theorem, ", link(theorem.THEOREM), ": ", prose(stored.claims[theorem.THEOREM].words)),
    )  # fmt: skip


def _contents(sections: list[Markup]) -> Markup:
    found = HEADING.findall(joined(sections))
    items = (tag("li", tag("a", Markup(title), href=f"#{place}")) for place, title in found)
    return tag("nav", tag("h2", "Contents", id="contents"), tag("ol", *items), aria_labelledby="contents")


def _footer() -> Markup:
    return tag("footer", tag("p", "Written by symqb reproduce from the files beside it."))

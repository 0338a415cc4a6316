"""Every claim: what it says, what was found, by which evidence, what it needs and what needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from proofs.claim import Claim
from proofs.report.equations import kind
from proofs.report.formulas import anchor, link, named, prose
from proofs.report.markup import Markup, facts, joined, tag, unfold
from proofs.report.stored import KERNEL, Stored

#: Lines with more characters in all stay in the evidence file.
LONG = 6000


def section(stored: Stored) -> Markup:
    """An entry a claim, in four groups, each in the order in which claims rest on each other."""
    kinds = {entry["number"]: kind(entry) for entry in stored.audit["equations"]}
    titles = {"": "Theorems, lemmas, corrections", "numbered": "Numbered equations", "unnumbered": "Other formulas",
              "words": "Printed statements"}  # fmt: skip
    groups = {title: [n for n in stored.verdicts if kinds.get(n, "") == key] for key, title in titles.items()}
    return tag(
        "section",
        tag("h2", "Every claim", id="claims"),
        tag("p", "In the words of the evidence files: given and assume are the region, let defines, show is what is "
            "claimed, the other lines prove it. Any entry can be checked again by the program proofs/checker.py, which "
            "needs nothing but Python."),
        tag("p", "Those marked ", tag("span", KERNEL, class_="verdict kernel"), " were checked by the kernel of "
            "Coq too, from a development of their own.")
        if any(map(stored.kernel, stored.names)) else "",
        *(part for title, names in groups.items() for part in _group(title, names, stored)),
        aria_labelledby="claims",
    )  # fmt: skip


def _group(title: str, names: Sequence[str], stored: Stored) -> Iterator[Markup]:
    yield tag("h3", f"{title} ({len(names)})")
    yield from (_entry(name, stored) for name in names)


def _entry(name: str, stored: Stored) -> Markup:
    claim, found = stored.claims[name], stored.verdicts[name]
    links = {
        "Needs": joined(map(link, claim.needs), ", "),
        "Needed by": joined(map(link, stored.dependents[name]), ", "),
        "Instead": link(claim.correction) if claim.correction else "",
    }
    said = {
        "Source": claim.source,
        "Found": prose(found["reason"], stored.names),
        "Note": prose(claim.note, stored.names),
        "Evidence": _evidence(name, found, stored),
        "Kernel": _kernel(stored.kernel(name)),
        **links,
    }
    return tag(
        "article",
        tag("h4", named(name), " ", stored.badge(name)),
        tag("p", prose(claim.words, stored.names)),
        facts(said.items()),
        *_lines(claim, stored.file(name)),
        id=anchor(name),
        class_="entry",
    )


def _evidence(name: str, found: Mapping[str, str], stored: Stored) -> str:
    file = stored.file(name)
    id_ = joined([", id ", tag("code", found["evidence"])]) if found["evidence"] else ""
    place = joined([", in ", tag("code", file)]) if file else ""
    return joined([found["method"], id_, place])


def _kernel(said: str) -> Markup:
    """When a kernel checked a theorem that decides the claim, and the theorem."""
    when, _, theorem = said.partition(": ")
    return joined([when, tag("pre", tag("code", theorem), aria_label="theorem", tabindex="0") if theorem else ""])


def _lines(claim: Claim, file: str) -> Iterator[Markup]:
    shows = [f"show {relation}" for relation in claim.show]
    groups = {"given": claim.domain.lines(), "definitions": claim.lets, "proof": claim.proof, "shown": shows}
    filled = {title: lines for title, lines in groups.items() if lines}
    if filled:
        counts = ", ".join(f"{title}: {len(lines)}" for title, lines in filled.items())
        yield unfold(f"Lines ({counts})", *(_listing(title, lines, file) for title, lines in filled.items()))


def _listing(title: str, lines: Sequence[str], file: str) -> Markup:
    if sum(map(len, lines)) > LONG:
        return tag("p", f"{title}: {len(lines)} lines, too long for a page", f", in {file}" if file else "",
                   class_="aside")  # fmt: skip
    return tag("pre", tag("code", "\n".join(lines)), aria_label=title, tabindex="0")

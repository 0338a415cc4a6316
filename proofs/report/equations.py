"""The audit: every printed equation and statement beside what was derived, with filters that need no script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proofs.notation import NUMBERED, SHOWN, relation_math
from proofs.report.formulas import badge, formula, link, named, prose, room
from proofs.report.markup import Markup, escaped, facts, joined, table, tag, unfold
from proofs.report.stored import Stored

Entry = Mapping[str, Any]
KINDS = {"numbered": "Numbered equations", "unnumbered": "Other formulas", "words": "Statements in words"}
VERDICTS = ("proved", "corrected", "refuted", "supported", "undecided")
#: Derived relations that are in sight, of those that the audit lists, and of wide ones.
FIRST, FIRST_WIDE = 4, 2
#: Characters of the widest line of forms that stand beside each other.
BESIDE = 43


def section(stored: Stored) -> Markup:
    """Filters and the table, then what the printed three-qubit system gives."""
    entries: Sequence[Entry] = stored.audit["equations"]
    words = (
        "Each printed equation was transcribed as printed and held against the derivation; each statement in words was "
        "made a claim over the parameters that it speaks of. A verdict is computed from stored evidence, which anyone "
        "can check again."
    )
    return tag(
        "section",
        tag("h2", "The audit", id="audit"),
        tag("p", words),
        tag("p", prose(stored.audit["reading"], stored.names)),
        tag("div", _filters(entries), *_nothing(entries), _table(entries, stored), class_="audit"),
        *_consequences(stored.audit),
        *_symbols(stored),
        aria_labelledby="audit",
    )


def kind(entry: Entry) -> str:
    """A numbered equation, a formula in the text, or words."""
    if not entry["latex"]:
        return "words"
    return "numbered" if NUMBERED.fullmatch(entry["number"]) else "unnumbered"


def equation(number: str, audit: Mapping[str, Any]) -> Markup:
    """A number that leads to the equation's place in the audit, or to the first of its parts (a), (b), ..."""
    parts = (entry["number"] for entry in audit["equations"] if re.fullmatch(rf"{number}[a-h]?", entry["number"]))
    return tag("a", f"({number})", href=f"#equation-{next(parts)}", class_="number")


def label(entry: Entry) -> Markup:
    """A number in parentheses; the name of what has none."""
    number = entry["number"]
    return escaped(f"({number})") if NUMBERED.fullmatch(number) else named(number)


def _filters(entries: Sequence[Entry]) -> Markup:
    """Radio buttons, in no form: there is nothing to send."""
    verdicts, kinds = Counter(entry["status"] for entry in entries), Counter(map(kind, entries))
    found = {verdict: f"{verdict} ({verdicts[verdict]})" for verdict in VERDICTS if verdicts[verdict]}
    return tag(
        "div",
        _choice("Verdict", "verdict", {"all": f"all ({len(entries)})", **found}),
        _choice("Kind", "kind", {"all": "all", **{name: f"{KINDS[name]} ({kinds[name]})" for name in KINDS}}),
        class_="filters",
        role="group",
        aria_label="Show",
    )


def _choice(title: str, name: str, options: Mapping[str, str]) -> Markup:
    radios = (
        tag("label", tag("input", type="radio", name=name, id=f"{name}-{value}", checked=value == "all",
                         autocomplete="off"), f" {words}")
        for value, words in options.items()
    )  # fmt: skip
    return tag("fieldset", tag("legend", title), *radios)


def _nothing(entries: Sequence[Entry]) -> Iterator[Markup]:
    """What is said where a choice leaves nothing."""
    pairs = {(entry["status"], kind(entry)) for entry in entries}
    for verdict in {entry["status"]: None for entry in entries}:
        for name, words in KINDS.items():
            if (verdict, name) not in pairs:
                yield tag("p", f"{words}: none is {verdict}.", class_=f"nothing {verdict}-{name}")


def _table(entries: Sequence[Entry], stored: Stored) -> Markup:
    """The roles say what the elements say; style sheets for phones and paper put cells below each other."""
    heads = ("Equation or statement", "As printed", "As derived")
    columns = (tag("th", head, scope="col", role="columnheader") for head in heads)
    return tag(
        "table",
        tag("caption", "Every equation and statement, as printed and as derived"),
        tag("thead", tag("tr", *columns, role="row"), role="rowgroup"),
        *(_body(entry, stored) for entry in entries),
        class_="audited",
        role="table",
    )


def _body(entry: Entry, stored: Stored) -> Markup:
    """The printed form beside the derived one, or above it where they are wide; then what was found."""
    wide = room([entry["latex"], *derived(entry)]) > BESIDE
    cells = [
        _cell("Printed", formula(entry["latex"]), wide=wide),
        _cell("Derived", *_derived(entry, FIRST_WIDE if wide else FIRST), wide=wide),
    ]
    forms = cells if wide else [joined(cells)]
    first, *others = [*(forms if entry["latex"] else []), _cell("Found", _found(entry, stored), wide=True)]
    head = tag("th", tag("span", label(entry), class_="label"), badge(entry["status"]), scope="rowgroup",
               rowspan=str(len(others) + 1), role="rowheader")  # fmt: skip
    return tag(
        "tbody", tag("tr", head, first, role="row"), *(tag("tr", cells, role="row") for cells in others),
        id=f"equation-{entry['number']}", class_=f"entry {entry['status']} {kind(entry)}", role="rowgroup",
    )  # fmt: skip


def _cell(name: str, *content: str, wide: bool = False) -> Markup:
    return tag("td", *content, colspan="2" if wide else "1", class_=f"cell {name.lower()}", role="cell")


def derived(entry: Entry) -> list[str]:
    """The relations in LaTeX that stand beside the printed form."""
    return entry["derived"] or [relation_math(relation) for relation in entry["holds"][:SHOWN]]


def _derived(entry: Entry, first: int) -> Iterator[Markup]:
    """The first relations, the others on demand; the rest of a long list is in the claim's entry."""
    shown = derived(entry)
    yield from map(formula, shown[:first])
    if shown[first:]:
        yield unfold(f"{len(shown) - first} more", *map(formula, shown[first:]))
    rest = len(entry["holds"]) - len(shown)
    if rest > 0:
        yield tag("p", f"and {rest} that the claim lists", class_="aside")
    if not shown:
        yield tag("p", "nothing is claimed in its place", class_="aside")


def _found(entry: Entry, stored: Stored) -> Markup:
    names = stored.names
    written = {"Tried": "words", "Found": "reason", "Note": "note", "Holds instead": "instead",
               "Consequence": "consequence"}  # fmt: skip
    said = {title: prose(entry[key], names) for title, key in written.items() if entry[key]}
    if entry["number"] in names:
        said["Claim"] = link(entry["number"])
    return facts(said.items())


def _consequences(audit: Mapping[str, Any]) -> Iterator[Markup]:
    at = ", ".join(f"{name} = {value:g}" for name, value in audit["at"].items())
    heads = ("printed system", "epsilon", "stored energy, derived", "as printed", "ergotropy, derived", "as printed")
    keys = ("system", "epsilon", "stored_energy", "stored_energy_printed", "ergotropy", "ergotropy_printed")
    rows = [[f"{row[key]:.4f}" if isinstance(row[key], float) else str(row[key]) for key in keys]
            for row in audit["consequences"]]  # fmt: skip
    yield tag("h3", "What follows for three qubits")
    yield tag("p", prose(f"Solved as printed, with the rates of (27) and Appendix B, at {at} :"))
    yield table("Three qubits, derived and as printed", heads, rows)


def _symbols(stored: Stored) -> Iterator[Markup]:
    yield tag("h3", "Symbols that contradict each other")
    yield tag("ul", *(
        tag("li", f"{what.capitalize()}: ", joined([prose(item, stored.names) for item in found], "; "))
        for what, found in stored.audit["contradictions"].items() if found
    ))  # fmt: skip

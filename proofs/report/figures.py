"""The figures that an earlier step drew, with what they bear on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from proofs.captions import FOLDER
from proofs.report.formulas import badge, link, prose
from proofs.report.markup import Markup, facts, tag, unfold
from proofs.report.stored import Stored

#: What an address may hold as it is, in an attribute between double quotes.
PLAIN = " !$&'()*+,-./:;=?@_~"


def section(stored: Stored) -> Markup:
    """A figure an entry, the paper's first; nothing where none was drawn."""
    found = [(path, json.loads(path.read_text())) for path in stored.files(FOLDER, ".json")]
    if not found:
        return Markup("")
    drawn = sorted(found, key=lambda one: _place(one[1]["name"]))
    entries = (_figure(about, path.with_suffix(".svg").read_text(), stored) for path, about in drawn)
    return tag("section", tag("h2", "Figures", id="figures"), *entries, aria_labelledby="figures")


def _place(name: str) -> tuple[int, str]:
    """The paper's numbers come first, what belongs to one beside it."""
    number, _, _ = name.partition("_")
    return (int(number) if number.isdecimal() else 10**6, name)


def _figure(about: Mapping[str, Any], image: str, stored: Stored) -> Markup:
    source = f"data:image/svg+xml,{quote(' '.join(image.split()), safe=PLAIN)}"
    caption = tag("figcaption", tag("p", prose(about["caption"])), _parameters(about))
    bearing = tag("ul", *(_claim(claim, stored) for claim in about["claims"]))
    return tag(
        "article",
        tag("h3", prose(about["title"])),
        tag("figure", tag("img", src=source, alt=about["alt"]), caption),
        unfold(f"What is known of it ({len(about['claims'])})", bearing) if about["claims"] else "",
        class_="drawn", id=f"figure-{about['name']}",
    )  # fmt: skip


def _parameters(about: Mapping[str, Any]) -> Markup:
    values = "; ".join(f"{name} = {_value(value)}" for name, value in about["parameters"].items())
    return facts({"Parameters": prose(values), "Choices": prose(" ".join(about["choices"]))}.items())


def _value(value: Any) -> str:
    """A number, or several."""
    return ", ".join(map(_value, value)) if isinstance(value, list) else f"{value:g}"


def _claim(about: Mapping[str, str], stored: Stored) -> Markup:
    name = about["claim"]
    return tag("li", badge(about["status"]), " ", prose(about["words"], stored.names), " ", link(name))

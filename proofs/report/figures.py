"""The figures that an earlier step drew, with what they bear on."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofs.report.formulas import badge, link, prose
from proofs.report.markup import Markup, facts, tag, unfold
from proofs.report.stored import Stored

FOLDER = "figures"


def section(stored: Stored) -> Markup:
    """A figure an entry, in the order of their names; nothing where none was drawn."""
    drawn = sorted((stored.folder / FOLDER).glob("*.json"), key=_place)
    if not drawn:
        return Markup("")
    return tag(
        "section", tag("h2", "Figures", id="figures"), *(_figure(path, stored) for path in drawn),
        aria_labelledby="figures",
    )  # fmt: skip


def _place(path: Path) -> tuple[int, str]:
    """The paper's numbers first."""
    return (int(path.stem), "") if path.stem.isdigit() else (10**6, path.stem)


def _figure(path: Path, stored: Stored) -> Markup:
    about: Mapping[str, Any] = json.loads(path.read_text())
    image = b64encode(path.with_suffix(".svg").read_bytes()).decode()
    caption = tag("figcaption", tag("p", prose(about["caption"])), _parameters(about))
    bearing = tag("ul", *(_claim(claim, stored) for claim in about["claims"]))
    return tag(
        "article",
        tag("h3", about["title"]),
        tag("figure", tag("img", src=f"data:image/svg+xml;base64,{image}", alt=about["alt"]), caption),
        unfold(f"Statements of the paper that this bears on ({len(about['claims'])})", bearing)
        if about["claims"] else "",
        class_="drawn", id=f"figure-{about['name']}",
    )  # fmt: skip


def _parameters(about: Mapping[str, Any]) -> Markup:
    given = about["parameters"]
    pairs = given.items() if isinstance(given, Mapping) else ()
    values = prose(", ".join(f"{name} = {value}" for name, value in pairs)) if pairs else str(given)
    chosen = about["choices"]
    choices = prose(chosen if isinstance(chosen, str) else " ".join(chosen))
    return facts({"Parameters": values, "Choices": choices}.items())


def _claim(about: Mapping[str, str], stored: Stored) -> Markup:
    name = about["claim"]
    place = link(name) if name in stored.names else tag("code", name)
    return tag("li", badge(about["status"]), " ", prose(about["words"], stored.names), " ", place)

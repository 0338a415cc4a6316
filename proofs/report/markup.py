"""HTML elements as text: content is escaped unless it is markup already."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

#: Elements that have no content and no end.
VOID = {"img", "input", "meta", "wbr"}


class Markup(str):
    """Text that is HTML and is not escaped again."""

    __slots__ = ()


def escaped(content: str) -> Markup:
    """Text as HTML; markup as it is."""
    return content if isinstance(content, Markup) else Markup(escape(content, quote=False))


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Parts one after the other, each escaped."""
    return Markup(escaped(between).join(map(escaped, parts)))


def tag(element: str, /, *content: str, **attributes: str | bool) -> Markup:
    """An element. ``class_`` is class, ``aria_label`` aria-label; True is an attribute without value, False none."""
    written = [
        f" {key}" if value is True else f' {key}="{escape(str(value))}"'
        for key, value in ((_attribute(key), value) for key, value in attributes.items())
        if value is not False
    ]
    start = f"<{element}{''.join(written)}>"
    return Markup(start if element in VOID else f"{start}{joined(content)}</{element}>")


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def box(content: str, label: str) -> Markup:
    """What may be wider than the page: it scrolls by itself, with the keyboard too."""
    return tag("div", content, class_="box", role="region", aria_label=label, tabindex="0")


def unfold(summary: str, *content: str) -> Markup:
    """A long part that opens on demand."""
    return tag("details", tag("summary", summary), *content)


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Names and what they stand for; those that stand for nothing are left out."""
    filled = ((name, value) for name, value in pairs if value)
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in filled))


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    """A table whose first column heads its rows, in a box of its own."""
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    body = tag("tbody", *map(_row, rows))
    return box(tag("table", tag("caption", caption), head, body), caption)


def _row(cells: Iterable[str]) -> Markup:
    first, *rest = cells
    return tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest))

"""Tables of speed and accuracy, and the versions that all of it was made with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import requires, version
from platform import python_version

from proofs.report.markup import Markup, joined, table, tag
from proofs.report.stored import Stored

BENCHMARKS = "benchmarks.md"
DIGEST = re.compile(r"Expressions \(SHA-256\): (\w+)")
PROGRAMS = ("xxz2", "xxz2_independent", "xxz3", "xxz3_independent")
MARKED = re.compile(r"(`[^`]+`|\*[^*]+\*)")


def benchmarks(stored: Stored) -> Markup:
    """What ``symqb bench`` stored; nothing where it never ran."""
    text = stored.text(BENCHMARKS)
    if not text:
        return Markup("")
    _, *blocks = text.split("\n\n")
    return tag(
        "section", tag("h2", "Speed and accuracy", id="benchmarks"), *_blocks(blocks), aria_labelledby="benchmarks"
    )


def _blocks(blocks: list[str]) -> Iterator[Markup]:
    """Headings, tables, which are named after the heading above, and paragraphs."""
    title = ""
    for lines in (block.strip().splitlines() for block in blocks):
        if lines[0].startswith("#"):
            title = lines[0].lstrip("# ")
            yield tag("h3", _inline(title))
        elif lines[0].startswith("|"):
            heads, _, *rows = ([_inline(cell.strip()) for cell in line.strip("|").split("|")] for line in lines)
            caption = f"{title}: {heads[0]}" if heads[0] == "other ways" else title
            yield table(caption, heads, rows)
        else:
            yield tag("p", _inline(" ".join(lines)))


def _inline(text: str) -> Markup:
    """Code and emphasis of Markdown."""
    marks = {"`": "code", "*": "em"}
    parts = MARKED.split(text)
    return joined(tag(marks[part[0]], part[1:-1]) if k % 2 else part for k, part in enumerate(parts))


def versions(stored: Stored) -> Markup:
    """Python, packages, and what identifies each program, from which all evaluators are printed."""
    names = [re.split(r"[^\w.-]", text, maxsplit=1)[0] for text in requires("symqb") or () if "extra ==" not in text]
    packages = [["Python", python_version()], ["symqb", version("symqb")], *([name, version(name)] for name in names)]
    digests = [[name, tag("code", digest)] for name in PROGRAMS if (digest := _digest(stored, name))]
    return tag(
        "section",
        tag("h2", "Versions", id="versions"),
        table("Python and packages", ("package", "version"), packages),
        table("Programs", ("program", "SHA-256 of its expressions"), digests),
        aria_labelledby="versions",
    )


def _digest(stored: Stored, name: str) -> str:
    found = DIGEST.search(stored.text(f"{name}_numpy.py"))
    return found[1] if found else ""

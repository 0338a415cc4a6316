"""symqb audit."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from symqb.cli.app import AsJson, Out, app

if TYPE_CHECKING:  # the proofs need SymPy
    from proofs.audit import Entry


@app.command()
def audit(
    equation: Annotated[str | None, typer.Option(metavar="NUMBER", help="One equation in full.")] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Decide every equation of the paper as printed: verdict, evidence, and what holds instead.

    Writes audit.json and audit.tex, an errata document, unless one equation alone is asked for. Exit status 1 where a
    verdict is not the stored one. Example: symqb audit --equation 12a
    """
    from proofs.audit import AUDIT, as_data, claims, different, entries, printed
    from proofs.errata import publish
    from proofs.prove import chosen, prove
    from proofs.verdict import counts, in_words
    from symqb.errors import UnknownChoice
    from symqb.output import destination

    folder, numbers = destination(out), [p.number for p in printed()]
    if equation is not None and equation not in numbers:
        raise UnknownChoice("equation", equation, tuple(numbers))
    verdicts = prove(chosen(claims() if equation is None else [equation]), folder)
    found = [entry for entry in entries(verdicts) if equation in (None, entry.number)]
    changed = different(found, folder)
    if equation is None and not changed:
        publish(found, folder)
    if as_json:
        print(json.dumps(as_data(found), indent=1, ensure_ascii=False))
    elif equation is None:
        for entry in found:
            print(f"{entry.number:<43} {entry.status:<10} {entry.instead or entry.words or entry.reason}")
        print(f"{in_words(counts(entry.status for entry in found))}; in {folder / AUDIT}")
    else:
        _print_in_full(found[0])
    for number in changed:
        print(f"symqb: ({number}) was decided otherwise before", file=sys.stderr)
    raise typer.Exit(1 if changed else 0)


def _print_in_full(entry: Entry) -> None:
    """Every field, the printed and the derived LaTeX side by side."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    for name, value in entry.as_dict().items():
        if isinstance(value, str) and name != "latex" and value:
            console.print(f"{name:<12}{value}")
    table = Table("as printed", "as derived")
    table.add_row(entry.latex.replace(r", \quad ", "\n"), "\n".join(entry.derived or entry.holds))
    console.print(table)

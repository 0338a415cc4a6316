"""symqb derive."""

from __future__ import annotations

from typing import Annotated

import typer

from symqb.cli.app import AsJson, Collective, Out, Qubits, app


@app.command()
def derive(
    qubits: Qubits = 2,
    form: Annotated[
        str, typer.Option("--format", help="text, latex, fragment (LaTeX for \\input), python, wolfram, json.")
    ] = "text",
    show: Annotated[list[str] | None, typer.Option(help="Only this part; repeatable.", show_default=False)] = None,
    collective: Collective = True,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Derive the closed forms and print them, or write them to DIR.

    Example: symqb derive --qubits 2 --format latex --show populations
    """
    from symqb.formats import render
    from symqb.output import write
    from symqb.xxz import xxz_chain

    form = "json" if as_json else form
    model = xxz_chain(qubits, collective=collective)
    text = render(model, form, show or ())
    if out is None:
        print(text, end="")
        return
    from symqb.artifacts import FORMULAS

    path = out / f"{'_'.join([model.name, *(show or [])])}{FORMULAS[form]}"
    write(path, text)
    print(path)

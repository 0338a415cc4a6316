"""symqb figures."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from symqb.cli.app import AsJson, Out, app


@app.command()
def figures(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", show_default=False)] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Draw figures of the paper (3 to 10, 12) and new ones, all by default, as SVG and PDF with a caption file each.

    The caption file says what is drawn and which claims bear on it, with their verdicts. Example: symqb figures 8
    """
    from proofs.captions import FOLDER, publish
    from symqb.output import destination

    folder = destination(out)
    told = (lambda name: None) if as_json else (lambda name: print(folder / FOLDER / f"figure_{name}.svg", flush=True))
    captions = publish(names or [], folder, told)
    if as_json:
        print(json.dumps(list(captions.values()), indent=1, ensure_ascii=False))

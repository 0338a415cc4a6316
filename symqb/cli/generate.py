"""symqb generate."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from symqb.cli.app import AsJson, Out, app


@app.command()
def generate(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 and show the diff if a file is stale.")
    ] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write evaluators, formula files and Coq definitions, or check that they are up to date.

    Example: symqb generate --check
    """
    from symqb import artifacts
    from symqb.output import destination, write

    folder = destination(out)
    models = artifacts.models()
    files = {**artifacts.evaluators(models), **artifacts.formulas(models), **artifacts.definitions(models)}
    if check:
        stale = dict(artifacts.differences(files, folder))
        if as_json:
            print(json.dumps({"folder": str(folder), "files": list(files), "stale": stale}, indent=1))
        else:
            print("".join(stale.values()), end="")
            print(f"{len(files) - len(set(stale) & set(files))} of {len(files)} files in {folder} are up to date")
        raise typer.Exit(1 if stale else 0)
    for name, text in files.items():
        write(folder / name, text)
    print(
        json.dumps({"folder": str(folder), "files": list(files)}, indent=1)
        if as_json
        else f"{len(files)} files in {folder}"
    )

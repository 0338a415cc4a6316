"""The command's frame: options that commands share, and its version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symqb import __version__

app = typer.Typer(
    help="Closed forms of a spin-chain quantum battery between two reservoirs: derive, evaluate, export.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Qubits = Annotated[int, typer.Option(help="Length of the chain.")]
Collective = Annotated[bool, typer.Option(help="With the cross terms of bath L's two couplings, or without.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Where to write.", show_default=False)]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"symqb {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass

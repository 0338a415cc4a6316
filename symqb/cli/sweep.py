"""symqb sweep."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from symqb.cli import parameters
from symqb.cli.app import AsJson, Collective, Qubits, app
from symqb.errors import InvalidParameter


@app.command()
def sweep(
    B0: parameters.B0,
    J: parameters.J,
    Delta: parameters.Delta,
    T_L: parameters.T_L,
    T_R: parameters.T_R,
    epsilon: parameters.epsilon,
    to: Annotated[Path, typer.Option(help="File to write: its name ends in .zarr, .nc or .csv.")],
    kappa_L: parameters.kappa_L = "1",
    kappa_R: parameters.kappa_R = "1",
    T_eq: parameters.T_eq = None,
    outputs: Annotated[
        str | None, typer.Option(metavar="NAME,...", help="ergotropy, populations, ...; all by default.")
    ] = None,
    qubits: Qubits = 2,
    collective: Collective = True,
    chunk: Annotated[
        str | None, typer.Option(metavar="NAME=POINTS,...", help="Points of a chunk, parameter by parameter.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Threads; all cores by default.")] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A dask.distributed scheduler to use instead.")
    ] = None,
    refused: Annotated[
        str, typer.Option(help="raise, or nan: what becomes of points without a steady state.")
    ] = "raise",
    as_json: AsJson = False,
) -> None:
    """Evaluate outputs over a grid and write them: give a parameter as LOW:HIGH:POINTS to vary it.

    An interrupted .zarr is taken up where it stopped by the same command.

    Example: symqb sweep --Delta 0:1:101 --T_L 1:20:50 --B0 2 --J 1 --T_R 0 --epsilon 1 --to sweep.zarr
    """
    from symqb.search.box import spaced
    from symqb.sweeps.dataset import SweepInterrupted
    from symqb.sweeps.dataset import sweep as compute

    values = {
        "B0": B0,
        "J": J,
        "Delta": Delta,
        "epsilon": epsilon,
        "T_L": T_L,
        "T_R": T_R,
        "kappa_L": kappa_L,
        "kappa_R": kappa_R,
        "T_eq": T_eq,
    }
    ranges = {name: text for name, text in values.items() if text is not None and ":" in text}
    try:
        found = compute(
            {name: spaced(name, text) for name, text in ranges.items()},
            fixed={name: text for name, text in values.items() if name not in ranges},
            outputs=outputs and outputs.split(","),
            qubits=qubits,
            collective=collective,
            to=to,
            chunks=chunk and dict(map(_points, chunk.split(","))),
            workers=workers,
            cluster=cluster,
            refused=refused,
            progress=not as_json and sys.stderr.isatty(),
        )
    except SweepInterrupted as stop:
        kept = f"{stop.kept} of {stop.chunks} chunks are kept in {to}.part"
        print(f"symqb: interrupted; {kept}, the same command goes on", file=sys.stderr)
        raise  # exit status 130
    summary = _summary(found, to)
    print(json.dumps(summary, indent=1) if as_json else "\n".join(f"{k:<24}{_words(v)}" for k, v in summary.items()))


def _points(pair: str) -> tuple[str, int]:
    name, _, number = pair.partition("=")
    if not number.isdecimal():
        raise InvalidParameter("--chunk", repr(pair), "NAME=POINTS, more of them separated by commas")
    return name, int(number)


def _summary(found: Any, to: Path) -> dict[str, Any]:
    """Where it is, its shape, and where it comes from."""
    dimensions = {str(name): size for name, size in found.sizes.items()}
    fixed = {str(name): float(x) for name, x in found.coords.items() if not x.dims}
    return {"to": str(to), "dimensions": dimensions, "fixed": fixed, "outputs": list(found.data_vars), **found.attrs}


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {number}" for name, number in value.items())
    return value if isinstance(value, str) else ", ".join(value)

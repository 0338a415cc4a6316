"""symqb bench."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from symqb.cli.app import Out, app

PAGE = "benchmarks.md"


@app.command()
def bench(
    out: Out = None,
    points: Annotated[
        int | None, typer.Option(min=1, help="Points a regime for the accuracy; 100,000 in all by default.")
    ] = None,
) -> None:
    """Time the back ends against NumPy's expm1 in one run, and measure their errors against 200-bit balls.

    Needs a checkout, where the benchmarks are; some minutes with nothing else running. Writes benchmarks.md. Example:
    symqb bench --points 1000
    """
    from symqb.errors import NeedsCheckout
    from symqb.output import checkout, destination, write

    root = checkout()
    if root is None:
        raise NeedsCheckout("symqb bench")
    script = root / "tests" / "benchmarks" / "report.py"
    given = [] if points is None else [str(points)]
    done = subprocess.run([sys.executable, str(script), *given], check=False, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr, end="")
        raise typer.Exit(1)
    write(destination(out) / PAGE, done.stdout)
    print(done.stdout, end="")

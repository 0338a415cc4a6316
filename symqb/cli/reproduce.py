"""symqb reproduce."""

from __future__ import annotations

import json
import sys
from typing import Any

from symqb.cli.app import AsJson, Out, app


@app.command()
def reproduce(out: Out = None, as_json: AsJson = False) -> None:
    """Derive, check, generate, export and compare with the reference values, in order.

    Example: symqb reproduce --out results
    """
    from symqb.output import destination
    from symqb.reproduce import Report, run, steps

    report = Report(destination(out))
    if as_json:
        run(report, lambda what: None, lambda what, seconds: None)
        print(json.dumps(report.as_dict(), indent=1))
        return
    if sys.stdout.isatty():
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        with Progress(*columns) as progress:
            task = progress.add_task("", total=sum(1 for _ in steps(report)))
            run(report, lambda what: progress.update(task, description=what), lambda *_: progress.advance(task))
    else:
        run(report, lambda what: None, lambda what, seconds: print(f"{seconds:7.2f} s  {what}", flush=True))
    _summary(report)


def _summary(report: Any) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="symqb reproduce", show_header=False, title_justify="left")
    for line in report.derived:
        table.add_row("derived", line)
    table.add_row("checked", f"{len(report.checks)} exact identities hold")
    for d in report.deviations:
        table.add_row(
            f"{d.qubits} qubits, {d.backend}",
            f"{d.rows} reference states: populations within {d.populations:.1e} (relative); energies, ergotropy, "
            f"currents within {d.others:.1e}",
        )
    table.add_row("files", f"{len(report.files)} in {report.folder}")
    table.add_row("time", f"{sum(report.seconds.values()):.1f} s")
    Console(soft_wrap=not sys.stdout.isatty()).print(table)

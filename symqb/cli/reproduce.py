"""symqb reproduce."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import typer

from symqb.cli.app import AsJson, Out, app

Started = Callable[[str], None]
Finished = Callable[[str, float], None]


@app.command()
def reproduce(out: Out = None, as_json: AsJson = False) -> None:
    """Derive, check, generate, export, compare with the reference values, prove, audit, draw and report, in order.

    Exit status 1 where a verdict is not the stored one. Example: symqb reproduce --out results
    """
    from proofs.captions import figures
    from proofs.prove import chosen
    from symqb.output import destination
    from symqb.reproduce import Report, run, steps

    report, claims = Report(destination(out)), chosen([])
    total = sum(1 for _ in steps(report)) + len(claims) + len(figures(report.folder)) + 1
    with _display(as_json, total) as (started, finished):
        run(report, started, finished)
        _prove(report, claims, started, finished)
        _publish(report, started, finished)
    if as_json:
        print(json.dumps(report.as_dict(), indent=1))
    else:
        _summary(report)
    for name in report.changed:
        print(f"symqb: {name} was decided otherwise before", file=sys.stderr)
    raise typer.Exit(1 if report.changed else 0)


def _prove(report: Any, claims: Any, started: Started, finished: Finished) -> None:
    from proofs.audit import entries
    from proofs.errata import publish
    from proofs.prove import changed, prove, store
    from proofs.verdict import counts

    done = _steps(report, started, finished)
    known = prove(claims, report.folder, lambda verdict: done(f"prove: {verdict.claim}: {verdict.status}", "prove"))
    verdicts, equations = known.values(), list(entries(known))
    report.verdicts = counts(verdict.status for verdict in verdicts)
    report.equations = counts(entry.status for entry in equations)
    report.changed = changed(verdicts, report.folder)
    if not report.changed:
        store(verdicts, report.folder, whole=True)
        publish(equations, report.folder)


def _publish(report: Any, started: Started, finished: Finished) -> None:
    """Draw and write the page, unless a verdict changed: then what is stored does not say what was found."""
    from proofs import captions
    from proofs.report import REPORT, publish

    if not report.changed:
        done = _steps(report, started, finished)
        started("draw")
        captions.publish((), report.folder, lambda name: done(f"draw: figure {name}", "draw"))
        report.files.append(REPORT)
        publish(report.folder)
        done("report: one page on all of it", "")


def _steps(report: Any, started: Started, finished: Finished) -> Callable[[str, str], None]:
    """To be called when a step has ended, from now on: with what it was, and what starts then."""
    begin = perf_counter()

    def done(what: str, following: str) -> None:
        nonlocal begin
        report.seconds[what], begin = round(perf_counter() - begin, 3), perf_counter()
        finished(what, report.seconds[what])
        started(following)

    return done


@contextmanager
def _display(silent: bool, total: int) -> Iterator[tuple[Started, Finished]]:
    """What is told while steps run: a bar on a terminal, a line a step elsewhere, nothing where JSON is wanted."""
    if silent:
        yield lambda what: None, lambda what, seconds: None
    elif not sys.stdout.isatty():
        yield lambda what: None, lambda what, seconds: print(f"{seconds:7.2f} s  {what}", flush=True)
    else:
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn(), TextColumn("{task.description}"))
        with Progress(BarColumn(), *columns) as progress:
            task = progress.add_task("", total=total)
            yield lambda what: progress.update(task, description=what), lambda *_: progress.advance(task)


def _summary(report: Any) -> None:
    from rich.console import Console
    from rich.table import Table

    from proofs.verdict import in_words

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
    table.add_row("claims", f"{in_words(report.verdicts)}; in {report.folder / 'certificates'}")
    table.add_row("equations, statements", f"{in_words(report.equations)}; in {report.folder / 'audit.tex'}")
    table.add_row("files", f"{len(report.files)} evaluators, formulas and report/index.html in {report.folder}")
    table.add_row("time", f"{sum(report.seconds.values()):.1f} s")
    Console(soft_wrap=not sys.stdout.isatty()).print(table)

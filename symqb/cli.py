"""The command line: the only place that prints. Exit status 0 done, 1 bad news, 2 unusable input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from symqb import __version__
from symqb.errors import SymqbError, UnknownChoice

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


def main() -> None:
    """Entry point of the command ``symqb``."""
    try:
        app()
    except (SymqbError, OSError) as error:
        print(f"symqb: {error}", file=sys.stderr)
        sys.exit(getattr(error, "exit_status", 2))


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
    from symqb.document import PARTS
    from symqb.formats import FORMATS, render
    from symqb.output import write
    from symqb.xxz import xxz_chain

    form = "json" if as_json else form
    for option, values, allowed in (("--format", [form], tuple(FORMATS)), ("--show", show or [], PARTS)):
        for value in values:
            if value not in allowed:
                raise UnknownChoice(option, value, allowed)
    model = xxz_chain(qubits, collective=collective)
    text = render(model, form, show or ())
    if out is None:
        print(text, end="")
        return
    from symqb.artifacts import FORMULAS

    path = out / f"{'_'.join([model.name, *(show or [])])}{FORMULAS[form]}"
    write(path, text)
    print(path)


@app.command()
def evaluate(
    B0: Annotated[str, typer.Option("--B0", metavar="REAL", help="Magnetic field, not 0.")],
    J: Annotated[str, typer.Option("--J", metavar="REAL", help="Exchange coupling, not 0.")],
    Delta: Annotated[str, typer.Option("--Delta", metavar="REAL", help="Anisotropy.")],
    T_L: Annotated[str, typer.Option("--T_L", metavar="REAL", help="Temperature of bath L, >= 0.")],
    T_R: Annotated[str, typer.Option("--T_R", metavar="REAL", help="Temperature of bath R, >= 0; not both 0.")],
    epsilon: Annotated[
        str, typer.Option("--epsilon", metavar="REAL", help="Coupling of bath L to the last qubit: 0 symmetric.")
    ],
    kappa_L: Annotated[str, typer.Option("--kappa_L", metavar="REAL", help="Strength of bath L, > 0.")] = "1",
    kappa_R: Annotated[str, typer.Option("--kappa_R", metavar="REAL", help="Strength of bath R, > 0.")] = "1",
    T_eq: Annotated[
        str | None, typer.Option("--T_eq", metavar="REAL", help="Reference temperature of the exergy; T_R by default.")
    ] = None,
    qubits: Qubits = 2,
    collective: Collective = True,
    backend: Annotated[str, typer.Option(help="numpy, or mpmath for --digits.")] = "numpy",
    digits: Annotated[int | None, typer.Option(min=15, help="Decimal digits, 30 by default; needs mpmath.")] = None,
    as_json: AsJson = False,
) -> None:
    """Evaluate the steady state at one parameter point.

    Example: symqb evaluate --B0 2 --J 1 --Delta 0.5 --T_L 30 --T_R 10 --epsilon 1
    """
    from symqb.evaluators import evaluator

    values = {
        "B0": B0,
        "J": J,
        "Delta": Delta,
        "T_L": T_L,
        "T_R": T_R,
        "epsilon": epsilon,
        "kappa_L": kappa_L,
        "kappa_R": kappa_R,
    }
    if digits is not None and backend != "mpmath":
        raise UnknownChoice("--digits with --backend", backend, ("mpmath",))
    evaluate_at = evaluator(qubits, backend, collective=collective)
    if backend == "mpmath":
        from mpmath import mp

        with mp.workdps(digits or 30):
            result = evaluate_at(**values, T_eq=T_eq)
            numbers = {name: _strings(value) for name, value in result.as_dict().items()}
    else:
        result = evaluate_at(**values, T_eq=T_eq)
        numbers = {name: value.tolist() for name, value in result.as_dict().items()}
    if as_json:
        print(
            json.dumps(
                {"parameters": {**values, "T_eq": T_eq or T_R}, "levels": result.levels, **_finite(numbers)}, indent=1
            )
        )
        return
    width = max(len(str(number)) for pair in (numbers["energies"], numbers["populations"]) for number in pair) + 2
    print(f"{'level':<24}{'energy':<{width}}population")
    for label, energy, population in zip(
        result.levels, numbers.pop("energies"), numbers.pop("populations"), strict=True
    ):
        print(f"{label:<24}{energy!s:<{width}}{population}")
    for name, number in numbers.items():
        print(f"{name:<24}{number}")


def _strings(value: Any) -> Any:
    from mpmath import mp

    return mp.nstr(value, mp.dps) if isinstance(value, (mp.mpf, type(mp.inf))) else [_strings(entry) for entry in value]


def _finite(numbers: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no infinity: an infinite entropy production becomes the string "inf"."""
    return {name: "inf" if value == float("inf") else value for name, value in numbers.items()}


@app.command()
def generate(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 and show the diff if a file is stale.")
    ] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write the evaluators and formula files, or check that they are up to date.

    Example: symqb generate --check
    """
    from symqb import artifacts
    from symqb.output import destination, write

    folder = destination(out)
    models = artifacts.models()
    files = {**artifacts.evaluators(models), **artifacts.formulas(models)}
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
            f"reference, {d.backend}",
            f"{d.rows} states: populations within {d.populations:.1e} (relative); energies, ergotropy, currents within "
            f"{d.others:.1e}",
        )
    table.add_row("files", f"{len(report.files)} in {report.folder}")
    table.add_row("time", f"{sum(report.seconds.values()):.1f} s")
    Console(soft_wrap=not sys.stdout.isatty()).print(table)

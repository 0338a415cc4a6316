"""symqb prove and symqb falsify: the only commands that know of proofs, which they import when called."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from symqb.cli.app import AsJson, Out, app

LISTED = "A name that symqb prove --list gives."


@app.command()
def prove(
    claims: Annotated[list[str] | None, typer.Argument(metavar="[CLAIM]...", help=LISTED, show_default=False)] = None,
    out: Out = None,
    listed: Annotated[bool, typer.Option("--list", help="Say what the claims are and what is stored of each.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Accept verdicts that differ from the stored ones.")] = False,
    kernel: Annotated[bool, typer.Option("--kernel", help="Let Coq check its theorems anew first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Decide claims, with what they rest on; all by default. Evidence and verdicts are stored and each is checked.

    Exit status 1 where a verdict differs from the stored one, which is then kept. With --list nothing is decided.

    Example: symqb prove A8 A16
    """
    from proofs.picture import is_rectangle, picture
    from proofs.prove import CERTIFICATES, changed, chosen, load, prove, run_kernel, store, table
    from proofs.verdict import counts, in_words
    from symqb.output import destination

    folder = destination(out)
    if listed:
        if kernel or update:
            raise typer.BadParameter(
                "it decides nothing: neither --kernel nor --update go with it", param_hint="--list"
            )
        _list(claims or [], folder, as_json)
        return
    begin = perf_counter()

    def finished(verdict: Any) -> None:
        nonlocal begin
        seconds, begin = perf_counter() - begin, perf_counter()
        if not as_json:
            line = (
                f"{verdict.claim:<43} {verdict.status:<10} {verdict.method:<12}{verdict.evidence:<18}{seconds:6.2f} s"
            )
            by_kernel = f"; {verdict.kernel.partition(':')[0]}" if verdict.kernel else ""
            print(f"{line}  {verdict.reason}{by_kernel}", flush=True)

    if kernel:
        theorems = run_kernel(folder)
        if not as_json:
            print(f"{len(theorems.theorems)} theorems {theorems.words}")
        begin = perf_counter()
    verdicts = prove(chosen(claims or []), folder, finished)
    different = changed(verdicts.values(), folder)
    if update or not different:
        store(verdicts.values(), folder, whole=not claims)
    if as_json:
        print(json.dumps({"verdicts": table(verdicts.values()), "changed": different}, indent=1))
    else:
        print(f"{in_words(counts(v.status for v in verdicts.values()))}; evidence in {folder / CERTIFICATES}")
        for name in claims or []:
            print(f"{name}: {verdicts[name].words}")
            if verdicts[name].kernel:
                print(f"{name}, {verdicts[name].kernel}")
            evidence = load(folder / CERTIFICATES / f"{name}.json")
            if is_rectangle(evidence):
                print(picture(evidence))
    for name in different:
        print(f"symqb: {name} was decided otherwise before; --update accepts the new verdict", file=sys.stderr)
    raise typer.Exit(1 if different and not update else 0)


def _list(names: list[str], folder: Path, as_json: bool) -> None:
    """Name, stored status and statement of the named claims, of all where none is named."""
    from proofs.prove import VERDICTS, verdicts_in
    from proofs.verdict import counts, in_words
    from symqb.errors import UnknownChoice

    known = verdicts_in(folder)
    for name in names:
        if name not in known:
            raise UnknownChoice("claim", name, tuple(known))
    found = {name: known[name] for name in names or known}
    if as_json:
        print(json.dumps({"verdicts": found}, indent=1, ensure_ascii=False))
        return
    for name, verdict in found.items():
        print(f"{name:<43} {verdict['status']:<10} {verdict['words']}")
    print(f"{in_words(counts(verdict['status'] for verdict in found.values()))}; in {folder / VERDICTS}")


@app.command()
def falsify(claim: Annotated[str, typer.Argument(metavar="CLAIM", help=LISTED)], as_json: AsJson = False) -> None:
    """Search for a rational point at which a claim fails; confirmed in intervals, balls and 60 digits.

    Exit status 1 where one is found. Finding none proves nothing. Example: symqb falsify A14
    """
    from proofs.checker import check_witness
    from proofs.methods.refutation import refute
    from proofs.prove import chosen
    from symqb.errors import UnknownChoice

    found = next(c for c in chosen([claim]) if c.name == claim)
    if not found.show:
        raise UnknownChoice("claim", claim, found.rests_on, "it is the union of other claims: falsify one of these")
    evidence = refute(found)
    point = evidence.content["point"] if evidence else None
    margin = f"{min(map(abs, check_witness(evidence))):.3g}" if evidence else None
    if as_json:
        print(json.dumps({"claim": claim, "words": found.words, "counterexample": point, "margin": margin}, indent=1))
    elif point:
        print(f"{claim}: {found.words}")
        print(f"fails by {margin} at {', '.join(f'{name} = {value}' for name, value in point.items())}")
    else:
        print(f"{claim}: no counterexample found, which proves nothing")
    raise typer.Exit(1 if point else 0)

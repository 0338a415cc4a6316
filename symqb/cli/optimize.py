"""symqb optimize."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from symqb.cli import parameters
from symqb.cli.app import AsJson, Collective, Qubits, app
from symqb.cli.evaluate import finite


@app.command()
def optimize(
    target: Annotated[str, typer.Argument(metavar="TARGET", help="ergotropy, stored_energy, exergy, ...")],
    B0: parameters.B0,
    J: parameters.J,
    Delta: parameters.Delta,
    T_L: parameters.T_L,
    T_R: parameters.T_R,
    epsilon: parameters.epsilon,
    kappa_L: parameters.kappa_L = "1",
    kappa_R: parameters.kappa_R = "1",
    T_eq: parameters.T_eq = None,
    qubits: Qubits = 2,
    collective: Collective = True,
    starts: Annotated[int, typer.Option(help="Points evaluated at first.")] = 2048,
    seed: Annotated[int, typer.Option(help="The same seed finds the same optimum.")] = 0,
    gradients: Annotated[bool, typer.Option("--gradients", help="Climb along slopes at the end; needs JAX.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find where a figure of merit is largest: give a parameter as LOW:HIGH to vary it, as a number to fix it.

    Example: symqb optimize ergotropy --J 0.1:3 --Delta -1:1 --B0 5 --epsilon 1 --T_L 1e6 --T_R 0
    """
    from symqb.search.optimum import optimize as search

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
    bounds = {name: text.split(":") for name, text in values.items() if text is not None and ":" in text}
    found = search(
        target,
        bounds,
        qubits=qubits,
        fixed={name: text for name, text in values.items() if name not in bounds},
        collective=collective,
        starts=starts,
        seed=seed,
        gradients=gradients,
    )
    print(json.dumps(finite(found.as_dict()), indent=1) if as_json else found)

"""symqb evaluate."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

from symqb.cli import parameters
from symqb.cli.app import AsJson, Collective, Qubits, app
from symqb.errors import UnknownChoice


@app.command()
def evaluate(
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
    backend: Annotated[str, typer.Option(help="numpy, or for --digits mpmath or arb (balls).")] = "numpy",
    digits: Annotated[
        int | None, typer.Option(min=15, help="Decimal digits, 30 by default; needs mpmath or arb.")
    ] = None,
    diagnosis: Annotated[
        bool, typer.Option("--diagnose", help="Say too how good the secular approximation is, and what is near.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Evaluate the steady state at one parameter point.

    Example: symqb evaluate --B0 2 --J 1 --Delta 0.5 --T_L 30 --T_R 10 --epsilon 1
    """
    from symqb.evaluators import evaluator
    from symqb.exact import POINT_BY_POINT

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
    if digits is not None and backend not in POINT_BY_POINT:
        raise UnknownChoice("--digits with --backend", backend, POINT_BY_POINT)
    evaluate_at = evaluator(qubits, backend, collective=collective)
    if backend in POINT_BY_POINT:
        number = POINT_BY_POINT[backend]
        with number.digits(digits or 30):
            result = evaluate_at(**values, T_eq=T_eq, diagnose=diagnosis)
            numbers = {name: _strings(value, number.text) for name, value in result.as_dict().items()}
    else:
        result = evaluate_at(**values, T_eq=T_eq, diagnose=diagnosis)
        numbers = {name: value.tolist() for name, value in result.as_dict().items()}
    if as_json:
        content = {"parameters": {**values, "T_eq": T_eq or T_R}, "levels": result.levels, **finite(numbers)}
        if result.diagnosis:
            content["diagnosis"] = result.diagnosis.as_dict()
        print(json.dumps(content, indent=1))
        return
    width = max(len(str(number)) for pair in (numbers["energies"], numbers["populations"]) for number in pair) + 2
    print(f"{'level':<24}{'energy':<{width}}population")
    for label, energy, population in zip(
        result.levels, numbers.pop("energies"), numbers.pop("populations"), strict=True
    ):
        print(f"{label:<24}{energy!s:<{width}}{population}")
    for name, number in numbers.items():
        print(f"{name:<24}{number}")
    if result.diagnosis:
        print(*result.diagnosis.lines(), sep="\n")


def _strings(value: Any, text: Callable[[Any], str]) -> Any:
    return [text(entry) for entry in value] if hasattr(value, "shape") else text(value)


def finite(numbers: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no infinity: an infinite entropy production becomes the string "inf"."""
    return {name: "inf" if value == float("inf") else value for name, value in numbers.items()}

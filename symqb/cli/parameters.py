"""The parameters of the chain as options, under their names: a real number, or a range where a command varies some."""

from __future__ import annotations

from typing import Annotated

import typer

VALUE = "VALUE"
B0 = Annotated[str, typer.Option("--B0", metavar=VALUE, help="Magnetic field, not 0.")]
J = Annotated[str, typer.Option("--J", metavar=VALUE, help="Exchange coupling, not 0.")]
Delta = Annotated[str, typer.Option("--Delta", metavar=VALUE, help="Anisotropy.")]
epsilon = Annotated[
    str, typer.Option("--epsilon", metavar=VALUE, help="Coupling of bath L to the last qubit: 0 symmetric.")
]
T_L = Annotated[str, typer.Option("--T_L", metavar=VALUE, help="Temperature of bath L, >= 0.")]
T_R = Annotated[str, typer.Option("--T_R", metavar=VALUE, help="Temperature of bath R, >= 0; not both 0.")]
kappa_L = Annotated[str, typer.Option("--kappa_L", metavar=VALUE, help="Strength of bath L, > 0.")]
kappa_R = Annotated[str, typer.Option("--kappa_R", metavar=VALUE, help="Strength of bath R, > 0.")]
T_eq = Annotated[
    str | None, typer.Option("--T_eq", metavar=VALUE, help="Reference temperature of the exergy; T_R by default.")
]

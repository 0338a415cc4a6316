"""The command line: the only place that prints. Exit status 0 done, 1 bad news, 2 unusable input."""

from __future__ import annotations

import sys

from symqb.cli import (  # noqa: F401  # each adds its command
    audit,
    bench,
    derive,
    evaluate,
    figures,
    generate,
    optimize,
    prove,
    reproduce,
    sweep,
)
from symqb.cli.app import app
from symqb.errors import SymqbError


def main() -> None:
    """Entry point of the command ``symqb``."""
    try:
        app()
    except (SymqbError, OSError) as error:
        print(f"symqb: {error}", file=sys.stderr)
        sys.exit(getattr(error, "exit_status", 2))

"""``python -m symqb`` is the command ``symqb``."""

from symqb.cli import main

main()

"""A printed statement as data."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp


@dataclass(frozen=True)
class Printed:
    """A printed statement. number: as in the paper, or a name of ours. reading: where the machine reading may err."""

    number: str
    latex: str
    relations: tuple[sp.Rel, ...]
    reading: str = ""

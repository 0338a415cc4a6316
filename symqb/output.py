"""Where files go, and how they get there whole."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path


def checkout() -> Path | None:
    """The root of the symqb checkout that the current directory lies in, if any."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        project = folder / "pyproject.toml"
        if project.is_file() and tomllib.loads(project.read_text()).get("project", {}).get("name") == "symqb":
            return folder
    return None


def destination(out: Path | None) -> Path:
    """``out`` if given, else generated/ in a checkout, else ./symqb-out."""
    if out is not None:
        return out
    root = checkout()
    return root / "generated" if root else Path.cwd() / "symqb-out"


def write(path: Path, content: str | bytes) -> None:
    """Write ``content``, text as UTF-8, under a temporary name and move it into place; folders are made as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

"""Runs the command line in this process; a real process costs seconds of imports."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from symqb.cli import main


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*arguments, cwd=None):
    """The same entry point in this process."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["symqb", *arguments])
        patch.chdir(cwd or Path.cwd())
        with pytest.raises(SystemExit) as exit_status:
            main()
    return Done(exit_status.value.code, out.getvalue(), err.getvalue())

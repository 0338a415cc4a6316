"""The house rules."""

import re
import tomllib
from pathlib import Path

import pytest

import symqb

ROOT = Path(__file__).parents[1]
SOURCES = [*sorted((ROOT / "symqb").rglob("*.py")), *sorted((ROOT / "proofs").rglob("*.py"))]
CHECKER = ROOT / "proofs" / "checker.py"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_readable_and_the_flow_one_way(path):
    """At most 250 lines; symqb never imports proofs, but for the command line; nothing catches everything."""
    text = path.read_text()
    assert len(text.splitlines()) <= 250 or path == CHECKER  # one file, so that it can be read and run alone
    if "symqb" in path.parts and "cli" not in path.parts:
        assert not re.search(r"^\s*(from|import) proofs", text, re.MULTILINE)
    assert "except Exception" not in text
    assert "simplify(" not in text.replace("bare simplify()", "")


def test_only_the_command_line_prints():
    """print stands in symqb/cli/ and in what is exported, and in the checker, which is a command of its own."""
    for path in SOURCES:
        if "cli" not in path.parts and path != CHECKER:
            assert not re.search(r"^\s*print\(", path.read_text(), re.MULTILINE), path


def test_version_and_citation():
    """One version everywhere; the paper is cited by DOI."""
    citation = (ROOT / "CITATION.cff").read_text()
    assert f"version: {symqb.__version__}" in citation
    assert "doi: 10.1103/PhysRevA.109.042619" in citation
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {"sympy", "mpmath", "hypothesis"} <= {re.split(r"[=<>]", name)[0] for name in project["dependencies"]}
    assert set(symqb.__all__) <= set(dir(symqb))
    for name in symqb.__all__:
        assert getattr(symqb, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = symqb.nothing

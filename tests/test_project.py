"""The house rules, and that the README tells the truth."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from commands import run

import symqb
from proofs.picture import is_rectangle, picture
from proofs.prove import load

ROOT = Path(__file__).parents[1]
SOURCES = [*sorted((ROOT / "symqb").rglob("*.py")), *sorted((ROOT / "proofs").rglob("*.py"))]
CHECKER = ROOT / "proofs" / "checker.py"
README = (ROOT / "README.md").read_text()


def test_the_readme_examples_run_and_print_what_the_readme_says():
    """Each Python block runs in a fresh process; the first gives the text block that follows it."""
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    outputs = []
    for code in blocks:
        done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert outputs[0] == re.search(r"```text\n(.*?)```", README, re.DOTALL).group(1)


def test_the_map_in_the_readme_is_that_of_the_stored_cover():
    """The active pocket of three qubits as symqb prove shows it."""
    evidence = load(ROOT / "generated" / "certificates" / "phases_three_qubits.json")
    assert is_rectangle(evidence)
    assert f"```text\n$ symqb prove phases_three_qubits\n{picture(evidence)}\n```" in README


def test_the_readme_says_of_speed_and_errors_what_the_benchmarks_found():
    """Ratios to the exponentials and largest errors are those of the committed page of `symqb bench`."""
    page = (ROOT / "generated" / "benchmarks.md").read_text()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| ")]
    worst = [max(float(row[3]) for row in rows if row[0] == qubits) for qubits in "23"]
    assert f"in seven regimes: {worst[0]} and {worst[1]})" in README
    for backend, said in (("numba", "{:.1f} times the eight expm1 of two qubits by NumPy, {:.1f} times"),
                          ("c", "{:.1f} and {:.1f} times"), ("numpy", "{:.0f} and {:.0f} times"),
                          ("jax", "{:.0f} and {:.0f} times, on two cores")):  # fmt: skip
        (line,) = re.findall(rf'^\| `"{backend}"`.*', README, re.MULTILINE)
        assert said.format(*(float(row[1]) for row in rows if row[0] == backend)) in line


def test_every_command_in_the_readme_table_works(tmp_path):
    """Each `symqb ...` of the table works; of these only falsify brings bad news."""
    commands = re.findall(r"^\| `symqb (.*?)`", README, re.MULTILINE)
    assert len(commands) == 8
    for command in commands:
        found = command.startswith("falsify")  # a counterexample is bad news
        assert run(*command.split(), cwd=tmp_path).returncode == found, command


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

"""The README and the pages under docs/ tell the truth: what they show runs, and prints what they say."""

import json
import re
import subprocess
import sys

import pytest
from documented import PAGES, ROOT, assert_prints, commands, execute, of_extra, of_language

import symqb
from proofs.captions import figures
from proofs.picture import is_rectangle, picture
from proofs.prove import load


def needs(example):
    """Skip, with the reason, where an extra that the example names is not installed."""
    if example.missing():
        pytest.skip(f"{example} needs {', '.join(example.missing())}, which is not installed")


@pytest.fixture
def checkout(tmp_path):
    """An empty folder but for generated/, as a checkout has it."""
    (tmp_path / "generated").symlink_to(ROOT / "generated")
    return tmp_path


@pytest.mark.parametrize("example", of_language("python"), ids=str)
def test_python_blocks_run_and_print_what_is_shown(example, checkout):
    """Each runs in a process of its own, warnings being errors, and prints the text block after it, if there is one."""
    needs(example)
    done = subprocess.run([sys.executable, "-W", "error", "-c", example.source],
                          cwd=checkout, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    if example.printed is not None:
        assert_prints(example.printed, done.stdout)


@pytest.mark.parametrize("example", of_language("console"), ids=str)
def test_commands_do_and_print_what_is_shown(example, checkout):
    """Each command ends with the exit status that is said, 0 if nothing is, and prints what is shown."""
    needs(example)
    for command, status, shown in commands(example.source):
        done = execute(command, checkout)
        assert done.returncode == status, f"{command}\n{done.stdout}\n{done.stderr}"
        if shown:
            assert_prints(shown, done.stdout)


def test_no_other_block_passes_for_an_example():
    """Python and commands stand in blocks that are run; sh holds the two set-up commands, which .ci/run pastes."""
    (setup,) = {example.page: example.source for example in of_language("sh")}.items()
    assert setup[0] == "README.md"
    for page in PAGES:
        found = set(re.findall(r"^```(\S+)", page.read_text(), re.MULTILINE))
        assert found <= {"python", "console", "sh", "text", "math", "{eval-rst}", "{toctree}", "{include}"}, page
        assert not re.search(r"^(    )+(>>>|\$) ", page.read_text(), re.MULTILINE), page


def test_extras_that_pages_name_exist():
    """symqb[extra] in prose, too, names an extra of pyproject.toml."""
    named = {name for page in PAGES for names in re.findall(r"symqb\[([\w,]+)\]", page.read_text())
             for name in names.split(",")}  # fmt: skip
    assert named >= {"numba", "jax", "qutip"}
    assert all(map(of_extra, named))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    """Every relative link and image is a file of the checkout."""
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def page(name):
    """The text of a page under docs/."""
    return (ROOT / "docs" / f"{name}.md").read_text()


def test_the_map_is_that_of_the_stored_cover():
    """The active pocket of three qubits as symqb prove shows it."""
    evidence = load(ROOT / "generated" / "certificates" / "phases_three_qubits.json")
    assert is_rectangle(evidence)
    assert f"```text\n$ symqb prove phases_three_qubits\n{picture(evidence)}\n```" in page("check")


def test_an_equation_is_shown_as_the_audit_has_it():
    """What symqb audit --equation 12a says is in the committed audit, word for word; it takes too long to be run."""
    shown = page("check").partition("$ symqb audit --equation 12a\n")[2].partition("```")[0]
    entries = json.loads((ROOT / "generated" / "audit.json").read_text())["equations"]
    (entry,) = [entry for entry in entries if entry["number"] == "12a"]
    words = " ".join(shown.split())
    for key in ("status", "words", "reason", "instead", "consequence"):
        assert f"{key} {entry[key]}" in words


def test_what_is_said_of_speed_and_errors_is_what_the_benchmarks_found():
    """Ratios to the exponentials and largest errors are those of the committed page of `symqb bench`."""
    lines = (ROOT / "generated" / "benchmarks.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| ")]
    worst = [max(float(row[3]) for row in rows if row[0] == qubits) for qubits in "23"]
    text = page("accuracy")
    words = " ".join(text.split())
    assert f"in seven regimes: {worst[0]} and {worst[1]})" in words
    found = {row[0].removesuffix(" qubits"): row for row in rows if row[0].endswith(" qubits")}
    rare = {name: float(row[3]) for name, row in found.items()}
    assert rare["numba, 2"] == rare["c, 2"] == max(n for name, n in rare.items() if name.endswith("3")) == 0
    assert f"{rare['numpy, 2']:.1f} in a million are by NumPy and {rare['jax, 2']:.1f} by JAX" in words
    two, three = (int(found[name][5].replace(",", "")) // 10**6 for name in ("numpy, 2", "numpy, 3"))
    assert f"none of {two} million populations of two qubits" in words
    assert f"none of {three} million of three qubits" in words
    for backend, said in (("numba", "{:.1f} times the eight expm1 of two qubits by NumPy, {:.1f} times"),
                          ("c", "{:.1f} and {:.1f} times"), ("numpy", "{:.0f} and {:.0f} times"),
                          ("jax", "{:.0f} and {:.0f} times, on two cores")):  # fmt: skip
        (line,) = re.findall(rf'^\| `"{backend}"`.*', text, re.MULTILINE)
        assert said.format(*(float(row[1]) for row in rows if row[0] == backend)) in line


def test_the_pages_build_without_a_warning(tmp_path):
    """Sphinx takes warnings for errors, missing references included; no page asks a browser to fetch anything."""
    pytest.importorskip("myst_nb", reason="pages are built by Sphinx and MyST-NB (pip install 'symqb[docs]')")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", str(ROOT / "docs"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for built in tmp_path.glob("*.html"):
        assert not re.search(r"""(src|href)=["'](https?:)?//[^"']*\.(js|css|png|svg)""", built.read_text()), built.name


def test_every_public_name_is_in_the_reference():
    """What symqb exports, each of its errors and each evaluator's method has an entry of the API reference."""
    text = page("api")
    for name in symqb.__all__:
        assert re.search(rf"^\.\. auto\w+:: (symqb\.)?{name}$", text, re.MULTILINE), name
    assert ".. automodule:: symqb.errors" in text


def test_the_figures_that_the_command_alone_draws_are_those_of_the_page():
    """Every new figure is in the table; the sentence after it names those that symqb.figures lacks."""
    text = page("figures")
    known = set(figures(ROOT / "generated"))
    rows = re.findall(r"^\| (`.*?`) \|", text, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == {n for n in known if not n.isdecimal()}
    sentence = re.search(r"^(.*?) are drawn from stored proofs", text, re.MULTILINE)[1]
    assert set(re.findall(r"`(\w+)`", sentence)) == known - set(symqb.figures.FIGURES)


def test_extras_are_quoted():
    """A shell such as zsh takes bare brackets for a pattern."""
    for each in PAGES:
        assert not re.search(r"pip install [^'\n]*\[", each.read_text()), each

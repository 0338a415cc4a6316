"""The README and the pages under docs/ tell the truth: what they show runs, and prints what they say."""

import re
import subprocess
import sys

import pytest
from documented import EXAMPLES, PAGES, ROOT, assert_prints, commands, execute, of_extra, of_language

from proofs.picture import is_rectangle, picture
from proofs.prove import load


def needs(example):
    """Skip, with the reason, where an extra that the example names is not installed."""
    if example.missing():
        pytest.skip(f"{example} needs {', '.join(example.missing())}, which is not installed")


@pytest.mark.parametrize("example", of_language("python"), ids=str)
def test_python_blocks_run_and_print_what_is_shown(example, tmp_path):
    """Each block runs in a fresh process, warnings being errors, and prints the text block after it, if there is one."""
    needs(example)
    done = subprocess.run([sys.executable, "-W", "error", "-c", example.source],
                          cwd=tmp_path, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    if example.printed is not None:
        assert_prints(example.printed, done.stdout)


@pytest.mark.parametrize("example", of_language("console"), ids=str)
def test_commands_do_and_print_what_is_shown(example, tmp_path):
    """Each command of a console block ends with the exit status that is said, 0 if nothing is, and prints what is shown."""
    needs(example)
    for command, status, shown in commands(example.source):
        done = execute(command, tmp_path)
        assert done.returncode == status, f"{command}\n{done.stdout}\n{done.stderr}"
        if shown:
            assert_prints(shown, done.stdout)


def test_no_other_block_passes_for_an_example():
    """Python and commands stand in blocks that are run; sh holds the two set-up commands, which .ci/run pastes."""
    (setup,) = {example.page: example.source for example in of_language("sh")}.items()
    assert setup[0] == "README.md"
    for page in PAGES:
        found = set(re.findall(r"^```([^\n]+)$", page.read_text(), re.MULTILINE))
        assert found <= {"python", "console", "sh", "text", "tex", "c", "{eval-rst}", "{toctree}", "{image}"}, page
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
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)|^```\{image\} (\S+)", page.read_text(), re.MULTILINE):
        name = "".join(target)
        if "://" not in name:
            assert (page.parent / name).exists(), name

"""README.md and docs/*.md as their readers use them: code blocks and commands, beside what they are said to print.

A ``python`` block is a program of its own; a ``text`` block after it, with at most the word "prints" between, is what
it prints. In a ``console`` block commands follow ``$`` and what they print follows them, if it is shown; ``...`` stands
for anything, and ``# exit status 1`` after a command for bad news. ``symqb[extra]`` in a block says what it needs.
"""

import doctest
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, requires
from itertools import zip_longest
from pathlib import Path

from commands import Done, run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
STATUS = re.compile(r"\s*# exit status (\d)$")
REMARK = re.compile(r"\s*#.*$")


@dataclass(frozen=True)
class Example:
    """``source`` is a program, or the commands of a console; ``printed`` is None where nothing is said of it."""

    page: str
    line: int
    language: str
    source: str
    printed: str | None

    def __str__(self):
        return f"{self.page}:{self.line}"

    def missing(self):
        """The packages of the extras that it names which are not installed."""
        extras = [name for names in re.findall(r"symqb\[([\w,]+)\]", self.source) for name in names.split(",")]
        wanted = [re.match(r"[\w-]+", line)[0] for extra in extras for line in of_extra(extra)]
        return [name for name in wanted if not installed(name)]


def of_extra(extra):
    """The requirements of an extra of symqb, of which there must be some."""
    found = [line for line in requires("symqb") if re.search(rf"extra == ['\"]{extra}['\"]", line)]
    assert found, f"symqb has no extra {extra}"
    return found


def installed(name):
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


def examples(path):
    """The python and console blocks of one page."""
    text = path.read_text()
    blocks = list(FENCE.finditer(text))
    for block, following in zip_longest(blocks, blocks[1:]):
        language, source = block.groups()
        if language in ("python", "console", "sh"):
            printed = None
            if following and following[1] == "text" and text[block.end() : following.start()].strip() in ("", "prints"):
                printed = following[2]
            yield Example(path.name, text[: block.start()].count("\n") + 1, language, source, printed)


EXAMPLES = [example for page in PAGES for example in examples(page)]


def of_language(language):
    """The examples of one language."""
    return [example for example in EXAMPLES if example.language == language]


def assert_prints(want, got):
    """What is shown is what is printed, up to ``...``."""
    assert doctest.OutputChecker().check_output(want, got, doctest.ELLIPSIS), f"said:\n{want}\nprinted:\n{got}"


def commands(source):
    """(command, exit status, what is shown of its output or "") of a console block."""
    for part in re.split(r"^\$ ", source, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        status = STATUS.search(line)
        yield REMARK.sub("", line), int(status[1]) if status else 0, shown


def execute(command, cwd):
    """One command: symqb in this process, anything else as a shell of its own; pip only as far as its extras exist."""
    words = shlex.split(command)
    if words[0] == "symqb":
        return run(*words[1:], cwd=cwd)
    if words[:2] == ["pip", "install"]:
        return Done(0, "", "")
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    done = subprocess.run(command, shell=True, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr)

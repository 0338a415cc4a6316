"""What is built holds what is needed: sdist and wheel, without a network. .ci/package installs and runs them."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import symqb

pytest.importorskip("build", reason="archives are made by build (pip install 'symqb[dev]')")
pytest.importorskip("hatchling", reason="archives are made with hatchling (pip install 'symqb[dev]')")

ROOT = Path(__file__).parents[1]
PACKAGES = ("symqb", "proofs", "generated")
REFERENCE = "tests/reference/ness.json"


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """(names in the sdist, below its one folder; names in the wheel that is built from the sdist)."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    stem = f"symqb-{symqb.__version__}"
    with tarfile.open(out / f"{stem}.tar.gz") as sdist, zipfile.ZipFile(out / f"{stem}-py3-none-any.whl") as wheel:
        return {name.partition("/")[2] for name in sdist.getnames()}, set(wheel.namelist())


@pytest.fixture(scope="module")
def tracked():
    """The files of the checkout."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is no checkout of git: what should be inside is not known")
    return [name for name in done.stdout.splitlines() if (ROOT / name).exists()]


def test_the_wheel_has_all_of_the_packages(archives, tracked):
    """Code, evidence, generated files, C sources, the marker of types: every file, but the page of 4 MB on all of them,
    which `symqb reproduce` writes; and the reference values."""
    wanted = {name for name in tracked if name.startswith(tuple(f"{package}/" for package in PACKAGES))}
    wanted.remove("generated/report/index.html")
    assert {"symqb/py.typed", "proofs/py.typed", "generated/xxz2.c", "generated/certificates/A8.json"} < wanted
    assert wanted <= archives[1]
    assert "symqb/reference/ness.json" in archives[1]


def test_the_wheel_has_nothing_else(archives):
    """Three packages and the description: no tests, no documentation, no caches."""
    assert {name.partition("/")[0] for name in archives[1]} == {*PACKAGES, f"symqb-{symqb.__version__}.dist-info"}
    assert not [name for name in archives[0] | archives[1] if "__pycache__" in name]


def test_the_sdist_can_be_built_and_tested(archives, tracked):
    """Everything but the gate and what git alone reads."""
    wanted = {name for name in tracked if not name.startswith((".ci/", ".git"))}
    assert wanted <= archives[0]
    assert REFERENCE in wanted

"""Coq in the tests: one compiled copy of the development, in a folder of its own."""

from __future__ import annotations

import shutil

import pytest

from proofs.kernel import sources

needs_coq = pytest.mark.skipif(
    not shutil.which("coqc"), reason="Coq is not installed (Debian: coq, libcoq-stdlib): its kernel checks nothing here"
)


def copied(compiled, folder):
    """The compiled development once more, for a test that changes it."""
    shutil.copytree(compiled, folder, dirs_exist_ok=True)
    return folder


def needing(name):
    """The files that need one, directly or not, themselves included."""
    texts, found = sources(), {name.removesuffix(".v")}
    while True:
        words = {other: set(text.replace(".", " ").split()) for other, text in texts.items()}
        more = {other.removesuffix(".v") for other in texts if found & words[other]}
        if more <= found:
            return found
        found |= more

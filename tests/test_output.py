"""Where files go, and that they arrive whole."""

import pytest

from symqb.output import checkout, destination, write


def test_a_failed_write_leaves_the_old_file_and_no_temporary_one(tmp_path):
    """Text that cannot be encoded fails after the temporary file was opened."""
    path = tmp_path / "a.txt"
    write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "\ud800")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_destination_is_generated_in_a_checkout_and_symqb_out_elsewhere(tmp_path, monkeypatch):
    """A checkout is known by the name in its pyproject.toml, from any folder below it."""
    monkeypatch.chdir(tmp_path)
    assert checkout() is None
    assert destination(None) == tmp_path / "symqb-out"
    assert destination(tmp_path / "here") == tmp_path / "here"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "symqb"\n')
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert destination(None) == tmp_path / "generated"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n')
    assert checkout() is None

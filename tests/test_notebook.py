"""The example notebook: executed anew, it shows what is committed."""

import copy
import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[1] / "docs" / "example.ipynb"
pytest.importorskip("matplotlib", reason="the notebook draws with matplotlib (pip install 'symqb[docs]')")
pytest.importorskip("nbclient", reason="the notebook is executed by nbclient (pip install 'symqb[docs]')")
pytest.importorskip("quiet_qutip", reason="the notebook compares with QuTiP, which is not installed")


def shown(cell):
    """The texts that a cell shows: all that it prints, then formulas and what stands for a picture."""
    printed = [output for output in cell["outputs"] if output["output_type"] == "stream"]
    for name in sorted({output["name"] for output in printed}):  # it comes in pieces, as time has it
        yield name, "".join("".join(output["text"]) for output in printed if output["name"] == name)
    for output in cell["outputs"]:
        if output["output_type"] != "stream":
            yield from sorted((kind, text) for kind, text in output["data"].items() if kind.startswith("text/"))


def test_the_notebook_shows_what_it_shows_when_it_is_executed(tmp_path):
    """All texts are the same; each picture is drawn; nothing is written to the error stream."""
    import nbformat
    from nbclient import NotebookClient

    committed = nbformat.reads(NOTEBOOK.read_text(), as_version=4)
    nbformat.validate(committed)
    executed = copy.deepcopy(committed)
    NotebookClient(executed, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    for before, after in zip(committed.cells, executed.cells, strict=True):
        if before.cell_type == "code":
            assert list(shown(after)) == list(shown(before)), before.source
            assert not any(kind == "stderr" for kind, _ in shown(after)), before.source
            drawn = [sum("image/png" in output.get("data", {}) for output in cell.outputs) for cell in (before, after)]
            assert drawn[0] == drawn[1], before.source


def test_the_notebook_is_committed_as_executed():
    """Cells ran once, from top to bottom; no path of a machine is left in it."""
    cells = [cell for cell in json.loads(NOTEBOOK.read_text())["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert all("/tmp" not in text and "/home" not in text for cell in cells for _, text in shown(cell))

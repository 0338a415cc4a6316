"""Optional packages: what counts as installed, and what is said where one is not."""

import importlib
import json
import subprocess
import sys

import numpy as np
import pytest

import symqb
from symqb.errors import MissingPackage
from symqb.optional import installed, require

POINT = {"B0": 2, "J": 1, "Delta": 0.5, "T_L": 30, "T_R": 10, "epsilon": 1}


def test_a_mere_folder_is_no_package(tmp_path, monkeypatch):
    """Python would import it, empty; with an __init__.py, or as a module, it is one."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "symqb_test_folder").mkdir()
    assert not installed("symqb_test_folder")
    with pytest.raises(MissingPackage, match=r"symqb_test_folder is not installed: run `pip install 'symqb\[numba\]'`"):
        require("numba", "numpy", "symqb_test_folder")
    (tmp_path / "symqb_test_folder" / "__init__.py").touch()
    (tmp_path / "symqb_test_module.py").touch()
    importlib.invalidate_caches()
    require("numba", "symqb_test_folder", "symqb_test_module", "numpy")


FOLDERS = """
import json, sys
from importlib.machinery import ModuleSpec
class Folders:
    def find_spec(self, name, path=None, target=None):
        if name in ("numba", "jax", "qutip", "xarray"):
            return ModuleSpec(name, None, is_package=True)
sys.meta_path.insert(0, Folders())
import symqb
from symqb.errors import MissingPackage
point = {point!r}
rest = {{name: x for name, x in point.items() if name != "J"}}
calls = (
    lambda: symqb.evaluator(2, "numba"), lambda: symqb.evaluator(2, "jax"),
    lambda: symqb.xxz_chain(2).to_qutip(**point), lambda: symqb.sweep({{"J": [1.0]}}, fixed=rest),
    lambda: symqb.optimize("ergotropy", {{"J": (1, 2)}}, fixed=rest, gradients=True),
)
said = []
for call in calls:
    try:
        call()
    except MissingPackage as error:
        said.append([error.package, error.extra])
print(json.dumps([symqb.evaluator(2).backend, float(symqb.evaluator(2)(**point).ergotropy), said]))
"""


def test_folders_of_their_names_do_not_pass_for_optional_packages():
    """Nothing is taken for Numba where nothing is named, and what needs a package names the extra that has it."""
    done = subprocess.run(
        [sys.executable, "-c", FOLDERS.format(point=POINT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    backend, ergotropy, said = json.loads(done.stdout)
    assert backend == "numpy"
    np.testing.assert_allclose(ergotropy, symqb.evaluator(2, "numpy")(**POINT).ergotropy, rtol=1e-13)
    assert said == [["numba", "numba"], ["jax", "jax"], ["qutip", "qutip"], ["xarray", "sweep"], ["jax", "jax"]]

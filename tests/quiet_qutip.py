"""QuTiP, or a skip in words. Importing it warns where matplotlib is missing, and warnings are errors in these tests."""

import warnings

import pytest

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="matplotlib not found", category=UserWarning)
    qutip = pytest.importorskip("qutip", reason="compares with QuTiP, an extra of symqb that is not installed")

"""The back ends as parameters of tests: those that are not installed are skipped, with the reason."""

import shutil

import pytest

from symqb.evaluators import BACKENDS, FLOAT64
from symqb.optional import installed

MISSING = {
    "numba": "" if installed("numba") else "Numba is not installed (pip install 'symqb[numba]')",
    "jax": "" if installed("jax") else "JAX is not installed (pip install 'symqb[jax]')",
    "c": "" if shutil.which("cc") else "there is no C compiler",
}


def _param(backend):
    reason = MISSING.get(backend, "")
    return pytest.param(backend, marks=pytest.mark.skipif(bool(reason), reason=reason))


EVERY = [_param(backend) for backend in BACKENDS]
ARRAYS = [_param(backend) for backend in FLOAT64]

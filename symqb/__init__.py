"""symqb: closed forms of a thermally charged spin-chain quantum battery, derived, verified and exported.

Importing symqb imports neither SymPy nor NumPy: each name below is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symqb.baths import Bath
    from symqb.bose import phi
    from symqb.diagnostics import Diagnosis, diagnose
    from symqb.dynamics.charging import Charging, charge
    from symqb.dynamics.evolution import CoherenceBlock, coherence_rates, evolve
    from symqb.evaluators import Evaluator, evaluator
    from symqb.model import Model
    from symqb.results import Result
    from symqb.search.optimum import Optimum, optimize
    from symqb.sweeps.dataset import sweep
    from symqb.xxz import xxz_chain

__version__ = "0.1.0"

_HOME = {
    "Bath": "symqb.baths",
    "Charging": "symqb.dynamics.charging",
    "CoherenceBlock": "symqb.dynamics.evolution",
    "Diagnosis": "symqb.diagnostics",
    "Evaluator": "symqb.evaluators",
    "Model": "symqb.model",
    "Optimum": "symqb.search.optimum",
    "Result": "symqb.results",
    "charge": "symqb.dynamics.charging",
    "coherence_rates": "symqb.dynamics.evolution",
    "diagnose": "symqb.diagnostics",
    "evaluator": "symqb.evaluators",
    "evolve": "symqb.dynamics.evolution",
    "optimize": "symqb.search.optimum",
    "phi": "symqb.bose",
    "sweep": "symqb.sweeps.dataset",
    "xxz_chain": "symqb.xxz",
}

__all__ = [
    "Bath",
    "Charging",
    "CoherenceBlock",
    "Diagnosis",
    "Evaluator",
    "Model",
    "Optimum",
    "Result",
    "charge",
    "coherence_rates",
    "diagnose",
    "evaluator",
    "evolve",
    "optimize",
    "phi",
    "sweep",
    "xxz_chain",
]


def __getattr__(name: str) -> Any:
    if name in ("errors", "figures", "limits"):
        return import_module(f"symqb.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'symqb' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

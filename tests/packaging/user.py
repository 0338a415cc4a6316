"""A small program of a user, for mypy --strict against an installed symqb, and to be run."""

from __future__ import annotations

import numpy as np

import symqb
from proofs.claim import Claim
from proofs.domain import Domain
from symqb.errors import InvalidParameter


def work(T_L: list[float], epsilon: float) -> list[float]:
    """Ergotropy at several temperatures."""
    evaluate = symqb.evaluator(2, "numpy", outputs="ergotropy")
    result: symqb.Result = evaluate(B0=2.0, J=1.0, Delta=0.5, T_L=np.array(T_L), T_R=0.0, epsilon=epsilon)
    return [float(value) for value in result.ergotropy]


def main() -> None:
    """Passive, active, refused; a label, a formula, a claim."""
    model: symqb.Model = symqb.xxz_chain(2)
    labels: list[str] = [level.label for level in model.levels]
    latex: str = model.levels.latex()
    claim = Claim("mine", "A claim.", Domain.of("1 <= T_L <= 2"), ("T_L > 0",))
    assert work([20.0, 30.0], 0.0) == [0.0, 0.0]
    assert min(work([20.0, 30.0], 1.0)) > 0
    try:
        work([-1.0], 1.0)
    except InvalidParameter as error:
        parameter: str = error.parameter
        print(parameter, labels, len(latex) > 0, claim.name)


if __name__ == "__main__":
    main()

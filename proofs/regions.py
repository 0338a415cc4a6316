"""The regions that claims speak of, each written once."""

from __future__ import annotations

from proofs.domain import Domain

#: B0 > |J| + |Delta|: every frequency of two qubits is positive.
STRONG_FIELD = Domain.of("J + Delta, J - Delta, -J + Delta, -J - Delta < B0")
ANTIFERROMAGNET = Domain.of("0 < J", "0 < Delta") + STRONG_FIELD
FERROMAGNET = Domain.of("J < 0", "Delta < 0") + STRONG_FIELD
#: Either sign of J, with any Delta.
SECTORS = {
    "positive_J": Domain.of("0 < J", "Delta") + STRONG_FIELD,
    "negative_J": Domain.of("J < 0", "Delta") + STRONG_FIELD,
}
WARM = Domain.of("0 < T_L", "0 < T_R")
STRENGTHS = Domain.of("0 < kappa_L", "0 < kappa_R")
ONE_STRENGTH = Domain.of("0 < kappa")

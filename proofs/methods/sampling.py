"""Sampling: a claim at points that Hypothesis draws, in 40 digits. It supports a claim and proves nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given, settings
from mpmath import mp, mpf

from proofs.checker import Rejected, Statement, check_witness, compiled
from proofs.claim import Claim
from symqb.codegen.arithmetic_mpmath import Mp

DIGITS = 40
#: Points drawn by HYPOTHESIS_PROFILE.
PROFILES = {"dev": 50, "ci": 200, "nightly": 10_000}
#: Regimes that are counted where all their names are variables.
REGIMES = {"left bath hotter": "T_L - T_R", "right bath hotter": "T_R - T_L", "J > 0": "J", "J < 0": "-J"}


class Digits(Mp):
    """The program's primitives at mpmath's working precision, with exact constants."""

    @staticmethod
    def constant(value: Fraction) -> mpf:
        return mpf(value.numerator) / value.denominator


@dataclass(frozen=True)
class Sample:
    """How many points hold, the smallest value of what is claimed to be positive, how many points in which regime.

    Points that rounding leaves open are not among those that hold.
    """

    lines: tuple[str, ...]
    points: int
    smallest: str
    regimes: Mapping[str, int]
    counterexample: Mapping[str, Fraction] | None = None

    @property
    def id(self) -> str:
        """SHA-256 of the content, shortened."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def values(statement: Statement, expressions: Sequence[str], point: Mapping[str, Fraction], digits: int) -> list[mpf]:
    """Expressions of a statement at a rational point, to that many digits."""
    with mp.workdps(digits):
        numbers = {name: Digits.constant(value) for name, value in point.items()}
        return compiled(statement.lets, expressions)(Digits)(numbers)


def _certainly_fails(claim: Claim, point: Mapping[str, Fraction]) -> bool:
    """Whether intervals confirm a failure: 40 digits do not suffice where terms as small as e^(-omega/T) cancel."""
    try:
        check_witness(claim.fails_at(point))
    except Rejected:
        return False
    return True


def sample(claim: Claim, points: int | None = None) -> Sample:
    """Draw points of the claim's domain until one fails or enough hold."""
    count = points or PROFILES[os.environ.get("HYPOTHESIS_PROFILE", "dev")]
    statement = claim.statement
    names = [expr for expr, _ in statement.shows]
    regimes = {
        r: e for r, e in REGIMES.items() if {w for w in ("T_L", "T_R", "J") if w in e} <= set(claim.domain.names)
    }
    seen, counts, failed = [], dict.fromkeys(regimes, 0), []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(claim.domain.strategy())
    def run(point: dict[str, Fraction]) -> None:
        found = values(statement, [*names, *regimes.values()], point, DIGITS)
        tiny = mpf(10) ** (5 - DIGITS)
        shown = list(zip(found, statement.shows, strict=False))
        if all(
            abs(value) <= tiny if sign == "=" else value > 0 or (sign == ">=" and value >= -tiny)
            for value, (_, sign) in shown
        ):
            seen.append(min(abs(value) for value, _ in shown))
        elif _certainly_fails(claim, point):
            failed.append(point)
        for regime, value in zip(regimes, found[len(names) :], strict=True):
            counts[regime] += value > 0

    run()
    smallest = mp.nstr(min(seen), 3) if seen else "none"
    return Sample(claim.lines, len(seen), smallest, counts, next(iter(failed), None))

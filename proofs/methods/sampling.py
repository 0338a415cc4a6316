"""Sampling: a claim at points that Hypothesis draws, in 40 digits. It supports a claim and proves nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from mpmath import mp, mpf

from proofs.checker import Rejected, Statement, check_witness, compiled, holds, names_in
from proofs.claim import Claim
from proofs.methods.balls import Balls
from symqb.codegen.arithmetic_mpmath import Mp

DIGITS = 40
#: The relative width of the boxes around drawn points.
WIDTH = Fraction(1, 10_000)
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
    """What was seen at drawn points: how many hold, the smallest margin, how many lie in which regime.

    statement: names the lines that were tried, so that a sample of others is not taken for it. drawn: how many points
    Hypothesis drew; those that violate an assumption, and those that rounding leaves open, are not among the
    ``points`` that hold. enclosed: around how many of these the claim holds on a whole box, by balls. counterexample:
    a point that fails, None where there was none.
    """

    statement: str
    drawn: int
    points: int
    enclosed: int
    smallest: str
    regimes: Mapping[str, int]
    counterexample: Mapping[str, str] | None = None

    @property
    def id(self) -> str:
        """SHA-256 of the content, shortened."""
        return digest([repr(self)])


def digest(lines: Iterable[str]) -> str:
    """A short name of some text."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def profile() -> int:
    """How many points to draw."""
    return PROFILES[os.environ.get("HYPOTHESIS_PROFILE", "dev")]


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


def sample(claim: Claim, drawn: int | None = None) -> Sample:
    """Draw points of the claim's domain and look at the claim at each."""
    statement, count = claim.statement, drawn or profile()
    assumed, shows = statement.assumptions, statement.shows
    regimes = {regime: expr for regime, expr in REGIMES.items() if names_in(expr) <= set(claim.domain.names)}
    expressions = [*(expr for expr, _ in (*assumed, *shows)), *regimes.values()]
    margins: list[mpf] = []
    enclosed: list[bool] = []
    balls = compiled(statement.lets, [expr for expr, _ in shows])(Balls)
    counts, failed = dict.fromkeys(regimes, 0), []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(claim.domain.strategy())
    def run(point: dict[str, Fraction]) -> None:
        found = iter(values(statement, expressions, point, DIGITS))
        assumptions, seen = ([(next(found), sign) for _, sign in relations] for relations in (assumed, shows))
        if not all(_holds(value, sign) for value, sign in assumptions):
            return
        if all(_holds(value, sign) for value, sign in seen):
            margins.append(min(abs(value) for value, _ in seen))
            enclosed.append(_on_a_box(balls, point, [sign for _, sign in shows]))
        elif _certainly_fails(claim, point):
            failed.append({name: str(value) for name, value in point.items()})
        for regime, value in zip(regimes, found, strict=True):
            counts[regime] += value > 0

    run()
    smallest = mp.nstr(min(margins), 3) if margins else "none"
    found = next(iter(failed), None)
    return Sample(digest(claim.lines), count, len(margins), sum(enclosed), smallest, counts, found)


def _on_a_box(balls: Callable[..., list[Any]], point: Mapping[str, Fraction], signs: Sequence[str]) -> bool:
    """Whether all relations hold on the box around a point that is ``WIDTH`` of each coordinate wide."""
    ends = {name: [Balls.constant(value * (1 + side * WIDTH / 2)) for side in (-1, 1)] for name, value in point.items()}
    try:
        found = balls({name: Balls.between(*pair) for name, pair in ends.items()})
    except Rejected:  # an order that is not certain on the box
        return False
    return all(holds(*Balls.bounds(x), sign) is True for x, sign in zip(found, signs, strict=True))


def _holds(value: mpf, sign: str) -> bool:
    tiny = mpf(10) ** (5 - DIGITS)
    return abs(value) <= tiny if sign == "=" else value > 0 or (sign == ">=" and value >= -tiny)

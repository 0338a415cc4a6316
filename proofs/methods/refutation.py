"""Refutation: search for a point where a claim fails, make it simple, confirm it three ways."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given, settings, target
from mpmath import mpf

from proofs.checker import Evidence, Floats, Rationals, Rejected, check_witness, compiled, holds, leaves
from proofs.claim import Claim
from proofs.methods.balls import Balls
from proofs.methods.enclosure import enclose
from proofs.methods.sampling import values

POINTS = 400
#: Points after which a failure is taken as it is.
ENOUGH = 100
STEPS = 600
BOXES = 1000
LARGEST = 1e300
#: Denominators tried, the simplest first.
DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 40, 50, 64, 100, 1000, 10_000)
DIGITS = 60

Point = dict[str, Fraction]


def refute(claim: Claim) -> Evidence | None:
    """A witness against the claim, or None where the search found none, which proves nothing."""
    found = _search(claim)
    if found is None:
        return None
    evidence = claim.fails_at(_simplified(claim, found))
    check_witness(evidence)
    _confirm(claim, evidence)
    return evidence


def _margin(claim: Claim, point: Mapping[str, Fraction]) -> float:
    """The least upper end of what is claimed to be positive: negative where the claim fails."""
    bounds = compiled(claim.statement.lets, [expr for expr, _ in claim.statement.shows])(Floats)
    try:
        found = bounds({name: Floats.constant(value) for name, value in point.items()})
    except (Rejected, ValueError, OverflowError):
        return 1.0
    signs = (sign for _, sign in claim.statement.shows)
    margins = [x.hi if sign != "=" else -max(x.lo, -x.hi) for x, sign in zip(found, signs, strict=True)]
    return float(max(-LARGEST, min(LARGEST, *margins)))


def _fails(claim: Claim, point: Mapping[str, Fraction]) -> bool:
    if point not in claim.domain:
        return False
    try:
        check_witness(claim.fails_at(point))
    except (Rejected, ValueError, OverflowError):
        return False
    return True


def _search(claim: Claim) -> Point | None:
    """Hypothesis first, then descent from its best points, then subdivision where the region is a box."""
    best: list[tuple[float, Point]] = []

    @settings(max_examples=POINTS, derandomize=True, database=None, deadline=None,
              phases=[Phase.generate, Phase.target], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given((claim.near or claim.domain).strategy())
    def run(point: Point) -> None:
        if len(best) >= ENOUGH and min(margin for margin, _ in best) < 0:
            return
        margin = _margin(claim, point)
        target(-margin)
        best.append((margin, point))

    run()
    best.sort(key=lambda entry: entry[0])
    for margin, point in best[:5]:
        lowest = point if margin < 0 or not point else _descend(claim, point, margin)
        if _fails(claim, lowest):
            return lowest
    return _subdivide(replace(claim, domain=claim.near or claim.domain))


def _subdivide(claim: Claim) -> Point | None:
    """The centre of a box on which balls refute the claim: finds what is flat but for a small pocket."""
    ranges = claim.statement.ranges
    if len(ranges) != len(claim.domain.variables) or claim.statement.assumptions:
        return None
    for corner, width, mark in leaves(enclose(claim, BOXES).content["tree"], len(ranges)):
        if mark == "f":
            point: Point = {}
            for (name, low, high), a, w in zip(ranges, corner, width, strict=True):
                first, last = compiled([], [low, high])(Rationals)(point)
                point[name] = first + (a + w / 2) * (last - first)
            if _fails(claim, point):
                return point
    return None


def _descend(claim: Claim, point: Point, margin: float) -> Point:
    """Random steps in one or all coordinates that lower the margin, ever smaller ones."""
    source = random.Random(0)
    for step in range(STEPS):
        scale = 2.0 ** (-10 * step / STEPS)
        chosen = list(point) if step % 3 == 0 else [source.choice(list(point))]
        moved = {n: v + (_move(v, scale, source) if n in chosen else 0) for n, v in point.items()}
        if moved in claim.domain and (lower := _margin(claim, moved)) < margin:
            point, margin = moved, lower
    return point


def _move(value: Fraction, scale: float, source: random.Random) -> Fraction:
    return Fraction(source.gauss(0, scale * float(abs(value) + Fraction(1, 10)))).limit_denominator(10_000)


def _simplified(claim: Claim, point: Point) -> Point:
    """The same failure at simpler numbers: all coordinates at once, then one after the other."""
    for candidate in _rounded(point):
        if _fails(claim, candidate):
            point = candidate
            break
    for name in point:
        for denominator in DENOMINATORS:
            candidate = {**point, name: point[name].limit_denominator(denominator)}
            if _fails(claim, candidate):
                point = candidate
                break
    return point


def _rounded(point: Point) -> Iterator[Point]:
    for denominator in DENOMINATORS:
        yield {name: value.limit_denominator(denominator) for name, value in point.items()}


def _confirm(claim: Claim, evidence: Evidence) -> None:
    """Balls and 60 digits must see the failure too, by code that the checker does not share."""
    point = {name: Fraction(value) for name, value in evidence.content["point"].items()}
    shows = claim.statement.shows
    names = [expr for expr, _ in shows]
    balls = compiled(claim.statement.lets, names)(Balls)({n: Balls.constant(v) for n, v in point.items()})
    digits = values(claim.statement, names, point, DIGITS)
    for ball, number, (_, sign) in zip(balls, digits, shows, strict=True):
        if holds(*Balls.bounds(ball), sign) is False and holds(*(float(number),) * 2, sign) is False:
            return
    raise Rejected(f"{claim.name}: balls or {mpf(DIGITS)} digits do not confirm the witness")

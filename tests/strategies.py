"""Parameter points inside the valid region: rationals for claims, floats for evaluators. Nothing is filtered."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st


def rationals(low: Fraction | int, high: Fraction | int, denominator: int = 24) -> st.SearchStrategy[Fraction]:
    """Multiples of 1/denominator from low to high."""
    numerators = st.integers(int(low * denominator), int(high * denominator))
    return numerators.map(lambda n: Fraction(n, denominator))


def either_sign(magnitude: st.SearchStrategy[Fraction]) -> st.SearchStrategy[Fraction]:
    return st.tuples(magnitude, st.sampled_from([1, -1])).map(lambda pair: pair[0] * pair[1])


positive = rationals(Fraction(1, 24), 8)
temperatures = rationals(Fraction(1, 4), 30)


@st.composite
def points(draw: st.DrawFn, zero_temperature: bool = True) -> dict[str, Any]:
    """Any signs, strong and weak field; one bath may be at T = 0."""
    T_L, T_R = draw(temperatures), draw(temperatures)
    if zero_temperature:
        cold = draw(st.sampled_from(["", "", "", "L", "R"]))
        T_L, T_R = (Fraction(0) if cold == "L" else T_L), (Fraction(0) if cold == "R" else T_R)
    return {
        "B0": draw(either_sign(positive)),
        "J": draw(either_sign(rationals(Fraction(1, 24), 2))),
        "Delta": draw(rationals(-2, 2)),
        "epsilon": draw(st.one_of(st.sampled_from([Fraction(0), Fraction(1)]), rationals(-2, 2))),
        "T_L": T_L,
        "T_R": T_R,
        "kappa_L": draw(rationals(Fraction(1, 24), 3)),
        "kappa_R": draw(rationals(Fraction(1, 24), 3)),
    }


def cold_weak_points(count: int, seed: int) -> list[dict[str, float]]:
    """Weak field and low temperature, strengths of any size: all rates out of a level may be below 1e-100."""
    rng = random.Random(seed)
    found = []
    for _ in range(count):
        J, Delta = rng.choice([-1, 1]) * rng.uniform(0.05, 2), rng.uniform(-2, 2)
        found.append(
            {
                "B0": rng.uniform(1e-3, 1) * (abs(J) + abs(Delta)),
                "J": J,
                "Delta": Delta,
                "epsilon": rng.choice([0.0, 1.0, rng.uniform(-2, 2)]),
                "T_L": 10 ** rng.uniform(-3, -1),
                "T_R": 10 ** rng.uniform(-3, -1),
                "kappa_L": 10 ** rng.uniform(-30, 30),
                "kappa_R": 10 ** rng.uniform(-30, 30),
            }
        )
    return found


def random_points(count: int, seed: int) -> list[dict[str, float]]:
    """Float points spread over regimes: hot to T = 0.01, one bath at exactly 0, strong and weak field."""
    rng = random.Random(seed)

    def temperature() -> float:
        return rng.choice([0.0, 10 ** rng.uniform(-2, 0), 10 ** rng.uniform(-2, 2), 10 ** rng.uniform(0, 3)])

    found = []
    while len(found) < count:
        T_L, T_R = temperature(), temperature()
        if T_L == T_R == 0:
            T_R = 0.01
        found.append(
            {
                "B0": rng.uniform(0.01, 8) * rng.choice([1, 1, 0.1]),
                "J": rng.choice([-1, 1]) * rng.uniform(0.01, 2),
                "Delta": rng.uniform(-2, 2),
                "epsilon": rng.choice([0.0, 1.0, rng.uniform(-2, 2)]),
                "T_L": T_L,
                "T_R": T_R,
                "kappa_L": 10 ** rng.uniform(-1, 1),
                "kappa_R": 10 ** rng.uniform(-1, 1),
            }
        )
    return found

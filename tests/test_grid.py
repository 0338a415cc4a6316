"""Sums on a grid: what symqb/codegen/grid.py says of its recipe, in exact arithmetic."""

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from symqb.codegen.grid import GRID, LARGEST_COEFFICIENT, fits

SIZES = st.floats(-1e30, 1e30)
COEFFICIENTS = st.integers(-16, 16).filter(bool).map(lambda quarters: quarters / 4)


@st.composite
def terms(draw):
    """Coefficients and numbers, of like sizes or not; sometimes the last nearly cancels the others."""
    coefficients = draw(st.lists(COEFFICIENTS, min_size=3, max_size=5))
    numbers = [draw(SIZES) for _ in coefficients]
    if draw(st.booleans()):
        numbers[-1] = -sum(c * x for c, x in zip(coefficients[:-1], numbers[:-1], strict=True)) / coefficients[-1]
    return coefficients, numbers


def on_grid(numbers):
    """High and low parts, in float64."""
    grid = GRID * sum(map(abs, numbers))
    high = [(x + grid) - grid for x in numbers]
    return high, [x - h for x, h in zip(numbers, high, strict=True)]


@given(terms())
@example(([1.0, -0.5, -0.5], [1.0, 1.0, 1.0 + 2.0**-52]))
@example(([1.0, -1.5, 0.5], [1e-30, 1e30, 3e30]))
@example(([4.0, 4.0, -4.0], [1e30, 1e30, 1e30]))
@example(([0.25, 0.25, 0.25], [5e-324, 0.0, 1.0]))
def test_high_parts_add_without_rounding_and_low_parts_nearly(case):
    """Every partial sum of high parts is exact; the pair misses the sum by 2^-94 of the magnitudes at most."""
    coefficients, numbers = case
    assert fits(coefficients)
    high, low = on_grid(numbers)
    assert [Fraction(h) + Fraction(d) for h, d in zip(high, low, strict=True)] == list(map(Fraction, numbers))
    total, exact, rest = 0.0, Fraction(0), 0.0
    for c, h, d in zip(coefficients, high, low, strict=True):
        total, exact, rest = total + c * h, exact + Fraction(c) * Fraction(h), rest + c * d
        assert Fraction(total) == exact
    right = sum(Fraction(c) * Fraction(x) for c, x in zip(coefficients, numbers, strict=True))
    bound = sum(map(abs, map(Fraction, numbers))) / 2**94 + Fraction(5e-324) * len(numbers)
    assert abs(exact + Fraction(rest) - right) <= bound
    s = total + rest
    assert Fraction(s) + Fraction(rest - (s - total)) == exact + Fraction(rest)


def test_what_does_not_fit_is_left_to_two_sum():
    """Thirds and coefficients beyond the largest would round; two symbols have nothing to gain."""
    assert fits([1.0, -0.5, 1.5])
    assert fits([LARGEST_COEFFICIENT, 0.25, -1.0])
    assert not fits([1.0, 1 / 3, 1.0])
    assert not fits([1.0, 0.125, 1.0])
    assert not fits([2 * LARGEST_COEFFICIENT, 1.0, 1.0])
    assert not fits([1.0, 1.0])

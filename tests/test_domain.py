"""Domains: one text that is statement, strategy and test."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.checker import Proof, Rationals, Statement, compiled, parse
from proofs.domain import Domain
from proofs.regions import ANTIFERROMAGNET, FERROMAGNET, SECTORS, STRENGTHS, STRONG_FIELD, WARM

DOMAINS = {
    "open": Domain.of("0 < x < 1"),
    "closed": Domain.of("0 <= x <= 1"),
    "half_open": Domain.of("-1/3 < x <= 1/7"),
    "positive": Domain.of("0 < x"),
    "not_negative": Domain.of("0 <= x"),
    "above": Domain.of("3/2 <= x"),
    "below": Domain.of("x < -2"),
    "not_above": Domain.of("x <= 5"),
    "real": Domain.of("x"),
    "in_order": Domain.of("0 < x", "x < y <= 2*x", "x + y <= z < x + y + 1"),
    "several_lows": Domain.of("x", "y", "x, y, x + y - 1 <= z"),
    "several_highs": Domain.of("x", "y", "z < x, y"),
    "several_of_both": Domain.of("0 < x < 1", "0, x - 1/2 <= y < x + 1, 2"),
    "zero_and_more": Domain.of("x", "0, x < y"),
    "strong_field": Domain.of("J", "Delta") + STRONG_FIELD,
    "antiferromagnet": ANTIFERROMAGNET + WARM + STRENGTHS,
    "ferromagnet": FERROMAGNET,
    **SECTORS,
}
domains = pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS)


def satisfies(point, expr, sign):
    """Whether a condition of a statement holds exactly."""
    value = compiled([], [expr])(Rationals)(point)[0]
    return value > 0 or (sign == ">=" and value == 0)


def agree(domain, point):
    """Whether the point is in the domain; statement and test say the same."""
    told = all(satisfies(point, expr, sign) for expr, sign in Statement(domain.lines()).conditions)
    assert (point in domain) is told
    return told


@domains
@given(st.data())
def test_drawn_points_are_inside(domain, data):
    """Every point drawn is rational, is in the domain and satisfies each condition of its lines exactly."""
    point = data.draw(domain.strategy())
    assert tuple(point) == domain.names
    assert all(type(value) is Fraction for value in point.values())
    assert agree(domain, point)


@domains
@given(st.data(), st.fractions(Fraction(1, 1000), 10))
def test_points_moved_past_an_end_are_outside(domain, data, distance):
    """A coordinate past one of its ends puts a point outside; at the end, it is inside where the end belongs to it."""
    point = data.draw(domain.strategy())
    variable = data.draw(st.sampled_from(domain.variables))
    low, high = variable.ends(point)
    for end, sign, is_open in ((low, -1, variable.open_low), (high, 1, variable.open_high)):
        if end is not None:
            assert not agree(domain, {**point, variable.name: end + sign * distance})
            assert variable.allows(end, point) is not is_open


@domains
def test_lines_are_read_by_the_checker(domain):
    """The lines are a statement with the domain's variables, and the kernel of proofs accepts them."""
    lines = domain.lines()
    assert tuple(name for name, _ in Statement(lines).variables) == domain.names
    Proof({}).run(lines)


@domains
@given(st.data(), st.dictionaries(st.sampled_from("xyz"), st.fractions(-3, 3, max_denominator=6), min_size=3))
def test_statement_and_test_agree_everywhere(domain, data, values):
    """Points near the ends, inside or not, satisfy the lines exactly where they are in the domain."""
    point = data.draw(domain.strategy())
    agree(domain, {name: values.get(name, value) for name, value in point.items()})


def test_other_names_are_outside():
    """A point names exactly the variables."""
    domain = Domain.of("0 < x", "y")
    inside = {"x": Fraction(1), "y": Fraction(0)}
    assert inside in domain
    assert {"x": Fraction(1)} not in domain
    assert {**inside, "z": Fraction(0)} not in domain


def test_the_largest_low_and_the_smallest_high_hold():
    """Of several bounds the tightest counts, whichever it is."""
    domain = Domain.of("x", "x, -x < y <= x + 1, 3 - x")
    variable = domain.variables[1]
    assert variable.ends({"x": Fraction(1, 2)}) == (Fraction(1, 2), Fraction(3, 2))
    assert variable.ends({"x": Fraction(-1, 2)}) == (Fraction(1, 2), Fraction(1, 2))
    assert variable.ends({"x": Fraction(2)}) == (Fraction(2), Fraction(1))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x", ["given x"]),
        ("0 < x", ["given x > 0"]),
        ("0 <= x", ["given x >= 0"]),
        ("0 <= x < 1/2", ["given x in [0, 1/2)"]),
        ("x <= 3", ["given x", "assume x_1: (3) - x >= 0"]),
        ("0, 1/2 < x", ["given x > 0", "assume x_1: x - (1/2) > 0"]),
    ],
)
def test_lines_are_what_a_person_would_write(text, lines):
    """One line for a sign or an interval, one assumption for each other bound."""
    assert Domain.of(text).lines() == lines


def test_domains_add_up():
    """A sum of domains is theirs in order; later bounds may use earlier variables."""
    domain = Domain.of("0 < x") + Domain.of("x < y")
    assert domain == Domain.of("0 < x", "x < y")
    assert domain.names == ("x", "y")


def test_every_bound_is_an_expression_of_the_language():
    """Bounds of the regions that claims speak of can be parsed."""
    for domain in DOMAINS.values():
        for variable in domain.variables:
            for bound in (*variable.lows, *variable.highs):
                parse(bound)


MALFORMED = [
    "",
    "x <",
    "< x",
    "x > 0",
    "0 >= x",
    "0 <x",
    "0 << x",
    "a b",
    "2x",
    "0 < x.y",
    "0 < x + y",
    "x == 1",
    "1 < 2",
]


@pytest.mark.parametrize("text", MALFORMED)
def test_malformed_text_is_refused(text):
    """Anything but LOW < NAME < HIGH is a ValueError when it is written."""
    with pytest.raises(ValueError, match="LOW < NAME < HIGH"):
        Domain.of(text)


@pytest.mark.parametrize("text", ["0 < a < b < 1", "J < 0 < B", "3/2 < x < 2.5", "0 < x < y.z", "0, < x", "0 < x < (1"])
def test_malformed_bounds_are_refused(text):
    """A bound that is no expression of the language is a ValueError when it is written."""
    with pytest.raises(ValueError, match=r".+"):
        Domain.of(text)

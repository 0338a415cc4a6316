"""The proof kernel: what it must accept, what it must not, and evidence that somebody has changed."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import positive

from proofs.checker import Evidence, Proof, Rejected, check_cover, leaves, main

#: Proved by nobody here: what an application of it needs is what is tested.
LIBRARY = {
    claim: Evidence(claim, "certificate", tuple(lines), {})
    for claim, lines in {
        "below": ("given a > 0", "given b > 0", "assume order: b - a > 0", "show b**2 - a**2 > 0"),
        "shifted": ("given a > 0", "let d = a - 5", "assume order: d > 0", "show a - 5 > 0"),
        "upper": ("given a", "given b", "assume case: a - b >= 0", "show a**2 + b**2 - 2*a*b >= 0"),
        "lower": ("given a", "given b", "assume case: b - a >= 0", "show a**2 + b**2 - 2*a*b >= 0"),
        "also_upper": ("given a", "given b", "assume case: a - 2*b >= 0", "show a**2 + b**2 - 2*a*b >= 0"),
        "other": ("given a", "given b", "assume case: b - a >= 0", "show a**2 + b**2 >= 0"),
        "strict": ("given a", "given b", "assume case: b - a > 0", "show a**2 + b**2 - 2*a*b >= 0"),
        "inverse": ("given a > 0", "let d = 1/a", "show d > 0"),
    }.items()
}
XY = ("given x > 0", "given y > 0")


def run(*lines):
    Proof(LIBRARY).run(lines)


TRUE = {
    "identity": ("given x", "given y", "show (x + y)**2 - x**2 - 2*x*y - y**2 = 0"),
    "square": ("given x", "show x**2 >= 0"),
    "quotient": (*XY, "show x/(x + y) + y/(x + y) - 1 = 0"),
    "sum_of_squares": ("given x", "given y", "have s: x**2 + y**2 - 2*x*y >= 0 by (x - y)**2", "show (x - y)**2 >= 0"),
    "definitions": (*XY, "let s = x + y", "let q = x/s", "show q*s - x = 0"),
    "range": ("given x in [2, 3)", "have a: x - 1 > 0 by x_low + 1", "have b: 4 - x > 0 by x_high + 1"),
    "exp_above_1": (*XY, "show exp(x/y) - 1 > 0"),
    "exp_product": (*XY, "show exp(x + y) - exp(x)*exp(y) = 0"),
    "exp_tangent": ("given x > 0", "exp e: x", "have a: exp(x) - 1 >= 0 by e + x", "show exp(x) - 1 >= 0"),
    "exp_negative": ("given x > 0", "exp e: -x", "have a: exp(x)*x - exp(x) + 1 >= 0 by exp(x)*e", "show exp(x) > 0"),
    "commutator": (*XY, "let up, down = phi_pair(x, y)", "show down - up - x = 0"),
    "balance": (*XY, "let up, down = phi_pair(x, y)", "show down - up*exp(x/y) = 0"),
    "cold": ("given x > 0", "let up, down = phi_pair(x, 0)", "show down - x = 0"),
    "apply": (*XY, "apply r: below(a=x, b=x + y)", "show (x + y)**2 - x**2 > 0"),
    "apply_exp": ("given x > 0", "have h: exp(x) - 1 > 0", "apply r: below(a=1, b=exp(x))", "show exp(x)**2 - 1 > 0"),
    "either": ("given x", "given y", "either r: upper(a=x, b=y) or lower(a=x, b=y)", "show x**2 + y**2 - 2*x*y >= 0"),
}


@pytest.mark.parametrize("lines", TRUE.values(), ids=TRUE)
def test_true_statements_pass(lines):
    """What is true and written out is accepted."""
    run(*lines)


EXP = ("given x > 0", "exp e: x")
FALSE = {
    "flipped_sign": ("given x", "given y", "show (x + y)**2 - x**2 + 2*x*y - y**2 = 0"),
    "dropped_term": ("given x", "given y", "show (x + y)**2 - x**2 - y**2 = 0"),
    "dropped_term_by": ("given x", "given y", "have s: x**2 + y**2 - x*y >= 0 by (x - y)**2"),
    "moved_bound": ("given x in [2, 3]", "have a: x - 202/100 >= 0 by x_low"),
    "moved_bound_shown": ("given x > 0", "show (101*x - 100*x - x/100*101)/100 >= 0"),
    "moved_rate": (*XY, "let up, down = phi_pair(x, y)", "show down - up - 101*x/100 = 0"),
    "strict_from_weak": ("given x >= 0", "show x > 0"),
    "strict_from_square": ("given x", "show x**2 > 0"),
    "open_end_included": ("given x in [0, 1]", "show x > 0"),
    "odd_power": ("given x", "show x**3 >= 0"),
    "positive_from_nothing": ("given x", "show x > 0"),
    "unknown_divisor": ("given x", "given y", "let q = x/y"),
    "weak_divisor": ("given x >= 0", "let q = 1/x"),
    "difference_divisor": (*XY, "let q = 1/(x - y)"),
    "zero_divisor": ("given x > 0", "let q = 1/(x - x)"),
    "divisor_in_reason": ("given x", "given y > 0", "have a: y > 0 by y*x/x"),
    "unknown_frequency": ("given x", "given y > 0", "let up, down = phi_pair(x, y)"),
    "unknown_temperature": ("given x > 0", "given y >= 0", "let up, down = phi_pair(x, y)"),
    "unknown_name": ("given x > 0", "show x + z > 0"),
    "later_name": ("given x > 0", "let a = b", "let b = x"),
    "itself": ("have q: q > 0 by q",),
    "redefined_variable": ("given x > 0", "let x = 1"),
    "redefined_definition": ("given x > 0", "let a = x", "set a = 2*x"),
    "redefined_fact": ("given x > 0", "have a: x > 0", "have a: 2*x > 0"),
    "exp_other_argument": (*EXP, "have a: exp(2*x) - 1 - x >= 0 by e"),
    "exp_other_slope": (*EXP, "have a: exp(x) - 1 - 101*x/100 >= 0 by e"),
    "exp_other_sign": (*EXP, "have a: exp(-x) - 1 + x >= 0 by e"),
    "exp_above_1_unknown": ("given x", "show exp(x) - 1 > 0"),
    "exp_third": ("given x > 0", "show exp(x/3) > 0"),
    "exp_strict": ("given x", "exp e: x", "show exp(x) - 1 - x > 0"),
    "apply_unmet": (*XY, "apply r: below(a=x, b=y)"),
    "apply_weak": ("given x > 0", "given y >= 0", "apply r: below(a=x, b=x + y)"),
    "apply_unmet_variable": ("given x", "given y > 0", "apply r: inverse(a=x)"),
    "apply_unmet_definition": ("given x > 0", "apply r: shifted(a=x)"),
    "apply_incomplete": (*XY, "apply r: below(a=x)"),
    "apply_unknown": (*XY, "apply r: above(a=x, b=y)"),
    "apply_other_conclusion": (*XY, "apply r: below(a=x, b=x + y)", "have a: x**2 - y**2 > 0 by r"),
    "either_same": ("given x", "given y", "either r: upper(a=x, b=y) or upper(a=x, b=y)"),
    "either_not_opposite": ("given x", "given y", "either r: also_upper(a=x, b=y) or lower(a=x, b=y)"),
    "either_other_variables": ("given x", "given y", "given z", "either r: upper(a=x, b=y) or lower(a=x, b=z)"),
    "either_other_conclusion": ("given x", "given y", "either r: upper(a=x, b=y) or other(a=x, b=y)"),
    "either_gap": ("given x", "given y", "either r: upper(a=x, b=y) or strict(a=x, b=y)"),
    "attribute": ("given x > 0", "show x.real > 0"),
    "import": ("given x > 0", "let a = __import__('os')"),
    "float": ("given x > 0", "show x + 0.5 > 0"),
    "string": ("given x > 0", "show x + 'a' > 0"),
    "true": ("given x > 0", "show x + True > 0"),
    "exponent_17": ("given x > 0", "show x**17 > 0"),
    "exponent_0": ("given x > 0", "show x**0 > 0"),
    "exponent_negative": ("given x > 0", "show x**-1 > 0"),
    "exponent_variable": (*XY, "show x**y > 0"),
    "remainder": (*XY, "show x % y >= 0"),
    "floor": (*XY, "show x // y >= 0"),
    "subscript": (*XY, "show x[0] > 0"),
    "conditional": (*XY, "show (x if x else y) > 0"),
    "lambda": (*XY, "let f = lambda: 1"),
    "walrus": (*XY, "show (z := x) > 0"),
    "comparison": (*XY, "show (x > y) > 0"),
    "keyword_argument": (*XY, "show exp(x=y) > 0"),
    "method_called_like_a_primitive": (*XY, "show x.exp(y) > 0"),
    "two_lines_in_one": ("given x > 0", "show x > 0\nshow -x > 0"),
    "unknown_word": ("given x > 0", "trust x > 0"),
    "unknown_relation": ("given x > 0", "show x != 0"),
    "no_relation": ("given x > 0", "show x"),
}


@pytest.mark.parametrize("lines", FALSE.values(), ids=FALSE)
def test_what_is_not_shown_is_rejected(lines):
    """What is false, unproved or outside the language is rejected."""
    with pytest.raises(Rejected):
        run(*lines)


HOLES = {
    "unary_plus": ("given x > 0", "show +(0 - x) > 0"),
    "unary_not": ("given x > 0", "show (not (0 - x)) > 0"),
    "unary_invert": ("given x > 0", "show ~(0 - x) > 0"),
    "fact_without_a_name": ("given x > 0", "have : 1 > 0", "apply r: shifted(a=x)", "show x - 5 > 0"),
    "value_for_a_definition": ("given x > 0", "apply r: shifted(a=x, d=1)", "show x - 5 > 0"),
    "two_arguments_of_exp": ("given x > 0", "show exp(x, 0) - 1 > 0"),
    "no_argument_of_exp": ("show exp() > 0",),
    "one_case": ("given x", "given y", "either r: upper(a=x, b=y)"),
    "three_cases": ("given x", "given y", f"either r: {' or '.join(['upper(a=x, b=y)'] * 3)}"),
    "broken_call": ("given x > 0", "apply r: shifted(a="),
    "application_outside_the_assumptions": ("apply r: inverse(a=0)",),
    "arithmetic_on_pairs": (*XY, "let a = phi_pair(x, y)*3"),
}


@pytest.mark.parametrize("lines", HOLES.values(), ids=HOLES)
def test_tricks_are_rejected(lines):
    """Neither words that Python knows and the language does not, nor names chosen to confuse, prove anything."""
    with pytest.raises(Rejected):
        run(*lines)


@given(positive, positive, st.sampled_from([Fraction(99, 100), Fraction(101, 100)]))
def test_a_coefficient_moved_by_one_percent_is_rejected(a, b, factor):
    """(a x - b y)^2 proves its own expansion and no other, whatever a and b are."""
    good = f"have s: ({a})**2*x**2 + ({b})**2*y**2 - 2*({a})*({b})*x*y >= 0 by (({a})*x - ({b})*y)**2"
    bad = good.replace("- 2*", f"- ({factor})*2*")
    run("given x", "given y", good)
    with pytest.raises(Rejected):
        run("given x", "given y", bad)


@given(st.fractions(-5, 5, max_denominator=9), st.fractions(Fraction(1, 100), 3, max_denominator=100))
def test_ends_of_a_range_are_exact(low, width):
    """x - e > 0 follows from x in (low, high) for e = low, and is not taken for granted above it."""
    given_x = f"given x in ({low}, {low + width})"
    run(given_x, f"show x - ({low}) > 0", f"show ({low + width}) - x > 0")
    with pytest.raises(Rejected):
        run(given_x, f"show x - ({low + width / 100}) > 0")


# ---------------------------------------------------------------------------------------------- evidence
def packed(marks):
    """A tree as it is stored, from its marks in preorder."""
    bits = "".join(f"{'shfu'.index(mark):02b}" for mark in marks)
    return f"{int('1' + bits, 2):x}"


#: x y > 1/2 on [0, 1] x [1, 2]: cut in x, then in y, then in x again.
MARKS = "sssfusuussuhh"
COVER = {
    "claim": "covered",
    "kind": "cover",
    "lines": ["given x in [0, 1]", "given y in [1, 2]", "let d = x*y - 1/2", "show d > 0"],
    "tree": packed(MARKS),
    "shares": {"holds": "3/8", "fails": "1/8", "undecided": "1/2"},
}
CERTIFICATE = {
    "claim": "certified",
    "kind": "certificate",
    "lines": [*XY, "have s: x**2 + y**2 - 2*x*y >= 0 by (x - y)**2", "show x**2 + y**2 - 2*x*y >= 0"],
}
WITNESS = {
    "claim": "refuted",
    "kind": "witness",
    "lines": ["given x > 0", "given y > 0", "assume h: 1 - x >= 0", "let up, down = phi_pair(x, y)", "show x - up > 0"],
    "point": {"x": "1/10", "y": "1"},
}
GOOD = {item["kind"]: item for item in (CERTIFICATE, WITNESS, COVER)}
CHANGES = {
    "certificate": {
        "line": {"lines": [line.replace("2*x*y >= 0 by", "3*x*y >= 0 by") for line in CERTIFICATE["lines"]]},
        "reason": {"lines": [line.replace("(x - y)**2", "(x + y)**2") for line in CERTIFICATE["lines"]]},
        "claim": {"lines": [*CERTIFICATE["lines"][:-1], "show x**2 + y**2 - 2*x*y > 0"]},
        "proof_left_out": {"lines": [*XY, CERTIFICATE["lines"][-1]]},
        "order_of_lines": {"lines": CERTIFICATE["lines"][::-1]},
        "kind": {"kind": "axiom"},
        "unknown_word": {"lines": ["trust me", *CERTIFICATE["lines"]]},
    },
    "witness": {
        "point": {"point": {"x": "1", "y": "1"}},
        "point_outside": {"point": {"x": "-1", "y": "1"}},
        "point_on_an_open_end": {"point": {"x": "0", "y": "1"}},
        "point_against_an_assumption": {"point": {"x": "2", "y": "100"}},
        "coordinate_left_out": {"point": {"x": "1/10"}},
        "coordinate_too_many": {"point": {"x": "1/10", "y": "1", "z": "1"}},
        "line": {"lines": [*WITNESS["lines"][:-2], "let up, down = phi_pair(x, y/100)", "show x - up > 0"]},
        "claim": {"lines": [*WITNESS["lines"][:-1], "show 1 + x - up > 0"]},
        "nothing_claimed": {"lines": WITNESS["lines"][:-1]},
    },
    "cover": {
        "line": {"lines": [line.replace("1/2", "51/100") for line in COVER["lines"][:-1]] + ["show -d > 0"]},
        "range": {"lines": ["given x in [0, 2]", *COVER["lines"][1:]]},
        "assumption": {"lines": [*COVER["lines"], "assume h: x - y > 0"]},
        "unbounded": {"lines": ["given x > 0", *COVER["lines"][1:]]},
        "undecided_said_to_hold": {
            "tree": packed("sssfhsuussuhh"),
            "shares": {"holds": "1/2", "fails": "1/8", "undecided": "3/8"},
        },
        "undecided_said_to_fail": {
            "tree": packed("sssffsuussuhh"),
            "shares": {"holds": "3/8", "fails": "1/4", "undecided": "3/8"},
        },
        "holding_said_to_fail": {
            "tree": packed("sssfusuussuhf"),
            "shares": {"holds": "1/8", "fails": "3/8", "undecided": "1/2"},
        },
        "failing_said_to_hold": {
            "tree": packed("ssshusuussuhh"),
            "shares": {"holds": "1/2", "fails": "0", "undecided": "1/2"},
        },
        "mark_without_shares": {"tree": packed("sssuusuussuhh")},
        "truncated_tree": {"tree": packed(MARKS[:-1])},
        "truncated_digits": {"tree": COVER["tree"][:-1]},
        "no_tree": {"tree": ""},
        "longer_tree": {"tree": packed(MARKS + "h")},
        "shares": {"shares": {"holds": "1/2", "fails": "1/8", "undecided": "3/8"}},
        "share_left_out": {"shares": {"holds": "3/8", "fails": "1/8"}},
    },
}


def write(folder, *items):
    for k, item in enumerate(items):
        (folder / f"{k}.json").write_text(json.dumps(item))
    return str(folder)


@pytest.mark.parametrize("kind", GOOD)
def test_good_evidence_is_accepted(tmp_path, capsys, kind):
    """Evidence of each kind is checked again, and the exit status is 0."""
    assert main([write(tmp_path, GOOD[kind]), "--full"]) == 0
    assert capsys.readouterr().out.endswith("1 of 1 hold\n")


@pytest.mark.parametrize(("kind", "change"), [(kind, change) for kind in CHANGES for change in CHANGES[kind]])
def test_changed_evidence_is_rejected(tmp_path, capsys, kind, change):
    """A changed line, point, mark, tree or share is found, and the exit status is 1; other evidence still holds."""
    changed = {**GOOD[kind], **CHANGES[kind][change], "claim": "changed"}
    assert main([write(tmp_path, *GOOD.values(), changed), "--full"]) == 1
    out = capsys.readouterr().out
    assert out.endswith("3 of 4 hold\n")
    assert "changed: REJECTED: " in out


@given(st.recursive(st.sampled_from("hfu"), lambda below: st.builds("s{}{}".format, below, below), max_leaves=20))
def test_trees_are_read_as_they_were_written(marks):
    """Leaves carry their marks in order, and together fill the box."""
    found = list(leaves(packed(marks), 3))
    assert "".join(mark for *_, mark in found) == marks.replace("s", "")
    assert sum((w[0] * w[1] * w[2] for _, w, _ in found), start=Fraction(0)) == 1
    assert all(a >= 0 and a + b <= 1 for corner, width, _ in found for a, b in zip(corner, width, strict=True))


def test_shares_are_those_of_the_tree():
    """The shares of a cover add up to the whole box, exactly."""
    shares = check_cover(Evidence.of(COVER))
    assert shares == {"holds": Fraction(3, 8), "fails": Fraction(1, 8), "undecided": Fraction(1, 2)}


def certificate(claim, *lines):
    return {"claim": claim, "kind": "certificate", "lines": ["given x > 0", *lines, "show x**2 > 0"]}


def test_certificates_may_rest_on_others_in_any_order(tmp_path):
    """A certificate that applies one from a later file is accepted."""
    first, second = certificate("first", "apply r: second(x=x)"), certificate("second")
    assert main([write(tmp_path, first, second)]) == 0


@pytest.mark.parametrize(
    "rests_on",
    [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "a"}, {"a": "nobody"}, {"exp": "exp"}],
    ids=str,
)
def test_circles_are_rejected(tmp_path, capsys, rests_on):
    """Certificates that rest on each other, on themselves or on nothing are all rejected."""
    items = [certificate(claim, f"apply r: {other}(x=x)") for claim, other in rests_on.items()]
    assert main([write(tmp_path, *items)]) == 1
    assert f"0 of {len(items)} hold" in capsys.readouterr().out


def test_what_rests_on_rejected_certificates_is_rejected(tmp_path, capsys):
    """No certificate applies one that does not hold."""
    bad = {"claim": "bad", "kind": "certificate", "lines": ["given x", "show x > 0"]}
    assert main([write(tmp_path, bad, certificate("on_sand", "apply r: bad(x=x)"))]) == 1
    assert "0 of 2 hold" in capsys.readouterr().out


def test_a_name_claimed_twice_hides_nothing(tmp_path):
    """A certificate that does not hold is found also where a good one has its name."""
    bad = {"claim": "same", "kind": "certificate", "lines": ["given x > 0", "show x - 5 > 0"]}
    for k, items in enumerate(((bad, certificate("same")), (certificate("same"), bad))):
        (tmp_path / str(k)).mkdir()
        assert main([write(tmp_path / str(k), *items)]) == 1


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("cover", {"tree": "what"}),
        ("cover", {"shares": None}),
        ("witness", {"point": {"x": "a", "y": "1"}}),
        ("witness", {"point": {"x": "1/0", "y": "1"}}),
        ("witness", {"lines": [*XY, "let a = x/0", "show a > 0"]}),
        ("witness", {"lines": [*XY, "let a = b", "show a > 0"]}),
    ],
    ids=str,
)
def test_unreadable_evidence_is_rejected(tmp_path, kind, change):
    """Evidence with contents of the wrong kind is reported like any other that does not hold."""
    assert main([write(tmp_path, {**GOOD[kind], **change}), "--full"]) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {**WITNESS, "lines": ["given x > 0", "let x = 0 - 1", "show x > 0"], "point": {"x": "1"}},
        {**WITNESS, "lines": ["given x > 0", "let a = x", "let a = -x", "show a > 0"], "point": {"x": "1"}},
        {**COVER, "lines": [*COVER["lines"][:2], "let x = 1", "show x > 0"], "tree": packed("h"),
         "shares": {"holds": "1", "fails": "0", "undecided": "0"}},
    ],
    ids=["variable", "definition", "cover"],
)  # fmt: skip
def test_names_mean_one_thing_in_all_evidence(tmp_path, changed):
    """A witness or a cover of a statement that defines a name twice is rejected, as a certificate is."""
    assert main([write(tmp_path, changed), "--full"]) == 1


@pytest.mark.parametrize("arguments", [[], ["--full"], ["{0}"], ["{0}", "{0}"], ["{0}/missing", "--full"]], ids=str)
def test_unusable_input_is_a_usage_error(tmp_path, capsys, arguments):
    """Without one folder that holds evidence the exit status is 2, and the usage is on standard error."""
    assert main([argument.format(tmp_path) for argument in arguments]) == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_covers_are_not_checked_unless_asked(tmp_path, capsys):
    """Without --full the output says that a cover was not checked."""
    assert main([write(tmp_path, {**COVER, "shares": {}})]) == 0
    assert "not re-checked without --full" in capsys.readouterr().out


def test_only_the_standard_library_is_imported(tmp_path):
    """The checker that is run as a program loads neither what it checks nor anything that is not Python's own."""
    folder = write(tmp_path, *GOOD.values())
    program = (
        "import runpy, sys\n"
        "before = set(sys.modules)\n"
        f"sys.argv = ['checker', {folder!r}, '--full']\n"
        "try:\n    runpy.run_module('proofs.checker', run_name='__main__')\n"
        "except SystemExit as done:\n    print('status', done.code)\n"
        "print(sorted({n.partition('.')[0] for n in set(sys.modules) - before} - sys.stdlib_module_names))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["status 0", "['proofs']"]

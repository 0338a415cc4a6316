"""No step of the checker proves what is false, and folding numbers into a statement does not change it."""

import ast
import json
import operator
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import rationals

from proofs.checker import (
    MALFORMED,
    Boxes,
    Evidence,
    Floats,
    Proof,
    Rationals,
    Rejected,
    Statement,
    check,
    compiled,
    main,
    relation,
)

XYZ = ("given x > 0", "given y >= 0", "given z")
CLAIMS = {
    "square": ("given a", "given b", "show (a - b)**2 >= 0"),
    "share": ("given a > 0", "given b >= 0", "let s = a + b", "set w = 2*s", "let q = b/s", "show 1 - q > 0"),
    "ordered": ("given a > 0", "given b", "assume h: b - a >= 0", "have p: b > 0 by h + a", "show a/b > 0"),
    "root": ("given a", "given b", "given g", "assume h: a**2 - b**2 - g = 0", "let r = shifted_root(a, b, g)",
             "show r - a - b = 0"),
    "above": ("given a", "assume case: a - 1 >= 0", "have p: a > 0 by case + 1", "show a**3/a >= 0"),
    "below": ("given a", "assume case: 1 - a >= 0", "show a**2 >= 0"),
}  # fmt: skip
LIBRARY = {claim: Evidence(claim, "certificate", lines, {}) for claim, lines in CLAIMS.items()}


def run(*lines):
    Proof(LIBRARY).run(lines)


def evidence(kind, lines, **content):
    return Evidence(kind, kind, tuple(lines), content)


def whole(*lines):
    """A cover that says that the claim holds on its one box."""
    return evidence("cover", lines, tree="5", shares={"holds": "1", "fails": "0", "undecided": "0"})


@pytest.mark.parametrize("lines", CLAIMS.values(), ids=CLAIMS)
def test_the_claims_applied_here_are_proved(lines):
    """What the tests apply is itself accepted: no rejection below is for want of a certificate."""
    run(*lines)


def test_a_cover_of_one_box_is_accepted():
    """No rejection of such a cover below is for the way it is written."""
    check(whole("given t in [0, 1/2]", "given x in [t, 1]", "show 2 - x > 0"), {}, full=True)


TRUE = {
    "unfold": ("let q = z/x", "unfold u: q", "have a: q*x - z = 0 by u*x"),
    "unfold_one_of_two": ("let n, m = phi_pair(x, x)", "unfold u: m", "have a: m*(exp(1) - 1) - x*exp(1) = 0"),
    "unfold_of_equals": ("let p = x + z", "set q = z + x", "unfold u: q", "have a: p - x - z = 0", "show p - q = 0"),
    "unfold_of_a_name": ("let p = 3*x", "unfold u: p", "show u = 0"),
    "unfold_of_0": ("let p = z - z", "unfold u: p", "show p = 0"),
    "root_of_a_fact": ("given g", "assume h: z*z - x*x - g = 0", "let r = shifted_root(z, x, g)", "show r - z - x = 0"),
    "root_of_an_identity": ("let r = shifted_root(z, x, (z - x)*(z + x))", "show r - z - x = 0"),
    "root_of_a_definition": ("let g = z**2 - x**2", "let r = shifted_root(z, -x, g)", "show r + x - z = 0"),
    "applied_root": ("apply r: root(a=z, b=x, g=(z - x)*(z + x))", "show r = 0"),
    "zero_operands": ("show 0*(z/x) + (z - z) + 0/x = 0", "show z + (x - x)*z - z = 0", "show 0 - 0 = 0"),
    "signs": ("show x**3 + y*x > 0", "show (x + y)/x + z**2 > 0", "show -0 = 0", "show x*exp(z) - 0 > 0"),
    "child_shares_definitions": ("let s = x + y", "let q = y/s", "apply r: share(a=x, b=y)", "show 1 - q > 0"),
    "child_divides_by_what_is_known": ("apply r: ordered(a=x, b=x + y)", "show r > 0"),
}  # fmt: skip


@pytest.mark.parametrize("lines", TRUE.values(), ids=TRUE)
def test_true_steps_pass(lines):
    """Definitions unfold to what they are, roots need their gap, and an applied claim may use the caller's names."""
    run(*XYZ, *lines)


FALSE = {
    "unfold_of_a_variable": ("unfold u: x",),
    "unfold_of_a_fact": ("have h: x > 0", "unfold u: h"),
    "unfold_of_unfold": ("let q = z/x", "unfold u: q", "unfold v: u"),
    "unfold_of_nothing": ("unfold u: q",),
    "unfold_of_an_expression": ("let q = z/x", "unfold u: q + 0"),
    "unfold_without_a_name": ("let q = z/x", "unfold q"),
    "unfold_under_a_used_name": ("let q = z/x", "unfold z: q"),
    "unfold_to_something_else": ("let q = z/x", "unfold u: q", "have a: q*x - 2*z = 0 by u*x"),
    "unfold_is_not_positive": ("let q = z/x", "unfold u: q", "show u > 0"),
    "unfold_in_a_child": ("apply r: share(a=x, b=y)", "unfold u: w"),
    "name_of_a_child": ("apply r: share(a=x, b=y)", "show q >= 0"),
    "wrong_gap": ("let r = shifted_root(z, x, z**2 - x**2 + 1)",),
    "gap_of_unknown_size": ("given g", "let r = shifted_root(z, x, g)"),
    "gap_only_bounded": ("given g", "assume h: z**2 - x**2 - g >= 0", "let r = shifted_root(z, x, g)"),
    "gap_of_the_other_sign": ("given g", "assume h: x**2 - z**2 - g = 0", "let r = shifted_root(z, x, g)"),
    "gap_unknown_in_a_child": ("given g", "apply r: root(a=z, b=x, g=g)"),
    "zero_is_not_positive": ("show 0*x > 0",),
    "difference_is_not_positive": ("show x - x > 0",),
    "sum_is_not_positive": ("show exact_sum(x, -x) > 0",),
    "minus_minus": ("show --z > 0",),
    "odd_power": ("show z**3 + z**2*0 >= 0",),
    "weak_product": ("show x*y > 0",),
    "even_power_is_weak": ("show (z - x)**2 > 0",),
    "exp_minus_2": ("show exp(x) - 2 > 0",),
    "exp_minus_1_of_weak": ("show exp(y) - 1 > 0",),
    "exp_minus_1_of_minus": ("show exp(-x) - 1 > 0",),
    "weak_divisor": ("show x/(y*x) > 0",),
    "negative_divisor": ("show x/-2 + x > 0",),
    "vanishing_divisor": ("let s = x + z", "show 1/(s - x - z) + 1 > 0"),
    "divisor_zero_times": ("show 0*(1/z) = 0",),
    "pair_of_weak_temperature": ("let n, m = phi_pair(x, y)",),
    "child_against_its_sign": ("apply r: share(a=z, b=y)",),
    "child_at_a_weak_sign": ("apply r: share(a=y, b=y)",),
    "child_against_its_order": ("apply r: ordered(a=x, b=x - y)",),
    "child_at_0": ("apply r: ordered(a=0, b=0)",),
    "child_with_an_unknown_divisor": ("apply r: square(a=x/y, b=1)",),
    "child_with_a_pair": ("apply r: square(a=phi_pair(x, x), b=1)",),
    "one_case_of_two": ("apply r: above(a=z)",),
    "more_is_shown_than_known": ("assume h: z >= 0", "have q: z > 0"),
    "fact_scaled": ("assume h: z - 5 >= 0", "have q: z - 6 >= 0"),
    "reason_is_wrong": ("assume h: z >= 0", "have q: z - x >= 0 by h + x"),
    "too_many_terms": (*(f"given v{k}" for k in range(8)), f"let p = ({'+'.join(f'v{k}' for k in range(8))})**16"),
    "too_high_degree": ("show ((z**16)**16)**16*((z**16)**16)**16*(((z**16)**16)**16)**6 >= 0",),
}  # fmt: skip


@pytest.mark.parametrize("lines", FALSE.values(), ids=FALSE)
def test_what_does_not_follow_is_rejected(lines):
    """No sign, definition, gap or application gives more than is known."""
    with pytest.raises((Rejected, *MALFORMED)):
        run(*XYZ, *lines)


# ------------------------------------------------------------------------------------------ random statements
OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
OPERATIONS |= {ast.Pow: operator.pow}
MEANING = {"balance": tuple, "magnitude": lambda a: abs(a[0]), "exact_sum": sum, "standard_part": sum}


def exact(tree, values):
    """What an expression is worth, in rational arithmetic and read by nobody but this test."""
    match tree:
        case str():
            return exact(ast.parse(tree, mode="eval").body, values)
        case ast.Constant():
            return Fraction(tree.value)
        case ast.Name():
            return values[tree.id]
        case ast.UnaryOp():
            return -exact(tree.operand, values)
        case ast.BinOp():
            return OPERATIONS[type(tree.op)](exact(tree.left, values), exact(tree.right, values))
    return MEANING[tree.func.id]([exact(argument, values) for argument in tree.args])


def expressions(names, calls):
    """Expressions over names and small integers; sums and products more often than the rest."""
    leaf = st.one_of(st.sampled_from(names), st.integers(0, 3).map(str))
    forms = ["({0} + {1})", "{0}*{1}", "({0} - {1})", "({0})/({1})", "(-{0})", "(--{0})", "-({0} - {1})**3",
             "({0} + -{1})", "({0})**2", "exact_sum({0}, -{1}, {0})", *calls]  # fmt: skip

    def larger(smaller):
        return st.builds(lambda form, a, b: form.format(a, b), st.sampled_from(forms), smaller, smaller)

    return st.recursive(leaf, larger, max_leaves=4)


CALLS = ("standard_part({0})", "magnitude({0} - {1})", "exact_sum({0})")


@st.composite
def definitions(draw, variables, named, calls=()):
    """``let`` texts, each over the names before it."""
    names, lets = list(variables), []
    for name in draw(st.lists(st.sampled_from(named), max_size=3, unique=True)):
        a, b = draw(expressions(names, calls)), draw(expressions(names, calls))
        pair = bool(calls) and draw(st.booleans())
        lets.append(f"{name}, {name}_2 = balance({a}, {b})" if pair else f"{name} = {a}")
        names += [name, f"{name}_2"] if pair else [name]
    return lets, draw(expressions(names, calls))


def valued(lets, values):
    """The values with those of the definitions; points at which something is not defined are left out."""
    values = dict(values)
    try:
        for left, _, right in (text.partition(" = ") for text in lets):
            found = exact(right, values)
            values |= zip(left.split(", "), found if isinstance(found, tuple) else [found], strict=True)
    except ZeroDivisionError:
        assume(False)
    return values


def worth(expr, values):
    try:
        return exact(expr, values)
    except ZeroDivisionError:
        assume(False)


#: Names that a careless hand takes for each other, for constants, or for what the checker itself writes.
ALIKE = ("x", "x1", "x_1", "m1_2", "p")
small = rationals(-3, 3, 4)


@given(definitions(ALIKE[:3], (*ALIKE[3:], "xx", "X", "f", "values"), CALLS), st.tuples(small, small, small))
def test_compiled_statements_mean_what_they_say(statement, point):
    """Whatever is folded, put in or computed once: exact arithmetic agrees, and intervals contain the result."""
    lets, output = statement
    values = dict(zip(ALIKE, point, strict=False))
    outputs = [output, f"-({output}) + 1/3"]
    full = valued(lets, values)
    wanted = [worth(expr, full) for expr in outputs]
    assert compiled(lets, outputs)(Rationals)(values) == wanted
    found = compiled(lets, outputs)(Floats)({name: Floats.constant(value) for name, value in values.items()})
    assert all(x.lo <= value <= x.hi for x, value in zip(found, wanted, strict=True))


def test_numbers_are_folded_as_they_are_worth():
    """0, 1, signs and quotients next to a name do to it what they do in arithmetic, as numbers and as definitions."""
    forms = ("{n} + x", "x + {n}", "{n} - x", "x - {n}", "{n}*x", "x*{n}", "{n}/x", "x/({n} + 4)", "-{n}*x", "x - -{n}",
             "x + -({n} - x)", "x + -{n}**3", "--{n} + x", "-x**2*{n}", "({n} - 1)**2*x", "exact_sum(x, -{n}, 0, x)",
             "({n})**2 + x**1", "x - ({n} - (x - 1))", "x/(2/({n} + 4))", "({n} + 4)/3/x")  # fmt: skip
    texts = [form.format(n=n) for form in forms for n in ("0", "1", "2", "(0 - 1)", "(1/3)", "n0", "n1", "n_1", "m1_2")]
    lets = ["n0 = 1 - 1", "n1 = n0 + 1", "n_1 = -n1", "m1_2 = n_1/2", "y = m1_2*2 + x"]
    values = valued(lets, {"x": Fraction(3, 7)})
    assert compiled(lets, texts)(Rationals)({"x": Fraction(3, 7)}) == [exact(text, values) for text in texts]


@pytest.mark.parametrize("T", ["T", "2", "0", "T + 0", "1*T"])
def test_pairs_are_told_apart(T):
    """Two names for the results of one call, however often it is written, keep their order and their difference."""
    lets = [f"{pair} = phi_pair({x}, {T})" for pair, x in (("n, m", "x"), ("a, b", "x"), ("d, c", "-x"))]
    lets += ["k = 2", "e = m", "g = m"]
    point = {"x": Floats.constant(Fraction(1, 3)), "T": Floats.constant(Fraction(2))}
    found = compiled(lets, ["n - a", "m - b", "m - n - x", "c - n", "d - m", "e - g", "k - 2"])(Floats)(point)
    assert all(x.lo <= 0 <= x.hi and x.hi - x.lo < 1e-14 for x in found)


@given(definitions("xyz", ("p", "q", "s")), st.sampled_from([">", ">=", "="]), st.data())
def test_what_is_shown_is_true(statement, sign, data):
    """A relation that is accepted holds at every point; that of an accepted definition too."""
    (lets, expr), proof, known = statement, Proof({}), ["x", "y", "z"]
    proof.run(XYZ)
    lines = [f"let {text}" for text in lets] + [f"unfold u_{text[0]}: {text[0]}" for text in lets]
    try:
        proof.run(lines)
    except Rejected:
        assume(False)
    shown = [f"{expr} {sign} 0"]
    for name in [*known, *(text[0] for text in lets)]:
        shown += [f"{form} {sign} 0" for form in (name, f"exact_sum({name}, {expr})", f"({expr})*{name}")]
    accepted = [text for text in shown if _accepted(proof, f"show {text}")]
    point = {"x": data.draw(rationals(Fraction(1, 4), 3)), "y": data.draw(rationals(0, 3)), "z": data.draw(small)}
    full = valued(lets, point)
    for text in accepted:
        value = worth(relation(text)[0], full)
        assert value > 0 or (value == 0 and sign != ">") if sign != "=" else value == 0


def _accepted(proof, line):
    try:
        proof.run([line])
    except Rejected:
        return False
    return True


@given(definitions("xy", ("p", "q", "t")), expressions("xy", ()), st.sampled_from([">", ">=", "="]), st.data())
def test_boxes_are_decided_as_their_points_are(statement, factor, sign, data):
    """A decided box has no point, corners included, at which the claim is decided otherwise."""
    lets, expr = statement
    claim = f"({expr})*{factor} {sign} 0"
    lines = ["given x in [-1, 2]", "given y in (1/3, 1)", *(f"let {text}" for text in lets), f"show {claim}"]
    width = data.draw(st.sampled_from([Fraction(1, 8), Fraction(1, 2), Fraction(1)]))
    corner = [data.draw(st.integers(0, int(1 / width) - 1)) * width for _ in "xy"]
    x, y = (a + width * data.draw(rationals(0, 1, 8)) for a in corner)
    full = valued(lets, {"x": 3 * x - 1, "y": (1 + 2 * y) / 3})
    value = worth(relation(claim)[0], full)
    truth = value > 0 or (value == 0 and sign != ">") if sign != "=" else value == 0
    decided = Boxes(Statement(lines), Floats).decide(corner, [width, width])
    assert decided in (None, truth)


# -------------------------------------------------------------------- what was accepted once, and should not be
TURNED = "y - y**2 - 1"  # negative for every y
HOLES = {
    "either_divides_by_what_one_case_makes_positive": evidence("certificate", [
        "given y > 0", f"either r: above(a={TURNED}) or below(a={TURNED})", "have q: -r*(1 + y)**3 > 0",
        "have p: y**2 - y + 1 > 0 by ((2*y - 1)**2 + 3)/4", "have b: -1 > 0 by q/(p**2*(1 + y)**3)", "show -1 > 0"]),
    "two_spellings_of_one_name": evidence("certificate", ["given x > 0", "given \uff58", "show \uff58 > 0"]),
    "two_ranges_of_one_name": evidence("certificate", [
        "given x in [0, 1]", "given \uff58 in [5, 6]", "have h: x - 5 >= 0", "have b: -4 >= 0 by h + x_high",
        "show -4 >= 0"]),
    "two_spellings_in_a_witness": evidence(
        "witness", ["given fi > 0", "let \ufb01 = 0 - 1", "show fi > 0"], point={"fi": "1"}),
    "two_spellings_in_a_cover": whole("given \uff58 in [0, 1]", "given x in [5, 6]", "show \uff58 - 4 > 0"),
    "coordinate_named_like_a_variable": whole("given t_x in [0, 1/2]", "given x in [0, 1]", "show 3/5 - x > 0"),
    "coordinate_in_a_claim": whole("given x in [5, 6]", "show 2 - t_x > 0"),
    "coordinate_in_a_range": whole("given x in [t_x, 1]", "show 2 - x > 0"),
    "range_that_closes_a_bracket": whole("given x in [0) - (5, 1]", "show -x > 0"),
    "range_in_a_certificate_that_closes_a_bracket": evidence("certificate", [
        "given x in [0) + (5, 6]", "show x + 5 >= 0"]),
    "comment": evidence("certificate", ["given x > 0", "show x # - 5 > 0"]),
    "root_with_a_wrong_gap": evidence(
        "witness", ["given x in (0, 1]", "let r = shifted_root(5, -x, 0 - 1)", "show r > 0"], point={"x": "1"}),
    "negative_temperature": evidence(
        "witness", ["given x > 0", "let n, m = phi_pair(x, -x)", "show -n - x > 0"], point={"x": "1"}),
}  # fmt: skip


@pytest.mark.parametrize("item", HOLES.values(), ids=HOLES)
def test_what_is_false_is_rejected_in_every_disguise(item):
    """Neither names, nor ranges, nor cases, nor primitives out of their domain make a false statement hold."""
    with pytest.raises((Rejected, *MALFORMED)):
        check(item, LIBRARY, full=True)


UNDEFINED = {
    "root_of_what_is_negative": whole(
        "given x in [1, 2]", "let r = root_of_squares(-1, x, 1, x, -1/100, x)", "show r + 1 > 0"),
    "zero_times_what_is_undefined": whole("given x in [0, 1]", "show 0*(1/(x - x)) = 0"),
}  # fmt: skip


@pytest.mark.parametrize("item", UNDEFINED.values(), ids=UNDEFINED)
def test_what_may_be_undefined_is_rejected(item):
    """A claim about points at which a radicand or a divisor is out of its domain does not hold."""
    with pytest.raises((Rejected, *MALFORMED)):
        check(item, LIBRARY, full=True)


COLD = {
    "on_half_a_box": whole("given T in [-1, 1]", "let n, m = phi_pair(1, T)", "show n + 1 > 0"),
    "by_a_hair": evidence(
        "witness", ["given x > 0", "let T = x - (x + 1/10**10/10**10)", "let n, m = phi_pair(x, T)",
                    "show -n - x/2 > 0"], point={"x": "1"}),
}  # fmt: skip


@pytest.mark.parametrize("item", COLD.values(), ids=COLD)
def test_temperatures_below_0_count_as_0(item):
    """That is what phi_pair means there, so that rounding at T = 0 does no harm."""
    check(item, LIBRARY, full=True)


@pytest.mark.parametrize("lines", [["given x > 0", "let if = x", "show -x > 0"], [5]], ids=str)
def test_the_rest_is_checked_after_what_cannot_be_read(tmp_path, capsys, lines):
    """Evidence that is no statement at all is rejected, and the rest still checked."""
    good = {"claim": "good", "kind": "certificate", "lines": ["given x > 0", "show x > 0"]}
    bad = {"claim": "bad", "kind": "witness", "lines": lines, "point": {"x": "1"}}
    for name, item in (("a", bad), ("b", good)):
        (tmp_path / f"{name}.json").write_text(json.dumps(item))
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.endswith("1 of 2 hold\n")

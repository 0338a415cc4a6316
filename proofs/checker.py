"""Re-checks stored evidence with the Python standard library alone: ``python -m proofs.checker FOLDER [--full]``.

Evidence is JSON whose "lines" state and prove a claim in a language of one statement a line:

    given NAME [> 0 | >= 0 | in [LOW, HIGH]]   a variable; "(" and ")" exclude an end
    assume NAME: EXPR > 0                      (or >= 0, or = 0)
    let NAME, .. = EXPR                        a definition, in the words of the program that users run
    show EXPR > 0                              what is claimed of every point that satisfies all of the above

    exp NAME: Z                                the fact exp(Z) - 1 - Z >= 0
    set NAME = EXPR                            a definition for the proof alone
    unfold NAME: X                             the fact X - (the expression that defines X) = 0
    have NAME: EXPR > 0 [by EXPR]              the two are equal, and the second is visibly positive
    apply NAME: CLAIM(a=EXPR, ..)              another certificate's conclusion
    either NAME: CLAIM(..) or CLAIM(..)        the same from two, whose last assumptions are d >= 0 and -d >= 0

phi_pair(w, T) is (phi, phi + w) with phi = w/(exp(w/T) - 1), and max(-w, 0) for T = 0, as which T < 0 counts.

The only analytic facts are exp(z) >= 1 + z, exp(z) > 0, exp(x + y) = exp(x) exp(y), and exp(z) > 1 for z > 0. All else
is arithmetic of polynomials with rational coefficients ("certificate"), or of intervals with outward rounding: at one
rational point where a claim fails ("witness"), or on the boxes of a binary tree ("cover", only with --full).
"""

from __future__ import annotations

import ast
import hashlib
import json
import keyword
import operator
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache, reduce
from itertools import pairwise
from math import inf, isinf, isnan, ldexp, log, nextafter, prod, sqrt
from pathlib import Path
from typing import Any


class Rejected(Exception):
    """The evidence does not show what it claims."""


#: What evidence raises that lacks a part, or has a part of the wrong kind: rejected too.
MALFORMED = (KeyError, TypeError, ValueError, NameError, AttributeError, ArithmeticError, RecursionError, SyntaxError)


# ------------------------------------------------------------------------------------------------ language
#: Functions that expressions may call, with the numbers of arguments that they take.
PRIMITIVES: Mapping[str, Callable[[int], bool]] = {
    "exp": lambda n: n == 1,
    "log": lambda n: n == 1,
    "phi_pair": lambda n: n == 2,
    "exact_sum": lambda n: n >= 1,
    "balance": lambda n: n >= 2,
    "standard_part": lambda n: n == 1,
    "root_of_squares": lambda n: n >= 2 and n % 2 == 0,
    "shifted_root": lambda n: n == 3,
    "magnitude": lambda n: n == 1,
    "sorted_by": lambda n: n >= 4 and n % 2 == 0,
    "descending": lambda n: n >= 2,
    "positive_part": lambda n: n == 1,
}
#: Those with several results: they make a definition, and stand inside no other expression.
SEVERAL = ("phi_pair", "balance", "sorted_by", "descending")
#: Those that only say how to round: to numbers without rounding errors they do nothing, or add.
PLAIN = ("exact_sum", "balance", "standard_part")
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.Load)
LINE = re.compile(r"(given|assume|let|show|set|unfold|exp|have|apply|either) (.*)")
RELATION = re.compile(r"(.*\S) (>=|>|=) 0")
RANGE = re.compile(r"(\w+) in ([\[(])(.*), (.*)([\])])")


@cache
def parse(text: str) -> ast.expr:
    """An expression in integers, names, + - * / **, and calls of PRIMITIVES; anything else is rejected."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:  # ValueError: a null byte
        raise Rejected(f"not an expression: {text}") from error
    for node in ast.walk(tree):
        if not _is_allowed(node) or (_callee(node) in SEVERAL and node is not tree):
            raise Rejected(f"not allowed in an expression: {ast.unparse(node)}")
    return tree


def _is_allowed(node: ast.AST) -> bool:
    match node:
        case ast.Constant():
            return type(node.value) is int
        case ast.Call():
            plain = not node.keywords and not any(isinstance(argument, ast.Starred) for argument in node.args)
            return plain and _callee(node) in PRIMITIVES and PRIMITIVES[_callee(node)](len(node.args))
        case ast.BinOp(op=ast.Pow()):
            return _exponent(node.right)
    return isinstance(node, (*OPERATORS, ast.BinOp, ast.UnaryOp, ast.Name))


def names_in(expr: str) -> set[str]:
    """The names that an expression reads."""
    return {node.id for node in ast.walk(parse(expr)) if isinstance(node, ast.Name)} - set(PRIMITIVES)


def _callee(node: ast.AST) -> str:
    return getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""


def _exponent(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and 1 <= node.value <= 16


def is_name(text: str) -> bool:
    """Whether a variable, definition or fact may have this name."""
    return text.isidentifier() and not (text.startswith("_") or text in PRIMITIVES or keyword.iskeyword(text))


def relation(text: str) -> tuple[str, str]:
    """(expression, ">", ">=" or "=") of ``EXPR > 0``."""
    found = RELATION.fullmatch(text.strip())
    if not found:
        raise Rejected(f"not a relation to 0: {text}")
    return found[1], found[2]


def split_lines(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(first word, rest) of each line."""
    for line in lines:
        found = LINE.fullmatch(line)
        if not found or not line.isascii() or "#" in line:  # Python reads other letters as these, and no comments
            raise Rejected(f"not a line: {line}")
        yield found[1], found[2]


def definition(text: str) -> tuple[tuple[str, ...], str]:
    """(names, expression) of ``NAME, .. = EXPR``."""
    left, equal, right = text.partition(" = ")
    names = tuple(name.strip() for name in left.split(","))
    if not equal or not all(name.isidentifier() for name in names):
        raise Rejected(f"not a definition: {text}")
    return names, right


def application(call: str) -> tuple[str, dict[str, ast.expr]]:
    """(claim, expression by variable) of ``CLAIM(a=EXPR, ..)``."""
    try:
        tree = ast.parse(call.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise Rejected(f"not an application: {call}") from error
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name) or tree.args:
        raise Rejected(f"not an application: {call}")
    put = {word.arg: parse(ast.unparse(word.value)) for word in tree.keywords if word.arg}
    if len(put) != len(tree.keywords):
        raise Rejected(f"not an application: {call}")
    return tree.func.id, put


def variable(text: str) -> tuple[str, list[tuple[str, str]]]:
    """(name, [(expression, relation)]) of what follows ``given``."""
    ranged = RANGE.fullmatch(text)
    if ranged:
        name, left, low, high, right = ranged.groups()
        low, high = ast.unparse(parse(low)), ast.unparse(parse(high))
        return name, [
            (f"{name} - ({low})", ">" if left == "(" else ">="), (f"({high}) - {name}", ">" if right == ")" else ">=")
        ]  # fmt: skip
    if text.isidentifier():
        return text, []
    name, sign = relation(text)
    if not name.isidentifier():
        raise Rejected(f"not a variable: {text}")
    return name, [(name, sign)]


IMPLIES = {">": (">", ">="), ">=": (">=",), "=": ("=", ">="), None: ()}


# -------------------------------------------------------------------------------------- exact arithmetic
#: Products of terms in one product of polynomials: more than any derivation here needs, less than a second takes.
LARGEST = 200_000


class Poly:
    """A polynomial: {monomial: coefficient}, a monomial being an integer with 16 bits of exponent an atom."""

    __slots__ = ("degree", "key", "terms")

    def __init__(self, terms: dict[int, Any], degree: int):
        if degree >= 2**15:
            raise Rejected("a polynomial of too high degree")
        self.terms, self.degree, self.key = terms, degree, frozenset(terms.items())

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.key == other.key

    def __add__(self, other: Poly) -> Poly:
        terms = dict(self.terms)
        for monomial, c in other.terms.items():
            terms[monomial] = terms.get(monomial, 0) + c
            if not terms[monomial]:
                del terms[monomial]
        return Poly(terms, max(self.degree, other.degree))

    def __mul__(self, other: Poly) -> Poly:
        if len(self.terms) * len(other.terms) > LARGEST:
            raise Rejected("a product of too many terms: the derivation wants a smaller step")
        terms: dict[int, Any] = {}
        for m, c in self.terms.items():
            for n, d in other.terms.items():
                terms[m + n] = terms.get(m + n, 0) + c * d
        return Poly({m: c for m, c in terms.items() if c}, self.degree + other.degree)


ONE = Poly({0: 1}, 0)


@dataclass(frozen=True)
class Exact:
    """A rational function: a polynomial over a product of powers of polynomials that are positive."""

    num: Poly
    den: Mapping[Poly, int]

    @classmethod
    def constant(cls, value: Fraction | int) -> Exact:
        return cls(Poly({0: value} if value else {}, 0), {})

    def __add__(self, other: Exact) -> Exact:
        if self.is_zero or other.is_zero:
            return other if self.is_zero else self
        den = {f: max(self.den.get(f, 0), other.den.get(f, 0)) for f in (*self.den, *other.den)}
        return Exact(self._over(den) + other._over(den), den)

    def _over(self, den: Mapping[Poly, int]) -> Poly:
        missing = (f for f, power in den.items() for _ in range(power - self.den.get(f, 0)))
        return prod(missing, start=self.num)

    def __mul__(self, other: Exact) -> Exact:
        if self.is_zero or other.is_zero:
            return Exact.constant(0)
        den = {f: self.den.get(f, 0) + other.den.get(f, 0) for f in (*self.den, *other.den)}
        left, right = self.num, other.num
        if den.get(left) and left != ONE:
            left, den = ONE, _without(den, left)
        if den.get(right) and right != ONE:
            right, den = ONE, _without(den, right)
        return Exact(left * right, den)

    def __neg__(self) -> Exact:
        return self * Exact.constant(-1)

    def __sub__(self, other: Exact) -> Exact:
        return self + -other

    def __truediv__(self, other: Exact) -> Exact:
        if other.is_zero:
            raise Rejected("a division by 0")
        if other.num.degree == 0:
            inverse = Exact.constant(1 / Fraction(other.num.terms[0]))
        else:
            inverse = Exact(ONE, {other.num: 1})
        return self * inverse * Exact(prod((f for f, k in other.den.items() for _ in range(k)), start=ONE), {})

    def __pow__(self, n: int) -> Exact:
        return prod([self] * n, start=Exact.constant(1))

    @property
    def is_zero(self) -> bool:
        return not self.num.terms

    @property
    def key(self) -> Any:
        """Equal keys, equal functions."""
        return self.num, frozenset(self.den.items())


class Proof:
    """The state of a derivation: what names stand for, their signs, and what has been shown."""

    def __init__(self, library: Mapping[str, Evidence], parent: Proof | None = None):
        self.library = library
        self.atoms: dict[Any, int] = parent.atoms if parent else {}
        self.atom_signs: dict[int, str | None] = parent.atom_signs if parent else {}
        self.lets: dict[int, Exact] = parent.lets if parent else {}
        self.full: dict[int, Exact] = parent.full if parent else {}
        self.defined: dict[Any, Exact] = parent.defined if parent else {}
        self.is_child = parent is not None
        self.requires = parent is None  # whether divisors must be known to be positive
        self.names: dict[str, Exact] = {}
        self.bodies: dict[str, Exact] = {}  # the expressions that definitions stand for
        self.signs: dict[str, str | None] = {}
        self.facts: list[tuple[Exact, str]] = []

    def atom(self, key: Any, sign: str | None) -> Exact:
        """The polynomial that is one atom: a variable, a definition, or exp of half a monomial."""
        place = self.atoms.setdefault(key, len(self.atoms))
        self.atom_signs[place] = sign
        return Exact(Poly({1 << 16 * place: 1}, 1), {})

    # --- values and the signs that show in their form
    def read(self, tree: ast.expr) -> tuple[Any, str | None]:
        """The rational function that an expression is, definitions as atoms of their own, and its visible sign.

        Visible: constants; names of known sign; sums, products, quotients and even powers of such; exp(z); exp(z) - 1
        where z > 0. Every divisor must be known to be positive.
        """
        match tree:
            case ast.Constant():
                number = _integer(tree)
                return Exact.constant(number), ">" if number > 0 else "=" if number == 0 else None
            case ast.Name():
                if tree.id not in self.names:
                    raise Rejected(f"unknown name {tree.id}")
                return self.names[tree.id], self.signs[tree.id]
            case ast.UnaryOp():
                value, sign = self.read(tree.operand)
                return -value, "=" if sign == "=" else None
            case ast.BinOp(op=ast.Pow()):
                value, sign = self.read(tree.left)
                power = tree.right.value  # type: ignore[attr-defined]
                return value**power, sign or (">=" if power % 2 == 0 else None)
            case ast.BinOp():
                return self._operation(tree, *self.read(tree.left), *self.read(tree.right))
            case ast.Call(func=ast.Name(id=name)):
                return self._call(name, tree.args)
        raise Rejected(f"no exact meaning: {ast.unparse(tree)}")

    def _operation(self, tree: ast.BinOp, a: Exact, s: str | None, b: Exact, t: str | None) -> tuple[Exact, str | None]:
        match tree.op:
            case ast.Add():
                return a + b, _sum(s, t)
            case ast.Mult():
                return a * b, _product(s, t)
            case ast.Div():
                self._require_positive(tree.right, b, t)
                return a / b, s
        if _callee(tree.left) == "exp" and isinstance(tree.right, ast.Constant) and _integer(tree.right) == 1:
            _, above = self.read(tree.left.args[0])  # type: ignore[attr-defined]
            return a - b, ">" if above == ">" else None
        return a - b, s if t == "=" else None

    def _call(self, name: str, arguments: Sequence[ast.expr]) -> tuple[Any, str | None]:
        (first, sign), *others = map(self.read, arguments)
        match name:
            case "exp":
                return self.exp(first), ">"
            case "log":  # one atom for each argument, of which nothing else is known
                self._require_positive(arguments[0], first, sign)
                return self.atom(("log", self.unfolded(first).key), None), None
            case "positive_part":
                if self.sign(first, sign, deep=True) not in IMPLIES[">="]:
                    raise Rejected(f"not known to be 0 or more: {ast.unparse(arguments[0])}")
                return first, ">="
            case "exact_sum":
                return sum((value for value, _ in others), start=first), None
            case "balance":
                return (first, *(value for value, _ in others)), None
            case "standard_part":
                return first, sign
            case "shifted_root":  # alpha + x, with alpha^2 - x^2 = gap for its other form
                (x, _), (gap, _) = others
                if self._known(first * first - x * x - gap) != "=":
                    raise Rejected(f"the gap is not known to be the difference of squares: {ast.unparse(arguments[2])}")
                return first + x, None
            case "phi_pair":
                ((T, warm),) = others
                self._require_positive(arguments[0], first, sign)
                if T.is_zero:
                    return (Exact.constant(0), first), None
                self._require_positive(arguments[1], T, warm)
                x = self.exp(first / T)
                low = first / (x - Exact.constant(1))
                return (low, low * x), None
        raise Rejected(f"no exact meaning: {name}")

    def _require_positive(self, tree: ast.expr, value: Exact, sign: str | None) -> None:
        """In another claim's statement, whose assumptions hold, nothing is required again."""
        if self.requires and self.sign(value, sign) != ">":
            raise Rejected(f"not known to be positive: {ast.unparse(tree)}")

    def value(self, text: str) -> Any:
        """The rational function that an expression is."""
        return self.read(parse(text))[0]

    def exp(self, argument: Exact) -> Exact:
        """exp of a Laurent polynomial c m + ..: a product of powers of atoms exp(m/2)."""
        argument = self.unfolded(argument)
        if any(len(factor.terms) != 1 for factor in argument.den):
            raise Rejected("exp of an argument that is no sum of monomials")
        (below, divisor), *_ = prod((f for f, k in argument.den.items() for _ in range(k)), start=ONE).terms.items()
        result = Exact.constant(1)
        for monomial, c in argument.num.terms.items():
            twice = 2 * Fraction(c) / divisor
            if twice.denominator != 1:
                raise Rejected(f"exp of {c}/{divisor} times a monomial: only multiples of 1/2")
            power = self.atom(("exp", _quotient(monomial, below)), ">") ** abs(int(twice))
            result = result * power if twice > 0 else result / power
        return result

    def unfolded(self, value: Exact) -> Exact:
        """The value with every definition put in."""
        result = self._unfolded(value.num)
        for factor, power in value.den.items():
            result = result / self._unfolded(factor) ** power
        return result

    def _unfolded(self, polynomial: Poly) -> Exact:
        parts: dict[tuple[tuple[int, int], ...], dict[int, Any]] = {}  # by the powers of what is replaced
        for monomial, c in polynomial.terms.items():
            powers = tuple((k, monomial >> 16 * k & 0xFFFF) for k in _places(monomial) if k in self.lets)
            parts.setdefault(powers, {})[monomial - sum(power << 16 * k for k, power in powers)] = c
        total = Exact.constant(0)
        for powers, part in parts.items():
            term = Exact(Poly(part, polynomial.degree), {})
            for place, power in powers:
                if place not in self.full:
                    self.full[place] = self.unfolded(self.lets[place])
                term = term * self.full[place] ** power
            total = total + term
        return total

    def vanishes(self, value: Exact) -> bool:
        """Whether the value is identically 0, as it stands or with every definition put in."""
        return value.is_zero or self.unfolded(Exact(value.num, {})).is_zero

    # --- signs
    def sign(self, value: Exact, seen: str | None, deep: bool = False) -> str | None:
        """The sign seen in the form, or in the coefficients, or that of a fact; ``deep``: or after unfolding all."""
        found = (self._visible(value) or seen) if seen in (None, ">=") else seen
        return self._visible(self.unfolded(value), deep) if deep and not found else found

    def _known(self, value: Exact) -> str | None:
        """The sign of a value alone, by coefficients or facts."""
        return self._visible(value) or self._visible(self.unfolded(value), deep=True)

    def _visible(self, value: Exact, deep: bool = False) -> str | None:
        """The sign by coefficients, or that of a fact that is the same function; ``deep``: of unfolded ones."""
        found = self._coefficients(value)
        facts = ((self.unfolded(fact) if deep else fact, sign) for fact, sign in (() if found else self.facts))
        same = {sign for known, sign in facts if known.key == value.key}
        return found or next((sign for sign in (">", "=", ">=") if sign in same), None)

    def _coefficients(self, value: Exact) -> str | None:
        """ ">" or ">=" where every coefficient is positive and every atom has a sign."""
        total = None if value.num.terms else "="
        for monomial, c in value.num.terms.items():
            signs = [self.atom_signs[place] for place in _places(monomial)]
            if c < 0 or any(sign not in (">", ">=") for sign in signs):
                return None
            total = ">" if total == ">" or all(sign == ">" for sign in signs) else ">="
        return total

    # --- lines
    def run(self, lines: Sequence[str]) -> None:
        """Check every line in order."""
        for kind, text in split_lines(lines):
            getattr(self, f"_{kind}")(text)

    def _new(self, name: str, value: Exact, sign: str | None) -> None:
        if name in self.names or not is_name(name):
            raise Rejected(f"defined twice, or not a name: {name}")
        self.names[name], self.signs[name] = value, sign

    def _given(self, text: str) -> None:
        name, conditions = variable(text)
        own = dict(conditions).get(name)
        self._new(name, self.atom(name, own), own)
        for place, (expr, sign) in enumerate(conditions):
            if expr != name:
                self._remember(f"{name}_{('low', 'high')[place]}", self.value(expr), sign)

    def _remember(self, name: str, value: Exact, sign: str) -> None:
        self._new(name, value, sign)
        self.facts.append((value, sign))

    def _assume(self, text: str) -> None:
        name, _, claim = text.partition(": ")
        expr, sign = relation(claim)
        self._remember(name, self.value(expr), sign)

    def _let(self, text: str) -> None:
        names, expr = definition(text)
        found, seen = self.read(parse(expr))
        values = found if isinstance(found, tuple) else (found,)
        if len(values) != len(names):
            raise Rejected(f"{len(names)} names for {len(values)} values: {text}")
        for name, value in zip(names, values, strict=True):
            sign = self.sign(value, seen) if value is found else self._coefficients(value)
            if sign is None and expr.startswith("phi_pair("):
                sign = ">"  # both are positive at positive frequency and temperature, which value() has checked
            short = value.is_zero or (value.num.degree <= 1 and len(value.num.terms) == 1 and not value.den)
            if not (self.is_child or value.key in self.defined or short):
                self.lets[len(self.atoms)] = value
                self.defined[value.key] = self.atom(name, sign)
            self._new(name, self.defined.get(value.key, value), sign)  # equal definitions are one
            self.bodies[name] = value

    _set = _let

    def _unfold(self, text: str) -> None:
        name, _, defined = text.partition(": ")
        if defined not in self.bodies:
            raise Rejected(f"nothing defines {defined}")
        self._remember(name, self.names[defined] - self.bodies[defined], "=")

    def _exp(self, text: str) -> None:
        name, _, expr = text.partition(": ")
        z = self.value(expr)
        self._remember(name, self.exp(z) - Exact.constant(1) - z, ">=")

    def _have(self, text: str) -> None:
        name, _, claim = text.partition(": ")
        claim, by, reason = claim.partition(" by ")
        expr, sign = relation(claim)
        value, shown = self.read(parse(expr))
        if by:
            other, shown = self.read(parse(reason))
            if not self.vanishes(value - other):
                raise Rejected(f"not equal: {expr} and {reason}")
        else:
            shown = self.sign(value, shown, deep=True)
        if sign not in IMPLIES[shown]:
            raise Rejected(f"not shown: {claim}")
        self._remember(name, value, sign)
        if expr in self.atoms:
            self.signs[expr] = self.atom_signs[self.atoms[expr]] = sign

    def _apply(self, text: str) -> None:
        name, _, call = text.partition(": ")
        missing, shown = self._instance(call)
        if missing:
            raise Rejected(f"an assumption of {call} is not known")
        self._conclude(name, shown)

    def _conclude(self, name: str, shown: Sequence[tuple[Exact, str]]) -> None:
        for place, (value, sign) in enumerate(shown, start=1):
            self._remember(name if len(shown) == 1 else f"{name}_{place}", value, sign)

    def _either(self, text: str) -> None:
        name, _, calls = text.partition(": ")
        # A divisor that one case makes positive need not be so in the other: here they are required to be.
        instances = [self._instance(call, requires=True) for call in calls.split(" or ")]
        if len(instances) != 2:
            raise Rejected(f"not two cases: {calls}")
        (missing, shown), (others, also) = instances
        opposite = len(missing) == len(others) == 1 and missing[0][1] == others[0][1] == ">="
        if not opposite or not self.vanishes(missing[0][0] + others[0][0]):
            raise Rejected(f"no two opposite cases: {calls}")
        same = len(shown) == len(also) and all(
            s == t and self.vanishes(a - b) for (a, s), (b, t) in zip(shown, also, strict=True)
        )
        if not same:
            raise Rejected(f"the cases conclude differently: {calls}")
        self._conclude(name, shown)

    def _instance(self, call: str, requires: bool = False) -> tuple[list[tuple[Exact, str]], list[tuple[Exact, str]]]:
        """(assumptions that are not known here, conclusions) of another claim with expressions for its variables."""
        claim, put = application(call)
        if claim not in self.library:
            raise Rejected(f"no certificate of {claim}")
        lines = list(split_lines(self.library[claim].lines))
        if set(put) != {variable(text)[0] for kind, text in lines if kind == "given"}:
            raise Rejected(f"{call}: its variables are others")
        child, missing, shown = Proof(self.library, self), [], []
        child.requires = requires
        for kind, text in lines:
            if kind == "given":
                name, conditions = variable(text)
                value, seen = self.read(put[name])
                child._new(name, value, self.sign(value, seen))
                needed = conditions
            elif kind == "let":
                child._let(text)
                continue
            elif kind in ("assume", "show"):
                needed = [relation(text.partition(": ")[2] if kind == "assume" else text)]
            else:
                continue
            for expr, sign in needed:
                value = child.value(expr)
                if kind == "show":
                    shown.append((value, sign))
                    continue
                known = self.sign(*self.read(put[expr]), deep=True) if kind == "given" and expr in put else None
                if sign not in IMPLIES[known or self._known(value)]:
                    missing.append((value, sign))
        return missing, shown

    def _show(self, text: str) -> None:
        expr, sign = relation(text)
        if sign not in IMPLIES[self.sign(*self.read(parse(expr)), deep=True)]:
            raise Rejected(f"not shown: {text}")


def _without(den: Mapping[Poly, int], factor: Poly) -> dict[Poly, int]:
    return {f: power - (f == factor) for f, power in den.items() if power > (f == factor)}


def _integer(tree: ast.Constant) -> int:
    return int(tree.value)  # type: ignore[arg-type]  # parse() lets nothing else pass


def _places(monomial: int) -> Iterator[int]:
    place = 0
    while monomial:
        if monomial & 0xFFFF:
            yield place
        monomial >>= 16
        place += 1


def _quotient(above: int, below: int) -> tuple[tuple[int, int], ...]:
    """The exponents of a quotient of monomials, negative ones included."""
    powers = {place: above >> 16 * place & 0xFFFF for place in _places(above)}
    for place in _places(below):
        powers[place] = powers.get(place, 0) - (below >> 16 * place & 0xFFFF)
    return tuple(sorted((place, power) for place, power in powers.items() if power))


def _sum(a: str | None, b: str | None) -> str | None:
    if None in (a, b):
        return None
    return ">" if ">" in (a, b) else ">=" if ">=" in (a, b) else "="


def _product(a: str | None, b: str | None) -> str | None:
    if "=" in (a, b):
        return "="
    return None if None in (a, b) else ">" if a == b == ">" else ">="


# ----------------------------------------------------------------------------------- interval arithmetic
def down(x: float) -> float:
    """A float below what x was rounded from."""
    return nextafter(x, -inf)


def up(x: float) -> float:
    """A float above what x was rounded from."""
    return nextafter(x, inf)


class Interval:
    """[lo, hi] that contains the exact result; floats are IEEE doubles, rounded outward after each operation."""

    __slots__ = ("hi", "lo")

    def __init__(self, lo: float, hi: float):
        self.lo, self.hi = (-inf, inf) if isnan(lo) or isnan(hi) else (lo, hi)

    def __add__(self, other: Interval) -> Interval:
        return Interval(nextafter(self.lo + other.lo, -inf), nextafter(self.hi + other.hi, inf))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(nextafter(self.lo - other.hi, -inf), nextafter(self.hi - other.lo, inf))

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo)

    def __mul__(self, other: Interval) -> Interval:
        if self.lo >= 0 and other.lo >= 0:
            return Interval(max(0.0, nextafter(self.lo * other.lo, -inf)), nextafter(self.hi * other.hi, inf))
        ends = (self.lo * other.lo, self.lo * other.hi, self.hi * other.lo, self.hi * other.hi)
        if any(map(isnan, ends)):
            return Interval(-inf, inf)
        return Interval(down(min(ends)), up(max(ends)))

    def __truediv__(self, other: Interval) -> Interval:
        if other.lo <= 0 <= other.hi:
            return Interval(-inf, inf)
        if self.lo >= 0 and other.lo > 0:
            return Interval(max(0.0, nextafter(self.lo / other.hi, -inf)), nextafter(self.hi / other.lo, inf))
        ends = (self.lo / other.lo, self.lo / other.hi, self.hi / other.lo, self.hi / other.hi)
        return Interval(-inf, inf) if any(map(isnan, ends)) else Interval(down(min(ends)), up(max(ends)))

    def __pow__(self, n: int) -> Interval:
        power = prod([abs(self)] * n, start=Interval(1.0, 1.0))
        return power if n % 2 == 0 or self.lo >= 0 else prod([self] * (n - 1), start=self)

    def __abs__(self) -> Interval:
        if self.lo >= 0:
            return self
        return -self if self.hi <= 0 else Interval(0.0, max(-self.lo, self.hi))


BITS = 80  # of the fixed-point exponential, in units of 2^-BITS
MORE = 16  # bits of ln 2 beyond: |n| < 2^11 multiples of it are then right to one unit
LN2 = sum((1 << BITS + MORE + 40) // (k << k) for k in range(1, 160)) >> 40  # ln 2 = sum over k of 2^-k / k
SLACK = 64  # units: the argument is off by at most 3, each of 25 terms by at most 1.6 (|r| < 0.36), the rest is below 1
HUGE = 700.0


def fixed_exp(x: float) -> tuple[int, int]:
    """(s, n) with |exp(x) - s 2^(n - BITS)| <= SLACK 2^(n - BITS), for |x| <= HUGE."""
    above, below = x.as_integer_ratio()
    scaled = (above << BITS + MORE) // below
    n = (2 * scaled + LN2) // (2 * LN2)
    r = scaled - n * LN2 >> MORE
    term = total = 1 << BITS
    for k in range(1, 26):
        term = (term * r >> BITS) // k
        total += term
    return total, n


def exp_bounds(x: float) -> tuple[float, float]:
    """Floats below and above exp(x)."""
    if abs(x) > HUGE:
        return (1e304, inf) if x > 0 else (0.0, 1e-304)  # exp(700) = 1.01e304
    s, n = fixed_exp(x)
    return down(ldexp(s - SLACK, n - BITS)), up(ldexp(s + SLACK, n - BITS))


def log_bounds(x: float) -> tuple[float, float]:
    """Floats below and above ln(x) for x >= 0: guesses that the bounds of exp confirm."""
    if not 1e-300 < x < 1e300:
        return (-inf, -690.0) if x <= 1e-300 else (690.0, inf)  # ln(1e300) = 690.8
    step = 2.0**-50 * max(1.0, abs(log(x)))
    low, high = log(x) - step, log(x) + step
    while exp_bounds(low)[1] > x or exp_bounds(high)[0] < x:
        low, high = low - step, high + step
    return low, high


def bernoulli(x: float) -> tuple[float, float]:
    """Floats below and above b(x) = x/(e^x - 1) for x >= 0; b decreases, and 1 - x/2 <= b(x) <= 1 - x/2 + x^2/12."""
    if x < 2.0**-20:
        return down(1 - x / 2), up(up(1 - x / 2) + x * x / 8)
    if x > HUGE:
        return 0.0, 1e-300
    s, n = fixed_exp(x)
    above, below = x.as_integer_ratio()
    lo, hi = ((s + slack << n) - (1 << BITS) for slack in (SLACK, -SLACK))
    return max(0.0, down((above << BITS) / (below * lo))), up((above << BITS) / (below * hi))


def phi_point(omega: float, T: float) -> tuple[float, float]:
    """Floats below and above phi(omega, T) = omega/(e^(omega/T) - 1), which is max(-omega, 0) at T = 0."""
    if T <= 0:
        lo = hi = 0.0
    else:
        x = abs(omega) / T
        lo, hi = max(0.0, down(T * bernoulli(up(x))[0])), up(T * bernoulli(max(0.0, down(x)))[1])
    return (lo, hi) if omega >= 0 else (down(lo - omega), up(hi - omega))


def slope(x: float) -> tuple[float, float]:
    """Floats below and above b'(x) = b(x) (1 - b(-x))/x for x >= 0; b' increases from -1/2 to 0."""
    if x < 2.0**-10:
        return -0.5 + x / 6 - 1e-8, -0.5 + x / 6 + 1e-8  # the next term is x^3/180
    if x > HUGE:
        return -1e-300, 0.0
    b = Interval(*bernoulli(x))
    found = b * (Interval(1.0, 1.0) - b - Interval(x, x)) / Interval(x, x)
    return max(found.lo, -0.5), min(found.hi, 0.0)


class Floats:
    """The primitives on intervals of floats. Temperatures are >= 0, whatever rounding says."""

    @staticmethod
    def constant(value: Fraction) -> Interval:
        nearest = value.numerator / value.denominator
        exact = nearest == value
        return Interval(nearest if exact else down(nearest), nearest if exact else up(nearest))

    @staticmethod
    def between(low: Interval, high: Interval) -> Interval:
        return Interval(low.lo, high.hi)

    @staticmethod
    def bounds(x: Interval) -> tuple[float, float]:
        return x.lo, x.hi

    @staticmethod
    def phi_pair(omega: Interval, T: Interval) -> tuple[Interval, Interval]:
        """phi decreases in omega and increases in T."""
        if T.hi < 0:
            raise Rejected("a negative temperature")
        cold, hot = max(T.lo, 0.0), max(T.hi, 0.0)
        pairs = ((omega.hi, omega.lo), (-omega.lo, -omega.hi))
        if isnan(cold) or inf in (omega.hi, -omega.lo, hot):
            return Interval(0.0, inf), Interval(0.0, inf)
        first, second = (Interval(phi_point(last, cold)[0], phi_point(low, hot)[1]) for last, low in pairs)
        return first, second

    @staticmethod
    def phi_slopes(omega: Interval, T: Interval) -> tuple[Interval, Interval]:
        """The derivatives of phi(omega, T): b'(x) by omega, b(x) b(-x) by T, with x = omega/T.

        b' increases, b'(-x) = -1 - b'(x); b(x) b(-x) = b(x)(b(x) + x) is even and decreases in |x|.
        """
        ends = (
            down(_ratio(omega.lo, T.hi if omega.lo >= 0 else T.lo)),
            up(_ratio(omega.hi, T.lo if omega.hi >= 0 else T.hi)),
        )
        first, last = (slope(abs(x)) if x >= 0 else tuple(-1 - s for s in reversed(slope(abs(x)))) for x in ends)
        near = 0.0 if ends[0] <= 0 <= ends[1] else down(min(map(abs, ends)))
        far = up(max(map(abs, ends)))
        b, c = bernoulli(max(near, 0.0))[1], bernoulli(far)[0]
        by_T = Interval(0.0 if far > HUGE else max(0.0, down(c * down(c + far))), min(1.0, up(b * up(b + near))))
        return Interval(down(first[0]), up(last[1])), by_T

    @staticmethod
    def sqrt(x: Interval) -> Interval:
        if x.lo < -1e-300:  # below 0 by more than rounding
            raise Rejected("a root of what may be negative")
        return Interval(max(0.0, down(sqrt(max(x.lo, 0.0)))), up(sqrt(x.hi)))

    @staticmethod
    def root_of_squares(*parts: Interval) -> Interval:
        squares = [c * x**2 for c, x in zip(parts[::2], parts[1::2], strict=True)]
        return Floats.sqrt(sum(squares[1:], start=squares[0]))

    @staticmethod
    def shifted_root(alpha: Interval, x: Interval, gap: Interval) -> Interval:
        """alpha + x; the gap serves arithmetics that must not cancel, and nothing here says that it is right."""
        return alpha + x

    @staticmethod
    def exp(x: Interval) -> Interval:
        return Interval(exp_bounds(x.lo)[0], exp_bounds(x.hi)[1])

    @staticmethod
    def log(x: Interval) -> Interval:
        if x.lo < -1e-300:  # below 0 by more than rounding
            raise Rejected("a logarithm of what may be negative")
        return Interval(log_bounds(max(x.lo, 0.0))[0], log_bounds(max(x.hi, 0.0))[1])

    @staticmethod
    def magnitude(x: Interval) -> Interval:
        return abs(x)

    @staticmethod
    def positive_part(x: Interval) -> Interval:
        return Interval(max(x.lo, 0.0), max(x.hi, 0.0))

    @staticmethod
    def descending(*values: Interval) -> list[Interval]:
        """The k-th largest lies between the k-th largest lower and upper ends."""
        ends = (sorted((getattr(x, end) for x in values), reverse=True) for end in ("lo", "hi"))
        return [Interval(lo, hi) for lo, hi in zip(*ends, strict=True)]

    @staticmethod
    def sorted_by(*keys_and_values: Interval) -> list[Interval]:
        half = len(keys_and_values) // 2
        keys, values = keys_and_values[:half], keys_and_values[half:]
        order = sorted(range(half), key=lambda i: keys[i].lo)
        if any(keys[i].hi > keys[j].lo for i, j in pairwise(order)):
            raise Rejected("the order of the energies is not certain")
        return [keys[i] for i in order] + [values[i] for i in order]


def _ratio(omega: float, T: float) -> float:
    if omega == 0:
        return 0.0
    return omega / T if T > 0 else inf if omega > 0 else -inf


class Dual:
    """A value and its derivatives by the coordinates of a box, in any arithmetic ``base``."""

    __slots__ = ("slopes", "value")

    def __init__(self, value: Any, slopes: tuple[Any, ...]):
        self.value, self.slopes = value, slopes

    def _with(self, value: Any, change: Callable[..., Any], other: Dual) -> Dual:
        return Dual(value, tuple(map(change, self.slopes, other.slopes)))

    def __add__(self, other: Dual) -> Dual:
        return self._with(self.value + other.value, lambda a, b: a + b, other)

    def __sub__(self, other: Dual) -> Dual:
        return self._with(self.value - other.value, lambda a, b: a - b, other)

    def __neg__(self) -> Dual:
        return Dual(-self.value, tuple(-a for a in self.slopes))

    def __mul__(self, other: Dual) -> Dual:
        x, y = self.value, other.value
        return self._with(x * y, lambda a, b: a * y + b * x, other)

    def __truediv__(self, other: Dual) -> Dual:
        y = other.value
        ratio = self.value / y
        return self._with(ratio, lambda a, b: (a - ratio * b) / y, other)

    def __pow__(self, n: int) -> Dual:
        result = prod([self] * (n - 1), start=self)
        return Dual(self.value**n, result.slopes)


class Duals:
    """The primitives on values with derivatives, over the arithmetic ``base``."""

    def __init__(self, base: Any, coordinates: int):
        self.base, self.coordinates = base, coordinates

    def constant(self, value: Fraction) -> Dual:
        zero = self.base.constant(Fraction(0))
        return Dual(self.base.constant(value), (zero,) * self.coordinates)

    def phi_pair(self, omega: Dual, T: Dual) -> tuple[Dual, Dual]:
        low, high = self.base.phi_pair(omega.value, T.value)
        by_omega, by_T = self.base.phi_slopes(omega.value, T.value)
        slopes = tuple(by_omega * a + by_T * b for a, b in zip(omega.slopes, T.slopes, strict=True))
        return Dual(low, slopes), Dual(high, tuple(s + a for s, a in zip(slopes, omega.slopes, strict=True)))

    def shifted_root(self, alpha: Dual, x: Dual, gap: Dual) -> Dual:
        return alpha + x

    def root_of_squares(self, *parts: Dual) -> Dual:
        squares = [c * x**2 for c, x in zip(parts[::2], parts[1::2], strict=True)]
        total = sum(squares[1:], start=squares[0])
        root = self.base.sqrt(total.value)
        return Dual(root, tuple(a / (root + root) for a in total.slopes))


# ------------------------------------------------------------------------------------ numerical meaning
#: What numbers are computed with before any arithmetic is chosen.
EXACTLY: Mapping[type, Callable[[Fraction, Any], Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}  # fmt: skip


class _Numbers(ast.NodeTransformer):
    """Rational numbers become constants of an arithmetic, primitives its methods; known numbers are put in."""

    def __init__(self) -> None:
        self.constants: dict[str, Fraction] = {}
        self.known: dict[str, Fraction] = {}  # definitions that are numbers
        self.methods: set[str] = set()

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return self._constant(Fraction(_integer(node)))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._constant(self.known[node.id]) if node.id in self.known else node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        operand: ast.expr = self.visit(node.operand)
        number = self.number(operand)
        return ast.UnaryOp(node.op, operand) if number is None else self._constant(-number)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        op, left = type(node.op), self.read(node.left)
        right = node.right if isinstance(node.op, ast.Pow) else self.read(node.right)
        a, b = self.number(left), right.value if isinstance(right, ast.Constant) else self.number(right)
        if a is not None and b is not None:
            return self._constant(EXACTLY[op](a, b))
        if (op is ast.Mult and a == 1) or (op is ast.Add and a == 0):
            return right
        if (op in (ast.Mult, ast.Div) and b == 1) or (op in (ast.Add, ast.Sub) and b == 0):
            return left
        if op is ast.Add and isinstance(right, ast.UnaryOp):
            return ast.BinOp(left, ast.Sub(), right.operand)
        return ast.BinOp(left, node.op, right)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = _callee(node)
        if name == "exact_sum":
            return self.read(reduce(lambda total, term: ast.BinOp(total, ast.Add(), term), node.args))
        arguments = ", ".join(ast.unparse(self.read(argument)) for argument in node.args)
        function = "" if name in PLAIN else f"_{name}"
        self.methods |= {name} if function else set()
        return ast.parse(f"{function}({arguments})", mode="eval").body

    def number(self, node: ast.AST) -> Fraction | None:
        return self.constants.get(node.id) if isinstance(node, ast.Name) else None

    def _constant(self, value: Fraction) -> ast.Name:
        name = f"_{value.numerator}_{value.denominator}".replace("-", "m")
        self.constants[name] = value
        return ast.Name(name, ast.Load())

    def read(self, tree: ast.expr) -> ast.expr:
        """The expression with all this put in; the given tree stays as it is."""
        found: ast.expr = self.visit(tree)
        return found


Bind = Callable[[Any], Callable[[Mapping[str, Any]], list[Any]]]


def compiled(lets: Sequence[str], outputs: Sequence[str]) -> Bind:
    """From definitions and wanted expressions to a function of an arithmetic, which gives a function of the variables.

    Names start with no underscore; those that neither definitions nor variables explain raise ``NameError``.
    """
    return _compiled(tuple(lets), tuple(outputs))


@lru_cache(maxsize=64)  # a search asks for the same statement at thousands of points
def _compiled(lets: tuple[str, ...], outputs: tuple[str, ...]) -> Bind:
    numbers, body, first = _Numbers(), [], dict[str, str]()
    for names, expr in map(definition, lets):
        tree = numbers.read(parse(expr))
        number, text = numbers.number(tree), ast.unparse(tree)
        if number is not None and len(names) == 1:
            numbers.known[names[0]] = number
        # What was computed before under another name is not computed again.
        body.append(f"{', '.join(names)} = {first.get(text, text)}")
        first.setdefault(text, ", ".join(names))
    defined = {name for names, _ in map(definition, lets) for name in names}
    used = {name for expr in (*(definition(let)[1] for let in lets), *outputs) for name in names_in(expr)}
    variables = sorted(used - defined)
    if any(name.startswith("_") for name in used | defined):
        raise Rejected("names do not start with an underscore")
    wanted = ", ".join(ast.unparse(numbers.read(parse(expr))) for expr in outputs)
    methods = sorted(numbers.methods)
    source = "\n".join(
        [f"def _f({', '.join(['_p', *numbers.constants, *(f'_{name}' for name in methods)])}):",
         *(f"    {name} = _p[{name!r}]" for name in variables), *("    " + line for line in body),
         f"    return [{wanted}]"]
    )  # fmt: skip
    space: dict[str, Any] = {}
    exec(compile(source, "statement", "exec"), space)

    def bind(arithmetic: Any) -> Callable[[Mapping[str, Any]], list[Any]]:
        fixed = [arithmetic.constant(value) for value in numbers.constants.values()]
        fixed += [getattr(arithmetic, name) for name in methods]
        return lambda values: space["_f"](values, *fixed)

    return bind


def factors(tree: ast.expr) -> list[str]:
    """The factors of a product."""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult):
        return [*factors(tree.left), *factors(tree.right)]
    return [ast.unparse(tree)]


class Statement:
    """Variables, definitions and claims of the given lines; what is proved in between is left out."""

    def __init__(self, lines: Sequence[str]):
        parts: dict[str, list[str]] = {}
        for kind, text in split_lines(lines):
            parts.setdefault(kind, []).append(text)
        self.lets, self.shows = parts.get("let", []), [relation(text) for text in parts.get("show", [])]
        self.variables = [variable(text) for text in parts.get("given", [])]
        self.assumptions = [relation(text.partition(": ")[2]) for text in parts.get("assume", [])]
        #: (name, low, high) of the variables that range over an interval.
        names = [name for name, _ in self.variables] + [name for let in self.lets for name in definition(let)[0]]
        if len(set(names)) < len(names) or not all(map(is_name, names)):
            raise Rejected("a name is defined twice, or is not a name")
        self.ranges = [found.group(1, 3, 4) for text in parts.get("given", []) if (found := RANGE.fullmatch(text))]

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """What a point must satisfy."""
        return [*(condition for _, conditions in self.variables for condition in conditions), *self.assumptions]


def holds(lo: float, hi: float, sign: str) -> bool | None:
    """Whether everything in [lo, hi] has the sign; None where that is not certain, False where nothing has."""
    if sign == "=":
        return True if lo == hi == 0 else False if lo > 0 or hi < 0 else None
    if lo > 0 or (lo >= 0 and sign == ">="):
        return True
    return False if hi < 0 or (hi <= 0 and sign == ">") else None


def judge(ends: Sequence[tuple[float, float]], sign: str) -> bool | None:
    """``holds`` for a product, from bounds of its factors."""
    if any(map(isinf, (x for pair in ends for x in pair))):
        return None  # a factor that may be undefined
    lo, hi = 1.0, 1.0
    for a, b in ends:
        signs = [(_sign(x) * _sign(y)) for x in (lo, hi) for y in (a, b)]
        lo, hi = min(signs), max(signs)
    return holds(lo, hi, sign)


def _sign(x: float) -> float:
    return (x > 0) - (x < 0) + 0.0


class Boxes:
    """A statement on the boxes of a binary tree: the k-th cut of a branch halves coordinate k mod n.

    A box is named by the lower end and the width of each coordinate, which runs from 0 to 1 between a variable's ends.
    """

    def __init__(self, statement: Statement, base: Any):
        self.base = base
        self.names = [name for name, *_ in statement.ranges]
        lets = [f"{name} = ({low}) + t_{name}*(({high}) - ({low}))" for name, low, high in statement.ranges]
        if len(statement.ranges) != len(statement.variables) or statement.assumptions:
            raise Rejected("a cover needs a range for every variable, and no other assumptions")
        definitions = [definition(let) for let in statement.lets]
        known = {*self.names, *(name for names, _ in definitions for name in names)}
        texts = [*(expr for _, expr in definitions), *(expr for expr, _ in statement.shows)]
        ends = [end for _, *both in statement.ranges for end in both]
        read = {name for expr in (*ends, *texts) for name in names_in(expr)}
        if not read <= known or known & {f"t_{name}" for name in self.names}:
            raise Rejected("names that nothing explains, or that are those of coordinates")
        self.shows = [(len(factors(parse(expr))), sign) for expr, sign in statement.shows]
        outputs = [factor for expr, _ in statement.shows for factor in factors(parse(expr))]
        bind = compiled([*lets, *statement.lets], outputs)
        called = {_callee(node) for expr in texts for node in ast.walk(parse(expr))} - {*PLAIN, ""}
        # What sorts or cuts off has no slopes: then values alone decide.
        smooth = called <= set(dir(Duals))
        self.plain, self.dual = bind(base), bind(Duals(base, len(self.names))) if smooth else None

    def decide(self, corner: Sequence[Fraction], width: Sequence[Fraction]) -> bool | None:
        """True: every claim holds on the box; False: some claim fails everywhere on it; None: not known.

        First the values themselves, then value at the centre + slopes on the box * distance from the centre.
        """
        box = [self._between(a, a + w) for a, w in zip(corner, width, strict=True)]
        bounds = self.base.bounds
        found = self._verdict([bounds(x) for x in self.plain(self._named(box))])
        if found is not None or self.dual is None:
            return found
        zero, one = (self.base.constant(Fraction(k)) for k in (0, 1))
        rows = [[one if i == j else zero for j in range(len(box))] for i in range(len(box))]
        duals = self.dual(self._named([Dual(x, tuple(row)) for x, row in zip(box, rows, strict=True)]))
        centre = self.plain(self._named([self.base.constant(a + w / 2) for a, w in zip(corner, width, strict=True)]))
        halves = [self._between(-w / 2, w / 2) for w in width]
        ends = []
        for dual, middle in zip(duals, centre, strict=True):
            centred = sum((s * h for s, h in zip(dual.slopes, halves, strict=True)), start=middle)
            (a, b), (c, d) = bounds(dual.value), bounds(centred)
            ends.append((max(a, c), min(b, d)))
        return self._verdict(ends)

    def _between(self, low: Fraction, high: Fraction) -> Any:
        return self.base.between(self.base.constant(low), self.base.constant(high))

    def _named(self, values: Sequence[Any]) -> dict[str, Any]:
        return {f"t_{name}": value for name, value in zip(self.names, values, strict=True)}

    def _verdict(self, ends: Sequence[tuple[float, float]]) -> bool | None:
        place, verdicts = 0, []
        for count, sign in self.shows:
            verdicts.append(judge(ends[place : place + count], sign))
            place += count
        return False if False in verdicts else True if all(verdicts) else None


# --------------------------------------------------------------------------------------------- evidence
@dataclass(frozen=True)
class Evidence:
    """One stored piece of evidence: ``kind`` is certificate, witness or cover."""

    claim: str
    kind: str
    lines: tuple[str, ...]
    content: Mapping[str, Any]

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Evidence:
        return cls(content["claim"], content["kind"], tuple(content["lines"]), content)

    @property
    def id(self) -> str:
        """SHA-256 of the content, shortened."""
        text = json.dumps(dict(self.content), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_certificate(evidence: Evidence, library: Mapping[str, Evidence]) -> None:
    """Check the derivation; certificates that it applies are taken as checked."""
    Proof(library).run(evidence.lines)


def applied(lines: Sequence[str]) -> set[str]:
    """The claims whose certificates a derivation applies."""
    calls = (text.partition(": ")[2] for kind, text in split_lines(lines) if kind in ("apply", "either"))
    return {application(call)[0] for text in calls for call in text.split(" or ")}


def check_witness(evidence: Evidence) -> tuple[float, float]:
    """Check that the point satisfies all assumptions and violates the claim; bounds of the violated expression."""
    statement = Statement(evidence.lines)
    point = {name: Fraction(value) for name, value in evidence.content["point"].items()}
    if set(point) != {name for name, _ in statement.variables}:
        raise Rejected("the point names other variables than the statement")
    values = {name: Floats.constant(value) for name, value in point.items()}
    for expr, sign in statement.conditions:
        if names_in(expr) <= set(point):
            exact = compiled([], [expr])(Rationals)(point)[0]
            fine = exact > 0 or (sign != ">" and exact == 0) if sign != "=" else exact == 0
        else:
            x = compiled(statement.lets, [expr])(Floats)(values)[0]
            fine = holds(x.lo, x.hi, sign) is True
        if not fine:
            raise Rejected(f"the point does not satisfy {expr} {sign} 0")
    for x, (_, sign) in zip(
        compiled(statement.lets, [expr for expr, _ in statement.shows])(Floats)(values), statement.shows, strict=True
    ):
        if holds(x.lo, x.hi, sign) is False:
            return x.lo, x.hi
    raise Rejected("the claim is not violated at the point")


class Rationals:
    """Exact rational arithmetic, for the conditions on a witness."""

    magnitude = staticmethod(abs)

    @staticmethod
    def constant(value: Fraction) -> Fraction:
        return value


def check_cover(evidence: Evidence, arithmetic: Any = Floats) -> dict[str, Fraction]:
    """Check every decided leaf; the shares of the volume where the claim holds, fails, is undecided."""
    boxes = Boxes(Statement(evidence.lines), arithmetic)
    shares = dict.fromkeys(("holds", "fails", "undecided"), Fraction(0))
    for corner, width, mark in leaves(evidence.content["tree"], len(boxes.names)):
        if mark != "u" and boxes.decide(corner, width) is not (mark == "h"):
            raise Rejected(f"a box marked {mark} at {list(map(str, corner))} is not decided that way")
        shares[{"h": "holds", "f": "fails", "u": "undecided"}[mark]] += prod(width, start=Fraction(1))
    if {name: str(share) for name, share in shares.items()} != evidence.content["shares"]:
        raise Rejected("the shares are not those of the tree")
    return shares


def leaves(tree: str, dimension: int) -> Iterator[tuple[list[Fraction], list[Fraction], str]]:
    """(corner, width, mark) of each leaf; two bits a node in preorder, as base-4 digits packed in hexadecimal."""
    marks = iter(f"{int(tree, 16):b}"[1:]) if tree else iter(())
    stack = [([Fraction(0)] * dimension, [Fraction(1)] * dimension, 0)]
    while stack:
        corner, width, depth = stack.pop()
        try:
            mark = "shfu"[2 * int(next(marks)) + int(next(marks))]
        except StopIteration as error:
            raise Rejected("the tree ends early") from error
        if mark != "s":
            yield corner, width, mark
            continue
        axis = depth % dimension
        halved = [w / 2 if i == axis else w for i, w in enumerate(width)]
        upper = [a + halved[i] if i == axis else a for i, a in enumerate(corner)]
        stack += [(upper, halved, depth + 1), (corner, halved, depth + 1)]
    if next(marks, None) is not None:
        raise Rejected("the tree has more nodes than it needs")


def check(evidence: Evidence, library: Mapping[str, Evidence], full: bool) -> str:
    """What was found, in words; raises ``Rejected``."""
    if evidence.kind == "certificate":
        missing = applied(evidence.lines) - set(library)
        if missing:
            raise Rejected(f"it applies {', '.join(sorted(missing))}, of which there is no certificate")
        check_certificate(evidence, library)
        return f"proved, {len(evidence.lines)} lines"
    if evidence.kind == "witness":
        lo, hi = check_witness(evidence)
        return f"refuted, violated by {min(abs(lo), abs(hi)):.3g}"
    if evidence.kind != "cover":
        raise Rejected(f"unknown kind {evidence.kind}")
    if not full:
        return "a cover: not re-checked without --full"
    return ", ".join(f"{name} on {float(share):.4%}" for name, share in check_cover(evidence).items())


def main(arguments: Sequence[str]) -> int:
    """Print a line for each piece of evidence; 0 if all of it holds, 1 if some does not, 2 for unusable input."""
    full = "--full" in arguments
    folders = [argument for argument in arguments if argument != "--full"]
    paths = sorted(Path(folders[0]).glob("*.json")) if len(folders) == 1 else []
    if not paths:
        print("usage: python -m proofs.checker FOLDER [--full], where FOLDER holds evidence as JSON", file=sys.stderr)
        return 2
    read, bad = [], 0
    for path in paths:
        try:
            read.append(Evidence.of(json.loads(path.read_text())))
        except MALFORMED as error:
            print(f"{path.name}: REJECTED: not evidence: {error!r}")
            bad += 1
    claimed = [evidence.claim for evidence in read]
    waiting = {f"{evidence.claim}, {place}": evidence for place, evidence in enumerate(read)}
    known: dict[str, Evidence] = {}
    # A certificate may rest on others, but not in a circle: from the ground up, until nothing more can be checked.
    while waiting:
        open_claims = {evidence.claim for evidence in waiting.values()}
        ready = [key for key, evidence in waiting.items() if not _needs(evidence) & open_claims] or list(waiting)
        for key in ready:
            evidence = waiting.pop(key)
            bad += not _report(evidence, known, full, claimed.count(evidence.claim) == 1)
    print(f"{len(paths) - bad} of {len(paths)} hold")
    return 1 if bad else 0


def _needs(evidence: Evidence) -> set[str]:
    try:
        return applied(evidence.lines)
    except (Rejected, *MALFORMED):
        return set()  # the check will say why


def _report(evidence: Evidence, known: dict[str, Evidence], full: bool, alone: bool) -> bool:
    try:
        if not alone:
            raise Rejected("other evidence has the same name")
        found = check(evidence, known, full)
    except (Rejected, *MALFORMED) as error:
        print(f"{evidence.claim}: REJECTED: {error}")
        return False
    if evidence.kind == "certificate":
        known[evidence.claim] = evidence
    print(f"{evidence.claim}: {evidence.kind} {evidence.id}: {found}")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

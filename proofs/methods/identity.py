"""From a printed equality to a claim: its derivation if it is an identity, a search for a counterexample if not.

Both sides are rational in symbols, some of which obey algebraic relations (alpha^2 = Delta^2 + 8 J^2). The difference
is divided by these relations one after the other; if nothing remains, the quotients are the derivation. Without such
relations the checker decides by itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp
from sympy.polys.orderings import lex
from sympy.polys.rings import PolyRing

from proofs.checker import Evidence, Rejected, check_certificate, definition, parse
from proofs.claim import Claim
from proofs.domain import Domain
from proofs.program_text import needed
from symqb.symbols import positive, real

NOTHING = Domain(())


@dataclass(frozen=True)
class Relation:
    """``polynomial`` = 0, named ``fact``, to be eliminated in ``variable``; ``lines`` state or derive it."""

    fact: str
    polynomial: sp.Expr
    variable: sp.Symbol
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Context:
    """What the symbols of an equation stand for.

    domain: the free ones. lets: definitions, program lines among them. relations: what the algebraic numbers among the
    symbols obey. free: what an identity holds for whatever its value; ``numbers``: ``let`` lines that define these and
    the algebraic numbers, where a counterexample is searched for, in the region ``near`` first.
    """

    domain: Domain
    lets: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    free: Domain = NOTHING
    numbers: tuple[str, ...] = ()
    near: Domain | None = None


def equation(
    name: str, words: str, relations: Sequence[sp.Rel], context: Context, source: str = "", note: str = "",
    correction: str = "",
) -> Claim:  # fmt: skip
    """The claim that all equalities hold: with a derivation if they are identities, to be refuted if one is not."""
    variables = sorted({r.variable.name for r in context.relations} - set(context.domain.names))
    given = context.free + Domain.of(*(v if v == "J_inverse" else f"0 < {v}" for v in variables))
    stated = [line for r in context.relations for line in r.lines]
    lets = (*(x for x in stated if x.startswith("assume")), *(x for x in stated if x.startswith("have")), *context.lets)
    values = evaluated(context.lets) if context.relations else {}
    shows, steps, failing = list[str](), list[str](), list[str]()
    for k, relation in enumerate(relations, start=1):
        left, right = rational(relation.lhs), rational(relation.rhs)
        show = f"{written(left)} - ({written(right)}) = 0"
        why = cofactors((left - right).xreplace(values), context.relations) if context.relations else ""
        proof = (f"have r_{k}: {show} by {why}",) if why else ()
        trial = Claim(name, words, context.domain + given, (show,), used(lets, (show, *proof)), proof)
        shows.append(show)
        steps += proof
        if why is None or not _is_derived(trial):
            failing.append(show)
    if not failing:
        lets = used(lets, (*shows, *steps))
        return Claim(name, words, context.domain + given, tuple(shows), lets, tuple(steps), source, note=note)
    numbers = used((*context.numbers, *context.lets), failing)
    wanted = {word for line in (*numbers, *failing) for word in re.findall(r"\w+", line)}
    domain = context.domain.restricted(wanted)
    near = context.near and context.near.restricted(domain.names)
    return Claim(name, words, domain, tuple(failing), numbers, (), source, "refutation",
                 correction=correction, note=note, near=near)  # fmt: skip


def used(lets: Sequence[str], lines: Iterable[str]) -> tuple[str, ...]:
    """The definitions that some lines need, and all assumptions and steps among the former."""
    others = [line for line in lets if not line.startswith("let ")]
    words = {word for line in (*lines, *others) for word in re.findall(r"\w+", line)}
    kept = {f"let {line}" for line in needed([x.removeprefix("let ") for x in lets if x not in others], words)}
    return tuple(line for line in lets if line in kept or line in others)


def _is_derived(claim: Claim) -> bool:
    try:
        check_certificate(Evidence(claim.name, "certificate", claim.lines, {}), {})
    except Rejected:
        return False
    return True


def written(expr: sp.Expr) -> str:
    """The expression in the checker's language, where powers are positive."""
    text = str(expr)
    if "**(-" not in text:
        return text
    above, below = sp.fraction(sp.together(expr))
    return f"({above})/({below})"


def rational(expr: sp.Expr) -> sp.Expr:
    """Inverse powers of J through J_inverse, which may have either sign."""
    J = real("J")
    inverse = real("J_inverse")
    return expr.replace(
        lambda node: node.is_Pow and node.base == J and node.exp.is_negative, lambda node: inverse ** (-node.exp)
    )


def cofactors(difference: sp.Expr, relations: Sequence[Relation]) -> str | None:
    """The difference as a sum of multiples of facts that are 0; "" if it is 0 as it stands, None if it is not 0."""
    above, below = sp.fraction(sp.together(difference))
    variables = [r.variable for r in relations]
    symbols = above.free_symbols.union(*(r.polynomial.free_symbols for r in relations))
    ring = PolyRing([*variables, *sorted(symbols - set(variables), key=str)], sp.QQ, lex)
    numerator = ring.from_expr(sp.expand(above))
    if not numerator:
        return ""
    for relation in relations:
        # A leading coefficient that is no number is needed as often as the relation is applied.
        leading = sp.Poly(relation.polynomial, relation.variable).LC()
        if leading.free_symbols and relation.variable != real("J_inverse"):
            power = numerator.degree(ring(relation.variable)) // 2
            numerator, below = numerator * ring.from_expr(leading) ** power, below * leading**power
    quotients, remainder = numerator.div([ring.from_expr(r.polynomial) for r in relations])
    if remainder:
        return None
    found = zip(quotients, relations, strict=True)
    return " + ".join(f"({written(q.as_expr() / below)})*{relation.fact}" for q, relation in found if q)


def evaluated(lets: Iterable[str]) -> dict[sp.Symbol, sp.Expr]:
    """What the definitions are, over the free symbols; phi(omega_ij, T_v) through the symbol n_v_ij."""
    values: dict[str, sp.Expr] = {}
    for line in lets:
        if not line.startswith("let "):
            continue
        names, expr = definition(line.removeprefix("let "))
        if names[0].startswith("n_"):
            continue
        found = read(parse(expr), values)
        for name, value in zip(names, found if isinstance(found, tuple) else (found,), strict=True):
            values[name] = value
    return {kind(name): value for name, value in values.items() for kind in (real, positive)}


def read(tree: ast.expr, values: Mapping[str, sp.Expr]) -> sp.Expr:  # noqa: PLR0911  # one a node type
    """An expression of the checker's language in SymPy; several results are a tuple."""
    match tree:
        case ast.Constant():
            return sp.Integer(tree.value)
        case ast.Name():
            return values.get(tree.id, symbol(tree.id))
        case ast.UnaryOp():
            return -read(tree.operand, values)
        case ast.BinOp():
            a, b = read(tree.left, values), read(tree.right, values)
            return {ast.Add: a + b, ast.Sub: a - b, ast.Mult: a * b, ast.Div: a / b, ast.Pow: a**b}[type(tree.op)]
        case ast.Call(func=ast.Name(id="phi_pair")):
            omega, T = (ast.unparse(argument) for argument in tree.args)
            n, size = positive(f"n_{T[2:]}_{omega[6:]}"), read(tree.args[0], values)
            return size * n, size * (1 + n)
        case ast.Call(func=ast.Name(id=name)):
            arguments = [read(argument, values) for argument in tree.args]
            if name == "balance":
                return tuple(arguments)
            if name in ("exp", "log"):
                return getattr(sp, name)(*arguments)
            if name in ("exact_sum", "standard_part", "shifted_root"):
                return sp.Add(*arguments[: 2 if name == "shifted_root" else None])
    raise ValueError(f"no value: {ast.unparse(tree)}")


def symbol(name: str) -> sp.Symbol:
    """The symbol of a name, with the assumption that symqb gives it."""
    signed = name in ("B0", "J", "J_inverse", "Delta", "epsilon") or name.startswith(("omega_", "H_", "v_", "pdot_"))
    return (real if signed else positive)(name)

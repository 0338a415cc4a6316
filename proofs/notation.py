"""Statements in the checker's words as LaTeX in the paper's notation, and plain words with symbols in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import sympy as sp

from proofs.checker import definition, names_in, parse, relation
from proofs.claim import Claim
from proofs.methods.identity import read
from symqb.latex import latex

#: What no formula stands for: phi_pair is one, in n.
CUT = re.compile(r"(sorted_by|descending|positive_part|magnitude|root_of_squares)\(")
#: SymPy's n_{L 31} is n_L(omega_31).
OCCUPATION = re.compile(r"n_\{([A-Z]) (\d+)\}")
#: Names in words that are symbols.
NAME = re.compile(
    r"(omega|gamma|eta|tau|T|E|A|n|e|a|p|w|V)_(?!\w*[a-z]{3})\w+|kappa|epsilon|omega|alpha|Delta|J|B0"
)
SIGNS = {">": ">", ">=": r"\geq", "=": "="}
#: What letters of text mean in LaTeX where a backslash in front does not do.
PLAIN = {"^": r"\^{}", "|": "$|$", "<": "$<$", ">": "$>$", "<=": r"$\leq$", ">=": r"$\geq$"}
ESCAPED = re.compile(r"[<>]=|[_%#&^|<>]")
#: Words; spaces in braces are LaTeX's.
WORD = re.compile(r"(?:\{[^{}]*\}|\S)+")
#: What a word is taken apart into: names, exponents, what stands between them.
TOKENS = re.compile(r"(\^\w+|\w+)")
#: What the paper numbers; the rest has names of ours.
NUMBERED = re.compile(r"([ABC]?)(\d+)([a-h]?)")
#: No hyphen.
MINUS = re.compile(r"(?:^|(?<=\())-")
#: Relations that are shown of a longer list, and characters of LaTeX after which a line may be broken.
SHOWN, WIDE = 8, 150


def math(expr: str) -> str:
    """An expression of the checker's language."""
    return _notation(latex(read(parse(expr), {})))


def _notation(formula: str) -> str:
    return OCCUPATION.sub(r"n_{\1}(\\omega_{\2})", formula).replace("root_{2}", r"\sqrt{2}")


def relation_math(text: str) -> str:
    """``EXPR > 0``, ``EXPR = 0`` or ``left = right``."""
    left, equal, right = text.partition(" = ")
    if equal and right != "0":
        return f"{math(left)} = {math(right)}"
    expr, sign = relation(text)
    return f"{math(expr)} {SIGNS[sign]} 0"


def derived(claim: Claim, shows: Sequence[str]) -> Iterator[str]:
    """Relations that the claim shows, in LaTeX; of an equality whose left side the program defines, that definition.

    Definitions are put in until only names are left that the claim itself speaks of. Elements that are numbers are
    left out.
    """
    kept = {name for show in claim.show for name in names_in(relation(show)[0])}
    values: dict[str, sp.Expr] = {}
    formulas: dict[str, sp.Expr] = {}
    for line in claim.lets:
        if line.startswith("let ") and not CUT.search(line):
            names, expr = definition(line.removeprefix("let "))
            found = read(parse(expr), values)
            for name, value in zip(names, found if isinstance(found, tuple) else (found,), strict=True):
                (formulas if name in kept else values)[name] = value
    for show in shows:
        left, right = sides(show)
        if not right:
            yield relation_math(show)
        elif left not in formulas and not left.isdigit():
            yield f"{math(left)} = {math(right)}"
        elif left in formulas and not formulas[left].is_number:
            yield f"{math(left)} = {_notation(latex(formulas[left]))}"


def sides(show: str) -> tuple[str, str]:
    """(left, right) of ``left - (right) = 0``; of another relation itself and nothing."""
    body, depth = show.removesuffix(") = 0"), 1
    for place in range(len(body) - 1, 0, -1) if body != show else ():
        depth += {")": 1, "(": -1}.get(body[place], 0)
        if depth == 0:
            left = body[:place].removesuffix(" - ")
            return (left, body[place + 1 :]) if left != body[:place] else (show, "")
    return show, ""


def text(words: str) -> str:
    """Plain words in LaTeX; words with a command in them are mathematics."""
    return " ".join(_word(word) for word in WORD.findall(words))


def _word(word: str) -> str:
    bare = word.rstrip(".,;:")
    end = word[len(bare) :]
    if "\\" in word:
        return f"${bare}${end}"
    return MINUS.sub("$-$", "".join(map(_token, TOKENS.split(word)))).replace("$$", "")


def _token(token: str) -> str:
    """A symbol, an exponent, or what is neither; formulas that meet in a word are joined."""
    if NAME.fullmatch(token):
        return f"${math(token)}$"
    if token.startswith("^") and token != "^":
        return f"$^{{{token[1:]}}}$"
    return ESCAPED.sub(lambda found: PLAIN.get(found[0], rf"\{found[0]}"), token)


def label(number: str) -> str:
    """An equation as one cites it: its number in parentheses, or its name."""
    return f"({number})" if NUMBERED.fullmatch(number) else number


def broken(formula: str) -> str:
    """A printed formula with its parts below each other, and a long one broken after some of its terms."""
    return r" \\ ".join(lines(formula))


def lines(formula: str) -> list[str]:
    """The lines of what ``broken`` gives; the rows of a matrix are none."""
    return [line for part in formula.split(r", \quad ") for line in _lines(part)]


def _lines(part: str) -> list[str]:
    lines, depth = [""], 0
    for word in part.split(" "):
        if word in ("+", "-") and depth == 0 and len(lines[-1]) > WIDE:
            lines.append("")
        depth += word.count("{") - word.count("}") + word.count(r"\left") - word.count(r"\right")
        lines[-1] += f"{word} "
    return lines

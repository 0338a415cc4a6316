"""LaTeX as MathML, and plain words with the symbols in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from proofs.notation import NAME, TOKENS, WORD, lines, math
from proofs.report.markup import Markup, escaped, joined, tag
from symqb.latex import width

#: A line of more characters does not fit a printed page at the usual size.
LONG = 100
SYMBOL = re.compile(rf"{NAME.pattern}|(kappa|Q|u|v)_\w")
SIGNS = {"<=": "≤", ">=": "≥", "->": "→"}
#: Words of fewer letters stay on one line.
SHORT = 14
EXPONENT = re.compile(r"\^\w+")


@cache
def mathml(latex: str, block: bool = False) -> Markup:
    """A formula; ``block``: of its own, in display style. Raises ``math_core.LatexError`` for what is no LaTeX."""
    return Markup(_converter().convert_with_local_state(latex, displaystyle=block))


@cache
def _converter():  # type: ignore[no-untyped-def]
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)


def formula(latex: str) -> Markup:
    """A formula of its own, broken after some of its terms where it is long; wider than its place, it scrolls."""
    shown = lines(latex)
    if len(shown) > 1:
        latex = r"\begin{aligned}" + r" \\ ".join(f"& {line}" for line in shown) + r"\end{aligned}"
    return tag("div", mathml(latex, True), class_="formula long" if room(shown) > LONG else "formula")


def room(formulas: Iterable[str]) -> int:
    """About how many characters the widest line takes."""
    return max((width(line) for latex in formulas for line in lines(latex)), default=0)


def prose(words: str, claims: frozenset[str] = frozenset()) -> Markup:
    """Plain words; symbols and LaTeX in them as MathML, names of ``claims`` as links to their entries."""
    spelt = words.replace("Delta T", r"\Delta{}T")
    return joined((_word(word, claims) for word in WORD.findall(spelt)), " ")


def _word(word: str, claims: frozenset[str]) -> Markup:
    bare = word.rstrip(".,;:")
    end = word[len(bare) :]
    if "\\" in bare or "{" in bare:
        return joined([mathml(bare), end])
    if "_" in bare and bare in claims:
        return joined([link(bare), end])
    found = joined(map(_token, TOKENS.split(word)))
    return tag("span", found, class_="word") if "<" in found and len(word) < SHORT else found


def _token(token: str) -> Markup:
    """A symbol, an exponent, or what is neither."""
    if SYMBOL.fullmatch(token):
        return mathml(math(token))
    return tag("sup", token[1:]) if EXPONENT.fullmatch(token) else escaped(SIGNS.get(token, token))


def link(claim: str) -> Markup:
    """A claim's name, leading to its entry."""
    return tag("a", named(claim), href=f"#{anchor(claim)}", class_="claim")


def named(claim: str) -> Markup:
    """A claim's name, which a line may be broken in at an underscore."""
    return joined(claim.split("_"), joined(["_", tag("wbr")]))


def anchor(claim: str) -> str:
    """Where a claim's entry is."""
    return f"claim-{claim}"


def badge(status: str) -> Markup:
    """A verdict in its colour, with a mark for those who do not see it."""
    return tag("span", tag("span", MARKS.get(status, ""), aria_hidden="true"), f" {status}", class_=f"verdict {status}")


#: A sign for each verdict, so that colour is not the only one.
MARKS = {"proved": "✓", "corrected": "≠", "refuted": "✗", "supported": "≈", "undecided": "?"}

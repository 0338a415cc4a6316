"""Where the paper defines each indexed symbol and where it uses it, read off the transcriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from proofs.notation import label
from proofs.paper import appendix_a, appendix_b, appendix_c, energy, model, rates, section_5
from proofs.paper.printed import Printed

TWO = (model, rates, energy, appendix_a)
THREE = (section_5, appendix_b, appendix_c)
#: What generators use, whose rates are no relations.
IN_GENERATORS = {"11": [name for name, _ in rates.TERMS_11], "26": [name for name, _ in section_5.TERMS_26]}
#: Names of rates, frequencies and occupations: the symbol, its bath if any, and a pair of levels.
INDEXED = re.compile(r"(?:([ea])_(\d\d)(?:_([LR]))?|(omega)_(\d\d)|n_([LR])_(\d\d)|([AE])_(\d\d))")


@dataclass(frozen=True)
class Row:
    """A symbol as the checker's language writes it, with the equations that define it and those that use it."""

    qubits: int
    symbol: str
    defined: tuple[str, ...]
    used: tuple[str, ...]

    @property
    def pair(self) -> str:
        """The two level indices, in the order of the print."""
        found = re.search(r"\d\d", self.symbol)
        return found[0] if found else ""


def rows() -> list[Row]:
    """Every indexed symbol of two and of three qubits."""
    return [
        row
        for qubits, modules in ((2, TWO), (3, THREE))
        for row in _rows(qubits, [p for m in modules for p in m.EQUATIONS])
    ]


def _rows(qubits: int, equations: list[Printed]) -> Iterator[Row]:
    defined, used = dict[str, list[str]](), dict[str, list[str]]()
    for p in equations:
        left = {r.lhs.name for r in p.relations if r.lhs.is_Symbol}
        right = {s.name for r in p.relations for s in (r.rhs.free_symbols if r.lhs.is_Symbol else r.free_symbols)}
        for names, into in ((left, defined), (right | {*_of_generator(p.number)}, used)):
            for name in filter(INDEXED.fullmatch, names):
                into.setdefault(name, []).append(p.number)
    for name in sorted({*defined, *used}):
        yield Row(qubits, name, tuple(defined.get(name, ())), tuple(used.get(name, ())))


def _of_generator(number: str) -> Iterator[str]:
    for name in IN_GENERATORS.get(number, ()):
        yield from (f"{name}_{v}" for v in "LR")


def contradictions() -> dict[str, list[str]]:
    """What the table shows: symbols used without a definition, defined without a use, and pairs in both orders."""
    found = rows()
    rate = [row for row in found if row.symbol[0] in "ea"]
    pairs = {
        number: {row.pair for row in rate if number in row.used} for number in ("26", *map("C{}".format, range(1, 9)))
    }
    left_out = {
        pair: [n for n, own in pairs.items() if pair in own]
        for pair in sorted(set().union(*pairs.values()) - pairs["26"])
    }
    return {
        "used and nowhere defined": [f"{r.symbol} in {_cited(r.used)}" for r in rate if r.used and not r.defined],
        "defined and nowhere used": [f"{r.symbol} of {_cited(r.defined)}" for r in rate if r.defined and not r.used],
        "in rate equations, not in the generator (26)": [f"{p} in {_cited(at)}" for p, at in left_out.items()],
        "in both orders of the indices": sorted({_both(row, found) for row in found} - {""}),
    }


def _both(row: Row, found: list[Row]) -> str:
    """The equations of a symbol and of the one with its indices swapped."""
    swapped = row.symbol.replace(row.pair, row.pair[::-1])
    others = [o for o in found if (o.qubits, o.symbol) == (row.qubits, swapped) and row.pair < o.pair]
    return "".join(f"{row.symbol} in {_where(row)}; {o.symbol} in {_where(o)}" for o in others)


def _where(row: Row) -> str:
    return _cited(dict.fromkeys((*row.defined, *row.used)))


def _cited(equations: Iterable[str]) -> str:
    """Numbers in parentheses; what has none by its name."""
    return ", ".join(map(label, equations))


def as_data() -> Mapping[str, object]:
    """The table and what it shows, for audit.json."""
    table = [{k: list(v) if isinstance(v, tuple) else v for k, v in vars(row).items()} for row in rows()]
    return {"contradictions": contradictions(), "symbols": table}

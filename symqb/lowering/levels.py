"""Program sections up to the weights: roots, energies, degeneracies, frequencies, squared matrix elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import sympy as sp

from symqb.errors import InvalidModel
from symqb.program import Call, Degeneracy, Section, Step
from symqb.roots import Root
from symqb.spectrum import Level
from symqb.symbols import real

if TYPE_CHECKING:  # the model holds its program
    from symqb.model import Model


def exact_sum(target: sp.Symbol, value: sp.Expr) -> Step:
    """A sum without rounding: 3 B0/2 enters as B0 + B0/2, because products with powers of two are exact."""
    terms = (part for term in sp.Add.make_args(sp.expand(value)) for part in _powers_of_two(term))
    return Step((target,), Call("exact_sum", tuple(terms)))


def _powers_of_two(term: sp.Expr) -> Iterator[sp.Expr]:
    """The term as a sum over the binary digits of its coefficient; as it is where that is no dyadic fraction."""
    number, rest = term.as_coeff_Mul()
    if not number.is_Rational or number.q & (number.q - 1):
        yield term
        return
    sign = -1 if number < 0 else 1
    for digit in range(int(abs(number.p)).bit_length() - 1, -1, -1):
        if abs(number.p) >> digit & 1:
            yield sign * sp.Rational(2**digit, number.q) * rest


def energy_sections(model: Model) -> Iterator[Section]:
    """Roots and energies."""
    if model.roots:
        yield Section("roots", tuple(step for root in model.roots for step in _root_steps(root)))
    energies = (model.energetics.energy(level) for level in model.levels)
    yield Section("energies", tuple(exact_sum(E, x.energy) for E, x in zip(energies, model.levels, strict=True)))


def _root_steps(root: Root) -> Iterator[Step]:
    """The root as a pair: it enters frequencies, whose rounding is amplified by omega/T."""
    if not root.squares:
        yield exact_sum(root.symbol, sp.sqrt(root.radicand))
        return
    arguments: list[sp.Expr] = []
    for k, (c, x) in enumerate(root.squares, start=1):
        part = real(f"{root.symbol.name}_part_{k}") if x.is_Add else x
        if x.is_Add:
            yield exact_sum(part, x)
        arguments += [c, part]
    yield Step((root.symbol,), Call("root_of_squares", tuple(arguments)))


class Shifts:
    """Names for alpha + x that are computed without cancellation, from (alpha - x)(alpha + x) = alpha^2 - x^2."""

    def __init__(self, roots: Sequence[Root]):
        self.roots = roots
        self.named: dict[sp.Expr, sp.Symbol] = {}
        self.steps: list[Step] = []

    def __call__(self, expr: sp.Expr) -> sp.Expr:
        """``expr`` with every such sum replaced by its name; the steps that define new names are collected."""
        for total in sorted(expr.atoms(sp.Add), key=sp.default_sort_key):
            for root in self.roots:
                self._replace(total, root)
        return expr.xreplace(self.named)

    def _replace(self, total: sp.Expr, root: Root) -> None:
        x, rest = sp.expand(total).as_independent(root.symbol, as_Add=True)
        c = rest / root.symbol
        if total in self.named or not (c.is_Rational and c.is_positive):
            return
        gap = _gap(root, sp.expand(x / c))
        if gap is not None:
            name = real(f"{root.symbol.name}_shift_{len(self.steps) + 1}")
            self.steps.append(Step((name,), Call("shifted_root", (root.symbol, sp.expand(x / c), gap))))
            self.named[total] = c * name


def _gap(root: Root, x: sp.Expr) -> sp.Expr | None:
    """alpha^2 - x^2 as a sum without cancellation, None where no such sum is known."""
    for k, (c, y) in enumerate(root.squares):
        if sp.expand(c * y**2 - x**2) == 0:
            return sp.Add(*(c * y**2 for c, y in (*root.squares[:k], *root.squares[k + 1 :])))
    gap = sp.expand(root.radicand - x**2)
    return gap if all(term.is_nonnegative for term in sp.Add.make_args(gap)) else None


def weight_sections(model: Model) -> tuple[tuple[Section, ...], tuple[Degeneracy, ...]]:
    """Frequencies, weights, and what tells harmful degeneracies; each transition's weight once, wherever it is read."""
    shifts = Shifts(model.roots)
    active = [(t, bath) for t in model.transitions for bath in t.active]
    weights = tuple(Step((t.weight_symbol(bath),), shifts(t.weights[bath.name])) for t, bath in active)
    degeneracies, gaps, overlaps = _degeneracies(model, shifts)
    sections = (
        Section("gaps", gaps),
        *([Section("shifted_roots", tuple(shifts.steps))] if shifts.steps else []),
        Section("frequencies", tuple(exact_sum(t.omega, t.frequency) for t in model.transitions)),
        Section("weights", weights),
        Section("overlaps", overlaps),
    )
    return sections, degeneracies


def _degeneracies(model: Model, shifts: Shifts) -> tuple[tuple[Degeneracy, ...], tuple[Step, ...], tuple[Step, ...]]:
    """For each pair of levels that share a neighbour through a bath: its gap, and the overlap that makes it harmful."""
    found, gaps, overlaps = [], [], []
    table = _elements(model)
    for a, b in combinations(model.levels, 2):
        shared = _shared_neighbours(table, a, b)
        if not shared:
            continue
        # Where one overlap is a number, the pair is harmful whatever the other overlaps are.
        certain = [key for key, overlap in shared.items() if overlap.is_number]
        bath, neighbour = (certain or list(shared))[0]
        overlap = shared[bath, neighbour] if certain else shifts(sp.Add(*shared.values()))
        if sp.expand(b.energy - a.energy) == 0:
            raise InvalidModel(
                f"levels {a.label} and {b.label} are degenerate for all parameters and share the neighbour {neighbour} "
                f"through bath {bath}"
            )
        name = f"{a.index}_{b.index}"
        found.append(Degeneracy((a.label, b.label), neighbour, bath, real(f"gap_{name}"), real(f"overlap_{name}")))
        gaps.append(exact_sum(found[-1].gap, b.energy - a.energy))
        overlaps.append(Step((found[-1].overlap,), overlap))
    return tuple(found), tuple(gaps), tuple(overlaps)


#: |<n|S|level>|^2 by (bath, coupling), then by (level, n); n = level for a diagonal element.
Table = dict[tuple[str, int], dict[tuple[str, str], sp.Expr]]


def _elements(model: Model) -> Table:
    table: Table = {}
    for bath in model.baths:
        for place, _ in enumerate(bath.couplings):
            entries = table.setdefault((bath.name, place), {})
            for t in model.transitions:
                if t.elements[bath.name][place]:
                    weight = t.elements[bath.name][place].weight
                    if len(bath.couplings) == 1 and not weight.is_number:
                        weight = t.weight_symbol(bath)
                    entries[t.upper.label, t.lower.label] = entries[t.lower.label, t.upper.label] = weight
            for level, element in zip(model.levels, model.diagonals[bath.name][place], strict=True):
                if element:
                    entries[level.label, level.label] = element.weight
    return table


def _shared_neighbours(table: Table, a: Level, b: Level) -> dict[tuple[str, str], sp.Expr]:
    """|<n|S|a>|^2 |<n|S|b>|^2 by bath and common neighbour n, summed over the bath's couplings.

    A level is its own neighbour through a diagonal element: at E_a = E_b dephasing and transition are one operator.
    """
    shared: dict[tuple[str, str], sp.Expr] = {}
    for (bath, _), entries in table.items():
        for (label, n), weight in entries.items():
            if label == a.label and (b.label, n) in entries:
                shared[bath, n] = shared.get((bath, n), sp.S.Zero) + weight * entries[b.label, n]
    return shared

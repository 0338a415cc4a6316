"""Domain: a region of parameter space, written once and used as statement, strategy, box and test.

A domain lists variables in order, each between bounds over the earlier ones: ``J + Delta < B0 <= J + Delta + 10``,
whatever values the earlier ones have, something must lie between. Several lower or upper bounds are separated by
commas, the largest or smallest of them holds: ``J + Delta, J - Delta < B0``. Bounds are expressions of the checker's
language; a variable without them is any real number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from proofs.checker import Rationals, Rejected, compiled, names_in, parse

Point = Mapping[str, Fraction]
BOUNDS = re.compile(r"(?:(.+?) (<=|<) )?([A-Za-z]\w*)(?: (<=|<) (.+))?")
#: Strategies for what is unbounded: rationals that a person can read, over four decades.
SIZES = st.builds(
    Fraction.__mul__,
    st.fractions(Fraction(1, 20), 20, max_denominator=20),
    st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(10)]),
)
REALS = st.fractions(-20, 20, max_denominator=20)
SHARE_DENOMINATOR = 100


@dataclass(frozen=True)
class Variable:
    """``lows`` < (or <=, where not ``open_low``) name < (or <=) ``highs``: expressions over earlier variables."""

    name: str
    lows: tuple[str, ...] = ()
    highs: tuple[str, ...] = ()
    open_low: bool = True
    open_high: bool = True

    @classmethod
    def of(cls, text: str) -> Variable:
        """From ``LOW, LOW < NAME <= HIGH``; either side may be absent. Raises ``ValueError`` for anything else."""
        found = BOUNDS.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text}: allowed is LOW < NAME < HIGH with < or <=, either side may be absent")
        low, left, name, right, high = found.groups()
        lows, highs = (tuple(side.split(", ")) if side else () for side in (low, high))
        try:
            for bound in (*lows, *highs):
                parse(bound)
        except Rejected as error:
            raise ValueError(f"{text}: {error}") from error
        return cls(name, lows, highs, left != "<=", right != "<=")

    @cached_property
    def _ends(self) -> Callable[[Point], list[Fraction]]:
        return compiled([], [*self.lows, *self.highs])(Rationals)

    def ends(self, point: Point) -> tuple[Fraction | None, Fraction | None]:
        """Lowest and highest value at the earlier variables' values; None where there is no bound."""
        found = self._ends(point)
        lows, highs = found[: len(self.lows)], found[len(self.lows) :]
        return max(lows, default=None), min(highs, default=None)

    def lines(self) -> list[str]:
        """The lines of a statement that introduce the variable; an interval's two ends are one line."""
        if len(self.lows) == len(self.highs) == 1:
            left, right = "(" if self.open_low else "[", ")" if self.open_high else "]"
            return [f"given {self.name} in {left}{self.lows[0]}, {self.highs[0]}{right}"]
        low, high = ">" if self.open_low else ">=", ">" if self.open_high else ">="
        conditions = [
            *((f"{self.name} - ({bound})", low) for bound in self.lows if bound != "0"),
            *((f"({bound}) - {self.name}", high) for bound in self.highs),
        ]
        return [
            f"given {self.name} {low} 0" if "0" in self.lows else f"given {self.name}",
            *(f"assume {self.name}_{k}: {expr} {sign} 0" for k, (expr, sign) in enumerate(conditions, start=1)),
        ]

    def allows(self, value: Fraction, point: Point) -> bool:
        """Whether the value lies between the bounds."""
        low, high = self.ends(point)
        above = low is None or value > low or (value == low and not self.open_low)
        below = high is None or value < high or (value == high and not self.open_high)
        return above and below

    def strategy(self, point: Point) -> st.SearchStrategy[Fraction]:
        """Rationals between the bounds; nothing is drawn and thrown away."""
        low, high = self.ends(point)
        if low is None and high is None:
            return REALS
        if low is None or high is None:
            end, sign = (low, 1) if high is None else (high, -1)
            closed = not (self.open_low if high is None else self.open_high)
            sizes = SIZES | st.just(Fraction(0)) if closed else SIZES
            start = end or Fraction(0)
            return sizes.map(lambda size: start + sign * size)
        step = Fraction(1, SHARE_DENOMINATOR)
        first, last = step if self.open_low else Fraction(0), 1 - step if self.open_high else Fraction(1)
        shares = st.fractions(first, last, max_denominator=SHARE_DENOMINATOR)
        return shares.map(lambda share: low + share * (high - low))


@dataclass(frozen=True)
class Domain:
    """Variables in order; see the module's docstring."""

    variables: tuple[Variable, ...]

    @classmethod
    def of(cls, *texts: str) -> Domain:
        """From texts such as ``"0 < J"``, ``"J < B0 <= 10"``, ``"T_R"``."""
        return cls(tuple(map(Variable.of, texts)))

    def __add__(self, other: Domain) -> Domain:
        return Domain((*self.variables, *other.variables))

    def restricted(self, wanted: Iterable[str]) -> Domain:
        """The wanted variables, and those that their bounds refer to."""
        kept, names = list[Variable](), set(wanted)
        for variable in reversed(self.variables):
            if variable.name in names:
                kept.append(variable)
                names.update(name for bound in (*variable.lows, *variable.highs) for name in names_in(bound))
        return Domain(tuple(reversed(kept)))

    @property
    def names(self) -> tuple[str, ...]:
        """The variables' names in order."""
        return tuple(variable.name for variable in self.variables)

    def lines(self) -> list[str]:
        """The lines of a statement that say the same."""
        return [line for variable in self.variables for line in variable.lines()]

    def strategy(self) -> st.SearchStrategy[dict[str, Fraction]]:
        """Points of the domain with rational coordinates, drawn inside."""

        @st.composite
        def points(draw: Callable[[st.SearchStrategy[Fraction]], Fraction]) -> dict[str, Fraction]:
            point: dict[str, Fraction] = {}
            for variable in self.variables:
                point[variable.name] = draw(variable.strategy(point))
            return point

        return points()

    def __contains__(self, point: Any) -> bool:
        """Whether a mapping of exactly these names to rationals satisfies every bound."""
        return set(point) == set(self.names) and all(v.allows(point[v.name], point) for v in self.variables)

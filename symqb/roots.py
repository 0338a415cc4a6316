"""Square roots with names: alpha stands for sqrt(Delta^2 + 8 J^2), and every check knows alpha^2.

Levels of a 2x2 block contain one square root. Carried as a symbol, everything built on the levels is a rational
function of parameters and roots, equality of two such functions is decided by division with remainder by
alpha^2 - (Delta^2 + 8 J^2), and the same name serves in print, in the program and in its arithmetics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from symqb.formulas import Formula
from symqb.symbols import positive

#: (c, x) pairs: the sum of c x^2.
Squares = tuple[tuple[sp.Expr, sp.Expr], ...]


@dataclass(frozen=True)
class Root:
    """symbol = sqrt(radicand) >= 0.

    ``squares`` lists (c, x) with radicand = sum c x^2, every c > 0; empty where that is not known.
    """

    symbol: sp.Symbol
    radicand: sp.Expr
    squares: Squares = ()

    @property
    def value(self) -> sp.Expr:
        """sqrt(radicand), the sum of squares as such where it is known."""
        return sp.sqrt(sp.Add(*(c * x**2 for c, x in self.squares)) if self.squares else self.radicand)


class Roots(tuple[Root, ...]):
    """The roots of one model, and exact arithmetic with them."""

    @classmethod
    def name(cls, radicands: Mapping[sp.Expr, Squares], taken: Iterable[sp.Symbol]) -> Roots:
        """alpha for a single radicand, alpha_1, alpha_2, ... for several; names in ``taken`` are left out.

        Radicands whose ratio is the square of a rational number share a root: only independent roots get names.
        """
        distinct: list[tuple[sp.Expr, Squares]] = []
        for radicand, squares in radicands.items():
            if not any(_ratio(radicand, known) for known, _ in distinct):
                square = sp.sqrt(radicand.as_content_primitive()[0]).as_coeff_Mul()[0] ** 2  # 4 D^2 + 4 J^2: 2 alpha
                distinct.append((sp.expand(radicand / square), tuple((c / square, x) for c, x in squares)))
        used = {symbol.name for symbol in taken}
        names = ["alpha", *(f"alpha_{k}" for k in range(1, len(distinct) + len(used) + 1))]
        free = [name for name in (names if len(distinct) == 1 else names[1:]) if name not in used]
        return cls(Root(positive(name), *found) for name, found in zip(free, distinct, strict=False))

    def sqrt(self, radicand: sp.Expr) -> sp.Expr:
        """sqrt(radicand) as a rational multiple of a named root."""
        return next(ratio * root.symbol for root in self if (ratio := _ratio(radicand, root.radicand)))

    def formulas(self) -> Iterator[Formula]:
        """What each name stands for."""
        for root in self:
            yield Formula(root.symbol, root.value, "roots")

    def explicit(self) -> dict[sp.Symbol, sp.Expr]:
        """Names replaced by square roots: ``expr.subs(model.roots.explicit())``."""
        return {root.symbol: root.value for root in self}

    def reduced(self, polynomial: sp.Expr) -> sp.Expr:
        """The polynomial expanded, with every alpha^2 replaced by its radicand: 0 where it vanishes."""
        for root in self:
            if polynomial.has(root.symbol):
                terms = sp.Poly(polynomial, root.symbol).terms()
                polynomial = sp.Add(*(c * root.radicand ** (k // 2) * root.symbol ** (k % 2) for (k,), c in terms))
        return sp.expand(polynomial)

    def is_zero(self, entries: Iterable[sp.Expr]) -> bool:
        """Whether every entry (a rational function; a matrix has many) vanishes identically."""
        return all(self.reduced(sp.fraction(sp.together(entry))[0]) == 0 for entry in entries)

    def quotient(self, numerator: sp.Expr, denominator: sp.Expr) -> sp.Expr:
        """numerator/denominator, factored, with roots in the denominator only as powers of a single symbol.

        Multiplies by the conjugate of every sum with a root: 1/(alpha + Delta) = (alpha - Delta)/(8 J^2).
        """
        above, below = sp.fraction(sp.together(numerator / denominator))
        kept = []
        for factor in sp.Mul.make_args(below):
            base, power = factor.as_base_exp()
            for root in self:
                if base.is_Add and base.has(root.symbol):
                    above *= base.xreplace({root.symbol: -root.symbol}) ** power
                    base = self.reduced(base * base.xreplace({root.symbol: -root.symbol}))
            kept.append(sp.factor(base) ** power)
        divisor = sp.Mul(*kept)
        product = self.roots_first(sp.factor(self.reduced(above)))
        for root in self:  # (D^2 + J^2)/alpha^2 is a number
            content, polynomial = sp.factor(root.radicand).as_coeff_Mul()
            if divisor.as_powers_dict()[root.symbol] >= 2 and product.as_powers_dict()[polynomial] >= 1:
                product *= root.symbol**2 / (content * polynomial)
        return product / divisor

    def roots_first(self, product: sp.Expr) -> sp.Expr:
        """Every factor alpha - x as such, not as -(x - alpha)."""
        factors = [factor.as_base_exp() for factor in sp.Mul.make_args(product)]
        turned = [(-base, power) if self._is_negative(base) else (base, power) for base, power in factors]
        signs = [(-1) ** power for (base, power), (other, _) in zip(factors, turned, strict=True) if base != other]
        return sp.Mul(*signs, *(base**power for base, power in turned))

    def _is_negative(self, total: sp.Expr) -> bool:
        return total.is_Add and any(total.coeff(root.symbol).is_negative for root in self)


def _ratio(radicand: sp.Expr, other: sp.Expr) -> sp.Expr | None:
    """sqrt(radicand/other) where that is a rational number."""
    root = sp.sqrt(sp.cancel(radicand / other))
    return root if root.is_Rational else None

"""The arithmetic inside one step as C text."""

from __future__ import annotations

import re
from collections.abc import Iterable

import sympy as sp

from symqb.codegen.ages import Ages, added

#: Names that a symbol must not have; it gets an underscore.
C_WORDS = """
    auto break case char const continue default do double else enum extern float for goto if inline int long register
    restrict return short signed sizeof static struct switch typedef union unsigned void volatile while main
    fabs copysign sqrt exp expm1 log log1p pow frexp fma memcpy gamma y0 y1 yn j0 j1 jn
"""
PRIMITIVES = """
    pair both bits madd square positive_part magnitude two_sum product_error remainder_of pair_of scaled plus plus_pair
    plus_square normalised on_grid pair_on_grid grid_sum grid_difference square_root shifted_root least most mirror bath
    bath_at size_of power_of_two same_sign bits_of from_bits occupation both_ways reduced occupation_over phi_pair
    ascend descend relative_entropy free_energy_above_gibbs entropy_flow kept in out row rates eliminate energetics
    energies reference_state currents entropy by_bath rates_by_bath with_fraction lanes doubt sure valid scale exits
    least_exit i HORNER LOG2E SHIFT LN2 LN2_REST LARGEST FAR TINY INLINE ALIGNED INDEPENDENT_POINTS HARDWARE_FMA
    HUGE_VAL LANES BLOCK INPUTS OUTPUTS RATES LEVELS RARE number number_of difference times over sum_of double_of
    balanced exponential to_power logarithm smaller_phi add_rates closed_class stationary careful reconsider rate unit
    refused positive split_log log_of_quotient log_value exp_of_minus comparable LN2_HIGH LN2_LOW SCALE SMALLEST
    ARTANH_HORNER EXP_HORNER UNROLLED
"""
RESERVED = frozenset((C_WORDS + PRIMITIVES).split())
#: How places in arguments begin, and what a temperature's phis have in common.
PLACES = ("in_", "out_", "rate_", "at_")


def name_of(symbol: sp.Symbol | str) -> str:
    """A C identifier: as in the program wherever C allows that."""
    name = re.sub(r"[^0-9A-Za-z_]", lambda match: f"u{ord(match[0]):04x}", str(symbol))
    return f"{name}_" if name in RESERVED or name.startswith(PLACES) else name


class Leaves:
    """Prints expressions; ``pairs`` are read by their value, ``late`` factors are multiplied last.

    ``reciprocals`` are symbols whose reciprocal has a name already.
    """

    def __init__(self, pairs: frozenset[sp.Symbol], late: frozenset[sp.Symbol], ages: Ages):
        self.pairs, self.late, self.ages = pairs, late, ages
        self.reciprocals: frozenset[sp.Symbol] = frozenset()

    def __call__(self, expr: sp.Expr) -> str:
        """C text of a whole expression."""
        if isinstance(expr, sp.Add):
            return self._add(expr)
        if isinstance(expr, sp.Mul):
            return self._mul(expr)
        return self._atom(expr)

    def _add(self, expr: sp.Add) -> str:
        terms = expr.as_ordered_terms()
        products = [term for term in terms if _is_product(term)]
        if products and not any(term.could_extract_minus_sign() for term in terms):
            return self._madd([term for term in terms if term not in products], sorted(products, key=self.ages.newest))
        if all(term.is_Symbol or term.is_positive for term in terms):
            return added(self.ages.ordered(expr), self)
        first, *rest = map(self, terms)
        return first + "".join(f" - {text[1:]}" if text.startswith("-") else f" + {text}" for text in rest)

    def _madd(self, plain: list[sp.Expr], products: list[sp.Expr]) -> str:
        """A sum of positive terms, with one rounding a product."""
        if not plain:
            plain, products = products[:1], products[1:]
        total = " + ".join(map(self, plain))
        for product in products:
            last = max(_factors(product), key=self.late.__contains__)
            total = f"madd({self(product / last)}, {self(last)}, {total})"
        return total

    def _mul(self, expr: sp.Mul) -> str:
        number, _ = expr.as_coeff_Mul()
        above: list[sp.Expr] = []
        below: list[sp.Expr] = []
        for factor in sorted(_factors(expr), key=lambda factor: factor in self.late):
            inverse = isinstance(factor, sp.Pow) and factor.exp.is_negative and factor.base not in self.reciprocals
            (below if inverse else above).append(1 / factor if inverse else factor)
        sign = "-" if number < 0 else ""
        size = [] if abs(number) == 1 and above else [self._number(abs(number))]
        return sign + "*".join([*size, *map(self._atom, above)]) + "".join(f"/{self._atom(x)}" for x in below)

    def _atom(self, expr: sp.Expr) -> str:
        if isinstance(expr, sp.Symbol):
            return f"{name_of(expr)}.hi" if expr in self.pairs else name_of(expr)
        if isinstance(expr, sp.Rational):
            return self._number(expr) if expr >= 0 else f"(-{self._number(-expr)})"
        if isinstance(expr, sp.Pow):
            return self._power(expr.base, expr.exp)
        if isinstance(expr, (sp.exp, sp.log)):
            return f"{'exp' if isinstance(expr, sp.exp) else 'log'}({self(expr.args[0])})"
        return f"({self(expr)})"

    def _power(self, base: sp.Expr, exponent: sp.Rational) -> str:
        if base in self.reciprocals and exponent.is_Integer and exponent < 0:
            return "*".join([f"per_{name_of(base)}"] * int(-exponent))
        if exponent.is_negative:
            return f"(1.0/{self._atom(base**-exponent)})"
        if exponent == sp.S.Half:
            return f"sqrt({self(base)})"
        return f"square({self(base)})" if exponent == 2 else f"pow({self(base)}, {self._number(exponent)})"

    def _number(self, number: sp.Rational) -> str:
        return repr(float(number)) if number.q & (number.q - 1) == 0 else f"({float(number.p)!r}/{float(number.q)!r})"


def _factors(term: sp.Expr) -> list[sp.Expr]:
    """The factors of a product but for a number 1 or -1."""
    return [factor for factor in sp.Mul.make_args(term) if not factor.is_Number]


def _is_product(term: sp.Expr) -> bool:
    """Whether a term is a product of two or more factors, none of them inverse."""
    factors = _factors(term)
    return len(factors) > 1 and not any(isinstance(x, sp.Pow) and x.exp.is_negative for x in factors)


def denominators(expr: sp.Expr) -> Iterable[sp.Symbol]:
    """The symbols by whose powers an expression is divided."""
    return {p.base for p in expr.atoms(sp.Pow) if p.exp.is_Integer and p.exp < 0 and p.base.is_Symbol}


def multiples(terms: Iterable[sp.Expr]) -> dict[sp.Expr, sp.Rational]:
    """The coefficient of each symbol in a sum."""
    found: dict[sp.Expr, sp.Rational] = {}
    for term in terms:
        number, rest = term.as_coeff_Mul()
        found[rest] = found.get(rest, sp.S.Zero) + number
    return found

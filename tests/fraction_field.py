"""Equality of rational expressions by their normal form, for tests that compare two derivations."""

import sympy as sp


def equal(left, right):
    """Whether left - right is 0 in the field of fractions over the rationals: exact, both ways."""
    left, right = sp.sympify(left), sp.sympify(right)
    symbols = sorted(left.free_symbols | right.free_symbols, key=str)
    field = sp.QQ.frac_field(*symbols) if symbols else sp.QQ
    return field.from_sympy(left) == field.from_sympy(right)

"""phi(omega, T) in NumPy within a unit in the last place: copied into every generated NumPy module.

The recipe of symqb/codegen/phi_rational.py, its sums and products in pairs, and T brought between 1/2 and 1 first: no
omega is too small, and none below 1e284 too large. tests/test_phi.py holds the error bound.
"""

from functools import reduce

import numpy as np

from symqb.codegen.pairs_numpy import Array, Pair, quotient, two_product, two_sum
from symqb.codegen.phi_rational import FAR, LN2_HI, LN2_LO, LOG2E, C

# --- copied from here ---

LEAST = 2.0**-500  # phi(omega, T) at this omega/T is T, as at 0


def smaller_phi(size: Pair, T: Array) -> Array:
    """phi(size, T) for size >= 0 and T >= 0; 0 at T = 0."""
    gone = size.hi / FAR >= T
    t, exponent = np.frexp(np.where(gone, 1.0, T))
    high, low = (np.ldexp(np.where(gone, 0.0, part), -exponent) for part in size)
    s, x = quotient(Pair(np.maximum(high, LEAST), low), t)
    k = -np.rint(x.hi * (0.5 * LOG2E)).astype(int)
    n, n_low = occupation(two_sum(x.hi + k * (2.0 * LN2_HI), x.lo + k * (2.0 * LN2_LO)), np.ldexp(1.0, k))
    product = two_product(s, n)
    return np.where(gone, 0.0, np.ldexp(product.hi + (product.lo + (s * n_low + low * n)), k + exponent))


def occupation(double_y: Pair, q: Array) -> Pair:
    """m/((1 - q) m + 2 y), which is 1/q times the occupation."""
    y, y_low = 0.5 * double_y.hi, 0.5 * double_y.lo
    z = y * y
    h = z * reduce(lambda value, c: value * z + c, reversed(C))
    w = h - y
    m = 1.0 + w
    m_low = (w - (m - 1.0)) + ((h - (w + y)) - y_low)
    r = 1.0 - q
    product = two_product(r, m)
    below = two_sum(product.hi, double_y.hi)
    below_low = below.lo + (product.lo + r * m_low + ((1.0 - r) - q) * m + double_y.lo)
    n = m / below.hi
    product = two_product(n, below.hi)
    return Pair(n, ((m - product.hi) - product.lo + m_low - n * below_low) / below.hi)

"""Sums of the same symbols as pairs of floats, by plain additions: copied into every generated Numba module.

TwoSum finds the rounding error of each addition anew. Where several sums c_1 x_1 + c_2 x_2 + ... have the same symbols,
one split of each symbol serves them all. With G = GRID (|x_1| + |x_2| + ...) and, for each symbol,

    h = (x + G) - G,  l = x - h

a sum is the pair of sum c h, which is exact, and sum c l, for every c that is a multiple of 1/4 up to 4. For let S be
the sum of the |x|, and u the smallest unit in the last place of G and of all x + G. These are at least 47 S, so that
u > 47 S 2^-53, and every h is a multiple of u. So c h is a multiple of u/4, and a partial sum of m symbols, at most
4 (S + m u), is below 2^53 u/4: no addition of high parts rounds. l is the rounding error of x + G, which is a float,
and at most u. Only sums of low parts round, in all by less than 2^-94 S. High and low sum are normalised by Dekker's
three additions, without error even after cancellation, since the high sum is a multiple of the last place of the low
one.

A symbol that is itself a pair adds its low part to l. Sums of two symbols have nothing to gain, and a grid for more
symbols than a sum has would be too coarse for it where the others are large.
"""

from collections.abc import Iterable

# --- copied from here ---

#: G over the sum of the magnitudes: 3 2^j with room for coefficients.
GRID = 48.0
#: Coefficients are multiples of the first, not larger than the second.
FINEST, LARGEST_COEFFICIENT = 0.25, 4.0
#: From so many symbols on, a grid is less work than TwoSum.
MANY = 3


def fits(coefficients: Iterable[float]) -> bool:
    """Whether a sum with these coefficients, one a symbol, goes on a grid."""
    found = tuple(coefficients)
    return len(found) >= MANY and all(c % FINEST == 0 and abs(c) <= LARGEST_COEFFICIENT for c in found)

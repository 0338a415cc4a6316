"""Sorting networks: comparisons in an order that does not depend on the data."""

from __future__ import annotations

from collections.abc import Iterator


def exchanges(size: int) -> Iterator[tuple[int, int]]:
    """The pairs (i, j), i < j, of Batcher's merge exchange (Knuth, The Art of Computer Programming 3, 5.2.2 M).

    Exchanging in this order wherever entry i is above entry j sorts any ``size`` entries.
    """
    p = top = 1 << max(size - 1, 1).bit_length() - 1
    while p > 0:
        q, r, d = top, 0, p
        while True:
            yield from ((i, i + d) for i in range(size - d) if i & p == r)
            if q == p:
                break
            d, q, r = q - p, q >> 1, p
        p >>= 1

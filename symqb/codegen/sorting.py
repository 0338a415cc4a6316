"""Sorting without a branch: copied into the generated modules that need it."""

from collections.abc import Iterator

# --- copied from here ---


def sorting_network(size: int) -> Iterator[tuple[int, int]]:
    """Batcher's odd-even merges (Knuth, 5.2.2, algorithm M): pairs to compare and exchange, in order."""
    p = 1
    while p < size:
        k = p
        while k:
            for first in range(k % p, size - k, 2 * k):
                for i in range(first, min(first + k, size - k)):
                    if i // (2 * p) == (i + k) // (2 * p):
                        yield i, i + k
            k //= 2
        p *= 2

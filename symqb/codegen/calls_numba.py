"""How compiled loops are called, and where they find their rows: copied into every generated Numba module."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, reduce
from operator import or_
from typing import Any

import numpy as np
from numba import get_num_threads, njit

from symqb.codegen.vectors_numba import LANES

# --- copied from here ---

#: Below so many points, arrays are gathered into one before the call.
FEW = 512
#: Below so many points a thread, one thread does it all.
WORTHWHILE = 4096
Span = Callable[[Any, int, int, int], int]  # a table, what its addresses are relative to, the first point and the last


def compiled(function: Callable[..., Any]) -> Any:
    """``function`` for Numba, kept on disk where this module is a file and Numba finds a folder that it may write."""
    options = {"nogil": True, "error_model": "numpy"}
    if "__file__" in globals():
        with suppress(RuntimeError):  # "no locator available": neither beside the module nor in the user's cache
            return njit(cache=True, **options)(function)
    return njit(**options)(function)


@compiled
def address(array):  # type: ignore[no-untyped-def]
    """Where an array begins: compiled, a quarter of the time that NumPy takes to say so."""
    return array.ctypes.data


def table_of(inputs: Any, columns: Any) -> tuple[Any, int, Any]:
    """Address and stride of every row, what the addresses are relative to, and what must live as long as the table."""
    if isinstance(inputs, np.ndarray) and isinstance(columns, np.ndarray):
        base, given = inputs.ctypes.data, len(inputs)
        table = np.concatenate((offsets(given, inputs.strides[0]), offsets(len(columns), columns.strides[0])))
        table[given:, 0] += columns.ctypes.data - base  # rows of an array: asking each takes as long as some points
        return table, base, (inputs, columns)
    whole = [x if x.strides[0] else np.full(LANES, x[0]) for x in inputs]
    strides = [x.strides[0] for x in (*inputs, *columns)]
    return np.array([(address(x), stride) for x, stride in zip((*whole, *columns), strides, strict=True)]), 0, whole


def few(span: Span, inputs: Any, columns: Any) -> int:
    """By way of one array: asking many arrays for their addresses takes longer than a few points."""
    size, given = len(columns[0]), len(inputs)
    work = np.empty((given + len(columns), max(size, LANES)))
    work[:given, :size] = inputs
    if size < LANES:
        work[:given, size:] = work[:given, :1]
    status = span(offsets(len(work), work.strides[0]), address(work), 0, size)
    if isinstance(columns, np.ndarray):
        columns[:] = work[given:, :size]
        return status
    for column, found in zip(columns, work[given:], strict=True):
        column[:] = found[:size]
    return status


@cache
def offsets(rows: int, step: int) -> Any:
    """The table of the rows of one array, relative to where the array begins; ``step`` bytes from row to row."""
    return np.array([(step * row, 8) for row in range(rows)])


def shared(span: Span, table: Any, base: int, size: int) -> int:
    """Contiguous parts of whole vectors, one a thread."""
    threads = max(min(get_num_threads(), size // WORTHWHILE), 1)
    bounds = [size * part // threads // LANES * LANES for part in range(threads)] + [size]
    with ThreadPoolExecutor(threads) as pool:
        return reduce(or_, pool.map(lambda first, last: span(table, base, first, last), bounds[:-1], bounds[1:]))

"""Replaying a tape on blocks of points that stay in the cache: copied into every generated NumPy module.

What depends on no array is computed once a call. All else is a list of ufuncs with their buffers, which a block of
points runs through from end to end.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial, reduce
from operator import add
from typing import Any

import numpy as np

from symqb.codegen.arithmetic_numpy import SMALLEST
from symqb.codegen.blocks_numpy import Blocks
from symqb.codegen.dataflow import DOUBT, EXITS, LARGEST_SUM, LEAST_EXIT, LEAST_SHARE, OUTPUTS, precise_rates, run
from symqb.codegen.pairs_numpy import Array
from symqb.codegen.phi_rows_numpy import PreciseBlocks
from symqb.codegen.tape_numpy import Operation, Row, Tape, assign_buffers, schedule
from symqb.codegen.watched import RATES, gap_names, watched

PARAMETERS: dict[str, str] = {}

# --- copied from here ---

LARGEST_BLOCK = 16384  # points; half as many spend more on calls, twice as many leave the cache
SMALLEST_BLOCK = 64
Limit = tuple[int, float, float]  # a row and the numbers between which it must stay
WITHOUT_NAN = {np.maximum: np.fmax, np.minimum: np.fmin}  # NaN that they lose is noticed in the norm; see ``watch``
ZERO = np.array(0.0)
PATTERNS = 16  # machines are kept for this many sets of varying inputs and sizes
ROUGHLY = 64 * float(np.finfo(float).eps)  # a gap of this size, of the largest energy, may be the rounding of both


@cache
def kernel(wanted: tuple[str, ...]) -> "Kernel":
    """The named steps of the program, fast: see ``Kernel``."""
    return Kernel(wanted)


class Kernel:
    """Call it with inputs and columns: it fills the columns and returns 0, or not 0 where care is needed.

    inputs: a float64 array of length n for each of PARAMETERS, then T_eq where it is read, valid and
    finite; those with stride 0 hold one number. columns: a contiguous float64 array of length n for
    each wanted name. Not 0: at some point rates may have underflowed or be negative, levels be
    degenerate, a frequency be 0 that must not be, or the steady state not be unique. No error is raised.
    """

    def __init__(self, wanted: tuple[str, ...]):
        self.tape, self.names = Tape(), (*PARAMETERS, "T_eq")
        blocks = Blocks(self.tape)
        values: dict[str, Any] = {
            name: self.tape.input(name, PARAMETERS.get(name, "temperature") != "real") for name in self.names
        }
        with np.errstate(all="ignore"):
            run(blocks, values, (*(name for name in wanted if name != DOUBT), *watched()))
        limits = [*blocks.limits, *watch(blocks, values)]
        values |= precise_rates(PreciseBlocks(blocks), values, tuple(name for name, *_ in RATES if name in wanted))
        self.places = [place for place, name in enumerate(wanted) if name != DOUBT]
        self.wanted = [self.tape.row(blocks.value(values[wanted[i]])).plain().place for i in self.places]
        self.limits = [(row.plain().place, low, high) for row, low, high in limits]
        self.idle: dict[tuple[frozenset[str], int], list[Machine]] = {}

    def __call__(self, inputs: Sequence[Array], columns: Sequence[Array]) -> int:
        given = dict(zip(self.names, inputs, strict=False))
        varying = frozenset(name for name, array in given.items() if array.strides[0])
        size = len(inputs[0])
        full = size - size % LARGEST_BLOCK
        status = 0
        with np.errstate(all="ignore"):
            for begin, end in ((0, full), (full, size)):
                if begin < end:
                    status |= self.part(given, varying, columns, begin, end)
        return status

    def part(
        self, given: dict[str, Array], varying: frozenset[str], columns: Sequence[Array], begin: int, end: int
    ) -> int:
        """Points ``begin`` to ``end``, on a machine that no other thread uses at the same time."""
        key = varying, min(max(SMALLEST_BLOCK, 1 << (end - begin - 1).bit_length()), LARGEST_BLOCK)
        if key not in self.idle and len(self.idle) == PATTERNS:
            self.idle.clear()
        idle = self.idle.setdefault(key, [])
        machine = idle.pop() if idle else Machine(self.tape.operations, self.wanted, self.limits, *key)
        doubt = next((columns[i] for i in range(len(columns)) if i not in self.places), None)
        status = machine(given, [columns[i] for i in self.places], doubt, begin, end)
        idle.append(machine)
        return status


class Machine:
    """A tape with buffers for ``size`` points; ``varying`` inputs are arrays, the others numbers.

    Inputs are loaded where they are first read, what is wanted or limited is stored or checked where it is made: few
    buffers are in use at a time.
    """

    def __init__(
        self, tape: list[Operation], wanted: list[int], limits: list[Limit], varying: frozenset[str], size: int
    ):
        self.size, self.turn = size, Turn()
        order = schedule(tape, [*(place for place, *_ in limits), *wanted])
        varies: set[int] = set()
        for place in order:
            if tape[place].source in varying or varies.intersection(tape[place].operands):
                varies.add(place)
        arrays = [place for place in order if place in varies]
        slots = assign_buffers(tape, arrays)
        buffers = aligned(1 + max(slots.values(), default=-1), size)
        self.rows: dict[int, Array] = {place: buffers[slot] for place, slot in slots.items()}
        self.rows |= {place: cell(tape[place]) for place in order if place not in varies}
        self.spread: dict[int, Array] = {}
        self.numbers = [(tape[i].source, self.rows[i]) for i in order if i not in varies and is_input(tape[i])]
        self.once = [self.bind(tape[i], i) for i in order if i not in varies and tape[i].ufunc]
        after: dict[int, list[Callable[[], None]]] = {}
        for place, low, high in limits:
            after.setdefault(place, []).append(partial(self.turn.check, self.rows[place], low, high))
        for i, place in enumerate(wanted):
            after.setdefault(place, []).append(partial(self.turn.store, self.rows[place], i))
        self.each = [self.turn.clear, *(step for i in arrays for step in (self.bind(tape[i], i), *after.pop(i, ())))]
        self.each += [step for steps in after.values() for step in steps]  # numbers

    def bind(self, operation: Operation, place: int) -> Callable[[], Any]:
        """The operation with its buffers; by position, which is a quarter less overhead than out=out."""
        out, arrays = self.rows[place], [self.rows[operand] for operand in operation.operands]
        if is_input(operation):
            return partial(self.turn.load, operation.source, out)
        if operation.integer:
            out, arrays = out.view(np.int64), [array.view(np.int64) for array in arrays]
        if operation.ufunc in WITHOUT_NAN:
            if out.ndim:  # these two are twice as fast on arrays as with a number
                arrays = [self.filled(i) if not self.rows[i].ndim else self.rows[i] for i in operation.operands]
            return partial(WITHOUT_NAN[operation.ufunc], *arrays, out)
        return partial(operation.ufunc, *arrays, out)

    def filled(self, place: int) -> Array:
        return self.spread.setdefault(place, np.full(self.size, self.rows[place]))

    def __call__(
        self, given: dict[str, Array], columns: Sequence[Array], doubt: Array | None, begin: int, end: int
    ) -> int:
        for name, number in self.numbers:
            number[...] = given[name][0] + 0.0
        for operation in self.once:
            operation()
        for place, row in self.spread.items():
            if row[0] != self.rows[place]:
                row.fill(self.rows[place][()])
        turn = self.turn
        turn.given, turn.columns, turn.doubt, turn.status = given, columns, doubt, 0
        for first in range(begin, end, self.size):
            turn.points = slice(first, min(first + self.size, end))
            turn.count = turn.points.stop - first
            for step in self.each:
                step()
        turn.given, turn.columns, turn.doubt = {}, (), None  # not to keep a caller's arrays
        return turn.status


class Turn:
    """The points whose turn it is among a caller's: their rows are loaded, checked and stored."""

    given: dict[str, Array]
    columns: Sequence[Array]
    doubt: Array | None
    points: slice
    count: int
    status: int

    def load(self, name: str, row: Array) -> None:
        """-0.0 as 0: a bath at T = -0.0 is a bath at T = 0."""
        if self.count == row.size:
            np.add(self.given[name][self.points], ZERO, row)
            return
        np.add(self.given[name][self.points], ZERO, row[: self.count])
        row[self.count :] = row[self.count - 1]  # what is not asked for is a copy of the last point

    def clear(self) -> None:
        if self.doubt is not None:
            self.doubt[self.points] = 0.0

    def check(self, row: Array, low: float, high: float) -> None:
        """Note where a row does not stay between two numbers; NaN does not."""
        if (low == -np.inf or np.minimum.reduce(row, None) > low) and (
            high == np.inf or np.maximum.reduce(row, None) < high
        ):
            return
        self.status = 1
        if self.doubt is not None:
            wrong = ~((row > low) & (row < high))
            self.doubt[self.points][wrong[: self.count] if row.ndim else slice(None)] = 1.0

    def store(self, row: Array, column: int) -> None:
        self.columns[column][self.points] = row[: self.count] if row.ndim else row


def aligned(count: int, size: int) -> list[Array]:
    """Buffers that start on cache lines, each at another place of its page: equal places would slow stores down."""
    line, stride = 8, size + 8 * 5
    memory = np.empty(count * stride + line)
    first = -memory.ctypes.data // 8 % line
    return [memory[first + k * stride :][:size] for k in range(count)]


def is_input(operation: Operation) -> bool:
    """Whether a row is given by the caller."""
    return isinstance(operation.source, str)


def cell(operation: Operation) -> Array:
    """The place of a number, with the number where it is known already."""
    known = operation.source is not None and not is_input(operation)
    kind = np.int64 if known and operation.integer else float
    return np.array(operation.source if known else 0.0, dtype=kind)


def watch(blocks: Blocks, values: dict[str, Any]) -> Iterator[tuple[Row, float, float]]:
    """What must stay between which numbers; in the order in which they are computed.

    Where a sum of exits overflows, none is a share of it.
    """

    def lowest(rows: list[Row]) -> Row:
        return reduce(blocks.minimum, rows)

    if gap_names():
        energies = [values[name] for name in OUTPUTS["energies"]]
        size = max(sum(map(abs, energy.terms.values())) for energy in energies)
        gaps = blocks.smallest([values[name] for name in gap_names()])
        yield gaps - ROUGHLY * size * blocks.largest_term(energies), 0.0, np.inf
    yield values["norm"], -np.inf, LARGEST_SUM
    exits = [values[name] for name in EXITS]
    yield lowest(exits) - LEAST_SHARE * reduce(add, exits), LEAST_EXIT, np.inf
    rates = [blocks.tape.row(values[rate]) for rate, *_ in RATES]
    doubtful = [rate for rate in rates if not rate.nonnegative]
    if doubtful:
        yield lowest(doubtful), -SMALLEST, np.inf

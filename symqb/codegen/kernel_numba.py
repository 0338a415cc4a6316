"""Compiled kernels of a program, one a tuple of names: copied into every generated Numba module."""

from collections.abc import Callable, Sequence
from functools import cache, reduce
from operator import add
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from symqb.codegen.arithmetic_numba import Lanes
from symqb.codegen.calls_numba import FEW, Span, compiled, few, shared, table_of
from symqb.codegen.dataflow import (
    DOUBT,
    EXITS,
    LARGEST_SUM,
    LEAST_EXIT,
    LEAST_SHARE,
    OUTPUTS,
    SECTIONS,
    inputs,
    plan,
    precise_rates,
    run,
)
from symqb.codegen.phi_numba import PreciseLanes
from symqb.codegen.vectors_numba import DOUBLES, INT64, LANES, Vector, divisions, maximum, minimum, strict_sum

# The tables of a generated module, which fills them.
PARAMETERS: dict[str, str] = {}
SIZES = (0.0, 0.0)
LEVELS: tuple[str, ...] = ()
DEGENERACIES: tuple[tuple[str, ...], ...] = ()
CROSSINGS: tuple[tuple[str, ...], ...] = ()
RATES: tuple[tuple[str, int, int, int], ...] = ()

# --- copied from here ---

EPS = 2.0**-52
#: With so few levels, dividing so few numbers by one takes no longer than multiplying by its reciprocal.
FEW_LEVELS, FEW_QUOTIENTS = 4, 4
#: Points whose inputs are checked, in a loop of its own, before they are computed with.
BLOCK = 512


def arguments(names: tuple[str, ...]) -> tuple[str, ...]:
    """The parameters, in the order in which a kernel for these names takes them: T_eq last, if it is read."""
    read = {name for section in plan(names) for name in inputs(SECTIONS[section][0])}
    return (*PARAMETERS, *(["T_eq"] if "T_eq" in read else []))


def invalid(builder: ir.IRBuilder, table: ir.Value, base: ir.Value, start: ir.Value, count: int) -> ir.Value:
    """Not 0 where one of the first ``count`` inputs is not what its role allows, or every bath is at T = 0."""
    ar, warm = Lanes(builder), []
    for row, name in enumerate((*PARAMETERS, "T_eq")[:count]):
        x, role = (
            Vector(builder, builder.load(pointer(builder, table, row, base, start), align=8)),
            PARAMETERS.get(name),
        )
        ar.require(compared("<=", abs(x), SIZES[1]))
        if role in ("temperature", None):
            ar.require(builder.or_(compared(">=", x, SIZES[0]), compared("==", x, 0.0)))
        elif role != "real":
            ar.require(compared(">=", x, SIZES[0]))
        warm += [x] if role == "temperature" else []
    ar.require(reduce(strict_sum, warm).exceeds(0.0))
    return bits(ar)


def bits(ar: Lanes) -> ir.Value:
    """What failed, a bit a lane."""
    builder = ar._builder
    return builder.zext(builder.bitcast(ar.failed, ir.IntType(LANES)), INT64)


def compared(how: str, x: Vector, number: float) -> Any:
    """A comparison that NaN fails."""
    return x.builder.fcmp_ordered(how, x.value, x.lifted(number).value)


def guard(ar: Lanes, values: dict[str, Any]) -> None:
    """Mark the points whose populations may be wrong, or not the whole answer: NaN included."""
    energies = [ar.value(values[name]) for name in OUTPUTS["energies"]]
    unit = EPS * reduce(maximum, (abs(energy) for energy in energies))
    for first, second, *_ in DEGENERACIES:
        a, b = (energies[LEVELS.index(label)] for label in (first, second))
        ar.require(abs(b - a).exceeds(4.0 * unit))  # 4: the energies are rounded, the gap that decides is not
    for *_, omega in CROSSINGS:
        ar.require(abs(ar.value(values[omega])).exceeds(unit))
    for name, *_ in RATES:
        if not values[name].positive:
            ar.require(compared(">=", values[name], 0.0))
    exits = [values[name] for name in EXITS]
    total, smallest = reduce(add, exits), reduce(minimum, exits)
    ar.require(smallest.exceeds(LEAST_EXIT))
    ar.require(smallest.exceeds(LEAST_SHARE * total))
    for size in (total, values["norm"]):  # every NaN on the way enters the norm
        ar.require(size < LARGEST_SUM)


def emit(builder: ir.IRBuilder, table: ir.Value, base: ir.Value, start: ir.Value, names: tuple[str, ...]) -> ir.Value:
    """LANES points from ``start`` on: loads, the program, stores; the status is not 0 if one of the points failed.

    ``table`` holds an address, less ``base``, and a stride in bytes a row: the parameters, then the columns.
    """
    builder.function.attributes.alignstack = 8 * LANES  # or vectors on the stack cross cache lines in most processes
    builder.function.attributes.add("nounwind")  # llvmlite prints the first only beside another
    ar, given, first = Lanes(builder), arguments(names), len(builder.block.instructions)
    values: dict[str, Any] = {}
    for row, name in enumerate(given):
        positive = PARAMETERS.get(name, "temperature") != "real"
        loaded = builder.load(pointer(builder, table, row, base, start), align=8)
        if positive:
            loaded = builder.fadd(loaded, ir.Constant(DOUBLES, [0.0] * LANES))  # a bath at T = -0.0 is a bath at T = 0
        values[name] = Vector(builder, loaded, positive, parameter=True)
    guards = [*OUTPUTS["energies"], *OUTPUTS["populations"], *EXITS, *(name for name, *_ in RATES)]
    run(ar, values, (*(name for name in names if name != DOUBT), *guards, *(omega for *_, omega in CROSSINGS)))
    guard(ar, values)
    values |= precise_rates(PreciseLanes(builder), values, tuple(rate for rate, *_ in RATES if rate in names))
    values[DOUBT] = Vector(builder, builder.uitofp(ar.failed, DOUBLES))
    for row, name in enumerate(names, start=len(given)):
        column = values[given[0]].lifted(ar.value(values[name]))
        builder.store(column.value, pointer(builder, table, row, base, start), align=8)
    status = bits(ar)
    divisions(builder.block, FEW_QUOTIENTS if len(LEVELS) <= FEW_LEVELS else 1)
    reorder(builder.block, first)
    return status


def reorder(block: ir.Block, first: int) -> None:
    """Move every instruction from the ``first`` on to just before what needs it: fewer numbers wait in memory."""
    waiting = dict.fromkeys(block.instructions[first:])
    ordered: list[ir.Instruction] = []
    stack = [x for x in waiting if isinstance(x, ir.instructions.StoreInstr)] + list(waiting)[-1:]
    while stack:
        needed = [x for x in stack[-1].operands if x in waiting]
        if stack[-1] not in waiting:
            stack.pop()
        elif needed:
            stack.extend(needed)
        else:
            del waiting[stack[-1]]
            ordered.append(stack.pop())
    block.instructions[first:] = ordered


def pointer(builder: ir.IRBuilder, table: ir.Value, row: int, base: ir.Value, start: ir.Value) -> ir.Value:
    """Where the numbers of one row of the table begin for point ``start``."""
    address, stride = (
        builder.load(builder.gep(table, [ir.Constant(INT64, 2 * row + column)]), align=8) for column in (0, 1)
    )
    place = builder.add(builder.add(base, address), builder.mul(stride, start))
    return builder.inttoptr(place, DOUBLES.as_pointer())


@intrinsic(prefer_literal=True)  # type: ignore[untyped-decorator]
def points(typingctx: Any, names: Any, table: Any, base: Any, start: Any) -> Any:
    """``emit`` as a function for Numba: the names in one string, the addresses, the first point."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        rows = builder.inttoptr(given[1], INT64.as_pointer())
        return emit(builder, rows, given[2], given[3], tuple(names.literal_value.split()))

    return types.int64(names, types.intp, types.intp, types.intp), generate


@intrinsic(prefer_literal=True)  # type: ignore[untyped-decorator]
def checked(typingctx: Any, count: Any, table: Any, base: Any, start: Any) -> Any:
    """``invalid`` as a function for Numba."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        rows = builder.inttoptr(given[1], INT64.as_pointer())
        return invalid(builder, rows, given[2], given[3], count.literal_value)

    return types.int64(count, types.intp, types.intp, types.intp), generate


@cache
def loop(names: str) -> Span:
    """Compiled, at the first call: the points from ``first`` to ``last`` of a table; the last vector may overlap."""

    given = len(arguments(tuple(names.split())))

    def span(table, base, first, last):  # type: ignore[no-untyped-def]
        status, address = 0, table.ctypes.data
        for block in range(first, last, BLOCK):
            end = min(block + BLOCK, last)
            for start in range(block, end, LANES):
                status |= checked(given, address, base, max(min(start, last - LANES), 0))
            for start in range(block, end, LANES):
                status |= points(names, address, base, max(min(start, last - LANES), 0))
        return status

    span_of_points: Span = compiled(span)
    return span_of_points


@cache
def kernel(names: tuple[str, ...], parallel: bool = False) -> Callable[[Sequence[Any], Sequence[Any]], int]:
    """A function of (inputs, columns) that fills one float64 column a name.

    inputs: one float64 array of length n and stride 0 or 8 bytes for each of ``arguments(names)``. columns: one
    contiguous float64 array of length n a name. Returns 0, or another number where at least one point is not valid,
    refused or needs more care; its entries may be wrong then. parallel: on ``numba.get_num_threads()`` threads, with
    the same bits.
    """
    span = loop(" ".join(names))

    def fill(inputs: Sequence[Any], columns: Sequence[Any]) -> int:
        size = len(columns[0])
        if size < FEW:
            return few(span, inputs, columns)
        table, base, alive = table_of(inputs, columns)  # alive: numbers spread over a vector, at addresses in the table
        status = shared(span, table, base, size) if parallel else span(table, base, 0, size)
        del alive
        return status

    return fill

"""Vectors of float64 numbers as LLVM knows them, while code is emitted: copied into every generated Numba module."""

import math
from collections.abc import Sequence
from functools import reduce
from itertools import count
from typing import Any

from llvmlite import binding, ir

# --- copied from here ---

Mask = Any  # an ir.Value with one bit a lane


def widest() -> int:
    """How many float64 numbers the widest registers of this machine hold."""
    features = binding.get_host_cpu_features()
    return 8 if features.get("avx512f") else 4 if features.get("avx") else 2


#: Points that are computed at once.
LANES = widest()
DOUBLE, INT64 = ir.DoubleType(), ir.IntType(64)
DOUBLES, INTS, BITS = (ir.VectorType(lane, LANES) for lane in (DOUBLE, INT64, ir.IntType(1)))
#: A product may fuse with a sum where all is positive, so that nothing that cancels can be left over.
FUSED = ("contract",)


COUNT = count()
#: How instructions are called that ``divisions`` may replace.
RECIPROCAL = "reciprocal"


class Vector:
    """LANES numbers. Operators emit the instruction; a division multiplies by the reciprocal, see ``divisions``.

    ``positive``: no number in it is below 0 (there may be NaN). ``serial`` counts vectors in the order of emission. As
    a term of a sum, the vector is ``factor`` times ``unit``, exactly; as a product, it is ``factors[0] * factors[1]``
    where the first is a parameter.
    """

    def __init__(self, builder: ir.IRBuilder, value: ir.Value, positive: bool = False, parameter: bool = False):
        self.builder, self.value, self.positive, self.parameter = builder, value, positive, parameter
        self.serial = next(COUNT)
        self.unit, self.factor = self, 1.0
        self.factors: tuple[Vector, Vector] | None = None
        self._reciprocal: Vector | None = None

    def like(self, value: ir.Value, positive: bool = False) -> "Vector":
        """Another vector, emitted at the same place."""
        return Vector(self.builder, value, positive)

    def lifted(self, x: Any) -> "Vector":
        """A number as a vector."""
        if isinstance(x, Vector):
            return x
        return Vector(self.builder, ir.Constant(DOUBLES, [float(x)] * LANES), x >= 0)

    @property
    def zero(self) -> bool:
        """Whether this is the number 0 as such."""
        return isinstance(self.value, ir.Constant) and self.value.constant[0].constant == 0.0

    @property
    def reciprocal(self) -> "Vector":
        if self._reciprocal is None:
            one = self.lifted(1.0)
            self._reciprocal = self.like(self.builder.fdiv(one.value, self.value, name=RECIPROCAL), self.positive)
        return self._reciprocal

    def __add__(self, other: Any) -> "Vector":
        y = self.lifted(other)
        positive = self.positive and y.positive
        return self.like(self.builder.fadd(self.value, y.value, flags=FUSED * positive), positive)

    __radd__ = __add__

    def __sub__(self, other: Any) -> "Vector":
        return self.like(self.builder.fsub(self.value, self.lifted(other).value))

    def __rsub__(self, other: Any) -> "Vector":
        return self.lifted(other) - self

    def __mul__(self, other: Any) -> "Vector":
        y = self.lifted(other)
        if self.factors is not None and y.serial < self.factors[1].serial:
            return self.factors[0] * y * self.factors[1]  # what is known early, first: many products share it
        positive = self is y or (self.positive and y.positive)
        product = self.like(self.builder.fmul(self.value, y.value, flags=FUSED * positive), positive)
        if not isinstance(other, Vector):
            product.scales(self, float(other))
        elif self.parameter:
            product.factors = self, y
        return product

    def scales(self, x: "Vector", factor: float) -> None:
        """Remember that this is ``factor`` times x, where that is exact."""
        if abs(math.frexp(factor)[0]) == 0.5:
            self.unit, self.factor = x.unit, x.factor * factor

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Vector":
        return self * (other.reciprocal if isinstance(other, Vector) else 1.0 / other)

    def __rtruediv__(self, number: float) -> "Vector":
        return self.reciprocal if number == 1 else self.reciprocal * number

    def __neg__(self) -> "Vector":
        negative = self.like(self.builder.fneg(self.value))
        negative.scales(self, -1.0)
        return negative

    def __pow__(self, power: int) -> "Vector":
        if power < 0:
            return self.reciprocal**-power
        root = self ** (power // 2) if power > 1 else self.lifted(1.0)
        return root * root * self if power % 2 else root * root

    def __abs__(self) -> "Vector":
        return self.like(call(self.builder, "llvm.fabs", self.value), True)

    def __lt__(self, other: Any) -> Mask:
        return self.builder.fcmp_ordered("<", self.value, self.lifted(other).value)

    def exceeds(self, other: Any) -> Mask:
        """self > other, false for NaN."""
        return self.builder.fcmp_ordered(">", self.value, self.lifted(other).value)


class Rate(Vector):
    """size * occupied + shift * strength, which nothing emits before it is read: baths share size and shift."""

    def __init__(self, occupied: Vector, size: Vector, shift: Vector, strength: Vector | None = None):
        self.builder, self.positive, self.parameter, self.serial = occupied.builder, True, False, next(COUNT)
        self.unit, self.factor, self.factors, self._reciprocal = self, 1.0, None, None
        self.occupied, self.size, self.shift, self.strength = occupied, size, shift, strength
        self._value: ir.Value | None = None

    @property
    def value(self) -> ir.Value:
        if self._value is None:
            strength = 1.0 if self.strength is None else self.strength
            self._value = fma(self.shift, self.lifted(strength), self.size * self.occupied).value
        return self._value

    def __add__(self, other: Any) -> Vector:
        if not isinstance(other, Rate) or other.shift is not self.shift or self.strength is None:
            return super().__add__(other)
        return Rate(self.occupied + other.occupied, self.size, self.shift, self.strength + other.strength)

    def __mul__(self, other: Any) -> Vector:
        x = self.lifted(other)
        if not x.positive:
            return super().__mul__(other)
        return Rate(self.occupied * x, self.size, self.shift, x if self.strength is None else self.strength * x)

    def __rmul__(self, other: Any) -> Vector:
        x = self.lifted(other)
        if not x.positive:
            return super().__mul__(other)
        return Rate(x * self.occupied, self.size, self.shift, x if self.strength is None else x * self.strength)

    __radd__ = __add__


def root(x: Vector) -> Vector:
    """The square root, rounded once."""
    return x.like(call(x.builder, "llvm.sqrt", x.value), True)


def call(builder: ir.IRBuilder, name: str, *arguments: ir.Value) -> ir.Value:
    """An LLVM intrinsic on whole vectors."""
    kind = ir.FunctionType(DOUBLES, [DOUBLES] * len(arguments))
    name = f"{name}.v{LANES}f64"
    known = builder.module.globals.get(name)
    return builder.call(known or ir.Function(builder.module, kind, name), arguments)


def lane_by_lane(name: str, *arguments: Vector) -> Vector:
    """A function of the C library: slow, and on no path from parameters to populations of an Ohmic bath."""
    builder, result = arguments[0].builder, ir.Constant(DOUBLES, ir.Undefined)
    known = builder.module.globals.get(name)
    function = known or ir.Function(builder.module, ir.FunctionType(DOUBLE, [DOUBLE] * len(arguments)), name)
    for lane in (ir.Constant(ir.IntType(32), i) for i in range(LANES)):
        one = builder.call(function, [builder.extract_element(x.value, lane) for x in arguments])
        result = builder.insert_element(result, one, lane)
    return arguments[0].like(result)


def divide(x: Vector, y: Vector) -> Vector:
    """x/y, rounded once."""
    return x.like(x.builder.fdiv(x.value, y.value), x.positive and y.positive)


def fma(x: Vector, y: Vector, z: Any) -> Vector:
    """x y + z, rounded once."""
    return x.like(call(x.builder, "llvm.fma", x.value, y.value, x.lifted(z).value))


def polynomial(x: Vector, coefficients: Sequence[float]) -> Vector:
    """By Horner's rule; the lowest coefficient comes first."""
    return reduce(lambda result, c: fma(result, x, c), reversed(coefficients[:-1]), x.lifted(coefficients[-1]))


def select(mask: Mask, x: Any, y: Any) -> Vector:
    """x where the mask is set, y elsewhere."""
    one: Vector = x if isinstance(x, Vector) else y
    a, b = one.lifted(x), one.lifted(y)
    return one.like(one.builder.select(mask, a.value, b.value), a.positive and b.positive)


def maximum(x: Vector, y: Any) -> Vector:
    """The larger; y where one is NaN."""
    y = x.lifted(y)
    larger = select(x.exceeds(y), x, y)
    larger.positive = x.positive or y.positive
    return larger


def minimum(x: Vector, y: Any) -> Vector:
    """The smaller; y where one is NaN."""
    return select(x < y, x, y)


def strict_sum(a: Vector, b: Vector) -> Vector:
    """a + b, rounded, whatever the signs; nothing is emitted for a 0 that is written as such."""
    if a.zero or b.zero:
        return b if a.zero else a
    return a.like(a.builder.fadd(a.value, b.value))


def divisions(block: ir.Block, few: int) -> None:
    """Divide where a number divides few others: multiplying by its reciprocal rounds once more."""
    users: dict[ir.Instruction, list[ir.Instruction]] = {}
    for instruction in block.instructions:
        for operand in instruction.operands:
            if isinstance(operand, ir.Instruction) and operand.name.startswith(RECIPROCAL):
                users.setdefault(operand, []).append(instruction)
    for reciprocal, found in users.items():
        for user in found if len(found) <= few else ():
            if user.opname == "fmul":
                (dividend,) = (operand for operand in user.operands if operand is not reciprocal)
                user.opname, user.operands = "fdiv", [dividend, reciprocal.operands[1]]

"""The program's primitives on float64 arrays: copied into every generated NumPy module, which needs NumPy alone.

Float64 is the ordinary arithmetic. Frequencies are pairs (hi, lo) and omega/T is a compensated quotient, because the
rounding of omega/T is amplified by omega/T itself. Where the sum of all tree terms underflows, the same sections are
run once more with Extended numbers, m e^(hi+lo): no rate underflows there, however cold the baths.
"""

from typing import Any, NamedTuple

import numpy as np

from symqb.codegen.dataflow import OUTPUTS, VECTORS, plan, run

# --- copied from here ---

Array = Any  # float64 arrays that broadcast against each other, or scalars

SPLIT = 134217729.0  # 2**27 + 1, Veltkamp
LN2_HI, LN2_LO = 0.6931471805599453, 2.3190468138462996e-17  # ln 2 as a pair
TINY_RATIO = 1e-200  # below this omega/T, phi(omega, T) = T to the last digit
SAFE_NORM = 1e-50  # tree terms of balanced rates (<= 1) above SAFE_NORM * 1e-250 are far from underflow
SMALLEST = 5e-324


class Pair(NamedTuple):
    """The unevaluated sum hi + lo with |lo| <= ulp(hi)/2."""

    hi: Array
    lo: Array


def two_sum(a: Array, b: Array) -> Pair:
    """a + b without error (Knuth)."""
    s = a + b
    t = s - a
    return Pair(s, (a - (s - t)) + (b - t))


def two_product(a: Array, b: Array) -> Pair:
    """a * b without error (Dekker), for magnitudes below 1e290."""
    p = a * b
    ta, tb = SPLIT * a, SPLIT * b
    ah, bh = ta - (ta - a), tb - (tb - b)
    al, bl = a - ah, b - bh
    return Pair(p, ((ah * bh - p) + ah * bl + al * bh) + al * bl)


def add_pairs(a: Pair, b: Pair) -> Pair:
    """a + b to about twice the working precision."""
    s, e = two_sum(a.hi, b.hi)
    return two_sum(s, e + (a.lo + b.lo))


def quotient(omega: Pair, T: Array) -> tuple[Array, Pair]:
    """|omega| and |omega|/T, the latter as a pair; meaningless where T = 0."""
    size = np.abs(omega.hi)
    x = size / T
    p, e = two_product(x, T)
    low = np.where(omega.hi < 0, -omega.lo, omega.lo)
    return size, Pair(x, ((size - p) - e + low) / T)


class Float64:
    """Plain float64."""

    @staticmethod
    def exact_sum(*terms: Array) -> Pair:
        high, low = np.asarray(terms[0], dtype=float), 0.0
        for term in terms[1:]:
            high, error = two_sum(high, term)
            low = low + error
        return two_sum(high, low)

    @staticmethod
    def value(x: Any) -> Array:
        return x.hi if isinstance(x, Pair) else x

    @staticmethod
    def ratio(p: int, q: int) -> float:
        return p / q

    sqrt = staticmethod(np.sqrt)

    @staticmethod
    def phi_pair(omega: Pair, T: Array) -> tuple[Array, Array]:
        size, x = quotient(omega, T)
        expm1 = np.expm1(x.hi)
        low = size / expm1 * (1.0 - x.lo * (1.0 + 1.0 / expm1))  # phi(|omega|, T), first order in x.lo
        low = np.where(x.hi < TINY_RATIO, T, low)
        low = np.where(T == 0, 0.0, low)
        return low + np.maximum(-omega.hi, 0.0), low + np.maximum(omega.hi, 0.0)

    @staticmethod
    def balance(*rates: Array) -> tuple[Array, ...]:
        largest = rates[0]
        for rate in rates[1:]:
            largest = np.maximum(largest, rate)
        exponent = -np.frexp(largest)[1]
        return tuple(np.ldexp(rate, exponent) for rate in rates)

    @staticmethod
    def sorted_by(*keys_and_values: Array) -> tuple[Array, ...]:
        stack = np.stack(np.broadcast_arrays(*keys_and_values))
        keys, values = stack[: len(stack) // 2], stack[len(stack) // 2 :]
        order = np.argsort(keys, axis=0, kind="stable")
        return (*np.take_along_axis(keys, order, axis=0), *np.take_along_axis(values, order, axis=0))

    @staticmethod
    def descending(*values: Array) -> tuple[Array, ...]:
        return tuple(-np.sort(-np.stack(np.broadcast_arrays(*values)), axis=0))

    @staticmethod
    def positive_part(x: Array) -> Array:
        return np.maximum(x, 0.0)

    @staticmethod
    def free_energy_above_gibbs(T: Array, *energies_and_populations: Array) -> Array:
        T, *arrays = np.broadcast_arrays(T, *energies_and_populations)
        stack = np.stack(arrays)
        d, r = stack[: len(stack) // 2], stack[len(stack) // 2 :]
        d = d - d[0]
        y = np.where(d == 0, 0.0, d / T)
        z = np.exp(-y).sum(axis=0)
        g = np.exp(-y) / z
        near = g * relative_entropy(r / g - 1.0)
        far = r * (np.log(np.maximum(r, SMALLEST)) + y + np.log(z)) - (r - g)
        terms = T * np.where(np.abs(r - g) < 0.5 * g, near, far)
        return np.where(T == 0, (r * d).sum(axis=0), terms.sum(axis=0))

    @staticmethod
    def entropy_flow(up: Array, down: Array, p_lower: Array, p_upper: Array, omega: Array, T: Array) -> Array:
        net = up - down
        direct = net * np.where(net > 0, np.log1p(net / down), -np.log1p(-net / up))
        ratio = np.log(np.maximum(p_lower, SMALLEST)) - np.log(np.maximum(p_upper, SMALLEST)) - omega / T
        comparable = np.minimum(up, down) > 1e-290 * np.maximum(up, down)
        return np.where(net == 0, 0.0, np.where(comparable, direct, np.maximum(net * ratio, 0.0)))


def relative_entropy(x: Array) -> Array:
    """h(x) = (1+x) ln(1+x) - x without cancellation: its series where |x| < 0.03."""
    series = np.zeros_like(x)
    for n in range(12, 1, -1):
        series = 1.0 / (n * (n - 1)) - x * series
    return np.where(np.abs(x) < 0.03, x * x * series, (1.0 + x) * np.log1p(x) - x)


class Extended:
    """m e^(exponent) with m >= 0 a float64 array and the exponent a Pair: positive numbers of any size."""

    __array_ufunc__ = None  # lets float64 * Extended reach __rmul__

    def __init__(self, m: Array, exponent: Pair):
        self.m, self.exponent = m, exponent

    def __mul__(self, other: Any) -> "Extended":
        if isinstance(other, Extended):
            return Extended(self.m * other.m, add_pairs(self.exponent, other.exponent))
        return Extended(self.m * other, self.exponent)

    __rmul__ = __mul__

    def __truediv__(self, other: "Extended") -> "Extended":
        return Extended(self.m / other.m, add_pairs(self.exponent, Pair(-other.exponent.hi, -other.exponent.lo)))

    def __add__(self, other: "Extended") -> "Extended":
        a, b = self.exponent, other.exponent
        # A zero must not set the common exponent.
        first = (other.m == 0) | ((self.m != 0) & (a.hi >= b.hi))
        top = Pair(np.where(first, a.hi, b.hi), np.where(first, a.lo, b.lo))
        return Extended(self._above(top) + other._above(top), top)

    def _above(self, top: Pair) -> Array:
        """The factor m' with value m' e^top, for a top that is at least the exponent wherever m != 0."""
        gap = add_pairs(self.exponent, Pair(-top.hi, -top.lo))
        return np.where(self.m == 0, 0.0, self.m * exp_pair(gap))

    def float64(self) -> Array:
        return self.m * exp_pair(self.exponent)


def exp_pair(x: Pair) -> Array:
    """e^(hi+lo) for hi <= 0; where lo is not small, hi is so large that the result is 0 anyway."""
    return np.exp(np.minimum(x.hi, 0.0)) * (1.0 + np.clip(x.lo, -0.5, 0.5))


class ExtendedFloat64(Float64):
    """Float64 with Extended rates and populations."""

    @staticmethod
    def phi_pair(omega: Pair, T: Array) -> tuple[Any, Any]:
        size, x = quotient(omega, T)
        m = size / -np.expm1(-x.hi)  # x.lo would change this by less than half a unit in the last place
        plain = (T == 0) | (x.hi < TINY_RATIO)
        zero = np.zeros_like(x.hi)
        low = Extended(np.where(plain, T, m), Pair(np.where(plain, zero, -x.hi), np.where(plain, zero, -x.lo)))
        one = Pair(zero, zero)
        return low + Extended(np.maximum(-omega.hi, 0.0), one), low + Extended(np.maximum(omega.hi, 0.0), one)

    @staticmethod
    def balance(*rates: Any) -> tuple[Any, ...]:
        balanced = []
        for rate in rates:  # moves the size of m into the exponent: products of m cannot overflow
            m, k = np.frexp(rate.m)
            p, e = two_product(k.astype(float), LN2_HI)
            balanced.append(Extended(m, add_pairs(rate.exponent, Pair(p, e + k * LN2_LO))))
        return tuple(balanced)


def lookup(parameters: dict[str, Array], names: tuple[str, ...]) -> dict[str, Array]:
    """Any named steps of the program at the parameters (floats or arrays), broadcast to one shape."""
    values: dict[str, Any] = {name: np.asarray(value, dtype=float) for name, value in parameters.items()}
    shape = np.broadcast_shapes(*(value.shape for value in values.values()))
    with np.errstate(all="ignore"):
        if "populations" in plan(names):
            run(Float64, values, ("norm",))
            weak = np.broadcast_to(values["norm"] < SAFE_NORM, shape)
            run(Float64, values, OUTPUTS["populations"])
            if weak.any():
                rescue(values, tuple(parameters), weak, shape)
        run(Float64, values, names)
    return {name: np.broadcast_to(Float64.value(values[name]), shape) for name in names}


def rescue(values: dict[str, Any], parameters: tuple[str, ...], weak: Array, shape: tuple[int, ...]) -> None:
    """Replace the populations at the ``weak`` points by those of Extended arithmetic."""
    cold: dict[str, Any] = {name: np.broadcast_to(values[name], shape)[weak] for name in parameters}
    run(ExtendedFloat64, cold, OUTPUTS["populations"])
    for name in OUTPUTS["populations"]:
        column = np.broadcast_to(values[name], shape).copy()
        column[weak] = cold[name].float64()
        values[name] = column


def compute(parameters: dict[str, Array], outputs: tuple[str, ...]) -> dict[str, Array]:
    """The outputs at the parameters; energies and populations have the levels along the last axis."""
    values = lookup(parameters, tuple(name for output in outputs for name in OUTPUTS[output]))
    return {
        output: np.stack([values[name] for name in OUTPUTS[output]], axis=-1)
        if output in VECTORS
        else values[OUTPUTS[output][0]].copy()
        for output in outputs
    }

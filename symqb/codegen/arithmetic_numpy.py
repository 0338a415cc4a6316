"""The program's primitives on float64 arrays: copied into every generated NumPy module, which needs NumPy alone.

Frequencies and roots are pairs (hi, lo), because the rounding of omega is amplified by omega/T.
"""

from typing import Any

import numpy as np

from symqb.codegen.pairs_numpy import Array, Pair, add_pairs, square, square_root, two_product, two_sum
from symqb.codegen.phi_numpy import smaller_phi

# --- copied from here ---

SMALLEST = 5e-324
SMALLEST_RATE = 1e-270


class Float64:
    """Plain float64."""

    @staticmethod
    def exact_sum(*terms: Any) -> Pair:
        high, low = np.asarray(0.0), 0.0
        for term in terms:
            high, error = two_sum(high, Float64.value(term))
            low = low + error + (term.lo if isinstance(term, Pair) else 0.0)
        return two_sum(high, low)

    @staticmethod
    def scaled(x: Pair, power_of_two: float) -> Pair:
        return Pair(x.hi * power_of_two, x.lo * power_of_two)

    @staticmethod
    def root_of_squares(*coefficients_and_parts: Any) -> Pair:
        coefficients, given = coefficients_and_parts[::2], coefficients_and_parts[1::2]
        parts = [part if isinstance(part, Pair) else Pair(np.asarray(part, dtype=float), 0.0) for part in given]
        exponent = np.frexp(np.max(np.broadcast_arrays(*(np.abs(part.hi) for part in parts)), axis=0))[1]
        total = Pair(np.asarray(0.0), 0.0)
        for c, part in zip(coefficients, parts, strict=True):
            x = square(Pair(np.ldexp(part.hi, -exponent), np.ldexp(part.lo, -exponent)))
            p = two_product(x.hi, float(c))
            total = add_pairs(total, Pair(p.hi, p.lo + c * x.lo))
        root = square_root(total)
        return Pair(np.ldexp(root.hi, exponent), np.ldexp(root.lo, exponent))

    @staticmethod
    def shifted_root(alpha: Array, x: Array, gap: Array) -> Array:
        return np.where(x >= 0, alpha + x, gap / (alpha + np.abs(x)))

    @staticmethod
    def value(x: Any) -> Array:
        return x.hi if isinstance(x, Pair) else x

    @staticmethod
    def ratio(p: int, q: int) -> float:
        return p / q

    @staticmethod
    def sqrt(x: Any) -> Any:
        return np.sqrt(x)

    @staticmethod
    def exp(x: Any) -> Any:
        return np.exp(x)

    @staticmethod
    def log(x: Any) -> Any:
        return np.log(x)

    @staticmethod
    def power(x: Any, y: float) -> Any:
        return np.power(x, y)

    magnitude = staticmethod(np.abs)

    @staticmethod
    def phi_pair(omega: Pair, T: Array) -> tuple[Array, Array]:
        falls = omega.hi < 0
        size = Pair(np.abs(omega.hi), np.where(falls, -omega.lo, omega.lo))
        smaller = smaller_phi(size, T)
        larger = size.hi + (smaller + size.lo)
        return np.where(falls, larger, smaller), np.where(falls, smaller, larger)

    @staticmethod
    def balance(*rates: Array) -> tuple[Array, ...]:
        largest = rates[0]
        for rate in rates[1:]:
            largest = np.maximum(largest, rate)
        exponent = -np.frexp(largest)[1]
        # Rates this small may have lost digits already: NaN leads to arithmetic without underflow.
        unit = np.where(largest > SMALLEST_RATE, 1.0, np.nan)
        return tuple(np.ldexp(rate, exponent) * unit for rate in rates)

    @staticmethod
    def standard_part(x: Any) -> Any:
        return x

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

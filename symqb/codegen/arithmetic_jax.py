"""The program's primitives on JAX arrays of float64: copied into every generated JAX module.

XLA may contract a*b + c into one rounding. Where an error-free transformation stands, the products that enter it are
therefore exact in themselves: bits are masked off before, and it makes no difference whether they are contracted.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from symqb.codegen.phi_rational import LARGEST, LN2_HI, LN2_LO, LOG2E, C
from symqb.codegen.slope_jax import Rate, plain, slope
from symqb.codegen.sorting import sorting_network

# --- copied from here ---

Array = Any  # float64 arrays that broadcast against each other, or scalars

SMALLEST = 2.0**-1022  # XLA takes what is smaller for 0
TOP_13, TOP_26, TOP_40 = -(2**40), -(2**27), -(2**13)  # masks that leave that many bits of a significand


class Pair(NamedTuple):
    """The unevaluated sum hi + lo; what is differentiated is hi."""

    hi: Array
    lo: Array


def bits(x: Array) -> Array:
    """The 64 bits of a float as an integer."""
    return jax.lax.bitcast_convert_type(jax.lax.stop_gradient(x), jnp.int64)


def from_bits(x: Array) -> Array:
    """The float of 64 bits."""
    return jax.lax.bitcast_convert_type(x, jnp.float64)


def top(x: Array, mask: int) -> Array:
    """x with fewer bits."""
    return from_bits(bits(x) & mask)


def powers_of_two(x: Array) -> tuple[Array, Array]:
    """2^e and 2^-e for the exponent e of x."""
    exponent = bits(x) & (0x7FF << 52)
    return from_bits(exponent), from_bits((0x7FE << 52) - exponent)


def two_sum(a: Array, b: Array) -> Pair:
    """a + b without error (Knuth)."""
    s = a + b
    t = s - a
    return Pair(s, jax.lax.stop_gradient((a - (s - t)) + (b - t)))


def exact_square(x: Pair, factor: float) -> tuple[Array, ...]:
    """Four numbers with the sum factor x^2, all but the last exact for a factor of few bits."""
    high = top(x.hi, TOP_26)
    low = x.hi - high
    return factor * high * high, 2.0 * factor * high * low, factor * low * low, 2.0 * factor * x.hi * x.lo


def phi_of_size(size: Array, low: Array, T: Array) -> Array:
    """phi(size + low, T) for size >= 0, by the recipe of symqb.codegen.phi_rational."""
    half = 0.5 / T
    x = top(size * half, TOP_40)
    T_high = top(T, TOP_13)
    x_low = ((size - 2.0 * x * T_high) - 2.0 * x * (T - T_high) + low) * half
    k = jnp.round(x * LOG2E)  # XLA would take t - SHIFT for x LOG2E
    y = (x - k * LN2_HI) - (k * LN2_LO - x_low)
    z, h = y * y, jnp.zeros_like(y)
    for c in reversed(C):
        h = z * (c + h)
    q = from_bits((1023 - jnp.where(x < LARGEST, k, 0.0).astype(jnp.int64)) << 52)
    d, g = y - h, y + h
    a = jnp.where(k == 0, T, size * q)
    b = jnp.where(k == 0, 1.0, (1.0 - q) + (g + q * d))
    return jnp.where(x < LARGEST, (a - a * d) / b, 0.0)


@jax.custom_jvp  # type: ignore[untyped-decorator]
def phis(omega: Array, low: Array, T: Array) -> tuple[Array, Array]:
    """phi(omega + low, T) and phi(-omega - low, T), right to the last digits."""
    smaller = phi_of_size(jnp.abs(omega), jnp.where(omega < 0, -low, low), T)
    return smaller + jnp.maximum(-omega, 0.0), smaller + jnp.maximum(omega, 0.0)


@phis.defjvp  # type: ignore[untyped-decorator]
def _phis_jvp(primals: tuple[Array, ...], tangents: tuple[Array, ...]) -> tuple[Any, Any]:
    """phi = T f(omega/T) has the slopes f'(omega/T) in omega and f(omega/T) f(-omega/T) in T."""
    omega, _, T = primals
    domega, _, dT = tangents
    rising, warming = slope(omega, T)
    return phis(*primals), (rising * domega + warming * dT, (1.0 + rising) * domega + warming * dT)


class Float64:
    """float64 in JAX."""

    @staticmethod
    def exact_sum(*terms: Any) -> Pair:
        pairs = [term if isinstance(term, Pair) else Pair(term, 0.0) for term in terms or (jnp.float64(0.0),)]
        high, low = pairs[0]
        for term in pairs[1:]:
            high, error = two_sum(high, term.hi)
            low = low + error + term.lo
        return two_sum(high, low)

    @staticmethod
    def scaled(x: Pair, power_of_two: float) -> Pair:
        return Pair(x.hi * power_of_two, x.lo * power_of_two)

    @staticmethod
    def root_of_squares(*coefficients_and_parts: Any) -> Pair:
        coefficients, given = coefficients_and_parts[::2], coefficients_and_parts[1::2]
        parts = [part if isinstance(part, Pair) else Pair(part, jnp.zeros_like(part)) for part in given]
        largest = jnp.abs(parts[0].hi)
        for part in parts[1:]:
            largest = jnp.maximum(largest, jnp.abs(part.hi))
        up, down = powers_of_two(largest)
        terms: list[Array] = []
        for c, part in zip(coefficients, parts, strict=True):
            terms += exact_square(Pair(part.hi * down, part.lo * down), float(c))
        total = Float64.exact_sum(*terms)
        s = jnp.sqrt(total.hi)
        rest = total.hi
        for term in exact_square(Pair(s, jnp.zeros_like(s)), 1.0):
            rest = rest - term
        root = two_sum(s, jax.lax.stop_gradient((rest + total.lo) / (2.0 * s)))
        return Pair(root.hi * up, root.lo * up)

    @staticmethod
    def shifted_root(alpha: Array, x: Array, gap: Array) -> Array:
        large = alpha + jnp.abs(x)
        return jnp.where(x >= 0, large, gap / large)

    @staticmethod
    def value(x: Any) -> Array:
        return x.hi if isinstance(x, Pair) else x

    @staticmethod
    def ratio(p: int, q: int) -> float:
        return p / q

    sqrt: Any = staticmethod(jnp.sqrt)
    exp: Any = staticmethod(jnp.exp)
    log: Any = staticmethod(jnp.log)
    power: Any = staticmethod(jnp.power)
    magnitude: Any = staticmethod(jnp.abs)

    @staticmethod
    def phi_pair(omega: Pair, T: Array) -> Any:
        return phis(*jnp.broadcast_arrays(omega.hi, omega.lo, T))

    @staticmethod
    def balance(*rates: Array) -> tuple[Rate, ...]:
        """The common factor is 1: elimination multiplies rates by ratios, never by rates."""
        return tuple(map(Rate, rates))

    standard_part: Any = staticmethod(plain)

    @staticmethod
    def sorted_by(*keys_and_values: Array) -> tuple[Array, ...]:
        half = len(keys_and_values) // 2
        keys, values = list(keys_and_values[:half]), list(keys_and_values[half:])
        for i, j in sorting_network(half):
            swap = keys[j] < keys[i]
            for row in (keys, values):
                row[i], row[j] = jnp.where(swap, row[j], row[i]), jnp.where(swap, row[i], row[j])
        return (*keys, *values)

    @staticmethod
    def descending(*values: Array) -> tuple[Array, ...]:
        rows = list(values)
        for i, j in sorting_network(len(rows)):
            swap = rows[i] < rows[j]
            rows[i], rows[j] = jnp.where(swap, rows[j], rows[i]), jnp.where(swap, rows[i], rows[j])
        return tuple(rows)

    @staticmethod
    def positive_part(x: Array) -> Array:
        return jnp.maximum(x, 0.0)

    @staticmethod
    def free_energy_above_gibbs(T: Array, *energies_and_populations: Array) -> Array:
        half = len(energies_and_populations) // 2
        e, r = energies_and_populations[:half], energies_and_populations[half:]
        warm = jnp.where(T == 0, 1.0, T)
        d = [x - e[0] for x in e]
        y = [x / warm for x in d]
        z = sum(jnp.exp(-x) for x in y)
        terms = [above_gibbs(p, jnp.exp(-x) / z, x + jnp.log(z)) for p, x in zip(r, y, strict=True)]
        return jnp.where(T == 0, sum(p * x for p, x in zip(r, d, strict=True)), T * sum(terms))

    @staticmethod
    def entropy_flow(up: Array, down: Array, p_lower: Array, p_upper: Array, omega: Array, T: Array) -> Array:
        net = up - down
        small, large = jnp.minimum(up, down), jnp.maximum(up, down)
        comparable = small > 1e-290 * large
        safe = jnp.where(comparable, small, 1.0)
        unit = powers_of_two(safe)[1]  # or the slope of the quotient would square a small number
        direct = jnp.abs(net) * jnp.log1p(jnp.abs(net) * unit / (safe * unit))
        logs = jnp.log(jnp.maximum(p_lower, SMALLEST)) - jnp.log(jnp.maximum(p_upper, SMALLEST))
        # What is not selected stays finite: in reverse mode its slope is multiplied by 0.
        cold = jnp.where(omega == 0, 0.0, jnp.where(omega > 0, jnp.inf, -jnp.inf))
        heat = jnp.where(T == 0, jnp.where(comparable, 0.0, cold), omega / jnp.where(T == 0, 1.0, T))
        flow = jnp.where(comparable, direct, jnp.maximum(net * (logs - heat), 0.0))
        return jnp.where(net == 0, 0.0, flow)


def above_gibbs(r: Array, g: Array, minus_log_g: Array) -> Array:
    """One level's r ln(r/g) - r + g."""
    close = jnp.abs(r - g) < 0.5 * g
    near = g * relative_entropy(jnp.where(close, r / jnp.where(close, g, 1.0) - 1.0, 0.0))
    far = r * (jnp.log(jnp.maximum(r, SMALLEST)) + minus_log_g) - (r - g)
    return jnp.where(close, near, far)


def relative_entropy(x: Array) -> Array:
    """h(x) = (1+x) ln(1+x) - x without cancellation: its series where |x| < 0.03."""
    series = jnp.zeros_like(x)
    for n in range(12, 1, -1):
        series = 1.0 / (n * (n - 1)) - x * series
    large = jnp.where(x > -1, x, 0.0)
    return jnp.where(jnp.abs(x) < 0.03, x * x * series, (1.0 + large) * jnp.log1p(large) - large)

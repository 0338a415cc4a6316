"""The program's primitives on balls (Arb, through python-flint): copied into every generated Arb module.

Scalars only. Every result is a ball that contains the exact value for all parameters in the given balls. Intermediate
results carry guard bits for the size of energies over temperatures, so that energies and populations of exact
parameters have a radius of a few units in the last place of ``flint.ctx.prec``; differences of them have a larger one.
"""

from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

from flint import arb, ctx, fmpq

from symqb.codegen.dataflow import OUTPUTS, VECTORS, run

# --- copied from here ---

GUARD_BITS = 64
#: 2^-INFINITESIMAL is below every rate: omega/T of valid parameters is below 2^210. Exponents are unbounded.
INFINITESIMAL = 2**300
_ZERO = arb(0)


class Arb:
    """Balls that contain the exact result; comparisons hold where they hold for all numbers in the balls."""

    @staticmethod
    def constant(value: Any) -> arb:
        """A ball around a number: exact but for fractions and strings."""
        return arb(fmpq(value.numerator, value.denominator) if isinstance(value, Fraction) else value)

    @staticmethod
    def exact_sum(*terms: arb) -> arb:
        return sum(terms, start=_ZERO)

    @staticmethod
    def root_of_squares(*parts: arb) -> arb:
        return sum((c * x * x for c, x in zip(parts[::2], parts[1::2], strict=True)), start=_ZERO).sqrt()

    @staticmethod
    def shifted_root(alpha: arb, x: arb, gap: arb) -> arb:
        return gap / (alpha - x) if x <= 0 else alpha + x

    @staticmethod
    def scaled(x: arb, factor: float) -> arb:
        return x * factor

    @staticmethod
    def value(x: arb) -> arb:
        return x

    @staticmethod
    def ratio(p: int, q: int) -> arb:
        return arb(fmpq(p, q))

    sqrt = staticmethod(arb.sqrt)
    exp = staticmethod(arb.exp)
    log = staticmethod(arb.log)
    magnitude = staticmethod(abs)

    @staticmethod
    def power(x: arb, exponent: Any) -> arb:
        return _ZERO if x == 0 and exponent > 0 else x ** arb(exponent)

    @staticmethod
    def phi_pair(omega: arb, T: arb) -> tuple[arb, arb]:
        """The larger of the two is the smaller plus |omega|: no cancellation where the sign of omega is certain."""
        if omega > _ZERO:
            low = _phi_above(omega, T)
            return low, low + omega
        if omega < _ZERO:
            low = _phi_above(-omega, T)
            return low - omega, low
        return _phi_between(omega, T), _phi_between(-omega, T)

    @staticmethod
    def balance(*rates: arb) -> tuple[arb, ...]:
        infinitesimal = arb((1, -INFINITESIMAL))
        return tuple(infinitesimal if rate == 0 else rate for rate in rates)

    @staticmethod
    def standard_part(x: arb) -> arb:
        """A rounding unit more covers what infinitesimal rates change in numbers that are not infinitesimal."""
        limit = arb((1, -INFINITESIMAL // 2))
        if x < limit:
            return _ZERO
        wider = x + x * arb(0, arb((1, -ctx.prec)))
        return wider if x > limit else wider.union(_ZERO)

    @staticmethod
    def sorted_by(*keys_and_values: arb) -> list[arb]:
        """Where the order of the keys is not certain, a ball around the values of all that may be in that place."""
        half = len(keys_and_values) // 2
        keys, values = keys_and_values[:half], keys_and_values[half:]
        order = sorted(range(half), key=lambda i: keys[i].mid())
        if all(keys[i] <= keys[j] for i, j in pairwise(order)):
            return [keys[i] for i in order] + [values[i] for i in order]
        first = [sum(other < key for other in keys) for key in keys]
        last = [half - 1 - sum(other > key for other in keys) for key in keys]
        placed = (
            [v for v, low, high in zip(values, first, last, strict=True) if low <= k <= high] for k in range(half)
        )
        return Arb.descending(*keys)[::-1] + [reduce(arb.union, candidates) for candidates in placed]

    @staticmethod
    def descending(*values: arb) -> list[arb]:
        """The k-th largest lies between the k-th largest lower and upper ends."""
        if not all(x.is_finite() for x in values):
            return [arb.nan()] * len(values)
        lows = sorted((x.lower() for x in values), reverse=True)
        highs = sorted((x.upper() for x in values), reverse=True)
        return [low.union(high) for low, high in zip(lows, highs, strict=True)]

    @staticmethod
    def positive_part(x: arb) -> arb:
        return x.max(_ZERO)

    @staticmethod
    def free_energy_above_gibbs(T: arb, *energies_and_populations: arb) -> arb:
        half = len(energies_and_populations) // 2
        d = [e - energies_and_populations[0] for e in energies_and_populations[:half]]
        r = energies_and_populations[half:]
        energy = sum((p * gap for p, gap in zip(r, d, strict=True)), start=_ZERO)
        if T == 0:
            return energy
        log_z = sum(((-gap / T).exp() for gap in d), start=_ZERO).log()
        return (energy + T * (log_z + sum(map(_x_log_x, r), start=_ZERO))).max(_ZERO)  # populations add up to 1

    @staticmethod
    def entropy_flow(up: arb, down: arb, p_lower: arb, p_upper: arb, omega: arb, T: arb) -> arb:
        if up == down:
            return _ZERO
        if T == 0:
            return arb.pos_inf() if up != down else arb.nan()
        return (up - down) * (up / down).log()


def _phi_above(omega: arb, T: arb) -> arb:
    """phi for omega > 0 is T b(omega/T); both factors increase with T: little is lost by bounding them apart."""
    x = omega / T
    near, far = x.lower(), x.upper()
    phi = T * (near / near.expm1()).union(far / far.expm1())  # b decreases
    return phi if phi.is_finite() else _phi_between(omega, T)


def _phi_between(omega: arb, T: arb) -> arb:
    """phi decreases in omega and increases in T: it lies between its values at two corners."""
    return _phi(omega.upper(), T.lower()).union(_phi(omega.lower(), T.upper()))


def _phi(omega: arb, T: arb) -> arb:
    """phi at numbers; temperatures are >= 0, whatever rounding says."""
    if not T > 0:
        return _ZERO if omega >= 0 else -omega
    if omega == 0:
        return T
    return omega / (omega / T).expm1()


def _x_log_x(x: arb) -> arb:
    """For a number in [0, 1] that the ball contains."""
    if x > 0:
        return x * x.log()
    low = x.upper().min(arb(-1).exp())  # where x ln x is least
    return (low * low.log()).union(_ZERO) if low > 0 else _ZERO


def lookup(parameters: dict[str, Any], names: tuple[str, ...]) -> dict[str, arb]:
    """Any named steps of the program at one parameter point: balls, floats, integers, fractions, decimal strings."""
    with ctx.extraprec(extra_bits(parameters)):
        values = {name: Arb.constant(value) for name, value in parameters.items()}
        run(Arb, values, names)
    return {name: +values[name] for name in names}


def extra_bits(parameters: dict[str, Any]) -> int:
    """Guard bits: energies over temperatures are known to as many bits less as they are large."""
    middles = (Arb.constant(value).mid() for value in parameters.values())
    sizes: list[int] = [int(x.man_exp()[1]) + x.bits() for x in middles if x != 0]
    return GUARD_BITS + 2 * (max(sizes) - min(sizes))


def compute(parameters: dict[str, Any], outputs: tuple[str, ...]) -> dict[str, Any]:
    """The outputs at one parameter point; energies and populations are tuples over the levels."""
    values = lookup(parameters, tuple(name for output in outputs for name in OUTPUTS[output]))
    return {
        output: tuple(values[name] for name in OUTPUTS[output]) if output in VECTORS else values[OUTPUTS[output][0]]
        for output in outputs
    }

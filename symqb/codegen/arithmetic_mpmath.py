"""The program's primitives at mpmath's working precision: copied into every generated mpmath module.

Scalars only. Intermediate results carry guard bits for the size of energies over temperatures, so that energies and
populations are right to the working precision; differences of them (currents, exergy near equilibrium) lose the digits
that cancel, beyond the guard bits.
"""

from typing import Any

from mpmath import mp, mpf

from symqb.codegen.dataflow import OUTPUTS, VECTORS, run

# --- copied from here ---

GUARD_BITS = 64
INFINITESIMAL = 2**300  # 2^-INFINITESIMAL is below every rate: omega/T of valid parameters is below 2^210


class Mp:
    """mpmath numbers; exponents are unbounded, so nothing underflows."""

    @staticmethod
    def exact_sum(*terms: mpf) -> mpf:
        return mp.fsum(terms)

    @staticmethod
    def root_of_squares(*coefficients_and_parts: mpf) -> mpf:
        coefficients, parts = coefficients_and_parts[::2], coefficients_and_parts[1::2]
        return mp.sqrt(mp.fsum(c * x * x for c, x in zip(coefficients, parts, strict=True)))

    @staticmethod
    def shifted_root(alpha: mpf, x: mpf, gap: mpf) -> mpf:
        return alpha + x if x >= 0 else gap / (alpha - x)

    @staticmethod
    def scaled(x: mpf, factor: float) -> mpf:
        return x * factor

    @staticmethod
    def value(x: mpf) -> mpf:
        return x

    @staticmethod
    def ratio(p: int, q: int) -> mpf:
        return mpf(p) / q

    sqrt = staticmethod(mp.sqrt)
    exp = staticmethod(mp.exp)
    log = staticmethod(mp.log)
    power = staticmethod(mp.power)
    magnitude = staticmethod(abs)

    @staticmethod
    def phi_pair(omega: mpf, T: mpf) -> tuple[mpf, mpf]:
        if T == 0:
            low = mpf(0)
        elif omega == 0:
            low = T
        else:
            low = abs(omega) / mp.expm1(abs(omega) / T)
        return low + max(-omega, mpf(0)), low + max(omega, mpf(0))

    @staticmethod
    def balance(*rates: mpf) -> tuple[mpf, ...]:
        infinitesimal = mp.ldexp(mpf(1), -INFINITESIMAL)
        return tuple(rate or infinitesimal for rate in rates)

    @staticmethod
    def standard_part(x: mpf) -> mpf:
        return x if mp.mag(x) > -INFINITESIMAL // 2 else mpf(0)

    @staticmethod
    def sorted_by(*keys_and_values: mpf) -> list[mpf]:
        half = len(keys_and_values) // 2
        keys, values = keys_and_values[:half], keys_and_values[half:]
        order = sorted(range(half), key=keys.__getitem__)
        return [keys[i] for i in order] + [values[i] for i in order]

    @staticmethod
    def descending(*values: mpf) -> list[mpf]:
        return sorted(values, reverse=True)

    @staticmethod
    def positive_part(x: mpf) -> mpf:
        return max(x, mpf(0))

    @staticmethod
    def free_energy_above_gibbs(T: mpf, *energies_and_populations: mpf) -> mpf:
        half = len(energies_and_populations) // 2
        d = [e - energies_and_populations[0] for e in energies_and_populations[:half]]
        r = energies_and_populations[half:]
        if T == 0:
            return mp.fsum(p * gap for p, gap in zip(r, d, strict=True))
        log_z = mp.log(mp.fsum(mp.exp(-gap / T) for gap in d))
        total = mp.fsum(p * (gap + T * (log_z + mp.log(p))) for p, gap in zip(r, d, strict=True) if p > 0)
        return max(total, mpf(0))  # >= 0 but for rounding

    @staticmethod
    def entropy_flow(up: mpf, down: mpf, p_lower: mpf, p_upper: mpf, omega: mpf, T: mpf) -> mpf:
        if up == down:
            return mpf(0)
        return mp.inf if T == 0 else (up - down) * mp.log(up / down)


def lookup(parameters: dict[str, Any], names: tuple[str, ...]) -> dict[str, mpf]:
    """Any named steps of the program at one parameter point (values may be anything that mpf accepts)."""
    with mp.extraprec(extra_bits(parameters)):
        values = {name: mp.mpmathify(value) for name, value in parameters.items()}
        run(Mp, values, names)
    return {name: +values[name] for name in names}


def extra_bits(parameters: dict[str, Any]) -> int:
    """Guard bits: energies over temperatures are known to as many bits less as they are large."""
    nonzero = [size for size in (abs(mp.mpmathify(value)) for value in parameters.values()) if size > 0]
    return GUARD_BITS + 2 * int(mp.mag(max(nonzero)) - mp.mag(min(nonzero)))


def compute(parameters: dict[str, Any], outputs: tuple[str, ...]) -> dict[str, Any]:
    """The outputs at one parameter point; energies and populations are tuples over the levels."""
    values = lookup(parameters, tuple(name for output in outputs for name in OUTPUTS[output]))
    return {
        output: tuple(values[name] for name in OUTPUTS[output]) if output in VECTORS else values[OUTPUTS[output][0]]
        for output in outputs
    }

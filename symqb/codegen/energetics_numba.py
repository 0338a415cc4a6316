"""The primitives from populations on, emitted as LLVM vector code: copied into every generated Numba module."""

from functools import reduce

from symqb.codegen.logs_numba import exp_of_minus, log_of_quotient
from symqb.codegen.sorting import sorting_network
from symqb.codegen.vectors_numba import Mask, Vector, divide, fma, maximum, minimum, select, strict_sum

# --- copied from here ---

SMALLEST = 5e-324


class AfterPopulations:
    """Sorting by networks, free energy and entropy."""

    @staticmethod
    def sorted_by(*keys_and_values: Vector) -> tuple[Vector, ...]:
        half = len(keys_and_values) // 2
        keys, values = list(keys_and_values[:half]), list(keys_and_values[half:])
        for i, j in sorting_network(half):
            swap = keys[j] < keys[i]
            for column in (keys, values):
                a, b = column[i], column[j]
                column[i], column[j] = select(swap, b, a), select(swap, a, b)
        return (*keys, *values)

    @staticmethod
    def descending(*given: Vector) -> tuple[Vector, ...]:
        values = list(given)
        for i, j in sorting_network(len(values)):
            a, b = values[i], values[j]
            values[i], values[j] = maximum(a, b), minimum(b, a)
        return tuple(values)

    @staticmethod
    def positive_part(x: Vector) -> Vector:
        return maximum(x, 0.0)

    @staticmethod
    def free_energy_above_gibbs(T: Vector, *energies_and_populations: Vector) -> Vector:
        half = len(energies_and_populations) // 2
        e, r = energies_and_populations[:half], energies_and_populations[half:]
        d = [energy - e[0] for energy in e[1:]]
        y = [T.lifted(0.0), *(divide(x, T) for x in d)]
        weights = [T.lifted(1.0), *map(exp_of_minus, y[1:])]
        z = reduce(strict_sum, weights)
        terms = [relative_entropy(p, w / z, x, z) for p, w, x in zip(r, weights, y, strict=True)]
        cold = reduce(strict_sum, (p * x for p, x in zip(r[1:], d, strict=True)))
        return select(T.exceeds(0.0), T * reduce(strict_sum, terms), cold)

    @staticmethod
    def entropy_flow(up: Vector, down: Vector, p_lower: Vector, p_upper: Vector, omega: Vector, T: Vector) -> Vector:
        direct = comparable(up, down)
        lower = select(direct, up, maximum(p_lower, SMALLEST))
        upper = select(direct, down, maximum(p_upper, SMALLEST))
        ratio = log_of_quotient(lower, upper).value - select(direct, 0.0, omega / T)
        return maximum((up - down) * ratio, 0.0)  # 0 for 0 times infinity


def comparable(a: Vector, b: Vector) -> Mask:
    """Whether a/b neither underflows nor overflows."""
    return a.builder.and_(a.exceeds(1e-290 * b), b.exceeds(1e-290 * a))


def relative_entropy(r: Vector, g: Vector, y: Vector, z: Vector) -> Vector:
    """r ln(r/g) - (r - g), where g = e^-y/z may underflow; h(r/g - 1) g without cancellation."""
    gain, direct = r - g, comparable(r, g)
    ratio = log_of_quotient(select(direct, r, z * maximum(r, SMALLEST)), select(direct, g, 1.0))
    near = fma(gain, ratio.s, r * ratio.rest)
    far = r * (ratio.value + select(direct, 0.0, y)) - gain
    return select(abs(gain) < 0.5 * g, near, maximum(far, 0.0))  # below 0 by rounding, where r and e^-y/z underflow

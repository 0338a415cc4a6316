"""The primitives from populations on, emitted as LLVM vector code: copied into every generated Numba module."""

from functools import reduce

from symqb.codegen.sorting import sorting_network
from symqb.codegen.vectors_numba import Vector, divide, lane_by_lane, maximum, minimum, select, strict_sum

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
        r = energies_and_populations[half:]
        d = [e - energies_and_populations[0] for e in energies_and_populations[:half]]
        y = [select(x.exceeds(0.0), divide(x, T), 0.0) for x in d]
        weights = [lane_by_lane("exp", -x) for x in y]
        z = reduce(strict_sum, weights)
        log_z, terms = lane_by_lane("log", z), []
        for p, x, weight in zip(r, y, weights, strict=True):
            g = divide(weight, z)
            near = g * relative_entropy(divide(p, g) - 1.0)
            far = p * (lane_by_lane("log", maximum(p, SMALLEST)) + x + log_z) - (p - g)
            terms.append(T * select(abs(p - g) < 0.5 * g, near, far))
        cold = reduce(strict_sum, (p * x for p, x in zip(r, d, strict=True)))
        return select(T.exceeds(0.0), reduce(strict_sum, terms), cold)

    @staticmethod
    def entropy_flow(up: Vector, down: Vector, p_lower: Vector, p_upper: Vector, omega: Vector, T: Vector) -> Vector:
        net = up - down
        rising = net.exceeds(0.0)
        change = lane_by_lane("log1p", divide(abs(net), select(rising, down, up)))
        direct = net * select(rising, change, -change)
        ratio = (
            lane_by_lane("log", maximum(p_lower, SMALLEST))
            - lane_by_lane("log", maximum(p_upper, SMALLEST))
            - divide(omega, T)
        )
        flow = select(minimum(up, down).exceeds(1e-290 * maximum(up, down)), direct, maximum(net * ratio, 0.0))
        return select(abs(net).exceeds(0.0), flow, 0.0)


def relative_entropy(x: Vector) -> Vector:
    """h(x) = (1+x) ln(1+x) - x without cancellation: its series where |x| < 0.03."""
    series = x.lifted(0.0)
    for n in range(12, 1, -1):
        series = 1.0 / (n * (n - 1)) - x * series
    return select(abs(x) < 0.03, x * x * series, (1.0 + x) * lane_by_lane("log1p", x) - x)

"""The independent route: the full secular GKSL generator from the matrices alone, its null vector at high precision.

Nothing here uses symqb. Qubits are Kronecker factors, |1> first; eigenoperators come from eigenprojectors of H found
numerically, so no closed form, label or selection rule enters.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from mpmath import matrix, mp, mpf

SAME = mpf(10) ** -25  # energies closer than this are one level


def number(value: Any) -> mpf:
    return mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else mpf(value)


def kron(*factors: matrix) -> matrix:
    product = factors[0]
    for b in factors[1:]:
        a, rows, columns = product, product.rows * b.rows, product.cols * b.cols
        product = matrix(rows, columns)
        for i in range(rows):
            for j in range(columns):
                product[i, j] = a[i // b.rows, j // b.cols] * b[i % b.rows, j % b.cols]
    return product


def on_site(operator: matrix, site: int, qubits: int) -> matrix:
    return kron(*(operator if i == site else mp.eye(2) for i in range(qubits)))


SX, SZ = matrix([[0, 1], [1, 0]]), matrix([[1, 0], [0, -1]])
SYSY = kron(matrix([[0, -1j], [1j, 0]]), matrix([[0, -1j], [1j, 0]])).apply(mp.re)


def chain(qubits: int, B0: mpf, J: mpf, Delta: mpf) -> matrix:
    """H of Eqs. (1), (20)."""
    H = mp.zeros(2**qubits)
    for i in range(qubits):
        H += B0 * on_site(SZ, i, qubits) / 2
    for i in range(qubits - 1):
        bond = J * (kron(SX, SX) + SYSY) + Delta * kron(SZ, SZ)
        H += kron(mp.eye(2**i), bond, mp.eye(2 ** (qubits - i - 2))) / 2
    return H


def phi(omega: mpf, T: mpf) -> mpf:
    """omega/(e^(omega/T) - 1), from the definition."""
    if T == 0:
        return max(-omega, mpf(0))
    return T if omega == 0 else omega / mp.expm1(omega / T)


def eigenoperators(H: matrix, S: matrix) -> list[tuple[mpf, matrix]]:
    """(omega, A(omega)) with A(omega) = sum Pi(E) S Pi(E + omega), omega of either sign."""
    energies, vectors = mp.eigsy(H)
    groups: list[tuple[mpf, list[int]]] = []
    for i, energy in enumerate(energies):
        for known, members in groups:
            if abs(known - energy) < SAME:
                members.append(i)
                break
        else:
            groups.append((energy, [i]))
    projectors = [
        (energy, sum((vectors[:, i] * vectors[:, i].T for i in members), mp.zeros(H.rows)))
        for energy, members in groups
    ]
    found: list[list[Any]] = []
    for lower, P in projectors:
        for upper, Q in projectors:
            omega, A = upper - lower, P * S * Q
            for entry in found:
                if abs(entry[0] - omega) < SAME:
                    entry[1] += A
                    break
            else:
                found.append([omega, A])
    return [(omega, A) for omega, A in found if mp.mnorm(A, 1) > SAME]


#: (independent couplings, T, kappa)
Bath = tuple[Sequence[matrix], mpf, mpf]


def liouvillian(H: matrix, baths: Sequence[Bath]) -> matrix:
    """L on column-stacked density matrices."""
    one = mp.eye(H.rows)
    L = -1j * (kron(one, H) - kron(H.T, one))
    for couplings, T, kappa in baths:
        for S in couplings:
            for omega, A in eigenoperators(H, S):
                n = A.T * A
                L += kappa * phi(-omega, T) * (kron(A, A) - (kron(one, n) + kron(n.T, one)) / 2)
    return L


def steady_state(H: matrix, baths: Sequence[Bath]) -> matrix:
    """The density matrix with L(rho) = 0 and trace 1."""
    d = H.rows
    L = liouvillian(H, baths)
    right = mp.zeros(d * d, 1)
    right[0] = 1
    for column in range(d * d):  # the first equation is redundant: put the trace in its place
        L[0, column] = 1 if column % (d + 1) == 0 else 0
    rho = mp.lu_solve(L, right)
    return matrix([[rho[i + d * j] for j in range(d)] for i in range(d)])


def xxz(qubits: int, point: dict[str, Any], collective: bool = True) -> tuple[matrix, list[Bath]]:
    """H and baths of the battery, in the order of Kronecker products."""
    p = {name: number(value) for name, value in point.items()}
    first, last = on_site(SX, 0, qubits), on_site(SX, qubits - 1, qubits)
    left = [first + p["epsilon"] * last] if collective else [first, p["epsilon"] * last]
    baths = [(left, p["T_L"], p["kappa_L"]), ([last], p["T_R"], p["kappa_R"])]
    return chain(qubits, p["B0"], p["J"], p["Delta"]), baths


def xxz_steady_state(qubits: int, point: dict[str, Any], collective: bool = True) -> matrix:
    """rho of the battery, in the order of Kronecker products."""
    return steady_state(*xxz(qubits, point, collective))


def xxz_evolved(qubits: int, point: dict[str, Any], rho0: matrix, time: Any, collective: bool = True) -> matrix:
    """rho(time) from ``rho0``, in the order of Kronecker products."""
    d = rho0.rows
    L = liouvillian(*xxz(qubits, point, collective))
    rho = mp.expm(L * number(time), method="taylor") * matrix([rho0[i, j] for j in range(d) for i in range(d)])
    return matrix([[rho[i + d * j] for j in range(d)] for i in range(d)])

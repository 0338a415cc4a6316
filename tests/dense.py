"""Independent routes for longer chains: the full secular GKSL generator in float64, the rate equation at many digits.

Nothing here uses symqb. The first knows nothing of levels, selection rules or rate equations; the second takes the
energy eigenvectors of a chain without degeneracies from mpmath.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
import oracle
from mpmath import mp, mpf
from numpy.typing import NDArray

Matrix = NDArray[Any]
PAULI = {
    "x": np.array([[0, 1], [1, 0]]),
    "y": np.array([[0, -1j], [1j, 0]]),
    "z": np.array([[1, 0], [0, -1]]),
}
SAME = 1e-9  # energies and frequencies closer than this are one


def site(axis: str, place: int, qubits: int) -> Matrix:
    return reduce(np.kron, [PAULI[axis] if i == place else np.eye(2) for i in range(qubits)])


def chain(qubits: int, B0: float, J: float, Delta: float) -> Matrix:
    """H of Eqs. (1), (20) for any length."""
    H = sum(B0 * site("z", i, qubits) / 2 for i in range(qubits))
    for i in range(qubits - 1):
        for axis, size in (("x", J), ("y", J), ("z", Delta)):
            H = H + size * site(axis, i, qubits) @ site(axis, i + 1, qubits) / 2
    return np.real(H)


def groups(values: Matrix) -> list[Matrix]:
    """Places of ``values``, those of equal value together."""
    order = np.argsort(values)
    return np.split(order, np.flatnonzero(np.diff(values[order]) > SAME) + 1)


def eigenoperators(H: Matrix, S: Matrix) -> list[tuple[float, Matrix]]:
    """(omega, A(omega)) with A(omega) = sum Pi(E) S Pi(E + omega)."""
    energies, vectors = np.linalg.eigh(H)
    levels = [(energies[g].mean(), vectors[:, g] @ vectors[:, g].T) for g in groups(energies)]
    parts = [(upper - lower, P @ S @ Q) for lower, P in levels for upper, Q in levels]
    parts = [(omega, A) for omega, A in parts if np.abs(A).max() > SAME]
    found = groups(np.array([omega for omega, _ in parts]))
    return [(np.mean([parts[i][0] for i in g]), sum(parts[i][1] for i in g)) for g in found]


def liouvillian(qubits: int, point: dict[str, float], collective: bool = True) -> Matrix:
    """The 4^N x 4^N generator on row-stacked density matrices."""
    H = chain(qubits, point["B0"], point["J"], point["Delta"])
    first, last = site("x", 0, qubits), site("x", qubits - 1, qubits)
    left = [first + point["epsilon"] * last] if collective else [first, point["epsilon"] * last]
    d = 2**qubits
    one = np.eye(d)
    L = -1j * (np.kron(H, one) - np.kron(one, H.T))
    for couplings, T, kappa in ((left, point["T_L"], point["kappa_L"]), ([last], point["T_R"], point["kappa_R"])):
        for S in couplings:
            for omega, A in eigenoperators(H, S):
                n = A.T @ A
                loss = np.kron(n, one) + np.kron(one, n)
                L += kappa * float(oracle.phi(mpf(-omega), mpf(T))) * (np.kron(A, A) - loss / 2)
    return L


def steady_state(qubits: int, point: dict[str, float], collective: bool = True) -> Matrix:
    """rho with L(rho) = 0 and trace 1."""
    L, d = liouvillian(qubits, point, collective), 2**qubits
    L[0] = np.eye(d).ravel()  # the first equation is redundant: put the trace in its place
    return np.linalg.solve(L, np.eye(d * d)[0]).reshape(d, d)


def populations(qubits: int, point: dict[str, Any], digits: int = 300) -> tuple[list[mpf], list[mpf]]:
    """(energies ascending, their populations) from the rate equation, at parameters without degeneracies."""
    with mp.workdps(digits):
        p = {name: oracle.number(value) for name, value in point.items()}
        first, last = (oracle.on_site(oracle.SX, i, qubits) for i in (0, qubits - 1))
        energies, V = mp.eigsy(oracle.chain(qubits, p["B0"], p["J"], p["Delta"]))
        d = len(energies)
        M = mp.zeros(d)
        for S, T, kappa in ((first + p["epsilon"] * last, p["T_L"], p["kappa_L"]), (last, p["T_R"], p["kappa_R"])):
            elements = V.T * S * V
            for i in range(d):
                for j in range(d):
                    if i != j and abs(elements[i, j]) > mpf(10) ** (-digits // 2):
                        rate = kappa * elements[i, j] ** 2 * oracle.phi(energies[j] - energies[i], T)
                        M[j, i] += rate
                        M[i, i] -= rate
        right = mp.zeros(d, 1)
        right[0] = 1
        for i in range(d):
            M[0, i] = 1
        return list(energies), list(mp.lu_solve(M, right))

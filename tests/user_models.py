"""Models as users bring them, and the steady state of each by an independent route.

``reference`` uses nothing of symqb: numbers put into the matrices, mpmath's eigenvectors, frequencies grouped by value,
the full secular GKSL superoperator and its null vector. Spectral densities are Python functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np
import sympy as sp
from mpmath import mp, mpf
from sympy.physics.quantum import TensorProduct

import symqb
from symqb.baths import power_law
from symqb.symbols import positive, temperature

Point = Mapping[str, Any]
Density = Callable[..., mpf]  # J(omega, point)/strength for omega > 0


def ohmic(omega: mpf, point: Point) -> mpf:
    return omega


def cut(s: mpf, omega: mpf, point: Point) -> mpf:
    c = mpf(point["wc"])
    return c * (omega / c) ** s * mp.exp(-omega / c)


def drude(omega: mpf, point: Point) -> mpf:
    q = mpf(point["q"])
    return omega * q**2 / (omega**2 + q**2)


@dataclass(frozen=True)
class Case:
    """A model; ``densities`` by bath where they are not Ohmic."""

    model: symqb.Model
    densities: Mapping[str, Density] = field(default_factory=dict)

    def points(self, count: int, cold: bool = False) -> list[dict[str, float]]:
        """Random points: real parameters in [-2, 2], positive ones in [0.4, 2], baths hot or cold."""
        rng = np.random.default_rng(7)
        ranges = {"real": (-2, 2), "positive": (0.4, 2), "strength": (0.1, 3), "temperature": (0.3, 5)}
        found = []
        for _ in range(count):
            point = {name: float(rng.uniform(*ranges[role])) for name, role in self.model.roles.items()}
            if cold:
                colder = {name: float(10 ** rng.uniform(-2.5, -0.5)) for name in point if name.startswith("T")}
                point |= colder | ({"T_cold": 0.0} if rng.random() < 0.3 and "T_cold" in point else {})
            found.append(point)
        return found


def numeric(matrix: sp.MatrixBase, point: Point) -> np.ndarray:
    """The matrix in numbers, an object array of mpc."""
    at = {symbol: sp.Float(mpf(point[symbol.name]), mp.dps + 5) for symbol in matrix.free_symbols}
    parts = [sp.sympify(entry).subs(at).evalf(mp.dps + 5).as_real_imag() for entry in matrix]
    entries = [mp.mpc(*map(mp.mpmathify, pair)) for pair in parts]
    return np.array(entries, dtype=object).reshape(matrix.shape)


def emission(omega: mpf, T: mpf, J: Density) -> mpf:
    """J(omega) (n(omega) + 1) with J odd: for omega < 0 that is J(|omega|) n(|omega|)."""
    if omega == 0:  # every density here that meets this is linear at small omega
        return T * J(mpf(10) ** -40) * mpf(10) ** 40
    n = mpf(0) if T == 0 else 1 / mp.expm1(abs(omega) / T)
    return J(abs(omega)) * (n + 1 if omega > 0 else n)


def eigenoperators(S: np.ndarray, energies: Sequence[mpf]) -> Iterator[tuple[mpf, np.ndarray]]:
    """(omega, A(omega)) in the energy basis, omega of either sign."""
    small = mpf(10) ** (-mp.dps // 2)
    gap = {place: energies[place[1]] - energies[place[0]] for place in np.ndindex(S.shape) if abs(S[place]) > small}
    groups: list[list[tuple[int, ...]]] = []
    for place in sorted(gap, key=gap.__getitem__):
        if groups and gap[place] - gap[groups[-1][-1]] < small:
            groups[-1].append(place)
        else:
            groups.append([place])
    for group in groups:
        A = 0 * S
        for place in group:
            A[place] = S[place]
        yield (gap[group[0]] if abs(gap[group[0]]) > small else mpf(0)), A


@dataclass(frozen=True)
class Reference:
    """Energies ascending; rho, the stationary density matrix in that basis; the dissipator of each bath on vec(rho)."""

    energies: list[mpf]
    rho: np.ndarray
    dissipators: Mapping[str, np.ndarray]

    @cached_property
    def populations(self) -> list[mpf]:
        return [entry.real for entry in np.diag(self.rho)]

    @property
    def coherence(self) -> mpf:
        return max(abs(self.rho[i, j]) for i in range(len(self.rho)) for j in range(i))

    def heat_current(self, bath: str) -> mpf:
        """Tr(H D(rho)) of one bath."""
        change = np.diag((self.dissipators[bath] @ self.rho.ravel()).reshape(self.rho.shape))
        return mp.fsum(E * entry.real for E, entry in zip(self.energies, change, strict=True))


def reference(case: Case, point: Point) -> Reference:
    """L(rho) = 0 on all matrix elements; ``ZeroDivisionError`` where that has several solutions."""
    energies, vectors = mp.eighe(mp.matrix(numeric(case.model.hamiltonian, point).tolist()))
    V, d = np.array(vectors.tolist(), dtype=object), len(energies)
    one = np.array([[mpf(i == j) for j in range(d)] for i in range(d)], dtype=object)
    H = one * np.array(list(energies), dtype=object)
    dissipators = {}
    for bath in case.model.baths:
        total = 0 * np.kron(H, one)
        density = partial(case.densities.get(bath.name, ohmic), point=point)
        for coupling in bath.couplings:
            for omega, A in eigenoperators(V.conj().T @ numeric(coupling, point) @ V, energies):
                rate = mpf(point[bath.strength.name]) * emission(omega, mpf(point[bath.temperature.name]), density)
                n = A.conj().T @ A
                total = total + rate * (np.kron(A, A.conj()) - (np.kron(n, one) + np.kron(one, n.T)) / 2)
        dissipators[bath.name] = total
    L = -1j * (np.kron(H, one) - np.kron(one, H)) + sum(dissipators.values())
    L[0] = one.ravel()  # the first equation is redundant: put the trace in its place
    rho = mp.lu_solve(mp.matrix(L.tolist()), mp.matrix([mpf(i == 0) for i in range(d * d)]))
    return Reference(list(energies), np.array(list(rho), dtype=object).reshape(d, d), dissipators)


X, Y, Z = (sp.Matrix(m) for m in ([[0, 1], [1, 0]], [[0, -sp.I], [sp.I, 0]], [[1, 0], [0, -1]]))
w, g, h, h1, h2, c, D, J, Jx, Jy, Jz, e1, e2, e3 = sp.symbols("w g h h1 h2 c D J Jx Jy Jz e1 e2 e3", real=True)
wc, q, u = map(positive, ("wc", "q", "u"))
half = sp.Rational(1, 2)


def on(place: int, operator: sp.Matrix) -> sp.Matrix:
    return TensorProduct(*(operator if i == place else sp.eye(2) for i in range(2)))


def pair(*letters: sp.Matrix) -> sp.Matrix:
    return TensorProduct(*letters)


def hop(size: int, *links: tuple[int, int]) -> sp.Matrix:
    """sum |i><j| + |j><i|."""
    return sp.Matrix(size, size, lambda i, j: int((i, j) in links or (j, i) in links))


def bath(name: str, *couplings: sp.Matrix, **options: Any) -> symqb.Bath:
    return symqb.Bath(name, couplings, **options)


FLIP = pair(X, X) + pair(Y, Y)
FIELDS = (h1 * on(0, Z) + h2 * on(1, Z)) / 2
XX = FIELDS + g * FLIP / 2
DM = FIELDS + J * FLIP + D * (pair(X, Y) - pair(Y, X))
ENDS = (bath("hot", on(0, X)), bath("cold", on(1, X)))
SPIN1 = [sp.Matrix([[0, a, 0], [b, 0, a], [0, b, 0]]) / sp.sqrt(2) for a, b in ((1, 1), (-sp.I, sp.I))]
SZ1 = sp.diag(1, 0, -1)
ROOT = sp.sqrt(g**2 + h**2)
CHAIN3 = sp.Matrix([[w, 0, 0, 0], [0, 0, g, 0], [0, g, 0, h], [0, 0, h, 0]])
PAIRS = [(w, [1, 0, 0, 0]), (0, [0, h, 0, -g]), (ROOT, [0, g, ROOT, h]), (-ROOT, [0, g, -ROOT, h])]


def case(H: sp.Matrix, *baths: symqb.Bath, symmetries: Sequence[sp.Matrix] = (), **densities: Density) -> Case:
    return Case(symqb.Model(H, baths, symmetries), densities)


def cutting(s: float, name: str, *couplings: sp.Matrix, **options: Any) -> tuple[symqb.Bath, dict[str, Density]]:
    """A bath with a power law, and its density as a function."""
    made = bath(name, *couplings, density=power_law(sp.nsimplify(s), wc), **options)
    return made, {name: partial(cut, mpf(s))}


def cases() -> dict[str, Case]:
    T, k = temperature("T"), positive("k")
    cold3, s3 = cutting(3, "cold", X)
    hot_half, s_half = cutting(0.5, "hot", X)
    hot3, s3_hot = cutting(3, "hot", hop(3, (0, 2)))
    cold_k, s_k = cutting(1.5, "cold", on(1, X), strength=k)
    user = bath("hot", X, density=lambda omega: omega * q**2 / (omega**2 + q**2))
    same_T = [bath("hot", on(0, X), temperature=T), bath("cold", on(1, X), temperature=T)]
    mixed = h1 * on(0, Z) / 3 + 2 * h1 * on(1, Z) / 7 + sp.sqrt(2) * J * FLIP / 5
    xyz = Jx * pair(X, X) + Jy * pair(Y, Y) + Jz * pair(Z, Z) + h * (on(0, Z) + on(1, Z))
    vectors = [(energy, sp.Matrix(vector)) for energy, vector in PAIRS]
    chain = [bath("hot", hop(4, (0, 1))), bath("cold", hop(4, (0, 3), (1, 2)))]
    return {
        "qubit, s=1 and s=3": case(w * Z / 2, bath("hot", X), cold3, **s3),
        "qubit, s=1/2 and sigma_y": case(w * Z / 2, hot_half, bath("cold", Y), **s_half),
        "qubit, the user's J": case(w * Z / 2 + g * X, user, bath("cold", Z + X), hot=drude),
        "qubit, dephasing": case(w * Z / 2, bath("hot", X + Z), bath("cold", g * X - Z)),
        "XYZ": case(xyz, *ENDS, symmetries=[pair(Z, Z)]),
        "two fields": case(XX, *ENDS),
        "Dzyaloshinskii-Moriya": case(DM, bath("hot", on(0, X)), bath("cold", on(1, X + Y))),
        "several couplings": case(
            XX, bath("hot", on(0, X), on(1, X), on(0, Z)), bath("cold", on(1, Y) + c * on(0, X))),
        "two qubits, dephasing": case(XX, bath("hot", on(0, X + Z)), bath("cold", on(1, Y + 2 * Z))),
        "one temperature": case(XX, *same_T, bath("third", on(0, X), on(1, Y))),
        "one strength": case(XX, bath("hot", on(0, X), strength=k), cold_k, **s_k),
        "rational and irrational": case(mixed, bath("hot", on(0, X)), bath("cold", sp.sqrt(3) * on(1, X))),
        "products of parameters": case(
            h1 * h2 * on(0, Z) / 2 + h2**2 * on(1, Z) + g * h1 * FLIP, ENDS[0], bath("cold", g * on(1, X))),
        "positive symbols": case(u * on(0, Z) + sp.sqrt(u) * on(1, Z) + g / u * FLIP, *ENDS),
        "maser": case(
            sp.diag(e1, e2, e3),
            bath("hot", hop(3, (0, 2))), bath("cold", hop(3, (0, 1))), bath("work", hop(3, (1, 2)))),
        "maser, coherent": case(
            sp.diag(0, e1, e2) + g * hop(3, (1, 2)), hot3, bath("cold", hop(3, (0, 1))), **s3_hot),
        "V": case(
            sp.diag(0, e1, e2), bath("hot", hop(3, (0, 1), (0, 2))), bath("cold", hop(3, (0, 1)) + c * hop(3, (0, 2)))),
        "Lambda": case(
            sp.diag(e1, e2, e3), bath("hot", hop(3, (0, 2)), hop(3, (1, 2))), bath("cold", hop(3, (0, 2), (1, 2)))),
        "ladder": case(w * SZ1 + g * SZ1**2, bath("hot", SPIN1[0]), bath("cold", SPIN1[1], SZ1)),
        "x and z": case(
            h1 * on(0, X) / 2 + h2 * on(1, Z) / 2 + g * pair(X, Z), bath("hot", on(0, Z)), bath("cold", on(1, X)),
            symmetries=[on(0, X)]),
        "eigenpairs": Case(symqb.Model(CHAIN3, chain, eigenpairs=vectors)),
    }  # fmt: skip


CASES = cases()

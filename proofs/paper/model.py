"""Section II, Eqs. (1)-(10c): Hamiltonians, levels, Lindblad operators and dissipators, as printed.

Matrices are in the printed basis |11>, |10>, |01>, |00>, with sigma_z|1> = +|1> and qubit 1 as the first factor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import sympy as sp

from proofs.paper.printed import Printed
from symqb.symbols import real

#: (i, j), for the transition |Phi_i> -> |Phi_j> of frequency omega_ij = E_i - E_j.
Pair = tuple[int, int]
#: A function of the frequency: J_nu(omega) or n_nu(omega).
Weight = Callable[[sp.Expr], sp.Expr]
#: omega > 0 to the pairs with omega_ij = omega.
Frequencies = Mapping[sp.Expr, Sequence[Pair]]

LEVELS = (1, 2, 3, 4)
B0, J, Delta, epsilon = map(real, ("B0", "J", "Delta", "epsilon"))

_PAULI = {"x": sp.Matrix([[0, 1], [1, 0]]), "y": sp.Matrix([[0, -sp.I], [sp.I, 0]]), "z": sp.Matrix([[1, 0], [0, -1]])}


def sigma(axis: str, qubit: int) -> sp.Matrix:
    """sigma_axis^(qubit) on the two qubits."""
    factors = [sp.eye(2), sp.eye(2)]
    factors[qubit - 1] = _PAULI[axis]
    return sp.Matrix(sp.kronecker_product(*factors))


#: Eq. (1).
HAMILTONIAN_1 = sp.Rational(1, 2) * (
    B0 * sigma("z", 1)
    + B0 * sigma("z", 2)
    + J * sigma("x", 1) * sigma("x", 2)
    + J * sigma("y", 1) * sigma("y", 2)
    + Delta * sigma("z", 1) * sigma("z", 2)
)
_KET = {name: sp.eye(4)[:, row] for row, name in enumerate(("11", "10", "01", "00"))}
#: Eqs. (2a)-(2d): |Phi_k> and E_k.
PHI: Mapping[int, sp.Matrix] = {
    1: _KET["00"],
    2: _KET["11"],
    3: 1 / sp.sqrt(2) * (_KET["01"] - _KET["10"]),
    4: 1 / sp.sqrt(2) * (_KET["10"] + _KET["01"]),
}
ENERGIES: Mapping[int, sp.Expr] = {
    1: (Delta - 2 * B0) / 2, 2: (Delta + 2 * B0) / 2, 3: -Delta / 2 - J, 4: -Delta / 2 + J
}  # fmt: skip
#: Eq. (3).
HAMILTONIAN_3 = sp.Matrix([
    [(Delta + 2 * B0) / 2, 0, 0, 0],
    [0, -Delta / 2, J, 0],
    [0, J, -Delta / 2, 0],
    [0, 0, 0, (Delta - 2 * B0) / 2],
])  # fmt: skip


def equal(left: sp.Expr, right: sp.Expr | int) -> sp.Rel:
    """left = right, kept as it is."""
    return sp.Eq(left, right, evaluate=False)


def _elements(matrix: sp.Matrix) -> tuple[sp.Rel, ...]:
    """H_i_j = element, row by row."""
    return tuple(equal(real(f"H_{i}_{j}"), matrix[i - 1, j - 1]) for i in LEVELS for j in LEVELS)


def _level(k: int) -> tuple[sp.Rel, ...]:
    """The components v_k_i of |Phi_k>, and E_k."""
    components = tuple(equal(real(f"v_{k}_{i}"), PHI[k][i - 1]) for i in LEVELS)
    return (*components, equal(real(f"E_{k}"), ENERGIES[k]))


def reservoirs_4(omega_L: sp.Expr, omega_R: sp.Expr, a: sp.Matrix, b: sp.Matrix) -> sp.Matrix:
    """The term of Eq. (4) at one j; a and b are matrices on the space of the modes."""
    return omega_L * a.H * a + omega_R * b.H * b


def coupling_5(lambda_L: sp.Expr, lambda_R: sp.Expr, a: sp.Matrix, b: sp.Matrix) -> sp.Matrix:
    """The terms of Eq. (5) at one j, on qubits (first factor) and modes; a and b as in Eq. (4)."""
    left = sp.kronecker_product(sigma("x", 1) + epsilon * sigma("x", 2), a.H + a)
    return lambda_L * left + lambda_R * sp.kronecker_product(sigma("x", 2), b.H + b)


def unitary(rho: sp.Matrix) -> sp.Matrix:
    """-i[H_B, rho] with H_B of Eq. (3)."""
    return -sp.I * (HAMILTONIAN_3 * rho - rho * HAMILTONIAN_3)


def sandwich(X: sp.Matrix, rho: sp.Matrix, Y: sp.Matrix) -> sp.Matrix:
    """X rho Y - {Y X, rho}/2, the bracket of Eqs. (7), (10a) and (10b)."""
    return X * rho * Y - sp.Rational(1, 2) * (Y * X * rho + rho * Y * X)


def _transitions(coupling: sp.Matrix, pairs: Iterable[Pair]) -> sp.Matrix:
    """The sum of |Phi_j><Phi_j| coupling |Phi_i><Phi_i| over the pairs (i, j)."""
    terms = (PHI[j] * PHI[j].H * coupling * PHI[i] * PHI[i].H for i, j in pairs)
    return sum(terms, sp.zeros(4))


def operator_8a(pairs: Iterable[Pair]) -> sp.Matrix:
    """A_L(omega) of Eq. (8a); pairs are the (i, j) with omega_ij = omega."""
    return _transitions(sigma("x", 1) + epsilon * sigma("x", 2), pairs)


def operator_8b(pairs: Iterable[Pair]) -> sp.Matrix:
    """A_R(omega) of Eq. (8b); pairs are the (i, j) with omega_ij = omega."""
    return _transitions(sigma("x", 2), pairs)


def operator_10c(k: int, pairs: Iterable[Pair]) -> sp.Matrix:
    """V^(k)(omega) of Eq. (10c) for qubit k; pairs are the (i, j) that its sum runs over."""
    return _transitions(sigma("x", k), pairs)


def dissipator(V: sp.Matrix, n: sp.Expr, spectral: sp.Expr, rho: sp.Matrix) -> sp.Matrix:
    """The terms of Eq. (7) or (10a) at one omega: V = A_nu or V^(k), n = n_nu, spectral = J_nu or J_nu^(k) there."""
    return spectral * (1 + n) * sandwich(V, rho, V.H) + spectral * n * sandwich(V.H, rho, V)


def dissipator_10b(V1: sp.Matrix, V2: sp.Matrix, n: sp.Expr, spectral: sp.Expr, rho: sp.Matrix) -> sp.Matrix:
    """The term of Eq. (10b) at one omega: Vk = V^(k)(omega), n = n_L(omega), spectral = J_L^(1,2)(omega)."""
    return (
        spectral * (1 + n) * sandwich(V1, rho, V2.H)
        + spectral * n * sandwich(V1.H, rho, V2)
        + spectral * (1 + n) * sandwich(V2, rho, V1.H)
        + spectral * n * sandwich(V2.H, rho, V1)
    )


def master_equation_6(
    rho: sp.Matrix, frequencies: Frequencies, spectral: Mapping[str, Weight], n: Mapping[str, Weight]
) -> sp.Matrix:
    """The right side of Eq. (6) with Eqs. (7), (8a), (8b); spectral (J_nu) and n (n_nu) are keyed by "L", "R"."""
    total = unitary(rho)
    for bath, operator in (("L", operator_8a), ("R", operator_8b)):
        for omega, pairs in frequencies.items():
            total += dissipator(operator(pairs), n[bath](omega), spectral[bath](omega), rho)
    return total


def master_equation_9(
    rho: sp.Matrix, frequencies: Frequencies, spectral: Mapping[str, Weight], n: Mapping[str, Weight]
) -> sp.Matrix:
    """The right side of Eq. (9) with Eqs. (10a)-(10c).

    spectral is keyed by "L_1", "L_2", "R_2" (J_nu^(k)) and "L_12" (J_L^(1,2)), n by "L" and "R".
    """

    def individual(bath: str, k: int) -> sp.Matrix:
        terms = (
            dissipator(operator_10c(k, pairs), n[bath](omega), spectral[f"{bath}_{k}"](omega), rho)
            for omega, pairs in frequencies.items()
        )
        return sum(terms, sp.zeros(4))

    collective = sp.zeros(4)
    for omega, pairs in frequencies.items():
        V1, V2 = operator_10c(1, pairs), operator_10c(2, pairs)
        collective += dissipator_10b(V1, V2, n["L"](omega), spectral["L_12"](omega), rho)
    return unitary(rho) + individual("L", 1) + individual("R", 2) + epsilon * (individual("L", 2) + collective)


SUPEROPERATORS: Mapping[str, Callable[..., sp.Matrix]] = {
    "6": master_equation_6, "7": dissipator, "8a": operator_8a, "8b": operator_8b, "9": master_equation_9,
    "10a": dissipator, "10b": dissipator_10b, "10c": operator_10c,
}  # fmt: skip
FORMULAS: Mapping[str, Callable[..., sp.Matrix]] = {"4": reservoirs_4, "5": coupling_5}


def _thermal(J_nu: str, n: str, X: tuple[str, str], Y: tuple[str, str]) -> str:
    """LaTeX of the terms X rho Y^dagger and X^dagger rho Y of Eqs. (7), (10a), (10b); X, Y with their daggers."""
    return " + ".join(
        rf"\sum_{{\omega>0}} {J_nu}(\omega){weight}"
        rf"\left[ {x}(\omega) \rho(t) {y}(\omega) - \frac{{1}}{{2}} \{{{y}(\omega) {x}(\omega), \rho(t)\}} \right]"
        for weight, x, y in ((rf"(1+{n}(\omega))", X[0], Y[1]), (rf"{n}(\omega)", X[1], Y[0]))
    )


def _sum(over: str, coupling: str) -> str:
    """LaTeX of the right side of Eqs. (8a), (8b), (10c)."""
    return rf"\sum_{{{over}}} |\Phi_j\rangle \langle \Phi_j| {coupling} |\Phi_i\rangle \langle \Phi_i|"


_A = r"A_\nu", r"A_\nu^\dagger"
_V, _V1, _V2 = ((f"V^{{({k})}}", rf"V^{{({k})\dagger}}") for k in "k12")
_J12 = r"\mathcal{J}_L^{(1,2)}"
_ON_LEFT = r"(\sigma_x^{(1)} + \varepsilon \sigma_x^{(2)})"
_COLLECTIVE = _thermal(_J12, "n_L", _V1, _V2) + " + " + _thermal(_J12, "n_L", _V2, _V1)
_ROWS = (
    r"\frac{\Delta+2B_0}{2} & 0 & 0 & 0 \\ 0 & -\frac{\Delta}{2} & J & 0"
    r" \\ 0 & J & -\frac{\Delta}{2} & 0 \\ 0 & 0 & 0 & \frac{\Delta-2B_0}{2}"
)
EQUATIONS: tuple[Printed, ...] = (
    Printed(
        "1",
        r"H_B = \frac{1}{2} [B_0 \sigma_z^{(1)} + B_0 \sigma_z^{(2)} + J \sigma_x^{(1)} \sigma_x^{(2)}"
        r" + J \sigma_y^{(1)} \sigma_y^{(2)} + \Delta \sigma_z^{(1)} \sigma_z^{(2)}]",
        _elements(HAMILTONIAN_1),
    ),
    Printed("2a", r"|\Phi_1\rangle = |0, 0\rangle, \quad E_1 = \frac{1}{2}(\Delta - 2B_0)", _level(1)),
    Printed("2b", r"|\Phi_2\rangle = |1, 1\rangle, \quad E_2 = \frac{1}{2}(\Delta + 2B_0)", _level(2)),
    Printed(
        "2c",
        r"|\Phi_3\rangle = \frac{1}{\sqrt{2}}[|0, 1\rangle - |1, 0\rangle], \quad E_3 = -\frac{\Delta}{2} - J",
        _level(3),
    ),
    Printed(
        "2d",
        r"|\Phi_4\rangle = \frac{1}{\sqrt{2}}[|1, 0\rangle + |0, 1\rangle], \quad E_4 = -\frac{\Delta}{2} + J",
        _level(4),
    ),
    Printed("3", rf"H_B = \begin{{pmatrix}} {_ROWS} \end{{pmatrix}}", _elements(HAMILTONIAN_3)),
    Printed("4", r"H_{\text{res}} = \sum_j [\omega_j^{(L)} a_j^\dagger a_j + \omega_j^{(R)} b_j^\dagger b_j]", ()),
    Printed(
        "5",
        rf"H_{{\text{{B-res}}}} = \sum_j \lambda_j^{{(L)}} {_ON_LEFT} (a_j^\dagger + a_j)"
        r" + \sum_j \lambda_j^{(R)} \sigma_x^{(2)} (b_j^\dagger + b_j)",
        (),
    ),
    Printed("6", r"\dot{\rho}(t) = -i[H_B, \rho(t)] + \mathfrak{D}_L(\rho) + \mathfrak{D}_R(\rho)", ()),
    Printed("7", r"\mathfrak{D}_\nu(\rho) = " + _thermal(r"\mathcal{J}_\nu", r"n_\nu", _A, _A), ()),
    Printed("8a", r"A_L(\omega) = " + _sum(r"\omega_{ij}=\omega>0", _ON_LEFT), ()),
    Printed("8b", r"A_R(\omega) = " + _sum(r"\omega_{ij}=\omega>0", r"\sigma_x^{(2)}"), ()),
    Printed(
        "9",
        r"\dot{\rho}(t) = -i[H_B, \rho(t)] + \mathcal{L}_L^{(1)}(\rho) + \mathcal{L}_R^{(2)}(\rho)"
        r" + \varepsilon(\mathcal{L}_L^{(2)}(\rho) + \mathcal{L}_L^{(1,2)}(\rho))",
        (),
    ),
    Printed("10a", r"\mathcal{L}_\nu^{(k)}(\rho) = " + _thermal(r"\mathcal{J}_\nu^{(k)}", r"n_\nu", _V, _V), ()),
    Printed("10b", rf"\mathcal{{L}}_L^{{(1,2)}}(\rho) = {_COLLECTIVE}", ()),
    Printed(
        "10c",
        r"V^{(k)}(\omega) = " + _sum(r"\omega>0", r"\sigma_x^{(k)}"),
        (),
        r"The sum reads \omega>0, where (8a) and (8b) read \omega_{ij}=\omega>0.",
    ),
)

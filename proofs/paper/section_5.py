"""Section V, Eqs. (20)-(27): the three-spin battery and its master equation, as printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp

from proofs.paper.printed import Printed
from symqb.symbols import positive, real

BASIS = ("111", "110", "101", "011", "100", "010", "001", "000")
SITES = (1, 2, 3)
#: In the basis |1>, |0>: sigma_z|1> = |1>.
SIGMA_X = sp.Matrix([[0, 1], [1, 0]])
SIGMA_Y = sp.Matrix([[0, -sp.I], [sp.I, 0]])
SIGMA_Z = sp.Matrix([[1, 0], [0, -1]])

B0, J, Delta = map(real, ("B0", "J", "Delta"))
alpha, kappa = map(positive, ("alpha", "kappa"))
plus, minus = (Delta + alpha) / J, (Delta - alpha) / J

#: Eq. (26): the rate gamma_ij^(v,e) (e_ij) or gamma_ij^(v,a) (a_ij), and the indices of tau in its L_tau.
TERMS_26: tuple[tuple[str, tuple[int, int]], ...] = (
    ("e_13", (3, 1)), ("a_13", (1, 3)),
    ("e_61", (1, 6)), ("a_61", (6, 1)),
    ("e_81", (1, 8)), ("a_81", (8, 1)),
    ("e_42", (2, 4)), ("a_42", (4, 2)),
    ("e_25", (5, 2)), ("a_25", (2, 5)),
    ("e_27", (7, 2)), ("a_27", (2, 7)),
    ("e_46", (6, 4)), ("a_46", (4, 6)),
    ("e_65", (5, 6)), ("a_65", (6, 5)),
    ("e_67", (7, 6)), ("a_67", (6, 7)),
    ("e_85", (5, 8)), ("a_85", (8, 5)),
    ("e_87", (7, 8)), ("a_87", (8, 7)),
)  # fmt: skip
#: The (i, j) of the rates in Eq. (26), in its order.
PAIRS: tuple[tuple[int, int], ...] = tuple(dict.fromkeys((int(rate[2]), int(rate[3])) for rate, _ in TERMS_26))


def on_site(sigma: sp.Matrix, site: int) -> sp.Matrix:
    """sigma^(site) in BASIS."""
    product = sp.kronecker_product(*(sigma if k == site else sp.eye(2) for k in SITES))
    order = [7 - int(ket, 2) for ket in BASIS]
    return product.extract(order, order)


def neighbours(sigma: sp.Matrix) -> sp.Matrix:
    """sum_{i=1}^2 sigma^(i) sigma^(i+1)."""
    return on_site(sigma, 1) * on_site(sigma, 2) + on_site(sigma, 2) * on_site(sigma, 3)


def hamiltonian_20() -> sp.Matrix:
    """H_B of Eq. (20) in BASIS."""
    field = on_site(SIGMA_Z, 1) + on_site(SIGMA_Z, 2) + on_site(SIGMA_Z, 3)
    return (B0 * field + J * neighbours(SIGMA_X) + J * neighbours(SIGMA_Y) + Delta * neighbours(SIGMA_Z)) / 2


def elements_20() -> tuple[sp.Rel, ...]:
    """H_i_j = the element of Eq. (20), row by row."""
    H = hamiltonian_20()
    return tuple(sp.Eq(real(f"H_{i + 1}_{j + 1}"), H[i, j], evaluate=False) for i in range(8) for j in range(8))


def eigenpair(k: int, norm: sp.Expr, kets: Mapping[str, sp.Expr | int], energy: sp.Expr) -> tuple[sp.Rel, ...]:
    """The components v_k_i of |Psi_k> = norm * sum of kets, and E_k."""
    values = {f"v_{k}_{i}": norm * kets.get(ket, 0) for i, ket in enumerate(BASIS, start=1)} | {f"E_{k}": energy}
    return tuple(sp.Eq(real(name), value, evaluate=False) for name, value in values.items())


def coupling_22(bath: str, epsilon: sp.Expr) -> sp.Matrix:
    """The operator beside lambda_j^(bath) and the oscillators of the bath in Eq. (22)."""
    first, third = on_site(SIGMA_X, 1), on_site(SIGMA_X, 3)
    return first + epsilon * third if bath == "L" else third


def commutator_term(hamiltonian: sp.Matrix, rho: sp.Matrix) -> sp.Matrix:
    """-i[H, rho]."""
    return -sp.I * (hamiltonian * rho - rho * hamiltonian)


def bracket(A: sp.Matrix, B: sp.Matrix, rho: sp.Matrix) -> sp.Matrix:
    """A rho B^dagger - {B^dagger A, rho}/2; L_X is the bracket of X and X."""
    return A * rho * B.H - (B.H * A * rho + rho * B.H * A) / 2


def master_equation_23(
    hamiltonian: sp.Matrix, rho: sp.Matrix, epsilon: sp.Expr, terms: Mapping[str, sp.Matrix]
) -> sp.Matrix:
    """The right side of Eq. (23). terms: its dissipators at rho, by bath and qubits, from L_1 to L_13."""
    return commutator_term(hamiltonian, rho) + terms["L_1"] + terms["R_3"] + epsilon * (terms["L_3"] + terms["L_13"])


def dissipator_24(V: sp.Matrix, rho: sp.Matrix, n: sp.Expr, density: sp.Expr) -> sp.Matrix:
    """One frequency of Eq. (24): V = V^(k)(omega), density = J_v(omega), n = n_v(omega)."""
    return density * (1 + n) * bracket(V, V, rho) + density * n * bracket(V.H, V.H, rho)


def dissipator_25(V1: sp.Matrix, V3: sp.Matrix, rho: sp.Matrix, n: sp.Expr, density: sp.Expr) -> sp.Matrix:
    """One frequency of Eq. (25): V1, V3 = V^(1)(omega), V^(3)(omega), density = J_L(omega), n = n_L(omega)."""
    return (
        density * (1 + n) * bracket(V1, V3, rho)
        + density * n * bracket(V1.H, V3.H, rho)
        + density * (1 + n) * bracket(V3, V1, rho)
        + density * n * bracket(V3.H, V1.H, rho)
    )


def master_equation_26(
    rho: sp.Matrix, tau: Callable[[int, int], sp.Matrix], rates: Mapping[str, sp.Expr], hamiltonian: sp.Matrix
) -> sp.Matrix:
    """The right side of Eq. (26): rates by name, such as e_61_L, and tau(i, j) = |Psi_i><Psi_j|."""
    result = commutator_term(hamiltonian, rho)
    for bath in "LR":
        for rate, (i, j) in TERMS_26:
            result += rates[f"{rate}_{bath}"] * bracket(tau(i, j), tau(i, j), rho)
    return result


def rates_27(i: int, j: int) -> tuple[sp.Rel, ...]:
    """Eq. (27) at one pair."""
    emitted, taken, n = (positive(name) for name in (f"e_{i}{j}_R", f"a_{i}{j}_R", f"n_R_{i}{j}"))
    scale = kappa * real(f"omega_{i}{j}") / 2
    return (sp.Eq(emitted, scale * (1 + n), evaluate=False), sp.Eq(taken, scale * n, evaluate=False))


SUPEROPERATORS: Mapping[str, Callable[..., sp.Matrix]] = {
    "22": coupling_22,
    "23": master_equation_23,
    "24": dissipator_24,
    "25": dissipator_25,
    "26": master_equation_26,
}

EQUATIONS: tuple[Printed, ...] = (
    Printed(
        "20",
        r"\mathbb{H}_B = \frac{1}{2} \left[ B_0 \sum_{i=1}^3 \sigma_z^{(i)}"
        r" + J \sum_{i=1}^2 \sigma_x^{(i)} \sigma_x^{(i+1)} + J \sum_{i=1}^2 \sigma_y^{(i)} \sigma_y^{(i+1)}"
        r" + \Delta \sum_{i=1}^2 \sigma_z^{(i)} \sigma_z^{(i+1)} \right]",
        elements_20(),
    ),
    Printed(
        "21a",
        r"|\Psi_1\rangle = \frac{1}{\sqrt{2}}[|0, 0, 1\rangle - |1, 0, 0\rangle], \quad E_1 = -\frac{B_0}{2}",
        eigenpair(1, 1 / sp.sqrt(2), {"001": 1, "100": -1}, -B0 / 2),
    ),
    Printed(
        "21b",
        r"|\Psi_2\rangle = \frac{1}{\sqrt{2}}[|0, 1, 1\rangle - |1, 1, 0\rangle], \quad E_2 = \frac{B_0}{2}",
        eigenpair(2, 1 / sp.sqrt(2), {"011": 1, "110": -1}, B0 / 2),
    ),
    Printed(
        "21c",
        r"|\Psi_3\rangle = |0, 0, 0\rangle, \quad E_3 = \frac{1}{2}(2\Delta - 3B_0)",
        eigenpair(3, sp.S.One, {"000": 1}, (2 * Delta - 3 * B0) / 2),
    ),
    Printed(
        "21d",
        r"|\Psi_4\rangle = |1, 1, 1\rangle, \quad E_4 = \frac{1}{2}(2\Delta + 3B_0)",
        eigenpair(4, sp.S.One, {"111": 1}, (2 * Delta + 3 * B0) / 2),
    ),
    Printed(
        "21e",
        r"|\Psi_5\rangle = \frac{1}{\sqrt{\left(\frac{\Delta+\alpha}{J}\right)^2 + 8}} \left[ 2|1, 0, 0\rangle"
        r" - \frac{\Delta+\alpha}{J}|0, 1, 0\rangle + 2|0, 0, 1\rangle \right],"
        r" \quad \mathbb{E}_5 = -\frac{1}{2}(B_0 + \Delta + \alpha)",
        eigenpair(5, 1 / sp.sqrt(plus**2 + 8), {"100": 2, "010": -plus, "001": 2}, -(B0 + Delta + alpha) / 2),
    ),
    Printed(
        "21f",
        r"|\Psi_6\rangle = \frac{1}{\sqrt{\left(\frac{\Delta+\alpha}{J}\right)^2 + 8}} \left[ 2|1, 1, 0\rangle"
        r" - \frac{\Delta+\alpha}{J}|1, 0, 1\rangle + 2|0, 1, 1\rangle \right],"
        r" \quad \mathbb{E}_6 = \frac{1}{2}(B_0 - \Delta - \alpha)",
        eigenpair(6, 1 / sp.sqrt(plus**2 + 8), {"110": 2, "101": -plus, "011": 2}, (B0 - Delta - alpha) / 2),
    ),
    Printed(
        "21g",
        r"|\Psi_7\rangle = \frac{1}{\sqrt{\left(\frac{\Delta-\alpha}{J}\right)^2 + 8}} \left[ 2|1, 0, 0\rangle"
        r" - \frac{\Delta-\alpha}{J}|0, 1, 0\rangle + 2|0, 0, 1\rangle \right],"
        r" \quad \mathbb{E}_7 = -\frac{1}{2}(B_0 + \Delta - \alpha)",
        eigenpair(7, 1 / sp.sqrt(minus**2 + 8), {"100": 2, "010": -minus, "001": 2}, -(B0 + Delta - alpha) / 2),
    ),
    Printed(
        "21h",
        r"|\Psi_8\rangle = \frac{1}{\sqrt{\left(\frac{\Delta-\alpha}{J}\right)^2 + 8}} \left[ 2|1, 1, 0\rangle"
        r" - \frac{\Delta-\alpha}{J}|1, 0, 1\rangle + 2|0, 1, 1\rangle \right],"
        r" \quad \mathbb{E}_8 = \frac{1}{2}(B_0 - \Delta + \alpha)",
        eigenpair(8, 1 / sp.sqrt(minus**2 + 8), {"110": 2, "101": -minus, "011": 2}, (B0 - Delta + alpha) / 2),
    ),
    Printed(
        "alpha", r"\alpha = (\Delta^2 + 8J^2)^{1/2}", (sp.Eq(alpha, sp.sqrt(Delta**2 + 8 * J**2), evaluate=False),)
    ),
    Printed(
        "22",
        r"\mathbb{H}_{B-\text{res}} = \sum_j \lambda_j^{(L)} (\sigma_x^{(1)} + \varepsilon \sigma_x^{(3)})"
        r" (a_j^\dagger + a_j) + \lambda_j^{(R)} \sigma_x^{(3)} (b_j^\dagger + b_j)",
        (),
        r"The reading has one \sum_j; a second before \lambda_j^{(R)}, as in (5), may be lost.",
    ),
    Printed(
        "23",
        r"\dot{\rho}(t) = -i[\mathbb{H}_B, \rho(t)] + \mathcal{L}_L^{(1)}(\rho) + \mathcal{L}_R^{(3)}(\rho)"
        r" + \varepsilon(\mathcal{L}_L^{(3)}(\rho) + \mathcal{L}_L^{(1,3)}(\rho))",
        (),
    ),
    Printed(
        "24",
        r"\mathcal{L}_v^{(k)}(\rho) = \sum_{\omega>0} \mathcal{J}_v(\omega) [1 + n_v(\omega)] \left["
        r" \mathbb{V}^{(k)}(\omega) \rho(t) \mathbb{V}^{(k)\dagger}(\omega) - \frac{1}{2} \{"
        r" \mathbb{V}^{(k)\dagger}(\omega) \mathbb{V}^{(k)}(\omega), \rho(t) \} \right] + \sum_{\omega>0}"
        r" \mathcal{J}_v(\omega) n_v(\omega) \left[ \mathbb{V}^{(k)\dagger}(\omega) \rho(t) \mathbb{V}^{(k)}(\omega)"
        r" - \frac{1}{2} \{ \mathbb{V}^{(k)}(\omega) \mathbb{V}^{(k)\dagger}(\omega), \rho(t) \} \right]",
        (),
    ),
    Printed(
        "25",
        r"\mathcal{L}_L^{(1,3)}(\rho) = \sum_{\omega>0} \mathcal{J}_L(\omega) [1 + n_L(\omega)] \left["
        r" \mathbb{V}^{(1)}(\omega) \rho(t) \mathbb{V}^{(3)\dagger}(\omega) - \frac{1}{2} \{"
        r" \mathbb{V}^{(3)\dagger}(\omega) \mathbb{V}^{(1)}(\omega), \rho(t) \} \right] + \sum_{\omega>0}"
        r" \mathcal{J}_L(\omega) n_L(\omega) \left[ \mathbb{V}^{(1)\dagger}(\omega) \rho(t) \mathbb{V}^{(3)}(\omega)"
        r" - \frac{1}{2} \{ \mathbb{V}^{(3)}(\omega) \mathbb{V}^{(1)\dagger}(\omega), \rho(t) \} \right]"
        r" + \sum_{\omega>0} \mathcal{J}_L(\omega) [1 + n_L(\omega)] \left[ \mathbb{V}^{(3)}(\omega) \rho(t)"
        r" \mathbb{V}^{(1)\dagger}(\omega) - \frac{1}{2} \{ \mathbb{V}^{(1)\dagger}(\omega) \mathbb{V}^{(3)}(\omega),"
        r" \rho(t) \} \right] + \sum_{\omega>0} \mathcal{J}_L(\omega) n_L(\omega) \left["
        r" \mathbb{V}^{(3)\dagger}(\omega) \rho(t) \mathbb{V}^{(1)}(\omega) - \frac{1}{2} \{ \mathbb{V}^{(1)}(\omega)"
        r" \mathbb{V}^{(3)\dagger}(\omega), \rho(t) \} \right]",
        (),
    ),
    Printed(
        "26",
        r"\dot{\rho}(t) = -i[\mathbb{H}_B, \rho(t)] + \sum_{v=L,R} [\gamma_{13}^{(v,e)} L_{\tau_{31}}"
        r" + \gamma_{13}^{(v,a)} L_{\tau_{13}} + \gamma_{61}^{(v,e)} L_{\tau_{16}} + \gamma_{61}^{(v,a)} L_{\tau_{61}}"
        r" + \gamma_{81}^{(v,e)} L_{\tau_{18}} + \gamma_{81}^{(v,a)} L_{\tau_{81}} + \gamma_{42}^{(v,e)} L_{\tau_{24}}"
        r" + \gamma_{42}^{(v,a)} L_{\tau_{42}} + \gamma_{25}^{(v,e)} L_{\tau_{52}} + \gamma_{25}^{(v,a)} L_{\tau_{25}}"
        r" + \gamma_{27}^{(v,e)} L_{\tau_{72}} + \gamma_{27}^{(v,a)} L_{\tau_{27}} + \gamma_{46}^{(v,e)} L_{\tau_{64}}"
        r" + \gamma_{46}^{(v,a)} L_{\tau_{46}} + \gamma_{65}^{(v,e)} L_{\tau_{56}} + \gamma_{65}^{(v,a)} L_{\tau_{65}}"
        r" + \gamma_{67}^{(v,e)} L_{\tau_{76}} + \gamma_{67}^{(v,a)} L_{\tau_{67}} + \gamma_{85}^{(v,e)} L_{\tau_{58}}"
        r" + \gamma_{85}^{(v,a)} L_{\tau_{85}} + \gamma_{87}^{(v,e)} L_{\tau_{78}} + \gamma_{87}^{(v,a)}"
        r" L_{\tau_{87}}]",
        (),
        r"The reading has no terms with \gamma_{48}; it may have dropped two.",
    ),
    Printed(
        "27",
        r"\gamma_{ij}^{(R,e)} = \frac{1}{2}\kappa\omega_{ij}[1 + n_R(\omega_{ij})],"
        r" \quad \gamma_{ij}^{(R,a)} = \frac{1}{2}\kappa\omega_{ij}n_R(\omega_{ij})",
        tuple(relation for pair in PAIRS for relation in rates_27(*pair)),
    ),
)

"""Sections II-IV, Eqs. (15)-(17) and (19), and the definitions without a number, as printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sympy as sp

from proofs.paper.model import (
    B0,
    HAMILTONIAN_3,
    LEVELS,
    Delta,
    J,
    Pair,
    equal,
    operator_8a,
    operator_8b,
    operator_10c,
)
from proofs.paper.printed import Printed
from proofs.paper.rates import PAIRS, kappa, n, omega
from symqb.symbols import positive, real

E_gs, stored_energy, exergy = map(real, ("E_gs", "stored_energy", "exergy"))
T_L, T_R, T_M, T_eq, beta_eq = map(positive, ("T_L", "T_R", "T_M", "T_eq", "beta_eq"))
Delta_T = real("Delta_T")
_TEMPERATURES = {"L": T_L, "R": T_R}
ENERGIES = tuple(real(f"E_{i}") for i in LEVELS)
#: rho_ii.
POPULATIONS = tuple(positive(f"p_{i}") for i in LEVELS)
#: E_B(infinity), Delta E_B(infinity) over its maximum, and that maximum.
E_B, stored_share, stored_max = map(real, ("E_B", "stored_energy_share", "stored_energy_max"))
#: F(rho_p), F(rho_eq), and S(rho_p).
F_p, F_eq, S_p = map(real, ("F_p", "F_eq", "S_p"))


def stored_energy_15(rho: sp.Matrix, hamiltonian: sp.Matrix, ground: sp.Expr) -> sp.Expr:
    """Tr(rho H_B) - E_gs of Eq. (15); ground is E_gs."""
    return (rho * hamiltonian).trace() - ground


def extracted(rho: sp.Matrix, hamiltonian: sp.Matrix, U: sp.Matrix) -> sp.Expr:
    """Tr(rho H) - Tr(U rho U^dagger H), the work extracted by U."""
    return (rho * hamiltonian).trace() - (U * rho * U.H * hamiltonian).trace()


def ergotropy_16(rho: sp.Matrix, hamiltonian: sp.Matrix, unitaries: Sequence[sp.Matrix]) -> sp.Expr:
    """Tr(rho H) - min Tr(U rho U^dagger H) of Eq. (16), the minimum over the unitaries given."""
    return (rho * hamiltonian).trace() - sp.Min(*((U * rho * U.H * hamiltonian).trace() for U in unitaries))


def ergotropy_17(populations: Sequence[sp.Expr], energies: Sequence[sp.Expr], overlaps: sp.Matrix) -> sp.Expr:
    """The double sum of Eq. (17): r_j, epsilon_i, and <r_j|epsilon_i> in row j and column i, in the order of the sum.

    The states r_j and epsilon_i are numbered so that U_min takes r_i to epsilon_i.
    """
    return sp.Add(
        *(
            r * energy * (sp.Abs(overlaps[j, i]) ** 2 - sp.KroneckerDelta(i, j))
            for i, energy in enumerate(energies)
            for j, r in enumerate(populations)
        )
    )


def optimal_unitary(energy_vectors: Sequence[sp.Matrix], state_vectors: Sequence[sp.Matrix]) -> sp.Matrix:
    """U_min, the sum of |epsilon_i><r_i|."""
    terms = (e * r.H for e, r in zip(energy_vectors, state_vectors, strict=True))
    return sum(terms, sp.zeros(len(energy_vectors)))


def passive_state(populations: Sequence[sp.Expr], energy_vectors: Sequence[sp.Matrix]) -> sp.Matrix:
    """rho_p, the sum of r_k |epsilon_k><epsilon_k|."""
    terms = (r * e * e.H for r, e in zip(populations, energy_vectors, strict=True))
    return sum(terms, sp.zeros(len(energy_vectors)))


def entropy(populations: Sequence[sp.Expr]) -> sp.Expr:
    """S(rho) = -Tr[rho ln rho] by the eigenvalues of rho."""
    return -sp.Add(*(p * sp.log(p) for p in populations))


def gibbs(energies: Sequence[sp.Expr], beta: sp.Expr) -> tuple[sp.Expr, ...]:
    """The eigenvalues of rho_eq by level."""
    partition = sp.Add(*(sp.exp(-beta * energy) for energy in energies))
    return tuple(sp.exp(-beta * energy) / partition for energy in energies)


def free_energy(populations: Sequence[sp.Expr], energies: Sequence[sp.Expr], beta: sp.Expr) -> sp.Expr:
    """F(rho) = Tr[H_B rho] - S(rho)/beta for rho diagonal in the eigenbasis of H_B, both by level."""
    mean = sp.Add(*(p * energy for p, energy in zip(populations, energies, strict=True)))
    return mean - entropy(populations) / beta


def exergy_19(populations: Sequence[sp.Expr], energies: Sequence[sp.Expr], beta: sp.Expr) -> sp.Expr:
    """F(rho_p) - F(rho_eq) of Eq. (19); populations are those of rho_p by level."""
    return free_energy(populations, energies, beta) - free_energy(gibbs(energies, beta), energies, beta)


def spectral_density(frequency: sp.Expr, couplings: Sequence[sp.Expr], modes: Sequence[sp.Expr]) -> sp.Expr:
    """J_nu(omega) = pi sum_j |lambda_j|^2 delta(omega - omega_j)."""
    terms = (sp.Abs(c) ** 2 * sp.DiracDelta(frequency - mode) for c, mode in zip(couplings, modes, strict=True))
    return sp.pi * sp.Add(*terms)


def lowers(operator: sp.Matrix, frequency: sp.Expr) -> tuple[sp.Rel, ...]:
    """[H_B, X] = -omega X by the elements that are not zero on both sides, H_B of Eq. (3)."""
    left, right = HAMILTONIAN_3 * operator - operator * HAMILTONIAN_3, -frequency * operator
    return tuple(equal(x, y) for x, y in zip(left, right, strict=True) if (x, y) != (0, 0))


def occupation(bath: str, i: int, j: int) -> sp.Rel:
    """n_nu(omega_ij) = [e^(omega_ij/T_nu) - 1]^-1."""
    return equal(n(bath, i, j), 1 / (sp.exp(omega(i, j) / _TEMPERATURES[bath]) - 1))


def frequency(i: int, j: int) -> sp.Rel:
    """omega_ij = E_i - E_j."""
    return equal(omega(i, j), real(f"E_{i}") - real(f"E_{j}"))


def ohmic(bath: str, i: int, j: int) -> sp.Rel:
    """J_nu(omega_ij) = kappa omega_ij."""
    return equal(positive(f"J_{bath}_{i}{j}"), kappa * omega(i, j))


def collective(i: int, j: int) -> tuple[sp.Rel, sp.Rel]:
    """J_L^(1,2) = [J_L^(1) J_L^(2)]^(1/2) = J_L at omega_ij."""
    one, two, both, left = (positive(f"J_{name}_{i}{j}") for name in ("L1", "L2", "L12", "L"))
    return equal(both, sp.sqrt(one * two)), equal(sp.sqrt(one * two), left)


def _lowering() -> tuple[sp.Rel, ...]:
    """[H_B, X] = -omega X for A_L, A_R, V^(1), V^(2) at the pairs."""
    operators: tuple[Callable[[tuple[Pair, ...]], sp.Matrix], ...] = (
        operator_8a,
        operator_8b,
        lambda pairs: operator_10c(1, pairs),
        lambda pairs: operator_10c(2, pairs),
    )
    return tuple(r for X in operators for i, j in PAIRS for r in lowers(X(((i, j),)), omega(i, j)))


FORMULAS: Mapping[str, Callable[..., Any]] = {
    "15": stored_energy_15,
    "16": ergotropy_16,
    "17": ergotropy_17,
    "19": exergy_19,
    "II_spectral": spectral_density,
    "IV_work": extracted,
    "IV_U_min": optimal_unitary,
    "IV_passive": passive_state,
    "IV_free_energy": free_energy,
    "IV_entropy": entropy,
    "IV_gibbs": gibbs,
}

_MEAN = sp.Add(*(p * energy for p, energy in zip(POPULATIONS, ENERGIES, strict=True)))

#: Eq. (15) and Section IV at a state diagonal in the levels. Without a number: names of ours by section.
EQUATIONS: tuple[Printed, ...] = (
    Printed(
        "II_spectral", r"\mathcal{J}_\nu(\omega) = \pi \sum_j |\lambda_j^\nu|^2 \delta(\omega - \omega_j^{(\nu)})", ()
    ),
    Printed(
        "II_occupation",
        r"n_\nu(\omega) = [e^{\omega/T_\nu} - 1]^{-1}",
        tuple(occupation(bath, *pair) for bath in "LR" for pair in PAIRS),
    ),
    Printed("II_frequency", r"\omega_{ij} = E_i - E_j", tuple(frequency(*pair) for pair in PAIRS)),
    Printed(
        "II_eigenoperators",
        r"[H_B, A_\nu(\omega)] = -\omega A_\nu(\omega), \quad [H_B, V^{(k)}(\omega_{ij})]"
        r" = -\omega_{ij} V^{(k)}(\omega_{ij})",
        _lowering(),
    ),
    Printed(
        "II_collective",
        r"\mathcal{J}_L^{(1,2)}(\omega) = [\mathcal{J}_L^{(1)}(\omega) \mathcal{J}_L^{(2)}(\omega)]^{1/2}"
        r" = \mathcal{J}_L(\omega)",
        tuple(relation for pair in PAIRS for relation in collective(*pair)),
    ),
    Printed(
        "II_ohmic",
        r"\mathcal{J}_\nu(\omega) = \kappa\omega",
        tuple(ohmic(bath, *pair) for bath in "LR" for pair in PAIRS),
        r"The reading has v for the index \nu.",
    ),
    Printed(
        "II_field",
        r"B > |J + \Delta|",
        (sp.Gt(B0, sp.Abs(J + Delta), evaluate=False),),
        r"B may have lost the index of B_0.",
    ),
    Printed(
        "15",
        r"\Delta E_B(t) = \text{Tr}(\rho(t)H_B) - E_{gs}",
        (equal(stored_energy, _MEAN - E_gs),),
    ),
    Printed(
        "III_ground",
        r"E_{gs} = E_1 = \frac{1}{2}(\Delta - 2B_0)",
        (equal(E_gs, ENERGIES[0]), equal(ENERGIES[0], (Delta - 2 * B0) / 2)),
    ),
    Printed(
        "III_share",
        r"\Delta E_B(\infty) = [E_B(\infty) - E_{gs}]/\Delta E_B^{\max}",
        (equal(stored_share, (E_B - E_gs) / stored_max),),
    ),
    Printed("III_bias", r"\Delta T = T_L - T_R", (equal(Delta_T, T_L - T_R),)),
    Printed("III_mean", r"T_M = (T_L + T_R)/2", (equal(T_M, (T_L + T_R) / 2),)),
    Printed("IV_work", r"\text{Tr}(\rho H) - \text{Tr}(U\rho U^\dagger H)", ()),
    Printed("16", r"W(\rho) = \text{Tr}(\rho H) - \min \text{Tr}(U\rho U^\dagger H)", ()),
    Printed("IV_passive", r"\rho_p = \sum_k r_k |\varepsilon_k\rangle\langle \varepsilon_k|, \quad r_k > r_{k+1}", ()),
    Printed("IV_U_min", r"U_{\text{min}} = \sum_i |\varepsilon_i\rangle\langle r_i|", ()),
    Printed(
        "17", r"W(\rho) = \sum_{i,j} r_j \varepsilon_i (| \langle r_j | \varepsilon_i \rangle |^2 - \delta_{ij})", ()
    ),
    Printed("IV_gibbs", r"\rho_{\text{eq}} = e^{-\beta_{\text{eq}} H_B} / \text{Tr}[e^{-\beta_{\text{eq}} H_B}]", ()),
    Printed(
        "19",
        r"\Sigma_{\text{ex}} = \mathcal{F}(\rho_p) - \mathcal{F}(\rho_{\text{eq}})",
        (equal(exergy, F_p - F_eq),),
        r"The reading gives \sum_{\text{ex}} for \Sigma_{\text{ex}}.",
    ),
    Printed(
        "IV_free_energy",
        r"\mathcal{F}(\rho_p) = \text{Tr}[H_B \rho_p] - \beta_{\text{eq}}^{-1} S(\rho_p)",
        (equal(F_p, _MEAN - S_p / beta_eq),),
    ),
    Printed("IV_entropy", r"S(\rho_p) = -\text{Tr}[\rho_p \ln \rho_p]", (equal(S_p, entropy(POPULATIONS)),)),
    Printed(
        "IV_beta",
        r"\beta_{\text{eq}} = 1/T_{\text{eq}} = 1/T_R",
        (equal(beta_eq, 1 / T_eq), equal(1 / T_eq, 1 / T_R)),
    ),
)

"""The generator in numbers, on a chain without closed forms, against eigenoperators from mpmath's eigenprojectors."""

import numpy as np
import pytest
import sympy as sp
from mpmath import mp
from oracle import SX, chain, eigenoperators, on_site, phi
from sympy.physics.quantum import TensorProduct

import symqb
from symqb.dynamics.gksl import lindblad, numerical_levels, point
from symqb.symbols import real
from symqb.xxz import SIGMA_X, SIGMA_Y, SIGMA_Z

POINT = {"B0": 0.7, "J": 0.3, "Delta": 0.19, "epsilon": 1.0, "T_h": 0.8, "kappa_h": 0.5}
POINTS = {
    "generic": POINT,
    "equal frequencies": POINT | {"Delta": 0.0},
    "degenerate levels": POINT | {"J": 0.0},
    "no field": POINT | {"B0": 0.0, "epsilon": 0.3},
    "T = 1e-3": POINT | {"T_h": 1e-3},
}


def three_spins():
    """XXZ chain of three in the order of Kronecker products, bath h on both ends: no symmetries, no levels."""
    B0, J, Delta, epsilon = map(real, ("B0", "J", "Delta", "epsilon"))
    one = sp.eye(2)

    def on(site, operator):
        return TensorProduct(*(operator if i == site else one for i in range(3)))

    H = sum((B0 * on(i, SIGMA_Z) for i in range(3)), sp.zeros(8))
    for i in range(2):
        for strength, s in ((J, SIGMA_X), (J, SIGMA_Y), (Delta, SIGMA_Z)):
            H += strength * on(i, s) * on(i + 1, s)
    return symqb.Model(H / 2, [symqb.Bath("h", on(0, SIGMA_X) + epsilon * on(2, SIGMA_X))])


def change(jumps, rho):
    """sum rate D[A] rho."""
    total = np.zeros_like(rho)
    for rate, A in jumps:
        n = A.conj().T @ A
        total += rate * (A @ rho @ A.conj().T - (n @ rho + rho @ n) / 2)
    return total


@pytest.mark.parametrize("at", POINTS.values(), ids=POINTS)
def test_jumps_are_the_eigenoperators_of_the_matrices(at):
    """As many as distinct frequencies, and the same action on a random matrix, wherever levels or frequencies meet."""
    model = three_spins()
    values = point(model, at)
    generator = lindblad(model, values, numerical_levels(model, values))
    with mp.workdps(40):
        H = chain(3, *(mp.mpf(at[name]) for name in ("B0", "J", "Delta")))
        S = on_site(SX, 0, 3) + mp.mpf(at["epsilon"]) * on_site(SX, 2, 3)
        exact = [
            (float(at["kappa_h"] * phi(-omega, mp.mpf(at["T_h"]))), np.array(A.tolist(), dtype=complex))
            for omega, A in eigenoperators(H, S)
        ]
    ours = [(rate, generator.to_bare(A)) for _, _, rate, A in generator.jumps]
    assert len(ours) == len([rate for rate, _ in exact if rate > 0])
    rng = np.random.default_rng(5)
    rho = rng.normal(size=(8, 8)) + 1j * rng.normal(size=(8, 8))
    np.testing.assert_allclose(change(ours, rho), change(exact, rho), atol=1e-13)
    flat = generator.dissipator() @ generator.to_energy(rho).ravel()
    np.testing.assert_allclose(generator.to_bare(flat.reshape(8, 8)), change(exact, rho), atol=1e-13)

"""The XXZ spin-chain battery between two baths, Eqs. (1), (5), (20), (22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import sympy as sp
from sympy.physics.quantum import TensorProduct

from symqb.baths import Bath, Density, ohmic
from symqb.errors import UnknownChoice
from symqb.model import Model
from symqb.spectrum import Key
from symqb.symbols import real

SIGMA_X = sp.Matrix([[0, 1], [1, 0]])
SIGMA_Y = sp.Matrix([[0, -sp.I], [sp.I, 0]])
SIGMA_Z = sp.diag(1, -1)

#: The paper's labels. A key is (total sigma_z, reflection parity, rank by energy).
PAPER_LABELS: dict[int, tuple[str, Sequence[tuple[int, int, int]]]] = {
    2: ("Phi", [(-2, 1, 0), (2, 1, 0), (0, -1, 0), (0, 1, 0)]),
    3: ("Psi", [(-1, -1, 0), (1, -1, 0), (-3, 1, 0), (3, 1, 0), (-1, 1, 0), (1, 1, 0), (-1, 1, 1), (1, 1, 1)]),
}

#: The paper's equation numbers, by what a formula is about.
GENERAL = {"occupation": "7", "stored energy": "15", "ergotropy": "17", "exergy": "19"}
NUMBERS: dict[int, dict[str, str]] = {
    2: {
        **GENERAL, "hamiltonian": "3", "levels": "2", "master equation": "9", "emission": "12a", "absorption": "12b",
        "totals": "14", "populations": "13", "eta": "14", "ratios": "13",
    },
    3: {
        **GENERAL, "hamiltonian": "20", "levels": "21", "roots": "21", "master equation": "26",
        **{f"rate equation {i}": f"C{i}" for i in range(1, 9)},
    },
}  # fmt: skip


def xxz_chain(qubits: int, *, collective: bool = True, densities: Mapping[str, Density] | None = None) -> Model:
    """The battery of ``qubits`` spins, open chain, in the paper's bare basis (descending magnetisation).

    H = 1/2 [B0 sum sz_i + J sum (sx_i sx_{i+1} + sy_i sy_{i+1}) + Delta sum sz_i sz_{i+1}]; bath L couples through
    sx_1 + epsilon sx_N, bath R through sx_N. With ``collective=False`` bath L acts on qubits 1 and N as two
    independent baths at T_L. ``densities`` gives baths L and R other spectral densities than the Ohmic one. Raises
    ``UnknownChoice`` for a length whose closed form is not available, or another bath.
    """
    if qubits not in PAPER_LABELS:
        reason = "longer chains have no closed form here: evaluate them (symqb.evaluator, symqb evaluate)"
        raise UnknownChoice("qubits", repr(qubits), map(str, PAPER_LABELS), reason)
    shapes = {"L": ohmic, "R": ohmic} | dict(densities or {})
    for name in shapes:
        if name not in ("L", "R"):
            raise UnknownChoice("densities", name, ("L", "R"))
    qubits = int(qubits)
    basis = _bare_basis(qubits)
    first, last = _on_site(SIGMA_X, 0, basis), _on_site(SIGMA_X, qubits - 1, basis)
    epsilon = real("epsilon")
    left = [first + epsilon * last] if collective else [first, epsilon * last]
    prefix, keys = PAPER_LABELS[qubits]
    names: dict[Key, str] = {tuple(map(sp.Integer, key)): f"{prefix}_{i}" for i, key in enumerate(keys, start=1)}
    empty = names[(sp.Integer(-qubits), sp.S.One, sp.S.Zero)]
    return Model(
        hamiltonian=_hamiltonian(qubits, basis),
        baths=(Bath("L", left, density=shapes["L"]), Bath("R", [last], density=shapes["R"])),
        symmetries=(_magnetisation(qubits, basis), _reflection(basis)),
        basis=basis,
        names=names,
        parameters=(*map(real, ("B0", "J", "Delta")), epsilon),
        empty=empty,
        name=f"xxz{qubits}" + ("" if collective else "_independent"),
        numbers=NUMBERS[qubits] if collective and not densities else {},
        title=f"XXZ battery of {qubits} qubits" + ("" if collective else ", without collective dissipation"),
    )


def as_model(battery: int | Model) -> Model:
    """A model as it is; the chain of that many qubits for a number."""
    return battery if isinstance(battery, Model) else xxz_chain(battery)


def _bare_basis(qubits: int) -> tuple[str, ...]:
    """The paper's order: more excitations first, then descending as binary numbers, e.g. 11, 10, 01, 00."""
    states = ("".join(bits) for bits in product("10", repeat=qubits))
    return tuple(sorted(states, key=lambda bits: (-bits.count("1"), -int(bits, 2))))


def _on_site(operator: sp.Matrix, site: int, basis: Sequence[str]) -> sp.Matrix:
    """``operator`` acting on one qubit, in the order of ``basis`` (1 is the upper state of a single qubit)."""
    qubits = len(basis[0])
    product_order = TensorProduct(*(operator if i == site else sp.eye(2) for i in range(qubits)))
    place = [2**qubits - 1 - int(bits, 2) for bits in basis]
    return product_order.extract(place, place)


def _hamiltonian(qubits: int, basis: Sequence[str]) -> sp.Matrix:
    B0, J, Delta = real("B0"), real("J"), real("Delta")
    sx, sy, sz = ([_on_site(s, i, basis) for i in range(qubits)] for s in (SIGMA_X, SIGMA_Y, SIGMA_Z))
    total = B0 * _magnetisation(qubits, basis)
    for i in range(qubits - 1):
        total += J * (sx[i] * sx[i + 1] + sy[i] * sy[i + 1]) + Delta * sz[i] * sz[i + 1]
    return (total / 2).applyfunc(sp.expand)


def _magnetisation(qubits: int, basis: Sequence[str]) -> sp.Matrix:
    return sum((_on_site(SIGMA_Z, i, basis) for i in range(qubits)), sp.zeros(2**qubits))


def _reflection(basis: Sequence[str]) -> sp.Matrix:
    return sp.Matrix(len(basis), len(basis), lambda i, j: int(basis[i] == basis[j][::-1]))

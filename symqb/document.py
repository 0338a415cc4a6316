"""The derivation as a text: parts in reading order, each with its formulas, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from symqb.bose import phi
from symqb.elimination import FEW
from symqb.errors import UnknownChoice
from symqb.formulas import Formula
from symqb.model import Model
from symqb.symbols import real, temperature


@dataclass(frozen=True)
class Part:
    """A section: ``groups`` are formulas that belong together; ``text`` is plain LaTeX prose."""

    name: str
    title: str
    text: str
    groups: tuple[tuple[Formula, ...], ...]

    def formulas(self) -> Iterator[Formula]:
        """All formulas of the part in order."""
        for group in self.groups:
            yield from group


def _hamiltonian(model: Model) -> Part:
    basis = ", ".join(rf"|{state}\rangle" for state in model.basis)
    return Part(
        "hamiltonian", "Hamiltonian",
        rf"In the bare basis $\{{{basis}\}}$, in units $\hbar = k_B = 1$; bath $\nu$ couples through $S_\nu$.",
        (tuple(model.formulas()),),
    )  # fmt: skip


def _levels(model: Model) -> Part:
    return Part(
        "levels", "Levels",
        "Blocks of equal quantum numbers are diagonalised one by one."
        if model.symmetries else "The Hamiltonian is diagonalised in closed form.",
        (*filter(None, [tuple(model.roots.formulas())]), tuple(model.levels.vectors(model.basis)),
         tuple(f for f in model.levels.formulas() if f.about == "levels")),
    )  # fmt: skip


def _transitions(model: Model) -> Part:
    return Part(
        "transitions", "Transitions",
        r"Bohr frequencies, squared matrix elements $w_{ij}^{(\nu)} = |\langle j|S_\nu|i\rangle|^2$, and "
        r"eigenoperators $[H_B, A_\nu(\omega)] = -\omega A_\nu(\omega)$ with $\tau_{ij} = |i\rangle\langle j|$.",
        (tuple(model.transitions.frequencies()), tuple(model.transitions.squares()),
         tuple(model.eigenoperators.formulas())),
    )  # fmt: skip


def _rates(model: Model) -> Part:
    omega, T = real("omega"), temperature("T")
    definition = Formula(phi(omega, T), phi(omega, T).rewrite(sp.exp), "occupation")
    return Part(
        "rates", "Rates",
        r"Absorption $j \to i$ goes with $\varphi(\omega_{ij}, T)$, emission $i \to j$ with "
        r"$\varphi(-\omega_{ij}, T)$, for either sign of the frequency; "
        r"$\varphi(0, T) = T$ and $\varphi(\omega, 0) = \max(-\omega, 0)$.",
        ((definition,), tuple(model.rates.by_bath()), tuple(model.rates.totals())),
    )  # fmt: skip


def _populations(model: Model) -> Part:
    steady = model.steady_state
    few = len(model.levels) <= FEW
    trees = r"Tree form: each $t_i$ sums the spanning trees directed towards level $i$. " if few else ""
    form = steady.eta_form if steady.eta_form.has_eta_form else steady.elimination
    if form.has_eta_form:
        first, last = form.order[-1], form.order[-2]
        text = (
            rf"Elimination of the other levels leaves levels {first} and {last}, with effective rates $\eta_1$ "
            rf"from {last} to {first} and $\eta_2$ from {first} to {last}; their common factor is free. "
        )
        groups = [tuple(form.formulas())]
    else:
        text = (
            r"Elimination of one level after the other: $\Gamma_k$ is the rate out of level $k$ to the levels still "
            r"kept, $f_{i,k}$ the rate $i \to k$ over $\Gamma_k$, $k_{i,j}^{(k)}$ the rate $i \to j$ once $k$ is "
            r"eliminated, $u_k$ the population over that of the last level. "
        )
        groups = [form.steps, form.back, form.populations]
    if few:
        groups.insert(0, tuple(steady.formulas()))
    filled = tuple(group for group in groups if group)
    return Part("populations", "Steady-state populations", f"{trees}{text}Nothing is subtracted.", filled)


def _master_equation(model: Model) -> Part:
    return Part(
        "master-equation", "Master equation",
        r"Secular GKSL generator, with $\mathcal{D}[X](\rho) = X\rho X^\dagger - \frac{1}{2}\{X^\dagger X, \rho\}$.",
        (tuple(model.generator.formulas()),),
    )  # fmt: skip


def _rate_equations(model: Model) -> Part:
    return Part(
        "rate-equations", "Rate equations",
        r"In the energy basis the populations obey a closed linear system.",
        (tuple(model.steady_state.rate_equations()),),
    )  # fmt: skip


def _energetics(model: Model) -> Part:
    return Part(
        "energetics", "Energetics",
        r"$\varepsilon_k$ are the energies in ascending order, $q_k$ the populations in that order of the "
        r"levels, $r_k$ the populations in descending order. Heat currents count into the battery.",
        (tuple(model.energetics.figures_of_merit()), tuple(model.energetics.currents())),
    )  # fmt: skip


def _trees(model: Model) -> Part:
    return Part(
        "trees", "Steady-state populations, expanded",
        r"Each $t_i$ sums the spanning trees directed towards level $i$ (Kirchhoff): products of rates, all positive.",
        (tuple(model.steady_state.tree_form()),),
    )  # fmt: skip


#: The parts of a document, by name, in order.
PARTS: Mapping[str, Callable[[Model], Part]] = {
    "hamiltonian": _hamiltonian,
    "levels": _levels,
    "transitions": _transitions,
    "rates": _rates,
    "master-equation": _master_equation,
    "rate-equations": _rate_equations,
    "populations": _populations,
    "energetics": _energetics,
    "trees": _trees,
}


def parts(model: Model, names: Sequence[str] = ()) -> Iterator[Part]:
    """The parts of these ``names``; without, the derivation from the Hamiltonian to the heat currents.

    The expanded populations ("trees") come on request only: for three qubits they have 10,240 terms. Raises
    ``UnknownChoice``.
    """
    for name in names:
        if name not in PARTS:
            raise UnknownChoice("part", name, PARTS)
    for name, make in PARTS.items():
        if name in names or (not names and name != "trees"):
            yield make(model)

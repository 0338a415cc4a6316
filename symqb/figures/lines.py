"""Curves: populations of two qubits (Fig. 7), and three qubits (Fig. 12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb.evaluators import evaluator
from symqb.figures.drawing import Drawing, Numbers, number, top
from symqb.figures.maps import KINDS, SETTINGS, biased
from symqb.figures.style import ANISOTROPY, BIAS, BLUE, LINES, PAIR, WORK, letters

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Panels (a) to (d) of Fig. 7.
PANELS = tuple((J, epsilon) for epsilon, J in product((0, 1), (-1, 1)))
LEVELS = range(1, 5)


def _populations() -> Numbers:
    evaluate, bias = evaluator(2, "numpy", outputs="populations"), np.linspace(-40.0, 40.0, 161)
    found = {"Delta_T": bias}
    for J, epsilon in PANELS:
        p = evaluate(B0=2.0, J=float(J), Delta=J / 2, epsilon=float(epsilon), **biased(20.0, bias)).populations
        found |= {f"p_{k}, {KINDS[J]}, epsilon = {epsilon}": p[:, k - 1] for k in LEVELS}
    return found


def _paint_populations(panels: Sequence[Axes], numbers: Numbers) -> None:
    for ax, (J, epsilon) in zip(panels, PANELS, strict=True):
        for k, line in zip(LEVELS, LINES, strict=True):
            p = numbers[f"p_{k}, {KINDS[J]}, epsilon = {epsilon}"]
            ax.plot(numbers["Delta_T"], p, label=rf"$\rho_{{{k}{k}}}$", **line)
        ax.set_xlim(-40, 40)
        ax.set_ylim(*((0.0, 0.72) if epsilon else (0.2, 0.3)))
        ax.set_xlabel(BIAS)
    for ax in panels[::2]:
        ax.set_ylabel("population")
    panels[0].legend(ncols=4, loc="upper center", columnspacing=1.2, handlelength=2)
    letters(panels, [rf"{KINDS[J]}, $\varepsilon = {epsilon}$" for J, epsilon in PANELS])


def _describe_populations(numbers: Numbers) -> str:
    said = []
    for letter, (J, epsilon) in zip("abcd", PANELS, strict=True):
        curves = [numbers[f"p_{k}, {KINDS[J]}, epsilon = {epsilon}"] for k in LEVELS]
        change = max(float(np.ptp(p)) for p in curves)
        orders = [" > ".join(f"p_{1 + int(k)}" for k in np.argsort([-p[i] for p in curves])) for i in (0, -1)]
        said.append(
            f"({letter}) {KINDS[J]}, epsilon = {epsilon}: the populations change by at most {number(change)}; their "
            f"order is {orders[0]} at Delta T = -40 and {orders[1]} at Delta T = 40"
        )
    return "Four panels, each with the four populations as curves over the temperature bias. " + ". ".join(said) + "."


figure_7 = Drawing(
    name="7",
    title="Fig. 7: populations of the two-qubit battery",
    caption="Populations of the four levels in the nonequilibrium steady state over the temperature bias: ferromagnet "
    "(a, c) and antiferromagnet (b, d), symmetric (a, b) and asymmetric (c, d) coupling. B0 = 2, |J| = 1, T_M = 20, "
    "Delta = J/2.",
    quantities=("populations",),
    parameters={"qubits": 2, "B0": 2.0, "J": [-1.0, 1.0], "Delta": [-0.5, 0.5], "epsilon": [0.0, 1.0], "T_M": 20.0,
                "kappa_L/kappa_R": 1.0},
    choices=("Delta T runs over all of [-2 T_M, 2 T_M]; the scale of (a, b) is not that of (c, d).",),
    shape=(2, 2),
    size=(6.8, 4.8),
    compute=_populations,
    paint=_paint_populations,
    describe=_describe_populations,
)  # fmt: skip

#: Fig. 12, where the paper leaves them open: mean temperatures, and Delta T in units of T_M.
MEANS_12, BIASES_12 = (2, 10), (0, 1, 2)
DASHES: dict[int, Any] = {0: (0, (1, 1.2)), 1: (0, (5, 1.5)), 2: "-"}
QUANTITIES_12 = {
    "stored_energy_fraction": r"stored energy $\Delta E_B(\infty)/\Delta E_B^{\,\mathrm{max}}$",
    "ergotropy": WORK,
}


def curves_12() -> Iterator[tuple[int, int, int]]:
    """(T_M, Delta T/T_M, epsilon)."""
    return product(MEANS_12, BIASES_12, SETTINGS)


def curve_name(quantity: str, T_M: int, bias: int, epsilon: int) -> str:
    """The name of a curve's numbers."""
    return f"{quantity} at T_M = {T_M}, Delta_T = {bias * T_M}, epsilon = {epsilon}"


def _three_qubits() -> Numbers:
    evaluate, Delta = evaluator(3, "numpy", outputs=tuple(QUANTITIES_12)), np.linspace(0.0, 1.0, 101)
    found = {"Delta": Delta}
    for T_M, bias, epsilon in curves_12():
        result = evaluate(B0=5.0, J=1.0, Delta=Delta, epsilon=float(epsilon), **biased(T_M, bias * T_M))
        found |= {curve_name(q, T_M, bias, epsilon): getattr(result, q) for q in QUANTITIES_12}
    return found


def _paint_three_qubits(panels: Sequence[Axes], numbers: Numbers) -> None:
    rows = product(QUANTITIES_12, MEANS_12)
    for ax, (quantity, T_M) in zip(panels, rows, strict=True):
        for bias, epsilon in product(BIASES_12, SETTINGS):
            curve = numbers[curve_name(quantity, T_M, bias, epsilon)]
            if quantity != "ergotropy" or curve.any():
                ax.plot(numbers["Delta"], curve, **PAIR[epsilon], linestyle=DASHES[bias],
                        label=_label(bias, epsilon))  # fmt: skip
        ax.set_xlim(0, 1)
    for ax, words in zip(panels[::2], QUANTITIES_12.values(), strict=True):
        ax.set_ylabel(words)
    for ax in panels[2:]:
        ax.set_xlabel(ANISOTROPY)
        ax.axhline(0, color=BLUE, linewidth=1.5)
        ax.set_ylim(bottom=-0.15 * ax.get_ylim()[1])
        ax.annotate(r"$\varepsilon = 0$, and $\Delta T = 0$: exactly 0", (0.5, 0), (0, -3), ha="center", va="top",
                    xycoords=("axes fraction", "data"), textcoords="offset points", color=BLUE)  # fmt: skip
    letters(panels, [f"$T_M = {T_M}\\,|J|$" for _ in QUANTITIES_12 for T_M in MEANS_12])
    panels[0].legend(ncols=2, fontsize=8)


def _label(bias: int, epsilon: int) -> str:
    shown = {0: "0", 1: "T_M", 2: r"2\,T_M"}[bias]
    return rf"$\Delta T = {shown}$, $\varepsilon = {epsilon}$"


def _in_words(name: str) -> str:
    return name.replace("stored_energy_fraction", "share of the energy stored").replace("Delta_T", "Delta T")


def _describe_three_qubits(numbers: Numbers) -> str:
    said = []
    for quantity, T_M in product(QUANTITIES_12, MEANS_12):
        best = max(
            (curve_name(quantity, T_M, b, e) for b in BIASES_12 for e in SETTINGS), key=lambda n: numbers[n].max()
        )
        place = number(numbers["Delta"][top(numbers[best])[0]])
        said.append(f"largest {_in_words(best)}: {number(numbers[best].max())} at Delta = {place}")
    active = [n for n in numbers if n.startswith("ergotropy") and numbers[n].any()]
    said.append(
        f"ergotropy is not 0 throughout for {'; '.join(_in_words(n).removeprefix('ergotropy at ') for n in active)}"
    )
    return "Four panels with curves over the anisotropy from 0 to 1. " + ". ".join(said) + "."


figure_12 = Drawing(
    name="12",
    title="Fig. 12: stored energy and ergotropy of three qubits",
    caption="Three qubits, antiferromagnetic: (a, b) stored energy as a share of the largest minus the lowest energy, "
    "(c, d) ergotropy in the nonequilibrium steady state, over the anisotropy, for symmetric (epsilon = 0) and "
    "asymmetric (epsilon = 1) coupling. B0 = 5, J = 1. Without bias "
    "both couplings give the Gibbs state. The paper's panel (a) is (a, b) here, its panel (b) is (c, d).",
    quantities=tuple(QUANTITIES_12),
    parameters={"qubits": 3, "B0": 5.0, "J": 1.0, "epsilon": [0.0, 1.0], "T_M": list(MEANS_12),
                "Delta_T/T_M": list(BIASES_12), "kappa_L/kappa_R": 1.0},
    choices=(
        "T_M = 2 and 10, Delta T = 0, T_M, 2 T_M: the paper says different values.",
        "Each of the paper's two panels is split by T_M; Delta from 0 to 1.",
    ),
    shape=(2, 2),
    size=(6.8, 5.2),
    compute=_three_qubits,
    paint=_paint_three_qubits,
    describe=_describe_three_qubits,
)  # fmt: skip

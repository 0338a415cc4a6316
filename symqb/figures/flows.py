"""Charging curves and heat currents of two qubits, which the paper speaks of and does not show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb.dynamics.charging import charge
from symqb.evaluators import evaluator
from symqb.figures.drawing import Drawing, Numbers, number, top
from symqb.figures.maps import KINDS, SETTINGS, biased
from symqb.figures.style import BIAS, BLACK, PAIR, WORK, letters
from symqb.parameters import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINT: dict[str, Any] = {"B0": 2.0, "kappa_L": 1.0, "kappa_R": 1.0}
FOUR = tuple(product(KINDS, SETTINGS))
BY_KIND = {-1: PAIR[0], 1: PAIR[1]}
DASHES: dict[int, Any] = {0: (0, (5, 1.5)), 1: "-"}
#: What is drawn over time, and its axis.
OVER_TIME = {
    "stored energy": r"stored energy $\Delta E_B(t)/\Delta E_B^{\,\mathrm{max}}$",
    "ergotropy": WORK,
    "power": r"mean power $\Delta E_B(t)/(\kappa J^2 t)$",
}
HOT_COLD = {"T_L": 40.0, "T_R": 0.0}
#: Mean temperatures of the heat currents.
MEANS = (2, 20)


def curve_name(what: str, J: int, epsilon: int) -> str:
    """The name of a curve's numbers."""
    return f"{what}, {KINDS[J]}, epsilon = {epsilon}"


def _charging() -> Numbers:
    times = np.geomspace(1e-3, 10.0, 161)
    found, evaluate = {"time": times}, evaluator(2, "numpy")
    for J, epsilon in FOUR:
        curve = charge(evaluate, times, **POINT, J=float(J), Delta=J / 2, epsilon=float(epsilon), **HOT_COLD)
        shown = (curve.stored_energy / np.ptp(curve.energies), curve.ergotropy, curve.power)
        found |= {curve_name(what, J, epsilon): y for what, y in zip(OVER_TIME, shown, strict=True)}
    return found


def _paint_four(ax: Axes, x: Array, what: str, numbers: Numbers) -> None:
    for J, epsilon in FOUR:
        label = rf"{KINDS[J]}, $\varepsilon = {epsilon}$"
        ax.plot(x, numbers[curve_name(what, J, epsilon)], **BY_KIND[J], linestyle=DASHES[epsilon], label=label)
    ax.set_xlim(x[0], x[-1])


def _paint_charging(panels: Sequence[Axes], numbers: Numbers) -> None:
    for ax, (what, label) in zip(panels, OVER_TIME.items(), strict=True):
        _paint_four(ax, numbers["time"], what, numbers)
        ax.set_xscale("log")
        ax.set_xlabel(r"time $\kappa |J| t$")
        ax.set_ylabel(label)
    panels[2].legend(fontsize=8)
    letters(panels, ["", "", ""])


def _describe_charging(numbers: Numbers) -> str:
    said = []
    for J, epsilon in FOUR:
        share, work = (numbers[curve_name(what, J, epsilon)] for what in ("stored energy", "ergotropy"))
        (best,) = top(work)
        when = f"up to {number(work[best])} at time {number(numbers['time'][best])}, {number(work[-1])} at the end"
        said.append(
            f"{KINDS[J]}, epsilon = {epsilon}: stored share {number(share[-1])} at the end, {number(share.max())} at "
            f"most; ergotropy {when if work.any() else 'always 0'}"
        )
    return "Three panels of curves over the logarithm of time. " + ". ".join(said) + "."


figure_charging = Drawing(
    name="charging",
    title="Charging from the empty battery",
    caption="Two qubits charged from |00>: (a) stored energy (15) as a share of the largest minus the lowest energy, "
    "(b) ergotropy, (c) mean charging power, over time in units of 1/(kappa |J|), of which they are functions alone: "
    "populations depend on kappa t. B0 = 2, |J| = 1, Delta = J/2, T_L = 40, T_R = 0 (T_M = 20, Delta T = 2 T_M).",
    quantities=(),
    parameters={"qubits": 2, **POINT, "J": [-1.0, 1.0], "Delta": [-0.5, 0.5], "epsilon": [0.0, 1.0], **HOT_COLD},
    choices=(
        "The paper defines the charging curve and shows the steady state; the point is the end of Fig. 7's axis.",
    ),
    shape=(1, 3),
    size=(8.4, 2.9),
    compute=_charging,
    paint=_paint_charging,
    describe=_describe_charging,
)


def _currents() -> Numbers:
    evaluate, found = evaluator(2, "numpy", outputs="heat_current_L"), {}
    for T_M in MEANS:
        bias = np.linspace(-2.0 * T_M, 2.0 * T_M, 161)
        found[f"Delta_T at T_M = {T_M}"] = bias
        for J, epsilon in FOUR:
            result = evaluate(**POINT, J=float(J), Delta=J / 2, epsilon=float(epsilon), **biased(T_M, bias))
            found[curve_name(f"T_M = {T_M}", J, epsilon)] = result.heat_current_L
    return found


def _paint_currents(panels: Sequence[Axes], numbers: Numbers) -> None:
    for ax, T_M in zip(panels, MEANS, strict=True):
        _paint_four(ax, numbers[f"Delta_T at T_M = {T_M}"], f"T_M = {T_M}", numbers)
        ax.axhline(0, color=BLACK, linewidth=0.5)
        ax.set_xlabel(BIAS)
    panels[0].set_ylabel(r"heat current $Q_L/(\kappa J^2)$")
    panels[0].legend()
    letters(panels, [f"$T_M = {T_M}\\,|J|$" for T_M in MEANS])


def _describe_currents(numbers: Numbers) -> str:
    said = []
    for T_M, (J, epsilon) in product(MEANS, FOUR):
        Q = numbers[curve_name(f"T_M = {T_M}", J, epsilon)]
        said.append(f"T_M = {T_M}, {KINDS[J]}, epsilon = {epsilon}: {number(Q[0])} and {number(Q[-1])}")
    return (
        "Two panels with heat currents over the temperature bias, rising through 0 at no bias. At the lowest and the "
        "highest bias they are: " + "; ".join(said) + "."
    )


figure_currents = Drawing(
    name="currents",
    title="Heat currents through two qubits",
    caption="Heat current from the left bath into the battery in the nonequilibrium steady state, which all leaves "
    "into the right bath, over the temperature bias. At epsilon = 0 it is odd in the bias. B0 = 2, |J| = 1, "
    "Delta = J/2.",
    quantities=("heat_current_L",),
    parameters={
        "qubits": 2,
        **POINT,
        "J": [-1.0, 1.0],
        "Delta": [-0.5, 0.5],
        "epsilon": [0.0, 1.0],
        "T_M": list(MEANS),
    },
    choices=(
        "The paper speaks of the currents and shows none; T_M = 2 and 20 are its low and its high mean temperature.",
    ),
    shape=(1, 2),
    size=(6.8, 3.0),
    compute=_currents,
    paint=_paint_currents,
    describe=_describe_currents,
)

"""Maps: stored energy (Figs. 3 to 6) and ergotropy (Figs. 8, 9) over bias and anisotropy, exergy (Fig. 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb.evaluators import evaluator
from symqb.figures.drawing import Drawing, Numbers, number, span, top
from symqb.figures.style import ANISOTROPY, BIAS, GREY, SHARE, WORK, letters
from symqb.parameters import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Mean temperatures: the paper names 2 and 20, between them there is one more.
MEANS = (2, 10, 20)
#: Points along Delta and along Delta T, odd so that Delta T = 0 is one of them.
ROWS, COLUMNS = 81, 121
KINDS = {-1: "ferromagnetic", 1: "antiferromagnetic"}
SETTINGS = {0: "symmetric", 1: "asymmetric"}
#: Where on the colour scale black lines are easier to see than white ones.
LIGHT = 0.6
#: What is blank on a map of work: the state is passive to the last bit.
PASSIVE = "passive"


def anisotropies(J: int) -> Array:
    """From 0 to J: the ends are the XX and the XXX chain."""
    return np.linspace(min(J, 0), max(J, 0), ROWS)


def biased(T_M: Any, bias: Any) -> dict[str, Any]:
    """Temperatures from their mean and difference; at Delta T = 2 T_M one of them is exactly 0."""
    return {"T_L": T_M + bias / 2, "T_R": T_M - bias / 2}


def over_bias(quantity: str, fixed: Mapping[str, Any]) -> Numbers:
    """The quantity by Delta (rows) and Delta T (columns) at each mean temperature."""
    evaluate, Delta = evaluator(2, "numpy", outputs=quantity), anisotropies(int(fixed["J"]))
    found = {"Delta": Delta}
    for T_M in MEANS:
        bias = np.linspace(-2 * T_M, 2 * T_M, COLUMNS)
        result = evaluate(**fixed, Delta=Delta[:, None], **biased(T_M, bias))
        found |= {f"Delta_T at T_M = {T_M}": bias, f"{quantity} at T_M = {T_M}": getattr(result, quantity)}
    return found


def colour(ax: Axes, x: Array, y: Array, z: Array, label: str, cmap: str, gamma: float = 1.0) -> None:
    """A map with level lines, which its own colour scale (z to the power gamma) names; where z is 0 it stays grey."""
    from matplotlib.colors import PowerNorm
    from matplotlib.ticker import MaxNLocator

    norm = PowerNorm(gamma, z.min(), z.max())
    dx, dy = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2  # a pixel has its point in the middle
    extent = (x[0] - dx, x[-1] + dx, y[0] - dy, y[-1] + dy)
    image = ax.imshow(np.ma.masked_equal(z, 0), extent=extent, origin="lower", aspect="auto", cmap=cmap, norm=norm)
    ax.set_facecolor(GREY)
    levels = [v for v in MaxNLocator(5).tick_values(z.min(), z.max())[1:-1] if v > 0]
    colors = ["white" if norm(v) < LIGHT else "black" for v in levels]
    lines = ax.contour(x, y, z, levels=levels, linewidths=0.8, colors=colors)
    ax.set_xlim(x[0], x[-1])
    ax.set_ylim(y[0], y[-1])
    bar = ax.figure.colorbar(image, ax=ax, location="top", aspect=22, pad=0.02, ticks=levels, label=label)
    bar.add_lines(lines)


def paint_over_bias(panels: Sequence[Axes], numbers: Numbers, quantity: str) -> None:
    """One panel a mean temperature."""
    work = quantity == "ergotropy"
    for ax, T_M in zip(panels, MEANS, strict=True):
        x, z = (numbers[f"{name} at T_M = {T_M}"] for name in ("Delta_T", quantity))
        colour(
            ax, x, numbers["Delta"], z, WORK if work else SHARE, "viridis" if work else "cividis", 0.5 if work else 1.0
        )
        ax.set_xlabel(BIAS)
        if work:
            ax.text(0.25, 0.5, PASSIVE, transform=ax.transAxes, ha="center", va="center")
    panels[0].set_ylabel(ANISOTROPY)
    letters(panels, [f"$T_M = {T_M}\\,|J|$" for T_M in MEANS])


def describe_over_bias(numbers: Numbers, quantity: str, what: str) -> str:
    """Range and place of the largest value, panel by panel."""
    said = []
    for T_M in MEANS:
        x, z = (numbers[f"{name} at T_M = {T_M}"] for name in ("Delta_T", quantity))
        row, column = top(z)
        place = f"Delta = {number(numbers['Delta'][row])}, Delta T = {number(x[column])}"
        text = f"T_M = {T_M}: from {span(z)}, largest at {place}"
        if quantity == "ergotropy":
            positive = x[(z > 0).any(axis=0)]
            text += (
                f"; exactly 0 on {np.mean(z == 0):.0%} of the map, above 0 only from Delta T = {number(positive[0])} on"
            )
        said.append(text)
    return f"Three maps of {what} over temperature bias and anisotropy. " + ". ".join(said) + "."


def _over_bias(name: str, quantity: str, J: int, epsilon: int) -> Drawing:
    noun = {"stored_energy_fraction": "stored energy", "ergotropy": "ergotropy"}[quantity]
    what = f"the {noun} of the {KINDS[J]} two-qubit battery, {SETTINGS[epsilon]} coupling"
    fixed = {"B0": 2.0, "J": float(J), "epsilon": float(epsilon)}
    share = ", as a share of the largest minus the lowest energy" if quantity != "ergotropy" else ""
    return Drawing(
        name=name,
        title=f"Fig. {name}: {what}",
        caption=f"{what[0].upper()}{what[1:]} (epsilon = {epsilon}), in the nonequilibrium steady state{share}, over "
        "anisotropy and temperature bias at three mean temperatures. B0 = 2, |J| = 1."
        + (" Grey: exactly 0. Colours go with the square root of the ergotropy." if quantity == "ergotropy" else ""),
        quantities=(quantity,),
        parameters={"qubits": 2, **fixed, "T_M": list(MEANS), "kappa_L/kappa_R": 1.0},
        choices=(
            f"T_M = {', '.join(map(str, MEANS))}: the paper says different values and names 2 and 20.",
            "Delta T runs over all of [-2 T_M, 2 T_M], Delta from 0 to J.",
            "Maps with level lines; each panel has a colour scale of its own.",
        ),
        shape=(1, 3),
        size=(7.2, 3.1),
        compute=partial(over_bias, quantity, fixed),
        paint=partial(paint_over_bias, quantity=quantity),
        describe=partial(describe_over_bias, quantity=quantity, what=what),
    )  # fmt: skip


figure_3 = _over_bias("3", "stored_energy_fraction", -1, 0)
figure_4 = _over_bias("4", "stored_energy_fraction", 1, 0)
figure_5 = _over_bias("5", "stored_energy_fraction", -1, 1)
figure_6 = _over_bias("6", "stored_energy_fraction", 1, 1)
figure_8 = _over_bias("8", "ergotropy", -1, 1)
figure_9 = _over_bias("9", "ergotropy", 1, 1)

#: Fig. 10: beta_eq = 1/T_R = 1/2, and how hot the left bath gets.
T_R, HOTTEST = 2.0, 40.0
PAIR = (1, -1)


def _exergy() -> Numbers:
    evaluate, T_L = evaluator(2, "numpy", outputs="exergy"), np.linspace(T_R, HOTTEST, COLUMNS)
    found = {"T_L": T_L}
    for J in PAIR:
        Delta = anisotropies(J)
        z = evaluate(B0=2.0, J=float(J), Delta=Delta[:, None], epsilon=0.0, T_L=T_L, T_R=T_R, T_eq=T_R).exergy
        z = np.maximum(z, 0.0)  # at equal temperatures rounding leaves 1e-17 of either sign
        found |= {f"Delta, {KINDS[J]}": Delta, f"exergy, {KINDS[J]}": z}
    return found


def _paint_exergy(panels: Sequence[Axes], numbers: Numbers) -> None:
    for ax, J in zip(panels, PAIR, strict=True):
        y, z = (numbers[f"{name}, {KINDS[J]}"] for name in ("Delta", "exergy"))
        colour(ax, numbers["T_L"], y, z, r"exergy $\Sigma_\mathrm{ex}/|J|$", "cividis")
        ax.set_xlabel(r"temperature of the left bath $T_L/|J|$")
    panels[0].set_ylabel(ANISOTROPY)
    letters(panels, [KINDS[J] for J in PAIR])


def _describe_exergy(numbers: Numbers) -> str:
    said = []
    for J in PAIR:
        z, Delta = numbers[f"exergy, {KINDS[J]}"], numbers[f"Delta, {KINDS[J]}"]
        row, column = top(z)
        said.append(
            f"{KINDS[J]}: from 0 at T_L = T_R to {number(z.max())} at Delta = {number(Delta[row])}, "
            f"T_L = {number(numbers['T_L'][column])}"
        )
    return "Two maps of the exergy over the left bath's temperature and the anisotropy. " + "; ".join(said) + "."


figure_10 = Drawing(
    name="10",
    title="Fig. 10: the exergy of the passive steady state, symmetric coupling",
    caption="The exergy (19) of the two-qubit steady state at epsilon = 0, which is passive, over anisotropy and T_L: "
    "(a) antiferromagnetic, (b) ferromagnetic. B0 = 2, |J| = 1, T_eq = T_R = 2.",
    quantities=("exergy",),
    parameters={"qubits": 2, "B0": 2.0, "J": list(map(float, PAIR)), "epsilon": 0.0, "T_R": T_R, "T_eq": T_R,
                "kappa_L/kappa_R": 1.0},
    choices=(
        "The caption says energy, the text says that the exergy (19) is plotted: it is.",
        f"T_L runs from T_R to {HOTTEST:g}, Delta from 0 to J; the paper names no range.",
    ),
    shape=(1, 2),
    size=(6.4, 3.1),
    compute=_exergy,
    paint=_paint_exergy,
    describe=_describe_exergy,
)  # fmt: skip

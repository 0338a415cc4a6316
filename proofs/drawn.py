"""Figures that take proofs: certified phase diagrams from stored covers, and Fig. 12 from the printed system."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from proofs.checker import Evidence, Statement, leaves
from proofs.consequences import figures_of_merit, flows_26, printed_state
from proofs.prove import CERTIFICATES, stored
from symqb.evaluators import evaluator
from symqb.figures.drawing import Drawing, Numbers, number, span
from symqb.figures.lines import MEANS_12, QUANTITIES_12
from symqb.figures.maps import KINDS, biased
from symqb.figures.style import ANISOTROPY, BIAS, BLUE, GREY, PAIR, letters
from symqb.parameters import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: What a cell of a cover is, by its mark: the claim is that the state is passive.
MARKS = {"h": "passive", "f": "active", "u": "undecided"}
PAINT = (GREY, BLUE, "black")
#: Cells along each axis; every box of the stored covers consists of whole ones.
CELLS = 512
#: Panels of the two-qubit diagram: (kind, J, T_M).
PANELS = tuple((name, J, T_M) for (name, J), T_M in product((("FM", -1), ("AFM", 1)), (2, 20)))
POCKET = "phases_three_qubits"
#: Values of Delta at which the printed system is solved.
POINTS = 11


def drawings(folder: Path) -> dict[str, Drawing]:
    """By name; covers are those in ``folder``/certificates, else those that come with this installation."""
    return {drawing.name: drawing for drawing in (_phases(folder), _pocket(folder), figure_12_printed)}


def certified(folder: Path, names: Iterable[str]) -> Numbers:
    """By claim: the mark of each cell, first variable down the rows, and the ends of both axes."""
    found = {}
    for name in names:
        evidence = Evidence.of(json.loads(stored(folder, f"{CERTIFICATES}/{name}.json").read_text()))
        cells = np.full((CELLS, CELLS), -1.0)
        for corner, width, mark in leaves(evidence.content["tree"], 2):
            rows, columns = (slice(int(c * CELLS), int((c + w) * CELLS)) for c, w in zip(corner, width, strict=True))
            cells[rows, columns] = "hfu".index(mark)
        found[name] = cells
        found[f"{name}, axes"] = np.array(
            [[float(Fraction(low)), float(Fraction(high))] for _, low, high in Statement(evidence.lines).ranges]
        )
    return found


def share(cells: Array, mark: str) -> float:
    """The share of the area with this mark."""
    return float(np.mean(cells == "hfu".index(mark)))


def _cover(ax: Axes, cells: Array, ends: Array, names: Sequence[tuple[float, float, str, str]]) -> None:
    from matplotlib.colors import ListedColormap

    (x, y), colours = ends.tolist(), ListedColormap(PAINT)
    ax.imshow(cells, extent=(*x, *y), origin="lower", aspect="auto", cmap=colours, vmin=0, vmax=2)
    for left, up, word, colour in names:
        ax.text(left, up, word, color=colour, ha="center", va="center", transform=ax.transAxes)


def _paint_phases(panels: Sequence[Axes], numbers: Numbers) -> None:
    for ax, (kind, _, T_M) in zip(panels, PANELS, strict=True):
        name = f"phases_{kind}_T{T_M}"
        axes = numbers[f"{name}, axes"]
        _cover(ax, numbers[name], axes[::-1], ((0.25, 0.5, "passive", "black"), (0.87, 0.62, "active", "white")))
        ax.set_xlabel(BIAS)
    for ax in panels[::2]:
        ax.set_ylabel(ANISOTROPY)
    letters(panels, [f"{KINDS[J]}, $T_M = {T_M}\\,|J|$" for _, J, T_M in PANELS])


def _shares(cells: Array) -> str:
    return ", ".join(f"{share(cells, mark):.1%} {word}" for mark, word in MARKS.items())


def _describe_phases(numbers: Numbers) -> str:
    said = [f"{KINDS[J]}, T_M = {T_M}: {_shares(numbers[f'phases_{kind}_T{T_M}'])}" for kind, J, T_M in PANELS]
    return (
        "Four maps over temperature bias and anisotropy, each parted by a thin undecided line into a passive region on "
        "the left and an active one on the right. Shares of the area: "
        + "; ".join(said) + "."
    )  # fmt: skip


def _phases(folder: Path) -> Drawing:
    return Drawing(
        name="phases",
        title="Certified phase diagrams of Figs. 8 and 9",
        caption="Where two qubits are passive (grey) and active (blue) at epsilon = 1, box by box in ball arithmetic, "
        "so for every point of a box; black is undecided. (a, b) ferromagnetic, (c, d) antiferromagnetic, at two mean "
        "temperatures. B0 = 2, |J| = 1.",
        quantities=("ergotropy",),
        parameters={"qubits": 2, "B0": 2.0, "J": [-1.0, 1.0], "epsilon": 1.0, "T_M": [2, 20], "kappa_L/kappa_R": 1.0},
        choices=("T_M = 2 and 20, as in Figs. 8 and 9.",),
        shape=(2, 2),
        size=(6.8, 5.4),
        compute=partial(certified, folder, [f"phases_{kind}_T{T_M}" for kind, _, T_M in PANELS]),
        paint=_paint_phases,
        describe=_describe_phases,
    )  # fmt: skip


def _paint_pocket(panels: Sequence[Axes], numbers: Numbers) -> None:
    words = ((0.15, 0.5, "passive", "black"), (0.5, 0.5, "active", "white"), (0.92, 0.5, "passive", "black"))
    _cover(panels[0], numbers[POCKET].T, numbers[f"{POCKET}, axes"], words)
    panels[0].set_xlabel(r"field $B_0/|J|$")
    panels[0].set_ylabel(r"temperature of the warm bath $T/|J|$")


def _describe_pocket(numbers: Numbers) -> str:
    cells = numbers[POCKET]
    low, high = numbers[f"{POCKET}, axes"][0]
    fields = low + (np.flatnonzero((cells == 1).all(axis=1)) + 0.5) / CELLS * (high - low)
    return (
        "A map over field and temperature: a band of active states, at all temperatures shown from B0 = "
        f"{number(fields.min())} to {number(fields.max())}, between passive regions. Shares: {_shares(cells)}."
    )


def _pocket(folder: Path) -> Drawing:
    return Drawing(
        name="pocket",
        title="Three qubits are active at epsilon = 0 in a pocket",
        caption="Where three qubits are passive (grey) and active (blue) at epsilon = 0, one bath at T, the other "
        "at 0, box by box in ball arithmetic; black is undecided. All of it satisfies 2 B0 > |3 Delta + alpha|. J = 1, "
        "Delta = 1/2.",
        quantities=("ergotropy",),
        parameters={"qubits": 3, "J": 1.0, "Delta": 0.5, "epsilon": 0.0, "T_R": 0.0, "kappa_L/kappa_R": 1.0},
        choices=("The paper plots B0 = 5, where three qubits are passive at epsilon = 0.",),
        shape=(1, 1),
        size=(4.6, 3.3),
        compute=partial(certified, folder, [POCKET]),
        paint=_paint_pocket,
        describe=_describe_pocket,
    )  # fmt: skip


def _curve(quantity: str, T_M: int, epsilon: int, way: str) -> str:
    return f"{quantity} at T_M = {T_M}, epsilon = {epsilon}, {way}"


def _printed() -> Numbers:
    """(26) with (27) and Appendix B as they stand, and the derived system, at Delta T = 2 T_M."""
    Delta, flows, evaluate = (
        np.linspace(0.0, 1.0, POINTS),
        flows_26(),
        evaluator(3, "numpy", outputs=tuple(QUANTITIES_12)),
    )
    found = {"Delta": Delta}
    for T_M, epsilon in product(MEANS_12, (0, 1)):
        point = {"B0": 5.0, "J": 1.0, "epsilon": float(epsilon), **biased(float(T_M), 2.0 * T_M)}
        derived = evaluate(**point, Delta=Delta)
        states = [printed_state({**point, "Delta": x}, flows) for x in Delta.tolist()]
        stored_energy, work = np.array([figures_of_merit(*state, 2) for state in states]).T
        printed = {
            "stored_energy_fraction": stored_energy / [np.ptp(energies) for energies, _ in states],
            "ergotropy": work,
        }
        for quantity in QUANTITIES_12:
            found[_curve(quantity, T_M, epsilon, "derived")] = getattr(derived, quantity)
            found[_curve(quantity, T_M, epsilon, "printed")] = printed[quantity]
    return found


def _paint_printed(panels: Sequence[Axes], numbers: Numbers) -> None:
    ways = {"derived": "-", "printed": (0, (4, 2))}
    for ax, (quantity, T_M) in zip(panels, product(QUANTITIES_12, MEANS_12), strict=True):
        for epsilon, (way, dashes) in product((0, 1), ways.items()):
            curve, label = numbers[_curve(quantity, T_M, epsilon, way)], rf"{way}, $\varepsilon = {epsilon}$"
            ax.plot(numbers["Delta"], curve, **PAIR[epsilon], linestyle=dashes, label=label)
        ax.set_xlim(0, 1)
    for ax, words in zip(panels[::2], QUANTITIES_12.values(), strict=True):
        ax.set_ylabel(words)
    for ax in panels[2:]:
        ax.set_xlabel(ANISOTROPY)
    panels[0].legend()
    letters(panels, [f"$T_M = {T_M}\\,|J|$, $\\Delta T = 2\\,T_M$" for _ in QUANTITIES_12 for T_M in MEANS_12])


def _describe_printed(numbers: Numbers) -> str:
    said = []
    for quantity, T_M, epsilon in product(QUANTITIES_12, MEANS_12, (0, 1)):
        ranges = []
        for way in ("derived", "printed"):
            values = numbers[_curve(quantity, T_M, epsilon, way)]
            ranges.append(f"{span(values)} {way}")
        said.append(f"{quantity} at T_M = {T_M}, epsilon = {epsilon}: {', '.join(ranges)}")
    return "Four panels of curves over the anisotropy, derived and as printed. " + "; ".join(said) + "."


figure_12_printed = Drawing(
    name="12_printed",
    title="Fig. 12 from the printed equations and as derived",
    caption="Stored energy (a, b) and ergotropy (c, d) of three qubits at Delta T = 2 T_M: derived (solid), and from "
    "(26) with the rates of (27) and Appendix B exactly as printed (dashed). As printed, the battery stays empty at "
    "epsilon = 1 and is active at epsilon = 0. B0 = 5, J = 1.",
    quantities=tuple(QUANTITIES_12),
    parameters={"qubits": 3, "B0": 5.0, "J": 1.0, "epsilon": [0.0, 1.0], "T_M": list(MEANS_12), "Delta_T/T_M": 2,
                "kappa_L/kappa_R": 1.0},
    choices=("T_M and Delta are those of figure 12; of the biases there is 2 T_M alone.",
        "The system of (C1)-(C8), which differs from (26) in the transition 48, is not shown.",),
    shape=(2, 2),
    size=(6.8, 5.2),
    compute=_printed,
    paint=_paint_printed,
    describe=_describe_printed,
)  # fmt: skip

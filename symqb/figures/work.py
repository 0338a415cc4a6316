"""Ergotropy as the paper does not show it: what activates the battery, and the closed-form limit with its optima."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from symqb.evaluators import evaluator
from symqb.figures.drawing import Drawing, Numbers, number
from symqb.figures.maps import KINDS, biased
from symqb.figures.style import BIAS, BLACK, LINES, WORK
from symqb.parameters import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TWO: dict[str, Any] = {"B0": 2.0, "kappa_L": 1.0, "kappa_R": 1.0}
#: Ways of coupling the left bath: epsilon, and with or without the cross terms.
WAYS = {"symmetric": (0.0, True), "independent": (1.0, False), "asymmetric": (1.0, True)}
#: The mean temperature at which the ways are compared.
WARM = 5.0


def _activation() -> Numbers:
    bias = np.linspace(-2 * WARM, 2 * WARM, 401)
    found = {"Delta_T": bias}
    for J, (way, (epsilon, collective)) in product(KINDS, WAYS.items()):
        evaluate = evaluator(2, "numpy", outputs="ergotropy", collective=collective)
        result = evaluate(**TWO, J=float(J), Delta=J / 2, epsilon=epsilon, **biased(WARM, bias))
        found[f"{KINDS[J]}, {way}"] = result.ergotropy
    return found


def _paint_activation(panels: Sequence[Axes], numbers: Numbers) -> None:
    (ax,), x = panels, numbers["Delta_T"]
    for J, line in ((1, LINES[1]), (-1, LINES[0])):
        ax.plot(x, numbers[f"{KINDS[J]}, asymmetric"], **line, label=rf"$\varepsilon = 1$, {KINDS[J]}")
    label = "$\\varepsilon = 0$, or $\\varepsilon = 1$ without\ncollective dissipation (either sign)"
    ax.plot(x, np.max(_others(numbers), axis=0), color=BLACK, linewidth=2.2, label=label)
    ax.set_xlim(x[0], x[-1])
    ax.set_xticks(np.linspace(x[0], x[-1], 9))
    ax.set_ylim(bottom=-0.01)
    ax.set_xlabel(rf"{BIAS}  at $T_M = {WARM:g}\,|J|$")
    ax.set_ylabel(WORK)
    ax.legend(loc="upper left")


def _others(numbers: Numbers) -> list[Array]:
    """The curves that lie on one another."""
    return [numbers[f"{kind}, {way}"] for kind, way in product(KINDS.values(), ("symmetric", "independent"))]


def _describe_activation(numbers: Numbers) -> str:
    said = []
    for J in (1, -1):
        w = numbers[f"{KINDS[J]}, asymmetric"]
        first = numbers["Delta_T"][np.argmax(w > 0)]
        said.append(
            f"{KINDS[J]}, asymmetric: 0 below Delta T = {number(first)}, then up to {number(w.max())} "
            f"at Delta T = {2 * WARM:g}"
        )
    others = _others(numbers)
    said.append(f"the other {len(others)} curves, drawn as one, never exceed {number(np.max(others))}")
    return "Ergotropy over temperature bias. " + "; ".join(said) + "."


figure_activation = Drawing(
    name="activation",
    title="The left bath's collective coupling activates the battery",
    caption="Ergotropy of the two-qubit steady state over the temperature bias. It is exactly 0 at epsilon = 0, and at "
    "epsilon = 1 without the cross terms of the left bath's two couplings; with them it is not. B0 = 2, |J| = 1, "
    "Delta = J/2, T_M = 5.",
    quantities=("ergotropy",),
    parameters={"qubits": 2, **TWO, "J": [-1.0, 1.0], "Delta": [-0.5, 0.5], "epsilon": [0.0, 1.0], "T_M": WARM},
    choices=("B0, J and Delta are those of Fig. 7.",),
    shape=(1, 1),
    size=(5.2, 3.4),
    compute=_activation,
    paint=_paint_activation,
    describe=_describe_activation,
)

#: Temperatures of the left bath over B0, below the limit.
FINITE = (0.5, 2.0, 8.0)


class ClosedForm(NamedTuple):
    """The limit of the ergotropy over s in units of B0, place and value of its maximum, and the value as LaTeX."""

    work: Callable[[Array], Array]
    place: float
    value: float
    written: str


@cache
def closed_form(sign: int) -> ClosedForm:
    """The limit T_L -> infinity at epsilon = 1, T_R = 0, for s = J + Delta of either sign."""
    import sympy as sp

    from symqb import limits
    from symqb.symbols import real

    J, s, B0 = real("J"), real("s"), real("B0")
    where = {"epsilon": 1, "T_R": 0, "T_L": sp.oo, "Delta": s - J}
    limit = limits.steady_state(2, where, {"B0": 3, "J": sign, "s": sp.Rational(3, 2) * sign})
    work = limit.ergotropy.value
    best = limits.maximum(work, s, (0, B0) if sign > 0 else (-B0, 0))
    place, value = (x.subs(B0, 1) for x in (best.place, best.value))
    return ClosedForm(sp.lambdify(s, work.subs(B0, 1), "numpy"), float(place), float(value), sp.latex(value))


def _limit() -> Numbers:
    s = np.linspace(-1.0, 1.0, 201)
    s[100] = 1e-6  # next to 0, where levels are degenerate
    found = {"s": s, "limit": np.where(s > 0, closed_form(1).work(s), closed_form(-1).work(s))}
    evaluate = evaluator(2, "numpy", outputs="ergotropy")
    for T_L in FINITE:
        found[f"T_L = {T_L:g} B0"] = evaluate(B0=1.0, J=2 * s / 3, Delta=s / 3, epsilon=1.0, T_L=T_L, T_R=0.0).ergotropy
    found["optima"] = np.array([closed_form(sign)[1:3] for sign in KINDS])
    return found


def _paint_limit(panels: Sequence[Axes], numbers: Numbers) -> None:
    (ax,), s = panels, numbers["s"]
    for T_L, line in zip(FINITE, reversed(LINES[:3]), strict=True):
        ax.plot(s, numbers[f"T_L = {T_L:g} B0"], **line, label=rf"$T_L = {T_L:g}\,B_0$")
    ax.plot(s, numbers["limit"], color=BLACK, linewidth=1.8, label=r"$T_L \to \infty$, closed form")
    for sign, place in zip(KINDS, numbers["optima"], strict=True):
        ax.plot(*place, "o", color=BLACK, markersize=5)
        mark = f"{KINDS[sign]}\n$({closed_form(sign).written})\\,B_0$"
        ax.annotate(mark, place, (0, 6), textcoords="offset points", ha="center")
    ax.set_xlim(-1, 1)
    ax.set_ylim(0, 0.21)
    ax.set_xlabel(r"$s/B_0 = (J + \Delta)/B_0$  at $\Delta = J/2$")
    ax.set_ylabel(r"ergotropy $W/B_0$")
    ax.legend(loc="upper left")


def _describe_limit(numbers: Numbers) -> str:
    (low, high), limit = numbers["optima"], numbers["limit"]
    gap = {T_L: float(np.max(limit - numbers[f"T_L = {T_L:g} B0"])) for T_L in FINITE}
    said = ", ".join(f"by at most {number(value)} at T_L = {T_L:g} B0" for T_L, value in gap.items())
    return (
        f"Ergotropy over s = J + Delta in units of B0, with two humps. The limit of an infinitely hot left bath has "
        f"its maxima {number(low[1])} B0 at s = {number(low[0])} B0 and {number(high[1])} B0 at "
        f"s = {number(high[0])} B0. "
        f"The curves at finite T_L lie below it: {said}."
    )


figure_limit = Drawing(
    name="limit",
    title="Ergotropy and its closed-form limit",
    caption="Ergotropy of two qubits at epsilon = 1 and T_R = 0 over s = J + Delta, in units of B0. Black: the closed "
    "form of the limit T_L -> infinity, with its maxima. Delta = J/2.",
    quantities=("ergotropy",),
    parameters={"qubits": 2, "B0": 1.0, "epsilon": 1.0, "T_R": 0.0, "T_L/B0": list(FINITE), "Delta/J": 0.5,
                "kappa_L/kappa_R": 1.0},
    choices=("Delta = J/2, as in Fig. 7; the limit depends on J + Delta alone.",),
    shape=(1, 1),
    size=(5.6, 3.6),
    compute=_limit,
    paint=_paint_limit,
    describe=_describe_limit,
)  # fmt: skip

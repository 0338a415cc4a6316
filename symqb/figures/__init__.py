"""Figures of the derived battery, drawn from the generated evaluators; matplotlib is imported when one is drawn.

``figure_8(ax=None)`` draws one, ``FIGURES["8"]`` is the same by name. Figures 3 to 10 and 12 are those of the paper;
the others are new.
"""

from __future__ import annotations

from collections.abc import Mapping

from symqb.figures.drawing import Drawing
from symqb.figures.flows import figure_charging, figure_currents
from symqb.figures.lines import figure_7, figure_12
from symqb.figures.maps import figure_3, figure_4, figure_5, figure_6, figure_8, figure_9, figure_10
from symqb.figures.work import figure_activation, figure_limit

__all__ = [
    "FIGURES", "Drawing", "figure_3", "figure_4", "figure_5", "figure_6", "figure_7", "figure_8", "figure_9",
    "figure_10", "figure_12", "figure_activation", "figure_charging", "figure_currents", "figure_limit",
]  # fmt: skip

#: By name, in order.
FIGURES: Mapping[str, Drawing] = {
    drawing.name: drawing
    for drawing in (
        figure_3, figure_4, figure_5, figure_6, figure_7, figure_8, figure_9, figure_10, figure_12, figure_activation,
        figure_limit, figure_charging, figure_currents,
    )
}  # fmt: skip

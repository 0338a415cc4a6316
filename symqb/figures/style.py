"""What the figures share: type, colours that colour-blind readers tell apart, dashes, labels.

Lines: four colours of Okabe and Ito's, each in contrast to paper, and lines are never told apart by colour alone.
Maps: cividis and viridis, whose lightness grows with the value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: In force while a figure is drawn and saved, but not in axes of the user's. Text becomes outlines: it looks the same
#: wherever it is shown.
STYLE: Mapping[str, Any] = {
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "font.size": 10,
    "axes.labelsize": 11,
    "axes.titlesize": 10.5,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "axes.linewidth": 0.7,
    "xtick.direction": "in",
    "ytick.direction": "in",
    "lines.linewidth": 1.5,
    "figure.facecolor": "white",
    "image.interpolation": "none",
    "svg.fonttype": "path",
    "svg.hashsalt": "symqb",
    "pdf.fonttype": 42,
}
BLUE, RED, GREEN, BLACK = "#0072B2", "#D55E00", "#009E73", "#000000"
#: The same quantities look the same in every figure: levels 1 to 4, and what else comes in up to four kinds.
LINES: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "linestyle": "-"},
    {"color": RED, "linestyle": (0, (5, 1.5))},
    {"color": GREEN, "linestyle": (0, (1, 1.1)), "linewidth": 2.0},
    {"color": BLACK, "linestyle": (0, (5, 1.2, 1, 1.2))},
)
#: Where dashes say something else, two colours are a thin line and, below it, a thick one.
PAIR: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "linewidth": 1.2, "zorder": 2.2},
    {"color": RED, "linewidth": 2.3, "zorder": 2.1},
)
GREY = "#d9d9d9"

ANISOTROPY = r"anisotropy $\Delta/|J|$"
BIAS = r"temperature bias $\Delta T/|J|$"
SHARE = r"stored energy $\Delta E_B(\infty)/\Delta E_B^{\,\mathrm{max}}$"
WORK = r"ergotropy $W/|J|$"


def letters(panels: Sequence[Axes], words: Sequence[str]) -> None:
    """(a), (b), ... and what each panel shows, above it."""
    for letter, ax, said in zip("abcdefgh", panels, words, strict=False):
        mark = f"({letter}) " if len(panels) > 1 else ""
        ax.set_title(mark + said, loc="left")

"""A figure before it is drawn: its numbers, its words, and how the one becomes the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from symqb.errors import InvalidParameter
from symqb.figures.style import STYLE
from symqb.parameters import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Drawn numbers by name: axes and what stands over them.
Numbers = Mapping[str, Array]
#: Decimals of the largest magnitude that count in a digest: what two processors round differently is far smaller.
DECIMALS = 6
#: Below this everything drawn is rounding.
NOISE = 1e-9
#: Formats that are written, each without what would differ from one day or machine to the next.
UNSIGNED: Mapping[str, Mapping[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


@dataclass(frozen=True, eq=False)
class Drawing:
    """Call it to draw: ``drawing(ax=None)`` gives the matplotlib figure.

    name: as in ``symqb figures NAME``; title, caption: words. quantities: the outputs that it shows; parameters: fixed
    values by name (lists where panels or curves differ), energies and temperatures in units of |J| unless the caption
    says otherwise. choices: what the paper leaves open and what was chosen. shape: rows and columns of panels; size:
    width and height in inches. compute: the numbers; paint: what draws them into the panels; describe: a text
    alternative that says what they show.
    """

    name: str
    title: str
    caption: str
    quantities: tuple[str, ...]
    parameters: Mapping[str, Any]
    choices: tuple[str, ...]
    shape: tuple[int, int]
    size: tuple[float, float]
    compute: Callable[[], Numbers]
    paint: Callable[[Sequence[Axes], Numbers], None]
    describe: Callable[[Numbers], str]

    def __call__(self, ax: Any = None) -> Figure:
        """Draw into ``ax``, in its own style, or on a new figure.

        ax: one Axes a panel, row by row, in a sequence or an array of any shape.
        Raises ``InvalidParameter`` for another number of Axes.
        """
        from matplotlib import rc_context
        from matplotlib.figure import Figure

        with rc_context(dict(STYLE) if ax is None else {}):
            if ax is None:
                panels = np.ravel(Figure(figsize=self.size, layout="constrained").subplots(*self.shape))
            else:
                panels = np.ravel(np.asarray(ax, dtype=object))
            if len(panels) != self.shape[0] * self.shape[1]:
                raise InvalidParameter("ax", f"{len(panels)} Axes", f"{self.shape[0] * self.shape[1]}, one a panel")
            self.paint(list(panels), self.numbers)
            figure: Figure = panels[0].figure
        return figure

    @cached_property
    def numbers(self) -> Numbers:
        """What is drawn, by name."""
        return {name: np.asarray(values, dtype=float) for name, values in self.compute().items()}

    @cached_property
    def alt(self) -> str:
        """What is seen, in words and numbers."""
        return self.describe(self.numbers)

    @property
    def digest(self) -> str:
        """SHA-256 of the drawn numbers, each array to ``DECIMALS`` decimals of its largest magnitude."""
        rounded = {}
        for name, values in sorted(self.numbers.items()):
            largest = float(np.abs(values).max())
            unit = largest if largest > NOISE else 1.0
            rounded[name] = [f"{unit:.5e}", values.shape, (np.round(values / unit, DECIMALS) + 0.0).tolist()]
        return sha256(json.dumps(rounded).encode()).hexdigest()

    def render(self) -> dict[str, bytes]:
        """The figure in SVG and PDF, the same bytes every time."""
        from matplotlib import rc_context

        figure, files = self(), {}
        with rc_context(dict(STYLE)):
            if layout := figure.get_layout_engine():
                layout.execute(figure)  # once, as both formats have the same
            figure.set_layout_engine("none")
            for form in UNSIGNED:
                buffer = BytesIO()
                figure.savefig(buffer, format=form, metadata={"Title": self.title, **UNSIGNED[form]})
                files[form] = buffer.getvalue()
        return files


def number(value: float) -> str:
    """Three significant digits, for a sentence."""
    return f"{value if abs(value) > NOISE else 0:.3g}"


def span(values: Array) -> str:
    """Smallest and largest value, or the only one."""
    low, high = number(values.min()), number(values.max())
    return low if low == high else f"{low} to {high}"


def top(values: Array) -> tuple[int, ...]:
    """The place of the largest value; of equal ones, to rounding, the last."""
    places = np.argwhere(values >= values.max() - NOISE)
    return tuple(map(int, places[np.lexsort(places.T)[-1]]))

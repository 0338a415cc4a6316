"""Which sections a wanted output needs, and running them: copied into every generated module.

SECTIONS maps a section's name to its function, whose arguments after the first are the names that it reads, and to the
names that it defines, in the order of evaluation; OUTPUTS maps an output to the names that hold it; EXITS are the
denominators of the elimination. Here they are empty; a generated module fills them.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

# --- copied from here ---

SECTIONS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {}
OUTPUTS: dict[str, tuple[str, ...]] = {}
EXITS: tuple[str, ...] = ()
#: Outputs with one entry a level.
VECTORS = ("energies", "populations")
#: With every denominator above this times the largest rate, what underflows stays below populations of 1e-250.
SAFE_EXIT = 1e-20
#: The same where rates are not scaled. Denominators above the first, so that what rounds to a subnormal number stays
#: small, and each above the second times their sum, as an occupation below 1e-308 counts as 0 and rates may be large;
#: the norm below the third, which keeps products of a rate and a ratio in range. Their sum must not overflow.
LEAST_EXIT, LEAST_SHARE, LARGEST_SUM = 1e-50, 1e-40, 1e250
#: The step that a kernel adds: 1 at points that need more care than it takes, else 0.
DOUBT = "doubt"
#: The one that a kernel of rates adds: 1 at points without rates, else 0.
INVALID = "invalid"


def inputs(section: Callable[..., Any]) -> tuple[str, ...]:
    """The names that a section reads: its arguments after the arithmetic."""
    code = section.__code__
    return code.co_varnames[1 : code.co_argcount]


@cache
def plan(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The sections that the wanted names need, in order."""
    needed, sections = set(wanted), []
    for name, (section, targets) in reversed(SECTIONS.items()):
        if needed.intersection(targets):
            needed.update(inputs(section))
            sections.append(name)
    return tuple(reversed(sections))


def run(arithmetic: Any, values: dict[str, Any], wanted: tuple[str, ...]) -> None:
    """Add the wanted names to ``values``, and what they need, but for what is there already."""
    for name in plan(wanted):
        section, targets = SECTIONS[name]
        if targets[0] not in values:
            results = section(arithmetic, *(values[i] for i in inputs(section)))
            values.update(zip(targets, results, strict=True))


def precise_rates(arithmetic: Any, values: dict[str, Any], rates: tuple[str, ...]) -> dict[str, Any]:
    """These rates by bath, phi in them by this arithmetic; currents take those that fit the populations."""
    rough = {target for name in ("bose", "rates") for target in SECTIONS[name][1]}
    known = {name: x for name, x in values.items() if name not in rough}
    run(arithmetic, known, rates)
    return {rate: known[rate] for rate in rates}

"""The steps that decide whether a point needs care: copied into the generated modules whose kernels look at arrays."""

from symqb.codegen.dataflow import EXITS, OUTPUTS

# The tables of a generated module, which fills them.
RATES: tuple[tuple[str, int, int, int], ...] = ()
DEGENERACIES: tuple[tuple[str, ...], ...] = ()
CROSSINGS: tuple[tuple[str, ...], ...] = ()

# --- copied from here ---


def gap_names() -> list[str]:
    """What must not vanish."""
    return [gap for *_, gap, _ in DEGENERACIES] + [omega for *_, omega in CROSSINGS]


def watched() -> tuple[str, ...]:
    """Denominators, energies, what must not vanish, and rates."""
    return (*EXITS, *OUTPUTS["energies"], *gap_names(), *(rate for rate, *_ in RATES))

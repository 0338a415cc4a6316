"""What the paper reads off its figures, as claims over the parameters that a figure fixes and any temperatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.general import EQUAL
from proofs.program_text import battery, chain
from symqb.model import Model

#: Figs. 3 to 9 and 12: B0, and |J| = 1.
TWO = {"B0": "2", **EQUAL}
THREE = {"B0": "5", "J": "1", **EQUAL}
#: Two qubits at |Delta| = Delta.
BATTERIES = {name: {**TWO, "J": f"{sign}1", "Delta": f"{sign}Delta"} for name, sign in (("FM", "-"), ("AFM", ""))}
KINDS = {"FM": "two-qubit ferromagnet", "AFM": "two-qubit antiferromagnet"}
TEMPERATURES = {"T_L": "T_M*(1 + bias)", "T_R": "T_M*(1 - bias)"}
OPPOSITE = {"T_L": TEMPERATURES["T_R"], "T_R": TEMPERATURES["T_L"]}
UNBIASED = {"T_L": "T_M", "T_R": "T_M"}
MORE_BIAS = {"T_L": "T_M*(1 + bias + more)", "T_R": "T_M*(1 - bias - more)"}
BIAS = Domain.of("0 < T_M", "-1 <= bias <= 1")
NEAR = Domain.of("1/10 <= T_M <= 20", "-1 <= bias <= 1")


def claims() -> Iterator[Claim]:
    """Sections II to V in order; ``bias`` is Delta T/(2 T_M)."""
    yield Claim(
        "singlet_is_dark",
        "At epsilon = 1 the left bath drives neither transition of two qubits' singlet, 31 and 23.", Domain(()),
        ("w_31_L = 0", "w_23_L = 0"), chain(("w_31_L", "w_23_L"), {"epsilon": "1"}), source="Sec. II",
    )  # fmt: skip
    for name, sign, signs in (("FM", "-", (-1, 1, 1, -1)), ("AFM", "", (-1, 1, -1, 1))):
        energies = tuple(f"{'' if s > 0 else '-'}E_{k} > 0" for k, s in enumerate(signs, start=1))
        lets = chain([f"E_{k}" for k in (1, 2, 3, 4)], {"B0": "2", "J": f"{sign}1", "Delta": f"{sign}1/2"})
        below, above = (" and ".join(f"E_{k}" for k, s in enumerate(signs, start=1) if s == side) for side in (-1, 1))
        words = f"At B0 = 2, J = {sign}1, Delta = {sign}1/2 of two qubits, {below} are negative, {above} positive."
        yield Claim(f"signs_of_energies_{name}", words, Domain(()), energies, lets, source="Fig. 7")
    yield from _storage()
    yield from _ergotropy()


def compared(
    what: str, first: Mapping[str, str], second: Mapping[str, str], model: Model | None = None
) -> tuple[str, ...]:
    """Lines for the same quantities at two sets of parameters, with suffixes _first and _second."""
    return (*chain(what.split(), {**TEMPERATURES, **first}, model=model, suffix="_first"),
            *chain(what.split(), {**TEMPERATURES, **second}, model=model, suffix="_second"))  # fmt: skip


def _storage() -> Iterator[Claim]:
    """Shares of the maximal energy at epsilon = 0, B0 = 2; then three qubits at both values of epsilon."""
    where = "At epsilon = 0, B0 = 2, |J| = 1"
    share, region = "stored_energy_fraction", Domain.of("0 < Delta <= 1") + BIAS
    goal, near = (f"{share}_first - {share}_second >= 0",), Domain.of("0 < Delta <= 1") + NEAR
    FM, AFM = ({**BATTERIES[name], "epsilon": "0"} for name in ("FM", "AFM"))
    words = f"{where} the two-qubit ferromagnet stores at least the share that the antiferromagnet stores."
    yield Claim("ferromagnet_stores_more", words, region, goal, compared(share, FM, AFM), (),
                "Figs. 3, 4", "refutation", near=near)  # fmt: skip
    words = f"{where} the two-qubit antiferromagnet stores most at Delta = 0."
    yield Claim("antiferromagnet_stores_most_isotropic", words, region, goal,
                compared(share, {**AFM, "Delta": "0"}, AFM), (), "Fig. 4", "refutation", near=near)  # fmt: skip
    hotter = {"T_L": "(T_M + more)*(1 + bias)", "T_R": "(T_M + more)*(1 - bias)"}
    for name, put in (("FM", FM), ("AFM", AFM)):
        words = f"{where} the share that the {KINDS[name]} stores grows with T_M."
        yield Claim(f"storage_grows_with_mean_temperature_{name}", words, region + Domain.of("0 < more"), goal,
                    compared(share, {**put, **hotter}, put), (), "Figs. 3, 4", "sampling")  # fmt: skip
    on, off = ({**THREE, "epsilon": epsilon} for epsilon in "10")
    words = "At B0 = 5, J = 1 and positive bias three qubits store at least as much at epsilon = 1 as at epsilon = 0."
    yield Claim("three_qubits_store_more_asymmetrically", words,
                Domain.of("0 < Delta <= 1", "0 < T_M", "0 < bias <= 1"),
                ("stored_energy_first - stored_energy_second >= 0",),
                compared("stored_energy", on, off, battery(3)), (), "Fig. 12", "sampling")  # fmt: skip


def _ergotropy() -> Iterator[Claim]:
    """Whether the ergotropy is largest at Delta T = 2 T_M."""
    full, goal = {"T_L": "2*T_M", "T_R": "0"}, ("ergotropy_first - ergotropy_second >= 0",)
    region = Domain.of("0 < Delta <= 1", "0 < T_M", "0 < bias < 1")
    near = Domain.of("0 < Delta <= 1", "1/10 <= T_M <= 20", "1/2 <= bias < 1")
    batteries = {"two": ({**TWO, "J": "1"}, None, "Fig. 9"), "three": (THREE, battery(3), "Fig. 12")}
    for name, (put, model, source) in batteries.items():
        words = f"At epsilon = 1, B0 = {put['B0']}, J = 1 the ergotropy of {name} qubits is largest at Delta T = 2 T_M."
        at = {**put, "epsilon": "1"}
        yield Claim(f"ergotropy_largest_at_full_bias_{name}_qubits", words, region, goal,
                    compared("ergotropy", {**at, **full}, at, model), (), source, "refutation", near=near)  # fmt: skip

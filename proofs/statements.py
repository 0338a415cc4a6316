"""What Sections IV to VI say of ergotropy, exergy and three qubits, and what holds of it.

As in proofs.storage: B0 = 2 and |J| = 1 for two qubits, B0 = 5 and J = 1 for three, ``Delta`` is |Delta|, ``bias`` is
Delta T/(2 T_M), and what holds only in part is claimed as it stands and again where it holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.figures import BATTERIES, KINDS, MORE_BIAS, TEMPERATURES, THREE, UNBIASED, compared
from proofs.general import passive, state
from proofs.program_text import battery, chain
from proofs.storage import ANY, ENERGY, FURTHER, P, at, at_mean, larger
from proofs.theorems.limits import LETS, REGION, SIGNS
from proofs.theorems.names import by

FULL = {"T_L": "2*T_M", "T_R": "0"}
HOTTER = {"T_L": "(T_M + more)*(1 + bias)", "T_R": "(T_M + more)*(1 - bias)"}
WORK = "ergotropy"
POSITIVE = Domain.of("0 < T_M", "0 < bias <= 1")
#: Short of |Delta| = 1, where a frequency vanishes.
INSIDE = Domain.of("0 <= Delta <= 9/10")
#: The pair of levels that exchange their places, the one that is higher in energy first.
PAIRS = {"FM": ("2", "3"), "AFM": ("3", "1")}


def claims() -> Iterator[Claim]:
    """Sections IV, V and VI."""
    yield _always_active()
    for name in BATTERIES:
        yield from _activity(name)
    yield from _comparisons()
    yield from _passive()
    yield from _exergy()
    yield from _three_energy()
    yield from _three_ergotropy()


def _always_active() -> Claim:
    given = ", ".join(f"{name}={name}" for name in REGION.names)
    goals = ("p_2 - p_3 > 0", "E_2 - E_3 > 0")
    words = (
        "At epsilon = 1 and T_R = 0 work can be extracted from two qubits in a strong field with J + Delta < 0, at "
        "every T_L > 0: level 2 holds more than level 3 below it."
    )
    proof = (
        f"apply ratio: limit_singlet({given})",
        by(goals[0], "2*sign*p_2/below - ratio", "fuller"),
        by(goals[1], "above", "higher"),
    )
    lets = (*LETS, *chain(("E_2", "E_3"), {}), "assume sign: -s > 0", *SIGNS)
    return Claim("ferromagnet_active_at_full_bias", words, REGION, goals, lets, proof, "Secs. IV, VI")


def _activity(name: str) -> Iterator[Claim]:
    """Where one battery yields work, how much, and how it depends on the temperatures."""
    kind, figure, put = KINDS[name], {"FM": "Fig. 8", "AFM": "Fig. 9"}[name], at(name, 1)
    hi, lo = PAIRS[name]
    words = (
        f"At epsilon = 1, B0 = 2, |J| = 1 every positive bias lets more than 1e-6 of work be extracted from the {kind}."
    )
    yield Claim(f"work_at_positive_bias_{name}", words, ANY + POSITIVE, (f"{WORK}_first - 1/1000000 > 0",),
                chain((WORK,), {**TEMPERATURES, **put}, suffix="_first"), (), "Sec. IV", "refutation",
                near=ANY + Domain.of("10 <= T_M <= 20", "0 < bias <= 1/4"))  # fmt: skip
    lines = compared(" ".join(P), put, {**put, "T_L": "T_M*(1 + bias/10)", "T_R": "T_M*(1 - bias/10)"})
    words = (
        f"At epsilon = 1, B0 = 2, |J| = 1, T_M = 20, |Delta| = 1/2 the populations of levels {hi} and {lo} of the "
        f"{kind} are in one order at Delta T from 2 to 4 and in the other one from 20 to 40."
    )
    shows = (f"p_{hi}_first - p_{lo}_first > 0", f"p_{lo}_second - p_{hi}_second > 0")
    yield Claim(f"populations_reorder_{name}", words, Domain.of("1/2 <= bias <= 1"), shows,
                at_mean(20, ("let Delta = 1/2", *lines)), (), "Sec. IV", "enclosure")  # fmt: skip
    words = (
        f"At epsilon = 1, B0 = 2, |J| = 1, T_M = 20, |Delta| <= 9/10 levels {hi} and {lo} of the {kind} hold over "
        "five times the work at Delta T = 40 that they hold at any Delta T from 0 to 20."
    )
    lines = compared(" ".join(P), {**put, **FULL}, put)
    yield Claim(
        f"work_enhanced_at_full_bias_{name}", words, INSIDE + Domain.of("0 <= bias <= 1/2"),
        (f"p_{hi}_first - p_{lo}_first - 5*(p_{hi}_second - p_{lo}_second) > 0",), at_mean(20, lines), (), "Sec. VI",
        "enclosure",
    )  # fmt: skip
    full = compared(WORK, {**put, "T_L": "40", "T_R": "0"}, {**put, "T_L": "4", "T_R": "0"})
    words = (
        f"At epsilon = 1, B0 = 2, |J| = 1, Delta T = 2 T_M, |Delta| <= 9/10 the {kind} yields more at T_M = 20 than "
        "at T_M = 2."
    )
    yield Claim(f"work_grows_from_T2_to_T20_{name}", words, INSIDE, larger(WORK), full, (), "Sec. IV", "enclosure")
    words = f"At epsilon = 1, B0 = 2, |J| = 1 and positive bias the {kind} yields no less at a higher T_M."
    yield Claim(
        f"work_grows_with_mean_temperature_{name}", words, ANY + POSITIVE + Domain.of("0 < more"), larger(WORK, ">="),
        compared(WORK, {**put, **HOTTER}, put), (), "Sec. IV", "refutation",
        near=Domain.of("0 < Delta <= 4/5", "1/4 <= T_M <= 60", "4/5 <= bias <= 99/100", "1/10 <= more <= 200"),
    )  # fmt: skip
    if name == "FM":
        words = f"At epsilon = 1, B0 = 2, |J| = 1 the ergotropy of the {kind} is largest at Delta T = 2 T_M."
        yield Claim(f"work_largest_at_full_bias_{name}", words, ANY + POSITIVE, larger(WORK, ">="),
                    compared(WORK, {**put, **FULL}, put), (), figure, "sampling")  # fmt: skip


def _comparisons() -> Iterator[Claim]:
    """The ergotropy of the two batteries at the plotted field."""
    words = (
        "At epsilon = 1, B0 = 2, |J| = 1 and positive bias the two-qubit antiferromagnet yields at least what the "
        "ferromagnet yields."
    )
    lines = compared(WORK, at("AFM", 1), at("FM", 1))
    yield Claim("antiferromagnet_yields_more_B2", words, ANY + POSITIVE, larger(WORK, ">="), lines, (), "Sec. IV",
                "refutation", near=ANY + Domain.of("1 <= T_M <= 4", "1/2 <= bias <= 1"))  # fmt: skip
    words = (
        "At epsilon = 1, B0 = 2, |J| = 1, T_M = 20, Delta T = 40, |Delta| <= 9/10 the two-qubit antiferromagnet "
        "yields more than the ferromagnet."
    )
    yield Claim("antiferromagnet_yields_more_hot", words, INSIDE, larger(WORK),
                at_mean(20, ("let bias = 1", *lines)), (), "Sec. IV", "enclosure")  # fmt: skip


def _passive() -> Iterator[Claim]:
    """The paper's main results on two qubits."""
    yield Claim(
        "symmetric_coupling_is_passive", "Two qubits in a strong field are passive at epsilon = 0.", Domain(()), (),
        (), (), "Secs. IV, VI", "cases", ("passive_two_qubits",),
    )  # fmt: skip
    words = (
        "The cross terms of the left bath's two couplings activate two qubits in a strong field: without them they are "
        "passive at any epsilon, with them those with J + Delta < 0 are active at epsilon = 1, T_R = 0."
    )
    yield Claim("collective_dissipation_activates", words, Domain(()), (), (), (), "Sec. IV", "cases",
                ("passive_independent_any_density", "ferromagnet_active_at_full_bias"))  # fmt: skip


def _exergy() -> Iterator[Claim]:
    """Fig. 10: epsilon = 0, T_eq = T_R = 2, the left bath the hotter one."""
    what, fixed = "exergy", {"T_eq": "2", "T_R": "2", "T_L": "2 + dT"}
    put = {name: {**at(name, 0), **fixed} for name in BATTERIES}
    region = ANY + Domain.of("0 < dT")
    where = "At epsilon = 0, B0 = 2, |J| = 1, T_eq = T_R = 2 and T_L > T_R"
    for name, kind in KINDS.items():
        yield Claim(
            f"exergy_grows_{name}", f"{where} the {kind}'s exergy grows with T_L.", region + Domain.of("0 < more"),
            larger(what), compared(what, {**put[name], "T_L": "2 + dT + more"}, put[name]), (), "Sec. IV, Fig. 10",
            "sampling",
        )  # fmt: skip
    words = f"{where} the two-qubit ferromagnet has more exergy than the antiferromagnet."
    yield Claim("exergy_larger_in_ferromagnet", words, Domain.of("0 < Delta <= 1", "0 < dT"), larger(what),
                compared(what, put["FM"], put["AFM"]), (),
                "Sec. IV, Fig. 10", "sampling")  # fmt: skip
    pair = compared(what, put["AFM"], {**put["AFM"], "Delta": "Delta + more"})
    words = f"{where} the {KINDS['AFM']}'s exergy does not grow with Delta."
    yield Claim("exergy_falls_with_anisotropy_AFM", words,
                Domain.of("0 <= Delta < 1", "0 < more <= 1 - Delta", "0 < dT"), larger(what, ">="), pair, (),
                "Sec. IV, Fig. 10", "refutation",
                near=Domain.of("1/2 <= Delta < 1", "0 < more <= 1 - Delta", "1 <= dT <= 38"))  # fmt: skip
    for name, best, at_best in (("AFM", "Delta = 0", "0"), ("FM", "Delta = -1", "-1")):
        yield Claim(
            f"exergy_best_{name}", f"{where} the {KINDS[name]}'s exergy is largest at {best}.", region,
            larger(what, ">="), compared(what, {**put[name], "Delta": at_best}, put[name]), (), "Sec. IV, Fig. 10",
            "sampling",
        )  # fmt: skip


def three(epsilon: int) -> dict[str, str]:
    """The parameters of Fig. 12, but for the temperatures."""
    return {**THREE, "epsilon": str(epsilon)}


def _three_energy() -> Iterator[Claim]:
    """Fig. 12(a): the stored energy by Delta and by bias, at T_M = 2 and 10."""
    for epsilon in (0, 1):
        put, where = three(epsilon), f"At epsilon = {epsilon}, B0 = 5, J = 1"
        steeper, steepest = ({**put, "Delta": f"Delta + {x}"} for x in ("more", "more + most"))
        falling = compared(ENERGY, put, steeper, battery(3))
        words = (
            f"{where}, T_M = 10 the energy that three qubits store at Delta T >= 0 falls with Delta, over steps of at "
            "least 1/10."
        )
        yield Claim(f"three_qubits_energy_falls_hot_{epsilon}", words,
                    Domain.of("0 <= Delta <= 9/10", "1/10 <= more <= 1 - Delta", "0 <= bias <= 1"), larger(ENERGY),
                    at_mean(10, falling), (), "Sec. V, Fig. 12", "sampling")  # fmt: skip
        third = chain((ENERGY,), {**TEMPERATURES, **steepest}, model=battery(3), suffix="_third")
        words = f"{where} the energy that three qubits store is monotonic in Delta."
        yield Claim(
            f"three_qubits_energy_monotonic_{epsilon}", words,
            Domain.of("0 <= Delta < 1", "0 < more < 1 - Delta", "0 < most <= 1 - Delta - more", "0 < T_M",
                      "0 <= bias <= 1"),
            (f"({ENERGY}_first - {ENERGY}_second)*({ENERGY}_second - {ENERGY}_third) >= 0",), (*falling, *third), (),
            "Sec. V, Fig. 12", "refutation",
            near=Domain.of("0 <= Delta <= 0", "2/5 <= more <= 3/5", "2/5 <= most <= 1 - Delta - more",
                           "3/2 <= T_M <= 5/2", "0 < bias <= 1"),
        )  # fmt: skip
        words = f"{where}, T_M = 2 the share that three qubits store differs by less than 1/50 between any two Delta."
        yield Claim(
            f"three_qubits_energy_flat_cold_{epsilon}", words, ANY + Domain.of("0 <= other <= 1", "0 <= bias <= 1"),
            (f"15/50 - ({ENERGY}_first - {ENERGY}_second) > 0",),
            at_mean(2, compared(ENERGY, put, {**put, "Delta": "other"}, battery(3))), (), "Sec. V, Fig. 12",
            "sampling",
        )  # fmt: skip
        adds = compared(ENERGY, put, {**put, **UNBIASED}, battery(3))
        words = f"{where}, T_M = 2 a bias Delta T >= T_M/5 adds to what three qubits store."
        yield Claim(
            f"bias_adds_three_qubits_cold_{epsilon}", words, ANY + Domain.of("1/10 <= bias <= 1"), larger(ENERGY),
            at_mean(2, adds), (), "Sec. V, Fig. 12", "enclosure",
        )  # fmt: skip
        words = f"{where} a positive bias adds to what three qubits store, at any T_M."
        yield Claim(f"bias_adds_three_qubits_{epsilon}", words, ANY + POSITIVE, larger(ENERGY), adds, (), "Secs. V, VI",
                    "sampling")  # fmt: skip
    words = "At epsilon = 1, B0 = 5, J = 1, T_M = 20 no positive bias adds to what three qubits store."
    yield Claim("bias_takes_when_hot_three_qubits", words, ANY + Domain.of("0 < bias <= 1"), larger(ENERGY, ">="),
                at_mean(20, compared(ENERGY, {**three(1), **UNBIASED}, three(1), battery(3))), (), "Sec. VI",
                "refutation")  # fmt: skip


def _three_ergotropy() -> Iterator[Claim]:
    """Fig. 12(b), and whether three qubits behave as two do."""
    put, where = three(1), "At epsilon = 1, B0 = 5, J = 1"
    full = chain((WORK,), {**put, **FULL}, model=battery(3))
    for T_M in (2, 10):
        words = f"{where}, T_M = {T_M}, Delta T = 2 T_M work can be extracted from three qubits."
        yield Claim(
            f"three_qubits_active_T{T_M}", words, ANY, (f"{WORK} > 0",), at_mean(T_M, full), (), "Sec. V, Fig. 12",
            "enclosure",
        )  # fmt: skip
    grows = compared(WORK, {**put, **MORE_BIAS}, put, battery(3))
    words = f"{where} the work that three qubits yield does not fall with a positive bias."
    yield Claim(
        "three_qubits_work_grows_with_bias", words, ANY + Domain.of("0 < T_M") + FURTHER, larger(WORK, ">="), grows,
        (), "Sec. V, Fig. 12", "refutation",
        near=Domain.of("0 < Delta <= 1/4", "5 <= T_M <= 10", "3/4 <= bias <= 9/10", "1/10 <= more <= 1 - bias"),
    )  # fmt: skip
    words = f"{where} three qubits are passive unless the left bath is the hotter one."
    cold = chain(state(8), {**TEMPERATURES, **put}, model=battery(3))
    yield Claim(
        "three_qubits_work_needs_positive_bias", words, Domain.of("0 < Delta <= 1", "0 < T_M", "-1 <= bias <= 0"),
        passive(8), cold, (), "Sec. VI", "refutation",
        near=Domain.of("1/10 <= Delta <= 1", "1 <= T_M <= 3", "-1 <= bias <= -1/2"),
    )  # fmt: skip
    words = f"{where} and positive bias three qubits yield no less at a higher T_M."
    yield Claim("three_qubits_work_grows_with_mean_temperature", words, ANY + POSITIVE + Domain.of("0 < more"),
                larger(WORK, ">="), compared(WORK, {**put, **HOTTER}, put, battery(3)), (), "Sec. VI", "refutation",
                near=ANY + Domain.of("3 <= T_M <= 10", "9/10 <= bias <= 1", "10 <= more <= 100"))  # fmt: skip

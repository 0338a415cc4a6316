"""What Section III says of storage, populations and currents, at B0 = 2, |J| = 1, T_M = 2 (low) or 20 (high).

``Delta`` is |Delta| and ``bias`` is Delta T/(2 T_M). A statement that holds only in part is claimed as it stands, and
again where it holds. Energies stand for the shares that the figures plot: all are of the same 2 B0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.figures import BATTERIES, KINDS, MORE_BIAS, OPPOSITE, UNBIASED, compared

ENERGY = "stored_energy"
P = tuple(f"p_{k}" for k in range(1, 5))
ANY = Domain.of("0 < Delta <= 1")
BIAS = Domain.of("-1 <= bias <= 1")
#: A bias and a larger one, and those that lie apart by a tenth of the axis.
FURTHER = Domain.of("0 <= bias < 1", "0 < more <= 1 - bias")
APART = ("0 <= bias <= 4/5", "1/5 <= more <= 1 - bias")


def claims() -> Iterator[Claim]:
    """Anisotropy, bias, populations, currents."""
    yield from _best()
    yield from _more()
    for name in BATTERIES:
        yield from _bias(name)
        yield from _opposite(name)
        yield from _constant(name)
        yield from _shifts(name)
        yield _contributions(name)
    yield from _currents()


def at(name: str, epsilon: int) -> dict[str, str]:
    """The parameters of a battery, but for the temperatures."""
    return {**BATTERIES[name], "epsilon": str(epsilon)}


def larger(what: str, sign: str = ">") -> tuple[str]:
    """The quantity is larger at the first set of parameters than at the second."""
    return (f"{what}_first - {what}_second {sign} 0",)


def at_mean(T_M: int, lines: Sequence[str]) -> tuple[str, ...]:
    """Lines at a mean temperature."""
    return (f"let T_M = {T_M}", *lines)


def _best() -> Iterator[Claim]:
    """At which Delta the storage is best; that the antiferromagnet's is not always at 0 is in proofs.figures."""
    ferro = compared(ENERGY, {**at("FM", 0), "Delta": "-1"}, at("FM", 0))
    anti = compared(ENERGY, {**at("AFM", 0), "Delta": "0"}, at("AFM", 0))
    words = "At epsilon = 0, B0 = 2, |J| = 1 the two-qubit ferromagnet stores most at Delta = -1."
    yield Claim("ferromagnet_stores_most_at_XXX", words, Domain.of("0 <= Delta < 1", "0 < T_M") + BIAS,
                larger(ENERGY, ">="), ferro, (), "Fig. 3", "refutation",
                near=Domain.of("0 <= Delta < 1", "1/10 <= T_M <= 1") + BIAS)  # fmt: skip
    for T_M in (2, 20):
        words = (
            f"At epsilon = 0, B0 = 2, |J| = 1, T_M = {T_M} the two-qubit ferromagnet stores more at Delta = -1 than "
            "from -9/10 to 0."
        )
        yield Claim(f"ferromagnet_stores_most_at_XXX_T{T_M}", words, Domain.of("0 <= Delta <= 9/10") + BIAS,
                    larger(ENERGY), at_mean(T_M, ferro), (), "Fig. 3", "enclosure")  # fmt: skip
        words = (
            f"At epsilon = 0, B0 = 2, |J| = 1, T_M = {T_M} the two-qubit antiferromagnet stores more at Delta = 0 "
            "than from 1/10 to 1."
        )
        yield Claim(f"antiferromagnet_stores_most_isotropic_T{T_M}", words,
                    Domain.of("1/10 <= Delta <= 1") + BIAS, larger(ENERGY), at_mean(T_M, anti), (), "Fig. 4",
                    "enclosure")  # fmt: skip


def _more() -> Iterator[Claim]:
    """Which battery stores more; that it is not always the ferromagnet at epsilon = 0 is in proofs.figures."""
    apart = Domain.of("1/10 <= Delta <= 9/10") + BIAS
    pairs = {epsilon: compared(ENERGY, at("FM", epsilon), at("AFM", epsilon)) for epsilon in (0, 1)}
    for T_M, epsilon, source in ((2, 0, "Figs. 3, 4"), (20, 0, "Figs. 3, 4"), (20, 1, "Sec. IV")):
        words = (
            f"At epsilon = {epsilon}, B0 = 2, |J| = 1, T_M = {T_M}, |Delta| from 1/10 to 9/10 the two-qubit "
            "ferromagnet stores more than the antiferromagnet."
        )
        yield Claim(f"ferromagnet_stores_more_epsilon{epsilon}_T{T_M}", words, apart, larger(ENERGY),
                    at_mean(T_M, pairs[epsilon]), (), source, "enclosure")  # fmt: skip
    words = "At epsilon = 1, B0 = 2, |J| = 1 the two-qubit ferromagnet stores at least what the antiferromagnet stores."
    yield Claim("ferromagnet_stores_more_asymmetrically", words, Domain.of("0 < Delta <= 1", "0 < T_M") + BIAS,
                larger(ENERGY, ">="), pairs[1], (), "Sec. IV", "refutation",
                near=Domain.of("0 < Delta <= 1", "1/2 <= T_M <= 4") + BIAS)  # fmt: skip


def _bias(name: str) -> Iterator[Claim]:
    """Whether a bias adds to what the battery stores without one (``>``) or takes from it (``<``)."""
    kind, most = KINDS[name], {"FM": "1", "AFM": "1/2"}[name]
    rows = (
        ("adds_when_cold_symmetric", 0, 2, "a bias Delta T >= T_M/5 adds to", "1", "1/10 <= bias <= 1", ">"),
        ("takes_when_hot_symmetric", 0, 20, "no bias adds to", "1", "-1 <= bias <= 1", "<="),
        ("adds_when_cold", 1, 2, "no bias takes from", "1", "-1 <= bias <= 1", ">="),
        ("positive_adds_when_cold", 1, 2, f"and |Delta| <= {most} a bias Delta T >= T_M/5 adds to", most,
         "1/10 <= bias <= 1", ">"),
        ("positive_takes_when_hot", 1, 20, "no positive bias adds to", "1", "0 < bias <= 1", "<="),
        ("large_positive_takes_when_hot", 1, 20, "and |Delta| <= 9/10 a bias Delta T >= 3/2 T_M takes from", "9/10",
         "3/4 <= bias <= 1", "<"),
        ("negative_harmless_when_hot", 1, 20, "no negative bias takes from", "1", "-1 <= bias < 0", ">="),
    )  # fmt: skip
    for what, epsilon, T_M, words, top, where, sign in rows:
        with_bias, without = at(name, epsilon), {**at(name, epsilon), **UNBIASED}
        pair = (with_bias, without) if sign[0] == ">" else (without, with_bias)
        yield Claim(
            f"bias_{what}_{name}",
            f"At epsilon = {epsilon}, B0 = 2, |J| = 1, T_M = {T_M} {words} what the {kind} stores.",
            Domain.of(f"0 < Delta <= {top}", where), larger(ENERGY, sign.replace("<", ">")),
            at_mean(T_M, compared(ENERGY, *pair)), (), "Sec. III", "refutation" if "=" in sign else "enclosure",
        )  # fmt: skip
    words = f"At epsilon = 0, B0 = 2, |J| = 1 no bias takes from what the {kind} stores, at any T_M."
    yield Claim(f"bias_adds_symmetric_{name}", words, ANY + Domain.of("0 < T_M", "0 < bias <= 1"),
                larger(ENERGY, ">="), compared(ENERGY, at(name, 0), {**at(name, 0), **UNBIASED}), (), "Secs. III, VI",
                "sampling")  # fmt: skip


def _opposite(name: str) -> Iterator[Claim]:
    """Positive and negative bias at epsilon = 1, and what the asymmetry does at negative bias."""
    kind = KINDS[name]
    words = (
        f"At epsilon = 1, B0 = 2, |J| = 1, T_M = 20, |Delta| <= 9/10, |Delta T| >= 9/5 T_M the {kind} stores less at "
        "a positive bias than at the opposite one: the storage is not symmetric, and the loss at negative bias is "
        "the smaller one."
    )
    yield Claim(
        f"less_at_positive_bias_{name}", words, Domain.of("0 <= Delta <= 9/10", "9/10 <= bias <= 1"), larger(ENERGY),
        at_mean(20, compared(ENERGY, {**at(name, 1), **OPPOSITE}, at(name, 1))), (), "Secs. III, VI", "enclosure",
    )  # fmt: skip
    words = (
        f"At B0 = 2, |J| = 1, T_M = 20, Delta T <= -3/2 T_M the {kind} stores no less at epsilon = 1 than at epsilon "
        "= 0."
    )
    yield Claim(f"asymmetry_suppresses_loss_{name}", words, ANY + Domain.of("-1 <= bias <= -3/4"), larger(ENERGY, ">="),
                at_mean(20, compared(ENERGY, at(name, 1), at(name, 0))), (), "Sec. VI", "refutation")  # fmt: skip
    full, steeper = {"T_L": "40", "T_R": "0"}, {"Delta": BATTERIES[name]["Delta"].replace("Delta", "(Delta + more)")}
    lines = (*compared(ENERGY, {**at(name, 1), **UNBIASED}, {**at(name, 1), **full}),
             *(line.replace("_first", "_third").replace("_second", "_fourth") for line in compared(
                 ENERGY, {**at(name, 1), **steeper, **UNBIASED}, {**at(name, 1), **steeper, **full})))  # fmt: skip
    words = (
        f"At epsilon = 1, B0 = 2, |J| = 1, T_M = 20, Delta T = 40 what the {kind} loses by the bias grows with |Delta| "
        "from 0 to 9/10, over steps of at least 1/10."
    )
    yield Claim(f"loss_grows_with_anisotropy_{name}", words,
                Domain.of("0 <= Delta <= 4/5", "1/10 <= more <= 9/10 - Delta"),
                (f"{ENERGY}_third - {ENERGY}_fourth - ({ENERGY}_first - {ENERGY}_second) > 0",), at_mean(20, lines), (),
                "Sec. III", "enclosure")  # fmt: skip


def _constant(name: str) -> Iterator[Claim]:
    """Fig. 7: whether the populations at T_M = 20, |Delta| = 1/2 depend on the bias."""
    where = f"At B0 = 2, |J| = 1, T_M = 20, |Delta| = 1/2 the {KINDS[name]}'s populations"
    lines = {
        epsilon: at_mean(
            20, ("let Delta = 1/2", *compared(" ".join(P), at(name, epsilon), {**at(name, epsilon), **UNBIASED}))
        )
        for epsilon in (0, 1)
    }
    same = tuple(f"{p}_first - {p}_second = 0" for p in P)
    yield Claim(
        f"populations_constant_{name}", f"{where} at epsilon = 0 do not depend on the bias.", BIAS, same, lines[0],
        (), "Fig. 7", "refutation",
    )  # fmt: skip
    near = tuple(f"1/1000 {sign} ({p}_first - {p}_second) > 0" for p in P for sign in "+-")
    yield Claim(
        f"populations_nearly_constant_{name}", f"{where} at epsilon = 0 change by less than 1/1000 with the bias.",
        BIAS, near, lines[0], (), "Fig. 7", "enclosure",
    )  # fmt: skip
    yield Claim(
        f"populations_constant_at_negative_bias_{name}", f"{where} at epsilon = 1 do not depend on a negative bias.",
        Domain.of("-1 <= bias <= 0"), same, lines[1], (), "Fig. 7", "refutation",
    )  # fmt: skip


def _shifts(name: str) -> Iterator[Claim]:
    """Fig. 7(c), (d): p_3 goes one way with a positive bias, the others go the other way."""
    up, down, late = {"FM": ("grow", "falls", "p_1"), "AFM": ("fall", "grows", "p_2")}[name]
    lines = at_mean(20, ("let Delta = 1/2", *compared(" ".join(P), {**at(name, 1), **MORE_BIAS}, at(name, 1))))
    sign = {p: "-" if (p == "p_3") == (name == "FM") else "" for p in P}
    shows = {p: f"{sign[p]}({p}_first - {p}_second) > 0" for p in P}
    where = f"At epsilon = 1, B0 = 2, |J| = 1, T_M = 20, |Delta| = 1/2 the {KINDS[name]}'s"
    yield Claim(
        f"populations_shift_{name}", f"{where} p_1, p_2, p_4 {up} and p_3 {down} with a positive bias.", FURTHER,
        tuple(shows.values()), lines, (), "Fig. 7", "refutation",
    )  # fmt: skip
    others, steps = [p for p in P if p != late], "between biases Delta T >= {} that are at least 8 apart."
    group = " and ".join(p for p in others if p != "p_3")
    yield Claim(f"populations_shift_but_one_{name}", f"{where} {group} {up} and p_3 {down} {steps.format(0)}",
                Domain.of(*APART), tuple(shows[p] for p in others), lines, (), "Fig. 7", "enclosure")  # fmt: skip
    yield Claim(
        f"populations_shift_late_{name}", f"{where} {late} {up}s {steps.format(8)}",
        Domain.of("1/5 <= bias <= 4/5", APART[1]), (shows[late],), lines, (), "Fig. 7", "enclosure",
    )  # fmt: skip


def _contributions(name: str) -> Claim:
    """The paper's account of the loss at high temperature: one group of levels against one level."""
    group, alone = {"FM": ("134", "2"), "AFM": ("234", "1")}[name]
    lines = compared(" ".join((*(f"E_{k}" for k in "1234"), *P)), {**at(name, 1), **MORE_BIAS}, at(name, 1))
    before, after = (
        {levels: " + ".join(f"E_{k}_{end}*p_{k}_{end}" for k in levels) for levels in (group, alone)}
        for end in ("second", "first")
    )
    words = (
        f"At epsilon = 1, B0 = 2, |J| = 1, T_M = 20, |Delta| = 1/2 the energy in levels {', '.join(group)} of the "
        f"{KINDS[name]} falls with a positive bias and that in level {alone} grows, between biases Delta T >= 0 that "
        "are at least 8 apart."
    )
    shows = (f"{before[group]} - ({after[group]}) > 0", f"{after[alone]} - {before[alone]} > 0")
    return Claim(f"contributions_{name}", words, Domain.of(*APART), shows, at_mean(20, ("let Delta = 1/2", *lines)), (),
                 "Fig. 7", "enclosure")  # fmt: skip


def _currents() -> Iterator[Claim]:
    """The heat that flows through, and that as much leaves as enters at every epsilon."""
    current = "heat_current_L"
    for name, kind in KINDS.items():
        words = (
            f"At B0 = 2, |J| = 1 and positive bias at least as much heat flows through the {kind} at epsilon = 1 as "
            "at epsilon = 0."
        )
        yield Claim(f"more_heat_asymmetrically_{name}", words, ANY + Domain.of("0 < T_M", "0 < bias <= 1"),
                    larger(current, ">="), compared(current, at(name, 1), at(name, 0)), (), "Sec. III", "refutation",
                    near=ANY + Domain.of("1 <= T_M <= 20", "1/2 <= bias <= 1"))  # fmt: skip
    yield Claim(
        "as_much_heat_leaves_as_enters",
        "In the steady state of two qubits as much heat leaves as enters, Q_L + Q_R = 0, at every epsilon where the "
        "right bath is warm.", Domain(()), (), (),
        (), "Sec. III", "cases", ("first_law_2_qubits",),
    )  # fmt: skip

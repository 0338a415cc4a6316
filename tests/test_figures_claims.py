"""What the text says of its figures: which statements hold, and which fail at a point that anyone can check."""

from fractions import Fraction

import pytest

from proofs.checker import Rejected, check_witness
from proofs.prove import catalogue, chosen, prove
from proofs.verdict import Status

FAILS = {
    "populations_constant_FM": {"bias": "1"},
    "populations_shift_AFM": {"bias": "0", "more": "1/4"},
    "bias_adds_when_cold_AFM": {"Delta": "39/40", "bias": "1"},
    "bias_takes_when_hot_symmetric_FM": {"Delta": "1", "bias": "1"},
    "more_heat_asymmetrically_FM": {"Delta": "1", "T_M": "20", "bias": "1"},
    "asymmetry_suppresses_loss_AFM": {"Delta": "1/40", "bias": "-1"},
    "exergy_falls_with_anisotropy_AFM": {"Delta": "2/3", "more": "1/4", "dT": "38"},
    "three_qubits_work_needs_positive_bias": {"Delta": "1/4", "T_M": "2", "bias": "-1"},
    "bias_takes_when_hot_three_qubits": {"Delta": "1/40", "bias": "1"},
}
HOLDS = (
    "populations_nearly_constant_FM",
    "less_at_positive_bias_AFM",
    "bias_large_positive_takes_when_hot_FM",
    "work_enhanced_at_full_bias_AFM",
    "three_qubits_active_T2",
    "ferromagnet_active_at_full_bias",
    "as_much_heat_leaves_as_enters",
)


@pytest.mark.parametrize("name", FAILS)
def test_what_the_text_generalises_fails_at_a_point(name):
    """A point of the stated region contradicts the statement, by more than rounding."""
    claim, point = catalogue()[name], {key: Fraction(value) for key, value in FAILS[name].items()}
    assert point in claim.domain
    check_witness(claim.fails_at(point))


def test_a_point_where_a_statement_holds_is_no_witness():
    """At Fig. 7 without a step nothing changes, so nothing is refuted."""
    with pytest.raises(Rejected):
        check_witness(catalogue()["populations_constant_FM"].fails_at({"bias": Fraction(0)}))


def test_what_holds_of_the_text_is_proved(tmp_path):
    """The weaker statements beside those that fail are shown on the whole region that they name."""
    found = prove(chosen(HOLDS), tmp_path)
    assert {found[name].status for name in HOLDS} == {Status.PROVED}


def test_both_batteries_are_claimed_alike():
    """Each statement about the ferromagnet has its counterpart, but the two that only one figure makes."""
    names = {name for name in catalogue() if name.endswith("_FM") and not catalogue()[name].needs}
    lone = {name for name in names if f"{name[:-3]}_AFM" not in catalogue()}
    assert lone == {"work_largest_at_full_bias_FM"}

"""Captions and certified figures: which claims bear on a figure, and that the committed files say what is so."""

import json
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import dense
import numpy as np
import pytest
from commands import run

from proofs import phases
from proofs.captions import about, caption, figures, figures_in, publish
from proofs.checker import leaves
from proofs.drawn import CELLS, PANELS, POCKET, share
from proofs.prove import SHIPPED, catalogue, load
from symqb.figures import FIGURES

COMMITTED = SHIPPED / "figures"
VERDICTS = json.loads((SHIPPED / "verdicts.json").read_text())


@cache
def known():
    """Every figure, from the committed evidence."""
    return figures(SHIPPED)


def claims(name):
    """What the committed caption file says of claims."""
    return {claim["claim"]: claim for claim in json.loads((COMMITTED / f"figure_{name}.json").read_text())["claims"]}


def test_the_committed_captions_are_those_of_this_code():
    """Words, parameters, claims, verdicts and the digest of the drawn numbers, for each figure; no other files."""
    for name, drawing in known().items():
        assert json.loads((COMMITTED / f"figure_{name}.json").read_text()) == caption(drawing, SHIPPED), name
    stems = {f"figure_{name}.{form}" for name, form in product(known(), ("svg", "pdf", "json"))}
    assert {path.name for path in COMMITTED.iterdir()} == stems


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("Fig. 8", {8}),
        ("Figs. 3, 4", {3, 4}),
        ("Figs. 3-5, 7", {3, 4, 5, 7}),
        ("Sec. IV, Fig. 10", {10}),
        ("Secs. IV, VI", set()),
        ("(12)", set()),
    ],
)
def test_a_source_names_its_figures(source, named):
    """Single figures, lists and ranges; sections and equations are none."""
    assert figures_in(source) == named


def test_a_claim_that_names_figures_is_listed_with_these_alone():
    """Every claim whose source names a figure, with the status and the words of its verdict."""
    named = {name: figures_in(verdict["source"]) for name, verdict in VERDICTS.items()}
    assert sum(map(bool, named.values())) >= 50
    for name, places in named.items():
        for figure in filter(str.isdecimal, FIGURES):
            assert (name in claims(figure)) == (int(figure) in places) or not places
            if int(figure) in places:
                verdict = VERDICTS[name]
                assert claims(figure)[name] == {"claim": name, "status": verdict["status"], "words": verdict["words"]}


@pytest.mark.parametrize(
    ("name", "on", "off"),
    [
        ("ergotropy_needs_positive_bias", "9", "8"),  # its J is positive
        ("ferromagnet_active_at_full_bias", "8", "9"),  # its J + Delta is negative
        ("work_at_positive_bias_FM", "8", "9"),  # its J is -1
        ("bias_adds_when_cold_symmetric_FM", "3", "5"),  # its epsilon is 0
        ("bias_adds_when_cold_FM", "5", "3"),
        ("asymmetry_suppresses_loss_AFM", "4", "5"),  # it compares both couplings
        ("asymmetry_suppresses_loss_AFM", "6", "3"),
        ("populations_symmetric_positive_J", "4", "6"),  # equal populations, equal energy
        ("ferromagnet_stores_more_asymmetrically", "6", "9"),  # Sec. IV comes back to Fig. 6
        ("symmetric_coupling_is_passive", "activation", "8"),
        ("collective_dissipation_activates", "8", "5"),  # by its cases
        ("three_qubits_passive", "12", "9"),
        ("as_much_heat_leaves_as_enters", "currents", "9"),
        ("more_heat_asymmetrically_FM", "currents", "5"),
        ("limit_maximum_antiferromagnet", "limit", "9"),
        ("phases_AFM_T2", "phases", "pocket"),
    ],
)
def test_a_claim_of_the_text_goes_to_the_figures_that_show_what_it_is_about(name, on, off):
    """What it speaks of and the parameters that it fixes decide; a neighbouring figure does not get it."""
    assert name in claims(on)
    assert name not in claims(off)


def test_every_claim_of_the_text_on_states_has_a_figure():
    """But those about a single rate, and about energies above which no figure is: none is lost."""
    listed = {name for drawing in known() for name in claims(drawing)}
    prose = {n for n, c in catalogue(phases.__name__).items() if c.source.startswith(("Sec", "Fig"))}
    assert prose - listed == {"singlet_is_dark"}


def test_the_printed_system_lists_the_equations_that_need_a_correction():
    """(26), (27), (B3), (B9), (C3), (C5), (C7), as decided."""
    corrected = {name for name in claims("12_printed") if VERDICTS[name]["status"] == "corrected"}
    assert corrected == {"26", "27", "B3", "B9", "C3", "C5", "C7"}


@pytest.mark.parametrize("name", [*(f"phases_{kind}_T{T_M}" for kind, _, T_M in PANELS), POCKET])
def test_a_certified_map_has_the_area_of_the_certificate(name):
    """Each mark covers exactly the share that the boxes with this mark add up to, and nothing is left blank."""
    numbers = known()["pocket" if name == POCKET else "phases"].numbers
    evidence, total = load(SHIPPED / "certificates" / f"{name}.json"), Fraction(0)
    for mark in "hfu":
        area = sum((w * h for _, (w, h), m in leaves(evidence.content["tree"], 2) if m == mark), Fraction(0))
        assert Fraction(share(numbers[name], mark)) == area
        total += area
    assert total == 1


@pytest.mark.parametrize(("kind", "J", "T_M"), PANELS)
def test_certified_states_are_what_they_are_said_to_be(kind, J, T_M):
    """At cells drawn at random, populations from the matrices at 300 digits are in the order that the map says."""
    numbers, name = known()["phases"].numbers, f"phases_{kind}_T{T_M}"
    (low, high), (first, last) = numbers[f"{name}, axes"]
    for row, column in np.random.default_rng(7).integers(0, CELLS, (12, 2)):
        mark = numbers[name][row, column]
        Delta, bias = low + (row + 0.5) / CELLS * (high - low), first + (column + 0.5) / CELLS * (last - first)
        point = {"B0": 2, "J": J, "Delta": Fraction(Delta), "epsilon": 1, "kappa_L": 1, "kappa_R": 1}
        _, p = dense.populations(2, {**point, "T_L": T_M + Fraction(bias) / 2, "T_R": T_M - Fraction(bias) / 2}, 60)
        if mark < 2:
            assert (p == sorted(p, reverse=True)) == (mark == 0)


def test_as_printed_the_battery_stays_empty_at_full_asymmetry():
    """Nothing is stored at epsilon = 1, T_R = 0, there is ergotropy at epsilon = 0; derived, it is the reverse."""
    numbers = known()["12_printed"].numbers
    for T_M in (2, 10):
        assert np.allclose(numbers[f"stored_energy_fraction at T_M = {T_M}, epsilon = 1, printed"], 0, atol=1e-12)
        assert (numbers[f"ergotropy at T_M = {T_M}, epsilon = 0, printed"] > 0.01).all()
        assert not numbers[f"ergotropy at T_M = {T_M}, epsilon = 0, derived"].any()
        for epsilon in (0, 1):  # the derived curves are those of Fig. 12 at full bias
            for what in ("stored_energy_fraction", "ergotropy"):
                full = FIGURES["12"].numbers[f"{what} at T_M = {T_M}, Delta_T = {2 * T_M}, epsilon = {epsilon}"]
                found = numbers[f"{what} at T_M = {T_M}, epsilon = {epsilon}, derived"]
                np.testing.assert_allclose(found, full[:: (len(full) - 1) // (len(found) - 1)], rtol=1e-13)


def test_publish_tells_each_figure_and_writes_three_files(tmp_path):
    """One figure at a time; without evidence in the folder that of the installation counts."""
    told = []
    captions = publish(["7", "pocket"], tmp_path, told.append)
    assert told == ["7", "pocket"] == list(captions)
    written = {path.name for path in (tmp_path / "figures").iterdir()}
    assert written == {f"figure_{name}.{form}" for name in told for form in ("svg", "pdf", "json")}
    assert json.loads((tmp_path / "figures" / "figure_7.json").read_text()) == captions["7"]


def test_captions_follow_the_verdicts_in_the_folder(tmp_path):
    """A verdict that changed there changes the caption."""
    changed = {**VERDICTS, "signs_of_energies_FM": {**VERDICTS["signs_of_energies_FM"], "status": "undecided"}}
    (tmp_path / "verdicts.json").write_text(json.dumps(changed))
    found = {claim["claim"]: claim["status"] for claim in caption(FIGURES["7"], tmp_path)["claims"]}
    assert found["signs_of_energies_FM"] == "undecided"
    assert list(found) == about(FIGURES["7"], changed)


def test_the_command_draws_what_is_named_and_refuses_what_it_does_not_know(tmp_path):
    """Paths as lines or captions as JSON, exit 0; an unknown name draws nothing, lists what there is, exit 2."""
    done = run("figures", "7", "--out", str(tmp_path))
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "figures" / "figure_7.svg"))
    assert Path(done.stdout.strip()).read_text().startswith("<?xml")
    done = run("figures", "7", "--out", str(tmp_path), "--json")
    assert [c["name"] for c in json.loads(done.stdout)] == ["7"]
    done = run("figures", "7", "11", "--out", str(tmp_path / "other"))
    assert done.returncode == 2
    assert done.stderr.startswith("symqb: figure = 11: allowed are 3, 4, 5")
    assert not (tmp_path / "other").exists()

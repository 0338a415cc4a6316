"""Figures: what is drawn where, that it is right by routes that share no code with it, that files are not stale."""

import json
import re
import subprocess
import sys
from itertools import combinations, product
from pathlib import Path

import dense
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from scipy.linalg import expm

import symqb
from symqb.errors import InvalidParameter
from symqb.figures import FIGURES, figure_9, figure_limit
from symqb.figures.maps import MEANS
from symqb.figures.style import LINES, PAIR
from symqb.figures.work import closed_form

COMMITTED = Path(__file__).parents[1] / "generated" / "figures"
UNIT = {"kappa_L": 1.0, "kappa_R": 1.0}
KIND = {-1: "ferromagnetic", 1: "antiferromagnetic"}


def axes(drawing):
    """Empty axes for each panel."""
    return np.ravel(Figure().subplots(*drawing.shape))


def state(qubits, **point):
    """Energies and populations from the full generator of the master equation: no closed form enters."""
    point = {**UNIT, **point}
    H, rho = dense.chain(qubits, point["B0"], point["J"], point["Delta"]), dense.steady_state(qubits, point).real
    energies, vectors = np.linalg.eigh(H)
    return energies, np.diag(vectors.T @ rho @ vectors)


def stored(qubits, **point):
    """Eq. (15) over the width of the spectrum."""
    energies, p = state(qubits, **point)
    empty = dense.chain(qubits, point["B0"], point["J"], point["Delta"])[-1, -1]
    return (p @ energies - empty) / np.ptp(energies)


def work(qubits, **point):
    """Eq. (16): the energy above that of the sorted populations."""
    energies, p = state(qubits, **point)
    return float((p - np.sort(p)[::-1]) @ energies)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_into_given_axes(name):
    """The axes given are filled, in their own figure; each has labels on it or beside it; no other number will do."""
    drawing = FIGURES[name]
    panels = axes(drawing)
    assert drawing(panels.reshape(drawing.shape)) is panels[0].figure
    for row in panels.reshape(drawing.shape):
        assert row[0].get_ylabel()
        assert all(ax.has_data() for ax in row)
    assert all(ax.get_xlabel() for ax in panels.reshape(drawing.shape)[-1])
    assert "STIXGeneral" not in panels[0].xaxis.label.get_fontfamily()  # the user's own style holds
    if len(panels) == 1:
        assert drawing(ax=axes(drawing)[0])
    with pytest.raises(InvalidParameter, match=f"ax = {len(panels) + 1} Axes: allowed is {len(panels)}, one a panel"):
        drawing([*panels, panels[0]])


@pytest.mark.parametrize("name", ["3", "4", "5", "6", "8", "9"])
def test_a_map_over_the_bias_covers_what_it_says(name):
    """Every bias from -2 T_M to 2 T_M, Delta from 0 to J, a title for each mean temperature."""
    panels = axes(FIGURES[name])
    FIGURES[name](panels)
    J = FIGURES[name].parameters["J"]
    for ax, T_M in zip(panels, MEANS, strict=True):
        assert ax.get_xlim() == (-2 * T_M, 2 * T_M)
        assert ax.get_ylim() == (min(J, 0), max(J, 0))
        assert f"T_M = {T_M}" in ax.get_title(loc="left")
    assert "Delta T" in panels[0].get_xlabel()


def test_the_committed_figures_are_those_of_this_code():
    """The digest of the drawn numbers stands in each caption file, beside an SVG and a PDF."""
    for name, drawing in FIGURES.items():
        assert json.loads((COMMITTED / f"figure_{name}.json").read_text())["data"] == drawing.digest, name
        assert (COMMITTED / f"figure_{name}.pdf").read_bytes().startswith(b"%PDF")


def test_a_digest_forgives_rounding_and_nothing_else():
    """Errors of some units in the last place do not count, a change in the sixth decimal does."""

    def changed(by):
        copy = FIGURES["7"].__class__(**{f: getattr(FIGURES["7"], f) for f in FIGURES["7"].__dataclass_fields__})
        copy.__dict__["numbers"] = {
            k: v * (1 + by) if k.startswith("p_1") else v for k, v in FIGURES["7"].numbers.items()
        }
        return copy.digest

    assert changed(1e-14) == FIGURES["7"].digest
    assert changed(1e-4) != FIGURES["7"].digest


def test_figures_are_the_same_bytes_every_time_and_small():
    """No date, no random names; a title for those who do not see; no SVG above 150 kB."""
    for name in ("9", "limit"):
        first, second = FIGURES[name].render(), FIGURES[name].render()
        assert first == second
        assert f"<title>{FIGURES[name].title}</title>".encode() in first["svg"]
        assert not re.search(rb"CreationDate|<dc:date>", first["pdf"] + first["svg"])
    assert all(path.stat().st_size < 150_000 for path in COMMITTED.glob("*.svg"))


def test_a_users_settings_stay_as_they_are():
    """Drawing changes nothing for the figures that a user draws next; matplotlib and SymPy come when one is drawn."""
    code = (
        "import sys, symqb.figures; assert not {'matplotlib', 'sympy'} & set(sys.modules)\n"
        "import matplotlib; before = matplotlib.rcParams.copy()\n"
        "symqb.figures.figure_7(); assert matplotlib.rcParams.copy() == before\n"
        "assert 'matplotlib.pyplot' not in sys.modules and 'sympy' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("name", "J", "epsilon"), [("3", -1, 0), ("4", 1, 0), ("5", -1, 1), ("6", 1, 1)])
def test_the_stored_energy_is_that_of_the_full_master_equation(name, J, epsilon):
    """Figs. 3 to 6 at points of each panel, corners of T = 0 among them."""
    numbers = FIGURES[name].numbers
    for T_M, (row, column) in product(MEANS, [(13, 0), (40, 60), (67, 101), (55, -1)]):
        Delta, bias = numbers["Delta"][row], numbers[f"Delta_T at T_M = {T_M}"][column]
        expected = stored(2, B0=2, J=J, Delta=Delta, epsilon=epsilon, T_L=T_M + bias / 2, T_R=T_M - bias / 2)
        assert numbers[f"stored_energy_fraction at T_M = {T_M}"][row, column] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("name", "J"), [("8", -1), ("9", 1)])
def test_the_ergotropy_is_that_of_the_full_master_equation(name, J):
    """Figs. 8 and 9, at passive and active points."""
    numbers, seen = FIGURES[name].numbers, set()
    for T_M, (row, column) in product(MEANS, [(13, 10), (40, 118), (30, 105), (55, -1)]):
        Delta, bias = numbers["Delta"][row], numbers[f"Delta_T at T_M = {T_M}"][column]
        expected = work(2, B0=2, J=J, Delta=Delta, epsilon=1, T_L=T_M + bias / 2, T_R=T_M - bias / 2)
        found = numbers[f"ergotropy at T_M = {T_M}"][row, column]
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)
        seen.add(found > 0)
    assert seen == {True, False}


def test_the_populations_are_those_of_the_full_master_equation():
    """Fig. 7; in the order of energies: levels 1, 4, 3, 2 of the ferromagnet, 1, 3, 4, 2 of the antiferromagnet."""
    numbers = FIGURES["7"].numbers
    for (J, levels), epsilon, column in product({-1: (1, 4, 3, 2), 1: (1, 3, 4, 2)}.items(), (0, 1), (0, 90, 155)):
        bias = numbers["Delta_T"][column]
        _, p = state(2, B0=2, J=J, Delta=J / 2, epsilon=epsilon, T_L=20 + bias / 2, T_R=20 - bias / 2)
        found = [numbers[f"p_{k}, {KIND[J]}, epsilon = {epsilon}"][column] for k in levels]
        assert found == pytest.approx(p.tolist(), rel=1e-9)


def test_the_exergy_is_a_difference_of_free_energies():
    """Fig. 10 by Eq. (19) as it stands: energies minus T_eq times entropies, of the state and of the Gibbs state."""
    numbers = FIGURES["10"].numbers
    for J, row, column in product((-1, 1), (0, 50), (30, 120)):
        Delta, T_L = numbers[f"Delta, {KIND[J]}"][row], numbers["T_L"][column]
        energies, p = state(2, B0=2, J=J, Delta=Delta, epsilon=0, T_L=T_L, T_R=2)
        gibbs = np.exp(-energies / 2) / np.exp(-energies / 2).sum()
        free, equilibrium = (q @ energies + 2 * q @ np.log(q) for q in (p, gibbs))
        assert numbers[f"exergy, {KIND[J]}"][row, column] == pytest.approx(free - equilibrium, rel=1e-8)


def test_three_qubits_are_those_of_the_full_master_equation():
    """Fig. 12: shares and ergotropy at both couplings; without bias or at epsilon = 0 the ergotropy is exactly 0."""
    numbers = FIGURES["12"].numbers
    for T_M, bias, epsilon in [(2, 4, 1), (10, 20, 0), (10, 10, 1)]:
        point = {"B0": 5, "J": 1, "Delta": 0.35, "epsilon": epsilon, "T_L": T_M + bias / 2, "T_R": T_M - bias / 2}
        where = f"at T_M = {T_M}, Delta_T = {bias}, epsilon = {epsilon}"
        assert numbers[f"stored_energy_fraction {where}"][35] == pytest.approx(stored(3, **point), rel=1e-8)
        assert numbers[f"ergotropy {where}"][35] == pytest.approx(work(3, **point), rel=1e-8, abs=1e-12)
    for name, values in numbers.items():
        if name.startswith("ergotropy") and ("Delta_T = 0" in name or "epsilon = 0" in name):
            assert not values.any()


def test_nothing_but_the_collective_coupling_activates():
    """The black line of the activation figure is exactly 0, the others are not."""
    for name, values in FIGURES["activation"].numbers.items():
        if name != "Delta_T":
            assert values.any() == name.endswith("asymmetric")


def test_the_limit_touches_its_optima():
    """(3 - 2 sqrt 2) B0 at s = (2 - sqrt 2) B0 and (5 - 2 sqrt 6) B0 at -(sqrt 6 - 2) B0; less at finite T_L."""
    numbers = figure_limit.numbers
    expected = np.array([[2 - 6**0.5, 5 - 2 * 6**0.5], [2 - 2**0.5, 3 - 2 * 2**0.5]])
    np.testing.assert_allclose(numbers["optima"], expected, rtol=1e-14)
    assert closed_form(1).written == r"3 - 2 \sqrt{2}"
    evaluate = symqb.evaluator(2, "mpmath", outputs="ergotropy")
    for sign, (s, most) in zip((-1, 1), expected, strict=True):
        assert closed_form(sign).work(s) == pytest.approx(most, rel=1e-14)
        almost = evaluate(B0=1, J=2 * s / 3, Delta=s / 3, epsilon=1, T_L=1e9, T_R=0).ergotropy
        assert float(almost) == pytest.approx(most, rel=1e-6)
    for name, values in numbers.items():
        if name.startswith("T_L"):
            assert (values <= numbers["limit"] + 1e-15).all()


def test_the_charging_curve_is_that_of_the_full_master_equation():
    """Stored share, ergotropy and mean power of e^(L t) from |00>, at three times."""
    numbers = FIGURES["charging"].numbers
    for J, epsilon in [(1, 1), (-1, 0)]:
        L = dense.liouvillian(2, {"B0": 2, "J": J, "Delta": J / 2, "epsilon": epsilon, "T_L": 40, "T_R": 0, **UNIT})
        H, start = dense.chain(2, 2, J, J / 2), np.diag([0, 0, 0, 1.0]).ravel()
        energies, vectors = np.linalg.eigh(H)
        for k in (0, 80, 150):
            t = numbers["time"][k]
            rho = (expm(L * t) @ start).reshape(4, 4).real
            gained, p = np.trace(rho @ H) - H[3, 3], np.diag(vectors.T @ rho @ vectors)
            expected = [gained / np.ptp(energies), (p - np.sort(p)[::-1]) @ energies, gained / t]
            found = [
                numbers[f"{what}, {KIND[J]}, epsilon = {epsilon}"][k]
                for what in ("stored energy", "ergotropy", "power")
            ]
            assert found == pytest.approx(expected, rel=1e-8, abs=1e-10)


def test_the_heat_current_is_what_the_left_bath_does_to_the_energy():
    """Tr H L_L(rho) with the left bath's part of the generator."""
    numbers = FIGURES["currents"].numbers
    for J, epsilon, T_M in product((-1, 1), (0, 1), (2, 20)):
        bias = numbers[f"Delta_T at T_M = {T_M}"][120]
        point = {"B0": 2, "J": J, "Delta": J / 2, "epsilon": epsilon, "T_L": T_M + bias / 2, "T_R": T_M - bias / 2}
        rho = dense.steady_state(2, {**point, **UNIT})
        left = dense.liouvillian(2, {**point, "kappa_L": 1, "kappa_R": 0}) @ rho.ravel()
        current = np.trace(dense.chain(2, 2, J, J / 2) @ left.reshape(4, 4)).real
        assert numbers[f"T_M = {T_M}, {KIND[J]}, epsilon = {epsilon}"][120] == pytest.approx(current, rel=1e-8)


def test_words_say_what_the_numbers_say():
    """The text alternative names the largest value and where it is."""
    z = figure_9.numbers["ergotropy at T_M = 2"]
    row, column = np.unravel_index(z.argmax(), z.shape)
    place = figure_9.numbers["Delta"][row], figure_9.numbers["Delta_T at T_M = 2"][column]
    said = f"T_M = 2: from 0 to {z.max():.3g}, largest at Delta = {place[0]:.3g}, Delta T = {place[1]:.3g}"
    assert said in figure_9.alt
    for drawing in FIGURES.values():
        assert len(drawing.alt) > 80
        assert drawing.caption.endswith(".")
        assert drawing.choices


#: How the three kinds of colour blindness see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour):
    """Linear light of an sRGB colour."""
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def test_lines_stand_out_from_paper_and_from_each_other():
    """WCAG's contrast of 3 for graphics; no two lines share a dash; colours differ for the colour-blind too."""
    colours = [line["color"] for line in LINES]
    assert {line["color"] for line in PAIR} <= set(colours)
    assert PAIR[1]["linewidth"] > 1.5 * PAIR[0]["linewidth"]
    for colour in colours:
        assert 1.05 / (linear(colour) @ [0.2126, 0.7152, 0.0722] + 0.05) >= 3
    assert len({str(line["linestyle"]) for line in LINES}) == len(LINES)
    for matrix in BLIND.values():
        for one, other in combinations(colours, 2):
            assert np.linalg.norm(np.array(matrix) @ (linear(one) - linear(other))) > 0.1

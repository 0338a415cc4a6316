"""Reference values at 40 digits, computed elsewhere from the matrices alone."""

import pytest
from mpmath import mp, mpf
from oracle import chain, xxz_steady_state

import symqb
from symqb.reference import DIGITS, NOISE, deviation, observed, pairs, relative, rows

ROWS = rows(2) + rows(3)
MPMATH = {qubits: symqb.evaluator(qubits, "mpmath") for qubits in (2, 3)}


def uncertainty(row):
    """What 40 digits of parameters and values leave open.

    Populations go like e^(omega/T): half a unit in the 40th digit of T, times omega/T, for each of three rates.
    """
    sizes = [abs(mpf(row[name])) for name in ("B0", "J", "Delta")]
    coldest = min(T for T in (mpf(row["T_L"]), mpf(row["T_R"])) if T > 0)
    return mpf(10) ** -39 * (1 + 3 * sum(sizes) / coldest)


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_mpmath_reproduces_every_number_to_its_last_digit(row):
    """All 40 digits, up to what rounding the listed temperatures to 40 digits leaves open."""
    with mp.workdps(DIGITS):
        for name, value, expected in pairs(row, MPMATH[row["qubits"]]):
            allowed = uncertainty(row) * (abs(expected) if name.startswith("pop") else max(abs(expected), 1)) + NOISE
            assert abs(value - expected) <= allowed, name


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_warm_rows_have_39_digits_without_any_allowance(row):
    """Where no temperature is low, nothing is amplified: 39 digits, plainly."""
    warm = min(mpf(row[name]) for name in ("T_L", "T_R") if mpf(row[name]) > 0) > mpf("0.5")
    bound = mpf(10) ** -38 if warm else mpf(10) ** -36
    with mp.workdps(DIGITS):
        for name, value, expected in pairs(row, MPMATH[row["qubits"]]):
            if name == "populations_by_ascending_energy":
                assert relative(value, expected) < bound


def test_the_smallest_populations_of_the_coldest_row_are_below_the_noise_of_the_list():
    """Listed is 2e-111 where the null vector at 200 digits is 4.1e-150; symqb has the latter, to 30 digits."""
    (row,) = (row for row in rows(3) if row["B0"] == "10.765754")
    point = {name: mpf(row[name]) for name in MPMATH[3].parameters}
    with mp.workdps(200):
        rho = xxz_steady_state(3, {name: mpf(row[name]) for name in point})
        _, vectors = mp.eigsy(chain(3, *(mpf(row[name]) for name in ("B0", "J", "Delta"))))
        expected = [(vectors[:, i].T * rho * vectors[:, i])[0].real for i in range(8)]
        found = observed(row, MPMATH[3])["populations_by_ascending_energy"]
        assert all(abs(p / e - 1) < mpf(10) ** -30 for p, e in zip(found, expected, strict=True))
        assert min(expected) < mpf(10) ** -149 < min(map(mpf, row["populations_by_ascending_energy"]))


def test_a_deviation_in_any_quantity_is_reported(monkeypatch):
    """An evaluator that is off by 1 in the ergotropy, or by a tenth in a population, shows it in the summary."""

    def off(row, evaluate):
        values = observed(row, evaluate)
        values["ergotropy"] += 1
        values["populations_by_ascending_energy"][0] *= 1.1
        return values

    monkeypatch.setattr("symqb.reference.observed", off)
    found = deviation(2, symqb.evaluator(2))
    assert found.others == pytest.approx(1)
    assert found.populations == pytest.approx(0.1)


@pytest.mark.parametrize("qubits", [2, 3])
def test_float64_is_as_close_as_the_rounding_of_the_parameters_allows(qubits):
    """The decimal parameters are rounded to float64 first, which cold rows amplify to about 1e-13."""
    found = deviation(qubits, symqb.evaluator(qubits))
    assert found.rows == 24
    assert found.populations < 2e-13
    assert found.others < 1e-13

"""Sweeps: right numbers in the right places, labelled; grids of any kind; what is refused."""

import pickle
import re
import sys

import numpy as np
import pytest

import symqb
from symqb import errors
from symqb.errors import (
    AllBathsAtZero,
    DegenerateLevels,
    InvalidParameter,
    MissingPackage,
    MissingParameter,
    RefusedPoint,
    UnknownChoice,
    UnknownParameter,
)
from symqb.reference import rows
from symqb.xxz import xxz_chain

for package in ("xarray", "dask", "distributed", "zarr", "h5netcdf", "pandas"):
    pytest.importorskip(package, reason=f"sweeps need {package}, of the extra symqb[sweep], which is not installed")

import xarray as xr  # noqa: E402  # the module is skipped without it

from symqb.sweeps.files import table  # noqa: E402

POINT = {"B0": 2.0, "J": 1.0, "Delta": 0.5, "T_L": 30.0, "T_R": 1.0, "epsilon": 1.0}


def but(*names):
    """The point without what is swept."""
    return {name: value for name, value in POINT.items() if name not in names}


@pytest.mark.parametrize("qubits", [2, 3, 4])
def test_a_sweep_over_the_reference_states_has_their_40_digits(qubits):
    """Parameters that all vary together, along one dimension that is no parameter: matrices alone decide."""
    known = rows(qubits)
    names = symqb.evaluator(2).parameters
    sweep = symqb.sweep(
        {name: xr.DataArray([float(row[name]) for row in known], dims="row") for name in names}, qubits=qubits
    )
    assert dict(sweep.sizes) == {"row": len(known), "level": 2**qubits}
    for place, row in enumerate(known):
        state = sweep.isel(row=place)
        assert float(state.ergotropy) == pytest.approx(float(row["ergotropy"]), abs=1e-12)
        ascending = state.populations.values[np.argsort(state.energies.values, kind="stable")]
        expected = np.array(row["populations_by_ascending_energy"], dtype=float)
        gaps = np.diff(np.array(row["energies_ascending"], dtype=float))
        if gaps.min() > 1e-9:  # else the order is not defined
            assert ascending == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("chunks", [None, "auto", {"J": 2}, 3])
def test_each_number_stands_at_its_coordinates(chunks):
    """epsilon = 1, cold right, hot left bath: W = s (B0 - s)/(2 B0 - s) with s = J + Delta, over three dimensions."""
    axes = {"Delta": np.linspace(0, 0.5, 4), "B0": np.linspace(4, 6, 5), "J": np.linspace(0.1, 1, 7)}
    sweep = symqb.sweep(axes, fixed={"T_L": 1e9, "T_R": 0, "epsilon": 1}, outputs="ergotropy", chunks=chunks)
    assert sweep.ergotropy.dims == ("Delta", "B0", "J")
    assert (sweep.ergotropy.chunks is None) == (chunks is None)
    s = sweep.J + sweep.Delta
    limit = s * (sweep.B0 - s) / (2 * sweep.B0 - s)
    xr.testing.assert_allclose(sweep.ergotropy.compute(), limit.transpose("Delta", "B0", "J"))


def test_parameters_that_vary_together():
    """T_L = T_M + DT/2 and T_R = T_M - DT/2 over T_M and DT, which keep their labels; T_L and T_R are coordinates."""
    T_M = xr.DataArray([5.0, 10.0, 15.0], dims="T_M", coords={"T_M": [5.0, 10.0, 15.0]}, attrs={"units": "|J|"})
    DT = xr.DataArray([-4.0, 0.0, 4.0, 8.0], dims="DT", coords={"DT": [-4.0, 0.0, 4.0, 8.0]})
    sweep = symqb.sweep(
        {"T_L": T_M + DT / 2, "T_R": T_M - DT / 2, "Delta": [0.0, 0.5]}, fixed=but("T_L", "T_R", "Delta")
    )
    assert sweep.ergotropy.dims == ("T_M", "DT", "Delta")
    at = sweep.sel(T_M=10.0, DT=8.0, Delta=0.5)
    assert (float(at.T_L), float(at.T_R)) == (14.0, 6.0)
    assert float(at.ergotropy) == symqb.evaluator(2)(**{**POINT, "T_L": 14.0, "T_R": 6.0}).ergotropy
    assert sweep.T_L.attrs == {"long_name": "temperature of bath L", "units": "energy"}


def test_everything_is_labelled_and_says_where_it_comes_from():
    """Units, long names, fixed parameters with their defaults, levels by label, version and program; no date."""
    sweep = symqb.sweep({"Delta": [0.0, 0.5]}, fixed={**but("Delta"), "T_eq": "1/2"})
    for name, array in {**sweep.coords, **sweep.data_vars}.items():
        assert array.attrs["long_name"]
        assert name == "level" or array.attrs["units"] in ("energy", "1", "energy/time", "1/time")
    assert float(sweep.T_eq) == 0.5
    assert float(sweep.kappa_R) == 1
    assert sweep.level.values.tolist() == ["Phi_1", "Phi_2", "Phi_3", "Phi_4"]
    assert float(sweep.energies.sel(level="Phi_2", Delta=0.5)) == 2.25
    assert sweep.attrs["symqb_version"] == symqb.__version__
    assert sweep.attrs["program_sha256"] == xxz_chain(2).program.digest()
    assert sweep.attrs["battery"] == "XXZ chain of 2 qubits, with collective dissipation"
    assert sweep.identical(symqb.sweep({"Delta": [0.0, 0.5]}, fixed={**but("Delta"), "T_eq": "1/2"}))
    assert "hbar = k_B = 1" in sweep.attrs["conventions"]


def test_any_battery_and_back_end():
    """A model of the user's, a long chain, no collective dissipation, NumPy."""
    import sympy as sp

    w = sp.Symbol("w", real=True)
    baths = [symqb.Bath("h", sp.Matrix([[0, 1], [1, 0]])), symqb.Bath("c", sp.Matrix([[0, 1], [1, 0]]))]
    qubit = symqb.Model(w / 2 * sp.diag(1, -1), baths, basis=["1", "0"], empty="psi_2", name="qubit")
    sweep = symqb.sweep({"w": [1.0, 2.0]}, fixed={"T_h": 2.0, "T_c": 2.0}, qubits=qubit)
    ratio = sweep.populations.sel(level="psi_1") / sweep.populations.sel(level="psi_2")
    energies = sweep.energies.sel(level="psi_1") - sweep.energies.sel(level="psi_2")
    assert ratio.values == pytest.approx(np.exp(-energies.values / 2))  # both baths at T: Boltzmann
    assert sweep.w.attrs == {"long_name": "w"}  # of a user's parameter the unit is not known
    assert sweep.T_h.attrs["long_name"] == "temperature of bath h"
    assert sweep.attrs["battery"] == "qubit: Model of the user"
    alone = symqb.sweep({"Delta": [0.3]}, fixed=but("Delta"), collective=False, backend="numpy", outputs="ergotropy")
    assert alone.attrs["backend"] == "numpy"
    assert float(alone.ergotropy[0]) == 0  # passive without collective dissipation
    chain = symqb.sweep({"Delta": [0.3]}, fixed=but("Delta"), qubits=4, outputs=["populations"])
    assert chain.populations.sum("level").values == pytest.approx(1)
    assert "program_sha256" not in chain.attrs


def test_the_table_has_a_row_a_point():
    """A pandas DataFrame: the index is the grid, a column an output, energies and populations one column a level."""
    sweep = symqb.sweep({"Delta": [0.0, 0.5], "T_R": [1.0, 2.0, 3.0]}, fixed=but("Delta", "T_R"))
    frame = table(sweep)
    assert frame.index.names == ["Delta", "T_R"]
    assert len(frame) == 6
    state = symqb.evaluator(2)(**{**POINT, "T_R": 2.0})
    row = frame.loc[(0.5, 2.0)]
    assert row["ergotropy"] == state.ergotropy
    assert row[[f"populations_Phi_{k}" for k in (1, 2, 3, 4)]].tolist() == state.populations.tolist()
    assert row["B0"] == 2


@pytest.mark.parametrize("chunks", [None, 2])
def test_a_refused_point_is_named_by_its_parameters(chunks):
    """J = 0 somewhere in the middle of a chunk: the parameters of that point, and the reason without an index."""
    axes = {"Delta": np.linspace(-1, 1, 4), "J": np.linspace(-1, 1, 5), "T_L": [1.0, 2.0, 3.0]}
    with pytest.raises(
        RefusedPoint, match=r"^at Delta = \S+, J = 0.0, T_L = \S+: levels Phi_3 and Phi_4 are"
    ) as caught:
        symqb.sweep(axes, fixed=but(*axes), chunks=chunks).compute()
    assert all(caught.value.point[name] in values for name, values in axes.items())
    assert isinstance(caught.value.reason, DegenerateLevels)
    assert "index" not in str(caught.value)
    with pytest.raises(RefusedPoint, match=r"T_L = 0\.0, T_R = 0\.0: T_L = T_R = 0: at least one bath") as caught:
        symqb.sweep({"T_L": [1.0, 0.0], "T_R": [2.0, 0.0]}, fixed=but("T_L", "T_R"), chunks=chunks).compute()
    assert isinstance(caught.value.reason, AllBathsAtZero)


def test_refused_points_become_nan_and_no_others():
    """All of a plane, and the point where both baths are at T = 0; every other number is the one without refusals."""
    axes = {"J": np.linspace(-1, 1, 5), "T_L": [0.0, 2.0, 3.0], "T_R": [1.0, 0.0]}
    sweep = symqb.sweep(axes, fixed=but(*axes), refused="nan")
    wrong = (sweep.J == 0) | ((sweep.T_L == 0) & (sweep.T_R == 0))
    assert wrong.any()
    for array in sweep.data_vars.values():
        assert (np.isnan(array) == wrong).all()
    good = symqb.sweep({**axes, "J": [-1.0, -0.5, 0.5, 1.0], "T_L": [2.0, 3.0]}, fixed=but(*axes))
    xr.testing.assert_identical(sweep.sel(J=good.J, T_L=good.T_L), good)


@pytest.mark.parametrize(
    ("values", "changes", "error", "message"),
    [
        ({}, {}, InvalidParameter, "an array of values for at least one parameter"),
        ({"Dleta": [1.0]}, {}, UnknownParameter, "did you mean Delta?"),
        ({"Delta": 0.5}, {}, InvalidParameter, "a one-dimensional array of values, or an xarray.DataArray"),
        ({"Delta": []}, {}, InvalidParameter, "Delta = an array of shape (0,)"),
        ({"Delta": np.zeros((2, 2))}, {}, InvalidParameter, "Delta = an array of shape (2, 2)"),
        ({"Delta": [0.0, np.nan]}, {}, InvalidParameter, "Delta[1] = nan: allowed is a finite real number"),
        ({"T_L": [1.0, -1.0]}, {}, InvalidParameter, "T_L[1] = -1.0: allowed is exactly 0"),
        ({"Delta": ["x"]}, {}, InvalidParameter, "a real number or an array of them"),
        ({"Delta": [1.0], "B0": [2.0]}, {"fixed": {**POINT, "Delta": None}}, InvalidParameter, "B0 = 2.0: allowed is"),
        ({"Delta": [1.0]}, {"fixed": {"B0": 2}}, MissingParameter, "J is missing"),
        ({"Delta": [1.0]}, {"fixed": {**but("Delta"), "B0": [2.0]}}, InvalidParameter, "a single number"),
        ({"Delta": [1.0]}, {"fixed": {**but("Delta"), "T_R": -1}}, InvalidParameter, "T_R = -1.0"),
        ({"Delta": [1.0]}, {"outputs": "ergotropi"}, UnknownChoice, "did you mean ergotropy?"),
        ({"Delta": [1.0]}, {"backend": "mpmath"}, UnknownChoice, "backend = mpmath: allowed are numpy, numba, c, jax"),
        ({"Delta": [1.0]}, {"refused": "skip"}, UnknownChoice, "refused = skip: allowed are raise, nan"),
        ({"Delta": [1.0]}, {"to": "sweep.txt"}, UnknownChoice, "allowed are .nc, .zarr, .csv"),
        ({"Delta": [1.0]}, {"to": "sweep"}, UnknownChoice, "allowed are .nc, .zarr, .csv"),
        ({"Delta": [1.0]}, {"chunks": {"J": 1}}, UnknownChoice, "chunks = J: allowed are Delta"),
        ({"Delta": [1.0]}, {"chunks": {"Delta": 0}}, InvalidParameter, "chunks of Delta = 0: allowed is an integer"),
        ({"Delta": [1.0]}, {"chunks": "many"}, InvalidParameter, "chunks = 'many': allowed is points by dimension"),
        ({"Delta": [1.0]}, {"workers": 0}, InvalidParameter, "workers = 0: allowed is an integer, at least 1"),
        ({"Delta": [1.0]}, {"workers": 1, "cluster": "tcp://x:1"}, InvalidParameter, "none with a cluster"),
        ({"Delta": xr.DataArray([1.0], dims="level")}, {}, InvalidParameter, "dimension = level: allowed is a name"),
        (
            {"Delta": xr.DataArray([1.0], dims="B0")},
            {},
            InvalidParameter,
            "dimension = B0: allowed is a name that no output",
        ),
        ({"Delta": xr.DataArray([1.0], dims="exergy")}, {}, InvalidParameter, "dimension = exergy"),
        ({"Delta": xr.DataArray(1.0)}, {}, InvalidParameter, "Delta = an array of shape ()"),
    ],
)
def test_unusable_input_is_refused_by_name(values, changes, error, message, tmp_path, monkeypatch):
    """Which parameter, which value, what is allowed; and nothing is written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=re.escape(message)):
        symqb.sweep(values, **{"fixed": but(*values), **changes})
    assert not any(tmp_path.iterdir())


def test_arrays_that_disagree_about_a_dimension_are_refused():
    """Nothing is aligned, dropped or filled in silently."""
    first = xr.DataArray([1.0, 2.0], dims="x", coords={"x": [0, 1]})
    for second in (first.assign_coords(x=[0, 2]), xr.DataArray([1.0, 2.0, 3.0], dims="x")):
        with pytest.raises(InvalidParameter, match="arrays that agree about the coordinates that they share"):
            symqb.sweep({"Delta": first, "T_L": second}, fixed=but("Delta", "T_L"))


def test_without_the_extra_the_error_says_what_to_install(monkeypatch):
    """A named error with the extra; the name itself is there, and symqb imports none of the packages."""
    monkeypatch.setitem(sys.modules, "zarr", None)
    with pytest.raises(MissingPackage, match=re.escape("zarr is not installed: run `pip install 'symqb[sweep]'`")):
        symqb.sweep({"Delta": [1.0]}, fixed=but("Delta"))


def test_errors_survive_the_way_from_one_process_to_another():
    """Pickled and back: class, sentence and fields."""
    reason = DegenerateLevels(("Phi_3", "Phi_4"), "Phi_1", "L", (2, 3))
    for error in (reason, RefusedPoint({"J": 0.0}, reason), InvalidParameter("J", 1, "more"), MissingParameter("J")):
        found = pickle.loads(pickle.dumps(error))
        assert type(found) is type(error)
        assert str(found) == str(error)
        assert vars(found).keys() == vars(error).keys()
    assert issubclass(errors.RefusedPoint, errors.SymqbError)

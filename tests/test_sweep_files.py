"""Sweeps in files: the same numbers in each format, whole or not at all; Zarr resumes; clusters; bounded memory."""

import csv
import filecmp
import json
import re
import signal
import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from commands import run

import symqb
from symqb.errors import DifferentSweep, RefusedPoint

for package in ("xarray", "dask", "distributed", "zarr", "h5netcdf", "pandas"):
    pytest.importorskip(package, reason=f"sweeps need {package}, of the extra symqb[sweep], which is not installed")

import pandas as pd  # noqa: E402  # the module is skipped without it
import xarray as xr  # noqa: E402
from distributed import LocalCluster  # noqa: E402

from symqb.sweeps import grid, store  # noqa: E402
from symqb.sweeps.files import table  # noqa: E402
from symqb.sweeps.points import Points  # noqa: E402

FIXED = {"B0": 2.0, "J": 1.0, "T_R": 0.5, "epsilon": 1.0}
AXES = {"Delta": np.linspace(0, 1, 12), "T_L": np.linspace(1, 20, 10)}
OUTPUTS = ("ergotropy", "populations")
GIVEN = {"fixed": FIXED, "outputs": OUTPUTS}
CHUNKS = {"Delta": 4, "T_L": 3}  # 3 times 4 chunks, the last ones smaller
COMMAND = ["sweep", "--Delta", "0:1:12", "--T_L", "1:20:10", "--B0", "2", "--J", "1", "--T_R", "0.5", "--epsilon", "1"]


@pytest.fixture(scope="module")
def expected():
    """In memory, at once."""
    return symqb.sweep(AXES, **GIVEN)


@pytest.fixture
def blocks(monkeypatch):
    """The corners (Delta, T_L) of what is evaluated, in the order in which it is; the first is a single point."""
    found, whole = [], Points.__call__

    def watched(self, *arrays):
        found.append(tuple(float(array.flat[0]) for array in arrays))
        return whole(self, *arrays)

    monkeypatch.setattr(Points, "__call__", watched)
    return found


def read_csv(path):
    """The table as it was: every digit counts."""
    with path.open(newline="") as file:
        return pd.DataFrame(list(csv.DictReader(file))).astype(float).set_index(["Delta", "T_L"])


@pytest.mark.parametrize("chunks", [None, CHUNKS])
def test_every_format_has_the_same_numbers_and_labels(chunks, expected, tmp_path):
    """Bit for bit, attributes too; the folder is made, and nothing else is left in it."""
    folder = tmp_path / "new"
    for ending in ("zarr", "nc"):
        found = symqb.sweep(AXES, **GIVEN, to=folder / f"sweep.{ending}", chunks=chunks)
        xr.testing.assert_identical(found.compute(), expected)
        found.close()
    xr.testing.assert_identical(xr.open_zarr(folder / "sweep.zarr").compute()[[*OUTPUTS]], expected)
    found = symqb.sweep(AXES, **GIVEN, to=folder / "sweep.csv", chunks=chunks)
    xr.testing.assert_identical(found.compute(), expected)
    pd.testing.assert_frame_equal(read_csv(folder / "sweep.csv"), table(expected), check_exact=True)
    assert sorted(path.name for path in folder.iterdir()) == ["sweep.csv", "sweep.nc", "sweep.zarr"]


def test_a_long_table_is_written_part_by_part(expected, tmp_path, monkeypatch):
    """Rows in order, one heading, however few rows become text at a time."""
    monkeypatch.setattr("symqb.sweeps.files.ROWS", 1)
    symqb.sweep(AXES, **GIVEN, to=tmp_path / "sweep.csv", chunks={"Delta": 5, "T_L": 4})
    pd.testing.assert_frame_equal(read_csv(tmp_path / "sweep.csv"), table(expected), check_exact=True)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError])
def test_an_interrupted_sweep_computes_only_what_is_missing(interruption, workers, tmp_path, monkeypatch, blocks):
    """No finished chunk is computed again, and the store is, byte for byte, that of an uninterrupted sweep."""
    given = {**GIVEN, "chunks": CHUNKS, "workers": workers}
    symqb.sweep(AXES, **given, to=tmp_path / "whole.zarr")
    every = blocks[1:]
    assert len(every) == len(set(every)) == 12
    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", stopping(5, interruption))
        with pytest.raises(interruption):
            symqb.sweep(AXES, **given, to=tmp_path / "sweep.zarr")
    assert not (tmp_path / "sweep.zarr").exists()
    finished = {path.name for path in (tmp_path / "sweep.zarr.part" / "finished").iterdir()}
    assert 5 <= len(finished) < 12
    blocks.clear()
    symqb.sweep(AXES, **given, to=tmp_path / "sweep.zarr")
    places = {(AXES["Delta"][4 * i], AXES["T_L"][3 * j]): f"{i}.{j}" for i in range(3) for j in range(4)}
    assert sorted(places[corner] for corner in blocks[1:]) == sorted(set(places.values()) - finished)
    assert same_files(tmp_path / "sweep.zarr", tmp_path / "whole.zarr")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sweep.zarr", "whole.zarr"]
    blocks.clear()
    symqb.sweep(AXES, **given, to=tmp_path / "sweep.zarr")
    assert len(blocks) == 1  # all of it was there


def coupled(points, biases):
    """T_L and T_R over the mean temperature and the bias: coordinates with two dimensions."""
    T_M = xr.DataArray(np.linspace(1, 20, points), dims="T_M")
    bias = xr.DataArray(np.linspace(-1, 1, biases), dims="bias")
    return {"T_L": T_M * (1 + bias), "T_R": T_M * (1 - bias)}


@pytest.mark.parametrize(
    ("shape", "chunks"), [((50, 51), {"T_M": 10}), ((50, 51), None), ((201, 202), None), ((201, 202), {"bias": 30})]
)
def test_a_finished_coupled_sweep_is_opened_as_it_is(shape, chunks, tmp_path, blocks):
    """However the outputs' chunks divide the coordinates, and from sizes on at which Zarr divides by itself."""
    given = {"fixed": {**but("T_R"), "Delta": 0.5}, "outputs": "ergotropy"}
    path, axes = tmp_path / "sweep.zarr", coupled(*shape)
    symqb.sweep(axes, **given, to=path, chunks=chunks)
    before = contents(path)
    blocks.clear()
    found = symqb.sweep(axes, **given, to=path, chunks=chunks)
    assert len(blocks) == 1  # the point that every call evaluates
    assert contents(path) == before
    xr.testing.assert_identical(found.compute(), symqb.sweep(axes, **given))
    assert [x.chunks for x in (found.T_L, found.T_R)] == [tuple((n,) for n in shape)] * 2


def test_coordinates_beyond_what_the_compressor_takes_are_left_to_zarr(tmp_path, monkeypatch):
    """One chunk each would not be written; the sweep is written, and opened again, all the same."""
    monkeypatch.setattr(store, "LARGEST", 2**10)
    given = {"fixed": {**but("T_R"), "Delta": 0.5}, "outputs": "ergotropy", "to": tmp_path / "sweep.zarr"}
    axes = coupled(201, 202)
    assert symqb.sweep(axes, **given).T_L.chunks != ((201,), (202,))
    assert symqb.sweep(axes, **given).ergotropy.shape == (201, 202)


@pytest.mark.parametrize(("shape", "chunks"), [((50, 51), {"T_M": 10}), ((201, 202), {"T_M": 40, "bias": 101})])
def test_an_interrupted_coupled_sweep_goes_on(shape, chunks, tmp_path, monkeypatch, blocks):
    """Only the missing chunks are computed, and the store is, byte for byte, that of an uninterrupted sweep."""
    given = {"fixed": {**but("T_R"), "Delta": 0.5}, "outputs": OUTPUTS, "chunks": chunks, "workers": 1}
    axes = coupled(*shape)
    symqb.sweep(axes, **given, to=tmp_path / "whole.zarr")
    every = blocks[1:]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", stopping(3, KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            symqb.sweep(axes, **given, to=tmp_path / "sweep.zarr")
    kept = list((tmp_path / "sweep.zarr.part" / "finished").iterdir())
    assert 3 <= len(kept) < len(every)
    blocks.clear()
    symqb.sweep(axes, **given, to=tmp_path / "sweep.zarr")
    assert len(blocks[1:]) == len(every) - len(kept)
    assert same_files(tmp_path / "sweep.zarr", tmp_path / "whole.zarr")


def but(*names):
    """The fixed parameters without some of them."""
    return {name: value for name, value in FIXED.items() if name not in names}


def stopping(count, interruption):
    """In the place of Path.touch: raises what is given once ``count`` chunks are finished, or calls it."""
    written, touch = [], Path.touch

    def touched(path):
        touch(path)
        written.append(path.name)
        if len(written) == count:
            if isinstance(interruption, type):
                raise interruption
            interruption()

    return touched


def contents(folder):
    """Every file's bytes."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def same_files(first, second):
    """Whether two stores have the same files with the same bytes; the metadata are JSON, whose order may differ."""
    files = [{path.relative_to(top): path for path in top.rglob("*") if path.is_file()} for top in (first, second)]
    return files[0].keys() == files[1].keys() and all(
        json.loads(path.read_text()) == json.loads(files[1][name].read_text())
        if name.name.startswith(".z")
        else filecmp.cmp(path, files[1][name], shallow=False)
        for name, path in files[0].items()
    )


@pytest.mark.parametrize(
    ("axes", "changes", "differs"),
    [
        ({**AXES, "Delta": np.linspace(0, 1.5, 12)}, {}, ("Delta",)),
        (AXES, {"fixed": {**FIXED, "B0": 2.5}}, ("B0",)),
        (AXES, {"fixed": {**FIXED, "T_eq": 1}}, ("T_eq",)),
        (AXES, {"outputs": ("ergotropy",)}, ("level", "output populations")),
        (AXES, {"outputs": (*OUTPUTS, "exergy")}, ("output exergy",)),
        (AXES, {"chunks": {"Delta": 3}}, ("chunks",)),
        (dict(reversed(AXES.items())), {}, ("order of dimensions",)),
        (AXES, {"collective": False}, ("battery", "program_sha256")),
    ],
)
@pytest.mark.parametrize("complete", [True, False])
def test_another_sweep_at_the_same_place_is_refused(axes, changes, differs, complete, tmp_path, monkeypatch):
    """What differs is named, whether the other sweep is complete or not, and it stays as it is."""
    path, given = tmp_path / "sweep.zarr", {**GIVEN, "chunks": CHUNKS}
    with monkeypatch.context() as patch:
        if not complete:
            patch.setattr(store, "write_chunk", interrupt)
        try:
            symqb.sweep(AXES, **given, to=path)
        except KeyboardInterrupt:
            assert not complete
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DifferentSweep, match="holds another sweep, which differs in") as caught:
        symqb.sweep(axes, **{**given, **changes}, to=path)
    assert caught.value.differences == differs
    assert Path(caught.value.path) == (path if complete else tmp_path / "sweep.zarr.part")
    assert sorted(tmp_path.rglob("*")) == before


def interrupt(*_):
    """In the place of a chunk."""
    raise KeyboardInterrupt


def test_what_is_no_store_is_not_overwritten(tmp_path):
    """A folder of somebody's at the path."""
    (tmp_path / "sweep.zarr").mkdir()
    (tmp_path / "sweep.zarr" / "notes.txt").write_text("mine")
    with pytest.raises(DifferentSweep, match="no Zarr store"):
        symqb.sweep(AXES, **GIVEN, to=tmp_path / "sweep.zarr")
    assert (tmp_path / "sweep.zarr" / "notes.txt").read_text() == "mine"


def test_an_error_beyond_opening_is_not_taken_for_a_missing_store(tmp_path, monkeypatch):
    """What goes wrong while two sweeps are compared is raised as it is: nobody is told to delete a good store."""
    symqb.sweep(AXES, **GIVEN, to=tmp_path / "sweep.zarr")

    def failing(*_):
        raise ValueError("of another kind")

    monkeypatch.setattr(store, "differences", failing)
    with pytest.raises(ValueError, match="of another kind") as caught:
        symqb.sweep(AXES, **GIVEN, to=tmp_path / "sweep.zarr")
    assert not isinstance(caught.value, DifferentSweep)


@pytest.mark.parametrize("ending", ["nc", "csv"])
def test_a_file_is_replaced_as_a_whole_or_not_at_all(ending, tmp_path):
    """An error in a late chunk leaves what was there before, and no temporary file."""
    path = tmp_path / f"sweep.{ending}"
    path.write_text("before")
    axes = {"T_L": [1.0, 2.0, 3.0, 0.0], "T_R": [1.0, 0.0]}
    with pytest.raises(RefusedPoint, match=r"^at T_L = 0\.0, T_R = 0\.0: "):
        symqb.sweep(axes, fixed={**FIXED, "T_R": None, "Delta": 0.5}, to=path, chunks={"T_L": 1})
    assert [(path.name, path.read_text())] == [(found.name, found.read_text()) for found in tmp_path.iterdir()]
    symqb.sweep(AXES, **GIVEN, to=path).close()
    assert path.stat().st_size > 1000


def test_memory_is_bounded_by_chunks_not_by_the_grid(tmp_path, monkeypatch):
    """Two chunks at a time: the peak is a small part of what is written, which is never in memory as a whole."""
    monkeypatch.setattr(grid, "WORK", 2**18)  # 16384 points, 128 KiB
    axes = {"Delta": np.linspace(0, 1, 1000), "T_L": np.linspace(1, 20, 1000)}
    given = {"fixed": FIXED, "outputs": "ergotropy", "workers": 2}
    symqb.sweep({**axes, "Delta": axes["Delta"][:100]}, **given, to=tmp_path / "small.zarr")  # imports, compiles
    tracemalloc.start()
    try:
        sweep = symqb.sweep(axes, **given, to=tmp_path / "sweep.zarr")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sweep.ergotropy.nbytes == 8_000_000
    assert peak < sweep.ergotropy.nbytes / 2


def test_a_sweep_that_a_refused_point_stopped_goes_on_when_told_to_leave_it_out(tmp_path, blocks):
    """What was finished has no such point: only the rest is computed, with NaN where J = 0."""
    axes, fixed = {"J": np.linspace(-1, 1, 5), "T_L": [1.0, 2.0]}, {**FIXED, "J": None, "Delta": 0.5}
    given = {"fixed": fixed, "outputs": "ergotropy", "to": tmp_path / "sweep.zarr", "chunks": {"J": 1}, "workers": 1}
    with pytest.raises(RefusedPoint, match=r"^at J = 0\.0"):
        symqb.sweep(axes, **given)
    finished = {float(axes["J"][int(path.name[0])]) for path in (tmp_path / "sweep.zarr.part" / "finished").iterdir()}
    blocks.clear()
    sweep = symqb.sweep(axes, **given, refused="nan")
    assert {J for J, _ in blocks[1:]} == set(axes["J"].tolist()) - finished
    xr.testing.assert_identical(sweep.compute(), symqb.sweep(axes, fixed=fixed, outputs="ergotropy", refused="nan"))


@pytest.fixture(scope="module")
def cluster():
    """An existing cluster: two threads of this process, reached by its address like any other."""
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": ":0"}
    with LocalCluster(**options, protocol="tcp", host="127.0.0.1") as running:
        yield running.scheduler_address


@pytest.mark.parametrize("ending", ["zarr", "nc", "csv", ""])
def test_a_cluster_given_by_address_gives_the_same_numbers(ending, cluster, expected, tmp_path, blocks):
    """Each format, and in memory; chunks are computed there, one by one."""
    path = tmp_path / f"sweep.{ending}" if ending else None
    found = symqb.sweep(AXES, **GIVEN, to=path, cluster=cluster, chunks=CHUNKS)
    assert len(blocks) == 13
    xr.testing.assert_identical(found.compute(), expected)
    found.close()
    if ending == "csv":
        pd.testing.assert_frame_equal(read_csv(path), table(expected), check_exact=True)


def test_an_error_comes_back_from_a_cluster(cluster, tmp_path):
    """The named error with its fields."""
    axes = {"J": np.linspace(-1, 1, 5), "Delta": [0.5]}
    with pytest.raises(RefusedPoint, match="levels Phi_3 and Phi_4") as caught:
        symqb.sweep(axes, fixed={**FIXED, "J": None, "T_L": 2}, to=tmp_path / "a.zarr", cluster=cluster, chunks=1)
    assert caught.value.point == {"J": 0.0, "Delta": 0.5}


def test_the_command_writes_what_the_function_does(expected, tmp_path):
    """The suffix decides; --json says what was written; a bar or not, standard output is the summary."""
    for ending in ("zarr", "nc", "csv"):
        path = tmp_path / f"sweep.{ending}"
        options = ["--outputs", "ergotropy,populations", "--to", str(path), "--workers", "2"]
        done = run(*COMMAND, *options, "--chunk", "Delta=4,T_L=3", "--json")
        assert done.returncode == 0, done.stderr
        content = json.loads(done.stdout)
        assert content["dimensions"] == {"Delta": 12, "T_L": 10, "level": 4}
        assert content["fixed"] == {**FIXED, "kappa_L": 1, "kappa_R": 1}
        assert content["outputs"] == list(OUTPUTS)
        assert content["to"] == str(path)
    xr.testing.assert_identical(xr.open_zarr(tmp_path / "sweep.zarr").compute()[[*OUTPUTS]], expected)
    pd.testing.assert_frame_equal(read_csv(tmp_path / "sweep.csv"), table(expected), check_exact=True)
    done = run(*COMMAND, "--to", str(tmp_path / "all.nc"), "--no-collective", "--refused", "nan")
    assert re.search(r"^battery +XXZ chain of 2 qubits, without collective dissipation$", done.stdout, re.MULTILINE)
    with xr.open_dataset(tmp_path / "all.nc") as written:
        assert list(written.data_vars) == list(symqb.evaluator(2).outputs)
    done = run(*COMMAND, "--outputs", "ergotropy", "--to", str(tmp_path / "sweep.zarr"))
    assert done.returncode == 2
    assert "holds another sweep, which differs in level, output populations" in done.stderr


def test_the_command_says_what_an_interrupt_leaves(expected, tmp_path, monkeypatch):
    """SIGINT: exit status 130, one line on standard error; the same command computes the rest."""
    options = ["--outputs", "ergotropy,populations", "--to", "sweep.zarr", "--chunk", "Delta=4,T_L=3", "--workers", "1"]
    with monkeypatch.context() as patch:
        main_thread = threading.main_thread().ident
        patch.setattr(Path, "touch", stopping(5, lambda: signal.pthread_kill(main_thread, signal.SIGINT)))
        done = run(*COMMAND, *options, cwd=tmp_path)
    kept = len(list((tmp_path / "sweep.zarr.part" / "finished").iterdir()))
    assert 5 <= kept < 12
    line = f"symqb: interrupted; {kept} of 12 chunks are kept in sweep.zarr.part, the same command goes on\n"
    assert (done.returncode, done.stdout, done.stderr) == (130, "", line)
    done = run(*COMMAND, *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    xr.testing.assert_identical(xr.open_zarr(tmp_path / "sweep.zarr").compute()[[*OUTPUTS]], expected)


@pytest.mark.parametrize("ending", ["nc", "csv"])
def test_an_interrupt_of_what_keeps_no_chunks_says_nothing_of_chunks(ending, tmp_path, monkeypatch):
    """A NetCDF or CSV file starts anew: exit status 130, and nothing is left."""
    monkeypatch.setattr(Points, "__call__", interrupt)
    done = run(*COMMAND, "--to", f"sweep.{ending}", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert not any(tmp_path.iterdir())


def test_the_example_of_help_works(tmp_path):
    """As it stands there, in an empty folder."""
    text = re.sub(r"[│\s]+", " ", run("sweep", "--help").stdout)
    example = re.search(r"Example: symqb (sweep .*? --to \S+)", text)[1]
    done = run(*example.split(), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sweep.zarr").is_dir()


@pytest.mark.parametrize("to", ["sweep.zarr", "sweep.nc", "sweep.csv"])
@pytest.mark.parametrize("here", [True, False])
def test_progress_is_shown_on_standard_error_up_to_the_end(here, to, cluster, tmp_path, capsys):
    """A bar on request, that reaches 100%, here and on a cluster; nothing on standard output, nothing unasked."""
    place = {"workers": 2} if here else {"cluster": cluster}
    for shown in (False, True):
        symqb.sweep(AXES, **GIVEN, **place, chunks=CHUNKS, to=tmp_path / f"{shown}-{to}", progress=shown).close()
        out, err = capsys.readouterr()
        assert out == ""
        assert ("100%" in err) == shown


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["--to", "sweep.txt"], "ending of the path = .txt: allowed are .nc, .zarr, .csv"),
        (["--Delta", "0:1"], "Delta = 0:1: allowed is a number, or LOW:HIGH:POINTS with an integer of at least 2"),
        (["--Delta", "0:1:1"], "LOW:HIGH:POINTS with an integer of at least 2 points"),
        (["--Delta", "1:0:5"], "Delta = 1.0 to 0.0: allowed is a range of two numbers, the lower one first"),
        (["--T_L", "-1:1:3"], "T_L[0] = -1.0: allowed is exactly 0"),
        (["--J", "-1:1:3"], "J = 0.0, Delta = 0.0, T_L = 1.0: levels Phi_3 and Phi_4 are degenerate"),
        (["--J", "-1:1:3"], 'refused="nan" (--refused nan) leaves NaN at such points'),
        (["--chunk", "Delta:3"], "--chunk = 'Delta:3': allowed is NAME=POINTS"),
        (["--outputs", "ergotropi"], "did you mean ergotropy?"),
        (["--cluster", "nowhere"], "cluster = nowhere: no scheduler could be reached: missing port"),
    ],
)
def test_the_command_refuses_in_one_sentence_with_status_2(change, message, tmp_path):
    """No traceback, nothing on standard output, nothing written."""
    done = run(*COMMAND, "--to", "sweep.csv", *change, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in re.sub(r"\s+", " ", done.stderr)
    assert not any(tmp_path.iterdir())

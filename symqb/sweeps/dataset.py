"""symqb.sweep: outputs over a grid of parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symqb.errors import InvalidParameter, UnknownChoice
from symqb.optional import require

if TYPE_CHECKING:
    import xarray as xr

    from symqb.model import Model
    from symqb.sweeps.plan import Plan
    from symqb.sweeps.scheduling import Scheduler

PACKAGES = ("xarray", "dask", "distributed", "zarr", "h5netcdf", "h5py", "pandas")
FORMATS = (".nc", ".zarr", ".csv")
REFUSED = ("raise", "nan")


class SweepInterrupted(KeyboardInterrupt):
    """Ctrl-C while a .zarr was written. Fields: ``part`` (the folder), ``kept`` (chunks in it), ``chunks`` (of all)."""

    def __init__(self, part: Path, kept: int, chunks: int):
        self.part, self.kept, self.chunks = part, kept, chunks
        super().__init__(f"{kept} of {chunks} chunks are kept in {part}")


def sweep(
    values: Mapping[str, Any],
    *,
    fixed: Mapping[str, Any] | None = None,
    outputs: Sequence[str] | str | None = None,
    qubits: int | Model = 2,
    collective: bool = True,
    backend: str | None = None,
    to: str | Path | None = None,
    chunks: Any = None,
    workers: int | None = None,
    cluster: str | None = None,
    refused: str = "raise",
    progress: bool = False,
) -> xr.Dataset:
    """Evaluate outputs over a grid of parameters.

    values: an array for each parameter that varies, which becomes a dimension; parameters that vary together are
    xarray.DataArrays over the dimensions that they have in common, such as T_L = T_M + DT/2 over T_M and DT. fixed:
    numbers for the others. outputs, qubits, collective, backend: as in ``symqb.evaluator``, for float64.

    Returns a Dataset with the parameters as coordinates (those fixed as scalars), the outputs as variables, a dimension
    ``level`` where they have one entry a level, units and long names, and where the numbers come from. It is in memory;
    with ``chunks`` ("auto", points by dimension, or one number for all) and neither a file nor a cluster it is lazy:
    dask computes chunks as they are used, so that a grid may be larger than memory. Its ``to_dataframe()`` is a pandas
    DataFrame; ``symqb.sweeps.files.table`` makes one with a row a point.

    to: a path that ends in .nc, .zarr or .csv. It is written chunk by chunk under a temporary name, moved into place
    and opened lazily (a .csv has no labels: what is returned computes anew). A .zarr that was interrupted, or stopped
    by an error, keeps its finished chunks (in NAME.zarr.part): the same call computes the others. An existing .zarr
    with the same sweep is opened as it is; other files are replaced.
    workers: threads, all cores by default. cluster: address of a dask.distributed scheduler instead, such as
    "tcp://host:8786"; its workers write a .zarr themselves, so they must share the path. progress: a bar on standard
    error.

    refused: "raise" stops at the first point that the evaluator refuses (both baths at T = 0, harmful degeneracy, ...)
    with ``RefusedPoint``; "nan" leaves NaN there. Raises ``MissingPackage`` without the extra ``symqb[sweep]``,
    ``NoCluster``, ``DifferentSweep`` where the path has a .zarr of other parameters, outputs, chunks, or version, and
    ``UnknownChoice``, ``UnknownParameter``, ``MissingParameter`` and ``InvalidParameter``; Ctrl-C while a .zarr is
    written is a ``SweepInterrupted``, a KeyboardInterrupt that says how many chunks are kept.
    """
    require("sweep", *PACKAGES)
    from symqb.sweeps.scheduling import Scheduler, progress_bar

    path = _checked(to, workers, cluster, refused)
    plan = _plan(values, fixed or {}, outputs, qubits, collective, backend, chunks or "auto", refused)
    if path is None and cluster is None and (chunks is not None or plan.fits):
        return plan.dataset(lazy=chunks is not None)
    with progress_bar(progress) as advance:
        scheduler = Scheduler(workers, cluster, advance)
        if path is None:
            found: xr.Dataset = scheduler.compute(plan.dataset(lazy=True))
            return found
        return _written(plan, path, scheduler)


def _checked(to: str | Path | None, workers: Any, cluster: str | None, refused: str) -> Path | None:
    path = None if to is None else Path(to).absolute()
    if path is not None and path.suffix not in FORMATS:
        raise UnknownChoice("ending of the path", path.suffix or repr(path.name), FORMATS)
    if refused not in REFUSED:
        raise UnknownChoice("refused", refused, REFUSED)
    if workers is not None and (cluster is not None or not isinstance(workers, Integral) or workers < 1):
        raise InvalidParameter("workers", workers, "an integer, at least 1, and none with a cluster, which has its own")
    return path


def _plan(
    values: Mapping[str, Any],
    fixed: Mapping[str, Any],
    outputs: Sequence[str] | str | None,
    qubits: int | Model,
    collective: bool,
    backend: str | None,
    chunks: Any,
    refused: str,
) -> Plan:
    """The plan, of which one point has been evaluated: what is wrong everywhere is said before anything is written."""
    from symqb.evaluators import FLOAT64, evaluator
    from symqb.sweeps.grid import Grid
    from symqb.sweeps.labels import of_sweep
    from symqb.sweeps.plan import Plan
    from symqb.sweeps.points import Points

    if backend is not None and backend not in FLOAT64:
        raise UnknownChoice("backend", backend, FLOAT64)
    evaluate = evaluator(qubits, backend, outputs=outputs, collective=collective)
    grid = Grid.of(values, fixed, evaluate)
    points = Points(evaluate, evaluate.outputs, grid.varying, grid.fixed, refused == "nan")
    levels = len(evaluate.levels)
    plan = Plan(grid, points, grid.chunks(chunks, levels), of_sweep(evaluate, _battery(qubits, collective)))
    plan.at({dim: slice(1) for dim in grid.sizes})
    return plan


def _battery(qubits: Any, collective: bool) -> str:
    if isinstance(qubits, Integral):
        return f"XXZ chain of {qubits} qubits, {'with' if collective else 'without'} collective dissipation"
    return f"{qubits.name}: {qubits.title}"


def _written(plan: Plan, path: Path, scheduler: Scheduler) -> xr.Dataset:
    import xarray as xr

    from symqb.sweeps.files import write_csv, write_netcdf
    from symqb.sweeps.store import write_zarr

    {".nc": write_netcdf, ".zarr": write_zarr, ".csv": write_csv}[path.suffix](plan, path, scheduler)
    if path.suffix == ".csv":
        return plan.dataset(lazy=True)
    opened = xr.open_zarr(path) if path.suffix == ".zarr" else xr.open_dataset(path, engine="h5netcdf", chunks={})
    return opened[list(plan.points.outputs)]  # Zarr lists them by name

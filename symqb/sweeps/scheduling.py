"""Where chunks are computed: on threads of this machine, or on a dask.distributed cluster.

Threads: Numba, C and NumPy let go of Python's lock, and nothing has to be copied from process to process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from os import cpu_count
from typing import TYPE_CHECKING, Any

import dask
from dask.callbacks import Callback

from symqb.errors import NoCluster

if TYPE_CHECKING:
    from distributed import Client

#: Called with the share of all work that has been done since the last call.
Advance = Callable[[float], None]


@dataclass(frozen=True)
class Scheduler:
    """``workers`` threads of this machine, all cores by default; or the cluster at an address."""

    workers: int | None
    cluster: str | None
    advance: Advance

    def compute(self, collection: Any, share: float = 1.0) -> Any:
        """A dask collection, computed, the bar moving on by ``share``. What a chunk raises is raised at once."""
        if self.cluster is None:
            # A pool of its own: when this is left, interrupted or not, no thread writes any more.
            with ThreadPoolExecutor(self.workers or cpu_count()) as pool, _Counting(self.advance, share):
                (found,) = dask.compute(collection, scheduler="threads", pool=pool)
            return found
        from distributed import as_completed, futures_of  # a fifth of all imports, for clusters only

        with connect(self.cluster) as client:
            started = client.persist(collection)
            futures = futures_of(started, client)
            for future in as_completed(futures, loop=client.loop):
                if future.status == "error":
                    future.result()
                self.advance(share / len(futures))
            return client.compute(started, sync=True)


def connect(address: str) -> Client:
    """A client that is nobody's default. Raises ``NoCluster``."""
    from distributed import Client
    from distributed.comm import get_address_host_port

    try:
        if not address.startswith("inproc://"):  # all others have a port; a client without one would not end
            get_address_host_port(address)
        return Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(address, str(error)) from error


class _Counting(Callback):  # type: ignore[misc]
    """Advances with each task of a local computation."""

    def __init__(self, advance: Advance, share: float):
        self.move, self.share, self.tasks = advance, share, 1
        super().__init__(start_state=self._begin, posttask=self._done)

    def _begin(self, graph: Any, state: dict[str, Sequence[Any]]) -> None:
        self.tasks = sum(len(state[kind]) for kind in ("ready", "waiting", "running")) or 1

    def _done(self, key: Any, value: Any, graph: Any, state: Any, thread: Any) -> None:
        self.move(self.share / self.tasks)


@contextmanager
def progress_bar(shown: bool) -> Iterator[Advance]:
    """What a scheduler advances: a bar on standard error, or nothing."""
    if not shown:
        yield lambda share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("sweep", total=1.0)
        yield lambda share: progress.advance(task, share)

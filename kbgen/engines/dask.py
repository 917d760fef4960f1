"""The Dask engine: workers of a Dask cluster, on this machine or on others."""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from kbgen import __version__
from kbgen.engines.interface import P, R
from kbgen.errors import KbgenError, MissingPartError

if TYPE_CHECKING:
    from distributed import Client, Future

ANSWER = 10
"""Seconds in which the scheduler must answer, and have a worker."""
LOOK = 15
"""Seconds of waiting for a result, after which one looks whether there is any worker left."""
AHEAD = 2
"""Parts under way for each thread of the cluster."""


class DaskEngine:
    """Gives parts to the workers of a Dask scheduler; a part is kept here until its result is, so none can be lost."""

    def __init__(self, address: str, *, answer: float = ANSWER, look: float = LOOK) -> None:
        """Connect to the scheduler at an address such as `tcp://10.0.0.5:8786`; raises a `KbgenError`."""
        self.address = address
        self._answer, self._look = answer, look
        self._client = self._connected()

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R]:
        """The results in the order of the parts; Dask gives a part whose worker was lost to another one."""
        waiting: deque[Future[Any]] = deque()
        rest = iter(parts)
        try:
            while True:
                ahead = AHEAD * max(1, sum(self._client.nthreads().values()))
                for part in islice(rest, max(0, ahead - len(waiting))):
                    waiting.append(self._client.submit(function, part, pure=False))
                if not waiting:
                    return
                yield self._result(waiting[0])
                waiting.popleft()
        finally:
            for future in waiting:
                future.cancel()

    def _result(self, future: Future[Any]) -> Any:  # noqa: ANN401 - Dask does not say
        from distributed import KilledWorker, wait  # noqa: PLC0415 - an extra

        while True:
            try:
                with self._client.as_current():
                    wait([future], timeout=self._look)
                break
            except TimeoutError as error:
                if not self._client.nthreads():
                    raise self._idle() from error
        try:
            return future.result()
        except KilledWorker as error:
            raise KbgenError(
                f"workers of the Dask cluster at '{self.address}' died again and again over one part of the work",
                hint="most often their memory ran out: give each worker more, then run the command again",
            ) from error

    def _connected(self) -> Client:
        try:
            from distributed import Client  # noqa: PLC0415 - an extra
            from distributed.comm.addressing import get_address_host_port  # noqa: PLC0415 - an extra
        except ModuleNotFoundError as error:
            raise MissingPartError(
                f"a Dask cluster needs the extra 'dask' ({error.name} is not installed)",
                hint="pip install 'kbgen[dask]'",
            ) from error
        try:
            # Nobody there is found out without Dask: a client that cannot connect may block the next one for ever.
            with socket.create_connection(get_address_host_port(self.address), timeout=self._answer):
                pass
            client = Client(self.address, timeout=self._answer, set_as_default=False)
        except (OSError, ValueError, AssertionError) as error:  # Dask asserts that an address has a host
            raise KbgenError(
                f"no Dask scheduler answers at '{self.address}'",
                hint="see its address in what 'dask scheduler' printed, for example tcp://127.0.0.1:8786",
            ) from error
        try:
            self._check(client)
        except BaseException:
            client.close()
            raise
        return client

    def _check(self, client: Client) -> None:
        """Refuse a cluster that has no worker, or one that would run other code than this."""
        try:
            client.wait_for_workers(1, timeout=self._answer)
        except TimeoutError as error:
            raise self._idle() from error
        try:
            versions = set(client.run(version).values())
        except ModuleNotFoundError as error:
            raise _other("none", self.address) from error
        if versions != {__version__}:
            raise _other(", ".join(sorted(versions)), self.address)

    def _idle(self) -> KbgenError:
        return KbgenError(
            f"the Dask cluster at '{self.address}' has no worker",
            hint=f"start one on each machine: dask worker {self.address}",
        )

    def __enter__(self) -> Self:
        """The connection is made already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster; it stays up."""
        self._client.close()


def version() -> str:
    """The version of kbgen where this runs."""
    return __version__


def _other(found: str, address: str) -> KbgenError:
    return KbgenError(
        f"the workers at '{address}' have another kbgen ({found}) than this machine ({__version__})",
        hint=f"install the same on each worker: pip install 'kbgen[topics,dask]=={__version__}'",
    )

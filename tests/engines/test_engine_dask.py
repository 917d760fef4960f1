"""Facts about the Dask engine, with a real cluster of several processes on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_tasks import die_at_five, process_of, refused, square, square_or_die_once

from kbgen.engines.choice import engine_at
from kbgen.engines.dask import DaskEngine
from kbgen.engines.pool import PoolEngine
from kbgen.engines.serial import SerialEngine
from kbgen.errors import KbgenError, MissingPartError
from kbgen.tickets.door import Door
from kbgen.tickets.intake import Intake
from kbgen.tickets.ticket import RawTicket
from kbgen.topics import rounds
from kbgen.topics.embedding.minilm import MiniLM
from kbgen.topics.embedding.spread import SpreadEmbedding
from kbgen.topics.mining import MiningSettings

if TYPE_CHECKING:
    from distributed import LocalCluster

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # Dask leaves sockets to the garbage collector
)
WITHOUT_DASK = """
import sys
sys.modules['distributed'] = None
from kbgen.engines.choice import engine_at
from kbgen.errors import MissingPartError
try:
    engine_at('tcp://127.0.0.1:1')
except MissingPartError as error:
    print(error, error.exit_code)
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Three workers, each a process of its own, which is started again when it dies."""
    distributed = pytest.importorskip("distributed", reason="the extra 'dask' is not installed")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture
def engine(cluster: LocalCluster) -> Iterator[DaskEngine]:
    with DaskEngine(cluster.scheduler_address) as engine:
        yield engine


@pytest.mark.slow
def test_cluster_keeps_order_and_loses_nothing(engine: DaskEngine) -> None:
    """The results stand in the order of the parts, and several processes made them."""
    assert list(engine.map(square, range(200))) == [n * n for n in range(200)]
    assert len(set(engine.map(process_of, range(60)))) == 3


@pytest.mark.slow
def test_part_of_a_lost_worker_is_done_again(engine: DaskEngine, tmp_path: Path) -> None:
    """A worker that is killed midway costs no result."""
    found = list(engine.map(square_or_die_once, [(str(tmp_path), n) for n in range(40)]))
    assert (tmp_path / "died").exists()
    assert found == [n * n for n in range(40)]


@pytest.mark.slow
def test_part_that_kills_each_worker_is_an_error(engine: DaskEngine) -> None:
    """A part over which workers die again and again ends the work, and the message says what to do."""
    with pytest.raises(KbgenError, match=r"(?s)died again and again.*memory"):
        list(engine.map(die_at_five, [1, 2, 3, 5]))


@pytest.mark.slow
def test_error_on_a_worker_arrives_whole(engine: DaskEngine) -> None:
    """What a function raises on a worker is raised here, with place and hint."""
    with pytest.raises(KbgenError, match=r"(?s)numbers.csv:7: seven is refused.*take another"):
        list(engine.map(refused, range(30)))


@pytest.mark.slow
def test_tickets_come_in_alike_on_each_engine(engine: DaskEngine) -> None:
    """Tickets pass the door with the same bytes in one process, in several, and on a cluster."""
    door = Door(b"key of this machine")
    raws = [
        RawTicket(id=f"T-{n}", subject="", text=f"Mail a{n}@b.example about step {n}", requester=f"p{n % 9}")
        for n in range(4000)
    ]
    alone = list(Intake(raws, door).tickets(SerialEngine()))
    with PoolEngine(2) as pool:
        assert list(Intake(raws, door).tickets(pool)) == alone
    assert list(Intake(raws, door).tickets(engine)) == alone
    assert "[email]" in alone[0].text


@pytest.mark.slow
def test_topics_are_alike_on_each_engine(engine: DaskEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups and agreement are equal, byte for byte, in one process, in several, and on a cluster."""
    monkeypatch.setattr(rounds, "SAMPLE", 2000)
    monkeypatch.setattr(rounds, "WORTH", 0)
    monkeypatch.setattr(rounds, "BLOCK", 500)
    random = np.random.default_rng(5)
    middles = random.normal(size=(60, 64))
    rows = np.repeat(middles, 150, axis=0) + 0.6 * random.normal(size=(9000, 64))
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    alone = rounds.mine_rounds(vectors, MiningSettings(), SerialEngine())
    with PoolEngine(2) as pool:
        found = [rounds.mine_rounds(vectors, MiningSettings(), each) for each in (pool, engine)]
    for each in found:
        assert each.groups.tobytes() == alone.groups.tobytes()
        assert each.agreement.tobytes() == alone.agreement.tobytes()
    assert alone.groups.max() > 10


@pytest.mark.slow
def test_vectors_are_alike_on_each_engine(engine: DaskEngine) -> None:
    """The real model gives the same bytes in one process and on a cluster."""
    texts = [f"How do I export report {n} of the {n % 7} accounts?" for n in range(2100)]
    alone = SpreadEmbedding(MiniLM, SerialEngine()).embed(texts)
    assert SpreadEmbedding(MiniLM, engine).embed(texts).tobytes() == alone.tobytes()
    assert alone.shape == (2100, 384)


@pytest.mark.slow
def test_scheduler_without_workers_is_an_error() -> None:
    """A cluster that has no worker is refused within seconds, with the command that starts one."""
    distributed = pytest.importorskip("distributed", reason="the extra 'dask' is not installed")
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty,
        pytest.raises(KbgenError, match=r"(?s)has no worker.*dask worker tcp"),
    ):
        DaskEngine(empty.scheduler_address, answer=1)


@pytest.mark.slow
def test_workers_that_all_go_are_an_error() -> None:
    """When the last worker goes and none comes, the work ends with a message, not never."""
    distributed = pytest.importorskip("distributed", reason="the extra 'dask' is not installed")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
        ) as lonely,
        DaskEngine(lonely.scheduler_address, look=1) as engine,
    ):
        found = engine.map(process_of, range(1000))
        next(found)
        lonely.scale(0)
        with pytest.raises(KbgenError, match="has no worker"):
            list(found)


def test_address_without_answer_is_an_error() -> None:
    """An address where nobody answers is an error within seconds, and the message shows what one looks like."""
    pytest.importorskip("distributed", reason="the extra 'dask' is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    start = time.monotonic()
    with pytest.raises(KbgenError, match=r"(?s)no Dask scheduler answers at.*tcp://127\.0\.0\.1:8786"):
        DaskEngine(address, answer=1)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("address", ["nonsense://x:1", "::::", "tcp://", "a b"])
def test_address_that_is_none_is_an_error(address: str) -> None:
    """What is no address is refused without a traceback."""
    pytest.importorskip("distributed", reason="the extra 'dask' is not installed")
    with pytest.raises(KbgenError, match="no Dask scheduler answers"):
        DaskEngine(address, answer=1)


def test_missing_dask_names_the_extra() -> None:
    """Where Dask is not installed, the message names the command that installs it."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_DASK], capture_output=True, text=True, check=True)
    assert "pip install 'kbgen[dask]'" in done.stdout
    assert done.stdout.strip().endswith(str(MissingPartError.exit_code))


def test_empty_address_needs_no_dask() -> None:
    """Without an address the pool is taken, whether Dask is installed or not."""
    assert isinstance(engine_at(""), PoolEngine)

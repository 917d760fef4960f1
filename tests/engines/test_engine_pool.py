"""Facts about the pool: work in several processes gives what work in one gives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from engine_tasks import die_at_five, process_of, refused, square, square_or_die_once
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.engines.interface import portions
from kbgen.engines.pool import AHEAD, FEW, PoolEngine
from kbgen.engines.serial import SerialEngine
from kbgen.errors import KbgenError


@pytest.fixture(scope="module")
def pool() -> Iterator[PoolEngine]:
    """A pool of two processes that have begun."""
    with PoolEngine(2) as engine:
        assert list(engine.map(square, range(FEW + 1)))
        yield engine


@settings(max_examples=30)
@given(st.lists(st.integers(-(10**6), 10**6), max_size=60))
def test_pool_keeps_order_and_loses_nothing(pool: PoolEngine, numbers: list[int]) -> None:
    """Whatever the parts, the results stand in their order, one for each, as the serial engine gives them."""
    with SerialEngine() as serial:
        assert list(pool.map(square, numbers)) == list(serial.map(square, numbers)) == [n * n for n in numbers]


@given(st.lists(st.integers(), max_size=50), st.integers(1, 12))
def test_portions_are_the_items(items: list[int], size: int) -> None:
    """Portions hold all items in order; none is empty and all but the last are full."""
    found = list(portions(iter(items), size))
    assert [item for portion in found for item in portion] == items
    assert all(len(portion) == size for portion in found[:-1])
    assert all(found)


def test_other_processes_do_the_work(pool: PoolEngine) -> None:
    """Parts run in two processes, neither of which is this one."""
    found = set(pool.map(process_of, range(20)))
    assert os.getpid() not in found
    assert len(found) == 2


def test_few_parts_start_no_process() -> None:
    """For a few parts no process is started: they are done sooner here."""
    with PoolEngine(2) as engine:
        assert set(engine.map(process_of, range(FEW))) == {os.getpid()}
        assert engine._pool is None


def test_single_core_starts_no_process() -> None:
    """On a single core the work is done in this process, however much there is."""
    with PoolEngine(1) as engine:
        assert set(engine.map(process_of, range(FEW * 3))) == {os.getpid()}


def test_parts_are_read_only_as_far_as_needed(pool: PoolEngine) -> None:
    """Of endless parts only a few more are read than there are results taken."""
    read = []
    endless = (read.append(n) or n for n in count())
    assert list(islice(pool.map(square, endless), 10)) == [n * n for n in range(10)]
    assert len(read) <= 10 + 2 * AHEAD


def test_error_of_a_part_arrives_whole(pool: PoolEngine) -> None:
    """What a function raises in another process is raised here, with place and hint; the pool goes on."""
    with pytest.raises(KbgenError) as caught:
        list(pool.map(refused, range(30)))
    assert str(caught.value) == "numbers.csv:7: seven is refused\n  hint: take another"
    assert list(pool.map(square, range(6))) == [0, 1, 4, 9, 16, 25]


def test_part_of_a_killed_process_is_done_again(tmp_path: Path) -> None:
    """A process that is killed midway costs no result."""
    with PoolEngine(2) as engine:
        found = list(engine.map(square_or_die_once, [(str(tmp_path), n) for n in (1, 2, 3, 4, 6, 7, 5, 8, 9, 10)]))
    assert (tmp_path / "died").exists()
    assert found == [1, 4, 9, 16, 36, 49, 25, 64, 81, 100]


def test_part_that_kills_each_process_is_an_error() -> None:
    """A part over which processes die again and again ends the work, and the message says what to do."""
    with PoolEngine(2) as engine, pytest.raises(KbgenError, match=r"(?s)was ended, twice.*memory ran out"):
        list(engine.map(die_at_five, [0, 1, 2, 3, 4, 6, 5, 8]))


def test_processes_end_with_the_context() -> None:
    """After the context no process of the pool is left."""
    with PoolEngine(2) as engine:
        found = set(engine.map(process_of, range(10)))
    for process in found:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)

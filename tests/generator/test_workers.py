"""Workers: the same work on all cores, with results in the order of the tasks."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from centres import Centre, article, tree
from rebuilding import built, edit

from kbgen.generator.pages import MANY
from kbgen.generator.workers import Workers, cores


def _doubled(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


def _who(_: list[int]) -> int:
    return os.getpid()


def _failing(numbers: list[int]) -> None:
    raise ValueError(str(numbers))


def test_cores() -> None:
    """There is at least one core."""
    assert cores() >= 1


def test_results_come_in_the_order_of_the_tasks() -> None:
    """Tasks are handed out in parts, and their results stand in the same order; this process only waits."""
    workers = Workers(count=2)
    assert workers.each(_doubled, range(10), size=3) == [[0, 2, 4], [6, 8, 10], [12, 14, 16], [18]]
    assert os.getpid() not in workers.each(_who, range(4), size=1)


def test_a_failure_is_raised() -> None:
    """What a task raises reaches whoever asked."""
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        Workers(count=2).each(_failing, range(4), size=2)


def test_new_processes_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be copies of this one, they begin anew, with the same results."""
    monkeypatch.setenv("KBGEN_START_METHOD", "spawn")
    workers = Workers(count=2)
    assert not workers.fork
    assert workers.each(_doubled, range(4), size=2) == [[0, 2], [4, 6]]


def test_who_may_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process with other threads is never copied, as their locks would be, too; nor is one for a single core."""
    monkeypatch.setenv("KBGEN_START_METHOD", "fork")
    assert not Workers(count=1).fork
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not Workers(count=2).fork
    finally:
        done.set()
        thread.join()


def _many(centre: Centre) -> Path:
    return centre({f"g{n % 3}/{n:03}.md": article(f"Article {n}", "## H\n\nWords.\n") for n in range(MANY + 4)})


def test_a_site_is_the_same_however_many_make_it(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process, copies of it and new ones make the same bytes, the same warnings and the same notes of them."""
    folder = _many(centre)
    results = []
    for name, count, method in (("one", 1, "fork"), ("copies", 2, "fork"), ("others", 2, "spawn")):
        monkeypatch.setenv("KBGEN_START_METHOD", method)
        done = built(folder, site=name, workers=count)
        assert done.rendered >= MANY
        results.append((tree(folder / name), done.warnings, list(done.why)))
    assert results[0] == results[1] == results[2]
    assert len(results[0][1]) == MANY + 4, "each article has a warning: no numbered steps"


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_failure_in_a_page_is_told(centre: Centre, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """An article whose template fails is named, whichever process met it."""
    from kbgen.errors import KbgenError

    monkeypatch.setenv("KBGEN_START_METHOD", method)
    folder = _many(centre)
    edit(folder / "content/g1/022.md", "---\n\n", "template: nosuch.html\n---\n\n")
    with pytest.raises(KbgenError, match=r"g1/022\.md: a template cannot be used: 'nosuch\.html'"):
        built(folder, workers=2)
    assert not (folder / "site").exists()

"""Interrupted builds: whatever stops one, visitors find whole pages, and the next build makes the site as ever."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from builds import difference
from centres import TODAY, tree, wait_until
from two_states import TwoStates, both_states, write_state

pytestmark = pytest.mark.slow

KILLS, LATE_KILLS, INTERRUPTS = 50, 12, 8
OTHER = {"a": "b", "b": "a"}
TOO_SMALL = (0, 40, 150, 400, 800, 1600)
"""Kilobytes that are free on a disk on which a build may or may not have room."""


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> TwoStates:
    return both_states(tmp_path_factory.mktemp("states"))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class Project:
    """A help centre on its way from one state to the other."""

    def __init__(self, folder: Path, states: TwoStates) -> None:
        """Build it a few times in each state, so that everything is there that builds leave for later ones."""
        self.folder, self.states, self.state = folder, states, "a"
        folder.mkdir(exist_ok=True)
        self.state_files, self.state_bytes = 0, 0
        for state in "abab":
            self.turn(state)
            began = time.monotonic()
            self.finish()
            self.seconds = time.monotonic() - began
            self._note_size()
        self.beside = _names(folder)

    def turn(self, state: str) -> None:
        """Change the sources; the site is still that of before."""
        self.state = state
        write_state(self.folder, state)

    def start(self, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        """A build as a person starts it, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "kbgen", "build", "--date", TODAY],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509 - no other thread of ours holds a lock
        )

    def finish(self) -> None:
        """A build that nothing stops makes exactly the site of the state."""
        process = self.start()
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert difference(tree(self.folder / "site"), self.states.sites[self.state]) == ""

    def check_nothing_is_left(self) -> None:
        """No build that was stopped leaves anything for good, be it beside the site or among what builds keep."""
        assert _names(self.folder) == self.beside
        files, size = self._kept()
        assert files <= self.state_files + 5
        assert size <= self.state_bytes * 1.5 + 100_000

    def _note_size(self) -> None:
        files, size = self._kept()
        self.state_files, self.state_bytes = max(self.state_files, files), max(self.state_bytes, size)

    def _kept(self) -> tuple[int, int]:
        kept = tree(self.folder / ".kbgen")
        return len(kept), sum(map(len, kept.values()))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, states: TwoStates) -> Project:
    """One for all trials, as it is whole again after each."""
    return Project(tmp_path_factory.mktemp("interrupted") / "project", states)


def _running(group: int) -> bool:
    """Whether a process of the group still runs; one that has ended and waits to be collected does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] not in "ZX":
            return True
    return False


def _stop(process: subprocess.Popen[str], number: signal.Signals, *, group: bool) -> str:
    """Send a signal to the process or to its whole group; what it complained of. Nothing of it runs on for long."""
    if process.poll() is None:
        os.killpg(process.pid, number) if group else os.kill(process.pid, number)
    _, err = process.communicate(timeout=60)
    wait_until(lambda: not _running(process.pid))
    return err


def _wait_for_writing(project: Project, before: set[str]) -> None:
    """Return when the build begins to change the site, which shows first in a new folder of styles and scripts."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and set(_versions(project)) <= before:
        time.sleep(0.0005)


def _versions(project: Project) -> list[str]:
    return _names(project.folder / "site/assets/kbgen")


def _moments() -> list[float]:
    """Shares of a build's time, spread evenly and in any order."""
    moments = [(n + random.random()) / KILLS for n in range(KILLS)]  # noqa: S311 - moments, not secrets
    random.shuffle(moments)
    return moments


def _check_between(project: Project, *, finish: bool) -> None:
    assert project.states.complaints(project.folder / "site") == []
    if finish:
        project.finish()
        project.check_nothing_is_left()


def test_a_killed_build_leaves_whole_pages(project: Project) -> None:
    """At whatever moment a build is killed, alone or with its helpers, each page is whole and finds its assets."""
    for number, moment in enumerate(_moments()):
        project.turn(OTHER[project.state])
        process = project.start()
        time.sleep(moment * project.seconds)
        _stop(process, signal.SIGKILL, group=number % 4 < 2)
        _check_between(project, finish=number % 2 == 0)
    project.finish()
    project.check_nothing_is_left()


def test_a_build_killed_while_it_writes_leaves_whole_pages(project: Project) -> None:
    """The same where the kill falls into the short time in which the site changes."""
    for number in range(LATE_KILLS):
        project.turn(OTHER[project.state])
        before = set(_versions(project))
        process = project.start()
        _wait_for_writing(project, before)
        time.sleep(number * 0.002)
        _stop(process, signal.SIGKILL, group=number % 2 == 0)
        _check_between(project, finish=True)


def test_an_interrupted_build_cleans_up(project: Project) -> None:
    """Ctrl+C ends a build in one line: no traceback, nothing left beside the site, whole pages."""
    for number in range(INTERRUPTS):
        project.turn(OTHER[project.state])
        process = project.start()
        time.sleep((0.4 + 0.6 * number / INTERRUPTS) * project.seconds)
        err = _stop(process, signal.SIGINT, group=number % 2 == 0)
        assert "Traceback" not in err, err
        assert _names(project.folder) == project.beside
        _check_between(project, finish=number % 2 == 0)
    project.finish()


@contextmanager
def _disk(folder: Path) -> Iterator[Callable[[int], None]]:
    """A disk of its own at `folder`; the function that is handed out sets how many kilobytes of it are free."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk to fill can only be mounted by root, where that is allowed")

    def leave(free: int) -> None:
        disk = os.statvfs(folder)
        used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024
        subprocess.run(["mount", "-o", f"remount,size={used + max(free, 4)}k", str(folder)], check=True)

    try:
        yield leave
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _check_refused(project: Project, process: subprocess.Popen[str], before: dict[str, bytes]) -> None:
    """The build either had room or says so in plain words, and then the old site is as it was."""
    _, err = process.communicate(timeout=120)
    after = tree(project.folder / "site")
    assert "Traceback" not in err, err
    assert process.returncode in {0, 1}
    wanted = project.states.sites[project.state] if process.returncode == 0 else before
    assert difference(after, wanted) == ""
    if process.returncode == 1:
        assert "hint: make room" in err
    assert _names(project.folder) == project.beside


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, states: TwoStates) -> None:
    """A disk that is full sooner or later never costs the site; with room again, the next build is as ever."""
    with _disk(tmp_path / "disk") as leave:
        project = Project(tmp_path / "disk/project", states)
        for free in TOO_SMALL:
            project.turn(OTHER[project.state])
            before = tree(project.folder / "site")
            leave(free)
            _check_refused(project, project.start(), before)
            leave(200_000)
            project.finish()
            project.check_nothing_is_left()


def _limit(size: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_files_that_may_not_grow_leave_the_old_site(project: Project) -> None:
    """Where the system refuses files of the size that is needed, the old site stays and the next build is as ever."""
    for size in (0, 1000, 4000, 12_000, 60_000):
        project.turn(OTHER[project.state])
        before = tree(project.folder / "site")
        _check_refused(project, project.start(_limit(size)), before)
        project.finish()
        project.check_nothing_is_left()

"""What a command costs in time and memory, and what a site weighs. Needs Linux: memory is read from /proc."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Self

from peers import QUIET

PAUSE = 0.05
"""Seconds between two looks at memory; longer where looking would take much of a core."""
SEARCH = ("search", "search.json")
"""Where search indexes stand in a site: the folder of kbgen and MkDocs, the file of Zensical."""
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, kw_only=True)
class Effort:
    """What a command, with every process that it started, took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, of user and system."""
    memory: float
    """MB at the peak, as far as it was seen: proportional set sizes, summed over the processes."""


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What a built site weighs."""

    site: float
    """MB of all files."""
    article: float
    """kB of all files to an article."""
    page: float
    """kB of the median page of an article."""
    index: float
    """MB of the search index."""


def effort(*command: str | Path, cwd: Path, seconds: float) -> Effort:
    """What a command takes; raises a `SubprocessError` where it fails, or is ended because its time is up."""
    adopt_orphans()
    with tempfile.TemporaryFile("w+") as log:
        before, start = children_cpu(), time.perf_counter()
        environment = {**os.environ, **QUIET}
        process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=log, stderr=log, start_new_session=True)
        with bounded(process, seconds), Memory(process.pid) as memory:
            process.wait()
            wall = time.perf_counter() - start
        log.seek(0)
        check(process, wall, seconds, log.read())
    return Effort(wall=wall, cpu=children_cpu() - before, memory=memory.peak / 1e6)


@contextmanager
def bounded(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """End a process, with whatever it started, when its time is up; end what is left of it in any case."""
    alarm = threading.Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it left, and wait for each, so that its time is counted."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        while True:
            os.waitpid(-process.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        return


def check(process: subprocess.Popen[bytes], wall: float, seconds: float, said: str) -> None:
    command = [str(part) for part in process.args]  # type: ignore[union-attr]
    if process.returncode and wall >= seconds:
        raise subprocess.TimeoutExpired(command, seconds)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)


def adopt_orphans() -> None:
    """Processes that outlive their parent become ours, so that their time is counted too."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def middle(efforts: Sequence[Effort]) -> Effort:
    """The median of each figure."""
    return Effort(
        wall=median(effort.wall for effort in efforts),
        cpu=median(effort.cpu for effort in efforts),
        memory=median(effort.memory for effort in efforts),
    )


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Memory(threading.Thread):
    """Looks at the memory of a session of processes, again and again, in a thread of its own."""

    def __init__(self, session: int) -> None:
        """Take the id of the process that leads the session."""
        super().__init__(daemon=True)
        self.session = session
        self.peak = 0
        self.over = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        """Keep the largest sum of all looks."""
        pause = 0.0
        while not self.over.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, sum(map(proportional, processes(self.session))))
            pause = max(PAUSE, 20 * (time.perf_counter() - start))


def processes(session: int) -> list[Path]:
    """The folder in /proc of each process of a session."""
    return [path for path in Path("/proc").iterdir() if path.name.isdigit() and session_of(int(path.name)) == session]


def session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def proportional(folder: Path) -> int:
    """The bytes of a process, those it shares with others counted in part; 0 once it has ended."""
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def weight(site: Path, articles: int) -> Weight:
    files = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    pages = [size for path, size in files.items() if path.match("section-*/article-*/index.html")]
    index = [size for path, size in files.items() if path.relative_to(site).parts[0] in SEARCH]
    total = sum(files.values())
    return Weight(site=total / 1e6, article=total / articles / 1e3, page=median(pages) / 1e3, index=sum(index) / 1e6)

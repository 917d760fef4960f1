"""A real PostgreSQL for the tests: a server of its own, in a folder of its own, that ends with them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

USER = "postgres" if os.geteuid() == 0 else None
"""The server refuses to run as root; the user that its package makes runs it then."""


def programs() -> Path:
    """The folder of PostgreSQL's programs, of the newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    beside = shutil.which("initdb")
    if not found and not beside:
        pytest.fail("PostgreSQL is missing; 'make test' installs it, and so does: apt-get install postgresql")
    return found[-1].parent if found else Path(str(beside)).parent


class Cluster:
    """A server on a free port of this machine."""

    def __init__(self) -> None:
        """Make the folder and start the server."""
        self.folder = Path(tempfile.mkdtemp(prefix="kbgen-postgres-"))
        if USER:
            shutil.chown(self.folder, USER)
        self._data = self.folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._run("initdb", "--auth=trust", "--username=kbgen", "--no-sync", "--data-checksums", str(self._data))
        self.start()
        self._names = 0

    def start(self) -> None:
        """Start the server, and wait for it."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: `fast` ends what runs, `immediate` is as if the power went."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._names += 1
        name = f"votes{os.getpid()}_{self._names}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "kbgen", name)
        return f"postgresql://kbgen@127.0.0.1:{self.port}/{name}"

    def close(self) -> None:
        """End the server whatever state it is in, and remove its folder."""
        process = self._data / "postmaster.pid"
        if process.exists():
            number = int(process.read_text().split()[0])
            os.kill(number, signal.SIGQUIT)
            for _ in range(100):
                if not Path(f"/proc/{number}").exists():
                    break
                time.sleep(0.05)
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(programs() / program), *arguments]
        done = subprocess.run(
            command,
            user=USER,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"

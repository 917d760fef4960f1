"""Messages through the service as a process: none that it acknowledged is lost, whatever happens to it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from centres import wait_for
from receivers import Hook, free_port, web_server

ORIGIN = "https://help.example.com"
PROGRAM = """
import os
from kbgen.service.server import run
from kbgen.service.settings import from_environment
run(from_environment(os.environ))
"""


@contextmanager
def service(folder: Path, to: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The service on a free port, with a group of its own, so that all of it can be killed at once."""
    port = free_port()
    settings = {"KBGEN_PORT": str(port), "KBGEN_ORIGIN": ORIGIN, "KBGEN_CONTACT_TO": to}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=folder, env={**os.environ, **settings}, start_new_session=True
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port, process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)


def send(port: int) -> str:
    """Send a message; its id when it was acknowledged."""
    id_ = str(uuid.uuid4())
    body = json.dumps({"id": id_, "email": "kim@customer.example", "message": "Nothing opens."}).encode()
    headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/contacts", data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own loopback address
        assert answer.status == 202
    return id_


@pytest.mark.slow
def test_no_acknowledged_message_is_lost_when_the_service_is_killed(tmp_path: Path) -> None:
    """Messages that nobody took before the service was killed arrive after the next start."""
    with web_server(Hook(status=503)) as hook:
        sent = []
        for _ in range(3):
            with service(tmp_path, hook.url) as (port, process):
                sent += [send(port) for _ in range(10)]
                os.killpg(process.pid, signal.SIGKILL)
        hook.posts.clear()
        hook.status = 200
        with service(tmp_path, hook.url):
            end = time.monotonic() + 20
            while len(hook.posts) < len(sent) and time.monotonic() < end:
                time.sleep(0.05)
        assert [headers["webhook-id"] for _, headers, _ in hook.posts] == sent

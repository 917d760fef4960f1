"""Isso, a comment server with votes, as the peer of `feedback.py`: one like of one reader is one vote."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voting import ORIGIN, Service, address, free_port, running

PACKAGES = ("isso==0.13.0", "gunicorn==23.0.0", "setuptools<81")
SETTINGS = """[general]
dbpath = {folder}/comments.db
host = {origin}
[server]
trusted-proxies = 127.0.0.1
[guard]
enabled = false
[moderation]
enabled = false
"""
COMMENTS = 1000


def installed(cache: Path) -> Path:
    """The folder of Isso's programs."""
    folder = cache / "isso"
    if not (folder / "bin" / "isso").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", *PACKAGES], check=True)
    return folder / "bin"


def like_request(number: int) -> bytes:
    """A like of a reader of its own, on one of a thousand comments."""
    head = f"POST /id/{number % COMMENTS + 1}/like HTTP/1.1\r\nHost: votes\r\nOrigin: {ORIGIN}\r\nContent-Length: 2\r\n"
    head += (
        f"Content-Type: application/json\r\nX-Forwarded-For: {address(number)}\r\nUser-Agent: Mozilla/5.0\r\n\r\n{{}}"
    )
    return head.encode()


@contextmanager
def service(folder: Path, cache: Path) -> Iterator[Service]:
    """Isso under gunicorn with one worker and sixteen threads, with comments to vote on."""
    programs, port = installed(cache), free_port()
    folder.mkdir(parents=True)
    (folder / "isso.cfg").write_text(SETTINGS.format(folder=folder, origin=ORIGIN))
    command = ["env", f"ISSO_SETTINGS={folder / 'isso.cfg'}", str(programs / "gunicorn"), "isso.run"]
    command += ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "16", "--log-level", "error"]
    with running(command, folder, port, "/info", like_request) as started:
        for number in range(COMMENTS):
            comment(port, number)
        yield started


def comment(port: int, number: int) -> None:
    """Write a comment, from an address that nobody votes from."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/new?uri=/article-{number}/",
        json.dumps({"text": "It helped me.", "title": "An article"}).encode(),
        {
            "Content-Type": "application/json",
            "Origin": ORIGIN,
            "X-Forwarded-For": f"192.168.{number >> 8}.{number & 255}",
        },
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - our own loopback address

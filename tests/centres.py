"""Help centres for tests: made of a few articles, built in this process or by the command."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kbgen.articles.settings import load_settings
from kbgen.generator.build import BuildRequest, build

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-23"
CONFIG = """\
site_name: Acme help
site_url: https://help.example.com/
docs_dir: content
theme:
  name: kbgen
plugins: [kbgen/articles, kbgen/search, kbgen/redirects]
extra:
  kbgen:
    feedback:
      service: https://votes.example.com
"""
STRICT = (
    ()
    if subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "--is-shallow-repository"], capture_output=True, check=False
    ).stdout.strip()
    == b"true"
    else ("--strict",)
)
"""A shallow clone cannot tell when articles changed, which is a warning; everywhere else the manual has none."""

INDEX = "---\ntitle: Acme help\n---\n"


@dataclass(frozen=True)
class Done:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


def run(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 240) -> Done:
    """Run a command as a person would, with coverage of subprocesses where it is measured."""
    environment = {**os.environ, "NO_COLOR": "1", **(env or {})}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def kbgen(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Done:
    """Run a kbgen command in a help centre's folder."""
    return run(sys.executable, "-m", "kbgen", *arguments, cwd=cwd, env=env)


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


Centre = Callable[..., Path]


def build_site(folder: Path, *, today: str = TODAY, strict: bool = False, vote_service: str = "") -> Path:
    """Build a help centre in this process; the folder of the site."""
    from datetime import date

    settings = load_settings(folder / "mkdocs.yml")
    request = BuildRequest(
        settings=settings,
        site=folder / "site",
        today=date.fromisoformat(today),
        strict=strict,
        vote_service=vote_service,
        publishes=True,
    )
    build(request)
    return folder / "site"


def article(title: str, body: str = "Words.\n", **front: str) -> str:
    """The text of an article; front matter values are YAML."""
    head = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: {title}\n{head}---\n\n{body}"


@dataclass(frozen=True)
class Served:
    """A help centre that answers at `url`; its votes are in `database`."""

    url: str
    database: str


def wait_for(url: str) -> None:
    """Return when a server of ours answers at `url`."""
    for _ in range(1200):
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own loopback address
            return
        time.sleep(0.05)
    raise AssertionError(f"{url} did not answer")


def end(process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGINT) -> None:
    """End a process with all of its group, the hard way if it does not listen."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def wait_until(holds: Callable[[], bool]) -> None:
    """Return when `holds` does, which takes at most five seconds."""
    for _ in range(100):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not become true within five seconds")

"""Tools: the versions of everything that has a say in a site, and what the machine tells the settings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from kbgen.generator.inputs import digest_of

_ENVIRONMENT = re.compile(r"!ENV\s+(?P<names>\[[^\]]*\]|[^\s\]}]+)")
_INHERIT = re.compile(r"^INHERIT:\s*['\"]?(?P<file>[^'\"\s#]+)", re.MULTILINE)


def tools() -> str:
    """A digest of Python, of every installed package, and of kbgen itself."""
    packages = {
        name
        for folder in filter(os.path.isdir, sys.path)
        for name in (entry.name for entry in os.scandir(folder))
        if name.endswith((".dist-info", ".egg-info"))
    }
    own = Path(__file__).parents[1]
    sources = sorted(own.rglob("*.py"))
    code = b"".join(f"{path.relative_to(own)}\0".encode() + path.read_bytes() for path in sources)
    return digest_of(f"{sys.version}\n{sorted(packages)}\n{digest_of(code)}".encode())


def settings_files(config_file: Path) -> dict[str, Path]:
    """The settings file, and those that it inherits from, by name."""
    files: dict[str, Path] = {}
    waiting = [config_file]
    while waiting:
        file = waiting.pop()
        name = os.path.relpath(file, config_file.parent)
        if name in files or not file.is_file():
            continue
        files[name] = file
        waiting += [file.parent / found["file"] for found in _INHERIT.finditer(_text(file))]
    return files


def environment(files: dict[str, Path]) -> dict[str, str]:
    """The environment variables that the settings files name, with their values."""
    names = {
        name.strip(" '\"[]")
        for file in files.values()
        for found in _ENVIRONMENT.finditer(_text(file))
        for name in found["names"].split(",")
    }
    return {name: os.environ.get(name, "") for name in sorted(names) if name.isidentifier()}


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="replace")


def git_state(folder: Path) -> str:
    """A digest that changes with the last commit and with what is staged for the next; `""` outside git."""
    command = ["git", "-C", str(folder), "rev-parse", "HEAD", "--git-path", "index", "--is-shallow-repository"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return ""
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode or len(lines) < 3:
        return ""
    try:
        index = (folder / lines[1]).read_bytes()
    except OSError:
        index = b""
    return digest_of(f"{lines[0]} {lines[2]} {digest_of(index)}".encode())

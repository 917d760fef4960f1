"""Tools: the versions of everything that has a say in a site, and what the machine tells the settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from kbgen.articles.yaml_tree import child, compose
from kbgen.errors import KbgenError
from kbgen.generator.inputs import digest_of


def tools() -> str:
    """A digest of Python, of every installed package, and of kbgen itself."""
    packages = {
        name
        for folder in filter(os.path.isdir, sys.path)
        for name in (entry.name for entry in os.scandir(folder))
        if name.endswith((".dist-info", ".egg-info"))
    }
    own = Path(__file__).parents[1]
    sources = sorted(path for pattern in ("*.py", "*.txt") for path in own.rglob(pattern))
    code = b"".join(f"{path.relative_to(own)}\0".encode() + path.read_bytes() for path in sources)
    return digest_of(f"{sys.version}\n{sorted(packages)}\n{digest_of(code)}".encode())


def settings_files(config_file: Path) -> dict[str, Path]:
    """The settings file, and those that it inherits from, by name."""
    files: dict[str, Path] = {}
    waiting = [config_file]
    while waiting:
        file = waiting.pop()
        name = os.path.relpath(file, config_file.parent)
        if name not in files and file.is_file():
            files[name] = file
            inherited = child(_tree(file), "INHERIT")
            waiting += [file.parent / inherited.value] if isinstance(inherited, yaml.ScalarNode) else []
    return files


def environment(files: dict[str, Path]) -> dict[str, str | None]:
    """The environment variables that the settings files name, with their values; `None` for those that are not set."""
    names = {name for file in files.values() for name in _variables(_tree(file))}
    return {name: os.environ.get(name) for name in sorted(names)}


def _variables(node: yaml.Node | None) -> Iterator[str]:
    """Whatever stands behind an `!ENV`: variables, and at the end of a list a value where there are none."""
    children = node.value if isinstance(node, yaml.CollectionNode) else []
    items = [item for child in children for item in (child if isinstance(child, tuple) else (child,))]
    if node is not None and node.tag == "!ENV":
        yield from (item.value for item in items or [node] if isinstance(item, yaml.ScalarNode))
    for item in items:
        yield from _variables(item)


def _tree(file: Path) -> yaml.Node | None:
    try:
        return compose(file.read_bytes().decode("utf-8-sig", errors="replace"), file.name)
    except KbgenError:
        return None  # whoever reads the settings says what is wrong


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

"""The project as data: articles, settings and other files that edits change, and how they come into a folder."""

from __future__ import annotations

import copy
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

_LINK = re.compile(r"(?P<picture>!?)\[\[(?P<path>[^\]#]+)(?P<anchor>#[^\]]*)?\]\]")
EXTENSIONS = """\
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - footnotes
  - tables
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.superfences
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.snippets: {base_path: [!relative $config_dir/includes], auto_append: [terms.md]}
"""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An article: its front matter, whose paths count from `content/`, and a body with links as [[path#anchor]]."""

    front: Mapping[str, Any]
    body: str = "Words.\n"


@dataclass(frozen=True, kw_only=True)
class Project:
    """A help centre in which only what stands in `broken` is wrong, whatever edits have done to it."""

    articles: Mapping[str, Entry]
    """By path below `content/`."""
    files: Mapping[str, bytes]
    """Pictures, recordings, style sheets, parts of the theme: by path below the project's folder."""
    config: Mapping[str, Any]
    day: date
    extensions: str = EXTENSIONS
    redirects: Mapping[str, str] | None = None
    """What a person wrote into redirects.yml."""
    holder: str = "Acme"
    """What the environment says of the copyright."""
    known: frozenset[str] = frozenset()
    """Paths that were articles once: each must lead somewhere or be gone on purpose."""
    broken: tuple[str, bytes] | None = None
    """A file that keeps the site from being built."""

    @property
    def env(self) -> dict[str, str]:
        """The environment that builds run in."""
        return {"HELP_HOLDER": self.holder}


def published(project: Project, path: str) -> bool:
    """Whether an article is on the site on the project's day."""
    entry = project.articles.get(path)
    if entry is None or path.startswith("drafts/") or entry.front.get("state", "published") != "published":
        return False
    first, end = str(entry.front.get("publish_on", "")), str(entry.front.get("expires_on", "9999"))
    return first <= project.day.isoformat() < end


def linkable(project: Project, path: str) -> bool:
    """Whether an article is on the site on every day, so that others may name it."""
    dates = {"publish_on", "expires_on"}
    return published(project, path) and not dates & set(project.articles[path].front)


def files_of(project: Project) -> dict[str, bytes]:
    """Every file of the project by its path below the project's folder."""
    texts = {f"content/{path}": _article(project, path) for path in project.articles}
    texts["mkdocs.yml"] = _config(project)
    redirects = _redirects(project)
    if redirects:
        texts["redirects.yml"] = _yaml(redirects)
    files = {**project.files, **{path: text.encode() for path, text in texts.items()}}
    return {**files, **dict([project.broken] if project.broken else [])}


def _article(project: Project, path: str) -> str:
    entry = project.articles[path]
    return f"---\n{_yaml(_front(project, path))}---\n\n{_LINK.sub(lambda m: _link(project, path, m), entry.body)}"


def _link(project: Project, path: str, match: re.Match[str]) -> str:
    target = match["path"]
    if not linkable(project, target) and f"content/{target}" not in project.files:
        return posixpath.basename(target)
    return f"{match['picture']}[{posixpath.basename(target)}](<{_beside(path, target)}{match['anchor'] or ''}>)"


def _beside(path: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(path) or ".")


def _front(project: Project, path: str) -> dict[str, Any]:
    front = copy.deepcopy(dict(project.articles[path].front))
    for name in ("related", "course"):
        if name in front:
            front[name] = [other for other in front[name] if linkable(project, other)]
    if "redirect_from" in front:
        front["redirect_from"] = [old for old, new in _carried(project).items() if new == path]
    if "channels" in front:
        front["channels"] = [name for name in front["channels"] if name in _channels(project)]
    if "video" in front:
        front["video"] = _beside_all(path, front["video"])
    return front


def _beside_all(path: str, video: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _beside_all(path, value) if isinstance(value, dict) else _beside(path, value)
        for name, value in video.items()
    }


def _channels(project: Project) -> set[str]:
    return {str(channel["id"]) for channel in project.config["extra"]["kbgen"]["channels"]}


def _carried(project: Project) -> dict[str, str]:
    """Where each old path leads that an article names under `redirect_from`; the first article has it."""
    carried: dict[str, str] = {}
    for path in sorted(project.articles):
        for old in project.articles[path].front.get("redirect_from", []) if linkable(project, path) else []:
            if old not in project.articles and not _has_page_of_its_own(project, old):
                carried.setdefault(old, path)
    return carried


def _has_page_of_its_own(project: Project, old: str) -> bool:
    """Whether the path is that of a section which has articles, and so a page, generated where nobody wrote one."""
    folder, _, name = old.rpartition("/")
    return name == "index.md" and any(path.startswith(f"{folder}/") for path in project.articles)


def _redirects(project: Project) -> dict[str, str]:
    gone = dict.fromkeys(sorted(project.known), "gone")
    wanted = {**gone, **(project.redirects or {})}
    carried = _carried(project)
    return {
        old: new if linkable(project, new) else "gone"
        for old, new in wanted.items()
        if old not in project.articles and old not in carried
    }


def _config(project: Project) -> str:
    config = copy.deepcopy(dict(project.config))
    home = config["extra"]["kbgen"]["home"]
    home["videos"] = [path for path in home.get("videos", []) if linkable(project, path)]
    return _yaml(config) + project.extensions


def _yaml(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=1000)


def write(project: Project, folder: Path, *, keep_times: bool = False) -> None:
    """Make the folder hold the project's files; those that do not differ are left alone.

    With `keep_times` a file that is written anew looks as old as the one that it replaces.
    """
    files = files_of(project)
    for path in [path for path in _own_files(folder) if path not in files]:
        (folder / path).unlink()
    for path, data in files.items():
        _write(folder / path, data, keep_times=keep_times)
    for empty in sorted((p for p in (folder / "content").rglob("*") if p.is_dir()), reverse=True):
        if not any(empty.iterdir()):
            empty.rmdir()


def _write(file: Path, data: bytes, *, keep_times: bool) -> None:
    before = file.stat() if file.is_file() else None
    if before and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    if before and keep_times:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _own_files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        below = path.relative_to(folder)
        if path.is_file() and below.parts[0] not in {"site", ".kbgen", ".git", ".gitignore", "__pycache__"}:
            yield below.as_posix()

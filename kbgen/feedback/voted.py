"""The articles that were voted on, each under the path that it has now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kbgen.articles.article import Article
from kbgen.articles.library import Library, load_files
from kbgen.feedback.history import History, read_history
from kbgen.outputs.files import is_file
from kbgen.outputs.redirects import FILE as REDIRECTS
from kbgen.outputs.redirects import redirects


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where a help centre keeps its articles, and what it knows of their past."""

    content: Path
    root: Path
    """The folder of mkdocs.yml."""
    today: date

    @cached_property
    def history(self) -> History:
        """What git knows of the articles."""
        return read_history(self.content)

    def present(self, paths: Iterable[str]) -> Voted:
        """Find the articles that stand, or once stood, at the given paths."""
        wanted = sorted(set(paths))
        there = [path for path in wanted if self._is_there(path)]
        moved = self._moved([path for path in wanted if path not in set(there)])
        library = self._read({*there, *moved.values()})
        return Voted(
            content=self.content, articles=library.by_path, moved=moved, gone=frozenset(wanted) - {*there, *moved}
        )

    def _is_there(self, path: str) -> bool:
        return is_file(self.content / path)

    def _read(self, paths: Iterable[str]) -> Library:
        return load_files(((path, self.content / path) for path in sorted(paths)), self.today)

    def _moved(self, lost: Iterable[str]) -> dict[str, str]:
        """Where the articles are that no longer lie where they did: by `redirect_from`, `redirects.yml` and git."""
        lost = list(lost)
        if not lost:
            return {}
        carrying = (path for path in sorted(self.content.rglob("*.md")) if b"redirect_from" in path.read_bytes())
        library = self._read(path.relative_to(self.content).as_posix() for path in carrying)
        led = {
            path: redirect.target for redirect in redirects(library, self.root / REDIRECTS) for path in redirect.covers
        }
        found = {path: self._lead(path, led) for path in lost}
        return {path: target for path, target in found.items() if target}

    def _lead(self, path: str, led: Mapping[str, str]) -> str:
        """The file to which redirects lead from a path, one after the other, or else git's renames; `""` if none."""
        seen = {path}
        target = path
        while (target := led.get(target, "")) and target not in seen:
            if self._is_there(target):
                return target
            seen.add(target)
        target = self.history.follow(path)
        return target if target != path and self._is_there(target) else ""


@dataclass(frozen=True, kw_only=True)
class Voted:
    """The articles at some paths."""

    content: Path
    articles: Mapping[str, Article]
    """By the paths that they have now."""
    moved: Mapping[str, str]
    """Old paths, each with the present one."""
    gone: frozenset[str]
    """Paths of which no article is left."""

    def names(self, path: str) -> list[str]:
        """Every path that an article is known to have had; one that another article has now is not among them."""
        old = (name for former in self._former(path) for name in _forms(former))
        return [path, *(name for name in old if not is_file(self.content / name))]

    def _former(self, path: str) -> list[str]:
        article = self.articles.get(path)
        carried = article.meta.redirect_from if article else ()
        return [*carried, *(old for old, new in self.moved.items() if new == path)]


def _forms(name: str) -> tuple[str, ...]:
    """A former place as a path below `content/`: it may have been written as an address."""
    stem = name.strip("/").removesuffix(".html").removesuffix(".md")
    return f"{stem}.md", f"{stem}/index.md"

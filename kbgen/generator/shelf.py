"""The shelf: the articles as they were read last time, so that only those that changed are read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kbgen.articles.article import Article
from kbgen.articles.library import Shown, read_each
from kbgen.articles.links import internal_links
from kbgen.articles.structure import missing_structure
from kbgen.errors import KbgenError
from kbgen.generator.inputs import Files, digest_of
from kbgen.generator.safe_pickle import TROUBLE, dumps, loads
from kbgen.generator.workers import Workers
from kbgen.outputs.files import write_whole
from kbgen.pages.page import count_of_words

NAME = "articles.pickle"
FORMAT = 1
FEW = 20
"""Changes up to which it takes longer to write all articles than to read these again."""
MANY = 100
"""Articles from which on it pays to read them with all cores."""


@dataclass(kw_only=True)
class Shelf:
    """Articles by path, each with the digest of the file that it was read from."""

    folder: Path
    tools: str
    """An article is only what the same version of kbgen would make of its file."""
    files: Files
    """What is known of the files below `content/`."""
    workers: Workers
    articles: dict[str, tuple[str, Article]] = field(default_factory=dict)
    damaged: bool = False
    changed: bool = False

    def load(self) -> None:
        """Take the articles from the disk; what is damaged or of another version is left."""
        file = self.folder / NAME
        if not file.exists():
            return
        try:
            head, _, data = file.read_bytes().partition(b"\n")
            if head.decode(errors="replace") == self._head(data):
                self.articles = loads(data)  # type: ignore[assignment]
            else:
                self.damaged = not head.startswith(f"kbgen {FORMAT} ".encode())
        except (OSError, *TROUBLE):
            self.damaged = True

    def read(self, files: Iterable[tuple[str, Path]], shown: Shown) -> tuple[list[Article], list[KbgenError]]:
        """The articles in the given files, from the shelf where they are as they were."""
        wanted = dict(files)
        new = {path: file for path, file in wanted.items() if not self._has(path)}
        articles, problems = self._read(new, shown)
        kept = {path: self.articles[path] for path in wanted if path not in new}
        self.changed = len(new) + len(self.articles) - len(kept) > FEW
        fresh = {article.path: (self._digest(article.path), article) for article in articles}
        self.articles = {path: found for path in wanted if (found := kept.get(path) or fresh.get(path))}
        for path, (_, article) in self.articles.items():
            article.__dict__["file"] = wanted[path]
        return [article for _, article in self.articles.values()], problems

    def _read(self, new: Mapping[str, Path], shown: Shown) -> tuple[list[Article], list[KbgenError]]:
        if len(new) < MANY or not self.workers.fork:
            return read_each(new.items(), shown)
        tasks = [(path, file, shown(path)) for path, file in new.items()]
        parts = self.workers.each(read_part, tasks, size=50)
        return [a for articles, _ in parts for a in articles], [p for _, problems in parts for p in problems]

    def _digest(self, path: str) -> str:
        seen = self.files.get(path)
        return seen[4] if seen else ""

    def _has(self, path: str) -> bool:
        return path in self.articles and self.articles[path][0] == self._digest(path) != ""

    def save(self) -> None:
        """Keep the articles for the next time."""
        if self.changed:
            data = dumps(self.articles)
            write_whole(self.folder / NAME, self._head(data).encode() + b"\n" + data)

    def _head(self, data: bytes) -> str:
        return f"kbgen {FORMAT} {self.tools} {digest_of(data)}"


def read_part(tasks: list[tuple[str, Path, str]]) -> tuple[list[Article], list[KbgenError]]:
    """Read some articles, and think of each what every build asks."""
    names = {path: shown for path, _, shown in tasks}
    articles, problems = read_each(((path, file) for path, file, _ in tasks), names.__getitem__)
    for article in articles:
        ask(article)
    return articles, problems


def ask(article: Article) -> None:
    """Let an article remember what every build asks of it."""
    internal_links(article)
    missing_structure(article)
    count_of_words(article)
    assert article.revision  # noqa: S101 - asked for, so that it is kept

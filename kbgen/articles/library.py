"""The library: every article of a help centre, and its sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath

from kbgen.articles import front_matter
from kbgen.articles.article import LARGEST, Article
from kbgen.articles.lifecycle import Stage, stage
from kbgen.articles.yaml_tree import compose, place
from kbgen.errors import KbgenError, Where

Shown = Callable[[str], str]
"""How a path below `content/` is shown to a person."""
ReadAll = Callable[[Iterable[tuple[str, Path]], Shown], tuple[list[Article], list[KbgenError]]]
"""Reads articles: from pairs of a path below `content/` and its file to the articles and what is wrong with them."""


class UnreadableFileError(KbgenError):
    """The file itself cannot be used: too large, not UTF-8, not readable."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A folder of articles."""

    path: str
    title: str
    description: str
    icon: str
    index_path: str
    """Where the section's own page lies below `content/`, written or generated."""
    articles: tuple[Article, ...]
    """The published articles of the folder itself, by title; not those of folders below it."""
    sections: tuple[Section, ...]
    """The folders below it that hold published articles."""

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each of its own articles in `articles`, by path."""
        return {article.path: place for place, article in enumerate(self.articles)}

    @property
    def count(self) -> int:
        """How many published articles the section holds, with all sections below it."""
        return len(self.articles) + sum(section.count for section in self.sections)


@dataclass(frozen=True, kw_only=True)
class Library:
    """All articles of a help centre as they stand on one day; what could not be read is in `problems`."""

    articles: tuple[Article, ...]
    problems: tuple[KbgenError, ...]
    today: date

    @cached_property
    def by_path(self) -> dict[str, Article]:
        """Every article that could be read, by its path below `content/`."""
        return {article.path: article for article in self.articles}

    @cached_property
    def published(self) -> tuple[Article, ...]:
        """The articles and section pages that are on the site."""
        return tuple(a for a in self.articles if self.stage(a) is Stage.PUBLISHED)

    def published_at(self, path: str) -> Article | None:
        """The published article at a path below `content/`, `None` where there is none."""
        article = self.by_path.get(path)
        return article if article and self.stage(article) is Stage.PUBLISHED else None

    def stage(self, article: Article) -> Stage:
        """Where an article stands on the library's day."""
        return stage(article, self.today)

    @cached_property
    def top(self) -> Section:
        """The whole help centre as one section."""
        by_folder: dict[str, list[Article]] = defaultdict(list)
        for article in self.published:
            if not article.is_index:
                by_folder[article.section].append(article)
        folders = {"", *(str(p) for a in by_folder for p in [PurePosixPath(a), *PurePosixPath(a).parents])} - {"."}
        return self._section("", sorted(folders), by_folder)

    def _section(self, path: str, folders: list[str], by_folder: dict[str, list[Article]]) -> Section:
        index = self._index(path)
        below = [f for f in folders if f and str(PurePosixPath(f).parent).removeprefix(".") == path]
        return Section(
            path=path,
            title=index.title if index else title_of_folder(path),
            description=index.meta.description if index else "",
            icon=index.meta.icon if index else "",
            index_path=index.path if index else f"{path}/index.md".lstrip("/"),
            articles=tuple(sorted(by_folder[path], key=lambda a: (a.title.casefold(), a.path))),
            sections=tuple(self._section(folder, folders, by_folder) for folder in below),
        )

    def _index(self, path: str) -> Article | None:
        """The published page of a section, where somebody wrote one."""
        names = (f"{path}/{name}".lstrip("/") for name in ("index.md", "README.md"))
        return next(filter(None, map(self.published_at, names)), None)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Every section that holds a published article, by its path."""
        return {section.path: section for section in _walk(self.top)}


def _walk(section: Section) -> Iterator[Section]:
    yield section
    for below in section.sections:
        yield from _walk(below)


def title_of_folder(path: str) -> str:
    """A section's title where no index.md gives one: 'getting-started' becomes 'Getting started'."""
    words = PurePosixPath(path).name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def load(folder: Path, today: date, *, shown: Shown | None = None) -> Library:
    """Read every Markdown file below `folder`.

    Raises a `KbgenError` when the folder is missing or holds no article; what is wrong with single files is in
    the library's `problems`, in the order of their paths.
    """
    if not folder.is_dir():
        raise KbgenError(f"the content folder '{folder}' does not exist", hint="create it, or mend 'docs_dir'")
    paths = sorted(_markdown_files(folder))
    if not paths:
        raise KbgenError(
            f"the content folder '{folder}' holds no article",
            hint="add a Markdown file with a title, for example content/index.md",
        )
    return load_files(
        ((p.relative_to(folder).as_posix(), p) for p in paths),
        today,
        shown=shown or (lambda path: f"{folder.name}/{path}"),
    )


def _markdown_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.md"):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def load_files(
    files: Iterable[tuple[str, Path]], today: date, *, shown: Shown = str, read: ReadAll | None = None
) -> Library:
    """The library of the given files: pairs of a path below `content/` and where the file lies.

    Problems name files as `shown` gives them for a path below `content/`.
    """
    articles, problems = (read or read_each)(files, shown)
    return Library(articles=tuple(articles), problems=tuple(problems), today=today)


def read_each(files: Iterable[tuple[str, Path]], shown: Shown) -> tuple[list[Article], list[KbgenError]]:
    """The articles in the given files, and what is wrong with them, one after the other."""
    problems: list[KbgenError] = []
    articles = [read_article(path, file, problems, shown=shown(path)) for path, file in files]
    return [article for article in articles if article], problems


def read_article(path: str, file: Path, problems: list[KbgenError], *, shown: str) -> Article | None:
    """One article, or `None` where the file cannot be used; every problem is added to `problems`."""
    try:
        text = _text(file, shown)
    except KbgenError as error:
        problems.append(error)
        return None
    source = front_matter.split(text)
    meta = front_matter.read(source, shown, problems.append)
    if meta is None:
        return None
    return Article(path=path, meta=meta, body=source.body, body_line=source.body_line, file=file)


def read_body(article: Article) -> str:
    """The body of an article, from the file that it was read from."""
    return front_matter.split(_text(article.file or Path(article.path), article.path)).body


def place_in(article: Article, *names: str | int, shown: str) -> Where:
    """Where the front matter of an article says something: keys, and numbers for items of a list."""
    source = front_matter.split(_text(article.file or Path(article.path), shown))
    return place(compose(source.yaml or "", shown, first_line=2), names, shown, first_line=2)


def _text(file: Path, shown: str) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"cannot be read: {error.strerror}", where=Where(path=shown)) from error
    if len(data) > LARGEST:
        raise UnreadableFileError(
            f"the article has {len(data):,} bytes; {LARGEST // 1_000_000} MB is the most",
            where=Where(path=shown),
            hint="split it into articles that each answer one question; keep pictures in files of their own",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(
            f"the file is not UTF-8: byte 0x{data[error.start]:02x} cannot be read",
            where=Where(path=shown, line=line),
            hint="save it as UTF-8 in your editor",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")

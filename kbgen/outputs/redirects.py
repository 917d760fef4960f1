"""Redirects: old addresses of articles, and the pages that lead on from them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

from kbgen.articles.article import posix
from kbgen.articles.library import Library
from kbgen.articles.yaml_tree import compose, is_null
from kbgen.errors import KbgenError, Where

FILE = "redirects.yml"
GONE = "gone"
"""Written instead of a target: the article was removed on purpose."""


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """One old place of an article, and where it is now."""

    source: str
    """As it was written: a path below `content/` (old/path.md) or an address (/old/path/)."""
    target: str
    """Path of the article below `content/`, or `gone`."""
    where: Where

    @property
    def source_path(self) -> str:
        """The old place as a path below `content/`, whichever way it was written; `""` where it names none."""
        path = posix("", self.source) or ""
        stem = path.removesuffix(".md").removesuffix(".html").strip("/")
        if path.endswith(".md") and stem.rpartition("/")[2] == "README":
            stem = f"{stem.removesuffix('README')}index"
        return f"{stem}.md" if stem else ""

    @property
    def covers(self) -> frozenset[str]:
        """Paths below `content/` whose old address this answers: old/ serves old.md and old/index.md alike."""
        stem = self.source_path.removesuffix(".md").removesuffix("/index")
        return frozenset({f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"})


def redirects(library: Library, file: Path) -> tuple[Redirect, ...]:
    """Every redirect: those of `redirects.yml` and those that articles carry in `redirect_from`."""
    carried = [
        Redirect(source=old, target=article.path, where=Where(path=article.path))
        for article in library.published
        for old in article.meta.redirect_from
    ]
    return (*read_redirects(file), *carried)


def redirect_file(redirect: Redirect, *, directory_urls: bool) -> str:
    """The file below `site/` that answers at the old address; `""` where there was no such place."""
    if not redirect.source_path:
        return ""
    if redirect.source.endswith(".html"):
        return posix("", redirect.source) or ""
    path = PurePosixPath(redirect.source_path).with_suffix("")
    if path.name == "index" or not directory_urls:
        return f"{path}.html"
    return f"{path}/index.html"


def read_redirects(file: Path) -> Iterator[Redirect]:
    """The redirects of a `redirects.yml`, none where there is no such file; raises a `KbgenError` by line."""
    if not file.is_file():
        return
    node = compose(_text(file), file.name)
    if node is None or is_null(node):
        return
    if not isinstance(node, yaml.MappingNode):
        raise KbgenError(
            "expected lines 'old/path.md: new/path.md'",
            where=Where(path=file.name, line=node.start_mark.line + 1),
        )
    for old, new in node.value:
        where = Where(path=file.name, line=old.start_mark.line + 1)
        if not isinstance(old, yaml.ScalarNode) or not isinstance(new, yaml.ScalarNode):
            raise KbgenError(
                "expected one path on each side of the colon", where=where, hint="old/path.md: new/path.md"
            )
        yield Redirect(source=str(old.value), target=posix("", str(new.value)) or "", where=where)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KbgenError("the file is not UTF-8", where=Where(path=file.name), hint="save it as UTF-8") from error
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=file.name)) from error


def redirect_page(url: str, title: str, *, canonical: str, lang: str = "en") -> str:
    """A page that leads to `url` without JavaScript, and says where for readers who stay."""
    address, name, lasting = html.escape(url), html.escape(title), html.escape(canonical)
    return (
        f'<!doctype html>\n<html lang="{html.escape(lang)}">\n<meta charset="utf-8">\n<title>{name}</title>\n'
        f'<link rel="canonical" href="{lasting}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n'
        f'<p>→ <a href="{address}">{name}</a></p>\n</html>\n'
    )

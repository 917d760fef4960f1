"""Links that lead nowhere, or to an article that is not on the site."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial

from kbgen.articles.article import Article, posix
from kbgen.articles.lifecycle import Stage
from kbgen.articles.links import Link, internal_links
from kbgen.checks.interface import Finding, HelpCentre, Level
from kbgen.errors import nearest
from kbgen.outputs.files import is_file

ID = "links"


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One error for each dead link of a published article, in its text or its front matter."""
    error = partial(Finding, id=ID, level=Level.ERROR)
    for article in centre.library.published:
        for link in internal_links(article):
            fault = _fault_of_link(centre, article, link)
            if fault:
                message, hint = fault
                yield error(path=centre.shown(article.path), line=link.line, message=message, hint=hint)
        for name, target in _named(article):
            fault = _fault(centre, posix("", target), target)
            if fault:
                message, hint = fault
                yield error(
                    path=centre.shown(article.path),
                    line=1,
                    message=f"'{name}' {message.replace('links to', 'names', 1)}",
                    hint=hint,
                )
    for target in centre.settings.kbgen.home.videos:
        fault = _fault(centre, posix("", target), target)
        if fault:
            yield error(
                path=centre.settings.config_file.name,
                message=f"'home.videos' {fault[0].replace('links to', 'names', 1)}",
                hint=fault[1],
            )


def _named(article: Article) -> Iterator[tuple[str, str]]:
    yield from (("related", path) for path in article.meta.related)
    yield from (("course", path) for path in article.meta.course)


def _fault_of_link(centre: HelpCentre, article: Article, link: Link) -> tuple[str, str] | None:
    if link.target.startswith("/"):
        if not link.target.split("#")[0].endswith(".md"):
            return None
        return f"links to '{link.target}', which works nowhere", f"write it relative to {article.path}"
    return _fault(centre, link.path, link.target, beside=article.section)


def _fault(centre: HelpCentre, path: str | None, target: str, *, beside: str = "") -> tuple[str, str] | None:
    """What is wrong with a link to `path`, and what to do; `None` where nothing is.

    Hints name articles as seen from the folder `beside`.
    """
    if path is None:
        return f"links to '{target}', which is outside '{centre.settings.content.name}/'", "move the file inside"
    library = centre.library
    article = library.by_path.get(path)
    if article is None:
        if _is_there(centre, path):
            return None
        return f"links to '{target}', which does not exist", _nearest_article(centre, path, beside)
    stage = library.stage(article)
    if stage is not Stage.PUBLISHED:
        return f"links to '{target}', which is {stage.value}", "publish it, or take the link out"
    return None


def _is_there(centre: HelpCentre, path: str) -> bool:
    """Whether a file or the page of a published section stands there."""
    sections = centre.library.sections
    return path in sections or path.removesuffix("/index.md") in sections or is_file(centre.settings.content / path)


def _nearest_article(centre: HelpCentre, path: str, beside: str) -> str:
    published = [article.path for article in centre.library.published]
    same_name = [other for other in published if other.rsplit("/", 1)[-1] == path.rsplit("/", 1)[-1]]
    near = same_name[0] if same_name else nearest(path, published)
    return (
        f"did you mean '{posixpath.relpath(near, beside or '.')}'?" if near else "mend the path, or take the link out"
    )

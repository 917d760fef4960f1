"""Front matter: the YAML block that opens an article."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import yaml

from kbgen.articles.kinds import Kind
from kbgen.articles.schema import Reader, Report, key
from kbgen.articles.yaml_tree import compose
from kbgen.errors import KbgenError, Where
from kbgen.videos.video import Video


class State(StrEnum):
    """How far an article has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Edit(StrEnum):
    """How much the last edit changed for readers."""

    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, kw_only=True)
class Improved:
    """What changed for readers, and when."""

    date: dt.date = key("day of the improvement")
    what: str = key("what changed, in one sentence")


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """Every key that kbgen reads; other keys pass through to MkDocs."""

    title: str = key("the question or task that the article answers")
    description: str = key("one sentence for search results and lists", "")
    kind: Kind = key("what the article is for", Kind.HOW_TO)
    lang: str = key("language of the article, as in 'en' or 'de'", "")
    answers: tuple[str, ...] = key("phrases of customers that must find this article", ())
    audience: tuple[str, ...] = key("who it is written for", ())
    products: tuple[str, ...] = key("products it is about", ())
    applies_to: tuple[str, ...] = key("versions, plans or systems it is true for", ())
    tags: tuple[str, ...] = key("words to group articles by", ())
    icon: str = key("icon of a section's card, as in 'material/rocket-launch'", "")
    owner: str = key("who keeps it right", "")
    state: State = key("draft and archived articles are not on the site", State.PUBLISHED)
    verified_on: dt.date | None = key("day when somebody last tried it", None)
    review_by: dt.date | None = key("day by which it wants another look", None)
    publish_on: dt.date | None = key("first day on the site", None)
    expires_on: dt.date | None = key("first day when it is no longer on the site", None)
    edit: Edit | None = key("minor keeps the votes' revision comparable, major starts afresh", None)
    improved: Improved | None = key("what changed for readers, shown on the article", None)
    related: tuple[str, ...] = key("paths of articles to read next", ())
    redirect_from: tuple[str, ...] = key("paths or addresses where it used to be", ())
    channels: tuple[str, ...] = key("ids of the channels shown on this article", ())
    feedback: bool = key("false hides the vote", True)
    video: Video | None = key("the recording of a video article", None)
    course: tuple[str, ...] = key("paths of the lessons, in order", ())
    topics: tuple[str, ...] = key("ids of the topics that it answers", ())
    translated_revision: str = key("revision of the original that was translated", "")


FOREIGN_KEYS = frozenset(
    (
        "authors categories comments created date draft hide inherit links order pin render_macros search slug "
        "social status subtitle template toc updated weight layout id sidebar_label sidebar_position"
    ).split()
)
"""Keys of MkDocs, Material and their neighbours that must not be taken for a typo of ours."""

_OPENING = re.compile(r"\A---[ \t]*\n(?P<yaml>(?:.*?\n)??)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Source:
    """The text of an article, taken apart: front matter, body, and the line on which the body begins."""

    yaml: str | None
    body: str
    body_line: int


def split(text: str) -> Source:
    """Take front matter and body of an article apart."""
    match = _OPENING.match(text)
    if not match:
        return Source(yaml=None, body=text, body_line=1)
    return Source(
        yaml=match["yaml"].removesuffix("\n"), body=text[match.end() :], body_line=text.count("\n", 0, match.end()) + 1
    )


def read(source: Source, path: str, report: Report) -> FrontMatter | None:
    """The front matter of an article, or `None` where it cannot be used; problems go to `report`."""
    if source.yaml is None:
        report(_no_front_matter(source, path))
        return None
    try:
        node = compose(source.yaml, path, first_line=2)
    except KbgenError as error:
        report(error)
        return None
    reader = Reader(path=path, first_line=2, report=report)
    meta = reader.read(node, FrontMatter, others=FOREIGN_KEYS)
    if meta and not meta.title:
        report(KbgenError("'title' is empty", where=Where(path=path, line=2), hint="say what the article answers"))
        return None
    return meta


def _no_front_matter(source: Source, path: str) -> KbgenError:
    where = Where(path=path, line=1)
    if re.match(r"---[ \t]*\n", source.body):
        return KbgenError("the front matter is not closed", where=where, hint="end it with a line '---'")
    title = yaml.safe_dump(next(_headings(source.body), "…"), allow_unicode=True, width=1000).split("\n")[0]
    return KbgenError(
        "'title' is missing: the article has no front matter",
        where=where,
        hint=f"begin the file with the three lines '---', 'title: {title}', '---'",
    )


def _headings(body: str) -> Iterator[str]:
    return (match[1].strip() for match in re.finditer(r"^#+ +(.+?)#*$", body, re.MULTILINE))

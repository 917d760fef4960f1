"""The vote: whether one revision of an article helped one reader, and why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kbgen.errors import KbgenError
from kbgen.feedback.fields import read_id, refuse_unknown
from kbgen.feedback.scrub import scrubbed
from kbgen.feedback.search import LONGEST_QUERY

LONGEST_COMMENT = 1000
"""Characters of a comment that are kept."""
LONGEST_SECTION = 200
"""Characters of the anchor of a heading."""

_REVISION = re.compile(r"[0-9a-f]{16}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_KEYS = frozenset({"id", "article", "revision", "helpful", "reason", "comment", "section", "query"})


class Reason(StrEnum):
    """Why an article did not help."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    MISSING = "missing"
    PICTURES = "pictures"
    NOT_WHAT_I_LOOKED_FOR = "not-what-i-looked-for"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Vote:
    """What a reader said; `helpful` is `None` where they took it back."""

    id: str
    article: str
    revision: str
    helpful: bool | None
    reason: Reason | None = None
    comment: str = ""
    section: str = ""
    """The anchor of the heading that the vote is about; `""` for the whole article."""
    query: str = ""
    """The search that led to the article, scrubbed; kept only where it was not what the reader looked for."""


def read_vote(data: Mapping[str, object]) -> Vote:
    """The vote in a message; raises a `KbgenError` that names the first field that is wrong."""
    refuse_unknown(data, _KEYS, "a vote")
    reason = _reason(data.get("reason"))
    return Vote(
        id=read_id(data.get("id")),
        article=_article(data.get("article")),
        revision=_revision(data.get("revision")),
        helpful=_helpful(data),
        reason=reason,
        comment=_comment(data.get("comment")),
        section=_section(data.get("section")),
        query=_query(data.get("query")) if reason is Reason.NOT_WHAT_I_LOOKED_FOR else "",
    )


def _article(value: object) -> str:
    path = value if isinstance(value, str) else ""
    parts = path.split("/")
    if not path.endswith(".md") or len(path) > 300 or not path.isprintable() or {"", ".", ".."} & set(parts):
        raise KbgenError("'article' is not the path of an article below content/")
    return path


def _revision(value: object) -> str:
    if not isinstance(value, str) or not _REVISION.fullmatch(value):
        raise KbgenError("'revision' is not 16 hexadecimal digits")
    return value


def _helpful(data: Mapping[str, object]) -> bool | None:
    value = data.get("helpful", "")
    if value is not None and not isinstance(value, bool):
        raise KbgenError("'helpful' is not true, false or null")
    return value


def _reason(value: object) -> Reason | None:
    if value is None:
        return None
    try:
        return Reason(str(value))
    except ValueError as error:
        raise KbgenError(f"'reason' is none of: {', '.join(Reason)}") from error


def _comment(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise KbgenError("'comment' is not text")
    text = _CONTROL.sub("", value).strip()
    if len(text) > LONGEST_COMMENT:
        raise KbgenError(f"'comment' has more than {LONGEST_COMMENT} characters")
    return text


def _section(value: object) -> str:
    anchor = "" if value is None else value
    if not isinstance(anchor, str) or len(anchor) > LONGEST_SECTION or (anchor and not anchor.isprintable()):
        raise KbgenError("'section' is not the anchor of a heading")
    return anchor


def _query(value: object) -> str:
    query = "" if value is None else value
    if not isinstance(query, str) or len(query) > LONGEST_QUERY:
        raise KbgenError(f"'query' is not a search of at most {LONGEST_QUERY} characters")
    return scrubbed(query)

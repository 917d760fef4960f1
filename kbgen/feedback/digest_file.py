"""The digest file: `feedback.json`, which is committed and which builds read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kbgen.errors import KbgenError, Where
from kbgen.feedback.count import Count, Spot, total
from kbgen.feedback.digest import ArticleVotes, Digest, Row
from kbgen.outputs.files import write_whole

FILE = "feedback.json"
SCHEMA = 1
MAKER = "kbgen feedback digest"
"""How the file says whose it is."""

_REVISION = re.compile(r"[0-9a-f]{16}")


def digest_text(digest: Digest) -> str:
    """The file as it is written; the same votes give the same bytes."""
    articles = {path: {"counts": _counts(digest[path])} for path in sorted(digest)}
    data = {"schema_version": SCHEMA, "made_by": MAKER, "articles": articles}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def write_digest(file: Path, digest: Digest) -> bool:
    """Write the file where it differs from what is there; whether it did. Raises a `KbgenError`."""
    text = digest_text(digest)
    if file.is_file() and file.read_bytes() == text.encode():
        return False
    write_whole(file, text)
    return True


def read_digest(file: Path) -> dict[str, ArticleVotes]:
    """What the file holds, nothing where there is none.

    Raises a `KbgenError` where it is not ours, not readable, or of a newer version of kbgen.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=file.name)) from error
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise KbgenError(
            "this is not valid JSON", where=Where(path=file.name, line=line), hint="take the last committed version"
        ) from error
    return _digest(data, file.name)


def _digest(data: object, name: str) -> dict[str, ArticleVotes]:
    if not isinstance(data, dict) or data.get("made_by") != MAKER:
        raise KbgenError(
            "this file was not made by kbgen, so it is left alone",
            where=Where(path=name),
            hint="give it another name: kbgen keeps the votes of its articles under this one",
        )
    version = data.get("schema_version")
    if isinstance(version, int) and version > SCHEMA:
        raise KbgenError(
            f"the file is of a newer version of kbgen (schema {version}, this one knows {SCHEMA})",
            where=Where(path=name),
            hint="update kbgen: pip install --upgrade kbgen",
        )
    try:
        return {str(path): _article(votes) for path, votes in data["articles"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KbgenError(
            "the counts in this file cannot be read", where=Where(path=name), hint="take the last committed version"
        ) from error


def _counts(votes: ArticleVotes) -> list[dict[str, object]]:
    return [_count(votes, group) for group in votes.groups]


def _count(votes: ArticleVotes, group: tuple[str, ...]) -> dict[str, object]:
    """One count: its votes together, and below `votes` what it is made of, so that it can be added up anew."""
    rows = [(spot, votes.rows[spot]) for spot in sorted(votes.rows) if spot[0] in group]
    whole = total(row.count for (_, section), row in rows if not section)
    sections = {anchor: _numbers(count) for anchor, count in votes.sections(group).items()}
    return {
        "revisions": list(group),
        **(_numbers(whole) if whole else {"yes": 0, "no": 0, "reasons": {}}),
        **({"sections": sections} if sections else {}),
        "votes": [_row(spot, row) for spot, row in rows],
    }


def _numbers(count: Count) -> dict[str, object]:
    days = {"first": count.first.isoformat(), "last": count.last.isoformat()}
    return {"yes": count.yes, "no": count.no, "reasons": dict(count.reasons), **days}


def _row(spot: Spot, row: Row) -> dict[str, object]:
    section = {"section": spot[1]} if spot[1] else {}
    past = {"past": _numbers(row.past)} if row.past else {}
    return {"revision": spot[0], **section, **_numbers(row.live), **past}


def _article(data: Mapping[str, Any]) -> ArticleVotes:
    counts = data["counts"]
    rows = {
        (_revision(row["revision"]), str(row.get("section", ""))): _read_row(row) for c in counts for row in c["votes"]
    }
    return ArticleVotes(groups=tuple(tuple(map(_revision, count["revisions"])) for count in counts), rows=rows)


def _read_row(row: Mapping[str, Any]) -> Row:
    return Row(live=_read_numbers(row), past=_read_numbers(row["past"]) if "past" in row else None)


def _read_numbers(data: Mapping[str, Any]) -> Count:
    return Count(
        yes=_number(data["yes"]),
        no=_number(data["no"]),
        reasons={str(name): _number(n) for name, n in sorted(data["reasons"].items())},
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]),
    )


def _revision(value: object) -> str:
    if not isinstance(value, str) or not _REVISION.fullmatch(value):
        raise ValueError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value

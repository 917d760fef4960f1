"""Acceptance: a person has finished a draft, and it moves into a section for review; nothing is published by it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from kbgen.articles import front_matter
from kbgen.articles.article import Article
from kbgen.articles.lifecycle import DRAFTS
from kbgen.articles.settings import SiteSettings
from kbgen.drafts.markdown import NOTES, PROMPTS
from kbgen.drafts.writer import read_text, unsealed
from kbgen.errors import KbgenError, Where, nearest
from kbgen.outputs.files import write_whole
from kbgen.topics.registry import Registry, write_decisions

_STATE = re.compile(r"^state:[^\n]*$", re.MULTILINE)
_TICKED = re.compile(r"\s*[-*+] \[[xX]\] (?P<text>.*)")
_BLANK_LINES = re.compile(r"\n{3,}")
_ONE_BLANK_LINE = "\n\n"
_BOX = re.compile(r"^\s*[-*+] \[ \]", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """Where the article stands now, and which topics it answers once a person publishes it."""

    path: Path
    topics: tuple[str, ...]


def accept(settings: SiteSettings, registry: Registry, draft: Path, *, section: str, name: str | None) -> Accepted:
    """Move a finished draft into a section; refuses while a box is open, and never overwrites an article."""
    text = read_text(draft)
    article = _read(text, draft)
    _refuse_open_boxes(text, draft)
    if not article.meta.topics:
        raise KbgenError(
            "the draft names no topic", where=Where(path=str(draft), line=1), hint="keep its line 'topics: [t-…]'"
        )
    target = _target(settings, section, name or f"{slug(article.title)}.md")
    path = target.relative_to(settings.content).as_posix()
    answered = {**registry.answered, **dict.fromkeys(article.meta.topics, path)}
    write_decisions(settings.root, replace(registry, answered=answered))
    write_whole(target, for_review(text))
    draft.unlink()
    return Accepted(path=target, topics=article.meta.topics)


def for_review(text: str) -> str:
    """The draft as an article that waits for review: without seal and notes, and with `state: draft`."""
    head, fence, body = unsealed(text).removeprefix("---\n").partition("\n---\n")
    with_state = _STATE.sub("state: draft", head, count=1) if _STATE.search(head) else f"state: draft\n{head}"
    finished = "".join(line for line in body.split(NOTES)[0].splitlines(keepends=True) if not _is_done_prompt(line))
    return f"---\n{with_state}{fence}{_BLANK_LINES.sub(_ONE_BLANK_LINE, finished).rstrip()}\n"


def _is_done_prompt(line: str) -> bool:
    """Whether a line is a ticked box of the draft itself, which asked the writer and says nothing to readers."""
    ticked = _TICKED.match(line)
    return ticked is not None and ticked["text"].strip() in PROMPTS


def slug(title: str) -> str:
    """A file's name for a title: lower-case words joined by hyphens."""
    words = re.findall(r"[^\W_]+", title.lower().replace("'", ""))
    return "-".join(words)[:60].strip("-") or "article"


def _read(text: str, draft: Path) -> Article:
    problems: list[KbgenError] = []
    source = front_matter.split(text)
    meta = front_matter.read(source, str(draft), problems.append)
    if meta is None or problems:
        raise problems[0]
    return Article(path=draft.name, meta=meta, body=source.body, body_line=source.body_line)


def _refuse_open_boxes(text: str, draft: Path) -> None:
    lines = [text.count("\n", 0, match.end()) + 1 for match in _BOX.finditer(text)]
    if lines:
        count = f"{len(lines)} boxes are" if len(lines) > 1 else "1 box is"
        raise KbgenError(
            f"{count} still open (lines {', '.join(map(str, lines))})",
            where=Where(path=str(draft), line=lines[0]),
            hint="answer each in the text, then tick it as '- [x]'; what the draft itself asked is taken out",
        )


def _target(settings: SiteSettings, section: str, name: str) -> Path:
    content = settings.content.resolve()
    folder = (content / section.strip("/")).resolve()
    if (
        not folder.is_relative_to(content / "")
        or not folder.is_dir()
        or DRAFTS in folder.relative_to(content).parts[:1]
    ):
        known = sorted(
            path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_dir() and path.name != DRAFTS
        )
        near = nearest(section, known)
        hint = f"did you mean '{near}'?" if near else f"sections: {', '.join(known)}"
        raise KbgenError(f"there is no section '{section}'", hint=hint)
    if Path(name).name != name or name in {".", ".."}:
        raise KbgenError(f"'{name}' is not the name of a file", hint="for example --name refund.md")
    target = settings.content / folder.relative_to(content) / (name if name.endswith(".md") else f"{name}.md")
    if target.exists():
        raise KbgenError(f"'{target}' exists already", hint="choose another name with --name")
    return target

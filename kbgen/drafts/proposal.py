"""The proposal: what tickets add to an article that answers a topic in part, as a patch that a person applies."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbgen.articles.answer_list import with_answers
from kbgen.articles.article import Article
from kbgen.drafts.draft import SAME, Draft
from kbgen.drafts.instruction import objects
from kbgen.drafts.markdown import escaped, step_text
from kbgen.drafts.wording import Wording, wording
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.phrases import MOST_ANSWERS

SAID = 0.62
"""Cosine from which the article says already what answers agree on."""

_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_LAST_PART = re.compile(
    r"^## +(?:see also|related|next|further reading|siehe auch|mehr dazu|weiter)\b", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A change to one article: nothing is written until a person applies it."""

    topic: str
    article: str
    """Path below `content/`."""
    patch: str
    """A unified diff, for `git apply` in the folder of mkdocs.yml."""
    added: int
    """How many phrases, steps and facts it adds."""

    @property
    def name(self) -> str:
        """The file's name below `.kbgen/proposals/`."""
        return f"{self.topic}.patch"


@dataclass(frozen=True, kw_only=True)
class Target:
    """The article that is to be improved, and its file."""

    article: Article
    text: str
    """What the file holds, with its line ends."""
    shown: str
    """Its path from the folder of mkdocs.yml."""


def propose(target: Target, draft: Draft, embedding: Embedding, doubts: Sequence[str] = ()) -> Proposal | None:
    """What the tickets of a draft's topic add to an article; None where they add nothing.

    `doubts` are contradictions between the article and the answers, each put into a question. Raises a `KbgenError`
    where the file cannot be added to.
    """
    article, text, shown = target.article, target.text, target.shown
    say = wording(article.meta.lang or draft.material.lang)
    phrases = _new_phrases(article, draft, embedding)
    lines = _new_lines(article, draft, embedding, say)
    if not (phrases or lines or doubts):
        return None
    longer = with_answers(text, phrases, shown=shown) if phrases else text
    if lines or doubts:
        longer = _with_part(longer, _part(draft, lines, doubts, say))
    return Proposal(
        topic=draft.topic.id,
        article=article.path,
        patch=unified(text, longer, shown),
        added=len(phrases) + len(lines),
    )


def _new_phrases(article: Article, draft: Draft, embedding: Embedding) -> list[str]:
    has = [article.title, *article.meta.answers]
    room = MOST_ANSWERS - len(article.meta.answers)
    if not draft.answers or room <= 0:
        return []
    vectors = embedding.embed([*has, *draft.answers])
    likeness = vectors[len(has) :] @ vectors[: len(has)].T
    new = [text for text, row in zip(draft.answers, likeness, strict=True) if float(row.max()) < SAME]
    return new[:room]


def _new_lines(article: Article, draft: Draft, embedding: Embedding, say: Wording) -> list[str]:
    """Messages, steps and facts that the article does not say, as lines of Markdown."""
    found, body = draft.material, article.body.casefold()
    lines = [f"- `{m.text.replace('`', chr(39))}`" for m in found.messages if m.text.casefold() not in body]
    told = [(step.agreed, step_text(step, say)) for step in found.steps]
    facts = [(agreed, escaped(agreed.text)) for agreed in (*found.results, *found.causes, *found.facts)]
    says = [part.strip(" -*#0123456789.") for part in _SENTENCE.split(article.body) if len(part.split()) > 1]
    every = [*told, *facts]
    if not every:
        return lines
    vectors = embedding.embed([*(agreed.text for agreed, _ in every), *says])
    likeness = vectors[: len(every)] @ vectors[len(every) :].T
    new = [
        not says or float(row.max()) < SAID or (bool(objects(agreed.text)) and not _held(agreed.text, body))
        for (agreed, _), row in zip(every, likeness, strict=True)
    ]
    steps = [text for (_, text), is_new in zip(told, new, strict=False) if is_new]
    lines += [f"{number}. {text}" for number, text in enumerate(steps, start=1)]
    return lines + [f"- {text}" for (_, text), is_new in zip(facts, new[len(told) :], strict=True) if is_new]


def _held(text: str, body: str) -> bool:
    """Whether the article holds one of the exact things that a sentence names."""
    return any(thing in body for thing in objects(text))


def _part(draft: Draft, lines: Sequence[str], doubts: Sequence[str], say: Wording) -> str:
    boxes = [
        *(say("proposed_doubt", text=escaped(doubt)) for doubt in doubts),
        *([say("proposed_work")] if lines else []),
        say("proposed_topic", topic=draft.topic.id),
    ]
    blocks: list[str] = []
    for line in lines:
        joined = blocks and (line[0] == "-") == (blocks[-1][0] == "-")
        blocks = [*blocks[:-1], f"{blocks[-1]}\n{line}"] if joined else [*blocks, line]
    asked = "\n".join(f"- [ ] {box}" for box in boxes)
    return "\n\n".join([f"<!-- {say('proposed')} -->", f"## {escaped(draft.title)}", *blocks, asked])


def _with_part(text: str, part: str) -> str:
    """The text with a new part before the links at its end; its line ends are those of the file."""
    ending = "\r\n" if "\r\n" in text else "\n"
    match = _LAST_PART.search(text)
    place = match.start() if match else len(text)
    before, after = text[:place].rstrip("\r\n"), text[place:]
    new = f"{before}\n\n{part}\n" + (f"\n{after}" if after else "")
    return new if ending == "\n" else re.sub(r"\r?\n", "\r\n", new)


def unified(old: str, new: str, path: str) -> str:
    """The change as a unified diff in git's form; lines end at line feeds alone, as git counts them."""
    lines = difflib.unified_diff(_lines(old), _lines(new), f"a/{path}", f"b/{path}")
    told = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    head = f"diff --git a/{path} b/{path}\n"
    return head + "".join(_header(line) for line in told)


def _header(line: str) -> str:
    """A line of the diff; a path with a space in it is closed with a tab, as git does."""
    is_path = line.startswith(("--- a/", "+++ b/")) and " " in line[6:]
    return f"{line[:-1]}\t\n" if is_path else line


def _lines(text: str) -> list[str]:
    pieces = text.split("\n")
    return [f"{piece}\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])

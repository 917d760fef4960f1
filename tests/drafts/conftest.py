"""What tests of drafts share: a fake embedding, tickets, and a help centre with one finished draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kbgen.articles.settings import SiteSettings, load_settings
from kbgen.drafts.draft import Draft, draft_of
from kbgen.drafts.material import background, material
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Near
from kbgen.topics.embedding.interface import Vectors
from kbgen.topics.topic import Topic


class Words:
    """A fake embedding: texts are alike by the words they share."""

    name = "words"

    def __init__(self) -> None:
        """Know no word yet."""
        self.places: dict[str, int] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text: its words."""
        result = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().replace("?", " ").replace(".", " ").split() or ["…"]:
                result[row, self.places.setdefault(word, len(self.places))] = 1
        return result / np.linalg.norm(result, axis=1, keepdims=True)


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def answered() -> Callable[..., tuple[Ticket, ...]]:
    """Tickets that ask the same, each with the given answer; `None` stands for no answer."""

    def make(*replies: str | None, question: str = "How do I export?", plans: Sequence[str] = ()) -> tuple[Ticket, ...]:
        return tuple(
            Ticket(
                id=str(n),
                subject="",
                text=question,
                replies=() if reply is None else (reply,),
                requester=f"p{n}",
                created="2026-03-05",
                tags=(),
                plan=plans[n] if plans else "",
            )
            for n, reply in enumerate(replies)
        )

    return make


@pytest.fixture
def topic() -> Topic:
    return Topic(
        id="t-abc123",
        label="How do I export everything as a PDF?",
        phrases=("pdf", "export"),
        examples=("Is there a print version?", "How do I export everything as a PDF", "Where is the button?"),
        tickets=("0", "1", "2"),
        people=2,
        first="2026-03-01",
        last="2026-03-05",
    )


@pytest.fixture
def drafted(words: Words, topic: Topic) -> Callable[..., Draft]:
    """The draft of tickets, which are all that is known."""

    def make(tickets: Sequence[Ticket], near: tuple[Near, ...] = (), own: Topic = topic) -> Draft:
        ids = tuple(ticket.id for ticket in tickets)
        own = replace(own, tickets=ids)
        found = material(own, tickets, near, background(tickets, (own,)), words)
        return draft_of(found, words)

    return make


FINISHED = """\
---
title: How do I export everything?
kind: how-to
state: draft
answers:
- export as pdf
topics:
- t-abc123
kbgen_draft: 0123456789abcdef
---

1. Open Settings.
2. Press Export.

<!-- kbgen: the part below is for the writer; accepting the draft removes it -->

## Evidence

- 9 tickets from 7 people.

## Open questions

- [x] Is the title what a customer would look for?
"""


@pytest.fixture
def finished() -> str:
    """The text of a draft whose boxes are all ticked."""
    return FINISHED


@pytest.fixture
def centre(tmp_path: Path) -> SiteSettings:
    """A help centre with one section and an empty folder of drafts."""
    (tmp_path / "content" / "drafts").mkdir(parents=True)
    (tmp_path / "content" / "getting-started").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Acme help\ndocs_dir: content\n", encoding="utf-8")
    return load_settings(tmp_path / "mkdocs.yml")

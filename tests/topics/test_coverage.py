"""Facts about coverage: when an article answers a topic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kbgen.articles.library import load
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Coverage, coverage
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.registry import Registry
from kbgen.topics.topic import Topic

Asked = Callable[..., Ticket]
TOPIC = Topic(id="t-1", label="x", phrases=(), examples=(), tickets=("1",), people=0, first="", last="")


@pytest.fixture
def covered(tmp_path: Path, words: Embedding, asked: Asked) -> Callable[..., Coverage]:
    """How far a help centre of the given articles (name → front matter) answers a question."""

    def of(question: str, *, registry: Registry | None = None, **articles: str) -> Coverage:
        (tmp_path / "index.md").write_text("---\ntitle: Home\n---\n", encoding="utf-8")
        for name, text in articles.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        known = registry or Registry(topics=(TOPIC,))
        return coverage(known, [asked("1", question)], load(tmp_path, date(2026, 11, 23)), words)["t-1"]

    return of


def article(title: str, front: str = "", body: str = "Words.") -> str:
    return f"---\ntitle: {title}\n{front}---\n\n{body}\n"


def test_article_that_says_the_same_answers(covered: Callable[..., Coverage]) -> None:
    """An article whose title is the question answers the topic; it is the nearest, with its likeness."""
    state = covered("export as pdf", pdf=article("Export as pdf"), tax=article("Tax"))
    assert (state.status, state.article) == ("answered", "pdf.md")
    assert state.near[0].likeness == pytest.approx(1)
    assert [near.article for near in state.near] == ["pdf.md", "tax.md"]


def test_answer_phrase_counts_like_a_title(covered: Callable[..., Coverage]) -> None:
    """An article is found by the phrases it says customers use."""
    state = covered("print everything", pdf=article("Export as pdf", "answers: [print everything]\n"))
    assert (state.status, state.article) == ("answered", "pdf.md")


def test_article_that_is_only_near_answers_partly(covered: Callable[..., Coverage]) -> None:
    """Between the two thresholds an article answers in part."""
    state = covered("pdf of our long tax manual", pdf=article("pdf manual for you and me and all"))
    assert state.status in {"partly", "unanswered"}
    state = covered("alpha beta gamma delta", pdf=article("alpha beta one two three"))
    assert (state.status, round(state.near[0].likeness, 2)) == ("unanswered", 0.45)
    state = covered("alpha beta gamma", pdf=article("alpha beta one two three four"))
    assert (state.status, round(state.near[0].likeness, 2)) == ("partly", 0.47)


def test_unrelated_articles_answer_nothing(covered: Callable[..., Coverage]) -> None:
    """An article on something else leaves the topic unanswered."""
    state = covered("export as pdf", tax=article("Tax"))
    assert (state.status, state.article) == ("unanswered", "")


def test_help_centre_without_articles_answers_nothing(covered: Callable[..., Coverage]) -> None:
    """Where there is no article there is nothing near either; a section's own page is no answer."""
    state = covered("home")
    assert (state.status, state.near) == ("unanswered", ())


def test_draft_article_answers_nothing(covered: Callable[..., Coverage]) -> None:
    """Only what is on the site answers."""
    assert covered("export as pdf", pdf=article("Export as pdf", "state: draft\n")).status == "unanswered"


def test_topics_key_goes_before_likeness(covered: Callable[..., Coverage]) -> None:
    """An article that names the topic answers it, whatever its words are."""
    state = covered("export as pdf", tax=article("Tax", "topics: [t-1]\n"), pdf=article("Export as pdf"))
    assert (state.status, state.article) == ("answered", "tax.md")


def test_decision_goes_before_everything(covered: Callable[..., Coverage]) -> None:
    """What a person accepted counts before what articles say of themselves, and dismissed is dismissed."""
    accepted = Registry(topics=(TOPIC,), answered={"t-1": "tax.md"})
    files = {"tax": article("Tax"), "pdf": article("Export as pdf", "topics: [t-1]\n")}
    assert covered("export as pdf", registry=accepted, **files).article == "tax.md"
    dismissed = Registry(topics=(TOPIC,), answered={"t-1": "tax.md"}, dismissed=frozenset({"t-1"}))
    assert covered("export as pdf", registry=dismissed, **files).status == "dismissed"


def test_accepted_article_that_is_gone_answers_nothing(covered: Callable[..., Coverage]) -> None:
    """A topic is open again when the article that answered it was deleted."""
    accepted = Registry(topics=(TOPIC,), answered={"t-1": "gone.md"})
    assert covered("export as pdf", registry=accepted, tax=article("Tax")).status == "unanswered"


def test_accepted_article_that_was_archived_answers_nothing(covered: Callable[..., Coverage]) -> None:
    """A topic is open again when the article that answered it is off the site."""
    accepted = Registry(topics=(TOPIC,), answered={"t-1": "tax.md"})
    assert covered("pdf", registry=accepted, tax=article("Tax", "state: archived\n")).status == "unanswered"

"""Facts about the replay: which of yesterday's questions today's search answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from indexes import add_index, an_answer

from kbgen.feedback.summary import wilson
from kbgen.search.reader import Reader, open_site
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Answered, Unanswered
from kbgen.topics.registry import Registry
from kbgen.topics.replay import FEWEST, is_answered, question_of, replay
from kbgen.topics.topic import Topic

Asked = Callable[..., Ticket]
SINCE = date(2026, 9, 1)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """The index of a site of three articles."""
    entries = [
        an_answer("password.md", "Change your password", answers=("forgot my login",)),
        an_answer("invoice.md", "Download an invoice"),
        an_answer("video.md", "Add a video"),
        *(an_answer(f"more/{n}.md", f"Settings of part {n}") for n in range(4)),
    ]
    return open_site(add_index(tmp_path / "site", entries), "en")


def topic(id_: str, *tickets: str) -> Topic:
    return Topic(id=id_, label=f"About {id_}", phrases=(), examples=(), tickets=tickets, people=0, first="", last="")


def test_questions_by_topic(asked: Asked, reader: Reader) -> None:
    """Each topic has how many asked, how many were answered, and what was not found."""
    tickets = [
        asked("1", "How do I change the password?", day="2026-09-01"),
        asked("2", "Nobody tells me about hamster wheels?", day="2026-10-02"),
        asked("3", "Where is a printer driver?", day="2026-10-02"),
    ]
    registry = Registry(topics=(topic("t-1", "1", "2"), topic("t-2", "3")))
    covered = {"t-1": Answered(article="password.md", near=()), "t-2": Unanswered(near=())}
    first, second = replay(registry, covered, tickets, reader, SINCE).rows
    assert (first.topic, first.n, first.answered, first.article) == ("t-1", 2, 1, "password.md")
    assert first.missed == ("Nobody tells me about hamster wheels?",)
    assert (second.n, second.answered, second.status) == (1, 0, "unanswered")


def test_another_article_is_no_answer(reader: Reader) -> None:
    """What is found has to be the article that answers the topic, among the first three."""
    found = reader.search("settings of hamsters and their wheels", limit=3)
    assert is_answered(found, found.hits[2].article)
    assert not is_answered(found, "invoice.md")
    assert not is_answered(found, "")


def test_an_article_that_asks_the_same_is_an_answer(reader: Reader) -> None:
    """Where a title or an answer phrase is the question itself, it is answered, whatever coverage says."""
    assert is_answered(reader.search("Forgot my login"), "")


def test_days(asked: Asked, reader: Reader) -> None:
    """Questions before the first day are left out, and so are tickets without a day, which are counted."""
    days = ("2026-08-31", "2026-09-01", "")
    tickets = [asked(str(n), "How do I change the password?", day=day) for n, day in enumerate(days)]
    done = replay(Registry(), {}, tickets, reader, SINCE)
    assert (done.total().n, done.undated) == (1, 1)


def test_questions_of_no_topic_stand_at_the_end(asked: Asked, reader: Reader) -> None:
    """They have a row of their own, and are answered where an article asks the very same."""
    tickets = [asked(str(n), "Forgot my login", day="2026-10-01") for n in range(3)]
    tickets.append(asked("9", "Change the password?", day="2026-10-01"))
    registry, covered = Registry(topics=(topic("t-1", "9"),)), {"t-1": Answered(article="password.md", near=())}
    rows = replay(registry, covered, tickets, reader, SINCE).rows
    assert [(row.topic, row.n, row.answered) for row in rows] == [("t-1", 1, 1), ("", 3, 3)]


def test_small_numbers_are_said_to_be_small(asked: Asked, reader: Reader) -> None:
    """A share has its interval, and says whether there are enough questions."""
    tickets = [asked(str(n), "Change the password?", day="2026-10-01") for n in range(FEWEST - 1)]
    (row,) = replay(Registry(), {}, tickets, reader, SINCE).rows
    data = row.as_json()
    assert data["enough"] is False
    assert data["interval"] == [round(end, 4) for end in wilson(row.answered, row.n)]


def test_totals(asked: Asked, reader: Reader) -> None:
    """Questions that an article answers are told apart from all: nothing can be found for the others."""
    tickets = [asked(str(n), "Change the password?", day="2026-10-01") for n in range(6)]
    registry = Registry(topics=(topic("t-1", "0", "1"), topic("t-2", "2", "3", "4", "5")))
    covered = {"t-1": Answered(article="password.md", near=()), "t-2": Unanswered(near=())}
    data = replay(registry, covered, tickets, reader, SINCE).as_json()
    assert data["since"] == "2026-09-01"
    assert [row["topic"] for row in data["topics"]] == ["t-2", "t-1"]  # type: ignore[attr-defined]
    assert data["with_article"] == {"n": 2, "answered": 2, "interval": [0.3424, 1.0], "enough": False}
    assert data["all"]["n"] == 6  # type: ignore[index]


@pytest.mark.parametrize(
    ("subject", "text", "question"),
    [
        ("Password reset mail", "Hello. How do I get it?", "Password reset mail"),
        ("Help", "Hello there. How do I change the password?", "How do I change the password?"),
        ("", "Nothing works. My password is refused.", "My password is refused"),
        ("Question for you", "Where is it? Where is the old invoice?", "Where is the old invoice?"),
        ("", "Mail me at [email]. My [card] was charged twice?", ""),
        ("", "", ""),
    ],
)
def test_the_question_is_what_somebody_would_type(asked: Asked, subject: str, text: str, question: str) -> None:
    """The subject, else the first sentence that asks or says something; never one that held personal data."""
    assert question_of(asked("1", text, subject=subject)) == question

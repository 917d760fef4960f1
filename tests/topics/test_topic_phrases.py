"""Facts about phrases: which sentences of tickets are proposed as answer phrases, and for which articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from kbgen.articles.library import Library, load
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Answered, Coverage, PartlyAnswered, Unanswered
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.phrases import MOST_ANSWERS, Proposal, known_words, proposals
from kbgen.topics.registry import Registry
from kbgen.topics.topic import Topic

Asked = Callable[..., Ticket]
Proposed = Callable[..., list[Proposal]]


def topic_of(tickets: Sequence[Ticket], id_: str = "t-1", phrases: tuple[str, ...] = ()) -> Topic:
    ids = tuple(ticket.id for ticket in tickets)
    return Topic(id=id_, label="x", phrases=phrases, examples=(), tickets=ids, people=0, first="", last="")


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., Library]:
    def of(**heads: str) -> Library:
        for name, head in heads.items():
            (tmp_path / f"{name}.md").write_text(f"---\n{head}---\n\nWords.\n", encoding="utf-8")
        return load(tmp_path, date(2026, 11, 23))

    return of


@pytest.fixture
def proposed(library: Callable[..., Library], words: Embedding) -> Proposed:
    """What is proposed for an article (by its front matter), from tickets that it answers."""

    def of(
        tickets: Sequence[Ticket], head: str = "title: Something else\n", state: Coverage | None = None
    ) -> list[Proposal]:
        covered = {"t-1": state or Answered(article="a.md", near=())}
        return proposals(Registry(topics=(topic_of(tickets),)), covered, tickets, library(a=head), words)

    return of


def texts(found: list[Proposal]) -> list[str]:
    return [phrase.text for proposal in found for phrase in proposal.phrases]


def asking(asked: Asked, *questions: str, person: str | None = None) -> list[Ticket]:
    return [asked(str(n), text, requester=person) for n, text in enumerate(questions)]


def test_a_phrase_that_three_tickets_say_is_proposed(asked: Asked, proposed: Proposed) -> None:
    """The clearest of like sentences comes first, with how many tickets say the like."""
    tickets = asking(asked, "How do I reset the password?", "Reset the password please", "How to reset the password?")
    (proposal,) = proposed(tickets)
    assert (proposal.article, proposal.has) == ("a.md", 0)
    assert (proposal.phrases[0].text, proposal.phrases[0].tickets) == ("How to reset the password?", 3)


@pytest.mark.parametrize("questions", [2, 3])
def test_a_phrase_needs_three_tickets(asked: Asked, proposed: Proposed, questions: int) -> None:
    """What two tickets say is not proposed."""
    tickets = asking(asked, *["How do I reset the password?"] * questions, "Where is the invoice?")
    assert bool(proposed(tickets)) is (questions == 3)


def test_a_phrase_needs_two_people(asked: Asked, proposed: Proposed) -> None:
    """One person's three tickets are one person's wording; where nobody is known, tickets count."""
    same = ["How do I reset the password?"] * 3
    assert not proposed(asking(asked, *same, person="one"))
    assert proposed(asking(asked, *same, person=""))


def test_a_word_that_may_name_somebody_keeps_its_sentence_back(asked: Asked, proposed: Proposed) -> None:
    """A sentence like the others is not proposed where one of its words stands in its ticket alone."""
    named = "Reset password of Ottoline"
    tickets = asking(asked, named, "Reset password now", "Reset password now", "Reset password now")
    assert texts(proposed(tickets)) == ["Reset password now"]
    assert "ottoline" not in known_words(tickets)


@pytest.mark.parametrize(
    "sentence",
    [
        "Reset password for a.b@c.example",
        "Reset password for [email]",
        "Reset password 4111 1111 1111 1111",
        "Reset",
        "Reset password " * 8,
        "It is not here",
    ],
)
def test_what_cannot_be_an_answer_phrase_is_left_out(asked: Asked, proposed: Proposed, sentence: str) -> None:
    """Personal data, marks, single words, long sentences, and those that tell nothing, however often they come."""
    assert not proposed(asking(asked, *[sentence] * 4))


def test_what_the_article_says_already_is_not_proposed(asked: Asked, proposed: Proposed) -> None:
    """Neither its title nor a phrase that it has is proposed again, in whatever case."""
    tickets = asking(asked, *["How do I reset the password?"] * 3)
    assert not proposed(tickets, "title: How do I reset the password\n")
    assert not proposed(tickets, "title: T\nanswers: [how do i RESET the password]\n")


def test_phrases_differ_from_one_another(asked: Asked, proposed: Proposed) -> None:
    """Of near-duplicates one is proposed."""
    tickets = asking(
        asked, *["Reset the password now"] * 3, *["Reset the password now please"] * 3, *["Export as pdf"] * 3
    )
    assert len(texts(proposed(tickets))) == 2


def test_an_article_has_ten_phrases_at_most(asked: Asked, proposed: Proposed) -> None:
    """Proposals fill up what an article has, and no more."""
    many = [f"{a} some {b}" for a in ("open", "close", "move", "print") for b in ("letters", "doors", "boxes", "maps")]
    tickets = asking(asked, *(question for question in many for _ in range(3)))
    assert len(texts(proposed(tickets))) == MOST_ANSWERS
    has = ", ".join(f"phrase {n}" for n in range(8))
    assert len(texts(proposed(tickets, f"title: T\nanswers: [{has}]\n"))) == 2
    full = ", ".join(f"phrase {n}" for n in range(12))
    assert not proposed(tickets, f"title: T\nanswers: [{full}]\n")


@pytest.mark.parametrize("state", [Unanswered(near=()), PartlyAnswered(article="a.md", near=())])
def test_only_articles_that_answer_get_phrases(asked: Asked, proposed: Proposed, state: Coverage) -> None:
    """A phrase of a topic that an article does not answer would lead people to the wrong place."""
    assert not proposed(asking(asked, *["How do I reset the password?"] * 3), state=state)


def test_topics_of_one_article_take_turns(asked: Asked, words: Embedding, library: Callable[..., Library]) -> None:
    """Where an article answers two topics, phrases of both are proposed, the larger topic's first."""
    small = [asked(f"s{n}", text) for n in range(3) for text in ["Close the door"]]
    large = [asked(f"l{n}", text) for n, text in enumerate(["Print a map"] * 3 + ["Send some letters"] * 3)]
    registry = Registry(topics=(topic_of(small, "t-small"), topic_of(large, "t-large")))
    answered = Answered(article="a.md", near=())
    covered = {"t-small": answered, "t-large": answered}
    (found,) = proposals(registry, covered, [*small, *large], library(a="title: T\n"), words)
    assert [phrase.topic for phrase in found.phrases] == ["t-large", "t-small", "t-large"]


def test_the_same_tickets_give_the_same_phrases(
    recurring: tuple[Ticket, ...], embedding: Embedding, library: Callable[..., Library]
) -> None:
    """With the real model: phrases are on the topic, and the order of tickets changes nothing."""
    own = [ticket for ticket in recurring if ticket.id.startswith("password")]
    registry = Registry(topics=(topic_of(own, phrases=("password", "reset")),))
    covered = {"t-1": Answered(article="a.md", near=())}
    several = [
        proposals(registry, covered, tickets, library(a="title: T\n"), embedding) for tickets in (own, own[::-1])
    ]
    assert several[0] == several[1]
    assert texts(several[0])
    assert all("password" in text.casefold() for text in texts(several[0]))
    assert several[0][0].as_json()["article"] == "a.md"

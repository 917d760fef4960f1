"""Facts about the draft: what a proposed article says, and what it leaves open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kbgen.articles import front_matter
from kbgen.articles.front_matter import State
from kbgen.articles.kinds import Kind
from kbgen.drafts.draft import NOTES, as_markdown, make_draft
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Near
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.topic import Topic

Answered = Callable[..., tuple[Ticket, ...]]
NEAR = (Near(article="a/print.md", title="Print", likeness=0.43), Near(article="b.md", title="B", likeness=0.1))


def text_of(topic: Topic, tickets: tuple[Ticket, ...], words: Embedding, near: tuple[Near, ...] = ()) -> str:
    return as_markdown(make_draft(topic, tickets, near, words))


def test_front_matter_is_that_of_an_article(topic: Topic, words: Embedding, answered: Answered) -> None:
    """A draft has a title, answer phrases, its topic and the state draft, and nothing in it is a problem."""
    problems: list[Exception] = []
    source = front_matter.split(text_of(topic, answered("Press Export."), words))
    meta = front_matter.read(source, "draft.md", problems.append)
    assert problems == []
    assert meta is not None
    assert (meta.title, meta.state, meta.topics) == (topic.label, State.DRAFT, ("t-abc123",))
    assert meta.answers == (topic.label, "Is there a print version?", "Where is the button?")


@pytest.mark.parametrize(
    "label", ["Why: 'no' PDF?", "# not a comment", "- yes", "Ends with: ", '"Quoted" text', "@home --- x"]
)
def test_any_label_is_a_valid_title(topic: Topic, words: Embedding, answered: Answered, label: str) -> None:
    """Whatever a customer wrote, the front matter can be read."""
    source = front_matter.split(text_of(replace(topic, label=label), answered(None), words))
    meta = front_matter.read(source, "draft.md", lambda problem: pytest.fail(str(problem)))
    assert meta is not None
    assert meta.title.strip() == label.strip()


@pytest.mark.parametrize(
    ("question", "reply", "kind"),
    [
        ("How do I export?", "Press Export.", Kind.HOW_TO),
        ("How do I export?", None, Kind.FAQ),
        ("The export fails with error 502", "Press Export.", Kind.TROUBLESHOOTING),
    ],
)
def test_kind_follows_questions_and_answers(
    topic: Topic, words: Embedding, answered: Answered, question: str, reply: str | None, kind: Kind
) -> None:
    """Complaints make a troubleshooting article, agreed steps a how-to, and the rest a question with its answer."""
    draft = make_draft(topic, answered(reply, reply, question=question), (), words)
    assert draft.kind is kind
    assert as_markdown(draft).count("\nkind: ") == 1


def test_agreed_steps_are_numbered_and_counted(topic: Topic, words: Embedding, answered: Answered) -> None:
    """Steps stand in the body, and the notes say how many tickets each rests on."""
    text = text_of(topic, answered("Open Settings. Press Export.", "Open Settings. Press Export."), words)
    assert "\n1. Open Settings.\n2. Press Export.\n" in text
    assert "- Step 1 stands in the answers to 2 tickets." in text


def test_what_is_not_known_is_an_open_box(topic: Topic, words: Embedding, answered: Answered) -> None:
    """Without agreed steps the draft asks for them instead of inventing any."""
    text = text_of(topic, answered("Press Export.", "It is fixed."), words)
    assert "\n1. " not in text
    assert "- [ ] What is the answer? The 2 answers of agents agree on no step." in text


@pytest.mark.parametrize("reply", ["Press Export.", None])
def test_every_draft_has_open_boxes(topic: Topic, words: Embedding, answered: Answered, reply: str | None) -> None:
    """No draft is finished when it is written: a person has to look."""
    text = text_of(topic, answered(reply, reply), words)
    body, notes = text.split(NOTES)
    assert "- [ ] " in body
    assert "- [ ] " in notes


def test_evidence_is_counts_without_tickets(topic: Topic, words: Embedding, answered: Answered) -> None:
    """The notes give numbers, days and phrases, but no ticket and no person."""
    text = text_of(topic, answered("Press it.", None), words)
    assert "- 3 tickets from 2 people, 2026-03-01 to 2026-03-05." in text
    assert "- 1 of them have an agent's answer." in text
    assert "- What they share: pdf, export." in text
    assert "p0" not in text


def test_near_article_is_offered_instead(topic: Topic, words: Embedding, answered: Answered) -> None:
    """Where an article comes near, the draft asks whether it should be improved instead, and names the others."""
    text = text_of(topic, answered(None), words, NEAR)
    assert "- [ ] Would it be better to improve content/a/print.md instead?" in text
    assert "- content/b.md: B (likeness 0.10)" in text
    assert "improve" not in text_of(topic, answered(None), words, NEAR[1:])


def test_long_label_is_shortened_in_the_title(topic: Topic, words: Embedding, answered: Answered) -> None:
    """A title has at most fourteen words; the whole question stays an answer phrase."""
    label = " ".join(f"word{n}" for n in range(20))
    draft = make_draft(replace(topic, label=label), answered(None), (), words)
    assert draft.title == " ".join(label.split()[:14])
    assert draft.answers[0] == label


def test_same_topic_gives_the_same_text(topic: Topic, words: Embedding, answered: Answered) -> None:
    """A draft has no date and no chance in it: written twice it is the same, byte for byte."""
    tickets = answered("Press Export.", "Open it. Press Export.")
    assert text_of(topic, tickets, words, NEAR) == text_of(topic, tickets, words, NEAR)

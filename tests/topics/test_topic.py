"""Facts about the topic: its label, its phrases and its evidence."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.topic import clearest, key_phrases, sentences_of, topics_of, with_fringe

Asked = Callable[..., Ticket]


def topics(tickets: list[Ticket], words: Embedding, groups: list[int] | None = None) -> tuple:
    vectors = words.embed([ticket.question for ticket in tickets])
    return topics_of(tickets, np.array(groups or [0] * len(tickets)), vectors, vectors, words)


def test_phrases_are_what_others_do_not_say(asked: Asked) -> None:
    """A phrase that a group shares and others do not comes first; words of all groups are none of its phrases."""
    groups = {
        n: [asked(f"{n}{i}", f"kbgen is slow with the {thing}") for i in range(4)]
        for n, thing in enumerate(["invoice", "calendar", "parcel", "printer", "logo", "video", "price", "menu"])
    }
    phrases = key_phrases(groups)
    assert phrases[0] == ("invoice",)
    assert phrases[1] == ("calendar",)


def test_phrases_are_ranked_by_class_based_tf_idf(asked: Asked) -> None:
    """The order of phrases is share in the group x log(1 + mean per group / count over all), worked out by hand."""
    groups = {
        0: [asked(f"a{i}", t) for i, t in enumerate(["pdf", "pdf", "pdf", "export", "export", "export"])],
        1: [asked(f"b{i}", t) for i, t in enumerate(["export", "tax", "tax", "tax", "fee", "fee"])],
    }
    average = 12 / 2
    pdf, export = 3 / 6 * math.log(1 + average / 3), 3 / 6 * math.log(1 + average / 4)
    assert pdf > export
    assert key_phrases(groups)[0] == ("pdf", "export")


def test_two_words_in_a_row_beat_each_alone(asked: Asked) -> None:
    """A phrase of two words stands in place of its words."""
    groups = {0: [asked(str(i), "dark mode") for i in range(3)], 1: [asked(f"b{i}", "tax fee") for i in range(3)]}
    assert key_phrases(groups) == {0: ("dark mode",), 1: ("tax fee",)}


@pytest.mark.parametrize(("tickets", "found"), [(2, ()), (3, ("pdf",))])
def test_phrase_needs_three_tickets(asked: Asked, tickets: int, found: tuple[str, ...]) -> None:
    """What fewer than three tickets say is not published: it could be one customer's affair."""
    group = [asked(str(i), "pdf") for i in range(tickets)] + [asked(f"o{i}", f"alpha{i}") for i in range(3)]
    assert key_phrases({0: group})[0] == found


def test_phrase_needs_two_people(asked: Asked) -> None:
    """What only one person says, however often, is no phrase; where nobody is named, tickets count."""
    one = [asked(str(i), "pdf", requester="same") for i in range(5)]
    assert key_phrases({0: one})[0] == ()
    assert key_phrases({0: [replace(ticket, requester="") for ticket in one]})[0] == ("pdf",)


def test_unknown_requester_is_no_second_person(asked: Asked) -> None:
    """One known person and tickets of nobody are one person, as far as anybody can tell."""
    tickets = [asked(str(i), "pdf", requester="same" if i else "") for i in range(5)]
    assert key_phrases({0: tickets})[0] == ()


def test_marks_and_stop_words_are_no_phrases(asked: Asked) -> None:
    """Marks of privacy never become phrases, nor words that say nothing."""
    tickets = [asked(str(i), "please send to [email] the pdf for [name] of today") for i in range(4)]
    assert set(" ".join(key_phrases({0: tickets})[0]).split()) == {"pdf", "send", "today"}


@pytest.mark.parametrize("text", ["the pdf [name] today", "the pdf. Today"])
def test_phrase_never_crosses_a_mark_or_a_full_stop(asked: Asked, text: str) -> None:
    """Two words with a mark or the end of a sentence between them are no phrase."""
    assert set(key_phrases({0: [asked(str(i), text) for i in range(4)]})[0]) == {"pdf", "today"}


def test_topic_counts_tickets_people_and_days(asked: Asked, words: Embedding) -> None:
    """A topic says how many tickets from how many people ask it, and from when to when."""
    tickets = [
        asked(str(i), "how do I get a pdf", requester=f"p{i % 3}", day=f"2026-03-0{9 - i}" if i else "")
        for i in range(5)
    ]
    (topic,) = topics(tickets, words)
    assert (topic.size, topic.people, topic.first, topic.last) == (5, 3, "2026-03-05", "2026-03-08")
    assert sorted(topic.tickets) == ["0", "1", "2", "3", "4"]


def test_one_persons_trouble_is_no_topic(asked: Asked, words: Embedding) -> None:
    """Five tickets of one person form no topic; of two they do, and where nobody is named they do."""
    alone = [asked(str(i), "how do I get a pdf", requester="same") for i in range(5)]
    assert topics(alone, words) == ()
    assert len(topics([*alone[1:], asked("0", "how do I get a pdf", requester="other")], words)) == 1
    assert len(topics([replace(ticket, requester="") for ticket in alone], words)) == 1


def test_group_without_a_shared_phrase_is_no_topic(asked: Asked, words: Embedding) -> None:
    """Tickets that share no word hold left-overs, not a topic."""
    assert topics([asked(str(i), f"alpha{i} beta{i} gamma{i}") for i in range(5)], words) == ()


def test_id_depends_on_the_tickets_alone(asked: Asked, words: Embedding) -> None:
    """The id of a topic is the hash of its tickets' ids, in any order."""
    tickets = [asked(str(i), "how do I get a pdf") for i in range(5)]
    (one,), (two,) = topics(tickets, words), topics(tickets[::-1], words)
    assert one.id == two.id
    assert one.id.startswith("t-")
    assert len(one.id) == 8


def test_label_is_a_real_question(asked: Asked, words: Embedding) -> None:
    """The label is a sentence that a customer wrote: a question before a statement, a short one before a long one."""
    tickets = [
        asked("1", "It is about the pdf export of ours that we all need for the audit of the year and more. Thanks"),
        asked("2", "We need a pdf export of it"),
        asked("3", "how do I get a pdf export?"),
    ]
    ranked = clearest(tickets, words.embed(["pdf export"])[0], ("pdf",), words)
    assert ranked[0] == "How do I get a pdf export?"


def test_label_is_no_output_of_a_program(asked: Asked, words: Embedding) -> None:
    """A path or an error message is evidence, not a label, even where it is as near to the middle."""
    tickets = [asked("1", "content/pdf.md:4 pdf export failed"), asked("2", "Does the pdf export work now?")]
    assert clearest(tickets, words.embed(["pdf export"])[0], ("pdf",), words)[0] == "Does the pdf export work now?"


def test_fringe_is_among_the_tickets(asked: Asked, words: Embedding) -> None:
    """Tickets that belong loosely are named in the order of the topic; those of other topics are not."""
    (topic,) = with_fringe(topics([asked(str(i), "how do I get a pdf") for i in range(5)], words), {"3", "1", "9"})
    assert topic.fringe == tuple(id_ for id_ in topic.tickets if id_ in "13")


def test_sentence_with_a_mark_is_never_shown(asked: Asked) -> None:
    """A sentence that held personal data is neither label nor example."""
    ticket = asked("1", "Please write to [email] about it. How do I get a pdf?")
    assert sentences_of(ticket) == ["How do I get a pdf?"]


def test_tickets_without_a_sentence_still_have_a_label(asked: Asked, words: Embedding) -> None:
    """Where no ticket holds a whole sentence the first one's words stand in, without marks."""
    assert clearest([asked("1", "pdf [name]")], words.embed(["pdf"])[0], (), words) == ["pdf"]
    assert clearest([asked("1", "[name]")], words.embed(["pdf"])[0], (), words) == ["…"]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_ticket_has_sentences(subject: str, text: str) -> None:
    """Sentences have 3 to 25 words, whatever the ticket holds."""
    ticket = Ticket(id="1", subject=subject, text=text, replies=(), requester="", created="", tags=())
    assert all(3 <= len(sentence.split()) <= 25 for sentence in sentences_of(ticket))

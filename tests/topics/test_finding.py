"""Facts about finding: from tickets to topics, with the real model."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kbgen.tickets.door import Door
from kbgen.tickets.sources.table import read_tickets
from kbgen.tickets.ticket import RawTicket, Ticket
from kbgen.topics.embedding.interface import CachedEmbedding
from kbgen.topics.finding import find_topics
from kbgen.topics.mining import MiningSettings
from kbgen.topics.topic import Topic

Asked = Callable[..., Ticket]
Tickets = tuple[Ticket, ...]
DATA = Path(__file__).parents[1] / "data"
MINING = MiningSettings()


def subjects(topic: Topic) -> Counter[str]:
    return Counter(id_.split("-")[0] for id_ in topic.tickets)


def test_recurring_questions_are_topics(embedding: CachedEmbedding, recurring: Tickets, one_offs: Tickets) -> None:
    """Most of nine subjects are found, each as a topic of its own that is labelled by a real question."""
    found = find_topics((*recurring, *one_offs), embedding, MINING)
    main = [subjects(topic).most_common(1)[0] for topic in found.topics]
    assert len({name for name, _ in main}) == len(main) >= 7
    assert all(count / topic.size > 0.6 for topic, (_, count) in zip(found.topics, main, strict=True))
    texts = " ".join(ticket.text for ticket in recurring)
    assert all(topic.label.rstrip(".") in texts for topic in found.topics)


def test_unrelated_tickets_form_no_topic(embedding: CachedEmbedding, one_offs: Tickets) -> None:
    """Sixteen tickets of which no two ask the same give no topic, alone as well as among others."""
    found = find_topics(one_offs, embedding, MINING)
    assert (found.topics, found.tickets, found.unplaced) == ((), 16, 16)


def test_one_off_tickets_stay_out_of_topics(embedding: CachedEmbedding, recurring: Tickets, one_offs: Tickets) -> None:
    """Among recurring questions, hardly a ticket on something else is put into a topic."""
    found = find_topics((*recurring, *one_offs), embedding, MINING)
    assert sum(subjects(topic)["oneoff"] for topic in found.topics) <= 2


def test_same_tickets_give_the_same_topics(embedding: CachedEmbedding, recurring: Tickets) -> None:
    """Found twice, and in any order of the input, topics are equal in every part."""
    shuffled = random.Random(7).sample(recurring, len(recurring))  # noqa: S311 - a shuffle, no secret
    assert find_topics(recurring, embedding, MINING) == find_topics(shuffled, embedding, MINING)


def test_ids_are_kept_when_tickets_are_added(
    embedding: CachedEmbedding, recurring: Tickets, one_offs: Tickets, later: Tickets
) -> None:
    """After a third more tickets, each topic that is found again has the id that it had."""
    before = find_topics((*recurring, *one_offs), embedding, MINING).topics
    assert len(later) >= 0.3 * (len(recurring) + len(one_offs))
    after = find_topics((*recurring, *one_offs, *later), embedding, MINING, before).topics
    main = {subjects(topic).most_common(1)[0][0]: topic.id for topic in after}
    assert all(main[subjects(topic).most_common(1)[0][0]] == topic.id for topic in before)
    assert len({topic.id for topic in after}) == len(after)


def test_every_ticket_is_placed_once_or_unplaced(embedding: CachedEmbedding, recurring: Tickets) -> None:
    """No ticket is in two topics, and the counts add up."""
    found = find_topics(recurring, embedding, MINING)
    placed = [id_ for topic in found.topics for id_ in topic.tickets]
    assert len(placed) == len(set(placed)) == found.tickets - found.unplaced


def test_no_ticket_gives_no_topic(embedding: CachedEmbedding) -> None:
    """An empty store is no error."""
    assert find_topics((), embedding, MINING).topics == ()


@pytest.mark.parametrize("others", [0, 16], ids=["alone", "with one-offs"])
def test_small_export_with_one_subject_has_a_topic(
    embedding: CachedEmbedding, recurring: Tickets, one_offs: Tickets, others: int
) -> None:
    """Eight tickets that all ask for a PDF are a topic, also in an export that holds little else."""
    pdf = [ticket for ticket in recurring if ticket.id.startswith("pdf")]
    found = find_topics([*pdf, *one_offs[:others]], embedding, MINING)
    assert [subjects(topic).most_common(1)[0][0] for topic in found.topics] == ["pdf"]


def test_five_equal_tickets_are_a_topic(embedding: CachedEmbedding, asked: Asked) -> None:
    """A topic needs at least five tickets, and five are enough."""
    tickets = [asked(str(i), "How do I export the articles as a PDF?") for i in range(5)]
    assert [topic.size for topic in find_topics(tickets, embedding, MINING).topics] == [5]


@pytest.fixture(scope="session")
def sample_topics(embedding: CachedEmbedding) -> tuple[Topic, ...]:
    """The topics of the whole sample export."""
    door = Door(b"key")
    rows = read_tickets(DATA / "sample-tickets.csv")
    return find_topics([door.admit(row).ticket for row in rows if isinstance(row, RawTicket)], embedding, MINING).topics


@pytest.fixture
def labels() -> dict[str, str]:
    """The subject of each ticket of the sample export, as it was meant."""
    with (DATA / "sample-labels.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["subject_key"] for row in csv.DictReader(stream)}


@pytest.mark.slow
def test_subjects_of_the_sample_export_are_found(sample_topics: tuple[Topic, ...], labels: dict[str, str]) -> None:
    """At least 80 % of the subjects of the sample export are the majority of some topic."""
    main = set()
    for found in sample_topics:
        subject, count = Counter(labels[id_] for id_ in found.tickets).most_common(1)[0]
        if count * 2 >= found.size:
            main.add(subject)
    wanted = set(labels.values()) - {"oneoff"}
    assert len(main & wanted) / len(wanted) >= 0.8, sorted(wanted - main)


@pytest.mark.slow
def test_topics_of_the_sample_export_hold_few_one_offs(
    sample_topics: tuple[Topic, ...], labels: dict[str, str]
) -> None:
    """At least half of the tickets on nothing that recurs are in no topic, and at most one topic is made of them."""
    inside = Counter(labels[id_] for found in sample_topics for id_ in found.tickets)["oneoff"]
    assert inside <= 0.5 * list(labels.values()).count("oneoff")
    led = [t for t in sample_topics if Counter(labels[i] for i in t.tickets).most_common(1)[0][0] == "oneoff"]
    assert len(led) <= 1


@pytest.mark.slow
def test_topics_of_the_sample_export_hold_no_personal_data(sample_topics: tuple[Topic, ...]) -> None:
    """Labels, examples and phrases hold neither marks nor addresses."""
    for found in sample_topics:
        shown = " ".join((found.label, *found.examples, *found.phrases))
        assert re.search(r"\w@\w", shown) is None
        assert "[" not in shown.replace("[text]", "")
        assert replace(found, tickets=()).people >= 2

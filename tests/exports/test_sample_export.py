"""The sample export is what it says: the same for the same seed, varied, labelled, and full of invented people only."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from itertools import combinations
from mailbox import mbox
from pathlib import Path

import phonenumbers
import pytest
from export_conversations import Conversation, conversations
from export_files import FORMATS, write_export
from export_topics import PLANS, topics
from stdnum import iban, luhn

from kbgen.tickets.sources.table import read_tickets
from kbgen.tickets.ticket import RawTicket

RESERVED = re.compile(r"(^|\.)(example|example\.(com|net|org))$")
DESKS = ("freshdesk", "github", "helpscout", "intercom", "zammad", "zendesk")


@pytest.fixture(scope="module")
def found() -> tuple[Conversation, ...]:
    return conversations(2000, 1)


def _texts(found: tuple[Conversation, ...]) -> list[str]:
    return [text for one in found for text in (one.subject, *(comment.text for comment in one.comments))]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_seed_gives_the_same_bytes_in_every_format(name: str, tmp_path: Path) -> None:
    """Two runs agree letter for letter, the labels too; another seed says something else."""
    made = [tmp_path / file for file in ("a", "b", "c")]
    labels = [write_export(file, name, conversations(25, seed)) for file, seed in zip(made, (1, 1, 2), strict=True)]
    assert made[0].read_bytes() == made[1].read_bytes() != made[2].read_bytes()
    assert labels[0].read_bytes() == labels[1].read_bytes()


@pytest.mark.parametrize("name", DESKS)
def test_each_help_desks_json_holds_every_conversation(name: str, tmp_path: Path) -> None:
    """Whether a line each or one list, all tickets are there."""
    made = conversations(60, 1)
    write_export(tmp_path / "out", name, made)
    text = (tmp_path / "out").read_text(encoding="utf-8")
    rows = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    assert [int(row.get("id", row.get("number"))) for row in rows] == [one.id for one in made]


def test_the_mailbox_opens_and_threads(tmp_path: Path) -> None:
    """Every public comment is a mail, and every answer names the mail it answers."""
    made = conversations(60, 1)
    write_export(tmp_path / "out", "mbox", made)
    box = mbox(tmp_path / "out", create=False)
    mails = list(box)
    box.close()
    assert len(mails) == sum(comment.public for one in made for comment in one.comments)
    ids = {mail["Message-ID"] for mail in mails}
    assert all(mail["In-Reply-To"] in ids for mail in mails if mail["In-Reply-To"])


def test_kbgen_reads_the_csv_whole(tmp_path: Path) -> None:
    """No row is broken, and replies stay apart."""
    made = conversations(60, 1)
    write_export(tmp_path / "out.csv", "csv", made)
    rows = list(read_tickets(tmp_path / "out.csv"))
    public = [sum(comment.role == "agent" and comment.public for comment in one.comments) for one in made]
    assert [len(row.replies) for row in rows if isinstance(row, RawTicket)] == public


def test_labels_are_complete(found: tuple[Conversation, ...], tmp_path: Path) -> None:
    """Every ticket has one label, a topic where and only where it is of that kind, and ids are unique."""
    labels = write_export(tmp_path / "out", "csv", found)
    with labels.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["id"]) for row in rows] == [one.id for one in found]
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(bool(row["topic"]) == (row["kind"] == "topic") for row in rows)
    assert {row["topic"] for row in rows} - {""} == {topic.key for topic in topics()}


def test_sizes_have_a_long_tail(found: tuple[Conversation, ...]) -> None:
    """Ranks are 1 to n; the first five topics take about two fifths, and the smallest is still recurring."""
    assert [topic.rank for topic in topics()] == list(range(1, len(topics()) + 1))
    assert len(topics()) >= 45
    sizes = Counter(one.label.topic for one in found if one.label.topic)
    assert 0.3 < sum(size for _, size in sizes.most_common(5)) / sizes.total() < 0.5
    assert min(sizes.values()) >= 5


def test_kinds_and_languages_have_their_shares(found: tuple[Conversation, ...]) -> None:
    """15 to 20 % come once, about a tenth is German, some French."""
    kinds, languages = (Counter(getattr(one.label, name) for one in found) for name in ("kind", "lang"))
    assert 0.15 < kinds["one-off"] / len(found) < 0.20
    assert 0.07 < languages["de"] / len(found) < 0.12
    assert 0.01 < languages["fr"] / len(found) < 0.05
    assert kinds["spam"] > 0
    assert kinds["automatic"] > 0


def test_trends_are_in_the_dates(found: tuple[Conversation, ...]) -> None:
    """What is new begins late, what fades does so, and the year's end has its own questions."""
    days = {
        trend: [one.created for one in found if one.label.trend == trend] for trend in ("new", "fading", "year-end")
    }
    assert min(days["new"]).month == 9
    assert (
        sum(day.month in {12, 11, 1, 2} and day < min(days["new"]) for day in days["fading"]) > len(days["fading"]) / 2
    )
    assert sum(day.month in {12, 1} for day in days["year-end"]) > len(days["year-end"]) / 3


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def test_wordings_differ(found: tuple[Conversation, ...]) -> None:
    """Of the first 60 tickets of each topic, fewer than one pair in 200 shares most of its three-word runs."""
    pairs = near = 0
    for topic in topics():
        own = [_shingles(one.comments[0].text) for one in found if one.label.topic == topic.key][:60]
        for first, second in combinations([shingles for shingles in own if shingles], 2):
            pairs += 1
            near += len(first & second) > 0.7 * len(first | second)
    assert near / pairs < 0.005


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.key)
def test_each_topic_can_be_asked_in_a_dozen_ways(topic: object) -> None:
    """Counted without the slots: at least twelve wordings of the question itself, in English."""
    asks = topic.words["en"].asks  # type: ignore[attr-defined]
    ways = 0
    for ask in asks:
        choices = 1
        for options in re.findall(r"\[([^\[\]]*)\]", ask):
            choices *= options.count("|") + 1
        ways += choices
    assert len(asks) >= 6
    assert ways >= 12


def test_no_choice_or_slot_is_left_in_a_text(found: tuple[Conversation, ...]) -> None:
    """Every table was filled; only the patterns of invoice numbers keep their braces."""
    left = {hit for text in _texts(found) for hit in re.findall(r"\{[a-z]+\}|\[[^\]]*\|[^\]]*\]", text)}
    assert not left


def test_addresses_are_kept_for_examples(found: tuple[Conversation, ...]) -> None:
    """No mail address and no link could belong to anybody."""
    hosts = {host for text in _texts(found) for host in re.findall(r"(?:@|https?://)([\w-]+(?:\.[\w-]+)+)", text)}
    hosts |= {comment.author.email.partition("@")[2] for one in found for comment in one.comments}
    assert hosts
    assert not {host for host in hosts if not RESERVED.search(host)}


def test_phone_numbers_are_kept_for_fiction(found: tuple[Conversation, ...]) -> None:
    """They lie in the ranges that regulators give to films; others do not occur."""
    ranges = ("+4420794600", "+4420794601", "+442079460", "+120255501", "+493023125", "+33639980", "+3363998")
    numbers = {
        phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        for text in _texts(found)[::7]
        for match in phonenumbers.PhoneNumberMatcher(text, None)
    }
    assert numbers
    assert not {number for number in numbers if not number.startswith(ranges)}


def test_planted_cards_and_accounts_have_right_check_digits(found: tuple[Conversation, ...]) -> None:
    """A scrubber that checks them must find them."""
    text = "\n".join(_texts(found))
    cards = set(re.findall(r"(?:card number is|Kartennummer) ([\d -]{15,19}\d)", text))
    accounts = set(re.findall(r"\b(?:GB|DE|FR)\d{2}(?: ?[A-Z0-9]{4}){4,5}(?: ?[A-Z0-9]{1,3})?\b", text))
    assert len(cards) >= 4
    assert len(accounts) > 20
    assert all(luhn.is_valid(re.sub(r"\D", "", card)) for card in cards)
    assert all(iban.is_valid(account) for account in accounts)


def test_answers_tell_plans_apart(found: tuple[Conversation, ...]) -> None:
    """A step of one plan only stands in answers to customers of that plan."""
    said = [one for one in found if any("Starter has one seat" in comment.text for comment in one.comments)]
    assert said
    assert {one.label.plan for one in said} == {PLANS[0]}


def test_old_answers_contradict_new_ones(found: tuple[Conversation, ...]) -> None:
    """Until the rule changed agents said something else, and never after."""
    told = [
        (comment.at.date().isoformat(), "90 days" in comment.text)
        for one in found
        for comment in one.comments
        if comment.role == "agent" and re.search(r"\b(?:90|180) days", comment.text)
    ]
    assert {old for _, old in told} == {True, False}
    assert all((day < "2026-05-01") == old for day, old in told)


def test_private_notes_are_there_to_be_dropped(found: tuple[Conversation, ...]) -> None:
    """One ticket in ten or more holds a note that no customer may see."""
    noted = sum(any(not comment.public for comment in one.comments) for one in found)
    assert noted > len(found) / 10

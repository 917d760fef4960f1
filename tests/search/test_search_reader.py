"""The reader: what is meant by a query, which article answers it best, and where in the article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from indexes import an_entry, write_index

from kbgen.errors import KbgenError
from kbgen.search.part import Part
from kbgen.search.reader import Reader, languages, open_site

FILLER = " ".join(f"word{number}" for number in range(120))
ENTRIES = [
    an_entry("printer.md", "Connect a printer", ("", "Choose the network."), answers=("my printer is offline",)),
    an_entry("card.md", "Change your card", ("", FILLER), ("Fees", "A declined card costs nothing, says E1042.")),
    an_entry("bill.md", "Download a bill", ("", "Printers print it."), about="Your bills as files."),
    an_entry(
        "team.md", "Invite colleagues", ("", "Policies say who may. Connected people see it."), ("Roles", "Owner.")
    ),
    an_entry("words.md", "Words", ("", "copy copies reply replies collect collection select selection")),
]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """A reader of a few articles."""
    return open_site(write_index(tmp_path, ENTRIES), "en")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Connect a printer", "printer.md"),
        ("printers", "printer.md"),
        ("bill printer", "bill.md"),  # an article with both words comes before one that is all about one of them
        ("e1042", "card.md"),  # deep in one article
        ("policy", "team.md"),
        ("connection", "printer.md"),  # a form that no article has
        ("collegues", "team.md"),
        ("colaegues", "team.md"),  # two slips in a long word
        ("my printer is offline", "printer.md"),
    ],
)
def test_the_best_article(reader: Reader, query: str, first: str) -> None:
    """Forms, slips and words that stand deep in one article lead to it."""
    assert reader.order(query)[0] == first


def test_the_place_in_the_article(reader: Reader) -> None:
    """A hit leads to the part that has more of the query than title and summary have, with its words marked."""
    hit = reader.search("declined card").hits[0]
    assert (hit.url, hit.heading) == ("card/#Fees", "Fees")
    assert [piece for piece, marked in hit.passage if marked] == ["declined", "card"]
    assert reader.search("change card").hits[0].url == "card/"


def test_the_place_in_a_video(tmp_path: Path) -> None:
    """What is said in a video is found at its second."""
    said = Part(anchor="", heading="", text="Press the red button.", second=83)
    video = replace(an_entry("tour.md", "Tour", ("", "Watch.")), parts=(said,), kind="video")
    hit = open_site(write_index(tmp_path, [video]), "en").search("red button").hits[0]
    assert (hit.url, hit.second) == ("tour/?t=83", 83)


def test_a_correction_is_told(reader: Reader) -> None:
    """The query is given back with the word that was likely meant; a known word is left alone."""
    assert reader.search("invite collegues").corrected == "invite colleagues"
    assert reader.search("invite colleagues").corrected == ""


def test_a_word_that_goes_on(reader: Reader) -> None:
    """While somebody types, the last word may go on; a space ends it."""
    assert "team.md" in [hit.article for hit in reader.search("coll", typing=True).hits]
    assert reader.search("coll ", typing=True).hits == ()
    assert reader.search("coll").hits == ()


def test_words_that_say_little(reader: Reader) -> None:
    """They make no article an answer beside others that say more, and are looked for when there is nothing else."""
    assert reader.search("my zzzzzz").hits == ()
    assert [hit.article for hit in reader.search("is my").hits] == ["printer.md"]


def test_the_answer_itself(reader: Reader) -> None:
    """An article whose answer phrase is the query is the answer; a mere mention is none."""
    found = reader.search("my printer is offline")
    assert found.instant == found.hits[0]
    assert reader.search("files").instant is None


def test_filters(tmp_path: Path) -> None:
    """Only articles for the product and the audience are left."""
    entries = [replace(an_entry(f"{name}.md", "Bill"), products=(name,), audience=("Owners",)) for name in "ab"]
    reader = open_site(write_index(tmp_path, entries), "en")
    assert [hit.article for hit in reader.search("bill", filters={"products": "b", "audience": "Owners"}).hits] == [
        "b.md"
    ]
    assert reader.search("bill", filters={"products": "c"}).hits == ()


@pytest.mark.parametrize(
    "query", ["", " ", "\u202e\u200f", "(((*+?[", "x" * 10_000, "word " * 2_000, "🔑", "\ud83d", "\0"]
)
def test_any_input(reader: Reader, query: str) -> None:
    """Whatever somebody types, the reader answers."""
    assert reader.search(query, typing=True).total >= 0


def test_a_missing_index(tmp_path: Path) -> None:
    """A site without an index of the language is told with what to do."""
    write_index(tmp_path, ENTRIES)
    assert languages(tmp_path) == ["en"]
    with pytest.raises(KbgenError, match="no search index for 'de'"):
        open_site(tmp_path, "de")
    (tmp_path / "search/en.json").write_text("{")
    with pytest.raises(KbgenError, match="cannot be read"):
        open_site(tmp_path, "en")

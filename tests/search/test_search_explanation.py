"""The explanation: points that add up to the score that the reader gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from indexes import an_entry, manual_entries, write_index

from kbgen.search.explanation import UNIT, Explanation, explanations
from kbgen.search.reader import Reader, open_site
from kbgen.search.terms import FIELDS

QUESTIONS = (
    "how do I change my password",
    "kbgen help",
    "chnage the colors",
    "publish the site on a web host",
    "check my articles before publishing them",
    "votes",
    "linting",
    "qqqqq search",
)


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The reader of kbgen's manual."""
    return open_site(write_index(tmp_path_factory.mktemp("manual"), manual_entries()), "en")


def total(why: Explanation) -> float:
    return sum(word.points for word in why.words) + why.coverage + why.question + why.place + why.prior


@pytest.mark.parametrize("question", QUESTIONS)
def test_points_add_up(manual: Reader, question: str) -> None:
    """The points of words, missing words, phrases, parts and prior are the score; those of fields are the word's."""
    _, ranked = manual.best(question)
    whys = explanations(manual, question, limit=12)
    assert [why.article for why in whys] == manual.order(question, limit=12)
    for why, each in zip(whys, ranked, strict=False):
        assert total(why) == pytest.approx(each.score / UNIT)
        assert why.score == pytest.approx(each.score / UNIT)
        for word in why.words:
            assert sum(word.fields.values()) == pytest.approx(word.points)
            assert word.fields.keys() <= set(FIELDS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_fields_are_those_of_the_index(manual: Reader, question: str) -> None:
    """What the weights say of an article's terms is what stands in the shards: nothing is left to synonyms."""
    assert not any("related" in word.fields for why in explanations(manual, question) for word in why.words)


def a_reader(folder: Path, *entries: object, groups: tuple[tuple[str, ...], ...] = ()) -> Reader:
    return open_site(write_index(folder, entries, groups), "en")  # type: ignore[arg-type]


def test_how_a_word_was_read(tmp_path: Path) -> None:
    """Each word says what it was taken for: as written, by its ending, or as the likely one."""
    entries = [an_entry(f"{n}.md", f"{word} printers", ("", f"{word}s")) for n, word in enumerate(("paint", "repaint"))]
    reader = a_reader(tmp_path, *entries)
    (why, _) = explanations(reader, "prnters")
    assert [(word.word, word.meant, word.how) for word in why.words] == [("prnters", "printer", "likely printers")]
    (why,) = explanations(reader, "repaint")
    assert why.words[0].how == "as written"


def test_missing_words(tmp_path: Path) -> None:
    """A word that the article lacks is named, and costs points."""
    reader = a_reader(tmp_path, an_entry("a.md", "Paper"), an_entry("b.md", "Tray"))
    why = explanations(reader, "paper tray")[0]
    assert len(why.missing) == 1
    assert why.coverage < 0


def test_synonyms(tmp_path: Path) -> None:
    """A word that the article does not say itself brings its points as a related one."""
    reader = a_reader(tmp_path, an_entry("a.md", "Printer"), an_entry("b.md", "Tray"), groups=(("printer", "copier"),))
    (why,) = explanations(reader, "copier")
    assert why.words[0].fields == {"related": pytest.approx(why.words[0].points)}


def test_synonyms_beside_its_own_words(tmp_path: Path) -> None:
    """Where an article says a word far down and a synonym of it in its title, the points come from both."""
    article = an_entry("a.md", "Printer", ("", "x " * 200 + "copier"))
    reader = a_reader(tmp_path, article, an_entry("b.md", "Tray", ("", "copier " * 9)), groups=(("printer", "copier"),))
    why = next(why for why in explanations(reader, "copier") if why.article == "a.md")
    assert set(why.words[0].fields) == {"body", "related"}
    assert sum(why.words[0].fields.values()) == pytest.approx(why.words[0].points)


def test_nothing(tmp_path: Path) -> None:
    """A question that finds nothing has nothing to explain."""
    assert explanations(a_reader(tmp_path, an_entry("a.md", "Paper")), "zzz") == []


def test_json(tmp_path: Path) -> None:
    """The explanation is plain data for programs."""
    (why,) = explanations(a_reader(tmp_path, an_entry("a.md", "Paper"), an_entry("b.md", "Tray")), "paper")
    assert why.as_json()["words"][0]["fields"].keys() == {"title"}  # type: ignore[index]
    assert replace(why, score=0).as_json()["score"] == 0

"""Search on the command line: what a question finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from indexes import an_entry, write_index

from kbgen.search.catalogue import catalogue_of
from kbgen.search.entry import Entry
from kbgen.search.language import language
from kbgen.search.reader import Found
from kbgen.search.synonyms import Synonyms, make_synonyms
from kbgen.search.whoosh import search


class Site:
    """A built site that holds nothing but what search reads."""

    def __init__(self, folder: Path, *entries: Entry) -> None:
        """Write the entries where a build does."""
        self.site, self.state = write_index(folder / "site", entries), folder / ".kbgen"

    def found(self, query: str, *, limit: int = 10, code: str = "en", synonyms: Synonyms | None = None) -> Found:
        """What the question finds."""
        catalogue = catalogue_of(self.site, self.state, code, synonyms=synonyms or Synonyms(), tell=print)
        return search(catalogue, query, code=code, limit=limit)

    def articles(self, query: str, **more: int) -> list[str]:
        """The articles that the question finds."""
        return [hit.article for hit in self.found(query, **more).hits]


PRINTER = an_entry("printer.md", "Printer jams", ("", "The printer is working again with dry paper."))
MAIL = an_entry("mail.md", "Send a message", ("", "Open the outbox."), answers=("mail stuck", "e-mail does not leave"))
INVOICE = an_entry("invoice.md", "Invoices", ("", "Where invoices are."), ("refunds", "Money comes back in a week."))


def test_hit(tmp_path: Path) -> None:
    """A hit is that of the site's own search: article, place inside it, marked passage and score."""
    (hit,) = Site(tmp_path, PRINTER, MAIL, INVOICE).found("money back").hits
    assert (hit.title, hit.trail, hit.heading, hit.article) == ("Invoices", ("Guide",), "refunds", "invoice.md")
    assert hit.url == "invoice/#refunds"
    assert hit.passage == (("Money", True), (" comes ", False), ("back", True), (" in a week.", False))
    assert hit.score > 0


def test_first_part_has_the_address_of_the_page(tmp_path: Path) -> None:
    """A hit before the first heading leads to the top of the article."""
    assert Site(tmp_path, INVOICE).found("where are invoices").hits[0].url == "invoice/"


@pytest.mark.parametrize(
    ("query", "article"),
    [
        ("printer", "printer.md"),
        ("PRINTERS", "printer.md"),
        ("how do I get my money back?", "invoice.md"),
        ("mail stuck", "mail.md"),
        ("e-mail", "mail.md"),
        ("title:printer*", "printer.md"),
        ("refunds^9 (outbox", "invoice.md"),
        ("refunding", "invoice.md"),
    ],
)
def test_found(tmp_path: Path, query: str, article: str) -> None:
    """Titles, answer phrases, headings and texts are found, in any form of their words, whatever stands between."""
    assert article in Site(tmp_path, PRINTER, MAIL, INVOICE).articles(query)


@pytest.mark.parametrize(("typed", "meant"), [("prnter", "printer"), ("pirnter", "printer"), ("mesage", "message")])
def test_slip(tmp_path: Path, typed: str, meant: str) -> None:
    """A word with a slip, swapped letters among them, finds what was meant, and the answer says so."""
    site = Site(tmp_path, PRINTER, MAIL)
    assert site.found(typed).corrected == meant
    assert site.articles(typed) == site.articles(meant) != []


def test_known_words_stay(tmp_path: Path) -> None:
    """A word that any article has is never corrected, however near another one is that more articles have."""
    entries = [an_entry(f"{n}.md", "Parcel post", ("", "x")) for n in range(5)]
    site = Site(tmp_path, *entries, an_entry("port.md", "Other", ("", "The port is closed.")))
    assert (site.found("port").corrected, site.articles("port")) == ("", ["port.md"])


@pytest.mark.parametrize("query", ["", "?!", "zzzzzz", "zzz"])
def test_nothing_found(tmp_path: Path, query: str) -> None:
    """A question without a word of any article finds nothing."""
    found = Site(tmp_path, PRINTER, MAIL).found(query)
    assert (found.hits, found.total) == ((), 0)


def test_no_articles(tmp_path: Path) -> None:
    """A language whose last article has gone finds nothing."""
    assert Site(tmp_path).found("printer").hits == ()


def test_words_that_say_little(tmp_path: Path) -> None:
    """A question of such words alone finds the titles and answer phrases that have them."""
    assert Site(tmp_path, PRINTER, an_entry("how.md", "How do I", ("", "x"))).articles("how do I") == ["how.md"]


@pytest.mark.parametrize("query", ["printer NOT working", "PRINTER NOT WORKING", "my printer AND NOT outbox"])
def test_words_are_no_operators(tmp_path: Path, query: str) -> None:
    """A customer's NOT is a word, not an operator: a question in capitals finds what it finds in small letters."""
    site = Site(tmp_path, PRINTER, MAIL, INVOICE)
    assert site.found(query) == site.found(query.lower())


def test_title_before_text(tmp_path: Path) -> None:
    """An article that has the words in its title comes before one that has them in its text."""
    text = an_entry("text.md", "Other", ("", "Reset a password."))
    title = an_entry("title.md", "Reset a password", ("", "Do it."))
    assert Site(tmp_path, text, title).articles("reset password") == ["title.md", "text.md"]


def test_answer_phrase_before_text(tmp_path: Path) -> None:
    """An article whose answer phrase is asked comes before one that has the words in its text."""
    text = an_entry("text.md", "Other", ("", "You cannot log in here."))
    phrase = an_entry("phrase.md", "Another", ("", "Do it."), answers=("I cannot log in",))
    assert Site(tmp_path, text, phrase).articles("cannot log in")[0] == "phrase.md"


def test_all_words_before_one(tmp_path: Path) -> None:
    """An article with all words comes before one that has a single one of them more often."""
    one = an_entry("one.md", "Other", ("", "password " * 20))
    both = an_entry("both.md", "Settings", ("", "Change the password of the wireless network."))
    assert Site(tmp_path, one, both, PRINTER, MAIL).articles("wireless password")[0] == "both.md"


def test_description_is_searched(tmp_path: Path) -> None:
    """The sentence that describes an article is found, and shown where the article has no text."""
    site = Site(tmp_path, an_entry("a.md", "A", about="Export to spreadsheets."))
    assert site.found("spreadsheet").hits[0].passage[1] == ("spreadsheets", True)


def test_synonyms(tmp_path: Path) -> None:
    """Words that the site says mean the same find the article."""
    synonyms = make_synonyms([["printer", "copier"]], language("en"))
    site = Site(tmp_path, PRINTER, MAIL)
    assert site.articles("copier") == []
    assert [hit.article for hit in site.found("copier", synonyms=synonyms).hits] == ["printer.md"]


def test_one_hit_for_each_article(tmp_path: Path) -> None:
    """An article with several fitting parts is one hit, by the part that has most of the question."""
    long = an_entry("a.md", "A", ("one", "paper"), ("tray", "paper"), ("three", "and paper"))
    (hit,) = Site(tmp_path, long).found("paper tray").hits
    assert hit.heading == "tray"


def test_limit(tmp_path: Path) -> None:
    """There are as many hits as were asked for, best first; the total counts the others, too."""
    site = Site(tmp_path, *(an_entry(f"{n}.md", "Paper", ("", "paper " * n)) for n in range(1, 9)))
    found = site.found("paper", limit=3)
    assert len(found.hits) == 3
    assert found.total == 8
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_passage_without_a_word_of_the_query(tmp_path: Path) -> None:
    """An article that is found by its title shows the beginning of its text."""
    (hit,) = Site(tmp_path, an_entry("a.md", "Printer", ("", "word " * 60))).found("printer").hits
    assert hit.passage == (("word " * 32 + " …", False),)


@pytest.mark.parametrize(
    ("code", "title", "query"),
    [
        ("de", "Rechnungen bezahlen", "rechnung bezahlt"),
        ("de", "Über Größen", "uber grosse"),
        ("fr", "Réglages généraux", "reglage"),
        ("ja", "パスワードを変更する", "パスワード"),
        ("ar", "كلمة السر", "السر"),
        ("xx", "Sette", "sette"),
    ],
)
def test_languages(tmp_path: Path, code: str, title: str, query: str) -> None:
    """Each language has its own stems, accents may be left out, and a language without stems is searched as well."""
    site = Site(tmp_path, an_entry("a.md", title, ("", title), lang=code), an_entry("b.md", "Nothing", lang=code), MAIL)
    (hit,) = site.found(query, code=code).hits
    assert hit.article == "a.md"
    assert any(marked for _, marked in hit.passage)
    assert "".join(piece for piece, _ in hit.passage) == title


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("printer AND OR NOT ANDNOT TO title: * ? ( ) [ ] ~ \" ' ^2 - + paper é".split())))
@example(words=["NOT", "AND", "printer"])
def test_any_question(tmp_path: Path, words: list[str]) -> None:
    """Whatever is asked, the hits are different articles, best first; nothing is raised."""
    hits = Site(tmp_path, PRINTER, MAIL, INVOICE).found(" ".join(words), limit=2).hits
    assert len({hit.article for hit in hits}) == len(hits) <= 2
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

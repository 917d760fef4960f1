"""Search on the command line: what a question finds, and how the index is kept."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.search.entry import FILE, Entry, as_json
from kbgen.search.part import Part
from kbgen.search.whoosh import Hit, search


def an_entry(
    article: str, title: str, *parts: tuple[str, str], answers: tuple[str, ...] = (), about: str = ""
) -> Entry:
    """An entry of pairs of heading and text; the anchor of a heading is the heading itself."""
    return Entry(
        article=article,
        url=article.removesuffix(".md") + "/",
        kind="how-to",
        section="Guide",
        lang="en",
        title=title,
        description=about,
        answers=answers,
        parts=tuple(Part(anchor=heading, heading=heading, text=text) for heading, text in parts),
    )


class Site:
    """A built site that holds nothing but its entries."""

    def __init__(self, folder: Path, *entries: Entry) -> None:
        """Write the entries where a build does."""
        self.site, self.state = folder / "site", folder / ".kbgen"
        (self.site / FILE).parent.mkdir(parents=True, exist_ok=True)
        (self.site / FILE).write_text(as_json(entries), encoding="utf-8")

    def hits(self, query: str, *, limit: int = 10) -> list[Hit]:
        """What the question finds."""
        return search(self.site, self.state, query, limit=limit)

    def articles(self, query: str, *, limit: int = 10) -> list[str]:
        """The articles that the question finds."""
        return [hit.article for hit in self.hits(query, limit=limit)]


PRINTER = an_entry("printer.md", "Printer jams", ("", "The printer is working again with dry paper."))
MAIL = an_entry("mail.md", "Send a message", ("", "Open the outbox."), answers=("mail stuck", "e-mail does not leave"))
INVOICE = an_entry("invoice.md", "Invoices", ("", "Where invoices are."), ("refunds", "Money comes back in a week."))


def test_hit(tmp_path: Path) -> None:
    """A hit has title, section, heading, article, address of the part, a snippet and a score."""
    (hit,) = Site(tmp_path, PRINTER, MAIL, INVOICE).hits("money back")
    assert (hit.title, hit.section, hit.heading, hit.article) == ("Invoices", "Guide", "refunds", "invoice.md")
    assert hit.url == "invoice/#refunds"
    assert hit.snippet.startswith("Money comes back in a week")
    assert hit.score > 0
    assert set(hit.as_json()) == {"title", "section", "heading", "article", "url", "snippet", "score"}


def test_first_part_has_the_address_of_the_page(tmp_path: Path) -> None:
    """A hit before the first heading leads to the top of the article."""
    assert Site(tmp_path, INVOICE).hits("where are invoices")[0].url == "invoice/"


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
    ],
)
def test_found(tmp_path: Path, query: str, article: str) -> None:
    """Titles, answer phrases, headings and texts are found, in any form of their words, whatever stands between."""
    assert article in Site(tmp_path, PRINTER, MAIL, INVOICE).articles(query)


def test_slip(tmp_path: Path) -> None:
    """A word with a slip finds what was meant."""
    assert Site(tmp_path, PRINTER, MAIL).articles("prnter") == ["printer.md"]


@pytest.mark.parametrize("query", ["", "?!", "how do I", "zzzzzz"])
def test_nothing_found(tmp_path: Path, query: str) -> None:
    """A question without a word of any article finds nothing."""
    assert Site(tmp_path, PRINTER, MAIL).hits(query) == []


def test_one_word(tmp_path: Path) -> None:
    """A question of one word has a score as any other."""
    assert Site(tmp_path, PRINTER, MAIL).hits("outbox")[0].score > 0


@pytest.mark.parametrize("query", ["printer NOT working", "PRINTER NOT WORKING", "my printer AND NOT outbox"])
def test_words_are_no_operators(tmp_path: Path, query: str) -> None:
    """A customer's NOT is a word, not an operator: a question in capitals finds what it finds in small letters."""
    site = Site(tmp_path, PRINTER, MAIL, INVOICE)
    assert site.hits(query) == site.hits(query.lower())


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


def test_description_is_searched(tmp_path: Path) -> None:
    """The sentence that describes an article is found."""
    assert Site(tmp_path, an_entry("a.md", "A", ("", "x"), about="Export to spreadsheets.")).articles("spreadsheet")


def test_one_hit_for_each_article(tmp_path: Path) -> None:
    """An article with several fitting parts is one hit, by its best part."""
    long = an_entry("a.md", "A", ("one", "paper"), ("paper", "paper paper"), ("three", "and paper"))
    (hit,) = Site(tmp_path, long).hits("paper")
    assert hit.heading == "paper"


def test_limit(tmp_path: Path) -> None:
    """There are as many hits as were asked for, best first."""
    site = Site(tmp_path, *(an_entry(f"{n}.md", "Paper", ("", "paper " * n)) for n in range(1, 9)))
    hits = site.hits("paper", limit=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_long_article_hides_no_other(tmp_path: Path) -> None:
    """An article with very many fitting parts takes one place among the hits, not all of them."""
    long = an_entry("long.md", "Password", *((f"password {n}", "password") for n in range(60)))
    short = an_entry("short.md", "Other", ("", "Somewhere here a password is named, among many other words."))
    assert Site(tmp_path, long, short).articles("password") == ["long.md", "short.md"]


def test_article_without_text(tmp_path: Path) -> None:
    """An article that has a title and no text, as a video may, is found by its title."""
    assert Site(tmp_path, an_entry("tour.md", "Watch the tour"), PRINTER).articles("watch tour") == ["tour.md"]


def test_new_build(tmp_path: Path) -> None:
    """After a new build the new articles are found, and one index is kept."""
    assert Site(tmp_path, PRINTER).articles("printer") == ["printer.md"]
    site = Site(tmp_path, MAIL)
    assert site.articles("printer") == []
    assert site.articles("outbox") == ["mail.md"]
    assert len(list(site.state.iterdir())) == 1


def test_index_is_kept(tmp_path: Path) -> None:
    """The same build is indexed once."""
    site = Site(tmp_path, PRINTER)
    site.hits("printer")
    before = {path: path.stat().st_mtime_ns for path in site.state.rglob("*")}
    site.hits("paper")
    assert {path: path.stat().st_mtime_ns for path in site.state.rglob("*")} == before


def test_state_may_be_deleted(tmp_path: Path) -> None:
    """The folder of caches may be deleted between two questions."""
    site = Site(tmp_path, PRINTER)
    first = site.hits("printer")
    shutil.rmtree(site.state)
    assert site.hits("printer") == first


def test_no_site(tmp_path: Path) -> None:
    """Without a built site the error says to build it."""
    with pytest.raises(KbgenError, match="there is no built site"):
        search(tmp_path / "site", tmp_path / ".kbgen", "x")


def test_two_first_questions(tmp_path: Path) -> None:
    """Questions asked at the same moment, before there is an index, all find their answer."""
    answers: list[list[str] | Exception] = []
    for turn in range(12):
        site = Site(tmp_path / str(turn), PRINTER)
        start = threading.Barrier(4)

        def ask(site: Site = site, start: threading.Barrier = start) -> None:
            start.wait()
            try:
                answers.append(site.articles("printer"))
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                answers.append(error)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [["printer.md"]] * 48


def test_state_that_cannot_be_written(tmp_path: Path) -> None:
    """A place where no index can be written is an error for people."""
    site = Site(tmp_path, PRINTER)
    site.state.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(KbgenError):
        site.hits("printer")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("printer AND OR NOT ANDNOT TO title: * ? ( ) [ ] ~ \" ' ^2 - + paper é".split())))
@example(words=["NOT", "AND", "printer"])
def test_any_question(tmp_path: Path, words: list[str]) -> None:
    """Whatever is asked, the hits are different articles, best first; nothing is raised."""
    hits = Site(tmp_path, PRINTER, MAIL, INVOICE).hits(" ".join(words), limit=2)
    assert len({hit.article for hit in hits}) == len(hits) <= 2
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

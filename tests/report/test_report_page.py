"""The page: whole, the same each time, in two languages, free of requests and of markup that customers wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from string import Formatter

import pytest
import yaml
from topic_reports import make_report

from kbgen.articles.settings import LookSettings
from kbgen.errors import KbgenError
from kbgen.look.colour import Colour
from kbgen.report.page import page
from kbgen.report.row import STATUSES, Report, Volume
from kbgen.report.wording import FOLDER, wording

VOID = {"meta", "link", "path", "rect", "circle", "br"}


class Tags(HTMLParser):
    """Elements as they open and close, with their attributes."""

    def __init__(self, text: str) -> None:
        """Read a page; one that is not well formed fails."""
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it, and that it is open."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it."""
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """It closes what was opened last."""
        assert self.open.pop() == tag


def made(report: Report, language: str = "en") -> str:
    return page(report, language, LookSettings())


@pytest.mark.parametrize("language", ["en", "de", "de-AT", "sw"])
@pytest.mark.parametrize("count", [0, 1, 6, 45, 90])
def test_the_page_is_well_formed(language: str, count: int) -> None:
    """None, one and many topics: every element is closed, every id is used once, every link leads somewhere."""
    text = made(make_report(count), language)
    tags = Tags(text).seen
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"] for tag, attributes in tags if tag == "a"}
    assert links <= {f"#{name}" for name in ids}
    assert f'<html lang="{"de" if language.startswith("de") else "en"}">' in text
    assert not re.search(r"[{}]\w+[{}]|Undefined|None<", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))


def test_the_page_loads_nothing() -> None:
    """No script, no address of another file, and a policy that forbids all requests."""
    text = made(make_report())
    tags = Tags(text).seen
    assert not {tag for tag, _ in tags} & {"script", "img", "iframe", "object", "form", "video"}
    assert not re.search(r"https?://|@import|url\((?!#)", text)
    assert "default-src 'none'" in text
    assert len(text.encode()) < 250_000


def test_the_same_report_gives_the_same_bytes() -> None:
    """Also where the topics come in another order."""
    report = make_report()
    assert made(report) == made(make_report())
    assert made(report) == made(replace(report, rows=report.rows[::-1]))


def test_every_topic_is_in_the_table_with_its_figures() -> None:
    """The map has an alternative in words: each topic is a row, whatever its status."""
    report = make_report()
    text = made(report)
    for row in report.rows:
        cells = text[text.index(f'id="{row.id}"') :].split("</tr>")[0]
        assert f">{row.tickets}</td>" in cells
        assert row.phrases[0].replace("'", "&#39;") in cells


def test_open_topics_say_why_and_what_to_type() -> None:
    """Each topic that lacks an answer has a command; what is answered or set aside has none."""
    report = make_report()
    text = made(report)
    drafted = {row.id for row in report.rows if row.status in {"unanswered", "partly"}}
    assert set(re.findall(r"<code>kbgen topics draft (t-\w+)</code>", text)) == drafted
    for status in STATUSES:
        assert wording("en").say(f"status_{status}") in text


def test_small_numbers_are_said_to_be_small() -> None:
    """Few tickets, few in a topic, too few for a direction, too few for an effect."""
    text = made(make_report(3))
    assert "These are few tickets" in made(replace(make_report(3), tickets=99))
    assert "These are few tickets" not in made(replace(make_report(3), tickets=100))
    assert "For 1 more article it cannot be told yet" in text
    assert "A small topic" in made(make_report(45))
    assert "too few to say where it goes" in made(make_report(45))


def test_tickets_without_days_have_no_trend() -> None:
    """The page says nothing of weeks where the export has no days."""
    text = made(make_report(6, dated=False))
    assert 'class="kb-spark"' not in text
    assert "a week (" not in text
    assert "Tickets without a day count as spread over a quarter." in text


def test_what_customers_wrote_is_text() -> None:
    """Markup in a label, a phrase, a product or a reason stays text."""
    report = make_report(6)
    evil = '<script>alert("1")</script>&"\''
    origins = replace(report.origins, products=((evil, 5), ("Cloud", 3)))
    rows = tuple(
        replace(row, label=evil, phrases=(evil,), reason=evil, article=f"content/{evil}.md", origins=origins)
        for row in report.rows
    )
    text = made(replace(report, site=evil, embedding=evil, rows=rows, origins=origins))
    assert "<script" not in text
    assert {tag for tag, _ in Tags(text).seen} == {tag for tag, _ in Tags(made(report)).seen}


def test_the_brand_is_the_sites() -> None:
    """The page takes the accent of the site; one that cannot be read is an error that names a better one."""
    report = make_report(1)
    assert "--kb-accent:#7a3a9c" in page(report, "en", LookSettings(accent=Colour.parse("#7a3a9c"))).replace(": ", ":")
    with pytest.raises(KbgenError, match="accent colour"):
        page(report, "en", LookSettings(accent=Colour.parse("#ffff00")))


def test_german_says_the_same_as_english() -> None:
    """Both languages have the same texts with the same places to fill."""
    english, german = (yaml.safe_load((FOLDER / f"{name}.yml").read_text()) for name in ("en", "de"))
    places = [
        {key: {name for _, name, _, _ in Formatter().parse(str(text)) if name} for key, text in texts.items()}
        for texts in (english, german)
    ]
    for key, found in places[1].items():
        assert found == places[0][key], key
    assert english.keys() == german.keys()


def test_numbers_and_days_are_written_as_in_the_language() -> None:
    """A decimal comma, a full stop between thousands and the name of the month in German."""
    german, english = wording("de"), wording("en")
    assert (german.rate(2.54), english.rate(2.54), english.rate(12.6)) == ("2,5", "2.5", "13")
    assert (german.number(1234), english.number(1234)) == ("1.234", "1,234")
    assert (german.day("2026-11-03"), english.day("2026-11-03")) == ("3. November 2026", "3 November 2026")
    assert (english.share(0.5), german.share(0.5)) == ("50%", "50\N{NO-BREAK SPACE}%")
    assert (english.change(0.7), english.change(1.25)) == ("−30%", "+25%")
    assert [english.time(m) for m in (1, 59, 60, 2879, 2880)] == [
        "1 minute",
        "59 minutes",
        "1 hour",
        "48 hours",
        "2 days",
    ]
    assert (german.language_name("en"), english.language_name("zz-nope-")) == ("Englisch", "zz-nope-")


def test_a_week_without_tickets_is_said_in_words() -> None:
    """A rate of nought reads as words."""
    report = make_report(1)
    quiet = Volume(
        weeks=(9, 0, 0, 0, 0), first_week="2026-01-05", per_week=0.0, interval=(0.0, 0.9), direction="fading"
    )
    rows = (replace(report.rows[0], volume=quiet),)
    assert "None in the last four weeks (0 to 0.9 a week), fading." in made(replace(report, rows=rows))

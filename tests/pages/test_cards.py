"""Cards, channels and videos as pages show them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from kbgen.articles.address import Address
from kbgen.articles.article import Article
from kbgen.articles.channel import Channel, ContactSettings
from kbgen.articles.front_matter import FrontMatter, State
from kbgen.articles.library import Library
from kbgen.channels.hours import ENGLISH, Hours, Zone
from kbgen.look.tokens import theme_folder
from kbgen.pages.card import Card, Cards, SectionCard
from kbgen.pages.channel import channel_view, day_words
from kbgen.pages.video import Chapter, Track, video_view
from kbgen.pages.words import words
from kbgen.videos.video import Video


def an_article(path: str, title: str = "A", **meta: object) -> Article:
    return Article(path=path, meta=FrontMatter(title=title, **meta), body="", body_line=1)  # type: ignore[arg-type]


def cards_of(*articles: Article) -> Cards:
    """The cards of a site whose addresses are the paths behind a `@`."""
    return Cards(library=Library(articles=articles, problems=(), today=date(2026, 11, 23)), address="@{}".format)


VIDEO = Video(
    src="a.mp4",
    poster="../a.webp",
    duration=83.0,
    captions={"de": "a.de.vtt", "en": "/a.en.vtt"},
    chapters="chapters.vtt",
    described="described.mp4",
)


def test_article() -> None:
    """An article's card has title, address, description and kind."""
    card = cards_of().article(an_article("g/a.md", "A", description="What."))
    assert card == Card(
        title="A", url="@g/a.md", description="What.", kind="how-to", duration="", poster="", captioned=False
    )


def test_video_article() -> None:
    """A video's card has its length, its picture and whether it is captioned."""
    card = cards_of().article(an_article("g/a.md", video=VIDEO))
    assert (card.duration, card.poster, card.captioned) == ("1:23", "@a.webp", True)
    bare = cards_of().article(an_article("g/a.md", video=Video(src="a.mp4")))
    assert (bare.duration, bare.poster, bare.captioned) == ("", "", False)


def test_section() -> None:
    """A section's card counts its own articles and, apart from them, all below it."""
    cards = cards_of(
        an_article("g/index.md", "Guides", description="How.", icon="material/school"),
        an_article("g/a.md"),
        an_article("g/h/b.md"),
    )
    assert cards.section(cards.library.sections["g"]) == SectionCard(
        title="Guides", url="@g/index.md", description="How.", icon="material/school", count=2, articles=1
    )


def test_named() -> None:
    """Named articles come in their order, by paths with or without a slash; what is not published is left out."""
    cards = cards_of(an_article("a.md", "A"), an_article("g/b.md", "B"), an_article("c.md", state=State.DRAFT))
    named = cards.named(["g/b.md", "/a.md", "c.md", "none.md", "../up.md", ""])
    assert [card.title for card in named] == ["B", "A"]


def test_file() -> None:
    """A file is found from the article's folder, or from the top with a slash; outside there is none."""
    cards, article = cards_of(), an_article("g/a.md")
    assert cards.file(article, "b.png") == "@g/b.png"
    assert cards.file(article, "/b.png") == "@b.png"
    assert cards.file(article, "../../b.png") == ""
    assert cards.file(article, "") == ""


def test_channel_with_hours() -> None:
    """A channel with hours carries them for the browser, in its own zone or that of the contact page."""
    channel = Channel(id="a", name="Phone", url=Address("tel:1"), hours=Hours.parse("Mon 9:00-17:00"), reply="soon")
    contact = ContactSettings(time_zone=Zone(name="Europe/Berlin"), holidays=(date(2026, 12, 25),))
    view = channel_view(channel, contact, ENGLISH)
    assert (view.name, view.url, view.means, view.reply) == ("Phone", "tel:1", "phone", "soon")
    assert (view.hours, view.zone) == ("Monday, 9:00–17:00", "Europe/Berlin")
    schedule = json.loads(view.schedule)
    assert (schedule["zone"], schedule["holidays"]) == ("Europe/Berlin", ["2026-12-25"])
    own = Channel(id="a", name="A", hours=Hours.parse("24/7"), time_zone=Zone(name="Asia/Tokyo"))
    assert channel_view(own, contact, ENGLISH).zone == "Asia/Tokyo"


def test_hours_in_another_language() -> None:
    """Days and their joints are said in the language of the site."""
    german = day_words(words(theme_folder() / "words", "de", {"language": "de"}.get, {}))
    channel = Channel(id="a", name="A", hours=Hours.parse("Mon-Fri 9-17; Sat and Sun 10-12"))
    hours = channel_view(channel, ContactSettings(), german).hours
    assert hours == "Montag bis Freitag, 9:00–17:00; Samstag und Sonntag, 10:00–12:00"
    always = replace(channel, hours=Hours.parse("24/7"))
    assert channel_view(always, ContactSettings(), german).hours == "täglich, rund um die Uhr"


def test_channel_without_hours() -> None:
    """A channel without hours has nothing for the browser to work out."""
    view = channel_view(Channel(id="a", name="A"), ContactSettings(), ENGLISH)
    assert (view.hours, view.schedule, view.means) == ("", "", "link")


CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ann>Hello.\n\n00:02.000 --> 00:04.000\n<v Ann>Welcome.\n"
CHAPTERS = "WEBVTT\n\n00:00.000 --> 01:00.000\nStart\n\n01:01.000 --> 01:23.000\nEnd\n"


def test_video(tmp_path: Path) -> None:
    """A video has its files, chapters, and a transcript from the first captions that are named."""
    (tmp_path / "g").mkdir()
    (tmp_path / "g/a.de.vtt").write_text(CAPTIONS)
    (tmp_path / "g/chapters.vtt").write_text(CHAPTERS)
    view = video_view(an_article("g/a.md", video=VIDEO), cards_of(), tmp_path, "en")
    assert view
    assert (view.src, view.poster, view.described, view.duration) == (
        "@g/a.mp4",
        "@a.webp",
        "@g/described.mp4",
        "1:23",
    )
    assert view.tracks == (
        Track(lang="de", name="German", url="@g/a.de.vtt"),
        Track(lang="en", name="English", url="@a.en.vtt"),
    )
    assert view.chapters == (
        Chapter(title="Start", start=0, clock="0:00"),
        Chapter(title="End", start=61, clock="1:01"),
    )
    (paragraph,) = view.transcript
    assert (paragraph.speaker, [cue.text for cue in paragraph.cues]) == ("Ann", ["Hello.", "Welcome."])


def test_video_elsewhere(tmp_path: Path) -> None:
    """A video on another site has its address there, and nothing that would want a file."""
    video = Video(provider="vimeo", id="1")
    view = video_view(an_article("a.md", video=video), cards_of(), tmp_path, "en")
    assert view
    assert (view.src, view.provider_url, view.duration, view.tracks) == ("", "https://vimeo.com/1", "", ())
    assert (view.chapters, view.transcript) == ((), ())


def test_no_video(tmp_path: Path) -> None:
    """An article without a video has no view of one."""
    assert video_view(an_article("a.md"), cards_of(), tmp_path, "en") is None

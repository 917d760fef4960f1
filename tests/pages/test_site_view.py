"""What every page may show of the whole site: sections, useful articles, news, channels."""

from __future__ import annotations

from datetime import date, timedelta

from kbgen.articles.announcement import Announcement, Severity
from kbgen.articles.article import Article
from kbgen.articles.channel import Channel, ContactSettings
from kbgen.articles.front_matter import FrontMatter, Improved, State
from kbgen.articles.library import Library
from kbgen.articles.settings import HomeSettings, KbgenSettings
from kbgen.articles.turning import FRESH
from kbgen.pages.card import Cards
from kbgen.pages.day import Day
from kbgen.pages.policy import content_hash
from kbgen.pages.site import (
    MOST_IMPROVED,
    MOST_USEFUL,
    Frame,
    Improvement,
    announcements,
    channel_views,
    improved,
    section_cards,
    site_view,
    useful,
)

TODAY = date(2026, 11, 23)

FRAME = Frame(assets="assets/kbgen/1/", first_script="a()", paper=("#fff", "#000"), language="en")


def an_article(path: str, title: str = "", body: str = "", **meta: object) -> Article:
    front = FrontMatter(title=title or path, **meta)  # type: ignore[arg-type]
    return Article(path=path, meta=front, body=body, body_line=1)


def library_of(*articles: Article) -> Library:
    return Library(articles=articles, problems=(), today=TODAY)


def home(**values: tuple[str, ...]) -> KbgenSettings:
    return KbgenSettings(home=HomeSettings(**values))  # type: ignore[arg-type]


def useful_titles(library: Library, settings: KbgenSettings | None = None) -> list[str]:
    return [card.title for card in useful(library, Cards(library=library, address=str), settings or KbgenSettings())]


def improved_titles(*articles: Article) -> list[str]:
    library = library_of(*articles)
    return [item.card.title for item in improved(library, Cards(library=library, address=str), "en")]


def sections(library: Library, *first: str) -> list[str]:
    return [card.title for card in section_cards(library, Cards(library=library, address=str), home(sections=first))]


def test_order_of_sections() -> None:
    """The settings name the sections that come first; the rest follows by folder. Sections below others stay there."""
    library = library_of(
        *(an_article(f"{folder}/a.md") for folder in ("d", "c", "b", "a", "a/deep")), an_article("x.md")
    )
    assert sections(library) == ["A", "B", "C", "D"]
    assert sections(library, "c", "a") == ["C", "A", "B", "D"]
    assert sections(library, "none", "d") == ["D", "A", "B", "C"]


def test_sections_with_slashes() -> None:
    """A section may be named with a slash at either end, as checks allow."""
    library = library_of(*(an_article(f"{folder}/a.md") for folder in "ab"))
    assert sections(library, "/b/") == ["B", "A"]


def test_useful_by_name() -> None:
    """The articles that the settings name are the useful ones, in their order."""
    library = library_of(an_article("a.md"), an_article("b.md"), an_article("c.md", state=State.DRAFT))
    assert useful_titles(library, home(articles=("b.md", "c.md", "a.md"))) == ["b.md", "a.md"]


def test_useful_by_links() -> None:
    """Else those are useful to which at least two others link, most linked first, then by title."""
    library = library_of(
        an_article("index.md", "Home", "[a](a.md)"),
        an_article("g/index.md", "G"),
        an_article("a.md", "Zebra"),
        an_article("b.md", "Apple", "[a](a.md) [c](c.md) [g](g/index.md)"),
        an_article("c.md", "once", "[a](a.md) [b](b.md) [g](g/index.md)"),
        an_article("d.md", "D", "[b](b.md#part) [b](b.md) [a](a.md)"),
    )
    assert useful_titles(library) == ["Zebra", "Apple"]


def test_what_counts_as_a_link() -> None:
    """An article counts once however often it links; `related` counts, links to itself and from drafts do not."""
    library = library_of(
        an_article("a.md", "A", "[a](a.md)"),
        an_article("b.md", "B", "[a](a.md) [a](a.md)"),
        an_article("c.md", "C", state=State.DRAFT, body="[a](a.md)"),
    )
    assert useful_titles(library) == []
    assert useful_titles(library_of(*library.articles, an_article("d.md", related=("a.md",)))) == ["A"]


def test_related_counts_however_it_is_written() -> None:
    """A path in `related` may begin with a slash."""
    library = library_of(
        an_article("a.md", "A"), an_article("b.md", related=("/a.md",)), an_article("c.md", body="[a](a.md)")
    )
    assert useful_titles(library) == ["A"]


def test_most_useful() -> None:
    """There is a limit to what is most useful."""
    articles = [an_article(f"{n}.md") for n in range(9)]
    body = " ".join(f"[x]({a.path})" for a in articles)
    library = library_of(*articles, an_article("x.md", body=body), an_article("y.md", body=body))
    assert len(useful_titles(library)) == MOST_USEFUL


def test_improved() -> None:
    """What was improved in the last 60 days is news, newest first; what lies ahead is none yet."""

    def improved_on(day: date, title: str, **meta: object) -> Article:
        return an_article(f"{title}.md", title, improved=Improved(date=day, what=f"{title}!"), **meta)

    assert improved_titles(
        improved_on(TODAY - FRESH, "oldest"),
        improved_on(TODAY, "newest"),
        improved_on(TODAY - timedelta(days=1), "yesterday"),
        improved_on(TODAY + timedelta(days=1), "tomorrow"),
        improved_on(TODAY - FRESH - timedelta(days=1), "too old"),
        improved_on(TODAY, "draft", state=State.DRAFT),
        an_article("never.md"),
    ) == ["newest", "yesterday", "oldest"]


def test_improved_on_one_day() -> None:
    """What was improved on one day comes by title, and there is a limit."""
    news = [an_article(f"{t}.md", t, improved=Improved(date=TODAY, what="x")) for t in "bdacef"]
    assert improved_titles(*news) == ["a", "b", "c", "d"][:MOST_IMPROVED]


def test_what_was_improved() -> None:
    """News says what changed, and when."""
    library = library_of(an_article("a.md", "A", improved=Improved(date=TODAY, what="Says more.")))
    (item,) = improved(library, Cards(library=library, address=str), "en")
    assert item.card.url == "a.md"
    assert item.improvement == Improvement(day=Day(iso="2026-11-23", text="23 November 2026"), what="Says more.")


def test_channels() -> None:
    """All channels are shown unless some are named; they stay in the order of the settings."""
    settings = KbgenSettings(channels=tuple(Channel(id=i, name=i.upper()) for i in "abc"))
    assert [view.name for view in channel_views(settings, FRAME)] == ["A", "B", "C"]
    assert [view.name for view in channel_views(settings, FRAME, ("c", "a", "none"))] == ["A", "C"]


def test_announcements() -> None:
    """A section shows what concerns it and every page; a page of no section shows only the latter."""
    settings = KbgenSettings(
        announcements=(
            Announcement(text="all"),
            Announcement(text="billing", sections=("billing",), severity=Severity.WARNING),
            Announcement(text="over", ends=TODAY - timedelta(days=1)),
        )
    )
    assert [a.text for a in announcements(settings, TODAY)] == ["all"]
    assert [a.text for a in announcements(settings, TODAY, "")] == ["all"]
    assert [a.text for a in announcements(settings, TODAY, "billing/cards")] == ["billing", "all"]


def test_site_view() -> None:
    """What all pages share is there: intro, sections, channels, the contact page, the list of all, the policy."""
    library = library_of(an_article("g/a.md", "A"), an_article("v.md", "V"))
    settings = KbgenSettings(
        home=HomeSettings(intro="Hello.", videos=("v.md",), articles=("g/a.md",)),
        channels=(Channel(id="a", name="Phone"),),
        contact=ContactSettings(intro="Write."),
        announcements=(Announcement(text="all"), Announcement(text="some", sections=("g",))),
    )
    view = site_view(library, settings, Cards(library=library, address="@{}".format), FRAME)
    assert (view.frame, view.intro, view.all_url) == (FRAME, "Hello.", "@all/index.md")
    assert [card.title for card in view.sections] == ["G"]
    assert [card.title for card in view.useful] == ["A"]
    assert [card.title for card in view.videos] == ["V"]
    assert [channel.name for channel in view.channels] == ["Phone"]
    assert view.contact.intro == "Write."
    assert [a.text for a in view.announcements] == ["all"]
    assert view.improved == ()
    assert content_hash("a()") in view.policy

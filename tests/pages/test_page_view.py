"""What one page shows beside its text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.address import Address
from kbgen.articles.announcement import Announcement
from kbgen.articles.article import Article
from kbgen.articles.channel import Channel
from kbgen.articles.front_matter import FrontMatter, Improved
from kbgen.articles.kinds import Kind
from kbgen.articles.library import Library
from kbgen.articles.related import related
from kbgen.articles.settings import FeedbackSettings, KbgenSettings, LookSettings
from kbgen.pages.card import Cards
from kbgen.pages.listing import listings
from kbgen.pages.neighbours import Neighbourhood
from kbgen.pages.page import Pages, PageView, Rendered
from kbgen.pages.site import Frame
from kbgen.pages.surroundings import surroundings
from kbgen.pages.vote import VoteView
from kbgen.videos.video import Video

TODAY = date(2026, 11, 23)
SITE = "https://help.example.com/sub/"
WORDS = {"all_articles": "All articles", "page_of": "Page {number} of {count}"}


def an_article(path: str, title: str = "A", body: str = "", **meta: object) -> Article:
    return Article(path=path, meta=FrontMatter(title=title, **meta), body=body, body_line=1)  # type: ignore[arg-type]


def address(path: str) -> str:
    """Addresses as MkDocs gives them: a folder for each page."""
    return path.removesuffix("index.md") if path.endswith("index.md") else f"{path.removesuffix('.md')}/"


def pages_of(*articles: Article, settings: KbgenSettings | None = None, site_url: str = SITE, votes: str = "") -> Pages:
    library = Library(articles=articles, problems=(), today=TODAY)
    own = settings or KbgenSettings(feedback=FeedbackSettings(service=Address(votes)))
    cards = Cards(library=library, address=address)
    neighbourhood = Neighbourhood(
        library=library, settings=own, related=related(library), listings=listings(library, WORDS)
    )
    return Pages(
        settings=own,
        site_name="Acme help",
        site_url=site_url,
        content=Path("content"),
        cards=cards,
        surroundings=lambda article: surroundings(neighbourhood.of(article), cards),
        frame=Frame(assets="assets/kbgen/1/", first_script="a()", paper=("#fff", "#000"), language="en"),
    )


def view(pages: Pages, path: str, html: str = "", updated: str = "", article: Article | None = None) -> PageView:
    """The view of the article at `path`, or of the given one."""
    url = address(path)
    canonical = pages.site_url + url if pages.site_url else ""
    rendered = Rendered(url=url, canonical=canonical, updated=updated, html=html)
    return pages.page(article or pages.cards.library.by_path[path], rendered)


def numbered(count: int) -> list[Article]:
    return [an_article(f"g/{n:02}.md", f"{n:02}") for n in range(count)]


def test_article() -> None:
    """An article's page says what it is, how old, how long and for whom."""
    article = an_article(
        "g/a.md",
        "A",
        "word " * 500,
        kind=Kind.FAQ,
        verified_on=date(2026, 11, 20),
        applies_to=("Cloud",),
        improved=Improved(date=date(2026, 11, 1), what="Says more."),
    )
    found = view(pages_of(article), "g/a.md", updated="2026-11-22")
    assert (found.path, found.kind, found.revision) == ("g/a.md", "faq", article.revision)
    assert not found.is_listing
    assert found.updated
    assert (found.updated.iso, found.updated.text) == ("2026-11-22", "22 November 2026")
    assert found.verified_on
    assert found.verified_on.text == "20 November 2026"
    assert found.improved
    assert (found.improved.day.iso, found.improved.what) == ("2026-11-01", "Says more.")
    assert (found.applies_to, found.reading_minutes, found.markdown) == (("Cloud",), 2, "g/a.md")


def test_an_improvement_is_news_for_a_while() -> None:
    """An improvement is shown from its day on for 60 days."""

    def shown(day: date) -> bool:
        article = an_article("a.md", improved=Improved(date=day, what="Says more."))
        return view(pages_of(article), "a.md").improved is not None

    assert [shown(TODAY - timedelta(days=days)) for days in (-1, 0, 60, 61)] == [False, True, True, False]


def test_bare_article() -> None:
    """An article that says nothing of itself has nothing to show but its text."""
    found = view(pages_of(an_article("a.md")), "a.md")
    assert (found.updated, found.verified_on, found.improved, found.video) == (None, None, None, None)
    assert (found.lessons, found.related, found.channels, found.announcements, found.picture) == ((), (), (), (), "")
    assert (found.vote, found.diagrams, found.reading_minutes) == (None, "", 1)
    assert (found.sections, found.listed, found.letters, found.listing_pages) == ((), (), (), ())


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (299, 1), (301, 2), (1000, 5)])
def test_reading_minutes(words: int, minutes: int) -> None:
    """Reading takes a minute for 200 words, and never none; code is not read word by word."""
    body = "word " * words + "\n\n```\n" + "code " * 1000 + "\n```\n"
    assert view(pages_of(an_article("a.md", body=body)), "a.md").reading_minutes == minutes


def test_section() -> None:
    """A section's page lists its articles and the sections below it, and is no article."""
    found = view(
        pages_of(an_article("g/index.md", "Guides"), an_article("g/a.md", "A"), an_article("g/h/b.md", "B")),
        "g/index.md",
    )
    assert found.is_listing
    assert [card.title for card in found.listed] == ["A"]
    assert [card.title for card in found.sections] == ["H"]
    assert (found.section.title, found.section.count, found.section.articles) == ("Guides", 2, 1)
    assert (found.reading_minutes, found.markdown, found.vote) == (0, "", None)
    assert [page.url for page in found.listing_pages] == ["g/"]


def test_page_of_a_listing() -> None:
    """A page that kbgen makes shows its part of the list, with links to all parts."""
    pages = pages_of(*(an_article(f"g/{n:03}.md", f"{n:03}") for n in range(201)))
    found = view(pages, "g/page-2.md", article=an_article("g/page-2.md", "G: Page 2 of 2"))
    assert found.is_listing
    assert [card.title for card in found.listed] == ["200"]
    assert [(page.title, page.url) for page in found.listing_pages] == [
        ("Page 1 of 2", "g/"),
        ("Page 2 of 2", "g/page-2/"),
    ]
    assert (found.letters, found.markdown) == ((), "")


def test_page_from_a_to_z() -> None:
    """The page of all articles has its letters, each with an anchor of its own."""
    pages = pages_of(an_article("a.md", "Beta"), an_article("g/b.md", "Яма"), an_article("c.md", "Alpha"))
    found = view(pages, "all/index.md", article=an_article("all/index.md", "All articles"))
    assert found.is_listing
    assert [(letter.name, letter.anchor, [card.title for card in letter.cards]) for letter in found.letters] == [
        ("A", "letter-1", ["Alpha"]),
        ("B", "letter-2", ["Beta"]),
        ("Я", "letter-3", ["Яма"]),
    ]
    assert found.breadcrumb == ()


@pytest.mark.parametrize(
    ("count", "place", "first", "shown"),
    [
        (3, 1, 0, 3),
        (12, 11, 0, 12),
        (30, 0, 0, 12),
        (30, 6, 0, 12),
        (30, 15, 9, 12),
        (30, 29, 18, 12),
        (30, 24, 18, 12),
    ],
)
def test_neighbours(count: int, place: int, first: int, shown: int) -> None:
    """Beside an article stand up to twelve of its section, those around it, in the order of the section."""
    siblings = view(pages_of(*numbered(count)), f"g/{place:02}.md").siblings
    assert [card.title for card in siblings] == [f"{n:02}" for n in range(first, first + shown)]


@given(st.integers(1, 40), st.data())
def test_neighbours_anywhere(count: int, data: st.DataObject) -> None:
    """Wherever an article stands, it is among its neighbours, who follow one another."""
    place = data.draw(st.integers(0, count - 1))
    titles = [int(card.title) for card in view(pages_of(*numbered(count)), f"g/{place:02}.md").siblings]
    assert place in titles
    assert titles == list(range(titles[0], titles[0] + min(12, count)))


def test_neighbours_of_a_retired_article() -> None:
    """An article that is gone shows the first of its section, or of the whole site where the section is gone too."""
    pages = pages_of(*numbered(20), an_article("top.md", "Top"))
    found = view(pages, "g/old.md", article=an_article("g/old.md", "Old", feedback=False))
    assert [card.title for card in found.siblings] == [f"{n:02}" for n in range(12)]
    assert [card.title for card in view(pages, "x/old.md", article=an_article("x/old.md")).siblings] == ["Top"]


def test_a_retired_article_has_no_twin() -> None:
    """The notice of what is gone is no article: there is no text of it to fetch, and nothing to read for minutes."""
    pages = pages_of(*numbered(2))
    found = view(pages, "g/old.md", article=an_article("g/old.md", "Old", feedback=False))
    assert (found.markdown, found.reading_minutes) == ("", 0)


def test_breadcrumb() -> None:
    """The way to an article leads through its sections; a section's own page ends one step earlier."""
    pages = pages_of(
        an_article("g/index.md", "Guides"),
        an_article("g/h/index.md", "Help"),
        an_article("g/h/a.md"),
        an_article("b.md"),
    )
    assert [card.title for card in view(pages, "g/h/a.md").breadcrumb] == ["Guides", "Help"]
    assert [card.title for card in view(pages, "g/h/index.md").breadcrumb] == ["Guides"]
    assert view(pages, "b.md").breadcrumb == ()


def test_related_and_lessons() -> None:
    """What the writer names to read next, and the lessons of a course, are cards in their order."""
    pages = pages_of(
        an_article("c.md", "C", course=("b.md", "a.md"), related=("a.md",)), an_article("a.md"), an_article("b.md", "B")
    )
    found = view(pages, "c.md")
    assert [card.title for card in found.lessons] == ["B", "A"]
    assert found.related[0].title == "A"


CHANNELS = KbgenSettings(channels=tuple(Channel(id=i, name=i.upper()) for i in "abc"))


def test_channels() -> None:
    """An article shows the channels that it names, all where it names none; two of them after its text."""
    pages = pages_of(an_article("a.md"), an_article("b.md", channels=("c",)), settings=CHANNELS)
    assert [channel.name for channel in view(pages, "a.md").channels] == ["A", "B", "C"]
    assert [channel.name for channel in view(pages, "a.md").best_channels] == ["A", "B"]
    assert [channel.name for channel in view(pages, "b.md").best_channels] == ["C"]


def test_announcements() -> None:
    """A page shows the banners that concern its section."""
    settings = KbgenSettings(announcements=(Announcement(text="x", sections=("g",)),))
    pages = pages_of(an_article("g/a.md"), an_article("b.md"), settings=settings)
    assert [banner.text for banner in view(pages, "g/a.md").announcements] == ["x"]
    assert view(pages, "b.md").announcements == ()


@pytest.mark.parametrize(
    ("service", "action"),
    [
        ("https://votes.example.com", "https://votes.example.com/v1/votes"),
        ("https://votes.example.com/sub/", "https://votes.example.com/sub/v1/votes"),
        ("/", "/v1/votes"),
        ("", ""),
    ],
)
def test_vote(service: str, action: str) -> None:
    """An article asks for a vote where there is a service and its writer has not forbidden it."""
    pages = pages_of(an_article("a.md"), an_article("b.md", feedback=False), an_article("index.md"), votes=service)
    assert view(pages, "a.md").vote == (VoteView(action=action) if action else None)
    assert view(pages, "b.md").vote is None
    assert view(pages, "index.md").vote is None


DIAGRAM = '<pre class="mermaid"><code>graph LR</code></pre>'


def test_diagrams() -> None:
    """A page with a diagram has the site's script for it, and a policy that lets it draw."""
    settings = KbgenSettings(look=LookSettings(mermaid="assets/mermaid.js"))
    pages = pages_of(an_article("a.md"), settings=settings)
    found = view(pages, "a.md", DIAGRAM)
    assert found.diagrams == address("assets/mermaid.js")
    assert "'unsafe-inline'" in found.policy
    assert view(pages, "a.md", "<p>mermaid</p>").diagrams == ""
    assert "'unsafe-inline'" not in view(pages, "a.md").policy


def test_diagrams_without_a_script() -> None:
    """Without a copy of mermaid a diagram stays its text, and the policy stays strict."""
    found = view(pages_of(an_article("a.md")), "a.md", DIAGRAM)
    assert found.diagrams == ""
    assert "'unsafe-inline'" not in found.policy


def graph(found: PageView) -> dict[str, dict[str, object]]:
    """What a page tells search engines, by type."""
    data = json.loads(found.structured_data)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_structured_data() -> None:
    """An article tells search engines its way and itself, with whole addresses."""
    pages = pages_of(
        an_article("g/index.md", "Guides"), an_article("g/a.md", "</script>&", description="What.", lang="en")
    )
    found = view(pages, "g/a.md", updated="2026-11-22")
    assert "</script" not in found.structured_data
    things = graph(found)
    assert [(step["name"], step["item"]) for step in things["BreadcrumbList"]["itemListElement"]] == [  # type: ignore[attr-defined]
        ("Acme help", SITE),
        ("Guides", f"{SITE}g/"),
        ("</script>&", f"{SITE}g/a/"),
    ]
    about = things["Article"]
    assert (about["headline"], about["url"], about["dateModified"]) == ("</script>&", f"{SITE}g/a/", "2026-11-22")
    assert (about["description"], about["inLanguage"]) == ("What.", "en")


def test_structured_data_of_a_section() -> None:
    """A section tells its way and is no article."""
    pages = pages_of(an_article("g/index.md", "Guides"), an_article("g/a.md"))
    assert set(graph(view(pages, "g/index.md"))) == {"BreadcrumbList"}


def test_structured_data_of_the_home_page() -> None:
    """The home page is one step, not two of the same address."""
    pages = pages_of(an_article("index.md", "Acme help"), an_article("a.md"))
    home = view(pages, "index.md").structured_data
    assert home.count('"@type":"ListItem"') <= 1


def test_no_structured_data_without_an_address() -> None:
    """A site that has no address yet says nothing to search engines."""
    assert view(pages_of(an_article("a.md"), site_url=""), "a.md").structured_data == ""


def test_picture() -> None:
    """The picture that stands for a video article has a whole address, which a site without one cannot give."""
    article = an_article("g/a.md", video=Video(src="a.mp4", poster="a.webp"))
    assert view(pages_of(article), "g/a.md").picture == f"{SITE}g/a.webp/"
    assert view(pages_of(article, site_url=""), "g/a.md").picture == ""
    bare = replace(article, meta=FrontMatter(title="A", video=Video(src="a.mp4")))
    assert view(pages_of(bare), "g/a.md").picture == ""


def test_policy() -> None:
    """A page's policy names its first script, its own styles and the vote service."""
    settings = KbgenSettings(feedback=FeedbackSettings(service=Address("https://v.example")))
    found = view(pages_of(an_article("a.md"), settings=settings), "a.md", '<p style="color: red">')
    assert found.policy.count("'sha256-") == 2
    assert "form-action 'self' https://v.example" in found.policy

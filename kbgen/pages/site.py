"""What every page may show of the whole site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kbgen.articles.announcement import Announcement, current
from kbgen.articles.article import Article, posix
from kbgen.articles.channel import ContactSettings
from kbgen.articles.library import Library, Section
from kbgen.articles.links import internal_links
from kbgen.articles.settings import KbgenSettings
from kbgen.articles.turning import is_news
from kbgen.channels.hours import ENGLISH, DayWords
from kbgen.pages.card import Card, Cards, SectionCard
from kbgen.pages.channel import ChannelView, channel_view
from kbgen.pages.day import Day, day
from kbgen.pages.listing import ALL
from kbgen.pages.policy import policy

MOST_USEFUL = 6
MOST_IMPROVED = 4


@dataclass(frozen=True, kw_only=True)
class Improvement:
    """What changed for readers of an article, and when."""

    day: Day
    what: str


@dataclass(frozen=True, kw_only=True)
class ImprovedCard:
    """An article in the list of those that were improved."""

    card: Card
    improvement: Improvement


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the look gives every page."""

    assets: str
    """The folder of styles and scripts, below the site's root."""
    first_script: str
    """The script that each page runs before it is drawn; it fetches the others once the page can be read."""
    banner_script: str = ""
    """The script that takes out the announcements which a reader has closed, before they are drawn."""
    icon: str = ""
    """The icon of a site that has none of its own, as a `data:` address: a request less on every page."""
    paper: tuple[str, str]
    """Colour of the page in light and in dark."""
    language: str
    offline: bool = False
    """Whether the pages are read from a disk."""
    day_words: DayWords = ENGLISH

    @property
    def script(self) -> str:
        """The name of the script that mounts all others."""
        return "offline.js" if self.offline else "main.js"

    @property
    def home(self) -> str:
        """The address of the home page."""
        return "index.html" if self.offline else "."

    @property
    def scripts(self) -> tuple[str, ...]:
        """Every script that stands in a page."""
        return tuple(filter(None, (self.first_script, self.banner_script)))


@dataclass(frozen=True, kw_only=True)
class SiteView:
    """What every page may show of the whole site."""

    frame: Frame
    intro: str
    sections: tuple[SectionCard, ...]
    useful: tuple[Card, ...]
    videos: tuple[Card, ...]
    improved: tuple[ImprovedCard, ...]
    channels: tuple[ChannelView, ...]
    contact: ContactSettings
    has_contact: bool
    """Whether there is any way to reach a person."""
    announcements: tuple[Announcement, ...]
    """Those of the day that concern every page."""
    all_url: str
    search_reports: str
    """Where reports of searches go, or `""` where nobody asked for them."""
    keeps_queries: bool
    """Whether a vote may say which search led to the article."""
    policy: str
    """The Content-Security-Policy of pages without an article's text."""


def site_view(library: Library, settings: KbgenSettings, cards: Cards, frame: Frame) -> SiteView:
    """The view that every page shares."""
    return SiteView(
        frame=frame,
        intro=settings.home.intro,
        sections=section_cards(library, cards, settings),
        useful=useful(library, cards, settings),
        videos=cards.named(settings.home.videos),
        improved=improved(library, cards, frame.language),
        channels=channel_views(settings, frame),
        contact=settings.contact,
        has_contact=bool(settings.channels or settings.contact.endpoint),
        announcements=announcements(settings, library.today),
        all_url=cards.address(f"{ALL}/index.md"),
        search_reports=settings.feedback.search_reports,
        keeps_queries=settings.feedback.takes_queries,
        policy=policy(settings, frame.scripts),
    )


def section_cards(library: Library, cards: Cards, settings: KbgenSettings) -> tuple[SectionCard, ...]:
    """The sections at the top, as `home.sections` orders them; the rest follows as it came."""
    first = {path.strip("/"): place for place, path in enumerate(settings.home.sections)}

    def place(section: Section) -> int:
        return first.get(section.path.split("/")[0], len(first))

    return tuple(cards.section(section) for section in sorted(library.top.sections, key=place))


def useful(library: Library, cards: Cards, settings: KbgenSettings) -> tuple[Card, ...]:
    """The articles that `home.articles` names; else those that at least two others link to, most linked first."""
    if settings.home.articles:
        return cards.named(settings.home.articles)
    linked: Counter[str] = Counter()
    for article in library.published:
        named = {link.path for link in internal_links(article) if link.path}
        related = {posix("", path) or "" for path in article.meta.related}
        linked.update((named | related) - {article.path})
    known = [a for a in library.published if not a.is_index and linked[a.path] > 1]
    ranked = sorted(known, key=lambda a: (-linked[a.path], a.title.casefold()))
    return tuple(cards.article(article) for article in ranked[:MOST_USEFUL])


def improvement(article: Article, language: str, today: date) -> Improvement | None:
    """What changed in an article for its readers, `None` where its writer says nothing of it, or it is no news."""
    said = article.meta.improved if is_news(article.meta, today) else None
    return Improvement(day=day(said.date, language), what=said.what) if said else None


def improved(library: Library, cards: Cards, language: str) -> tuple[ImprovedCard, ...]:
    """What was improved of late, newest first."""
    pairs = [(article, improvement(article, language, library.today)) for article in library.published]
    fresh = [ImprovedCard(card=cards.article(article), improvement=said) for article, said in pairs if said]
    by_title = sorted(fresh, key=lambda item: item.card.title.casefold())
    return tuple(sorted(by_title, key=lambda item: item.improvement.day.iso, reverse=True)[:MOST_IMPROVED])


def channel_views(settings: KbgenSettings, frame: Frame, ids: Iterable[str] = ()) -> tuple[ChannelView, ...]:
    """The channels named by `ids`, all of them where none is named."""
    chosen = set(ids)
    shown = (c for c in settings.channels if not chosen or c.id in chosen)
    return tuple(channel_view(channel, settings.contact, frame.day_words) for channel in shown)


def announcements(settings: KbgenSettings, today: date, section: str | None = None) -> tuple[Announcement, ...]:
    """The announcements of the day for a section, or those for every page where none is given."""
    up = current(settings.announcements, today) if settings.announcements else ()
    return tuple(a for a in up if (not a.sections if section is None else a.concerns(section)))

"""The queue: everything that speaks for mending or writing something, joined and put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kbgen.articles.article import Article
from kbgen.articles.library import Library
from kbgen.feedback.digest import Digest
from kbgen.feedback.missed import SearchCount
from kbgen.feedback.scrub import scrubbed
from kbgen.feedback.tally import Mislead
from kbgen.review.age import age_cause
from kbgen.review.item import Cause, Item, Kind, ordered
from kbgen.review.promises import promise_cause
from kbgen.review.searches import search_items
from kbgen.review.topics import topic_items
from kbgen.review.votes import findability_cause, text_cause
from kbgen.search.contract import Broken
from kbgen.topics.lock import LockedTopic


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known of a help centre; whatever is not known is left empty."""

    digest: Digest = field(default_factory=dict)
    searches: Sequence[SearchCount] = ()
    days: int = 90
    """How many days of searches were counted."""
    misleads: Mapping[str, Sequence[Mislead]] = field(default_factory=dict)
    """Searches that led to articles that were not meant, by article."""
    broken: Sequence[Broken] = ()
    topics: Sequence[LockedTopic] = ()


def review_queue(library: Library, evidence: Evidence, shown: Callable[[str], str] = str) -> list[Item]:
    """What to mend or to write next; `shown` says how a path below `content/` is shown to a person."""
    articles = [article for article in library.published if not article.is_index]
    answered = {scrubbed(phrase) for a in articles for phrase in (a.title, *a.meta.answers)}
    claimed = {id_ for article in articles for id_ in article.meta.topics}
    items = [
        Item(kind=Kind.ARTICLE, subject=article.path, title=article.title, causes=causes)
        for article in articles
        if (causes := tuple(_causes(article, library, evidence, shown(article.path))))
    ]
    items += search_items(evidence.searches, evidence.days, answered)
    items += topic_items(evidence.topics, claimed)
    return ordered(items)


def _causes(article: Article, library: Library, evidence: Evidence, file: str) -> Iterator[Cause]:
    votes = evidence.digest.get(article.path)
    running = votes.running if votes else None
    if running:
        misleads = evidence.misleads.get(article.path, ())
        yield from text_cause(running, article.path, file, library.today)
        yield from findability_cause(running, article.path, file, misleads, library.today)
    yield from age_cause(article, file, library.today)
    yield from promise_cause([each for each in evidence.broken if each.promise.article == article.path], file)

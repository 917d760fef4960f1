"""Coverage: which topics the help centre answers already, which article does, how well, and how that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kbgen.articles.article import Article
from kbgen.articles.library import Library
from kbgen.outputs.redirects import Redirect
from kbgen.search.synonyms import Synonyms
from kbgen.tickets.ticket import Ticket
from kbgen.topics.claims import Contradiction, contradictions
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.gaps import Gap, gaps, usual
from kbgen.topics.library_index import parts_of, plain, readers
from kbgen.topics.likeness import FIRST, Likeness, likeness
from kbgen.topics.links import Addresses, most_linked
from kbgen.topics.registry import Registry
from kbgen.topics.topic import Topic, shared

ANSWERS = 0.90
PARTLY = 0.80
"""Scores from which an article counts as an answer, or as near one; fitted as `likeness.FOUND` was."""
LEAST = 0.45
"""Cosine below which an article is no answer: where there are few articles, one of them is always the nearest."""
LINKED = 0.3
"""Share of the answered tickets in which agents link an article, from which it answers."""
FINDABLE = 0.5
"""Share of the questions for which search must find the article among the first three."""


@dataclass(frozen=True, kw_only=True)
class Near:
    """An article and how like a topic it is: mean cosine of its nearest phrase, -1 to 1."""

    article: str
    title: str
    likeness: float


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that tells how a topic is covered."""

    kind: str
    """`decision`, `front matter`, `linked`, `likeness` or `search`."""
    text: str
    number: float | None = None
    """A share from 0 to 1, or a likeness; None where there is none."""


@dataclass(frozen=True, kw_only=True)
class _Covered:
    article: str
    near: tuple[Near, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answered(_Covered):
    """An article answers the topic."""

    status = "answered"


@dataclass(frozen=True, kw_only=True)
class PartlyAnswered(_Covered):
    """An article answers a part of the topic, or is near it; tickets keep coming."""

    missing: tuple[Gap, ...] = ()
    """What agents answer and the article does not say; empty where it is only near."""
    status = "partly"


@dataclass(frozen=True, kw_only=True)
class Findable(_Covered):
    """An article answers the topic in other words than customers use, so that search does not find it."""

    status = "findable"


@dataclass(frozen=True, kw_only=True)
class Contradicted(_Covered):
    """An article answers the topic, and agents say otherwise."""

    contradictions: tuple[Contradiction, ...]
    status = "contradicted"


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """No article answers the topic."""

    near: tuple[Near, ...]
    evidence: tuple[Evidence, ...] = ()
    status = "unanswered"
    article = ""


@dataclass(frozen=True, kw_only=True)
class Dismissed:
    """A person set the topic aside."""

    near: tuple[Near, ...]
    evidence: tuple[Evidence, ...] = ()
    status = "dismissed"
    article = ""


Coverage = Answered | PartlyAnswered | Findable | Contradicted | Unanswered | Dismissed
STATUSES = ("answered", "findable", "partly", "contradicted", "unanswered", "dismissed")
Tell = Callable[[int, int], None]
"""Told how many topics of how many are done."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What coverage knows of the site beside its articles."""

    site_url: str = ""
    redirects: tuple[Redirect, ...] = ()
    language: str = "en"
    synonyms: Mapping[str, Synonyms] = field(default_factory=dict)
    tell: Tell = lambda _done, _all: None


def coverage(
    registry: Registry,
    tickets: Sequence[Ticket],
    library: Library,
    embedding: Embedding,
    beside: Surroundings = Surroundings(),
) -> dict[str, Coverage]:
    """How well each topic of the registry is answered, by its id.

    A person's decision counts first, then what articles say of themselves in `topics:`, then what agents link, then
    likeness and search. How the article answers is asked afterwards: whether agents contradict it, whether they say
    what it does not, and whether search finds it.
    """
    return _Desk(registry, tickets, library, embedding, beside).covered()


class _Desk:
    """All that one look at the coverage needs."""

    def __init__(
        self,
        registry: Registry,
        tickets: Sequence[Ticket],
        library: Library,
        embedding: Embedding,
        beside: Surroundings,
    ) -> None:
        by_id = {ticket.id: ticket for ticket in tickets}
        self.registry, self.embedding, self.beside = registry, embedding, beside
        self.articles = [article for article in library.published if not article.is_index]
        self.places = {article.path: n for n, article in enumerate(self.articles)}
        self.own = {t.id: [by_id[id_] for id_ in t.tickets if id_ in by_id] for t in registry.topics}
        self.claimed = {registry.resolve(id_): a.path for a in self.articles for id_ in a.meta.topics}
        self.addresses = Addresses(library, beside.site_url, beside.redirects)
        self.everywhere = usual([r for t in own for r in t.replies] for own in self.own.values())

    def covered(self) -> dict[str, Coverage]:
        index = readers(self.articles, self.beside.language, self.beside.synonyms)
        alike = likeness([self.own[t.id] for t in self.registry.topics], self.articles, self.embedding, index)
        result = {}
        for row, topic in enumerate(self.registry.topics):
            result[topic.id] = self._covered(topic, alike, row)
            self.beside.tell(row + 1, len(self.registry.topics))
        return result

    def _covered(self, topic: Topic, alike: Likeness, row: int) -> Coverage:
        near = self._near(alike, row)
        if topic.id in self.registry.dismissed:
            why = self.registry.dismissed[topic.id] or "no reason is known"
            return Dismissed(near=near, evidence=(Evidence(kind="decision", text=f"dismissed: {why}"),))
        article, sure, evidence = self._answer(topic, alike, row)
        if not article:
            return Unanswered(near=near, evidence=evidence)
        place = self.places[article]
        evidence = (*evidence, *_measured(alike, row, place))
        if not sure:
            return PartlyAnswered(article=article, near=near, evidence=evidence)
        found = float(alike.found[row, place])
        return self._quality(topic, self.articles[place], near, evidence, is_found=found >= FINDABLE)

    def _quality(
        self, topic: Topic, article: Article, near: tuple[Near, ...], evidence: tuple[Evidence, ...], *, is_found: bool
    ) -> Coverage:
        """How well the article that answers does so; a person who decided has read what agents say."""
        path, own = article.path, self.own[topic.id]
        if not any(each.kind == "decision" for each in evidence):
            body = [plain(line) for line in article.body.splitlines() if plain(line)]
            if against := contradictions(own, article.body, self.embedding):
                return Contradicted(article=path, near=near, evidence=evidence, contradictions=against)
            said = [article.title, article.meta.description, *_sentences(article), *body]
            if missing := gaps(own, [s for s in said if s], self.embedding, self.everywhere):
                return PartlyAnswered(article=path, near=near, evidence=evidence, missing=missing)
        if not is_found and own:
            return Findable(article=path, near=near, evidence=evidence)
        return Answered(article=path, near=near, evidence=evidence)

    def _answer(self, topic: Topic, alike: Likeness, row: int) -> tuple[str, bool, tuple[Evidence, ...]]:
        """The article that answers, whether that is sure, and what told so."""
        decided = self.registry.answered.get(topic.id, "")
        if decided in self.places:
            return decided, True, (Evidence(kind="decision", text=f"a person said that {decided} answers it"),)
        if topic.id in self.claimed:
            path = self.claimed[topic.id]
            return path, True, (Evidence(kind="front matter", text=f"{path} names it under 'topics'"),)
        if told := self._linked(topic):
            path, evidence = told
            if evidence.number is not None and evidence.number >= LINKED:
                return path, True, (evidence,)
        return self._likely(alike, row, (told[1],) if told else (), self._inherited(topic))

    def _likely(
        self, alike: Likeness, row: int, evidence: tuple[Evidence, ...], inherited: str
    ) -> tuple[str, bool, tuple[Evidence, ...]]:
        best = int(np.argmax(alike.score[row])) if self.articles else -1
        score = float(alike.score[row, best]) if self.articles and alike.meaning[row, best] >= LEAST else 0.0
        if score >= ANSWERS:
            return self.articles[best].path, True, evidence
        if inherited:
            text = f"a person said that {inherited} answers a topic that became part of this one"
            return inherited, False, (*evidence, Evidence(kind="decision", text=text))
        if score >= PARTLY:
            return self.articles[best].path, False, evidence
        return "", False, evidence

    def _inherited(self, topic: Topic) -> str:
        """The article of a topic that went into this one when topics were found anew."""
        former = sorted(id_ for id_ in self.registry.answered if self.registry.resolve(id_) == topic.id != id_)
        paths = [self.registry.answered[id_] for id_ in former]
        return next((path for path in paths if path in self.places), "")

    def _linked(self, topic: Topic) -> tuple[str, Evidence] | None:
        own = [ticket for ticket in self.own[topic.id] if ticket.replies or ticket.articles]
        linked = self.addresses.linked(own)
        path = most_linked(linked)
        if not path or not shared(own, set(linked[path])):
            return None
        count = len(linked[path])
        text = f"agents link {path} in {count} of {len(own)} answered tickets"
        return path, Evidence(kind="linked", text=text, number=round(count / len(own), 4))

    def _near(self, alike: Likeness, row: int, most: int = 3) -> tuple[Near, ...]:
        if not self.own[self.registry.topics[row].id]:
            return ()
        ranked = np.argsort(-alike.meaning[row], kind="stable")[:most]
        return tuple(
            Near(article=a.path, title=a.title, likeness=round(float(alike.meaning[row, n]), 3))
            for n in ranked
            for a in [self.articles[n]]
        )


def _measured(alike: Likeness, row: int, place: int) -> tuple[Evidence, Evidence]:
    likely, found = float(alike.meaning[row, place]), float(alike.found[row, place])
    nearest = float(alike.nearest[row, place])
    text = f"likeness {likely:.2f}; it is the nearest article for {nearest:.0%} of the tickets"
    search = f"search shows it among the first {FIRST} for {found:.0%} of the questions"
    return (
        Evidence(kind="likeness", text=text, number=round(likely, 4)),
        Evidence(kind="search", text=search, number=round(found, 4)),
    )


def _sentences(article: Article) -> list[str]:
    return [sentence for part in parts_of(article) for sentence in part.text.replace("! ", ". ").split(". ")]

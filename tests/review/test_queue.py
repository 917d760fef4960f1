"""The review queue: what to mend next, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter, State
from kbgen.articles.library import Library
from kbgen.feedback.count import Count
from kbgen.feedback.digest import ArticleVotes, Row
from kbgen.feedback.missed import SearchCount
from kbgen.feedback.tally import Mislead
from kbgen.review.age import MOST
from kbgen.review.item import Item, Kind, at_least
from kbgen.review.queue import Evidence, review_queue
from kbgen.search.contract import Broken, Promise
from kbgen.topics.lock import LockedTopic

TODAY = date(2026, 11, 23)
RECENT = TODAY - timedelta(days=10)


def an_article(path: str = "a.md", **meta: object) -> Article:
    return Article(path=path, meta=FrontMatter(**{"title": path.upper(), **meta}), body="", body_line=1)  # type: ignore[arg-type]


def votes(yes: int, no: int, first: date = RECENT, **reasons: int) -> ArticleVotes:
    named = {name.replace("_", "-"): n for name, n in reasons.items()}
    count = Count(yes=yes, no=no, reasons=named, first=first, last=TODAY)
    return ArticleVotes(groups=(("r",),), rows={("r", ""): Row(live=count)})


def a_search(query: str, n: int, empty: int = 0, unclicked: int = 0) -> SearchCount:
    return SearchCount(lang="en", query=query, n=n, empty=empty, unclicked=unclicked, contacted=0)


def queue(*articles: Article, **known: object) -> list[Item]:
    library = Library(articles=articles or (an_article(),), problems=(), today=TODAY)
    return review_queue(library, Evidence(**known), lambda path: f"content/{path}")  # type: ignore[arg-type]


def test_nothing() -> None:
    """Where nothing is known, there is nothing to do."""
    assert queue() == []


def test_votes() -> None:
    """An article that fails its readers comes with n, interval and reasons, and says what to do in which file."""
    (item,) = queue(digest={"a.md": votes(10, 30, missing=20, unclear=4)})
    (cause,) = item.causes
    assert (item.kind, item.subject, item.title, item.rank) == (Kind.ARTICLE, "a.md", "A.MD", 1)
    assert cause.evidence == ("30 of 40 readers say that the text did not help (60% to 86%): missing 20, unclear 4")
    assert "kbgen feedback comments a.md" in cause.action
    assert "add to content/a.md what is missing" in cause.action
    assert cause.facts == {"n": 40, "no": 30, "interval": [0.5981, 0.8581], "reasons": {"missing": 20, "unclear": 4}}


def test_few_votes() -> None:
    """Fewer than five votes put nothing into the queue."""
    assert queue(digest={"a.md": votes(0, 4)}) == []
    assert queue(digest={"a.md": votes(9, 0)}) == []


def test_order() -> None:
    """Surely failing many readers comes first: 30 of 100 before 5 of 5, and what came in a quarter before in years."""
    cast = {"few.md": votes(0, 5), "many.md": votes(70, 30), "slow.md": votes(70, 30, date(2020, 1, 1))}
    found = queue(*map(an_article, cast), digest=cast)
    assert [item.subject for item in found] == ["many.md", "few.md", "slow.md"]
    assert [item.rank for item in found] == [1, 2, 3]


def test_not_what_they_looked_for() -> None:
    """Readers who had looked for something else are a matter of search, with the words that led there."""
    cast = {"a.md": votes(10, 20, not_what_i_looked_for=20)}
    searches = {"a.md": (Mislead(article="a.md", query="invoice", n=7),)}
    (item,) = queue(digest=cast, misleads=searches)
    (cause,) = item.causes
    assert cause.kind == "findability"
    assert cause.evidence.endswith("after searching for “invoice” 7")
    assert 'kbgen search --explain "invoice"' in cause.action
    assert cause.facts["queries"] == [{"query": "invoice", "n": 7}]


def test_a_mended_article() -> None:
    """A text that nobody has voted on yet is not blamed for the one before."""
    old = votes(0, 50)
    assert queue(digest={"a.md": ArticleVotes(groups=(("r",), ("new",)), rows=old.rows)}) == []


def test_searches() -> None:
    """Words that lead nowhere are listed with what to do; words that an article answers by now are not."""
    found = queue(
        an_article(answers=("Money back",)),
        searches=[a_search("export", 9, empty=9), a_search("money back", 9, empty=9), a_search("plan", 9, unclicked=8)],
    )
    assert [(item.kind, item.title) for item in found] == [(Kind.SEARCH, "export"), (Kind.SEARCH, "plan")]
    assert 'add "export" to answers:' in found[0].causes[0].action
    assert 'kbgen search "plan"' in found[1].causes[0].action
    assert queue(searches=[a_search("rare", 2, empty=2)]) == []


def test_days_of_searches() -> None:
    """Searches of a month are worth three times those of a quarter."""
    month, quarter = (queue(searches=[a_search("x", 9, empty=9)], days=days)[0].readers for days in (30, 90))
    assert month == pytest.approx(3 * quarter)


@pytest.mark.parametrize(
    ("meta", "readers"),
    [
        ({"review_by": TODAY}, 0),
        ({"review_by": TODAY - timedelta(days=45)}, 1.5),
        ({"review_by": TODAY - timedelta(days=4000)}, MOST),
        ({"verified_on": TODAY - timedelta(days=365)}, 0),
        ({"verified_on": TODAY - timedelta(days=365 + 90)}, 1),
        ({"review_by": TODAY + timedelta(days=9), "verified_on": TODAY - timedelta(days=365 + 90)}, 1),
        ({"review_by": TODAY - timedelta(days=4000), "state": State.ARCHIVED}, 0),
    ],
)
def test_age(meta: dict[str, object], readers: float) -> None:
    """An article whose review is due, or that nobody has tried for a year, wants a look; the longer, the more."""
    assert sum(item.readers for item in queue(an_article(**meta))) == pytest.approx(readers)


def test_answer_phrases() -> None:
    """Phrases that do not find their article count one reader each."""
    broken = [Broken(Promise("a.md", phrase), ("b.md", "c.md")) for phrase in ("money back", "refund")]
    (item,) = queue(broken=broken)
    assert item.readers == 2
    assert item.causes[0].evidence == "its answer phrase “money back” finds b.md, c.md, and 1 more"


def test_topics() -> None:
    """A topic that no article claims is listed with its tickets."""
    topics = [
        LockedTopic(id="t-1", tickets=40, people=12, phrases=("export", "csv")),
        LockedTopic(id="t-2", tickets=90, people=0, phrases=("refund",)),
    ]
    (item,) = queue(an_article(topics=("t-2",)), topics=topics)
    assert (item.kind, item.subject, item.readers) == (Kind.TOPIC, "t-1", 40)
    assert item.causes[0].evidence == "40 tickets of 12 people ask about export, csv"
    assert "kbgen topics draft t-1" in item.causes[0].action


def test_several_causes() -> None:
    """All that speaks for one article stands together, the strongest first, and adds up."""
    article = an_article(review_by=TODAY - timedelta(days=9))
    (item,) = queue(article, digest={"a.md": votes(10, 30, wrong=9)}, broken=[Broken(Promise("a.md", "x"), ())])
    assert [cause.kind for cause in item.causes] == ["votes", "age", "answers"]
    assert item.readers == pytest.approx(sum(cause.readers for cause in item.causes))
    data = item.as_json()
    assert data["action"] == item.causes[0].action
    assert isinstance(data["causes"], list)
    assert data["causes"][0]["n"] == 40


def test_articles_that_are_not_there() -> None:
    """Votes on drafts, section pages and articles that are gone put nothing into the queue."""
    cast = dict.fromkeys(("draft.md", "g/index.md", "gone.md"), votes(0, 50))
    assert queue(an_article("draft.md", state=State.DRAFT), an_article("g/index.md"), digest=cast) == []


@given(st.permutations(range(6)))
def test_the_order_of_articles_does_not_matter(order: list[int]) -> None:
    """The queue is the same in whatever order articles and searches come."""
    articles = [an_article(f"{n}.md", review_by=RECENT) for n in order]
    searches = [a_search(f"q{n % 3}{n}", 9, empty=9) for n in order]
    found = queue(*articles, searches=searches)
    plain = queue(*(an_article(f"{n}.md", review_by=RECENT) for n in range(6)), searches=sorted(searches, key=str))
    assert found == plain


@given(
    st.integers(0, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), st.integers(0, 2000)
)
def test_at_least(pair: tuple[int, int], days: int) -> None:
    """It is never more than those who said so, and less the longer it took."""
    part, whole = pair
    since = TODAY - timedelta(days=days)
    found = at_least(part, whole, since, TODAY)
    assert 0 <= found <= part + 1e-9
    assert found >= at_least(part, whole, since - timedelta(days=90), TODAY)

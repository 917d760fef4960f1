"""Related articles: what to read next."""

from __future__ import annotations

import json
import sys
from datetime import date

from centres import ROOT, run
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter, State
from kbgen.articles.library import Library
from kbgen.articles.related import related


def an_article(path: str, title: str, **meta: object) -> Article:
    return Article(path=path, meta=FrontMatter(title=title, **meta), body="", body_line=1)  # type: ignore[arg-type]


def library_of(*articles: Article) -> Library:
    return Library(articles=articles, problems=(), today=date(2026, 11, 23))


def paths(library: Library, path: str) -> list[str]:
    return [article.path for article in related(library)[path]]


def test_named_first() -> None:
    """What the writer names comes first, in the writer's order."""
    library = library_of(
        an_article("a.md", "Reset your password", related=("c.md", "b.md")),
        an_article("b.md", "Holidays"),
        an_article("c.md", "Invoices"),
        an_article("d.md", "Reset the password of a colleague"),
    )
    assert paths(library, "a.md") == ["c.md", "b.md", "d.md"]


def test_two_shared_words() -> None:
    """Articles are related by two words of their titles, not by one."""
    library = library_of(
        an_article("a.md", "Reset your password"),
        an_article("b.md", "Password reset without mail"),
        an_article("c.md", "Password rules"),
    )
    assert paths(library, "a.md") == ["b.md"]


def test_answer_phrases_and_tags_count() -> None:
    """Words of answer phrases and tags relate articles as words of titles do."""
    library = library_of(
        an_article("a.md", "One", answers=("printer jammed",)),
        an_article("b.md", "Two", tags=("printer", "jammed")),
        an_article("c.md", "Three"),
    )
    assert paths(library, "a.md") == ["b.md"]


def test_unpublished_articles() -> None:
    """An article that is not on the site is related to none, even where it is named."""
    library = library_of(
        an_article("a.md", "Reset your password", related=("b.md",)),
        an_article("b.md", "Reset your password again", state=State.DRAFT),
        an_article("c.md", "Other"),
    )
    assert paths(library, "a.md") == []
    assert "b.md" not in related(library)


def test_itself_and_doubles() -> None:
    """An article is never related to itself, and to no other twice."""
    library = library_of(
        an_article("a.md", "Reset your password", related=("a.md", "./b.md", "b.md", "gone.md")),
        an_article("b.md", "Reset your password fast"),
    )
    assert paths(library, "a.md") == ["b.md"]


def test_at_most_four() -> None:
    """There are four related articles at most, and which ones does not depend on chance."""
    many = [an_article(f"{n}.md", "Reset your password") for n in range(9)]
    assert paths(library_of(*many), "8.md") == ["0.md", "1.md", "2.md", "3.md"]


def test_section_pages() -> None:
    """Section pages are neither related nor have related articles."""
    library = library_of(an_article("g/index.md", "Reset your password"), an_article("a.md", "Reset your password"))
    assert related(library) == {"a.md": ()}


def test_one_article() -> None:
    """A library of one article has nothing related."""
    assert related(library_of(an_article("a.md", "Alone"))) == {"a.md": ()}


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abc de", max_size=20), max_size=8))
def test_any_titles(titles: list[str]) -> None:
    """Whatever the titles, each article has at most four others, all different."""
    articles = [an_article(f"{n}.md", title) for n, title in enumerate(titles)]
    for path, found in related(library_of(*articles)).items():
        others = [article.path for article in found]
        assert len(others) == len(set(others)) <= 4
        assert path not in others


SHOW = """\
import json, random, sys
from datetime import date
from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.library import Library
from kbgen.articles.related import related
words = "account invoice refund card plan seat team export import token login browser error report chart filter".split()
chance = random.Random(7)
titles = [" ".join(chance.sample(words, 7)) for _ in range(60)]
metas = [FrontMatter(title=title, tags=tuple(chance.sample(words, 3))) for title in titles]
articles = [Article(path=f"{n:02}.md", meta=meta, body="", body_line=1) for n, meta in enumerate(metas)]
library = Library(articles=tuple(articles), problems=(), today=date(2026, 11, 23))
print(json.dumps({path: [a.path for a in found] for path, found in related(library).items()}))
"""


def test_the_same_in_every_process() -> None:
    """Which articles are related, and in which order, does not depend on how a process hashes texts."""
    shown = {run(sys.executable, "-c", SHOW, cwd=ROOT, env={"PYTHONHASHSEED": seed}).out for seed in "0123"}
    assert len(shown) == 1
    found = json.loads(shown.pop())
    assert len(found) == 60
    assert all(len(others) == 4 for others in found.values())

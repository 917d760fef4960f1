"""The two readers of one index: the browser finds what Python finds, in the same order and with the same words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from centres import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexes import an_entry, write_index
from playwright.sync_api import Browser, Route

from kbgen.search.entry import Entry, read_entries
from kbgen.search.part import Part
from kbgen.search.reader import Found, open_site
from kbgen.search.words import fold, words

pytestmark = pytest.mark.browser
SITE = "https://help.example.com/"
MODULES = ROOT / "theme/assets/kbgen"
ASK = """async ([number, lang, asked]) => {
  const { openIndex } = await import("/search-engine.js");
  const load = async (name) => {
    const response = await fetch(`/${number}/search/${name}`);
    if (!response.ok) throw new Error(name);
    return response.text();
  };
  const index = await openIndex(lang, load);
  return Promise.all(asked.map(([query, typing, filters]) => index.search(query, { typing, filters })));
}"""
Asked = tuple[str, bool, dict[str, str]]
Ask = Callable[[Path, str, list[Asked]], list[dict[str, Any]]]

STEMS = (
    "the how policies policy connecting connection printers dying connect printer account e1042 ERR_TIMEOUT"
    " naïve Straße 東京 パスワード รหัสผ่าน can't übergröße running ran x"
).split()
WORDS = st.sampled_from(STEMS)
TEXT = st.lists(WORDS, max_size=8).map(" ".join)
SECOND = st.none() | st.just(9)
ANYTHING = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=30)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Some articles of few different words."""
    count = draw(st.integers(1, 8))
    return [
        Entry(
            article=f"a{number}.md",
            url=f"a{number}/",
            kind="faq",
            trail=(),
            lang="en",
            title=draw(TEXT) or "x",
            description=draw(TEXT),
            answers=tuple(draw(st.lists(TEXT, max_size=3))),
            parts=tuple(
                Part(
                    anchor=f"p{place}",
                    heading=draw(TEXT),
                    text=draw(TEXT | ANYTHING),
                    second=draw(st.none() | st.just(9)),
                )
                for place in range(draw(st.integers(0, 3)))
            ),
            products=tuple(draw(st.lists(st.sampled_from(["Pro", "Basic"]), max_size=2, unique=True))),
            prior=draw(st.sampled_from([0.0, 0.1, 0.04, -0.02, -0.1])),
        )
        for number in range(count)
    ]


SLIPS = TEXT.flatmap(lambda text: st.integers(0, len(text)).map(lambda place: text[:place] + text[place + 1 :]))
QUERIES = st.tuples(TEXT | SLIPS | ANYTHING, st.booleans(), st.just({}) | st.just({"products": "Pro"}))


@pytest.fixture(scope="module")
def ask(browser: Browser) -> Iterator[Ask]:
    """Asks the browser's reader; each index is at an address of its own."""
    page = browser.new_context().new_page()
    sites: list[Path] = []

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(SITE)
        number, _, path = name.partition("/")
        file = sites[int(number)] / path if number.isdigit() else MODULES / name
        if not name:
            route.fulfill(body="<!doctype html>", content_type="text/html")
        elif file.is_file():
            route.fulfill(path=file, content_type="text/javascript" if file.suffix == ".js" else "text/plain")
        else:
            route.fulfill(status=404)

    page.route(f"{SITE}**", answer)
    page.goto(SITE)

    def to(site: Path, lang: str, asked: list[Asked]) -> list[dict[str, Any]]:
        sites.append(site)
        return page.evaluate(ASK, [len(sites) - 1, lang, [list(each) for each in asked]])  # type: ignore[no-any-return]

    yield to
    page.context.close()


def as_browser(found: Found) -> dict[str, Any]:
    """What Python found, as the browser says it."""
    data = json.loads(json.dumps({**vars(found), "hits": [hit.as_json() for hit in found.hits]}, default=vars))
    data["instant"] = found.instant and json.loads(json.dumps(found.instant.as_json()))
    return data


def same(site: Path, lang: str, asked: list[Asked], ask: Ask) -> None:
    """Both readers give the same for every query."""
    reader = open_site(site, lang)
    theirs = ask(site, lang, asked)
    for (query, typing, filters), other in zip(asked, theirs, strict=True):
        mine = as_browser(reader.search(query, typing=typing, filters=filters))
        assert {key: other[key] for key in mine} == mine, query


@given(entries(), st.lists(QUERIES, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_articles_and_any_queries(
    tmp_path_factory: pytest.TempPathFactory, ask: Ask, articles: list[Entry], asked: list[Asked]
) -> None:
    """Whatever articles say and people type, both readers find the same."""
    named = any(article.products for article in articles)
    site = write_index(tmp_path_factory.mktemp("site"), articles)
    same(site, "en", [(query, typing, filters if named else {}) for query, typing, filters in asked], ask)


@pytest.mark.parametrize("lang", ["en", "de", "fr", "es", "pt", "ja", "zz"])
def test_languages(tmp_path: Path, ask: Ask, lang: str) -> None:
    """In each language, the same words are forms of one another for both readers."""
    texts = [
        "Häuser ändern die Größe",
        "connectée configuración ações",
        "パスワードを忘れた場合",
        "réinitialiser l'été",
    ]
    articles = [an_entry(f"{n}.md", text, ("", text.upper()), lang=lang) for n, text in enumerate(texts)]
    site = write_index(tmp_path, articles)
    queries = (
        "haus hauser größe connecter configuraciones ação パスワード été reinitialise パスワー étée groesse".split()
    )
    same(site, lang, [(query, typing, {}) for query in queries for typing in (False, True)], ask)


@pytest.mark.parametrize("one_in", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_the_manual(manual: Path, ask: Ask, one_in: int) -> None:
    """For answer phrases of the manual, with a slip in them and while they are typed, both readers find the same."""
    phrases = [phrase for each in read_entries(manual) for phrase in each.answers][::one_in]
    slipped = [phrase[: len(phrase) // 2] + phrase[len(phrase) // 2 + 1 :] for phrase in phrases]
    begun = [phrase[: 1 + len(phrase) * 2 // 3] for phrase in phrases]
    asked = [
        (query, typing, {})
        for queries, typing in ((phrases, False), (slipped, False), (begun, True))
        for query in queries
    ]
    assert len(asked) > 1500 / one_in
    same(manual, "en", asked, ask)


@pytest.mark.parametrize("end", [0x3000, pytest.param(0x110000, marks=pytest.mark.slow)])
def test_words_of_every_character(browser: Browser, end: int) -> None:
    """Both cut and fold every character of Unicode 14 in the same way, alone and between letters."""
    page = browser.new_context().new_page()
    page.route(f"{SITE}**", _module)
    page.goto(SITE)
    script = "async (texts) => { const m = await import('/search-words.js'); return texts.map(m.folded); }"
    for start in range(0, end, 0x1000):
        texts = [f"a{chr(code)}b" for code in range(start, start + 0x1000) if _is_assigned(code)]
        mine = [[fold(word) for word in words(text)] for text in texts]
        theirs = page.evaluate(script, texts) if texts else []
        assert [(text, mine[n], theirs[n]) for n, text in enumerate(texts) if mine[n] != theirs[n]] == []
    page.context.close()


def _module(route: Route) -> None:
    if route.request.url.endswith(".js"):
        route.fulfill(path=MODULES / "search-words.js", content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


def _is_assigned(code: int) -> bool:
    import unicodedata

    return unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}

"""Ten thousand articles: they are built, found and served; an edit touches what it must; pages grow no heavier."""

from __future__ import annotations

import gzip
import os
import random
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, ROOT, TODAY, article, kbgen, run, tree, write_files

from kbgen.search.reader import open_site

sys.path.insert(0, str(ROOT / "tests/browser"))
from chromium import launched
from hosting import hosted

pytestmark = pytest.mark.slow

ARTICLES = int(os.environ.get("KBGEN_ARTICLES", "10000"))
FEW = 100
PER_SECTION = 50
SEARCHED = "quokkas juggling zeppelins"
EDITED = "section-001/article-00060.md"
WORDS = "account invoice refund card plan seat team export import token login browser error report chart filter".split()


def _own_words(number: int) -> str:
    """Two words that five neighbours share with nobody else, so that each article has related ones in any crowd."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number // 5:05}")
    return f"x{letters} y{letters}"


def _text(number: int) -> str:
    """About 150 words, the same for every run; one article holds the phrase that nobody else says."""
    pick = random.Random(number)  # noqa: S311 - text, not secrets
    parts = [f"{' '.join(pick.choices(WORDS, k=40))}.\n\n## {pick.choice(WORDS)}\n\n" for _ in range(3)]
    steps = [f"{step}. {' '.join(pick.choices(WORDS, k=8))}.\n" for step in (1, 2, 3)]
    planted = f"\nWe saw {SEARCHED}.\n" if number == 77 else ""
    title = f"How to {' '.join(pick.choices(WORDS, k=3))} {_own_words(number)} {number:05}"
    return article(title, "".join([*parts, *steps, planted]))


def _path(number: int) -> str:
    return f"section-{number // PER_SECTION:03}/article-{number:05}.md"


def _project(folder: Path, count: int) -> Path:
    articles = {f"content/{_path(number)}": _text(number) for number in range(count)}
    write_files(folder, {"mkdocs.yml": CONFIG, "content/index.md": INDEX, **articles})
    return folder


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "kbgen", "build", "--date", TODAY]
    done = run(*command, cwd=folder, timeout=1200)
    assert done.code == 0, done.err


@dataclass(frozen=True, kw_only=True)
class Large:
    """The large help centre, built, and how its site stood then."""

    folder: Path
    site: Mapping[str, bytes]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Large:
    folder = _project(tmp_path_factory.mktemp("large"), ARTICLES)
    _build(folder)
    return Large(folder=folder, site=tree(folder / "site"))


def _weight(site: Mapping[str, bytes], count: int) -> float:
    """Bytes of an article's page, on average over the first ones, which every such site has."""
    pages = [f"{_path(number).removesuffix('.md')}/index.html" for number in range(count)]
    return sum(len(site[page]) for page in pages) / count


def test_every_article_has_its_page(large: Large) -> None:
    """Not one of ten thousand is lost, neither as a page nor as Markdown nor in the sitemaps."""
    missing = [n for n in range(ARTICLES) if f"{_path(n).removesuffix('.md')}/index.html" not in large.site]
    assert missing == []
    assert all(_path(number) in large.site for number in range(ARTICLES))
    listed = b"".join(data for name, data in large.site.items() if name.endswith(".xml"))
    assert listed.count(b"/article-") >= ARTICLES


def test_a_rare_phrase_is_found(large: Large) -> None:
    """`kbgen search` finds the one article that holds a phrase."""
    done = kbgen("search", *SEARCHED.split(), "--limit", "1", cwd=large.folder)
    assert _path(77) in done.out, done.err


def test_the_index_is_searched(large: Large) -> None:
    """The reader finds the phrase, a slip in it, its beginning, and each of some articles by its title."""
    reader = open_site(large.folder / "site", "en")
    for query in (SEARCHED, "quokas jugling zeplins", "quokkas jugg"):
        assert reader.search(query, limit=1, typing=True).hits[0].article == _path(77), query
    for number in range(3, ARTICLES, ARTICLES // 40):
        title = _text(number).partition("title: ")[2].partition("\n")[0]
        assert reader.search(title, limit=1, typing=False).hits[0].article == _path(number)


def test_a_browser_searches_and_loads_little(large: Large) -> None:
    """The results page finds the phrase after loading at most 90 kB of the index, as a host packs it."""
    with hosted(large.folder / "site") as url, launched() as browser:
        page = browser.new_page()
        loaded: dict[str, int] = {}
        page.on("response", lambda response: loaded.update({response.url: len(gzip.compress(response.body()))}))
        page.goto(f"{url}/search.html?q={SEARCHED.replace(' ', '+')}")
        first = page.locator("[data-kb-results] a").first
        first.wait_for()
        assert _path(77).removesuffix(".md") in str(first.get_attribute("href"))
        page.wait_for_load_state("networkidle")
        index = {name: size for name, size in loaded.items() if "/search/" in name}
        assert 0 < sum(index.values()) <= 90_000, index


def test_pages_are_served(large: Large) -> None:
    """The first, the last and a page between come from a plain host, and each is whole."""
    with hosted(large.folder / "site") as url:
        for number in (0, ARTICLES // 2, ARTICLES - 1):
            request = urllib.request.Request(f"{url}/{_path(number).removesuffix('.md')}/")  # noqa: S310 - our own host
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
                assert answer.status == 200


def test_pages_weigh_what_they_weigh_in_a_small_site(large: Large, tmp_path: Path) -> None:
    """An article's page has as many bytes among ten thousand as among a hundred, but for a twentieth."""
    few = _project(tmp_path / "few", FEW)
    _build(few)
    assert _weight(large.site, FEW) == pytest.approx(_weight(tree(few / "site"), FEW), rel=0.05)


def test_an_edit_writes_what_it_changed_and_nothing_else(large: Large) -> None:
    """After one more sentence in one body, its page, its Markdown and the search entries are new; no other file is."""
    site = large.folder / "site"
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    source = large.folder / "content" / EDITED
    source.write_text(f"{source.read_text()}\nOne more sentence.\n")
    _build(large.folder)
    changed = {path.relative_to(site).as_posix() for path in site.rglob("*") if _is_newer(path, times)}
    page = f"{EDITED.removesuffix('.md')}/index.html"
    assert {page, EDITED} <= changed
    assert {name for name in changed if not name.startswith("search/")} == {page, EDITED}
    assert changed == {name for name, data in tree(site).items() if large.site.get(name) != data}


def _is_newer(path: Path, times: Mapping[Path, int]) -> bool:
    return path.is_file() and path.stat().st_mtime_ns != times.get(path)

"""Pages that nobody wrote: sections, lists of all articles, and notices of what is gone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from centres import CONFIG, Centre, article, build_site

from kbgen.errors import KbgenError
from kbgen.search.entry import read_entries

FLAT = f"use_directory_urls: false\n{CONFIG}"
BOTH = pytest.mark.parametrize("config", [CONFIG, FLAT], ids=["folders", "files"])


class _Links(HTMLParser):
    """Collects what a page links to and loads, and its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif name in {"href", "src", "poster", "action"} and value is not None:
                self.targets.append(value)
        del tag


def read_links(page: Path) -> _Links:
    links = _Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def broken_links(site: Path) -> Iterator[str]:
    """Every link of a site to a page, a file or a part of a page that is not there."""
    pages = {page.relative_to(site).as_posix(): read_links(page) for page in site.rglob("*.html")}
    for name, page in pages.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            path = unquote(parts.path)
            base = posixpath.dirname(name)
            file = posixpath.normpath(posixpath.join("/", base, path)).lstrip("/") if path else name
            if path.endswith("/") or (site / file).is_dir():
                file = posixpath.join(file, "index.html")
            if not (site / file).is_file():
                yield f"{name}: {target}"
            elif parts.fragment and file in pages and unquote(parts.fragment) not in pages[file].anchors:
                yield f"{name}: {target} has no such part"


def links_of(page: Path) -> list[str]:
    return read_links(page).targets


def numbered(folder: str, count: int, title: str = "Question") -> dict[str, str]:
    return {f"{folder}/{n:03}.md": article(f"{title} {n:03}", kind="faq") for n in range(count)}


EVERYTHING = {
    "index.md": article("Acme help", "[Cards](billing/cards.md)\n"),
    "billing/index.md": article("Billing"),
    "billing/cards.md": article("Cards", "# Cards\n\n## One\n\nWords.\n\n## Two\n\n[A](a%20b.md#part)\n"),
    "billing/a b.md": article("Ä & <b>", "## Part\n\nWords.\n", related="[billing/cards.md]"),
    "billing/c#d.md": article("C sharp"),
    "billing/50%.md": article("Half"),
    "billing/größe.md": article("Größe"),
    "billing/old.md": article("Old", state="archived"),
    "billing/gone.md": article("Gone", expires_on="2026-01-01"),
    "billing/deep/a.md": article("Deep"),
    "guides/README.md": article("Guides", description="How to."),
    "guides/course.md": article("Course", kind="course", course="[billing/cards.md]"),
    "guides/draft.md": article("Draft", state="draft"),
    "only/old.md": article("Last of its kind", state="archived"),
    "top.md": article("Top", "Words.\n", kind="faq", redirect_from="[before.md]"),
}
CHANNELS = "    channels: [{id: mail, name: Mail, url: 'mailto:a@example.com', hours: Mon-Fri 9:00-17:00}]\n"


@BOTH
def test_all_links_lead_somewhere(centre: Centre, config: str) -> None:
    """Every link of every page has a page, a file or a part of a page at its end, with and without folders."""
    folder = centre(EVERYTHING, config=f"{config}{CHANNELS}    contact: {{endpoint: /receiver/}}\n")
    (folder / "content/receiver").mkdir()
    (folder / "content/receiver/index.html").write_text("")  # what the form is sent to
    site = build_site(folder)
    assert list(broken_links(site)) == []
    assert (site / ("billing/cards.html" if config is FLAT else "billing/cards/index.html")).is_file()


@BOTH
def test_links_of_a_large_site(centre: Centre, config: str) -> None:
    """Links among the pages of long lists lead there, whichever way pages are named."""
    site = build_site(centre({**numbered("g", 205), **numbered("h", 3, "Ж"), **numbered("i", 2, "1")}, config=config))
    assert list(broken_links(site)) == []


def test_a_large_section(centre: Centre) -> None:
    """A section of 450 articles has three pages that link to one another, each article on one of them."""
    site = build_site(centre({"g/index.md": article("Guides"), **numbered("g", 450)}))
    pages = [site / "g/index.html", site / "g/page-2/index.html", site / "g/page-3/index.html"]
    listed = []
    for number, page in enumerate(pages, start=1):
        text = page.read_text()
        nav = re.findall(r'<nav class="kb-pages".*?</nav>', text, re.DOTALL)[0]
        assert re.findall(r">(Page \d of 3)</a>", nav) == [f"Page {n} of 3" for n in (1, 2, 3)]
        assert re.findall(r'aria-current="page">([^<]*)<', nav) == [f"Page {number} of 3"]
        assert len(re.findall(r"<h1", text)) == 1
        listed.append(re.findall(r'class="kb-list__title" href="[^"]*">(Question \d+)<', text))
    assert [len(titles) for titles in listed] == [200, 200, 50]
    assert sorted(title for titles in listed for title in titles) == [f"Question {n:03}" for n in range(450)]
    assert "<h1>Guides: Page 2 of 3</h1>" in pages[1].read_text()
    assert not (site / "g/page-4").exists()


def test_a_small_section_has_no_pages_to_turn(centre: Centre) -> None:
    """One page needs no links among pages."""
    assert "kb-pages" not in (build_site(centre(numbered("g", 3))) / "g/index.html").read_text()


def test_all_articles(centre: Centre) -> None:
    """The list of all articles has every published one by its letter, and every page leads there."""
    files = {
        "g/a.md": article("zebra"),
        "g/b.md": article("Äpfel"),
        "c.md": article("2 ways"),
        "d.md": article("Apple"),
    }
    site = build_site(centre({**files, "e.md": article("Draft", state="draft")}))
    text = (site / "all/index.html").read_text()
    letters = [("letter-1", "#"), ("letter-2", "A"), ("letter-3", "Z")]
    assert re.findall(r'<h2 id="(letter-\d)">(.)</h2>', text) == letters
    titles = re.findall(r'class="kb-list__title" href="[^"]*">([^<]*)<', text)
    assert titles == ["2 ways", "Äpfel", "Apple", "zebra"]
    assert re.findall(r'<li><a href="#(letter-\d)">(.)</a>', text) == letters
    for page in site.rglob("*.html"):
        assert any(link.rstrip("/").endswith("all") or link in {"./", "."} for link in links_of(page)), page


def test_a_large_alphabet(centre: Centre) -> None:
    """More than 200 articles stand on several pages by letter, with links among them and titles of their own."""
    site = build_site(centre({**numbered("g", 150, "Apple"), **numbered("h", 250, "Beet")}))
    pages = sorted(page.relative_to(site).as_posix() for page in site.glob("all/**/index.html"))
    assert pages == ["all/b-2/index.html", "all/b/index.html", "all/index.html"]
    titles = {re.findall(r"<title>(.*?)</title>", (site / page).read_text())[0] for page in pages}
    assert len(titles) == 3
    nav = re.findall(r'<nav class="kb-pages" aria-label="Pages">.*?</nav>', (site / pages[0]).read_text(), re.DOTALL)[0]
    names = re.findall(r">([^<>]+)</a>", nav)
    assert len(set(names)) == 3, "links to different pages have different names"


@pytest.mark.parametrize("title", ["🎉 Party", 'He said "no": \\ done', "# hash", "{a: b}", "𐌰 Gothic", "- x"])
def test_any_title(centre: Centre, title: str) -> None:
    """Titles of any letters and signs stand on the pages that kbgen makes of them."""
    import html

    quoted = "'" + title.replace("'", "''") + "'"
    site = build_site(centre({"g/a.md": article(quoted, state="archived"), "g/b.md": article(quoted)}))
    retired = (site / "g/a/index.html").read_text(encoding="utf-8")
    assert title in html.unescape(retired)
    assert title in html.unescape((site / "all/index.html").read_text(encoding="utf-8"))


def test_any_folder(centre: Centre) -> None:
    """A section is called by its folder where nobody wrote a page for it, whatever letters the folder has."""
    site = build_site(centre({"🎉 feste/a.md": article("A")}))
    assert "<h1>🎉 feste</h1>" in (site / "🎉 feste/index.html").read_text(encoding="utf-8")


def test_letters_beyond_the_first_plane(centre: Centre) -> None:
    """Titles in letters that came late to Unicode have a page of their own in a long list."""
    site = build_site(centre({**numbered("g", 199), **numbered("h", 3, "𐌰𐌱")}))
    assert len(list(site.glob("all/**/index.html"))) == 2


def test_generated_pages_are_not_in_the_navigation(centre: Centre) -> None:
    """Lists and notices are in no navigation and in no search; sections are in the former."""
    config = CONFIG.replace("name: kbgen\n", "name: kbgen\n  custom_dir: overrides\n")
    folder = centre({**numbered("g", 201), "g/old.md": article("Old", kind="faq", state="archived")}, config=config)
    (folder / "overrides").mkdir()
    (folder / "overrides/main.html").write_text(
        '{% extends "base.html" %}{% macro tree(items) %}{% for i in items %}[{{ i.url }}]{{ tree(i.children or []) }}'
        "{% endfor %}{% endmacro %}{% block footer %}NAV{{ tree(nav.items) }}VAN{% endblock %}"
    )
    site = build_site(folder, strict=True)
    nav = re.findall(r"NAV(.*?)VAN", (site / "index.html").read_text())[0]
    assert "[g/000/]" in nav
    assert "[g/]" in nav
    for url in ("g/page-2/", "all/", "g/old/", "all/q-2/"):
        assert f"[{url}]" not in nav
    urls = [entry.url for entry in read_entries(site)]
    assert not [url for url in urls if "page-2" in url or url.startswith(("g/old", "all/"))]


def test_a_notice_where_an_article_was(centre: Centre) -> None:
    """An archived or expired article leaves a notice that search engines pass over, with its neighbours."""
    files = {"g/a.md": article("A"), "g/old.md": article("Old", "Secret.\n", state="archived")}
    site = build_site(centre({**files, "g/gone.md": article("Gone", expires_on="2026-11-23")}))
    for path, title in {"old": "Old", "gone": "Gone"}.items():
        text = (site / f"g/{path}/index.html").read_text()
        assert '<meta name="robots" content="noindex">' in text
        assert f"“{title}” is no longer kept up to date" in text
        assert 'href="../a/"' in text
        assert "Secret" not in text
        assert "data-kb-vote" not in text
        assert 'type="text/markdown"' not in text


def test_no_notice_where_a_redirect_leads_on(centre: Centre) -> None:
    """An archived article whose old place leads to another has the redirect there, not a notice."""
    folder = centre({"g/a.md": article("A"), "g/old.md": article("Old", state="archived")})
    (folder / "redirects.yml").write_text("g/old.md: g/a.md\n")
    text = (build_site(folder) / "g/old/index.html").read_text()
    assert 'http-equiv="refresh"' in text


def test_an_archived_section_page(centre: Centre) -> None:
    """A section whose page is archived or a draft keeps a page as long as it has articles."""
    site = build_site(centre({"g/index.md": article("Guides", state="archived"), "g/a.md": article("A")}))
    assert "<h1>G</h1>" in (site / "g/index.html").read_text()


@pytest.mark.parametrize(
    ("path", "config"),
    [
        ("search.md", FLAT),
        ("contact.md", FLAT),
        ("404.md", FLAT),
        ("all.md", CONFIG),
        ("all/index.md", CONFIG),
        ("all/index.md", FLAT),
        ("all/README.md", CONFIG),
        ("all/x.md", CONFIG),
    ],
)
def test_clashing_names(centre: Centre, path: str, config: str) -> None:
    """An article in the place of a page that kbgen makes is refused by its path, with what to do."""
    with pytest.raises(KbgenError, match="rename") as caught:
        build_site(centre({path: article("A"), "g/b.md": article("B")}, config=config))
    assert path in str(caught.value)


@pytest.mark.parametrize("path", ["search.md", "contact.md", "404.md", "page-2.md", "g/all.md", "g/all/x.md"])
def test_names_that_do_not_clash(centre: Centre, path: str) -> None:
    """With folders an article may be called like one of kbgen's pages: each has its own address."""
    site = build_site(centre({path: article("Mine"), "g/b.md": article("B")}))
    assert "<h1>Mine</h1>" in (site / path.removesuffix(".md") / "index.html").read_text()
    assert "data-kb-results" in (site / "search.html").read_text()
    assert list(broken_links(site)) == []


@pytest.mark.parametrize("path", ["g/page-2.md", "g/page-2/index.md"])
def test_an_article_in_the_place_of_a_second_page(centre: Centre, path: str) -> None:
    """An article called like a further page of its section is refused where there is such a page."""
    with pytest.raises(KbgenError, match="page-2"):
        build_site(centre({**numbered("g", 210), path: article("Mine")}))


def test_files_in_the_place_of_pages(centre: Centre) -> None:
    """An HTML file of the content in the place of one of kbgen's own pages is refused, not lost."""
    with pytest.raises(KbgenError, match=r"search\.html"):
        build_site(centre({"search.html": "<p>mine</p>", "a.md": article("A")}))


def test_contact_page_with_a_form_alone(centre: Centre) -> None:
    """A site whose only way to a person is the form leads there from every page."""
    config = f"{CONFIG}    contact: {{endpoint: https://form.example/}}\n"
    site = build_site(centre({"a.md": article("A")}, config=config))
    assert 'action="https://form.example/"' in (site / "contact.html").read_text()
    assert "../contact.html" in links_of(site / "a/index.html")

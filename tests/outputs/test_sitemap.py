"""The sitemap and the robots.txt that names it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from kbgen.outputs.sitemap import MOST_BYTES, SitemapUrl, robots, sitemap

BASE = "https://help.example.com/"
NAMES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def urls(count: int) -> list[SitemapUrl]:
    return [SitemapUrl(loc=f"{BASE}{number}/") for number in range(count)]


def locs(text: str) -> list[str]:
    return [str(found.text) for found in ET.fromstring(text.encode()).iter(f"{NAMES}loc")]  # noqa: S314 - our own text


def test_one_file() -> None:
    """A small site has one sitemap, with the day of each last change that is known."""
    files = sitemap([SitemapUrl(loc=BASE, lastmod="2026-11-23"), SitemapUrl(loc=f"{BASE}a/")], BASE)
    assert files == {
        "sitemap.xml": '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://help.example.com/</loc><lastmod>2026-11-23</lastmod></url>\n"
        "<url><loc>https://help.example.com/a/</loc></url>\n"
        "</urlset>\n"
    }


def test_no_pages() -> None:
    """A site without pages has an empty sitemap."""
    assert list(sitemap([], BASE)) == ["sitemap.xml"]
    assert locs(sitemap([], BASE)["sitemap.xml"]) == []


def test_limit() -> None:
    """As many addresses as a file may hold stay in one; one more makes two and an index that names them."""
    assert list(sitemap(urls(3), BASE, 3)) == ["sitemap.xml"]
    files = sitemap(urls(4), BASE, 3)
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert locs(files["sitemap.xml"]) == [f"{BASE}sitemap-1.xml", f"{BASE}sitemap-2.xml"]
    assert "<sitemapindex " in files["sitemap.xml"]


def test_real_limit() -> None:
    """50,000 addresses are one file, as the protocol allows."""
    assert list(sitemap(urls(50_000), BASE)) == ["sitemap.xml"]
    assert len(sitemap(urls(50_001), BASE)) == 3
    assert MOST_BYTES == 50 * 1024 * 1024


def test_base_without_slash() -> None:
    """The index names its files alike whether the address of the site ends in a slash or not."""
    assert sitemap(urls(4), BASE.rstrip("/"), 3) == sitemap(urls(4), BASE, 3)


@given(st.lists(st.text(alphabet="aä&<>\"'/?=", min_size=1, max_size=40)), st.integers(1, 5), st.integers(300, 900))
def test_every_address_once(paths: list[str], most: int, most_bytes: int) -> None:
    """Every address is in the sitemap once and in its order, and no file is larger than allowed."""
    wanted = [BASE + path for path in paths]
    files = sitemap([SitemapUrl(loc=loc) for loc in wanted], BASE, most, most_bytes=most_bytes)
    parts = [text for name, text in files.items() if name != "sitemap.xml"] or [files["sitemap.xml"]]
    assert [loc for part in parts for loc in locs(part)] == wanted
    assert all(len(locs(part)) <= most for part in parts)
    assert all(len(part.encode()) <= most_bytes or len(locs(part)) == 1 for part in parts)


def test_robots() -> None:
    """Everybody may read everything, and the sitemap is named by its full address."""
    expected = "User-agent: *\nAllow: /\n\nSitemap: https://help.example.com/sitemap.xml\n"
    assert robots(BASE) == robots(BASE.rstrip("/")) == expected


def test_robots_without_address() -> None:
    """A site that does not know its address names no sitemap, as only full addresses count."""
    assert robots("") == "User-agent: *\nAllow: /\n"

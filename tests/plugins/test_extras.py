"""What stands beside the pages: sitemap, robots.txt, web manifest, llms.txt and articles as Markdown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from centres import CONFIG, Centre, article, build_site, run, tree

from kbgen.look.tokens import read_tokens, theme_folder

SITE = "https://help.example.com/"
FILES = {
    "index.md": article("Acme help", description="All about Acme."),
    "billing/index.md": article("Billing", description="Paying and getting paid."),
    "billing/cards.md": article("Cards", "# Cards\n\nSee [this](a%20b.md).\n", description="Which cards work."),
    "billing/a b.md": article("A [b]", "Words.\n"),
    "guides/größe.md": article("Größe", "Wörter.\n", redirect_from="[before.md]"),
    "guides/draft.md": article("Quokka draft", "zyzzyva\n", state="draft"),
    "guides/later.md": article("Quokka later", "zyzzyva\n", publish_on="2026-11-24"),
    "guides/old.md": article("Quokka old", "zyzzyva\n", state="archived"),
    "guides/gone.md": article("Quokka gone", "zyzzyva\n", expires_on="2026-11-23"),
    "drafts/new.md": article("Quokka new", "zyzzyva\n"),
}


@pytest.fixture
def site(centre: Centre) -> Path:
    """A site with articles of every kind."""
    config = CONFIG.replace("docs_dir", "site_description: Help with Acme.\ndocs_dir")
    return build_site(centre(FILES, config=config))


def sitemap_urls(site: Path) -> list[str]:
    root = ET.fromstring((site / "sitemap.xml").read_text())  # noqa: S314 - made here
    return [unquote(element.text or "") for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_sitemap(site: Path) -> None:
    """The sitemap holds every published page with its whole address: no notice, no redirect, no draft, no 404."""
    paths = {"", "all/", "billing/", "billing/cards/", "billing/a b/", "guides/", "guides/größe/"}
    assert sorted(sitemap_urls(site)) == sorted(f"{SITE}{path}" for path in paths)


def test_every_address_of_the_sitemap_is_a_page(site: Path) -> None:
    """What the sitemap names is there, is not withheld from search engines and says the same address itself."""
    for url in sitemap_urls(site):
        text = (site / url.removeprefix(SITE) / "index.html").read_text()
        assert "noindex" not in text
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', text)
        assert unquote(canonical) == url


def test_pages_that_are_not_in_the_sitemap(site: Path) -> None:
    """A page that the sitemap leaves out tells search engines to leave it out, or is one of contact and redirects."""
    named = {f"{url.removeprefix(SITE)}index.html" for url in sitemap_urls(site)}
    for page in sorted(site.rglob("*.html")):
        path = page.relative_to(site).as_posix()
        if path not in named | {"contact.html"}:
            assert '<meta name="robots" content="noindex">' in page.read_text(), path


def test_large_sections_in_the_sitemap(centre: Centre) -> None:
    """Further pages of long lists are pages like others."""
    files = {f"g/{n:03}.md": article(f"Q {n:03}") for n in range(201)}
    assert {f"{SITE}g/page-2/", f"{SITE}all/q-2/"} <= set(sitemap_urls(build_site(centre(files))))


def test_days_in_the_sitemap(centre: Centre) -> None:
    """A page whose article git knows has the day of its last commit; the others have none."""
    folder = centre({"a.md": article("A")})
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.com")
    env = {"GIT_AUTHOR_DATE": "2026-11-20T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-20T12:00:00Z"}
    for command in (("init", "-q"), ("add", "content/a.md"), ("commit", "-qm", "x")):
        assert run(*git, *command, cwd=folder, env=env).code == 0
    site = build_site(folder)
    entries = re.findall(r"<url>(.*?)</url>", (site / "sitemap.xml").read_text())
    assert [entry for entry in entries if "lastmod" in entry] == [f"<loc>{SITE}a/</loc><lastmod>2026-11-20</lastmod>"]
    assert '<time datetime="2026-11-20">20 November 2026</time>' in (site / "a/index.html").read_text()


def test_robots(site: Path) -> None:
    """Everybody may read everything, and finds the sitemap."""
    assert (site / "robots.txt").read_text() == f"User-agent: *\nAllow: /\n\nSitemap: {SITE}sitemap.xml\n"


def test_web_manifest(site: Path) -> None:
    """The web manifest has the site's name, description, colours, language and an icon that is there."""
    data = json.loads((site / "site.webmanifest").read_text())
    light = read_tokens(theme_folder() / "tokens.yml").light
    assert (data["name"], data["description"]) == ("Acme help", "Help with Acme.")
    assert (data["lang"], data["dir"], data["start_url"]) == ("en", "ltr", ".")
    assert (data["theme_color"], data["background_color"]) == (light.paper.hex, light.paper.hex)
    (icon,) = data["icons"]
    assert (site / icon["src"]).is_file()


def test_web_manifest_from_right_to_left(centre: Centre) -> None:
    """The web manifest of a site in Hebrew says its language and direction."""
    config = CONFIG.replace("name: kbgen", "name: kbgen\n  language: he")
    data = json.loads((build_site(centre({"a.md": article("A")}, config=config)) / "site.webmanifest").read_text())
    assert (data["lang"], data["dir"]) == ("he", "rtl")


def test_llms_txt(site: Path) -> None:
    """llms.txt names the site and lists every published article by section, at the address of its Markdown."""
    assert (site / "llms.txt").read_text() == (
        "# Acme help\n\n"
        "> Help with Acme.\n\n"
        "- Billing: Paying and getting paid.\n\n"
        "## Billing\n\n"
        f"- [A &#91;b&#93;]({SITE}billing/a%20b.md)\n"
        f"- [Cards]({SITE}billing/cards.md): Which cards work.\n\n"
        "## Guides\n\n"
        f"- [Größe]({SITE}guides/gr%C3%B6%C3%9Fe.md)\n"
    )


def test_every_address_of_llms_txt_is_a_file(centre: Centre) -> None:
    """Whatever signs a path holds, llms.txt leads to the file."""
    site = build_site(centre({f"g/{name}.md": article(name) for name in ("c#", "50%", "what?", "a b", "(x)", "ä")}))
    urls = re.findall(r"\]\((\S+)\)", (site / "llms.txt").read_text())
    assert len(urls) == 6
    for url in urls:
        assert not set(url) & set("#? ")
        assert (site / unquote(url.removeprefix(SITE))).is_file()


def test_markdown_twins(site: Path) -> None:
    """Each published article lies as Markdown at the path of its source, with its title and lasting address."""
    twins = {name for name in tree(site) if name.endswith(".md")}
    assert twins == {"billing/cards.md", "billing/a b.md", "guides/größe.md"}
    text = (site / "billing/cards.md").read_text()
    assert text == f"# Cards\n\n> Which cards work.\n\nSee [this](a%20b.md).\n\n<{SITE}billing/cards/>\n"


@pytest.mark.parametrize("name", ["a", "c#", "50%", "what?", 'a "b"', "ä&amp;"])
def test_pages_lead_to_their_twins(centre: Centre, name: str) -> None:
    """A page names its Markdown, whatever signs the path holds."""
    import html

    site = build_site(centre({f"g/{name}.md": article("A")}))
    (page,) = site.glob("g/*/index.html")
    (link,) = re.findall(r'<link rel="alternate" type="text/markdown" href="([^"]*)">', page.read_text())
    target = html.unescape(link)
    assert not set(target) & set('#?" ')
    assert (page.parent / unquote(target)).resolve() == (site / f"g/{name}.md").resolve()


def test_nothing_of_what_is_not_published(site: Path) -> None:
    """Drafts, scheduled and retired articles leave nothing of their text; the latter their title, in their notice."""
    everything = tree(site)
    assert not [name for name, data in everything.items() if b"zyzzyva" in data]
    titled = {name for name, data in everything.items() if b"Quokka" in data}
    assert titled == {"guides/old/index.html", "guides/gone/index.html"}


def test_pictures_of_drafts(centre: Centre) -> None:
    """A picture that lies among the drafts is no file of the site."""
    site = build_site(centre({"a.md": article("A"), "drafts/b.md": article("B"), "drafts/secret.png": b"secret"}))
    assert "drafts/secret.png" not in tree(site)


@pytest.mark.parametrize("name", ["robots.txt", "llms.txt", "sitemap.xml", "site.webmanifest"])
def test_a_file_of_the_writer_wins(centre: Centre, name: str) -> None:
    """A file that lies in the content stays as it is."""
    site = build_site(centre({**FILES, name: "mine"}))
    assert (site / name).read_text() == "mine"


def test_a_site_without_an_address(centre: Centre) -> None:
    """A site that has no address yet has everything too; what would need one goes without."""
    site = build_site(centre(FILES, config=CONFIG.replace(f"site_url: {SITE}\n", "")))
    assert (site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    assert "- [Cards](billing/cards.md): Which cards work." in (site / "llms.txt").read_text()
    assert (site / "billing/cards.md").read_text().endswith("See [this](a%20b.md).\n")
    page = (site / "billing/cards/index.html").read_text()
    assert "canonical" not in page
    assert "ld+json" not in page


def test_a_site_in_a_folder(centre: Centre) -> None:
    """A site below a folder of its host has that folder in every whole address."""
    site = build_site(centre(FILES, config=CONFIG.replace(SITE, f"{SITE}help")))
    assert all(url.startswith(f"{SITE}help/") for url in sitemap_urls(site))
    assert f"Sitemap: {SITE}help/sitemap.xml" in (site / "robots.txt").read_text()
    assert f"[Cards]({SITE}help/billing/cards.md)" in (site / "llms.txt").read_text()
    assert f'"item":"{SITE}help/billing/"' in (site / "billing/cards/index.html").read_text()

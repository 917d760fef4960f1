"""Building: what the site holds, what keeps it from being built, and what stays when it is not."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from centres import Centre, article, build_site, kbgen, tree

from kbgen.errors import KbgenError
from kbgen.search.entry import read_entries


def test_every_published_article_has_a_page(centre: Centre) -> None:
    """An article becomes a page with its title, in the section of its folder."""
    site = build_site(centre({"billing/refund.md": article("Get a refund", kind="faq")}))
    page = (site / "billing/refund/index.html").read_text()
    assert "<h1>Get a refund</h1>" in page
    assert 'href="../"' in page, "the breadcrumb leads to the section"


def test_a_second_build_writes_nothing(centre: Centre) -> None:
    """A build of an unchanged help centre replaces no file."""
    folder = centre({"a.md": article("A")})
    assert "written, 0 unchanged" in kbgen("build", cwd=folder).out
    assert " 0 files written" in kbgen("build", cwd=folder).out


def test_a_site_without_an_address_is_built_again(centre: Centre) -> None:
    """A site that has no sitemap, as nobody knows its address yet, is still known for one of ours."""
    from centres import CONFIG

    folder = centre({"a.md": article("A")}, config=CONFIG.replace("site_url: https://help.example.com/\n", ""))
    assert kbgen("build", cwd=folder).code == 0
    assert not (folder / "site/sitemap.xml").exists()
    assert " 0 files written" in kbgen("build", cwd=folder).out


def test_an_unchanged_file_keeps_its_time(centre: Centre) -> None:
    """Syncing leaves files that do not differ alone, so that caches and uploads stay small."""
    folder = centre({"a.md": article("A"), "b/b.md": article("B")})
    (style,) = build_site(folder).glob("assets/kbgen/*/lean.css")
    before = style.stat().st_mtime_ns
    (folder / "content/a.md").write_text(article("Another"))
    build_site(folder)
    assert style.stat().st_mtime_ns == before


def test_a_page_whose_article_has_gone_is_removed(centre: Centre) -> None:
    """What no article makes any more disappears from the site."""
    folder = centre({"a.md": article("A", state="published"), "b.md": article("B")})
    site = build_site(folder)
    (folder / "content/a.md").write_text(article("A", state="draft"))
    build_site(folder)
    assert not (site / "a").exists()
    assert (site / "b/index.html").exists()


@pytest.mark.parametrize(
    "front",
    [{"state": "draft"}, {"publish_on": "2026-11-24"}],
)
def test_an_unpublished_article_is_nowhere_on_the_site(centre: Centre, front: dict[str, str]) -> None:
    """Drafts and scheduled articles are in no page, index, listing or sitemap."""
    folder = centre({"a/seen.md": article("Seen"), "a/hidden.md": article("Quokkas hiding", "zyzzyva\n", **front)})
    everything = tree(build_site(folder))
    assert not [name for name, data in everything.items() if b"Quokkas" in data or b"zyzzyva" in data]


@pytest.mark.parametrize("front", [{"state": "archived"}, {"expires_on": "2026-11-23"}])
def test_a_retired_article_leaves_a_notice(centre: Centre, front: dict[str, str]) -> None:
    """Where an archived or expired article was, a page says so and leads on; its text and its lists are gone."""
    folder = centre({"a/seen.md": article("Seen"), "a/hidden.md": article("Quokkas hiding", "zyzzyva\n", **front)})
    everything = tree(build_site(folder))
    assert [name for name, data in everything.items() if b"Quokkas" in data] == ["a/hidden/index.html"]
    assert not [name for name, data in everything.items() if b"zyzzyva" in data]
    notice = everything["a/hidden/index.html"].decode()
    assert "This article has been retired" in notice
    assert "Seen" in notice
    assert 'content="noindex"' in notice
    assert b"a/hidden/" not in everything["sitemap.xml"]


@pytest.mark.parametrize("written", ["old.md", "/old/"])
def test_a_redirect_takes_the_place_of_a_notice(centre: Centre, written: str) -> None:
    """An archived article that redirects.yml sends elsewhere leads there, by path or by address."""
    folder = centre({"a.md": article("A"), "old.md": article("Old", state="archived")})
    (folder / "redirects.yml").write_text(f"{written}: a.md\n")
    assert 'content="0; url=../a/"' in (build_site(folder) / "old/index.html").read_text()


def test_an_article_takes_the_place_of_a_retired_one(centre: Centre) -> None:
    """An archived article that another names under `redirect_from` leads there."""
    folder = centre({"a.md": article("A", redirect_from="[old.md]"), "old.md": article("Old", state="archived")})
    assert 'content="0; url=../a/"' in (build_site(folder) / "old/index.html").read_text()


def test_the_day_decides_what_is_published(centre: Centre) -> None:
    """`--date` builds the site as of another day."""
    folder = centre({"a.md": article("Summer sale", publish_on="2026-06-01", expires_on="2026-09-01")})
    assert not (build_site(folder, today="2026-05-31") / "a").exists()
    assert (build_site(folder, today="2026-06-01") / "a").exists()
    assert "retired" in (build_site(folder, today="2026-09-01") / "a/index.html").read_text()


BAD = {
    "broken YAML": ("---\ntitle: [a\n---\n", "content/bad.md:2", "not valid YAML"),
    "typo of a key": ("---\ntitle: A\nanwsers: [b]\n---\n", "content/bad.md:3:1", "did you mean 'answers'?"),
    "missing title": ("---\nkind: faq\n---\n", "content/bad.md:2", "'title' is missing"),
    "no front matter": ("# Refunds\n", "content/bad.md:1", "'title: Refunds'"),
    "invalid date": ("---\ntitle: A\nreview_by: 2026-02-30\n---\n", "content/bad.md:3", "not a date"),
    "link to a missing article": (article("A", "See [b](b.md).\n"), "content/bad.md:5", "does not exist"),
    "not UTF-8": (b"---\ntitle: Caf\xe9\n---\n", "content/bad.md:2", "not UTF-8"),
    "5 MB": (article("A", "word " * 1_000_000), "content/bad.md", "MB is the most"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_with_place_and_hint(centre: Centre, case: str) -> None:
    """A faulty article stops the build with exit 1, names file and line, and shows no traceback."""
    text, place, words = BAD[case]
    folder = centre({"good.md": article("Good")})
    before = tree(build_site(folder))
    (folder / "content/bad.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = kbgen("build", cwd=folder)
    assert done.code == 1
    assert place in done.err
    assert words in done.err
    assert "Traceback" not in done.err
    assert tree(folder / "site") == before, "the old site stays as it was"


def test_an_empty_content_folder_is_an_error(centre: Centre) -> None:
    """A help centre without an article says what to add."""
    folder = centre({}, index=False)
    done = kbgen("build", cwd=folder)
    assert (done.code, "holds no article" in done.err) == (1, True)
    assert not (folder / "site").exists()


def test_a_folder_without_settings_is_an_error(tmp_path: Path) -> None:
    """Without mkdocs.yml the message says how to begin."""
    done = kbgen("build", cwd=tmp_path)
    assert done.code == 1
    assert "kbgen init" in done.err


def _allow_files_of(size: int) -> None:
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_the_old_site_stays_when_the_disk_refuses(centre: Centre) -> None:
    """A build that cannot write ends with exit 1 and leaves the old site whole and nothing beside it."""
    folder = centre({"a.md": article("A")})
    before = tree(build_site(folder))
    (folder / "content/a.md").write_text(article("B"))
    done = subprocess.run(
        [sys.executable, "-m", "kbgen", "build"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: _allow_files_of(4000),
        env={"PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(folder / "site") == before
    assert not list(folder.glob(".site*"))


def test_a_folder_of_somebody_else_is_never_pruned(centre: Centre) -> None:
    """A build refuses a site folder that holds files no build wrote."""
    folder = centre({"a.md": article("A")})
    (folder / "site").mkdir()
    (folder / "site/thesis.txt").write_text("years of work")
    with pytest.raises(KbgenError, match="no build wrote"):
        build_site(folder)
    assert (folder / "site/thesis.txt").read_text() == "years of work"


def test_a_moved_article_needs_a_redirect(centre: Centre) -> None:
    """An article that vanished since the last build is an error until something redirects from its path."""
    folder = centre({"old.md": article("A")})
    build_site(folder)
    (folder / "content/old.md").rename(folder / "content/new.md")
    with pytest.raises(KbgenError, match="nothing redirects from it"):
        build_site(folder)
    (folder / "content/new.md").write_text(article("A", redirect_from="[old.md]"))
    page = (build_site(folder) / "old/index.html").read_text()
    assert 'content="0; url=../new/"' in page, "a copy of the site leads to its own article"
    assert '<link rel="canonical" href="https://help.example.com/new/">' in page


def test_redirects_yml_leads_old_addresses_on(centre: Centre) -> None:
    """`redirects.yml` takes paths and addresses, and `gone` for what was removed on purpose."""
    folder = centre({"new.md": article("New")})
    (folder / "redirects.yml").write_text("old/path.md: new.md\n/legacy/page.html: new.md\nlost.md: gone\n")
    site = build_site(folder)
    for old in ("old/path/index.html", "legacy/page.html"):
        assert "https://help.example.com/new/" in (site / old).read_text()
    assert not (site / "lost").exists()


def test_strict_lets_warnings_fail(centre: Centre) -> None:
    """A warning passes without --strict and fails with it; the site stays."""
    folder = centre({"a.md": article("A", "No steps.\n", kind="how-to")})
    assert kbgen("build", cwd=folder).code == 0
    done = kbgen("build", "--strict", cwd=folder)
    assert done.code == 1
    assert "no numbered steps" in done.err
    assert (folder / "site/a/index.html").exists()


def test_a_build_prints_no_banner(centre: Centre) -> None:
    """Nobody reads what other projects want to say about their future."""
    done = kbgen("build", cwd=centre({"a.md": article("A", kind="faq")}))
    assert done.err == ""
    assert "MkDocs" not in done.out


def test_settings_without_our_plugin_are_refused(centre: Centre) -> None:
    """A mkdocs.yml of another project is told which plugins to add."""
    folder = centre({"a.md": article("A")}, config="site_name: A\ndocs_dir: content\n")
    with pytest.raises(KbgenError, match="kbgen/articles"):
        build_site(folder)


def test_a_preview_publishes_nothing(centre: Centre) -> None:
    """Only the site that readers get counts: an article that was tried out elsewhere may be renamed freely."""
    folder = centre({"a.md": article("A", kind="faq")})
    assert kbgen("build", "--site-dir", "trial", cwd=folder).code == 0
    (folder / "content/a.md").rename(folder / "content/b.md")
    assert kbgen("build", cwd=folder).code == 0


def test_what_mkdocs_excludes_is_not_an_article(centre: Centre) -> None:
    """`exclude_docs` keeps files out of pages, listings and checks of a build."""
    from centres import CONFIG

    folder = centre(
        {"a.md": article("A", kind="faq"), "internal/b.md": "no title"}, config=f"{CONFIG}exclude_docs: internal/\n"
    )
    site = build_site(folder)
    assert not (site / "internal").exists()
    assert "internal" not in (site / "search.html").read_text()


def test_a_section_with_an_unpublished_page_gets_another(centre: Centre) -> None:
    """Where a section's index.md is a draft, its articles still have a section to stand in."""
    files = {"g/index.md": article("Secret plans", state="draft"), "g/a.md": article("A", kind="faq")}
    page = (build_site(centre(files)) / "g/index.html").read_text()
    assert "Secret plans" not in page
    assert "<h1>G</h1>" in page


def test_a_redirect_never_replaces_a_page(centre: Centre) -> None:
    """An old address that is a page of the site is refused."""
    folder = centre(
        {"a.md": article("A", kind="faq"), "b.md": article("B", kind="faq", redirect_from="[a/index.html]")}
    )
    with pytest.raises(KbgenError, match="is a page of the site"):
        build_site(folder)


def test_a_broken_template_is_told_in_one_line(centre: Centre) -> None:
    """An article that names no template of the theme gets an error about templates, not about the disk."""
    folder = centre({"a.md": article("A", kind="faq", template="nosuch.html")})
    done = kbgen("build", cwd=folder)
    assert (done.code, "template" in done.err, "Traceback" in done.err) == (1, True, False)
    assert "make room" not in done.err


def test_titles_of_a_written_navigation_are_kept(centre: Centre) -> None:
    """What `nav:` calls a section stays; kbgen names only sections that nobody named."""
    from centres import CONFIG

    nav = "nav: [index.md, {Basics: [g/a.md, g/b.md]}]\n"
    folder = centre({"g/a.md": article("A", kind="faq"), "g/b.md": article("B", kind="faq")}, config=CONFIG + nav)
    entries = read_entries(build_site(folder))
    assert {entry.trail for entry in entries} == {("Basics",)}

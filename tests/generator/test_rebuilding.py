"""Building again: what is kept, what is restored, and what makes which pages anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builds import difference
from centres import CONFIG, TODAY, Centre, article, kbgen, tree, write_files
from rebuilding import built, difference_from_anew, edit, stamps, touched

from kbgen.errors import KbgenError
from kbgen.generator.reasons import CAPTIONS, INCLUDED, NEIGHBOURS, NEW, SETTINGS, TEXT, THEME, TOUCHED

pytestmark = pytest.mark.slow

ARTICLES = {"g/a.md": article("A", kind="faq"), "b.md": article("B", "See [a](g/a.md).\n", kind="faq")}
OWN_THEME = CONFIG.replace("name: kbgen", "name: kbgen\n  custom_dir: overrides")
FOOTER = "overrides/partials/kbgen/footer.html"


def _is_as_anew(folder: Path, tmp_path: Path, day: str = TODAY) -> bool:
    """Whether the site is, byte for byte, that of a build that begins anew."""
    assert difference_from_anew(folder, tmp_path / "anew", today=day) == ""
    return True


def test_the_first_build(centre: Centre, tmp_path: Path) -> None:
    """The first build makes every page, because each is new."""
    folder = centre(ARTICLES)
    done = built(folder)
    assert (done.articles, done.rendered, done.pages) == (3, done.pages, len(done.why))
    assert set(done.why) >= {"index.md", "g/a.md", "b.md", "g/index.md"}
    assert all(reasons == [NEW] for reasons in done.why.values())
    site = tree(folder / "site")
    assert done.size == sum(map(len, site.values()))
    assert (done.synced.written, done.synced.same, done.synced.removed) == (len(site), 0, 0)
    assert done.seconds.keys() == done.why.keys()
    assert _is_as_anew(folder, tmp_path)


def test_nothing_has_changed(centre: Centre) -> None:
    """A second build writes nothing, makes nothing anew and touches no time; nor does one after a mere touch."""
    folder = centre(ARTICLES)
    first = built(folder)
    before = stamps(folder / "site")
    for _ in range(2):
        done = built(folder)
        assert (done.synced.written, done.synced.removed, done.rendered, done.why) == (0, 0, 0, {})
        assert (done.pages, done.articles, done.size) == (first.pages, first.articles, first.size)
        assert touched(folder / "site", before).written == set()
        for path in (folder / "content").rglob("*.md"):
            path.touch()
        (folder / "mkdocs.yml").touch()


def test_a_fresh_clone(centre: Centre, tmp_path: Path) -> None:
    """A copy of the whole folder, in which every time is new, is known by contents: nothing is written."""
    folder = centre(ARTICLES)
    built(folder)
    copy = tmp_path / "clone"
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)
    before = stamps(copy / "site")
    assert built(copy).rendered == 0
    assert touched(copy / "site", before).written == set()


def test_no_cache(centre: Centre) -> None:
    """A build without the cache makes everything anew, keeps nothing, and gives the same bytes."""
    folder = centre(ARTICLES)
    built(folder)
    site, kept = tree(folder / "site"), tree(folder / ".kbgen")
    done = built(folder, cache=False)
    assert (done.rendered, done.synced.written) == (done.pages, 0)
    assert tree(folder / "site") == site
    assert {name: data for name, data in tree(folder / ".kbgen").items() if name in kept} == kept
    assert built(folder).rendered == 0


@pytest.mark.parametrize("name", ["b/index.html", "g/a.md", "search/en.json"])
def test_a_touched_site_is_restored(centre: Centre, name: str) -> None:
    """A file of the site that somebody changed or removed is as it was after the next build, and no other changes."""
    folder = centre(ARTICLES)
    built(folder)
    site = tree(folder / "site")
    for deed in (lambda file: file.write_text("spoilt"), Path.unlink):
        before = stamps(folder / "site")
        deed(folder / "site" / name)
        built(folder)
        assert tree(folder / "site") == site
        assert touched(folder / "site", before).written == {name}


def test_a_touched_page_is_told(centre: Centre) -> None:
    """A page is made anew because somebody changed its file in the site."""
    folder = centre(ARTICLES)
    built(folder)
    (folder / "site/b/index.html").write_text("spoilt")
    assert built(folder).why == {"b.md": [TOUCHED]}


def test_a_lost_site_is_built(centre: Centre) -> None:
    """Where the whole site is gone, it is built, whatever is remembered of it."""
    folder = centre(ARTICLES)
    built(folder)
    site = tree(folder / "site")
    shutil.rmtree(folder / "site")
    built(folder)
    assert tree(folder / "site") == site


def test_strays_are_pruned(centre: Centre) -> None:
    """Files and folders that no build made are removed."""
    folder = centre(ARTICLES)
    built(folder)
    site = tree(folder / "site")
    write_files(folder / "site", {"stray.html": "", "far/away/stray.txt": "", "g/stray.png": ""})
    (folder / "site/link").symlink_to("index.html")
    done = built(folder)
    assert (done.synced.removed, done.synced.written) == (4, 0)
    assert tree(folder / "site") == site
    assert not (folder / "site/link").is_symlink()
    assert not (folder / "site/far").exists()


def test_an_article_comes_and_goes(centre: Centre, tmp_path: Path) -> None:
    """A new article makes its page and the lists that show it; when it goes, so do its files."""
    folder = centre(ARTICLES)
    built(folder)
    site, before = tree(folder / "site"), stamps(folder / "site")
    write_files(folder / "content", {"g/c.md": article("C", kind="faq")})
    done = built(folder)
    assert done.why["g/c.md"] == [NEW]
    assert NEIGHBOURS in done.why["g/a.md"]
    assert "b/index.html" not in touched(folder / "site", before).written
    assert _is_as_anew(folder, tmp_path)
    with_it = {*tree(folder / "site")}
    (folder / "content/g/c.md").unlink()
    write_files(folder, {"redirects.yml": "g/c.md: gone\n"})
    built(folder)
    gone = {name for name in with_it - {*tree(folder / "site")} if not name.startswith("search/")}
    assert gone == {"g/c.md", "g/c/index.html"}
    assert difference(tree(folder / "site"), site) == ""


TURNING = {
    "comes": ({"c.md": article("C", kind="faq", publish_on="2026-11-26")}, "", ["2026-11-26"]),
    "expires": ({"c.md": article("C", kind="faq", expires_on="2026-11-26")}, "", ["2026-11-26"]),
    "improved": (
        {"c.md": article("C", kind="faq", improved="{date: 2026-11-26, what: More.}")},
        "",
        ["2026-11-26", "2027-01-26"],
    ),
    "announced": (
        {},
        "    announcements: [{text: We move., starts: 2026-11-26, ends: 2026-11-27}]\n",
        ["2026-11-26", "2026-11-28"],
    ),
}


@pytest.mark.parametrize("case", TURNING)
def test_days(centre: Centre, tmp_path: Path, case: str) -> None:
    """Up to the day before something turns, nothing is written; on that day it is, and before the first one, too."""
    more, settings, days = TURNING[case]
    folder = centre({**ARTICLES, **more}, config=CONFIG + settings)
    built(folder)
    assert built(folder, today="2026-11-25").rendered == 0
    for day in days:
        done = built(folder, today=day)
        assert done.rendered > 0
        assert done.synced.written > 0
        assert _is_as_anew(folder, tmp_path, day)
    assert built(folder, today="2027-05-01").synced.written == 0
    built(folder)
    assert _is_as_anew(folder, tmp_path)


def test_the_environment(centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that mkdocs.yml names is a part of the settings; others are not."""
    monkeypatch.setenv("HELP_HOLDER", "Acme")
    folder = centre(ARTICLES, config=f"{OWN_THEME}copyright: !ENV [HELP_HOLDER, Nobody]\n")
    write_files(folder, {FOOTER: "<footer>{{ config.copyright }}</footer>\n"})
    built(folder)
    monkeypatch.setenv("HELP_OTHER", "x")
    assert built(folder).rendered == 0
    monkeypatch.setenv("HELP_HOLDER", "Bolt")
    built(folder)
    assert "<footer>Bolt</footer>" in (folder / "site/b/index.html").read_text()
    assert "<footer>Bolt</footer>" in (folder / "site/404.html").read_text()
    assert _is_as_anew(folder, tmp_path)


def test_settings_that_are_inherited(centre: Centre, tmp_path: Path) -> None:
    """A file that mkdocs.yml inherits from is a part of the settings."""
    folder = centre(ARTICLES, config=f"INHERIT: base.yml\n{CONFIG}")
    write_files(folder, {"base.yml": "site_description: One.\n"})
    built(folder)
    write_files(folder, {"base.yml": "site_description: Two.\n"})
    done = built(folder)
    assert SETTINGS in done.why["b.md"]
    assert _is_as_anew(folder, tmp_path)


def test_included_files(centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An included file that changes, goes or comes makes the pages anew that include it, and only these."""
    extensions = "markdown_extensions:\n  - pymdownx.snippets: {base_path: [%s]}\n"
    folder = centre(
        {**ARTICLES, "c.md": article("C", '--8<-- "terms.txt"\n\nWords.\n', kind="faq")},
        config=CONFIG + extensions % (tmp_path / "centre/includes"),
    )
    monkeypatch.chdir(folder)
    write_files(folder, {"includes/other.txt": "x"})
    built(folder)
    for text in ("One.\n", "Two!\n", "", "Three\n"):
        write_files(folder, {"includes/terms.txt": text})
        if not text:
            (folder / "includes/terms.txt").unlink()
        done = built(folder)
        assert done.why == {"c.md": [INCLUDED]}
        assert text.strip() in (folder / "site/c/index.html").read_text()
        assert built(folder).rendered == 0


def test_captions(centre: Centre, tmp_path: Path) -> None:
    """The captions of a video have a say in its page: its transcript."""
    video = article("Tour", kind="video", video="{src: t.mp4, captions: {en: t.vtt}}")
    folder = centre({**ARTICLES, "t.md": video})
    captions = "WEBVTT\n\n00:00.000 --> 00:02.000\n{}\n"
    write_files(folder / "content", {"t.mp4": "moving pictures", "t.vtt": captions.format("Hello.")})
    built(folder)
    write_files(folder / "content", {"t.vtt": captions.format("Welcome.")})
    assert built(folder).why == {"t.md": [CAPTIONS]}
    assert "Welcome." in (folder / "site/t/index.html").read_text()
    assert _is_as_anew(folder, tmp_path)


def test_redirects(centre: Centre, tmp_path: Path) -> None:
    """Lines of redirects.yml come, change and go with their pages; no article is made anew for them."""
    folder = centre(ARTICLES)
    built(folder)
    for text in ("old.md: b.md\n", "old.md: g/a.md\nolder.md: b.md\n", ""):
        write_files(folder, {"redirects.yml": text})
        assert built(folder).rendered == 0
        assert (folder / "site/old/index.html").exists() == ("old.md" in text)
        assert (folder / "site/older/index.html").exists() == ("older.md" in text)
    assert _is_as_anew(folder, tmp_path)


def test_a_theme_of_its_own(centre: Centre, tmp_path: Path) -> None:
    """A file of the site's own theme that comes, changes or goes makes every page anew."""
    folder = centre(ARTICLES, config=OWN_THEME)
    (folder / "overrides").mkdir()
    built(folder)
    for text in ("<footer>One</footer>", "<footer>Two</footer>", ""):
        write_files(folder, {FOOTER: text})
        if not text:
            (folder / FOOTER).unlink()
        done = built(folder)
        assert done.rendered == done.pages
        assert THEME in done.why["b.md"]
        assert text in (folder / "site/404.html").read_text()
    assert _is_as_anew(folder, tmp_path)


def test_warnings_are_repeated(centre: Centre) -> None:
    """A build that keeps a page says again what there was to complain of, and --strict fails on it."""
    folder = centre({"a.md": article("A", "No steps.\n"), "b.md": article("B", "Words.\n", kind="faq")})
    (warning,) = built(folder).warnings
    assert "no numbered steps" in warning
    assert built(folder).warnings == (warning,)
    edit(folder / "content/b.md", "Words", "More words")
    assert built(folder).warnings == (warning,)
    with pytest.raises(KbgenError, match="no numbered steps"):
        built(folder, strict=True)
    edit(folder / "content/a.md", "No steps.", "1. A step.")
    assert built(folder, strict=True).warnings == ()


@pytest.mark.parametrize(
    ("name", "deed"),
    [
        ("manifest-*.json", "empty"),
        ("manifest-*.json", "half"),
        ("pages.sqlite", "half"),
        ("pages.sqlite", "garbage"),
        ("articles.pickle", "garbage"),
    ],
)
def test_a_damaged_cache(centre: Centre, tmp_path: Path, name: str, deed: str) -> None:
    """Whatever of the cache is damaged, the site is right, at once and after the next edit."""
    folder = centre({**ARTICLES, **{f"m/{n:02}.md": article(f"M {n}", kind="faq") for n in range(22)}})
    built(folder)
    (file,) = (folder / ".kbgen/build").glob(name)
    data = file.read_bytes()
    file.write_bytes({"empty": b"", "half": data[: len(data) // 2], "garbage": b"\xa5" * len(data)}[deed])
    edit(folder / "content/b.md", "title: B", "title: Bee")
    done = built(folder)
    if name.startswith("manifest") and deed != "empty":
        assert "damaged" in done.notes[0]
    edit(folder / "content/b.md", "See", "Look at")
    assert built(folder).notes == ()
    assert _is_as_anew(folder, tmp_path)


FULL = {
    "a hook": ("hooks: [hook.py]\n", "'hooks' may look at any page at any time"),
    "a plugin": ("", "the plugin 'glightbox' may look at any page at any time"),
    "an extension": ("markdown_extensions: [own_words]\n", "the Markdown extension 'own_words' may read"),
}


@pytest.mark.parametrize("case", FULL)
def test_the_full_way(centre: Centre, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody knows of makes every build begin anew, which is said each time; the site is right."""
    more, said = FULL[case]
    config = CONFIG.replace("kbgen/redirects]", "kbgen/redirects, glightbox]") if case == "a plugin" else CONFIG
    folder = centre(ARTICLES, config=config + more)
    monkeypatch.syspath_prepend(folder)
    own = "from markdown.extensions.abbr import makeExtension\n"
    hook = "def on_page_markdown(markdown, **_):\n    return markdown + 'Hooked.'\n"
    write_files(folder, {"own_words.py": own, "hook.py": hook})
    for words in ("Words", "More words"):
        (folder / "content/b.md").write_text(article("B", f"{words}.\n", kind="faq"))
        done = built(folder)
        assert (done.rendered > 0, len(done.notes)) == (True, 1)
        assert said in done.notes[0]
        page = (folder / "site/b/index.html").read_text()
        assert f"{words}." in page
        assert ("Hooked." in page) == (case == "a hook")


def test_from_full_to_fast_and_back(centre: Centre, tmp_path: Path) -> None:
    """Where the settings allow the fast way again, nothing of before is in its way."""
    folder = centre(ARTICLES)
    built(folder)
    (folder / "mkdocs.yml").write_text(f"{CONFIG}hooks: [hook.py]\n")
    write_files(folder, {"hook.py": "def on_page_markdown(markdown, **_):\n    return markdown + 'Hooked.'\n"})
    built(folder)
    (folder / "mkdocs.yml").write_text(CONFIG)
    assert built(folder).notes == ()
    assert _is_as_anew(folder, tmp_path)


def test_the_look_of_another(centre: Centre) -> None:
    """Material's own look shows the whole navigation on each page, so such a site is built the full way."""
    folder = centre(ARTICLES, config=CONFIG.replace("name: kbgen", "name: material"))
    (note,) = built(folder).notes
    assert "Material" in note


def test_two_builds_at_once(centre: Centre, tmp_path: Path) -> None:
    """Two builds that begin together both end well, one after the other, and the site is right."""
    folder = centre(ARTICLES)
    built(folder)
    edit(folder / "content/b.md", "title: B", "title: Bee")
    command = [sys.executable, "-m", "kbgen", "build", "--json", "--date", TODAY]
    processes = [
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
        for _ in range(2)
    ]
    ended = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], ended
    assert sorted(json.loads(out)["files"]["written"] > 0 for out, _ in ended) == [False, True]
    assert _is_as_anew(folder, tmp_path)


def test_two_sites_of_one_project(centre: Centre, tmp_path: Path) -> None:
    """Sites of other days or for other folders are kept apart, whichever was built last."""
    files = {"g/index.md": article("Named", publish_on="2026-12-01"), "g/x.md": article("X", kind="faq")}
    folder = centre({**ARTICLES, **files})
    built(folder)
    built(folder, site="trial", today="2026-12-02")
    edit(folder / "content/g/a.md", "Words", "Other words")
    assert list(built(folder).why)[:1] == ["g/a.md"]
    assert _is_as_anew(folder, tmp_path)


def test_why(centre: Centre) -> None:
    """Who asks is told why each page was made anew last, whether or not anything has changed."""
    folder = centre(ARTICLES)
    built(folder)
    edit(folder / "content/b.md", "See", "Look at")
    built(folder)
    done = built(folder, explain=True)
    assert (done.why, done.last["b.md"], done.last["g/a.md"]) == ({}, [TEXT], [NEW])
    edit(folder / "content/b.md", "Look at", "See")
    done = built(folder, explain=True)
    assert (done.why, done.last["g/a.md"]) == ({"b.md": [TEXT]}, [NEW])
    assert "b.md" not in done.last


def test_nothing_is_left_beside_the_site(centre: Centre) -> None:
    """After a build, one that fails included, there is neither staging folder nor journal."""
    folder = centre(ARTICLES)
    built(folder)
    names = sorted(path.name for path in folder.iterdir())
    assert names == [".kbgen", "content", "mkdocs.yml", "site"]
    write_files(folder / "content", {"bad.md": "no title"})
    assert kbgen("build", cwd=folder).code == 1
    assert sorted(path.name for path in folder.iterdir()) == names


def test_a_page_in_the_place_of_a_file(centre: Centre, tmp_path: Path) -> None:
    """A page may come where a file stood in the site; nothing of it keeps builds from working for good."""
    folder = centre({**ARTICLES, "c": "a file without an ending"})
    built(folder)
    (folder / "content/c").unlink()
    write_files(folder / "content", {"c.md": article("C", kind="faq")})
    built(folder)
    assert _is_as_anew(folder, tmp_path)


def test_a_site_behind_a_link(centre: Centre, tmp_path: Path) -> None:
    """Where the site's folder is a link to where it is served from, it stays one, and the files come there."""
    folder = centre(ARTICLES)
    (tmp_path / "www").mkdir()
    (folder / "site").symlink_to(tmp_path / "www")
    built(folder)
    edit(folder / "content/g/a.md", "Words", "More words")
    built(folder)
    assert (folder / "site").is_symlink()
    assert b"More words" in tree(tmp_path / "www")["g/a/index.html"]
    assert "b/index.html" in tree(tmp_path / "www")


def test_a_template_named_while_rendering(centre: Centre, tmp_path: Path) -> None:
    """A template that is named only while a page is rendered may show the whole site, too."""
    config = OWN_THEME + "    home: {intro: Hi}\n"
    folder = centre({"a.md": article("A", kind="faq", layout="extra"), "b.md": article("B", kind="faq")}, config=config)
    main = (
        '{% extends "base.html" %}{% block extrahead %}{% if page and page.meta.layout %}'
        '{% include page.meta.layout ~ ".html" %}{% endif %}{% endblock %}'
    )
    shown = '<meta name="x" content="{{ kbgen_site.improved|length }}">'
    write_files(folder, {"overrides/main.html": main, "overrides/extra.html": shown})
    built(folder)
    edit(folder / "content/b.md", "kind: faq", "kind: faq\nimproved: {date: 2026-11-20, what: More}")
    built(folder)
    assert _is_as_anew(folder, tmp_path)

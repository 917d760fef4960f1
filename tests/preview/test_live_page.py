"""The page as the preview serves it."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.settings import KbgenSettings
from kbgen.pages.policy import policy
from kbgen.preview.page import adapted, live, version

PAGE = b"""<!doctype html><html><head><meta charset="utf-8"><link rel=stylesheet href="../assets/lean.css">
</head><body><img src="a%20b.webp?x=1" alt=""><a href="../other/">Other</a>
<video poster="/poster.webp"><track src="../v.vtt"></video></body></html>"""
SCRIPT = "/__kbgen/1/live.js"


def test_the_script_comes_last_in_the_head_and_nothing_else_changes() -> None:
    """It knows which build it belongs to; taking it out again gives the built page."""
    page = live(PAGE, script=SCRIPT, build=7, version="200-abc")
    start = page.index(b'<link rel="modulepreload"')
    end = page.index(b"</head>")
    assert page[:start] + page[end:] == PAGE
    assert b'src="/__kbgen/1/live.js" data-kbgen-build="7" data-kbgen-version="200-abc"' in page[start:end]


def test_a_page_without_a_head_gets_it_too() -> None:
    """Such as one that leads on to another."""
    assert live(b"<!doctype html><p>Moved", script=SCRIPT, build=1, version="v").startswith(b"<!doctype html><p>Moved<")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("script-src 'self'; connect-src 'self'", "script-src 'self'; connect-src 'self'"),
        ("script-src 'none'; connect-src https://a.example", "script-src 'self'; connect-src 'self' https://a.example"),
        ("default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"),
        ("default-src 'self'", "default-src 'self'"),
        ("style-src 'self'; worker-src 'none'", "style-src 'self'; worker-src 'self'"),
        ("", ""),
    ],
)
def test_a_policy_lets_the_script_run(old: str, new: str) -> None:
    """What it forbids besides stays forbidden."""
    assert adapted(old) == new


SOURCE = st.sampled_from(["'self'", "'none'", "*", "https://a.example", "'unsafe-inline'", "data:"])
DIRECTIVE = st.sampled_from("default-src script-src connect-src worker-src child-src style-src img-src".split())


@given(st.dictionaries(DIRECTIVE, st.lists(SOURCE, max_size=3)))
def test_an_adapted_policy_is_left_alone(directives: dict[str, list[str]]) -> None:
    """Adapting twice changes nothing more, and other directives never."""
    text = "; ".join(" ".join([name, *sources]) for name, sources in directives.items())
    once = adapted(text)
    assert adapted(once) == once
    for name in ("style-src", "img-src", "default-src"):
        if name in directives:
            assert " ".join([name, *directives[name]]) in once


def test_the_policy_of_our_own_pages_needs_no_change() -> None:
    """So what a writer sees is what readers get."""
    own = policy(KbgenSettings(), ["inline()"])
    assert adapted(own) == own


def test_a_policy_in_the_page_is_adapted_where_it_stands() -> None:
    """With its quotes escaped as templates escape them."""
    page = b"""<head><meta http-equiv="Content-Security-Policy" content="script-src &#39;none&#39;"></head>"""
    assert b'content="script-src &#x27;self&#x27;"' in live(page, script=SCRIPT, build=1, version="v")


def test_a_version_counts_what_the_page_shows() -> None:
    """Its own text, pictures, styles, posters and captions, as the browser resolves them; not where it leads."""
    asked: list[str] = []

    def stamp(path: PurePosixPath) -> str:
        asked.append(str(path))
        return "1"

    first = version(PAGE, "/guide/", stamp)
    assert asked == ["assets/lean.css", "guide/a b.webp", "poster.webp", "v.vtt"]
    assert version(PAGE, "/guide/", lambda _: "1") == first
    assert version(PAGE, "/guide/", lambda path: "2" if path.suffix == ".vtt" else "1") != first
    assert version(PAGE + b" ", "/guide/", stamp) != first

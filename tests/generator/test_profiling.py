"""Profiling: where the time of a build goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from centres import CONFIG, TODAY, Centre, article, tree
from rebuilding import built, stamps

from kbgen.articles.settings import load_settings
from kbgen.generator.build import BuildRequest
from kbgen.generator.profiling import profiled

ARTICLES = {"a.md": article("A", "| A |\n|---|\n| b |\n", kind="faq"), "b.md": article("B", kind="faq")}


def _request(folder: Path) -> BuildRequest:
    return BuildRequest(
        settings=load_settings(folder / "mkdocs.yml"), site=folder / "site", today=date.fromisoformat(TODAY)
    )


def test_what_is_measured(centre: Centre) -> None:
    """Extensions, templates and articles come by their names with seconds, the slowest first."""
    folder = centre(ARTICLES, config=f"{CONFIG}markdown_extensions: [tables, pymdownx.superfences]\n")
    done, profile = profiled(_request(folder))
    assert done.rendered == done.pages
    assert "markdown itself" in dict(profile.extensions)
    assert {"markdown.extensions.tables", "pymdownx.superfences"} <= dict(profile.extensions).keys()
    assert {"base.html", "partials/kbgen/header.html"} <= dict(profile.templates).keys()
    assert dict(profile.articles) == done.seconds
    for times in (profile.extensions, profile.templates, profile.articles):
        seconds = [time for _, time in times]
        assert seconds == sorted(seconds, reverse=True)
        assert all(time >= 0 for time in seconds)


def test_measuring_keeps_nothing(centre: Centre) -> None:
    """Measuring neither uses nor changes what builds keep, and leaves the site as it is."""
    folder = centre(ARTICLES)
    built(folder)
    site, kept = stamps(folder / "site"), tree(folder / ".kbgen/build")
    done, _ = profiled(_request(folder))
    assert done.synced.written == 0
    assert stamps(folder / "site") == site
    assert tree(folder / ".kbgen/build") == kept

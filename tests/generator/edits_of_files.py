"""Edits of settings, theme and files beside the articles, each by its name."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from project import EXTENSIONS, Project

from kbgen.feedback.count import by_article
from kbgen.feedback.digest import ArticleVotes, merged
from kbgen.feedback.digest_file import digest_text
from kbgen.feedback.tally import Tally

Edit = Callable[[Project, int], Project]
"""Changes a project; the number chooses what is hit, and how."""


def _file(path: str, *contents: bytes) -> Edit:
    """The edit that gives a file other than an article one of `contents`; an empty one takes it away."""

    def edit(project: Project, number: int) -> Project:
        data = contents[number % len(contents)]
        others = {other: old for other, old in project.files.items() if other != path}
        return replace(project, files={**others, path: data} if data else others)

    return edit


def _setting(place: str, *values: Any) -> Edit:  # noqa: ANN401 - whatever YAML can hold
    """The edit that gives a key of mkdocs.yml one of `values`; `None` takes it out."""
    *outer, name = place.split(".")

    def edit(project: Project, number: int) -> Project:
        config = copy.deepcopy(dict(project.config))
        node = config
        for key in outer:
            node = node.setdefault(key, {})
        value = values[number % len(values)]
        node.pop(name, None)
        node.update({} if value is None else {name: copy.deepcopy(value)})
        return replace(project, config=config)

    return edit


def _hook(project: Project, number: int) -> Project:
    """A script of the site's own that changes every page comes, changes or goes."""
    words = ("", "one", "a second")[number % 3]
    code = f"def on_page_markdown(markdown, **kwargs):\n    return markdown + '\\n\\nHooked: {words}.\\n'\n"
    project = _setting("hooks", ["hooks.py"] if words else None)(project, 0)
    return _file("hooks.py", code.encode() if words else b"")(project, 0)


def _extensions(project: Project, number: int) -> Project:
    variants = (
        EXTENSIONS,
        EXTENSIONS.replace("permalink: true", "permalink: '¶', toc_depth: 2"),
        EXTENSIONS.replace("  - admonition\n", ""),
        EXTENSIONS.replace("  - tables\n", "  - tables\n  - smarty\n"),
    )
    return replace(project, extensions=variants[number % len(variants)])


def chosen(project: Project, number: int) -> str:
    """The path of an article that is no section's page."""
    paths = sorted(path for path in project.articles if posixpath.basename(path) != "index.md")
    return paths[number % len(paths)]


def _redirect(project: Project, number: int) -> Project:
    old = f"legacy/page-{number % 4}.{('md', 'html')[number % 2]}"
    redirects = {key: new for key, new in (project.redirects or {}).items() if key != old}
    return replace(project, redirects=redirects if number % 5 == 0 else {**redirects, old: chosen(project, number)})


def _day(project: Project, number: int) -> Project:
    days = (date(2026, 11, 20), *(date(2026, 11, 23) + timedelta(days=n) for n in (0, 1, 2, 4, 6, 27, 400)))
    return replace(project, day=days[number % len(days)])


def _holder(project: Project, number: int) -> Project:
    return replace(project, holder=("Acme", "Acme Ltd", "Bolt")[number % 3])


def _votes(yes: int, no: int) -> bytes:
    """The digest of votes on an article, and of some on one that has moved since."""
    tally = {"helpful": True, "section": "", "reason": None, "first": date(2026, 11, 1), "last": date(2026, 11, 2)}
    tallies = [Tally(article="start/first-steps.md", revision="a" * 16, n=yes, **tally)]
    tallies += [Tally(article="old/invoice.md", revision="b" * 16, n=no, **tally | {"helpful": False})]
    rows = {path: merged({}, spots) for path, spots in by_article(tallies).items()}
    digest = {path: ArticleVotes(groups=tuple((spot[0],) for spot in own), rows=own) for path, own in rows.items()}
    return digest_text(digest).encode()


HOME = "extra.kbgen.home"
MAIL = {"id": "mail", "name": "E-mail", "url": "mailto:help@example.com"}
PHONE = {"id": "phone", "name": "Call", "url": "tel:+15550100", "hours": "Mon-Fri 9-12"}
BANNER = {"text": "Slow today.", "starts": "2026-11-22", "ends": "2026-11-24"}
EXTENDS = b'{% extends "base.html" %}'
PARTIAL = "overrides/partials/kbgen/footer.html"

OF_FILES_AND_SETTINGS: Mapping[str, Edit] = {
    "change a picture": _file("content/images/a.png", b"\x89PNG\r\n\x1a\nC", b"\x89PNG\r\n\x1a\nlonger", b"GIF"),
    "change a recording": _file("content/video/tour.mp4", b"other pictures", b"moving pictures"),
    "change captions": _file(
        "content/video/tour.vtt",
        b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n",
        b"WEBVTT\n\n00:00.000 --> 00:09.000\nWelcome.\n",
    ),
    "change included words": _file("includes/terms.md", b"*[API]: Another meaning\n", b"*[card]: Plastic\n"),
    "change synonyms": _file(
        "synonyms.yml", b"- [refund, rebate]\n", b"- [tour, round trip]\n- [card, plastic]\n", b""
    ),
    "change what readers voted": _file("feedback.json", _votes(90, 40), _votes(90, 3), b""),
    "change a style sheet": _file("content/look/extra.css", b".own { color: tan }\n", b".own{}\n"),
    "put a file of its own": _file("content/robots.txt", b"User-agent: *\n", b""),
    "change an icon": _file("overrides/.icons/own/star.svg", b"<svg><path d='M2 2'/></svg>", b"<svg/>"),
    "change a partial": _file(PARTIAL, b"<footer>Own</footer>", b"<footer>Two {{ page.title }}</footer>", b""),
    "change a template": _file(
        "overrides/main.html",
        EXTENDS + b'{% block extrahead %}<meta name="x" content="{{ config.site_name }}">{% endblock %}',
        EXTENDS + b"{% block hero %}{% for p in nav.pages %}{{ p.title }}{% endfor %}{% endblock %}",
        b"",
    ),
    "change a script of the theme": _file("overrides/assets/own.js", b"1;", b"22;", b""),
    "change a hook": _hook,
    "change the base settings": _file(
        "base.yml", b"site_description: More help\n", b"site_description: Help\ncopyright: !ENV [HELP_HOLDER, Nobody]\n"
    ),
    "change the environment": _holder,
    "change the site's name": _setting("site_name", "Bolt help", "Acme help"),
    "change the site's address": _setting("site_url", "https://acme.example/help/", "https://help.example.com/", None),
    "change addresses of pages": _setting("use_directory_urls", False, True),
    "change the language": _setting("theme.language", "de", None, "ar"),
    "change the brand": _setting("extra.kbgen.look", {"accent": "#8a1c5b"}, {"accent": "#0b5c6b"}, None),
    "change channels": _setting("extra.kbgen.channels", [PHONE, MAIL], [MAIL], []),
    "change announcements": _setting("extra.kbgen.announcements", [BANNER], [BANNER | {"sections": ["start"]}], []),
    "change the home page": _setting(
        HOME, {"articles": ["start/tour.md"]}, {"sections": ["billing"], "intro": "Hi"}, {}
    ),
    "change words": _setting("extra.kbgen.words", {"home": "Top"}, {"search": "Look up", "hom": "Typo"}, None),
    "change the contact form": _setting("extra.kbgen.contact", {"endpoint": "/receiver"}, {"intro": "Write."}, None),
    "change the vote service": _setting(
        "extra.kbgen.feedback",
        {"service": "/"},
        {"service": "/", "sections": True},
        {"adapter": "plausible"},
        {"adapter": "mailto", "address": "docs@example.com"},
        {},
        None,
    ),
    "change style sheets": _setting("extra_css", ["look/extra.css"], ["https://cdn.example.com/x.css"], None),
    "change the navigation": _setting("nav", [{"Basics": ["start/tour.md", "billing/refund.md"]}], None),
    "change what is left out": _setting("exclude_docs", "drafts/\n", None),
    "change an extension": _extensions,
    "change plugins": _setting(
        "plugins", ["kbgen/articles", "kbgen/search"], ["kbgen/redirects", "kbgen/articles", "kbgen/search"]
    ),
    "change redirects": _redirect,
    "change the day": _day,
}

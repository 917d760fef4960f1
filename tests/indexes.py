"""Search indexes for tests: entries, and a built site that holds nothing but what search reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import markdown
from centres import ROOT, TODAY

from kbgen.outputs.files import write_whole
from kbgen.search.entry import FOLDER, Entry
from kbgen.search.files import index_files
from kbgen.search.language import language
from kbgen.search.part import Part, parts_of
from kbgen.search.synonyms import Synonyms, make_synonyms
from kbgen.search.terms import terms_of


def an_entry(
    article: str, title: str, *parts: tuple[str, str], answers: tuple[str, ...] = (), about: str = "", lang: str = "en"
) -> Entry:
    """An entry of pairs of heading and text; the anchor of a heading is the heading itself."""
    return Entry(
        article=article,
        url=article.removesuffix(".md") + "/",
        kind="how-to",
        trail=("Guide",),
        lang=lang,
        title=title,
        description=about,
        answers=answers,
        parts=tuple(Part(anchor=heading, heading=heading, text=text) for heading, text in parts),
    )


def an_answer(article: str, title: str, text: str = "", *, answers: tuple[str, ...] = (), lang: str = "en") -> Entry:
    """An entry with one part, and with a section and a summary."""
    entry = an_entry(article, title, ("Steps", text or "Open the settings."), about=f"About: {title}", lang=lang)
    return replace(entry, trail=("Account",), answers=answers)


def add_index(site: Path, entries: Iterable[Entry], *, lang: str = "en") -> Path:
    """Write the index of one language into a site, the manifest last; what was there before stays."""
    known = {entry.article: replace(entry, lang=lang) for entry in entries}
    terms = {path: terms_of(entry, Synonyms()) for path, entry in known.items()}
    for name, text in index_files({path: entry.as_json() for path, entry in known.items()}, terms):
        write_whole(site / FOLDER / name, text)
    return site


def write_index(site: Path, entries: Iterable[Entry], groups: Sequence[Sequence[str]] = ()) -> Path:
    """Write index and entries where a build does; what an earlier call wrote and this one does not is removed.

    `groups` are groups of synonyms. Files whose text stays are left as they are.
    """
    known = {entry.article: entry for entry in entries}
    terms = {path: terms_of(entry, _synonyms(entry.lang, groups)) for path, entry in known.items()}
    files = dict(index_files({path: entry.as_json() for path, entry in known.items()}, terms))
    folder = site / FOLDER
    for file in folder.rglob("*"):
        if file.is_file() and file.relative_to(folder).as_posix() not in files:
            file.unlink()
    for name, text in files.items():
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text:
            write_whole(folder / name, text)
    return site


def _synonyms(code: str, groups: Sequence[Sequence[str]]) -> Synonyms:
    return make_synonyms(groups, language(code)) if groups else Synonyms()


@cache
def manual_entries() -> tuple[Entry, ...]:
    """The entries of kbgen's own manual, rendered with the usual extensions."""
    from datetime import date

    from kbgen.articles.library import load

    extensions = ["extra", "admonition", "toc", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tilde"]
    convert = markdown.Markdown(extensions=extensions).reset().convert
    return tuple(
        replace(
            an_entry(article.path, article.title, answers=article.meta.answers, about=article.meta.description),
            parts=parts_of(convert(article.body)),
        )
        for article in load(ROOT / "content", date.fromisoformat(TODAY)).published
        if not article.is_index
    )

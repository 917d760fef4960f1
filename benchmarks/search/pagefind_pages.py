"""The pages that Pagefind reads: what a site would hold in any case."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from documents import Corpus, Document

from kbgen.search.part import Part

TITLE, ANSWER, HEADING = "title", "answer", "heading"
WEIGHTS = {
    TITLE: 'data-pagefind-weight="10"',
    ANSWER: 'data-pagefind-weight="5" data-pagefind-meta="answers"',
    HEADING: 'data-pagefind-meta="headings"',
}
"""Attributes by which Pagefind is told what counts more; it weighs headings by itself, too."""
PLAIN = dict.fromkeys(WEIGHTS, "")


def pages_for(folder: Path) -> Path:
    """Where the pages for an index lie: beside it, for a reader of the index does not load them."""
    return folder.with_name(f"{folder.name}-pages")


def write_pages(weights: dict[str, str], corpus: Corpus, folder: Path) -> None:
    for document in corpus.documents:
        path = pages_for(folder) / f"{document.article}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(page(document, weights)), encoding="utf-8")


def page(document: Document, weights: dict[str, str]) -> Iterator[str]:
    """The lines of an article in HTML."""
    title = escape(document.title)
    yield f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><main data-pagefind-body>'
    yield f"<h1 {weights[TITLE]}>{title}</h1><p>{escape(document.description)}</p>"
    yield from (f"<p {weights[ANSWER]}>{escape(answer)}</p>" for answer in document.answers)
    for part in document.parts:
        yield heading(part, weights) + f"<p>{escape(part.text)}</p>"
    yield "</main></body></html>"


def heading(part: Part, weights: dict[str, str]) -> str:
    return f'<h2 id="{escape(part.anchor)}" {weights[HEADING]}>{escape(part.heading)}</h2>' if part.heading else ""

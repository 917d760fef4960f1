"""The library's index: what search would find if the site were built now, kept in memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kbgen.articles.article import Article
from kbgen.search.entry import Entry
from kbgen.search.files import index_files
from kbgen.search.index import Index
from kbgen.search.part import Part
from kbgen.search.reader import Reader
from kbgen.search.synonyms import Synonyms
from kbgen.search.terms import terms_of

_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*#*$", re.MULTILINE)
_MARKUP = re.compile(r"!?\[(?P<text>[^\]\n]*)\]\([^)\n]*\)|[*_`|>]+|^\s*(?:[-+]|\d+[.)])\s+|\{[^}\n]*\}", re.MULTILINE)


def readers(articles: Sequence[Article], language: str, synonyms: Mapping[str, Synonyms]) -> dict[str, Reader]:
    """A reader for each language that the articles are in, the one with most articles first.

    `language` is that of articles which name none; `synonyms` those of the site, by language.
    """
    entries = {article.path: _entry(article, language) for article in articles}
    terms = {path: terms_of(entry, synonyms.get(entry.lang, Synonyms())) for path, entry in entries.items()}
    files = dict(index_files({path: entry.as_json() for path, entry in entries.items()}, terms))
    counts = Counter(entry.lang for entry in entries.values())
    codes = sorted(counts, key=lambda code: (-counts[code], code))
    return {code: Reader(Index.open(code, files.__getitem__)) for code in codes}


def parts_of(article: Article) -> Iterator[Part]:
    """The parts of an article by its headings, as plain text."""
    places = [*_HEADING.finditer(article.prose)]
    ends = [*(match.start() for match in places), len(article.body)]
    if opening := plain(article.body[: ends[0]]):
        yield Part(anchor="", heading="", text=opening)
    for match, end in zip(places, ends[1:], strict=True):
        heading = plain(match["text"])
        yield Part(anchor=heading, heading=heading, text=plain(article.body[match.end() : end]))


def plain(text: str) -> str:
    """Markdown as the words that a reader sees."""
    return " ".join(_MARKUP.sub(lambda match: match["text"] or " ", text).split())


def _entry(article: Article, language: str) -> Entry:
    meta = article.meta
    return Entry(
        article=article.path,
        url=article.path.removesuffix(".md") + "/",
        kind=meta.kind.value,
        trail=tuple(part.replace("-", " ") for part in article.section.split("/") if part),
        lang=meta.lang or language,
        title=article.title,
        description=meta.description,
        answers=tuple(meta.answers),
        parts=tuple(parts_of(article)),
        products=tuple(meta.products),
        audience=tuple(meta.audience),
    )

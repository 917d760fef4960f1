"""Whoosh, as a command line asks it: BM25F over parts of articles, and a likely word beside an unknown one."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from documents import Document
from relevance import Find

from kbgen.search.part import Part

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 predates Python's warning about its escapes
    import whoosh.codec.whoosh3  # noqa: F401 - otherwise imported later, outside this block
    from whoosh import fields, index, qparser, scoring
    from whoosh.analysis import STOP_WORDS, CharsetFilter, StemmingAnalyzer
    from whoosh.support.charset import accent_map

QUESTION_WORDS = frozenset(
    (
        "i me my you your do does did how what can could would should have has had am we our so when where "
        "which who why from about"
    ).split()
)
BOOSTS = {"title": 4.0, "answers": 3.0, "heading": 2.0, "text": 1.0}
NOTHING = (Part(anchor="", heading="", text=""),)


def build(documents: Sequence[Document], folder: Path) -> None:
    writer = index.create_in(str(folder), schema()).writer(limitmb=256)
    for document in documents:
        for row in rows(document):
            writer.add_document(**row)
    writer.commit()


def schema() -> fields.Schema:
    analyzer = StemmingAnalyzer(stoplist=STOP_WORDS | QUESTION_WORDS) | CharsetFilter(accent_map)
    texts = {name: fields.TEXT(analyzer=analyzer) for name in BOOSTS}
    return fields.Schema(article=fields.STORED, **texts)


def rows(document: Document) -> Iterator[dict[str, str]]:
    """The parts of a document; answers and description belong to the first."""
    for number, part in enumerate(document.parts or NOTHING):
        yield {
            "article": document.article,
            "title": document.title,
            "answers": "" if number else " . ".join(document.answers),
            "heading": part.heading,
            "text": part.text if number else f"{document.description} {part.text}",
        }


@contextmanager
def opened(folder: Path) -> Iterator[Find]:
    with index.open_dir(str(folder)).searcher(weighting=scoring.BM25F(B=0.6, K1=1.2)) as searcher:
        yield partial(found, searcher)


def found(searcher: Any, query: str, limit: int) -> list[str]:  # noqa: ANN401 - Whoosh has no types
    """The articles with the best parts."""
    words = re.findall(r"\w+", query.lower())  # Whoosh takes AND, OR and NOT for operators
    # Whoosh's preference for more matching words multiplies the score of a single word by 0
    group = qparser.OrGroup.factory(0.3) if len(words) > 1 else qparser.OrGroup
    parser = qparser.MultifieldParser(list(BOOSTS), searcher.schema, fieldboosts=BOOSTS, group=group)
    parser.remove_plugin_class(qparser.WildcardPlugin)
    results = searcher.search(parser.parse(spelled(searcher, words)), limit=None)
    articles: dict[str, None] = {}
    for result in results:
        articles[result["article"]] = None
        if len(articles) == limit:
            break
    return list(articles)


def spelled(searcher: Any, words: Sequence[str]) -> str:  # noqa: ANN401 - Whoosh has no types
    """The query, with the likeliest known word beside each word that no article holds."""
    reader, analyzer = searcher.reader(), searcher.schema["text"].analyzer

    def holders(stem: str) -> int:
        return int(max(reader.doc_frequency(field, stem) for field in BOOSTS))

    return " ".join([*words, *(meant for word in words for meant in likeliest(word, analyzer, holders))])


def likeliest(word: str, analyzer: Callable[[str], Any], holders: Callable[[str], int]) -> list[str]:
    """The commonest stem that is one slip away; none where the word itself is known."""
    stems = [token.text for token in analyzer(word)]
    if len(word) < 4 or not stems or holders(stems[0]):
        return []
    near = {token.text: holders(token.text) for slip in one_slip(word) for token in analyzer(slip)}
    best = max(near, key=lambda stem: (near[stem], stem), default="")
    return [best] if near.get(best) else []


def one_slip(word: str) -> set[str]:
    """Every text that differs from the word by one letter left out, added, mistaken, or swapped with its neighbour."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    shorter = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    longer = {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return shorter | swapped | changed | longer

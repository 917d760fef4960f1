"""Search on the command line: a Whoosh index of the built site, made when it is first asked."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kbgen.search.entry import FILE, Entry, read_entries

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 predates Python's warning about its escapes
    import whoosh.codec.whoosh3  # noqa: F401 - otherwise imported later, outside this block
    from whoosh import fields, highlight, index, qparser, scoring
    from whoosh.analysis import STOP_WORDS, StemmingAnalyzer

QUESTION_WORDS = frozenset(
    (
        "i me my you your do does did how what can could would should have has had am we our so when where "
        "which who why from about"
    ).split()
)
BOOSTS = {"title": 4.0, "answers": 3.0, "heading": 2.0, "text": 1.0}


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A part of an article that answers a query; the score has no unit, higher is better."""

    title: str
    section: str
    heading: str
    article: str
    url: str
    snippet: str
    score: float

    def as_json(self) -> dict[str, object]:
        """The hit as it stands in `--json`."""
        return asdict(self)


class _Plain(highlight.Formatter):  # type: ignore[misc]
    """Snippets without marks: fragments with an ellipsis between them."""

    between = " … "

    def format_token(self, text: str, token: Any, replace: bool = False) -> str:  # noqa: ANN401, ARG002
        return str(highlight.get_text(text, token, replace=False))


def _schema() -> fields.Schema:
    stemmed = StemmingAnalyzer(stoplist=STOP_WORDS | QUESTION_WORDS)
    return fields.Schema(
        title=fields.TEXT(stored=True, analyzer=stemmed),
        answers=fields.TEXT(analyzer=stemmed),
        heading=fields.TEXT(stored=True, analyzer=stemmed),
        text=fields.TEXT(stored=True, analyzer=stemmed),
        section=fields.STORED,
        article=fields.STORED,
        url=fields.STORED,
    )


def search(site: Path, state: Path, query: str, *, limit: int = 10) -> list[Hit]:
    """The best part of each article for `query`, best first (BM25F, K1 = 1.2, B = 0.6).

    `site` is a built site, `state` the folder for caches. Raises a `KbgenError` where nothing was built.
    """
    searchable = _open(site, state)
    parser = qparser.MultifieldParser(
        list(BOOSTS), searchable.schema, fieldboosts=BOOSTS, group=qparser.OrGroup.factory(0.3)
    )
    parser.remove_plugin_class(qparser.WildcardPlugin)
    with searchable.searcher(weighting=scoring.BM25F(B=0.6, K1=1.2)) as searcher:
        words = " ".join(re.findall(r"\w+", query))
        found = searcher.search(parser.parse(_spelled(searcher, words)), limit=limit * 5)
        found.fragmenter = highlight.ContextFragmenter(maxchars=160, surround=50)
        found.formatter = _Plain()
        best: dict[str, Hit] = {}
        for result in found:
            best.setdefault(result["article"], _hit(result))
    return list(best.values())[:limit]


def _hit(result: Any) -> Hit:  # noqa: ANN401 - Whoosh has no types
    snippet = result.highlights("text", top=1) or result["text"][:160]
    return Hit(
        title=result["title"],
        section=result["section"],
        heading=result["heading"],
        article=result["article"],
        url=result["url"],
        snippet=" ".join(snippet.split()),
        score=round(float(result.score), 2),
    )


def _spelled(searcher: Any, words: str) -> str:  # noqa: ANN401 - Whoosh has no types
    """Add the likeliest known word to each word that no article holds."""
    corrector = searcher.corrector("text")
    reader = searcher.reader()
    analyzer = searcher.schema["text"].analyzer
    extra = []
    for token in analyzer(words):
        if len(token.text) > 3 and not any((field, token.text) in reader for field in BOOSTS):
            extra += corrector.suggest(token.text, limit=1, maxdist=1 if len(token.text) < 8 else 2)
    return " ".join([words, *extra])


def _open(site: Path, state: Path) -> index.Index:
    """The index of the site as it was last built; made anew when the site has changed."""
    entries = read_entries(site)
    digest = hashlib.sha256((site / FILE).read_bytes()).hexdigest()[:16]
    folder = state / f"whoosh-{digest}"
    if not index.exists_in(str(folder)):
        _make(folder, entries)
    return index.open_dir(str(folder))


def _make(folder: Path, entries: tuple[Entry, ...]) -> None:
    """Write the index beside its place and rename it, then remove those of earlier builds."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".whoosh-", dir=folder.parent))
    writer = index.create_in(str(beside), _schema()).writer()
    for entry in entries:
        answers = " . ".join(entry.answers)
        for number, part in enumerate(entry.parts or ()):
            writer.add_document(
                title=entry.title,
                answers=answers if number == 0 else "",
                heading=part.heading,
                text=f"{entry.description} {part.text}" if number == 0 else part.text,
                section=entry.section,
                article=entry.article,
                url=f"{entry.url}#{part.anchor}" if part.anchor else entry.url,
            )
    writer.commit()
    for old in folder.parent.glob("whoosh-*"):
        shutil.rmtree(old, ignore_errors=True)
    beside.replace(folder)

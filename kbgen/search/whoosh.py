"""Search on the command line: a Whoosh index of the built site, made when it is first asked."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from kbgen.errors import KbgenError, Where
from kbgen.search.entry import FILE, Entry, read_entries
from kbgen.search.part import Part

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 predates Python's warning about its escapes
    import whoosh.codec.whoosh3  # noqa: F401 - otherwise imported later, outside this block
    from whoosh import fields, highlight, index, qparser, scoring
    from whoosh.analysis import STOP_WORDS, CharsetFilter, StemmingAnalyzer
    from whoosh.support.charset import accent_map

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
    stemmed = StemmingAnalyzer(stoplist=STOP_WORDS | QUESTION_WORDS) | CharsetFilter(accent_map)
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
    words = re.findall(r"\w+", query.lower())  # Whoosh takes AND, OR and NOT for operators
    # Whoosh's preference for more matching words multiplies the score of a single word by 0
    group = qparser.OrGroup.factory(0.3) if len(words) > 1 else qparser.OrGroup
    parser = qparser.MultifieldParser(list(BOOSTS), searchable.schema, fieldboosts=BOOSTS, group=group)
    parser.remove_plugin_class(qparser.WildcardPlugin)
    with searchable.searcher(weighting=scoring.BM25F(B=0.6, K1=1.2)) as searcher:
        found = searcher.search(parser.parse(_spelled(searcher, words)), limit=None)
        found.fragmenter = highlight.ContextFragmenter(maxchars=160, surround=50)
        found.formatter = _Plain()
        best: dict[str, Hit] = {}
        for result in found:
            if result["article"] not in best:
                best[result["article"]] = _hit(result)
            if len(best) == limit:
                break
    return list(best.values())


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


def _spelled(searcher: Any, words: list[str]) -> str:  # noqa: ANN401 - Whoosh has no types
    """The query, with the likeliest known word beside each word that no article holds."""
    reader = searcher.reader()
    analyzer = searcher.schema["text"].analyzer

    def holders(stem: str) -> int:
        return int(max(reader.doc_frequency(field, stem) for field in BOOSTS))

    extra = []
    for word in words:
        stems = [token.text for token in analyzer(word)]
        if len(word) > 3 and stems and not holders(stems[0]):
            meant = {token.text: holders(token.text) for slip in one_slip(word.lower()) for token in analyzer(slip)}
            best = max(meant, key=lambda stem: (meant[stem], stem), default="")
            extra += [best] if meant.get(best) else []
    return " ".join([*words, *extra])


def one_slip(word: str) -> set[str]:
    """Every text that differs from the word by one letter left out, added, mistaken, or swapped with its neighbour."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    shorter = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    longer = {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return shorter | swapped | changed | longer


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
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".whoosh-", dir=folder.parent))
        try:
            _write(beside, entries)
            _take_place(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise KbgenError(
            f"the search index cannot be written: {error.strerror or error}",
            where=Where(path=str(folder.parent)),
            hint="make room on the disk or check who may write there",
        ) from error
    for old in folder.parent.glob("whoosh-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)


def _take_place(beside: Path, folder: Path) -> None:
    """Rename the finished index; where another process was first with the same one, that one stays."""
    try:
        beside.replace(folder)
    except OSError:
        if not index.exists_in(str(folder)):
            shutil.rmtree(folder, ignore_errors=True)
            beside.replace(folder)


def _write(folder: Path, entries: tuple[Entry, ...]) -> None:
    writer = index.create_in(str(folder), _schema()).writer()
    for entry in entries:
        answers = " . ".join(entry.answers)
        for number, part in enumerate(entry.parts or (Part(anchor="", heading="", text=""),)):
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

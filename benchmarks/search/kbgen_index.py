"""Our own engine: the files that a build of kbgen would write for these documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from documents import Document

from kbgen.outputs.files import write_whole
from kbgen.search.entry import Entry
from kbgen.search.files import index_files
from kbgen.search.synonyms import load_synonyms
from kbgen.search.terms import terms_of

LANG = "en"


def build(documents: Sequence[Document], folder: Path) -> None:
    """Write the index that `engines/kbgen.mjs` opens, with the synonyms that every site has."""
    synonyms = load_synonyms(folder / "synonyms.yml", LANG)[LANG]
    entries = {document.article: entry(document) for document in documents}
    terms = {path: terms_of(each, synonyms) for path, each in entries.items()}
    for name, text in index_files({path: each.as_json() for path, each in entries.items()}, terms):
        write_whole(folder / name, text)


def entry(document: Document) -> Entry:
    """A document as the plugin would note it."""
    return Entry(**vars(document), url=f"{document.article}/", kind="how-to", trail=(), lang=LANG)

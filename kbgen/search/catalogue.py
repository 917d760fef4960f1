"""The catalogue: Whoosh's index of a built site, kept in the state folder and brought up to date when it is opened.

Beside the index lies a note: what its files hold, and which entries it was made of. The note is written last. An index
whose files are not those of its note is damaged, unfinished or of another version, and is made anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbgen.errors import KbgenError, Where
from kbgen.outputs.files import write_whole
from kbgen.search.edition import edition
from kbgen.search.entry import FOLDER, read_entry
from kbgen.search.stamps import Changes, Stamp, changes
from kbgen.search.synonyms import Synonyms
from kbgen.search.terms import FIELDS, Terms, occurrences, terms_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 predates Python's warning about its escapes
    import whoosh.codec.whoosh3  # noqa: F401 - otherwise imported later, outside this block
    from whoosh import fields, index
    from whoosh.analysis import IDAnalyzer
    from whoosh.util.filelock import FileLock, try_for

PATIENCE = 300
"""Seconds to wait for another process that is writing the same catalogue."""
MANY = 2_000
"""So many entries take a while, which somebody who waits is told."""
_NOTE = "note.json"


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """A catalogue that can be used, as its note has it."""

    written: int
    """When the note was written, in nanoseconds since 1970."""
    sums: dict[str, int]
    """The CRC-32 of each file of the index."""
    stamps: dict[str, Stamp]
    """The entries in it."""


@dataclass(frozen=True, kw_only=True)
class _Lost:
    """A catalogue that cannot be used."""

    written: int
    why: str
    """Completes 'the search index …'; `""` where there has been none."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Where the catalogue of one language lies, and what it is made of."""

    entries: Path
    """The folder of the entries of the built site."""
    folder: Path
    synonyms: Synonyms
    tell: Callable[[str], None]
    """Tells a person what takes long or had to be mended."""

    def open(self) -> index.Index:
        """The index, with every entry as it stands now."""
        kept = self._kept()
        found = changes(self.entries, kept.stamps) if isinstance(kept, _Kept) else None
        if isinstance(kept, _Lost) or found is None or found.stamps != kept.stamps:
            with self._alone():
                self._refresh(kept, found)
        try:
            return self._index()
        except (OSError, index.EmptyIndexError):  # another process has just put a newer one in its place
            with self._alone():
                return self._index()

    def _index(self) -> index.Index:
        return index.open_dir(str(self.folder), schema=_schema())

    @property
    def _version(self) -> str:
        groups = hashlib.blake2b(repr(self.synonyms.groups).encode(), digest_size=8).hexdigest()
        return f"{edition()} {groups}"

    def _kept(self) -> _Kept | _Lost:
        written = self._written()
        if not self.folder.is_dir():
            return _Lost(written=written, why="")
        try:
            data: dict[str, Any] = json.loads((self.folder / _NOTE).read_text(encoding="utf-8"))
            sums: dict[str, int] = data["sums"]
            stamps = {name: Stamp(*stamp) for name, stamp in data["stamps"].items()}
            whole = sums == {name: _sum(self.folder / name) for name in sums}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return _Lost(written=written, why="was not finished")
        if data.get("version") != self._version:
            return _Lost(written=written, why="is of another version")
        return _Kept(written=written, sums=sums, stamps=stamps) if whole else _Lost(written=written, why="is damaged")

    def _written(self) -> int:
        """When the note was written; `0` where there is none."""
        try:
            return (self.folder / _NOTE).stat().st_mtime_ns
        except OSError:
            return 0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait for another process that is writing the same catalogue; the system ends the lock of one that died."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(str(self.folder.with_suffix(".lock")))
            if not try_for(lock.acquire, timeout=PATIENCE, delay=0.05):
                raise KbgenError("another search is making the search index", hint="try again when it is done")
            try:
                yield
            finally:
                lock.release()
        except OSError as error:
            raise KbgenError(
                f"the search index cannot be written: {error.strerror or error}",
                where=Where(path=str(self.folder)),
                hint="make room on the disk or check who may write there",
            ) from error

    def _refresh(self, kept: _Kept | _Lost, found: Changes | None) -> None:
        """Bring the index up to date, unless another process has just done so."""
        if self._written() != kept.written:
            kept, found = self._kept(), None
        if isinstance(kept, _Lost):
            self._begin_anew(kept)
        before = {} if isinstance(kept, _Lost) else kept.stamps
        found = found or changes(self.entries, before)
        if found.stamps == before and isinstance(kept, _Kept):
            return
        if found or isinstance(kept, _Lost):
            self._write(found)
        known = kept.sums if isinstance(kept, _Kept) else {}
        files = [*self.folder.glob("*.seg"), *self.folder.glob("_*.toc")]
        sums = {file.name: known.get(file.name) or _sum(file) for file in sorted(files)}
        note = {"version": self._version, "sums": sums, "stamps": found.stamps}
        write_whole(self.folder / _NOTE, json.dumps(note, separators=(",", ":")))

    def _begin_anew(self, lost: _Lost) -> None:
        if lost.why:
            self.tell(f"the search index in '{self.folder}' {lost.why}, and is made anew")
        for old in self.folder.parent.parent.glob("whoosh-*"):  # where kbgen 0.1 had it
            shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        index.create_in(str(self.folder), _schema())

    def _write(self, found: Changes) -> None:
        for left in self.folder.glob("_*.toc.*"):  # by a process that was killed
            left.unlink()
        if len(found.changed) > MANY:
            self.tell(f"indexing {len(found.changed):,} articles, which takes a while")
        opened = self._index()
        writer = opened.writer()
        try:
            if not opened.is_empty():
                with opened.searcher() as searcher:
                    for name in sorted(found.gone | found.changed.keys()):
                        writer.delete_by_term("entry", name, searcher=searcher)
            for name, data in found.changed.items():
                writer.add_document(entry=name, **_document(self._terms(name, data)))
        except BaseException:
            writer.cancel()
            raise
        dead = sum(segment.deleted_count() for segment in writer.segments)
        writer.commit(optimize=dead > len(found.stamps) / 2)

    def _terms(self, name: str, data: bytes) -> Terms:
        try:
            return terms_of(read_entry(data.decode()), self.synonyms)
        except (ValueError, KeyError, TypeError) as error:
            raise KbgenError(
                "the search entry cannot be read",
                where=Where(path=str(self.entries / name)),
                hint="build the site anew: kbgen build",
            ) from error


def catalogue_of(site: Path, state: Path, code: str, *, synonyms: Synonyms, tell: Callable[[str], None]) -> Catalogue:
    """The catalogue of one language of a built site; `state` is the folder for caches."""
    return Catalogue(entries=site / FOLDER / code / "a", folder=state / "whoosh" / code, synonyms=synonyms, tell=tell)


def _sum(file: Path) -> int:
    """The CRC-32 of a file, read in pieces."""
    total = 0
    with file.open("rb") as stream:
        while piece := stream.read(1 << 20):
            total = zlib.crc32(piece, total)
    return total


def _schema() -> fields.Schema:
    """One document for each entry: its stems by field, and each of its words as it is written, with its stem."""
    texts = {name: fields.TEXT(analyzer=IDAnalyzer(), phrase=False) for name in FIELDS}
    return fields.Schema(
        entry=fields.ID(unique=True, stored=True), forms=fields.KEYWORD(analyzer=IDAnalyzer(), scorable=True), **texts
    )


def _document(terms: Terms) -> dict[str, list[str]]:
    texts = {
        name: [stem for stem, row in terms.counts.items() for _ in range(sum(occurrences(row[number : number + 1])))]
        for number, name in enumerate(FIELDS)
    }
    return {"forms": [f"{form} {stem}" for form, stems in terms.forms.items() for stem in stems], **texts}

"""The export: one file, or the files of a folder or an archive, opened as bytes or as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Self

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.compression import GZIP, ZIP, Unpacked, Watched, gunzipped, refuse_nested
from kbgen.tickets.sources.encoding import encoding_of, wrong_encoding
from kbgen.tickets.ticket import SkippedRow

MOST_PARTS = 500_000
"""Files that one folder or archive may hold."""

FIRST_BYTES = 64 * 1024
_NOT_DATA = ("__MACOSX/", ".", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file of an export."""

    name: str
    opened: Callable[[], io.RawIOBase]
    encoding: str | None
    where: Where

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """The file's bytes, unpacked."""
        try:
            with io.BufferedReader(self.opened()) as stream:
                yield stream
        except OSError as error:
            raise KbgenError(f"cannot be read: {error.strerror or error}", where=self.where) from error

    @contextmanager
    def text(self, errors: str = "strict") -> Iterator[IO[str]]:
        """The file's characters, with line ends as they are; an error names the encoding that it looks like."""
        encoding = self.encoding or encoding_of(self.first())
        try:
            with self.stream() as stream, io.TextIOWrapper(stream, encoding, errors=errors, newline="") as text:
                yield text
        except UnicodeError as error:
            raise wrong_encoding(error, self.where, asked=self.encoding) from error

    def first(self) -> bytes:
        """The first bytes, unpacked."""
        with self.stream() as stream:
            return stream.read(FIRST_BYTES)


class Export:
    """What a person exported from a help desk; the files in it have one format."""

    def __init__(self, path: Path, encoding: str | None = None, watch: Callable[[int], None] | None = None) -> None:
        """Read `path`; `watch` is told how many bytes on disk have been read each time."""
        self.path, self.encoding = path, encoding
        self.watch: Callable[[int], None] = watch or (lambda _: None)
        self._opened = ExitStack()
        self.parts: tuple[Part, ...] = ()

    def __enter__(self) -> Self:
        if not self.path.exists():
            raise KbgenError(f"there is no file '{self.path}'", hint="check the path of the export")
        with ExitStack() as on_failure:
            on_failure.callback(self._opened.close)
            self.parts = self._all_parts()
            on_failure.pop_all()
        return self

    def _all_parts(self) -> tuple[Part, ...]:
        where = Where(path=str(self.path))
        try:
            parts = tuple(self._found())
        except (OSError, zipfile.BadZipFile) as error:
            reason = getattr(error, "strerror", None) or error
            raise KbgenError(f"cannot be read: {reason}", where=where) from error
        if not parts:
            raise KbgenError("there is no file inside", where=where, hint="export it again")
        return parts

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """Read without telling how much: what is read to guess is read again."""
        watch, self.watch = self.watch, lambda _: None
        try:
            yield
        finally:
            self.watch = watch

    def _told(self, count: int) -> None:
        self.watch(count)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        files = self.path.rglob("*") if self.path.is_dir() else [self.path]
        return sum(file.stat().st_size for file in files if file.is_file())

    def named(self, part: Part, row: SkippedRow) -> SkippedRow:
        """The skipped row, with the name of its file where there are several."""
        return row if len(self.parts) == 1 else replace(row, reason=f"{part.name}: {row.reason}")

    def _found(self) -> Iterator[Part]:
        if self.path.is_dir():
            files = sorted(file for file in self.path.rglob("*") if file.is_file())
            for file in files:
                if _is_data(file.relative_to(self.path).as_posix()):
                    yield self._on_disk(file, file.relative_to(self.path).as_posix())
            return
        with self.path.open("rb") as stream:
            first = stream.read(4)
        if first == ZIP:
            yield from self._in_zip()
        else:
            yield self._on_disk(self.path, self.path.name)

    def _on_disk(self, file: Path, name: str) -> Part:
        where = Where(path=str(file))

        def opened() -> io.RawIOBase:
            with file.open("rb") as peek:
                packed = peek.read(2) == GZIP
            if not packed:
                return Watched(file.open("rb", buffering=0), self._told)
            _look_inside(gunzipped(Watched(file.open("rb", buffering=0), lambda _: None), where), where)
            return gunzipped(Watched(file.open("rb", buffering=0), self._told), where)

        return Part(name=name.removesuffix(".gz"), opened=opened, encoding=self.encoding, where=where)

    def _in_zip(self) -> Iterator[Part]:
        raw = self._opened.enter_context(io.BufferedReader(Watched(self.path.open("rb", buffering=0), self._told)))
        archive = self._opened.enter_context(zipfile.ZipFile(raw))
        inside = [info for info in archive.infolist() if not info.is_dir() and _is_data(info.filename)]
        where = Where(path=str(self.path))
        if len(inside) > MOST_PARTS:
            raise KbgenError(f"the archive holds {len(inside)} files", where=where, hint="unpack it and import parts")
        if any(info.filename == "[Content_Types].xml" for info in inside):
            raise KbgenError("this is a workbook", where=where, hint="save it as CSV in UTF-8 and import that")
        if any(info.flag_bits & 1 for info in inside):
            raise KbgenError("the archive has a password", where=where, hint="unpack it and import the files inside")
        for info in sorted(inside, key=lambda info: info.filename):
            yield self._zipped(archive, info)

    def _zipped(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Part:
        where = Where(path=f"{self.path}/{info.filename}")

        def opened() -> io.RawIOBase:
            def unpacked() -> io.RawIOBase:
                return Unpacked(archive.open(info), lambda: info.compress_size, where)

            _look_inside(unpacked(), where)
            return unpacked()

        return Part(name=info.filename, opened=opened, encoding=self.encoding, where=where)


def _look_inside(stream: io.RawIOBase, where: Where) -> None:
    with io.BufferedReader(stream) as unpacked:
        refuse_nested(unpacked.read(512), where)


def _is_data(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return not name.startswith(_NOT_DATA) and not last.startswith(_NOT_DATA)

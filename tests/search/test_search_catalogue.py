"""The catalogue: how Whoosh's index is kept in the state folder."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from indexes import an_entry, write_index

from kbgen.errors import KbgenError
from kbgen.search.catalogue import Catalogue, catalogue_of
from kbgen.search.language import language
from kbgen.search.synonyms import Synonyms, make_synonyms
from kbgen.search.whoosh import search

PRINTER = an_entry("printer.md", "Printer jams", ("", "The printer is working again with dry paper."))
MAIL = an_entry("mail.md", "Send a message", ("", "Open the outbox."))


@pytest.fixture
def notes() -> list[str]:
    """What a person was told."""
    return []


@pytest.fixture
def catalogue(tmp_path: Path, notes: list[str]) -> Catalogue:
    """The catalogue of a site of two articles."""
    return a_catalogue(write_index(tmp_path / "site", [PRINTER, MAIL]), notes)


def a_catalogue(site: Path, notes: list[str]) -> Catalogue:
    return catalogue_of(site, site.parent / ".kbgen", "en", synonyms=Synonyms(), tell=notes.append)


def articles(catalogue: Catalogue, query: str) -> list[str]:
    return [hit.article for hit in search(catalogue, query, code="en").hits]


def times(catalogue: Catalogue) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in catalogue.folder.rglob("*")}


def test_made_when_first_asked(catalogue: Catalogue, notes: list[str]) -> None:
    """The first question makes the catalogue, without a word; the next ones leave it as it is."""
    assert articles(catalogue, "printer") == ["printer.md"]
    before = times(catalogue)
    assert articles(catalogue, "paper") == ["printer.md"]
    assert times(catalogue) == before
    assert notes == []


def test_changed_article(catalogue: Catalogue, tmp_path: Path) -> None:
    """An article that was changed is found by its new words and not by its old ones; the others are not read."""
    articles(catalogue, "printer")
    write_index(tmp_path / "site", [PRINTER, an_entry("mail.md", "Send a letter", ("", "Open the letterbox."))])
    (kept,) = [f for f in catalogue.entries.iterdir() if '"printer.md"' in f.read_text()]
    data, stat = kept.read_text(), kept.stat()
    kept.write_text("x" * len(data.encode()))  # whoever reads this file stumbles
    os.utime(kept, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    catalogue.open()
    kept.write_text(data)
    assert articles(catalogue, "letterbox") == ["mail.md"]
    assert articles(catalogue, "outbox") == []


def test_removed_and_new_articles(catalogue: Catalogue, tmp_path: Path) -> None:
    """An article that has gone is not found, a new one is."""
    articles(catalogue, "printer")
    write_index(tmp_path / "site", [MAIL, an_entry("invoice.md", "Invoices", ("", "Money."))])
    assert articles(catalogue, "printer") == []
    assert articles(catalogue, "money") == ["invoice.md"]
    assert articles(catalogue, "outbox") == ["mail.md"]


def test_written_anew_with_the_same_text(catalogue: Catalogue) -> None:
    """Where a build writes the same entries again, the index stays, and the next question does not look again."""
    articles(catalogue, "printer")
    before = {path: stat for path, stat in times(catalogue).items() if path.suffix in {".seg", ".toc"}}
    for file in catalogue.entries.iterdir():
        os.utime(file, ns=(1, 1))
    articles(catalogue, "printer")
    assert {path: times(catalogue)[path] for path in before} == before
    stamps = json.loads((catalogue.folder / "note.json").read_text())["stamps"]
    assert {mtime for _, mtime, _ in stamps.values()} == {1}


def test_same_as_made_anew(catalogue: Catalogue, tmp_path: Path) -> None:
    """After many changes the hits are those of a catalogue that is made anew, in the same order."""
    words = "paper tray toner cable drum".split()
    for turn in range(12):
        changed = [an_entry(f"{n}.md", f"Printer {words[(n + turn) % 5]}", ("", words[n % 5])) for n in range(turn + 1)]
        write_index(tmp_path / "site", [PRINTER, *changed])
        catalogue.open()
    anew = catalogue_of(tmp_path / "site", tmp_path / "other", "en", synonyms=Synonyms(), tell=print)
    for word in words:
        assert articles(catalogue, word) == articles(anew, word)


def test_bounded(catalogue: Catalogue, tmp_path: Path) -> None:
    """However often articles change, there are few files, and what has gone does not stay on the disk for ever."""
    sizes = []
    for turn in range(40):
        write_index(tmp_path / "site", [PRINTER, an_entry("mail.md", f"Send {turn}", ("", f"word{turn} " * 50))])
        catalogue.open()
        sizes.append(sum(file.stat().st_size for file in catalogue.folder.iterdir()))
    assert len(list(catalogue.folder.iterdir())) <= 12
    assert max(sizes[20:]) <= 1.5 * max(sizes[:20])


@pytest.mark.parametrize("damage", ["emptied", "cut", "flipped", "removed"])
@pytest.mark.parametrize("kind", ["*.seg", "*.toc", "note.json"])
def test_damaged(catalogue: Catalogue, notes: list[str], damage: str, kind: str) -> None:
    """A catalogue of which a file is damaged or missing is made anew, and a person is told."""
    articles(catalogue, "printer")
    (file,) = catalogue.folder.glob(kind)
    data = file.read_bytes()
    middle = len(data) // 2
    if damage == "removed":
        file.unlink()
    else:
        flipped = data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]
        file.write_bytes({"emptied": b"", "cut": data[:middle], "flipped": flipped}[damage])
    assert articles(catalogue, "printer") == ["printer.md"]
    assert len(notes) == 1
    assert "made anew" in notes[0]
    assert articles(catalogue, "outbox") == ["mail.md"]
    assert len(notes) == 1


def test_another_version(catalogue: Catalogue, notes: list[str]) -> None:
    """A catalogue that other code has made is made anew, and a person is told."""
    articles(catalogue, "printer")
    file = catalogue.folder / "note.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "version": "1"}))
    assert articles(catalogue, "printer") == ["printer.md"]
    assert "is of another version" in notes[0]


def test_other_synonyms(catalogue: Catalogue, tmp_path: Path) -> None:
    """Where the site says that other words mean the same, the catalogue is made anew."""
    assert articles(catalogue, "copier") == []
    synonyms = make_synonyms([["printer", "copier"]], language("en"))
    other = catalogue_of(tmp_path / "site", tmp_path / ".kbgen", "en", synonyms=synonyms, tell=print)
    assert articles(other, "copier") == ["printer.md"]


def test_state_may_be_deleted(catalogue: Catalogue, tmp_path: Path, notes: list[str]) -> None:
    """The folder of caches may be deleted between two questions."""
    first = articles(catalogue, "printer")
    shutil.rmtree(tmp_path / ".kbgen")
    assert articles(catalogue, "printer") == first
    assert notes == []


def test_old_place(catalogue: Catalogue, tmp_path: Path) -> None:
    """What earlier versions of kbgen kept elsewhere is removed."""
    (tmp_path / ".kbgen/whoosh-0123456789abcdef").mkdir(parents=True)
    catalogue.open()
    assert [path.name for path in (tmp_path / ".kbgen").iterdir()] == ["whoosh"]


def test_state_that_cannot_be_written(catalogue: Catalogue, tmp_path: Path) -> None:
    """A place where no index can be written is an error for people."""
    (tmp_path / ".kbgen").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(KbgenError, match="cannot be written"):
        catalogue.open()


def test_damaged_entry(catalogue: Catalogue) -> None:
    """An entry that cannot be read is an error that names its file; once it is whole, the question is answered."""
    articles(catalogue, "printer")
    file = next(catalogue.entries.iterdir())
    data = file.read_bytes()
    file.write_bytes(b"{")
    with pytest.raises(KbgenError, match="cannot be read") as caught:
        catalogue.open()
    assert str(file) in str(caught.value)
    file.write_bytes(data)
    assert articles(catalogue, "printer") == ["printer.md"]


def ask(site: Path, start: object, answers: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    notes: list[str] = []
    try:
        answers.put((articles(a_catalogue(site, notes), "printer"), notes))  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
        answers.put(repr(error))  # type: ignore[attr-defined]


def test_processes_at_the_same_moment(tmp_path: Path) -> None:
    """Questions asked by several processes at once, of a new site and of a changed one, all find their answer."""
    context = multiprocessing.get_context("spawn")
    site = write_index(tmp_path / "site", [PRINTER, MAIL])
    for turn in range(2):
        write_index(site, [PRINTER, MAIL, *(an_entry(f"{turn}-{n}.md", f"Paper {n}", ("", "x")) for n in range(20))])
        start, answers = context.Barrier(4), context.Queue()
        processes = [context.Process(target=ask, args=(site, start, answers)) for _ in range(4)]
        for process in processes:
            process.start()
        assert [answers.get(timeout=60) for _ in processes] == [(["printer.md"], [])] * 4
        for process in processes:
            process.join()


def make_slowly(site: Path) -> None:
    catalogue = a_catalogue(site, [])
    catalogue.open()


@pytest.mark.parametrize("delay", [0.02, 0.1, 0.3])
def test_killed(tmp_path: Path, delay: float) -> None:
    """A process that is killed while it makes the catalogue leaves no half of one."""
    site = write_index(
        tmp_path / "site", [PRINTER, *(an_entry(f"{n}.md", f"P {n}", ("", "x y z")) for n in range(300))]
    )
    process = multiprocessing.get_context("spawn").Process(target=make_slowly, args=(site,))
    process.start()
    lock = tmp_path / ".kbgen/whoosh/en.lock"
    while process.is_alive() and not lock.exists():
        time.sleep(0.005)
    time.sleep(delay)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    catalogue = a_catalogue(site, [])
    assert articles(catalogue, "printer") == ["printer.md"]
    assert len(articles(catalogue, "299")) == 1
    assert sorted(path.suffix for path in catalogue.folder.iterdir()) == ["", ".json", ".seg", ".toc"]

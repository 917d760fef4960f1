"""The shelf: articles as they were read last time."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from centres import article, write_files

from kbgen.articles.article import Article
from kbgen.articles.links import internal_links
from kbgen.generator.inputs import digest_of, look
from kbgen.generator.shelf import FEW, FORMAT, NAME, Shelf
from kbgen.generator.workers import Workers

MANY = FEW + 2
"""Articles that are worth being kept."""


def _shelf(folder: Path, tools: str = "tools") -> Shelf:
    files = look({"content": folder / "content"}).folders["content"]
    return Shelf(folder=folder / "kept", tools=tools, files=files, workers=Workers(count=1))


def _read(shelf: Shelf, folder: Path) -> dict[str, Article]:
    shelf.load()
    paths = sorted((folder / "content").glob("*.md"))
    articles, problems = shelf.read([(path.name, path) for path in paths], str)
    assert problems == []
    return {article.path: article for article in articles}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of articles, all of them kept."""
    names = [f"{number:02}.md" for number in range(MANY)]
    write_files(tmp_path / "content", {name: article(f"Title {name}", "See [b](01.md).\n") for name in names})
    shelf = _shelf(tmp_path)
    _read(shelf, tmp_path)
    shelf.save()
    return tmp_path


def _spoil(folder: Path) -> None:
    """Let all kept articles have another title than their files say, which shows who was read again."""
    shelf = _shelf(folder)
    found = _read(shelf, folder)
    for kept in found.values():
        kept.meta.__dict__["title"] = "Kept"
    shelf.changed = True
    shelf.save()


def test_articles_are_kept(folder: Path) -> None:
    """An article whose file is as it was is not read again; one that changed is, and so is a new one."""
    _spoil(folder)
    write_files(folder / "content", {"03.md": article("Changed"), "new.md": article("New")})
    titles = {path: found.title for path, found in _read(_shelf(folder), folder).items()}
    assert len(titles) == MANY + 1
    assert {path: title for path, title in titles.items() if title != "Kept"} == {"03.md": "Changed", "new.md": "New"}


def test_the_order_of_the_files(folder: Path) -> None:
    """Articles come in the order in which they are asked for, kept or not."""
    write_files(folder / "content", {"03.md": article("Changed")})
    shelf = _shelf(folder)
    shelf.load()
    names = ["05.md", "03.md", "00.md", "04.md"]
    articles, _ = shelf.read([(name, folder / "content" / name) for name in names], str)
    assert [found.path for found in articles] == names


def test_articles_that_are_gone(folder: Path) -> None:
    """An article whose file is gone is forgotten."""
    (folder / "content/03.md").unlink()
    assert "03.md" not in _read(_shelf(folder), folder)


def test_a_body_is_read_when_it_is_asked_for(folder: Path) -> None:
    """A kept article takes its text from its file when somebody asks; it is all that the article was."""
    kept = _read(_shelf(folder), folder)["02.md"]
    assert "body" not in kept.__dict__
    assert kept.file == folder / "content/02.md"
    assert kept.body == "\nSee [b](01.md).\n"
    fresh = Article(path="02.md", meta=kept.meta, body=kept.body, body_line=4, file=kept.file)
    assert (kept, kept.prose, kept.revision) == (fresh, fresh.prose, fresh.revision)
    assert internal_links(kept) == internal_links(fresh)


def test_the_texts_themselves_are_not_kept(folder: Path) -> None:
    """What is kept of ten thousand articles holds none of their texts."""
    write_files(folder / "content", {f"x{n}.md": article("A", "zyzzyva\n") for n in range(MANY)})
    shelf = _shelf(folder)
    _read(shelf, folder)
    shelf.save()
    assert b"zyzzyva" not in (folder / "kept" / NAME).read_bytes()


def test_a_few_changes_are_not_written(folder: Path) -> None:
    """After a few changes it takes less time to read these articles again than to write all of them."""
    before = (folder / "kept" / NAME).stat().st_mtime_ns
    write_files(folder / "content", {"03.md": article("Changed")})
    shelf = _shelf(folder)
    _read(shelf, folder)
    shelf.save()
    assert (folder / "kept" / NAME).stat().st_mtime_ns == before


def test_problems_come_back_each_time(folder: Path) -> None:
    """A file that cannot be used is read, and complained of, by every build."""
    write_files(folder / "content", {"03.md": "no front matter", "04.md": "---\ntitle: [\n---\n"})
    for _ in range(2):
        shelf = _shelf(folder)
        shelf.load()
        paths = sorted((folder / "content").glob("*.md"))
        articles, problems = shelf.read([(path.name, path) for path in paths], str)
        assert len(articles) == MANY - 2
        assert [error.where.path for error in problems if error.where] == ["03.md", "04.md"]
        shelf.save()


def test_other_tools_make_other_articles(folder: Path) -> None:
    """What another version of kbgen kept is left, without a word, as that is no damage."""
    _spoil(folder)
    shelf = _shelf(folder, tools="other")
    assert _read(shelf, folder)["00.md"].title == "Title 00.md"
    assert not shelf.damaged


def test_an_empty_shelf(tmp_path: Path) -> None:
    """Before the first build there is nothing to load."""
    write_files(tmp_path / "content", {"a.md": article("A")})
    shelf = _shelf(tmp_path)
    assert list(_read(shelf, tmp_path)) == ["a.md"]
    assert not shelf.damaged


class _Evil:
    """Runs something when it is read."""

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """What pickle shall call."""
        return os.mkdir, ("ran",)


@pytest.mark.parametrize("damage", ["cut", "flipped", "garbage", "empty", "evil", "foreign class"])
def test_a_damaged_shelf(folder: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage costs time and is noted; what was not written by kbgen is not run, though its digest be right."""
    monkeypatch.chdir(folder)
    file = folder / "kept" / NAME
    data = file.read_bytes()
    evil = pickle.dumps(_Evil() if damage == "evil" else Workers)
    file.write_bytes(
        {
            "cut": data[:-10],
            "flipped": data[:-10] + bytes([data[-10] ^ 1]) + data[-9:],
            "garbage": b"garbage\n" * 10,
            "empty": b"",
            "evil": f"kbgen {FORMAT} tools {digest_of(evil)}\n".encode() + evil,
            "foreign class": f"kbgen {FORMAT} tools {digest_of(evil[:-5])}\n".encode() + evil[:-5],
        }[damage]
    )
    shelf = _shelf(folder)
    assert len(_read(shelf, folder)) == MANY
    assert not (folder / "ran").exists()
    assert shelf.damaged or damage in {"cut", "flipped"}
    shelf.save()
    assert len(_read(_shelf(folder), folder)) == MANY

"""`kbgen build` as a person types it, and what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from centres import TODAY, Centre, Done, article, kbgen, tree
from click.testing import CliRunner

from kbgen.cli import main

ARTICLES = {"g/a.md": article("A", kind="faq"), "b.md": article("B", "See [a](g/a.md).\n")}


@pytest.fixture
def folder(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A help centre with an article that has no steps, which is a warning; commands run there, in this process."""
    made = centre(ARTICLES)
    monkeypatch.chdir(made)
    return made


def _build(*options: str) -> Done:
    done = CliRunner().invoke(main, ["build", "--date", TODAY, *options])
    return Done(done.exit_code, done.stdout, done.stderr)


def _reword(folder: Path) -> None:
    (folder / "content/b.md").write_text(article("B", "Look at [a](g/a.md).\n"))


def test_what_a_build_says(folder: Path) -> None:
    """A build says what it did, what it kept and what took longest; warnings go to standard error."""
    done = _build()
    assert done.code == 0
    first, *rest = done.out.splitlines()
    assert re.fullmatch(r"Built 3 articles in \d+\.\d s: \d+ files written, 0 unchanged, 0 removed\.", first)
    assert re.fullmatch(r"  pages     \d+ made anew, 0 kept", rest[0])
    assert rest[1] == "  warnings  1"
    assert re.fullmatch(r"  size      \d+ kB", rest[2])
    assert re.fullmatch(r"  slowest   \d+ ms  content/\S+", rest[3])
    assert rest[-1] == "The site is in site/"
    assert "content/b.md" in done.err
    assert "no numbered steps" in done.err
    _reword(folder)
    done = _build()
    assert re.search(r"  pages     1 made anew, \d+ kept", done.out)
    assert "no numbered steps" in done.err


def test_a_build_with_nothing_to_do_says_little(folder: Path) -> None:
    """Where nothing has changed, two lines are enough, and the warnings are repeated."""
    first = _build()
    done = _build()
    assert re.fullmatch(
        r"Built 3 articles in \d+\.\d s: 0 files written, \d+ unchanged, 0 removed\.\nThe site is in site/\n", done.out
    )
    assert done.err == first.err
    assert (folder / "site").is_dir()


def test_json(folder: Path) -> None:
    """`--json` prints the same for programs, with the version of its schema."""
    data = json.loads(_build("--json").out)
    files = tree(folder / "site")
    assert {
        "schema_version": 1,
        "articles": 3,
        "built": data["pages"],
        "cached": 0,
        "files": {"written": len(files), "same": 0, "removed": 0},
        "notes": [],
        "bytes": sum(map(len, files.values())),
    }.items() <= data.items()
    assert isinstance(data["seconds"], float)
    assert all(item["path"].startswith("content/") and item["seconds"] >= 0 for item in data["slowest"])
    (warning,) = data["warnings"]
    assert "no numbered steps" in warning
    _reword(folder)
    data = json.loads(_build("--json").out)
    assert (data["built"], data["cached"]) == (1, data["pages"] - 1)
    assert 3 <= data["files"]["written"] < len(files)
    assert [item["path"] for item in data["slowest"]] == ["content/b.md"]
    data = json.loads(_build("--json").out)
    assert (data["built"], data["files"]["written"], data["slowest"]) == (0, 0, [])
    assert data["warnings"] == [warning]


@pytest.mark.parametrize("name", ["b.md", "content/b.md"])
def test_why(folder: Path, name: str) -> None:
    """`--why` names the reasons for which a page was made anew, or says that it was kept, and why it was last."""
    done = _build("--why", name)
    assert done.code == 0
    assert "content/b.md was made anew because of its being new." in done.out
    done = _build("--why", name)
    assert "content/b.md was kept, as nothing that it depends on has changed." in done.out
    assert "It was last made anew because of its being new." in done.out
    _reword(folder)
    assert "content/b.md was made anew because of its text." in _build("--why", name).out


@pytest.mark.usefixtures("folder")
def test_why_of_no_page() -> None:
    """A path that is no page is a slip of whoever typed it."""
    done = _build("--why", "content/none.md")
    assert done.code == 2
    assert "the site has no page made from 'content/none.md'" in done.err
    assert "--why" in done.err


def test_profile(folder: Path) -> None:
    """`--profile` names the extensions, templates and articles that took longest, with everything built anew."""
    _build()
    site = tree(folder / "site")
    done = _build("--profile")
    assert done.code == 0
    lines = done.out.splitlines()
    parts = {line: lines[number + 1] for number, line in enumerate(lines) if line.startswith("Slowest ")}
    assert list(parts) == ["Slowest Markdown extensions:", "Slowest templates:", "Slowest articles:"]
    extension, template, slowest = (re.sub(r"^ +[\d,]+ ms  ", "", line) for line in parts.values())
    assert re.match(r"markdown|pymdownx", extension)
    assert template.endswith(".html")
    assert slowest.startswith("content/")
    assert "everything built anew" in lines[-1]
    assert tree(folder / "site") == site


def test_strict(folder: Path) -> None:
    """`--strict` fails on a warning, also on one that an earlier build found, and leaves the site."""
    assert _build().code == 0
    site = tree(folder / "site")
    for _ in range(2):
        done = _build("--strict")
        assert done.code == 1
        assert "--strict lets these warnings fail the build" in done.err
        assert "no numbered steps" in done.err
    assert tree(folder / "site") == site
    (folder / "content/b.md").write_text(article("B", "1. Open [a](g/a.md).\n"))
    assert _build("--strict").code == 0


def test_a_fault(folder: Path) -> None:
    """A build that cannot be done ends with exit code 1 and says what is wrong, where, and what to do."""
    (folder / "content/b.md").write_text("no title\n")
    done = _build()
    assert (done.code, done.out) == (1, "")
    assert "content/b.md:1" in done.err
    assert "hint:" in done.err
    assert not (folder / "site").exists()


def test_another_folder(folder: Path) -> None:
    """`--site-dir` builds elsewhere, and `--no-cache` leaves nothing for the next build."""
    done = _build("--site-dir", "trial", "--no-cache")
    assert "The site is in trial/" in done.out
    assert (folder / "trial/b/index.html").is_file()
    assert not (folder / "site").exists()
    assert not list((folder / ".kbgen/build").glob("manifest-*"))


def test_a_note(folder: Path) -> None:
    """What makes builds slow is noted on standard error."""
    settings = folder / "mkdocs.yml"
    settings.write_text(f"{settings.read_text()}hooks: [hook.py]\n")
    (folder / "hook.py").write_text("")
    done = _build("--why", "b.md")
    assert (done.code, done.err.count("note: ")) == (0, 1)
    assert "note: every page is built anew each time, as 'hooks'" in done.err


def test_the_command_itself(folder: Path) -> None:
    """The same holds of the command in a process of its own."""
    done = kbgen("build", "--date", TODAY, cwd=folder)
    assert (done.code, done.out.splitlines()[-1]) == (0, "The site is in site/")


def test_another_process_knows_what_has_changed(centre: Centre) -> None:
    """What one command keeps, the next one understands: a new title makes its neighbours anew, and nobody else."""
    articles = {f"{section}/a.md": article(f"{section} one", kind="faq") for section in ("x", "y", "z")}
    folder = centre(articles)
    kbgen("build", "--date", TODAY, cwd=folder)
    (folder / "content/x/a.md").write_text(article("Another", kind="faq"))
    built = json.loads(kbgen("build", "--date", TODAY, "--json", cwd=folder).out)["why"]
    assert "content/x/a.md" in built
    assert "content/y/a.md" not in built

"""The preview as a process: it starts, builds what is saved, says what is wrong, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, article, write_files
from preview.serving import Preview, eventually, free_port, next_status, preview

from kbgen.errors import KbgenError
from kbgen.preview.server import Preview as PreviewRequest
from kbgen.preview.server import serve
from kbgen.service.settings import ServiceSettings

BROKEN = "---\ntitle: [\n---\n"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Kim", "-c", "user.email=kim@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A help centre in git, previewed."""
    folder = tmp_path_factory.mktemp("preview")
    write_files(folder, {"mkdocs.yml": CONFIG, ".gitignore": ".kbgen/\nserve.log\n"})
    write_files(folder / "content", {"index.md": INDEX, "kept.md": article("Kept", kind="faq")})
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Start")
    with preview(folder) as running:
        yield running


def test_every_way_to_save_is_seen(served: Preview) -> None:
    """In place, and as editors do: a file beside it that takes its name, or its old self renamed away first."""
    content = served.folder / "content"
    with served.built_anew():
        served.write("content/a.md", article("A", "Saved in place.\n", kind="faq"))
    eventually(lambda: served.shows("/a/", "Saved in place."))
    with served.built_anew():
        served.write("content/.a.md.tmp", article("A", "Saved as VS Code does.\n", kind="faq"))
        (content / ".a.md.tmp").replace(content / "a.md")
    eventually(lambda: served.shows("/a/", "Saved as VS Code does."))
    with served.built_anew():
        (content / "4913").touch()
        (content / "4913").unlink()
        (content / "a.md").rename(content / "a.md~")
        served.write("content/a.md", article("A", "Saved as vim does.\n", kind="faq"))
        (content / "a.md~").unlink()
    eventually(lambda: served.shows("/a/", "Saved as vim does."))
    with served.built_anew():
        served.write("content/a.md___jb_tmp___", article("A", "Saved as PyCharm does.\n", kind="faq"))
        (content / "a.md").rename(content / "a.md___jb_old___")
        (content / "a.md___jb_tmp___").rename(content / "a.md")
        (content / "a.md___jb_old___").unlink()
    eventually(lambda: served.shows("/a/", "Saved as PyCharm does."))


def test_articles_and_folders_come_move_and_go(served: Preview) -> None:
    """A page that is gone is the 404 page; where a redirect was left, it leads on."""
    with served.built_anew():
        served.write("content/old/index.md", "---\ntitle: Old\n---\n")
        served.write("content/old/b.md", article("B", kind="faq"))
    eventually(lambda: served.get("/old/b/").status == 200)
    with served.built_anew():
        (served.folder / "content/old").rename(served.folder / "content/new")
    eventually(lambda: (served.get("/old/b/").status, served.get("/new/b/").status) == (404, 200))
    with served.built_anew():
        served.write("content/new/c.md", article("C", kind="faq", redirect_from="[new/b.md]"))
        (served.folder / "content/new/b.md").unlink()
    eventually(lambda: served.shows("/new/b/", 'url=../c/"'))


def test_an_error_is_told_everywhere_until_it_is_mended(served: Preview) -> None:
    """In the terminal and to open pages, with file and line; the site stays as it was meanwhile."""
    served.settle()
    with served.stream() as stream:
        before = next_status(stream)
        served.write("content/broken.md", BROKEN)
        told = next_status(stream)
        served.write("content/broken.md", article("Mended", kind="faq"))
        mended = next_status(stream)
    assert "content/broken.md:3" in told["error"]
    assert "content/broken.md:3" in served.log
    assert (mended["error"], mended["build"]) == ("", told["build"] + 1)
    assert told["build"] == before["build"]
    assert served.get("/broken/").status == 200


def test_the_settings_are_read_again(served: Preview) -> None:
    """Broken ones are an error, not the end; a theme folder that they name for the first time is watched."""
    served.write("mkdocs.yml", CONFIG.replace("Acme help", "Renamed help"))
    eventually(lambda: served.shows("/kept/", "Renamed help"))
    served.write("mkdocs.yml", "site_name: [\n")
    eventually(lambda: "mkdocs.yml" in served.error)
    with served.built_anew():
        served.write("look/main.html", '{% extends "base.html" %}')
        served.write("mkdocs.yml", CONFIG.replace("name: kbgen\n", "name: kbgen\n  custom_dir: look\n"))
    assert served.error == ""
    served.write("look/partials/kbgen/footer.html", "<footer>Our own footer</footer>")
    eventually(lambda: served.shows("/kept/", "Our own footer"))
    with served.built_anew():
        served.write("mkdocs.yml", CONFIG)


def test_a_switch_of_branches_is_built_once_or_twice(served: Preview) -> None:
    """Not once for each of the hundred files that git changes, and what is served at last is right."""
    files = {f"many/a{number}.md": article(f"Number {number}", kind="faq") for number in range(50)}
    git(served.folder, "stash", "-u")
    git(served.folder, "switch", "-qc", "many")
    write_files(served.folder / "content", {**files, "kept.md": article("Of the branch", kind="faq")})
    git(served.folder, "add", ".")
    git(served.folder, "commit", "-qm", "Many")
    eventually(lambda: served.get("/many/a49/").status == 200)
    served.settle()
    (served.folder / "content/settled.md").unlink()
    before = served.build
    git(served.folder, "switch", "-q", "main")
    eventually(lambda: served.get("/many/a49/").status == 404)
    git(served.folder, "switch", "-q", "many")
    eventually(lambda: served.get("/many/a49/").status == 200)
    eventually(lambda: served.shows("/kept/", "Of the branch"))
    assert served.build - before <= 5  # one of them for the article that went
    assert served.error == ""


def test_what_is_no_source_builds_nothing(served: Preview) -> None:
    """Notes, votes and swap files come and go; the next save is one build, not many."""
    served.settle()
    before = served.build
    for path in ("votes.sqlite", "notes.log", ".idea/x.md", "content/.kept.md.swp", "site/index.html"):
        served.write(path, "x")
    with served.built_anew():
        served.write("content/kept.md", article("Kept", "Saved.\n", kind="faq"))
    assert served.build == before + 1


def test_streams_of_closed_tabs_are_let_go(served: Preview) -> None:
    """Any number of tabs hear of a build; when they are gone, nothing of them is left."""
    with ExitStack() as tabs:
        streams = [tabs.enter_context(served.stream()) for _ in range(20)]
        first = max(next_status(stream)["build"] for stream in streams)
        served.write("content/kept.md", article("Kept", "Saved for many.\n", kind="faq"))
        for stream in streams:
            next_status(stream, lambda status: status["build"] > first)
        assert served.listening == 20
    eventually(lambda: served.listening == 0)


def test_a_first_build_that_fails_is_no_end(tmp_path: Path) -> None:
    """The page says the error and comes alive; Ctrl+C then ends all quietly within a second, though tabs are open.

    After a new start builds are counted on, so that a tab that was open meanwhile sees that it is old; `--open` opens
    the browser.
    """
    write_files(tmp_path, {"mkdocs.yml": "site_name: [\n", "content/index.md": INDEX})
    with preview(tmp_path) as running:
        answer = running.get("/any/")
        assert (answer.status, "mkdocs.yml:2" in answer.text, "live.js" in answer.text) == (503, True, True)
        assert "mkdocs.yml:2" in running.log
        assert f"Serving on {running.url}/" in running.log
        with running.built_anew():
            running.write("mkdocs.yml", CONFIG)
        assert running.get("/").status == 200
        with running.stream() as stream:
            next_status(stream)
            log, started = running.log, time.monotonic()
            os.kill(running.process.pid, signal.SIGINT)
            assert running.process.wait(5) in {0, 130}
        assert time.monotonic() - started < 1
        assert running.log == log
    browser = f"{sys.executable} -c \"import sys; print('opened', sys.argv[1])\" %s"
    with preview(tmp_path, "--open", env={"BROWSER": browser}) as running:
        assert running.build == 2
        eventually(lambda: f"opened {running.url}/" in running.log)


def test_without_settings_or_address_it_ends(tmp_path: Path) -> None:
    """There is nothing to mend in an article: it says what to do."""
    service = ServiceSettings(port=free_port())
    of = PreviewRequest(
        config_file=tmp_path / "mkdocs.yml", service=service, today=None, built=lambda _: None, failed=lambda _: None
    )
    with pytest.raises(KbgenError, match=r"there is no mkdocs\.yml"):
        serve(of)
    write_files(tmp_path, {"mkdocs.yml": CONFIG})
    with socket.socket() as taken:
        taken.bind((service.host, service.port))
        taken.listen()
        with pytest.raises(KbgenError, match=f"cannot listen on .* port {service.port}"):
            serve(of)

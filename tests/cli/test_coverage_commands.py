"""From found topics to answer phrases and back to search, by the commands a person types."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, Done, article, write_files
from click.testing import CliRunner
from indexes import add_index, an_answer

from kbgen.cli import main

QUESTIONS = """\
The confirmation mail does not arrive
Confirmation mail did not arrive
The confirmation mail never arrived
Where is the confirmation mail?
No confirmation mail in my inbox
My inbox has no confirmation mail
Confirmation mail is not in my inbox
Can you send the confirmation mail again?
Please send the confirmation mail again
Send the confirmation mail again""".splitlines()
TITLE = "Confirm your address"


def kbgen(*arguments: str | Path, cwd: Path) -> Done:
    """Run a command in this process, which need not load the model again."""
    done = CliRunner().invoke(main, [*map(str, arguments), "-f", str(cwd / "mkdocs.yml")])
    return Done(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A help centre with one topic, which an article answers, and its search index."""
    folder = tmp_path_factory.mktemp("coverage")
    head = article(TITLE, "Look.\n", kind="faq  # short", topics="[t-1]").replace("\n", "\r\n")
    lines = [
        json.dumps({"id": str(n), "text": text, "requester": f"{n}@example.com", "created": f"2026-11-{n + 1:02}"})
        for n, text in enumerate(QUESTIONS)
    ]
    write_files(folder, {"mkdocs.yml": CONFIG, "content/index.md": INDEX, "tickets.jsonl": "\n".join(lines)})
    write_files(folder, {"content/account/mail.md": head})
    add_index(folder / "site", [an_answer("account/mail.md", TITLE), an_answer("x.md", "Add a video")])
    done = kbgen("topics", "import", folder / "tickets.jsonl", cwd=folder)
    assert "1 topics found" in done.out, done.err
    (topic,) = json.loads((folder / "topics.lock").read_text())["topics"]
    write_files(folder, {"content/account/mail.md": head.replace("t-1", topic["id"])})
    return folder


@pytest.fixture
def folder(imported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(imported, tmp_path / "copy")


def test_phrases_are_proposed_and_nothing_is_written(folder: Path) -> None:
    """The list names the article and each phrase with its tickets, and says how to add them."""
    before = (folder / "content/account/mail.md").read_bytes()
    done = kbgen("topics", "phrases", cwd=folder)
    assert done.code == 0, done.err
    assert f"content/account/mail.md  {TITLE}" in done.out
    assert "confirmation mail" in done.out
    assert "kbgen topics phrases --write" in done.out
    assert (folder / "content/account/mail.md").read_bytes() == before


def test_phrases_are_added_for_a_person_to_review(folder: Path) -> None:
    """With --write the article has the phrases, every other byte is as it was, and a second run adds nothing."""
    mail = folder / "content/account/mail.md"
    before = mail.read_bytes().decode()
    (proposal,) = json.loads(kbgen("topics", "phrases", "--json", cwd=folder).out)["articles"]
    done = kbgen("topics", "phrases", "--write", cwd=folder)
    assert (done.code, "Review them: git diff" in done.out) == (0, True)
    after = mail.read_bytes().decode()
    added = [line for line in after.split("\r\n") if line not in before.split("\r\n")]
    assert added[0] == "answers:"
    assert [line.removeprefix("  - ") for line in added[1:]] == [p["text"] for p in proposal["phrases"]]
    assert after.replace("\r\n".join([*added, ""]), "") == before
    again = kbgen("topics", "phrases", "--write", cwd=folder)
    assert "Nothing to propose" in again.out
    assert mail.read_bytes().decode() == after


def test_a_merge_conflict_is_left_to_people(folder: Path) -> None:
    """A file in conflict is named with its line and left alone; the command fails."""
    mail = folder / "content/account/mail.md"
    mail.write_bytes(mail.read_bytes() + b"\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n")
    before = mail.read_bytes()
    done = kbgen("topics", "phrases", "--write", cwd=folder)
    assert (done.code, "merge conflict" in done.err, "left alone" in done.out) == (1, True, True)
    assert mail.read_bytes() == before


def test_the_replay_says_what_search_finds(folder: Path) -> None:
    """Questions by topic with share and interval; in JSON with the schema's version."""
    done = kbgen("topics", "coverage", "--replay", "--date", "2026-11-23", cwd=folder)
    assert done.code == 0, done.err
    assert "10 questions since 2026-08-26" in done.out
    assert "account/mail.md" in done.out
    data = json.loads(kbgen("topics", "coverage", "--replay", "--since", "2026-11-06", "--json", cwd=folder).out)
    assert data["schema_version"] == 1
    assert (data["replay"]["since"], data["replay"]["all"]["n"]) == ("2026-11-06", 5)
    none = kbgen("topics", "coverage", "--replay", "--since", "2026-12-01", cwd=folder)
    assert "No ticket was asked since 2026-12-01" in none.out


def test_added_phrases_are_found(folder: Path) -> None:
    """Phrases in the index raise the share of questions that search answers."""

    def answered() -> int:
        command = ("topics", "coverage", "--replay", "--since", "2026-11-01", "--json")
        return int(json.loads(kbgen(*command, cwd=folder).out)["replay"]["all"]["answered"])

    before = answered()
    (proposal,) = json.loads(kbgen("topics", "phrases", "--json", cwd=folder).out)["articles"]
    answers = tuple(phrase["text"] for phrase in proposal["phrases"])
    mail = an_answer("account/mail.md", TITLE, answers=answers)
    add_index(folder / "site", [mail, an_answer("x.md", "Add a video")])
    assert answered() > before


def test_coverage_in_short(folder: Path) -> None:
    """Without --replay: topics and tickets by status; customers' phrases make an article findable."""

    def topics(status: str) -> int:
        told = kbgen("topics", "coverage", "--json", cwd=folder).out
        return int(json.loads(told)["coverage"][status]["topics"])

    assert (topics("findable"), topics("answered")) == (1, 0)
    assert kbgen("topics", "phrases", "--write", cwd=folder).code == 0
    assert (topics("findable"), topics("answered")) == (0, 1)
    assert "answered" in kbgen("topics", "coverage", cwd=folder).out


@pytest.mark.parametrize(
    "command", [("phrases",), ("phrases", "--write"), ("coverage",), ("coverage", "--replay")], ids=" ".join
)
def test_before_an_import_the_commands_say_what_to_do(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Without topics the message names the command that finds them."""
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "content/index.md": INDEX})
    add_index(tmp_path / "site", [an_answer("x.md", "Add a video")])
    done = kbgen("topics", *command, cwd=tmp_path)
    assert (done.code, "kbgen topics import" in done.err) == (1, True)


def test_the_replay_needs_a_built_site(folder: Path) -> None:
    """Without an index the message names the build; of several languages, one has to be chosen."""
    add_index(folder / "site", [an_answer("a.md", "Passwort ändern", lang="de")], lang="de")
    several = kbgen("topics", "coverage", "--replay", cwd=folder)
    assert (several.code, "--lang: de, en" in several.err) == (1, True)
    assert kbgen("topics", "coverage", "--replay", "--lang", "en", cwd=folder).code == 0
    shutil.rmtree(folder / "site")
    done = kbgen("topics", "coverage", "--replay", cwd=folder)
    assert (done.code, "kbgen build" in done.err) == (1, True)


@pytest.mark.parametrize("options", [("--days", "3"), ("--replay", "--days", "3", "--since", "2026-01-01")])
def test_options_that_do_not_go_together(folder: Path, options: tuple[str, ...]) -> None:
    """Wrong usage is exit 2."""
    assert kbgen("topics", "coverage", *options, cwd=folder).code == 2

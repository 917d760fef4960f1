"""What people decide about topics, their export and the effect of an article, by the commands a person types."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, Done, article, write_files
from click.testing import CliRunner

from kbgen.cli import main

SUBJECTS = {
    "mail": (
        "The confirmation mail does not arrive",
        "Confirmation mail did not arrive",
        "The confirmation mail never arrived",
        "Where is the confirmation mail?",
        "No confirmation mail in my inbox",
        "Please send the confirmation mail again",
    ),
    "invoice": (
        "Where do I find the invoice of last month?",
        "How do I download an invoice?",
        "The invoice shows the wrong tax number",
        "Can the invoice show our tax number?",
        "An invoice with the tax number, please",
        "I need the invoice of last month",
        "Please send the invoice of March",
    ),
}
LIVE = date(2026, 6, 1)


def kbgen(*arguments: str | Path, cwd: Path) -> Done:
    """Run a command in this process, which need not load the model again."""
    done = CliRunner().invoke(main, [*map(str, arguments), "-f", str(cwd / "mkdocs.yml")])
    return Done(done.exit_code, done.stdout, done.stderr)


def tickets() -> list[Mapping[str, str]]:
    """Six a week on each subject for ten weeks, and on the mail one a week from then on."""
    rows = []
    for week in range(-10, 10):
        for subject, texts in SUBJECTS.items():
            asked = texts if week < 0 or subject == "invoice" else texts[:1]
            for n, text in enumerate(asked):
                day = (LIVE + timedelta(7 * week + n % 7)).isoformat()
                rows.append(
                    {"id": f"{subject}-{week + 10}{n}", "text": text, "requester": f"{n}{week}", "created": day}
                )
    return rows


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A help centre with two topics; the article on one of them was committed on a day.

    Each sentence comes again and again, so that it is a topic of its own before a person merges them by subject.
    """
    folder = tmp_path_factory.mktemp("decisions")
    files = {"mkdocs.yml": CONFIG, "content/index.md": INDEX, "content/account/other.md": article("Add a colleague")}
    files["content/account/mail.md"] = article("The confirmation mail does not arrive", "Look into the spam folder.\n")
    files["tickets.jsonl"] = "\n".join(map(json.dumps, tickets()))
    write_files(folder, files)
    git = {**os.environ, **{f"GIT_{who}_DATE": f"{LIVE}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}}
    person = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    for command in (["init", "-q"], ["add", "content"], [*person, "commit", "-qm", "articles"]):
        subprocess.run(["git", "-C", folder, *command], check=True, env=git, stdin=subprocess.DEVNULL)
    done = kbgen("topics", "import", folder / "tickets.jsonl", cwd=folder)
    assert "topics found" in done.out, done.out + done.err
    labels = [(t["label"], t["id"]) for t in json.loads(kbgen("topics", "list", "--json", cwd=folder).out)["topics"]]
    for word in SUBJECTS:
        first, *others = [id_ for label, id_ in labels if word in label.lower()]
        assert kbgen("topics", "merge", *others, "--into", first, cwd=folder).code == 0
    return folder


@pytest.fixture
def folder(imported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(imported, tmp_path / "copy")


def ids(folder: Path) -> dict[str, str]:
    """The id of the topic on each subject."""
    listed = json.loads(kbgen("topics", "list", "--json", cwd=folder).out)["topics"]
    return {"mail" if "mail" in " ".join(topic["phrases"]) else "invoice": topic["id"] for topic in listed}


def status(folder: Path, id_: str) -> str:
    return str(json.loads(kbgen("topics", "show", id_, "--json", cwd=folder).out)["topic"]["status"])


def test_dismissed_with_a_reason_and_back(folder: Path) -> None:
    """A topic is set aside only with a reason, which the topic shows; a later import leaves it so."""
    invoice = ids(folder)["invoice"]
    assert kbgen("topics", "dismiss", invoice, cwd=folder).code == 2
    assert kbgen("topics", "dismiss", invoice, "--because", "one account only", cwd=folder).code == 0
    assert "0 new, 0 changed" in kbgen("topics", "import", folder / "tickets.jsonl", "--refit", cwd=folder).out
    shown = kbgen("topics", "show", invoice, cwd=folder).out
    assert "dismissed: one account only" in shown
    assert kbgen("topics", "dismiss", invoice, "--undo", cwd=folder).code == 0
    assert status(folder, invoice) != "dismissed"


def test_answered_by_a_person(folder: Path) -> None:
    """An article that a person names answers the topic; one that is not there is refused with the near one."""
    invoice = ids(folder)["invoice"]
    refused = kbgen("topics", "answer", invoice, "account/othr.md", cwd=folder)
    assert (refused.code, "did you mean 'account/other.md'" in refused.err) == (1, True)
    assert kbgen("topics", "answer", invoice, "content/account/other.md", cwd=folder).code == 0
    assert status(folder, invoice) in {"answered", "findable"}
    assert kbgen("topics", "answer", invoice, "--undo", cwd=folder).code == 0
    assert status(folder, invoice) == "unanswered"


def test_renamed_merged_and_split(folder: Path) -> None:
    """A label of a person stands in the list; merged topics are one; a split makes a topic of what holds a phrase."""
    known = ids(folder)
    kbgen("topics", "rename", known["invoice"], "Invoices", cwd=folder)
    assert "Invoices" in kbgen("topics", "list", cwd=folder).out
    split = kbgen("topics", "split", known["invoice"], "--by", "tax number", cwd=folder)
    assert split.code == 0, split.err
    assert "has 40 tickets" in split.out
    listed = {t["id"]: t for t in json.loads(kbgen("topics", "list", "--json", cwd=folder).out)["topics"]}
    (new,) = set(listed) - set(known.values())
    merged = kbgen("topics", "merge", new, known["mail"], "--into", known["invoice"], cwd=folder)
    assert merged.code == 0, merged.err
    (only,) = json.loads(kbgen("topics", "list", "--json", cwd=folder).out)["topics"]
    assert only["id"] == known["invoice"]
    assert {new, known["mail"]} <= set(only["former_ids"])
    assert "Invoices" in kbgen("topics", "show", known["mail"], cwd=folder).out
    assert kbgen("topics", "split", known["mail"], "--by", "whale", cwd=folder).code == 1


def test_export_names_topic_and_tier_of_every_ticket(folder: Path) -> None:
    """One line a ticket and no text; into a file or to standard output."""
    out = kbgen("topics", "export", cwd=folder).out
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == len(tickets())
    assert {tuple(row) for row in rows} == {("id", "topic", "tier")}
    assert {row["tier"] for row in rows} <= {"core", "fringe", "one-off"}
    file = folder / "out.jsonl"
    assert "tickets written to" in kbgen("topics", "export", "--output", file, cwd=folder).out
    assert file.read_text() == out


def test_effect_of_a_committed_article(folder: Path) -> None:
    """The day is that of the first commit; tickets that became fewer than the others are said to be fewer."""
    known = ids(folder)
    (found,) = json.loads(kbgen("topics", "effect", known["mail"], "--json", cwd=folder).out)["effects"]
    assert (found["day"], found["verdict"], found["article"]) == (LIVE.isoformat(), "fewer", "account/mail.md")
    assert found["adjusted"]["interval"][1] < 1
    told = kbgen("topics", "effect", cwd=folder).out
    assert known["mail"] in told
    assert "95 % intervals" in told
    other = kbgen("topics", "effect", known["invoice"], cwd=folder)
    assert (other.code, "--since" in other.err) == (1, True)
    early = kbgen("topics", "effect", known["mail"], "--since", "2026-08-01", cwd=folder).out
    assert "cannot tell yet" in early
    assert kbgen("topics", "effect", "--since", "2026-08-01", cwd=folder).code == 2


@pytest.mark.parametrize("columns", [80, 120])
def test_list_fits_the_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """No line of the list is wider than the terminal, in any order."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for sort in ("tickets", "severity", "trend"):
        out = kbgen("topics", "list", "--sort", sort, cwd=folder).out
        assert max(map(len, out.splitlines())) <= columns, out


@pytest.mark.parametrize(
    "command",
    [
        ("export",),
        ("effect",),
        ("merge", "t-1", "--into", "t-2"),
        ("split", "t-1", "--by", "x"),
        ("rename", "t-1", "x"),
    ],
    ids=" ".join,
)
def test_before_an_import_the_commands_say_what_to_do(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Without topics the message names a command that helps."""
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "content/index.md": INDEX})
    done = kbgen("topics", *command, cwd=tmp_path)
    assert (done.code, "kbgen topics" in done.err) == (1, True)

"""Facts about an import as a whole: reading, finding and drafting through the commands."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbgen.cli import main
from kbgen.tickets.store import TicketStore
from kbgen.tickets.ticket import Ticket

Tickets = tuple[Ticket, ...]
Centre = Callable[..., Path]


@pytest.fixture
def new_centre(tmp_path: Path, embedding: object) -> Centre:
    """Makes an empty help centre; vectors that other tests computed are there already."""

    def make(name: str = "centre") -> Path:
        root = tmp_path / name
        (root / "content").mkdir(parents=True)
        (root / ".kbgen").mkdir()
        (root / "content" / "index.md").write_text("---\ntitle: Home\n---\n", encoding="utf-8")
        (root / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
        if embedding._file.exists():
            shutil.copy(embedding._file, root / ".kbgen" / "vectors.sqlite")
        return root

    return make


def topics(root: Path, *arguments: str | Path) -> Result:
    command, *rest = map(str, arguments)
    return CliRunner().invoke(main, ["topics", command, "-f", str(root / "mkdocs.yml"), *rest])


def export(file: Path, tickets: Iterable[Ticket]) -> Path:
    """A JSONL export of the tickets, as a help desk would write it."""
    lines = [
        {
            "id": t.id,
            "created": t.created,
            "subject": t.subject,
            "text": t.text,
            "replies": t.replies,
            "requester": f"{t.id[:2]}{t.id[-2:]}@shop.example",
        }
        for t in tickets
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def committed(root: Path) -> dict[str, bytes]:
    """What git would see: the lock file and the drafts."""
    files = [root / "topics.lock", *(root / "content" / "drafts").glob("*.md")]
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def ids(root: Path) -> list[str]:
    return [topic["id"] for topic in json.loads((root / "topics.lock").read_text(encoding="utf-8"))["topics"]]


def test_same_export_gives_the_same_bytes(
    new_centre: Centre, tmp_path: Path, recurring: Tickets, one_offs: Tickets
) -> None:
    """The same tickets, in any order, give the same lock file and the same drafts, byte for byte."""
    tickets = [*recurring, *one_offs]
    orders = {"one": tickets, "two": tickets, "shuffled": random.Random(5).sample(tickets, len(tickets))}  # noqa: S311
    results = []
    for name, rows in orders.items():
        root = new_centre(name)
        assert topics(root, "import", export(tmp_path / f"{name}.jsonl", rows)).exit_code == 0
        assert topics(root, "draft").exit_code == 0
        results.append((committed(root), (root / ".kbgen" / "topics.json").read_bytes()))
    assert len(results[0][0]) > 6
    assert results[0] == results[1] == results[2]


def test_import_again_changes_nothing(
    new_centre: Centre, tmp_path: Path, recurring: Tickets, one_offs: Tickets
) -> None:
    """The same file imported twice leaves every file as it was, and the command says that nothing is new."""
    root, file = new_centre(), export(tmp_path / "tickets.jsonl", (*recurring, *one_offs))
    first = topics(root, "import", file)
    assert "88 new, 0 changed, 0 known" in first.output
    topics(root, "draft")
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    second = topics(root, "import", file)
    assert "0 new, 0 changed, 88 known" in second.output
    assert "0 drafts written" in topics(root, "draft").output
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_ids_and_edited_drafts_survive_new_tickets(
    new_centre: Centre, tmp_path: Path, recurring: Tickets, one_offs: Tickets, later: Tickets
) -> None:
    """After a third more tickets topics keep their ids, and a draft that a person edited is left alone and named."""
    root = new_centre()
    topics(root, "import", export(tmp_path / "first.jsonl", (*recurring, *one_offs)))
    topics(root, "draft")
    before = ids(root)
    edited = root / "content" / "drafts" / f"{before[0]}.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "My own words.\n", encoding="utf-8")
    kept = edited.read_bytes()
    topics(root, "import", export(tmp_path / "more.jsonl", later))
    assert set(before) <= set(ids(root))
    done = topics(root, "draft")
    assert edited.read_bytes() == kept
    assert f"kept   content/drafts/{before[0]}.md" in done.output
    assert "edited by a person" in done.output


def test_ids_survive_the_loss_of_caches(
    new_centre: Centre, tmp_path: Path, recurring: Tickets, one_offs: Tickets, later: Tickets
) -> None:
    """.kbgen/ is safe to delete: after importing again, topics have the ids that topics.lock holds."""
    root = new_centre()
    topics(root, "import", export(tmp_path / "first.jsonl", (*recurring, *one_offs)))
    everything = export(tmp_path / "all.jsonl", (*recurring, *one_offs, *later))
    topics(root, "import", everything, "--refit")
    before = ids(root)
    shutil.rmtree(root / ".kbgen")
    topics(root, "import", everything)
    assert ids(root) == before


def test_broken_rows_are_counted_and_listed(new_centre: Centre, tmp_path: Path) -> None:
    """Rows that cannot be read are skipped, counted and listed by line; the others are stored."""
    root, file = new_centre(), tmp_path / "tickets.csv"
    file.write_text("id,message\n1,How?\n2\n3,\n" + "x\n" * 12, encoding="utf-8")
    done = topics(root, "import", file)
    assert done.exit_code == 0
    assert "Read 1 tickets from tickets.csv: 1 new, 0 changed, 0 known." in done.output
    assert "Skipped 14 rows:\n  line 3: 1 cells instead of 2\n  line 4: the message is empty\n" in done.output
    assert "… and 4 more" in done.output
    assert [ticket.id for ticket in TicketStore(root / ".kbgen").tickets()] == ["1"]


def test_wrong_header_stops_the_import(new_centre: Centre, tmp_path: Path) -> None:
    """A CSV whose columns cannot be guessed ends with code 1, lists them, and stores nothing; --map mends it."""
    root, file = new_centre(), tmp_path / "tickets.csv"
    file.write_text("Case,Details\n1,How?\n", encoding="utf-8")
    done = topics(root, "import", file)
    assert done.exit_code == 1
    assert "the columns are: Case, Details" in done.stderr
    assert TicketStore(root / ".kbgen").tickets() == ()
    assert topics(root, "import", file, "--map", "text=Details", "--map", "id=Case").exit_code == 0
    assert [ticket.id for ticket in TicketStore(root / ".kbgen").tickets()] == ["1"]


def test_unknown_field_in_map_is_wrong_usage(new_centre: Centre, tmp_path: Path) -> None:
    """A field that does not exist ends with code 2 and lists the fields."""
    (tmp_path / "a.csv").write_text("message\nx\n", encoding="utf-8")
    done = topics(new_centre(), "import", tmp_path / "a.csv", "--map", "body=message")
    assert done.exit_code == 2
    assert "text, replies, requester" in done.stderr


def test_removed_personal_data_is_counted(new_centre: Centre, tmp_path: Path) -> None:
    """The command says how much of each kind was removed, and shows none of it."""
    file = tmp_path / "a.csv"
    file.write_text("id,message\n1,ask a@b.example or c@d.example from 203.0.113.7\n", encoding="utf-8")
    done = topics(new_centre(), "import", file)
    assert "Personal data removed: email 2, ip 1." in done.output
    assert "b.example" not in done.output


def test_export_with_an_id_twice_changes_nothing_the_second_time(new_centre: Centre, tmp_path: Path) -> None:
    """An export with several rows of one ticket can be imported again without a change."""
    root, file = new_centre(), tmp_path / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("id", "message"), ("1", "How?"), ("1", "Anybody there?")])
    topics(root, "import", file)
    assert "0 new, 0 changed" in topics(root, "import", file).output


def test_topics_before_an_import_are_an_error(new_centre: Centre) -> None:
    """Commands that need topics say how to get them."""
    for command in ("list", "draft"):
        done = topics(new_centre(command), command)
        assert done.exit_code == 1
        assert "kbgen topics import FILE" in done.stderr


def test_accept_closes_the_circle(new_centre: Centre, tmp_path: Path, recurring: Tickets, one_offs: Tickets) -> None:
    """A finished draft, accepted, waits for review, and answers its topic once a person publishes it."""
    root = new_centre()
    (root / "content" / "how").mkdir()
    topics(root, "import", export(tmp_path / "tickets.jsonl", (*recurring, *one_offs)))
    topics(root, "draft")
    draft = min((root / "content" / "drafts").glob("*.md"))
    assert topics(root, "accept", draft, "--section", "how").exit_code == 1
    draft.write_text(draft.read_text(encoding="utf-8").replace("- [ ]", "- [x]"), encoding="utf-8")
    done = topics(root, "accept", draft, "--section", "how", "--name", "answer")
    assert done.exit_code == 0, done.output
    article = root / "content" / "how" / "answer.md"
    topics(root, "draft")
    assert not draft.exists()
    assert json.loads(topics(root, "list", "--json", "--status", "answered").output)["topics"] == []
    article.write_text(article.read_text(encoding="utf-8").replace("state: draft", "state: published"))
    listed = json.loads(topics(root, "list", "--json", "--status", "answered").output)["topics"]
    assert [(topic["id"], topic["article"]) for topic in listed] == [(draft.stem, "how/answer.md")]
    topics(root, "draft")
    assert not draft.exists()
    assert TicketStore(root / ".kbgen").tickets()

"""Facts about the removal: what an import says of what it took out, and when it stops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kbgen.cli import main
from kbgen.errors import KbgenError
from kbgen.tickets.door import Door
from kbgen.tickets.removal import Removal
from kbgen.tickets.ticket import RawTicket

DOUBTFUL = "I saw it with Zorblat Quux yesterday."


def removal_of(*texts: str) -> Removal:
    removal = Removal()
    for number, text in enumerate(texts):
        removal.add(Door(b"k").admit(RawTicket(id=str(number), subject="", text=text)))
    return removal


def test_counts_are_added_up() -> None:
    """Removed kinds, noise and doubts of all tickets are in the report, and not a word of their text."""
    report = removal_of("Write to a@b.example", DOUBTFUL, "I am out of office until Monday.").as_json()
    assert report == {
        "tickets": 2,
        "removed": {"email": 1},
        "left_out": {"auto-reply": 1},
        "doubts": {"capitals": 1},
        "doubtful_tickets": [{"id": "1", "kinds": ["capitals"]}],
    }


def test_strict_stops_on_doubt_and_says_where() -> None:
    """With `strict` a doubt is an error that names the ticket and the kind of doubt, not the text."""
    with pytest.raises(KbgenError) as caught:
        list(removal_of("How?", DOUBTFUL).settled([], strict=True))
    assert "ticket 1: two capitalised words" in caught.value.problem
    assert "Zorblat" not in str(caught.value)


def test_without_strict_doubts_are_told() -> None:
    """Without `strict` the import goes on, and says how many doubts there are."""
    removal = removal_of(DOUBTFUL)
    assert list(removal.settled([], strict=False)) == []
    assert any("capitals 1" in line for line in removal.told())


def test_strict_import_stores_nothing(tmp_path: Path) -> None:
    """A strict import that fails leaves no ticket in the store, and still writes its report."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("---\ntitle: Home\n---\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    export = tmp_path / "t.jsonl"
    export.write_text(json.dumps({"id": "1", "text": DOUBTFUL}), encoding="utf-8")
    report = tmp_path / "report.json"
    done = CliRunner().invoke(
        main,
        [
            "topics",
            "import",
            str(export),
            "-f",
            str(tmp_path / "mkdocs.yml"),
            "--strict",
            "--privacy-report",
            str(report),
        ],
    )
    assert done.exit_code == 1
    assert "ticket 1" in done.output
    assert b"Zorblat" not in (tmp_path / ".kbgen" / "tickets.sqlite").read_bytes()
    assert json.loads(report.read_text())["doubts"] == {"capitals": 1}

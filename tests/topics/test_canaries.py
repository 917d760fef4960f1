"""Facts about privacy from end to end: personal data planted in tickets reaches no file that kbgen writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kbgen.cli import main
from kbgen.tickets.ticket import Ticket

CANARIES = {
    "ottoline.quill@canary.example": ["ottoline.quill", "canary.example"],
    "+49 30 90182177": ["90182177"],
    "(020) 7946 0177": ["7946"],
    "+1 415-555-2677": ["2677"],
    "0171/5550177": ["5550177"],
    "4111 1111 1111 1111": ["4111", "1111"],
    "5555555555554444": ["5555555555554444"],
    "DE89 3704 0044 0532 0130 00": ["3704", "0532"],
    "GB29NWBK60161331926819": ["NWBK"],
    "203.0.113.177": ["203.0.113"],
    "2001:0db8:85a3:0000:0000:8a2e:0370:7334": ["85a3", "8a2e"],
    "sk_live_canary4eC39HqLyjWDarjtT1": ["canary4eC39"],
    "ghp_canary42f292c6912E7710c838347Ae17": ["canary42f"],
    "password: canaryhunter2": ["canaryhunter2"],
    "https://shop.canary.example/u/canarylink": ["canarylink", "shop.canary"],
    "order number: 77123": ["77123"],
    "INV-20267712": ["20267712"],
    "Kundennummer 77124": ["77124"],
    "17 Canaryfield Street, Leeds": ["Canaryfield"],
    "Kanarienstraße 17, 12345 Berlin": ["Kanarien", "12345"],
}
"""Personal data of every kind that privacy knows, and what must be nowhere afterwards."""
NAMES = ["Ottoline", "Quillfeather", "Bartholomew", "Wigglesworth", "Cordelia"]
"""A requester, who also signs; who is greeted by the agent; and who signs the answer."""


def planted(ticket: Ticket, canary: str) -> dict[str, object]:
    """The ticket with the canary in each of its texts, and with names where people write them."""
    return {
        "id": ticket.id,
        "created": "2026-03-05",
        "subject": f"Ottoline asks, see {canary}",
        "text": f"Dear Bartholomew Wigglesworth,\n{ticket.text} You reach me at {canary} or ask Bartholomew.\n\n"
        "Kind regards,\nOttoline Quillfeather",
        "replies": [
            f"Hi Ottoline,\nOpen the menu of {canary}. Press Export as PDF. {canary}\n\nBest regards\nCordelia",
            {"author": "agent", "text": f"Press Export as PDF. Cordelia wrote to {canary}."},
        ],
        "requester": f"ottoline.quillfeather.{ticket.id[-2:]}@canary.example",
        "tags": ["pdf", canary, "Quillfeather"],
    }


@pytest.fixture(scope="module")
def canary_centre(
    tmp_path_factory: pytest.TempPathFactory, recurring: tuple[Ticket, ...], one_offs: tuple[Ticket, ...]
) -> Path:
    """A help centre into which tickets full of personal data were imported, with a draft of every topic."""
    root = tmp_path_factory.mktemp("canaries")
    (root / "content").mkdir()
    (root / ".kbgen").mkdir()
    (root / ".kbgen" / "key").write_bytes(b"k" * 32)  # a random one could write 4111 into a hash by chance
    (root / "content" / "index.md").write_text("---\ntitle: Home\n---\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    known = list(CANARIES)
    rows = [planted(ticket, known[n % len(known)]) for n, ticket in enumerate((*recurring, *one_offs))]
    (root / "tickets.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for command in (("import", str(root / "tickets.jsonl")), ("draft",)):
        done = CliRunner().invoke(main, ["topics", *command, "-f", str(root / "mkdocs.yml")])
        assert done.exit_code == 0, done.output
    (root / "tickets.jsonl").unlink()
    return root


def written(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.name != "key"}


def test_every_kind_of_file_is_there(canary_centre: Path) -> None:
    """The store, the found topics, the lock file and a draft were written, so that there is something to look at."""
    files = written(canary_centre)
    assert {".kbgen/tickets.sqlite", ".kbgen/topics.json", "topics.lock"} <= set(files)
    assert any(name.startswith("content/drafts/t-") for name in files)
    assert b"Press Export as PDF" in files[".kbgen/tickets.sqlite"]


@pytest.mark.parametrize("trace", [trace for traces in CANARIES.values() for trace in traces] + NAMES)
def test_no_canary_reaches_a_file(canary_centre: Path, trace: str) -> None:
    """Not a trace of planted personal data is in any file below the help centre, in whatever case or escape."""
    lowered, escaped = trace.casefold().encode(), json.dumps(trace).strip('"').casefold().encode()
    for name, data in written(canary_centre).items():
        if name != ".kbgen/vectors.sqlite" or len(trace) > 5:
            low = data.decode("utf-8", "replace").casefold().encode()
            assert lowered not in low, name
            assert escaped not in low, name


def test_no_mark_reaches_what_is_published(canary_centre: Path) -> None:
    """Sentences that held personal data are left out of drafts and of the lock file altogether."""
    for name, data in written(canary_centre).items():
        if not name.startswith(".kbgen/"):
            assert not any(
                f"[{mark}]".encode() in data for mark in ("email", "phone", "card", "iban", "name", "key")
            ), name

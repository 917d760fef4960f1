"""`kbgen topics report`, from an import to the page."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, article, kbgen, write_files

EXPORTS = (
    "How do I export the whole help centre as a PDF?",
    "Can I get all articles as one PDF file?",
    "Is there a PDF export of everything?",
    "Our customer wants the manual as PDF, how?",
    "I need a PDF of all pages for printing",
    "Export to PDF, where is that button?",
    "How can I make one big PDF out of the articles?",
)
MAILS = (
    "The mail that confirms my address never comes",
    "I did not get the confirmation e-mail",
    "No confirmation mail arrived after I signed up",
    "Where is the mail to confirm my account?",
    "My confirmation email is missing, not in spam either",
    "Still waiting for the confirmation mail",
    "The confirm your address email does not arrive",
)
CANARY = "Call Wilhelmina Featherstone on +49 30 1234567 about it."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A help centre with fourteen tickets on two subjects, one of which it answers."""
    folder = tmp_path_factory.mktemp("report")
    mail = article(
        "The confirmation mail does not arrive", "Look into spam.\n", kind="faq", answers="[no confirmation]"
    )
    write_files(folder, {"mkdocs.yml": CONFIG, "content/index.md": INDEX, "content/account/mail.md": mail})
    lines = [
        json.dumps(
            {
                "id": f"{n}",
                "text": f"{text}\n\n{CANARY}",
                "requester": f"{n % 7}@example.com",
                "created": f"2026-{1 + n % 7:02}-1{n % 7}",
                "replies": ["Open Settings. Choose Export as PDF." if n < 7 else "Look into the spam folder."],
            }
        )
        for n, text in enumerate(EXPORTS + MAILS)
    ]
    (folder / "tickets.jsonl").write_text("\n".join(lines) + "\n")
    assert kbgen("topics", "import", "tickets.jsonl", cwd=folder).code == 0
    return folder


def test_the_report_is_written_beside_the_tickets(folder: Path) -> None:
    """One file for its owner, with both topics, the same bytes for the same day."""
    done = kbgen("topics", "report", "--date", "2026-11-23", cwd=folder)
    assert done.code == 0, done.err
    file = folder / ".kbgen/topics-report.html"
    text = file.read_bytes()
    assert "2 topics" in done.out
    assert "in 14 tickets" in done.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"PDF" in text
    assert b"kbgen topics draft t-" in text
    assert b"10 January 2026 to 16 July 2026" in text
    kbgen("topics", "report", "--date", "2026-11-23", cwd=folder)
    assert file.read_bytes() == text


def test_the_report_holds_no_ticket(folder: Path) -> None:
    """Neither what was removed nor what agents answered nor who asked reaches the page."""
    kbgen("topics", "report", "--output", "mine.html", cwd=folder)
    text = (folder / "mine.html").read_text()
    for secret in ("Wilhelmina", "Featherstone", "1234567", "example.com", "Open Settings", "Call "):
        assert secret not in text


def test_mistakes_are_told_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    """A report in the content, over a file of somebody's, and without topics."""
    published = kbgen("topics", "report", "--output", "content/report.html", cwd=folder)
    assert (published.code, "would be published" in published.err) == (1, True)
    assert not (folder / "content/report.html").exists()
    (folder / "notes.html").write_text("mine")
    assert kbgen("topics", "report", "--output", "notes.html", cwd=folder).code == 1
    assert (folder / "notes.html").read_text() == "mine"
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "content/index.md": INDEX})
    empty = kbgen("topics", "report", cwd=tmp_path)
    assert (empty.code, "kbgen topics import" in empty.err) == (1, True)
    assert not (tmp_path / ".kbgen/topics-report.html").exists()

"""From a ticket export to a published article, by the commands a person types."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, article, build_site, kbgen, write_files

QUESTIONS = {
    "pdf": (
        "How do I export the whole help centre as a PDF?",
        "Can I get all articles as one PDF file?",
        "Is there a PDF export of everything?",
        "Our customer wants the manual as PDF, how?",
        "I need a PDF of all pages for printing",
        "Export to PDF, where is that button?",
        "How can I make one big PDF out of the articles?",
    ),
    "mail": (
        "The mail that confirms my address never comes",
        "I did not get the confirmation e-mail",
        "No confirmation mail arrived after I signed up",
        "Where is the mail to confirm my account?",
        "My confirmation email is missing, not in spam either",
        "Still waiting for the confirmation mail",
        "The confirm your address email does not arrive",
    ),
}
ANSWERS = {
    "pdf": (
        "1. Open Settings.\n2. Choose Export as PDF.\n3. Save the file.",
        "Open Settings, please. Choose Export as PDF.",
    ),
    "mail": ("Look into the spam folder. Choose Send again.", "Check the spam folder first. Press Send again."),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A help centre that answers one of two subjects, with fourteen tickets imported."""
    folder = tmp_path_factory.mktemp("tickets")
    answers = "[the confirmation mail does not arrive, no confirmation email, confirm my address]"
    articles = {
        "index.md": INDEX,
        "account/mail.md": article(
            "The confirmation mail does not arrive",
            "Look into the spam folder first. Choose Send again.\n",
            kind="faq",
            answers=answers,
        ),
    }
    write_files(folder, {"mkdocs.yml": CONFIG, **{f"content/{name}": text for name, text in articles.items()}})
    lines = [
        json.dumps(
            {
                "id": f"{subject}-{n}",
                "text": text,
                "requester": f"{n}@example.com",
                "replies": [ANSWERS[subject][n % 2]],
            }
        )
        for subject, texts in QUESTIONS.items()
        for n, text in enumerate(texts)
    ]
    (folder / "tickets.jsonl").write_text("\n".join([*lines, "{broken"]) + "\n")
    return folder


@pytest.fixture(scope="module")
def imported(folder: Path) -> str:
    done = kbgen("topics", "import", "tickets.jsonl", cwd=folder)
    assert done.code == 0, done.err
    return done.out


def test_import_says_what_it_did(imported: str) -> None:
    """Tickets read, rows skipped with their line, personal data removed, topics found."""
    assert "Read 14 tickets from tickets.jsonl: 14 new, 0 changed, 0 known." in imported
    assert "line 15: the line is not a JSON object" in imported
    assert "2 topics found" in imported


def test_import_again_changes_nothing(folder: Path, imported: str) -> None:
    """The same file a second time adds nothing, and topics keep their ids."""
    del imported
    before = (folder / "topics.lock").read_bytes()
    assert "0 new, 0 changed, 14 known" in kbgen("topics", "import", "tickets.jsonl", cwd=folder).out
    assert (folder / "topics.lock").read_bytes() == before


def test_the_lock_file_holds_no_ticket(folder: Path, imported: str) -> None:
    """What is committed has ids, sizes and shared phrases, not one sentence of a customer."""
    del imported
    lock = (folder / "topics.lock").read_text()
    assert not [text for texts in QUESTIONS.values() for text in texts if text in lock]


def test_list_and_show_tell_what_is_answered(folder: Path, imported: str) -> None:
    """The subject with an article is answered by it, the other is not."""
    del imported
    topics = {t["status"]: t for t in json.loads(kbgen("topics", "list", "--json", cwd=folder).out)["topics"]}
    assert topics["answered"]["article"] == "account/mail.md"
    assert "PDF" in topics["unanswered"]["label"]
    assert topics["answered"]["evidence"]
    assert topics["unanswered"]["severity"]["tickets"] == 7
    assert topics["unanswered"]["trend"]["direction"] == "unknown"
    listed = kbgen("topics", "list", "--status", "unanswered", cwd=folder).out
    assert topics["unanswered"]["id"] in listed
    assert topics["answered"]["id"] not in listed
    assert "1 answered, 1 unanswered." in listed
    shown = kbgen("topics", "show", topics["answered"]["id"], cwd=folder).out
    assert "content/account/mail.md" in shown
    assert kbgen("topics", "show", "t-nope", cwd=folder).code == 1


def test_a_draft_becomes_an_article(folder: Path, imported: str, tmp_path: Path) -> None:
    """Draft, refusal while boxes are open, acceptance, and the topic is answered by the new article."""
    del imported
    folder = shutil.copytree(folder, tmp_path / "copy")
    assert "1 drafts written" in kbgen("topics", "draft", cwd=folder).out
    (draft,) = (folder / "content/drafts").glob("*.md")
    text = draft.read_text()
    assert "Choose Export as PDF." in text
    refused = kbgen("topics", "accept", draft, "--section", "account", cwd=folder)
    assert (refused.code, "still open" in refused.err) == (1, True)
    assert draft.read_text() == text

    draft.write_text(text.replace("- [ ]", "- [x]"))
    assert "edited by a person" in kbgen("topics", "draft", cwd=folder).out
    accepted = kbgen("topics", "accept", draft, "--section", "account", "--name", "pdf", cwd=folder)
    assert accepted.code == 0, accepted.err
    assert "set 'state: published'" in accepted.out
    assert not draft.exists()
    assert not (build_site(folder) / "account/pdf/index.html").exists()
    assert "0 drafts written" in kbgen("topics", "draft", cwd=folder).out

    article = folder / "content/account/pdf.md"
    article.write_text(article.read_text().replace("state: draft", "state: published"))
    assert "Choose Export as PDF." in (build_site(folder) / "account/pdf/index.html").read_text()
    assert "2 answered." in kbgen("topics", "list", cwd=folder).out


def test_evidence_is_a_page_of_this_machine(folder: Path, imported: str, tmp_path: Path) -> None:
    """The page shows sentences of tickets with links to them, below .kbgen/; a bad pattern is refused."""
    del imported
    folder = shutil.copytree(folder, tmp_path / "copy")
    topics = json.loads(kbgen("topics", "list", "--json", cwd=folder).out)["topics"]
    (open_one,) = (topic["id"] for topic in topics if topic["status"] == "unanswered")
    done = kbgen("topics", "evidence", open_one, "--ticket-url", "https://desk.example.com/{id}", cwd=folder)
    assert f".kbgen/evidence/{open_one}.html" in done.out
    page = (folder / f".kbgen/evidence/{open_one}.html").read_text()
    assert "Choose Export as PDF." in page
    assert 'href="https://desk.example.com/pdf-0"' in page
    refused = kbgen("topics", "evidence", open_one, "--ticket-url", "desk", cwd=folder)
    assert (refused.code, "{id}" in refused.err) == (1, True)


def test_a_wrong_header_lists_the_columns(folder: Path, tmp_path: Path) -> None:
    """A CSV whose columns are not known is an error that names them, and nothing is stored."""
    folder = shutil.copytree(folder, tmp_path / "copy")
    (folder / "odd.csv").write_text("Case,Words spoken\n1,hello\n")
    done = kbgen("topics", "import", "odd.csv", cwd=folder)
    assert done.code == 1
    assert "odd.csv:1" in done.err
    assert "Case, Words spoken" in done.err
    mapped = kbgen("topics", "import", "odd.csv", "--map", "text=Words spoken", cwd=folder)
    assert "Read 1 tickets" in mapped.out


def test_topics_before_an_import_say_what_to_do(tmp_path: Path) -> None:
    """Without tickets the message names the command that brings them."""
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "content/index.md": INDEX})
    done = kbgen("topics", "list", cwd=tmp_path)
    assert (done.code, "kbgen topics import" in done.err) == (1, True)

"""Facts about `kbgen topics draft` where articles answer topics in part: patches are written, articles are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kbgen.articles.library import load_files
from kbgen.articles.settings import load_settings
from kbgen.cli.drafts import _chosen, _proposals, _tell_proposals, _write_drafts
from kbgen.drafts.desk import Desk, desk
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import PartlyAnswered, Unanswered
from kbgen.topics.embedding.interface import CachedEmbedding
from kbgen.topics.embedding.minilm import MiniLM
from kbgen.topics.registry import Registry
from kbgen.topics.topic import Topic

ARTICLE = "---\ntitle: Export articles\nkind: how-to\n---\n\n1. Open Settings.\n"
DAY = date(2026, 11, 23)
REFUND = "I have refunded the amount."


def asked(prefix: str, question: str, reply: str) -> tuple[Ticket, ...]:
    return tuple(
        Ticket(id=f"{prefix}{n}", subject="", text=question, replies=(reply,), requester=f"p{n}", created="", tags=())
        for n in range(4)
    )


def topic(id_: str, label: str, tickets: tuple[Ticket, ...]) -> Topic:
    ids = tuple(ticket.id for ticket in tickets)
    return Topic(id=id_, label=label, phrases=("x",), examples=(), tickets=ids, people=4, first="", last="")


@pytest.fixture
def at(tmp_path: Path) -> Desk:
    """A desk with a topic that is answered in part, an open one, and one about single payments."""
    (tmp_path / "content/a").mkdir(parents=True)
    (tmp_path / "content/a/export.md").write_text(ARTICLE)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n")
    own = {
        "t-partly": asked("a", "How do I export all articles?", "Open Settings. Choose the format PDF."),
        "t-open": asked("b", "How do I print a page?", "Open the page. Press Print."),
        "t-refund": asked("c", "Please refund my last payment", REFUND),
    }
    topics = tuple(topic(id_, tickets[0].text, tickets) for id_, tickets in own.items())
    covered = {
        "t-partly": PartlyAnswered(article="a/export.md", near=()),
        "t-open": Unanswered(near=()),
        "t-refund": Unanswered(near=()),
    }
    tickets = [ticket for several in own.values() for ticket in several]
    return desk(Registry(topics=topics), covered, tickets, CachedEmbedding(MiniLM(), tmp_path / ".kbgen"))


def test_changes_are_patches_and_the_article_stays(
    at: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The patch lies below .kbgen/proposals/ and is named; the article's file is as it was."""
    settings = load_settings(tmp_path / "mkdocs.yml")
    library = load_files([("a/export.md", tmp_path / "content/a/export.md")], DAY, shown=settings.shown)
    found = _proposals(at, library, settings, [at.registry.topic("t-partly")])
    _tell_proposals(found, settings)
    patch = (tmp_path / ".kbgen/proposals/t-partly.patch").read_text()
    assert "+1. Choose the format PDF." in patch
    assert "patch  .kbgen/proposals/t-partly.patch  adds to content/a/export.md" in capsys.readouterr().out
    assert (tmp_path / "content/a/export.md").read_text() == ARTICLE


def test_topics_of_single_customers_are_named_and_not_drafted(
    at: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A topic of refunds is said to be one, and drafted only where it is named."""
    settings = load_settings(tmp_path / "mkdocs.yml")
    library = load_files([("a/export.md", tmp_path / "content/a/export.md")], DAY, shown=settings.shown)
    chosen = [t for t in _chosen(at, library, (), improving=False) if t.id != "t-partly"]
    _write_drafts(at, library, settings, chosen, named=False)
    out = capsys.readouterr().out
    assert "none   t-refund  Please refund my last payment  (answers are each about one payment)" in out
    assert "1 drafts written, 0 as they were, 1 without an answer that others could use." in out
    assert [p.name for p in (tmp_path / "content/drafts").iterdir()] == ["t-open.md"]
    _write_drafts(at, library, settings, [at.registry.topic("t-refund")], named=True)
    assert "Agents mostly did it themselves (one payment)" in (tmp_path / "content/drafts/t-refund.md").read_text()


def test_topic_in_somebodys_hands_is_left_alone(at: Desk, tmp_path: Path) -> None:
    """An article outside the drafts that names the topic, published or not, keeps it from being drafted again."""
    (tmp_path / "content/a/print.md").write_text("---\ntitle: Print\nstate: draft\ntopics: [t-open]\n---\n\nText.\n")
    library = load_files([("a/print.md", tmp_path / "content/a/print.md")], DAY)
    assert [t.id for t in _chosen(at, library, (), improving=False)] == ["t-partly", "t-refund"]
    assert [t.id for t in _chosen(at, library, ("t-open",), improving=False)] == ["t-open"]

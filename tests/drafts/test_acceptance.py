"""Facts about acceptance: when a draft becomes an article, and that nothing is lost when it does not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kbgen.articles.library import load
from kbgen.articles.settings import SiteSettings
from kbgen.drafts.acceptance import Accepted, accept, for_review, slug
from kbgen.errors import KbgenError
from kbgen.topics.registry import Registry, read_registry


def files(centre: SiteSettings) -> dict[str, bytes]:
    root = centre.root
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def put(centre: SiteSettings, text: str) -> Path:
    draft = centre.content / "drafts" / "t-abc123.md"
    draft.write_bytes(text.encode())
    return draft


def accepted(centre: SiteSettings, draft: Path, section: str = "getting-started", name: str | None = None) -> Accepted:
    return accept(centre, Registry(answered={"t-000000": "old.md"}), draft, section=section, name=name)


def refused(centre: SiteSettings, draft: Path, section: str = "getting-started", name: str | None = None) -> KbgenError:
    """The error with which a draft is refused, after a look that every file is as it was."""
    before = files(centre)
    with pytest.raises(KbgenError) as caught:
        accepted(centre, draft, section, name)
    assert files(centre) == before
    return caught.value


def test_finished_draft_waits_in_its_section(centre: SiteSettings, finished: str) -> None:
    """The file moves into the section under a name made of its title, for review, without notes and without seal."""
    draft = put(centre, finished)
    done = accepted(centre, draft)
    article = centre.content / "getting-started" / "how-do-i-export-everything.md"
    assert done == Accepted(path=article, topics=("t-abc123",))
    assert article.read_text(encoding="utf-8") == (
        "---\ntitle: How do I export everything?\nkind: how-to\nstate: draft\nanswers:\n- export as pdf\n"
        "topics:\n- t-abc123\n---\n\n1. Open Settings.\n2. Press Export.\n"
    )
    assert not draft.exists()


def test_nothing_is_published_by_accepting(centre: SiteSettings, finished: str) -> None:
    """Even a draft in which somebody wrote `state: published` is not on the site once it is accepted."""
    done = accepted(centre, put(centre, finished.replace("state: draft", "state: published")))
    library = load(centre.content, date(2026, 11, 23))
    assert library.published_at(done.path.relative_to(centre.content).as_posix()) is None


def test_decision_is_recorded_beside_earlier_ones(centre: SiteSettings, finished: str) -> None:
    """The lock file says which article answers the topic, and keeps what was decided before."""
    accepted(centre, put(centre, finished))
    known = read_registry(centre.root, centre.state)
    assert known.answered == {"t-000000": "old.md", "t-abc123": "getting-started/how-do-i-export-everything.md"}


def test_rest_of_the_lock_file_stays(centre: SiteSettings, finished: str) -> None:
    """Accepting a draft changes only decisions in topics.lock."""
    lock = {
        "schema_version": 1,
        "topics": [{"id": "t-abc123", "tickets": 9, "people": 0, "phrases": []}],
        "decisions": {},
    }
    (centre.root / "topics.lock").write_text(json.dumps(lock), encoding="utf-8")
    accepted(centre, put(centre, finished))
    after = json.loads((centre.root / "topics.lock").read_text(encoding="utf-8"))
    assert after["topics"] == lock["topics"]


def test_every_topic_of_a_draft_is_answered(centre: SiteSettings, finished: str) -> None:
    """A person who joins two drafts answers both topics with one article."""
    done = accepted(centre, put(centre, finished.replace("- t-abc123", "- t-abc123\n- t-def456")))
    assert done.topics == ("t-abc123", "t-def456")
    assert "t-def456" in read_registry(centre.root, centre.state).answered


def test_open_boxes_are_refused_with_their_lines(centre: SiteSettings, finished: str) -> None:
    """A draft with open boxes is refused; the error names every line that has one, in the body and in the notes."""
    text = finished.replace("2. Press Export.", "- [ ] Say where.").replace("- [x]", "  * [ ]")
    error = refused(centre, put(centre, text))
    assert "2 boxes are still open (lines 13, 23)" in error.problem
    assert error.where is not None
    assert error.where.line == 13


def test_one_open_box_is_refused(centre: SiteSettings, finished: str) -> None:
    """One box is enough to refuse, and ticking it is enough to accept."""
    assert "1 box is still open (lines 23)" in refused(centre, put(centre, finished.replace("[x]", "[ ]"))).problem
    accepted(centre, put(centre, finished.replace("[x]", "[X]")))


def test_existing_article_is_never_overwritten(centre: SiteSettings, finished: str) -> None:
    """Where the target exists the draft is refused, and another name goes through."""
    (centre.content / "getting-started" / "pdf.md").write_text("mine", encoding="utf-8")
    draft = put(centre, finished)
    error = refused(centre, draft, name="pdf.md")
    assert "exists already" in error.problem
    assert "--name" in error.hint
    assert accepted(centre, draft, name="pdf-2").path.name == "pdf-2.md"


def test_unknown_section_is_refused_with_a_suggestion(centre: SiteSettings, finished: str) -> None:
    """A slip in the section's name is answered with the section that was probably meant."""
    error = refused(centre, put(centre, finished), section="geting-started")
    assert error.problem == "there is no section 'geting-started'"
    assert error.hint == "did you mean 'getting-started'?"


def test_section_that_resembles_none_lists_the_sections(centre: SiteSettings, finished: str) -> None:
    """Where no section is near, the sections are listed."""
    assert "getting-started" in refused(centre, put(centre, finished), section="zzz").hint


@pytest.mark.parametrize("section", ["..", "../..", "getting-started/../.."])
def test_section_outside_of_content_is_refused(centre: SiteSettings, finished: str, section: str) -> None:
    """No section lies outside of content/."""
    assert "there is no section" in refused(centre, put(centre, finished), section=section).problem


def test_section_may_be_nested(centre: SiteSettings, finished: str) -> None:
    """A folder below a folder is a section; slashes around its name make no difference."""
    (centre.content / "getting-started" / "export").mkdir()
    done = accepted(centre, put(centre, finished), section="/getting-started/export/")
    assert done.path.parent == centre.content / "getting-started" / "export"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text.replace("title: How do I export everything?\n", ""),
        lambda text: text.replace("---\n", "", 1),
        lambda text: text.replace("kind: how-to", "kind: [broken"),
        lambda text: text.replace("answers:", "anwsers:"),
        lambda text: text.replace("topics:\n- t-abc123\n", ""),
        lambda _: "",
    ],
    ids=["no title", "no front matter", "broken YAML", "typo in a key", "no topic", "empty"],
)
def test_spoilt_front_matter_is_refused(centre: SiteSettings, finished: str, spoilt: object) -> None:
    """A draft whose front matter cannot be used, or names no topic, stays where it is."""
    error = refused(centre, put(centre, spoilt(finished)))
    assert error.where is not None
    assert error.where.path.endswith("t-abc123.md")


def test_missing_draft_is_refused(centre: SiteSettings) -> None:
    """A draft that is not there is an error."""
    assert "there is no draft" in refused(centre, centre.content / "drafts" / "none.md").problem


def test_draft_is_kept_until_the_decision_is_written(centre: SiteSettings, finished: str) -> None:
    """Where the decision cannot be recorded, the draft is still there with every word."""
    (centre.root / "topics.lock").write_text("{", encoding="utf-8")
    draft = put(centre, finished)
    with pytest.raises(KbgenError):
        accepted(centre, draft)
    assert draft.read_text(encoding="utf-8") == finished


def test_accept_can_be_repeated_after_a_failure(centre: SiteSettings, finished: str) -> None:
    """A failed accept leaves no article behind, so that the next one goes through once the cause is mended."""
    (centre.root / "topics.lock").write_text("{", encoding="utf-8")
    draft = put(centre, finished)
    with pytest.raises(KbgenError):
        accepted(centre, draft)
    (centre.root / "topics.lock").unlink()
    accepted(centre, draft)


def test_drafts_are_no_section(centre: SiteSettings, finished: str) -> None:
    """An article in content/drafts/ would never be on the site, so that no draft is accepted there."""
    refused(centre, put(centre, finished), section="drafts")


@pytest.mark.parametrize("name", ["../../evil", "../evil.md", "sub/evil.md"])
def test_name_is_a_name_and_no_path(centre: SiteSettings, finished: str, name: str) -> None:
    """A name that leads out of the section is refused: nothing is written outside."""
    refused(centre, put(centre, finished), name=name)


def test_absolute_name_is_refused(centre: SiteSettings, finished: str, tmp_path: Path) -> None:
    """An absolute path is no name: nothing is written there."""
    refused(centre, put(centre, finished), name=str(tmp_path / "evil.md"))


def test_recorded_path_is_that_of_the_library(centre: SiteSettings, finished: str) -> None:
    """However the section is spelt, the recorded path is the one below content/ by which articles are known."""
    accepted(centre, put(centre, finished), section="../content/getting-started")
    answered = read_registry(centre.root, centre.state).answered
    assert answered["t-abc123"] == "getting-started/how-do-i-export-everything.md"


def test_byte_order_mark_does_no_harm(centre: SiteSettings, finished: str) -> None:
    """A draft that an editor saved with a byte order mark is accepted like any other."""
    accepted(centre, put(centre, f"\ufeff{finished}"))


def test_line_ends_of_windows_do_no_harm(centre: SiteSettings, finished: str) -> None:
    """A draft with line ends of Windows is accepted, and the article has plain ones."""
    done = accepted(centre, put(centre, finished.replace("\n", "\r\n")))
    assert b"\r" not in done.path.read_bytes()
    assert b"state: draft" in done.path.read_bytes()


def test_state_is_set_where_the_person_removed_it(finished: str) -> None:
    """A draft without a state gets one."""
    assert for_review(finished.replace("state: draft\n", "")).startswith("---\nstate: draft\n")


def test_only_the_front_matter_has_a_state() -> None:
    """A line of the text that begins like a state is left as it is."""
    text = "---\ntitle: x\ntopics: [t-1]\n---\n\nstate: California\n"
    assert "state: California" in for_review(text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How do I export?", "how-do-i-export"),
        ("Can't sign in", "cant-sign-in"),
        ("Größe & Maß", "größe-maß"),
        ("???", "article"),
        ("word " * 40, "word-" * 12),
    ],
)
def test_file_name_is_made_of_the_title(title: str, name: str) -> None:
    """Words in lower case joined by hyphens, at most sixty letters, and never empty."""
    assert slug(title) == name.strip("-")

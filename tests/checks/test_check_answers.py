"""The check `answers`: phrases that do not find their article in the built site."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from indexes import an_entry, write_index

from kbgen.checks.answers import check
from kbgen.checks.interface import Finding, HelpCentre, Level

Find = Callable[..., list[Finding]]
MakeCentre = Callable[..., HelpCentre]
RIVALS = [an_entry(f"{n}.md", "Money back", ("", "Money back."), answers=("money back",)) for n in range(3)]
REFUND = an_entry("billing/refund.md", "Refunds", answers=("send it back", "money back"))


def an_article(*answers: str, **front: str) -> str:
    lines = "".join(f"  - {answer}\n" for answer in answers)
    return (
        "---\ntitle: Refunds\n" + "".join(f"{k}: {v}\n" for k, v in front.items()) + f"answers:\n{lines}---\nWords.\n"
    )


FILES = {"content/billing/refund.md": an_article("send it back", "money back")}


def test_phrases_that_find_their_article(find: Find, tmp_path: Path) -> None:
    """Phrases whose article is among the first three are left alone."""
    write_index(tmp_path / "site", [REFUND, *RIVALS[:2]])
    assert find("answers", FILES) == []


def test_phrase_that_finds_others(find: Find, tmp_path: Path) -> None:
    """A phrase that finds three other articles first is an error at its line, with their names and what to do."""
    write_index(tmp_path / "site", [REFUND, *RIVALS])
    (found,) = find("answers", FILES)
    assert (found.id, found.level) == ("answers", Level.ERROR)
    assert (found.path, found.line, found.column) == ("content/billing/refund.md", 5, 5)
    assert found.message == '"money back" finds 3 other articles first: 0.md, 1.md, 2.md'
    assert "kbgen search --explain money back" in found.hint


@pytest.mark.parametrize(
    ("answers", "place"), [("answers: money back", (3, 10)), ('answers: [x y z, "money back"]', (3, 18))]
)
def test_other_ways_to_write_answers(find: Find, tmp_path: Path, answers: str, place: tuple[int, int]) -> None:
    """The place of a phrase is found however the list is written."""
    write_index(tmp_path / "site", [REFUND, *RIVALS])
    found = find("answers", {"content/billing/refund.md": f"---\ntitle: Refunds\n{answers}\n---\nWords.\n"})
    assert [(item.line, item.column) for item in found if item.level is Level.ERROR] == [place]


def test_phrase_that_finds_nothing(find: Find, tmp_path: Path) -> None:
    """A phrase without any word finds nothing."""
    write_index(tmp_path / "site", [an_entry("billing/refund.md", "Refunds", answers=("?!",)), *RIVALS])
    (found,) = find("answers", {"content/billing/refund.md": an_article("'?!'")})
    assert found.message == '"?!" finds nothing'


def test_no_site(find: Find) -> None:
    """Where nothing was built, a note says so, and nothing fails."""
    (found,) = find("answers", FILES)
    assert (found.level, found.path) == (Level.NOTE, "site")
    assert "has not been built" in found.message
    assert "kbgen build" in found.hint


def test_older_site(find: Find, tmp_path: Path) -> None:
    """Phrases that were written since the last build are counted in a note; the others are tried."""
    write_index(tmp_path / "site", [REFUND, *RIVALS])
    files = {
        "content/billing/refund.md": an_article("money back", "reimbursement"),
        "content/new.md": an_article("brand new"),
    }
    (error, note) = find("answers", files)
    assert error.level is Level.ERROR
    assert note.level is Level.NOTE
    assert note.message == "2 of 3 answer phrases were not tried, as the built site does not have them yet"


def test_site_of_an_earlier_version(find: Find, tmp_path: Path) -> None:
    """The index of kbgen 0.1 is none."""
    (tmp_path / "site/search").mkdir(parents=True)
    (tmp_path / "site/search/entries.json").write_text("{}")
    (found,) = find("answers", FILES)
    assert found.level is Level.NOTE


@pytest.mark.parametrize("front", [{"state": "draft"}, {"expires_on": "2026-11-23"}])
def test_articles_that_are_not_on_the_site(find: Find, front: dict[str, str]) -> None:
    """Phrases of articles that are not on the site are left alone."""
    assert find("answers", {"content/a.md": an_article("x", **front), "content/b.md": "---\ntitle: B\n---\n"}) == []


def test_while_a_site_is_built(help_centre_of: MakeCentre, tmp_path: Path) -> None:
    """A build does not try phrases in the site that it is about to replace."""
    write_index(tmp_path / "site", [REFUND, *RIVALS])
    assert list(check(replace(help_centre_of(FILES), site=None))) == []


def test_damaged_index(find: Find, tmp_path: Path) -> None:
    """A site whose index cannot be read is an error that says to build anew."""
    site = write_index(tmp_path / "site", [REFUND, *RIVALS])
    (site / "search/en.json").write_text(json.dumps({"schema_version": 2}))
    (found,) = find("answers", FILES)
    assert found.level is Level.ERROR
    assert "kbgen build" in found.hint

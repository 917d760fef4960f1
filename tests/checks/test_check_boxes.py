"""The check `boxes`: open questions in published articles that were made from tickets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kbgen.checks.interface import Finding, Level

Find = Callable[..., list[Finding]]
BODY = "1. Open it.\n\n- [ ] Say more.\n- [ ] And more.\n"


def test_open_box_in_an_article_from_tickets(find: Find) -> None:
    """A published article that answers a topic is an error while a box is open, at the first of them."""
    (finding,) = find("boxes", {"content/a.md": f"---\ntitle: A\ntopics: [t-1]\n---\n{BODY}"})
    assert (finding.level, finding.path, finding.line) == (Level.ERROR, "content/a.md", 7)
    assert finding.message == "2 boxes are still open in an article made from tickets"
    assert "state: draft" in finding.hint


def test_open_box_below_a_proposal(find: Find) -> None:
    """So is one into which a proposal was put, until its boxes are out."""
    text = f"---\ntitle: A\n---\n<!-- kbgen: proposed from tickets -->\n\n{BODY}"
    assert [f.line for f in find("boxes", {"content/a.md": text})] == [8]


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: A\n---\n{BODY}",
        f"---\ntitle: A\ntopics: [t-1]\nstate: draft\n---\n{BODY}",
        "---\ntitle: A\ntopics: [t-1]\n---\n- [x] Done.\n\n```\n- [ ] code\n```\n",
        "---\ntitle: A\ntopics: [t-1]\n---\n1. Write:\n\n    ```markdown\n    - [ ] code\n    ```\n",
    ],
    ids=["a list for readers", "not published", "ticked, and in code", "in code of a list"],
)
def test_other_boxes_are_nobodys_questions(find: Find, text: str) -> None:
    """Lists for readers, unpublished articles, ticked boxes and code are left alone."""
    assert find("boxes", {"content/a.md": text}) == []

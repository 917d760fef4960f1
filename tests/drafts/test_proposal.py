"""Facts about proposals: a change to an article is a patch that git applies, and nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.articles.library import read_article
from kbgen.drafts.draft import Draft
from kbgen.drafts.proposal import Proposal, Target, propose, unified
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding

Answered = Callable[..., tuple[Ticket, ...]]
ARTICLE = """\
---
title: Export articles
answers:
  - export articles
---

Intro.

1. Open Settings.

## See also

- Nothing.
"""
REPLY = "Open Settings. Press Export now."
QUESTION = 'Where is the pdf? It says "Export failed: disk full"'


@pytest.fixture
def draft(drafted: Callable[..., Draft], answered: Answered) -> Draft:
    return drafted(answered(*[REPLY] * 3, question=QUESTION))


def proposed(
    folder: Path, text: str, draft: Draft, words: Embedding, name: str = "content/a.md", doubts: tuple[str, ...] = ()
) -> Proposal | None:
    """What is proposed for an article with that text."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    article = read_article("a.md", file, [], shown=name)
    assert article is not None
    return propose(Target(article=article, text=text, shown=name), draft, words, doubts)


def applied(folder: Path, patch: str, name: str = "content/a.md") -> str:
    """The article after `git apply`."""
    (folder / "change.patch").write_bytes(patch.encode())
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply", "change.patch"], cwd=folder, check=True)
    return (folder / name).read_bytes().decode()


def test_what_the_article_lacks_is_proposed(tmp_path: Path, draft: Draft, words: Embedding) -> None:
    """Messages, steps and phrases that the article does not hold go before its links; what it says stays out."""
    proposal = proposed(tmp_path, ARTICLE, draft, words)
    assert proposal is not None
    assert (tmp_path / "content/a.md").read_text() == ARTICLE
    after = applied(tmp_path, proposal.patch)
    assert "- `Export failed: disk full`\n\n1. Press Export now.\n" in after
    assert after.count("Open Settings.") == 1
    assert after.index("Press Export now.") < after.index("## See also")
    assert "- [ ] Add t-abc123 to `topics:` once the article answers it." in after
    assert after.startswith("---\ntitle: Export articles\nanswers:\n  - export articles\n  - ")


def test_article_that_says_it_all_gets_no_patch(tmp_path: Path, draft: Draft, words: Embedding) -> None:
    """Where nothing is new, nothing is proposed."""
    answers = "".join(f"  - phrase {n}\n" for n in range(10))
    whole = ARTICLE.replace("  - export articles\n", answers).replace("Intro.", "`Export failed: disk full`")
    whole = whole.replace("Settings.\n", "Settings.\n2. Press Export now.\n")
    assert proposed(tmp_path, whole, draft, words) is None
    doubt = proposed(tmp_path, whole, draft, words, doubts=("10 or 25 days",))
    assert doubt is not None
    assert "+- [ ] Is this still right? 10 or 25 days" in doubt.patch


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.partition("\n## See")[0].rstrip("\n"),
        lambda text: text.replace("Intro.", "Intro with \x0c and \u2028 in it."),
    ],
    ids=["Windows", "byte order mark", "no last line end", "no links", "odd line ends"],
)
def test_patch_applies_to_any_file(
    tmp_path: Path, draft: Draft, words: Embedding, change: Callable[[str], str]
) -> None:
    """Whatever line ends an article has, git applies the patch, and the rest of the file is as it was."""
    text = change(ARTICLE)
    proposal = proposed(tmp_path, text, draft, words)
    assert proposal is not None
    after = applied(tmp_path, proposal.patch)
    assert "Press Export now." in after
    assert ("\r\n" in after) == ("\r\n" in text)
    assert "\n" not in after.replace("\r\n", "") or "\r\n" not in text


def test_patch_applies_to_any_name(tmp_path: Path, draft: Draft, words: Embedding) -> None:
    """A space or an umlaut in the article's path does no harm."""
    name = "content/größe und maß.md"
    proposal = proposed(tmp_path, ARTICLE, draft, words, name)
    assert proposal is not None
    assert "Press Export now." in applied(tmp_path, proposal.patch, name)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="ab\n\r\x0b\u2028 -+", max_size=30), st.text(alphabet="ab\n\r -+", max_size=30))
def test_any_change_is_a_patch_that_git_applies(tmp_path_factory: pytest.TempPathFactory, old: str, new: str) -> None:
    """Of any two texts, git makes the second out of the first."""
    if old == new or not old or not new:
        return
    folder = tmp_path_factory.mktemp("patch")
    (folder / "content").mkdir()
    (folder / "content/a.md").write_bytes(old.encode())
    assert applied(folder, unified(old, new, "content/a.md")) == new

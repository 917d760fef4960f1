"""The votes in `feedback.json`: what they change in a site, and what they do not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from builds import build_with_mkdocs, copy_of, difference
from centres import Centre, article, kbgen, tree, write_files
from rebuilding import built, difference_from_anew, stamps, touched
from voting import a_tally, noes, revision

from kbgen.feedback.count import by_article
from kbgen.feedback.digest import ArticleVotes, merged
from kbgen.feedback.digest_file import FILE, write_digest
from kbgen.feedback.tally import Tally
from kbgen.generator.reasons import VOTES
from kbgen.search.reader import open_site

SAME = "Ask for a refund here.\n"
ARTICLES = {f"{name}.md": article("Get a refund", SAME, kind="faq") for name in "abc"}


def vote(folder: Path, *tallies: Tally) -> None:
    """Let the digest of a help centre hold these votes."""
    rows = {path: merged({}, spots) for path, spots in by_article(tallies).items()}
    write_digest(
        folder / FILE, {path: ArticleVotes(groups=((revision("a"),),), rows=own) for path, own in rows.items()}
    )


def entries(folder: Path) -> dict[str, float]:
    """The prior of each article in the built index."""
    files = (folder / "site/search/en/a").glob("*.json")
    return {data["article"]: data.get("prior", 0) for data in (json.loads(file.read_text()) for file in files)}


def test_a_changed_digest(centre: Centre, tmp_path: Path) -> None:
    """Votes change the entries of the articles that they are about, and no other file; search then prefers them."""
    folder = centre(ARTICLES)
    built(folder)
    before = stamps(folder / "site")
    vote(folder, a_tally("b.md", n=90), noes("c.md", n=5))
    done = built(folder)
    assert done.why == {"b.md": [VOTES], "c.md": [VOTES]}
    changed = touched(folder / "site", before)
    assert len(changed.written) == 2
    assert all(path.startswith("search/en/a/") for path in changed.written)
    assert entries(folder)["b.md"] > entries(folder)["a.md"] == 0 > entries(folder)["c.md"]
    assert open_site(folder / "site", "en").order("refund") == ["b.md", "a.md", "c.md"]
    assert difference_from_anew(folder, tmp_path / "anew") == ""
    (folder / FILE).unlink()
    built(folder)
    assert stamps(folder / "site").keys() == before.keys()
    assert set(entries(folder).values()) == {0}


def test_a_digest_that_says_the_same(centre: Centre) -> None:
    """A vote that moves no prior writes nothing into the site."""
    folder = centre(ARTICLES)
    vote(folder, a_tally("b.md", n=90), noes("c.md", n=5))
    built(folder)
    vote(folder, a_tally("b.md", n=91), noes("c.md", n=5))
    done = built(folder)
    assert (done.rendered, done.synced.written) == (0, 0)


def test_mkdocs_reads_it_too(centre: Centre, tmp_path: Path) -> None:
    """Plain MkDocs makes the same site, votes included, also for an article that was moved since the digest."""
    moved = {"new.md": article("Get a refund", SAME, kind="faq", redirect_from="[old.md]")}
    folder = centre({**ARTICLES, **moved})
    vote(folder, a_tally("old.md", n=90), noes("c.md", n=9))
    built(folder)
    assert entries(folder)["new.md"] > 0
    theirs = build_with_mkdocs(copy_of(folder, tmp_path / "mkdocs"), date(2026, 11, 23))
    assert difference(tree(folder / "site"), theirs) == ""


@pytest.mark.parametrize("text", ["{", '{"mine": 1}'])
def test_a_file_that_cannot_be_read(centre: Centre, text: str) -> None:
    """A damaged digest stops the build, and the message names the file and says what to do."""
    folder = centre(ARTICLES)
    write_files(folder, {FILE: text})
    done = kbgen("build", cwd=folder)
    assert (done.code, "feedback.json" in done.err, "hint:" in done.err) == (1, True, True)
    assert "Traceback" not in done.err

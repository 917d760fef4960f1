"""Counting: votes by article and text, with what git and redirects know of their past."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from centres import run, write_files
from repository import OTHER, TEN, Repository, text
from voting import DAY, a_tally, noes

from kbgen.articles.library import load
from kbgen.feedback.counting import Counted, counted, without_votes
from kbgen.feedback.digest import ArticleVotes, Digest
from kbgen.feedback.history import read_history
from kbgen.feedback.tally import Tally
from kbgen.feedback.voted import Places


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def count(root: Path, *tallies: Tally, kept: Digest | None = None) -> Counted:
    return counted(tallies, kept or {}, Places(content=root / "content", root=root, today=DAY))


def test_a_typo_and_a_major_edit(repository: Repository) -> None:
    """Votes on a text with a typo go on counting; a major edit starts a new count, even before anybody has voted."""
    repository.commit("first", text(TEN))
    repository.commit("typo", text(TEN.replace("ten", "tenn")))
    repository.commit("rewritten", text(OTHER))
    found = count(repository.root, repository.tally("first", 3), repository.tally("typo", 2)).digest["a.md"]
    assert [set(names) for names in repository.names(found)] == [{"first", "typo"}, {"rewritten"}]
    assert [votes and votes.yes for votes in found.counts] == [5, None]
    assert found.running is None


def test_a_text_that_is_not_committed(repository: Repository) -> None:
    """The article as it lies in the folder is its last version, committed or not."""
    repository.commit("first", text(TEN))
    write_files(repository.root / "content", {"a.md": text(TEN + " eleven")})
    found = count(repository.root, repository.tally("first", 3))
    assert found.digest["a.md"].running
    assert found.notes == ()


@pytest.mark.parametrize("front", [{"redirect_from": "[a.md]"}, {"redirect_from": "[/a/]"}, {}])
def test_a_renamed_article(repository: Repository, front: dict[str, str]) -> None:
    """Votes follow an article to its new place: by `redirect_from`, however it is written, or by what git saw."""
    repository.commit("first", text(TEN))
    repository.commit("moved", text(TEN.replace("ten", "tenn"), **front), "g/b.md", gone="a.md")
    found = count(repository.root, repository.tally("first", 3), repository.tally("moved", 2, "g/b.md"))
    assert found.digest.keys() == {"g/b.md"}
    assert found.moved == {"a.md": "g/b.md"}
    assert [votes and votes.yes for votes in found.digest["g/b.md"].counts] == [5]


def test_moved_twice(repository: Repository) -> None:
    """An article that was moved again is found, also through `redirects.yml`."""
    repository.commit("first", text(TEN))
    repository.commit("second", text(TEN, redirect_from="[a.md]"), "b.md", gone="a.md")
    repository.commit("third", text(TEN, redirect_from="[b.md]"), "c.md", gone="b.md")
    write_files(repository.root, {"redirects.yml": "a.md: b.md\n"})
    found = count(repository.root, repository.tally("first", 3), repository.tally("first", 1, "b.md"))
    assert found.moved == {"a.md": "c.md", "b.md": "c.md"}
    assert found.digest["c.md"].all
    assert found.digest["c.md"].all.yes == 4


def test_a_place_that_another_article_has_now(repository: Repository) -> None:
    """Where another article lies at the old path by now, its texts and votes are its own."""
    repository.commit("first", text(TEN))
    repository.commit("moved", text(TEN.replace("ten", "tenn"), redirect_from="[a.md]"), "b.md", gone="a.md")
    repository.commit("other", text(OTHER))
    found = count(repository.root, repository.tally("other", 3), repository.tally("moved", 2, "b.md"))
    assert found.moved == {}
    assert {path: repository.names(votes) for path, votes in found.digest.items()} == {
        "a.md": [["other"]],
        "b.md": [["moved"]],
    }


def test_an_article_that_is_gone(repository: Repository) -> None:
    """Votes of an article that is gone stay under its path, and that is said."""
    repository.commit("first", text(TEN))
    found = count(repository.root, repository.tally("first", 3), repository.tally("first", 2, "gone.md"))
    assert found.gone == ("gone.md",)
    assert found.digest["gone.md"].all
    assert found.digest["gone.md"].all.yes == 2


def test_without_git(tmp_path: Path) -> None:
    """Without git a text that nobody can explain is counted alone and named; what was decided before still holds."""
    write_files(tmp_path / "content", {"a.md": text(TEN)})
    current = load(tmp_path / "content", DAY).by_path["a.md"].revision
    cast = [a_tally(name="a", first=date(2026, 11, 1)), a_tally(name="b", first=date(2026, 11, 2)), noes(name="c")]
    found = count(tmp_path, *cast)
    assert len(found.digest["a.md"].groups) == 4
    assert found.digest["a.md"].groups[-1] == (current,)
    short, unknown = found.notes
    assert "git does not know the whole history" in short
    assert unknown.startswith("a.md: no history explains a0")
    decided = {"a.md": ArticleVotes(groups=(("a" + "0" * 15, "b" + "0" * 15), ("c" + "0" * 15, current)))}
    again = count(tmp_path, *cast, kept=decided)
    assert [len(group) for group in again.digest["a.md"].groups] == [2, 2]
    assert again.notes == ()


def test_a_shallow_clone(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A shallow clone says that it cannot tell; with the digest of a whole one it counts the same."""
    repository.commit("first", text(TEN))
    repository.commit("typo", text(TEN.replace("ten", "tenn")))
    cast = [repository.tally("first", 3, first=date(2026, 11, 1)), repository.tally("typo", 2)]
    whole = count(repository.root, *cast)
    clone = tmp_path_factory.mktemp("clone") / "help"
    assert run("git", "clone", "-q", "--depth", "1", repository.root.as_uri(), clone, cwd=repository.root).code == 0
    alone = count(clone, *cast)
    assert "git fetch --unshallow" in alone.notes[0]
    assert len(alone.digest["a.md"].groups) == 2
    kept = without_votes(whole.digest)
    assert (
        count(clone, *cast, kept=kept).digest["a.md"].groups
        == whole.digest["a.md"].groups
        == ((repository.revisions["first"], repository.revisions["typo"]),)
    )


def test_a_decision_that_history_corrects(repository: Repository) -> None:
    """What was decided holds, so that nothing is asked twice; counting anew asks history, which may know better."""
    repository.commit("first", text(TEN))
    repository.commit("typo", text(TEN.replace("ten", "tenn")))
    cast = [repository.tally("first", 3), repository.tally("typo", 2)]
    apart = {"a.md": ArticleVotes(groups=tuple((revision,) for revision in repository.revisions.values()))}
    places = Places(content=repository.root / "content", root=repository.root, today=DAY)
    assert len(counted(cast, apart, places).digest["a.md"].groups) == 2
    assert len(counted(cast, apart, places, anew=True).digest["a.md"].groups) == 1


def test_what_was_merged_counts_once(repository: Repository) -> None:
    """Of a branch that was merged, the text that came to the main line counts, not those on the way."""
    repository.commit("first", text(TEN))
    repository.git("checkout", "-q", "-b", "rework")
    repository.commit("draft", text(OTHER))
    repository.commit("back", text(TEN.replace("ten", "tenn")))
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "rework")
    found = count(repository.root, repository.tally("first"), repository.tally("back"))
    assert len(found.digest["a.md"].groups) == 1


def test_odd_files_in_history(repository: Repository) -> None:
    """Texts that are no articles, names with spaces and colons and a removal do not confuse the history."""
    repository.commit("first", text(TEN), ":odd näme.md")
    write_files(repository.root / "content", {":odd näme.md": "no front matter"})
    repository.git("commit", "-qam", "broken")
    write_files(repository.root / "content", {"x.png": b"\x00"})
    repository.commit("second", text(TEN.replace("ten", "tenn")), ":odd näme.md", gone="x.png")
    history = read_history(repository.root / "content")
    versions = history.versions({"a": [":odd näme.md"]})["a"]
    assert [version.revision for version in versions] == [repository.revisions[name] for name in ("first", "second")]


def test_no_history(tmp_path: Path) -> None:
    """Outside git nothing is known."""
    assert read_history(tmp_path).versions({"a.md": ["a.md"]}) == {"a.md": []}

"""A help centre in git, for tests of what its history tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from centres import run, write_files
from voting import DAY, a_tally

from kbgen.articles.library import load
from kbgen.feedback.digest import ArticleVotes
from kbgen.feedback.tally import Tally

GIT = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
TEN = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten"
OTHER = "Something else is said here now."


def text(body: str, **front: str) -> str:
    """The article of the trials, with another body."""
    head = "".join(f"{key}: {value}\n" for key, value in {"title": "Reset your password", **front}.items())
    return f"---\n{head}---\n\n{body}\n"


class Repository:
    """A help centre in git, and the revisions that its article had."""

    def __init__(self, root: Path) -> None:
        """Begin a repository in an empty folder."""
        self.root = root
        self.revisions: dict[str, str] = {}
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        """Run a git command there."""
        done = run("git", *arguments, cwd=self.root, env=GIT)
        assert done.code == 0, done.err

    def commit(self, name: str, content: str, path: str = "a.md", gone: str = "") -> None:
        """Commit an article, and remember its revision under a name."""
        write_files(self.root / "content", {path: content})
        if gone:
            (self.root / "content" / gone).unlink()
        self.git("add", "-A")
        self.git("commit", "-q", "-m", name)
        self.revisions[name] = load(self.root / "content", DAY).by_path[path].revision

    def tally(self, name: str, n: int = 1, path: str = "a.md", first: date = DAY) -> Tally:
        """So many yes on the text that was committed under a name."""
        return replace(a_tally(path, n=n, first=first), revision=self.revisions[name])

    def names(self, votes: ArticleVotes) -> list[list[str]]:
        """The counts of an article, by the names of their revisions."""
        named = {revision: name for name, revision in self.revisions.items()}
        return [[named.get(revision, revision) for revision in group] for group in votes.groups]

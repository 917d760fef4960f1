"""Revisions: which texts of an article are so alike that their votes belong together.

A major edit starts a new count, a small one does not. Small edits add up: each text is compared with the one that the
running count began with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbgen.articles.article import Article
from kbgen.articles.front_matter import Edit

MAJOR = 0.20
"""Share of the words; an edit that changes more of them is a major one."""

Groups = tuple[tuple[str, ...], ...]
"""Revisions whose votes belong together, the group that a text belongs to now at the end."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """An article as it stood at some time."""

    revision: str
    words: tuple[str, ...]
    """Of title and body, in order."""
    edit: Edit | None = None
    """What its writer said of the last edit."""


def version_of(article: Article) -> Version:
    """The version that an article is."""
    words = f"{article.title}\n{article.body}".split()
    return Version(revision=article.revision, words=tuple(words), edit=article.meta.edit)


def changed_share(before: Mapping[str, int], after: Sequence[str]) -> float:
    """The share of words that came or went, from 0 to 1; words that only moved are the same.

    `before` says how often each word stood there.
    """
    longest = max(sum(before.values()), len(after))
    shared = sum(min(count, before.get(word, 0)) for word, count in Counter(after).items())
    return (longest - shared) / longest if longest else 0.0


def runs(versions: Iterable[Version]) -> Groups:
    """The versions of one article, oldest first, cut where a major edit starts a new count.

    `edit: major` counts where it appears; without `edit: minor` the words are measured. A text that comes back
    belongs to the count that it had. What a writer called minor is where measuring begins anew.
    """
    run = _Runs()
    for version in versions:
        run.add(version)
    return tuple(tuple(group) for group in run.groups)


class _Runs:
    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        """The running count comes last."""
        self.begin: dict[str, Mapping[str, int]] = {}
        """The words that a count is measured against, by the first revision of the count."""
        self.before: Version | None = None

    def add(self, version: Version) -> None:
        home = next((group for group in self.groups if version.revision in group), None)
        is_same = self.before is not None and self.before.revision == version.revision
        if is_same and self._is_called_major(version):
            self._split(version)
        elif home:
            self.groups.remove(home)
            self.groups.append(home)
        elif not self.groups or self._is_called_major(version) or self._is_far(version):
            self._start(version)
        else:
            self.groups[-1].append(version.revision)
        if version.edit is Edit.MINOR:
            self.begin[self.groups[-1][0]] = Counter(version.words)
        self.before = version

    def _is_called_major(self, version: Version) -> bool:
        return version.edit is Edit.MAJOR and not (self.before and self.before.edit is Edit.MAJOR)

    def _is_far(self, version: Version) -> bool:
        begin = self.begin[self.groups[-1][0]]
        return version.edit is not Edit.MINOR and changed_share(begin, version.words) > MAJOR

    def _start(self, version: Version) -> None:
        self.groups.append([version.revision])
        self.begin[version.revision] = Counter(version.words)

    def _split(self, version: Version) -> None:
        """A text that was called major only after it had been committed begins a count of its own."""
        if len(self.groups[-1]) > 1 and self.groups[-1][-1] == version.revision:
            self.groups[-1].pop()
            self._start(version)


def joined(found: Groups, kept: Groups) -> Groups:
    """What history says, and for the revisions that it does not know what was decided before."""
    groups = [list(group) for group in found]
    known = {revision for group in found for revision in group}
    for group in kept:
        rest = [revision for revision in group if revision not in known]
        home = next((own for own in groups if not set(own).isdisjoint(group)), None)
        if home is not None:
            home.extend(rest)
        elif rest:
            groups.insert(len(groups) - len(found), rest)
    return tuple(tuple(group) for group in groups)

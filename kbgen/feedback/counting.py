"""Counting: from the votes in a database to the digest, with what is known of the articles and their past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kbgen.feedback.count import Spot, by_article
from kbgen.feedback.digest import ArticleVotes, Digest, Row, merged, moved, ordered
from kbgen.feedback.revisions import Groups, joined, runs, version_of
from kbgen.feedback.tally import Tally
from kbgen.feedback.voted import Places, Voted


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The digest, and what a person should know of how it came about."""

    digest: Digest
    current: Mapping[str, str]
    """The present revision of each article that is there."""
    moved: Mapping[str, str]
    """Paths at which articles were voted on, each with the present one."""
    gone: tuple[str, ...]
    """Paths of which no article is left; their votes are kept."""
    notes: tuple[str, ...]


def counted(tallies: Iterable[Tally], kept: Digest, places: Places, *, anew: bool = False) -> Counted:
    """Count the votes by article and by text; numbers in `kept` that the database no longer has stay.

    History is asked which texts are alike, and with `anew` even where `kept` has decided on all of them.
    """
    tallies = list(tallies)
    voted = places.present({*kept, *(tally.article for tally in tallies)})
    found, before = by_article(tallies, voted.moved), moved(kept, voted.moved)
    nothing = ArticleVotes(groups=())
    rows = {path: merged(before.get(path, nothing).rows, found.get(path, {})) for path in sorted({*before, *found})}
    decided = {path: votes.groups for path, votes in before.items()}
    return _Counting(rows, decided, voted, places).result(anew=anew)


def without_votes(digest: Digest) -> dict[str, ArticleVotes]:
    """Only what the digest knows of texts that belong together."""
    return {path: ArticleVotes(groups=votes.groups) for path, votes in digest.items()}


class _Counting:
    def __init__(
        self, rows: Mapping[str, Mapping[Spot, Row]], decided: Mapping[str, Groups], voted: Voted, places: Places
    ) -> None:
        self.rows, self.decided, self.voted, self.places = rows, decided, voted, places
        self.revisions = {path: {revision for revision, _ in own} for path, own in rows.items()}
        self.current = {path: voted.articles[path].revision for path in sorted(voted.articles)}

    def result(self, *, anew: bool) -> Counted:
        known = self._known(anew=anew)
        return Counted(
            digest={path: self._votes(path, known[path]) for path in self.rows},
            current=self.current,
            moved=self.voted.moved,
            gone=tuple(sorted(self.voted.gone)),
            notes=tuple(self._notes(known)),
        )

    def _known(self, *, anew: bool) -> dict[str, Groups]:
        """The counts of each article as far as history and the last digest tell."""
        unsure = [path for path in self.current if anew or not self._texts(path) <= self._decided(path)]
        past = self._past([path for path in unsure if len(self._texts(path)) > 1])
        return {path: joined(past.get(path, ()), self.decided.get(path, ())) for path in self.rows}

    def _texts(self, path: str) -> set[str]:
        """The present revision of an article, and those that were voted on."""
        return {*self.revisions[path], self.current[path]}

    def _decided(self, path: str) -> set[str]:
        return {revision for group in self.decided.get(path, ()) for revision in group}

    def _past(self, several: list[str]) -> dict[str, Groups]:
        """The counts that history tells of, of articles that have more than one text."""
        if not several:
            return {}
        versions = self.places.history.versions({path: self.voted.names(path) for path in several})
        return {path: runs([*versions[path], version_of(self.voted.articles[path])]) for path in several}

    def _votes(self, path: str, known: Groups) -> ArticleVotes:
        alone = tuple((revision,) for revision in self._unknown(path, known))
        current = self.current.get(path, "")
        groups = (*alone, *known) if not current or current in sum(known, ()) else (*alone, *known, (current,))
        return ArticleVotes(groups=ordered(groups, self.rows[path], current), rows=self.rows[path])

    def _unknown(self, path: str, known: Groups) -> list[str]:
        explained = {revision for group in known for revision in group} | {self.current.get(path, "")}
        return sorted(self.revisions[path] - explained)

    def _notes(self, known: Mapping[str, Groups]) -> Iterable[str]:
        if self._is_short():
            yield (
                "git does not know the whole history here, so texts that are alike may be counted apart; "
                "in a shallow clone fetch it: git fetch --unshallow"
            )
        for path in self.current:
            unknown = self._unknown(path, known[path])
            if unknown:
                yield f"{path}: no history explains {', '.join(unknown)}; votes on that text are counted alone"

    def _is_short(self) -> bool:
        """Whether there was need of a history that does not reach back."""
        asked = [path for path in self.current if not self._texts(path) <= self._decided(path)]
        if not any(len(self._texts(path)) > 1 for path in asked):
            return False
        return self.places.history.cut or not self.places.history.blobs

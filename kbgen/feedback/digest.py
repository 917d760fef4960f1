"""The digest: what all votes come to, article by article and count by count, as `feedback.json` keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kbgen.feedback.count import Count, Spot, total
from kbgen.feedback.revisions import Groups


@dataclass(frozen=True, kw_only=True)
class Row:
    """The votes on one revision, or on one section of it."""

    live: Count
    """Those in the database."""
    past: Count | None = None
    """Those of earlier databases."""

    @cached_property
    def count(self) -> Count:
        """All of them."""
        return self.live + self.past if self.past else self.live


@dataclass(frozen=True, kw_only=True)
class ArticleVotes:
    """The votes of one article; a count is a group of revisions whose votes belong together."""

    groups: Groups
    """The revisions of each count, newest count last."""
    rows: Mapping[Spot, Row] = field(default_factory=dict)

    @cached_property
    def counts(self) -> tuple[Count | None, ...]:
        """The votes on the whole article in each count, `None` where nobody has voted yet."""
        return tuple(total(self._of(group, "")) for group in self.groups)

    @property
    def running(self) -> Count | None:
        """The votes on the text as it is now, up to small edits."""
        return self.counts[-1] if self.counts else None

    @cached_property
    def all(self) -> Count | None:
        """The votes on the whole article over all counts."""
        return total(count for count in self.counts if count)

    def sections(self, group: Iterable[str]) -> dict[str, Count]:
        """The votes on single sections in one count, by anchor."""
        anchors = sorted({section for _, section in self.rows if section})
        found = {anchor: total(self._of(group, anchor)) for anchor in anchors}
        return {anchor: count for anchor, count in found.items() if count}

    def _of(self, group: Iterable[str], section: str) -> list[Count]:
        return [self.rows[revision, section].count for revision in group if (revision, section) in self.rows]


Digest = Mapping[str, ArticleVotes]
"""The votes of each article, by path."""


def merged(kept: Mapping[Spot, Row], found: Mapping[Spot, Count]) -> dict[Spot, Row]:
    """What the database has, and what only the digest still has: a vote that was counted once is not lost."""
    spots = sorted({*kept, *found})
    return {spot: _merged(kept.get(spot), found.get(spot)) for spot in spots}  # type: ignore[misc]


def _merged(kept: Row | None, found: Count | None) -> Row | None:
    """One row of both.

    Where the database begins after the digest ends, it is another one, and its votes come on top. Where it holds the
    same days, it knows best: a reader may have taken a vote back. Else it has lost some, and the larger number stands.
    """
    if kept is None or found is None:
        return kept or (Row(live=found) if found else None)
    if found.first > kept.live.last:
        return Row(live=found, past=kept.live + kept.past if kept.past else kept.live)
    is_whole = found.first <= kept.live.first and found.last >= kept.live.last
    return Row(live=found, past=kept.past) if is_whole or found.votes >= kept.live.votes else kept


def moved(digest: Digest, places: Mapping[str, str]) -> dict[str, ArticleVotes]:
    """The digest with articles under the paths that they have now; what meets at one path is added up."""
    found: dict[str, ArticleVotes] = {}
    for path, votes in digest.items():
        home = places.get(path, path)
        found[home] = _both(found[home], votes) if home in found else votes
    return found


def _both(one: ArticleVotes, other: ArticleVotes) -> ArticleVotes:
    rows = dict(one.rows)
    for spot, row in other.rows.items():
        rows[spot] = _added(rows[spot], row) if spot in rows else row
    known = {revision for group in one.groups for revision in group}
    rest = (tuple(r for r in group if r not in known) for group in other.groups)
    return ArticleVotes(groups=(*filter(None, rest), *one.groups), rows=rows)


def _added(one: Row, other: Row) -> Row:
    past = total(filter(None, (one.past, other.past)))
    return Row(live=one.live + other.live, past=past)


def ordered(groups: Groups, rows: Mapping[Spot, Row], current: str) -> Groups:
    """The counts in which somebody voted and the one of the present text, oldest first, with only such revisions.

    The count of the present text comes last, whenever its votes came.
    """
    first = {revision: row.count.first for (revision, _), row in sorted(rows.items(), key=_late_first)}
    chosen = [
        sorted({r for r in group if r in first or r == current}, key=lambda r: (str(first.get(r, "9")), r))
        for group in groups
    ]
    kept = [group for group in chosen if group]
    return tuple(tuple(group) for group in sorted(kept, key=lambda g: (current in g, str(first.get(g[0], "9")), g)))


def _late_first(item: tuple[Spot, Row]) -> tuple[int, Spot]:
    return -item[1].count.first.toordinal(), item[0]

"""The contract: an answer phrase finds its article among the first in the very index that ships.

What a phrase finds is kept, and holds for as long as all that it depends on stays the same: the shards that its words
lie in, the entries that were read, and what the manifest says of the whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from kbgen.errors import KbgenError, Where
from kbgen.outputs.files import write_whole
from kbgen.search.edition import edition
from kbgen.search.entry import FOLDER
from kbgen.search.manifest import NAME_LENGTH, Manifest
from kbgen.search.reader import languages, open_site
from kbgen.search.stamps import Stamp, changes
from kbgen.search.trial import Trial, trials


class Promise(NamedTuple):
    """An answer phrase of an article."""

    article: str
    phrase: str


class Broken(NamedTuple):
    """A promise that is not kept, and the articles that the phrase finds first, best first."""

    promise: Promise
    first: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of the promises."""

    broken: tuple[Broken, ...]
    untried: tuple[Promise, ...]
    """Those that the built site does not know yet."""


class _Said(NamedTuple):
    """What an index has of an article."""

    stamp: Stamp
    article: str
    answers: list[str]


@dataclass(kw_only=True)
class _Known:
    """What is known of one language: its entries by file name, and its trials by phrase, each with its key."""

    entries: dict[str, _Said] = field(default_factory=dict)
    trials: dict[str, tuple[str, Trial]] = field(default_factory=dict)


def verdict(site: Path, state: Path, promises: Iterable[Promise]) -> Verdict:
    """Try the promises in the index of a built site; `state` is the folder for caches.

    Raises a `KbgenError` where the index is damaged.
    """
    waiting = set(promises)
    broken: list[Broken] = []
    for code in languages(site):
        contract = _Contract(site, state, code)
        own = contract.known(waiting)
        broken += contract.broken(own)
        waiting -= own
    return Verdict(broken=tuple(sorted(broken)), untried=tuple(sorted(waiting)))


class _Contract:
    """The promises of one language."""

    def __init__(self, site: Path, state: Path, code: str) -> None:
        self.site, self.code = site, code
        self.file = state / "answers" / f"{code}.json"
        self.kept = _read(self.file)
        self.entries = self._entries()
        self.manifest = open_site(site, code).index.manifest

    def _entries(self) -> dict[str, _Said]:
        folder = self.site / FOLDER / self.code / "a"
        before = self.kept.entries
        found = changes(folder, {name: said.stamp for name, said in before.items()})
        said = {name: before[name]._replace(stamp=stamp) for name, stamp in found.stamps.items() if name in before}
        for name, data in found.changed.items():
            try:
                entry: dict[str, Any] = json.loads(data)
                said[name] = _Said(found.stamps[name], entry["article"], entry["answers"])
            except (ValueError, KeyError, TypeError) as error:
                raise KbgenError(
                    "the search entry cannot be read",
                    where=Where(path=str(folder / name)),
                    hint="build the site anew: kbgen build",
                ) from error
        return said

    def known(self, promises: Iterable[Promise]) -> set[Promise]:
        """Those of the promises that stand in the index."""
        answers = {said.article: set(said.answers) for said in self.entries.values()}
        return {promise for promise in promises if promise.phrase in answers.get(promise.article, ())}

    def broken(self, promises: Iterable[Promise]) -> list[Broken]:
        """Those that are not kept."""
        found = self._trials(sorted({promise.phrase for promise in promises}))
        return [
            Broken(promise, tuple(found[promise.phrase].first))
            for promise in promises
            if promise.article not in found[promise.phrase].first
        ]

    def _trials(self, phrases: list[str]) -> dict[str, Trial]:
        """What each phrase finds: what is known, as long as it holds, and the rest tried again."""
        keys = _Keys(self.manifest, {name: said.stamp.digest for name, said in self.entries.items()})
        before = self.kept.trials
        held = {p: before[p][1] for p in phrases if p in before and before[p][0] == keys.of(before[p][1])}
        new = trials(self.site, self.code, [phrase for phrase in phrases if phrase not in held])
        found = held | new
        known = _Known(
            entries=self.entries, trials={phrase: (keys.of(found[phrase]), found[phrase]) for phrase in phrases}
        )
        if known != self.kept:
            _write(self.file, known)
        return found


class _Keys:
    """Tells whether a trial would end as before: the digest of all that it depends on."""

    def __init__(self, manifest: Manifest, digests: dict[str, str]) -> None:
        """Take the state of an index; the digests are those of its entries, by file name."""
        self.manifest, self.digests = manifest, digests
        self.common = f"{manifest.articles} {manifest.shards} {manifest.stop}"
        self.whole = f"{manifest.names} {manifest.words} {manifest.endings}"

    def of(self, trial: Trial) -> str:
        """The digest for one trial."""
        names = self.manifest.names
        shards = "".join(names[n * NAME_LENGTH : (n + 1) * NAME_LENGTH] for n in trial.shards) or self.whole
        entries = " ".join(self.digests.get(f"{slot}.json", "") for slot in trial.entries)
        return hashlib.blake2b(f"{self.common} {shards} {entries}".encode(), digest_size=8).hexdigest()


def _read(file: Path) -> _Known:
    """What was known; nothing where it is missing, damaged or of another edition."""
    try:
        data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if data["edition"] != edition():
            return _Known()
        entries = {name: _Said(Stamp(*stamp), *rest) for name, (stamp, *rest) in data["entries"].items()}
        return _Known(entries=entries, trials={p: (key, Trial(*trial)) for p, (key, trial) in data["trials"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _Known()


def _write(file: Path, known: _Known) -> None:
    write_whole(file, json.dumps({"edition": edition(), **vars(known)}, ensure_ascii=False, separators=(",", ":")))

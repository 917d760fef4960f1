"""Decisions: what a person says of topics; it holds over every later import."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kbgen.errors import KbgenError, nearest
from kbgen.tickets.privacy import scrub
from kbgen.tickets.ticket import Ticket
from kbgen.topics.continuation import holds
from kbgen.topics.lock import Merge, Split
from kbgen.topics.registry import Registry
from kbgen.topics.topic import shared

LONGEST = 120
"""Characters of a label or a reason: they stand in a list."""


def renamed(registry: Registry, id_: str, label: str) -> Registry:
    """The topic called as a person calls it; `""` takes the name back, and the next import finds one."""
    now = registry.known(id_)
    return replace(registry, labels=_with(registry.labels, now, _line(label, "label") if label else ""))


def dismissed(registry: Registry, id_: str, reason: str) -> Registry:
    """The topic set aside for a reason; what an article answered is open to doubt no more."""
    now = registry.known(id_)
    text = _line(reason, "reason")
    if not text:
        raise KbgenError(
            f"'{now}' is not dismissed: no reason is given", hint="say why, for example --because 'one account only'"
        )
    return replace(registry, dismissed=_with(registry.dismissed, now, text), answered=_with(registry.answered, now, ""))


def answered(registry: Registry, id_: str, article: str, articles: Collection[str]) -> Registry:
    """The topic answered by an article, given by its path with or without the folder of all articles."""
    now = registry.known(id_)
    path = article if article in articles else article.partition("/")[2]
    if path not in articles:
        near = nearest(article, articles)
        hint = f"did you mean '{near}'?" if near else "give its path below content/, for example account/refund.md"
        raise KbgenError(f"there is no published article '{article}'", hint=hint)
    return replace(registry, answered=_with(registry.answered, now, path), dismissed=_with(registry.dismissed, now, ""))


def undecided(registry: Registry, id_: str) -> Registry:
    """The topic as if nobody had dismissed or answered it."""
    now = registry.known(id_)
    if now not in registry.dismissed and now not in registry.answered:
        raise KbgenError(f"nobody has dismissed or answered '{now}'", hint=f"see it with: kbgen topics show {now}")
    return replace(registry, answered=_with(registry.answered, now, ""), dismissed=_with(registry.dismissed, now, ""))


def merged(registry: Registry, into: str, others: Sequence[str]) -> Registry:
    """The others become part of one topic; their ids go on naming it, and what it lacks it takes from them."""
    target = registry.topic(into)
    sources = list(dict.fromkeys(registry.topic(other).id for other in others))
    if target.id in sources:
        raise KbgenError(f"'{target.id}' cannot be merged with itself", hint="name the topics that go into it")
    merges = {id_: Merge(into=target.id, phrases=registry.topic(id_).phrases) for id_ in sources}
    article = next((registry.answered[id_] for id_ in sources if id_ in registry.answered), "")
    answers = {id_: path for id_, path in registry.answered.items() if id_ not in sources}
    if article and target.id not in registry.dismissed:
        answers.setdefault(target.id, article)
    return replace(
        registry,
        merged={**registry.merged, **merges},
        splits={id_: split for id_, split in registry.splits.items() if id_ not in sources},
        answered=answers,
        dismissed=_without(registry.dismissed, sources),
        labels=_without(registry.labels, sources),
    )


def split(registry: Registry, id_: str, phrase: str, tickets: Sequence[Ticket]) -> tuple[Registry, str]:
    """The tickets of a topic that hold a phrase become a topic of their own; its id comes second.

    Refused where too few tickets or people say it, or where nothing would be left.
    """
    topic = registry.topic(id_)
    by = _line(" ".join(phrase.split()), "phrase").casefold()
    own = [ticket for ticket in tickets if ticket.id in set(topic.tickets)]
    places = {place for place, ticket in enumerate(own) if by and holds(ticket, by)}
    if not places or not shared(own, places):
        raise KbgenError(
            f"{len(places)} of {len(own)} tickets of '{topic.id}' say '{by}'; a topic needs three, of two people",
            hint=f"choose a phrase that more of them say: kbgen topics show {topic.id}",
        )
    if len(own) - len(places) < 3:
        raise KbgenError(
            f"{len(places)} of {len(own)} tickets of '{topic.id}' say '{by}', so that hardly any would be left",
            hint=f"rename it instead: kbgen topics rename {topic.id} 'LABEL'",
        )
    taken = {*registry.remembered, *registry.decided, *registry.history}
    digest = hashlib.sha256(f"{topic.id}\n{by}".encode()).hexdigest()
    new = next(f"t-{digest[:n]}" for n in range(6, 64) if f"t-{digest[:n]}" not in taken)
    return replace(registry, splits={**registry.splits, new: Split(source=topic.id, by=by)}), new


def _with(values: Mapping[str, str], id_: str, value: str) -> dict[str, str]:
    """The values with one set, or taken out where it is empty."""
    return {**_without(values, [id_]), **({id_: value} if value else {})}


def _without(values: Mapping[str, str], ids: Collection[str]) -> dict[str, str]:
    return {id_: value for id_, value in values.items() if id_ not in ids}


def _line(text: str, what: str) -> str:
    """A text that may be committed: one line, not long, without personal data."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise KbgenError(f"the {what} has {len(line)} characters; {LONGEST} are the most", hint="say it shorter")
    if scrub(line)[0] != line:
        raise KbgenError(
            f"the {what} holds what looks like personal data", hint="topics.lock is committed: say it without"
        )
    return line

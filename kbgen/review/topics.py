"""Topics as items: recurring ticket themes of which no article says that it answers them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kbgen.review.item import Cause, Item, Kind
from kbgen.topics.lock import LockedTopic


def topic_items(topics: Iterable[LockedTopic], answered: Collection[str]) -> Iterator[Item]:
    """One item for each topic that is not among those `answered`; each ticket is a reader who had to write."""
    for topic in topics:
        if topic.id in answered:
            continue
        said = ", ".join(topic.phrases)
        people = f" of {topic.people} people" if topic.people else ""
        cause = Cause(
            kind="topic",
            readers=float(topic.tickets),
            evidence=f"{topic.tickets} tickets{people} ask about {said}",
            action=f"look at it (kbgen topics show {topic.id}); where one answers it, add 'topics: [{topic.id}]' "
            f"to its front matter, else let kbgen propose one: kbgen topics draft {topic.id}",
            facts={"tickets": topic.tickets, "people": topic.people, "phrases": list(topic.phrases)},
        )
        yield Item(kind=Kind.TOPIC, subject=topic.id, title=said, causes=(cause,))

"""The placement: which topic each ticket is in, and how well it belongs there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kbgen.topics.registry import Registry

CORE, FRINGE, ONE_OFF = "core", "fringe", "one-off"


def placement_lines(registry: Registry, tickets: Iterable[str]) -> Iterator[str]:
    """One line of JSON for each ticket, in the order of the ids: id, topic (`""` for none) and tier."""
    place = {id_: (topic.id, CORE) for topic in registry.topics for id_ in topic.tickets}
    place |= {id_: (topic.id, FRINGE) for topic in registry.topics for id_ in topic.fringe}
    for id_ in sorted({*tickets, *place}):
        topic, tier = place.get(id_, ("", ONE_OFF))
        yield json.dumps({"id": id_, "topic": topic, "tier": tier}, ensure_ascii=False) + "\n"

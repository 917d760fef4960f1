"""How many tickets keep the id of their topic when more tickets come, and whether topics stay as good.

usage: python benchmarks/topic_ids.py [LABELLED.jsonl] [--cache FOLDER]

LABELLED holds objects with id, text and label; default: banking77_test.jsonl (PolyAI-LDN/task-specific-datasets,
CC-BY-4.0) below KBGEN_DATA or ../shared/data. 100 parts of 130 come first, chosen by a hash of the id, then 30 more.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from kbgen.tickets.ticket import Ticket
from kbgen.topics.continuation import continued
from kbgen.topics.embedding.interface import CachedEmbedding
from kbgen.topics.embedding.minilm import MiniLM
from kbgen.topics.mining import MiningSettings
from kbgen.topics.registry import Registry

DATA = Path(os.environ.get("KBGEN_DATA", Path(__file__).parents[2] / "shared/data"))
DAY = "2026-01-01"


def tickets_of(file: Path) -> tuple[list[Ticket], dict[str, str]]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    tickets = [
        Ticket(id=row["id"], subject="", text=row["text"], replies=(), requester="", created="", tags=())
        for row in rows
    ]
    return tickets, {row["id"]: row["label"] for row in rows}


def number(id_: str) -> int:
    return int(hashlib.sha256(id_.encode()).hexdigest(), 16)


def owners(registry: Registry) -> dict[str, str]:
    return {ticket: topic.id for topic in registry.topics for ticket in topic.tickets}


def kept(before: Mapping[str, str], after: Mapping[str, str]) -> float:
    return sum(after.get(ticket) == id_ for ticket, id_ in before.items()) / len(before)


def entropy(counts: list[int]) -> float:
    share = np.array(counts) / sum(counts)
    return float(-(share * np.log(share)).sum())


def nmi(labels: Mapping[str, str], owner: Mapping[str, str]) -> float:
    """Normalised mutual information with the labels, tickets of no topic as one group, 0 to 1."""
    pairs = [(label, owner.get(ticket, "")) for ticket, label in labels.items()]
    both, first, second = (Counter(x) for x in (pairs, [a for a, _ in pairs], [b for _, b in pairs]))
    alone = entropy(list(first.values())) + entropy(list(second.values()))
    return 2 * (alone - entropy(list(both.values()))) / alone


def purity(labels: Mapping[str, str], registry: Registry) -> float:
    best = sum(Counter(labels[t] for t in topic.tickets).most_common(1)[0][1] for topic in registry.topics)
    return best / max(1, sum(topic.size for topic in registry.topics))


def tell(name: str, registry: Registry, labels: Mapping[str, str], before: Mapping[str, str], seconds: float) -> None:
    owner = owners(registry)
    same = f"{kept(before, owner):.3f}" if before else "  -  "
    print(
        f"  {name:34} kept {same}  topics {len(registry.topics):3}  NMI {nmi(labels, owner):.3f}  "
        f"purity {purity(labels, registry):.2f}  placed {len(owner) / len(labels):.2f}  {seconds:.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=DATA / "tickets/banking77_test.jsonl")
    parser.add_argument("--cache", type=Path)
    given = parser.parse_args()
    tickets, labels = tickets_of(given.file)
    embedding = CachedEmbedding(MiniLM(), given.cache or Path(tempfile.mkdtemp()))
    embedding.embed([ticket.text for ticket in tickets])
    tickets.sort(key=lambda ticket: number(ticket.id))
    first = tickets[: round(len(tickets) / 1.3)]
    print(f"{given.file.name}: {len(first)} tickets, then {len(tickets) - len(first)} more ({embedding.name})")

    def run(name: str, registry: Registry, own: list[Ticket], before: Mapping[str, str], *, refit: bool) -> Registry:
        start = time.process_time()
        after = continued(registry, own, embedding, MiningSettings(), day=DAY, refit=refit)
        known = {ticket.id: labels[ticket.id] for ticket in own}
        tell(name, after, known, before, time.process_time() - start)
        return after

    one = run("the first", Registry(), first, {}, refit=True)
    run("30 % more, an import as usual", one, tickets, owners(one), refit=False)
    run("30 % more, all grouped anew", one, tickets, owners(one), refit=True)
    month, registry = len(tickets) // 6, Registry()
    for n in range(1, 7):
        before = owners(registry)
        registry = run(f"month {n} of 6", registry, tickets[: month * n], before, refit=False)


if __name__ == "__main__":
    main()

"""How well topics match the labels of people, beside k-means that is told the true number of groups.

usage: python benchmarks/topics.py [LABELLED.jsonl ...]   (objects with id, text, label; default: the sample tickets)
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.cluster.vq import kmeans2

from kbgen.tickets.door import Door
from kbgen.tickets.sources.table import read_tickets
from kbgen.tickets.ticket import RawTicket, Ticket
from kbgen.topics.embedding.interface import CachedEmbedding
from kbgen.topics.embedding.minilm import MiniLM
from kbgen.topics.finding import find_topics
from kbgen.topics.mining import MiningSettings, centred
from kbgen.topics.vectors import question_vectors, ticket_vectors

SAMPLE = Path(__file__).parents[1] / "tests/data/sample-tickets.csv"
NO_TOPIC = {"oneoff", "oos"}


def tickets_of(file: Path) -> list[Ticket]:
    door = Door(b"benchmark" * 4)
    rows = read_tickets(file)
    return sorted((door.admit(row).ticket for row in rows if isinstance(row, RawTicket)), key=lambda ticket: ticket.id)


def labels_of(file: Path) -> dict[str, str]:
    if file.suffix == ".csv":
        with file.with_name("sample-labels.csv").open() as stream:
            return {row["id"]: row["subject_key"] for row in csv.DictReader(stream)}
    return {str(row["id"]): row["label"] for row in map(json.loads, file.read_text().splitlines())}


def entropy(counts: np.ndarray) -> float:
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log(share)).sum())


def nmi(first: list[object], second: list[object]) -> float:
    """Normalised mutual information (arithmetic mean of the entropies), 0 to 1."""
    names = [sorted(set(map(str, side))) for side in (first, second)]
    table = np.zeros((len(names[0]), len(names[1])))
    for a, b in zip(map(str, first), map(str, second), strict=True):
        table[names[0].index(a), names[1].index(b)] += 1
    both = entropy(table.ravel())
    alone = [entropy(table.sum(axis=axis)) for axis in (1, 0)]
    return 2 * (sum(alone) - both) / sum(alone)


def report(name: str, labels: list[str], groups: list[int], seconds: float) -> float:
    """Print one row; found = share of labels that are the majority of some group of five or more."""
    found, pure, placed = set(), 0, 0
    for group in set(groups) - {-1}:
        counts = Counter(label for label, own in zip(labels, groups, strict=True) if own == group)
        label, most = counts.most_common(1)[0]
        pure += most
        placed += counts.total()
        if counts.total() >= 5 and 2 * most >= counts.total() and label not in NO_TOPIC:
            found.add(label)
    share = len(found) / len(set(labels) - NO_TOPIC)
    score = nmi(labels, groups)
    print(
        f"  {name:22} NMI {score:.3f}  found {share:.2f}  purity {pure / max(1, placed):.2f}  "
        f"placed {placed / len(labels):.2f}  groups {len(set(groups) - {-1})}  {seconds:.1f} s"
    )
    return score


def main(files: list[Path]) -> None:
    for file in files:
        tickets, known = tickets_of(file), labels_of(file)
        labels = [known[ticket.id] for ticket in tickets]
        with tempfile.TemporaryDirectory() as folder:
            embedding = CachedEmbedding(MiniLM(), Path(folder))
            start = time.perf_counter()
            vectors = ticket_vectors(tickets, question_vectors(tickets, embedding), embedding)
            seconds = time.perf_counter() - start
            print(f"{file.name}: {len(tickets)} tickets, {len(set(labels))} labels, {os.cpu_count()} cores")
            print(f"  embedding {len(tickets) / seconds:.0f} tickets/s")
            start = time.perf_counter()
            found = find_topics(tickets, embedding, MiningSettings())
            place = {id_: number for number, topic in enumerate(found.topics) for id_ in topic.tickets}
            ours = report(
                "kbgen", labels, [place.get(ticket.id, -1) for ticket in tickets], time.perf_counter() - start
            )
            start = time.perf_counter()
            true_k = len(set(labels) - NO_TOPIC)
            _, groups = kmeans2(centred(vectors).astype(float), true_k, seed=0, minit="++")
            theirs = report(f"k-means (k = {true_k})", labels, groups.tolist(), time.perf_counter() - start)
            print(f"  ratio of NMI, kbgen to k-means: {ours / theirs:.2f}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [SAMPLE])

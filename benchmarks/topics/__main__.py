"""How well topics match the labels of people, beside BERTopic, and k-means, NMF and LDA that are told the true number.

    python benchmarks/topics [--data FILE.jsonl ...] [--embedding static] [--tail] [--stability]

A file holds one object a line: id, text, label; "oos" and "oneoff" are labels of no topic. Without a file, the sample
tickets are taken. Public sets: BANKING77 (github.com/PolyAI-LDN/task-specific-datasets, CC BY 4.0), CLINC150
(github.com/clinc/oos-eval, CC BY 3.0), HWU64 (github.com/xliuhw/NLU-Evaluation-Data, CC BY 4.0), DSTC11 track 2
(github.com/amazon-science/dstc11-track2-intent-induction, CDLA-Permissive-2.0).

Needs scikit-learn; BERTopic where it is installed (pip install bertopic).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from methods import METHODS
from scores import HEAD, scores
from sklearn.metrics import adjusted_rand_score

from kbgen.tickets.door import Door
from kbgen.tickets.sources.table import read_tickets
from kbgen.tickets.ticket import RawTicket, Ticket
from kbgen.topics.embedding.choice import KINDS, embedding
from kbgen.topics.identity import with_earlier_ids
from kbgen.topics.mining import MiningSettings, mine
from kbgen.topics.topic import Topic
from kbgen.topics.vectors import plain, question_vectors, ticket_vectors

SAMPLE = Path(__file__).parents[2] / "tests/data/sample-tickets.csv"


def labelled(file: Path) -> tuple[list[Ticket], np.ndarray]:
    """The tickets of a file, by id, and their labels."""
    if file.suffix == ".csv":
        with file.with_name("sample-labels.csv").open() as stream:
            known = {row["id"]: row["subject_key"] for row in csv.DictReader(stream)}
    else:
        known = {str(row["id"]): row["label"] for row in map(json.loads, file.read_text().splitlines())}
    door = Door(b"benchmark" * 4)
    admitted = ((door.admit(row).ticket, known[row.id]) for row in read_tickets(file) if isinstance(row, RawTicket))
    pairs = sorted(((ticket, label) for ticket, label in admitted if ticket), key=lambda pair: pair[0].id)
    return [ticket for ticket, _ in pairs], np.array([label for _, label in pairs])


def long_tail(labels: np.ndarray, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Rows of a resample with Zipf sizes, the largest label first, and their labels; below five it is a one-off."""
    random = np.random.default_rng(seed)
    rows, names = [], []
    for rank, label in enumerate(random.permutation(sorted(set(labels.tolist()) - {"oos", "oneoff"})), start=1):
        own = np.flatnonzero(labels == label)
        size = max(1, min(len(own), round(4 * len(own) / rank)))
        rows += random.choice(own, size, replace=False).tolist()
        names += [label if size >= 5 else "oneoff"] * size
    alone = np.flatnonzero(np.isin(labels, ["oos", "oneoff"]))
    return np.array(rows + alone.tolist()), np.array(names + ["oneoff"] * len(alone))


def compare(title: str, texts: list[str], vectors: np.ndarray, labels: np.ndarray) -> None:
    true_k = len(set(labels.tolist()) - {"oos", "oneoff"})
    print(f"\n{title}: {len(labels)} tickets, {true_k} topics\n\n{HEAD}\n|---{'|--:' * 12}|", flush=True)
    ours = 0.0
    for name, method in METHODS.items():
        start = time.process_time()
        try:
            groups = method(texts, vectors, true_k)
        except ModuleNotFoundError as error:
            print(f"| {name} | {error.name} is not installed |")
            continue
        cpu = time.process_time() - start
        ours = ours or cpu
        print(scores(labels, groups).row(name, cpu, ours), flush=True)


def stability(vectors: np.ndarray, settings: MiningSettings) -> None:
    """The same again, shuffled, with another seed, and with 30 % more tickets."""
    first = mine(vectors, settings).groups
    same = np.array_equal(first, mine(vectors, settings).groups)
    shuffled = []
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(vectors))
        groups = np.empty_like(first)
        groups[order] = mine(vectors[order], settings).groups
        shuffled.append(adjusted_rand_score(first, groups))
    seeded = [adjusted_rand_score(first, mine(vectors, replace(settings, seed=seed)).groups) for seed in (1, 2, 3)]
    print(f"\nsame input, same groups: {same}")
    print(f"ARI, the lowest of three: shuffled {min(shuffled):.3f}, with another seed {min(seeded):.3f}")
    print(f"after 30 % new tickets {kept(vectors, settings):.3f} of the placed old ones keep their id")


def kept(vectors: np.ndarray, settings: MiningSettings) -> float:
    """Share of the tickets that were placed before and have the id they had, after 30 % more came."""
    known = np.sort(np.random.default_rng(0).permutation(len(vectors))[: round(len(vectors) / 1.3)])
    before = topics(mine(vectors[known], settings).groups, known)
    after = with_earlier_ids(topics(mine(vectors, settings).groups, np.arange(len(vectors)), "new"), before)
    old = {ticket: topic.id for topic in before for ticket in topic.tickets}
    new = {ticket: topic.id for topic in after for ticket in topic.tickets}
    return float(np.mean([new.get(ticket) == id_ for ticket, id_ in old.items()]))


def topics(groups: np.ndarray, rows: np.ndarray, kind: str = "old") -> list[Topic]:
    empty = Topic(id="", label="", phrases=(), examples=(), tickets=(), people=0, first="", last="")
    members = {number: tuple(map(str, rows[groups == number])) for number in range(groups.max() + 1)}
    return [replace(empty, id=f"{kind}-{number}", tickets=own) for number, own in members.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[SAMPLE])
    parser.add_argument("--embedding", choices=KINDS, default="minilm")
    parser.add_argument("--tail", action="store_true", help="also a resample with Zipf sizes and one-offs")
    parser.add_argument("--stability", action="store_true")
    parser.add_argument("--state", type=Path, help="folder that keeps vectors; default: none")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for file in asked.data:
            tickets, labels = labelled(file)
            texts = [plain(ticket.question) for ticket in tickets]
            model = embedding(asked.embedding, asked.state or Path(folder), lambda own=texts: own)
            vectors = ticket_vectors(tickets, question_vectors(tickets, model), model)
            compare(f"{file.name}, {asked.embedding}", texts, vectors, labels)
            if asked.tail:
                rows, names = long_tail(labels)
                compare(f"{file.name}, long tail", [texts[row] for row in rows], vectors[rows], names)
            if asked.stability:
                stability(vectors, MiningSettings())


if __name__ == "__main__":
    main()

"""What 10,000 and 100,000 short messages cost, and a second import of 5 % new ones: CPU, memory, topics found.

usage: python benchmarks/topics_scale.py FOLDER [--embedding static|minilm] [--count N]

FOLDER holds labelled messages (*.jsonl with id, text, label): banking77 train and test (CC-BY-4.0), CLINC150 with
out-of-scope (CC-BY-3.0), HWU64 fold 1 (CC-BY-4.0) and the DSTC11 development set (CDLA-Permissive-2.0), 30,532 in all.
More than there are, are variants of them: see variants.py. Each stage is a process of its own, with whatever it starts.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import distribution
from itertools import islice
from pathlib import Path

import numpy as np
from measures import Effort, effort
from variants import messages, real_messages

NEW = 0.05
STAGES = ("import", "embed", "mine")
OUT_OF_SCOPE = "clinc150/oos"


class Static:
    """The static token vectors of wordllama 0.4 (256 dimensions), read without importing the package."""

    name = "wordllama-256"

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """One unit vector a text: the mean of its tokens' vectors."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        place = Path(str(distribution("wordllama").locate_file("wordllama")))
        tokenizer = Tokenizer.from_file(str(place / "tokenizers/l2_supercat_tokenizer_config.json"))
        tokenizer.no_padding()
        weights = next(iter(load_file(place / "weights/l2_supercat_256.safetensors").values())).astype(np.float32)
        result = np.zeros((len(texts), weights.shape[1]), dtype=np.float32)
        for start in range(0, len(texts), 4096):
            batch = [text or " " for text in texts[start : start + 4096]]
            for row, encoding in enumerate(tokenizer.encode_batch(batch, add_special_tokens=False), start):
                result[row] = weights[encoding.ids].mean(axis=0)
        return result / np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-9)


def make(folder: Path, state: Path, count: int) -> None:
    """Two exports, the first of `count` messages and the second of 5 % more, and the labels of all."""
    rows = messages(real_messages(folder), round(count * (1 + NEW)))
    labels: dict[str, str] = {}
    for name, size in (("first", count), ("second", round(count * NEW))):
        with (state / f"{name}.jsonl").open("w") as stream:
            for raw, label in islice(rows, size):
                labels[raw.id] = label
                stream.write(json.dumps({"id": raw.id, "text": raw.text, "requester": raw.requester}) + "\n")
    (state / "labels.json").write_text(json.dumps(labels))


def import_stage(state: Path, name: str) -> None:
    from kbgen.engines.choice import engine_at
    from kbgen.tickets.door import Door
    from kbgen.tickets.intake import admitted
    from kbgen.tickets.sources.table import read_tickets
    from kbgen.tickets.store import TicketStore
    from kbgen.tickets.ticket import RawTicket

    file, store = state / f"{name}.jsonl", TicketStore(state)
    rows = (row for row in read_tickets(file) if isinstance(row, RawTicket))
    with engine_at("") as engine:
        store.save(ticket for ticket, _ in admitted(rows, Door(store.key()), engine))


def embed_stage(state: Path, kind: str) -> None:
    from kbgen.engines.serial import SerialEngine
    from kbgen.tickets.store import TicketStore
    from kbgen.topics.embedding.interface import CachedEmbedding
    from kbgen.topics.embedding.minilm import MiniLM
    from kbgen.topics.embedding.spread import SpreadEmbedding
    from kbgen.topics.vectors import question_vectors, ticket_vectors

    embedding = CachedEmbedding(Static() if kind == "static" else SpreadEmbedding(MiniLM, SerialEngine()), state)
    tickets = TicketStore(state).tickets()
    questions = question_vectors(tickets, embedding)
    np.save(state / "vectors.npy", ticket_vectors(tickets, questions, embedding))
    (state / "ids.json").write_text(json.dumps([ticket.id for ticket in tickets]))


def mine_stage(state: Path) -> None:
    """Group all tickets; where some have their group from the run before, only the others."""
    from kbgen.topics.mining import UNPLACED, Mined, MiningSettings
    from kbgen.topics.rounds import join_rounds, mine_rounds

    ids = json.loads((state / "ids.json").read_text())
    vectors, earlier = np.load(state / "vectors.npy", mmap_mode="r"), state / "groups.json"
    if earlier.exists():
        known = json.loads(earlier.read_text())
        groups = np.array([known.get(id_, UNPLACED) for id_ in ids])
        done = Mined(groups=groups, agreement=(groups != UNPLACED).astype(float))
        mined = join_rounds(vectors, done, MiningSettings(), keys=ids)
    else:
        mined = mine_rounds(vectors, MiningSettings(), keys=ids)
    earlier.write_text(json.dumps(dict(zip(ids, mined.groups.tolist(), strict=True))))


def stage(state: Path, *arguments: str) -> Effort:
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    return effort(sys.executable, __file__, str(state), "--stage", *arguments, cwd=Path.cwd(), seconds=3600)


def score(state: Path) -> str:
    """Labels found (majority of a topic of five or more), and what the topics are like."""
    labels, groups = (json.loads((state / name).read_text()) for name in ("labels.json", "groups.json"))
    names = {label: number for number, label in enumerate(sorted(set(labels.values())))}
    table = np.zeros((max(groups.values()) + 1, len(names)), dtype=int)
    for id_, group in groups.items():
        if group >= 0:
            table[group, names[labels[id_]]] += 1
    sizes, most, main = table.sum(axis=1), table.max(axis=1), table.argmax(axis=1)
    clear = (sizes >= 5) & (2 * most >= sizes) & (main != names.get(OUT_OF_SCOPE, -1))
    found, wanted = len(set(main[clear].tolist())), len(names) - (OUT_OF_SCOPE in names)
    return (
        f"found {found} of {wanted} labels ({found / wanted:.2f}), {clear.sum() / max(1, found):.2f} topics to each; "
        f"{len(table)} topics, purity {most.sum() / sizes.sum():.2f}, placed {sizes.sum() / len(groups):.2f}"
    )


def told(name: str, parts: Sequence[Effort]) -> float:
    cells = "".join(f"{part.cpu:8.1f} s {part.memory:6.0f} MB" for part in parts)
    cpu = sum(part.cpu for part in parts)
    print(f"{name:22}{cells}{cpu:9.1f} s {max(part.memory for part in parts):6.0f} MB", flush=True)
    return cpu


def measure(folder: Path, kind: str, count: int) -> float:
    """Print what a first and a second import cost; CPU seconds of the first."""
    with tempfile.TemporaryDirectory() as name:
        state = Path(name)
        make(folder, state, count)
        sums = []
        for turn, export in ((f"{count:,} {kind}", "first"), (f"  and {NEW:.0%} new", "second")):
            parts = [stage(state, "import", export), stage(state, "embed", kind), stage(state, "mine")]
            sums.append(told(turn, parts))
            print(f"  {score(state)}", flush=True)
        print(f"  the second import costs {sums[1] / sums[0]:.1%} of the first")
        return sums[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--embedding", choices=["static", "minilm"], default="static")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--stage", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stage:
        first, *rest = asked.stage
        {"import": import_stage, "embed": embed_stage, "mine": mine_stage}[first](asked.folder, *rest)
        return
    print(f"{'CPU and peak memory':22}" + "".join(f"{name:>20}" for name in (*STAGES, "together")))
    small = measure(asked.folder, asked.embedding, asked.count // 10)
    large = measure(asked.folder, asked.embedding, asked.count)
    print(f"ten times the tickets cost {large / small:.1f} times the CPU")


if __name__ == "__main__":
    main()

"""Whether coverage tells answered topics from open ones, on labelled data.

usage: python benchmarks/coverage.py [--data FOLDER] [--cache FOLDER] [--set NAME ...] [--seeds N] [--tune]

FOLDER holds tickets/*.jsonl (id, text, label) and search/tickets_by_intent.json; default: KBGEN_DATA, ../shared/data.
The sets are public: Banking77 (PolyAI-LDN/task-specific-datasets, CC-BY-4.0), CLINC150 (clinc/oos-eval, CC-BY-3.0) and
HWU64 (xliuhw/NLU-Evaluation-Data, CC-BY-4.0).

Half of the intents, drawn by a seed, have an article: its title is the intent's name in words, six sentences of the
training side are its text; in the kind 'mixed' three of them are answer phrases. The tickets are other sentences
(35 at most for each intent): of the training side for tuning, of the test side for the report. Topics are the intents
themselves ('labels'), or what kbgen finds in all tickets ('found'; its intent is that of most of its tickets).

answered is right where the article called is the intent's own. F1 is over topics with an article; 'false' is the share
of topics called answered that are not, or by the wrong article; 'open' the share of open topics called answered.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from kbgen.articles.library import Library, load
from kbgen.tickets.ticket import Ticket
from kbgen.topics import coverage as rules
from kbgen.topics.embedding.interface import CachedEmbedding
from kbgen.topics.embedding.minilm import MiniLM
from kbgen.topics.finding import find_topics
from kbgen.topics.mining import MiningSettings
from kbgen.topics.registry import Registry
from kbgen.topics.topic import Topic

DATA = Path(os.environ.get("KBGEN_DATA", Path(__file__).parents[2] / "shared/data"))
TODAY = date(2026, 1, 1)
SENTENCES, TICKETS = 6, 35
TUNING, TEST = ("hwu64", "banking77-train", "clinc150-train"), ("banking77", "clinc150")
CALLED = {"answered", "findable", "contradicted"}
Sentences = Mapping[str, list[str]]


def by_label(file: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["label"], []).append(row["text"])
    return found


def sides(data: Path, name: str, rng: random.Random) -> tuple[Sentences, Sentences]:
    """Sentences for articles and for tickets, by intent; no sentence is in both."""
    train = json.loads((data / "search/tickets_by_intent.json").read_text(encoding="utf-8"))["tickets"]
    prefix = {"banking77": "bank/", "clinc150": "clinc/"}.get(name.removesuffix("-train"), "")
    known = {k.removeprefix(prefix): v for k, v in train.items() if k.startswith(prefix)} if prefix else {}
    known = known or by_label(data / "tickets/hwu64_fold1.jsonl")
    tests = {"banking77": "banking77_test", "clinc150": "clinc150_test_oos"}
    asked = by_label(data / f"tickets/{tests[name]}.jsonl") if name in tests else {}
    articles, tickets = {}, {}
    for label, texts in sorted(known.items()):
        drawn = rng.sample(sorted(set(texts)), len(set(texts)))
        rest = asked.get(label, []) if asked else drawn[SENTENCES:]
        if len(rest) >= 10:
            articles[label], tickets[label] = drawn[:SENTENCES], rest[:TICKETS]
    return articles, tickets


def help_centre(folder: Path, articles: Sentences, *, kind: str) -> Library:
    for label, texts in articles.items():
        answers = texts[:3] if kind == "mixed" else []
        head = yaml.safe_dump({"title": label.replace("_", " ").capitalize(), "answers": answers}, allow_unicode=True)
        body = "\n\n".join(texts[len(answers) :])
        (folder / f"{label.replace('/', '-')}.md").write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")
    return load(folder, TODAY)


def tickets_of(sentences: Sentences) -> tuple[list[Ticket], dict[str, str]]:
    pairs = [
        (f"{label}-{n:03}", label, text) for label, texts in sorted(sentences.items()) for n, text in enumerate(texts)
    ]
    tickets = [Ticket(id=i, subject="", text=t, replies=(), requester="", created="", tags=()) for i, _, t in pairs]
    return tickets, {id_: label for id_, label, _ in pairs}


def labelled(tickets: list[Ticket], labels: Mapping[str, str]) -> Registry:
    own: dict[str, list[str]] = {}
    for ticket in tickets:
        own.setdefault(labels[ticket.id], []).append(ticket.id)
    return Registry(
        topics=tuple(
            Topic(
                id=f"t-{label}", label=label, phrases=(), examples=(), tickets=tuple(ids), people=0, first="", last=""
            )
            for label, ids in own.items()
        )
    )


def scored(
    registry: Registry, labels: Mapping[str, str], covered: Mapping[str, rules.Coverage], given: set[str]
) -> Counter[str]:
    """Right and wrong calls."""
    count: Counter[str] = Counter()
    for topic in registry.topics:
        label = Counter(labels[id_] for id_ in topic.tickets).most_common(1)[0][0]
        state = covered[topic.id]
        called = state.status in CALLED
        right = called and state.article == f"{label.replace('/', '-')}.md"
        has = label in given
        count += Counter(topics=1, has=has, open=not has, called=called, right=right, false=called and not right)
        count += Counter({"false open": called and not has, "partly": state.status == "partly"})
        count += Counter({"findable": state.status == "findable"})
    return count


def row(name: str, count: Counter[str]) -> str:
    precision, recall = count["right"] / max(1, count["called"]), count["right"] / max(1, count["has"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return (
        f"| {name} | {count['topics']} | {count['has']} | {f1:.3f} | {recall:.3f} | "
        f"{count['false'] / max(1, count['called']):.3f} | {count['false open'] / max(1, count['open']):.3f} | "
        f"{count['partly']} | {count['findable']} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--set", dest="names", action="append", choices=[*TUNING, *TEST])
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--tune", action="store_true", help="the tuning sets instead of the test sets")
    given = parser.parse_args()
    embedding = CachedEmbedding(MiniLM(), given.cache or Path(tempfile.mkdtemp()))
    print("| set, article, topics | topics | with article | F1 | recall | false | open | partly | findable |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in given.names or (TUNING if given.tune else TEST):
        for kind in ("mixed", "body"):
            totals: dict[str, Counter[str]] = {"labels": Counter(), "found": Counter()}
            for seed in range(given.seeds):
                for how, count in trial(given.data, name, kind, seed, embedding).items():
                    totals[how] += count
            for how, count in totals.items():
                print(row(f"{name}, {kind}, {how}", count), flush=True)


def trial(data: Path, name: str, kind: str, seed: int, embedding: CachedEmbedding) -> dict[str, Counter[str]]:
    rng = random.Random(seed)  # noqa: S311 - a draw, no secret
    articles, sentences = sides(data, name, rng)
    given = set(rng.sample(sorted(articles), len(articles) // 2))
    tickets, labels = tickets_of(sentences)
    with tempfile.TemporaryDirectory() as folder:
        library = help_centre(Path(folder), {k: v for k, v in articles.items() if k in given}, kind=kind)
        found = Registry(topics=find_topics(tickets, embedding, MiningSettings()).topics)
        return {
            how: scored(registry, labels, rules.coverage(registry, tickets, library, embedding), given)
            for how, registry in (("labels", labelled(tickets, labels)), ("found", found))
        }


if __name__ == "__main__":
    main()

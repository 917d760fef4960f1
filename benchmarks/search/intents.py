"""Help centres made of customers' sentences: an article for each intent, with ten sentences as its answers."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from documents import Corpus, Document
from queries import Query

FOLDER = Path(__file__).resolve().parents[3] / "shared/data/search"
"""Where the labelled sentences lie; they are no part of the project."""
PREFIXES = {"banking77": "bank/", "clinc150": "clinc/"}
PHRASES = 10


def intents(folder: Path, name: str) -> Corpus:
    """One article per intent: its name in words, and sentences of the training set in an order without meaning."""
    tickets: dict[str, list[str]] = json.loads((folder / "tickets_by_intent.json").read_text())["tickets"]
    return Corpus(
        name=name,
        documents=tuple(
            Document(
                article=intent,
                title=intent.removeprefix(prefix).replace("_", " "),
                description="",
                answers=tuple(sorted(sentences, key=digest)[:PHRASES]),
                parts=(),
            )
            for prefix in [PREFIXES[name]]
            for intent, sentences in sorted(tickets.items())
            if intent.startswith(prefix)
        ),
    )


def digest(sentence: str) -> str:
    return sha256(sentence.encode()).hexdigest()


def held_out(folder: Path, name: str) -> list[Query]:
    """The sentences that no article holds."""
    found = json.loads((folder / f"queries_{name}.json").read_text())["queries"]
    return [Query(text=each["q"], relevant=frozenset(each["gold"])) for each in found]

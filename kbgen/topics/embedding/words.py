"""Words: vectors from the words of the tickets themselves, where no language model is installed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kbgen.topics.embedding.interface import Vectors

DIMENSIONS = 128
ROUNDS = 6
"""Of subspace iteration from a fixed start (Halko, Martinsson and Tropp, 2011): ARPACK is not repeatable."""
FEWEST = 2
"""Texts that hold a word or pair of words before it counts."""
_WORD = re.compile(r"[^\W_][\w'’]*")


class Words:
    """TF-IDF of words and pairs, brought to 128 dimensions by truncated SVD (Deerwester et al., 1990).

    It learns from the texts that it is given, once; texts that share words with them are told apart, others get
    the zero vector. It knows nothing of meaning: two questions in different words are not alike.
    """

    def __init__(self, corpus: Callable[[], Sequence[str]]) -> None:
        """Learn from these texts when the first text is embedded."""
        self._corpus = corpus

    @cached_property
    def name(self) -> str:
        """Names the texts that it learned from, too: vectors of other texts are not comparable."""
        told = hashlib.blake2b("\0".join(self._texts).encode(), digest_size=6).hexdigest()
        return f"tf-idf-svd-{DIMENSIONS}-{told}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, or zeros where no word is known."""
        reduced = _weighted(texts, self._weights) @ self._directions
        lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
        unit: Vectors = (reduced * (lengths > 1e-6) / np.maximum(lengths, 1e-6)).astype(np.float32)
        return unit

    @cached_property
    def _texts(self) -> list[str]:
        return sorted(self._corpus())

    @cached_property
    def _weights(self) -> dict[str, tuple[int, float]]:
        """Column and inverse document frequency of each word and pair."""
        held = Counter(gram for text in self._texts for gram in set(_grams(text)))
        known = sorted(gram for gram, count in held.items() if count >= FEWEST)
        total = 1 + len(self._texts)
        return {gram: (column, float(np.log(total / (1 + held[gram])))) for column, gram in enumerate(known)}

    @cached_property
    def _directions(self) -> NDArray[np.float64]:
        """An orthonormal basis of the leading right singular vectors, shape (words, dimensions)."""
        table = _weighted(self._texts, self._weights)
        rank = min(DIMENSIONS, *table.shape)
        guess = np.random.default_rng(0).normal(size=(table.shape[1], rank))
        for _ in range(ROUNDS):
            guess, _ = np.linalg.qr(table.T @ (table @ guess))
        directions: NDArray[np.float64] = guess
        return directions


def _weighted(texts: Sequence[str], weights: dict[str, tuple[int, float]]) -> sparse.csr_matrix:
    """One row of unit length a text."""
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        counts = {gram: count for gram, count in Counter(_grams(text)).items() if gram in weights}
        weighted = [(1 + np.log(count)) * weights[gram][1] for gram, count in counts.items()]
        length = float(np.linalg.norm(weighted)) or 1.0
        rows += [row] * len(counts)
        columns += [weights[gram][0] for gram in counts]
        values += [value / length for value in weighted]
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(texts), max(1, len(weights))))


def _grams(text: str) -> list[str]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return words + [f"{first} {second}" for first, second in pairwise(words)]

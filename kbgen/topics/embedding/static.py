"""Static: a fixed vector for each word, learned from what MiniLM says of a part of the tickets. For volume."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tokenizers import Tokenizer

from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.embedding.minilm import read_tokenizer, word_tokens

SHARE = 3
"""MiniLM reads one of so many texts, and never more than `MOST`."""
MOST = 3000
RIDGE = 0.5


class Static:
    """The sum of word vectors, brought to length 1; the word vectors are fitted to a teacher's sentence vectors.

    Kernel ridge regression on words weighted by their rarity (Saunders et al., 1998): with K = B Bᵀ of the texts that
    the teacher read and T their centred vectors, word vectors are Bᵀ (K + λI)⁻¹ T. About 20 times as fast as MiniLM;
    what it knows of meaning, it knows of the words in these tickets.
    """

    def __init__(self, teacher: Embedding, corpus: Callable[[], Sequence[str]]) -> None:
        """Learn from these texts when the first text is embedded."""
        self._teacher = teacher
        self._corpus = corpus

    @cached_property
    def name(self) -> str:
        """Names the texts that it learned from, too: vectors of other texts are not comparable."""
        told = hashlib.blake2b("\0".join(self._texts).encode(), digest_size=6).hexdigest()
        return f"static-of-{self._teacher.name}-{told}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, or zeros where no word is known."""
        summed = self._weighted(texts) @ self._vectors
        unit: Vectors = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
        return unit.astype(np.float32)

    @cached_property
    def _texts(self) -> list[str]:
        return sorted(set(self._corpus()))

    @cached_property
    def _taught(self) -> list[str]:
        """The texts that the teacher reads: those of the lowest hash, so that an import changes few of them."""
        ranked = sorted(self._texts, key=lambda text: hashlib.blake2b(text.encode(), digest_size=8).digest())
        return ranked[: min(MOST, -(-len(ranked) // SHARE))]

    @cached_property
    def _tokenizer(self) -> tuple[Tokenizer, NDArray[np.bool_]]:
        tokenizer = read_tokenizer()
        return tokenizer, word_tokens(tokenizer)

    @cached_property
    def _rarity(self) -> NDArray[np.float32]:
        """Inverse document frequency of each token."""
        held = np.asarray((self._counted(self._texts) > 0).sum(axis=0)).ravel()
        rarity: NDArray[np.float32] = np.log((1 + len(self._texts)) / (1 + held)).astype(np.float32)
        return rarity

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        """A vector for each token, shape (vocabulary, dimensions); zeros for what the teacher never saw."""
        if not self._texts:
            return np.zeros((len(self._rarity), 1), dtype=np.float32)
        read = self._weighted(self._taught)
        taught = self._teacher.embed(self._taught).astype(np.float64)
        kernel = (read @ read.T).toarray().astype(np.float64)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        fitted = np.linalg.solve(kernel, taught - taught.mean(axis=0))
        vectors: NDArray[np.float32] = (read.T @ fitted).astype(np.float32)
        return vectors

    def _weighted(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """One row of unit length a text."""
        table = self._counted(texts) @ sparse.diags(self._rarity)
        lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
        return (sparse.diags(1 / np.maximum(lengths, 1e-9)) @ table).tocsr().astype(np.float32)

    def _counted(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Which tokens stand in which text, shape (texts, vocabulary)."""
        tokenizer, words = self._tokenizer
        rows, columns = [], []
        for row, encoding in enumerate(tokenizer.encode_batch(list(texts))):
            tokens = {token for token in encoding.ids if words[token]}
            rows += [row] * len(tokens)
            columns += sorted(tokens)
        held = np.ones(len(rows), dtype=np.float32)
        return sparse.csr_matrix((held, (rows, columns)), shape=(len(texts), len(words)))

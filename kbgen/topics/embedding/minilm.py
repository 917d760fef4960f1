"""MiniLM: all-MiniLM-L6-v2 with 8-bit weights on onnxruntime, read from installed packages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from kbgen.topics.embedding.interface import Vectors
from kbgen.topics.embedding.model import TOKENIZER, WEIGHTS, checked

LONGEST = 128
"""Tokens of a text that are read: a ticket says what it wants at its beginning."""
BATCH = 32
WIDTH = 384


class MiniLM:
    """Sentence vectors of 384 dimensions: the mean of the vectors of words, brought to length 1.

    Marks that frame a text, and punctuation, are left out of the mean: they say how a text is written, not what about.
    """

    name = "all-MiniLM-L6-v2-int8-words"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text. Batches hold texts of like length, so that little is padding."""
        encodings = self._tokenizer.encode_batch([text or " " for text in texts])
        order = sorted(range(len(texts)), key=lambda n: (len(encodings[n].ids), n))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        result = np.zeros((len(texts), WIDTH), dtype=np.float32)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for batch, vectors in zip(
                batches, pool.map(lambda b: self._run([encodings[n] for n in b]), batches), strict=True
            ):
                result[batch] = vectors
        return result

    def _run(self, encodings: list[Encoding]) -> Vectors:
        ids = np.zeros((len(encodings), max(len(encoding.ids) for encoding in encodings)), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        weights = self._words[ids] * mask
        weights = np.where(weights.any(axis=1, keepdims=True), weights, mask).astype(np.float32)
        output = (self.tokens(ids, mask) * weights[:, :, None]).sum(axis=1)
        unit: Vectors = output / np.maximum(np.linalg.norm(output, axis=1, keepdims=True), 1e-9)
        return unit

    def tokens(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """A vector for each token of each text, shape (texts, tokens, 384)."""
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {node.name for node in self._session.get_inputs()}
        output: NDArray[np.float32] = self._session.run(None, {n: v for n, v in inputs.items() if n in wanted})[0]
        return output

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return read_tokenizer()

    @cached_property
    def _words(self) -> NDArray[np.bool_]:
        return word_tokens(self._tokenizer)

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(checked(*WEIGHTS), options, providers=["CPUExecutionProvider"])


def read_tokenizer() -> Tokenizer:
    """The tokenizer of the model; it cuts texts at `LONGEST` tokens."""
    tokenizer = Tokenizer.from_str(checked(*TOKENIZER).decode())
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return tokenizer


def word_tokens(tokenizer: Tokenizer) -> NDArray[np.bool_]:
    """For each token of the vocabulary whether it is a word or a part of one."""
    names = (tokenizer.id_to_token(number) or "" for number in range(tokenizer.get_vocab_size()))
    return np.array([not name.startswith("[") and any(map(str.isalnum, name)) for name in names])

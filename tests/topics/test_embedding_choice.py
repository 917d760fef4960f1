"""Facts about the choice of an embedding, and the two that learn from the tickets."""

from __future__ import annotations

from importlib import util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.topics.embedding.choice import embedding, told
from kbgen.topics.embedding.interface import CachedEmbedding
from kbgen.topics.embedding.static import Static
from kbgen.topics.embedding.words import Words

TEXTS = [
    f"{verb} the {thing} {when}"
    for verb in ("where is", "please send", "I lost", "how do I change")
    for thing in ("invoice", "parcel", "password", "calendar")
    for when in ("today", "again", "for my team")
]


def test_minilm_is_the_default(tmp_path: Path) -> None:
    """Without a wish, MiniLM with its cache is used."""
    chosen = embedding(None, tmp_path, lambda: TEXTS)
    assert isinstance(chosen, CachedEmbedding)
    assert told(chosen.name) == "MiniLM"


def test_words_stand_in_where_onnxruntime_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without onnxruntime, words alone compare, and the output says how to get more."""
    monkeypatch.setattr(
        "kbgen.topics.embedding.choice.find_spec",
        lambda name: None if name == "onnxruntime" else util.find_spec(name),
    )
    chosen = embedding(None, tmp_path, lambda: TEXTS)
    assert isinstance(chosen, Words)
    assert "pip install 'kbgen[topics]'" in told(chosen.name)


@pytest.mark.parametrize("kind", ["static", "words"])
def test_learned_vectors_tell_things_apart(embedding: CachedEmbedding, kind: str) -> None:
    """Two texts on one thing are more alike than texts on two things."""
    learned = Static(embedding, lambda: TEXTS) if kind == "static" else Words(lambda: TEXTS)
    one, same, other = learned.embed(["the parcel", "my parcel", "the invoice"])
    assert one @ same > one @ other


@pytest.mark.parametrize("kind", ["static", "words"])
def test_order_of_texts_does_not_matter(embedding: CachedEmbedding, kind: str) -> None:
    """Learned from the same texts in any order, vectors and name are equal; from others, the name is another."""

    def learned(texts: list[str]) -> Static | Words:
        return Static(embedding, lambda: texts) if kind == "static" else Words(lambda: texts)

    one, two = learned(TEXTS), learned(TEXTS[::-1])
    assert one.name == two.name != learned(TEXTS[:20]).name
    assert np.array_equal(one.embed(TEXTS), two.embed(TEXTS))


@pytest.mark.parametrize("texts", [[], [""], ["a"], ["same", "same"]])
def test_too_few_texts_do_no_harm(embedding: CachedEmbedding, texts: list[str]) -> None:
    """From nothing, or next to nothing, vectors are still numbers."""
    for learned in (Static(embedding, lambda: texts), Words(lambda: texts)):
        vectors = learned.embed(["a text", "", "same"])
        assert len(vectors) == 3
        assert np.isfinite(vectors).all()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=12), st.lists(st.text(max_size=30), max_size=4))
def test_words_have_length_one_or_none(corpus: list[str], texts: list[str]) -> None:
    """Whatever the texts, a vector has length 1, or 0 where no word is known."""
    lengths = np.linalg.norm(Words(lambda: corpus).embed(texts), axis=1)
    assert all(abs(length - 1) < 1e-4 or length < 1e-4 for length in lengths)

"""Facts about people: Presidio finds names that nothing announces, where it is installed and asked for."""

from __future__ import annotations

import sys

import pytest

from kbgen.errors import KbgenError
from kbgen.tickets.people import models_of, people_of, presidio


def test_models_are_read_from_pairs() -> None:
    """A model is named for each language by its primary tag."""
    assert models_of(["en=en_core_web_sm", "de-AT=x"]) == {"en": "en_core_web_sm", "de": "x"}


@pytest.mark.parametrize("pair", ["en", "=x", "en=", "1=x"])
def test_other_texts_name_no_model(pair: str) -> None:
    """A text that is no LANG=MODEL is refused with an example."""
    with pytest.raises(KbgenError) as caught:
        models_of([pair])
    assert "en=en_core_web_sm" in caught.value.hint


def test_without_presidio_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Presidio is not installed, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(KbgenError) as caught:
        presidio({"en": "en_core_web_sm"})
    assert "kbgen[presidio]" in caught.value.hint


def test_missing_model_is_named_and_not_downloaded() -> None:
    """A model that is not installed is an error that says how to install it."""
    pytest.importorskip("presidio_analyzer", reason="the extra [presidio] is not installed")
    with pytest.raises(KbgenError) as caught:
        presidio({"en": "en_no_such_model"})
    assert "en_no_such_model" in caught.value.hint


def test_real_presidio_finds_people_through_its_own_recognizer() -> None:
    """The seam works with the package itself: what its analyzer calls a person is a name; other languages pass."""
    analyzer = pytest.importorskip("presidio_analyzer", reason="the extra [presidio] is not installed")
    spacy = pytest.importorskip("spacy", reason="the extra [presidio] is not installed")
    engine = analyzer.nlp_engine.SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    engine.nlp = {"en": spacy.blank("en")}
    registry = analyzer.RecognizerRegistry(supported_languages=["en"])
    registry.add_recognizer(analyzer.PatternRecognizer(supported_entity="PERSON", deny_list=["Zorblat Quux"]))
    people = people_of(analyzer.AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["en"]))
    assert people("I asked Zorblat Quux about it", "en") == {"Zorblat Quux"}
    assert people("I asked Zorblat Quux about it", "de") == frozenset()

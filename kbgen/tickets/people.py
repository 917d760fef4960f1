"""People: names that nothing announces, found by Presidio where somebody asks for it. Needs the extra `[presidio]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kbgen.errors import KbgenError
from kbgen.tickets.language import primary

People = Callable[[str, str], frozenset[str]]
"""Takes a text and its language tag, returns names of people as they stand in the text."""

SUREST = 0.6
"""Presidio's score from which a name is believed."""
LONGEST = 4000


def models_of(pairs: Iterable[str]) -> dict[str, str]:
    """Models by language from texts like en=en_core_web_sm; raises a `KbgenError` for any other text."""
    models = {}
    for pair in pairs:
        tag, separator, model = pair.partition("=")
        if not separator or not primary(tag) or not model:
            raise KbgenError(f"'{pair}' is not LANG=MODEL", hint="for example --presidio en=en_core_web_sm")
        models[primary(tag)] = model
    return models


def presidio(models: Mapping[str, str]) -> People:
    """Presidio with a spaCy model for each language tag; texts in other languages are left to the other rules.

    Raises a `KbgenError` where Presidio or a model is not installed; nothing is downloaded.
    """
    try:
        import spacy.util  # noqa: PLC0415 (a heavy import, only where asked for)
        from presidio_analyzer import AnalyzerEngine  # noqa: PLC0415
        from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415
    except ImportError as error:
        raise KbgenError("Presidio is not installed", hint="pip install 'kbgen[presidio]'") from error
    for tag, model in models.items():
        if not spacy.util.is_package(model) and not spacy.util.get_installed_models().count(model):
            hint = f"install it: python -m spacy download {model}"
            raise KbgenError(f"the spaCy model '{model}' for '{tag}' is not installed", hint=hint)
    listed = [{"lang_code": tag, "model_name": model} for tag, model in sorted(models.items())]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": listed}).create_engine()
    return people_of(AnalyzerEngine(nlp_engine=nlp, supported_languages=sorted(models)))


def people_of(analyzer: object) -> People:
    """The names that a Presidio analyzer finds."""
    languages = frozenset(analyzer.supported_languages)  # type: ignore[attr-defined]

    def people(text: str, lang: str) -> frozenset[str]:
        if lang not in languages:
            return frozenset()
        read = text[:LONGEST]
        found = analyzer.analyze(read, language=lang, entities=["PERSON"], score_threshold=SUREST)  # type: ignore[attr-defined]
        return frozenset(read[one.start : one.end] for one in found)

    return people

"""Synonyms: other words for what an article says, of the site's own and for everyday support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from kbgen.errors import KbgenError, Where
from kbgen.search.language import Language, language

FILE = "synonyms.yml"
"""The site's own synonyms, beside mkdocs.yml."""
_HINT = "write a list of groups, as in '- [bill, invoice]', or such a list below the code of each language"


@dataclass(frozen=True, kw_only=True)
class Synonyms:
    """Groups of words and phrases that mean the same, by the stems of each."""

    groups: tuple[tuple[str, ...], ...] = ()
    places: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)
    """In which groups a phrase stands."""
    longest: int = 0
    """Words of the longest phrase."""

    def of(self, stems: Sequence[str]) -> Iterator[str]:
        """The phrases that mean the same as something in a text, each once."""
        found: dict[int, set[tuple[str, ...]]] = {}
        for start in range(len(stems)):
            for length in range(1, self.longest + 1):
                phrase = tuple(stems[start : start + length])
                for group in self.places.get(phrase, ()):
                    found.setdefault(group, set()).add(phrase)
        for group in sorted(found):
            yield from self.groups[group]


def make_synonyms(groups: Iterable[Sequence[str]], spoken: Language) -> Synonyms:
    """Synonyms from groups of phrases in one language."""
    kept = tuple(tuple(group) for group in groups)
    places: dict[tuple[str, ...], tuple[int, ...]] = {}
    for number, group in enumerate(kept):
        for phrase in group:
            stems = tuple(stem for _, stem in spoken.terms(phrase))
            places[stems] = (*places.get(stems, ()), number)
    places.pop((), None)
    return Synonyms(groups=kept, places=places, longest=max(map(len, places), default=0))


def load_synonyms(file: Path, site_language: str) -> dict[str, Synonyms]:
    """The synonyms of each language: those of everyday support, and the site's own.

    The file holds a list of groups, each a list of words and phrases, in the language of the site; or a mapping from
    the code of a language to such a list. Raises a `KbgenError` where it says something else.
    """
    own = _own(file, site_language)
    codes = {site_language, *own, *_SHIPPED}
    groups = {code: [*_shipped(language(code).code), *own.get(code, [])] for code in codes}
    return {code: make_synonyms(found, language(code)) for code, found in groups.items() if found}


_SHIPPED = ("en",)


@cache
def _shipped(code: str) -> tuple[tuple[str, ...], ...]:
    """Groups of everyday support, one on a line, commas between its phrases."""
    if code not in _SHIPPED:
        return ()
    text = files("kbgen.search").joinpath(f"synonyms-{code}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(tuple(phrase.strip() for phrase in line.split(",")) for line in lines if line)


def _own(file: Path, site_language: str) -> dict[str, list[list[str]]]:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(path=file.name, line=mark.line + 1 if mark else 0)
        raise KbgenError("the synonyms cannot be read", where=where, hint=_HINT) from error
    by_language = data if isinstance(data, Mapping) else {site_language: data or []}
    return {str(code): [_group(group, file) for group in _list(groups, file)] for code, groups in by_language.items()}


def _group(group: object, file: Path) -> list[str]:
    phrases = [str(phrase).strip() for phrase in _list(group, file)]
    if len(phrases) < 2 or not all(phrases):
        raise KbgenError(f"the group {group} needs at least two phrases", where=Where(path=file.name), hint=_HINT)
    return phrases


def _list(value: object, file: Path) -> list[object]:
    if not isinstance(value, list):
        raise KbgenError(f"'{value}' is not a list", where=Where(path=file.name), hint=_HINT)
    return value

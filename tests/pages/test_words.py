"""The words of the interface: complete, used, and the same in every language."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml
from centres import CONFIG, ROOT, Centre, article, build_site

from kbgen.articles.announcement import Severity
from kbgen.articles.channel import Means
from kbgen.articles.kinds import Kind
from kbgen.feedback.vote import Reason
from kbgen.pages.words import MATERIAL, words

THEME = ROOT / "theme"
FOLDER = THEME / "words"
ENGLISH: dict[str, str] = yaml.safe_load((FOLDER / "en.yml").read_text())
LANGUAGES = {file.stem: yaml.safe_load(file.read_text()) for file in FOLDER.glob("*.yml")}
FROM_MATERIAL = {"language", "direction"}
"""Words that are no words but facts of a language, which Material knows."""
FAMILIES = {"kind_": Kind, "means_": Means, "announcement_severity_": Severity, "vote_reason_": Reason}
"""Beginnings of keys whose ends are the members of a type."""


def templates() -> str:
    return "\n".join(file.read_text() for file in sorted(THEME.rglob("*.html")))


def used() -> set[str]:
    """The keys that templates and listings use, those of a family by its members."""
    code = "\n".join(file.read_text() for file in (ROOT / "kbgen").rglob("*.py"))
    text = templates()
    direct = set(re.findall(r"\bw\.(\w+)", text)) | set(re.findall(r"""\bw\[["']([\w-]+)["']\]""", text))
    listed = set(re.findall(r"""\bwords\[["'](\w+)["']\]""", code))
    families = set(re.findall(r"""\bw\[["']([\w-]+)["'] ~""", text))
    assert families == set(FAMILIES)
    return direct | listed | {f"{family}{member.value}" for family in families for member in FAMILIES[family]}


def placeholders(text: str) -> list[str]:
    return sorted(str(name) for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def nothing(key: str) -> str:
    del key
    return ""


def test_every_word_that_is_used_exists() -> None:
    """No template asks for a word that the English file lacks."""
    assert used() - FROM_MATERIAL <= set(ENGLISH)


def test_every_word_is_used() -> None:
    """The English file has no word that nothing shows, so nobody translates for nothing."""
    assert set(ENGLISH) - used() == set()


def test_words_of_material() -> None:
    """Every word that Material lends is one of ours, and Material has it."""
    assert set(MATERIAL) <= set(ENGLISH)
    material = pytest.importorskip("material")
    text = (Path(material.__file__).parent / "templates/partials/languages/en.html").read_text()
    assert all(f'"{name}":' in text for name in MATERIAL.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_complete(language: str) -> None:
    """A file of words has the keys of the English one, in the same order, and no others."""
    assert list(LANGUAGES[language]) == list(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders(language: str) -> None:
    """A translation keeps the places for what is filled in."""
    own = LANGUAGES[language]
    assert {key: placeholders(text) for key, text in own.items()} == {
        key: placeholders(text) for key, text in ENGLISH.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_texts(language: str) -> None:
    """A word is a text: YAML has not made a boolean of it, and it is neither empty nor padded."""
    odd = {key: text for key, text in LANGUAGES[language].items() if not isinstance(text, str) or text != text.strip()}
    assert odd == {}
    assert all(LANGUAGES[language].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_no_markup(language: str) -> None:
    """A word needs no escaping, so that a template may put it anywhere."""
    assert [key for key, text in LANGUAGES[language].items() if set(text) & set('<>&"')] == []


def test_english() -> None:
    """English words come from our file, language and direction from Material."""
    found = words(FOLDER, "en", {"language": "en", "search": "Not this"}.get, {})  # type: ignore[arg-type]
    assert found == {**ENGLISH, "language": "en", "direction": "ltr"}


def test_a_language_without_a_file() -> None:
    """Where we have no file, Material's words are used, English stands in for the rest."""
    material = {"language": "he", "direction": "rtl", "search": "חיפוש", "toc": "תוכן עניינים"}
    found = words(FOLDER, "he", lambda key: material.get(key, ""), {})
    assert (found["language"], found["direction"]) == ("he", "rtl")
    assert (found["search"], found["contents"]) == ("חיפוש", "תוכן עניינים")
    assert (found["home"], found["skip"]) == (ENGLISH["home"], ENGLISH["skip"])


def test_a_language_that_nobody_knows() -> None:
    """A language that Material does not know either keeps its name and is read from left to right."""
    found = words(FOLDER, "tlh", nothing, {})
    assert found == {**ENGLISH, "language": "tlh", "direction": "ltr"}


def test_a_language_of_our_own(tmp_path: Path) -> None:
    """A file of ours wins over Material's words; English stands in for what the file lacks."""
    (tmp_path / "en.yml").write_text("search: Search\nskip: Skip\nhome: Home\n")
    (tmp_path / "de.yml").write_text("search: Suchen\nhome: Start\n")
    found = words(tmp_path, "de", lambda key: f"Material's {key}", {})
    assert found["search"] == "Suchen"
    assert found["home"] == "Start"
    assert found["skip"] == "Skip"


def test_overrides() -> None:
    """What a site would rather say wins over every file, and over Material's language and direction."""
    found = words(FOLDER, "en", nothing, {"search": "Find", "language": "en-GB", "direction": "rtl"})
    assert (found["search"], found["language"], found["direction"]) == ("Find", "en-GB", "rtl")


def test_overrides_on_the_page(centre: Centre) -> None:
    """A word of the settings is what the page says, and stays text."""
    config = f"{CONFIG}    words: {{related: 'Read <next> & more', vote_question: 'Good?'}}\n"
    files = {"a.md": article("A", related="[b.md]"), "b.md": article("B")}
    page = (build_site(centre(files, config=config)) / "a/index.html").read_text()
    assert "Read &lt;next&gt; &amp; more</h2>" in page
    assert ">Good?</h2>" in page


@pytest.mark.parametrize(
    "key", ["search_found_other", "page_of", "reading_time", "copy_link", "skip", "print", "scheme_dark"]
)
def test_any_override(centre: Centre, key: str) -> None:
    """Whatever signs an override holds, the site is built and shows them as text."""
    config = f"{CONFIG}    words: {{{key}: '{{odd}} {{}} 100 % <b>\"'}}\n"
    site = build_site(centre({"a.md": article("A")}, config=config))
    assert not [page.name for page in site.rglob("*.html") if "<b>" in page.read_text()]


@pytest.mark.parametrize(
    ("language", "direction", "search"),
    [("en", "ltr", "Search"), ("de", "ltr", None), ("fr", "ltr", "Recherche"), ("he", "rtl", "חיפוש")],
)
def test_language_of_the_page(centre: Centre, language: str, direction: str, search: str | None) -> None:
    """The page says its language and direction, and speaks it as far as there are words."""
    config = CONFIG.replace("name: kbgen", f"name: kbgen\n  language: {language}")
    page = (build_site(centre({"a.md": article("A")}, config=config)) / "a/index.html").read_text()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert f'type="submit">{search or LANGUAGES[language]["search"]}</button>' in page

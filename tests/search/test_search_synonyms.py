"""Synonyms: an article is found by other words for what it says, those of the site and those of everyday support."""

from __future__ import annotations

from pathlib import Path

import pytest
from indexes import an_entry, write_index

from kbgen.errors import KbgenError
from kbgen.search.language import language
from kbgen.search.reader import open_site
from kbgen.search.synonyms import load_synonyms, make_synonyms


def found(site: Path, query: str) -> list[str]:
    return open_site(site, "en").order(query)


def test_another_word(tmp_path: Path) -> None:
    """Words and phrases of a group stand for one another, in any of their forms; the word itself comes first."""
    entries = [
        an_entry("a.md", "Pay an invoice", ("", "Choose a card.")),
        an_entry("b.md", "Company login", ("", "Ask the owner.")),
        an_entry("c.md", "Send a bill", ("", "Choose a date.")),
    ]
    site = write_index(tmp_path, entries, groups=[["invoice", "bill"], ["sso", "company login"]])
    assert found(site, "invoices") == ["a.md", "c.md"]
    assert found(site, "SSO") == ["b.md"]
    assert found(write_index(tmp_path, entries), "SSO") == []


def test_everyday_words(tmp_path: Path) -> None:
    """English brings words of its own; a site's file adds to them."""
    file = tmp_path / "synonyms.yml"
    file.write_text("- [gizmo, doodad]\n")
    synonyms = load_synonyms(file, "en")["en"]
    phrases = set(synonyms.of([language("en").stem(word) for word in ("deleted", "gizmos")]))
    assert {"remove", "doodad"} <= phrases


def test_several_languages(tmp_path: Path) -> None:
    """Groups may stand below the codes of languages."""
    file = tmp_path / "synonyms.yml"
    file.write_text("de:\n  - [Rechnung, Faktura]\n")
    assert load_synonyms(file, "en")["de"].groups == (("Rechnung", "Faktura"),)
    assert "de" not in load_synonyms(tmp_path / "none.yml", "en")


def test_the_longest_group_counts() -> None:
    """A phrase of several words is found as a whole, beside the groups of its words."""
    synonyms = make_synonyms([["log in", "sign in"], ["log", "journal"]], language("en"))
    assert set(synonyms.of(["log", "in"])) == {"log in", "sign in", "log", "journal"}
    assert set(synonyms.of(["in", "log"])) == {"log", "journal"}


@pytest.mark.parametrize("text", ["- [one]\n", "- one\n", "en: 7\n", "[", "- [one, '']\n", "\xff"])
def test_faults(tmp_path: Path, text: str) -> None:
    """What is no list of groups is told with the file's name and what to write."""
    file = tmp_path / "synonyms.yml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(KbgenError, match=r"synonyms\.yml") as error:
        load_synonyms(file, "en")
    assert "- [bill, invoice]" in str(error.value)

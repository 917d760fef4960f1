"""Suggestions: read from the built site, and anew after the next build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from indexes import add_index, an_answer

from kbgen.errors import KbgenError
from kbgen.search.reader import open_site
from kbgen.service import suggestions
from kbgen.service.suggestions import IndexUnreadableError, Suggestions

PASSWORD = an_answer("account/password.md", "Change your password", "Choose a new password.")
INVOICE = an_answer("billing/invoice.md", "Download an invoice", "The invoice is a PDF.")


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """The moment, in seconds."""
        return self.now


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return add_index(tmp_path / "site", [PASSWORD, INVOICE])


def titles(asked: Suggestions, text: str) -> list[str]:
    return [hit.title for hit in asked.find(text, "en", limit=5).hits]


def test_the_same_as_the_reader_finds(site: Path) -> None:
    """What is kept and let go of changes nothing of what is found."""
    asked = Suggestions(site=site)
    for text in ("password", "pasword", "invoice pdf", "choose", "nothing at all"):
        assert asked.find(text, "en", limit=5) == open_site(site, "en").search(text, limit=5)


def test_a_new_build_is_seen_within_a_second(site: Path) -> None:
    """The manifest is looked at once a second; when it has changed, the index is read anew."""
    clock = Clock()
    asked = Suggestions(site=site, clock=clock)
    assert titles(asked, "parcel") == []
    add_index(site, [PASSWORD, INVOICE, an_answer("shop/parcel.md", "Where is my parcel?")])
    clock.now = 0.9
    assert titles(asked, "parcel") == []
    clock.now = 1.1
    assert titles(asked, "parcel") == ["Where is my parcel?"]


def test_files_that_a_new_build_took_away_are_looked_up_anew(site: Path) -> None:
    """Where the files of the last build are gone, the new one is read at once."""
    asked = Suggestions(site=site, clock=Clock())
    assert titles(asked, "password")
    shutil.rmtree(site / "search")
    add_index(site, [an_answer("shop/parcel.md", "Where is my parcel?")])
    assert titles(asked, "parcel") == ["Where is my parcel?"]


@pytest.mark.parametrize("damage", ["nothing", "{", "[]", "{}"])
def test_an_index_that_cannot_be_read_is_said(site: Path, damage: str) -> None:
    """A site without its index, or with a damaged one, is no fault of who asks; it recovers with the next build."""
    asked = Suggestions(site=site, clock=Clock())
    manifest = site / "search" / "en.json"
    if damage == "nothing":
        manifest.unlink()
    else:
        manifest.write_text(damage, encoding="utf-8")
    with pytest.raises(IndexUnreadableError):
        asked.find("password", "en", limit=5)
    add_index(site, [PASSWORD])
    assert titles(asked, "password") == ["Change your password"]


def test_memory_has_a_bound(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of shards and articles so many are kept as are allowed; results stay the same."""
    monkeypatch.setattr(suggestions, "MOST_SHARDS", 1)
    monkeypatch.setattr(suggestions, "MOST_ARTICLES", 1)
    asked = Suggestions(site=add_index(site, [an_answer(f"a/{n}.md", f"Topic {n}") for n in range(30)]))
    assert len(titles(asked, "topic")) == 5
    index = asked._reader("en").index
    assert (index._decoded.cache_info().currsize, index._read.cache_info().currsize) == (1, 1)
    assert (len(index._shards), len(index._articles)) == (0, 0)


def test_languages(site: Path) -> None:
    """A regional language means its base; none means the only one; of several, somebody has to say which."""
    asked = Suggestions(site=site)
    assert [asked.language(code) for code in ("", "en", "EN_gb", "en-US")] == ["en"] * 4
    with pytest.raises(KbgenError, match="there is: en"):
        asked.language("de")
    add_index(site, [an_answer("a.md", "Passwort ändern", lang="de")], lang="de")
    assert asked.language("de-AT") == "de"
    with pytest.raises(KbgenError, match="say the language with 'lang'; there is: de, en"):
        asked.language("")


def test_a_site_that_is_not_built(tmp_path: Path) -> None:
    """Before the first build there is nothing to read, which passes."""
    with pytest.raises(IndexUnreadableError):
        Suggestions(site=tmp_path).language("en")

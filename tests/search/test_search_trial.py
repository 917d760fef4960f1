"""The trial: what a phrase finds first, and on which files that depends."""

from __future__ import annotations

from pathlib import Path

import pytest
from indexes import an_entry, write_index

from kbgen.errors import KbgenError
from kbgen.search import trial
from kbgen.search.reader import open_site
from kbgen.search.trial import trials

ENTRIES = [an_entry(f"{n}.md", f"Tune the radio {n}", answers=(f"channel {n}",)) for n in range(6)]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of some articles on one thing."""
    return write_index(tmp_path / "site", ENTRIES)


def test_first(site: Path) -> None:
    """The first three are those of the reader."""
    (tried,) = trials(site, "en", ["channel 3"]).values()
    assert tried.first == open_site(site, "en").order("channel 3", limit=3)
    assert tried.first[0] == "3.md"


def test_what_it_depends_on(site: Path) -> None:
    """A trial depends on the shards of its words and on the articles that were read."""
    (tried,) = trials(site, "en", ["channel"]).values()
    assert (tried.shards, len(tried.entries)) == ([0], 6)


@pytest.mark.parametrize("phrase", ["chanel", "channeling", "zzz"])
def test_word_that_no_article_has(site: Path, phrase: str) -> None:
    """A phrase with a word that had to be guessed depends on the whole index."""
    assert trials(site, "en", [phrase])[phrase].shards == []


def test_on_all_cores(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many phrases are tried by several processes, with the same outcome."""
    phrases = [f"channel {n}" for n in range(6)]
    alone = trials(site, "en", phrases)
    monkeypatch.setattr(trial, "FEW", 2)
    monkeypatch.setattr(trial, "_cores", lambda: 2)
    assert trials(site, "en", phrases) == alone


@pytest.mark.parametrize("cores", [1, 2])
def test_damaged_index(site: Path, monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    """A shard that cannot be read is an error that says to build anew, in whichever process."""
    monkeypatch.setattr(trial, "FEW", 0)
    monkeypatch.setattr(trial, "_cores", lambda: cores)
    next((site / "search/en").glob("0.*.txt")).write_text("channel\n")
    with pytest.raises(KbgenError, match="damaged") as caught:
        trials(site, "en", ["channel", "radio"])
    assert "kbgen build" in caught.value.hint

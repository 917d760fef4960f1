"""The contract: which answer phrases find their article, and what is tried again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from indexes import an_entry, write_index

from kbgen.errors import KbgenError
from kbgen.search import contract
from kbgen.search.contract import Broken, Promise, Verdict, verdict
from kbgen.search.entry import Entry
from kbgen.search.shard import shard_of
from kbgen.search.trial import Trial, trials

REFUND = an_entry("refund.md", "Get a refund", ("", "Send it back."), answers=("money back",))
HELD = [Promise("refund.md", "money back")]


class Centre:
    """A site, its state folder, and the phrases that were tried so far."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Watch what is tried."""
        self.site, self.state, self.tried = folder / "site", folder / ".kbgen", [""]
        self.tried.clear()
        monkeypatch.setattr(contract, "trials", self.trials)

    def trials(self, site: Path, code: str, phrases: list[str]) -> dict[str, Trial]:
        """The trials, noted."""
        self.tried += phrases
        return trials(site, code, phrases)

    def verdict(self, promises: list[Promise]) -> Verdict:
        """The verdict, with `tried` holding the phrases that were tried for it."""
        self.tried.clear()
        return verdict(self.site, self.state, promises)


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    """A site of one article that keeps its promise, and of many about other things."""
    made = Centre(tmp_path, monkeypatch)
    write_index(made.site, [REFUND, *others()])
    return made


def others(**titles: str) -> list[Entry]:
    """Articles that have little in common with that on refunds, and are too many to be read for one phrase."""
    words = "radio cable drum paper toner tray shelf lamp desk chair floor window".split()
    return [an_entry(f"{word}.md", titles.get(word, f"Mend the {word}"), ("", f"Turn the {word}.")) for word in words]


def test_kept(centre: Centre) -> None:
    """A phrase that finds its article first keeps its promise."""
    assert centre.verdict(HELD) == Verdict(broken=(), untried=())
    assert centre.tried == ["money back"]


def test_broken(centre: Centre) -> None:
    """A phrase that finds three other articles first is broken, and they are named, best first."""
    rivals = [an_entry(f"{n}.md", "Money back", ("", "Money back."), answers=("money back",)) for n in range(3)]
    write_index(centre.site, [REFUND, *rivals])
    found = centre.verdict(HELD)
    assert [broken.promise for broken in found.broken] == HELD
    assert set(found.broken[0].first) == {"0.md", "1.md", "2.md"}


def test_third_is_enough(centre: Centre) -> None:
    """An article in third place is found."""
    rivals = [an_entry(f"{n}.md", "Money back", ("", "Money back."), answers=("money back",)) for n in range(2)]
    write_index(centre.site, [REFUND, *rivals])
    assert centre.verdict(HELD).broken == ()


def test_not_built_yet(centre: Centre) -> None:
    """Articles and phrases that the built site does not have are not tried, and named."""
    new = [Promise("new.md", "x"), Promise("refund.md", "reimbursement")]
    assert centre.verdict([*new, *HELD]) == Verdict(broken=(), untried=tuple(new))


def test_nothing_changed(centre: Centre) -> None:
    """Where nothing has changed, nothing is tried again and nothing is written."""
    first = centre.verdict(HELD)
    file = centre.state / "answers/en.json"
    before = file.stat().st_mtime_ns
    assert centre.verdict(HELD) == first
    assert centre.tried == []
    assert file.stat().st_mtime_ns == before


def test_other_words_changed(centre: Centre) -> None:
    """A change to an article that shares neither shards nor places with a phrase does not try that phrase again."""
    filling = [an_entry(f"{n}.md", f"Filling {n}", ("", " ".join(f"{n}word{m}" for m in range(60)))) for n in range(80)]
    write_index(centre.site, [REFUND, *filling, an_entry("radio.md", "Radio")])
    count = json.loads((centre.site / "search/en.json").read_text())["shards"]
    asked = {shard_of(word, count) for word in ("money", "back")}
    far = next(word for word in "paper toner tray shelf lamp desk".split() if shard_of(word, count) not in asked)
    centre.verdict(HELD)
    write_index(centre.site, [REFUND, *filling, an_entry("radio.md", f"Radio {far}")])
    centre.verdict(HELD)
    assert centre.tried == []


def test_the_words_changed(centre: Centre) -> None:
    """A change to the postings of a word tries the phrases that have it again."""
    centre.verdict(HELD)
    write_index(centre.site, [REFUND, *others(radio="Money for a radio")])
    assert centre.verdict(HELD).broken == ()
    assert centre.tried == ["money back"]


def test_what_was_read_changed(centre: Centre) -> None:
    """A change to an article that was read for a phrase tries that phrase again."""
    centre.verdict(HELD)
    changed = an_entry("refund.md", "Get a refund", ("", "Send it soon."), answers=("money back",))
    write_index(centre.site, [changed, *others()])
    centre.verdict(HELD)
    assert centre.tried == ["money back"]


def test_new_article(centre: Centre) -> None:
    """Another number of articles makes every word rarer or commoner, so every phrase is tried again."""
    centre.verdict(HELD)
    write_index(centre.site, [REFUND, *others(), an_entry("new.md", "New")])
    centre.verdict(HELD)
    assert centre.tried == ["money back"]


def test_same_as_without_memory(centre: Centre, tmp_path: Path) -> None:
    """Whatever changed in between, the verdict is that of a trial of everything."""
    promises = [Promise(f"{n}.md", f"ask {n % 4} help") for n in range(9)]
    for turn in range(6):
        entries = [
            an_entry(f"{n}.md", f"Help {(n * turn) % 5}", ("", f"Turn {turn % 3}"), answers=(f"ask {n % 4} help",))
            for n in range(9)
        ]
        write_index(centre.site, entries)
        assert centre.verdict(promises) == verdict(centre.site, tmp_path / f"fresh{turn}", promises)


@pytest.mark.parametrize("data", [b"", b"[]", b'{"edition": 1}', b"\xff", b'{"entries": {}}'])
def test_damaged_memory(centre: Centre, data: bytes) -> None:
    """What is kept may be damaged or deleted: everything is tried again."""
    centre.verdict(HELD)
    (centre.state / "answers/en.json").write_bytes(data)
    assert centre.verdict(HELD).broken == ()
    assert centre.tried == ["money back"]


def test_other_code(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the code of search is another, everything is tried again."""
    centre.verdict(HELD)
    monkeypatch.setattr(contract, "edition", lambda: "another")
    centre.verdict(HELD)
    assert centre.tried == ["money back"]


def test_languages(centre: Centre) -> None:
    """A phrase is tried in the index of its article's language."""
    german = an_entry("de/geld.md", "Geld zurück", answers=("rückzahlung bekommen",), lang="de")
    write_index(centre.site, [REFUND, german])
    assert centre.verdict([*HELD, Promise("de/geld.md", "rückzahlung bekommen")]) == Verdict(broken=(), untried=())


def test_damaged_entry(centre: Centre) -> None:
    """A damaged entry is an error that names its file."""
    file = next((centre.site / "search/en/a").iterdir())
    file.write_bytes(b"[]")
    with pytest.raises(KbgenError, match="cannot be read") as caught:
        centre.verdict(HELD)
    assert str(file) in str(caught.value)


def test_broken_is_sorted(centre: Centre) -> None:
    """What is broken comes by article and phrase."""
    entries = [an_entry(f"{n}.md", "Same", answers=("same",)) for n in range(6)]
    write_index(centre.site, entries)
    found = centre.verdict([Promise(f"{n}.md", "same") for n in range(6)])
    assert len(found.broken) == 3
    assert list(found.broken) == sorted(found.broken, key=lambda broken: Broken(*broken).promise)

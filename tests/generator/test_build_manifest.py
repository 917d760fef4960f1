"""The manifest: what the last build read and wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.generator.inputs import Inputs, digest_of
from kbgen.generator.manifest import FORMAT, Manifest, ManifestFile, Written

MANIFEST = Manifest(
    tools="0123",
    options={"vote_service": ""},
    environment={"HOLDER": "Acme"},
    git="4567",
    day="2026-11-23",
    until="2026-11-30",
    place="/srv/help",
    places={"theme0": "overrides"},
    inputs=Inputs(folders={"content": {"ä.md": (3, 4, 5, 6, "cafe")}}, scanned_at=7),
    outputs={"ä/index.html": Written(digest="beef", size=8, mtime_ns=9)},
    folders={"": 10, "ä/": 11},
    articles=1,
    pages=2,
    looks={"main.html": ("", ("frame",)), "home.html": ("it looks", None)},
    warnings=["content/ä.md: warning: no steps"],
    included=["parts/terms.txt"],
)


def file_in(folder: Path, site: str = "site") -> ManifestFile:
    return ManifestFile(folder / ".kbgen", folder / site, folder)


def _plain(manifest: Manifest) -> object:
    """A manifest with pairs as lists, as files know no others."""
    return json.loads(json.dumps(manifest.__dict__, default=lambda part: part.__dict__))


def test_it_comes_back(tmp_path: Path) -> None:
    """A manifest that was written is read as it was."""
    file_in(tmp_path).write(MANIFEST)
    read = file_in(tmp_path).read()
    assert read
    assert _plain(read) == _plain(MANIFEST)
    assert read.inputs == MANIFEST.inputs
    assert read.outputs == MANIFEST.outputs


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
NUMBERS = st.integers(0, 2**63)
DIGESTS = st.text("0123456789abcdef", max_size=16)
SEEN = st.dictionaries(NAMES, st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS, DIGESTS), max_size=4)
WRITTEN = st.builds(Written, digest=DIGESTS, size=NUMBERS, mtime_ns=NUMBERS)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, SEEN, max_size=3), st.dictionaries(NAMES, WRITTEN, max_size=4), st.lists(NAMES), NUMBERS)
def test_any_names_come_back(
    tmp_path: Path,
    folders: dict[str, dict[str, tuple[int, int, int, int, str]]],
    outputs: dict[str, Written],
    warnings: list[str],
    moment: int,
) -> None:
    """Whatever files are called and warnings say, both come back."""
    inputs = Inputs(folders=folders, scanned_at=moment)
    file_in(tmp_path).write(replace(MANIFEST, inputs=inputs, outputs=outputs, warnings=warnings))
    read = file_in(tmp_path).read()
    assert read
    assert (read.inputs, read.outputs, read.warnings) == (inputs, outputs, warnings)


def test_there_is_none(tmp_path: Path) -> None:
    """Before the first build there is no manifest."""
    assert file_in(tmp_path).read() is None
    assert not file_in(tmp_path).exists()


def test_each_site_has_its_own(tmp_path: Path) -> None:
    """Two sites of one help centre have a manifest each; moving the whole folder keeps them."""
    file_in(tmp_path / "a").write(MANIFEST)
    assert file_in(tmp_path / "a", "trial").read() is None
    (tmp_path / "a").rename(tmp_path / "b")
    assert file_in(tmp_path / "b").read()


def _with_head(data: object) -> bytes:
    text = json.dumps(data)
    return f"kbgen {FORMAT} {digest_of(text.encode())}\n{text}".encode()


def _changed(data: bytes, **keys: object) -> bytes:
    """A manifest that is whole, but holds something else."""
    return _with_head({**json.loads(data.partition(b"\n")[2]), **keys})


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut by one": lambda data: data[:-1],
    "halved": lambda data: data[: len(data) // 2],
    "only its beginning": lambda data: data[:5],
    "longer": lambda data: data + b" ",
    "changed": lambda data: data.replace(b"Acme", b"Bolt"),
    "newer": lambda data: data.replace(f"kbgen {FORMAT} ".encode(), f"kbgen {FORMAT + 1} ".encode(), 1),
    "older": lambda data: data.replace(f"kbgen {FORMAT} ".encode(), f"kbgen {FORMAT - 1} ".encode(), 1),
    "one key more": lambda data: _changed(data, more=1),
    "bad outputs": lambda data: _changed(data, outputs={"a": [1]}),
    "bad inputs": lambda data: _changed(data, inputs={"folders": {}}),
}
FOREIGN = {
    "empty": b"",
    "binary": b"\xff\xfe\x00" * 100,
    "foreign": b"{}",
    "nothing in it": _with_head({}),
    "a list": _with_head([]),
    "null": _with_head(None),
    "too little": _with_head({"tools": "0123"}),
}


@pytest.mark.parametrize("case", [*SPOILT, *FOREIGN])
def test_what_cannot_be_trusted_is_none(tmp_path: Path, case: str) -> None:
    """A manifest that is damaged, foreign or of another version counts as none, though it exists."""
    file = file_in(tmp_path)
    file.write(MANIFEST)
    file.path.write_bytes(SPOILT[case](file.path.read_bytes()) if case in SPOILT else FOREIGN[case])
    assert file.read() is None
    assert file.exists()


@given(st.data())
def test_any_flipped_bit_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whichever bit of it changes, a manifest counts as none."""
    file = file_in(tmp_path_factory.getbasetemp() / "flipped")
    file.write(MANIFEST)
    whole = bytearray(file.path.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    file.path.write_bytes(whole)
    assert file.read() is None


@pytest.mark.parametrize(
    ("until", "today", "holds"),
    [
        ("2026-11-30", "2026-11-22", False),
        ("2026-11-30", "2026-11-23", True),
        ("2026-11-30", "2026-11-29", True),
        ("2026-11-30", "2026-11-30", False),
        ("2026-11-30", "2027-01-01", False),
        ("", "2026-11-22", False),
        ("", "2026-11-23", True),
        ("", "2099-01-01", True),
    ],
)
def test_days(until: str, today: str, holds: bool) -> None:
    """What was built holds from its day to the day before something turns, and never for days before."""
    assert replace(MANIFEST, until=until).holds_on(date.fromisoformat(today)) is holds

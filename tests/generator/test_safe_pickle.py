"""Pickles that can hold nothing but what kbgen knows."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter, State
from kbgen.generator.safe_pickle import TROUBLE, dumps, loads

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(PLAIN)
def test_plain_values_come_back(value: object) -> None:
    """Texts, numbers, days, lists and dictionaries are what they were."""
    assert loads(dumps(value)) == value


def test_what_kbgen_knows_comes_back() -> None:
    """Articles with their front matter come back, and so do times and spans of time."""
    meta = FrontMatter(title="A", state=State.DRAFT, publish_on=date(2026, 11, 23), tags=("a", "b"))
    article = Article(path="a.md", meta=meta, body="Words.\n", body_line=4)
    value = [article, dt.timedelta(days=2), dt.time(9, 30)]
    assert loads(dumps(value)) == value


class _Calls:
    """Makes a pickle that calls a function when it is read."""

    def __init__(self, function: object, *arguments: object) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """What pickle shall call."""
        return self.function, self.arguments


@pytest.mark.parametrize("function", [os.system, print, exec, getattr, __import__])
def test_functions_of_python_are_refused(function: object, tmp_path: Path) -> None:
    """A pickle that would run something runs nothing."""
    data = pickle.dumps(_Calls(function, f"touch {tmp_path}/ran"))
    with pytest.raises(pickle.UnpicklingError, match="nothing that kbgen keeps"):
        loads(data)
    assert not list(tmp_path.iterdir())


def _named(module: str, name: str) -> bytes:
    """A pickle of a name alone, by the older and by the newer way of saying so."""
    return (
        b"\x80\x04\x8c"
        + bytes([len(module)])
        + module.encode()
        + b"\x8c"
        + bytes([len(name)])
        + name.encode()
        + b"\x93."
    )


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("datetime", "datetime.now"),
        ("kbgen.generator.tools", "subprocess.run"),
        ("kbgen.generator.sync", "shutil.rmtree"),
        ("kbgen.articles.article", "Path"),
        ("kbgen.generator.tools", "subprocess"),
        ("kbgen.generator.tools", "git_state"),
        ("kbgen.articles.article", "Article.__init__"),
        ("kbgenx.evil", "Article"),
    ],
)
def test_other_names_are_refused(module: str, name: str) -> None:
    """Neither what kbgen's modules import, nor their functions, nor names with dots can be had."""
    with pytest.raises(pickle.UnpicklingError, match="nothing that kbgen keeps"):
        loads(_named(module, name))
    with pytest.raises(pickle.UnpicklingError, match="nothing that kbgen keeps"):
        loads(f"c{module}\n{name}\n.".encode())


def test_own_names_are_found() -> None:
    """The same spelling finds a class of kbgen where it is defined."""
    assert loads(_named("kbgen.articles.article", "Article")) is Article


_LONG = b"BTXr\x8b\x8d\x8e\x95\x96"
"""What begins a length of four or eight bytes, with which a few bytes of rubbish ask for gigabytes."""


@given(st.binary(max_size=60).filter(lambda data: not set(data) & set(_LONG)))
def test_rubbish_is_trouble(data: bytes) -> None:
    """Bytes of any kind raise one of the errors that readers expect, or hold a plain value."""
    with suppress(*TROUBLE):
        loads(data)


@given(st.integers(0, 400))
def test_cut_pickles_are_trouble(length: int) -> None:
    """A pickle that was cut short raises one of those errors, too."""
    data = dumps([Article(path="a.md", meta=FrontMatter(title="A"), body="", body_line=1)] * 2)
    with pytest.raises(TROUBLE):
        loads(data[: min(length, len(data) - 1)])

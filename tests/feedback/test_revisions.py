"""Revisions: which texts of an article are counted together."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import Edit, FrontMatter
from kbgen.feedback.revisions import MAJOR, Version, changed_share, joined, runs, version_of

TEN = tuple("abcdefghij")
WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=12).map(tuple)
EDITS = st.sampled_from([None, Edit.MINOR, Edit.MAJOR])


def a_version(words: tuple[str, ...], edit: Edit | None = None) -> Version:
    return Version(revision="".join(words), words=words, edit=edit)


def with_new(count: int) -> tuple[str, ...]:
    """The ten words with so many exchanged."""
    return (*TEN[count:], *(f"n{number}" for number in range(count)))


VERSIONS = st.lists(st.builds(a_version, WORDS, EDITS), max_size=8)


def test_a_version_of_an_article() -> None:
    """A version has the words of title and body, and what its writer said of the edit."""
    article = Article(
        path="a.md", meta=FrontMatter(title="Reset it", edit=Edit.MAJOR), body="Open\nthis.\n", body_line=1
    )
    assert version_of(article) == Version(
        revision=article.revision, words=("Reset", "it", "Open", "this."), edit=Edit.MAJOR
    )


def test_a_typo_goes_on_counting() -> None:
    """Up to a fifth of the words may change within one count, and the words may move; more start a new one."""
    begin = a_version(TEN)
    assert changed_share(Counter(TEN), with_new(2)) == MAJOR
    assert len(runs([begin, a_version(with_new(2))])) == 1
    assert len(runs([begin, a_version(TEN[::-1])])) == 1
    assert len(runs([begin, a_version(with_new(3))])) == 2


def test_small_edits_add_up() -> None:
    """Each text is compared with the one that the count began with, not with the one before."""
    found = runs([a_version(with_new(count)) for count in range(4)])
    assert [len(group) for group in found] == [3, 1]


def test_what_a_writer_calls_minor() -> None:
    """With `edit: minor` any change is small, and measuring begins anew from there."""
    rewritten = a_version(tuple("klmnopqrst"), Edit.MINOR)
    assert len(runs([a_version(TEN), rewritten, a_version((*rewritten.words, "typo"))])) == 1


def test_what_a_writer_calls_major() -> None:
    """With `edit: major` any change starts a count, where the key appears; while it stays, the words are measured."""
    first, second = a_version(with_new(1), Edit.MAJOR), a_version(with_new(2), Edit.MAJOR)
    assert len(runs([a_version(TEN), first])) == 2
    assert len(runs([a_version(TEN), first, second])) == 2
    assert len(runs([first, second])) == 1


def test_called_major_afterwards() -> None:
    """A text that is called major in a commit of its own starts a count all the same."""
    later = with_new(1)
    assert runs([a_version(TEN), a_version(later), a_version(later, Edit.MAJOR)]) == (
        ("".join(TEN),),
        ("".join(later),),
    )


def test_a_text_that_comes_back() -> None:
    """An edit that is taken back leads back to the count that the text had, which is the newest then."""
    other = a_version(tuple("klmnopqrst"))
    assert runs([a_version(TEN), other, a_version(TEN)]) == ((other.revision,), ("".join(TEN),))


@given(VERSIONS)
def test_each_revision_has_one_count(versions: list[Version]) -> None:
    """Every revision is in exactly one group, no group is empty, and the last text is in the newest one."""
    found = runs(versions)
    members = [revision for group in found for revision in group]
    assert sorted(members) == sorted({version.revision for version in versions})
    assert all(found)
    if versions:
        assert versions[-1].revision in found[-1]


@given(VERSIONS)
def test_nothing_changes_what_was_decided_before(versions: list[Version]) -> None:
    """A later version never parts or joins earlier ones, unless it calls the same text major afterwards."""
    *earlier, last = versions or [a_version(())]
    if earlier and earlier[-1].revision == last.revision:
        return
    before = {frozenset(group) for group in runs(earlier)}
    after = {frozenset(group) - ({last.revision} - {v.revision for v in earlier}) for group in runs([*earlier, last])}
    assert after - {frozenset()} == before


@given(WORDS, WORDS)
def test_share(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """The changed share is the same both ways, from 0 for the same words to 1 where none is shared."""
    share = changed_share(Counter(one), other)
    assert share == changed_share(Counter(other), one)
    assert 0 <= share <= 1
    assert (share == 0) == (sorted(one) == sorted(other))
    if (one or other) and not set(one) & set(other):
        assert share == 1


def test_history_and_what_was_decided() -> None:
    """History decides on what it knows; the rest stays as it was decided, beside its old companions."""
    assert joined((("c", "d"),), (("a", "b"), ("e", "c"))) == (("a", "b"), ("c", "d", "e"))
    assert joined((), (("a",), ("b",))) == (("a",), ("b",))
    assert joined((("a", "b"),), (("a",), ("b",))) == (("a", "b"),)


GROUPS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6).flatmap(
    lambda names: st.lists(st.integers(1, 3), max_size=6).map(lambda sizes: _cut(names, sizes))
)


def _cut(names: list[str], sizes: list[int]) -> tuple[tuple[str, ...], ...]:
    groups = []
    for size in sizes:
        groups.append(tuple(names[:size]))
        names = names[size:]
    return tuple(filter(None, groups))


@given(GROUPS, GROUPS)
def test_joined_loses_nothing(found: tuple[tuple[str, ...], ...], kept: tuple[tuple[str, ...], ...]) -> None:
    """Each revision of either is in exactly one group, and what history says stands in it unparted."""
    groups = joined(found, kept)
    members = [revision for group in groups for revision in group]
    assert sorted(members) == sorted({revision for group in (*found, *kept) for revision in group})
    assert all(any(set(group) <= set(own) for own in groups) for group in found)

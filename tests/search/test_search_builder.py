"""The builder: an index that was brought up to date is, byte for byte, one that was made anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from indexes import an_entry

from kbgen.search.builder import POSTINGS, Builder
from kbgen.search.files import index_files, is_index_file
from kbgen.search.manifest import Manifest, read_manifest
from kbgen.search.synonyms import Synonyms
from kbgen.search.terms import Packed, Terms, terms_of, unpack

WORDS = st.sampled_from("connect connecting printer the dying run running e1042 Straße 東京 account accounts x".split())
TEXT = st.lists(WORDS, max_size=12).map(" ".join)
PATHS = [f"{name}.md" for name in "abcdefghij"]
TERMS = st.builds(
    lambda title, text, answers: terms_of(an_entry("a.md", title, ("", text), answers=answers), Synonyms()),
    TEXT,
    TEXT,
    st.lists(TEXT, max_size=2).map(tuple),
)
SITES = st.dictionaries(st.sampled_from(PATHS), TERMS, min_size=1)


def whole(articles: dict[str, Terms]) -> dict[str, str]:
    """The index made anew."""
    return {name: text for name, text in Builder(code="en", articles=articles).files() if text is not None}


@given(SITES, SITES)
def test_brought_up_to_date(old: dict[str, Terms], new: dict[str, Terms]) -> None:
    """Whatever came, went and changed, only what differs is made, and the rest is as it was."""
    before = whole(old)
    manifest = read_manifest(before["en.json"])
    changed = {path: old.get(path) for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    files = dict(Builder(code="en", articles=new).files(manifest, changed))
    assert {name: before[name] if text is None else text for name, text in files.items()} == whole(new)


@given(TERMS)
def test_terms_as_text(terms: Terms) -> None:
    """Terms come back from their text as they were."""
    assert unpack(terms.pack()) == terms
    assert Packed({"a.md": terms.pack()})["a.md"] == terms


def test_an_edit_makes_few_shards() -> None:
    """Another word in one of many articles makes the shard of that word anew, and no other."""
    articles = {f"{n}.md": _about(f"number{n} thing{n * 7 % 1000} part{n * 13 % 997}") for n in range(1500)}
    before = whole(articles)
    manifest = read_manifest(before["en.json"])
    assert manifest.shards == 4 == -(-1500 * 4 // POSTINGS) + 1
    old = articles["7.md"]
    articles["7.md"] = _about("number7 thing49 part91 zebra")
    files = dict(Builder(code="en", articles=articles).files(manifest, {"7.md": old}))
    made = [name for name, text in files.items() if text is not None]
    assert len([name for name in made if name.endswith(".txt")]) <= 2
    assert "en.json" in made


def _about(text: str) -> Terms:
    return terms_of(an_entry("a.md", "Help", ("", text)), Synonyms())


def test_languages_have_an_index_each() -> None:
    """Articles are found in their own language, and only there."""
    entries = [an_entry("a.md", "Printer", lang="en"), an_entry("b.md", "Drucker", lang="de")]
    terms = {entry.article: terms_of(entry, Synonyms()) for entry in entries}
    files = dict(index_files({entry.article: entry.as_json() for entry in entries}, terms))
    known = {code: read_manifest(files[f"{code}.json"]) for code in ("en", "de")}
    assert {code: manifest.articles for code, manifest in known.items()} == {"en": 1, "de": 1}
    assert all(is_index_file(f"search/{name}") for name in files)
    assert not is_index_file("search/index.html")


def test_labels() -> None:
    """What articles can be narrowed down by, with the slots of those that it leaves."""
    from dataclasses import replace

    entries = [replace(an_entry(f"{name}.md", "Bill"), products=(name,), audience=("Owners",)) for name in "ab"]
    builder = Builder(code="en", articles={entry.article: terms_of(entry, Synonyms()) for entry in entries})
    files = {name: text for name, text in builder.files() if text is not None}
    manifest: Manifest = read_manifest(files["en.json"])
    assert manifest.filters == {"audience": ["Owners"], "products": ["a", "b"]}
    slots = builder.slots
    assert files[manifest.facets_file] == (
        f'{{"products":{{"a":[{slots["a.md"]}],"b":[{slots["b.md"]}]}},'
        f'"audience":{{"Owners":[{slots["a.md"]},{slots["b.md"]}]}}}}'
    )

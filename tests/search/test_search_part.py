"""The parts of a page: its text, cut at its headings, without what nobody searches for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.search.part import Part, parts_of


def test_parts() -> None:
    """A page is cut at its headings; the text before the first one has no anchor."""
    assert parts_of('<p>One.</p><h2 id="two">Two</h2><p>2a</p><p>2b</p><h3 id="three">Three</h3>') == (
        Part(anchor="", heading="", text="One."),
        Part(anchor="two", heading="Two", text="2a 2b"),
        Part(anchor="three", heading="Three", text=""),
    )


def test_title_is_left_out() -> None:
    """The first-level heading is the title, which has a field of its own."""
    assert parts_of("<h1>Title</h1><p>Text</p>") == (Part(anchor="", heading="", text="Text"),)


@pytest.mark.parametrize(
    "html",
    [
        "<script>var hidden = '<p>';</script>",
        "<style>.hidden { }</style>",
        "<template><p>hidden</p></template>",
        "<svg><title>hidden</title></svg>",
        '<a class="headerlink" href="#x">hidden</a>',
        "<div data-search-exclude><div><p>hidden<br></div>hidden</div>",
        "<!-- hidden -->",
    ],
)
def test_hidden(html: str) -> None:
    """Scripts, styles, drawings, anchors of headings and what the writer excludes are not searched."""
    assert parts_of(f"before {html} after") == (Part(anchor="", heading="", text="before after"),)


@pytest.mark.parametrize("html", ["<p>a</p><p>b</p>", "<ul><li>a<li>b</ul>", "a<br>b", "<td>a</td><td>b</td>", "a\n b"])
def test_words_stay_apart(html: str) -> None:
    """Words of different blocks do not run together."""
    assert parts_of(html) == (Part(anchor="", heading="", text="a b"),)


@pytest.mark.parametrize("html", ["a<b>b</b>", "a<em>b</em>", "<code>ab</code>"])
def test_words_stay_together(html: str) -> None:
    """Markup within a word does not cut it."""
    assert parts_of(html)[0].text == "ab"


def test_entities() -> None:
    """Entities are searched as the characters they stand for."""
    assert parts_of("<p>Q&amp;A &#228; &lt;b&gt;</p>")[0].text == "Q&A ä <b>"


def test_nothing() -> None:
    """A page without words has no parts."""
    assert parts_of("") == parts_of("<p> </p><hr>") == ()


def test_marked_section() -> None:
    """A marked section of no known kind, which HTML does not have, is passed over, not raised."""
    assert parts_of("<p>a</p><![foo[x]]><p>b</p>")


html = st.lists(
    st.sampled_from(
        '<p> </p> <h2 id="x"> </h2> <h1> </h1> <script> </script> <svg> </svg> <br> <div> </div> <!-- --> < > </ '
        "a b &amp; <div\tdata-search-exclude> <![CDATA[ ]]> <!doctype <? \" '".split(" ")
    ).map(lambda piece: piece.replace("\t", " ")),
    max_size=25,
).map("".join)


@settings(deadline=None)
@given(html | st.text())
def test_any_page(page: str) -> None:
    """Whatever a page holds, its parts are lines of words, and no part is empty."""
    for part in parts_of(page):
        assert part.heading or part.text
        assert part.text == " ".join(part.text.split())
        assert part.heading == " ".join(part.heading.split())


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1, max_size=6))
def test_every_word_is_found(words: list[str]) -> None:
    """No word of a page is lost, wherever it stands."""
    page = "".join(f"<h2 id='{n}'>{word}h</h2><p>{word}t</p>" for n, word in enumerate(words))
    assert [(part.heading, part.text) for part in parts_of(page)] == [(f"{word}h", f"{word}t") for word in words]


def test_a_part_that_only_links_elsewhere() -> None:
    """A list of links says nothing of its own; a link in a sentence, and a heading without text, are kept."""
    page = (
        "<p>See <a href='x'>the plan</a> for what it costs.</p><h2 id='e'>Empty</h2>"
        "<h2 id='s'>See also</h2><ul><li><a href='a'>Pay a bill</a></li><li><a href='b'>Get money back</a>.</li></ul>"
    )
    assert [part.heading for part in parts_of(page)] == ["", "Empty"]

"""The check `links`: links that lead nowhere, or to an article that is not on the site."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kbgen.checks.interface import Finding, Level

Find = Callable[..., list[Finding]]


def an_article(body: str = "Words.", **front: str) -> str:
    return "---\ntitle: A\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n{body}\n"


@pytest.mark.parametrize(
    "link",
    [
        "[x](b.md)",
        "[x](g/c.md#part)",
        "[x](g/)",
        "[x](g)",
        "![x](p.png)",
        "[x](./b.md)",
        "[x](.)",
        "[x](https://e.org/z.md)",
    ],
)
def test_live_links(find: Find, link: str) -> None:
    """Links to articles, sections, pictures and other sites are left alone."""
    files = {"content/b.md": an_article(), "content/g/c.md": an_article(), "content/p.png": b""}
    assert find("links", {"content/a.md": an_article(link), **files}) == []


def test_dead_link(find: Find) -> None:
    """A link to no file is an error at its line, with the nearest article."""
    found = find(
        "links", {"content/a.md": an_article("Words.\n\n[x](pasword.md)"), "content/password.md": an_article()}
    )
    assert [(f.id, f.level, f.path, f.line) for f in found] == [("links", Level.ERROR, "content/a.md", 6)]
    assert found[0].message == "links to 'pasword.md', which does not exist"
    assert found[0].hint == "did you mean 'password.md'?"


def test_moved_article(find: Find) -> None:
    """A link to an article that lies in another folder now is answered with that folder."""
    (finding,) = find("links", {"content/a.md": an_article("[x](b.md)"), "content/g/b.md": an_article()})
    assert finding.hint == "did you mean 'g/b.md'?"


def test_hint_for_a_link_in_the_same_folder(find: Find) -> None:
    """The path offered for a dead link works where the link stands: it counts from the article's own folder."""
    files = {"content/g/a.md": an_article("[x](pasword.md)"), "content/g/password.md": an_article()}
    assert find("links", files)[0].hint == "did you mean 'password.md'?"


@pytest.mark.parametrize(
    ("front", "stage"),
    [
        ({"state": "draft"}, "a draft"),
        ({"state": "archived"}, "archived"),
        ({"publish_on": "2026-11-24"}, "not yet published"),
        ({"expires_on": "2026-11-23"}, "expired"),
    ],
)
def test_link_to_unpublished(find: Find, front: dict[str, str], stage: str) -> None:
    """A link to an article that is not on the site is an error that says why it is not."""
    (finding,) = find("links", {"content/a.md": an_article("[x](b.md)"), "content/b.md": an_article(**front)})
    assert finding.message == f"links to 'b.md', which is {stage}"


def test_link_to_the_drafts(find: Find) -> None:
    """A link to an article in content/drafts/ is an error."""
    files = {"content/a.md": an_article("[x](drafts/b.md)"), "content/drafts/b.md": an_article()}
    assert len(find("links", files)) == 1


def test_links_of_drafts(find: Find) -> None:
    """Links of an article that is not on the site are left alone."""
    assert find("links", {"content/a.md": an_article("[x](gone.md)", state="draft")}) == []


def test_link_to_an_article_with_problems(find: Find) -> None:
    """A link to an article whose front matter is wrong is no second error."""
    assert find("links", {"content/a.md": an_article("[x](b.md)"), "content/b.md": "no front matter"}) == []


def test_link_out_of_content(find: Find) -> None:
    """A link to a file above content/ is an error."""
    (finding,) = find("links", {"content/a.md": an_article("[x](../b.md)"), "b.md": "x"})
    assert finding.message == "links to '../b.md', which is outside 'content/'"


def test_slash_at_the_beginning(find: Find) -> None:
    """A link to a source file from the top is an error, an address from the top is not."""
    assert find("links", {"content/a.md": an_article("[x](/b/)")}) == []
    (finding,) = find("links", {"content/a.md": an_article("[x](/a.md#part)")})
    assert "which works nowhere" in finding.message


def test_related_and_course(find: Find) -> None:
    """Paths under related: and course: are checked as links are, counted from content/."""
    (course, related) = find("links", {"content/g/a.md": an_article(related="[b.md]", course="[g/a.md, c.md]")})
    assert course.message == "'course' names 'c.md', which does not exist"
    assert related.message == "'related' names 'b.md', which does not exist"


def test_home_videos(find: Find) -> None:
    """The videos of the home page are checked, and a fault is told of mkdocs.yml."""
    config = "docs_dir: content\nextra: {kbgen: {home: {videos: [a.md, gone.md]}}}\n"
    (finding,) = find("links", {"content/a.md": an_article()}, config=config)
    assert (finding.path, finding.message) == ("mkdocs.yml", "'home.videos' names 'gone.md', which does not exist")


def test_section_page_that_kbgen_makes(find: Find) -> None:
    """A link to the index.md of a section that has none is alive: kbgen makes that page."""
    assert find("links", {"content/a.md": an_article("[x](g/index.md)"), "content/g/b.md": an_article()}) == []


def test_section_without_published_articles(find: Find) -> None:
    """A link to a folder whose articles are all drafts is an error: there is no such page on the site."""
    files = {"content/a.md": an_article("[x](g/)"), "content/g/b.md": an_article(state="draft")}
    assert len(find("links", files)) == 1


def test_endless_name(find: Find) -> None:
    """A link to a name longer than a file can have is dead, not a crash."""
    assert len(find("links", {"content/a.md": an_article(f"[x]({'a' * 300}.md)")})) == 1


@pytest.mark.parametrize("target", ["%00.md", "%ff.md", "b%2F..%2Fgone.md"])
def test_odd_names(find: Find, target: str) -> None:
    """A link to a name that no file can have is dead, not a crash."""
    assert len(find("links", {"content/a.md": an_article(f"[x]({target})")})) == 1


def test_address_that_is_none(find: Find) -> None:
    """A broken address does not break the check."""
    assert find("links", {"content/a.md": an_article("[x](http://[v6)")}) == []

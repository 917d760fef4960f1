"""Settings that cannot be meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kbgen.checks.interface import Finding, Level
from kbgen.checks.settings import ID

Found = Callable[..., list[Finding]]
A = "---\ntitle: A\n---\n"


@pytest.fixture
def found(find: Callable[..., list[Finding]]) -> Found:
    """What the check finds where `extra.kbgen` holds the given YAML."""

    def check(yaml: str, article: str = A) -> list[Finding]:
        config = f"docs_dir: content\nextra:\n  kbgen:\n    {yaml}\n"
        return find(ID, {"content/guides/a.md": article}, config=config)

    return check


def test_settings_that_are_right(found: Found) -> None:
    """Sections, articles and channels that exist are no finding."""
    yaml = "channels: [{id: mail, name: M}]\n    home: {sections: [guides], articles: [guides/a.md]}"
    assert found(yaml) == []


def test_a_faint_accent_is_an_error_with_a_colour_that_passes(found: Found) -> None:
    """An accent that cannot be read is refused at its line, with the nearest one that can."""
    (finding,) = found("look: {accent: '#f5c518'}")
    assert (finding.level, finding.path, finding.line) == (Level.ERROR, "mkdocs.yml", 4)
    assert "contrast of 1.6 on white" in finding.message
    assert "#8a6d00" in finding.hint
    assert found("look: {accent: '#8a6d00'}") == []


def test_a_faint_accent_on_dark_paper(found: Found) -> None:
    """The dark accent is held against dark paper."""
    (finding,) = found("look: {accent_dark: '#0b5c6b'}")
    assert "dark accent" in finding.message


def test_two_channels_of_one_id(found: Found) -> None:
    """An id that two channels share is an error at the second."""
    (finding,) = found("channels:\n      - {id: a, name: A}\n      - {id: a, name: B}")
    assert (finding.level, finding.line) == (Level.ERROR, 6)


@pytest.mark.parametrize("setting", ["contact: {endpoint: 'mailto:a@b.c'}", "feedback: {service: 'tel:+49'}"])
def test_a_form_that_leads_to_no_server(found: Found, setting: str) -> None:
    """Votes and messages cannot be posted to an e-mail address or a telephone."""
    (finding,) = found(setting)
    assert (finding.level, finding.line) == (Level.ERROR, 4)


def test_an_announcement_that_ends_before_it_starts(found: Found) -> None:
    """Days in the wrong order are an error."""
    (finding,) = found("announcements: [{text: Hello, starts: 2026-12-02, ends: 2026-12-01}]")
    assert finding.level is Level.ERROR
    assert "before it starts" in finding.message


@pytest.mark.parametrize(
    ("yaml", "message", "hint"),
    [
        ("home: {sections: [guide]}", "no section 'guide'", "did you mean 'guides'?"),
        ("announcements: [{text: Hello, sections: [billing]}]", "no section 'billing'", "name a folder"),
        ("home: {articles: [guides/b.md]}", "no article 'guides/b.md'", "name its path"),
        ("home: {videos: [guides/b.md]}", "no article 'guides/b.md'", "name its path"),
        ("look: {mermaid: assets/mermaid.min.js}", "no file 'assets/mermaid.min.js'", "put a copy"),
    ],
)
def test_names_that_lead_nowhere(found: Found, yaml: str, message: str, hint: str) -> None:
    """What the settings name must be there."""
    (finding,) = found(yaml)
    assert message in finding.message
    assert hint in finding.hint
    assert (finding.path, finding.line) == ("mkdocs.yml", 4)


def test_a_word_that_the_interface_does_not_have(found: Found) -> None:
    """A slip in the name of a word is a warning with the name that was meant."""
    (finding,) = found("words: {vote_questoin: Did it help?, contact: Ask us}")
    assert finding.level is Level.WARNING
    assert finding.hint == "did you mean 'vote_question'?"


def test_an_article_with_an_unknown_channel(found: Found) -> None:
    """A channel that no setting names is an error in the article, with the id that was meant."""
    (finding,) = found("channels: [{id: mail, name: M}]", "---\ntitle: A\nchannels: [mial]\n---\n")
    assert (finding.path, finding.level) == ("content/guides/a.md", Level.ERROR)
    assert finding.hint == "did you mean 'mail'?"

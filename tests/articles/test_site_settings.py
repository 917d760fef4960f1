"""Site settings: mkdocs.yml, read without MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.articles.address import Address
from kbgen.articles.channel import Channel
from kbgen.articles.settings import KbgenSettings, SiteSettings, load_settings, read_kbgen_settings
from kbgen.channels.hours import Hours
from kbgen.errors import KbgenError


def settings_of(folder: Path, text: str | bytes) -> SiteSettings:
    file = folder / "mkdocs.yml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_settings(file)


def test_everything(tmp_path: Path) -> None:
    """Name, address, folders, channels, feedback and home page are read."""
    site = settings_of(
        tmp_path,
        "site_name: Acme help\nsite_url: https://help.example.com/\ndocs_dir: content\nsite_dir: public\n"
        "extra:\n  kbgen:\n    channels:\n      - {id: mail, name: E-mail, url: 'mailto:a@example.com',"
        " hours: Mon-Fri 9-17, reply: soon}\n    feedback: {service: https://votes.example.com}\n"
        "    home: {intro: Hello., videos: [g/a.md], sections: [g]}\n",
    )
    assert (site.site_name, site.site_url) == ("Acme help", "https://help.example.com/")
    assert (site.content, site.site) == (tmp_path / "content", tmp_path / "public")
    assert (site.root, site.state) == (tmp_path, tmp_path / ".kbgen")
    assert site.kbgen.channels == (
        Channel(
            id="mail",
            name="E-mail",
            url=Address("mailto:a@example.com"),
            hours=Hours.parse("Mon-Fri 9-17"),
            reply="soon",
        ),
    )
    assert site.kbgen.feedback.service == "https://votes.example.com"
    assert (site.kbgen.home.intro, site.kbgen.home.videos, site.kbgen.home.sections) == ("Hello.", ("g/a.md",), ("g",))


@pytest.mark.parametrize(
    "text", ["", "site_name:\n", "extra:\n", "extra: {kbgen: }\n", "extra: {kbgen: {}}\n", "# x\n"]
)
def test_nothing(tmp_path: Path, text: str) -> None:
    """A mkdocs.yml that says nothing gives MkDocs' own defaults."""
    site = settings_of(tmp_path, text)
    assert (site.site_name, site.site_url) == ("Help centre", "")
    assert (site.content, site.site) == (tmp_path / "docs", tmp_path / "site")
    assert site.kbgen == KbgenSettings()


def test_name_that_is_null(tmp_path: Path) -> None:
    """A site name of '~' is no name."""
    assert settings_of(tmp_path, "site_name: ~\n").site_name == "Help centre"


def test_tags_of_others(tmp_path: Path) -> None:
    """Tags that MkDocs and its plugins understand are passed over."""
    text = "site_name: !ENV [NAME, x]\nemoji: !!python/name:material.extensions.emoji.to_svg\ndocs_dir: content\n"
    assert settings_of(tmp_path, text).content == tmp_path / "content"


def test_typo() -> None:
    """A slip under extra.kbgen is an error at its line, with the key that was meant."""
    with pytest.raises(KbgenError, match="unknown key 'chanels'") as caught:
        read_kbgen_settings("extra:\n  kbgen:\n    chanels: []\n", "mkdocs.yml")
    assert caught.value.hint == "did you mean 'channels'?"
    assert str(caught.value.where) == "mkdocs.yml:3:5"


def test_keys_of_others() -> None:
    """Keys beside extra.kbgen are nobody's business."""
    assert read_kbgen_settings("extra: {chanels: [], social: [1]}\nplugins: []\n", "mkdocs.yml") == KbgenSettings()


@pytest.mark.parametrize("yaml", ["[a]", "text", "{channels: text}", "{channels: [{name: x}]}", "{home: {intro: [a]}}"])
def test_wrong_form(yaml: str) -> None:
    """Settings of the wrong form are an error with a place."""
    with pytest.raises(KbgenError) as caught:
        read_kbgen_settings(f"extra: {{kbgen: {yaml}}}", "mkdocs.yml")
    assert caught.value.where is not None


def test_channel_without_id() -> None:
    """A channel whose id was left empty is an error, not a channel that never shows."""
    with pytest.raises(KbgenError, match="'id'"):
        read_kbgen_settings("extra: {kbgen: {channels: [{id: , name: E-mail}]}}", "mkdocs.yml")


def test_no_file(tmp_path: Path) -> None:
    """A folder without mkdocs.yml is told how to make a help centre."""
    with pytest.raises(KbgenError, match=r"there is no mkdocs\.yml") as caught:
        load_settings(tmp_path / "mkdocs.yml")
    assert "kbgen init" in caught.value.hint


def test_not_utf8(tmp_path: Path) -> None:
    """A mkdocs.yml that is not UTF-8 is told to be saved as UTF-8."""
    with pytest.raises(KbgenError, match="not UTF-8"):
        settings_of(tmp_path, "site_name: Zürich".encode("latin-1"))


def test_unreadable(tmp_path: Path) -> None:
    """A mkdocs.yml that the system will not hand out is told with the system's reason."""
    with pytest.raises(KbgenError, match="cannot be read: Is a directory"):
        load_settings(tmp_path)


def test_invalid_yaml(tmp_path: Path) -> None:
    """A YAML fault in mkdocs.yml is told with its line."""
    with pytest.raises(KbgenError, match="not valid YAML") as caught:
        settings_of(tmp_path, "site_name: a\nextra: [\n")
    assert caught.value.where is not None
    assert caught.value.where.path == "mkdocs.yml"


@pytest.mark.parametrize("text", ["extra: {}\nextra: {}\n", "extra:\n  kbgen: {}\n  kbgen: {}\n"])
def test_settings_in_two_places(tmp_path: Path, text: str) -> None:
    """A second `extra:` would silently take the place of the first."""
    with pytest.raises(KbgenError, match="stands here a second time"):
        settings_of(tmp_path, text)


def test_byte_order_mark(tmp_path: Path) -> None:
    """A byte order mark does not hide the first key."""
    assert settings_of(tmp_path, b"\xef\xbb\xbfsite_name: Acme\n").site_name == "Acme"


@settings(deadline=None)
@given(st.text(alphabet=" abkgen:-[]{}\"'&*!|>#,?\n", max_size=40))
def test_any_text(text: str) -> None:
    """Whatever stands under extra.kbgen, it is read or it is an error with a place."""
    problem = None
    try:
        read_kbgen_settings(f"extra:\n  kbgen: {text}", "mkdocs.yml")
    except KbgenError as error:
        problem = error
    assert problem is None or (problem.where and problem.where.line >= 1)


@pytest.mark.parametrize(
    ("lines", "reports"),
    [
        ("service: /\n      searches: true", "/v1/searches"),
        ("service: https://votes.example.com/\n      searches: true", "https://votes.example.com/v1/searches"),
        ("service: /", ""),
        ("searches: true", ""),
    ],
)
def test_where_searches_are_reported(lines: str, reports: str) -> None:
    """Searches are reported to the vote service, and only where somebody switched that on."""
    text = f"extra:\n  kbgen:\n    feedback:\n      {lines}\n"
    assert read_kbgen_settings(text, "mkdocs.yml").feedback.search_reports == reports

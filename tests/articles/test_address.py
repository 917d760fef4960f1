"""Addresses in settings: where a link or a form may lead."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbgen.articles.address import SCHEMES, Address
from kbgen.errors import KbgenError


@pytest.mark.parametrize(
    "text",
    [
        "https://chat.example.com/room?x=1#here",
        "HTTPS://chat.example.com/",
        "http://localhost:8000/",
        "mailto:help@example.com",
        "tel:+49-30-123",
        "sms:+4930123",
        "sip:help@example.com",
        "xmpp:help@example.com",
        "matrix:r/help:example.com",
        "contact/",
        "../status/",
        "/receiver",
        "#here",
        "?q=a:b",
        "a/b:c",
        "",
    ],
)
def test_where_a_link_may_lead(text: str) -> None:
    """Web addresses, addresses of people and paths of the site itself are kept as they are written."""
    assert Address.parse(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "blob:https://example.com/1",
        "ftp://example.com/",
        "localhost:8000",
    ],
)
def test_what_a_browser_would_run_or_cannot_follow(text: str) -> None:
    """Any other scheme is refused, and the message says how an address begins."""
    with pytest.raises(KbgenError, match="is not an address that a link may lead to") as caught:
        Address.parse(text)
    assert "https://, mailto: or tel:" in caught.value.hint


@pytest.mark.parametrize("text", ["https://example.com/a b", "java\nscript:alert(1)", "a\tb", " https://example.com/"])
def test_white_space(text: str) -> None:
    """White space is refused: browsers pass over some of it, and what stays is another address."""
    with pytest.raises(KbgenError, match="white space") as caught:
        Address.parse(text)
    assert "%20" in caught.value.hint


def test_spaces_in_a_number() -> None:
    """A telephone number is written without spaces."""
    with pytest.raises(KbgenError, match="white space") as caught:
        Address.parse("tel:+49 30 123")
    assert caught.value.hint == "leave the spaces out"


def test_no_scheme() -> None:
    """An address that leaves out how to get there is refused, with the whole one."""
    with pytest.raises(KbgenError, match="says no way") as caught:
        Address.parse("//help.example.com/a")
    assert caught.value.hint == "write https://help.example.com/a"


@pytest.mark.parametrize("text", ["\x01javascript:alert(1)", "java\x00script:alert(1)", "\x1bhttps://example.com/"])
def test_control_characters(text: str) -> None:
    """Control characters are refused: browsers pass over those at the beginning."""
    with pytest.raises(KbgenError):
        Address.parse(text)


@pytest.mark.parametrize("text", ["https://[::1", "http://[half-an-address/", "//[x"])
def test_half_an_address(text: str) -> None:
    """A host that cannot be one is refused where it is read, not where it is first used."""
    with pytest.raises(KbgenError):
        Address.parse(text)


@example("javascript:x")
@given(st.text(max_size=30) | st.builds("{}:{}".format, st.sampled_from([*SCHEMES, "javascript", "data"]), st.text()))
def test_any_text(text: str) -> None:
    """A text is an address with a known scheme and an origin, or a problem that a person can read."""
    try:
        address = Address.parse(text)
    except KbgenError as refusal:
        error = refusal
    else:
        assert address == text
        assert not any(character.isspace() for character in address)
        assert address.origin == "" or address.origin.startswith(("http://", "https://"))
        return
    assert error.problem
    assert error.hint


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://votes.example.com/v1?x#y", "https://votes.example.com"),
        ("https://votes.example.com:8443/", "https://votes.example.com:8443"),
        ("HTTP://votes.example.com", "http://votes.example.com"),
        ("https://[::1]:8000/", "https://[::1]:8000"),
        ("https://votes.müller.example/", "https://votes.xn--mller-kva.example"),
        ("https:", ""),
        ("/votes", ""),
        ("votes/", ""),
        ("mailto:a@example.com", ""),
        ("", ""),
    ],
)
def test_origin(text: str, origin: str) -> None:
    """The origin is scheme, host and port of a web address; a path of the site and an e-mail address have none."""
    assert Address.parse(text).origin == origin


@pytest.mark.parametrize("text", ["/\\evil.example", "https://ü..example"])
def test_an_address_that_browsers_read_in_another_way(text: str) -> None:
    """A backslash, which browsers take for a slash, and a host that cannot exist are refused."""
    with pytest.raises(KbgenError):
        Address.parse(text)


def test_origin_without_a_name_and_password() -> None:
    """A name and a password before the host are no part of an origin."""
    assert Address.parse("https://me:secret@votes.example.com/").origin == "https://votes.example.com"

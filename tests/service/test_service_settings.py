"""Settings of the service."""

from __future__ import annotations

import pytest

from kbgen.errors import KbgenError
from kbgen.service.settings import ServiceSettings, from_environment, origin_of, read_origins


def test_settings_survive_the_way_through_the_environment() -> None:
    """What the command hands to its worker process is what the worker reads."""
    origins = ("https://a.example/x", "http://b.example:81")
    settings = ServiceSettings(database="sqlite:///v.sqlite", origins=origins, site="a site")
    assert from_environment(settings.as_environment()) == settings


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://help.example.com/docs/", "https://help.example.com"),
        ("https://help.example.com:443", "https://help.example.com"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_what_browsers_send(address: str, origin: str) -> None:
    """Scheme, host and port, without the scheme's own port."""
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    "address",
    ["help.example.com", "ftp://x", "https://", "https://x?y", "https://x#y", "https://[x", "https://x:99999"],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """The message gives an example."""
    with pytest.raises(KbgenError) as caught:
        read_origins([address])
    assert "https://help.example.com" in caught.value.hint


def test_a_port_is_a_number() -> None:
    """KBGEN_PORT that is no port is refused."""
    with pytest.raises(KbgenError, match="KBGEN_PORT"):
        from_environment({"KBGEN_PORT": "http"})

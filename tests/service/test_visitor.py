"""The visitor: whose address counts, and what is left of it."""

from __future__ import annotations

import pytest
from ballots import DAY, a_vote
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from kbgen.service.visitor import Visitor, visitor_of

SALT = "00" * 32


def request(peer: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", each.encode("latin-1", "replace")) for each in forwarded]
    return Request({"type": "http", "client": (peer, 1), "headers": [*headers, (b"user-agent", b"Firefox")]})


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, [], "127.0.0.1"),
        (0, ["203.0.113.9"], "127.0.0.1"),
        (1, [], "127.0.0.1"),
        (1, ["203.0.113.9"], "203.0.113.9"),
        (1, ["1.2.3.4, 203.0.113.9"], "203.0.113.9"),
        (1, ["1.2.3.4", "203.0.113.9"], "203.0.113.9"),
        (2, ["1.2.3.4, 203.0.113.9, 10.0.0.1"], "203.0.113.9"),
        (2, ["203.0.113.9"], "127.0.0.1"),
        (1, ["203.0.113.9:4711"], "203.0.113.9"),
        (1, ["[2001:db8:1:2:3::9]:4711"], "2001:db8:1:2::"),
        (1, ["2001:db8:1:2:3::9"], "2001:db8:1:2::"),
        (1, ["fe80::1%eth0"], "fe80::"),
        (1, ["::ffff:203.0.113.9"], "203.0.113.9"),
        (1, ["unknown"], "127.0.0.1"),
        (1, ["203.0.113.9, "], "127.0.0.1"),
        (1, ["203.0.113.9, <script>"], "127.0.0.1"),
    ],
)
def test_whose_address_counts(proxies: int, forwarded: list[str], address: str) -> None:
    """Only what our own proxies wrote is believed; a reader may claim what they like before it."""
    assert visitor_of(request("127.0.0.1", *forwarded), proxies).address == address


@given(st.text(st.characters(codec="latin-1")), st.integers(0, 3))
def test_any_header(forwarded: str, proxies: int) -> None:
    """Whatever stands in the header, there is an address with a neighbourhood."""
    visitor = visitor_of(request("127.0.0.1", forwarded), proxies)
    assert visitor.address
    assert visitor.neighbourhood.endswith(("/24", "/48", ""))


def test_the_neighbourhood() -> None:
    """256 addresses of IPv4, and what an organisation usually has of IPv6."""
    assert Visitor(address="203.0.113.9", agent="").neighbourhood == "203.0.113.0/24"
    assert Visitor(address="2001:db8:1:2::", agent="").neighbourhood == "2001:db8:1::/48"


@pytest.mark.parametrize(
    "address", ["", "127.0.0.1", "10.1.2.3", "172.20.0.9", "192.168.1.1", "::", "fd00::", "fe80::"]
)
def test_a_network_of_ones_own_is_no_neighbourhood(address: str) -> None:
    """Inside an organisation many honest readers sit behind few addresses."""
    assert not Visitor(address=address, agent="").neighbourhood


def test_a_digest_is_another_for_everything() -> None:
    """Salt, site, address, browser, article, revision and section: whichever differs, the digest does."""
    vote, kim = a_vote(1), Visitor(address="203.0.113.9", agent="Firefox")
    digests = [
        kim.digest(SALT, DAY, "https://a", vote),
        kim.digest("11" * 32, DAY, "https://a", vote),
        kim.digest(SALT, DAY, "https://b", vote),
        Visitor(address="203.0.113.8", agent="Firefox").digest(SALT, DAY, "https://a", vote),
        Visitor(address="203.0.113.9", agent="Safari").digest(SALT, DAY, "https://a", vote),
        kim.digest(SALT, DAY, "https://a", a_vote(1, article="b.md")),
        kim.digest(SALT, DAY, "https://a", a_vote(1, revision="f" * 16)),
        kim.digest(SALT, DAY, "https://a", a_vote(1, section="steps")),
    ]
    assert len(set(digests)) == len(digests)
    assert kim.digest(SALT, DAY, "https://a", a_vote(2, helpful=False)) == digests[0]

"""The adapter: who takes the votes, what it needs beside it, and what a page must allow for it."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.adapter import CLOUDS, KNOWN_AS, Adapter, MailAddress, Receiver, Repository, sources
from kbgen.articles.address import Address
from kbgen.articles.settings import FeedbackSettings, read_kbgen_settings
from kbgen.errors import KbgenError

COMPLETE = {
    Adapter.GA4: "",
    Adapter.PLAUSIBLE: "",
    Adapter.UMAMI: "endpoint: https://stats.example.com",
    Adapter.MATOMO: "endpoint: https://stats.example.com/matomo/",
    Adapter.FORM: "endpoint: https://formspree.io/f/abcdwxyz",
    Adapter.ISSUE: "repository: https://github.com/acme/help",
    Adapter.MAILTO: "address: docs@example.com",
}


def feedback(*lines: str) -> FeedbackSettings:
    text = "extra:\n  kbgen:\n    feedback:\n" + "".join(f"      {line}\n" for line in lines if line)
    return read_kbgen_settings(text, "mkdocs.yml").feedback


@pytest.mark.parametrize("adapter", Adapter)
def test_each_adapter_with_what_it_needs(adapter: Adapter) -> None:
    """An adapter and what it needs are read as they are written."""
    found = feedback(f"adapter: {adapter}", COMPLETE[adapter])
    assert found.adapter is adapter
    assert (adapter.is_analytics, adapter.is_link) == (adapter in CLOUDS, adapter in {"issue", "mailto"})


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("plausibel", "did you mean 'plausible'?"),
        ("Google Analytics", "did you mean 'ga4'?"),
        ("netlify", "did you mean 'form'?"),
        ("github", "did you mean 'issue'?"),
        ("E-Mail", "did you mean 'mailto'?"),
        ("zendesk", "use one of: ga4, plausible, umami, matomo, form, issue, mailto"),
    ],
)
def test_unknown_adapter(name: str, hint: str) -> None:
    """An unknown adapter is refused with its place, and with the one that was meant where that can be told."""
    with pytest.raises(KbgenError) as error:
        feedback("sections: true", f"adapter: {name}")
    assert str(error.value) == f"mkdocs.yml:5:16: there is no adapter '{name}'\n  hint: {hint}"


@pytest.mark.parametrize(
    ("lines", "line", "problem", "hint"),
    [
        (["adapter: form"], 4, "'adapter: form' needs 'endpoint'", "endpoint: https://formspree.io/f/abcdwxyz"),
        (["adapter: issue"], 4, "'adapter: issue' needs 'repository'", "repository: https://github.com/acme/help"),
        (["adapter: mailto"], 4, "'adapter: mailto' needs 'address'", "address: help@example.com"),
        (["service: /", "adapter: ga4"], 5, "not to both", "leave out 'service' or 'adapter'"),
        (["endpoint: /votes"], 4, "'endpoint' says nothing", "add 'adapter: form' or 'adapter: ga4'"),
        (["adapter: ga4", "address: a@b.example"], 5, "'address' says nothing", "add 'adapter: mailto'"),
        (
            ["adapter: mailto", "address: a@b.example", "repository: https://github.com/a/b"],
            6,
            "'repository' says nothing",
            "add 'adapter: issue'",
        ),
    ],
)
def test_what_does_not_go_together(lines: list[str], line: int, problem: str, hint: str) -> None:
    """A key that is missing, has no use or contradicts another is named, with its line and the way out."""
    with pytest.raises(KbgenError) as error:
        feedback(*lines)
    assert problem in error.value.problem
    assert hint in error.value.hint
    assert error.value.where is not None
    assert error.value.where.line == line


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["adapter: form", "endpoint: 'mailto:a@b.example'"], "nothing can be sent to"),
        (["adapter: form", "endpoint: 'javascript:alert(1)'"], "not an address"),
        (["adapter: issue", "repository: acme/help"], "not the address of a repository"),
        (["adapter: issue", "repository: https://github.com/acme"], "not the address of a repository"),
        (["adapter: mailto", "address: docs"], "not an e-mail address"),
        (["adapter: mailto", "address: 'a@b.example?bcc=c@d.example'"], "not an e-mail address"),
    ],
)
def test_odd_addresses(lines: list[str], problem: str) -> None:
    """An address of another kind than the adapter needs is refused."""
    with pytest.raises(KbgenError, match=re.escape(problem)):
        feedback(*lines)


def test_addresses_as_people_copy_them() -> None:
    """What stands around a repository's or a mailbox's address is taken off."""
    assert Repository.parse("https://github.com/acme/help.git") == "https://github.com/acme/help"
    assert Repository.parse("https://git.example.com/acme/help/issues/new?x=1") == "https://git.example.com/acme/help"
    assert MailAddress.parse("mailto:docs@example.com") == "docs@example.com"
    assert Receiver.parse("/votes") == "/votes"


@given(st.text())
def test_any_text(text: str) -> None:
    """Whatever stands there, it is read or refused, and never raises anything else."""
    for kind in (Adapter, Receiver, Repository, MailAddress):
        with contextlib.suppress(KbgenError):
            assert "\n" not in kind.parse(text)


def test_names_that_people_know() -> None:
    """A name that people know an adapter by is no adapter's own, and every adapter with a maker has its sources."""
    assert not set(KNOWN_AS) & set(Adapter)
    assert all({"script-src", "connect-src"} <= set(found) for found in CLOUDS.values())


@pytest.mark.parametrize("adapter", [*Adapter, None])
def test_sources(adapter: Adapter | None) -> None:
    """A server of one's own is all that is allowed where it is named; links and the vote service need nothing."""
    own = sources(adapter, Address("https://stats.example.com/x"))
    hosts = {host for found in own.values() for host in found}
    if adapter is None or adapter.is_link:
        assert own == {}
    else:
        assert hosts == {"https://stats.example.com"}
        assert set(own) == ({"connect-src", "form-action"} if adapter is Adapter.FORM else set(own) | {"script-src"})


def test_trying_out() -> None:
    """A site that is tried out sends no form to its endpoint; it keeps what only its own pages do."""
    form = feedback("adapter: form", "endpoint: https://formspree.io/f/abcdwxyz").tried_at(Address("/"))
    assert (form.adapter, form.service) == (None, "/")
    assert feedback("adapter: umami").tried_at(Address("/")).adapter is Adapter.UMAMI
    assert feedback("service: https://v.example").tried_at(Address("/")) == FeedbackSettings(service=Address("/"))


@pytest.mark.parametrize(
    ("line", "takes"), [("service: /", True), ("adapter: umami", False), ("searches: true", False)]
)
def test_queries(line: str, takes: bool) -> None:
    """Which search led to an article is kept for a vote service, and for nobody else."""
    assert feedback(line).takes_queries is takes

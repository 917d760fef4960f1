"""How a page asks for a vote, and what its policy lets through for that."""

from __future__ import annotations

import pytest

from kbgen.articles.adapter import Adapter, MailAddress, Receiver, Repository
from kbgen.articles.address import Address
from kbgen.articles.settings import FeedbackSettings, KbgenSettings
from kbgen.pages.policy import policy
from kbgen.pages.vote import HERE, VoteView, vote_view

FORM = Receiver("https://formspree.io/f/abcdwxyz")


def test_nobody_asks_by_default() -> None:
    """Without a service and without an adapter there is no question."""
    assert vote_view(FeedbackSettings()) is None


def test_vote_service() -> None:
    """The form posts to the service, whatever its address ends with; parts ask where they are told to."""
    action = "https://votes.example.com/v1/votes"
    assert vote_view(FeedbackSettings(service=Address("https://votes.example.com"))) == VoteView(action=action)
    found = vote_view(FeedbackSettings(service=Address("https://votes.example.com/"), sections=True))
    assert found == VoteView(action=action, sections=True)


@pytest.mark.parametrize("adapter", ["ga4", "plausible", "umami", "matomo"])
def test_analytics(adapter: str) -> None:
    """A form whose vote only a script can send is marked so."""
    found = vote_view(FeedbackSettings(adapter=Adapter(adapter)))
    assert found == VoteView(action=HERE, adapter=adapter, needs_script=True)


def test_form() -> None:
    """A form posts to its endpoint; one that the web host takes posts to the page itself."""
    found = vote_view(FeedbackSettings(adapter=Adapter.FORM, endpoint=FORM))
    assert found == VoteView(action=FORM, adapter="form")
    found = vote_view(FeedbackSettings(adapter=Adapter.FORM, endpoint=Receiver("/")))
    assert found == VoteView(action=HERE, adapter="form", in_site=True)


def test_links() -> None:
    """Issue and mail are links that the page completes, and parts do not ask."""
    issue = FeedbackSettings(
        adapter=Adapter.ISSUE, repository=Repository("https://github.com/acme/help"), sections=True
    )
    mail = FeedbackSettings(adapter=Adapter.MAILTO, address=MailAddress("docs@example.com"))
    action = "https://github.com/acme/help/issues/new?title="
    assert vote_view(issue) == VoteView(action=action, adapter="issue", is_link=True)
    assert vote_view(mail) == VoteView(action="mailto:docs@example.com?subject=", adapter="mailto", is_link=True)


def allowed(**feedback: object) -> dict[str, list[str]]:
    """What the policy of a page allows by directive, beside what it allows without votes."""
    plain = policy(KbgenSettings(), ()).split("; ")
    found = policy(KbgenSettings(feedback=FeedbackSettings(**feedback)), ()).split("; ")  # type: ignore[arg-type]
    more = [part.split() for part in found if part not in plain]
    return {name: [host for host in hosts if host not in {"'self'", "data:"}] for name, *hosts in more}


def test_policy_of_a_form() -> None:
    """Scripts and the plain form may send to the endpoint's host, and to nothing else."""
    assert allowed(adapter=Adapter.FORM, endpoint=FORM) == {
        "connect-src": ["https://formspree.io"],
        "form-action": ["https://formspree.io"],
    }
    assert allowed(adapter=Adapter.FORM, endpoint=Receiver("/")) == {}


def test_policy_of_analytics() -> None:
    """The vendor's script may be loaded and may send; with a server of one's own, to that alone."""
    assert allowed(adapter=Adapter.PLAUSIBLE) == {
        "script-src": ["https://plausible.io"],
        "connect-src": ["https://plausible.io"],
    }
    own = allowed(adapter=Adapter.MATOMO, endpoint=Receiver("https://stats.example.com/matomo/"))
    assert own == {name: ["https://stats.example.com"] for name in ("script-src", "img-src", "connect-src")}


def test_policy_of_links() -> None:
    """A link to write to a person needs nothing of the policy."""
    assert allowed(adapter=Adapter.MAILTO, address=MailAddress("docs@example.com")) == {}

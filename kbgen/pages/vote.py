"""How a page asks for a vote."""

from __future__ import annotations

from dataclasses import dataclass

from kbgen.articles.adapter import Adapter
from kbgen.articles.settings import FeedbackSettings

HERE = "#vote-thanks"
"""The page itself, where it says thanks."""


@dataclass(frozen=True, kw_only=True)
class VoteView:
    """How a page asks for a vote."""

    action: str
    """Where the form posts to, or how the link begins."""
    adapter: str = ""
    """Who takes the vote, `""` for the vote service."""
    needs_script: bool = False
    """Whether the form is dead without JavaScript, and so not shown."""
    is_link: bool = False
    """Whether there is no form, but a link to write to a person."""
    in_site: bool = False
    """Whether the web host itself takes the form, at the address of the page."""
    sections: bool = False
    """Whether each section of the article asks as well."""


def vote_view(settings: FeedbackSettings) -> VoteView | None:
    """How the articles of a site ask for a vote; `None` where they do not."""
    adapter = settings.adapter
    if adapter is None:
        action = f"{settings.service.rstrip('/')}/v1/votes"
        return VoteView(action=action, sections=settings.sections) if settings.service else None
    if adapter.is_link:
        return VoteView(action=_link(settings), adapter=adapter, is_link=True)
    in_site = settings.endpoint == "/"
    action = HERE if in_site or adapter.is_analytics else settings.endpoint
    return VoteView(
        action=action,
        adapter=adapter,
        needs_script=adapter.is_analytics,
        in_site=in_site and adapter is Adapter.FORM,
        sections=settings.sections,
    )


def _link(settings: FeedbackSettings) -> str:
    """Where readers write; the template adds what is known of the article."""
    if settings.adapter is Adapter.ISSUE:
        return f"{settings.repository}/issues/new?title="
    return f"mailto:{settings.address}?subject="

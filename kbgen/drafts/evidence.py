"""The evidence: each line of a draft beside the sentences of tickets that it rests on. It stays on this machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kbgen.drafts.agreement import Agreed, Source
from kbgen.drafts.draft import Draft
from kbgen.drafts.wording import wording
from kbgen.errors import KbgenError
from kbgen.tickets.ticket import Ticket

ID = "{id}"


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One ticket behind a line."""

    ticket: str
    """Its id."""
    url: str
    """Where the help desk shows it, or `""`."""
    day: str
    place: str
    """Product and plan, or `""`."""
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a draft, or one that did not get into it."""

    name: str
    """What it is: 'Step 2', 'Fact', 'Message'."""
    text: str
    counts: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything behind one draft."""

    draft: Draft
    lines: tuple[Line, ...]
    left_out: tuple[Line, ...]
    """What several answers say, and the draft does not."""
    questions: tuple[Voice, ...]
    """What customers asked, in their own words."""


def evidence(draft: Draft, ticket_url: str = "") -> Evidence:
    """What stands behind a draft; `ticket_url` is the address of a ticket in the help desk, with `{id}` in it."""
    found = draft.material
    by_id = {ticket.id: ticket for ticket in found.tickets}

    def line(name: str, agreed: Agreed) -> Line:
        return Line(
            name=name, text=agreed.text, counts=counted(agreed), voices=_voices(agreed.sources, by_id, ticket_url)
        )

    lines = [line(f"Step {n}", step.agreed) for n, step in enumerate(found.steps, start=1)]
    for name, several in (
        ("Result", found.results), ("Cause", found.causes), ("Fact", found.facts), ("Request", found.requests)
    ):  # fmt: skip
        lines += [line(name, agreed) for agreed in several]
    return Evidence(
        draft=draft,
        lines=(*_messages(draft, ticket_url), *lines),
        left_out=tuple(line(_why(agreed), agreed) for agreed in found.hidden),
        questions=tuple(_voice(t, [t.question], ticket_url) for t in found.tickets),
    )


def _messages(draft: Draft, ticket_url: str) -> list[Line]:
    lines = []
    for message in draft.material.messages:
        own = [t for t in draft.material.tickets if message.text.casefold() in " ".join(t.question.split()).casefold()]
        people = f" from {message.people} people" if message.people else ""
        voices = tuple(_voice(ticket, [ticket.question], ticket_url) for ticket in own)
        lines.append(
            Line(name="Message", text=message.text, counts=f"{message.tickets} tickets{people}", voices=voices)
        )
    return lines


def counted(agreed: Agreed) -> str:
    """How many tickets, people and wordings stand behind an agreement, in words."""
    people = f" from {agreed.people} people" if agreed.people else ""
    wordings = f"{agreed.wordings} wordings" if agreed.wordings > 1 else "always the same words"
    return f"{agreed.support} tickets{people}, {wordings}"


def _why(agreed: Agreed) -> str:
    if not agreed.enough:
        return "Too few tickets"
    return "Words that few tickets hold" if agreed.private else "Too small a share"


def _voices(sources: Iterable[Source], by_id: dict[str, Ticket], ticket_url: str) -> tuple[Voice, ...]:
    by_ticket: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        by_ticket[source.ticket].append(source.text)
    return tuple(_voice(by_id[id_], texts, ticket_url) for id_, texts in by_ticket.items())


def _voice(ticket: Ticket, texts: Sequence[str], ticket_url: str) -> Voice:
    return Voice(
        ticket=ticket.id,
        url=address_of(ticket, ticket_url),
        day=ticket.created,
        place=", ".join(filter(None, (ticket.product, ticket.plan))),
        sentences=tuple(dict.fromkeys(texts)),
    )


def address_of(ticket: Ticket, ticket_url: str) -> str:
    """Where the help desk shows a ticket, or `""`; only web addresses count."""
    address = ticket_url.replace(ID, quote(ticket.id, safe="")) if ticket_url else ticket.url
    return address if urlsplit(address).scheme in {"http", "https"} else ""


def checked_pattern(ticket_url: str) -> str:
    """The pattern of ticket addresses; raises a `KbgenError` where it is none."""
    if ticket_url and (ID not in ticket_url or urlsplit(ticket_url).scheme not in {"http", "https"}):
        raise KbgenError(
            f"'{ticket_url}' is no pattern for the address of a ticket",
            hint="write a web address with {id} in it, for example https://example.com/tickets/{id}",
        )
    return ticket_url


def title_of_view(shown: Evidence) -> str:
    """The heading of the view."""
    return f"{wording('en')('evidence')}: {shown.draft.title}"

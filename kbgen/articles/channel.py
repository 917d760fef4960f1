"""The channel: a way to reach a person, as `mkdocs.yml` describes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kbgen.articles.address import Address
from kbgen.articles.schema import key
from kbgen.channels.hours import Hours, Zone


class Means(StrEnum):
    """What reaching a person takes."""

    EMAIL = "email"
    PHONE = "phone"
    CHAT = "chat"
    FORM = "form"
    COMMUNITY = "community"
    STATUS = "status"
    LINK = "link"


_MEANS_BY_SCHEME = {"mailto": Means.EMAIL, "tel": Means.PHONE, "sms": Means.PHONE, "sip": Means.PHONE}


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way to reach a person."""

    id: str = key("short name that articles use under `channels:`")
    name: str = key("what customers call it, for example E-mail")
    url: Address = key("where it leads: an address, mailto: or tel:", Address())
    kind: Means | None = key("email, phone, chat, form, community or status; guessed from the address", None)
    hours: Hours | None = key("when somebody is there, for example 'Mon-Fri 9:00-17:00'", None)
    time_zone: Zone | None = key("time zone of its hours, where it is not that of `contact`", None)
    reply: str = key("when an answer comes, for example 'within one working day'", "")

    @property
    def means(self) -> Means:
        """What reaching somebody this way takes, said or guessed from the address."""
        return self.kind or _MEANS_BY_SCHEME.get(self.url.partition(":")[0].lower(), Means.LINK)


@dataclass(frozen=True, kw_only=True)
class ContactSettings:
    """What the contact page says and where its form leads."""

    intro: str = key("one sentence below the title of the contact page", "")
    endpoint: Address = key("address that takes the contact form; leave it out and there is no form", Address())
    reply: str = key("when an answer to the form comes, for example 'within one working day'", "")
    time_zone: Zone = key("time zone of all opening hours, for example Europe/Berlin", Zone(name="UTC"))
    holidays: tuple[date, ...] = key("days on which nobody is there", ())

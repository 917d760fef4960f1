"""Contact: takes messages from the contact form, and sends them on their way to a person."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kbgen.feedback.message import read_message
from kbgen.service.acknowledgement import Acknowledgement, read_replies
from kbgen.service.body import FORM_TYPE, JSON_TYPES, media_type, read_body, read_form, read_json
from kbgen.service.delivery.mail import MailDelivery
from kbgen.service.delivery.table import open_deliveries
from kbgen.service.outbox import Outbox, Waiting
from kbgen.service.problems import problem, recorded
from kbgen.service.visitor import visitor_of

if TYPE_CHECKING:
    from kbgen.service.reception import Reception

LARGEST = 128 * 1024
"""Bytes of a message: 10,000 Chinese characters in a form take ninety thousand."""


def open_outbox(store: Waiting, *, to: str, reply: str = "", site: str = "") -> Outbox | None:
    """The outbox for the deliveries in `to`, `None` where there are none.

    `reply` is the expected reply time and `site` the address of the help centre. Raises a `KbgenError` for settings
    that cannot be read, without the passwords in them.
    """
    deliveries, replies = open_deliveries(to), read_replies(reply)
    if not deliveries:
        return None
    mails = [each for each in deliveries if isinstance(each, MailDelivery) and each.acknowledges]
    letters = [
        Acknowledgement(mail=mail, contact=f"{site}/contact.html", replies=replies) for mail in mails[:1] if site
    ]
    return Outbox(store, deliveries, acknowledge=letters[0].send if letters else None)


def check_contact(*, to: str, reply: str = "") -> None:
    """Raise a `KbgenError` for settings of contacts that cannot be read."""
    open_deliveries(to)
    read_replies(reply)


async def take_contact(request: Request, site: str) -> Response:
    """Store a message and say so: 202 to a script, 303 back to the contact page to a plain form."""
    outbox: Outbox | None = request.app.state.outbox
    if outbox is None:
        return problem(404, "this service takes no messages; start it with --contact-to or KBGEN_CONTACT_TO")
    kind = media_type(request)
    if kind not in {*JSON_TYPES, FORM_TYPE}:
        return problem(415, f"send application/json or {FORM_TYPE}")
    body = await read_body(request, LARGEST)
    fields = read_json(body) if kind in JSON_TYPES else read_form(body)
    reception: Reception = request.app.state.reception
    reception.admit_message(visitor_of(request, reception.settings.proxies))
    await reception.writer.save(read_message({"id": str(uuid.uuid4()), **fields}))
    outbox.wake()
    if kind == FORM_TYPE and "application/json" not in request.headers.get("accept", ""):
        return RedirectResponse(f"{site}/contact.html#sent", 303)
    return recorded()

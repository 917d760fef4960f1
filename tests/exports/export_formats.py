"""Formats: the conversations as help desks that give JSON would export them.

Written after the public API references; ids of people are made from their addresses.
"""

from __future__ import annotations

import html
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from export_conversations import Comment, Conversation
from export_people import Person

DESK = "https://kilnroom.zendesk.example"
PIXEL = '<img src="https://track.example.net/o.gif?u=8d1f" width="1" height="1" alt="">'
Json = dict[str, object]


def iso(at: datetime) -> str:
    """The moment as help desks write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def number_of(someone: Person) -> int:
    """An id for a person."""
    return 360_000_000_000 + zlib.crc32(someone.email.encode())


def as_html(text: str, *, pixel: bool = False) -> str:
    """The text as mail programs write it: a paragraph for each block, quoted lines in a blockquote."""
    blocks = []
    for block in text.split("\n\n"):
        tag = "blockquote" if block.startswith("> ") else "p"
        blocks.append(f"<{tag}>{html.escape(block, quote=False).replace(chr(10), '<br>')}</{tag}>")
    return f'<div class="zd-comment" dir="auto">{"".join(blocks)}{PIXEL if pixel else ""}</div>'


def _person(someone: Person) -> Json:
    return {"id": number_of(someone), "name": someone.name, "email": someone.email}


def _is_html(one: Conversation) -> bool:
    """Three of ten conversations came as HTML mail."""
    return one.channel == "email" and zlib.crc32(one.customer.email.encode()) % 10 < 3


def zendesk(one: Conversation) -> Json:
    """A line of the incremental ticket export with requester, metrics and comments side-loaded."""
    rating = {None: "unoffered", True: "good", False: "bad"}[one.satisfied]
    return {
        "id": one.id,
        "url": f"{DESK}/api/v2/tickets/{one.id}.json",
        "created_at": iso(one.created),
        "updated_at": iso(one.comments[-1].at),
        "subject": one.subject,
        "raw_subject": one.subject,
        "description": one.comments[0].text,
        "status": one.status,
        "priority": None,
        "tags": list(one.tags),
        "requester": {**_person(one.customer), "locale": one.label.lang},
        "requester_id": number_of(one.customer),
        "submitter_id": number_of(one.customer),
        "via": {"channel": one.channel, "source": {"from": {"address": one.customer.email}, "rel": None}},
        "custom_fields": [
            {"id": 360001, "value": one.label.product or None},
            {"id": 360002, "value": one.label.plan or None},
        ],
        "satisfaction_rating": {"score": rating},
        "metric_set": {
            "reopens": one.reopens,
            "replies": sum(comment.role == "agent" and comment.public for comment in one.comments),
            "reply_time_in_minutes": {
                "calendar": one.first_reply,
                "business": one.first_reply and one.first_reply // 3,
            },
        },
        "comments": [_zendesk_comment(one, comment, place) for place, comment in enumerate(one.comments)],
    }


def _zendesk_comment(one: Conversation, comment: Comment, place: int) -> Json:
    role = "end-user" if comment.role == "customer" else "agent"
    marked = as_html(comment.text, pixel=_is_html(one))
    plain = comment.text.replace("  ", " &nbsp;")
    return {
        "id": one.id * 100 + place,
        "type": "Comment",
        "author_id": number_of(comment.author),
        "author": {**_person(comment.author), "role": role},
        "public": comment.public,
        "body": comment.text,
        "html_body": marked,
        "plain_body": plain,
        "created_at": iso(comment.at),
        "attachments": [],
    }


def freshdesk(one: Conversation) -> Json:
    """A ticket with requester, stats and conversations included."""
    numbers = {"new": 2, "open": 2, "pending": 3, "solved": 4, "closed": 5, "deleted": 5}
    later = [
        {
            "id": one.id * 100 + place,
            "body": as_html(comment.text),
            "body_text": comment.text,
            "incoming": comment.role == "customer",
            "private": not comment.public,
            "user_id": number_of(comment.author),
            "from_email": f'"{comment.author.name}" <{comment.author.email}>',
            "source": 0 if comment.public else 2,
            "created_at": iso(comment.at),
        }
        for place, comment in enumerate(one.comments)
        if place
    ]
    reply = next((comment for comment in one.comments if comment.role == "agent" and comment.public), None)
    return {
        "id": one.id,
        "subject": one.subject,
        "description": as_html(one.comments[0].text),
        "description_text": one.comments[0].text,
        "status": numbers[one.status],
        "source": 1,
        "spam": one.label.kind == "spam",
        "tags": list(one.tags),
        "requester_id": number_of(one.customer),
        "requester": _person(one.customer),
        "custom_fields": {"cf_product": one.label.product or None, "cf_plan": one.label.plan or None},
        "stats": {"first_responded_at": iso(reply.at) if reply else None},
        "created_at": iso(one.created),
        "updated_at": iso(one.comments[-1].at),
        "conversations": later,
    }


def intercom(one: Conversation) -> Json:
    """A conversation with its parts; times are seconds since 1970."""
    first = one.comments[0]
    parts = [
        {
            "type": "conversation_part",
            "id": str(one.id * 100 + place),
            "part_type": "comment" if comment.public else "note",
            "body": as_html(comment.text),
            "created_at": int(comment.at.timestamp()),
            "author": {"type": "user" if comment.role == "customer" else "admin", **_person(comment.author)},
        }
        for place, comment in enumerate(one.comments)
        if place
    ]
    return {
        "type": "conversation",
        "id": str(one.id),
        "title": one.subject,
        "created_at": int(one.created.timestamp()),
        "updated_at": int(one.comments[-1].at.timestamp()),
        "state": "closed" if one.status in {"solved", "closed"} else "open",
        "source": {
            "type": "conversation" if one.channel == "chat" else "email",
            "subject": f"<p>{html.escape(one.subject, quote=False)}</p>",
            "body": as_html(first.text),
            "author": {"type": "user", **_person(first.author)},
        },
        "custom_attributes": {"Product": one.label.product, "Plan": one.label.plan},
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "name": name} for name in one.tags]},
        "conversation_rating": {None: None, True: {"rating": 5}, False: {"rating": 1}}[one.satisfied],
        "statistics": {
            "time_to_admin_reply": None if one.first_reply is None else one.first_reply * 60,
            "count_reopens": one.reopens,
        },
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": parts,
            "total_count": len(parts),
        },
    }


def helpscout(one: Conversation) -> Json:
    """A conversation with embedded threads, the newest first."""
    threads = [
        {
            "id": one.id * 100 + place,
            "type": "customer" if comment.role == "customer" else "message" if comment.public else "note",
            "status": "active",
            "state": "published",
            "body": as_html(comment.text),
            "createdBy": {
                "type": "customer" if comment.role == "customer" else "user",
                "first": comment.author.first,
                "last": comment.author.last,
                "email": comment.author.email,
            },
            "createdAt": iso(comment.at),
        }
        for place, comment in enumerate(one.comments)
    ]
    return {
        "id": one.id,
        "number": one.id,
        "subject": one.subject,
        "type": "email",
        "status": "spam" if one.label.kind == "spam" else "closed" if one.status in {"solved", "closed"} else "active",
        "state": "published",
        "createdAt": iso(one.created),
        "primaryCustomer": {"first": one.customer.first, "last": one.customer.last, "email": one.customer.email},
        "tags": [{"id": zlib.crc32(name.encode()), "tag": name} for name in one.tags],
        "customFields": [
            {"id": 1, "name": "Product", "value": one.label.product, "text": one.label.product},
            {"id": 2, "name": "Plan", "value": one.label.plan, "text": one.label.plan},
        ],
        "_embedded": {"threads": threads[::-1]},
    }


def zammad(one: Conversation) -> Json:
    """A ticket with its articles, internal ones marked."""
    articles = [
        {
            "id": one.id * 100 + place,
            "ticket_id": one.id,
            "type": "email" if comment.public else "note",
            "sender": "Customer" if comment.role == "customer" else "Agent",
            "from": f"{comment.author.name} <{comment.author.email}>",
            "subject": one.subject,
            "content_type": "text/html" if _is_html(one) else "text/plain",
            "body": as_html(comment.text) if _is_html(one) else comment.text,
            "internal": not comment.public,
            "created_at": iso(comment.at),
        }
        for place, comment in enumerate(one.comments)
    ]
    return {
        "id": one.id,
        "number": str(one.id),
        "title": one.subject,
        "state": "merged" if one.merged_into else one.status,
        "customer": one.customer.email,
        "tags": list(one.tags),
        "product": one.label.product,
        "plan": one.label.plan,
        "created_at": iso(one.created),
        "articles": articles,
    }


def github(one: Conversation) -> Json:
    """An issue with its comments; private notes do not exist there."""

    def said(comment: Comment) -> Json:
        login = comment.author.email.partition("@")[0].replace(".", "-")
        return {
            "user": {"login": login, "type": "User"},
            "author_association": "NONE" if comment.role == "customer" else "MEMBER",
            "body": comment.text,
            "created_at": iso(comment.at),
        }

    return {
        **said(one.comments[0]),
        "number": one.id,
        "html_url": f"https://github.example/kilnroom/support/issues/{one.id}",
        "title": one.subject,
        "state": "closed" if one.status in {"solved", "closed"} else "open",
        "labels": [{"name": name} for name in one.tags],
        "comments": [said(comment) for comment in one.comments[1:] if comment.public],
    }


ONE_A_LINE = {"zendesk": zendesk, "intercom": intercom, "zammad": zammad}
ONE_LIST = {"freshdesk": freshdesk, "helpscout": helpscout, "github": github}


def json_lines(name: str, found: Iterable[Conversation]) -> Iterator[str]:
    """The lines of the file in one of the JSON formats: an object a line, or one array."""
    dumped = (json.dumps({**ONE_A_LINE, **ONE_LIST}[name](one), ensure_ascii=False) for one in found)
    if name in ONE_A_LINE:
        yield from (f"{line}\n" for line in dumped)
        return
    for place, line in enumerate(dumped):
        yield f"{',' if place else '['}\n{line}"
    yield "\n]\n"

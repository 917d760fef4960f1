"""Exports as help desks write them, made from the same three invented tickets."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

NOTE = "between-us-only"
"""Words that stand in every private note and must never be read."""

BOT = "beep-from-a-bot"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody wrote; `who` is customer, agent, note or bot."""

    who: str
    text: str
    hour: int


@dataclass(frozen=True, kw_only=True)
class Invented:
    """A ticket that nobody sent."""

    number: int
    subject: str
    customer: str
    said: tuple[Said, ...]

    @property
    def address(self) -> str:
        """Where the customer writes from."""
        return f"{self.customer.lower()}@shop.example"


TICKETS = tuple(
    Invented(
        number=100 + number,
        subject=subject,
        customer=customer,
        said=(
            Said(who="customer", text=f"{subject}? It shows error E{number}.", hour=9),
            Said(who="note", text=f"{NOTE}: he pays late", hour=10),
            Said(who="agent", text="Open Settings, then press Export.", hour=11),
            Said(who="customer", text="That does not help.", hour=12),
            Said(who="agent", text="Then restart the printer.", hour=13),
        ),
    )
    for number, (subject, customer) in enumerate(
        (("How do I export a list", "Mira"), ("The printer prints nothing", "Tomas"), ("Where is my invoice", "Ines"))
    )
)


def at(hour: int) -> str:
    return f"2026-03-05T{hour:02}:00:00Z"


def seconds(hour: int) -> int:
    return 1772668800 + hour * 3600


def zendesk(ticket: Invented) -> dict[str, Any]:
    ids = {"customer": 7, "agent": 8, "note": 8}
    return {
        "url": f"https://acme.zendesk.com/api/v2/tickets/{ticket.number}.json",
        "id": ticket.number,
        "created_at": at(9),
        "subject": ticket.subject,
        "description": ticket.said[0].text,
        "status": "solved",
        "requester_id": 7,
        "submitter_id": 7,
        "requester": {"id": 7, "name": f"{ticket.customer} Berg", "email": ticket.address},
        "assignee": {"id": 8, "name": "Olga Stein"},
        "tags": ["printing"],
        "custom_fields": [{"id": 360001, "value": "Studio"}, {"id": 360002, "value": None}],
        "satisfaction_rating": {"score": "good"},
        "metric_set": {"reopens": 2, "reply_time_in_minutes": {"calendar": 120, "business": 60}},
        "comments": [
            {
                "id": n,
                "author_id": ids[said.who],
                "public": said.who != "note",
                "body": said.text,
                "html_body": f"<div><p>{said.text}</p></div>",
                "created_at": at(said.hour),
            }
            for n, said in enumerate(ticket.said)
        ],
    }


def freshdesk(ticket: Invented) -> dict[str, Any]:
    return {
        "id": ticket.number,
        "subject": ticket.subject,
        "description": f"<div>{ticket.said[0].text}</div>",
        "description_text": ticket.said[0].text,
        "created_at": at(9),
        "source": 1,
        "status": 5,
        "requester_id": 7,
        "responder_id": 8,
        "requester": {"id": 7, "name": f"{ticket.customer} Berg", "email": ticket.address},
        "stats": {"first_responded_at": at(11), "reopened_at": at(12)},
        "tags": ["printing"],
        "custom_fields": {"cf_plan": "Studio"},
        "conversations": [
            {
                "body": f"<div>{said.text}</div>",
                "body_text": said.text,
                "incoming": said.who == "customer",
                "private": said.who == "note",
                "created_at": at(said.hour),
            }
            for said in ticket.said[1:]
        ],
    }


def intercom(ticket: Invented) -> dict[str, Any]:
    people = {
        "customer": {"type": "user", "id": "7", "name": f"{ticket.customer} Berg", "email": ticket.address},
        "agent": {"type": "admin", "id": "8", "name": "Olga Stein", "email": "olga@acme.example"},
        "note": {"type": "admin", "id": "8", "name": "Olga Stein", "email": "olga@acme.example"},
        "bot": {"type": "bot", "id": "9", "name": "Operator"},
    }
    later = (Said(who="bot", text=BOT, hour=9), *ticket.said[1:])
    return {
        "type": "conversation",
        "id": str(ticket.number),
        "created_at": seconds(9),
        "source": {
            "type": "email",
            "subject": f"<p>{ticket.subject}</p>",
            "body": f"<p>{ticket.said[0].text}</p>",
            "author": people["customer"],
        },
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "name": "printing"}]},
        "statistics": {"time_to_admin_reply": 7200, "count_reopens": 2},
        "conversation_rating": {"rating": 5},
        "custom_attributes": {"plan": "Studio"},
        "conversation_parts": {
            "conversation_parts": [
                {
                    "part_type": "note" if said.who == "note" else "comment",
                    "body": f"<p>{said.text}</p>",
                    "author": people[said.who],
                    "created_at": seconds(said.hour),
                }
                for said in later
            ]
        },
    }


def helpscout(ticket: Invented) -> dict[str, Any]:
    threads = [
        {
            "id": n,
            "type": {"customer": "customer", "agent": "message", "note": "note"}[said.who],
            "state": "published",
            "body": f"<p>{said.text}</p>",
            "createdBy": {"type": "customer" if said.who == "customer" else "user", "first": "Olga", "last": "Stein"},
            "createdAt": at(said.hour),
        }
        for n, said in enumerate(ticket.said)
    ]
    draft = {**threads[2], "state": "draft", "body": NOTE}
    return {
        "id": 5000 + ticket.number,
        "number": ticket.number,
        "subject": ticket.subject,
        "status": "closed",
        "mailboxId": 1,
        "createdAt": at(9),
        "primaryCustomer": {"id": 7, "first": ticket.customer, "last": "Berg", "email": ticket.address},
        "tags": [{"id": 1, "tag": "printing"}],
        "customFields": [{"id": 1, "name": "Plan", "value": "3", "text": "Studio"}],
        "_embedded": {"threads": [draft, *reversed(threads)]},
    }


def zammad(ticket: Invented) -> dict[str, Any]:
    return {
        "id": 5000 + ticket.number,
        "number": str(ticket.number),
        "title": ticket.subject,
        "group_id": 1,
        "customer_id": 7,
        "customer": ticket.address,
        "created_at": at(9),
        "first_response_in_min": 120,
        "tags": ["printing"],
        "articles": [
            {
                "from": f"{ticket.customer} Berg <{ticket.address}>" if said.who == "customer" else "Olga Stein",
                "sender": "Customer" if said.who == "customer" else "Agent",
                "type": "note" if said.who == "note" else "email",
                "internal": said.who == "note",
                "content_type": "text/html",
                "body": f"<div>{said.text}</div>",
                "created_at": at(said.hour),
            }
            for said in ticket.said
        ],
    }


def github(ticket: Invented) -> dict[str, Any]:
    comments = [said for said in ticket.said[1:] if said.who != "note"]
    bot = {
        "user": {"login": "stale[bot]", "type": "Bot"},
        "author_association": "MEMBER",
        "body": BOT,
        "created_at": at(10),
    }
    return {
        "number": ticket.number,
        "html_url": f"https://github.com/acme/app/issues/{ticket.number}",
        "title": ticket.subject,
        "body": ticket.said[0].text,
        "user": {"login": ticket.customer.lower(), "type": "User"},
        "author_association": "NONE",
        "labels": [{"name": "printing"}],
        "created_at": at(9),
        "state_reason": "reopened",
        "comments": [
            bot,
            *(
                {
                    "user": {"login": "olga" if said.who == "agent" else ticket.customer.lower(), "type": "User"},
                    "author_association": "MEMBER" if said.who == "agent" else "NONE",
                    "body": said.text,
                    "created_at": at(said.hour),
                }
                for said in comments
            ),
        ],
    }


MAKERS: dict[str, Callable[[Invented], dict[str, Any]]] = {
    "zendesk": zendesk,
    "freshdesk": freshdesk,
    "intercom": intercom,
    "helpscout": helpscout,
    "zammad": zammad,
    "github": github,
}
ENVELOPES = {
    "zendesk": "tickets",
    "freshdesk": "tickets",
    "intercom": "conversations",
    "helpscout": "conversations",
    "zammad": "tickets",
    "github": "issues",
}


def mails(ticket: Invented) -> list[EmailMessage]:
    """The mails of a ticket; the note goes from one agent to another."""
    staff, found = "help@acme.example", []
    for n, said in enumerate(ticket.said):
        mail = EmailMessage()
        mail["From"] = f"{ticket.customer} Berg <{ticket.address}>" if said.who == "customer" else f"Olga <{staff}>"
        mail["To"] = {"customer": staff, "agent": ticket.address, "note": "tom@acme.example"}[said.who]
        mail["Subject"] = ticket.subject if n == 0 else f"Re: {ticket.subject}"
        mail["Date"] = f"Thu, 05 Mar 2026 {said.hour:02}:00:00 +0000"
        mail["Message-ID"] = f"<{ticket.number}.{n}@mail.example>"
        if n:
            mail["In-Reply-To"] = f"<{ticket.number}.{n - 1}@mail.example>"
        mail.set_content(said.text)
        if n == 2:
            mail.add_alternative(f"<p>{said.text}</p>", subtype="html")
        found.append(mail)
    return found


def write_mbox(file: Path) -> Path:
    """All mails, the threads mixed."""
    ordered = [mail for together in zip(*map(mails, TICKETS), strict=True) for mail in together]
    parts = [b"From x@y.example Thu Mar  5 09:00:00 2026\n" + mail.as_bytes() + b"\n" for mail in ordered]
    file.write_bytes(b"".join(parts))
    return file


def write_eml(folder: Path, *, packed: bool = False) -> Path:
    """A folder of EML files, or an archive of one."""
    files = {f"{t.number}-{n}.eml": mail.as_bytes() for t in TICKETS for n, mail in enumerate(mails(t))}
    if packed:
        with zipfile.ZipFile(folder, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(f"mails/{name}", data)
        return folder
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def write_json(file: Path, name: str, shape: str) -> Path:
    """A help desk's export as lines, as a list, as an envelope, or as objects over several lines."""
    records = [MAKERS[name](ticket) for ticket in TICKETS]
    if shape == "lines":
        text = "".join(json.dumps(record) + "\n" for record in records)
    elif shape == "objects":
        text = "\n".join(json.dumps(record, indent=2) for record in records)
    elif shape == "list":
        text = json.dumps(records, indent=1)
    else:
        pages = {ENVELOPES[name]: records}
        text = json.dumps({"count": 3, **({"_embedded": pages} if name == "helpscout" else pages), "next_page": None})
    file.write_text(text, encoding="utf-8")
    return file


def write_export(folder: Path, name: str) -> Path:
    """An export of any format."""
    if name == "mbox":
        return write_mbox(folder / "mails.mbox")
    if name == "eml":
        return write_eml(folder / "mails")
    if name == "csv":
        rows = [
            f'{t.number},2026-03-05,{t.subject},"{t.said[0].text}","{t.said[2].text}\n---\n{t.said[4].text}",{t.address}\n'
            for t in TICKETS
        ]
        file = folder / "tickets.csv"
        file.write_text("id,created,subject,message,replies,requester\n" + "".join(rows), encoding="utf-8")
        return file
    if name == "jsonl":
        file = folder / "tickets.jsonl"
        lines = [
            {
                "id": t.number,
                "created": "2026-03-05",
                "subject": t.subject,
                "text": t.said[0].text,
                "replies": [
                    {
                        "author": "customer" if s.who == "customer" else "agent",
                        "text": s.text,
                        "private": s.who == "note",
                    }
                    for s in t.said[1:]
                ],
                "requester": t.address,
            }
            for t in TICKETS
        ]
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return file
    return write_json(folder / "export.json", name, "lines")

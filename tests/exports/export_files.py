"""Files: an export written in one of the formats, and beside it what each ticket was made to be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from export_conversations import Comment, Conversation
from export_formats import ONE_A_LINE, ONE_LIST, as_html, iso, json_lines

CSV_COLUMNS = (
    "id created subject message replies requester requester_name tags status product plan language reopens "
    "first_reply_minutes satisfaction"
).split()
LABEL_COLUMNS = "id topic kind product plan lang trend coverage merged_into".split()
FORMATS = ("csv", "mbox", *sorted({*ONE_A_LINE, *ONE_LIST}))


def write_export(file: Path, name: str, found: Sequence[Conversation]) -> Path:
    """Write the export and `FILE.labels.csv` beside it; returns the path of the labels."""
    lines = {"csv": _csv, "mbox": _mbox}[name](found) if name in {"csv", "mbox"} else json_lines(name, found)
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(lines)
    labels = file.with_name(f"{file.name}.labels.csv")
    with labels.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(_rows(LABEL_COLUMNS, (_label(one) for one in found)))
    return labels


def _rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for row in (columns, *rows):
        cell = io.StringIO()
        csv.writer(cell, lineterminator="\n").writerow(row)
        yield cell.getvalue()


def _label(one: Conversation) -> tuple[object, ...]:
    label = one.label
    words = (label.topic, label.kind, label.product, label.plan, label.lang, label.trend, label.coverage)
    return (one.id, *words, one.merged_into or "")


def _csv(found: Sequence[Conversation]) -> Iterator[str]:
    return _rows(CSV_COLUMNS, (_csv_row(one) for one in found))


def _csv_row(one: Conversation) -> tuple[object, ...]:
    """A row; replies are divided by lines that hold only `---`, and private notes are left out."""
    replies = [comment.text for comment in one.comments if comment.role == "agent" and comment.public]
    return (
        one.id,
        iso(one.created),
        one.subject,
        one.comments[0].text,
        "\n---\n".join(replies),
        one.customer.email,
        one.customer.name,
        " ".join(one.tags),
        one.status,
        one.label.product,
        one.label.plan,
        one.label.lang,
        one.reopens,
        "" if one.first_reply is None else one.first_reply,
        {None: "", True: "good", False: "bad"}[one.satisfied],
    )


def _mbox(found: Sequence[Conversation]) -> Iterator[str]:
    """All public mails in the order of their dates, as a shared mailbox keeps them."""
    mails = [
        (comment.at, one.id, place, _mail(one, comment, place))
        for one in found
        for place, comment in enumerate(one.comments)
        if comment.public
    ]
    for at, _, _, mail in sorted(mails, key=lambda mail: mail[:3]):
        body = mail.as_string().replace("\nFrom ", "\n>From ")
        yield f"From MAILER-DAEMON {at.strftime('%a %b %d %H:%M:%S %Y')}\n{body}\n\n"


def _mail(one: Conversation, comment: Comment, place: int) -> EmailMessage:
    mail = EmailMessage()
    ours, theirs = "Kilnroom Support <support@kilnroom.example>", f"{one.customer.name} <{one.customer.email}>"
    mail["From"] = theirs if comment.role == "customer" else f"{comment.author.name} <support@kilnroom.example>"
    mail["To"] = ours if comment.role == "customer" else theirs
    mail["Subject"] = f"Re: {one.subject}" if place else one.subject
    mail["Date"] = format_datetime(comment.at)
    mail["Message-ID"] = f"<{one.id}.{place}@mail.kilnroom.example>"
    if place:
        mail["In-Reply-To"] = f"<{one.id}.0@mail.kilnroom.example>"
        mail["References"] = mail["In-Reply-To"]
    if one.label.kind == "automatic":
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(comment.text)
    if one.id % 3 == 0:
        mail.add_alternative(as_html(comment.text), subtype="html")
        mail.set_boundary(f"=={one.id}.{place}==")
    return mail

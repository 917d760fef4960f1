"""Issues of GitHub with their comments: of the REST interface, or of `gh issue list --json`.

Written from the public reference of the Issues interface and of the gh command.
"""

from __future__ import annotations

import re

from kbgen.tickets.sources.conversation import Conversation, Message
from kbgen.tickets.sources.helpdesk import HelpDesk
from kbgen.tickets.sources.people import People, name_of
from kbgen.tickets.sources.shapes import Object, moment_of, object_of, objects_of, text_at, text_of

_STAFF = frozenset(("OWNER", "MEMBER", "COLLABORATOR"))
_REPOSITORY = re.compile(r"https?://[^/]+/([\w.-]+/[\w.-]+)/(?:issues|pull)/\d+")


def _known(data: Object) -> bool:
    named = "number" in data and "title" in data and "body" in data
    return named and any(key in data for key in ("html_url", "author_association", "author", "createdAt", "labels"))


def _conversation(data: Object, _: People) -> Conversation | str:
    url = text_at(data, "html_url") or text_at(data, "url")
    if "pull_request" in data or "/pull/" in url:
        return "it is a pull request"
    if _is_bot(data):
        return "a bot opened it"
    created = moment_of(data.get("created_at") or data.get("createdAt"))
    opened = Message(text=text_at(data, "body") or text_at(data, "title"), staff=_is_staff(data), at=created)
    return Conversation(
        id=_id(data, url),
        subject=text_at(data, "title"),
        messages=(opened, *_comments(data)),
        requester=text_at(_author(data), "login"),
        created=created,
        tags=_labels(data),
        names=tuple(name_of(_author(item)) for item in (data, *objects_of(data.get("comments")))),
        url=url,
        reopened=1 if text_at(data, "state_reason").lower() == "reopened" else None,
    )


def _id(data: Object, url: str) -> str:
    """Repository and number: numbers alone repeat where issues of several repositories come together."""
    number, repository = text_at(data, "number"), _REPOSITORY.match(url)
    return f"{repository[1]}#{number}" if repository and number else number


def _comments(data: Object) -> list[Message]:
    """Comments of people that are not hidden, oldest first; the interface gives a number where they were left out."""
    shown = [
        comment
        for comment in objects_of(data.get("comments"))
        if not _is_bot(comment) and comment.get("isMinimized") is not True
    ]
    messages = [
        Message(
            text=text_at(comment, "body"),
            staff=_is_staff(comment),
            at=moment_of(comment.get("created_at") or comment.get("createdAt")),
        )
        for comment in shown
    ]
    return sorted(messages, key=lambda message: message.at)


def _author(item: Object) -> Object:
    return object_of(item.get("user")) or object_of(item.get("author"))


def _is_staff(item: Object) -> bool:
    return text_of(item.get("author_association") or item.get("authorAssociation")).upper() in _STAFF


def _is_bot(item: Object) -> bool:
    author = _author(item)
    login = text_at(author, "login")
    return text_at(author, "type") == "Bot" or author.get("is_bot") is True or login.endswith("[bot]")


def _labels(data: Object) -> tuple[str, ...]:
    labels = data.get("labels")
    found = [text_at(label, "name") or text_of(label) for label in labels] if isinstance(labels, list) else []
    return tuple(label.replace(" ", "-") for label in found if label)


GITHUB = HelpDesk(
    name="github",
    title="GitHub issues",
    origin={
        "id": "repository and number",
        "created": "created_at",
        "subject": "title",
        "text": "body, unless the team opened it",
        "replies": "comments: of owners, members and collaborators; bots are left out",
        "requester": "user.login",
        "requester_name": "author.name",
        "agent": "author.name in comments",
        "tags": "labels",
        "url": "html_url",
        "reopened": "state_reason",
        "first_reply": "the times of comments",
    },
    known_by=_known,
    conversation=_conversation,
)

"""Facts about every source: each reads the same three tickets out of its own format, and nothing private."""

from __future__ import annotations

import gzip
import json
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_exports import (
    BOT,
    MAKERS,
    NOTE,
    TICKETS,
    github,
    intercom,
    write_eml,
    write_export,
    write_json,
    write_mbox,
    zammad,
    zendesk,
)

from kbgen.cli.tickets import FORMATS as OFFERED
from kbgen.engines.serial import SerialEngine
from kbgen.errors import KbgenError
from kbgen.tickets.door import Door
from kbgen.tickets.intake import Intake
from kbgen.tickets.sources.export import Export
from kbgen.tickets.sources.interface import FIELDS, Reading, Row
from kbgen.tickets.sources.table import FORMATS, read_tickets, source_of
from kbgen.tickets.store import TicketStore
from kbgen.tickets.ticket import RawTicket, SkippedRow

REPLIES = ("Open Settings, then press Export.", "Then restart the printer.")


def tickets(rows: list[Row]) -> list[RawTicket]:
    assert [row for row in rows if isinstance(row, SkippedRow)] == []
    return sorted((row for row in rows if isinstance(row, RawTicket)), key=lambda row: row.subject)


def is_right(found: list[RawTicket]) -> None:
    ordered = sorted(TICKETS, key=lambda ticket: ticket.subject)
    assert [row.subject for row in found] == [ticket.subject for ticket in ordered]
    assert [row.text for row in found] == [ticket.said[0].text for ticket in ordered]
    assert [row.replies for row in found] == [REPLIES] * 3
    assert all(row.created.startswith("2026-03-05") for row in found)
    assert NOTE not in repr(found)
    assert BOT not in repr(found)


@pytest.mark.parametrize("name", FORMATS)
def test_export_is_recognised_and_read(tmp_path: Path, name: str) -> None:
    """The first question, public answers and the day come out; notes, drafts and bots do not."""
    file = write_export(tmp_path, name)
    with Export(file) as export:
        assert source_of(export).name == name
    is_right(tickets(list(read_tickets(file))))


@pytest.mark.parametrize("shape", ["list", "envelope", "objects", "lines"])
@pytest.mark.parametrize("name", MAKERS)
def test_json_is_read_in_any_shape(tmp_path: Path, name: str, shape: str) -> None:
    """A list, a page with an envelope, objects over several lines and lines of objects read the same."""
    file = write_json(tmp_path / "x.json", name, shape)
    with Export(file) as export:
        assert source_of(export).name == name
    is_right(tickets(list(read_tickets(file))))


@pytest.mark.parametrize("name", FORMATS)
def test_second_import_changes_nothing(tmp_path: Path, name: str) -> None:
    """The same export, taken in twice, is new once and known then; the store stays as it is, byte for byte."""
    file, store = write_export(tmp_path, name), TicketStore(tmp_path / "state")
    first = store.save(Intake(read_tickets(file), Door(b"key")).tickets(SerialEngine()))
    before = (tmp_path / "state" / "tickets.sqlite").read_bytes()
    second = store.save(Intake(read_tickets(file), Door(b"key")).tickets(SerialEngine()))
    assert (first.new, first.changed, first.known) == (3, 0, 0)
    assert (second.new, second.changed, second.known) == (0, 0, 3)
    assert (tmp_path / "state" / "tickets.sqlite").read_bytes() == before


@pytest.mark.parametrize("name", ["zendesk", "csv"])
def test_packed_export_is_read(tmp_path: Path, name: str) -> None:
    """Gzip and zip make no difference, and neither does the name of the file."""
    file = write_export(tmp_path, name)
    (tmp_path / "a").write_bytes(gzip.compress(file.read_bytes()))
    with zipfile.ZipFile(tmp_path / "b", "w") as archive:
        archive.write(file, "inside")
        archive.writestr("__MACOSX/._inside", b"\x00")
    is_right(tickets(list(read_tickets(tmp_path / "a"))))
    is_right(tickets(list(read_tickets(tmp_path / "b"))))


def test_folder_of_pages_is_one_export(tmp_path: Path) -> None:
    """Pages of an interface, saved as files of one folder, are read one after the other; skipped rows name the page."""
    (tmp_path / "pages").mkdir()
    for number, ticket in enumerate(TICKETS):
        page = {"tickets": [zendesk(ticket), {"id": 1, "requester_id": 7, "submitter_id": 7}]}
        (tmp_path / "pages" / f"{number}.json").write_text(json.dumps(page))
    rows = list(read_tickets(tmp_path / "pages"))
    is_right(sorted((row for row in rows if isinstance(row, RawTicket)), key=lambda row: row.subject))
    reasons = [row.reason for row in rows if isinstance(row, SkippedRow)]
    assert reasons[1] == "1.json: it holds no message that a customer could read"


def test_help_desk_says_how_it_went(tmp_path: Path) -> None:
    """Reopening, minutes to the first answer, satisfaction, tags, requester and address are taken over."""
    (row, *_) = read_tickets(write_json(tmp_path / "x", "zendesk", "lines"))
    assert isinstance(row, RawTicket)
    assert (row.reopened, row.first_reply, row.satisfied) == (2, 120, True)
    assert (row.tags, row.requester) == (("printing",), "mira@shop.example")
    assert row.url == "https://acme.zendesk.com/agent/tickets/100"
    assert {"Mira Berg", "Olga Stein"} <= set(row.names)
    for name in ("freshdesk", "intercom", "helpscout", "zammad", "github"):
        (row, *_) = read_tickets(write_json(tmp_path / "x", name, "list"))
        assert isinstance(row, RawTicket)
        assert row.first_reply == 120, name
        assert row.tags == ("printing",), name


@pytest.mark.parametrize(
    ("name", "path"), [("zendesk", "360001"), ("freshdesk", "cf_plan"), ("intercom", "custom_attributes.plan")]
)
def test_custom_fields_are_mapped(tmp_path: Path, name: str, path: str) -> None:
    """A custom field is named by its id, its name or its path."""
    rows = read_tickets(write_json(tmp_path / "x", name, "list"), None, Reading(columns={"product": path}))
    assert [row.product for row in rows if isinstance(row, RawTicket)] == ["Studio"] * 3


def test_what_was_said_cannot_be_mapped(tmp_path: Path) -> None:
    """To map the replies of a help desk could let private notes through, so it is refused."""
    with pytest.raises(KbgenError, match="'replies' is settled"):
        list(
            read_tickets(write_json(tmp_path / "x", "zendesk", "list"), None, Reading(columns={"replies": "comments"}))
        )


def test_roles_tell_agents_from_people_copied_in(tmp_path: Path) -> None:
    """Users listed beside Zendesk's tickets, also after them, tell who is an agent; others' comments are left out."""
    ticket = zendesk(TICKETS[0])
    ticket["comments"].append(
        {"author_id": 99, "public": True, "body": "Me too!", "created_at": "2026-03-05T14:00:00Z"}
    )
    page = {"tickets": [ticket], "users": [{"id": 99, "role": "end-user", "name": "Ada"}, {"id": 8, "role": "agent"}]}
    (tmp_path / "x.json").write_text(json.dumps(page))
    (row,) = read_tickets(tmp_path / "x.json")
    assert isinstance(row, RawTicket)
    assert row.replies == REPLIES
    assert "Ada" in row.names


def test_private_description_is_no_message(tmp_path: Path) -> None:
    """A Zendesk ticket without comments is read from its description, unless that is private or an agent's."""
    own = {key: value for key, value in zendesk(TICKETS[0]).items() if key != "comments"}
    others = [{**own, "id": 2, "is_public": False}, {**own, "id": 3, "submitter_id": 8}, {**own, "status": "deleted"}]
    (tmp_path / "x.json").write_text(json.dumps([own, *others]))
    rows = list(read_tickets(tmp_path / "x.json"))
    assert [type(row) for row in rows] == [RawTicket, SkippedRow, SkippedRow, SkippedRow]


def test_older_freshdesk_export_is_read(tmp_path: Path) -> None:
    """The export of a whole account wraps each ticket and each note."""
    notes = [
        {"note": {"body": text, "incoming": False, "private": private}}
        for text, private in (("A", False), (NOTE, True))
    ]
    ticket = {"display_id": 4, "subject": "S", "description": "Q?", "notes": [*notes, {"note": {"body": NOTE}}]}
    (tmp_path / "x.json").write_text(json.dumps([{"helpdesk_ticket": ticket}]))
    (row,) = read_tickets(tmp_path / "x.json")
    assert isinstance(row, RawTicket)
    assert (row.id, row.text, row.replies) == ("4", "Q?", ("A",))


def test_pull_requests_and_bots_are_no_tickets(tmp_path: Path) -> None:
    """Of what GitHub calls issues, pull requests and those that bots opened are skipped."""
    issue = github(TICKETS[0])
    bot = {**issue, "user": {"login": "renovate", "type": "Bot"}}
    (tmp_path / "x.json").write_text(json.dumps([issue, {**issue, "pull_request": {}}, bot]))
    rows = list(read_tickets(tmp_path / "x.json"))
    assert isinstance(rows[0], RawTicket)
    assert rows[0].id == "acme/app#100"
    assert [row.reason for row in rows[1:] if isinstance(row, SkippedRow)] == [
        "it is a pull request",
        "a bot opened it",
    ]


def test_issues_of_the_gh_command_are_read(tmp_path: Path) -> None:
    """`gh issue list --json` writes other names for the same things."""
    author = {"login": "mira", "is_bot": False, "name": "Mira Berg"}
    reply = {
        "author": {"login": "olga"},
        "authorAssociation": "OWNER",
        "body": "So.",
        "createdAt": "2026-03-05T10:00:00Z",
    }
    issue = {
        "number": 3,
        "title": "T",
        "body": "Q?",
        "author": author,
        "createdAt": "2026-03-05T09:30:00Z",
        "comments": [reply, {**reply, "isMinimized": True, "body": NOTE}],
        "labels": [],
        "url": "https://github.com/acme/app/issues/3",
    }
    (tmp_path / "x.json").write_text(json.dumps([issue]))
    (row,) = read_tickets(tmp_path / "x.json")
    assert isinstance(row, RawTicket)
    assert (row.replies, row.first_reply, row.names) == (("So.",), 30, ("Mira Berg",))


def test_list_of_a_help_desk_has_no_message(tmp_path: Path) -> None:
    """The list that Zendesk exports from a view holds no message: the subject stands in for it."""
    (tmp_path / "x.csv").write_text(
        "Ticket ID,Subject,Requester,Requested,Assignee,Satisfaction Score,Reopens\n"
        "7,How do I print,Mira Berg,2026-03-05 09:00:00 UTC,Olga Stein,Good,1\n"
    )
    (row,) = read_tickets(tmp_path / "x.csv")
    assert isinstance(row, RawTicket)
    assert (row.id, row.text, row.satisfied, row.reopened) == ("7", "How do I print", True, 1)
    assert row.names == ("Mira Berg", "Olga Stein")


def test_links_and_steps_in_html_survive(tmp_path: Path) -> None:
    """An agent's link keeps its address and a numbered list its numbers."""
    ticket = intercom(TICKETS[0])
    body = '<ol><li>Open <a href="https://help.example/x">this</a></li><li>Press it</li></ol><script>no()</script>'
    ticket["conversation_parts"]["conversation_parts"][2]["body"] = body
    (tmp_path / "x.json").write_text(json.dumps([ticket]))
    (row,) = read_tickets(tmp_path / "x.json")
    assert isinstance(row, RawTicket)
    assert row.replies[0].split() == "1. Open this (https://help.example/x) 2. Press it".split()


def test_archive_of_mails_is_read(tmp_path: Path) -> None:
    """A zip of EML files reads as the folder does."""
    is_right(tickets(list(read_tickets(write_eml(tmp_path / "m.zip", packed=True)))))


def test_order_of_mails_does_not_matter(tmp_path: Path) -> None:
    """Threads are put together by what mails answer, in whatever order they lie in the file."""
    file = write_mbox(tmp_path / "a")
    parts = file.read_bytes().split(b"From x@y")[1:]
    random.Random(3).shuffle(parts)  # noqa: S311
    (tmp_path / "b").write_bytes(b"".join(b"From x@y" + part for part in parts))
    one, two = (tickets(list(read_tickets(tmp_path / name))) for name in "ab")
    assert one == two


def test_staff_is_guessed_and_can_be_named(tmp_path: Path) -> None:
    """Those who receive most first mails are taken for the staff, and said to be; a named one counts instead."""
    with Export(write_mbox(tmp_path / "a")) as export:
        source = source_of(export)
        assert "acme.example, guessed" in source.fields(export, Reading())["replies"]
        named = Reading(staff=("Help@acme.example", "tom@acme.example"))
        assert "guessed" not in source.fields(export, named)["replies"]
        is_right(tickets(list(source.rows(export, named))))
        rows = list(source.rows(export, Reading(staff=("@nobody.example",))))
    assert [row.replies for row in rows if isinstance(row, RawTicket)] == [()] * 3


def test_mail_without_references_is_threaded_by_its_subject(tmp_path: Path) -> None:
    """A reply that names no mail joins the thread with its subject and people; automatic mails join nothing."""
    head = "From x@y.example Thu Mar  5 09:00:00 2026\n"
    mails = [
        "From: a@shop.example\nTo: help@acme.example\nSubject: Print\n\nHow?\n\n",
        "From: help@acme.example\nTo: a@shop.example\nSubject: RE: print\n\nSo.\n\n",
        "From: b@shop.example\nTo: help@acme.example\nSubject: Re: Print\n\nOther\n\n",
        "From: a@shop.example\nTo: help@acme.example\nSubject: Re: Print\nAuto-Submitted: auto-replied\n\nAway\n\n",
    ]
    (tmp_path / "m").write_text("".join(head + mail for mail in mails))
    found = [row for row in read_tickets(tmp_path / "m") if isinstance(row, RawTicket)]
    assert [(row.text, row.replies) for row in found] == [("How?", ("So.",)), ("Other", ())]


def test_command_offers_every_format() -> None:
    """`--format` names each source, and nothing else."""
    assert set(OFFERED) == set(FORMATS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def mangled(name: str) -> st.SearchStrategy[object]:
    """A ticket of a help desk in which something is of another shape; what is private stays so."""
    keep = frozenset(("public", "private", "internal", "part_type", "type", "state", "isMinimized"))

    @st.composite
    def build(draw: st.DrawFn) -> object:
        def walk(value: object) -> object:
            if draw(st.integers(0, 14)) == 0:
                return draw(JSON)
            if isinstance(value, dict):
                return {key: inner if key in keep else walk(inner) for key, inner in value.items()}
            return [walk(inner) for inner in value] if isinstance(value, list) else value

        record = MAKERS[name](TICKETS[0])
        return {key: walk(value) if draw(st.booleans()) else value for key, value in record.items()}

    return build()


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_shape_is_read_or_skipped(tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject) -> None:
    """Whatever shape parts of a ticket have, reading ends in tickets and skipped rows, and no private note is read."""
    file = tmp_path_factory.getbasetemp() / "mangled.json"
    file.write_text(json.dumps([data.draw(mangled(name))]), encoding="utf-8")
    for row in read_tickets(file, name):
        assert isinstance(row, RawTicket | SkippedRow)
        if isinstance(row, RawTicket):
            assert row.id
            assert row.text
            assert NOTE not in repr(row)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=120) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_rows_or_an_error(tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes) -> None:
    """Whatever a file holds, each source gives tickets and skipped rows, or a `KbgenError`."""
    file = tmp_path_factory.getbasetemp() / "any"
    file.write_bytes(data)
    for chosen in (name, None):
        try:
            with Export(file) as export:
                source = source_of(export, chosen)
                assert set(source.fields(export, Reading())) <= set(FIELDS)
                rows = list(source.rows(export, Reading()))
        except KbgenError:
            continue
        assert all(isinstance(row, RawTicket | SkippedRow) for row in rows)


MAILS = st.lists(
    st.sampled_from(["From", "To", "Subject", "Date", "Message-ID", "References", "Content-Type", "Cc", "X"]).flatmap(
        lambda name: st.text(max_size=30).map(lambda value: f"{name}: {value}\n")
    ),
    max_size=6,
).map(lambda lines: ("From x y\n" + "".join(lines) + "\nbody\n").encode())


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(data=MAILS)
def test_any_mail_is_read_or_skipped(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever stands in its headers, a mail becomes a ticket or a skipped row."""
    file = tmp_path_factory.getbasetemp() / "any.mbox"
    file.write_bytes(data)
    assert all(isinstance(row, RawTicket | SkippedRow) for row in read_tickets(file, "mbox"))


def test_internal_article_of_zammad_without_the_mark_is_left_out(tmp_path: Path) -> None:
    """Where an export does not say whether an article is internal, it is taken to be so."""
    ticket = zammad(TICKETS[0])
    ticket["articles"].append({"sender": "Agent", "body": NOTE})
    (tmp_path / "x.json").write_text(json.dumps([ticket]))
    (row,) = read_tickets(tmp_path / "x.json")
    assert isinstance(row, RawTicket)
    assert row.replies == REPLIES

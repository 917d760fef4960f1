"""The services: what each exports, as it looks there, and what is said of files that hold no whole vote."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kbgen.errors import KbgenError
from kbgen.feedback.ballot import Ballot, SkippedRow
from kbgen.feedback.takeover.exported import open_exported
from kbgen.feedback.takeover.table import SERVICES, read_votes

EXPORTS = Path(__file__).parent / "exports"
SIGN_IN, INVOICE = "start/sign-in.md", "billing/pay-by-invoice.md"
Told = tuple[str, str, bool | None, str | None]


def told(file: Path, service: str | None = None) -> list[Told]:
    """Day, place, answer and reason of each vote in a file."""
    ballots = [row for row in read_votes(file, service) if isinstance(row, Ballot)]
    return [
        (
            f"{one.day:%m-%d}",
            f"{one.vote.article}#{one.vote.section}".rstrip("#"),
            one.vote.helpful,
            one.vote.reason,
        )
        for one in ballots
    ]


def skipped(file: Path) -> list[str]:
    return [f"{row.where}: {row.problem}" for row in read_votes(file) if isinstance(row, SkippedRow)]


@pytest.mark.parametrize(
    ("name", "service", "votes"),
    [
        (
            "ga4.csv",
            "ga4",
            [
                *[("11-01", INVOICE, True, None)] * 12,
                *[("11-01", INVOICE, False, "unclear")] * 2,
                ("11-01", INVOICE, False, None),
                ("11-02", f"{INVOICE}#steps", False, None),
                *[("11-03", SIGN_IN, True, None)] * 3,
            ],
        ),
        ("ga4.json", "ga4", [("11-01", SIGN_IN, False, "wrong"), ("11-01", SIGN_IN, False, None)]),
        ("bigquery.jsonl", "ga4", [("11-01", SIGN_IN, True, None)]),
        (
            "plausible.json",
            "plausible",
            [
                *[("11-01", SIGN_IN, True, None)] * 3,
                ("11-01", SIGN_IN, False, "missing"),
                ("11-01", SIGN_IN, False, None),
            ],
        ),
        (
            "umami.json",
            "umami",
            [("11-01", SIGN_IN, False, "pictures"), ("11-01", f"{SIGN_IN}#two-steps", True, None)],
        ),
        (
            "umami.csv",
            "umami",
            [("11-01", SIGN_IN, False, "pictures"), ("11-01", f"{SIGN_IN}#two-steps", True, None)],
        ),
        (
            "matomo-visits.json",
            "matomo",
            [("11-01", SIGN_IN, False, "unclear"), ("11-02", f"{SIGN_IN}#tips-&-tricks", True, None)],
        ),
        (
            "matomo.csv",
            "matomo",
            [*[("11-01", INVOICE, True, None)] * 4, *[("11-01", f"{INVOICE}#steps", False, None)] * 2],
        ),
        (
            "netlify.csv",
            "form",
            [("11-01", INVOICE, True, None), ("11-01", INVOICE, True, None), ("11-02", SIGN_IN, False, "unclear")],
        ),
        ("formspree.json", "form", [("11-03", SIGN_IN, True, None), ("11-03", SIGN_IN, False, "wrong")]),
    ],
)
def test_export(name: str, service: str, votes: list[Told]) -> None:
    """An export is known by what it holds, and its votes are read; ids are the same each time."""
    file = EXPORTS / name
    assert next(key for key, one in SERVICES.items() if one.knows(open_exported(file))) == service
    assert told(file) == told(file, service) == votes
    ids = [row.vote.id for row in read_votes(file) if isinstance(row, Ballot)]
    assert ids == [row.vote.id for row in read_votes(file) if isinstance(row, Ballot)]
    assert len(set(ids)) == len(ids)


def test_skipped() -> None:
    """What Google Analytics has put together is no vote, and the line is told; the row of totals is passed over."""
    assert skipped(EXPORTS / "ga4.csv") == ["ga4.csv:14: 'article' is not the path of an article below content/"]
    assert skipped(EXPORTS / "netlify.csv") == ["netlify.csv:8: 'helpful' is not yes or no"]


def test_form() -> None:
    """The last submission of a vote counts, with its comment; one that was taken back does not; robots are held."""
    ballots = [row for row in read_votes(EXPORTS / "netlify.csv") if isinstance(row, Ballot)]
    assert [(one.vote.comment, one.held) for one in ballots] == [
        ("", ""),
        ("Buy this", "honeypot"),
        ("Step 3, and then?\nNo button.", ""),
    ]
    assert ballots[2].vote.id == "0f8fad5b-d9cb-469f-a165-70867728950e"


def test_netlify_api(tmp_path: Path) -> None:
    """Submissions as Netlify's API answers them hold the fields within `data`."""
    fields = {"article": SIGN_IN, "revision": "90be17a4cc03f5d8", "helpful": "true", "ip": "192.0.2.7"}
    file = tmp_path / "submissions.json"
    file.write_text(json.dumps([{"number": 6, "id": "5f85", "created_at": "2026-11-02T14:02:06.088Z", "data": fields}]))
    assert told(file) == [("11-02", SIGN_IN, True, None)]


def test_matomo_in_utf16(tmp_path: Path) -> None:
    """Matomo writes CSV in UTF-16 unless it is asked not to; it is the same either way."""
    file = tmp_path / "matomo.csv"
    file.write_text((EXPORTS / "matomo.csv").read_text(), encoding="utf-16")
    assert told(file) == told(EXPORTS / "matomo.csv")


def test_matomo_by_day(tmp_path: Path) -> None:
    """A report in JSON for several days has its rows under the days."""
    row = {"Events_EventCategory": "article_vote", "Events_EventAction": "no", "nb_events": 1}
    named = {**row, "Events_EventName": f"{SIGN_IN} 90be17a4cc03f5d8"}
    file = tmp_path / "report.json"
    file.write_text(json.dumps({"2026-11-01": [named], "2026-11-02": [], "2026-11-03": [named]}))
    assert told(file) == [("11-01", SIGN_IN, False, None), ("11-03", SIGN_IN, False, None)]


Change = Callable[[str], str]


@pytest.mark.parametrize(
    ("name", "change", "problem", "hint"),
    [
        ("ga4.csv", lambda text: text.replace(",revision,", ",version,"), "no column for revision", "as rows"),
        ("ga4.csv", lambda text: text.replace(",Date,", ",Hour,"), "does not say when", "--day"),
        ("ga4.json", lambda text: text.replace('"rowCount": 2', '"rowCount": 7'), "2 of 7 rows", "larger limit"),
        ("ga4.json", lambda text: text.replace("customEvent:helpful", "city"), "no column for helpful", "as rows"),
        ("plausible.json", lambda text: text.replace('"events"', '"visitors"'), "no events", "'events'"),
        ("plausible.json", lambda text: text.replace("props:helpful", "props:plan"), "no helpful", "event:props:"),
        ("plausible.json", lambda text: text.replace("10000}", "4}"), "a part of the answer", "larger pagination"),
        ("plausible.json", lambda text: text.replace('"offset": 0', '"offset": 9'), "a part", "larger pagination"),
        ("plausible.json", lambda _: "name,unique_conversions,total_conversions\na,1,2\n", "dashboard", "Stats API"),
        ("plausible.json", lambda _: "property,value,visitors,events\na,b,1,2\n", "dashboard", "Stats API"),
        ("umami.json", lambda text: text.replace('"count": 13', '"count": 213'), "of 213 rows", "pageSize=213"),
        ("umami.csv", lambda text: text.replace("event_name", "hostname"), "no column for name", "event_data.csv"),
        ("umami.csv", lambda _: "x,y\narticle_vote,7\n", "totals", "event-data"),
        ("matomo.csv", lambda _: "label,nb_visits,nb_events\narticle_vote - no,1,1\n", "no column", "visits log"),
        ("netlify.csv", lambda text: text.replace("created_at", "ip2"), "does not say when", "--day"),
        ("formspree.json", lambda text: text.replace('"article"', '"page"'), "no column for article", "form 'vote'"),
        (
            "any.csv",
            lambda _: "fruit,taste\napple,sweet\n",
            "does not know this file by its columns: fruit",
            "--format",
        ),
    ],
)
def test_no_whole_vote(tmp_path: Path, name: str, change: Change, problem: str, hint: str) -> None:
    """A file without what a vote needs is refused as a whole: the message says what is missing and what to export."""
    source, file = EXPORTS / name, tmp_path / name
    text = source.read_text() if source.exists() else ""
    file.write_text(change(text))
    with pytest.raises(KbgenError, match=problem) as caught:
        list(read_votes(file))
    assert hint in caught.value.hint
    assert caught.value.where
    assert caught.value.where.path == name


def test_day_of_a_form(tmp_path: Path) -> None:
    """Where a form's export has no times, the day given is that of its votes."""
    file = tmp_path / "form.csv"
    file.write_text("article,revision,helpful\na.md,0123456789abcdef,true\na.md,0123456789abcdef,true\n")
    ballots = [row for row in read_votes(file, day=date(2026, 1, 2)) if isinstance(row, Ballot)]
    assert [one.day for one in ballots] == [date(2026, 1, 2)] * 2
    assert ballots[0].vote.id != ballots[1].vote.id


@pytest.mark.parametrize("text", ['{"data": [], "count": 0, "page": 1, "pageSize": 20}', '{"submissions": []}'])
def test_nothing_there(tmp_path: Path, text: str) -> None:
    """An answer without votes is no error."""
    file = tmp_path / "none.json"
    file.write_text(text)
    assert told(file) == []


def test_another_service(tmp_path: Path) -> None:
    """A file can be read as what somebody says it is, and the message is that of this service."""
    file = tmp_path / "any.csv"
    file.write_text("fruit,taste\napple,sweet\n")
    for service in SERVICES:
        with pytest.raises(KbgenError) as caught:
            list(read_votes(file, service))
        assert str(caught.value).startswith("any.csv")

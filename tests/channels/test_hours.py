"""Opening hours: what support people write, what is refused, and the form that readers and browsers get."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbgen.channels.hours import Hours, Schedule, Span, Zone
from kbgen.errors import KbgenError

OFFICE = "Monday to Friday, 9:00–17:00"
AROUND = "every day, around the clock"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Mo-Fr 9:00-17:00", OFFICE),
        ("Mon–Fri 9–17", OFFICE),
        ("Monday to Friday, 9:00 to 17:00", OFFICE),
        ("MON-FRI 0900-1700", OFFICE),
        ("Mon.-Fri. 9 a.m. – 5 p.m.", OFFICE),
        ("Mondays through Fridays from 9.00 until 17.00", OFFICE),
        ("Mon-Fri: 9AM-5PM", OFFICE),
        ("Mon-Fri 9-17, Sat and Sun closed", OFFICE),
        ("weekends closed; weekdays 9-17", OFFICE),
        ("Tue, Thu and Fri 9-17; Mon & Wed 9-17", OFFICE),
        ("  mon-fri   9-17 ;", OFFICE),
        (
            "Mo-Th 09:00-12:00, 13:00-17:00; Fr 9-15",
            "Monday to Thursday, 9:00–12:00, 13:00–17:00; Friday, 9:00–15:00",
        ),
        ("Mon 9-12 and 13-17, Tue, Weds 13-15", "Monday, 9:00–12:00, 13:00–17:00; Tuesday and Wednesday, 13:00–15:00"),
        ("Mon-Fri 9-17 Sat 10-14", f"{OFFICE}; Saturday, 10:00–14:00"),
        ("Mon-Fri 9-17\nSat 10-14\n", f"{OFFICE}; Saturday, 10:00–14:00"),
        ("Sat 10-14, weekdays 9-17", f"{OFFICE}; Saturday, 10:00–14:00"),
        ("Mon, Wed and Fri 10:00-14:00", "Monday, Wednesday and Friday, 10:00–14:00"),
        ("Mon/Wed/Fri 10-14", "Monday, Wednesday and Friday, 10:00–14:00"),
        ("Mon-Wed, Fri 10-14", "Monday to Wednesday and Friday, 10:00–14:00"),
        ("weekdays 8-18", "Monday to Friday, 8:00–18:00"),
        ("weekends 10-14", "Saturday and Sunday, 10:00–14:00"),
        ("Fri-Mon 9-17", "Friday to Monday, 9:00–17:00"),
        ("Sun-Thu 9-17", "Sunday to Thursday, 9:00–17:00"),
        ("every Monday 9-17", "Monday, 9:00–17:00"),
        ("every day 8:00-20:00", "every day, 8:00–20:00"),
        ("daily 9am-5pm", "every day, 9:00–17:00"),
        ("7 days a week, 9am-5pm", "every day, 9:00–17:00"),
        ("9:30am to 5pm", "every day, 9:30–17:00"),
        ("open from 9 to 17", "every day, 9:00–17:00"),
        ("24/7", AROUND),
        ("every day", AROUND),
        ("everyday, 24 hours", AROUND),
        ("round the clock", AROUND),
        ("0:00-24:00", AROUND),
        ("Sat all day", "Saturday, around the clock"),
        ("Fr 22:00-02:00", "Friday, 22:00–02:00"),
        ("Fri 10pm-2am", "Friday, 22:00–02:00"),
        ("Sun 22-7", "Sunday, 22:00–7:00"),
        ("9am-3am", "every day, 0:00–03:00, 9:00–24:00"),
        ("every day 18:00-06:00", "every day, 18:00–06:00"),
        ("Mon 16:00-0:00", "Monday, 16:00–24:00"),
        ("Mon 4pm to midnight", "Monday, 16:00–24:00"),
        ("Mon 9am-12 noon", "Monday, 9:00–12:00"),
        ("Mon 2am-6am", "Monday, 02:00–06:00"),
        ("Mon 02:00-06:00", "Monday, 02:00–06:00"),
        ("closed", "closed"),
    ],
)
def test_accepted(written: str, text: str) -> None:
    """What support people write is understood, in one normal form that says the same."""
    hours = Hours.parse(written)
    assert hours.text == text
    assert Hours.parse(text) == hours


AMBIGUOUS = "can be read in two ways"


@pytest.mark.parametrize(
    ("written", "problem", "hint"),
    [
        ("", "no opening hours are given", "Mon-Fri 9:00-17:00"),
        (" ; ,\n", "no opening hours are given", "Mon-Fri 9:00-17:00"),
        ("open", "no opening hours are given", "Mon-Fri 9:00-17:00"),
        ("Mondy 9-17", "unknown word 'mondy'", "did you mean 'Monday'?"),
        ("Mon-Friday, Satuday 9-17", "unknown word 'satuday'", "did you mean 'Saturday'?"),
        ("wekdays 9-17", "unknown word 'wekdays'", "did you mean 'weekdays'?"),
        ("Mo-Fr 9-17 UTC", "unknown word 'utc'", "a time zone stands under 'time_zone'"),
        ("Di 9-17", "unknown word 'di'", "Mon-Fri 9:00-17:00"),
        ("every other Friday 9-17", "unknown word 'other'", "Mon-Fri 9:00-17:00"),
        ("Mon (9-17)", "'(' is neither a day nor a time", "Mon-Fri 9:00-17:00"),
        ("Mon ٩-١٧", "'٩' is neither a day nor a time", "Mon-Fri 9:00-17:00"),
        ("Mon 900-1700", "'900' is neither a day nor a time", "Mon-Fri 9:00-17:00"),
        ("Mon 9-25", "'25' is not a time of day", "0:00 to 24:00"),
        ("Mon 9:00-24:30", "'24:30' is not a time of day", "0:00 to 24:00"),
        ("Mon 9:60-17:00", "'9:60' is not a time of day", "0:00 to 24:00"),
        ("Mon 0am-5pm", "'0am' is not a time of day", "12am to 11:59pm"),
        ("Mon 9am-13pm", "'13pm' is not a time of day", "12am to 11:59pm"),
        ("Mon 9-9", "'9–9' does not end after it begins", "a day is 0:00-24:00"),
        ("Mon 24:00-02:00", "'24:00–02:00' does not end after it begins", "a night, 22:00-02:00"),
        ("9-5", AMBIGUOUS, "9am-5pm"),
        ("Mon-Fri 9-12, 1-5", AMBIGUOUS, "9am-5pm"),
        ("Mon 9-5pm", AMBIGUOUS, "am or pm at both ends"),
        ("Mon 9am-5", AMBIGUOUS, "am or pm at both ends"),
        ("Mon 9-noon", AMBIGUOUS, "am or pm at both ends"),
        ("Mon 12-5", AMBIGUOUS, "09:00-17:00"),
        ("Mon 09:00-05:00", AMBIGUOUS, "9am-5pm"),
        ("Mon-Mon 9-17", "'mon to mon' may be one day or a week", "write 'Monday' or 'every day'"),
        ("Mon 9", "'9' cannot stand here", "when it opens and when it closes"),
        ("Mon 9:00 onwards", "unknown word 'onwards'", "Mon-Fri 9:00-17:00"),
        ("Mon - 9-17", "'-' cannot stand here", "between two days or two times"),
        ("Mon 9-17-18", "'-' cannot stand here", "between two days or two times"),
        ("weekdays-Sun 9-17", "'-' cannot stand here", "between two days or two times"),
        ("Mon-Fri 24/7", "'24/7' cannot stand here", "write it alone"),
        ("Mon-Fri", "no time is given for Monday to Friday", "'Monday to Friday, around the clock'"),
        ("Mon 9-17, Tue", "no time is given for Tuesday", "'Tuesday, closed'"),
        ("Mon; 9-17", "no time is given for Monday", "'Monday, 9:00-17:00'"),
        ("9-17 Mon-Fri, 10-14 Sat", "no day is given for '9:00–17:00'", "the days before their times"),
        ("closed Sat, Sun 10-14", "no day is given for 'closed'", "the days before their times"),
        ("Mon 8-12, 11-15", "11:00–15:00 begins before 8:00–12:00 ends", "in their order"),
        ("Mon 10-12, 7-9", "7:00–9:00 begins before 10:00–12:00 ends", "1pm is 13:00"),
        ("Mon-Fri 9-17; Fri 9-15", "9:00–17:00 begins before 9:00–15:00 ends on Friday", "each once"),
        ("Mon, Mon 9-17", "9:00–17:00 begins before 9:00–17:00 ends on Monday", "each once"),
        ("Fri 22-02; Sat 01-04", "01:00–04:00 begins before 0:00–02:00 ends on Saturday", "in their order"),
        ("every day 9-17; Sun closed", "Sunday is both closed and open", "name each day once"),
    ],
)
def test_refused(written: str, problem: str, hint: str) -> None:
    """What says nothing, contradicts itself or can be read in two ways is refused, with what to write instead."""
    with pytest.raises(KbgenError) as caught:
        Hours.parse(written)
    assert problem in caught.value.problem
    assert hint in caught.value.hint
    assert caught.value.where is None


def test_over_midnight() -> None:
    """A span over midnight belongs to two days, also from Sunday to Monday."""
    night = Span(opens=22 * 60, closes=24 * 60), Span(opens=0, closes=2 * 60)
    assert Hours.parse("Fr 22:00-02:00").days == ((), (), (), (), (night[0],), (night[1],), ())
    assert Hours.parse("Su 22:00-02:00").days == ((night[1],), (), (), (), (), (), (night[0],))


WORDS = (
    "mon tuesday Fr su weekdays weekends daily every day closed all noon midnight 24/7 24h to and from - – , ; : . /"
    " 0 5 9 12 17 24 25 9:30 09:00 22:00 24:00 5pm 9am 9:60 0900 mıdnight ſat \n"
)


@settings(deadline=None)
@example("mıdnight-9pm")
@given(st.text() | st.lists(st.sampled_from(WORDS.split(" ")), max_size=12).map(" ".join))
def test_any_text(text: str) -> None:
    """Any text is hours, whose normal form says the same, or an error with a hint."""
    try:
        hours = Hours.parse(text)
    except KbgenError as error:
        assert error.problem and error.hint  # noqa: PT017, PT018 - either outcome is fine
    else:
        assert Hours.parse(hours.text) == hours


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Sorted spans of a day, some of which touch each other or midnight."""
    times = st.sampled_from((0, 59, 60, 419, 420, 720, 779, 780, 1320, 1440)) | st.integers(0, 1440)
    pairs = pairwise(sorted(draw(st.sets(times, max_size=6))))
    return tuple(Span(opens=opens, closes=closes) for opens, closes in pairs if draw(st.booleans()))


@settings(deadline=None)
@given(st.tuples(*[spans()] * 7) | st.lists(spans(), min_size=2, max_size=2).map(lambda two: (two * 4)[:7]))
def test_round_trip(days: tuple[tuple[Span, ...], ...]) -> None:
    """The normal form of any week says just that week."""
    hours = Hours(days=tuple(days))
    assert Hours.parse(hours.text) == hours


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/Argentina/Buenos_Aires", "US/Eastern", "UTC", " Asia/Tokyo "]
)
def test_zone(name: str) -> None:
    """A zone is a region and a city, or UTC."""
    assert Zone.parse(name) == Zone(name.strip())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("europe/berlin", "did you mean 'Europe/Berlin'?"),
        ("Europe/Berln", "did you mean 'Europe/Berlin'?"),
        ("Berlin", "did you mean 'Europe/Berlin'?"),
        ("New York", "did you mean 'America/New_York'?"),
        ("utc", "did you mean 'UTC'?"),
        ("EST", "for example Europe/Berlin"),
        ("CEST", "for example Europe/Berlin"),
        ("GMT+1", "for example Europe/Berlin"),
        ("+02:00", "for example Europe/Berlin"),
        ("localtime", "for example Europe/Berlin"),
        ("../UTC", "for example Europe/Berlin"),
        ("", "for example Europe/Berlin"),
    ],
)
def test_no_zone(name: str, hint: str) -> None:
    """What is no place is refused, with the zone that was meant: abbreviations do not know summer time."""
    with pytest.raises(KbgenError, match="is not a time zone") as caught:
        Zone.parse(name)
    assert hint in caught.value.hint


def test_schedule_for_the_browser() -> None:
    """The browser gets minutes by day, the zone, and the holidays in their order, in few characters."""
    schedule = Schedule(
        hours=Hours.parse("Mon-Fri 9-12, 13-17"),
        zone=Zone.parse("Europe/Berlin"),
        holidays=(date(2026, 12, 26), date(2026, 12, 25)),
    )
    assert json.loads(schedule.as_json()) == {
        "days": [[[540, 720], [780, 1020]]] * 5 + [[], []],
        "zone": "Europe/Berlin",
        "holidays": ["2026-12-25", "2026-12-26"],
    }
    assert " " not in schedule.as_json()

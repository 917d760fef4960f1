"""Opening hours in a real Chromium: the state now, and the week on a visitor's clock, whatever zone they are in."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from centres import ROOT
from playwright.sync_api import Browser, Page, Route, expect

from kbgen.channels.hours import Hours, Schedule, Zone

pytestmark = pytest.mark.browser
Visitor = Callable[[str], Page]
Mount = Callable[..., Page]
SITE = "https://help.example.com/"
MODULE = ROOT / "theme" / "assets" / "kbgen" / "hours.js"
OFFICE = "Mon-Fri 9:00-17:00"
CHANNEL = (
    '<p data-kb-hours="SCHEDULE" data-open="Open now, until {time}" data-always="Open now"'
    ' data-closed="Closed now, opens {time}" data-yours="{hours} your time">'
    "<span data-kb-open>Monday to Friday</span> <span data-kb-yours hidden>Berlin</span></p>"
)


def new_page(browser: Browser, zone: str, *, body: str = "", lang: str = "en", now: str = "") -> Page:
    """A page of a visitor in a zone, which can import the module."""
    page = browser.new_context(timezone_id=zone, locale="en-US").new_page()

    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(path=MODULE, content_type="text/javascript")
        else:
            route.fulfill(body=f'<!doctype html><html lang="{lang}"><body>{body}', content_type="text/html")

    page.route(f"{SITE}**", answer)
    if now:
        page.clock.install(time=datetime.fromisoformat(now))
    page.goto(SITE)
    return page


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A page of a visitor in a zone, for functions that change nothing on it."""
    pages: dict[str, Page] = {}

    def of(zone: str) -> Page:
        return pages.get(zone) or pages.setdefault(zone, new_page(browser, zone))

    yield of
    for page in pages.values():
        page.context.close()


@pytest.fixture
def mounted(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Mounts a channel as the theme writes it, with the server's text; what the page complains of fails the test."""
    pages: list[Page] = []
    complaints: list[str] = []

    def mount(data: str, *, zone: str = "Europe/Berlin", lang: str = "en", now: str = "2026-07-01T10:00Z") -> Page:
        page = new_page(browser, zone, body=CHANNEL.replace("SCHEDULE", html.escape(data)), lang=lang, now=now)
        pages.append(page)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.evaluate("""async () => (await import("/hours.js")).mount(document.querySelector("[data-kb-hours]"))""")
        return page

    yield mount
    for page in pages:
        page.context.close()
    assert not complaints


def schedule(hours: str, *holidays: str, zone: str = "Europe/Berlin") -> str:
    days = tuple(map(date.fromisoformat, holidays))
    return Schedule(hours=Hours.parse(hours), zone=Zone.parse(zone), holidays=days).as_json()


def call(page: Page, function: str, *values: object) -> object:
    """What an exported function returns; a schedule goes in as JSON, and instants go both ways as text."""
    script = """async ([name, values]) => {
        const read = (v) => (/^\\d{4}-/.test(v) ? new Date(v) : /^\\{/.test(v) ? JSON.parse(v) : v);
        const result = (await import("/hours.js"))[name](...values.map(read));
        return JSON.parse(JSON.stringify(result).replaceAll(":00.000Z", "Z"));
    }"""
    result = page.evaluate(script, [function, values])
    return result.replace("\u202f", " ").replace("\xa0", " ") if isinstance(result, str) else result


def until(instant: str | None) -> dict[str, object]:
    return {"open": True, "until": instant}


def opens(instant: str | None) -> dict[str, object]:
    return {"open": False, "opens": instant}


@pytest.mark.parametrize(
    ("hours", "now", "state"),
    [
        (OFFICE, "2026-07-01T10:00Z", until("2026-07-01T15:00Z")),
        (OFFICE, "2026-07-01T06:59:59Z", opens("2026-07-01T07:00Z")),
        (OFFICE, "2026-07-01T07:00Z", until("2026-07-01T15:00Z")),
        (OFFICE, "2026-07-01T15:00Z", opens("2026-07-02T07:00Z")),
        (OFFICE, "2026-07-03T20:00Z", opens("2026-07-06T07:00Z")),
        ("Mon-Fri 9-12, 13-17", "2026-07-01T10:30Z", opens("2026-07-01T11:00Z")),
        ("Mon-Fri 9-12, 12-17", "2026-07-01T09:00Z", until("2026-07-01T15:00Z")),
        ("Fr 22:00-02:00", "2026-07-03T21:00Z", until("2026-07-04T00:00Z")),
        ("Fr 22:00-02:00", "2026-07-03T23:00Z", until("2026-07-04T00:00Z")),
        ("Su 22:00-02:00", "2026-07-05T21:00Z", until("2026-07-06T00:00Z")),
        ("weekends all day", "2026-07-04T12:00Z", until("2026-07-05T22:00Z")),
        ("24/7", "2026-07-01T10:00Z", until(None)),
        ("24/7", "2026-03-29T01:30Z", until(None)),
        ("closed", "2026-07-01T10:00Z", opens(None)),
    ],
)
def test_state(visitor: Visitor, hours: str, now: str, state: object) -> None:
    """A channel is open until the gap that comes next, or closed until it opens; some are always or never open."""
    assert call(visitor("America/New_York"), "stateAt", schedule(hours), now) == state


@pytest.mark.parametrize(
    ("hours", "now", "state"),
    [
        (OFFICE, "2026-12-24T12:00Z", until("2026-12-24T16:00Z")),
        (OFFICE, "2026-12-24T17:00Z", opens("2026-12-28T08:00Z")),
        (OFFICE, "2026-12-25T12:00Z", opens("2026-12-28T08:00Z")),
        ("24/7", "2026-12-22T12:00Z", until("2026-12-24T23:00Z")),
        ("24/7", "2026-12-24T23:00Z", opens("2026-12-25T23:00Z")),
        ("24/7", "2026-12-25T23:00Z", until("2026-12-31T23:00Z")),
        ("24/7", "2027-01-02T12:00Z", until(None)),
        ("Th 22:00-02:00", "2026-12-24T22:00Z", until("2026-12-24T23:00Z")),
        ("Fr 9-17", "2026-12-20T12:00Z", opens("2027-01-08T08:00Z")),
    ],
)
def test_holidays(visitor: Visitor, hours: str, now: str, state: object) -> None:
    """On a holiday a channel is closed from midnight to midnight in its own zone."""
    holidays = schedule(hours, "2026-12-25", "2027-01-01")
    assert call(visitor("Asia/Tokyo"), "stateAt", holidays, now) == state


@pytest.mark.parametrize(
    ("hours", "zone", "now", "state"),
    [
        (OFFICE, "Europe/Berlin", "2026-03-28T12:00Z", opens("2026-03-30T07:00Z")),
        (OFFICE, "Europe/Berlin", "2026-10-24T12:00Z", opens("2026-10-26T08:00Z")),
        ("Su 01:00-04:00", "Europe/Berlin", "2026-03-29T00:30Z", until("2026-03-29T02:00Z")),
        ("Su 02:30-05:00", "Europe/Berlin", "2026-03-29T00:30Z", opens("2026-03-29T01:30Z")),
        ("Su 01:00-04:00", "Europe/Berlin", "2026-10-25T00:30Z", until("2026-10-25T03:00Z")),
        ("Su 02:30-05:00", "Europe/Berlin", "2026-10-24T23:30Z", opens("2026-10-25T00:30Z")),
        ("Su 01:00-15:00", "America/New_York", "2026-11-01T05:30Z", until("2026-11-01T20:00Z")),
        ("Fr 0:00-12:00", "Africa/Cairo", "2026-04-23T12:00Z", opens("2026-04-23T22:00Z")),
        ("Th-Fr all day", "Africa/Cairo", "2026-04-23T12:00Z", until("2026-04-24T21:00Z")),
        ("Mon 9-17", "Pacific/Kiritimati", "2026-07-05T18:00Z", opens("2026-07-05T19:00Z")),
        ("Mon 9-17", "Asia/Kathmandu", "2026-07-06T03:00Z", opens("2026-07-06T03:15Z")),
    ],
)
def test_summer_time(visitor: Visitor, hours: str, zone: str, now: str, state: object) -> None:
    """Times hold on the channel's clock on both sides of a change; an hour that is skipped is made up after it."""
    assert call(visitor("Europe/Berlin"), "stateAt", schedule(hours, zone=zone), now) == state


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Berlin", "2026-03-23"),
        ("Europe/Berlin", "2026-10-19"),
        ("America/New_York", "2026-03-02"),
        ("America/New_York", "2026-10-26"),
        ("Australia/Lord_Howe", "2026-03-30"),
        ("Asia/Kolkata", "2026-12-28"),
    ],
)
def test_against_zoneinfo(visitor: Visitor, zone: str, start: str) -> None:
    """At every half hour of two weeks, the state is what the channel's clock says by Python's account."""
    hours = Hours.parse("Mo-Th 7:00-12:00, 13-17; Fr 22:00-04:00; Su all day")
    first = datetime.fromisoformat(start).replace(tzinfo=UTC)
    instants = [first + timedelta(minutes=30 * n) for n in range(14 * 48)]

    def is_open(instant: datetime) -> bool:
        clock = instant.astimezone(ZoneInfo(zone))
        minute = clock.hour * 60 + clock.minute
        return any(span.opens <= minute < span.closes for span in hours.days[clock.weekday()])

    script = """async ([schedule, instants]) => {
        const { stateAt } = await import("/hours.js");
        return instants.map((instant) => stateAt(JSON.parse(schedule), new Date(instant)).open);
    }"""
    text = Schedule(hours=hours, zone=Zone(zone)).as_json()
    states = visitor("Europe/Berlin").evaluate(script, [text, [instant.isoformat() for instant in instants]])
    assert states == [is_open(instant) for instant in instants]


@pytest.mark.parametrize(
    ("hours", "zone", "lang", "week"),
    [
        (OFFICE, "America/New_York", "en", "Mon–Fri 3:00 AM–11:00 AM"),
        (OFFICE, "America/New_York", "de", "Mo–Fr 03:00–11:00"),
        (OFFICE, "Asia/Kolkata", "en-GB", "Mon–Fri 12:30–20:30"),
        (OFFICE, "Australia/Sydney", "en-GB", "Mon–Fri 17:00–01:00"),
        ("Mon-Fri 20-22", "Asia/Tokyo", "en-GB", "Tue–Sat 03:00–05:00"),
        ("Mon-Fri 02:00-05:00", "America/New_York", "en-GB", "Sun–Thu 20:00–23:00"),
        (
            "Mon-Thu 9-12, 13-17; Fri 9-15",
            "Europe/London",
            "en-GB",
            "Mon–Thu 08:00–11:00, 12:00–16:00; Fri 08:00–14:00",
        ),
        ("Mon 9-12; Wed 9-12", "Europe/London", "en-GB", "Mon 08:00–11:00; Wed 08:00–11:00"),
        ("every day 18:00-06:00", "America/New_York", "en-GB", "Mon–Sun 12:00–00:00"),
        ("weekends all day", "America/New_York", "en-GB", "Fri 18:00–Sun 18:00"),
        ("24/7", "America/New_York", "en", ""),
        ("closed", "America/New_York", "en", ""),
        (OFFICE, "Europe/Paris", "en", ""),
        (OFFICE, "Africa/Johannesburg", "en", ""),
    ],
)
def test_week_of_a_visitor(visitor: Visitor, hours: str, zone: str, lang: str, week: str) -> None:
    """A visitor whose clock differs reads the week on it, days and all, in the language of the page."""
    page = visitor(zone)
    assert call(page, "visitorHours", schedule(hours), "2026-07-01T10:00:30Z", lang) == week


def test_week_in_which_a_clock_changes(visitor: Visitor) -> None:
    """Between the changes of two zones the week is told as each of its days will be."""
    page = visitor("America/New_York")
    week = call(page, "visitorHours", schedule(OFFICE), "2026-03-26T10:00Z", "en-GB")
    assert week == "Mon–Wed 03:00–11:00; Thu–Fri 04:00–12:00"


@pytest.mark.parametrize(
    ("instant", "lang", "text"),
    [
        ("2026-07-03T15:00Z", "en", "5:00 PM"),
        ("2026-07-03T15:00Z", "de", "17:00"),
        ("2026-07-04T07:00Z", "en", "tomorrow 9:00 AM"),
        ("2026-07-04T07:00Z", "de", "morgen, 09:00"),
        ("2026-07-04T07:00Z", "fr", "demain 09:00"),
        ("2026-07-06T07:00Z", "en", "Monday 9:00 AM"),
        ("2026-07-06T07:00Z", "de", "Montag, 09:00"),
        ("2026-07-13T07:00Z", "en", "Monday, July 13 at 9:00 AM"),
        ("2026-07-13T07:00Z", "de", "Montag, 13. Juli um 09:00"),
    ],
)
def test_moment(visitor: Visitor, instant: str, lang: str, text: str) -> None:
    """A moment is a time today, tomorrow, on a weekday of the coming week, or on a date, as the language says it."""
    assert call(visitor("Europe/Berlin"), "moment", instant, "2026-07-03T10:00Z", lang) == text


def test_mount_for_a_visitor_elsewhere(mounted: Mount) -> None:
    """A visitor in New York reads state and week on their clock; the state changes while the page stays open."""
    page = mounted(schedule(OFFICE), zone="America/New_York", now="2026-07-01T14:58:30Z")
    state = page.locator("[data-kb-open]")
    expect(state).to_have_text("Open now, until 11:00 AM")
    expect(state).to_have_attribute("data-state", "open")
    expect(page.locator("[data-kb-yours]")).to_be_visible()
    expect(page.locator("[data-kb-yours]")).to_have_text("Mon–Fri 3:00 AM–11:00 AM your time")
    page.clock.fast_forward("02:00")
    expect(state).to_have_text("Closed now, opens tomorrow 3:00 AM")
    expect(state).to_have_attribute("data-state", "closed")


def test_mount_in_the_language_of_the_page(mounted: Mount) -> None:
    """Day and time are said in the language of the page, not of the browser; the same clock needs no second week."""
    page = mounted(schedule(OFFICE), lang="de", now="2026-07-03T20:00Z")
    expect(page.locator("[data-kb-open]")).to_have_text("Closed now, opens Montag, 09:00")
    expect(page.locator("[data-kb-yours]")).to_be_hidden()


def test_mount_around_the_clock(mounted: Mount) -> None:
    """A channel that never closes is open, without an end."""
    page = mounted(schedule("24/7"), zone="America/New_York")
    expect(page.locator("[data-kb-open]")).to_have_text("Open now")
    expect(page.locator("[data-kb-yours]")).to_be_hidden()


@pytest.mark.parametrize(
    ("data", "lang"),
    [
        (schedule(OFFICE).replace("Europe/Berlin", "Mars/Olympus"), "en"),
        (schedule(OFFICE), "no-such-language-at-all"),
        (schedule("closed"), "en"),
        ("{}", "en"),
        ("", "en"),
    ],
)
def test_what_the_browser_does_not_know(mounted: Mount, data: str, lang: str) -> None:
    """Where zone, language or schedule say nothing to the browser, the server's text stays."""
    page = mounted(data, lang=lang, zone="America/New_York")
    expect(page.locator("[data-kb-open]")).to_have_text("Monday to Friday")
    expect(page.locator("[data-kb-yours]")).to_be_hidden()

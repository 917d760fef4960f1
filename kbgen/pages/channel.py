"""Channels as pages show them: with hours, zone and what the browser needs to say whether somebody is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.articles.channel import Channel, ContactSettings
from kbgen.channels.hours import DayWords, Schedule
from kbgen.pages.day import weekdays


@dataclass(frozen=True, kw_only=True)
class ChannelView:
    """A way to reach a person."""

    name: str
    url: str
    means: str
    reply: str
    hours: str
    zone: str
    schedule: str
    """Hours, zone and holidays as JSON for the browser, or `""`."""


def channel_view(channel: Channel, contact: ContactSettings, words: DayWords) -> ChannelView:
    """One channel; hours without a time zone of their own are those of `contact`."""
    zone = channel.time_zone or contact.time_zone
    schedule = Schedule(hours=channel.hours, zone=zone, holidays=contact.holidays) if channel.hours else None
    return ChannelView(
        name=channel.name,
        url=channel.url,
        means=channel.means.value,
        reply=channel.reply,
        hours=channel.hours.said(words) if channel.hours else "",
        zone=zone.name,
        schedule=schedule.as_json() if schedule else "",
    )


def day_words(words: Mapping[str, str]) -> DayWords:
    """How the language of the interface names the days of opening hours."""
    return DayWords(
        days=weekdays(words["language"]) or DayWords().days,
        to=f" {words['hours_to']} ",
        and_=f" {words['hours_and']} ",
        every_day=words["hours_every_day"],
        around_the_clock=words["hours_around_the_clock"],
        closed=words["hours_never"],
    )

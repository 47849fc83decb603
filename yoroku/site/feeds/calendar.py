"""Events as iCalendar (RFC 5545): the newest of the site, and each year's in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from yoroku.config import Settings
from yoroku.fields import Moment
from yoroku.records import dataclass
from yoroku.site.feeds.ids import instant, newest, uid
from yoroku.site.reader import SiteReader
from yoroku.site.strings import strings
from yoroku.site.urls import absolute
from yoroku.site.values import Happening, Summary
from yoroku.site.views.frame import Address, kind_label

# Programs fetch a subscribed calendar every few hours, so that one holds only so many; years have the rest.
EVENTS = 500
_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. `stamp` is when its description was made, by the briefing's own dates."""

    uid: str
    stamp: datetime
    start: Moment
    end: Moment | None
    title: str
    lang: str
    place: str
    description: str
    url: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar and its events in order of time."""

    name: str
    lang: str
    events: tuple[CalendarEvent, ...]


def addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/calendar.ics`, and one in the timeline of every year."""
    lang = reader.settings().language
    years = dict.fromkeys(year for year, _, _ in reader.months())
    yearly = (Address(f"/timeline/{year}/calendar.ics", lang, number=year) for year in years)
    return (Address("/calendar.ics", lang), *yearly)


def calendar(reader: SiteReader, address: Address) -> Calendar:
    """The calendar at `address`."""
    settings = reader.settings()
    events = [event for key in _keys(reader, address.number) for event in _events(reader.summary(key), settings)]
    events.sort(key=lambda event: (instant(event.start, settings.zone), event.uid))
    name = settings.title
    if address.number:
        name = strings(address.lang)("feed-title", name=str(address.number), site=settings.title)
    return Calendar(name, settings.language, tuple(events))


def _keys(reader: SiteReader, wanted: int) -> Iterator[str]:
    found = 0
    for year, month, count in reader.months():
        if year == wanted or (not wanted and found < EVENTS):
            found += count
            for _, keys in reader.month(year, month):
                yield from keys


def _events(summary: Summary, settings: Settings) -> Iterator[CalendarEvent]:
    known = newest(summary.published, summary.updated, zone=settings.zone)
    for number, event in enumerate(summary.events, 1):
        yield CalendarEvent(
            uid=uid(settings, f"{summary.url}#event-{number}"),
            stamp=instant(known or event.start, settings.zone).astimezone(UTC),
            start=event.start,
            end=_end(event),
            title=summary.title,
            lang=summary.lang,
            place=event.place,
            description=summary.lead,
            url=absolute(summary.url, settings.base_url) if settings.base_url else "",
            categories=tuple(
                label
                for label in (
                    kind_label(settings, summary.kind, settings.language),
                    *(ref.name for ref in summary.of("topics")),
                )
                if label
            ),
        )


def _end(event: Happening) -> Moment | None:
    """The end in the form of the start; None where that is not known or not after it. A day's end is the next day."""
    start, end = event.start, event.end
    if end is None:
        return None
    if not isinstance(start, datetime):
        day = end.date() if isinstance(end, datetime) else end
        return day + timedelta(days=1) if day > start else None
    return end if isinstance(end, datetime) and end > start else None


def encode(shown: Calendar) -> bytes:
    """The calendar's document. Times are in UTC, which needs no table of zones; days are days everywhere."""
    rows = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//yoroku//briefings//JA",
        "CALSCALE:GREGORIAN",
        f"NAME:{text(shown.name)}",
        f"X-WR-CALNAME:{text(shown.name)}",
    ]
    for event in shown.events:
        rows += _rows(event)
    rows.append("END:VCALENDAR")
    return b"".join(folded(row) for row in rows)


def _rows(event: CalendarEvent) -> Iterable[str]:
    lang = f";LANGUAGE={event.lang}" if re.fullmatch(r"[A-Za-z0-9-]+", event.lang) else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_utc(event.stamp)}"
    yield f"DTSTART{_value(event.start)}"
    if event.end is not None:
        yield f"DTEND{_value(event.end)}"
    yield f"SUMMARY{lang}:{text(event.title)}"
    if event.place:
        yield f"LOCATION{lang}:{text(event.place)}"
    if event.description:
        yield f"DESCRIPTION{lang}:{text(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    if event.categories:
        yield "CATEGORIES:" + ",".join(text(category) for category in event.categories)
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _value(moment: Moment) -> str:
    return f":{_utc(moment)}" if isinstance(moment, datetime) else f";VALUE=DATE:{_day(moment)}"


def _day(on: date) -> str:
    return f"{on.year:04}{on.month:02}{on.day:02}"


def _utc(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{_day(at)}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def text(value: str) -> str:
    """A value of type TEXT: commas, semicolons, backslashes and line ends escaped, control characters gone."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROL.sub("", plain).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def folded(row: str) -> bytes:
    """The content line in pieces of at most 75 octets, no character cut in two, each ended by CR LF."""
    data = row.encode("utf-8", "replace")
    if len(data) <= _OCTETS:
        return data + b"\r\n"
    pieces, start, room = [], 0, _OCTETS
    while start < len(data):
        end = min(len(data), start + room)
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, room = end, _OCTETS - 1
    return b"\r\n ".join(pieces) + b"\r\n"

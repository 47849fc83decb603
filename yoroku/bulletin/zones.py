"""Whose clock a time was read from: from the words beside it, a stated pair, or the venue; never from this machine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from yoroku import patterns
from yoroku.bulletin.clock import Clock
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.records import dataclass

JAPAN = "Asia/Tokyo"
_LOCAL = frozenset({"現地時間", "現地", "当地時間", "当地时间"})
_FROM_UTC = lazy(r"(?:UTC|GMT) ?([+-])(\d\d?)(?::?(\d\d))?")
_OFFSET = lazy(r"([+-])(\d\d):?(\d\d)")
HOME = {"ja": JAPAN, "ko": "Asia/Seoul", "zh": "Asia/Shanghai"}
_HOST_ZONES = (
    (".go.jp", JAPAN),
    (".jp", JAPAN),
    (".gov", "America/New_York"),
    (".mil", "America/New_York"),
    (".gov.uk", "Europe/London"),
    (".uk", "Europe/London"),
    (".go.kr", "Asia/Seoul"),
    (".kr", "Asia/Seoul"),
    (".cn", "Asia/Shanghai"),
    (".tw", "Asia/Taipei"),
    (".europa.eu", "Europe/Brussels"),
    (".gc.ca", "America/Toronto"),
    (".gov.au", "Australia/Sydney"),
    (".govt.nz", "Pacific/Auckland"),
    (".gov.sg", "Asia/Singapore"),
    (".de", "Europe/Berlin"),
    (".fr", "Europe/Paris"),
    (".ie", "Europe/Dublin"),
)


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA name or an offset, and the key of the review table when it was not read from the words themselves."""

    name: str
    doubt: str = ""


@lru_cache(maxsize=256)
def tz(name: str) -> tzinfo:
    """The zone of an IANA name, `Z`, `UTC` or an offset such as +09:00. Raises ValueError."""
    if name in {"Z", "UTC", "GMT"}:
        return UTC
    found = _OFFSET.fullmatch(name)
    if found:
        sign = -1 if found[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(found[2]), minutes=int(found[3])))
    return ZoneInfo(name)


def moment(day: date, clock: Clock, zone: str) -> datetime:
    """The aware moment of a clock on a day, with the offset that the zone had then."""
    at = datetime(day.year, day.month, day.day, clock.hour, clock.minute) + timedelta(days=clock.shift)
    offset = at.replace(tzinfo=tz(zone)).utcoffset() or timedelta()
    return at.replace(tzinfo=timezone(offset))


def is_local(word: str) -> bool:
    """Whether the word says 「local time」 without saying whose."""
    return word in _LOCAL


def named_zone(word: str, gazetteer: Gazetteer) -> str:
    """The zone that a word beside the time names: 日本時間, 米東部時間, +09:00, Z; empty when it names none."""
    if not word or word in _LOCAL:
        return ""
    if counted := _FROM_UTC.fullmatch(word):
        return f"{counted[1]}{int(counted[2]):02d}:{counted[3] or '00'}"
    if word in {"Z", "UTC", "GMT"} or _OFFSET.fullmatch(word):
        return word if len(word) != 5 or ":" in word else f"{word[:3]}:{word[3:]}"
    return gazetteer.zone_of(word)


def host_zone(url: str) -> str:
    """The zone of the country that a host's name ends in, or empty."""
    host = patterns.sub(r"^https?://([^/:]+).*$", r"\1", url)
    if host == url:
        return ""
    return max(
        (pair for pair in _HOST_ZONES if host.endswith(pair[0])), key=lambda pair: len(pair[0]), default=("", "")
    )[1]


def pair_offset(local: tuple[date, Clock], japan: tuple[date, Clock]) -> str:
    """The offset that a local time and the same moment in Japan imply, or empty when no zone has it.

    現地時間3月3日午後4時15分（日本時間4日午前0時15分） is +01:00.
    """
    here, there = (
        datetime(day.year, day.month, day.day, clock.hour, clock.minute) + timedelta(days=clock.shift)
        for day, clock in (local, japan)
    )
    minutes = 540 - int((there - here).total_seconds() // 60)
    if minutes % 15 or not -12 * 60 <= minutes <= 14 * 60:
        return ""
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"

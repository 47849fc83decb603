"""Times of day and lengths of time as they are written, in the folded text.

A `Clock` keeps hours as the source counts them: 25時 is one o'clock of the next day, which `shift` says.
"""

from __future__ import annotations

import re

from yoroku.bulletin.eras import number
from yoroku.bulletin.facts_pattern import lazy
from yoroku.records import dataclass

_KANJI = "一二三四五六七八九十"
_CLOCK = lazy(
    r"(?P<part>午前|午後|上午|下午|오전|오후|[AaPp][Mm](?= ?\d)|夜|晚上|朝|夕方|夕|深夜|未明|早朝|昼)?の?[ 、]?"
    rf"(?:(?P<h>\d ?\d(?!\d)|\d|[{_KANJI}]{{1,3}}) ?"
    r"(?:[時时시](?![間点期代刻価給差短速])|点(?=[整\d ]|$)|:(?=\d\d))"
    rf"(?: ?(?P<m>\d ?\d|\d|[{_KANJI}]{{1,3}}) ?(?:[分분](?!間|の\d)|(?![\d分])|(?<=\d\d):\d\d))?(?P<half>半|"
    rf"반)?(?::\d\d(?:\.\d+)?(?!\d))?"
    r"|(?P<noon>正午|정오|中午12[时點点]))"
    r"(?: ?(?P<late>[ap]\.?m\.?|AM|PM|[AP]\.M\.))?"
)
_ENGLISH = lazy(
    r"(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))? ?(?P<late>[ap]\.?m\b\.?|AM|PM)|(?P<h24>[01]?\d|"
    r"2[0-3])[:.](?P<m24>\d\d)(?!\d)"
    r"(?: ?(?:hours|hrs))?|(?P<noon>noon|midnight))",
    re.IGNORECASE,
)
_LENGTH = lazy(
    r"(?:約|およそ|おおよそ|计|共|약 ?)?(?:"
    r"(?P<h>\d{1,2}|[一二三四五六七八九十]) ?(?:時間|小时|小時|시간)(?:(?P<half>半|반)|"
    r"の?(?P<hm>\d{1,2}) ?[分분]鐘?钟?)?(?:間|강)?"
    r"|(?P<m>\d{1,3}|[一二三四五六七八九十]{1,3}) ?(?:分間|分鐘|分钟|分程|分(?=[、に程ほど行開会])|분간|분 ?동안))"
)
_ENGLISH_LENGTH = lazy(
    r"\bfor (?:about |approximately |some |nearly )?(?:(?P<h>\d{1,2}|an|one|two|three)(?: |-)hours?"
    r"(?: and (?P<half>a half)| and (?P<hm>\d{1,2}) minutes)?|(?P<m>\d{1,3})(?: |-)minutes?)",
    re.IGNORECASE,
)
_WORDS = {"an": 1, "one": 1, "two": 2, "three": 3}
_LATE = frozenset({"午後", "下午", "오후", "夜", "夕方", "夕", "晚上", "p"})
_EARLY = frozenset({"午前", "上午", "오전", "朝", "未明", "早朝", "深夜", "a"})


@dataclass(frozen=True, slots=True)
class Clock:
    """`hour` 0–23 and `minute`, `shift` days after the day written. `doubt` when 午前12時 leaves two readings."""

    start: int
    end: int
    hour: int
    minute: int
    shift: int = 0
    doubt: bool = False


def clock_at(folded: str, at: int) -> Clock | None:
    """The time written at `at`, or None."""
    found = _CLOCK.match(folded, at)
    if not found:
        english = _ENGLISH.match(folded, at)
        return _english(english) if english else None
    if found["noon"]:
        return Clock(found.start(), found.end(), 12, 0)
    hour = number(found["h"])
    minute = number(found["m"]) if found["m"] else 30 if found["half"] else 0
    part = (found["part"] or found["late"] or "").lower()
    part = part[0] if part[:1] in {"a", "p"} else part
    if minute > 59 or hour > 30:
        return None
    doubt = hour == 12 and part in {"午前", "午後", "a", "p"} and found["late"] is None
    if part in _LATE and hour < 12:
        hour += 12
    elif (part == "a" and hour == 12) or (part in {"午前", "深夜", "未明"} and hour == 12):
        hour = 0
    return Clock(found.start(), found.end(), hour % 24, minute, hour // 24, doubt)


def _english(found: re.Match[str]) -> Clock | None:
    if found["noon"]:
        midnight = found["noon"].lower() == "midnight"
        return Clock(found.start(), found.end(), 0 if midnight else 12, 0, doubt=midnight)
    if found["h24"]:
        return Clock(found.start(), found.end(), int(found["h24"]), int(found["m24"]))
    hour = int(found["h"])
    if hour > 12 or int(found["m"] or 0) > 59:
        return None
    hour = hour % 12 + (12 if found["late"][0] in "pP" else 0)
    return Clock(found.start(), found.end(), hour, int(found["m"] or 0))


def find_clock(folded: str, at: int, end: int) -> Clock | None:
    """The first time written between `at` and `end`, or None."""
    for place in range(at, end):
        char = folded[place]
        if char.isdecimal() or char in "午上下오正정n":
            found = clock_at(folded, place)
            if found and found.end <= end + 1:
                return found
    return None


def length_at(folded: str, at: int) -> tuple[int, int] | None:
    """(minutes, end) of the length of time written at `at`, or None."""
    return _minutes(_LENGTH.match(folded, at))


def find_length(folded: str, at: int = 0) -> tuple[int, int] | None:
    """(minutes, end) of the first length that reads as a duration of something held (約30分間, for 45 minutes)."""
    return _minutes(_ENGLISH_LENGTH.search(folded, at))


def _minutes(found: re.Match[str] | None) -> tuple[int, int] | None:
    if not found:
        return None
    if found["m"]:
        return number(found["m"]), found.end()
    hours = _WORDS.get(found["h"].lower()) or number(found["h"])
    return hours * 60 + (30 if found["half"] else 0) + int(found["hm"] or 0), found.end()

"""Which of an event's lines say what: the one with the hour is cited for the hour, not the headline above it.

The lines are read as a reader would check them: whether the day, the hour, the length and the place stand there. What
no line spells out (今日, a place under another name) is cited from the line that holds most of the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

from yoroku.briefing.model import Event, Lines, Span
from yoroku.records import dataclass
from yoroku.site.dates import day_of
from yoroku.site.rights import Public

_KANJI = {mark: value for value, mark in enumerate("〇一二三四五六七八九")} | {"零": 0}
_COUNT = re.compile(r"[〇零一二三四五六七八九十百]+(?=\s*(?:[月日時分年]))")
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_DAY = re.compile(r"(?<![\d.:])(\d{1,2})\s*[日일号號]")
_IN_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z.]*\s*(\d{1,2})(?![\d:])")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?([a-z]{3})")
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<h>\d{1,2})\s*(?:[時시点點](?!間)\s*(?:(?P<m>\d{1,2})\s*[分분]|(?P<half>[半반])|(?!\d))"
    r"|[:.h]\s*(?P<mm>\d\d)(?!\d)|(?:uhr|h\b|[ap]\.?\s?m\b))"
)
_HOUR_UNIT = r"(?:時間|hours?\b|hrs?\b|시간|小時|小时|heures?\b|stunden?\b|horas?\b|ساعة|שעות)"
_MINUTE_UNIT = r"(?:分|min|분|دقيقة|דקות)"
_LENGTH = re.compile(
    rf"(?:(?P<h>\d+(?:\.5)?|an|one)\s*{_HOUR_UNIT}(?P<half>半| and a half)?)?"
    rf"(?:\s*(?:and|と)?\s*(?P<m>(?<![時시点點\d])\d+)\s*{_MINUTE_UNIT})?"
)
_NOON = {0: ("midnight", "午前0時", "真夜中"), 12: ("noon", "正午", "정오", "中午")}


@dataclass(frozen=True, slots=True)
class Signs:
    """The lines to cite for each fact of an event, and for all of it."""

    day: Lines = ()
    hour: Lines = ()
    length: Lines = ()
    place: Lines = ()
    all: Lines = ()


def signs(public: Public, event: Event, *, local: datetime | date | None, names: tuple[str, ...] = ()) -> Signs:
    """The lines of `event` by what they say. `local` is its start on the clock of its place, `names` those of that."""
    if len(event.lines) < 2:
        return Signs(event.lines, event.lines, event.lines, event.lines, event.lines)
    texts = {span: _text(public, span) for span in event.lines}
    day = day_of(local) if local is not None else None
    held = {
        span: (
            day is not None and _has_day(text, day),
            isinstance(local, datetime) and _has_hour(text, local),
            event.duration_minutes is not None and event.duration_minutes in set(_lengths(text)),
            any(_folded(name) in text for name in names if name),
        )
        for span, text in texts.items()
    }
    # The hour and the length are seldom said twice, so the line that has them is the event's own.
    ranked = sorted(event.lines, key=lambda span: (-sum(held[span][1:3]), -sum(held[span])))
    picked = [next((span for span in ranked if held[span][at]), None) for at in range(4)]
    best = ranked[:1]
    cited = [*dict.fromkeys((*best, *(span for span in picked if span)))]
    day_lines, hour, length, place = ((span,) if span else tuple(best) for span in picked)
    return Signs(day_lines, hour, length, place, all=tuple(cited))


def _text(public: Public, span: Span) -> str:
    return _folded(" ".join(line.text for line in public.lines if line.first <= span.last and span.first <= line.last))


def _folded(text: str) -> str:
    """Width, case and kanji numbers before a unit of time aside."""
    return _COUNT.sub(lambda found: str(_number(found.group())), unicodedata.normalize("NFKC", text).casefold())


def _number(kanji: str) -> int:
    """十二 and 一二 are 12; 二十 is 20."""
    if not set(kanji) & {"十", "百"}:
        return int("".join(str(_KANJI[mark]) for mark in kanji))
    total = unit = 0
    for mark in kanji:
        if mark in "十百":
            total += max(unit, 1) * (10 if mark == "十" else 100)
            unit = 0
        else:
            unit = _KANJI[mark]
    return total + unit


def _has_day(text: str, day: date) -> bool:
    month = _MONTHS[day.month - 1]
    return (
        any(int(found[1]) == day.day for found in _DAY.finditer(text))
        or any((int(found[1]), int(found[2])) == (day.month, day.day) for found in _IN_NUMBERS.finditer(text))
        or any((found[1], int(found[2])) == (month, day.day) for found in _MONTH_FIRST.finditer(text))
        or any((int(found[1]), found[2]) == (day.day, month) for found in _DAY_FIRST.finditer(text))
    )


def _has_hour(text: str, at: datetime) -> bool:
    if at.minute == 0 and any(word in text for word in _NOON.get(at.hour, ())):
        return True
    for found in _CLOCK.finditer(text):
        minute = 30 if found["half"] else int(found["m"] or found["mm"] or 0)
        if minute == at.minute and int(found["h"]) in {at.hour, at.hour % 12, at.hour % 12 or 12}:
            return True
    return False


def _lengths(text: str) -> Iterator[int]:
    """Every stretch of time that the text names, in minutes."""
    for found in _LENGTH.finditer(text):
        if found["h"] or found["m"]:
            hours = 1.0 if found["h"] in {"an", "one"} else float(found["h"] or 0)
            yield int((hours + (0.5 if found["half"] else 0)) * 60) + int(found["m"] or 0)

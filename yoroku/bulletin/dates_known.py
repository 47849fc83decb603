"""The day that a written date means: what is missing is filled from a day the bulletin states, and that is said.

Nothing here looks at today.
"""

from __future__ import annotations

from datetime import date, timedelta

from yoroku.bulletin.dates import Stamp, day_of
from yoroku.records import dataclass

RELATIVE = {
    "本日": 0, "今日": 0, "きょう": 0, "今天": 0, "오늘": 0, "today": 0,
    "昨日": -1, "きのう": -1, "昨天": -1, "어제": -1, "yesterday": -1, "一昨日": -2, "おととい": -2,
    "明日": 1, "あす": 1, "明天": 1, "내일": 1, "tomorrow": 1, "明後日": 2,
}  # fmt: skip
CHAINED = {"翌日": 1, "前日": -1, "同日": 0, "当天": 0}
_YEARS = {
    "今年": 0,
    "本年": 0,
    "ことし": 0,
    "올해": 0,
    "昨年": -1,
    "去年": -1,
    "지난해": -1,
    "작년": -1,
    "来年": 1,
    "明年": 1,
    "내년": 1,
}
_YEARS_CHAINED = {"同年": 0, "翌年": 1, "前年": -1}
_MONTHS_BY_WORD = {
    "今月": 0, "本月": 0, "이달": 0, "先月": -1, "上月": -1, "지난달": -1, "来月": 1, "下月": 1, "내달": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A stamp with its day settled. `assumed` is a key of the review table when something was filled in."""

    day: date
    assumed: str = ""


def resolve(stamp: Stamp, anchor: date | None, previous: date | None = None) -> Known | None:
    """The day a stamp means. `anchor` is the day the text was written, `previous` the last day it named (同日, 翌日).

    None when the bulletin does not say enough, or when the value is impossible.
    """
    if stamp.wrong and stamp.wrong not in {"years-differ"}:
        return None
    if stamp.full:
        day = stamp.date()
        return Known(day, stamp.wrong or _weekday(stamp, day)) if day else None
    if stamp.relative and stamp.month is None and stamp.day is None:
        return _relative(stamp, anchor, previous)
    base = previous if stamp.relative in {*_YEARS_CHAINED, "同月", "翌月", "前月"} else anchor
    if base is None or stamp.day is None:
        return None
    if stamp.month is not None:
        return _with_year(stamp, base)
    return _with_month(stamp, base)


def _weekday(stamp: Stamp, day: date) -> str:
    return "weekday" if stamp.weekday is not None and day.weekday() != stamp.weekday else ""


def _relative(stamp: Stamp, anchor: date | None, previous: date | None) -> Known | None:
    word = stamp.relative
    if word in CHAINED:
        return Known(previous + timedelta(CHAINED[word]), "chained") if previous else None
    if anchor is None:
        return None
    if word in RELATIVE:
        return Known(anchor + timedelta(RELATIVE[word]))
    if stamp.weekday is None:
        return None
    ahead = (stamp.weekday - anchor.weekday()) % 7
    if word.startswith(("next", "from", "this")):
        return Known(anchor + timedelta(ahead or 7), "weekday-only")
    return Known(anchor - timedelta((anchor.weekday() - stamp.weekday) % 7), "weekday-only")


def _with_year(stamp: Stamp, base: date) -> Known | None:
    if stamp.relative in _YEARS or stamp.relative in _YEARS_CHAINED:
        year = base.year + (_YEARS | _YEARS_CHAINED)[stamp.relative]
        day = day_of(year, stamp.month, stamp.day)
        return Known(day, _weekday(stamp, day)) if day else None
    near = [day for year in (base.year - 1, base.year, base.year + 1) if (day := day_of(year, stamp.month, stamp.day))]
    fitting = [day for day in near if not _weekday(stamp, day)] or near
    if not fitting:
        return None
    best = min(fitting, key=lambda day: abs((day - base).days))
    return Known(best, _weekday(stamp, best) or ("year-far" if abs((best - base).days) > 120 else "year-filled"))


def _with_month(stamp: Stamp, base: date) -> Known | None:
    months = base.year * 12 + base.month - 1
    if stamp.relative in _MONTHS_BY_WORD or stamp.relative in {"同月", "翌月", "前月"}:
        at = months + {"同月": 0, "翌月": 1, "前月": -1}.get(stamp.relative, _MONTHS_BY_WORD.get(stamp.relative, 0))
        day = day_of(at // 12, at % 12 + 1, stamp.day)
        return Known(day, _weekday(stamp, day)) if day else None
    near = [day for at in (months - 1, months, months + 1) if (day := day_of(at // 12, at % 12 + 1, stamp.day))]
    if stamp.relative == "지난":
        near = [day for day in near if day <= base] or near
    fitting = [day for day in near if not _weekday(stamp, day)] or near
    if not fitting:
        return None
    best = min(fitting, key=lambda day: (abs((day - base).days), day > base))
    return Known(best, _weekday(stamp, best) or ("month-far" if abs((best - base).days) > 10 else "month-filled"))

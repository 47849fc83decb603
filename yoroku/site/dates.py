"""Dates, times, numbers and lists as each language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from yoroku.fields import Moment
from yoroku.records import dataclass

_ERAS = (
    (date(2019, 5, 1), "令和", "Reiwa"),
    (date(1989, 1, 8), "平成", "Heisei"),
    (date(1926, 12, 25), "昭和", "Shōwa"),
    (date(1912, 7, 30), "大正", "Taishō"),
    (date(1873, 1, 1), "明治", "Meiji"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS_JA = "月火水木金土日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ZONES = {
    "Asia/Tokyo": ("日本", "Japan"),
    "America/New_York": ("米東部", "US Eastern"),
    "America/Chicago": ("米中部", "US Central"),
    "America/Denver": ("米山岳部", "US Mountain"),
    "America/Los_Angeles": ("米西部", "US Pacific"),
    "America/Toronto": ("カナダ東部", "Eastern Canada"),
    "Pacific/Honolulu": ("ハワイ", "Hawaii"),
    "Europe/London": ("英国", "UK"),
    "Europe/Paris": ("中央ヨーロッパ", "Central Europe"),
    "Europe/Berlin": ("中央ヨーロッパ", "Central Europe"),
    "Europe/Rome": ("中央ヨーロッパ", "Central Europe"),
    "Europe/Brussels": ("中央ヨーロッパ", "Central Europe"),
    "Europe/Zurich": ("中央ヨーロッパ", "Central Europe"),
    "Europe/Vienna": ("中央ヨーロッパ", "Central Europe"),
    "Europe/Kyiv": ("東ヨーロッパ", "Eastern Europe"),
    "Europe/Moscow": ("モスクワ", "Moscow"),
    "Asia/Shanghai": ("中国", "China"),
    "Asia/Seoul": ("韓国", "Korea"),
    "Asia/Taipei": ("台湾", "Taiwan"),
    "Asia/Kolkata": ("インド", "India"),
    "Asia/Singapore": ("シンガポール", "Singapore"),
    "Australia/Sydney": ("豪東部", "Australian Eastern"),
}


def day_of(moment: Moment) -> date:
    """The day of a moment, in the moment's own zone."""
    return moment.date() if isinstance(moment, datetime) else moment


def zone_of(name: str) -> tzinfo | None:
    """The zone called `name` (an IANA name), or None for an empty, unknown or offset name."""
    try:
        return ZoneInfo(name) if name and name[0].isalpha() else None
    except (KeyError, ValueError, OSError):
        return None


def stamp(moment: Moment) -> str:
    """The value of a ``datetime`` attribute."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes" if not moment.second else "seconds")
    return moment.isoformat()


@dataclass(frozen=True, slots=True)
class Formatter:
    """One language's way to write. Templates know it as ``fmt``."""

    lang: str

    def day(self, moment: Moment) -> str:
        """``2023年1月12日`` or ``12 January 2023``."""
        on = day_of(moment)
        if self.lang == "en":
            return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
        return f"{on.year}年{on.month}月{on.day}日"

    def wareki(self, moment: Moment) -> str:
        """The day with the year of its Japanese era; days before 1873 as in `day`."""
        on = day_of(moment)
        for first, ja, en in _ERAS:
            if on >= first:
                year = on.year - first.year + 1
                if self.lang == "en":
                    return f"{on.day} {_MONTHS[on.month - 1]} {en} {year}"
                return f"{ja}{'元' if year == 1 else year}年{on.month}月{on.day}日"
        return self.day(on)

    def month(self, year: int, month: int) -> str:
        """``2023年1月`` or ``January 2023``."""
        return f"{_MONTHS[month - 1]} {year}" if self.lang == "en" else f"{year}年{month}月"

    def month_name(self, month: int) -> str:
        """``1月`` or ``January``."""
        return _MONTHS[month - 1] if self.lang == "en" else f"{month}月"

    def year(self, year: int) -> str:
        """``2023年`` or ``2023``."""
        return str(year) if self.lang == "en" else f"{year}年"

    def numeric(self, moment: Moment) -> str:
        """``2023.1.12`` or ``12 Jan 2023``, for gutters."""
        on = day_of(moment)
        if self.lang == "en":
            return f"{on.day} {_MONTHS[on.month - 1][:3]} {on.year}"
        return f"{on.year}.{on.month}.{on.day}"

    def short(self, moment: Moment) -> str:
        """``1.12`` or ``12 Jan``."""
        on = day_of(moment)
        return f"{on.day} {_MONTHS[on.month - 1][:3]}" if self.lang == "en" else f"{on.month}.{on.day}"

    def month_day(self, moment: Moment) -> str:
        """``1月12日`` or ``12 January``."""
        on = day_of(moment)
        return f"{on.day} {_MONTHS[on.month - 1]}" if self.lang == "en" else f"{on.month}月{on.day}日"

    def weekday(self, moment: Moment) -> str:
        """``木`` or ``Thu``."""
        at = day_of(moment).weekday()
        return _DAYS_EN[at] if self.lang == "en" else _DAYS_JA[at]

    def weekdays(self) -> tuple[str, ...]:
        """Monday to Sunday."""
        return _DAYS_EN if self.lang == "en" else tuple(_DAYS_JA)

    def clock(self, moment: datetime) -> str:
        """``16:00``."""
        return f"{moment.hour}:{moment.minute:02}"

    def zone(self, name: str, offset: timedelta | None) -> str:
        """What people call a zone, else its distance from universal time."""
        if name in _ZONES:
            return _ZONES[name][1 if self.lang == "en" else 0]
        if offset is None:
            return name
        minutes = int(offset.total_seconds()) // 60
        sign, size = ("−" if minutes < 0 else "+"), abs(minutes)
        return f"UTC{sign}{size // 60}" + (f":{size % 60:02}" if size % 60 else "")

    def number(self, value: int) -> str:
        """With a comma every three digits."""
        return f"{value:,}"

    def hours(self, value: timedelta) -> str:
        """A signed number of hours: ``+14``, ``−8.5``."""
        hours = value.total_seconds() / 3600
        return f"{'−' if hours < 0 else '+'}{abs(hours):g}"

    def names(self, values: Sequence[str]) -> str:
        """A list in running text."""
        if self.lang != "en":
            return "、".join(values)
        return " and ".join((", ".join(values[:-1]), values[-1])) if len(values) > 1 else "".join(values)

"""Keys in the order of days: newest first, by month, by day of a month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date


def by_day(keys: Iterable[tuple[str, date | None]]) -> tuple[str, ...]:
    """Keys newest first, undated last, by key where days are equal."""
    return tuple(key for key, on in sorted(keys, key=lambda item: (-(item[1] or date.min).toordinal(), item[0])))


def months_of(days: Iterable[date | None]) -> tuple[tuple[int, int, int], ...]:
    """(year, month, count) of every month with a day among these, newest first."""
    counts = Counter((on.year, on.month) for on in days if on)
    return tuple((year, month, counts[(year, month)]) for year, month in sorted(counts, reverse=True))


def days_of(keys: Iterable[tuple[str, date | None]], year: int, month: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """(day, keys) of a month in order."""
    found: dict[int, list[str]] = defaultdict(list)
    for key, on in keys:
        if on and (on.year, on.month) == (year, month):
            found[on.day].append(key)
    return tuple((day, tuple(found[day])) for day in sorted(found))

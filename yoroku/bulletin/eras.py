"""Japanese eras: a written year to a year of the common calendar, and dates that never were.

The first and last days are those of the calendar acts: 明治 is counted by the solar calendar only (from 1873).
"""

from __future__ import annotations

from datetime import date

ERAS: tuple[tuple[str, str, date, date], ...] = (
    ("令和", "R", date(2019, 5, 1), date(9999, 12, 31)),
    ("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    ("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    ("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    ("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
)
_BY_NAME = {name: (first, last) for long, short, first, last in ERAS for name in (long, short)}
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}


def number(written: str) -> int:
    """A number written in digits (blanks between them allowed), 元, or kanji up to 千. Raises ValueError."""
    compact = written.replace(" ", "")
    if compact == "元":
        return 1
    if compact.isdecimal():
        return int(compact)
    if not any(char in compact for char in "十百千"):
        return int("".join(str(_DIGITS[char]) if char in _DIGITS else "x" for char in compact))
    total = current = 0
    for char in compact:
        if char in _DIGITS:
            current = _DIGITS[char]
        elif char.isdecimal():
            current = current * 10 + int(char)
        else:
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            current = 0
    return total + current


def common_year(era: str, year: int) -> int:
    """The year of the common calendar. `era` is 令和 or R and so on."""
    return _BY_NAME[era][0].year + year - 1


def in_era(era: str, day: date) -> bool:
    """Whether the era was running on `day`: 昭和64年1月8日 never was."""
    first, last = _BY_NAME[era]
    return first <= day <= last

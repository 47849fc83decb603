"""What a writer probably meant: dates in other forms, slips of the keyboard in YAML, words of other systems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from yoroku.patterns import late
from yoroku.problems import Place, Problem, did_you_mean

# Year 1 of each era is the year after this one.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_DATE = late(
    r"(?:(?P<era>令和|平成|昭和|[RHS])\.?(?P<nth>\d{1,2}|元)|(?P<year>\d{4}))"
    r"(?:年|[-/.])(?P<month>\d{1,2})(?:月|[-/.])(?P<day>\d{1,2})日?"
    r"(?:\s*(?:\([^)]*\))?[T\s]*(?P<hour>\d{1,2})(?::|時)(?P<minute>\d{2})?分?(?::\d\d)?\s*(?P<zone>[A-Z]{2,4}|[+-]\d{1,2}(?::?\d\d)?)?)?",
    re.ASCII | re.IGNORECASE,
)
_ZONES = {"JST": "+09:00", "KST": "+09:00", "UTC": "Z", "GMT": "Z", "Z": "Z"}

# Keys and values of other systems and other languages, and what they are called here.
KEYS = {
    **{"タイトル": "title", "見出し": "title", "日付": "date", "著者": "author", "執筆者": "author", "対象": "on"},
    **{"理由": "reason", "種別": "kind", "分類": "kind", "キーワード": "tags", "ラベル": "tags", "訂正": "was"},
    **{"lastmod": "updated", "modified": "updated", "publishDate": "publish_at", "published": "publish_at"},
    **{"expiryDate": "expires_at", "categories": "tags", "keywords": "tags", "permalink": "slug", "url": "slug"},
    **{"redirect_from": "aliases", "language": "lang", "locale": "lang", "type": "kind", "headline": "title"},
}

_COMPACT = re.compile(r"^([12]\d{3})(\d\d)(\d\d)$", re.ASCII)


def meant_date(written: str) -> str:
    """The date in ISO 8601 that was written in another form; empty where that is not certain."""
    found = _DATE.fullmatch(_COMPACT.sub(r"\1-\2-\3", unicodedata.normalize("NFKC", written).strip()))
    if found is None:
        return ""
    year = int(found["year"] or 0)
    if found["era"]:
        year = _ERAS[found["era"].upper()] + (1 if found["nth"] == "元" else int(found["nth"]))
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return ""
    if found["hour"] is None:
        return day.isoformat()
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if (hour, minute) == (24, 0):
        day, hour = day + timedelta(days=1), 0
    if hour > 23 or minute > 59:
        return ""
    zone = _zone((found["zone"] or "").upper())
    return "" if zone is None else f"{day.isoformat()}T{hour:02}:{minute:02}{zone}"


def _zone(written: str) -> str | None:
    if not written or written in _ZONES:
        return _ZONES.get(written, "")
    digits = written[1:].replace(":", "")
    if not digits.isdigit():
        return None
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    return f"{written[0]}{hours:02}:{minutes:02}" if hours < 15 and minutes < 60 else None


_OFFSET = late(r"Z|[+-]\d\d:\d\d")
# What people call zones, and what the tables of the world call them.
_ZONE_WORDS = {
    **{"JST": "Asia/Tokyo", "日本": "Asia/Tokyo", "日本時間": "Asia/Tokyo", "日本標準時": "Asia/Tokyo"},
    **{"東京": "Asia/Tokyo", "Tokyo": "Asia/Tokyo", "KST": "Asia/Seoul", "韓国": "Asia/Seoul"},
    **{"EDT": "America/New_York", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles"},
    **{"BST": "Europe/London", "CEST": "Europe/Paris", "GMT+9": "+09:00", "UTC+9": "+09:00", "+9": "+09:00"},
    **{"+0900": "+09:00", "UTC+09:00": "+09:00", "GMT+09:00": "+09:00"},
}


def is_zone(name: str) -> bool:
    """Whether a zone of this name exists, or it is an offset."""
    if _OFFSET.fullmatch(name):
        return True
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def meant_zone(written: str) -> str:
    """What was perhaps meant by the name of a zone that does not exist."""
    # Most people know a zone by its city.
    names = {name.rsplit("/", 1)[-1]: name for name in sorted(available_timezones()) if "/" in name}
    fix = did_you_mean(written.strip(), available_timezones(), names | _ZONE_WORDS)
    return fix if fix.startswith("did") else "write a name such as Asia/Tokyo, or an offset such as +09:00"


def yaml_slips(text: str, *, path: str, first_line: int) -> tuple[Problem, ...]:
    """Slips that YAML's own parser has no words for, each where it is. For texts that it could not read."""
    lines = text.split("\n")
    found = []
    for number, line in enumerate(lines):
        for slip in _SLIPS:
            told = slip(line, lines[:number])
            if told is not None:
                column, code, what, fix = told
                found.append(Problem(Place(path, first_line + number, column), code, what, fix))
                break
    return tuple(found)


_Told = tuple[int, str, str, str]
_WIDE_COLON = late(r"(?P<key>[^\s:：#\"'\[\]{}-][^:：]*?)：[ \t\u3000]*(?P<value>.*)")
_NO_SPACE = late(r"(?P<lead>[ ]*(?:- )?)(?P<key>[A-Za-z_]+):(?P<gap>\u3000*)(?=[^ \t/])(?P<value>.*)")
_KEY = late(r"(?P<lead>[ ]*(?:- )?)(?P<key>[A-Za-z_]+): +(?P<value>\S.*)")
_STARTS_BADLY = late(r"[@`%*&!]|(?:\[[^\[\]]*\]|\{[^{}]*\})\s*[^\s#,]")


def _wide_colon(line: str, _before: list[str]) -> _Told | None:
    found = _WIDE_COLON.match(line)
    if found is None:
        return None
    fix = f"write '{found['key']}: {_short(found['value'])}', with an ASCII colon and a space"
    return line.index("：") + 1, "wide-colon", f"after '{found['key']}' stands the wide colon '：'", fix


def _no_space(line: str, _before: list[str]) -> _Told | None:
    found = _NO_SPACE.match(line)
    if found is None:
        return None
    what = "a wide space" if found["gap"] else "no space"
    fix = f"write '{found['key']}: {_short(found['value'])}'"
    return found.end("key") + 2, "no-space", f"there is {what} after '{found['key']}:'", fix


def _starts_badly(line: str, _before: list[str]) -> _Told | None:
    found = _KEY.match(line)
    if found is None or not _STARTS_BADLY.match(found["value"]):
        return None
    value = found["value"]
    fix = f"write {found['key']}: '{_short(value)}', with the quotes"
    return found.start("value") + 1, "needs-quotes", f"a value that begins with '{value[0]}' needs quotes", fix


def _indented(line: str, before: list[str]) -> _Told | None:
    found = _KEY.match(line)
    above = _KEY.match(before[-1]) if before else None
    if found is None or above is None or len(found["lead"]) <= len(above["lead"]) or above["value"][0] in "|>[{\"'":
        return None
    what = f"'{found['key']}' is indented below '{above['key']}', which has a value of its own"
    return len(found["lead"]) + 1, "wrong-indent", what, f"begin it in the same column as '{above['key']}'"


def _body_begun(line: str, before: list[str]) -> _Told | None:
    if not line.strip() or line[0] in " \t#-" or ":" in line or not before or before[-1].strip():
        return None
    what = "the front matter is not closed before this line"
    return 1, "open-front-matter", what, "put a line '---' above it"


_SLIPS: tuple[Callable[[str, list[str]], _Told | None], ...] = (
    _wide_colon,
    _no_space,
    _starts_badly,
    _indented,
    _body_begun,
)


def _short(value: str) -> str:
    value = value.strip()
    return value if len(value) <= 30 else "…"


_RULE = late(r"[\-\u2010-\u2015\u2212\u30fc\u2500\u2501\uff0d]{2,}[ \t]*")


def fence_slip(lines: list[str]) -> _Told | None:
    """What stands in the first lines of a file in place of '---', as (line, code, what, fix)."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if line.rstrip() == "---":
            return 1, "no-front-matter", "there is an empty line before the front matter", "begin the file with '---'"
        if line.startswith("+++"):
            return (
                number,
                "no-front-matter",
                "front matter in TOML is not read",
                "write '---' and lines of 'key: value'",
            )
        return (number, *_rule(line)) if _RULE.fullmatch(line) else None
    return None


def closing_slips(lines: list[str]) -> Iterator[tuple[int, str, str, str]]:
    """Lines that were perhaps meant to close the front matter, as (line, code, what, fix)."""
    for number, line in enumerate(lines, 1):
        if number > 1 and (line.rstrip() == "..." or _RULE.fullmatch(line)):
            yield (number, *_rule(line))


def _rule(line: str) -> tuple[str, str, str]:
    return "wrong-fence", f"'{line.strip()}' is not '---'", "write three ASCII hyphens"

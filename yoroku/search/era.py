"""Dates of Japanese eras as western dates, and those in characters as digits: found under both, shown as written."""

from __future__ import annotations

import re

from yoroku.search.tokens import fold

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_NAME = re.compile("|".join(_ERAS))
_NUMBER = "(元|[0-9十]{1,4})"
_DATE = re.compile(f"({'|'.join(_ERAS)}) ?{_NUMBER}年(?:度| ?{_NUMBER}月(?: ?{_NUMBER}日)?)?")


def western(text: str) -> tuple[str, ...]:
    """Other forms of every era date in a text, each once: 令和5年1月12日 → 2023年1月12日; 平成三十年 → 平成30年 too."""
    found: dict[str, None] = {}
    lines = (line for line in text.split("\n") if _NAME.search(line)) if _NAME.search(text) else ()
    for match in _DATE.finditer(fold("\n".join(lines))):
        era, year, month, day = match.groups()
        rest = f"{_value(month)}月" if month else "度" if match[0].endswith("度") else ""
        rest += f"{_value(day)}日" if day else ""
        found[f"{_ERAS[era] + _value(year)}年{rest}"] = None
        if "十" in match[0]:
            found[f"{era}{_value(year)}年{rest}"] = None
    return tuple(found)


def _value(number: str) -> int:
    """The value of 元, of digits, or of digits around 十 (folding has made 二十五 into 2十5)."""
    if number == "元":
        return 1
    tens, ten, ones = number.partition("十")
    return int(tens or "1") * 10 + int(ones or "0") if ten else int(number)

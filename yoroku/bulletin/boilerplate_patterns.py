"""What stands around a text on web pages: the ordered table of `data/boilerplate.tsv`, compiled.

A line that matches is dropped with the row's reason. A publisher's own wording is a row there, never code.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "boilerplate.tsv"
# Arrows, bullets and brackets around a link's words do not change what it is.
_LEAD = r"[【［〈＜\[]?[\s>»≫▶►▷→➡・|\-–*+▲△^#]*"
_TAIL = r"[】］〉＞]?[\s>»≫▶►▷→➡・|\]）)!.。…]*"
LONGEST = 160  # characters; a longer line is text whatever it looks like

Table = tuple[tuple[str, re.Pattern[str]], ...]


def _read() -> tuple[Table, Table]:
    rows = [line.split("\t") for line in _DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    networks = next(pattern for sort, _, pattern in rows if sort == "sns")
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {"line": [], "section": []}
    for (sort, reason), group in groupby(rows, key=lambda row: (row[0], row[1])):
        if sort in found:
            patterns = "|".join(pattern.replace("{SNS}", f"(?:{networks})") for _, _, pattern in group)
            found[sort].append((reason, re.compile(f"{_LEAD}(?:{patterns}){_TAIL}", re.IGNORECASE)))
    return tuple(found["line"]), tuple(found["section"])


LINES, SECTIONS = _read()
# One pattern for all the rows of a table: almost every line is no match, and one try settles that.
ANY_LINE, ANY_SECTION = (
    re.compile("|".join(pattern.pattern for _, pattern in table), re.IGNORECASE) for table in (LINES, SECTIONS)
)

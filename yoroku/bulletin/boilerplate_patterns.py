"""What stands around a text on web pages: the ordered table of `data/boilerplate.tsv`, compiled.

A line that matches is dropped with the row's reason. A publisher's own wording is a row there, never code.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from pathlib import Path

from yoroku.bulletin.facts_pattern import Lazy, lazy
from yoroku.bulletin.lines import key
from yoroku.records import dataclass

_DATA = Path(__file__).parent / "data" / "boilerplate.tsv"
# Arrows, bullets and brackets around a link's words do not change what it is.
_LEAD = r"[【［〈＜\[]?[\s>»≫▶►▷→➡・|\-–*+▲△^#]*"
_TAIL = r"[】］〉＞]?[\s>»≫▶►▷→➡・|\]）)!.。…]*"
LONGEST = 160  # characters; a longer line is text whatever it looks like


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sort as one pattern: compiling them whole and apart would double what a start costs."""

    pattern: Lazy
    reasons: tuple[str, ...]

    def reason(self, flat: str) -> str:
        """The reason of the first row that fits the whole line, or an empty string."""
        found = self.pattern.fullmatch(flat)
        return self.reasons[int((found.lastgroup or "r0")[1:])] if found else ""


@cache
def _read() -> tuple[Table, Table]:
    rows = [line.split("\t") for line in _DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    networks = next(pattern for sort, _, pattern in rows if sort == "sns")
    found: dict[str, list[tuple[str, str]]] = {"line": [], "section": []}
    for (sort, reason), group in groupby(rows, key=lambda row: (row[0], row[1])):
        if sort in found:
            patterns = "|".join(pattern.replace("{SNS}", f"(?:{networks})") for _, _, pattern in group)
            found[sort].append((reason, patterns))
    return _table(found["line"]), _table(found["section"])


def _table(rows: list[tuple[str, str]]) -> Table:
    named = "|".join(f"(?P<r{at}>{patterns})" for at, (_, patterns) in enumerate(rows))
    return Table(lazy(f"{_LEAD}(?:{named}){_TAIL}", re.IGNORECASE), tuple(reason for reason, _ in rows))


@cache
def menu_words() -> frozenset[str]:
    """Compared lines (`lines.key`) that are only ever a menu's."""
    text = (_DATA.parent / "menu_words.txt").read_text(encoding="utf-8")
    words = (word for line in text.splitlines() if not line.startswith("# ") for word in line.split())
    return frozenset(key(word.replace("_", " ")) for word in words)


def lines() -> Table:
    """What is dropped line by line."""
    return _read()[0]


def sections() -> Table:
    """What begins something that runs on."""
    return _read()[1]

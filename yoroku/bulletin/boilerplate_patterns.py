"""What stands around a text on web pages: the ordered table of `data/boilerplate.tsv`, compiled.

A line that matches is dropped with the row's reason. A publisher's own wording is a row there, never code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from yoroku.bulletin.facts_pattern import Lazy, lazy
from yoroku.bulletin.lines import key
from yoroku.bulletin.needed_letters import letters, needed, same
from yoroku.records import dataclass

_DATA = Path(__file__).parent / "data" / "boilerplate.tsv"
# Arrows, bullets and brackets around a link's words do not change what it is.
_LEAD = lazy(r"[【［〈＜\[]?[\s>»≫▶►▷→➡・|\-–*+▲△^#]*")
_TAIL = r"[】］〉＞]?[\s>»≫▶►▷→➡・|\]）)!.。…]*"
LONGEST = 160  # characters; a longer line is text whatever it looks like


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sort in their order. Each row is tried, and compiled, only for a line that has its letters."""

    rows: tuple[tuple[str, Lazy], ...]
    by_first: dict[str, tuple[int, ...]]
    by_letter: dict[str, tuple[int, ...]]
    always: tuple[int, ...]

    def reason(self, flat: str) -> str:
        """The reason of the first row that fits the whole line, or an empty string."""
        if not flat:
            return ""
        anywhere = set(self.always)
        for letter in self.by_letter.keys() & letters(flat):
            anywhere.update(self.by_letter[letter])
        lead = _LEAD.match(flat)
        for start in range(lead.end() if lead else 0, -1, -1):
            begin = self.by_first.get(same(flat[start]), ()) if start < len(flat) else ()
            for at in sorted({*anywhere, *begin}) if begin else sorted(anywhere):
                reason, pattern = self.rows[at]
                if pattern.fullmatch(flat, start):
                    return reason
        return ""


@cache
def _read() -> tuple[Table, Table]:
    rows = [line.split("\t") for line in _DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    networks = next(pattern for sort, _, pattern in rows if sort == "sns")
    found: dict[str, list[tuple[str, str]]] = {"line": [], "section": []}
    for sort, reason, pattern in rows:
        if sort in found:
            found[sort].append((reason, pattern.replace("{SNS}", f"(?:{networks})")))
    return _table(found["line"]), _table(found["section"])


def _table(rows: list[tuple[str, str]]) -> Table:
    by_first: dict[str, list[int]] = defaultdict(list)
    by_letter: dict[str, list[int]] = defaultdict(list)
    always: list[int] = []
    for at, (_, pattern) in enumerate(rows):
        need = needed(pattern)
        if need.first is None and need.inside is None:
            always.append(at)
        index, held = (by_letter, need.inside) if need.first is None else (by_first, need.first)
        for letter in held or ():
            index[letter].append(at)
    return Table(
        tuple((reason, lazy(f"(?:{pattern}){_TAIL}", re.IGNORECASE)) for reason, pattern in rows),
        {letter: tuple(places) for letter, places in by_first.items()},
        {letter: tuple(places) for letter, places in by_letter.items()},
        tuple(always),
    )


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

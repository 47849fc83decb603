"""The lines of a decoded bulletin, and how a line looks: measured once, for every rule that follows.

Comparing is done on folded text; what is shown and extracted is always the source's own characters.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.outline import Line
from yoroku.records import dataclass

BREAK = lazy(r"\r\n|\r|\n|\x85")
SPACE = lazy(r"[\s\u3000\u200b]+")
WIDTH = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2003: 0x20}
)
WIDE = lazy(r"[\uff01-\uff5e\u3000\xa0\u2003]")
CJK = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\uff66-\uff9f々〆]")
STOP = lazy(r"(?:[。．！？!?…][」』）)”\"’]*|[.][”\"’)]*)$")
ENGLISH_STOP = lazy(r"[a-z0-9)”\"’][.!?][”\"’)]*$")
INNER_STOP = lazy(r"。|[a-z]{2}[.!?] [A-Z“]")
URL = lazy(r"https?://[^\s<>\"「」『』（）、。｜|]+(?:\([^\s<>()]*\)[^\s<>\"「」『』（）、。｜|]*)*")
CLAUSE = lazy(r"[、，,]")
POLITE = lazy(r"(?:です|ます|ました|ません|ください|でした|である|した|する|いる|れる|った|んだ|ない)$")


@dataclass(frozen=True, slots=True)
class Look:
    """A line and what can be seen of it without its neighbours.

    `text` is stripped, `flat` is `text` at half width with the same length, `key` compares lines (NFKC, no white space,
    lower case). `size` is the length of `key`.
    """

    line: Line
    number: int
    text: str
    flat: str
    key: str
    size: int
    cjk: bool
    stops: bool
    sentence: bool
    indent: bool


def split(text: str) -> tuple[Line, ...]:
    """The lines of a decoded text, numbered from 1, without their line ends."""
    return tuple(Line(number, part) for number, part in enumerate(BREAK.split(text), 1))


@lru_cache(maxsize=8192)
def flat(text: str) -> str:
    """`text` with full-width letters, digits and spaces at half width; same length, for matching only."""
    # Looking for a wide letter is much quicker than putting every letter through the table.
    return text.translate(WIDTH) if WIDE.search(text) else text


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What two lines have in common when they say the same."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("\u200b", "").casefold()


def look(line: Line) -> Look:
    """Measure one line."""
    text = line.text.strip()
    level = flat(text)
    same = key(text)
    cjk = not text.isascii() and bool(CJK.search(text))
    stops = bool(STOP.search(text)) if cjk else bool(ENGLISH_STOP.search(level))
    inner = bool(INNER_STOP.search(text))
    sentence = (stops and len(same) >= 8) or (inner and len(same) >= 15) or (not cjk and len(same) > 140)
    if cjk and not sentence and len(same) >= 30 and CLAUSE.search(text) and POLITE.search(text):
        sentence = True
    indent = line.text[:1] in ("\u3000", " ", "\t") and bool(text)
    return Look(line, line.number, text, level, same, len(same), cjk, stops, sentence, indent)


def looks(lines: tuple[Line, ...]) -> tuple[Look, ...]:
    """Measure every line that is not blank."""
    return tuple(look(line) for line in lines if line.text.strip())

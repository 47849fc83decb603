"""What the extractors read: passages of an outline, folded for matching, with a way back to the words and lines.

Folding keeps the length, so a match in `folded` is the same slice of `text`; what is published is always `text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from yoroku.briefing.model import Lines, Span
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.outline import Outline
from yoroku.records import dataclass

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDE.update(
    {
        ord(a): b
        for a, b in (
            ("\u3000", " "),
            ("\xa0", " "),
            ("\t", " "),
            ("\n", " "),
            ("，", "、"),
            ("､", "、"),
            ("｡", "。"),
            ("〜", "~"),
            ("～", "~"),
            ("∼", "~"),
            ("〰", "~"),
            ("–", "-"),
            ("—", "-"),
            ("―", "-"),
            ("−", "-"),
            ("‐", "-"),
            ("‑", "-"),
            ("’", "'"),
            ("‘", "'"),
            ("･", "・"),
            ("｢", "「"),
            ("｣", "」"),
            ("〔", "("),
            ("〕", ")"),
        )
    }
)


_FOLDED = lazy(f"[{re.escape(''.join(map(chr, _WIDE)))}]")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """`text` with widths, dashes and blanks made one; the same length, for matching only."""
    # Looking for a letter of the table is much quicker than putting every letter through it.
    return text.translate(_WIDE) if _FOLDED.search(text) else text


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, a title or a line of matter. `place` says which; `part` counts documents from 0 (-1 before them)."""

    text: str
    folded: str
    span: Span
    place: str
    part: int = 0
    speaker: str = ""
    cells: tuple[str, ...] = ()
    quoted: bool = False

    @property
    def lines(self) -> Lines:
        """Where it stands, as every value writes it."""
        return (self.span,)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence: a slice of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as the bulletin has them."""
        return self.passage.text[self.start : self.end]

    @property
    def folded(self) -> str:
        """The same words, folded."""
        return self.passage.folded[self.start : self.end]

    @property
    def lines(self) -> Lines:
        """Where it stands."""
        return (self.passage.span,)


class Taken:
    """Which letters of a passage are taken: asking costs what the place is long, however much is taken."""

    __slots__ = ("_letters",)

    def __init__(self, size: int) -> None:
        self._letters = bytearray(size)

    def free(self, start: int, end: int) -> bool:
        """Whether no letter of the place is taken."""
        return self._letters.find(1, start, end) < 0

    def take(self, start: int, end: int) -> bool:
        """Take the place; False when a letter of it was taken before."""
        if self._letters.find(1, start, end) >= 0:
            return False
        self._letters[start:end] = b"\1" * (end - start)
        return True


PROSE = frozenset({"paragraph", "item", "turn", "remark"})


def passages(outline: Outline) -> tuple[Passage, ...]:
    """All that the outline kept, in the order of the bulletin, then what it dropped (place `dropped`)."""
    found: list[Passage] = []
    taken: set[int] = set()
    for block in outline.blocks:
        found.append(
            Passage(
                block.text,
                fold(block.text),
                block.span,
                block.kind,
                block.part,
                block.speaker,
                block.cells,
                block.quoted,
            )
        )
        taken.update(range(block.span.first, block.span.last + 1))
    title = _numbers(outline.title_lines)
    matter = {number: at for at, part in enumerate(outline.parts) for number in _numbers(part.matter)}
    dropped = _numbers(tuple(span for item in outline.dropped for span in item.lines))
    folded = _numbers(tuple(span for item in outline.folded for span in item.repeats))
    last: list[Passage] = []
    for line in outline.lines:
        number = line.number
        if not line.text.strip() or (number in taken and number not in title):
            continue
        span = Span(number, number)
        if number in title:
            if number not in taken:
                found.append(Passage(line.text, fold(line.text), span, "title", matter.get(number, 0)))
        elif number in matter:
            found.append(Passage(line.text, fold(line.text), span, "matter", matter[number]))
        elif number in dropped and number not in folded:
            last.append(Passage(line.text, fold(line.text), span, "dropped", -1))
    found.sort(key=lambda passage: (passage.span, passage.place != "title"))
    return (*found, *last)


def _numbers(lines: Lines) -> set[int]:
    return {number for span in lines for number in range(span.first, span.last + 1)}


_OPEN = {"「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "〈": "〉", "“": "”"}
_ENDS = frozenset("。！？!?")
_LATIN_END = lazy(r"[.!?]['\"”’)]*\s+(?=[\"“'(]?[A-Z0-9])")
_SHORT = lazy(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Brig|Rear|Vice|Lt|Col|Maj|Capt|Cmdr|Sgt|Adm|Gov|Sen|Rep|Hon|St|Jr|Sr|No|vs|Inc|Ltd|Co|Corp|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|e\.g|i\.e|approx|Art|Fig|Vol)|\b[A-Z])\.$"
)
_JAPANESE = lazy(r"[\u3040-\u30ff\u3400-\u9fff]")


@lru_cache(maxsize=4096)
def _cuts(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_trimmed(text, _japanese_cuts(text) if _JAPANESE.search(text) else _latin_cuts(text)))


def pieces(passage: Passage) -> tuple[Piece, ...]:
    """The sentences of a passage; a quotation in brackets stays whole inside its sentence."""
    return tuple(Piece(passage, start, end) for start, end in _cuts(passage.text))


_MARK = lazy(r"^[▽▼▲△・･●○◎■□◆◇▪•‣※*-][ 　]?(?=\S)")


def unmarked(text: str) -> str:
    """The words of a list item without its sign."""
    return _MARK.sub("", text)


def _trimmed(text: str, cuts: Iterator[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in (*cuts, len(text)):
        begin, end = start, cut
        while begin < end and text[begin].isspace():
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        if end > begin:
            yield begin, end
        start = cut


def _japanese_cuts(text: str) -> Iterator[int]:
    waiting: list[str] = []
    last = {char: text.rfind(close) for char, close in _OPEN.items()}
    for at, char in enumerate(text):
        if char in _OPEN and last[char] > at:
            waiting.append(_OPEN[char])
        elif waiting and char == waiting[-1]:
            waiting.pop()
        elif char in _ENDS and not waiting and (char not in "!?" or at + 1 == len(text) or text[at + 1] in " \u3000"):
            yield at + 1


def _latin_cuts(text: str) -> Iterator[int]:
    for found in _LATIN_END.finditer(text):
        if not _SHORT.search(text, max(0, found.start() - 12), found.start() + 1):
            yield found.end()


def spans(*found: Lines) -> Lines:
    """All lines of `found`, sorted, each once, touching runs joined."""
    joined: list[Span] = []
    for span in sorted({span for lines in found for span in lines}):
        if joined and span.first <= joined[-1].last + 1:
            joined[-1] = Span(joined[-1].first, max(span.last, joined[-1].last))
        else:
            joined.append(span)
    return tuple(joined)

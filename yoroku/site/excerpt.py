"""Quoting within a bound: what each source still allows, and a body cut down to what was quoted."""

from __future__ import annotations

from yoroku.briefing.model import Lines, Span
from yoroku.records import dataclass, field
from yoroku.site.blocks import Block
from yoroku.site.text import escaped, find, folded

ELLIPSIS = "…"


class Ledger:
    """How many characters of each source may still be quoted. A sentence quoted twice is paid for once."""

    def __init__(self, left: dict[int, int]) -> None:
        self._left = left
        self._known: set[tuple[int, str]] = set()
        self.paid: list[tuple[int, str, Lines]] = []

    def pay(self, source: int, text: str, lines: Lines) -> bool:
        """Take `text` out of what is left of `source`; False when it is more than that."""
        bare = folded(text)
        if any(owner == source and bare in known for owner, known in self._known):
            self.paid.append((source, text, lines))
            return True
        if len(text) > self._left.get(source, 0):
            return False
        self._left[source] -= len(text)
        self._known.add((source, bare))
        self.paid.append((source, text, lines))
        return True

    def bought(self, source: int, span: Span) -> tuple[str, ...]:
        """The texts quoted from those lines of `source`."""
        return tuple(
            text
            for owner, text, lines in self.paid
            if owner == source and any(item.first <= span.last and span.first <= item.last for item in lines)
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """What may be shown of one block: all of it, or these quotations."""

    whole: bool = False
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A body after the cut. `shown` is the visible text of each block, empty where nothing is left."""

    text: str
    shown: tuple[str, ...] = field(default=())
    withheld: bool = False


def cut_body(body: str, blocks: tuple[Block, ...], passages: tuple[Passage, ...]) -> Cut:
    """The body with every block cut to its passage. Line numbers stay, so messages still point to the file."""
    if all(passage.whole for passage in passages):
        return Cut(body, tuple([block.text for block in blocks]))
    rows = body.split("\n")
    shown: list[str] = []
    withheld = False
    after_gap = False
    for block, passage in zip(blocks, passages, strict=True):
        if passage.whole:
            shown.append(block.text)
            after_gap = False
            continue
        withheld = True
        text = quoted(block.text, passage.quotes)
        shown.append(text)
        mark = f" ^L{block.span}" if block.span and text else ""
        first = f"{block.prefix}{escaped(text)}{mark}" if text else ("" if after_gap else block.prefix + ELLIPSIS)
        rows[block.start : block.end] = [first, *[""] * (block.end - block.start - 1)]
        after_gap = not text
    return Cut("\n".join(rows), tuple(shown), withheld)


def quoted(whole: str, quotes: tuple[str, ...]) -> str:
    """The parts of `whole` that `quotes` name, in their order in the text, with ellipses for what is left out."""
    places = sorted(place for quote in quotes if (place := find(quote, whole)))
    merged: list[tuple[int, int]] = []
    for found, stop in places:
        # A quotation brings the brackets it stands in and the stop that ends it.
        start = found - (found > 0 and whole[found - 1] in "「『“")
        end = stop + (stop < len(whole) and whole[stop] in "」』”。")
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    if not merged:
        return ""
    parts = ELLIPSIS.join(whole[start:end].strip() for start, end in merged)
    return (ELLIPSIS if merged[0][0] > 0 else "") + parts + (ELLIPSIS if merged[-1][1] < len(whole) else "")

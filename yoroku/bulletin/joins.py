"""Blocks put together: lines that a width cut, rules of Markdown tables, documents quoted over many lines."""

from __future__ import annotations

from yoroku.briefing.model import Span
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.lines import Look
from yoroku.bulletin.outline import Block

PAIR = lazy(r"^[^。「」:：]{1,20}\s?[:：]\s?\S")
JOINABLE = ("paragraph", "turn", "item", "remark")
QUOTE_REACH = 200  # lines that a quoted document may run over


def wrap_width(looks: tuple[Look, ...]) -> int:
    """The width at which lines were broken by hand or by a PDF; 0 when they were not."""
    wide = any(look.cjk and look.sentence for look in looks)
    open_lines = [
        look
        for look in looks
        if not look.stops and look.size >= 18 and not look.line.hint and not PAIR.match(look.flat) and look.cjk == wide
    ]
    if len(open_lines) < 4:
        return 0
    sizes = sorted(columns(look) for look in open_lines)
    width = sizes[-1 - len(sizes) // 10]
    full = sum(1 for size in sizes if size >= width * 0.86)
    return (
        width
        if width <= 160
        and full >= max(4, len(sizes) * 0.6)
        and max(columns(look) for look in looks) <= width * 1.15 + 4
        else 0
    )


def columns(look: Look) -> int:
    """How wide a line is on a page of fixed letters: two columns for a Japanese character."""
    return sum(2 if char > "\u02ff" and not "\uff61" <= char <= "\uff9f" else 1 for char in look.text)


def joined(blocks: list[Block], looks: tuple[Look, ...], *, width: int, gone: frozenset[int]) -> list[Block]:
    """Paragraphs that a line break cut are put together again; a Markdown table's rule joins its head.

    `width` is that of broken lines, 0 if none were; line numbers in `gone` were removed and part what they part.
    """
    found: list[Block] = []
    places = {look.number: look for look in looks}
    for block in blocks:
        before = found[-1] if found else None
        if before is None or any(number in gone for number in range(before.span.last + 1, block.span.first)):
            found.append(block)
        elif block.kind == "row" and block.cells == ("",) and before.kind == "row":
            found[-1] = _with(before, text=before.text, last=block.span.last)
        elif width and _continues(before, block, places, width):
            last, first = places[before.span.last], places[block.span.first]
            gap = "" if last.cjk and first.cjk else " "
            text = f"{before.text}{gap}{block.text}"
            found[-1] = _with(before, text=text, last=block.span.last, links=before.links + block.links)
        else:
            found.append(block)
    return found


def _continues(before: Block, block: Block, places: dict[int, Look], width: int) -> bool:
    if block.kind not in ("paragraph", "turn") or block.marker or before.kind not in JOINABLE:
        return False
    last, first = places[before.span.last], places[block.span.first]
    cut = not last.stops and columns(last) >= width * 0.8 and first.number == last.number + 1 and not first.indent
    return cut and (block.kind != "turn" or before.kind == "turn")


def _with(block: Block, *, text: str, last: int, links: tuple[tuple[str, str], ...] | None = None) -> Block:
    span = Span(block.span.first, last)
    kept = block.links if links is None else links
    return Block(
        block.kind, text, span, block.level, block.marker, block.speaker, block.cells, block.part, block.quoted, kept
    )


def quoted(blocks: list[Block], looks: tuple[Look, ...]) -> tuple[Block, ...]:
    """A document quoted whole, from a line that opens 「 to the one that closes it: its blocks are marked."""
    inside: set[int] = set()
    for at, look in enumerate(looks):
        if look.number in inside or look.text[:1] not in "「『“":
            continue
        opening = look.text[0]
        closing = {"「": "」", "『": "』", "“": "”"}[opening]
        depth = 0
        for end in range(at, min(len(looks), at + QUOTE_REACH)):
            depth += looks[end].text.count(opening) - looks[end].text.count(closing)
            if depth <= 0:
                if end > at and looks[end].text.endswith((closing, f"{closing}。")) and depth == 0:
                    inside.update(look.number for look in looks[at : end + 1])
                break
    if not inside:
        return tuple(blocks)
    return tuple(
        Block(
            b.kind,
            b.text,
            b.span,
            b.level,
            b.marker,
            b.speaker,
            b.cells,
            b.part,
            quoted=b.quoted or b.span.first in inside,
            links=b.links,
        )
        for b in blocks
    )

"""The blocks of a briefing's body: which stretch of Markdown came from which bulletin lines.

Only what rights and the source view need is read here: where a block starts and ends, its line mark, its plain text.
How a block looks is the Markdown engine's business.
"""

from __future__ import annotations

import re
from typing import Literal

from yoroku.briefing.model import Span
from yoroku.records import dataclass

BlockKind = Literal["heading", "item", "quote", "paragraph", "code"]

# An escaped mark (`\^L1`) is text: the backslash keeps this from matching.
_MARK = re.compile(r"(?:^|[ \t])\^L(\d{1,7})(?:-(\d{1,7}))?[ \t]*$")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}(?:[ \t]+|$)")
_FENCE = re.compile(r"^[ \t]{0,3}(`{3,}|~{3,})")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]*)>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# How a line begins whose beginning is more than text. Most lines do not, and need none of the patterns above.
_BEGINS = re.compile(r"[ \t>\-*+#`~\d]").match


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body. `start` and `end` are its body lines, from 0, `end` excluded; `span` its bulletin lines.

    `prefix` is what has to stand before its text to keep the block what it is (`> `, `- `).
    """

    kind: BlockKind
    start: int
    end: int
    span: Span | None
    prefix: str
    text: str


def plain(markdown: str) -> str:
    """The text of a block without its markers, escapes and link targets, on one line."""
    rows = [_bare(row) for row in markdown.split("\n")]
    return _unmarked(rows[0] if len(rows) == 1 else join_lines(rows))


def _bare(row: str) -> str:
    """One line without what begins and what ends it."""
    bare = row
    if _BEGINS(row):
        bare = _QUOTE.sub("", row)
        bare = _HEADING.sub("", bare) if _HEADING.match(bare) else _ITEM.sub("", bare)
    mark = _mark(bare)
    return _stripped(bare[: mark.start()] if mark else bare)


def _stripped(text: str) -> str:
    # A backslash at the end of a line is a hard break.
    return text.removesuffix("\\").strip()


def _unmarked(text: str) -> str:
    """Text without links' targets and escapes."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _mark(bare: str) -> re.Match[str] | None:
    """The line mark that ends a line."""
    at = bare.rfind("^L")
    return _MARK.search(bare, max(0, at - 1)) if at >= 0 else None


def join_lines(rows: list[str]) -> str:
    """Lines as one: a space only between two words written with spaces, none inside Japanese."""
    text = ""
    for row in rows:
        gap = " " if text and row and text[-1].isascii() and row[0].isascii() else ""
        text += gap + row
    return text


def split(body: str) -> tuple[Block, ...]:
    """The blocks of `body` in order. Blank lines belong to no block, except inside a fence."""
    found: list[Block] = []
    rows = body.split("\n")
    start: int | None = None
    fence = ""

    def close(end: int) -> None:
        nonlocal start
        if start is not None:
            found.append(_block(rows[start:end], start, end))
        start = None

    for at, row in enumerate(rows):
        begins = _BEGINS(row)
        quote = _QUOTE.match(row) if begins else None
        bare = row[quote.end() :] if quote else row
        if fence:
            if bare.strip().startswith(fence) and not bare.strip().strip(fence[0]):
                fence = ""
                close(at + 1)
            continue
        if not bare or bare.isspace():
            close(at)
            continue
        mark = _mark(bare)
        if opening := _FENCE.match(bare) if begins else None:
            close(at)
            start, fence = at, opening.group(1)
        elif mark and not bare[: mark.start()].strip():
            # A mark alone on its line belongs to the block above: a table, a fence.
            if start is not None:
                close(at + 1)
            elif found and found[-1].span is None:
                found[-1] = _marked(found[-1], mark, at + 1)
        else:
            heads = begins and _HEADING.match(bare)
            if start is not None and (heads or (begins and _ITEM.match(bare))):
                close(at)
            if mark and start is None:
                found.append(_line(row, bare, mark, at))
                continue
            start = at if start is None else start
            if mark or heads:
                close(at + 1)
    close(len(rows))
    return tuple(found)


def _span(mark: re.Match[str]) -> Span:
    first, last = mark.groups()
    number = int(first)
    return Span(number, max(number, int(last)) if last else number)


def _marked(block: Block, mark: re.Match[str], end: int) -> Block:
    return Block(block.kind, block.start, end, _span(mark), block.prefix, block.text)


def _line(row: str, bare: str, mark: re.Match[str], at: int) -> Block:
    """A block of one line that ends with its mark, as most do. `bare` is the line without its quote's signs."""
    kind: BlockKind = "paragraph"
    prefix, begin = row[: len(row) - len(bare)], 0
    if found := _HEADING.match(bare) or _ITEM.match(bare):
        begin = found.end()
        kind = "heading" if "#" in found[0] else "item"
        prefix += "" if kind == "heading" else found[0]
    elif prefix:
        kind = "quote"
    text = _unmarked(_stripped(bare[begin : mark.start()]))
    return Block(kind, at, at + 1, _span(mark), prefix, text)


def _block(rows: list[str], start: int, end: int) -> Block:
    head = rows[0]
    kind: BlockKind = "paragraph"
    prefix = ""
    if _BEGINS(head):
        prefix = match.group() if (match := _QUOTE.match(head)) else ""
        bare = head[len(prefix) :]
        if _FENCE.match(bare):
            return Block("code", start, end, None, prefix, "\n".join(rows[1:-1]))
        item = match.group() if (match := _ITEM.match(bare)) else ""
        kind = "heading" if _HEADING.match(bare) else "item" if item else "quote" if prefix else "paragraph"
        prefix += item
    mark = _mark(rows[-1])
    return Block(kind, start, end, _span(mark) if mark else None, prefix, plain("\n".join(rows)))

"""The blocks of a briefing's body: which stretch of Markdown came from which bulletin lines.

Only what rights and the source view need is read here: where a block starts and ends, its line mark, its plain text.
How a block looks is the Markdown engine's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from yoroku.briefing.model import Span

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
    rows = []
    for row in markdown.split("\n"):
        bare = _QUOTE.sub("", row)
        bare = _HEADING.sub("", bare) if _HEADING.match(bare) else _ITEM.sub("", bare)
        # A backslash at the end of a line is a hard break.
        rows.append(_MARK.sub("", bare).removesuffix("\\").strip())
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", join_lines(rows)))
    return _ESCAPE.sub(r"\1", text)


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
        bare = _QUOTE.sub("", row)
        if fence:
            if bare.strip().startswith(fence) and not bare.strip().strip(fence[0]):
                fence = ""
                close(at + 1)
            continue
        mark = _MARK.search(bare)
        if not bare.strip():
            close(at)
        elif opening := _FENCE.match(bare):
            close(at)
            start, fence = at, opening.group(1)
        elif mark and not bare[: mark.start()].strip():
            # A mark alone on its line belongs to the block above: a table, a fence.
            if start is not None:
                close(at + 1)
            elif found and found[-1].span is None:
                found[-1] = _marked(found[-1], mark, at + 1)
        else:
            if start is not None and (_ITEM.match(bare) or _HEADING.match(bare)):
                close(at)
            start = at if start is None else start
            if mark or _HEADING.match(bare):
                close(at + 1)
    close(len(rows))
    return tuple(found)


def _span(mark: re.Match[str]) -> Span:
    first = int(mark.group(1))
    return Span(first, max(first, int(mark.group(2) or first)))


def _marked(block: Block, mark: re.Match[str], end: int) -> Block:
    return Block(block.kind, block.start, end, _span(mark), block.prefix, block.text)


def _block(rows: list[str], start: int, end: int) -> Block:
    head = rows[0]
    quote = match.group() if (match := _QUOTE.match(head)) else ""
    bare = head[len(quote) :]
    item = match.group() if (match := _ITEM.match(bare)) else ""
    mark = _MARK.search(rows[-1])
    kind: BlockKind = "paragraph"
    if _FENCE.match(bare):
        return Block("code", start, end, None, quote, "\n".join(rows[1:-1]))
    if _HEADING.match(bare):
        kind = "heading"
    elif item:
        kind = "item"
    elif quote:
        kind = "quote"
    return Block(kind, start, end, _span(mark) if mark else None, quote + item, plain("\n".join(rows)))

"""An outline's blocks as the Markdown of a briefing's body.

The page shows the bulletin's own characters: whatever could act as markup is escaped, what the outline understood
(headings, lists, tables, turns, quoted documents) is marked up, and every block ends with its line mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from yoroku.briefing.model import Span
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.lines import URL
from yoroku.bulletin.outline import Block, Outline, Part

SPECIAL = lazy(r"[\\`*_\[\]<>&~{}|^$]")
# What would begin a block if it stood first: heading, quote, list, rule, fence, definition, number.
OPENING = lazy(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]{2,}|:(?=\s|:)|!(?=\[)|@(?=\w)|\+{3})")
NUMBERED = lazy(r"(\d{1,9})([.)])(?=\s|$)")
SPACES = lazy(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
ORDINAL = lazy(r"(?P<number>[\d０-９]{1,3})[.．、)）]\s*")
PLAIN = frozenset("・･▽▷•‣◦∙⁃●○■◆▼□▪-‐–−*+·")  # signs that a list's own bullet replaces
FULL = str.maketrans("０１２３４５６７８９", "0123456789")


def write(outline: Outline) -> str:
    """The body of the briefing, ending with a line feed."""
    chunks: list[str] = []
    part = 0
    blocks = outline.blocks
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.part != part:
            part = block.part
            chunks.extend(_heading_of(outline.parts[part]))
        end = at + 1
        if block.kind in ("row", "item"):
            while end < len(blocks) and blocks[end].kind == block.kind and _alike(block, blocks[end]):
                end += 1
        chunk = _chunk(blocks[at:end])
        # A quoted document's headings stand outside its block quote: they structure the page.
        quoted = block.quoted and block.kind != "heading"
        chunks.append("\n".join(f"> {row}".rstrip() for row in chunk.split("\n")) if quoted else chunk)
        at = end
    return _spaced(chunks, blocks) if chunks else ""


def _spaced(chunks: list[str], blocks: tuple[Block, ...]) -> str:
    """Chunks with blank lines between; pieces of one quoted document stay one block quote."""
    parts: list[str] = []
    for chunk in chunks:
        if parts:
            quoted = chunk.startswith("> ") and parts[-1].rsplit("\n", 1)[-1].startswith(">")
            parts.append("\n>\n" if quoted else "\n\n")
        if parts or chunk:
            parts.append(chunk)
    return "".join(parts) + "\n" if blocks else "".join(parts)


def _heading_of(part: Part) -> Iterator[str]:
    """A document's own title, over its text."""
    if part.title and part.matter:
        yield f"## {escape(part.title)}{_mark(part.matter[0])}"


def _alike(first: Block, other: Block) -> bool:
    if (first.part, first.quoted) != (other.part, other.quoted):
        return False
    return first.kind != "row" or (len(first.cells) == len(other.cells) and other.level == 0)


def _chunk(blocks: tuple[Block, ...]) -> str:
    block = blocks[0]
    if block.kind == "row":
        return _table(blocks)
    if block.kind == "item":
        return "\n".join(_item(one) for one in blocks)
    if block.kind == "heading":
        return f"{'#' * block.level} {escape(block.text)}{_mark(block.span)}"
    if block.kind == "turn" and block.marker:
        said = block.text[len(block.marker) :].strip() if block.text.startswith(block.marker) else block.text
        gap = " " if said else ""
        return f"**{escape(block.marker)}**{gap}{_linked(said, block)}{_mark(block.span)}"
    return f"{_linked(block.text, block, first=True)}{_mark(block.span)}"


def _item(block: Block) -> str:
    text = block.text
    ordinal = ORDINAL.match(text)
    indent = "  " * max(0, block.level - 1)
    if ordinal and block.marker and ordinal.group("number") in block.marker:
        number = ordinal.group("number").translate(FULL)
        return f"{indent}{number}. {_linked(text[ordinal.end() :], block, first=True)}{_mark(block.span)}"
    if block.marker in PLAIN and text.startswith(block.marker):
        text = text[len(block.marker) :].strip() or text
    return f"{indent}- {_linked(text, block, first=True)}{_mark(block.span)}"


def _table(rows: tuple[Block, ...]) -> str:
    """A Markdown table. Without a head of its own the first row stands as the head: Markdown knows no other table."""
    width = max(len(row.cells) for row in rows)
    span = Span(rows[0].span.first, rows[-1].span.last)
    if width < 2:
        return f"{escape(' '.join(cell for row in rows for cell in row.cells))}{_mark(span)}"
    lines = [_row(rows[0].cells, width), "|" + " --- |" * width, *(_row(row.cells, width) for row in rows[1:])]
    return "\n".join((*lines, "", f"^L{span}"))


def _row(cells: tuple[str, ...], width: int) -> str:
    padded = (*cells, *("" for _ in range(width - len(cells))))
    return "| " + " | ".join(escape(cell) for cell in padded) + " |"


def _linked(text: str, block: Block, *, first: bool = False) -> str:
    """A block's text escaped, with the links that the page had in it."""
    out, at = "", 0
    for words, href in block.links:
        found = text.find(words, at)
        if found < 0 or not words:
            continue
        out += escape(text[at:found], first=first and not out) + f"[{escape(words)}]({_address(href)})"
        at = found + len(words)
    return out + escape(text[at:], first=first and not out)


def _address(url: str) -> str:
    """An address between round brackets: what would end it is percent-encoded."""
    return "".join(f"%{ord(char):02X}" if char in "()<>\\ \"'`" or char < "!" else char for char in url)


def escape(text: str, *, first: bool = True) -> str:
    """Markdown that shows exactly `text`, on one line; addresses stay as they are. `first`: it begins a block."""
    flat = SPACES.sub(" ", text).strip(" ") if first else SPACES.sub(" ", text)
    out, at = "", 0
    for match in URL.finditer(flat) if "://" in flat else ():
        url = match.group()
        if SPECIAL.search(url):
            continue
        out += SPECIAL.sub(r"\\\g<0>", flat[at : match.start()]) + url
        at = match.end()
    out += SPECIAL.sub(r"\\\g<0>", flat[at:])
    if not first:
        return out
    if OPENING.match(out):
        return "\\" + out
    return NUMBERED.sub(r"\1\\\2", out, count=1) if NUMBERED.match(out) else out


def _mark(span: Span) -> str:
    return f" ^L{span}"

"""Line marks and block ids: ` ^L12-14` or ` ^name` at the end of a block becomes an id on its element.

A line mark tells from which lines of the bulletin a block came; both look like Obsidian's block ids, which
Obsidian hides. A paragraph that is nothing but a mark belongs to the table, list, quote or code before it.
"""

from __future__ import annotations

import re

from markdown_it.token import Token

from yoroku.records import dataclass

_MARK = re.compile(r"\^(?:L([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?|([A-Za-z0-9-]{1,64}))\Z")
_CONTAINERS = frozenset({"list_item_open", "dd_open"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: the id it gives and, for a line mark, the lines as `12` or `12-14`."""

    id: str
    lines: str


def read_mark(content: str) -> tuple[str, Mark] | None:
    """Split a block's text into the text before its mark and the mark; None when there is none."""
    at = content.rfind("^")
    if at < 0 or (at and content[at - 1] not in " \t\n"):
        return None
    found = _MARK.match(content, at)
    if found is None:
        return None
    first, last, name = found.groups()
    if name:
        mark = Mark("^" + name, "")
    else:
        mark = Mark("L" + first, f"{first}-{last}" if last and last != first else first)
    return content[:at].rstrip(" \t\n"), mark


def take_marks(tokens: list[Token]) -> list[Token]:
    """Move the marks from the text of blocks to `meta["mark"]` of the tokens that open them."""
    emptied: set[int] = set()
    for at, token in enumerate(tokens):
        if "^" not in token.content or token.type not in ("inline", "prose", "item"):
            continue
        taken = read_mark(token.content)
        if taken is None:
            continue
        text, mark = taken
        if text:
            owner = _owner(tokens, at) if token.type == "inline" else token
        else:
            first, last = (at, at) if token.type == "prose" else (at - 1, at + 1)
            alone = token.type == "prose" or (tokens[first].type == "paragraph_open" and not tokens[first].hidden)
            before = _sibling(tokens, first - 1) if alone else None
            if before is None:
                continue
            owner = before
            emptied.update(range(first, last + 1))
        token.content = text
        owner.meta = {**owner.meta, "mark": owner.meta.get("mark", mark)}
    return [token for at, token in enumerate(tokens) if at not in emptied] if emptied else tokens


def _owner(tokens: list[Token], at: int) -> Token:
    """The token whose element gets the mark of the inline token at `at`."""
    opening = tokens[at - 1]
    if opening.type == "paragraph_open":
        if tokens[at - 2].type in _CONTAINERS and at >= 2:
            return tokens[at - 2]
        # The paragraph of a tight list has no element of its own: its text is wrapped instead.
        return tokens[at] if opening.hidden else opening
    if opening.type in ("th_open", "td_open"):
        return next(tokens[row] for row in range(at, -1, -1) if tokens[row].type == "tr_open")
    if opening.type == "callout_title_open":
        return tokens[at - 2]
    return opening


def _sibling(tokens: list[Token], at: int) -> Token | None:
    """The token that opens the block which ends at `at`."""
    if at < 0:
        return None
    end = tokens[at]
    if end.nesting == 0:
        return end if end.type in ("fence", "code_block", "prose") else None
    if end.nesting == 1:
        return None
    depth = 0
    for back in range(at, -1, -1):
        depth += tokens[back].nesting
        if depth == 0:
            return tokens[back]
    return None

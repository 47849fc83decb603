"""Obsidian's callouts: a block quote that begins with `[!type]`, `[!type]-` (folded) or `[!type]+` (open)."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from yoroku.records import dataclass

_MARKER = re.compile(r"\[!([^\[\]\n]{1,40}+)\]([+-]?)(?:[ \t]+(.*))?\Z")

# Obsidian's types and their other names; GitHub's five alerts are among them.
TYPES: Final = {
    **dict.fromkeys(("note",), "note"),
    **dict.fromkeys(("abstract", "summary", "tldr"), "abstract"),
    **dict.fromkeys(("info",), "info"),
    **dict.fromkeys(("todo",), "todo"),
    **dict.fromkeys(("tip", "hint"), "tip"),
    **dict.fromkeys(("important",), "important"),
    **dict.fromkeys(("success", "check", "done"), "success"),
    **dict.fromkeys(("question", "help", "faq"), "question"),
    **dict.fromkeys(("warning", "attention"), "warning"),
    **dict.fromkeys(("caution",), "caution"),
    **dict.fromkeys(("failure", "fail", "missing"), "failure"),
    **dict.fromkeys(("danger", "error"), "danger"),
    **dict.fromkeys(("bug",), "bug"),
    **dict.fromkeys(("example",), "example"),
    **dict.fromkeys(("quote", "cite"), "quote"),
}


@dataclass(frozen=True, slots=True)
class Callout:
    """The marker of a callout. `kind` is one of the values of TYPES, `written` what the writer typed."""

    kind: str
    written: str
    fold: str
    title: str

    @property
    def tag(self) -> str:
        """The element: one that folds is a `details`."""
        return "details" if self.fold else "aside"


def callout_title(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Block rule: the first line of a block quote is the callout's title, whatever follows it."""
    if silent or not state.tokens or state.tokens[-1].type != "blockquote_open" or state.is_code_block(start_line):
        return False
    begin = state.bMarks[start_line] + state.tShift[start_line]
    found = _MARKER.match(state.src[begin : state.eMarks[start_line]].rstrip(" \t"))
    if found is None:
        return False
    written = found[1].strip()
    kind = TYPES.get(written.lower(), "note")
    callout = Callout(kind, written, found[2], (found[3] or "").strip(" \t"))
    state.line = start_line + 1
    quote = state.tokens[-1]
    quote.type, quote.tag = "callout_open", callout.tag
    quote.meta = {"callout": callout}
    state.push("callout_title_open", "p", 1).map = [start_line, state.line]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = callout.title, [start_line, state.line], []
    state.push("callout_title_close", "p", -1).meta = {"callout": callout}
    return True


def close_callouts(tokens: list[Token]) -> None:
    """Give each callout's closing token the type of its opening one."""
    open_quotes: list[Token] = []
    for token in tokens:
        if token.type in ("blockquote_open", "callout_open"):
            open_quotes.append(token)
        elif token.type == "blockquote_close" and open_quotes:
            opening = open_quotes.pop()
            if opening.type == "callout_open":
                token.type, token.tag, token.meta = "callout_close", opening.tag, opening.meta

"""Plain text of inline tokens, and anchors of headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from markdown_it.token import Token

# What GitHub keeps in an anchor: letters, marks, numbers, connectors, hyphens and spaces.
_DROPPED = re.compile(r"[^\w\s\-\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LINE_MARK = re.compile(r"\^(L[1-9][0-9]*)(?:-[0-9]+)?\Z")
_SPACES = re.compile(r"\s+")


def slug(text: str) -> str:
    """The anchor of a heading as GitHub makes it: `第1章 防衛（案）` → `第1章-防衛案`. It never begins with `^`."""
    kept = _DROPPED.sub("", unicodedata.normalize("NFC", text).strip().lower())
    return _SPACES.sub("-", kept.strip()) or "section"


def anchor(heading: str) -> str:
    """The id that `[[page#heading]]` means on another page: a heading's anchor, or a mark's id (`^L12-14` → `L12`)."""
    if not heading.startswith("^"):
        return slug(heading)
    line = _LINE_MARK.match(heading)
    return line[1] if line else heading


class Anchors:
    """The ids given out in one document."""

    def __init__(self, taken: frozenset[str]) -> None:
        self._taken = set(taken)
        self._count: dict[str, int] = {}

    def heading(self, text: str) -> str:
        """A new id for a heading: its slug, with a number when there is one already."""
        base = anchor = slug(text)
        while anchor in self._taken:
            self._count[base] = self._count.get(base, 0) + 1
            anchor = f"{base}-{self._count[base]}"
        self._taken.add(anchor)
        return anchor

    def claim(self, anchor: str) -> bool:
        """Take an id as it is; False when it is taken."""
        if anchor in self._taken:
            return False
        self._taken.add(anchor)
        return True

    def __contains__(self, anchor: str) -> bool:
        return anchor in self._taken


def folded(text: str) -> str:
    """A heading's text as `[[#heading]]` compares it: width, case and runs of spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def first_char(children: Sequence[Token], start: int) -> str:
    """The first character shown from `start` on; empty at a break, an image or the end."""
    for at in range(start, len(children)):
        token = children[at]
        if token.type in ("text", "text_special", "code_inline", "ruby", "wikilink"):
            shown = token.meta.get("shown", token.content)
            if shown:
                return str(shown[0])
        elif token.type in ("softbreak", "hardbreak", "image"):
            break
    return ""

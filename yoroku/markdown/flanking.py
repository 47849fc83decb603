"""Emphasis next to Japanese brackets: `これは**「反撃能力」**の`.

CommonMark lets a run of `*` open only where no letter stands before punctuation, which presumes spaces between words.
Here a run with a CJK character on either side may also open or close, in the direction in which the punctuation
beside it faces. Nothing that CommonMark allows is taken away, and without CJK beside the run nothing differs.
"""

from __future__ import annotations

import re
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

from yoroku.markdown.chars import CJK, STOPS, VARIATION_SELECTORS, closes, opens

# Deeper than any writer goes. A block below MAX_NESTING would be dropped; brackets are nested less deeply, as in
# markdown-it, because each level is tried anew.
MAX_NESTING: Final = 60
_INLINE_NESTING: Final = 20

_BRACKET = re.compile(r"[\[\]]")
# What can hide a bracket from the count: escapes, code, autolinks, ruby, destinations.
_HIDING = re.compile(r"[\\`<{]|\]\(")


class InlineState(StateInline):
    """markdown-it's inline state, with delimiter runs that know CJK and brackets that know whether they are closed."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.level = MAX_NESTING - _INLINE_NESTING
        self._unclosed: frozenset[int] | None = None

    def may_close(self, bracket: int) -> bool:
        """Whether the `[` can have a `]` of its own. Saying no at once keeps long runs of brackets cheap."""
        if self._unclosed is None:
            opened: list[int] = []
            for found in () if _HIDING.search(self.src) else _BRACKET.finditer(self.src):
                if found[0] == "[":
                    opened.append(found.start())
                elif opened:
                    opened.pop()
            self._unclosed = frozenset(opened)
        return bracket not in self._unclosed and self.html_terminator_last("]") > bracket

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it's own names
        """Scan a run of `*`, `_` or `~`; see the module."""
        plain = super().scanDelims(start, canSplitWord)
        if not canSplitWord or (plain.can_open and plain.can_close):
            return plain
        src, end = self.src, start + plain.length
        before = src[start - 1] if start else " "
        if start > 1 and VARIATION_SELECTORS.match(before):
            before = src[start - 2]
        after = src[end] if end < self.posMax else " "
        if not CJK.match(before) and not CJK.match(after):
            return plain
        can_open = plain.can_open or self._may_open(start, end, after)
        can_close = plain.can_close or self._may_close(start, end, before)
        return Scanned(can_open, can_close, plain.length)

    def _may_open(self, start: int, end: int, after: str) -> bool:
        if isWhiteSpace(ord(after)):
            return False
        if end - start == 1:
            # A single * before a stop is more often a mark of its own (会員*、非会員*) than the start of emphasis.
            return not closes(after) and after not in STOPS
        # Emphasis that begins with a closing bracket: only where no run before it could be meant.
        return not closes(after) or self.src.find(self.src[start:end], 0, start) < 0

    def _may_close(self, start: int, end: int, before: str) -> bool:
        if isWhiteSpace(ord(before)):
            return False
        # Emphasis that ends with an opening bracket: only where no run after it could be meant.
        return not opens(before) or (end - start > 1 and self.src.find(self.src[start:end], end) < 0)

"""Emphasis next to Japanese brackets: `これは**「反撃能力」**の`.

CommonMark lets a run of `*` open only where no letter stands before punctuation, which presumes spaces between words.
Here a run with a CJK character on either side may also open or close, in the direction in which the punctuation
beside it faces. Nothing that CommonMark allows is taken away, and without CJK beside the run nothing differs.
"""

from __future__ import annotations

from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline.state_inline import Scanned, StateInline

from yoroku.markdown.chars import CJK, STOPS, VARIATION_SELECTORS, closes, opens


class InlineState(StateInline):
    """markdown-it's inline state with delimiter runs that know CJK."""

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
        # A single * before a stop is more often a mark of its own (会員*、非会員*) than the start of emphasis.
        can_open = plain.can_open or not (
            isWhiteSpace(ord(after)) or closes(after) or (plain.length == 1 and after in STOPS)
        )
        can_close = plain.can_close or not (isWhiteSpace(ord(before)) or opens(before))
        return Scanned(can_open, can_close, plain.length)

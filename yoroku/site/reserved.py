"""Ids that the templates write themselves."""

from __future__ import annotations

# Every id that the templates write: a heading of a briefing never takes one of them.
_IDS = (
    "main end nav theme sd q search-strings cite cite-done cite-text undated facts points statements compare text "
    "sources notes before-after entities history unchecked references f1 f2 f3 f4 b-h ba-h c-h cmp-h e-h facts-h h-h "
    "legend-h linked-h list-h lists-h more-h new-h note-h notes-h o-h often-h points-h r-h recent-h s-h src-h st-h "
    "text-h top-h un-h v-h"
)
RESERVED = frozenset(_IDS.split())

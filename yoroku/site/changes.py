"""When a briefing last changed: by its own dates, or by a correction or an update of the editors."""

from __future__ import annotations

from collections.abc import Iterable

from yoroku.fields import Moment
from yoroku.records import replace
from yoroku.site.dates import day_of
from yoroku.site.values import NoteCard, Summary

# Other notes add to a briefing; these change what it says.
_CHANGING = ("correction", "update")


def latest_change(cards: Iterable[NoteCard]) -> Moment | None:
    """The day or time of the latest correction or update among `cards`."""
    found = [card.updated or card.date for card in cards if card.kind in _CHANGING]
    return max((moment for moment in found if moment), key=day_of, default=None)


def as_changed(summary: Summary, cards: Iterable[NoteCard]) -> Summary:
    """`summary`, updated when the latest of its notes changed it. `cards` are notes on this briefing."""
    latest, known = latest_change(cards), summary.updated or summary.published
    newer = latest is not None and (known is None or day_of(latest) > day_of(known))
    return replace(summary, updated=latest) if newer else summary

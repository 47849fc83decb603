"""The moments at which a document appears or disappears by the clock alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from datetime import time as clock

from yoroku.briefing.model import State
from yoroku.site.rights import Visibility


def why_withheld(why: Visibility, state: State, zone: tzinfo) -> str:
    """Why a document is not shown and until when: "scheduled until 2030-01-01 09:00 +09:00"."""
    word, moment = {
        "scheduled": ("until", state.publish_at),
        "embargoed": ("until", state.embargo_until),
        "expired": ("since", state.expires_at),
    }.get(why, ("", None))
    if isinstance(moment, datetime):
        at = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return f"{why} {word} {at:%Y-%m-%d %H:%M} {at.isoformat()[-6:]}"
    return f"{why} {word} {moment}" if moment else why


def changes(state: State, zone: tzinfo) -> Iterator[float]:
    """The seconds at which a document's state changes by itself."""
    for moment in (state.publish_at, state.expires_at, state.embargo_until):
        if isinstance(moment, datetime):
            yield moment.timestamp()
        elif isinstance(moment, date):
            yield datetime.combine(moment, clock(), zone).timestamp()

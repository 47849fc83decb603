"""What the times of an event must be: in a zone that exists, and not ending before they begin."""

from __future__ import annotations

from datetime import datetime

from yoroku.briefing.model import Event
from yoroku.fields import Moment, Reading, Text, stamp
from yoroku.records import dataclass
from yoroku.remedies import is_zone, meant_zone
from yoroku.yaml_nodes import Node, Table


@dataclass(frozen=True, slots=True)
class Zone(Text):
    """An IANA name such as Asia/Tokyo, or an offset such as +09:00."""

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        """The name as it is written."""
        name = Text.read(self, node, key, reading)
        if name is not None and not is_zone(name):
            reading.problem(node, "unknown-zone", f"{key} '{name}' is not known", meant_zone(name))
            return None
        return name


def not_backwards(event: Event, node: Table, reading: Reading) -> None:
    """Note an end that lies before the beginning; of days alone only the days are compared."""
    start, end = event.start, event.end
    if start is None or end is None or not _before(end, start):
        return
    at = node.get("end") or node
    reading.problem(
        at, "wrong-end", f"it ends on {stamp(end)}, before it begins on {stamp(start)}", "correct one of them"
    )


def _before(one: Moment, other: Moment) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return (one.date() if isinstance(one, datetime) else one) < (other.date() if isinstance(other, datetime) else other)

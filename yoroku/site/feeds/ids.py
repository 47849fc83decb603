"""Names and times that machines rely on: ids that never change, moments with a zone, links out of a feed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, tzinfo
from uuid import UUID, uuid5

from yoroku.config import Settings
from yoroku.fields import Moment
from yoroku.site.urls import absolute, relative

_SPACE = UUID("6d3f4c1e-7a52-4f0e-9a6b-2f1d0c8be5a7")
# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def uid(settings: Settings, path: str) -> str:
    """The permanent id of something by its site path: no public address, no title and no clock is in it."""
    return str(uuid5(_SPACE, f"{settings.site_id}\n{path}"))


def urn(settings: Settings, path: str) -> str:
    """The same as a URN."""
    return f"urn:uuid:{uid(settings, path)}"


def instant(moment: Moment, zone: tzinfo) -> datetime:
    """A moment as a point in time; a day is its first second in `zone`."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone)


def rfc3339(moment: Moment | None, zone: tzinfo) -> str:
    """``2023-01-12T16:00:00-05:00``; empty for nothing."""
    if moment is None:
        return ""
    at = instant(moment, zone)
    offset = at.utcoffset()
    # Offsets of early years have seconds, which RFC 3339 cannot write.
    if offset is None or offset.total_seconds() % 60:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def newest(*moments: Moment | None, zone: tzinfo) -> Moment | None:
    """The latest of those that are known."""
    return max((moment for moment in moments if moment is not None), key=lambda m: instant(m, zone), default=None)


def link(target: str, *, base_url: str, of: str) -> str:
    """A site path as the output at `of` names it: absolute where the public address is known, else relative."""
    return absolute(target, base_url) if base_url else relative(target, of)


def xml(text: str) -> str:
    """`text` for an XML element or a quoted attribute."""
    bare = _FORBIDDEN.sub("", text)
    return bare.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

"""How a new briefing is named: the permanent last part of its address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePosixPath

from yoroku.briefing.addresses import wrong_with
from yoroku.briefing.model import Briefing
from yoroku.build.merges import BRIEFINGS

STDIN = "-"


def slug_of(briefing: Briefing, name: str, data: bytes) -> str:
    """The permanent last part of the address: ASCII, dated, from the bulletin's name where that is ASCII too.

    Nothing is romanised: names would come out wrong (防衛省 is not 'boueishou' to every reader).
    """
    start = briefing.events[0].start if briefing.events else None
    day = start or briefing.date
    stem = PurePosixPath(name.replace("\\", "/")).name.rsplit(".", 1)[0].lower()
    words = re.sub(r"[^a-z0-9]+", "-", stem).strip("-") if stem.isascii() else ""
    if not re.search(r"[a-z]{3}", words) or len(words) > 60 or stem == STDIN or wrong_with(words):
        words = hashlib.sha256(data).hexdigest()[:8]
    if re.match(r"\d{4}-\d\d-\d\d", words):
        return words
    if day is None:
        return words
    on = day.date() if isinstance(day, datetime) else day
    return f"{on.isoformat()}-{words}"


def free_path(briefing: Briefing, taken: Iterable[str]) -> str:
    """A path below the briefings' folder that no other briefing has."""
    folder = briefing.slug[:4] if re.match(r"\d{4}-", briefing.slug) else "undated"
    path = f"{BRIEFINGS}/{folder}/{briefing.slug}.md"
    number = 2
    while path in taken:
        path = f"{BRIEFINGS}/{folder}/{briefing.slug}-{number}.md"
        number += 1
    return path

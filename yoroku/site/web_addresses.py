"""Which addresses of a briefing may be links: a bulletin may give any text for one, a script too."""

from __future__ import annotations

import re
from typing import TypeVar

from yoroku.briefing.model import Briefing, Reference, Source
from yoroku.records import replace

Linking = TypeVar("Linking", Source, Reference)

_WEB = re.compile(r"(?:https?://|mailto:)\S+$", re.IGNORECASE).match


def web_address(url: str) -> str:
    """`url` if a page may link to it, else nothing."""
    return url if _WEB(url) else ""


def linked(briefing: Briefing) -> Briefing:
    """The briefing with web addresses alone."""
    return replace(
        briefing,
        sources=tuple([_reachable(item) for item in briefing.sources]),
        references=tuple([_reachable(item) for item in briefing.references]),
        corrects=tuple([_reachable(item) for item in briefing.corrects]),
    )


def _reachable(item: Linking) -> Linking:
    if isinstance(item, Source) and item.archive != web_address(item.archive):
        item = replace(item, archive="")
    url = web_address(item.url)
    return item if url == item.url else replace(item, url=url)

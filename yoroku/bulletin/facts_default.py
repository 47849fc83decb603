"""No facts: stands in until the extractors are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.outline import Outline


@dataclass(frozen=True, slots=True)
class Facts:
    """Empty facts."""

    date: Any = None
    updated: Any = None
    events: tuple[Any, ...] = ()
    people: tuple[Any, ...] = ()
    organisations: tuple[Any, ...] = ()
    places: tuple[Any, ...] = ()
    topics: tuple[Any, ...] = ()
    kind: str = ""
    summary: tuple[Any, ...] = ()
    decisions: tuple[Any, ...] = ()
    statements: tuple[Any, ...] = ()
    source_dates: tuple[Any, ...] = ()
    review: tuple[Any, ...] = ()
    evidence: tuple[Any, ...] = ()


def extract(outline: Outline, gazetteer: Gazetteer) -> Facts:
    """Nothing."""
    return Facts()

"""What the search is given and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yoroku.problems import Problem
from yoroku.records import dataclass

Progress = Callable[[int, int], None]
"""Called with (documents indexed, documents to index); the first call has 0 done."""

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""What pages show for a facet's values: interface language → facet → value → label."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a page under one heading. `anchor` is the heading's id, empty for text before the first one.

    `text` has one paragraph, item or quotation a line: a match never crosses a line.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One page as search sees it: the public view, after rights, without navigation or repeated labels.

    `url` is relative to the site and begins with ``/``. `filters` are the facets (source, person, organisation, place,
    topic, kind, year), `sort_date` an ISO date, `meta` what a result shows besides its text (kind, date, sources).
    `also` are further matches that are never shown: readings, aliases, western years of era dates.
    """

    url: str
    lang: str
    title: str
    sections: tuple[Section, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort_date: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What indexing did. `files` are the index's paths relative to its folder; `seconds` is wall time."""

    files: tuple[str, ...]
    shards: int
    shards_rebuilt: int
    seconds: float
    problems: tuple[Problem, ...] = ()

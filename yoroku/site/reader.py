"""What page views may ask. The build records the questions, so a page is remade only when an answer changed.

Ask for what you use: `summary` for a list row, `appearance` for one entity in one briefing, `totals` for a count.
Keys are the paths of content files. Every method returns a frozen value that compares by content.
"""

from __future__ import annotations

from typing import Protocol

from yoroku.briefing.model import StandingPage
from yoroku.config import Settings
from yoroku.site.compare import Comparison
from yoroku.site.names import EntityKind
from yoroku.site.rights import Public
from yoroku.site.values import (
    Appearance,
    Around,
    Backlink,
    Body,
    Entity,
    Entry,
    NoteCard,
    Publisher,
    Redirect,
    Signpost,
    Summary,
    Tag,
    Totals,
)


class SiteReader(Protocol):
    """The questions. Costs: *small* reads one stored value; *list* also depends on which documents there are."""

    def settings(self) -> Settings:
        """`site.yaml`. Small."""

    def published(self) -> tuple[str, ...]:
        """Keys of all briefings that have a page, unlisted ones too, in path order. List."""

    def order(self) -> tuple[str, ...]:
        """Keys of listed briefings, newest event first. List; changes when a day changes, not with a title."""

    def summary(self, key: str) -> Summary:
        """What other pages see of a briefing. Small."""

    def signpost(self, key: str) -> Signpost:
        """Where a briefing's pages are: for what lists all of them and shows no more. Small."""

    def public(self, key: str) -> Public:
        """A briefing after its rights: for its own pages. Small."""

    def body(self, key: str) -> Body:
        """The rendered body of a briefing, note or standing page. Rendering costs; the value is small to keep."""

    def comparison(self, key: str) -> Comparison | None:
        """What the sources of a briefing say, side by side; None with fewer than two that can be compared. Small."""

    def around(self, key: str) -> Around:
        """The events next to a briefing's. List, but few answers change when one event moves."""

    def entries(self, kind: EntityKind) -> tuple[Entry, ...]:
        """The index of a kind, in reading order. List."""

    def entity(self, kind: EntityKind, slug: str) -> Entity:
        """One entity, counted over its briefings' summaries. Depends on those summaries only."""

    def appearance(self, kind: EntityKind, slug: str, key: str) -> Appearance:
        """What one briefing says of one entity. Depends on that briefing's public view."""

    def months(self) -> tuple[tuple[int, int, int], ...]:
        """(year, month, events) of every month with an event, newest first. List."""

    def month(self, year: int, month: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """(day, keys) of a month's events in order. List, of that month."""

    def published_months(self) -> tuple[tuple[int, int, int], ...]:
        """(year, month, briefings) by day of publication, newest first. List."""

    def published_in(self, year: int, month: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """(day, keys) of a month's publications in order. List, of that month."""

    def undated(self) -> tuple[str, ...]:
        """Keys of listed briefings without any date. List."""

    def notes(self) -> tuple[str, ...]:
        """Keys of listed notes, newest first. List."""

    def all_notes(self) -> tuple[str, ...]:
        """Keys of all notes that have a page. List."""

    def note(self, key: str) -> NoteCard:
        """A note without its body. Small."""

    def notes_on(self, key: str) -> tuple[str, ...]:
        """Keys of the notes on a briefing, oldest first. List, of that briefing."""

    def linked_from(self, url: str) -> tuple[Backlink, ...]:
        """The listed notes whose text links to a page, newest first. List; also depends on the notes' texts."""

    def pages(self) -> tuple[tuple[str, str], ...]:
        """(URL, key) of the standing pages. List."""

    def page(self, key: str) -> StandingPage:
        """A standing page. Small."""

    def tags(self) -> tuple[Tag, ...]:
        """The tags of listed briefings and notes, in order of name, each with who bears it. List."""

    def totals(self) -> Totals:
        """The counts of the site. List; changes rarely."""

    def publishers(self) -> tuple[Publisher, ...]:
        """Who published the sources, with rights and counts. List."""

    def redirects(self) -> tuple[Redirect, ...]:
        """Old addresses. List."""

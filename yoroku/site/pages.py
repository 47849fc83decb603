"""All page kinds in order: which addresses there are, what each shows, and the template that draws it."""

from __future__ import annotations

from yoroku.site.feeds.kinds import MACHINE_KINDS
from yoroku.site.page_kind import PageKind
from yoroku.site.views import briefing, briefing_parts, entity, lists, notes, tags

PAGE_KINDS: tuple[PageKind, ...] = (
    PageKind("home", lists.home_addresses, lists.home, "home.html"),
    PageKind("briefing", briefing.briefing_addresses, briefing.briefing, "briefing.html"),
    PageKind("one-page", briefing_parts.one_page_addresses, briefing_parts.one_page, "one-page.html"),
    PageKind("source", briefing_parts.source_addresses, briefing_parts.source_view, "source.html"),
    PageKind("briefings", lists.listing_addresses, lists.listing, "briefings.html"),
    PageKind("timeline", lists.timeline_addresses, lists.timeline, "timeline.html"),
    PageKind("archive", lists.archive_addresses, lists.archive, "archive.html"),
    PageKind("index", entity.index_addresses, entity.index, "index.html"),
    PageKind("entity", entity.entity_addresses, entity.entity, "entity.html"),
    PageKind("notes", notes.notes_addresses, notes.notes, "notes.html"),
    PageKind("note", notes.note_addresses, notes.note, "note.html"),
    PageKind("corrections", notes.corrections_addresses, notes.corrections, "corrections.html"),
    PageKind("tag", tags.tag_addresses, tags.tag, "tags.html"),
    PageKind("standing", notes.standing_addresses, notes.standing, "standing.html"),
    PageKind("search", notes.search_addresses, notes.search, "search.html"),
    PageKind("missing", notes.missing_addresses, notes.missing, "404.html"),
    PageKind("moved", notes.moved_addresses, notes.moved, "moved.html"),
    *MACHINE_KINDS,
)

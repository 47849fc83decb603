"""The JSON API: static files that say what the pages say, from the same public views. Documented in docs/api.md.

Lists are cut by month of the event, so that a new briefing changes one of them and not all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from yoroku.briefing.file import dump
from yoroku.briefing.model import State
from yoroku.records import dataclass, replace
from yoroku.site.changes import as_changed
from yoroku.site.feeds.ids import rfc3339, urn
from yoroku.site.feeds.plain import briefing_row, card_row, entry_row, plain, whole_briefing
from yoroku.site.names import KINDS, EntityKind
from yoroku.site.reader import SiteReader
from yoroku.site.summarise import speaker_ref
from yoroku.site.urls import absolute
from yoroku.site.views.frame import Address

VERSION = 1
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Document:
    """An answer of the API, ready to be written: JSON values only."""

    value: dict[str, Any]


def encode(shown: Document) -> bytes:
    """One JSON document on one line."""
    return _line(shown.value)


@dataclass(frozen=True, slots=True)
class Lines:
    """An answer of many records."""

    rows: tuple[dict[str, Any], ...]


def encode_lines(shown: Lines) -> bytes:
    """One JSON document a line (NDJSON)."""
    return b"".join(_line(row) for row in shown.rows)


def _line(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")


def _document(reader: SiteReader, **value: Any) -> Document:
    settings = reader.settings()
    return Document({"version": VERSION, "site": settings.title, "base_url": settings.base_url, **value})


def index_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/api/index.json`."""
    return (Address("/api/index.json", reader.settings().language),)


def index(reader: SiteReader, _address: Address) -> Document:
    """What there is: counts, and the addresses of everything else."""
    settings, totals = reader.settings(), reader.totals()
    months = [(year, month, count) for year, month, count in reversed(reader.months())]
    lists = [{"month": f"{y}-{m:02}", "briefings": n, **_month_urls(f"{y}-{m:02}")} for y, m, n in months]
    undated = reader.undated()
    if undated:
        lists.append({"month": None, "briefings": len(undated), **_month_urls(UNDATED)})
    return _document(
        reader,
        description=settings.description,
        language=settings.language,
        languages=list(dict.fromkeys((settings.language, *settings.languages))),
        timezone=settings.timezone,
        author=settings.author,
        updated=totals.updated.isoformat() if totals.updated else None,
        counts={
            "briefings": totals.briefings,
            "sources": totals.sources,
            "notes": totals.notes,
            "corrections": totals.corrections,
            **{kind: len(reader.entries(kind)) for kind in KINDS},
        },
        months=lists,
        **{kind: f"/api/{kind}.json" for kind in KINDS},
        notes="/api/notes.json",
        feeds={"atom": "/feed.xml", "json": "/feed.json", "calendar": "/calendar.ics"},
    )


def _month_urls(name: str) -> dict[str, str]:
    return {"url": f"/api/briefings/{name}.json", "statements": f"/api/statements/{name}.ndjson"}


def _months(reader: SiteReader) -> Iterator[tuple[str, int, int]]:
    for year, month, _ in reader.months():
        yield f"{year}-{month:02}", year, month
    if reader.undated():
        yield UNDATED, 0, 0


def _keys(reader: SiteReader, address: Address) -> tuple[str, ...]:
    """The listed briefings of a list: of one month of events, or those without a date."""
    if not address.number:
        return reader.undated()
    return tuple(key for _, keys in reader.month(address.number, address.month) for key in keys)


def briefings_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/api/briefings/2023-01.json` and so on."""
    lang = reader.settings().language
    return tuple(
        Address(f"/api/briefings/{name}.json", lang, number=year, month=month) for name, year, month in _months(reader)
    )


def briefings(reader: SiteReader, address: Address) -> Document:
    """The briefings of one month, by day of the event."""
    rows = [briefing_row(reader.summary(key), reader.settings()) for key in _keys(reader, address)]
    month = f"{address.number}-{address.month:02}" if address.number else None
    return _document(reader, month=month, briefings=rows)


def statements_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/api/statements/2023-01.ndjson` and so on."""
    lang = reader.settings().language
    return tuple(
        Address(f"/api/statements/{name}.ndjson", lang, number=year, month=month)
        for name, year, month in _months(reader)
    )


def statements(reader: SiteReader, address: Address) -> Lines:
    """Who said what in a month's briefings: as much of it as each source's rights let through."""
    rows = []
    for key in _keys(reader, address):
        summary = reader.summary(key)
        if not summary.statements:
            continue
        people = summary.of("people")
        for said in reader.public(key).briefing.statements:
            ref = speaker_ref(said.speaker, people)
            row = {
                "briefing": summary.url,
                "date": summary.on.isoformat() if summary.on else None,
                "language": summary.lang,
                "speaker": said.speaker,
                "person": ref.url if ref else None,
                "role": ref.role if ref else "",
                "mode": said.mode,
                "verb": said.verb,
                "context": said.context,
                "text": said.text,
                "lines": plain(said.lines),
            }
            rows.append(row)
    return Lines(tuple(rows))


def entities_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/api/people.json`, `/api/orgs.json`, `/api/places.json`, `/api/topics.json`."""
    return tuple(Address(f"/api/{kind}.json", reader.settings().language, kind) for kind in KINDS)


def entities(reader: SiteReader, address: Address) -> Document:
    """All entities of a kind that a listed briefing names."""
    kind = _kind(address.key)
    return _document(reader, kind=kind, entities=[entry_row(entry) for entry in reader.entries(kind)])


def entity_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/people/<slug>/index.json` and so on."""
    lang = reader.settings().language
    return tuple(
        Address(f"{entry.url}index.json", lang, f"{kind}/{entry.slug}")
        for kind in KINDS
        for entry in reader.entries(kind)
    )


def entity(reader: SiteReader, address: Address) -> Document:
    """One entity: its names, its offices, whom and what it appears with, its briefings from the newest event."""
    name, _, slug = address.key.partition("/")
    found = reader.entity(_kind(name), slug)
    return _document(
        reader,
        **entry_row(found.entry),
        in_authority_file=found.known,
        role=found.role,
        role_on=found.role_on.isoformat() if found.role_on else None,
        offices=plain(found.offices),
        first=found.first.isoformat() if found.first else None,
        statements={"all": found.statements, "direct": found.direct},
        as_written=[{"text": text, "briefings": count} for text, count in found.forms],
        people=[{"url": one.url, "name": one.name, "briefings": one.count} for one in found.present],
        related=[{"url": one.url, "name": one.name, "briefings": one.count} for one in found.related],
        in_briefings=[reader.summary(key).url for key in found.keys],
    )


def _kind(word: str) -> EntityKind:
    return next(kind for kind in KINDS if kind == word)


def notes_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/api/notes.json`."""
    return (Address("/api/notes.json", reader.settings().language),)


def notes(reader: SiteReader, _address: Address) -> Document:
    """The editors' notes, updates and corrections, newest first."""
    return _document(reader, notes=[card_row(reader.note(key), reader.settings()) for key in reader.notes()])


def briefing_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/briefings/<slug>/index.json`, unlisted ones too: they belong to their page."""
    return _beside(reader, "index.json")


def briefing(reader: SiteReader, address: Address) -> Document:
    """One briefing whole."""
    settings, summary = reader.settings(), reader.summary(address.key)
    zone = settings.zone
    on = [reader.note(key) for key in reader.notes_on(address.key)]
    changed = as_changed(summary, on)
    return _document(
        reader,
        id=urn(settings, summary.url),
        url=summary.url,
        link=absolute(summary.url, settings.base_url) if settings.base_url else None,
        published=rfc3339(summary.published, zone) or None,
        updated=rfc3339(changed.updated, zone) or None,
        **whole_briefing(reader.public(address.key), summary),
        notes=[card_row(card, settings) for card in on],
    )


@dataclass(frozen=True, slots=True)
class Copy:
    """A briefing as Markdown."""

    text: str


def copy_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/briefings/<slug>/index.md`."""
    return _beside(reader, "index.md")


def copy(reader: SiteReader, address: Address) -> Copy:
    """The file of the briefing as far as its rights go, with those rights, without what is the editors' business."""
    shown = reader.public(address.key)
    sources = tuple(replace(item.source, policy=item.policy) for item in shown.sources)
    review = tuple(item for item in shown.briefing.review if not item.done)
    return Copy(dump(replace(shown.briefing, sources=sources, review=review, state=State())))


def encode_copy(shown: Copy) -> bytes:
    """The file's bytes."""
    return shown.text.encode("utf-8", "replace")


def _beside(reader: SiteReader, name: str) -> tuple[Address, ...]:
    lang = reader.settings().language
    return tuple(Address(reader.signpost(key).url + name, lang, key) for key in reader.published())

"""Public values as JSON values, key by key, so that nothing gets out only because it was added to a model."""

from __future__ import annotations

from datetime import date
from typing import Any

from yoroku.briefing.model import Provenance, Span
from yoroku.config import Settings
from yoroku.fields import stamp
from yoroku.records import fields, is_dataclass
from yoroku.site.feeds.ids import rfc3339, urn
from yoroku.site.rights import Public, PublicLine, PublicSource
from yoroku.site.values import EntityRef, Entry, NoteCard, Summary

Json = dict[str, Any]


def plain(value: Any) -> Any:
    """A value of the model: mappings for records, lists for tuples, ISO dates, lines as [first, last]."""
    if isinstance(value, Span):
        return [value.first, value.last]
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return stamp(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def briefing_row(summary: Summary, settings: Settings) -> Json:
    """A briefing as lists show it."""
    zone = settings.zone
    return {
        "id": urn(settings, summary.url),
        "url": summary.url,
        "json": f"{summary.url}index.json",
        "title": summary.title,
        "language": summary.lang,
        "kind": summary.kind,
        "events": plain(summary.events),
        "place": summary.place,
        "published": rfc3339(summary.published, zone) or None,
        "updated": rfc3339(summary.updated, zone) or None,
        "lead": summary.lead,
        "sources": [
            {
                "letter": tag.letter,
                "publisher": tag.publisher,
                "title": tag.title,
                "kind": tag.kind,
                "policy": tag.policy,
            }
            for tag in summary.sources
        ],
        "entities": [_ref(ref) for ref in summary.entities],
        "tags": list(summary.tags),
        "points": summary.points,
        "statements": summary.statements,
    }


def whole_briefing(public: Public, summary: Summary) -> Json:
    """All that may be known of a briefing. Its body is Markdown with line marks."""
    briefing = public.briefing
    return {
        "title": briefing.title,
        "language": briefing.lang,
        "kind": briefing.kind,
        "tags": list(briefing.tags),
        "events": plain(briefing.events),
        "sources": [_source(item) for item in public.sources],
        "entities": [_ref(ref) for ref in summary.entities],
        "people": plain(briefing.people),
        "organisations": plain(briefing.organisations),
        "places": plain(briefing.places),
        "topics": plain(briefing.topics),
        "summary": plain(briefing.summary),
        "decisions": plain(briefing.decisions),
        "statements": plain(briefing.statements),
        "references": plain(briefing.references),
        "corrects": plain(briefing.corrects),
        "unchecked": [
            {"field": item.field, "reason": item.reason, "value": item.value, "lines": plain(item.lines)}
            for item in briefing.review
            if not item.done
        ],
        "withheld": public.withheld,
        "lines": [_line(line) for line in public.lines],
        "body": briefing.body,
        "provenance": _provenance(briefing.provenance),
    }


def entry_row(entry: Entry) -> Json:
    """An entity as an index lists it."""
    return {
        "kind": entry.kind,
        "slug": entry.slug,
        "url": entry.url,
        "json": f"{entry.url}index.json",
        "name": entry.name,
        "reading": entry.reading,
        "romanised": entry.romanised,
        "briefings": entry.count,
        "latest": entry.latest.isoformat() if entry.latest else None,
    }


def card_row(card: NoteCard, settings: Settings) -> Json:
    """A note without its body."""
    return {
        "id": urn(settings, card.url),
        "url": card.url,
        "kind": card.kind,
        "title": card.title,
        "language": card.lang,
        "published": rfc3339(card.date, settings.zone) or None,
        "updated": rfc3339(card.updated, settings.zone) or None,
        "author": card.author,
        "briefing": card.on_url or None,
        "at": card.at,
        "major": card.major,
        "was": card.was,
        "now": card.now,
        "reason": card.reason,
        "lead": card.lead,
        "tags": list(card.tags),
    }


def _ref(ref: EntityRef) -> Json:
    return {"kind": ref.kind, "url": ref.url, "name": ref.name, "role": ref.role}


def _source(item: PublicSource) -> Json:
    source = item.source
    return {
        "letter": item.letter,
        "publisher": item.publisher,
        "title": source.title,
        "url": source.url,
        "date": stamp(source.date) if source.date else None,
        "kind": item.kind,
        "policy": item.policy,
        "attribution": item.attribution,
        "lines": plain(source.lines),
    }


def _line(line: PublicLine) -> Json:
    return {
        "lines": [line.first, line.last],
        "source": line.letter,
        "block": line.kind,
        "text": line.text,
        "whole": line.whole,
    }


def _provenance(made: Provenance | None) -> Json | None:
    if made is None:
        return None
    return {
        "bulletin": made.bulletin.rsplit("/", 1)[-1],
        "sha256": made.sha256,
        "encoding": made.encoding,
        "importer": made.importer,
        "evidence": plain(made.evidence),
        "folded": plain(made.folded),
    }

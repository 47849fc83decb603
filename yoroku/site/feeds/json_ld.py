"""What a page is about in the words of schema.org, as a data block: it is never run, so the policy lets it through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from yoroku.fields import stamp
from yoroku.site.names import EntityKind
from yoroku.site.rights import PublicSource
from yoroku.site.urls import absolute, relative
from yoroku.site.values import NoteCard
from yoroku.site.views.briefing import BriefingPage
from yoroku.site.views.entity import EntityPage
from yoroku.site.views.frame import Frame
from yoroku.site.views.lists import Home
from yoroku.site.views.notes import NotePage, Notes

Node = dict[str, Any]
Link = Callable[[str], str]

MENTIONS = 12
_TYPES: dict[EntityKind, str] = {
    "people": "Person",
    "orgs": "Organization",
    "places": "Place",
    "topics": "DefinedTerm",
}
# Pages that nobody should find by what they say: copies of others, and signposts.
_SILENT = frozenset({"one-page", "source", "missing", "moved", "search"})


def json_ld(view: Any) -> str:
    """The page's data block as JSON that is safe between script tags; empty for pages that say nothing of their own."""
    frame: Frame = view.frame
    if frame.kind in _SILENT:
        return ""

    def link(target: str) -> str:
        return absolute(target, frame.base_url) if frame.base_url else relative(target, frame.url)

    nodes = [node for node in (*_about(view, frame, link), _crumbs(frame, link)) if node]
    return safe({"@context": "https://schema.org", "@graph": nodes}) if nodes else ""


def safe(value: Node) -> str:
    """JSON without a character that could end the element or begin another one."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _about(view: Any, frame: Frame, link: Link) -> Iterator[Node]:
    if isinstance(view, BriefingPage):
        yield from _briefing(view, link)
    elif isinstance(view, EntityPage):
        yield _entity(view, link)
    elif isinstance(view, NotePage):
        yield _note(view.card, frame, link)
    elif isinstance(view, Notes) and "/corrections/" in frame.url:
        for card in view.cards:
            if card.kind == "correction":
                yield _correction(card, link)
    elif isinstance(view, Home):
        yield _site(frame, link)


def _briefing(view: BriefingPage, link: Link) -> Iterator[Node]:
    frame, summary, briefing = view.frame, view.summary, view.briefing
    # A digest of press reports is news; one of primary documents alone is a report on them.
    news = any(box.item.kind == "report" for box in view.sources)
    events = [_event(view, number, link) for number in range(len(view.events))]
    changed = summary.updated or summary.published
    mentions = [ref for kind in ("people", "orgs", "topics") for ref in summary.entities if ref.kind == kind]
    yield _lean(
        {
            "@type": "NewsArticle" if news else "Report",
            "@id": link(summary.url) + "#article",
            "headline": briefing.title,
            "description": summary.lead,
            "inLanguage": briefing.lang,
            "url": link(frame.url),
            "mainEntityOfPage": link(frame.url),
            "datePublished": stamp(summary.published) if summary.published else "",
            "dateModified": stamp(changed) if changed else "",
            "author": _publisher(frame),
            "publisher": _publisher(frame),
            "image": picture(frame),
            "about": [{"@id": event["@id"]} for event in events],
            "mentions": [_named(ref.kind, ref.name, ref.url, link) for ref in mentions[:MENTIONS]],
            "isBasedOn": [node for box in view.sources if (node := _source(box.item))],
            "correction": [_correction(note.card, link) for note in view.notes if note.card.kind == "correction"],
        }
    )
    yield from events


def _source(item: PublicSource) -> Node:
    return _lean(
        {
            "@type": "CreativeWork",
            "name": item.source.title or item.publisher,
            "url": item.source.url,
            "publisher": _lean({"@type": "Organization", "name": item.publisher}),
            "datePublished": stamp(item.source.date) if item.source.date else "",
        }
    )


def _event(view: BriefingPage, number: int, link: Link) -> Node:
    shown, summary = view.events[number], view.summary
    event = shown.event
    place = (
        _named("places", shown.place.name, shown.place.url, link)
        if shown.place
        else _lean({"@type": "Place", "name": event.place})
    )
    return _lean(
        {
            "@type": "Event",
            "@id": f"{link(summary.url)}#event-{number + 1}",
            "name": summary.title,
            "startDate": stamp(event.start) if event.start else "",
            "endDate": stamp(event.end) if event.end else "",
            "duration": f"PT{event.duration_minutes}M" if event.duration_minutes else "",
            "location": place,
        }
    )


def _entity(view: EntityPage, link: Link) -> Node:
    found, entry = view.entity, view.entity.entry
    names = [
        name for name in (entry.romanised, entry.reading, *(form for form, _ in found.forms)) if name != entry.name
    ]
    return _lean(
        {
            "@type": _TYPES[entry.kind],
            "@id": link(entry.url) + "#entity",
            "name": entry.name,
            "alternateName": list(dict.fromkeys(name for name in names if name))[:6],
            "url": link(view.frame.url),
            "mainEntityOfPage": link(view.frame.url),
            "jobTitle": found.role if entry.kind == "people" else "",
        }
    )


def _note(card: NoteCard, frame: Frame, link: Link) -> Node:
    if card.kind == "correction":
        return _correction(card, link)
    return _lean(
        {
            "@type": "Article",
            "@id": link(card.url) + "#article",
            "headline": card.title,
            "description": card.lead,
            "inLanguage": card.lang,
            "url": link(frame.url),
            "mainEntityOfPage": link(frame.url),
            "datePublished": stamp(card.date) if card.date else "",
            "dateModified": stamp(card.updated) if card.updated else "",
            "author": {"@type": "Person" if card.author != frame.author else "Organization", "name": card.author}
            if card.author
            else _publisher(frame),
            "publisher": _publisher(frame),
            "about": {"@id": link(card.on_url) + "#article"} if card.on_url else "",
        }
    )


def _correction(card: NoteCard, link: Link) -> Node:
    return _lean(
        {
            "@type": "CorrectionComment",
            "@id": link(card.url) + "#correction",
            "name": card.title,
            "text": card.lead or card.reason or card.title,
            "inLanguage": card.lang,
            "url": link(card.url),
            "datePublished": stamp(card.date) if card.date else "",
            "about": {"@id": link(card.on_url) + "#article"} if card.on_url else "",
        }
    )


def _site(frame: Frame, link: Link) -> Node:
    search = link(frame.link("/search/")) + "?q={search_term_string}"
    return _lean(
        {
            "@type": "WebSite",
            "@id": link("/") + "#site",
            "name": frame.site_title,
            "description": frame.description,
            "inLanguage": frame.lang,
            "url": link(frame.url),
            "publisher": _publisher(frame),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": search},
                "query-input": "required name=search_term_string",
            },
        }
    )


def _crumbs(frame: Frame, link: Link) -> Node:
    if len(frame.crumbs) < 2:
        return {}
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            _lean(
                {
                    "@type": "ListItem",
                    "position": number,
                    "name": crumb.title,
                    "item": link(frame.link(crumb.url)) if crumb.url else "",
                }
            )
            for number, crumb in enumerate(frame.crumbs, 1)
        ],
    }


def _publisher(frame: Frame) -> Node:
    return {"@type": "Organization", "name": frame.author or frame.site_title}


def _named(kind: EntityKind, name: str, url: str, link: Link) -> Node:
    return {"@type": _TYPES[kind], "@id": link(url) + "#entity", "name": name}


def picture(frame: Frame) -> str:
    """The absolute address of the page's picture for links, or nothing."""
    return absolute(frame.picture, frame.base_url) if frame.picture and frame.base_url else ""


def _lean(node: Node) -> Node:
    """The node without what is not known; nothing when only its type is left."""
    kept = {key: value for key, value in node.items() if value not in ("", [], {}, None)}
    return kept if kept.keys() != {"@type"} else {}

"""A feed as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime

from yoroku.site.feeds.ids import rfc3339, xml
from yoroku.site.feeds.news import Category, Entry, Feed

# The date of a feed that has no entry yet: Atom wants one, and the clock must not decide it.
_NEVER = "1970-01-01T00:00:00Z"


def encode(feed: Feed) -> bytes:
    """The feed's document. Links are relative to it where the site's public address is not known (RFC 4287, 2)."""
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml(feed.lang)}">',
        f"<id>{feed.id}</id>",
        f"<title>{xml(feed.title)}</title>",
    ]
    if feed.subtitle:
        rows.append(f"<subtitle>{xml(feed.subtitle)}</subtitle>")
    rows += [
        f"<updated>{_time(feed.updated) or _NEVER}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{xml(feed.own)}"/>',
        f'<link rel="alternate" type="text/html" hreflang="{xml(feed.lang)}" href="{xml(feed.home)}"/>',
        f"<author><name>{xml(feed.author)}</name></author>",
        "<generator>yoroku</generator>",
    ]
    for entry in feed.entries:
        rows += _entry(entry, feed.absolute)
    rows.append("</feed>\n")
    return "\n".join(rows).encode()


def _entry(entry: Entry, absolute: bool) -> list[str]:
    lang = f' xml:lang="{xml(entry.lang)}"'
    rows = [
        f"<entry{lang}>",
        f"<id>{entry.id}</id>",
        f"<title>{xml(entry.title)}</title>",
        f'<link rel="alternate" type="text/html" href="{xml(entry.url)}"/>',
    ]
    if entry.published is not None:
        rows.append(f"<published>{_time(entry.published)}</published>")
    rows.append(f"<updated>{_time(entry.updated)}</updated>")
    if entry.author:
        rows.append(f"<author><name>{xml(entry.author)}</name></author>")
    rows += [_category(category, absolute) for category in entry.categories]
    if entry.summary:
        rows.append(f"<summary>{xml(entry.summary)}</summary>")
    rows += [f'<content type="html">{xml(entry.html)}</content>', "</entry>"]
    return rows


def _category(category: Category, absolute: bool) -> str:
    # A scheme is compared as a string, so one that is relative would say nothing.
    scheme = f' scheme="{xml(category.url.rsplit("/", 2)[0] + "/")}"' if category.url and absolute else ""
    return f'<category term="{xml(category.term)}"{scheme} label="{xml(category.label)}"/>'


def _time(moment: datetime | None) -> str:
    return rfc3339(moment, UTC)

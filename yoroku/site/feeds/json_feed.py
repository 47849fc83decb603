"""A feed as JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import UTC

from yoroku.site.feeds.ids import rfc3339
from yoroku.site.feeds.news import Entry, Feed

VERSION = "https://jsonfeed.org/version/1.1"


def encode(feed: Feed) -> bytes:
    """The feed's document. Addresses are left out where the site's public one is not known: they must be absolute."""
    shown: dict[str, object] = {"version": VERSION, "title": feed.title}
    if feed.absolute:
        shown |= {"home_page_url": feed.home, "feed_url": feed.own}
    if feed.subtitle:
        shown["description"] = feed.subtitle
    shown |= {
        "language": feed.lang,
        "authors": [{"name": feed.author}],
        "items": [_item(entry, feed.absolute) for entry in feed.entries],
    }
    return (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry, absolute: bool) -> dict[str, object]:
    item: dict[str, object] = {"id": entry.id}
    if absolute:
        item["url"] = entry.url
    item |= {"title": entry.title, "content_html": entry.html}
    if entry.summary:
        item["summary"] = entry.summary
    if entry.published is not None:
        item["date_published"] = rfc3339(entry.published, UTC)
    item["date_modified"] = rfc3339(entry.updated, UTC)
    if entry.author:
        item["authors"] = [{"name": entry.author}]
    if entry.categories:
        item["tags"] = list(dict.fromkeys(category.label for category in entry.categories))
    item["language"] = entry.lang
    return item

"""What stands in a page's head for machines: links to feeds, how a shared link looks, structured data."""

from __future__ import annotations

from typing import Any

from yoroku.fields import Moment, stamp
from yoroku.records import dataclass
from yoroku.site.feeds.json_ld import json_ld, picture
from yoroku.site.feeds.og_image import HEIGHT, WIDTH
from yoroku.site.strings import strings
from yoroku.site.urls import absolute
from yoroku.site.views.briefing import BriefingPage
from yoroku.site.views.entity import EntityPage
from yoroku.site.views.frame import Frame
from yoroku.site.views.notes import NotePage

_LOCALES = {"ja": "ja_JP", "en": "en_US"}
_ATOM, _JSON = "application/atom+xml", "application/feed+json"


@dataclass(frozen=True, slots=True)
class HeadLink:
    """A link to another form of the page or the site. `url` is a site path."""

    rel: str
    type: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Head:
    """`properties` are Open Graph's (name, value); `card` is how large a picture a shared link shows."""

    links: tuple[HeadLink, ...]
    properties: tuple[tuple[str, str], ...]
    card: str
    json_ld: str


def head(view: Any) -> Head:
    """The head of the page that shows `view`."""
    frame: Frame = view.frame
    # Who has the address of an unlisted page may pass it on.
    shared = frame.kind not in ("missing", "moved")
    return Head(
        links=_links(view, frame),
        properties=tuple(_properties(view, frame)) if shared else (),
        card=("summary_large_image" if frame.picture else "summary") if shared else "",
        json_ld=json_ld(view),
    )


def _links(view: Any, frame: Frame) -> tuple[HeadLink, ...]:
    t = strings(frame.lang)
    found = []
    if isinstance(view, EntityPage):
        entry = view.entity.entry
        name = t("feed-of", name=entry.name)
        found += [HeadLink("alternate", kind, entry.url + file, name) for kind, file in _FEEDS]
    if isinstance(view, BriefingPage):
        for kind, file, name in (
            ("application/json", "index.json", t("copy-json")),
            ("text/markdown", "index.md", t("copy-markdown")),
        ):
            found.append(HeadLink("alternate", kind, view.summary.url + file, name))
    found += [HeadLink("alternate", kind, frame.link(f"/{file}"), frame.site_title) for kind, file in _FEEDS]
    if frame.base_url:
        found.append(HeadLink("search", "application/opensearchdescription+xml", "/opensearch.xml", frame.site_title))
    return tuple(found)


_FEEDS = ((_ATOM, "feed.xml"), (_JSON, "feed.json"))


def _properties(view: Any, frame: Frame) -> list[tuple[str, str]]:
    article = isinstance(view, (BriefingPage, NotePage))
    found = [
        ("og:title", frame.title or frame.site_title),
        ("og:type", "article" if article else "profile" if _is_person(view) else "website"),
        ("og:site_name", frame.site_title),
        ("og:description", frame.description),
        ("og:locale", _LOCALES.get(frame.lang, frame.lang)),
    ]
    found += [("og:locale:alternate", _LOCALES.get(lang, lang)) for lang, _ in frame.languages if lang != frame.lang]
    if frame.base_url:
        found.append(("og:url", absolute(frame.url, frame.base_url)))
    if image := picture(frame):
        found += [
            ("og:image", image),
            ("og:image:type", "image/png"),
            ("og:image:width", str(WIDTH)),
            ("og:image:height", str(HEIGHT)),
            ("og:image:alt", frame.title),
        ]
    published, updated = _dates(view)
    if published:
        found.append(("article:published_time", stamp(published)))
    if updated:
        found.append(("article:modified_time", stamp(updated)))
    return [(name, value) for name, value in found if value]


def _is_person(view: Any) -> bool:
    return isinstance(view, EntityPage) and view.kind == "people"


def _dates(view: Any) -> tuple[Moment | None, Moment | None]:
    if isinstance(view, BriefingPage):
        return view.summary.published, view.summary.updated
    if isinstance(view, NotePage):
        return view.card.date, view.card.updated
    return None, None

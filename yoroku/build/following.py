"""The links of finished files: where each leads inside the site, and the places that a page offers to links."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from yoroku.records import dataclass

_ATTRIBUTES = ("href", "src", "poster", "action", "data-lists")
_XML = re.compile(r'(?:href|src)="([^"]*)"|<(?:loc|icon|logo|image:loc)>([^<]*)<')
_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_SCRIPT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
_CALENDAR = re.compile(r"^URL(?:;[^:\n]*)?:(.*)$", re.MULTILINE)
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=(.*)", re.IGNORECASE | re.DOTALL)
_ROBOTS = re.compile(r"^Sitemap:\s*(\S+)", re.MULTILINE)
_EMBEDDED = re.compile(r"<(?:content|summary) type=\"html\"[^>]*>([^<]*)<")
_KEYS = frozenset(
    {
        *("url", "json", "home_page_url", "feed_url", "icon", "favicon", "image", "atom", "calendar"),
        *("in_briefings", "briefing", "person", "statements", "people", "orgs", "places", "topics", "notes"),
    }
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written in a file, the output file that it means, and the place in it."""

    written: str
    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The links of one file and the ids that it offers."""

    links: tuple[Link, ...]
    ids: frozenset[str]


def followed(path: str, data: bytes, base_url: str) -> Followed:
    """What the finished file at an output path links to inside the site. `base_url` is the site's, or empty."""
    ids: frozenset[str] = frozenset()
    written: Iterable[str] = ()
    suffix = path.rsplit(".", 1)[-1]
    if suffix == "html":
        written, ids = _of_html(data)
    else:
        read = _READERS.get(suffix)
        if read is not None:
            written = read(data.decode("utf-8", "replace"))
    # A JSON value that begins with a slash is a path of the site wherever the site lives.
    rooted = "" if suffix in ("json", "ndjson") else urlsplit(base_url).path.rstrip("/")
    links = (_resolved(text, path, base_url, rooted) for text in dict.fromkeys(written))
    return Followed(tuple(link for link in links if link is not None), ids)


def _resolved(written: str, path: str, base_url: str, rooted: str) -> Link | None:
    """The link inside the site, or None for one that leads elsewhere."""
    text = written.strip()
    if base_url and (text == base_url or text.startswith((base_url + "/", base_url + "#"))):
        target = text[len(base_url) :] or "/"
    elif not text or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", text):
        return None
    elif text.startswith("/"):
        # Outside of the base path is outside of the site: reported as a page that is not there.
        target = text[len(rooted) :] if text.startswith(rooted + "/") else "/.." + text
    else:
        target = urljoin("/" + path.removesuffix("index.html") if path.endswith("index.html") else "/" + path, text)
    where, _, fragment = target.partition("#")
    where = unquote(where.partition("?")[0]).lstrip("/")
    if where == "" or where.endswith("/"):
        where += "index.html"
    return Link(written, where, unquote(fragment.partition(":~:")[0]))


def _of_html(data: bytes) -> tuple[list[str], frozenset[str]]:
    tree = LexborHTMLParser(data)
    written: list[str] = []
    ids: set[str] = set()
    for node in tree.css("[href],[src],[srcset],[poster],[action],[id],[data-lists],meta[content]"):
        found = node.attributes
        if (name := found.get("id")) is not None:
            ids.add(name)
        if node.tag == "meta":
            written += _of_meta(found)
            continue
        written += [value for key in _ATTRIBUTES if (value := found.get(key)) is not None]
        written += [part.split()[0] for part in (found.get("srcset") or "").split(",") if part.strip()]
    return written, frozenset(ids)


def _of_meta(attributes: dict[str, str | None]) -> Iterable[str]:
    content = attributes.get("content") or ""
    if (attributes.get("http-equiv") or "").lower() == "refresh":
        found = _REFRESH.match(content)
        return [found[1]] if found else []
    named = attributes.get("property") or attributes.get("name") or ""
    return [content] if named in ("og:image", "og:url", "twitter:image") else []


def _of_xml(text: str) -> Iterator[str]:
    for found in _XML.findall(text):
        yield unescape(found[0] or found[1])
    for html in _EMBEDDED.findall(text):
        yield from _of_html(unescape(html).encode())[0]


def _of_json(text: str) -> Iterator[str]:
    for line in [text] if text.lstrip()[:1] in "[{" and "\n{" not in text else text.splitlines():
        try:
            yield from _values(json.loads(line))
        except ValueError:
            continue


def _values(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            for key, inner in item.items():
                if key == "content_html":
                    yield from _of_html(str(inner).encode())[0]
                elif key in _KEYS:
                    texts = inner if isinstance(inner, list) else [inner]
                    yield from (text for text in texts if isinstance(text, str) and _looks_like_a_link(text))
            stack += item.values()
        elif isinstance(item, list):
            stack += item


def _looks_like_a_link(text: str) -> bool:
    return text.startswith(("/", ".", "http")) or text.endswith((".json", ".xml", "/"))


def _of_calendar(text: str) -> Iterator[str]:
    yield from (found.strip() for found in _CALENDAR.findall(text.replace("\r\n ", "").replace("\r\n", "\n")))


_READERS: dict[str, Callable[[str], Iterable[str]]] = {
    "xml": _of_xml,
    "css": _CSS.findall,
    "js": _SCRIPT.findall,
    "json": _of_json,
    "ndjson": _of_json,
    "ics": _of_calendar,
    "txt": _ROBOTS.findall,
    "svg": _of_xml,
}

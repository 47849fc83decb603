"""Links between rendered pages: which of them lead nowhere. Works on the finished HTML, so it sees what readers see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from yoroku.records import dataclass

_ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""")
_HREF = re.compile(r"""<(?:a|area|link|script|img|source|form)\b[^>]*?\s(?:href|src|action)=(?:"([^"]*)"|'([^']*)')""")
_HERE = "https://site.invalid"


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link on the page at `page` whose `href` has no page, or no element, at its end."""

    page: str
    href: str
    reason: str


def ids(html: str) -> frozenset[str]:
    """The ids of a page."""
    return frozenset(unescape(a or b) for a, b in _ID.findall(html))


def hrefs(html: str) -> tuple[str, ...]:
    """What a page links to or loads, in order, each once."""
    return tuple(dict.fromkeys(unescape(a or b) for a, b in _HREF.findall(html)))


def dead_links(pages: Mapping[str, str], others: Iterable[str] = ()) -> tuple[DeadLink, ...]:
    """The dead links of a site. `pages` maps output paths to HTML; `others` are the further files it has.

    Links to other sites and fragments of files that are not pages are not looked at.
    """
    known = {path: ids(html) for path, html in pages.items() if path.endswith(".html")}
    files = {*others, *pages}
    found = []
    for path in known:
        for href in hrefs(pages[path]):
            reason = _reason(path, href, known, files)
            if reason:
                found.append(DeadLink(path, href, reason))
    return tuple(found)


def _reason(path: str, href: str, known: Mapping[str, frozenset[str]], files: set[str]) -> str:
    parts = urlsplit(urljoin(f"{_HERE}/{path}", href))
    if f"{parts.scheme}://{parts.netloc}" != _HERE:
        return ""
    target = unquote(parts.path).lstrip("/")
    if target == "" or target.endswith("/"):
        target += "index.html"
    if target not in files:
        return "no such page"
    fragment = unquote(parts.fragment)
    if fragment and target in known and fragment not in known[target]:
        return "no such place on the page"
    return ""

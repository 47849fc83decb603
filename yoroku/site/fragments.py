"""Links to a place on another page: the renderer knows no other page, so these are checked when all are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from yoroku.markdown import Rendered
from yoroku.problems import Place, Problem
from yoroku.site.resolver import SiteResolver

_ID = re.compile(r'<[a-z][^<>]*? id="([^"]+)"')
_WEB = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# Ids that the page's template gives beside those of the body: they are found on the finished page.
_FOOTNOTE = re.compile(r"fn(?:ref)?:[0-9.]+\Z")
_OF_THE_PAGE = re.compile(r"(?:source|src|p|note|n)-|fn")


class FragmentLink(NamedTuple):
    """`url` is site-relative, `anchor` the id on that page, `written` the link as it stands on `line` of the file."""

    url: str
    anchor: str
    written: str
    line: int


def fragment_links(rendered: Rendered, resolver: SiteResolver) -> tuple[FragmentLink, ...]:
    """The links of a text that lead to a place on another page."""
    return tuple(dict.fromkeys(_links(rendered, resolver)))


def _links(rendered: Rendered, resolver: SiteResolver) -> Iterator[FragmentLink]:
    for ref in rendered.wiki:
        target = resolver.link(ref) if ref.target and ref.heading and not resolver.shows(ref) else None
        if target is not None:
            yield _link(resolver, target.url, f"{ref.target}#{ref.heading}", ref.line)
    for link in rendered.links:
        if "#" in link.href[1:] and not _WEB.match(link.href):
            final = resolver.url(link.href)
            if final is not None:
                yield _link(resolver, final, link.href, link.line)


def _link(resolver: SiteResolver, final: str, written: str, line: int) -> FragmentLink:
    path, _, anchor = final.partition("#")
    return FragmentLink("/" + path.removeprefix(resolver.up).removeprefix("./"), unquote(anchor), written, line)


def anchors(html: str) -> frozenset[str]:
    """Every id in a rendered body."""
    return frozenset(unescape(found) for found in _ID.findall(html))


def _fix(wrong: str, there: frozenset[str]) -> str:
    named = [anchor for anchor in there if not _FOOTNOTE.search(anchor)]
    near = get_close_matches(wrong, sorted(named), n=1, cutoff=0.6)
    return f"did you mean '#{near[0]}'?" if near else "correct the heading, or link to the page alone"


def broken_fragments(
    path: str,
    links: Iterable[FragmentLink],
    anchors_of: Callable[[str], frozenset[str] | None],
    known: frozenset[str],
    lines: Callable[[], list[str]],
) -> Iterator[Problem]:
    """A problem for each link of the file `path` whose page has no such place.

    `anchors_of` gives the ids in a page's body, or None for a page that is no document; `known` are ids that every
    page may have; `lines` the lines of the file, asked for only when something is wrong.
    """
    for link in links:
        if not link.anchor or link.anchor in known or _OF_THE_PAGE.match(link.anchor):
            continue
        there = anchors_of(link.url)
        if there is None or link.anchor in there:
            continue
        text = lines()[link.line - 1 : link.line]
        column = text[0].index(link.written) + 1 if text and text[0].count(link.written) == 1 else None
        fix = _fix(link.anchor, there)
        what = f"'{link.written}' leads to a place that {link.url} does not have"
        yield Problem(Place(path, link.line, column), "broken-fragment", what, fix)

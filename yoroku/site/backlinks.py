"""Which texts link to each page, with the words around the link: for the pages that are linked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from yoroku.markdown.model import WikiRef
from yoroku.records import dataclass
from yoroku.site.outlinks import Outlink
from yoroku.site.resolver import SiteResolver
from yoroku.site.values import Backlink


@dataclass(frozen=True, slots=True)
class Linking:
    """A text that links to others: its file, its address, how it is called, and its links."""

    path: str
    url: str
    title: str
    lang: str
    links: tuple[Outlink, ...]


def backlinks(texts: Iterable[Linking], resolver_for: Callable[[str], SiteResolver]) -> dict[str, tuple[Backlink, ...]]:
    """The texts that link to each address, in the order given. One entry each."""
    found: dict[str, dict[str, Backlink]] = defaultdict(dict)
    for text in texts:
        resolver = resolver_for(text.path)
        for link in text.links:
            url = _address(link, resolver)
            if url and url != text.url:
                found[url].setdefault(text.path, Backlink(text.url, text.title, text.lang, link.context))
    return {url: tuple(links.values()) for url, links in found.items()}


def _address(link: Outlink, resolver: SiteResolver) -> str:
    """Where a link leads, from the root; empty where it leads nowhere. The resolver's `up` is a slash."""
    if not link.named:
        return (resolver.url(link.written) or "").partition("#")[0]
    found = resolver.link(WikiRef(link.written, "", "", embed=False, line=0))
    return found.url.partition("#")[0] if found else ""

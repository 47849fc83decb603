"""Links found in the Markdown of a text, with the words around them: for the pages that are linked to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from yoroku.briefing.model import Note, StandingPage
from yoroku.markdown.model import WikiRef
from yoroku.site.resolver import SiteResolver
from yoroku.site.values import Backlink

CONTEXT = 120

_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_BLOCKS = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")
_LINK = re.compile(
    r"!?\[\[(?P<target>[^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|(?P<label>[^\[\]\n]*))?\]\]"
    r"|!?\[(?P<words>[^\[\]]*)\]\((?P<href><[^<>\n]+>|[^()\s]+)[^()\n]*\)"
)
_MARK = re.compile(r" \^(?:L\d+(?:-\d+)?|[A-Za-z0-9-]+)$", re.MULTILINE)
_LEADING = re.compile(
    r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d+[.)][ \t]+)?(?:\[![^\]]*\][-+]?[ \t]*)?", re.MULTILINE
)
_RUBY = re.compile(r"\{([^{}|]+)(?:\|[^{}]*)\}")
_EMPHASIS = re.compile(r"\*{1,3}|~~")


def backlinks(
    texts: Iterable[tuple[str, str, Note | StandingPage]], resolver_for: Callable[[str], SiteResolver]
) -> dict[str, tuple[Backlink, ...]]:
    """The texts that link to each address, in the order given: (path, address, document). One entry each."""
    found: dict[str, dict[str, Backlink]] = defaultdict(dict)
    for path, own, note in texts:
        for url, context in found_links(note.body, resolver_for(path)):
            if url != own:
                found[url].setdefault(path, Backlink(own, note.title, note.lang, context))
    return {url: tuple(links.values()) for url, links in found.items()}


def found_links(body: str, resolver: SiteResolver) -> Iterator[tuple[str, str]]:
    """The site-relative address of each page that a body links to, with the text around the link.

    `resolver` answers with addresses from the root: its `up` is a slash.
    """
    for block in _BLOCKS.split(_CODE.sub("", body)):
        for link in _LINK.finditer(block):
            if link["target"]:
                found = resolver.link(WikiRef(link["target"].strip(), "", "", embed=False, line=0))
                url = found.url if found else None
            else:
                url = resolver.url(link["href"].strip("<>"))
            if url:
                yield url.partition("#")[0], _around(block, link)


def _around(block: str, link: re.Match[str]) -> str:
    """The block as a reader sees it, cut to the words near the link."""
    before, _, after = _plain(f"{block[: link.start()]}\0{block[link.end() :]}").partition("\0")
    words = _shown(link)
    room = max(0, CONTEXT - len(words)) // 2
    start = before if len(before) <= room else "…" + before[-room:].lstrip()
    end = after if len(after) <= room else after[:room].rstrip() + "…"
    return " ".join((start + words + end).split())


def _plain(text: str) -> str:
    text = _LEADING.sub("", _MARK.sub("", _LINK.sub(_shown, text)))
    return _EMPHASIS.sub("", _RUBY.sub(r"\1", text))


def _shown(link: re.Match[str]) -> str:
    return link["label"] or link["target"] or link["words"] or ""

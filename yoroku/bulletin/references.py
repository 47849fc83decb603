"""Links that a bulletin gives: pairs of title and address, links inside the text, bare addresses."""

from __future__ import annotations

from yoroku.briefing.model import Reference
from yoroku.bulletin.lines import URL
from yoroku.bulletin.outline import Outline


def find(outline: Outline) -> tuple[Reference, ...]:
    """The references in order, each address once, with the words that the bulletin calls it by."""
    own = {part.url for part in outline.parts if part.url}
    found: dict[str, Reference] = {}
    for block in outline.blocks:
        links = list(block.links)
        if "://" in block.text:
            links += [("", match.group().rstrip(".,;:!?")) for match in URL.finditer(block.text)]
        for words, url in links:
            if not url.startswith(("http://", "https://")):
                continue
            title = words if words != url else ""
            if (url in own and block.kind != "reference") or (url in found and (found[url].title or not title)):
                continue
            found[url] = Reference(url, title, (block.span,))
    return tuple(found.values())

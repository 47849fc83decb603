"""Markdown for Japanese: CommonMark with the rules of docs/markdown.md, rendered to HTML, plain text and references.

    Rendered = render(source, path=..., resolve=...)

The renderer knows no other page: it asks a `Resolver`, and what that does not know becomes a `Problem`.
"""

from __future__ import annotations

from yoroku.markdown.model import Embed, Heading, ImageInfo, LinkRef, Rendered, Resolver, Target, WikiRef
from yoroku.markdown.outline import Anchors, anchor, slug
from yoroku.markdown.page import Page
from yoroku.markdown.parser import Parser
from yoroku.markdown.writer import Writer, assign_anchors
from yoroku.problems import ordered

__all__ = [
    "Embed",
    "Heading",
    "ImageInfo",
    "LinkRef",
    "Rendered",
    "Resolver",
    "Target",
    "WikiRef",
    "anchor",
    "render",
    "slug",
]

_PARSER = Parser()


def render(
    source: str,
    *,
    path: str,
    resolve: Resolver,
    first_line: int = 1,
    lang: str = "ja",
    heading_offset: int = 0,
    prefix: str = "",
    reserved: frozenset[str] = frozenset(),
    parser: Parser = _PARSER,
) -> Rendered:
    """Render the body of a Markdown file. Never raises for any text; what a writer can fix is in `problems`.

    `path` and `first_line` say where the body stands, for places. `lang` decides how ambiguous characters join over
    a line break, and the language of the few words of our own. `heading_offset` makes `#` an `<h2>` when it is 1.
    `prefix` stands before every id when several texts share a page; `reserved` ids are not given to headings.
    """
    page = Page(source, path, first_line, lang, resolve, heading_offset, prefix, Anchors(reserved))
    tokens = parser.blocks(source, page.footnotes)
    for stream in (tokens, *(page.footnotes.bodies[label] for label in page.footnotes.numbers)):
        assign_anchors(stream, page)
    writer = Writer(page)
    writer.write(tokens)
    writer.write_footnotes()
    sections = tuple((anchor, heading, "\n".join(text)) for anchor, heading, text in writer.sections)
    return Rendered(
        html="".join(writer.out),
        headings=tuple(writer.headings),
        links=tuple(page.links),
        wiki=tuple(page.wiki),
        text="\n".join(part for _, *parts in sections for part in parts if part),
        sections=tuple(section for section in sections if section != ("", "", "")),
        problems=ordered(page.problems),
    )

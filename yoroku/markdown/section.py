"""One section or block of a text, cut out of its Markdown: what `![[note#heading]]` and `![[note#^id]]` show."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.token import Token

from yoroku.markdown import outline
from yoroku.markdown.footnotes import Footnotes
from yoroku.markdown.marks import Mark
from yoroku.markdown.parser import Parser

_PARSER = Parser()
_DEFINITION = re.compile(r"\[\^[^\[\]\s]{1,100}+\]:")


def section_of(source: str, heading: str) -> str | None:
    """The Markdown below a heading, itself included, up to the next of its rank; or the block with the id `^id`.

    Footnotes that the text defines elsewhere come along. None when there is no such heading or block.
    """
    tokens = _PARSER.blocks(source, Footnotes())
    lines = source.split("\n")
    span = _block(tokens, outline.anchor(heading)) if heading.startswith("^") else _below(tokens, heading, len(lines))
    if span is None:
        return None
    first, last = span
    return "\n".join([*lines[first:last], "", *_definitions([*lines[:first], "", *lines[last:]])])


def _block(tokens: list[Token], wanted: str) -> tuple[int, int] | None:
    for token in tokens:
        mark: Mark | None = token.meta.get("mark") if token.meta else None
        if mark is not None and mark.id == wanted and token.map:
            return token.map[0], token.map[1]
    return None


def _below(tokens: list[Token], heading: str, end: int) -> tuple[int, int] | None:
    wanted, slug = outline.folded(heading), outline.slug(heading)
    first = rank = None
    for token, inline in pairwise(tokens):
        if token.type != "heading_open" or token.level or token.map is None:
            continue
        if first is not None and rank is not None and int(token.tag[1]) <= rank:
            return first, token.map[0]
        if first is None and (outline.folded(inline.content) == wanted or outline.slug(inline.content) == slug):
            first, rank = token.map[0], int(token.tag[1])
    return None if first is None else (first, end)


def _definitions(lines: list[str]) -> list[str]:
    found: list[str] = []
    inside = False
    for line in lines:
        inside = bool(_DEFINITION.match(line)) or (inside and (not line.strip() or line.startswith("    ")))
        if inside:
            found.append(line)
    return found

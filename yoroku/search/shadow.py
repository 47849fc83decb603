"""A document's two faces: the page of coded words that Pagefind indexes, and the text that a result shows."""

from __future__ import annotations

import html
import json
import zlib

from yoroku.records import dataclass
from yoroku.search.era import western
from yoroku.search.model import SearchDocument
from yoroku.search.tokens import GAP, coded_line, is_coded, spaced

SIGNATURE = b"pagefind_dcd"
SORT = "date"
# Pagefind multiplies weights by 24 and keeps whole numbers; the browser tells a title by its weight.
# 1.042 becomes 25, the one weight that Pagefind does not write out at every position.
TITLE_WEIGHT, HEADING_WEIGHT, TEXT_WEIGHT, ALSO_WEIGHT = "8", "4", "1.042", "0.25"
# The one word of a document that has none; nobody types it.
_NO_WORDS = "qz0qz0qz"


@dataclass(frozen=True, slots=True)
class Shadow:
    """The page that Pagefind reads, and how many words (positions) it must find in it."""

    page: str
    words: int


def shadow(document: SearchDocument) -> Shadow:
    """The page of coded words of one document."""
    words_of = _coded if is_coded(document.lang) else _spaced
    blocks = [(TITLE_WEIGHT, document.title)]
    for section in document.sections:
        blocks += [(HEADING_WEIGHT, section.heading), (TEXT_WEIGHT, section.text)]
    everything = "\n".join(text for _, text in blocks)
    blocks += [(ALSO_WEIGHT, extra) for extra in (*document.also, *western(everything))]
    body, count = "", 0
    for weight, text in blocks:
        words, more = words_of(text)
        count += more
        # Pagefind glues a full stop on the last word of a block unless a space follows it: every word has one.
        if more:
            body += f'<p data-pagefind-weight="{weight}">{words}</p>'
    if not count:
        # Pagefind leaves out a page without words, and the pages after it would be taken for their neighbours.
        body, count = f'<p data-pagefind-weight="{ALSO_WEIGHT}">{_NO_WORDS} </p>', 1
    return Shadow(page=_page(document, body), words=count)


def fragment(document: SearchDocument) -> bytes:
    """The file that a result is shown from, in Pagefind's format but with the text that people read.

    `location` of an anchor is the line of its heading in `content`. The same document gives the same bytes.
    """
    lines = _lines(document.title)
    anchors: list[dict[str, object]] = []
    for section in document.sections:
        if section.heading:
            anchors.append({"element": "h2", "id": section.anchor, "text": section.heading, "location": len(lines)})
            lines += _lines(section.heading)
        lines += _lines(section.text)
    data = {
        "url": document.url,
        "content": "\n".join(lines),
        "word_count": sum(map(len, lines)),
        "filters": {},
        "meta": {"title": document.title, "lang": document.lang, **dict(document.meta)},
        "anchors": anchors,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(SIGNATURE + text.encode(), 9, 31)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _coded(text: str) -> tuple[str, int]:
    return coded_line(text, GAP)


def _spaced(text: str) -> tuple[str, int]:
    words = list(spaced(text))
    return "".join(f"{html.escape(word, quote=False)} " for word in words), len(words)


def _page(document: SearchDocument, body: str) -> str:
    marks = "".join(
        f'<i data-pagefind-filter="{html.escape(name)}[data-v]" data-v="{html.escape(value)}"></i>'
        for name, values in document.filters
        for value in values
    )
    lang = document.lang if not is_coded(document.lang) else "und"
    return (
        f'<!doctype html><html lang="{html.escape(lang)}"><meta charset="utf-8">'
        f'<body data-pagefind-body data-pagefind-sort="{SORT}:{html.escape(document.sort_date or "0000")}">'
        f"{body}{marks}</body></html>"
    )

"""The text of a briefing with editors' notes beside what they are about."""

from __future__ import annotations

import re

from yoroku.records import dataclass
from yoroku.site.citations import BULLETIN
from yoroku.site.margin import place_of
from yoroku.site.reader import SiteReader
from yoroku.site.rights import Public
from yoroku.site.values import Body, NoteCard

_IMAGE = re.compile(r'(<img\b[^>]*\bsrc=")((?:\.\./)+)')
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
# Elements without an end tag.
_VOID = {"br", "col", "hr", "img", "input", "wbr"}


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """An editors' note shown on a briefing. `place` and `anchor` are the heading or the lines that it is about."""

    card: NoteCard
    html: str
    place: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the body's HTML, and the notes that stand beside it."""

    html: str
    notes: tuple[NoteBlock, ...] = ()


def body_html(reader: SiteReader, key: str, lang: str) -> str:
    """A rendered body for a page in `lang`: pictures lie once, at the root, not below the language."""
    html = reader.body(key).html
    return html if lang == reader.settings().language else _IMAGE.sub(r"\1../\2", html)


def note_block(reader: SiteReader, key: str, public: Public, body: Body, lang: str) -> NoteBlock:
    """A note on a briefing, with the heading or the lines that it names as far as the page shows them."""
    card = reader.note(key)
    anchor = place_of(body, card.at) if card.at else ""
    heading = next((found.text for found in body.headings if anchor and found.anchor == anchor), "")
    line = next((found for found in public.lines if anchor == f"L{found.first}"), None)
    place = heading or (f"{line.letter or BULLETIN}{line.first}" if line else anchor)
    return NoteBlock(card, body_html(reader, key, lang), place, anchor)


def beside(html: str, notes: tuple[NoteBlock, ...]) -> tuple[tuple[Part, ...], tuple[NoteBlock, ...]]:
    """The body in parts, each with the notes about it, and the notes that have no place in the body.

    Corrections stay out of the margin: what they change must not be missed.
    """
    placed = [(at, note) for note in notes if note.card.kind != "correction" and (at := _element(html, note.anchor))]
    if not placed:
        return (Part(html),) if html else (), notes
    parts = []
    end = 0
    for start, stop in sorted({at for at, _ in placed}):
        parts.append(Part(html[end:start]))
        parts.append(Part(html[start:stop], tuple(note for at, note in placed if at == (start, stop))))
        end = stop
    parts.append(Part(html[end:]))
    kept = tuple(note for note in notes if all(note is not other for _, other in placed))
    return tuple(part for part in parts if part.html.strip()), kept


def _element(html: str, anchor: str) -> tuple[int, int] | None:
    """Where the outermost element that holds `anchor` starts and ends."""
    at = html.find(f'id="{anchor}"') if anchor else -1
    if at < 0:
        return None
    depth = start = 0
    for tag in _TAG.finditer(html):
        if tag[2] in _VOID:
            continue
        if tag[1]:
            depth -= 1
            if not depth and tag.end() > at:
                return start, tag.end()
        else:
            if not depth:
                start = tag.start()
            depth += 1
    return None

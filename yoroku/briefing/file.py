"""Briefings, notes and pages as files: front matter between ``---`` lines, then Markdown. ``load(dump(b)) == b``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

from yoroku import emit
from yoroku.briefing import schema
from yoroku.briefing.model import Briefing, Note, StandingPage
from yoroku.fields import Reading, Record
from yoroku.problems import Place, Problem, Problems
from yoroku.strict_yaml import Table, parse

Document = TypeVar("Document", Briefing, Note, StandingPage)
TOKYO = ZoneInfo("Asia/Tokyo")


def dump(briefing: Briefing) -> str:
    """The briefing as the text of its file."""
    return _dump(briefing, schema.BRIEFING)


def dump_note(note: Note) -> str:
    """The note as the text of its file."""
    return _dump(note, schema.NOTE)


def load(text: str, *, path: str, zone: tzinfo = TOKYO) -> Briefing:
    """Read a briefing's file. Raises `Problems` with every mistake in its front matter."""
    return _load(text, schema.BRIEFING, Briefing, path=path, zone=zone)


_LINK = re.compile(r"\[\[([^\[\]|#]+)(?:#([^\[\]|]+))?(?:\|[^\[\]]*)?\]\]")


def load_note(text: str, *, path: str, zone: tzinfo = TOKYO) -> Note:
    """Read a note's file. `on` may be a link as Obsidian writes it: `[[slug]]`, `[[slug#heading]]`."""
    note = _load(text, schema.NOTE, Note, path=path, zone=zone)
    link = _LINK.fullmatch(note.on.strip())
    return replace(note, on=link[1].strip(), at=note.at or (link[2] or "").strip()) if link else note


def load_page(text: str, *, path: str, zone: tzinfo = TOKYO) -> StandingPage:
    """Read a standing page's file."""
    return _load(text, schema.PAGE, StandingPage, path=path, zone=zone)


def split(text: str, *, path: str) -> tuple[str, str, int]:
    """Front matter, body, and the file's line on which the body begins. Line ends become line feeds."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("---\n"):
        fix = "begin the file with a line '---', the keys, and another line '---'"
        raise Problems(Problem(Place(path, 1, 1), "no-front-matter", "the file does not begin with front matter", fix))
    end = text.find("\n---\n", 3)
    if end < 0:
        if not text.endswith("\n---"):
            fix = "close it with a line '---'"
            raise Problems(Problem(Place(path, 1, 1), "open-front-matter", "the front matter is never closed", fix))
        return text[4:-3], "", text.count("\n") + 2
    return text[4 : end + 1], text[end + 5 :], text.count("\n", 0, end) + 3


def body_line(text: str) -> int:
    """The line on which the body begins."""
    return split(text, path="")[2]


def _dump(document: object, record: Record) -> str:
    tree = record.write(document)
    body: str = document.body  # type: ignore[attr-defined]
    front = emit.document(tree) if isinstance(tree, dict) else ""
    return f"---\n{front}---\n{body}"


def _load(text: str, record: Record, kind: type[Document], *, path: str, zone: tzinfo) -> Document:
    front, body, _ = split(text, path=path)
    reading = Reading(path, zone)
    node = parse(front, path=path, first_line=2)
    if not isinstance(node, Table):
        fix = "write lines of 'key: value'"
        raise Problems(Problem(Place(path, 2, 1), "wrong-type", "the front matter is not a mapping", fix))
    document = record.build(node, "", reading)
    if reading.problems or document is None:
        raise Problems(*reading.problems)
    assert isinstance(document, kind)
    return replace(document, body=body)

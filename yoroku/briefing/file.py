"""Briefings, notes and pages as files: front matter between ``---`` lines, then Markdown. ``load(dump(b)) == b``."""

from __future__ import annotations

import re
from datetime import datetime, time, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

from yoroku import emit
from yoroku.briefing import schema
from yoroku.briefing.model import Briefing, Note, StandingPage
from yoroku.fields import Moment, Reading, Record, stamp
from yoroku.problems import Place, Problem, Problems
from yoroku.records import replace
from yoroku.remedies import closing_slips, fence_slip, yaml_slips
from yoroku.strict_yaml import parse
from yoroku.yaml_nodes import Table

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


# Spaces after the hyphens are seen by nobody.
_BEGIN = re.compile(r"---[ \t]*\n")
_END = re.compile(r"\n---[ \t]*(?:\n|\Z)")


def split(text: str, *, path: str) -> tuple[str, str, int]:
    """Front matter, body, and the file's line on which the body begins. Line ends become line feeds."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    begin = _BEGIN.match(text)
    if begin is None:
        fix = "begin the file with a line '---', the keys, and another line '---'"
        told = fence_slip(text.split("\n", 9)[:9])
        line, code, what, fix = told or (1, "no-front-matter", "the file does not begin with front matter", fix)
        raise Problems(Problem(Place(path, line, 1), code, what, fix))
    end = _END.search(text, begin.end() - 1)
    if end is None:
        slips = [
            Problem(Place(path, line, 1), code, what, fix) for line, code, what, fix in closing_slips(text.split("\n"))
        ]
        fix = "close it with a line '---'"
        never = Problem(Place(path, 1, 1), "open-front-matter", "the front matter is never closed", fix)
        raise Problems(slips[0] if slips else never)
    return text[begin.end() : end.start() + 1], text[end.end() :], text.count("\n", 0, end.start()) + 3


def front_of(text: str) -> str:
    """The front matter of a file that may be broken, unread; empty where it is never closed."""
    end = _END.search(text, 3)
    return text[: end.start() + 1] if end else ""


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
    node = parse(front, path=path, first_line=2, problems=reading.problems)
    if not isinstance(node, Table):
        fix = "write lines of 'key: value'"
        wrong = Problem(Place(path, 2, 1), "wrong-type", "the front matter is not a mapping", fix)
        raise Problems(*(yaml_slips(front, path=path, first_line=2) or (wrong,)))
    document = record.build(node, "", reading)
    if reading.problems or document is None:
        raise Problems(*reading.problems)
    assert isinstance(document, kind)
    state = document.state
    if state.publish_at and state.expires_at and not _before(state.publish_at, state.expires_at, zone):
        expires = next(value for name, value in node.pairs if name.text == "expires_at")
        what = f"it expires on {stamp(state.expires_at)}, before it is published on {stamp(state.publish_at)}"
        raise Problems(Problem(Place(path, expires.line, expires.column), "never-shown", what, "correct one of them"))
    return replace(document, body=body)


def _before(one: Moment, other: Moment, zone: tzinfo) -> bool:
    """Whether a moment is before another; a day begins at midnight in the zone."""
    first, second = (at if isinstance(at, datetime) else datetime.combine(at, time(), zone) for at in (one, other))
    return first < second
